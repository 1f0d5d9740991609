//! Purchases by periods: whether somebody bought in a month, a year, or this year's season, and
//! not on which day. What BG/BB is for, and a fairer book for models by days where a shop sells
//! by subscription boxes, markets or seasons.
//!
//! A period counts once it is over: who came in the one that goes on is not in the data yet.

use super::purchases::{PurchaseDay, Purchases};
use crate::zone::{first_day_of, month_of};

/// Periods at most; beyond, there is nothing to forecast.
pub const MOST_PERIODS: usize = 10_000;

/// Periods that follow each other, with days of none between them or without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Periods {
    /// First and last day of each.
    spans: Vec<(i32, i32)>,
}

impl Periods {
    /// These periods, as far as each begins after the one before has ended.
    pub fn new(spans: impl Iterator<Item = (i32, i32)>) -> Self {
        let mut periods = Periods::default();
        for (from, to) in spans.take(MOST_PERIODS) {
            if from <= to && periods.spans.last().is_none_or(|last| last.1 < from) {
                periods.spans.push((from, to));
            }
        }
        periods
    }

    /// Periods of so many calendar months, those of a year beginning with January, from the one
    /// of a day to the one of another.
    pub fn of_months(months: i32, from: i32, to: i32) -> Self {
        let months = months.max(1);
        let first = month_of(from).div_euclid(months) * months;
        let starts = (first..=month_of(to)).step_by(months as usize);
        Self::new(starts.map(|month| {
            let end = first_day_of(month.saturating_add(months)).saturating_sub(1);
            (first_day_of(month), end)
        }))
    }

    /// The purchases by these periods: of each customer one in every period with some, on its last
    /// day.
    pub fn purchases(&self, purchases: &Purchases) -> Purchases {
        let mut found = Purchases::default();
        for days in purchases.customers() {
            found.push(days.iter().filter_map(|day| {
                let place = self.spans.partition_point(|span| span.1 < day.day);
                let (from, to) = *self.spans.get(place)?;
                (from <= day.day).then_some(PurchaseDay { day: to, ..*day })
            }));
        }
        found
    }

    /// The last days of the periods that end after `from`, up to `to`.
    pub fn ends(&self, from: i32, to: i32) -> Vec<i32> {
        let ends = self.spans.iter().map(|span| span.1);
        ends.filter(|end| (from.saturating_add(1)..=to).contains(end))
            .collect()
    }

    /// The last day of the last period that is over on a day.
    pub fn last_end(&self, day: i32) -> Option<i32> {
        let over = self.spans.partition_point(|span| span.1 <= day);
        self.spans.get(over.checked_sub(1)?).map(|span| span.1)
    }

    /// The days from one period to the next, on the average.
    pub fn mean_days(&self) -> f64 {
        match (self.spans.first(), self.spans.last(), self.spans.len()) {
            (Some(first), Some(last), 2..) => {
                (f64::from(last.1) - f64::from(first.1)) / (self.spans.len() - 1) as f64
            }
            _ => 365.25,
        }
    }
}
