//! What each medium brought, and whether it paid: 広告LTV, CPA, ROAS, 許容CPA and the days until
//! the margin has paid for a customer.
//!
//! A customer belongs to the medium of the first order, also when it has none. What comes later is
//! that medium's too (LTV-Lab's 広告LTV, where repeats carry no code), or each order's own.
//!
//! - CPA = cost / customers who were acquired on a day that the cost is of.
//! - ROAS = all that these customers have bought so far / cost.
//! - 許容CPA = margin LTV at the horizon x (1 - target share of profit) - fixed cost of serving a
//!   customer (ours).
//! - Payback: the first of 0, 30, .. 720 days whose margin LTV is at least the CPA.

mod rows;

use super::margin::{COSTS, Costs, MarginRule, WORTH, Worth};
use super::sheet::Sheet;
use super::tally::{Counted, Tally};
use super::windows::Windows;
use super::{Kind, Report, Shop, Spec};
use crate::book::BookOrder;
use crate::identity::NO_PERSON;

/// What was spent on a medium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaCost {
    /// The medium, as orders name it.
    pub media: String,
    /// First and last day that it is of.
    pub days: (i32, i32),
    /// In minor units, evenly over the days.
    pub cost: i64,
}

impl MediaCost {
    /// What was spent up to a day.
    fn until(&self, day: i32) -> i64 {
        let (from, to) = (i64::from(self.days.0), i64::from(self.days.1));
        let all = (to - from + 1).max(1);
        let spent = (i64::from(day) - from + 1).clamp(0, all);
        self.cost.saturating_mul(spent) / all
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Each order counts for its own medium, not for that of the customer's first.
    pub is_own: bool,
    /// Media that are shown each.
    pub top: usize,
    /// Costs of media.
    pub costs: Vec<MediaCost>,
    /// Days after which a customer should have paid (回収期間), up to 720.
    pub horizon: i32,
    /// Share of the margin that is to be profit, in hundredths of a percent.
    pub target_profit: i64,
    /// Fixed cost of serving a customer, in minor units.
    pub service_cost: i64,
    /// What a margin is.
    pub margin: MarginRule,
}

/// Days between the windows of payback, and the last of them.
const STEP: usize = 30;
const LAST: i32 = 720;
/// Days within which a second order counts in the rate.
const F2_DAYS: i64 = 90;

static SPECS: [Spec; 3] = [
    Spec {
        name: "media",
        keys: &[("group", Kind::Word)],
        sums: &[
            "customers",
            "f2",
            "closed_90",
            "f2_90",
            "orders",
            "sales",
            "paid_customers",
            "paid_sales",
        ],
    },
    Spec {
        name: "media_curve",
        keys: &[("group", Kind::Word), ("days", Kind::Int)],
        sums: &[
            "closed", WORTH[0], WORTH[1], WORTH[2], WORTH[3], WORTH[4], WORTH[5],
        ],
    },
    COSTS,
];

impl Media {
    /// Windows in days, ascending.
    fn windows(&self) -> Vec<i64> {
        let mut windows: Vec<i64> = (0..=LAST.into()).step_by(STEP).collect();
        let horizon = i64::from(self.horizon);
        if let Err(place) = windows.binary_search(&horizon) {
            windows.insert(place, horizon);
        }
        windows
    }

    fn is_paid(&self, word: &str, day: i32) -> bool {
        let is_of =
            |cost: &MediaCost| cost.media == word && (cost.days.0..=cost.days.1).contains(&day);
        self.costs.iter().any(is_of)
    }

    /// Adds a customer to what the media brought; the medium that brought the first order.
    fn customer(
        &self,
        shop: &Shop<'_>,
        person: u32,
        orders: &[BookOrder],
        tally: &mut Tally,
    ) -> i64 {
        let Some(first) = orders.first() else {
            return -1;
        };
        let since = |day: i32| i64::from(day) - i64::from(first.day);
        let name = medium(shop, first);
        let group = tally.word(name);
        let second = orders.get(1).map(|order| since(order.day));
        let is_closed = since(shop.book.as_of_day) >= F2_DAYS;
        let is_soon = is_closed && second.is_some_and(|days| days <= F2_DAYS);
        let is_paid = self.is_paid(name, first.day);
        let its = match self.is_own {
            true => orders.get(..1).unwrap_or_default(),
            false => orders,
        };
        let sales = its
            .iter()
            .fold(0i64, |sum, order| sum.saturating_add(order.amount));
        let sums = [
            1,
            second.is_some().into(),
            is_closed.into(),
            is_soon.into(),
            its.len() as i64,
            sales,
            is_paid.into(),
            if is_paid { sales } else { 0 },
        ];
        tally.add(0, person, &[group], &sums);
        for order in orders.get(its.len()..).unwrap_or_default() {
            let name = medium(shop, order);
            let paid = match self.is_paid(name, order.day) {
                true => order.amount,
                false => 0,
            };
            let own = tally.word(name);
            tally.add(0, person, &[own], &[0, 0, 0, 0, 1, order.amount, 0, paid]);
        }
        group
    }
}

/// The medium of an order; an empty text for none.
fn medium<'a>(shop: &Shop<'a>, order: &BookOrder) -> &'a str {
    shop.ledger.media(order.row).unwrap_or_default().trim()
}

impl Report for Media {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        // A medium that cost something has a row, though it brought nobody.
        for cost in &self.costs {
            let word = tally.word(&cost.media);
            tally.add(0, NO_PERSON, &[word], &[0; 8]);
        }
        let costs = Costs::of(shop, self.margin);
        costs.tally(2, tally);
        let mut curves = Windows::of(self.windows(), 1, true);
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let of_first = self.customer(shop, person, orders, tally);
            let first = orders.first().map_or(0, |order| order.day);
            let since = |day: i32| i64::from(day) - i64::from(first);
            let closed = curves.closed(since(book.as_of_day));
            for (place, order) in orders.iter().enumerate() {
                let reached = curves.reached(since(order.day));
                if reached < closed {
                    let group = match self.is_own && place > 0 {
                        true => tally.word(medium(shop, order)),
                        false => of_first,
                    };
                    // With the first order comes the customer.
                    let sums = curve(i64::from(place == 0), &costs.worth(order));
                    curves.add(tally, person, group, reached..closed, &sums);
                }
            }
        }
        curves.put(tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        rows::finish(self, counted, sheet);
    }
}

/// Sums of `media_curve`.
fn curve(closed: i64, worth: &Worth) -> [i64; 7] {
    let [sales, cost, uncosted, fallback, goods, given] = worth.sums();
    [closed, sales, cost, uncosted, fallback, goods, given]
}
