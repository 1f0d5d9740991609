//! From the n-th purchase to the next within a number of days: F2転換率 and its kin Fn.
//!
//! By steps, F(n → n + 1, d) is the share of who went on within d days among the customers who
//! reached n and whose d days are over (ours: dropping the others keeps recent customers from
//! looking worse). By month of the first order (LTV-Lab's 初回リピート率), a rate is given only
//! when the days of every member are over, so that a cohort's rate never changes once it is seen.

use super::purchases::{CountBy, OnlyProduct, SAME_DAY};
use super::sheet::{Rates, Sheet};
use super::tally::{Counted, Tally};
use super::windows::Windows;
use super::{Kind, Report, Shop, Spec, Values};
use crate::order::sort_numbers;
use crate::zone::month_of;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversion {
    /// The last n.
    pub last: u32,
    /// The windows in days, each once.
    pub within_days: Vec<i32>,
    /// Only customers whose first purchase has this code as its primary product.
    pub product: Option<String>,
    /// What is one purchase.
    pub count: CountBy,
}

static SPECS: [Spec; 3] = [
    Spec {
        name: "conversion",
        keys: &[("step", Kind::Int), ("within_days", Kind::Int)],
        sums: &["reached", "closed", "converted"],
    },
    Spec {
        name: "conversion_by_cohort",
        keys: &[("cohort", Kind::Int), ("within_days", Kind::Int)],
        sums: &["customers", "closed", "converted"],
    },
    SAME_DAY,
];

/// Adds a purchase that so many days are over since, and the days to the next if there is one.
fn add(
    windows: &mut Windows<3>,
    tally: &mut Tally,
    (person, key): (u32, i64),
    (since, next): (i32, Option<i32>),
) {
    let closed = windows.closed(since.into());
    let converted = next.map_or(closed, |days| windows.reached(days.into()));
    let converted = converted.min(closed);
    windows.add(tally, person, key, 0..converted, &[1, 1, 0]);
    windows.add(tally, person, key, converted..closed, &[1, 1, 1]);
    windows.add(tally, person, key, windows.rest(closed), &[1, 0, 0]);
}

impl Report for Conversion {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let only = OnlyProduct::of(shop, self.product.as_deref());
        let mut days: Vec<i64> = self.within_days.iter().map(|days| (*days).into()).collect();
        sort_numbers(&mut days, |days| days as u64);
        let mut steps = Windows::of(days.clone(), 0, true);
        let mut cohorts = Windows::of(days, 1, true);
        for (person, orders) in book.people(0..book.person_count()) {
            let Some(first) = orders.first().filter(|order| only.takes(order)) else {
                continue;
            };
            let cohort = i64::from(month_of(first.day));
            CountBy::tally_same_day(tally, 2, person, orders);
            let mut purchases = self.count.of(orders).peekable();
            for step in 1..=i64::from(self.last) {
                let Some(purchase) = purchases.next() else {
                    break;
                };
                let since = book.as_of_day.saturating_sub(purchase.day);
                let next = purchases.peek();
                let days = next.map(|next| next.day.saturating_sub(purchase.day));
                add(&mut steps, tally, (person, step), (since, days));
                if step == 1 {
                    add(&mut cohorts, tally, (person, cohort), (since, days));
                }
            }
        }
        steps.put(tally);
        cohorts.put(tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for (place, spec) in SPECS.iter().take(2).enumerate() {
            let needs_all = place == 1;
            let mut table = counted.table(spec.name);
            let mut rates = Rates::default();
            let mut is_closed = Vec::new();
            for row in counted.rows(spec.name) {
                if let [_, _, customers, closed, converted] = row {
                    let is_whole = closed == customers;
                    is_closed.push(i64::from(is_whole));
                    let of = if is_whole || !needs_all { *closed } else { 0 };
                    rates.push(*converted, of);
                }
            }
            if needs_all {
                table.columns.push(("is_closed", Values::Int(is_closed)));
            }
            rates.append(&mut table, ["rate", "rate_low", "rate_high"]);
            sheet.push(spec.name, table);
        }
        self.count.note(counted, sheet);
    }
}
