//! BG/NBD and MBG/NBD: purchases at a steady rate until the customer leaves, which can happen
//! only right after a purchase.
//!
//! While with the shop a customer buys by a Poisson process of rate λ ~ Gamma(r, α), and leaves
//! after each repeat purchase with chance p ~ Beta(a, b) (Fader, Hardie & Lee 2005, Marketing
//! Science 24(2)). In the modified model the first purchase is such an occasion too (Batislam,
//! Denizel & Filiztekin 2007), so that somebody who never came again need not be with the shop
//! still. The two differ in one number: how many occasions a customer with x repeats has had, x
//! or x + 1.

use super::histories::{Histories, History};
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, far, limit_of_leaving};
use super::special::{Rising, beta_average, exp, ln_beta_ratio, scaled_exp_integral};

/// When a customer can leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// After each repeat purchase: BG/NBD.
    AfterRepeats,
    /// After the first purchase too: MBG/NBD.
    AfterAll,
}

/// The model. Time has the unit of the data that it was fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgNbd {
    /// Shape of the rates of purchase.
    pub r: f64,
    /// Scale of the rates of purchase, in units of time: the mean rate is r / α.
    pub alpha: f64,
    /// First parameter of the chance of leaving, whose mean is a / (a + b).
    pub a: f64,
    /// Second parameter of the chance of leaving.
    pub b: f64,
    /// Which of the two models it is.
    pub leaving: Leaving,
}

impl BgNbd {
    /// The most likely parameters for `data`, with standard errors of r, α, a, b.
    pub fn fit(data: &Histories, leaving: Leaving) -> Fit<BgNbd, 4> {
        let (start, rate) = start(data);
        if rate == 0.0 {
            return nobody_came(data, start, leaving);
        }
        let optimum = data.maximise(start, |data, at| log_point(data, at, leaving));
        let model = BgNbd::of(optimum.parameters(), leaving);
        optimum.fit(model, model.limit(optimum.outcome == Outcome::Flat))
    }

    /// ln of the likelihood of `data` (Fader, Hardie & Lee 2005, equation 6, in logarithms).
    pub fn log_likelihood(&self, data: &Histories) -> f64 {
        point(data, self).0
    }

    /// The chance that a customer with this history is still with the shop at its end.
    pub fn alive(&self, history: &History) -> f64 {
        let occasions = self.occasions(history.x);
        if occasions == 0.0 {
            return 1.0;
        }
        let k = self.r + f64::from(history.x);
        let gap = libm::log1p((history.age - history.recency) / (self.alpha + history.recency));
        1.0 / (1.0 + self.a / (self.b + occasions - 1.0) * libm::exp(k * gap))
    }

    /// The purchases expected of a customer with this history within `time` from its end
    /// (Fader, Hardie & Lee 2005, equation 10, without its poles).
    pub fn purchases(&self, history: &History, time: f64) -> f64 {
        self.alive(history) * self.purchases_if_alive(history, time)
    }

    /// The repeat purchases expected of a new customer within `time` from the first purchase.
    pub fn purchases_of_new(&self, time: f64) -> f64 {
        self.purchases(&NEW, time)
    }

    /// All later purchases expected of a customer with this history, each worth
    /// e^(−`discount` · time from the end of the history). `None` unless `discount` is above 0; it
    /// is per unit of time: ln(1 + yearly interest) / (units in a year).
    pub fn discounted_purchases(&self, history: &History, discount: f64) -> Option<f64> {
        (discount > 0.0 && discount.is_finite())
            .then(|| self.alive(history) * self.residual_if_alive(history, discount))
    }

    /// The same of one who is still with the shop at the end of the history, for a `discount`
    /// above 0: the mean over p of what remains given p, which is an exponential integral.
    pub(super) fn residual_if_alive(&self, history: &History, discount: f64) -> f64 {
        let k = self.r + f64::from(history.x);
        let wait = discount * (self.alpha + history.age);
        let given = |p: f64| k / p * scaled_exp_integral(k + 1.0, wait / p);
        let b = self.b + self.occasions(history.x);
        beta_average(self.a, b, k / wait, given(1.0), given)
    }

    /// The chances of 0, 1 … `most` repeat purchases by a new customer within `time` from the first
    /// purchase (Fader, Hardie & Lee 2005, equation 8): what a histogram of a cohort is held
    /// against.
    pub fn numbers(&self, time: f64, most: u32) -> Vec<f64> {
        let BgNbd { r, alpha, a, b, .. } = *self;
        let part = time / (alpha + time);
        // Without leaving: the chance of x purchases, and of x or more.
        let mut exactly = libm::exp(-r * libm::log1p(time / alpha));
        let mut at_least: f64 = 1.0;
        let mut numbers = Vec::new();
        for x in 0..=most {
            let occasions = self.occasions(x);
            let stays = libm::exp(ln_beta_ratio(a, b, occasions));
            let leaves = if occasions > 0.0 {
                stays * a / (b + occasions - 1.0)
            } else {
                0.0
            };
            numbers.push(stays * exactly + leaves * at_least.max(0.0));
            at_least -= exactly;
            exactly *= (r + f64::from(x)) / (f64::from(x) + 1.0) * part;
        }
        numbers
    }

    pub(super) fn of([r, alpha, a, b]: [f64; 4], leaving: Leaving) -> Self {
        BgNbd {
            r,
            alpha,
            a,
            b,
            leaving,
        }
    }

    /// How often a customer could have left.
    pub(super) fn occasions(&self, x: u32) -> f64 {
        f64::from(x) + self.leaving.extra()
    }

    /// The series of hypergeometric terms with the part that has the poles taken together: with
    /// e = a − 1 and c = a + b + occasions − 1, nothing happens at e = 0 or c = 0.
    pub(super) fn purchases_if_alive(&self, history: &History, time: f64) -> f64 {
        let k = self.r + f64::from(history.x);
        let b = self.b + self.occasions(history.x);
        let seen = self.alpha + history.age;
        let (e, c) = (self.a - 1.0, self.a + b - 1.0);
        let z = time / (seen + time);
        let log = -libm::log1p(time / seen);
        let mut term = (c - k) * z;
        let mut sum = term;
        // Terms rise to about e^(ez) first; beyond this they would swamp the digits.
        if e * z < 8.0 {
            for n in 1..2000 {
                let n = f64::from(n);
                term *= (c - k + n) * (e + n) * z / ((c + n) * (n + 1.0));
                sum += term;
                if term.abs() <= 1e-16 * sum.abs() {
                    let first = if e == 0.0 {
                        -c * log
                    } else {
                        -c * libm::expm1(e * log) / e
                    };
                    return (first - libm::exp(e * log) * sum).max(0.0);
                }
            }
        }
        // The mean over p of (1 − (1 + p time / seen)^−k) / p.
        let given = |p: f64| -libm::expm1(-k * libm::log1p(p * time / seen)) / p;
        beta_average(self.a, b, k * time / seen, given(1.0), given)
    }

    /// What the model is near to; `flat` if the search says that it stands on a ridge.
    fn limit(&self, flat: bool) -> Option<Limit> {
        let far = far(flat);
        limit_of_leaving(self.a, self.b, flat).or((self.r > far).then_some(Limit::SameRate))
    }
}

impl Leaving {
    fn extra(self) -> f64 {
        match self {
            Leaving::AfterRepeats => 0.0,
            Leaving::AfterAll => 1.0,
        }
    }
}

/// A customer at the first purchase.
const NEW: History = History {
    x: 0,
    recency: 0.0,
    age: 0.0,
    customers: 1.0,
};

/// Logarithms to start from, by the moments of the NBD model, and the mean rate of purchase.
fn start(data: &Histories) -> ([f64; 4], f64) {
    let (r, alpha, rate) = nbd_moments(data);
    ([r, alpha, 1.0, 3.0].map(libm::log), rate)
}

/// r and α of the NBD model by the moments of x, and the mean rate of purchase.
pub(super) fn nbd_moments(data: &Histories) -> (f64, f64, f64) {
    let age = data.mean_age();
    let all = data.customers * age;
    let mean = data.purchases() / data.customers.max(1.0);
    let square: f64 = (data.repeats.iter())
        .map(|(x, customers)| customers * (f64::from(*x) - mean) * (f64::from(*x) - mean))
        .sum();
    let variance = square / data.customers.max(1.0);
    let r = if variance > mean {
        (mean * mean / (variance - mean)).clamp(0.05, 20.0)
    } else {
        20.0
    };
    let rate = if all > 0.0 {
        data.purchases() / all
    } else {
        0.0
    };
    if rate > 0.0 {
        (r, r / rate, rate)
    } else {
        (r, if age > 0.0 { age } else { 1.0 }, 0.0)
    }
}

/// Without a repeat the rate of purchase tends to nothing, and nothing is known of leaving.
fn nobody_came(data: &Histories, start: [f64; 4], leaving: Leaving) -> Fit<BgNbd, 4> {
    let [_, alpha, a, b] = start;
    let at = [libm::log(1e-8), alpha, a, b];
    let optimum = Optimum {
        at,
        value: log_point(data, &at, leaving).0,
        covariance: None,
        outcome: Outcome::Flat,
        evaluations: 1,
    };
    let model = BgNbd::of(optimum.parameters(), leaving);
    optimum.fit(model, Some(Limit::NoRepeat))
}

/// Value and gradient by the logarithms of the parameters.
pub(super) fn log_point(data: &Histories, at: &[f64; 4], leaving: Leaving) -> Point<4> {
    by_logarithms(at, |parameters| {
        point(data, &BgNbd::of(parameters, leaving))
    })
}

/// What a likelihood takes of a number of repeats.
#[derive(Clone, Copy, Default)]
struct OfRepeats {
    k: f64,
    /// ln (a / (b + occasions − 1)), and the derivative's denominator; unused without occasion.
    odds: f64,
    next: f64,
    leaves: bool,
}

/// The logarithm of the likelihood and its derivatives by r, α, a, b.
///
/// What depends on x alone, and the logarithms of times, are taken once for each value; a row
/// then costs an exponential and a logarithm, a row without an occasion to leave not even these.
fn point(data: &Histories, model: &BgNbd) -> Point<4> {
    let BgNbd { r, alpha, a, b, .. } = *model;
    let (mut value, mut by_r, mut by_a, mut by_b) = (0.0, 0.0, 0.0, 0.0);
    let (log_a, log_alpha) = (libm::log(a), libm::log(alpha));
    let mut of_repeats = Vec::with_capacity(data.repeats.len());
    let mut rates = Rising::new(r);
    let (mut stays, mut chances) = (Rising::new(b), Rising::new(a + b));
    for (x, customers) in &data.repeats {
        let occasions = model.occasions(*x);
        let (log_rate, slope_rate) = rates.to(f64::from(*x));
        let (log_stay, slope_stay) = stays.to(occasions);
        let (log_chance, slope_chance) = chances.to(occasions);
        value += customers * (log_rate + log_stay - log_chance + r * log_alpha);
        by_r += customers * (slope_rate + log_alpha);
        by_a -= customers * slope_chance;
        by_b += customers * (slope_stay - slope_chance);
        let next = b + occasions - 1.0;
        let leaves = occasions > 0.0;
        of_repeats.push(OfRepeats {
            k: r + f64::from(*x),
            odds: if leaves { log_a - libm::log(next) } else { 0.0 },
            next,
            leaves,
        });
    }
    let times: Vec<(f64, f64)> = (data.times.iter())
        .map(|time| (libm::log(alpha + time), 1.0 / (alpha + time)))
        .collect();
    let mut by_alpha = data.customers * r / alpha;
    for row in &data.rows {
        let of = (of_repeats.get(row.repeats as usize))
            .copied()
            .unwrap_or_default();
        let time = |place: u32| times.get(place as usize).copied().unwrap_or_default();
        let (log_age, per_age) = time(row.age);
        let n = row.customers;
        if !of.leaves {
            value -= n * of.k * log_age;
            by_r -= n * log_age;
            by_alpha -= n * of.k * per_age;
            continue;
        }
        let (log_recency, per_recency) = time(row.recency);
        // ln of the odds that the customer has left, and from it the chance.
        let left = of.odds + of.k * (log_age - log_recency);
        let small = exp(-left.abs());
        let (gone, soft) = if left > 0.0 {
            (1.0 / (1.0 + small), left + libm::log1p(small))
        } else {
            (small / (1.0 + small), libm::log1p(small))
        };
        value += n * (soft - of.k * log_age);
        by_r -= n * (log_age + gone * (log_recency - log_age));
        by_alpha -= n * of.k * (per_age + gone * (per_recency - per_age));
        by_a += n * gone / a;
        by_b -= n * gone / of.next;
    }
    (value, [by_r, by_alpha, by_a, by_b])
}
