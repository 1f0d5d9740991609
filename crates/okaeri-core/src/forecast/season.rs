//! The seasons: how much more or less is bought in each month of the year, and a clock that goes
//! by it.
//!
//! In operational time purchases come at a steady rate: a day of a strong month takes longer than
//! one of a weak month. Models are fitted on times by that clock, and a horizon is as long as it
//! says. One who leaves at any time (Pareto/NBD) leaves by that clock too.

use super::model::Model;
use super::periods::Periods;
use super::purchases::{Distinct, Known, Purchases};
use crate::zone::{first_day_of, month_of};

/// How much is bought in each month of the year, January first, in units of the mean: 1 where
/// there is no season.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Season {
    /// The factors.
    pub months: [f64; 12],
}

/// Purchases that a month counts as having had, in proportion, without a season: ours.
pub const PRIOR_PURCHASES: f64 = 50.0;
/// A month has at least this factor, and at most its inverse.
const LEAST: f64 = 0.1;

impl Season {
    /// The seasons of the repeat purchases until `until`, against what `model`, fitted without
    /// seasons on days, expects of the same customers. A month is drawn to 1 as if
    /// `prior` more purchases had come as expected.
    pub fn of(purchases: &Purchases, until: i32, model: &Model, prior: f64) -> Self {
        let Some((origin, _)) = purchases.span(until) else {
            return Season { months: [1.0; 12] };
        };
        let days = until.saturating_sub(origin).clamp(0, LONGEST_DAYS) as usize;
        let mut new = vec![0.0; days + 1];
        let mut actual = [0.0; 12];
        for customer in purchases.customers() {
            let Some(known) = Known::of(customer, until) else {
                continue;
            };
            if let Some(new) = new.get_mut(known.first_day.abs_diff(origin) as usize) {
                *new += 1.0;
            }
            for day in customer.iter().skip(1).take(known.x as usize) {
                *of_year(&mut actual, month_of(day.day)) += 1.0;
            }
        }
        let cumulative: Vec<f64> = (0..=days)
            .map(|age| model.purchases_of_new(age as f64))
            .collect();
        let mut expected = [0.0; 12];
        for month in month_of(origin)..=month_of(until) {
            let from = first_day_of(month).saturating_sub(1).max(origin);
            let to = first_day_of(month + 1).saturating_sub(1).min(until);
            let sum = of_year(&mut expected, month);
            for (first, customers) in (origin..).zip(&new) {
                let until = |day: i32| {
                    let age = day.saturating_sub(first).max(0);
                    cumulative.get(age as usize).copied().unwrap_or(0.0)
                };
                *sum += customers * (until(to) - until(from));
            }
        }
        let all: f64 = expected.iter().sum();
        let scale = if all > 0.0 {
            actual.iter().sum::<f64>() / all
        } else {
            0.0
        };
        let mut months = [1.0; 12];
        for ((month, actual), expected) in months.iter_mut().zip(actual).zip(expected) {
            let ratio = (actual + prior) / (expected * scale + prior).max(f64::MIN_POSITIVE);
            *month = if ratio.is_finite() {
                ratio.clamp(LEAST, 1.0 / LEAST)
            } else {
                1.0
            };
        }
        let mean = months.iter().sum::<f64>() / 12.0;
        Season {
            months: months.map(|month| month / mean),
        }
    }

    /// The factor of a day.
    pub fn at(&self, day: i32) -> f64 {
        let place = month_of(day).rem_euclid(12) as usize;
        self.months.get(place).copied().unwrap_or(1.0)
    }

    /// What the logarithm of a likelihood by the clock lacks of one by days: the speed of the
    /// clock at each repeat purchase.
    pub(super) fn log_speed(&self, purchases: &Purchases, until: i32, distinct: &Distinct) -> f64 {
        let logs = self.months.map(libm::log);
        let mut sum = 0.0;
        for (customer, row) in purchases.customers().zip(&distinct.of) {
            if (*row as usize) < distinct.rows.len() {
                let repeats = customer.iter().skip(1).take_while(|day| day.day <= until);
                sum += repeats
                    .map(|day| logs.get(month_of(day.day).rem_euclid(12) as usize).copied())
                    .map(Option::unwrap_or_default)
                    .sum::<f64>();
            }
        }
        sum
    }
}

fn of_year(values: &mut [f64; 12], month: i32) -> &mut f64 {
    &mut values[month.rem_euclid(12) as usize]
}

/// No period of observation is longer: 100 years.
const LONGEST_DAYS: i32 = 36_525;

/// The time of each day, at its end: days, operational time, or periods that are over.
#[derive(Clone, Debug)]
pub struct Clock {
    origin: i32,
    /// By day from the origin on; empty for plain days.
    hands: Vec<f64>,
    /// Days that a unit of time has, on the average.
    unit_days: f64,
}

impl Clock {
    /// Days.
    pub fn days(origin: i32) -> Self {
        Clock {
            origin,
            hands: Vec::new(),
            unit_days: 1.0,
        }
    }

    /// How many periods are over, from `origin` to `last`.
    pub fn of_periods(periods: &Periods, origin: i32, last: i32) -> Self {
        let last = last.min(origin.saturating_add(2 * LONGEST_DAYS));
        let mut hands = Vec::new();
        let mut over = 0.0;
        let mut ends = periods.ends(i32::MIN, last).into_iter().peekable();
        for day in origin..=last {
            while ends.next_if(|end| *end <= day).is_some() {
                over += 1.0;
            }
            hands.push(over);
        }
        Clock {
            origin,
            hands,
            unit_days: periods.mean_days(),
        }
    }

    /// Days that a unit of time has, on the average.
    pub fn unit_days(&self) -> f64 {
        self.unit_days
    }

    /// By the seasons from `origin` to `last`; after that, days.
    pub fn of(season: &Season, origin: i32, last: i32) -> Self {
        let mut time = 0.0;
        let last = last.min(origin.saturating_add(2 * LONGEST_DAYS));
        let hands = (origin..=last)
            .map(|day| {
                let at = time;
                time += season.at(day.saturating_add(1));
                at
            })
            .collect();
        Clock {
            origin,
            hands,
            unit_days: 1.0,
        }
    }

    /// The time at a day.
    pub fn at(&self, day: i32) -> f64 {
        let since = day.saturating_sub(self.origin);
        match (self.hands.get(since.max(0) as usize), self.hands.last()) {
            (Some(time), _) => *time,
            (None, Some(last)) => last + f64::from(since) - (self.hands.len() - 1) as f64,
            (None, None) => f64::from(since),
        }
    }

    /// Days from `day` until `time` has gone by.
    pub fn days_until(&self, day: i32, time: f64) -> f64 {
        let (Some(last), true) = (self.hands.last(), day >= self.origin) else {
            return time;
        };
        let goal = self.at(day) + time;
        let since = f64::from(day.saturating_sub(self.origin));
        let whole = (self.hands.len() - 1) as f64;
        if goal > *last {
            return (whole + goal - last - since).max(0.0);
        }
        let after = self.hands.partition_point(|hand| *hand < goal).max(1);
        let hand = |place: usize| self.hands.get(place).copied().unwrap_or(goal);
        let (before, next) = (hand(after - 1), hand(after));
        let part = if next > before {
            (goal - before) / (next - before)
        } else {
            0.0
        };
        ((after - 1) as f64 + part - since).max(0.0)
    }
}
