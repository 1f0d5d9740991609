//! What coupons do: who gets them, who uses them, what they cost, and who would have come anyway.
//!
//! An order with several codes counts under each. Whether a coupon brought an order that would not
//! have come is told in two plain ways (ours), neither of which is an experiment:
//! - who had not ordered in the `window_days` before was new or away;
//! - by their *own rate before*: customers who placed n orders in the d days before the coupon's
//!   order were expected to place 30 x n / d in any 30 days, 1 at most, with d at least 30. What
//!   is expected of the coupon's orders is taken off them.

use super::groups::{Shown, columns, put_groups};
use super::margin::{COSTS, Costs, MarginRule, WORTH, Worth, cost_share, push_costs};
use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::book::BookOrder;
use crate::keys::{Key, NONE};
use crate::list::List;
use crate::order::sort_numbers;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupons {
    /// Days before an order without another, and days after it for the next.
    pub window_days: i32,
    /// Codes that are shown each.
    pub top: usize,
    /// What a margin is.
    pub margin: MarginRule,
}

/// Days of the own rate before.
const RATE_DAYS: i64 = 30;

static SPECS: [Spec; 4] = [
    Spec {
        name: "coupons",
        keys: &[("group", Kind::Word)],
        sums: &[
            "issued",
            "redeemed",
            "customers",
            "orders",
            "first_orders",
            "returned",
            "expected",
            "discount",
            "sales",
            "closed",
            "repeated",
        ],
    },
    Spec {
        name: "coupon_orders",
        keys: &[("coupon", Kind::Name(&["with", "without"]))],
        sums: &[
            "customers",
            "orders",
            "first_orders",
            "returned",
            "discount",
            "sales",
            "closed",
            "repeated",
        ],
    },
    Spec {
        name: "coupon_dependence",
        keys: &[(
            "discounted_share",
            Kind::Name(&["none", "under_half", "half_or_more", "all"]),
        )],
        sums: &[
            "customers",
            "orders",
            "discounted",
            WORTH[0],
            WORTH[1],
            WORTH[2],
            WORTH[3],
            WORTH[4],
            WORTH[5],
        ],
    },
    COSTS,
];

/// Person and code of each coupon issued up to the day, each once, ascending. Events stand in
/// every shard: only people with orders count, so that each counts in one.
fn issued(shop: &Shop<'_>) -> Vec<u64> {
    let ledger = shop.ledger;
    let Some(kind) = ledger.events.kinds.find(Key::of("coupon_issued")) else {
        return Vec::new();
    };
    let mut zone = ledger.zone.clone();
    let rows = ledger.events.rows.iter().filter(|event| {
        let is_known = event.detail != NONE && event.kind == kind;
        is_known && zone.day(event.at) <= shop.book.as_of_day
    });
    let pair = |event: &crate::ledger::events::EventRow| {
        let person = shop.people.person.get(event.record as usize)?;
        Some(u64::from(*person) << 32 | u64::from(event.detail))
    };
    let mut pairs: Vec<u64> = rows.filter_map(pair).collect();
    sort_numbers(&mut pairs, |pair| pair);
    pairs.dedup();
    pairs
}

/// Figures of an order among its customer's.
struct Placed {
    is_first: bool,
    /// Not the first, and none in the window before.
    returned: bool,
    /// Orders expected by the own rate before, in thousandths.
    expected: i64,
    closed: bool,
    repeated: bool,
}

impl Coupons {
    fn placed(&self, orders: &[BookOrder], place: usize, as_of_day: i32) -> Option<Placed> {
        let order = orders.get(place)?;
        let first = orders.first()?;
        let window = i64::from(self.window_days);
        let gap = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let before = place.checked_sub(1).and_then(|before| orders.get(before));
        let next = orders.get(place + 1);
        let exposure = gap(first.day, order.day).max(RATE_DAYS);
        let closed = gap(order.day, as_of_day) >= window;
        Some(Placed {
            is_first: place == 0,
            returned: before.is_some_and(|before| gap(before.day, order.day) > window),
            expected: (1_000 * RATE_DAYS * place as i64 / exposure).min(1_000),
            closed,
            repeated: closed && next.is_some_and(|next| gap(order.day, next.day) <= window),
        })
    }

    /// Adds a customer's orders; `its` are the codes issued to the customer.
    fn customer(&self, shop: &Shop<'_>, person: u32, its: &[u64], tally: &mut Tally) -> [i64; 2] {
        let (ledger, book) = (shop.ledger, shop.book);
        let orders = book.orders_of(person);
        let mut used: Vec<u32> = Vec::new();
        let mut seen = [false; 2];
        let mut discounted = 0;
        for (place, order) in orders.iter().enumerate() {
            let Some(placed) = self.placed(orders, place, book.as_of_day) else {
                continue;
            };
            let codes = ledger.coupons(order.row);
            let discount = ledger.orders.discount.get(order.row);
            discounted += i64::from(discount > 0 || !codes.is_empty());
            let side = usize::from(codes.is_empty());
            let is_new = seen.get(side) == Some(&false);
            if let Some(seen) = seen.get_mut(side) {
                *seen = true;
            }
            let sums = [
                is_new.into(),
                1,
                placed.is_first.into(),
                placed.returned.into(),
                discount,
                order.amount,
                placed.closed.into(),
                placed.repeated.into(),
            ];
            tally.add(1, person, &[side as i64], &sums);
            for code in codes {
                let is_new = !used.contains(code);
                if is_new {
                    used.push(*code);
                }
                let sums = [
                    0,
                    0,
                    is_new.into(),
                    1,
                    placed.is_first.into(),
                    placed.returned.into(),
                    placed.expected,
                    discount,
                    order.amount,
                    placed.closed.into(),
                    placed.repeated.into(),
                ];
                let word = tally.word(ledger.word(*code).unwrap_or_default());
                tally.add(0, person, &[word], &sums);
            }
        }
        for pair in its {
            let code = *pair as u32;
            let word = tally.word(ledger.word(code).unwrap_or_default());
            let redeemed = used.contains(&code).into();
            let sums = [1, redeemed, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            tally.add(0, person, &[word], &sums);
        }
        [orders.len() as i64, discounted]
    }

    fn finish_codes(&self, counted: &Counted, sheet: &mut Sheet) {
        let rows: Vec<Vec<i64>> = counted.rows("coupons").map(<[i64]>::to_vec).into_list();
        let rows = Shown::of(&rows, 4, self.top).fold(rows, 1);
        let mut table = columns(
            &rows,
            &[
                ("issued", 1),
                ("redeemed", 2),
                ("customers", 3),
                ("orders", 4),
                ("first_orders", 5),
                ("returned", 6),
                ("discount", 8),
                ("sales", 9),
                ("closed", 10),
                ("repeated", 11),
            ],
        );
        let mut figures = [const { Vec::new() }; 5];
        let mut repeat = Rates::default();
        for row in &rows {
            let at = |place: usize| row.get(place).copied().unwrap_or_default();
            let expected = at(7) as f64 / 1_000.0;
            let values = [
                share(at(2), at(1)),
                share(at(5), at(4)),
                share(at(5).saturating_add(at(6)), at(4)),
                Some(expected),
                Some(at(4) as f64 - expected),
            ];
            for (column, value) in figures.iter_mut().zip(values) {
                column.push(value);
            }
            repeat.push(at(11), at(10));
        }
        let names = [
            "usage_rate",
            "first_share",
            "incremental_share",
            "expected_orders",
            "incremental_orders",
        ];
        table.push_rates(names, figures);
        repeat.append(&mut table, ["repeat_rate", "repeat_low", "repeat_high"]);
        put_groups(&mut table, counted, (Kind::Word, 1), &rows);
        sheet.push("coupons", table);
    }
}

impl Report for Coupons {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let costs = Costs::of(shop, self.margin);
        costs.tally(3, tally);
        let issued = issued(shop);
        let mut rest = issued.as_slice();
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let of = |pair: &u64| (*pair >> 32) as u32;
            let before = rest.partition_point(|pair| of(pair) < person);
            rest = rest.get(before..).unwrap_or_default();
            let its = rest.iter().take_while(|pair| of(pair) == person).count();
            let its = rest.get(..its).unwrap_or_default();
            let [count, discounted] = self.customer(shop, person, its, tally);
            let group = match discounted {
                0 => 0,
                all if all == count => 3,
                some if some * 2 < count => 1,
                _ => 2,
            };
            let mut worth = Worth::default();
            orders
                .iter()
                .for_each(|order| worth.add(&costs.worth(order)));
            let [sales, cost, uncosted, fallback, goods, given] = worth.sums();
            let sums = [
                1, count, discounted, sales, cost, uncosted, fallback, goods, given,
            ];
            tally.add(2, person, &[group], &sums);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        self.finish_codes(counted, sheet);
        let mut table = counted.table("coupon_orders");
        let mut repeat = Rates::default();
        for row in counted.rows("coupon_orders") {
            if let [.., closed, repeated] = row {
                repeat.push(*repeated, *closed);
            }
        }
        repeat.append(&mut table, ["repeat_rate", "repeat_low", "repeat_high"]);
        sheet.push("coupon_orders", table);
        let cost_share = cost_share(counted, self.margin);
        let mut table = counted.table("coupon_dependence");
        table.columns.truncate(5);
        let mut margins = Vec::new();
        for row in counted.rows("coupon_dependence") {
            margins.push(Worth::of(row.get(4..).unwrap_or_default()).margin(cost_share));
        }
        table.columns.push(("margin", Values::Real(margins)));
        sheet.push("coupon_dependence", table);
        push_costs(counted, self.margin, sheet);
    }
}
