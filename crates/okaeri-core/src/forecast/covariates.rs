//! Pareto/NBD with what is known of customers from the start: the channel they came by, a region.
//!
//! A covariate multiplies the rates of purchase, and those of leaving: α becomes α e^(−g·z) and β
//! becomes β e^(−l·z) for a customer with the covariates z (Fader & Hardie 2007, "Incorporating
//! time-invariant covariates into the Pareto/NBD and BG/NBD models").

use super::histories::{HESSIAN, Histories, PART};
use super::optimum::{Fit, Outcome, Point};
use super::pareto_nbd::{ParetoNbd, point};
use super::search::maximise_by_parts;

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
    /// Standard errors of the effects on leaving and on purchase; `None` on a ridge.
    pub errors: Option<[[f64; C]; 2]>,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
    /// By how much that is more than without effects, at least.
    pub gain: f64,
    /// Whether the parameters had to be held near those without effects, because the histories
    /// leave one of them open.
    pub is_held: bool,
    /// How the search ended.
    pub outcome: Outcome,
    /// How often the likelihood was evaluated.
    pub evaluations: u32,
}

impl<const C: usize> WithCovariates<C> {
    /// The most likely parameters, looked for from the model without covariates. Where they lie on
    /// a ridge, all are held near that model and effects near 0, by a normal distribution of
    /// variance 1 (ours): what the histories tell of an effect stays, what they leave open comes
    /// out small. `N` must be 4 + 2 C; `None` if it is not, if there are no customers with
    /// repeats, or if a covariate is not a number or beyond 100.
    pub fn fit<const N: usize>(
        without: &Fit<ParetoNbd, 4>,
        groups: &[Group<C>],
    ) -> Option<FitWithCovariates<C>> {
        let possible = (groups.iter().flat_map(|group| group.covariates)).all(|z| z.abs() <= 100.0);
        let purchases: f64 = groups.iter().map(|group| group.histories.purchases()).sum();
        if N != 4 + 2 * C || !possible || purchases == 0.0 {
            return None;
        }
        let ParetoNbd { r, alpha, s, beta } = without.model;
        let mut start = [0.0; N];
        // Far out on a ridge, where only the mean rate says anything, nothing would be found.
        let near = |shape: f64, scale: f64| {
            let nearer = shape.clamp(0.01, 100.0);
            [nearer, scale * nearer / shape].map(libm::log)
        };
        let parameters = near(r, alpha).into_iter().chain(near(s, beta));
        for (start, value) in start.iter_mut().zip(parameters) {
            *start = value;
        }
        let all: usize = groups.iter().map(|group| group.histories.len()).sum();
        let parts = [(PART / 4, PART), (HESSIAN / 2, HESSIAN)];
        let parts = parts.into_iter().filter(|(_, least)| all > *least);
        let part = |(rows, _): (usize, usize)| -> Vec<Group<C>> {
            // Of a small group enough to know something of it.
            let of = |group: &Group<C>| {
                let share = group.histories.len() as f64 / all as f64;
                ((rows as f64 * share) as usize).max(rows / 16)
            };
            let part = |group: &Group<C>| Group {
                covariates: group.covariates,
                histories: group.histories.part(of(group)),
            };
            groups.iter().map(part).collect()
        };
        let parts: Vec<Vec<Group<C>>> = parts.map(part).collect();
        let of = |place: usize| parts.get(place).map_or(groups, Vec::as_slice);
        let weight = |place| of(place).iter().map(|group| group.histories.customers());
        let weights: Vec<f64> = (0..=parts.len()).map(|place| weight(place).sum()).collect();
        let search = |hold: f64| {
            maximise_by_parts(start, &weights, &|place, at| {
                let (mut value, mut slopes) = Self::log_point(of(place), at);
                let ways = at.iter().zip(&start);
                for (slope, (at, start)) in slopes.iter_mut().zip(ways) {
                    value -= hold * (at - start) * (at - start) / 2.0;
                    *slope -= hold * (at - start);
                }
                (value, slopes)
            })
        };
        // Where the model without effects lies on a ridge, so does this one.
        let is_ridge = without.outcome == Outcome::Flat;
        let free = (!is_ridge).then(|| search(0.0));
        let free = free.filter(|optimum| optimum.outcome == Outcome::Converged);
        let is_held = free.is_none();
        let optimum = free.unwrap_or_else(|| search(1.0));
        let error = |at: usize| {
            optimum
                .covariance
                .map_or(0.0, |all| libm::sqrt(all[at][at]))
        };
        let errors = [4, 4 + C].map(|first| std::array::from_fn(|place| error(first + place)));
        Some(FitWithCovariates {
            model: Self::of(&optimum.at),
            errors: optimum.covariance.map(|_| errors),
            log_likelihood: optimum.value,
            gain: optimum.value - without.log_likelihood,
            is_held,
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
