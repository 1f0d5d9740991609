//! The models side by side on the CDNOW sample, and with seasons on a shop that has them.

use super::data::rows;
use super::dice::Dice;
use super::{close, near};
use crate::forecast::holdout::{Choice, Class, compare};
use crate::forecast::model::Kind;
use crate::forecast::purchases::{PurchaseDay, Purchases};
use crate::forecast::season::{Clock, Season};
use crate::zone::{first_day_of, month_of};

/// The last day of the calibration period.
pub const CUTOFF: i32 = 10_134;

/// A log with the histories of the sample: purchases between the first and the last are put on
/// any days, and later ones to any of the customers of a row, neither of which a model sees.
pub fn log() -> Purchases {
    let mut purchases = Purchases::default();
    for row in rows() {
        let days = |weeks: f64| libm::round(7.0 * weeks) as i32;
        let first = CUTOFF - days(row.history.age);
        let last = first + days(row.history.recency);
        let customers = row.history.customers as i32;
        let later = row.later as i32;
        for customer in 0..customers {
            let mine = later / customers + i32::from(customer < later % customers);
            let x = row.history.x as i32;
            let mut bought: Vec<i32> = (0..x).map(|i| last - i).collect();
            assert!(x == 0 || last - x >= first);
            bought.push(first);
            bought.extend((0..mine).map(|i| CUTOFF + 273 - 2 * i));
            purchases.push(bought.into_iter().map(|day| PurchaseDay {
                day,
                amount: if row.mean > 0.0 { row.mean } else { 30.0 },
            }));
        }
    }
    purchases
}

fn plain(kind: Kind) -> Choice {
    Choice {
        kind,
        seasonal: false,
    }
}

#[test]
fn the_sample() {
    let choices = Kind::ALL.map(plain);
    let found = compare(&log(), &choices, CUTOFF, CUTOFF + 273, 1, None).unwrap();
    assert_eq!((found.customers, found.actual), (2357.0, 1882.0));
    assert_eq!(found.weekly_actual.len(), 39);
    assert_eq!(found.weekly_actual[38], 1882.0);
    // ln of the likelihood on exact days, in weeks; predicted, mean error.
    let expected = [
        (-9582.42921, 1653.423, 0.7855),
        (-9582.13572, 1576.736, 0.7648),
        (-9594.97618, 1665.534, 0.7545),
    ];
    let means = [
        [
            0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6539, 3.5041, 6.1574,
        ],
        [
            0.1852, 0.5514, 1.0490, 1.4929, 2.1043, 2.5636, 3.3608, 5.8487,
        ],
        [
            0.1384, 0.5995, 1.1958, 1.7138, 2.3984, 2.9073, 3.8186, 6.4032,
        ],
    ];
    for ((candidate, (log, predicted, _)), means) in
        found.candidates.iter().zip(expected).zip(means)
    {
        close(
            candidate.log_likelihood + 2457.0 * libm::log(7.0),
            log,
            1e-5,
        );
        near(candidate.aic, 8.0 - 2.0 * candidate.log_likelihood, 1e-12);
        near(
            candidate.bic,
            4.0 * libm::log(2357.0) - 2.0 * candidate.log_likelihood,
            1e-12,
        );
        near(candidate.predicted, predicted, 2e-4);
        near(candidate.weekly[38], candidate.predicted, 1e-9);
        close(
            candidate.bias,
            (candidate.predicted - 1882.0) / 2357.0,
            1e-9,
        );
        for (
            Class {
                customers,
                predicted,
                ..
            },
            mean,
        ) in candidate.classes.iter().zip(means)
        {
            close(predicted / customers, mean, 6e-4);
        }
        assert_eq!(candidate.classes[0].actual, 334.0);
        assert!(candidate.weekly.is_sorted());
    }
    let scores = found.candidates.iter().map(|candidate| candidate.score);
    let best = found.candidates[found.best].score;
    assert_eq!(scores.fold(f64::NEG_INFINITY, f64::max), best);
}

/// The weeks between are interpolated: they are what a holdout that ends with them gives.
#[test]
fn weeks_between() {
    let log = log();
    let choices = Kind::ALL.map(plain);
    let whole = compare(&log, &choices, CUTOFF, CUTOFF + 273, 1, None).unwrap();
    for weeks in [1, 5, 17, 30] {
        let part = compare(&log, &choices, CUTOFF, CUTOFF + 7 * weeks, 1, None).unwrap();
        assert_eq!(part.actual, whole.weekly_actual[weeks as usize - 1]);
        for (part, whole) in part.candidates.iter().zip(&whole.candidates) {
            near(whole.weekly[weeks as usize - 1], part.predicted, 1e-7);
        }
    }
    assert!(compare(&log, &choices, CUTOFF, CUTOFF, 1, None).is_none());
    assert!(compare(&log, &choices, 0, 100, 1, None).is_none());
}

/// Four years of customers who buy three times as often in December, who come all year.
pub fn seasonal_log() -> (Purchases, i32) {
    let origin = first_day_of(2020 * 12);
    let end = first_day_of(2024 * 12) - 1;
    let mut dice = Dice(5);
    let mut purchases = Purchases::default();
    for customer in 0..3000 {
        let first = origin + customer % 1200;
        let mut days = vec![first];
        let rate = dice.gamma(0.6) / 60.0;
        for day in first + 1..=end {
            let factor = if month_of(day).rem_euclid(12) == 11 {
                3.0
            } else {
                0.8
            };
            if dice.unit() < rate * factor {
                days.push(day);
                if dice.unit() < 0.1 {
                    break;
                }
            }
        }
        purchases.push(
            days.into_iter()
                .map(|day| PurchaseDay { day, amount: 10.0 }),
        );
    }
    (purchases, end)
}

#[test]
fn seasons() {
    let (log, end) = seasonal_log();
    let cutoff = end - 62;
    let both = [false, true].map(|seasonal| Choice {
        kind: Kind::BgNbd,
        seasonal,
    });
    let found = compare(&log, &both, cutoff, end, 1, None).unwrap();
    assert_eq!(found.best, 1);
    let [plain, seasonal] = [&found.candidates[0], &found.candidates[1]];
    assert!(seasonal.log_likelihood > plain.log_likelihood + 100.0);
    assert!(seasonal.bias.abs() < plain.bias.abs() / 3.0);
    let Season { months } = Season::of(
        &log,
        end,
        &crate::forecast::model::Model::fit(Kind::BgNbd, &super::purchases::histories(&log, end))
            .model,
        50.0,
    );
    close(months.iter().sum(), 12.0, 1e-9);
    let mean = (11.0 * 0.8 + 3.0) / 12.0;
    close(months[11], 3.0 / mean, 0.25);
    for month in &months[..11] {
        close(*month, 0.8 / mean, 0.2);
    }
}

#[test]
fn the_clock_turns_back() {
    let mut months = [0.9; 12];
    months[11] = 2.1;
    let season = Season { months };
    let origin = first_day_of(2020 * 12 + 3);
    let clock = Clock::of(&season, origin, origin + 1500);
    for day in [0, 1, 200, 260, 700, 1499] {
        let day = origin + day;
        near(clock.at(day + 1) - clock.at(day), season.at(day + 1), 1e-9);
        for ahead in [0, 1, 37, 400, 3000] {
            let time = clock.at(day + ahead) - clock.at(day);
            close(clock.days_until(day, time), f64::from(ahead), 1e-6);
        }
    }
    let plain = Clock::days(origin);
    assert_eq!(
        (plain.at(origin + 7), plain.days_until(origin, 3.5)),
        (7.0, 3.5)
    );
}
