//! Shifted beta-geometric: how long contracts last that are renewed period by period.
//!
//! A customer leaves at the end of each period with the same chance θ, and θ varies between
//! customers by Beta(a, b); retention rises with time because those who leave soon have left
//! (Fader & Hardie 2007, "How to project customer retention", Journal of Interactive Marketing
//! 21(1)).

use super::lifetimes::{Lifetimes, Renewals};
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, limit_of_leaving};
use super::search::maximise;
use super::special::ln_beta_ratio;

/// The model. Times are in periods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sbg {
    /// First parameter of the chance of leaving, whose mean is a / (a + b).
    pub a: f64,
    /// Second parameter of the chance of leaving.
    pub b: f64,
}

impl Sbg {
    /// The most likely parameters for `data`, with standard errors of a, b. `None` of customers
    /// who have not yet been asked, or of impossible numbers.
    pub fn fit(data: &Lifetimes) -> Option<Fit<Sbg, 2>> {
        let occasions = data.occasions();
        if !(data.is_possible() && occasions > 0.0) {
            return None;
        }
        let mean = (data.departures() / occasions).clamp(1e-3, 0.999);
        let start = [mean, 1.0 - mean].map(|part| libm::log(2.0 * part));
        if data.departures() == 0.0 {
            return Some(nobody_left(data));
        }
        let optimum = maximise(start, data.customers(), |at| log_point(data, at));
        let model = Sbg::of(optimum.parameters());
        let flat = optimum.outcome == Outcome::Flat;
        let limit = limit_of_leaving(model.a, model.b, flat);
        Some(optimum.fit(model, limit))
    }

    /// ln of the likelihood of `data` (the paper's appendix).
    pub fn log_likelihood(&self, data: &Lifetimes) -> f64 {
        point(data, self).0
    }

    fn of([a, b]: [f64; 2]) -> Self {
        Sbg { a, b }
    }
}

impl Renewals for Sbg {
    fn log_survival(&self, t: f64) -> f64 {
        ln_beta_ratio(self.a, self.b, t)
    }

    fn rate(&self, t: f64) -> f64 {
        (self.b + t - 1.0) / (self.a + self.b + t - 1.0)
    }
}

/// Where nobody left, the chance of leaving tends to nothing.
fn nobody_left(data: &Lifetimes) -> Fit<Sbg, 2> {
    let at = [1e-8, 1.0].map(libm::log);
    let optimum = Optimum {
        at,
        value: log_point(data, &at).0,
        covariance: None,
        outcome: Outcome::Flat,
        evaluations: 1,
    };
    optimum.fit(Sbg::of(optimum.parameters()), Some(Limit::NoDropout))
}

/// Value and gradient by the logarithms of the parameters.
fn log_point(data: &Lifetimes, at: &[f64; 2]) -> Point<2> {
    by_logarithms(at, |parameters| point(data, &Sbg::of(parameters)))
}

/// The logarithm of the likelihood and its derivatives by a, b: products of the chances of the
/// single periods.
fn point(data: &Lifetimes, model: &Sbg) -> Point<2> {
    let Sbg { a, b } = *model;
    let (mut value, mut by_a, mut by_b) = (0.0, 0.0, 0.0);
    // ln S(t − 1) with its derivatives.
    let (mut log, mut log_a, mut log_b) = (0.0, 0.0, 0.0);
    for (t, left, kept) in data.periods() {
        let all = a + b + t - 1.0;
        let stay = b + t - 1.0;
        value += left * (log + libm::log(a / all));
        by_a += left * (log_a + stay / (a * all));
        by_b += left * (log_b - 1.0 / all);
        log -= libm::log1p(a / stay);
        log_a -= 1.0 / all;
        log_b += a / (stay * all);
        value += kept * log;
        by_a += kept * log_a;
        by_b += kept * log_b;
    }
    (value, [by_a, by_b])
}
