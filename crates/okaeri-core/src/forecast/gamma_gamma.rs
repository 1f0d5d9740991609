//! Gamma-Gamma: what a purchase of a customer is worth.
//!
//! The amounts of one customer vary by a gamma distribution of shape p and rate ν, and ν varies
//! between customers by Gamma(q, γ) (Fader, Hardie & Lee 2005, Journal of Marketing Research
//! 42(4); Fader & Hardie, note 025). How much a customer spends is taken to be independent of how
//! often: look at the correlation of the two before believing it.

use super::histories::MOST;
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, far};
use super::search::maximise_by_parts;
use super::special::{digamma_rising, ln_gamma, ln_rising};

/// What a customer spent: `x` purchases of `mean` each on the average, both above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spend {
    /// Purchases that the mean is of.
    pub x: u32,
    /// Their mean amount, in any one unit of money.
    pub mean: f64,
    /// How many customers have this same row.
    pub customers: f64,
}

/// Spends in order of x, so that what depends on x alone is taken once.
#[derive(Clone, Debug, Default)]
pub struct Spends {
    rows: Vec<Row>,
    customers: f64,
}

/// A row with the logarithm of its mean.
#[derive(Clone, Copy, Debug)]
struct Row {
    spend: Spend,
    log_mean: f64,
}

impl Spends {
    /// Sorts spends. Those who bought nothing, or for nothing, say nothing of what a purchase is
    /// worth and are left out, as is what is not a number or above 10¹⁵.
    pub fn new(mut rows: Vec<Spend>) -> Self {
        rows.retain(|row| {
            let real = row.mean <= MOST && row.customers <= MOST;
            real && row.x > 0 && row.mean > 0.0 && row.customers > 0.0
        });
        rows.sort_unstable_by(|a, b| a.x.cmp(&b.x).then(a.mean.total_cmp(&b.mean)));
        let customers = rows.iter().map(|row| row.customers).sum();
        let row = |spend: Spend| Row {
            spend,
            log_mean: libm::log(spend.mean),
        };
        Spends {
            rows: rows.into_iter().map(row).collect(),
            customers,
        }
    }

    /// The number of customers who count.
    pub fn customers(&self) -> f64 {
        self.customers
    }

    /// The maximum: of many rows by way of every so many-th of them.
    fn maximise(&self, start: [f64; 3]) -> Optimum<3> {
        let mut parts = Vec::new();
        for most in [8192, 65_536] {
            if self.rows.len() > 2 * most {
                let stride = self.rows.len().div_ceil(most);
                let rows: Vec<Row> = self.rows.iter().step_by(stride).copied().collect();
                parts.push(Spends {
                    customers: rows.iter().map(|row| row.spend.customers).sum(),
                    rows,
                });
            }
        }
        let of = |place: usize| parts.get(place).unwrap_or(self);
        let weights: Vec<f64> = (0..=parts.len()).map(|p| of(p).customers).collect();
        maximise_by_parts(start, &weights, &|place, at| log_point(of(place), at))
    }

    /// The mean of the customers' means, and the variance of their logarithms.
    fn moments(&self) -> (f64, f64) {
        let (mut sum, mut logs, mut squares) = (0.0, 0.0, 0.0);
        for Row { spend, log_mean } in &self.rows {
            sum += spend.customers * spend.mean;
            logs += spend.customers * log_mean;
            squares += spend.customers * log_mean * log_mean;
        }
        let n = self.customers;
        (sum / n, squares / n - (logs / n) * (logs / n))
    }
}

/// The model. γ has the unit of the amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaGamma {
    /// Shape of a customer's amounts.
    pub p: f64,
    /// Shape of the rates between customers.
    pub q: f64,
    /// Scale of the rates between customers, in units of money.
    pub gamma: f64,
}

impl GammaGamma {
    /// The most likely parameters for `data`, with standard errors of p, q, γ. `None` of nobody.
    pub fn fit(data: &Spends) -> Option<Fit<GammaGamma, 3>> {
        if data.rows.is_empty() {
            return None;
        }
        let (mean, spread) = data.moments();
        let start = [2.0, 3.0, mean].map(libm::log);
        // One amount for all: any large p and q with γ p / q equal to it.
        if spread < 1e-12 {
            let same = [1e6, 1e6, mean].map(libm::log);
            let optimum = Optimum {
                at: same,
                value: log_point(data, &same).0,
                covariance: None,
                outcome: Outcome::Flat,
                evaluations: 1,
            };
            let model = GammaGamma::of(optimum.parameters());
            return Some(optimum.fit(model, Some(Limit::SameSpend)));
        }
        let optimum = data.maximise(start);
        let model = GammaGamma::of(optimum.parameters());
        let far = far(optimum.outcome == Outcome::Flat);
        let limit = if model.q > far {
            Some(Limit::SameSpend)
        } else {
            (model.p > far).then_some(Limit::OwnSpend)
        };
        Some(optimum.fit(model, limit))
    }

    /// ln of the likelihood of the mean amounts (Fader & Hardie, note 025, equation 1). The paper
    /// gives that of the totals, which is less by Σ ln x.
    pub fn log_likelihood(&self, data: &Spends) -> f64 {
        point(data, self).0
    }

    /// The expected amount of a purchase by a customer whose `x` purchases were of `mean` each on
    /// the average; of a customer of whom nothing is known with `x` 0. `None` where the mean of
    /// the model is infinite: p x + q ≤ 1 (Fader & Hardie, note 025, equation 5).
    pub fn amount(&self, x: u32, mean: f64) -> Option<f64> {
        let x = f64::from(x);
        let spent = if x > 0.0 { x * mean } else { 0.0 };
        let shape = self.p * x + self.q - 1.0;
        (shape > 0.0).then(|| self.p * (self.gamma + spent) / shape)
    }

    /// The expected amount over all customers; `None` where it is infinite: q ≤ 1.
    pub fn mean(&self) -> Option<f64> {
        self.amount(0, 0.0)
    }

    fn of([p, q, gamma]: [f64; 3]) -> Self {
        GammaGamma { p, q, gamma }
    }
}

/// Value and gradient by the logarithms of the parameters.
pub(super) fn log_point(data: &Spends, at: &[f64; 3]) -> Point<3> {
    by_logarithms(at, |parameters| point(data, &GammaGamma::of(parameters)))
}

/// The logarithm of the likelihood and its derivatives by p, q, γ: a logarithm a row, and for
/// each number of purchases two gamma functions. With u = m x / γ, a row is
/// ln Γ(px + q) − ln Γ(px) − ln Γ(q) + px ln u − (px + q) ln (1 + u) − ln m.
fn point(data: &Spends, model: &GammaGamma) -> Point<3> {
    let GammaGamma { p, q, gamma } = *model;
    let (mut value, mut by_p, mut by_q, mut by_gamma) = (0.0, 0.0, 0.0, 0.0);
    let log_gamma_q = ln_gamma(q);
    for same in data.rows.chunk_by(|a, b| a.spend.x == b.spend.x) {
        let x = same.first().map_or(0.0, |row| f64::from(row.spend.x));
        let px = p * x;
        let log_beta = ln_rising(px, q) - log_gamma_q;
        let (slope_p, slope_q) = (digamma_rising(px, q), digamma_rising(q, px));
        let log_scale = libm::log(x / gamma);
        for Row { spend, log_mean } in same {
            let n = spend.customers;
            let total = x * spend.mean;
            let log_u = log_mean + log_scale;
            let log_more = libm::log1p(total / gamma);
            value += n * (log_beta + px * (log_u - log_more) - q * log_more - log_mean);
            by_p += n * x * (slope_p + log_u - log_more);
            by_q += n * (slope_q - log_more);
            by_gamma += n * (q * total / gamma - px) / (gamma + total);
        }
    }
    (value, [by_p, by_q, by_gamma])
}
