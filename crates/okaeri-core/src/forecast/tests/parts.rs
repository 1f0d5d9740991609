//! Fits of many histories by way of parts of them, against the search over all.

use super::dice::Dice;
use super::{all_near, close, near};
use crate::forecast::bg_nbd::{self, BgNbd, Leaving};
use crate::forecast::gamma_gamma::{self, GammaGamma, Spend, Spends};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::{Limit, Optimum, Outcome, Point};
use crate::forecast::pareto_nbd::{self, ParetoNbd};
use crate::forecast::search::maximise;

/// Customers of whom nearly all have a history of their own; `leave` is how soon they leave.
fn customers(number: u32, leave: f64) -> Histories {
    let mut dice = Dice(11);
    let rows = (0..number).map(|_| {
        let age = (200.0 + 1200.0 * dice.unit()).round();
        let rate = dice.gamma(0.6) / 110.0;
        let stay = (dice.wait() / (leave * dice.gamma(0.9))).min(age);
        let (mut x, mut recency, mut at) = (0, 0.0, dice.wait() / rate);
        while at < stay {
            (x, recency) = (x + 1, at);
            at += dice.wait() / rate;
        }
        History {
            x,
            recency,
            age,
            customers: 1.0,
        }
    });
    Histories::new(rows.collect()).unwrap()
}

/// The same maximum, with about the same standard errors.
#[track_caller]
fn same<const N: usize>(parameters: [f64; N], value: f64, errors: [f64; N], exact: &Optimum<N>) {
    assert_eq!(exact.outcome, Outcome::Converged);
    all_near(&parameters, &exact.parameters(), 1e-6);
    near(value, exact.value, 1e-11);
    let covariance = exact.covariance.unwrap();
    let exact_errors: [f64; N] =
        std::array::from_fn(|i| exact.parameters()[i] * covariance[i][i].sqrt());
    all_near(&errors, &exact_errors, 0.05);
}

fn exact<const N: usize>(
    parameters: [f64; N],
    weight: f64,
    function: impl Fn(&[f64; N]) -> Point<N>,
) -> Optimum<N> {
    // From a place that is not the answer.
    maximise(parameters.map(|p| libm::log(p) + 0.1), weight, function)
}

#[test]
fn many_histories() {
    let data = customers(150_000, 1.0 / 300.0);
    assert!(data.len() > 70_000, "{}", data.len());
    let fit = BgNbd::fit(&data, Leaving::AfterRepeats);
    let BgNbd { r, alpha, a, b, .. } = fit.model;
    let all = exact([r, alpha, a, b], data.customers(), |at| {
        bg_nbd::log_point(&data, at, Leaving::AfterRepeats)
    });
    let errors = fit.standard_errors.unwrap();
    same([r, alpha, a, b], fit.log_likelihood, errors, &all);
    let fit = ParetoNbd::fit(&data);
    let ParetoNbd { r, alpha, s, beta } = fit.model;
    let all = exact([r, alpha, s, beta], data.customers(), |at| {
        pareto_nbd::log_point(&data, at)
    });
    let errors = fit.standard_errors.unwrap();
    same([r, alpha, s, beta], fit.log_likelihood, errors, &all);
}

#[test]
fn many_on_a_ridge() {
    let data = customers(110_000, 1e-12);
    assert!(data.len() > 70_000, "{}", data.len());
    let fit = BgNbd::fit(&data, Leaving::AfterAll);
    assert_eq!(fit.limit, Some(Limit::NoDropout), "{fit:?}");
    assert!(fit.evaluations < 250, "{}", fit.evaluations);
    // As high as the ridge is where r and alpha are best, as far as all customers tell.
    let BgNbd { r, alpha, .. } = fit.model;
    let all = exact([r, alpha], data.customers(), |at| {
        let (value, [r, alpha, ..]) =
            bg_nbd::log_point(&data, &[at[0], at[1], -25.0, 5.0], Leaving::AfterAll);
        (value, [r, alpha])
    });
    close(fit.log_likelihood, all.value, 0.1);
}

#[test]
fn many_amounts() {
    let mut dice = Dice(12);
    let rows = (0..140_000).map(|_| {
        let x = 1 + dice.below(4) as u32;
        let nu = dice.gamma(3.7) / 15.0;
        Spend {
            x,
            mean: dice.gamma(6.0 * f64::from(x)) / nu / f64::from(x),
            customers: 1.0,
        }
    });
    let data = Spends::new(rows.collect());
    let fit = GammaGamma::fit(&data).unwrap();
    let GammaGamma { p, q, gamma } = fit.model;
    let all = exact([p, q, gamma], data.customers(), |at| {
        gamma_gamma::log_point(&data, at)
    });
    let errors = fit.standard_errors.unwrap();
    same([p, q, gamma], fit.log_likelihood, errors, &all);
}
