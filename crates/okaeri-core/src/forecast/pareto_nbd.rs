//! Pareto/NBD: purchases at a steady rate until the customer leaves, which can happen at any time.
//!
//! While with the shop a customer buys by a Poisson process of rate λ ~ Gamma(r, α), and stays for
//! an exponential time of rate μ ~ Gamma(s, β) (Schmittlein, Morrison & Colombo 1987, Management
//! Science 33(1)). The likelihood is kept as an integral over when the customer left, which is
//! positive and smooth, rather than as a difference of hypergeometric functions, which is neither
//! stable nor quick.

use super::bg_nbd::nbd_moments;
use super::histories::{Histories, History};
use super::nodes::{NODES_10, NODES_20};
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, far};
use super::special::{Rising, exp, log_add_exp, scaled_exp_integral};

/// The model. Time has the unit of the data that it was fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the rates of purchase.
    pub r: f64,
    /// Scale of the rates of purchase, in units of time: the mean rate is r / α.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Scale of the rates of leaving, in units of time: the mean rate is s / β.
    pub beta: f64,
}

impl ParetoNbd {
    /// The most likely parameters for `data`, with standard errors of r, α, s, β.
    pub fn fit(data: &Histories) -> Fit<ParetoNbd, 4> {
        let (r, alpha, rate) = nbd_moments(data);
        let age = data.mean_age();
        let start = |s: f64, ages: f64| {
            let beta = if age > 0.0 { ages * age } else { 1.0 };
            [r, alpha, s, beta].map(libm::log)
        };
        if rate == 0.0 {
            let [_, alpha, s, beta] = start(0.5, 1.0);
            let at = [libm::log(1e-8), alpha, s, beta];
            let optimum = Optimum {
                at,
                value: log_point(data, &at).0,
                covariance: None,
                outcome: Outcome::Flat,
                evaluations: 1,
            };
            let model = ParetoNbd::of(optimum.parameters());
            return optimum.fit(model, Some(Limit::NoRepeat));
        }
        let optimum = data.maximise(start(0.5, 1.0), log_point);
        let model = ParetoNbd::of(optimum.parameters());
        let flat = optimum.outcome == Outcome::Flat;
        optimum.fit(model, model.limit(flat, age))
    }

    /// ln of the likelihood of `data`.
    pub fn log_likelihood(&self, data: &Histories) -> f64 {
        point(data, self).0
    }

    /// The chance that a customer with this history is still with the shop at its end.
    pub fn alive(&self, history: &History) -> f64 {
        let k = self.r + f64::from(history.x);
        let recency = Ages::of(self, history.recency);
        let age = Ages::of(self, history.age);
        let stays = -k * age.log_alpha - self.s * age.log_beta;
        let leaves = self.left(k, &recency, &age).log;
        libm::exp(stays - log_add_exp(stays, leaves))
    }

    /// The chance that a customer with this history is still with the shop `time` after its end.
    pub fn alive_after(&self, history: &History, time: f64) -> f64 {
        let stay = -self.s * libm::log1p(time / (self.beta + history.age));
        self.alive(history) * libm::exp(stay)
    }

    /// The purchases expected of a customer with this history within `time` from its end (Fader &
    /// Hardie, "A note on deriving the Pareto/NBD model", equation 41, without its pole at s = 1).
    pub fn purchases(&self, history: &History, time: f64) -> f64 {
        self.alive(history) * self.purchases_if_alive(history, time)
    }

    /// The same of one who is still with the shop at the end of the history.
    pub(super) fn purchases_if_alive(&self, history: &History, time: f64) -> f64 {
        let e = self.s - 1.0;
        let log = libm::log1p(time / (self.beta + history.age));
        let stay = if e == 0.0 {
            log
        } else {
            -libm::expm1(-e * log) / e
        };
        self.pace(history) * stay
    }

    /// The repeat purchases expected of a new customer within `time` from the first purchase.
    pub fn purchases_of_new(&self, time: f64) -> f64 {
        let new = History {
            x: 0,
            recency: 0.0,
            age: 0.0,
            customers: 1.0,
        };
        self.purchases(&new, time)
    }

    /// All later purchases expected of a customer with this history, each worth
    /// e^(−`discount` · time from the end of the history) (Fader, Hardie & Lee 2005, Journal of
    /// Marketing Research 42(4), by an exponential integral in place of Tricomi's function).
    /// `None` unless `discount` is above 0; it is per unit of time.
    pub fn discounted_purchases(&self, history: &History, discount: f64) -> Option<f64> {
        (discount > 0.0 && discount.is_finite())
            .then(|| self.alive(history) * self.residual_if_alive(history, discount))
    }

    /// The same of one who is still with the shop at the end of the history, for a `discount`
    /// above 0.
    pub(super) fn residual_if_alive(&self, history: &History, discount: f64) -> f64 {
        let wait = discount * (self.beta + history.age);
        self.pace(history) * scaled_exp_integral(self.s, wait)
    }

    /// Purchases per time while alive, in units of β + age.
    fn pace(&self, history: &History) -> f64 {
        let k = self.r + f64::from(history.x);
        k * (self.beta + history.age) / (self.alpha + history.age)
    }

    pub(super) fn of([r, alpha, s, beta]: [f64; 4]) -> Self {
        ParetoNbd { r, alpha, s, beta }
    }

    /// What the model is near to, for customers seen for `age`; `flat` if the search says that
    /// it stands on a ridge.
    fn limit(&self, flat: bool, age: f64) -> Option<Limit> {
        let (far, little) = (far(flat), if flat { 1e-4 } else { 1e-7 });
        let leaving = self.s * libm::log1p(age / self.beta);
        if leaving < little {
            Some(Limit::NoDropout)
        } else if self.s > far {
            Some(Limit::SameDropout)
        } else if self.beta < little * age {
            Some(Limit::SplitDropout)
        } else {
            (self.r > far).then_some(Limit::SameRate)
        }
    }

    /// s ∫ (α+u)^−k (β+u)^−(s+1) du from the last purchase to the end.
    ///
    /// Over the logarithm of u plus the smaller of α and β the logarithm of the integrand is
    /// concave, so that its slope at the lower end says where nothing more comes; there the
    /// interval is cut. Twenty nodes are then exact to 5·10⁻¹¹ up to 500 purchases, and ten
    /// suffice where the integrand varies little.
    fn left(&self, k: f64, recency: &Ages, age: &Ages) -> Left {
        let buys_first = self.alpha <= self.beta;
        let (from, to) = if buys_first {
            (recency.log_alpha, age.log_alpha)
        } else {
            (recency.log_beta, age.log_beta)
        };
        let exponents = (k, self.s + 1.0);
        let (fast, slow) = if buys_first {
            exponents
        } else {
            (exponents.1, exponents.0)
        };
        let (near, other) = if buys_first {
            (recency.alpha, recency.beta)
        } else {
            (recency.beta, recency.alpha)
        };
        let mut width = to - from;
        if width <= 0.0 {
            return Left::default();
        }
        let fall = fast + slow * near / other - 1.0;
        if fall > 0.0 {
            width = width.min(38.0 / fall);
        }
        let plain = (fast + slow) * width < 6.0 && width < 2.0;
        let nodes: &[(f64, f64)] = if plain { &NODES_10 } else { &NODES_20 };
        let gap = other - near;
        let (mut sum, mut near_log, mut near_part) = (0.0, 0.0, 0.0);
        let (mut other_log, mut other_part) = (0.0, 0.0);
        for (node, weight) in nodes {
            let w = width * node;
            let near_at = near * exp(w);
            let other_at = gap + near_at;
            let log = libm::log(other_at / other);
            let value = weight * exp((1.0 - fast) * w - slow * log);
            sum += value;
            near_log += value * w;
            near_part += value / near_at;
            other_log += value * log;
            other_part += value / other_at;
        }
        let start = -k * recency.log_alpha - (self.s + 1.0) * recency.log_beta + from;
        let near_means = (near_log / sum, near_part / sum);
        let other_means = (other_log / sum, other_part / sum);
        let (alpha, beta) = if buys_first {
            (near_means, other_means)
        } else {
            (other_means, near_means)
        };
        Left {
            log: libm::log(self.s * width * sum) + start,
            log_alpha: recency.log_alpha + alpha.0,
            per_alpha: alpha.1,
            log_beta: recency.log_beta + beta.0,
            per_beta: beta.1,
        }
    }
}

/// α and β plus a time, with logarithms.
#[derive(Clone, Copy, Default)]
struct Ages {
    alpha: f64,
    beta: f64,
    log_alpha: f64,
    log_beta: f64,
}

impl Ages {
    fn of(model: &ParetoNbd, time: f64) -> Self {
        let (alpha, beta) = (model.alpha + time, model.beta + time);
        Ages {
            alpha,
            beta,
            log_alpha: libm::log(alpha),
            log_beta: libm::log(beta),
        }
    }
}

/// The integral over the time of leaving, in logarithms, and the means under it of ln (α + u),
/// 1 / (α + u) and the same of β.
struct Left {
    log: f64,
    log_alpha: f64,
    per_alpha: f64,
    log_beta: f64,
    per_beta: f64,
}

impl Default for Left {
    fn default() -> Self {
        Left {
            log: f64::NEG_INFINITY,
            log_alpha: 0.0,
            per_alpha: 0.0,
            log_beta: 0.0,
            per_beta: 0.0,
        }
    }
}

/// Value and gradient by the logarithms of the parameters.
pub(super) fn log_point(data: &Histories, at: &[f64; 4]) -> Point<4> {
    by_logarithms(at, |parameters| point(data, &ParetoNbd::of(parameters)))
}

/// The logarithm of the likelihood and its derivatives by r, α, s, β.
pub(super) fn point(data: &Histories, model: &ParetoNbd) -> Point<4> {
    let ParetoNbd { r, alpha, s, beta } = *model;
    let all = data.customers;
    let (log_alpha, log_beta) = (libm::log(alpha), libm::log(beta));
    let mut value = all * (r * log_alpha + s * log_beta);
    let mut by_r = all * log_alpha;
    let mut by_alpha = all * r / alpha;
    let mut by_s = all * log_beta;
    let mut by_beta = all * s / beta;
    let mut rates = Rising::new(r);
    for (x, customers) in &data.repeats {
        let (log, slope) = rates.to(f64::from(*x));
        value += customers * log;
        by_r += customers * slope;
    }
    let times: Vec<Ages> = (data.times.iter())
        .map(|time| Ages::of(model, *time))
        .collect();
    let time = |place: u32| times.get(place as usize).copied().unwrap_or_default();
    for row in &data.rows {
        let (x, _) = (data.repeats.get(row.repeats as usize))
            .copied()
            .unwrap_or_default();
        let k = r + f64::from(x);
        let (recency, age) = (time(row.recency), time(row.age));
        let stays = -k * age.log_alpha - s * age.log_beta;
        let left = model.left(k, &recency, &age);
        let log = log_add_exp(stays, left.log);
        let gone = exp(left.log - log);
        let here = 1.0 - gone;
        let n = row.customers;
        value += n * log;
        by_r -= n * (here * age.log_alpha + gone * left.log_alpha);
        by_alpha -= n * k * (here / age.alpha + gone * left.per_alpha);
        by_s += n * (gone / s - here * age.log_beta - gone * left.log_beta);
        by_beta -= n * (s * here / age.beta + (s + 1.0) * gone * left.per_beta);
    }
    (value, [by_r, by_alpha, by_s, by_beta])
}
