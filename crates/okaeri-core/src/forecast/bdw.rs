//! Beta-discrete-Weibull: contracts whose single customers do not leave at an even rate.
//!
//! As the shifted beta-geometric model, but a customer's own chance of leaving may change with
//! time: the t-th period counts as tᶜ of them, S(t) = B(a, b + tᶜ) / B(a, b), so that c > 1 is a
//! customer who tires and c < 1 one who gets used to the shop; c = 1 is the simpler model (Fader,
//! Hardie, Liu, Davin & Steenburgh 2018, Journal of Interactive Marketing 43).

use super::lifetimes::{Lifetimes, Renewals};
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, far, limit_of_leaving};
use super::sbg::Sbg;
use super::search::maximise;
use super::special::{digamma_rising, ln_beta_ratio, ln_rising};

/// The model. Times are in periods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bdw {
    /// First parameter of the chance of leaving in the first period, whose mean is a / (a + b).
    pub a: f64,
    /// Second parameter of the chance of leaving.
    pub b: f64,
    /// How time counts: 1 evenly, above 1 ever more, below 1 ever less.
    pub c: f64,
}

impl Bdw {
    /// The most likely parameters for `data`, with standard errors of a, b, c. `None` of
    /// customers who have not yet been asked, or of impossible numbers.
    ///
    /// The search begins at the simpler model's parameters and at several c.
    pub fn fit(data: &Lifetimes) -> Option<Fit<Bdw, 3>> {
        let simple = Sbg::fit(data)?;
        let Sbg { a, b } = simple.model;
        if data.departures() == 0.0 {
            let optimum = Optimum {
                at: [a, b, 1.0].map(libm::log),
                value: simple.log_likelihood,
                covariance: None,
                outcome: Outcome::Flat,
                evaluations: simple.evaluations,
            };
            let model = Bdw::of(optimum.parameters());
            return Some(optimum.fit(model, simple.limit));
        }
        // Far out on a ridge the other parameters would not be found again.
        let near = (20.0 / (a + b)).min(1.0);
        let mut best: Option<Optimum<3>> = None;
        let mut evaluations = simple.evaluations;
        for c in [1.0, 0.6, 1.6] {
            let start = [a * near, b * near, c].map(libm::log);
            let found = maximise(start, data.customers(), |at| log_point(data, at));
            evaluations += found.evaluations;
            if best.is_none_or(|best| found.value > best.value + 1e-7) {
                best = Some(found);
            }
        }
        let mut optimum = best?;
        optimum.evaluations = evaluations;
        let model = Bdw::of(optimum.parameters());
        let flat = optimum.outcome == Outcome::Flat;
        // Somebody left: a chance of nearly nothing in the first period may rise with time.
        let limit = match limit_of_leaving(model.a, model.b, flat) {
            Some(Limit::NoDropout) if model.a + model.b > far(flat) => Some(Limit::SameDropout),
            limit => limit,
        };
        Some(optimum.fit(model, limit))
    }

    /// ln of the likelihood of `data`.
    pub fn log_likelihood(&self, data: &Lifetimes) -> f64 {
        point(data, self).0
    }

    fn of([a, b, c]: [f64; 3]) -> Self {
        Bdw { a, b, c }
    }
}

impl Renewals for Bdw {
    fn log_survival(&self, t: f64) -> f64 {
        let log = self.c * libm::log(t);
        if log > FAR {
            ln_rising(self.b, self.a) - self.a * log
        } else {
            ln_beta_ratio(self.a, self.b, libm::exp(log))
        }
    }

    fn rate(&self, t: f64) -> f64 {
        if self.c * libm::log(t) > FAR {
            return libm::exp(self.a * self.c * libm::log1p(-1.0 / t));
        }
        let (from, to) = (libm::pow(t - 1.0, self.c), libm::pow(t, self.c));
        libm::exp(ln_beta_ratio(self.a, self.b + from, to - from))
    }
}

/// From this logarithm of tᶜ on survival is a power of t: b is nothing beside it.
const FAR: f64 = 200.0;

/// Value and gradient by the logarithms of the parameters.
fn log_point(data: &Lifetimes, at: &[f64; 3]) -> Point<3> {
    by_logarithms(at, |parameters| point(data, &Bdw::of(parameters)))
}

/// The logarithm of the likelihood and its derivatives by a, b, c. The chance of leaving in a
/// period is S(t − 1) (1 − ρ) with ρ = S(t) / S(t − 1).
fn point(data: &Lifetimes, model: &Bdw) -> Point<3> {
    let Bdw { a, b, c } = *model;
    let (mut value, mut slopes) = (0.0, [0.0; 3]);
    // ln S(t − 1), its derivatives, and (t − 1)ᶜ.
    let (mut log, mut before, mut from) = (0.0, [0.0; 3], 0.0);
    for (t, left, kept) in data.periods() {
        let to = libm::pow(t, c);
        let log_rate = ln_beta_ratio(a, b + from, to - from);
        let after = survival_slopes(model, to, to * libm::log(t));
        if left > 0.0 {
            let rate = libm::exp(log_rate);
            let gone = -libm::expm1(log_rate);
            value += left * (log + libm::log(gone));
            for ((slope, before), after) in slopes.iter_mut().zip(before).zip(after) {
                *slope += left * (before - (after - before) * rate / gone);
            }
        }
        log += log_rate;
        value += kept * log;
        for (slope, after) in slopes.iter_mut().zip(after) {
            *slope += kept * after;
        }
        (before, from) = (after, to);
    }
    (value, slopes)
}

/// The derivatives of ln S by a, b, c, where u is tᶜ and `by_c` its derivative by c.
fn survival_slopes(model: &Bdw, u: f64, by_c: f64) -> [f64; 3] {
    let Bdw { a, b, .. } = *model;
    let by_a = -digamma_rising(a + b, u);
    let by_b = digamma_rising(b, u) + by_a;
    [by_a, by_b, -digamma_rising(b + u, a) * by_c]
}
