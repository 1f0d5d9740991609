//! BG/BB: purchases at fixed occasions, one or none at each, until the customer leaves.
//!
//! At each occasion while with the shop a customer buys with chance p ~ Beta(α, β); before each
//! the customer leaves with chance θ ~ Beta(γ, δ) (Fader, Hardie & Shang 2010, Marketing Science
//! 29(6)). For what comes round by itself: yearly gifts, monthly markets, seasons.

use super::histories::MOST;
use super::lifetimes::residual;
use super::optimum::{Fit, Limit, Optimum, Outcome, Point, by_logarithms, far, limit_of_leaving};
use super::search::maximise;
use super::special::{Rising, ln_beta_ratio, log_sum_exp};

/// What customers did: `x` purchases at the `n` occasions since the first purchase, the last of
/// them at occasion `recency`, counted from 1; 0 without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasions {
    /// Occasions with a purchase.
    pub x: u32,
    /// The last of these.
    pub recency: u32,
    /// All occasions.
    pub n: u32,
    /// How many customers have this same row.
    pub customers: f64,
}

impl Occasions {
    /// Whether a customer can have this row. Forecasts are for such customers only; more than
    /// 10,000 occasions are not what the model is for.
    pub fn is_possible(&self) -> bool {
        let last = (self.x == 0) == (self.recency == 0);
        let order = self.x <= self.recency && self.recency <= self.n;
        last && order && self.n <= 10_000 && (0.0..=MOST).contains(&self.customers)
    }
}

/// The model. Times are in occasions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgBb {
    /// First parameter of the chance of a purchase, whose mean is α / (α + β).
    pub alpha: f64,
    /// Second parameter of the chance of a purchase.
    pub beta: f64,
    /// First parameter of the chance of leaving, whose mean is γ / (γ + δ).
    pub gamma: f64,
    /// Second parameter of the chance of leaving.
    pub delta: f64,
}

impl BgBb {
    /// The most likely parameters for `rows`, with standard errors of α, β, γ, δ. `None` where
    /// a row is impossible or no customer has had an occasion.
    pub fn fit(rows: &[Occasions]) -> Option<Fit<BgBb, 4>> {
        let customers: f64 = (rows.iter().filter(|row| row.n > 0))
            .map(|row| row.customers)
            .sum();
        if !(rows.iter().all(Occasions::is_possible) && customers > 0.0) {
            return None;
        }
        let bought = rows.iter().any(|row| row.x > 0 && row.customers > 0.0);
        if !bought {
            return Some(Self::without_purchases(rows));
        }
        let start = [1.0, 1.0, 1.0, 3.0].map(libm::log);
        let optimum = maximise(start, customers, |at| log_point(rows, at));
        let model = BgBb::of(optimum.parameters());
        Some(optimum.fit(model, model.limit(optimum.outcome == Outcome::Flat)))
    }

    /// The model where nobody bought at any occasion.
    pub(super) fn without_purchases(rows: &[Occasions]) -> Fit<BgBb, 4> {
        let at = [1e-8, 1.0, 1.0, 3.0].map(libm::log);
        let optimum = Optimum {
            at,
            value: log_point(rows, &at).0,
            covariance: None,
            outcome: Outcome::Flat,
            evaluations: 1,
        };
        let model = BgBb::of(optimum.parameters());
        optimum.fit(model, Some(Limit::NoRepeat))
    }

    /// ln of the likelihood of `rows` (the paper's equation 5, in logarithms).
    pub fn log_likelihood(&self, rows: &[Occasions]) -> f64 {
        point(rows, self).0
    }

    /// The chance that a customer with this row is with the shop at the `ahead`-th occasion from
    /// now; with `ahead` 0, was at the last one. Published tables give that at the next.
    pub fn alive(&self, row: &Occasions, ahead: u32) -> f64 {
        let tables = self.tables(row.n);
        let here = tables.bought(row.x, row.n) + tables.stayed(row.n);
        let stays = ln_beta_ratio(self.gamma, self.delta + f64::from(row.n), f64::from(ahead));
        libm::exp(here - tables.terms(row).0 + stays)
    }

    /// The purchases expected of a customer with this row at the next `occasions` (the paper's
    /// equation 13, as a sum without poles).
    pub fn purchases(&self, row: &Occasions, occasions: u32) -> f64 {
        let (mut sum, mut stay) = (0.0, 1.0);
        for t in (1..=occasions).map(|ahead| f64::from(row.n) + f64::from(ahead)) {
            stay *= self.stays(t);
            sum += stay;
        }
        self.alive(row, 0) * self.chance(row) * sum
    }

    /// The purchases expected of a new customer at the first `occasions` after the first purchase.
    pub fn purchases_of_new(&self, occasions: u32) -> f64 {
        self.purchases(&NEW, occasions)
    }

    /// All later purchases expected of a customer with this row, the next occasion one period
    /// ahead, discounted by `discount` a period. `None` unless it is above 0.
    pub fn discounted_purchases(&self, row: &Occasions, discount: f64) -> Option<f64> {
        let stay = residual(row.n, discount, false, |t| self.stays(t))?;
        Some(self.alive(row, 0) * self.chance(row) * stay)
    }

    /// The chances of 0, 1 … `occasions` purchases at the first `occasions` (the paper's equation
    /// 7).
    pub fn numbers(&self, occasions: u32) -> Vec<f64> {
        let tables = self.tables(occasions);
        let mut numbers = Vec::new();
        for x in 0..=occasions {
            // The number of ways to place x purchases among i occasions grows with i.
            let (mut ways, mut sum) = (1.0, 0.0);
            for i in x..=occasions {
                let end = if i == occasions {
                    tables.stayed(i)
                } else {
                    tables.left(i)
                };
                sum += ways * libm::exp(tables.bought(x, i) + end);
                ways *= f64::from(i + 1) / f64::from(i + 1 - x);
            }
            numbers.push(sum);
        }
        numbers
    }

    /// The chance of not leaving before occasion `t`, given that nothing happened before.
    pub(super) fn stays(&self, t: f64) -> f64 {
        (self.delta + t - 1.0) / (self.gamma + self.delta + t - 1.0)
    }

    /// The chance of a purchase while with the shop.
    fn chance(&self, row: &Occasions) -> f64 {
        (self.alpha + f64::from(row.x)) / (self.alpha + self.beta + f64::from(row.n))
    }

    pub(super) fn of([alpha, beta, gamma, delta]: [f64; 4]) -> Self {
        BgBb {
            alpha,
            beta,
            gamma,
            delta,
        }
    }

    /// What the model is near to; `flat` if the search says that it stands on a ridge.
    fn limit(&self, flat: bool) -> Option<Limit> {
        let far = far(flat);
        let buying = self.alpha + self.beta;
        limit_of_leaving(self.gamma, self.delta, flat)
            .or((buying > far).then_some(Limit::SameRate))
            .or((buying < 1.0 / far).then_some(Limit::SplitRate))
    }

    fn tables(&self, n: u32) -> Tables {
        let column = |z: f64| {
            let mut rising = Rising::new(z);
            (0..=n).map(|i| rising.to(f64::from(i))).collect()
        };
        Tables {
            alpha: column(self.alpha),
            beta: column(self.beta),
            both: column(self.alpha + self.beta),
            delta: column(self.delta),
            all: column(self.gamma + self.delta),
            gamma: self.gamma,
            total: self.gamma + self.delta,
        }
    }
}

/// A customer at the first purchase.
const NEW: Occasions = Occasions {
    x: 0,
    recency: 0,
    n: 0,
    customers: 1.0,
};

/// ln Γ(z + i) − ln Γ(z) and its derivative for the sums of parameters that occur.
struct Tables {
    alpha: Vec<(f64, f64)>,
    beta: Vec<(f64, f64)>,
    both: Vec<(f64, f64)>,
    delta: Vec<(f64, f64)>,
    all: Vec<(f64, f64)>,
    gamma: f64,
    total: f64,
}

impl Tables {
    /// ln of the chance of certain `x` purchases at `n` occasions with the shop.
    fn bought(&self, x: u32, n: u32) -> f64 {
        at(&self.alpha, x).0 + at(&self.beta, n.saturating_sub(x)).0 - at(&self.both, n).0
    }

    /// ln of the chance to be with the shop at occasion `n`.
    fn stayed(&self, n: u32) -> f64 {
        at(&self.delta, n).0 - at(&self.all, n).0
    }

    /// ln of the chance to be with the shop at occasion `n` for the last time.
    fn left(&self, n: u32) -> f64 {
        self.stayed(n) + libm::log(self.gamma / (self.total + f64::from(n)))
    }

    /// ln of a row's likelihood, and of its part for each last occasion with the shop from the
    /// last purchase on; the last is to be there still.
    fn terms(&self, row: &Occasions) -> (f64, Vec<f64>) {
        let gone = (row.recency..row.n).map(|i| self.bought(row.x, i) + self.left(i));
        let here = self.bought(row.x, row.n) + self.stayed(row.n);
        let terms: Vec<f64> = gone.chain([here]).collect();
        (log_sum_exp(&terms), terms)
    }
}

fn at(column: &[(f64, f64)], i: u32) -> (f64, f64) {
    column.get(i as usize).copied().unwrap_or_default()
}

/// Value and gradient by the logarithms of the parameters.
fn log_point(rows: &[Occasions], at: &[f64; 4]) -> Point<4> {
    by_logarithms(at, |parameters| point(rows, &BgBb::of(parameters)))
}

/// The logarithm of the likelihood and its derivatives by α, β, γ, δ: each part's derivatives
/// with the share that it has of the sum.
fn point(rows: &[Occasions], model: &BgBb) -> Point<4> {
    let tables = model.tables(rows.iter().map(|row| row.n).max().unwrap_or(0));
    let (mut value, mut slopes) = (0.0, [0.0; 4]);
    for row in rows {
        let (log, terms) = tables.terms(row);
        value += row.customers * log;
        let [by_alpha, by_beta, by_gamma, by_delta] = &mut slopes;
        for (i, term) in (row.recency..=row.n).zip(&terms) {
            let share = row.customers * libm::exp(term - log);
            let both = at(&tables.both, i).1;
            *by_alpha += share * (at(&tables.alpha, row.x).1 - both);
            *by_beta += share * (at(&tables.beta, i.saturating_sub(row.x)).1 - both);
            let all = at(&tables.all, i).1;
            *by_gamma -= share * all;
            *by_delta += share * (at(&tables.delta, i).1 - all);
            if i < row.n {
                let total = tables.total + f64::from(i);
                *by_gamma += share * (1.0 / tables.gamma - 1.0 / total);
                *by_delta -= share / total;
            }
        }
    }
    (value, slopes)
}
