//! Which model to believe: each is fitted on what was known on a day, and held against what came
//! after.
//!
//! The judge is the logarithm of the chance that a model had given to each customer's actual
//! number of purchases (a strictly proper score: Gneiting & Raftery 2007, Journal of the American
//! Statistical Association 102), since the error of a mean, however taken, rewards a model that
//! is wrong about the rest.

use super::counts::Counts;
use super::histories::History;
use super::model::{Kind, Model};
use super::optimum::Limit;
use super::periods::Periods;
use super::purchases::{Distinct, Purchases};
use super::season::{Clock, PRIOR_PURCHASES, Season};
use super::smooth::{POINTS, Smooth};
use crate::order::sort_numbers;

/// A model by kind, with seasons or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind.
    pub kind: Kind,
    /// Whether months have factors.
    pub seasonal: bool,
}

/// Customers by their repeats in the calibration period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Class {
    /// How many.
    pub customers: f64,
    /// Their purchases in the holdout as predicted.
    pub predicted: f64,
    /// As they came.
    pub actual: f64,
}

/// How a model did.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Which.
    pub choice: Choice,
    /// r, α, and a, b or s, β, in days.
    pub parameters: [f64; 4],
    /// What the model tends to, if the data have no maximum inside.
    pub limit: Option<Limit>,
    /// ln of the likelihood of the calibration period, in days.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// The Bayesian criterion, with customers as observations.
    pub bic: f64,
    /// Purchases in the holdout.
    pub predicted: f64,
    /// The logarithm of the chance given to what came; no chance counts as less than 10⁻¹².
    pub score: f64,
    /// The mean over customers of |predicted − actual|.
    pub mean_error: f64,
    /// The mean over customers of predicted − actual.
    pub bias: f64,
    /// Purchases predicted up to the end of each week of the holdout, of which the last may be cut
    /// short, or of each period.
    pub weekly: Vec<f64>,
    /// By 0 to 6 repeats in the calibration period, then 7 and more.
    pub classes: [Class; 8],
}

/// Models side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Last day of the calibration period.
    pub cutoff_day: i32,
    /// Last day of the holdout.
    pub end_day: i32,
    /// Customers compared: those who had bought by the cutoff.
    pub customers: f64,
    /// What they bought in the holdout.
    pub actual: f64,
    /// The last day of each week or period.
    pub ends: Vec<i32>,
    /// What they bought up to the end of each.
    pub weekly_actual: Vec<f64>,
    /// The models; none without a customer.
    pub candidates: Vec<Candidate>,
    /// The place of the one with the greatest score; the first of equals.
    pub best: usize,
}

/// The least chance in a score.
const LEAST_CHANCE: f64 = 1e-12;

/// Holds `choices` against what every `stride`-th customer bought from the day after `cutoff_day`
/// to `end_day`. Purchases after that day are not looked at. `None` unless somebody had bought by
/// the cutoff and the end lies after it. With `periods` the purchases are by them, and both days are
/// their last days.
pub fn compare(
    purchases: &Purchases,
    choices: &[Choice],
    cutoff_day: i32,
    end_day: i32,
    stride: usize,
    periods: Option<&Periods>,
) -> Option<Comparison> {
    let (origin, _) = purchases.span(cutoff_day)?;
    if end_day <= cutoff_day {
        return None;
    }
    let (days, ends) = match periods {
        None => (Clock::days(origin), weeks(cutoff_day, end_day)),
        Some(periods) => (
            Clock::of_periods(periods, origin, end_day),
            periods.ends(cutoff_day, end_day),
        ),
    };
    let distinct = Distinct::of(purchases, cutoff_day, stride, &days);
    let actual = Actual::of(purchases, &distinct, &ends, cutoff_day, end_day);
    let mut candidates = Vec::new();
    for choice in choices {
        let data = distinct.histories();
        let mut fit = Model::fit(choice.kind, &data);
        let (mut clock, mut rows, mut free) = (days.clone(), distinct.rows.clone(), 4.0);
        if choice.seasonal {
            let season = Season::of(purchases, cutoff_day, &fit.model, PRIOR_PURCHASES);
            clock = Clock::of(&season, origin, end_day);
            let by_clock = Distinct::of(purchases, cutoff_day, stride, &clock);
            fit = Model::fit(choice.kind, &by_clock.histories());
            fit.log_likelihood += season.log_speed(purchases, cutoff_day, &by_clock);
            rows = by_clock.rows;
            free = 15.0;
        }
        let start = clock.at(cutoff_day);
        let mut candidate = Candidate {
            choice: *choice,
            parameters: fit.model.parameters(),
            limit: fit.limit,
            log_likelihood: fit.log_likelihood,
            aic: 2.0 * (free - fit.log_likelihood),
            bic: free * libm::log(data.customers()) - 2.0 * fit.log_likelihood,
            predicted: 0.0,
            score: 0.0,
            mean_error: 0.0,
            bias: 0.0,
            weekly: Vec::new(),
            classes: [Class::default(); 8],
        };
        actual.judge(&mut candidate, &fit.model, &rows, clock.at(end_day) - start);
        let times = ends.iter().map(|day| clock.at(*day) - start).collect();
        candidate.weekly = cumulative(&fit.model, &rows, times, periods.is_some());
        candidates.push(candidate);
    }
    let mut best = 0;
    for (place, candidate) in candidates.iter().enumerate() {
        if candidates
            .get(best)
            .is_some_and(|best| candidate.score > best.score)
        {
            best = place;
        }
    }
    Some(Comparison {
        cutoff_day,
        end_day,
        customers: distinct.rows.iter().map(|row| row.customers).sum(),
        actual: actual.sum,
        ends,
        weekly_actual: actual.weekly,
        candidates,
        best,
    })
}

/// The last days of the weeks of a holdout.
fn weeks(cutoff: i32, end: i32) -> Vec<i32> {
    let mut ends = Vec::new();
    let mut day = cutoff;
    while day < end {
        day = day.saturating_add(7).min(end);
        ends.push(day);
    }
    ends
}

/// What came in the holdout.
struct Actual {
    /// Row and number of purchases, ascending, with how many customers.
    numbers: Vec<(u32, u32, f64)>,
    weekly: Vec<f64>,
    sum: f64,
}

impl Actual {
    fn of(purchases: &Purchases, distinct: &Distinct, ends: &[i32], cutoff: i32, end: i32) -> Self {
        let mut weekly = vec![0.0; ends.len()];
        let mut keys: Vec<u64> = Vec::new();
        for (days, row) in purchases.customers().zip(&distinct.of) {
            if *row as usize >= distinct.rows.len() {
                continue;
            }
            let mut number = 0u64;
            for day in days.iter().filter(|day| day.day > cutoff && day.day <= end) {
                number += 1;
                let week = ends.partition_point(|end| *end < day.day);
                if let Some(week) = weekly.get_mut(week) {
                    *week += 1.0;
                }
            }
            keys.push(u64::from(*row) << 32 | number);
        }
        sort_numbers(&mut keys, |key| key);
        let mut numbers: Vec<(u32, u32, f64)> = Vec::new();
        for key in keys {
            let (row, number) = ((key >> 32) as u32, key as u32);
            match numbers.last_mut() {
                Some(last) if (last.0, last.1) == (row, number) => last.2 += 1.0,
                _ => numbers.push((row, number, 1.0)),
            }
        }
        let mut sum = 0.0;
        for week in &mut weekly {
            sum += *week;
            *week = sum;
        }
        Actual {
            numbers,
            weekly,
            sum,
        }
    }

    fn judge(&self, candidate: &mut Candidate, model: &Model, rows: &[History], time: f64) {
        let mut counts = Counts::default();
        let (mut customers, mut error) = (0.0, 0.0);
        for same in self.numbers.chunk_by(|a, b| a.0 == b.0) {
            let place = same.first().map_or(0, |first| first.0);
            let Some(row) = rows.get(place as usize) else {
                continue;
            };
            model.counts(row, time, LEAST_CHANCE, &mut counts);
            let expected = model.purchases(row, time);
            let class = &mut candidate.classes[row.x.min(7) as usize];
            for (_, number, n) in same {
                let actual = f64::from(*number);
                let chance = counts.chance(*number).max(LEAST_CHANCE);
                candidate.score += n * libm::log(chance);
                candidate.predicted += n * expected;
                error += n * (expected - actual).abs();
                customers += n;
                class.customers += n;
                class.predicted += n * expected;
                class.actual += n * actual;
            }
        }
        if customers > 0.0 {
            candidate.mean_error = error / customers;
            candidate.bias = (candidate.predicted - self.sum) / customers;
        }
    }
}

/// Purchases expected of all rows within each of `times`, which ascend.
///
/// The sum is taken at few times and interpolated over the logarithm of the time since the mean
/// customer came, where it is smooth.
fn cumulative(model: &Model, rows: &[History], times: Vec<f64>, by_steps: bool) -> Vec<f64> {
    let all = |time: f64| -> f64 {
        (rows.iter())
            .map(|row| row.customers * model.purchases(row, time))
            .sum()
    };
    if by_steps || times.len() < POINTS {
        return times.into_iter().map(all).collect();
    }
    let customers: f64 = rows.iter().map(|row| row.customers).sum();
    let ages: f64 = rows.iter().map(|row| row.customers * row.age).sum();
    let scale = (ages / customers).max(1.0);
    let last = times.last().copied().unwrap_or(0.0);
    let width = libm::log1p(last / scale);
    let smooth = Smooth::of(0.0, width, &|at| all((scale * libm::expm1(at)).min(last)));
    let between = |time: f64| smooth.at(libm::log1p(time / scale));
    times.into_iter().map(between).collect()
}
