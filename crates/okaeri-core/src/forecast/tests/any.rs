//! Whatever the data, what comes out is finite and says what it is.

use super::dice::Dice;
use crate::forecast::bdw::Bdw;
use crate::forecast::bg_bb::{BgBb, Occasions};
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::gamma_gamma::{GammaGamma, Spend, Spends};
use crate::forecast::histories::{Histories, History};
use crate::forecast::lifetimes::{Lifetimes, Renewals};
use crate::forecast::optimum::{Fit, Outcome};
use crate::forecast::pareto_nbd::ParetoNbd;
use crate::forecast::sbg::Sbg;

#[track_caller]
fn sound<M: std::fmt::Debug, const N: usize>(fit: &Fit<M, N>, parameters: [f64; N]) {
    let real = parameters.iter().all(|p| p.is_finite() && *p > 0.0);
    assert!(real && fit.log_likelihood.is_finite(), "{fit:?}");
    assert_ne!(fit.outcome, Outcome::Unfinished, "{fit:?}");
    assert_eq!(fit.limit.is_some(), fit.outcome == Outcome::Flat, "{fit:?}");
    assert_eq!(
        fit.limit.is_some(),
        fit.standard_errors.is_none(),
        "{fit:?}"
    );
    let errors = fit.standard_errors.unwrap_or([1.0; N]);
    assert!(errors.iter().all(|e| e.is_finite() && *e > 0.0), "{fit:?}");
}

fn histories(dice: &mut Dice) -> Vec<History> {
    let unit = dice.pick(&[1e-3, 1.0, 365.0, 1e6]);
    let often = dice.pick(&[1.0, 3.0, 50.0, 2000.0]) as u64;
    let rows = 1 + dice.below(30);
    (0..rows)
        .map(|_| {
            let x = dice.below(often + 1) as u32;
            let age = 1.0 + dice.below(60) as f64;
            let recency = if x == 0 {
                0.0
            } else {
                age * (1.0 + dice.below(8) as f64) / 8.0
            };
            History {
                x,
                recency: recency * unit,
                age: age * unit,
                customers: 1.0 + dice.below(9) as f64,
            }
        })
        .collect()
}

#[test]
fn purchases_and_leaving() {
    let mut dice = Dice(20_261_126);
    for _ in 0..60 {
        let rows = histories(&mut dice);
        let data = Histories::new(rows.clone()).unwrap();
        let unit = rows[0].age;
        let check = |forecasts: [f64; 4]| {
            let [alive, purchases, of_new, discounted] = forecasts;
            assert!((0.0..=1.0).contains(&alive), "{rows:?} {forecasts:?}");
            assert!(
                [purchases, of_new, discounted]
                    .iter()
                    .all(|f| f.is_finite() && *f >= 0.0),
                "{rows:?} {forecasts:?}"
            );
        };
        for leaving in [Leaving::AfterRepeats, Leaving::AfterAll] {
            let fit = BgNbd::fit(&data, leaving);
            let model = fit.model;
            sound(&fit, [model.r, model.alpha, model.a, model.b]);
            for row in &rows {
                check([
                    model.alive(row),
                    model.purchases(row, 2.0 * unit),
                    model.purchases_of_new(unit),
                    model.discounted_purchases(row, 0.01 / unit).unwrap(),
                ]);
            }
        }
        let fit = ParetoNbd::fit(&data);
        let model = fit.model;
        sound(&fit, [model.r, model.alpha, model.s, model.beta]);
        for row in &rows {
            check([
                model.alive(row),
                model.purchases(row, 2.0 * unit),
                model.purchases_of_new(unit),
                model.discounted_purchases(row, 0.01 / unit).unwrap(),
            ]);
        }
    }
}

#[test]
fn amounts() {
    let mut dice = Dice(7);
    for _ in 0..100 {
        let rows: Vec<Spend> = (0..1 + dice.below(20))
            .map(|_| Spend {
                x: 1 + dice.below(9) as u32,
                mean: dice.pick(&[0.01, 3.0, 5.0, 980.0, 1e7]),
                customers: 1.0 + dice.below(4) as f64,
            })
            .collect();
        let fit = GammaGamma::fit(&Spends::new(rows.clone())).unwrap();
        let GammaGamma { p, q, gamma } = fit.model;
        sound(&fit, [p, q, gamma]);
        for row in rows {
            let amount = fit.model.amount(row.x, row.mean);
            assert!(amount.is_none_or(|amount| amount.is_finite() && amount > 0.0));
        }
    }
}

#[test]
fn contracts() {
    let mut dice = Dice(11);
    for _ in 0..150 {
        let periods = 1 + dice.below(12);
        let kind = dice.below(3);
        let mut numbers = || -> Vec<f64> {
            (0..periods)
                .map(|_| match kind {
                    0 => dice.below(2) as f64,
                    1 => dice.below(50) as f64,
                    _ => (dice.below(100) * dice.below(100)) as f64,
                })
                .collect()
        };
        let data = Lifetimes {
            left: numbers(),
            kept: numbers(),
        };
        let Some(fit) = Sbg::fit(&data) else { continue };
        sound(&fit, [fit.model.a, fit.model.b]);
        let residual = fit.model.residual_before_decision(3, 0.1).unwrap();
        assert!((0.0..=11.0).contains(&residual), "{data:?} {residual}");
        let fit = Bdw::fit(&data).unwrap();
        sound(&fit, [fit.model.a, fit.model.b, fit.model.c]);
        let residual = fit.model.residual_after_payment(3, 0.1).unwrap();
        assert!((0.0..=10.0).contains(&residual), "{data:?} {residual}");
    }
}

#[test]
fn occasions() {
    let mut dice = Dice(13);
    for _ in 0..80 {
        let rows: Vec<Occasions> = (0..1 + dice.below(15))
            .map(|_| {
                let n = 1 + dice.below(12) as u32;
                let recency = dice.below(u64::from(n) + 1) as u32;
                let x = if recency == 0 {
                    0
                } else {
                    1 + dice.below(u64::from(recency)) as u32
                };
                let customers = 1.0 + dice.below(40) as f64;
                Occasions {
                    x,
                    recency,
                    n,
                    customers,
                }
            })
            .collect();
        let fit = BgBb::fit(&rows).unwrap();
        let model = fit.model;
        sound(&fit, [model.alpha, model.beta, model.gamma, model.delta]);
        for row in &rows {
            let alive = model.alive(row, 1);
            let gifts = model.purchases(row, 5);
            assert!((0.0..=1.0).contains(&alive), "{alive} {row:?} {model:?}");
            assert!((0.0..=5.0).contains(&gifts), "{gifts} {row:?} {model:?}");
            assert!(model.discounted_purchases(row, 0.1).unwrap().is_finite());
        }
    }
}
