//! Lifetimes of contracts, counted by periods: what the models of retention are fitted on.

use super::histories::MOST;

/// How many customers left in each period, and how many were last seen still there.
///
/// Period 1 ends with the first chance to leave. A customer who left at the end of period t is
/// under `left[t − 1]`; one who renewed t times and has not been asked again is under `kept[t]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lifetimes {
    /// Customers who left, by period from 1.
    pub left: Vec<f64>,
    /// Customers still there, by renewals from 0.
    pub kept: Vec<f64>,
}

impl Lifetimes {
    /// The lifetimes of one cohort of which `survivors` were left after 0, 1, 2 … renewals.
    /// `None` where a number is not possible, or greater than the one before.
    pub fn of_cohort(survivors: &[f64]) -> Option<Self> {
        let mut left = Vec::with_capacity(survivors.len());
        for pair in survivors.windows(2) {
            let [before, after] = pair else { return None };
            left.push(before - after);
        }
        let mut kept = vec![0.0; survivors.len().saturating_sub(1)];
        kept.extend(survivors.last());
        let lifetimes = Lifetimes { left, kept };
        lifetimes.is_possible().then_some(lifetimes)
    }

    /// Whether none of the numbers is negative, not a number, or above 10¹⁵.
    pub fn is_possible(&self) -> bool {
        (self.left.iter().chain(&self.kept)).all(|n| (0.0..=MOST).contains(n))
    }

    /// All customers.
    pub fn customers(&self) -> f64 {
        self.departures() + self.kept.iter().sum::<f64>()
    }

    /// All who left.
    pub(super) fn departures(&self) -> f64 {
        self.left.iter().sum()
    }

    /// Occasions to leave on which nobody left or somebody did, all customers together.
    pub(super) fn occasions(&self) -> f64 {
        let left = (self.left.iter().zip(1..)).map(|(n, t)| n * f64::from(t));
        let kept = (self.kept.iter().zip(0..)).map(|(n, t)| n * f64::from(t));
        left.chain(kept).sum()
    }

    /// Periods from 1 with who left in each and who was last seen after that many renewals.
    pub(super) fn periods(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let count = self.left.len().max(self.kept.len().saturating_sub(1));
        (0..count).map(|i| {
            let left = self.left.get(i).copied().unwrap_or(0.0);
            let kept = self.kept.get(i + 1).copied().unwrap_or(0.0);
            (i as f64 + 1.0, left, kept)
        })
    }
}

/// What a model of retention says of a customer. Times are in periods.
pub trait Renewals {
    /// ln of the chance that a customer is still there after `t` occasions to leave.
    fn log_survival(&self, t: f64) -> f64;

    /// The chance of the `t`-th renewal given those before; `t` from 1.
    fn rate(&self, t: f64) -> f64;

    /// The chance that a customer is still there after `renewals` occasions to leave.
    fn survival(&self, renewals: u32) -> f64 {
        libm::exp(self.log_survival(f64::from(renewals)))
    }

    /// The chance of the `renewal`-th renewal, from 1, given those before: the rate of retention
    /// of Fader & Hardie 2007.
    fn retention(&self, renewal: u32) -> f64 {
        self.rate(f64::from(renewal.max(1)))
    }

    /// The value of the payments to come of a customer who has renewed `renewals` times and has
    /// just paid, each payment worth 1: the next lies one period ahead, and the one just made does
    /// not count. `discount` is per period. `None` unless it is above 0.
    fn residual_after_payment(&self, renewals: u32, discount: f64) -> Option<f64> {
        residual(renewals, discount, false, |t| self.rate(t))
    }

    /// The same just before the customer decides on the next renewal, whose payment, if it comes,
    /// is not discounted (Fader & Hardie 2010, Marketing Science 29(1)).
    fn residual_before_decision(&self, renewals: u32, discount: f64) -> Option<f64> {
        residual(renewals, discount, true, |t| self.rate(t))
    }
}

/// The value of the payments still expected of a customer who has renewed `renewals` times, each
/// worth 1, discounted by `discount` a period. `retention(t)` is the chance of the t-th renewal
/// given all before it. `None` unless `discount` is above 0.
///
/// `due`: just before the next decision, so that the next payment, if it comes, is not
/// discounted; else just after the last one, so that it lies a whole period ahead.
pub(super) fn residual(
    renewals: u32,
    discount: f64,
    due: bool,
    retention: impl Fn(f64) -> f64,
) -> Option<f64> {
    if !(discount > 0.0 && discount.is_finite()) {
        return None;
    }
    let factor = 1.0 / (1.0 + discount);
    let (mut sum, mut term) = (0.0, if due { 1.0 } else { factor });
    let mut t = f64::from(renewals);
    for _ in 0..MANY {
        t += 1.0;
        term *= retention(t);
        sum += term;
        term *= factor;
        // What is to come is at most a perpetuity.
        if term <= 1e-14 * sum * discount {
            break;
        }
    }
    Some(sum)
}

/// Periods after which a sum is cut off; reached only under a discount of almost nothing.
const MANY: u32 = 1_000_000;
