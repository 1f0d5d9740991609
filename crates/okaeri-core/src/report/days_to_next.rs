//! Days from the n-th purchase to the next one (リードタイム分析), those still waiting included.
//!
//! The curve is that of [`crate::survival`]: a customer who has not come back yet counts as
//! waiting up to the day of the question. Beside it stands the histogram as アクションリンク counts
//! it, of customers whose first order ever and next order both lie in a period: it leaves out who
//! still waits, which makes the days look short.

mod curves;

#[cfg(test)]
mod tests;

use super::purchases::{CountBy, OnlyProduct, SAME_DAY};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Sheet, Shop, Spec, Values};
use crate::book::{BookOrder, Months};
use crate::keys::{Key, NONE};
use crate::order::sorted;

/// What each curve is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// One curve of everybody.
    #[default]
    Whole,
    /// The primary product of the n-th purchase.
    Product,
    /// The month of the n-th purchase.
    Month,
    /// The shop of the n-th purchase.
    Shop,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysToNext {
    /// The n from which days count; 0 for every purchase.
    pub from_order: u32,
    /// Only from purchases with this code as their primary product.
    pub product: Option<String>,
    /// What each curve is of.
    pub by: By,
    /// What is one purchase.
    pub count: CountBy,
    /// How many days before the peak to send.
    pub lead_days: u32,
    /// Only gaps of at least so many days, those of who still waits counted up to the day of the
    /// question: what a row of the curve counts.
    pub days_min: i64,
    /// Only gaps of at most so many days.
    pub days_max: Option<i64>,
    /// First day of the histogram's period; absent, from the beginning.
    pub from_day: Option<i32>,
    /// Last day of the histogram's period; absent, the day of the question.
    pub to_day: Option<i32>,
}

/// Curves at most, those of the largest groups.
const GROUPS_MAX: usize = 6;

/// Days of a bin of the histogram [アクションリンク].
const BIN_DAYS: i64 = 30;

macro_rules! specs {
    ($($group:expr)?) => {
        [
            // What curves are made of. Not shown as a table.
            Spec {
                name: "gaps",
                keys: &[$($group,)? ("days", Kind::Int)],
                sums: &["converted", "waiting"],
            },
            Spec {
                name: "lead_time",
                keys: &[$($group,)? ("days_from", Kind::Int)],
                sums: &["customers", "gaps"],
            },
            SAME_DAY,
        ]
    };
}

static WHOLE: [Spec; 3] = specs!();
static BY_PRODUCT: [Spec; 3] = specs!(("product", Kind::Product));
static BY_MONTH: [Spec; 3] = specs!(("month", Kind::Int));
static BY_SHOP: [Spec; 3] = specs!(("shop", Kind::Word));

/// A purchase and the next one, if there is one.
type Gap<'a> = (&'a BookOrder, Option<&'a BookOrder>);

/// Days between purchases. A clock put back at midnight may show the day before.
fn days(from: &BookOrder, to_day: i32) -> i64 {
    to_day.saturating_sub(from.day).max(0).into()
}

impl DaysToNext {
    /// The gaps of a customer that are asked for.
    fn gaps<'a>(
        &self,
        orders: &'a [BookOrder],
        only: OnlyProduct,
    ) -> impl Iterator<Item = Gap<'a>> {
        let (skipped, taken) = match self.from_order {
            0 => (0, usize::MAX),
            n => (n as usize - 1, 1),
        };
        let purchases = self.count.of(orders).skip(skipped);
        let mut after = self.count.of(orders).skip(skipped + 1);
        let gaps = purchases.map(move |purchase| (purchase, after.next()));
        gaps.take(taken)
            .filter(move |(purchase, _)| only.takes(purchase))
    }

    /// The key of a gap's group, if there are several; -1 for no product or shop.
    fn group(
        &self,
        shop: &Shop<'_>,
        months: &Months,
        purchase: &BookOrder,
        tally: &mut Tally,
    ) -> Option<i64> {
        match self.by {
            By::Whole => None,
            By::Product if purchase.product == NONE => Some(-1),
            By::Product => Some(purchase.product.into()),
            By::Month => Some(months.of(purchase.day).into()),
            By::Shop => Some(match shop.ledger.shops.get(purchase.shop) {
                Some(Key::Text(text)) => tally.word(text),
                Some(Key::Int(number)) => tally.word(&number.to_string()),
                None => -1,
            }),
        }
    }

    /// Whether a closed gap is in the histogram.
    fn is_in_period(&self, first: &BookOrder, next: &BookOrder) -> bool {
        self.from_day.is_none_or(|from| from <= first.day)
            && self.to_day.is_none_or(|to| next.day <= to)
    }
}

/// Adds to a row of days, of a group if there are several.
fn add(tally: &mut Tally, table: usize, person: u32, row: (Option<i64>, i64), sums: [i64; 2]) {
    match row {
        (Some(group), days) => tally.add(table, person, &[group, days], &sums),
        (None, days) => tally.add(table, person, &[days], &sums),
    }
}

impl Report for DaysToNext {
    fn specs(&self) -> &'static [Spec] {
        match self.by {
            By::Whole => &WHOLE,
            By::Product => &BY_PRODUCT,
            By::Month => &BY_MONTH,
            By::Shop => &BY_SHOP,
        }
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let only = OnlyProduct::of(shop, self.product.as_deref());
        let (first, last) = book.days.unwrap_or_default();
        let months = Months::between(first, last);
        // Rows of the histogram that a customer is in already.
        let mut bins: Vec<(Option<i64>, i64)> = Vec::new();
        for (person, orders) in book.people(0..book.person_count()) {
            CountBy::tally_same_day(tally, 2, person, orders);
            bins.clear();
            for (purchase, next) in self.gaps(orders, only) {
                let group = self.group(shop, &months, purchase, tally);
                let to_day = next.map_or(book.as_of_day, |next| next.day);
                let sums = [next.is_some(), next.is_none()].map(i64::from);
                let days = days(purchase, to_day);
                if days < self.days_min || self.days_max.is_some_and(|most| days > most) {
                    continue;
                }
                add(tally, 0, person, (group, days), sums);
                let is_shown = |next: &BookOrder| {
                    let first = orders.first();
                    first.is_some_and(|first| self.is_in_period(first, next))
                };
                if next.is_some_and(is_shown) {
                    let bin = (group, days - days % BIN_DAYS);
                    let is_new = !bins.contains(&bin);
                    if is_new {
                        bins.push(bin);
                    }
                    add(tally, 1, person, bin, [is_new.into(), 1]);
                }
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let keys = usize::from(self.by != By::Whole);
        let groups = Groups::largest(counted, keys);
        curves::push(self, counted, &groups, sheet);
        let mut lead_time = counted.table("lead_time");
        let rows = counted.rows("lead_time");
        let shown: Vec<bool> = rows.map(|row| groups.shows(row)).collect();
        for (_, values) in &mut lead_time.columns {
            keep(values, &shown);
        }
        sheet.push("lead_time", lead_time);
        let rows = counted.rows("gaps").filter(|row| groups.shows(row));
        let waiting = rows.filter_map(|row| row.get(keys + 2));
        sheet.note("closed_gaps_alone", waiting.sum::<i64>().unsigned_abs());
        sheet.note("smaller_groups", groups.left_out.unsigned_abs());
        self.count.note(counted, sheet);
    }
}

/// Keeps the rows that are shown.
fn keep(values: &mut Values, shown: &[bool]) {
    let mut shown = shown.iter();
    let mut is_shown = || shown.next().copied().unwrap_or_default();
    match values {
        Values::Int(values) | Values::Product(values) => values.retain(|_| is_shown()),
        Values::Text(values) => values.retain(|_| is_shown()),
        _ => {}
    }
}

/// The groups that are shown.
struct Groups {
    /// Whether there are any; without, everything is shown.
    keys: usize,
    shown: Vec<i64>,
    /// Gaps of the others.
    left_out: i64,
}

impl Groups {
    /// Those with most gaps, equals by key.
    fn largest(counted: &Counted, keys: usize) -> Self {
        let rows: Vec<&[i64]> = counted.rows("gaps").collect();
        let gaps = |row: &&[i64]| row.iter().skip(keys + 1).sum::<i64>();
        let groups = rows.chunk_by(|a, b| a.get(..keys) == b.get(..keys));
        let groups = groups.map(|rows| {
            let key = rows.first().and_then(|row| row.first());
            (
                rows.iter().map(gaps).sum(),
                key.copied().unwrap_or_default(),
            )
        });
        let groups = sorted(groups.collect(), |a: &(i64, i64), b| b.0.cmp(&a.0));
        let (shown, others) = groups.split_at(groups.len().min(GROUPS_MAX));
        Groups {
            keys,
            shown: shown.iter().map(|(_, key)| *key).collect(),
            left_out: others.iter().map(|(gaps, _)| gaps).sum(),
        }
    }

    fn shows(&self, row: &[i64]) -> bool {
        self.keys == 0 || row.first().is_some_and(|key| self.shown.contains(key))
    }
}
