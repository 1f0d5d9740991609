//! The forecast of a whole shop: bounds that hold, sums that are sums, and nothing that is not a
//! number.

use super::dice::Dice;
use super::holdout::{CUTOFF, log, seasonal_log};
use super::{close, near};
use crate::forecast::histories::History;
use crate::forecast::model::{Kind, rate_per_day};
use crate::forecast::optimum::Limit;
use crate::forecast::purchases::{Known, PurchaseDay, Purchases};
use crate::forecast::shop::{self, Note, Options, Shop, Wanted};

fn forecast(purchases: &Purchases, options: Options) -> Shop {
    shop::forecast(purchases, options, None)
}

#[track_caller]
fn sound(shop: &Shop) {
    let totals = [shop.purchases, shop.value];
    for row in &shop.rows {
        let numbers = [
            row.alive,
            row.purchases,
            row.purchases_bounds.low,
            row.purchases_bounds.high,
            row.amount,
            row.value,
            row.value_bounds.low,
            row.value_bounds.high,
            row.never,
            row.discounted,
            row.residual,
        ];
        let real = numbers.iter().all(|n| n.is_finite() && *n >= 0.0);
        assert!(real && row.alive <= 1.0 && row.never <= 1.0, "{row:?}");
        let bounds = [row.purchases_bounds, row.value_bounds];
        assert!(bounds.iter().all(|b| b.low <= b.high), "{row:?}");
        let days: Vec<i32> = row.next_day.iter().flatten().copied().collect();
        assert!(days.is_sorted(), "{row:?}");
    }
    for total in totals {
        let numbers = [total.expected, total.bounds.low, total.bounds.high];
        assert!(
            numbers.iter().all(|n| n.is_finite() && *n >= 0.0),
            "{total:?}"
        );
        assert!(total.bounds.low <= total.expected && total.expected <= total.bounds.high);
    }
    assert!(
        shop.fit
            .model
            .parameters()
            .iter()
            .all(|p| p.is_finite() && *p > 0.0)
    );
    assert!(shop.alive.is_finite() && shop.fit.log_likelihood.is_finite());
    for candidate in shop.comparison.iter().flat_map(|c| &c.candidates) {
        let numbers = [
            candidate.score,
            candidate.predicted,
            candidate.bic,
            candidate.mean_error,
        ];
        assert!(numbers.iter().all(|n| n.is_finite()), "{candidate:?}");
        assert!(candidate.weekly.iter().all(|n| n.is_finite() && *n >= 0.0));
    }
}

#[test]
fn the_sample() {
    let purchases = log();
    let options = Options {
        horizon_days: 273,
        yearly_discount_rate: 0.0,
        margin: 0.3,
        model: Wanted::Only(Kind::ParetoNbd),
        ..Options::on(CUTOFF)
    };
    let shop = forecast(&purchases, options);
    sound(&shop);
    assert_eq!(shop.rows.len(), 2357);
    near(shop.purchases.expected, 1665.534, 2e-4);
    let sum = |of: fn(&shop::Row) -> f64| shop.rows.iter().map(of).sum::<f64>();
    near(sum(|row| row.purchases), shop.purchases.expected, 1e-9);
    near(sum(|row| row.value), shop.value.expected, 1e-9);
    near(
        sum(|row| 0.3 * row.purchases * row.amount),
        shop.value.expected,
        1e-9,
    );
    close(shop.alive / 2357.0, 0.44628, 1e-4);
    assert!(shop.notes.is_empty(), "{:?}", shop.notes);
    // The published correlation of repeats with their mean amount is .11, with exact amounts.
    close(shop.correlation.unwrap(), 0.1139, 1e-3);
    // Less by half a year's interest or so.
    let less = forecast(
        &purchases,
        Options {
            yearly_discount_rate: 0.15,
            ..options
        },
    );
    // What is interpolated between ages is what each customer has alone.
    let discount = rate_per_day(0.15);
    let bg = Options {
        yearly_discount_rate: 0.15,
        model: Wanted::Only(Kind::BgNbd),
        ..options
    };
    for shop in [&less, &forecast(&purchases, bg)] {
        for (days, row) in purchases.customers().zip(&shop.rows) {
            let known = Known::of(days, CUTOFF).unwrap();
            let history = History {
                x: known.x,
                recency: f64::from(known.last_day - known.first_day),
                age: f64::from(CUTOFF - known.first_day),
                customers: 1.0,
            };
            let all = shop.fit.model.discounted_purchases(&history, discount);
            near(row.residual, all.unwrap(), 1e-9);
            assert!(row.discounted < row.purchases && row.discounted < row.residual);
        }
        let sum = |of: fn(&shop::Row) -> f64| shop.rows.iter().map(of).sum::<f64>();
        near(shop.residual, sum(|row| row.residual), 1e-12);
        near(shop.discounted, sum(|row| row.discounted), 1e-12);
        let worth = 0.3 * sum(|row| row.residual * row.amount);
        near(shop.residual_value, worth, 1e-12);
    }
    assert_eq!((shop.residual, shop.residual_value), (0.0, 0.0));
    let part = less.value.expected / shop.value.expected;
    assert!(part > 0.94 && part < 0.96, "{part}");
    // The best model is the one of the comparison.
    let best = forecast(
        &purchases,
        Options {
            model: Wanted::Best,
            ..options
        },
    );
    sound(&best);
    let comparison = best.comparison.unwrap();
    assert_eq!(comparison.candidates.len(), 3);
    assert_eq!(comparison.cutoff_day, CUTOFF - 90);
    let chosen = &comparison.candidates[comparison.best];
    assert_eq!(chosen.choice.kind, best.fit.model.kind());
}

/// Customers who do as the model says, and what they did after the day.
fn played(dice: &mut Dice, customers: i32) -> (Purchases, Vec<(f64, f64)>) {
    let mut purchases = Purchases::default();
    let mut later = Vec::new();
    for customer in 0..customers {
        let first = customer % 200;
        let rate = dice.gamma(0.8) / 40.0;
        let stay = dice.gamma(2.0);
        let leave = stay / (stay + dice.gamma(0.7));
        let nu = dice.gamma(4.0) / 15.0;
        let (mut at, mut days) = (f64::from(first), Vec::new());
        let (mut count, mut worth) = (0.0, 0.0);
        loop {
            let day = at as i32;
            let amount = dice.gamma(6.0) / nu;
            if day > 400 {
                count += 1.0;
                worth += amount;
            }
            days.push(PurchaseDay { day, amount });
            at += (dice.wait() / rate).max(1.0);
            if at > 600.0 || (day > first && dice.unit() > leave) {
                break;
            }
        }
        purchases.push(days.into_iter());
        later.push((count, worth));
    }
    (purchases, later)
}

#[test]
fn bounds_hold() {
    let mut dice = Dice(23);
    let mut held = [0; 2];
    for _ in 0..12 {
        let (purchases, later) = played(&mut dice, 1500);
        let shop = forecast(
            &purchases,
            Options {
                horizon_days: 199,
                yearly_discount_rate: 0.0,
                model: Wanted::Only(Kind::BgNbd),
                level: 0.9,
                ..Options::on(400)
            },
        );
        sound(&shop);
        let mut outside = [0.0; 2];
        for (row, (count, worth)) in shop.rows.iter().zip(&later) {
            outside[0] += f64::from(u8::from(*count > row.purchases_bounds.high));
            outside[1] += f64::from(u8::from(*worth > row.value_bounds.high));
        }
        // At most 5 % lie above: numbers are whole, and many bounds are 0.
        assert!(outside[0] / 1500.0 < 0.06, "{outside:?}");
        assert!(outside[1] / 1500.0 < 0.065, "{outside:?}");
        let count: f64 = later.iter().map(|(count, _)| count).sum();
        let worth: f64 = later.iter().map(|(_, worth)| worth).sum();
        for (held, (total, sum)) in
            (held.iter_mut()).zip([(shop.purchases, count), (shop.value, worth)])
        {
            *held += usize::from(total.bounds.low <= sum && sum <= total.bounds.high);
            assert!(total.chance_variance > 0.0 && total.parameter_variance > 0.0);
        }
    }
    assert!(held.iter().all(|held| *held >= 9), "{held:?} of 12");
}

#[test]
fn seasons_only_where_they_help() {
    let (purchases, end) = seasonal_log();
    let options = Options {
        horizon_days: 62,
        seasonal: true,
        model: Wanted::Only(Kind::BgNbd),
        ..Options::on(end)
    };
    let shop = forecast(&purchases, options);
    sound(&shop);
    assert!(shop.season.is_some());
    // Of January and February less than of all of a year, in proportion.
    let year = forecast(
        &purchases,
        Options {
            horizon_days: 365,
            ..options
        },
    );
    assert!(year.purchases.expected > 5.6 * shop.purchases.expected);
    let shop = forecast(
        &log(),
        Options {
            seasonal: true,
            ..Options::on(CUTOFF)
        },
    );
    sound(&shop);
    assert_eq!(shop.season.is_none(), shop.notes.contains(&Note::NoSeason));
}

#[test]
fn few_data_are_named() {
    let shop_of = |customers: &[&[(i32, f64)]], as_of: i32| {
        let mut purchases = Purchases::default();
        for days in customers {
            purchases.push(days.iter().map(|(day, amount)| PurchaseDay {
                day: *day,
                amount: *amount,
            }));
        }
        let shop = forecast(
            &purchases,
            Options {
                seasonal: true,
                ..Options::on(as_of)
            },
        );
        sound(&shop);
        assert_eq!(shop.rows.len(), customers.len());
        shop
    };
    let nobody = shop_of(&[], 100);
    assert!(nobody.notes.contains(&Note::Limit(Limit::NoRepeat)));
    assert!(nobody.notes.contains(&Note::NoHoldout));
    let once = shop_of(&[&[(50, 800.0)], &[(60, 200.0)], &[(300, 5.0)]], 100);
    assert!(once.notes.contains(&Note::Limit(Limit::NoRepeat)));
    assert!(once.notes.contains(&Note::NoSpend));
    assert!(once.notes.contains(&Note::NotYet(1)));
    assert_eq!(once.rows[0].amount, 500.0);
    assert_eq!(once.rows[2].alive, 0.0);
    shop_of(&[&[(100, 800.0), (100, 100.0)]], 100);
    shop_of(&[&[(50, 800.0), (60, 0.0)], &[(1, -5.0), (2, -7.0)]], 100);
    shop_of(&[&[(i32::MIN, 1.0), (0, 1.0)], &[(i32::MAX, 1.0)]], 0);
    shop_of(&[&[(0, 1.0), (100, f64::INFINITY)]], i32::MAX);
    let loyal: Vec<(i32, f64)> = (0..100).map(|day| (day, 10.0)).collect();
    shop_of(&[&loyal, &loyal], 100);
    shop_of(&[&loyal, &[(0, 3.0)]], 5000);
}

#[test]
fn any_options_are_answered() {
    let purchases = log();
    for options in [
        Options {
            horizon_days: u32::MAX,
            yearly_discount_rate: f64::NAN,
            margin: f64::INFINITY,
            level: 2.0,
            model: Wanted::Only(Kind::MbgNbd),
            ..Options::on(CUTOFF)
        },
        Options {
            horizon_days: 0,
            yearly_discount_rate: -1.0,
            margin: -3.0,
            level: f64::NAN,
            compared_customers: 0,
            model: Wanted::Only(Kind::BgNbd),
            ..Options::on(CUTOFF)
        },
    ] {
        sound(&forecast(&purchases, options));
    }
}
