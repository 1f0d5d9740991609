//! Pareto/NBD with what is known of customers from the start: the channel they came by, a region.
//!
//! A covariate multiplies the rates of purchase, and those of leaving: α becomes α e^(−g·z) and β
//! becomes β e^(−l·z) for a customer with the covariates z (Fader & Hardie 2007, "Incorporating
//! time-invariant covariates into the Pareto/NBD and BG/NBD models").

use super::histories::Histories;
use super::optimum::{Outcome, Point};
use super::pareto_nbd::{ParetoNbd, point};
use super::search::maximise;

/// Customers with the same covariates.
#[derive(Clone, Debug)]
pub struct Group<const C: usize> {
    /// The covariates: best around 0 and of the size of 1.
    pub covariates: [f64; C],
    /// The histories.
    pub histories: Histories,
}

/// The model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithCovariates<const C: usize> {
    /// The model of customers whose covariates are all 0.
    pub base: ParetoNbd,
    /// By how much each covariate raises the logarithm of the rate of leaving.
    pub leaving: [f64; C],
    /// By how much each covariate raises the logarithm of the rate of purchase.
    pub purchase: [f64; C],
}

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitWithCovariates<const C: usize> {
    /// The model.
    pub model: WithCovariates<C>,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
    /// How the search ended. Compare with the fit without covariates before believing.
    pub outcome: Outcome,
    /// How often the likelihood was evaluated.
    pub evaluations: u32,
}

impl<const C: usize> WithCovariates<C> {
    /// The most likely parameters. `N` must be 4 + 2 C; `None` if it is not, if there are no
    /// customers with repeats, or if a covariate is not a number or beyond 100.
    pub fn fit<const N: usize>(groups: &[Group<C>]) -> Option<FitWithCovariates<C>> {
        let possible = (groups.iter().flat_map(|group| group.covariates)).all(|z| z.abs() <= 100.0);
        let purchases: f64 = groups.iter().map(|group| group.histories.purchases()).sum();
        if N != 4 + 2 * C || !possible || purchases == 0.0 {
            return None;
        }
        let all = Histories::of_all(groups.iter().map(|group| &group.histories));
        let base = ParetoNbd::fit(&all).model;
        let ParetoNbd { r, alpha, s, beta } = base;
        let mut start = [0.0; N];
        // Far out on a ridge nothing would be found any more.
        let near = |value: f64| libm::log(value.clamp(1e-3, 1e4));
        let parameters = [near(r), near(alpha), near(s), near(beta)];
        for (start, value) in start.iter_mut().zip(parameters) {
            *start = value;
        }
        let customers = all.customers();
        let optimum = maximise(start, customers, |at| Self::log_point(groups, at));
        Some(FitWithCovariates {
            model: Self::of(&optimum.at),
            log_likelihood: optimum.value,
            outcome: optimum.outcome,
            evaluations: optimum.evaluations,
        })
    }

    /// The model of customers with these covariates.
    pub fn of_customers(&self, covariates: &[f64; C]) -> ParetoNbd {
        let effect = |by: &[f64; C]| -> f64 {
            let sum: f64 = by.iter().zip(covariates).map(|(by, z)| by * z).sum();
            libm::exp(-sum)
        };
        ParetoNbd {
            alpha: self.base.alpha * effect(&self.purchase),
            beta: self.base.beta * effect(&self.leaving),
            ..self.base
        }
    }

    /// ln r, ln α, ln s, ln β, then the effects on leaving and on purchase.
    fn of<const N: usize>(at: &[f64; N]) -> Self {
        let value = |place: usize| at.get(place).copied().unwrap_or(0.0);
        let parameter = |place: usize| libm::exp(value(place));
        WithCovariates {
            base: ParetoNbd {
                r: parameter(0),
                alpha: parameter(1),
                s: parameter(2),
                beta: parameter(3),
            },
            leaving: std::array::from_fn(|i| value(4 + i)),
            purchase: std::array::from_fn(|i| value(4 + C + i)),
        }
    }

    fn log_point<const N: usize>(groups: &[Group<C>], at: &[f64; N]) -> Point<N> {
        let model = Self::of(at);
        let (mut value, mut slopes) = (0.0, [0.0; N]);
        let mut add = |place: usize, slope: f64| {
            if let Some(sum) = slopes.get_mut(place) {
                *sum += slope;
            }
        };
        for group in groups {
            let own = model.of_customers(&group.covariates);
            let (log, [r, alpha, s, beta]) = point(&group.histories, &own);
            value += log;
            let (purchase, leaving) = (alpha * own.alpha, beta * own.beta);
            add(0, r * own.r);
            add(1, purchase);
            add(2, s * own.s);
            add(3, leaving);
            for (i, z) in group.covariates.iter().enumerate() {
                add(4 + i, -z * leaving);
                add(4 + C + i, -z * purchase);
            }
        }
        (value, slopes)
    }
}
