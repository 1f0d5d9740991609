//! The way to the maximum of a likelihood.
//!
//! Every model has positive parameters; the search goes over their logarithms, so that no step
//! leaves the model and a change of the unit of time or money is a mere shift. BFGS brings the
//! point near, Newton's method with a Hessian from differences of the exact gradient ends it, and
//! the same Hessian says how sure the parameters are. No chance, no clock: the same data give the
//! same bits.

use super::matrix::{dot, identity, inverse, times, update};
use super::optimum::{Optimum, Outcome, Point};

/// The logarithms of parameters stay within this of their start: a factor of about 10¹³.
const REACH: f64 = 30.0;
/// The longest step in a logarithm.
const STRIDE: f64 = 2.0;
/// The step of the differences.
const DIFFERENCE: f64 = 1e-4;
const STEPS: u32 = 200;
/// A parameter with this variance of its logarithm may as well be anything: the likelihood is
/// flat.
const VAGUE: f64 = 100.0;

/// Maximises `function` of logarithms of parameters from `start`. `weight` is the number of
/// observations in the sum that `function` gives: it sets the scale of what counts as nothing.
pub fn maximise<const N: usize>(
    start: [f64; N],
    weight: f64,
    function: impl FnMut(&[f64; N]) -> Point<N>,
) -> Optimum<N> {
    let mut search = Search::new(start, start, weight, EVALUATIONS[0], function);
    search.climb(None, 1e-5);
    search.finish()
}

/// As [`maximise`], by way of parts of the observations, each several times larger than the one
/// before and the last of them all: what one finds leaves little to do for the next, so that
/// there are few evaluations over all. `weights` are the numbers of observations that the parts
/// stand for; `function` takes the place of a part.
///
/// With more than two parts the covariance is that of the part before the last, at its maximum.
pub fn maximise_by_parts<const N: usize>(
    start: [f64; N],
    weights: &[f64],
    function: &dyn Fn(usize, &[f64; N]) -> Point<N>,
) -> Optimum<N> {
    let mut found: Option<(Optimum<N>, [[f64; N]; N])> = None;
    for (place, weight) in weights.iter().enumerate() {
        let most = (EVALUATIONS.get(place).copied()).unwrap_or(FEW_EVALUATIONS);
        let at = found.map_or(start, |(part, _)| part.at);
        let mut search = Search::new(start, at, *weight, most, |at| function(place, at));
        let optimum = match &found {
            Some((part, inverse)) => search.follow(part, inverse, place > 1),
            None => {
                search.climb(None, 1e-5);
                search.finish()
            }
        };
        let inverse = match optimum.covariance {
            Some(covariance) if optimum.outcome == Outcome::Converged => {
                covariance.map(|row| row.map(|value| value * search.weight))
            }
            _ => search.inverse,
        };
        found = Some((optimum, inverse));
    }
    let nothing = Optimum {
        at: start,
        value: f64::NEG_INFINITY,
        covariance: None,
        outcome: Outcome::Unfinished,
        evaluations: 0,
    };
    found.map_or(nothing, |(optimum, _)| optimum)
}

/// A search ends with the best found so far when the function was evaluated so often: over the
/// smallest part, which is all of a small shop, the next, and over the rest. A ridge has no end,
/// but its height is known long before.
const EVALUATIONS: [u32; 2] = [1000, 50];
const FEW_EVALUATIONS: u32 = 8;

struct Search<const N: usize, F> {
    function: F,
    weight: f64,
    centre: [f64; N],
    at: [f64; N],
    value: f64,
    gradient: [f64; N],
    evaluations: u32,
    most: u32,
    /// The inverse of the negative Hessian as far as the steps have shown it.
    inverse: [[f64; N]; N],
}

impl<const N: usize, F: FnMut(&[f64; N]) -> Point<N>> Search<N, F> {
    fn new(centre: [f64; N], at: [f64; N], weight: f64, most: u32, function: F) -> Self {
        let mut search = Search {
            function,
            weight: if weight > 0.0 { weight } else { 1.0 },
            centre,
            at,
            value: f64::NEG_INFINITY,
            gradient: [0.0; N],
            evaluations: 0,
            most,
            inverse: identity(),
        };
        (search.value, search.gradient) = search.evaluate(&at);
        search
    }

    /// Goes on from where a part has ended, with the inverse of its negative Hessian. If that may
    /// stand for the one of all, `alike`, a few steps by it are all there is to do.
    fn follow(&mut self, part: &Optimum<N>, inverse: &[[f64; N]; N], alike: bool) -> Optimum<N> {
        let converged = part.outcome == Outcome::Converged;
        self.climb(Some(*inverse), 1e-7);
        // Near the maximum rounding hides the rise, but not the slope. So near in the end that a
        // Hessian found next need not be taken again.
        for _ in 0..6 {
            if !converged || self.slope() < 2e-9 {
                break;
            }
            let step = times(inverse, &self.gradient);
            if !self.settle(&step) {
                break;
            }
        }
        self.evaluations += part.evaluations;
        self.most += part.evaluations;
        if alike && converged && self.slope() < 1e-8 {
            self.end(Some(*inverse))
        } else if alike && part.outcome == Outcome::Flat {
            self.end(None)
        } else {
            self.finish()
        }
    }

    fn spent(&self) -> bool {
        self.evaluations >= self.most
    }

    /// The mean value and gradient; what is not finite is as low as can be.
    fn evaluate(&mut self, at: &[f64; N]) -> Point<N> {
        self.evaluations += 1;
        let (value, gradient) = (self.function)(at);
        let finite = value.is_finite() && gradient.iter().all(|slope| slope.is_finite());
        if finite {
            (
                value / self.weight,
                gradient.map(|slope| slope / self.weight),
            )
        } else {
            (f64::NEG_INFINITY, [0.0; N])
        }
    }

    /// Whether parameter `i` stands at its bound and would go further.
    fn held(&self, i: usize) -> bool {
        let off = self.at[i] - self.centre[i];
        off.abs() >= REACH && off * self.gradient[i] > 0.0
    }

    fn slope(&self) -> f64 {
        (0..N)
            .filter(|i| !self.held(*i))
            .map(|i| self.gradient[i].abs())
            .fold(0.0, f64::max)
    }

    /// Goes along `step` as far as the value grows enough; false if it does not.
    fn advance(&mut self, step: &[f64; N]) -> bool {
        let longest = step.iter().fold(0.0, |most: f64, s| most.max(s.abs()));
        let mut part = if longest > STRIDE {
            STRIDE / longest
        } else {
            1.0
        };
        for _ in 0..40 {
            let at: [f64; N] = std::array::from_fn(|i| {
                let to = self.at[i] + part * step[i];
                to.max(self.centre[i] - REACH).min(self.centre[i] + REACH)
            });
            let rise: f64 = (0..N)
                .map(|i| self.gradient[i] * (at[i] - self.at[i]))
                .sum();
            // So little is lost in the rounding of the sum.
            if rise <= 4e-15 * self.value.abs() || self.spent() {
                return false;
            }
            let (value, gradient) = self.evaluate(&at);
            if value > self.value && value >= self.value + 1e-4 * rise {
                (self.at, self.value, self.gradient) = (at, value, gradient);
                return true;
            }
            part *= 0.3;
        }
        false
    }

    /// BFGS until the slope is less than `enough`, from an inverse Hessian if there is one.
    fn climb(&mut self, inverse: Option<[[f64; N]; N]>, enough: f64) {
        let mut fresh = inverse.is_none();
        let mut inverse = inverse.unwrap_or_else(identity::<N>);
        for _ in 0..STEPS {
            if self.slope() < enough || self.spent() {
                return;
            }
            let gradient: [f64; N] =
                std::array::from_fn(|i| if self.held(i) { 0.0 } else { self.gradient[i] });
            let step = times(&inverse, &gradient);
            let uphill = dot(&step, &gradient) > 0.0;
            let (at, slope) = (self.at, self.gradient);
            if !uphill || !self.advance(&step) {
                if fresh {
                    return;
                }
                (inverse, fresh) = (identity(), true);
                continue;
            }
            let moved: [f64; N] = std::array::from_fn(|i| self.at[i] - at[i]);
            let change: [f64; N] = std::array::from_fn(|i| slope[i] - self.gradient[i]);
            let curve = dot(&moved, &change);
            if curve > 1e-12 * dot(&moved, &moved) {
                if fresh {
                    let scale = curve / dot(&change, &change);
                    inverse = identity::<N>().map(|row| row.map(|value| value * scale));
                }
                update(&mut inverse, &moved, &change, curve);
                (self.inverse, fresh) = (inverse, false);
            }
        }
    }

    /// Newton's method, then the covariance.
    fn finish(&mut self) -> Optimum<N> {
        let mut covariance = None;
        let mut seen = self.at;
        for _ in 0..12 {
            seen = self.at;
            covariance = self.covariance();
            if covariance.is_none() {
                // A ridge, perhaps: on to where it no longer rises.
                self.climb(None, 1e-9);
                if self.at != seen {
                    covariance = self.covariance();
                }
            }
            let Some(inverse) = covariance else { break };
            // The same Hessian serves until it no longer helps.
            let before = self.slope();
            for _ in 0..4 {
                if self.slope() < 1e-13 {
                    break;
                }
                let step = times(&inverse, &self.gradient);
                if !self.settle(&step) {
                    break;
                }
            }
            if before < 1e-4 && self.slope() < 1e-10 {
                break;
            }
            // As near as the rounding of the sums lets it come.
            if (self.slope() > 0.5 * before && before < 1e-8) || self.spent() {
                break;
            }
        }
        let far = (self.at.iter().zip(&seen)).any(|(at, seen)| (at - seen).abs() > 1e-7);
        if far && covariance.is_some() {
            covariance = self.covariance();
        }
        self.end(covariance)
    }

    /// What was found, with the covariance of one observation.
    fn end(&self, covariance: Option<[[f64; N]; N]>) -> Optimum<N> {
        let at_bound = (0..N).any(|i| (self.at[i] - self.centre[i]).abs() >= REACH);
        let vague = covariance
            .is_none_or(|covariance| (0..N).any(|i| covariance[i][i] > VAGUE * self.weight));
        let outcome = if at_bound || vague {
            Outcome::Flat
        } else if self.slope() < 1e-8 {
            Outcome::Converged
        } else {
            Outcome::Unfinished
        };
        Optimum {
            at: self.at,
            value: self.value * self.weight,
            covariance: covariance
                .map(|covariance| covariance.map(|row| row.map(|value| value / self.weight))),
            outcome,
            evaluations: self.evaluations,
        }
    }

    /// Takes a whole step where it makes the slope less, near the maximum; else a part of it
    /// where the value grows, as in a bent valley.
    fn settle(&mut self, step: &[f64; N]) -> bool {
        let before = self.slope();
        if step.iter().all(|s| s.abs() < 0.1) {
            let at: [f64; N] = std::array::from_fn(|i| self.at[i] + step[i]);
            let (value, gradient) = self.evaluate(&at);
            let slope = gradient.iter().fold(0.0, |most: f64, s| most.max(s.abs()));
            if value >= self.value - 1e-9 && slope < 0.9 * before {
                (self.at, self.value, self.gradient) = (at, value, gradient);
                return true;
            }
        }
        before > 1e-9 && self.advance(step)
    }

    /// The inverse of the negative Hessian of the mean, `None` where a direction is flat.
    fn covariance(&mut self) -> Option<[[f64; N]; N]> {
        let mut hessian = [[0.0; N]; N];
        for i in 0..N {
            let mut side = |step: f64| {
                let mut at = self.at;
                at[i] += step;
                self.evaluate(&at)
            };
            let (above, below) = (side(DIFFERENCE), side(-DIFFERENCE));
            if above.0 == f64::NEG_INFINITY || below.0 == f64::NEG_INFINITY {
                return None;
            }
            hessian[i] = std::array::from_fn(|j| (below.1[j] - above.1[j]) / (2.0 * DIFFERENCE));
        }
        let even =
            std::array::from_fn(|i| std::array::from_fn(|j| 0.5 * (hessian[i][j] + hessian[j][i])));
        inverse(&even)
    }
}
