//! From the n-th purchase to the next within a number of days: F2転換率 and its kin Fn.
//!
//! By steps, F(n → n + 1, d) is the share of who went on within d days among the customers who
//! reached n and whose d days are over (ours: dropping the others keeps recent customers from
//! looking worse). By month of the first order (LTV-Lab's 初回リピート率), a rate is given only
//! when the days of every member are over, so that a cohort's rate never changes once it is seen.

use super::purchases::{CountBy, OnlyProduct, SAME_DAY};
use super::sheet::{Rates, Sheet};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::identity::NO_PERSON;
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

/// The windows of one table.
struct Windows {
    table: usize,
    /// The first value of the table's first key.
    first: i64,
    /// In days, ascending.
    days: Vec<i32>,
    /// Purchases by the first key, by how many windows are closed, and by how many of these are
    /// over before the next purchase: each is counted once, and not in each window.
    counts: Vec<i64>,
}

impl Windows {
    fn of(days: &[i32], (table, first): (usize, i64)) -> Self {
        let mut days = days.to_vec();
        sort_numbers(&mut days, |days| days as u64);
        Windows {
            table,
            first,
            days,
            counts: Vec::new(),
        }
    }

    /// Adds a purchase that so many days are over since, and the days to the next.
    fn add(&mut self, tally: &mut Tally, person: u32, key: i64, (since, next): (i32, Option<i32>)) {
        let closed = self.days.partition_point(|window| *window <= since);
        let before = next.map_or(closed, |days| {
            self.days.partition_point(|window| *window < days)
        });
        let before = before.min(closed);
        if tally.wanted().is_some() {
            self.put_each(tally, person, key, (closed, before), 1);
            return;
        }
        let kinds = self.days.len() + 1;
        let row = (key - self.first) as usize;
        let place = (row * kinds + closed) * kinds + before;
        if place >= self.counts.len() {
            self.counts.resize((row + 1) * kinds * kinds, 0);
        }
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
        }
    }

    fn put(&self, tally: &mut Tally) {
        let kinds = self.days.len() + 1;
        for (place, count) in self.counts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let key = self.first + (place / kinds / kinds) as i64;
            let kind = (place / kinds % kinds, place % kinds);
            self.put_each(tally, NO_PERSON, key, kind, *count);
        }
    }

    fn put_each(
        &self,
        tally: &mut Tally,
        person: u32,
        key: i64,
        (closed, before): (usize, usize),
        count: i64,
    ) {
        for (place, days) in self.days.iter().enumerate() {
            let of = |is: bool| if is { count } else { 0 };
            let sums = [
                count,
                of(place < closed),
                of((before..closed).contains(&place)),
            ];
            tally.add(self.table, person, &[key, (*days).into()], &sums);
        }
    }
}

impl Report for Conversion {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let only = OnlyProduct::of(shop, self.product.as_deref());
        let first_month = book.months().map_or(0, |(first, _)| i64::from(first));
        let mut steps = Windows::of(&self.within_days, (0, 1));
        let mut cohorts = Windows::of(&self.within_days, (1, first_month));
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
                steps.add(tally, person, step, (since, days));
                if step == 1 {
                    cohorts.add(tally, person, cohort, (since, days));
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
