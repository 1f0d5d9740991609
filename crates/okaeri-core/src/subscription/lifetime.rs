//! How many cycles contracts last: sBG and BdW, and which of them to believe.
//!
//! Cycle by cycle a contract is renewed or cancelled. One that was cancelled after k cycles left
//! at its k-th decision; one that goes on with k cycles has been renewed k - 1 times and has not
//! decided again. Who cancelled before the first delivery is outside the model.

use crate::forecast::bdw::Bdw;
use crate::forecast::lifetimes::{Lifetimes, Renewals};
use crate::forecast::optimum::{Fit, Limit};
use crate::forecast::sbg::Sbg;
use crate::list::List;
use crate::survival::{Curve, Observed};

/// Contracts by the cycles that they completed, from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ends {
    /// Cancelled after exactly so many.
    pub cancelled: Vec<u32>,
    /// Not cancelled, with so many.
    pub kept: Vec<u32>,
}

impl Ends {
    /// Adds contracts with so many cycles.
    pub fn add(&mut self, cycles: usize, cancelled: i64, kept: i64) {
        for (column, more) in [(&mut self.cancelled, cancelled), (&mut self.kept, kept)] {
            if column.len() <= cycles {
                column.resize(cycles + 1, 0);
            }
            if let Some(count) = column.get_mut(cycles) {
                *count = count.saturating_add(u32::try_from(more).unwrap_or_default());
            }
        }
    }

    /// As the models take it.
    pub fn lifetimes(&self) -> Lifetimes {
        let from_one = |counts: &[u32]| counts.iter().skip(1).map(|n| f64::from(*n)).into_list();
        Lifetimes {
            left: from_one(&self.cancelled),
            kept: from_one(&self.kept),
        }
    }

    /// The curve of Kaplan and Meier over decisions: S(k) is the chance to go on after cycle k.
    pub fn curve(&self) -> Curve {
        let cancelled = (1u32..).zip(self.cancelled.iter().skip(1));
        let kept = (0u32..).zip(self.kept.iter().skip(1));
        let mut observed: Vec<Observed> = cancelled
            .map(|(day, events)| Observed {
                day,
                events: *events,
                censored: 0,
            })
            .into_list();
        observed.extend(kept.map(|(day, censored)| Observed {
            day,
            events: 0,
            censored: *censored,
        }));
        Curve::of(&observed)
    }

    /// Contracts that decided after cycle k: cancelled then, or went on.
    pub fn decided(&self, cycle: usize) -> u64 {
        let sum = |counts: &[u32], from: usize| -> u64 {
            counts.iter().skip(from).map(|n| u64::from(*n)).sum()
        };
        sum(&self.cancelled, cycle) + sum(&self.kept, cycle + 1)
    }

    /// The same contracts as they are seen when nothing after decision `last` is looked at.
    pub fn up_to(&self, last: usize) -> Ends {
        let mut ends = Ends::default();
        for (cycles, count) in self.cancelled.iter().enumerate() {
            let (cancelled, kept) = if cycles <= last {
                (*count, 0)
            } else {
                (0, *count)
            };
            ends.add(cycles.min(last + 1), cancelled.into(), kept.into());
        }
        for (cycles, count) in self.kept.iter().enumerate() {
            ends.add(cycles.min(last + 1), 0, (*count).into());
        }
        ends
    }

    /// The last decision that at least so many contracts made.
    pub fn last_decided(&self, least: u64) -> usize {
        let most = self.cancelled.len().max(self.kept.len());
        let found = (1..most).rev().find(|cycle| self.decided(*cycle) >= least);
        found.unwrap_or(0)
    }
}

/// Names of the models.
pub const MODELS: [&str; 2] = ["sbg", "bdw"];

/// A model with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Life {
    /// Shifted beta-geometric.
    Sbg(Sbg),
    /// Beta-discrete-Weibull.
    Bdw(Bdw),
}

impl Life {
    /// The chance to be there after so many renewals.
    pub fn survival(&self, renewals: u32) -> f64 {
        match self {
            Life::Sbg(model) => model.survival(renewals),
            Life::Bdw(model) => model.survival(renewals),
        }
    }

    /// The payments to come of a contract after so many renewals, each worth 1, discounted by
    /// `discount` a cycle. `None` unless that is above 0.
    pub fn residual(&self, renewals: u32, discount: f64) -> Option<f64> {
        match self {
            Life::Sbg(model) => model.residual_after_payment(renewals, discount),
            Life::Bdw(model) => model.residual_after_payment(renewals, discount),
        }
    }

    /// The cycles expected within the next `cycles`, of a contract after so many renewals.
    pub fn remaining(&self, renewals: u32, cycles: u32) -> f64 {
        let mut sum = 0.0;
        let mut stays = 1.0;
        for step in 1..=cycles {
            let renewal = renewals.saturating_add(step);
            stays *= match self {
                Life::Sbg(model) => model.retention(renewal),
                Life::Bdw(model) => model.retention(renewal),
            };
            sum += stays;
        }
        sum
    }

    /// The parameters a, b and, where there is one, c.
    pub fn parameters(&self) -> [Option<f64>; 3] {
        match self {
            Life::Sbg(Sbg { a, b }) => [Some(*a), Some(*b), None],
            Life::Bdw(Bdw { a, b, c }) => [Some(*a), Some(*b), Some(*c)],
        }
    }
}

/// A model as it was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The model.
    pub life: Life,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion: smaller is better.
    pub aic: f64,
    /// What it tends to, if there is no maximum inside.
    pub limit: Option<Limit>,
    /// Mean difference from the curve after the cutoff, when fitted on what came before.
    pub error: Option<f64>,
}

fn fitted<M, const N: usize>(fit: Fit<M, N>, life: impl FnOnce(M) -> Life) -> Fitted {
    Fitted {
        log_likelihood: fit.log_likelihood,
        aic: 2.0 * N as f64 - 2.0 * fit.log_likelihood,
        limit: fit.limit,
        error: None,
        life: life(fit.model),
    }
}

/// sBG and BdW on the same contracts; nothing of contracts that have not decided.
fn fits(ends: &Ends) -> Option<[Fitted; 2]> {
    let lifetimes = ends.lifetimes();
    Some([
        fitted(Sbg::fit(&lifetimes)?, Life::Sbg),
        fitted(Bdw::fit(&lifetimes)?, Life::Bdw),
    ])
}

/// Why a model is shown.
pub const REASONS: [&str; 2] = ["holdout", "likelihood"];

/// Both models, and the one to believe.
#[derive(Clone, Debug, PartialEq)]
pub struct Models {
    /// In the order of [`MODELS`].
    pub fits: [Fitted; 2],
    /// The same fitted up to the cutoff.
    pub before: Option<[Fitted; 2]>,
    /// The last decision that the fits of the holdout knew.
    pub cutoff: usize,
    /// The last decision that they were judged by.
    pub until: usize,
    /// The place of the model that is shown.
    pub shown: usize,
    /// The place in [`REASONS`].
    pub why: usize,
}

/// Fewest contracts that decided at a cycle by which models are judged.
const LEAST: u64 = 10;

impl Models {
    /// Fits both, judges them by what came after half of the decisions that enough contracts made
    /// (or after `cutoff`), and shows the one that is nearer; without such a comparison the one with
    /// the better AIC. Of equals it is the simpler one. `None` when nobody has decided.
    pub fn of(ends: &Ends, cutoff: Option<u32>) -> Option<Self> {
        let mut fits_of_all = fits(ends)?;
        let until = ends.last_decided(LEAST);
        let cutoff = cutoff.map_or(until / 2, |cutoff| cutoff as usize);
        let can_judge = cutoff >= 2 && cutoff < until;
        let before = can_judge.then(|| fits(&ends.up_to(cutoff))).flatten();
        if let Some(before) = &before {
            let curve = ends.curve();
            for (fit, early) in fits_of_all.iter_mut().zip(before) {
                let mut sum = 0.0;
                for decision in cutoff + 1..=until {
                    let actual = curve.survival(decision as u32).unwrap_or(0.0);
                    sum += (early.life.survival(decision as u32) - actual).abs();
                }
                fit.error = Some(sum / (until - cutoff) as f64);
            }
        }
        let [sbg, bdw] = &fits_of_all;
        let (shown, why) = match (sbg.error, bdw.error) {
            (Some(simple), Some(other)) => (usize::from(other < simple - 1e-9), 0),
            _ => (usize::from(bdw.aic < sbg.aic - 1e-9), 1),
        };
        Some(Models {
            fits: fits_of_all,
            before,
            cutoff,
            until,
            shown,
            why,
        })
    }

    /// The model to believe.
    pub fn life(&self) -> Life {
        let fit = self.fits.get(self.shown).or(self.fits.first());
        fit.map_or(Life::Sbg(Sbg { a: 1.0, b: 1.0 }), |fit| fit.life)
    }
}

/// The name of a limit.
pub fn limit_name(limit: Option<Limit>) -> &'static str {
    match limit {
        None => "none",
        Some(Limit::NoRepeat) => "no_repeat",
        Some(Limit::NoDropout) => "no_dropout",
        Some(Limit::SameDropout) => "same_dropout",
        Some(Limit::SplitDropout) => "split_dropout",
        Some(Limit::SameRate) => "same_rate",
        Some(Limit::SplitRate) => "split_rate",
        Some(Limit::SameSpend) => "same_spend",
        Some(Limit::OwnSpend) => "own_spend",
        Some(Limit::Undetermined) => "undetermined",
    }
}

/// The discount of one cycle of so many days, of a yearly rate in basis points (a year has 365.25
/// days).
pub fn per_cycle(yearly_rate: u32, cycle_days: f64) -> f64 {
    let yearly = f64::from(yearly_rate) / 10_000.0;
    libm::expm1(libm::log1p(yearly) * cycle_days / 365.25)
}
