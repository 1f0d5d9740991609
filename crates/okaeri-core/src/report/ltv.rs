//! What customers bring within so many days of their first order (経過日数LTV, as LTV-Lab has it).
//!
//! A window of d days counts a customer when d days are over at the day of the question, and then
//! all orders up to the d-th day after the first. So each window has its own customers (`closed`),
//! and the mean of a later one may be below that of an earlier one.

mod spread;

use super::groups::{By, GIFT, SUBSCRIPTION, Shown, columns, put_groups};
use super::margin::{COSTS, Costs, MarginRule, WORTH, Worth, cost_share, push_costs};
use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::windows::Windows;
use super::{Kind, Report, Shop, Spec};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ltv {
    /// Windows in days, ascending.
    pub days: Vec<i32>,
    /// What makes a group.
    pub by: By,
    /// Groups that are shown each, where there may be many.
    pub top: usize,
    /// The window of the spread, in days.
    pub horizon: i32,
    /// What a margin is.
    pub margin: MarginRule,
}

const SUMS: &[&str] = &[
    "customers",
    "closed",
    "orders",
    "repeaters",
    WORTH[0],
    WORTH[1],
    WORTH[2],
    WORTH[3],
    WORTH[4],
    WORTH[5],
];

/// A table of windows, one of the spread, and what is known of costs.
const fn specs(
    windows: &'static [(&'static str, Kind)],
    spread: &'static [(&'static str, Kind)],
) -> [Spec; 3] {
    [
        Spec {
            name: "ltv",
            keys: windows,
            sums: SUMS,
        },
        Spec {
            name: "ltv_spread",
            keys: spread,
            sums: &["closed", "sales"],
        },
        COSTS,
    ]
}

macro_rules! specs_by {
    ($($name:ident: $kind:expr;)*) => {$(
        static $name: [Spec; 3] = specs(
            &[("group", $kind), ("days", Kind::Int)],
            &[("group", $kind), ("bucket", Kind::Int)],
        );
    )*};
}

static WHOLE: [Spec; 3] = specs(&[("days", Kind::Int)], &[("bucket", Kind::Int)]);
specs_by! {
    MONTHS: Kind::Int;
    PRODUCTS: Kind::Product;
    WORDS: Kind::Word;
    GIFTS: GIFT;
    CONTRACTS: SUBSCRIPTION;
}

impl Ltv {
    /// Adds a customer of a group to the windows.
    fn windows(
        &self,
        shop: &Shop<'_>,
        costs: &Costs<'_>,
        (person, group): (u32, i64),
        (tally, windows): (&mut Tally, &mut Windows<10>),
    ) {
        let orders = shop.book.orders_of(person);
        let Some(first) = orders.first() else {
            return;
        };
        let since = |day: i32| i64::from(day) - i64::from(first.day);
        let closed = windows.closed(since(shop.book.as_of_day));
        let rest = windows.rest(closed);
        windows.add(tally, person, group, rest, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for (place, order) in orders.iter().enumerate() {
            let reached = windows.reached(since(order.day));
            if reached >= closed {
                break;
            }
            let [sales, cost, uncosted, fallback, goods, given] = costs.worth(order).sums();
            // With the first order comes the customer, with the second one who repeats.
            let (customers, repeats) = (i64::from(place == 0), i64::from(place == 1));
            let sums = [
                customers, customers, 1, repeats, sales, cost, uncosted, fallback, goods, given,
            ];
            windows.add(tally, person, group, reached..closed, &sums);
        }
    }

    /// Rows of a table with a group in front.
    fn grouped(&self, counted: &Counted, name: &str) -> Vec<Vec<i64>> {
        let group: &[i64] = if self.by == By::Whole { &[0] } else { &[] };
        let rows = counted.rows(name).map(|row| [group, row].concat());
        rows.collect()
    }

    fn finish_windows(&self, counted: &Counted, rows: &[Vec<i64>], sheet: &mut Sheet) {
        let cost_share = cost_share(counted, self.margin);
        let mut table = columns(
            rows,
            &[
                ("days", 1),
                ("customers", 2),
                ("closed", 3),
                ("orders", 4),
                ("repeaters", 5),
                ("sales", 6),
            ],
        );
        let mut repeat = Rates::default();
        let mut means = [const { Vec::new() }; 3];
        for row in rows {
            let at = |place: usize| row.get(place).copied().unwrap_or_default();
            let closed = at(3);
            let worth = Worth::of(row.get(6..).unwrap_or_default());
            repeat.push(at(5), closed);
            let margin = (closed > 0).then(|| worth.margin(cost_share) / closed as f64);
            let values = [share(at(6), closed), margin, worth.fallback_share()];
            for (column, value) in means.iter_mut().zip(values) {
                column.push(value);
            }
        }
        table.push_rates(["ltv_sales", "ltv_margin", "fallback_share"], means);
        repeat.append(&mut table, ["repeat_rate", "repeat_low", "repeat_high"]);
        if self.by != By::Whole {
            put_groups(&mut table, counted, (self.by.kind(), 2), rows);
        }
        sheet.push("ltv", table);
        let last = self.days.last().map_or(0, |days| i64::from(*days));
        let of_last = rows.iter().filter(|row| row.get(1) == Some(&last));
        let open = of_last.map(|row| match row.get(2..4) {
            Some([customers, closed]) => customers - closed,
            _ => 0,
        });
        sheet.note("windows_open", open.sum::<i64>().unsigned_abs());
    }
}

impl Report for Ltv {
    fn specs(&self) -> &'static [Spec] {
        match self.by {
            By::Whole => &WHOLE,
            By::Month => &MONTHS,
            By::Product => &PRODUCTS,
            By::Media | By::Coupon | By::Prefecture => &WORDS,
            By::Gift => &GIFTS,
            By::Subscription => &CONTRACTS,
        }
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let costs = Costs::of(shop, self.margin);
        costs.tally(2, tally);
        let days = self.days.iter().map(|days| i64::from(*days)).collect();
        let mut windows = Windows::of(days, 0, self.by != By::Whole);
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let Some(first) = orders.first() else {
                continue;
            };
            let group = self.by.group(shop, first, tally);
            self.windows(shop, &costs, (person, group), (tally, &mut windows));
            let since = |day: i32| i64::from(day) - i64::from(first.day);
            if since(book.as_of_day) >= self.horizon.into() {
                let within = orders
                    .iter()
                    .filter(|order| since(order.day) <= self.horizon.into());
                let sales = within.fold(0i64, |sum, order| sum.saturating_add(order.amount));
                let bucket = spread::bucket(sales);
                match self.by {
                    By::Whole => tally.add(1, person, &[bucket], &[1, sales]),
                    _ => tally.add(1, person, &[group, bucket], &[1, sales]),
                }
            }
        }
        windows.put(tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut rows = self.grouped(counted, "ltv");
        let mut spread = self.grouped(counted, "ltv_spread");
        if self.by.is_open() {
            let shown = Shown::of(&rows, 2, self.top);
            rows = shown.fold(rows, 2);
            spread = shown.fold(spread, 2);
        }
        self.finish_windows(counted, &rows, sheet);
        let (groups, mut table) = spread::table(&spread, self.horizon);
        if self.by != By::Whole {
            put_groups(&mut table, counted, (self.by.kind(), 1), &groups);
        }
        sheet.push("ltv_spread", table);
        push_costs(counted, self.margin, sheet);
    }
}
