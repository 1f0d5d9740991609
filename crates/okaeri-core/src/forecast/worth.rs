//! What the purchases of a horizon are worth: the number of purchases by the models of purchase
//! and dropout, the amounts by Gamma-Gamma, and how sure each is.

use super::counts::Counts;
use super::gamma_gamma::GammaGamma;
use crate::interval::{normal_below, normal_quantile};

/// Bounds within which a value lies with the chance asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Bounds {
    /// Of a sum that is never negative, by its mean and variance: a gamma distribution by Wilson &
    /// Hilferty (1931), whose skewness a sum of few customers has, and a normal one for many.
    pub fn of_sum(mean: f64, variance: f64, level: f64) -> Self {
        if !(mean > 0.0 && variance > 0.0) {
            return Bounds {
                low: mean.max(0.0),
                high: mean.max(0.0),
            };
        }
        let z = normal_quantile(0.5 + level / 2.0);
        let ninth = variance / (mean * mean) / 9.0;
        let at = |z: f64| {
            let root = (1.0 - ninth + z * ninth.sqrt()).max(0.0);
            mean * root * root * root
        };
        Bounds {
            low: at(-z).min(mean),
            high: at(z).max(mean),
        }
    }
}

/// E(1/ν²) is infinite for a shape of up to 2; variances then take this shape.
const LEAST_SHAPE: f64 = 2.2;

impl GammaGamma {
    /// The variance of what the purchases of a horizon are worth, for a customer with `x`
    /// purchases of `mean` each so far; the number to come has the mean `n` and the variance
    /// `variance`. Where it is infinite, that of a slightly lighter tail.
    pub fn variance_of_worth(&self, x: u32, mean: f64, n: f64, variance: f64) -> f64 {
        let x = f64::from(x);
        let shape = (self.p * x + self.q).max(LEAST_SHAPE);
        let scale = self.gamma + if x > 0.0 { x * mean } else { 0.0 };
        let inverse = scale / (shape - 1.0);
        let square = scale * inverse / (shape - 2.0);
        let p = self.p;
        let n_square = variance + n * n;
        let expected = p * n * inverse;
        ((p * n + p * p * n_square) * square - expected * expected).max(0.0)
    }

    /// Bounds of what the purchases of a horizon are worth, in units of γ + x · mean: of all
    /// customers with the same history.
    ///
    /// The sum of n amounts is in these units a ratio of two gamma values, of shapes pn and
    /// px + q, whose distribution is taken by the cube root (Paulson 1942, Biometrics 8); the
    /// numbers n are mixed by their chances.
    pub fn bounds_of_worth(&self, x: u32, counts: &Counts, level: f64) -> Bounds {
        let mut worth = self.worth(x, counts);
        let tail = (1.0 - level) / 2.0;
        Bounds {
            low: worth.exceeded(1.0 - tail),
            high: worth.exceeded(tail),
        }
    }

    /// How the worth of these numbers of purchases is distributed.
    pub(super) fn worth(&self, x: u32, counts: &Counts) -> Worth {
        let shape = self.p * f64::from(x) + self.q;
        let parts: Vec<Part> = (counts.groups())
            .map(|(n, chance)| Part::of(self.p * n, shape, chance))
            .collect();
        Worth {
            buys: parts.iter().map(|part| part.chance).sum(),
            first: parts.first().map_or(1.0, |part| 1.0 / part.root),
            parts,
            ninth: 1.0 / (9.0 * shape),
            known: [f64::NAN; KNOWN],
        }
    }
}

/// A number of purchases with its chance, as the distribution of their worth needs it.
struct Part {
    chance: f64,
    /// The cube root of the ratio of the shapes.
    root: f64,
    /// 1 / (9 · the shape of the amounts).
    ninth: f64,
}

impl Part {
    fn of(amounts: f64, shape: f64, chance: f64) -> Self {
        Part {
            chance,
            root: libm::cbrt(shape / amounts),
            ninth: 1.0 / (9.0 * amounts),
        }
    }
}

/// How many cube roots of a worth have their chance kept, and which is that of one purchase.
const KNOWN: usize = 64;
const FIRST: usize = 24;
/// The roots, in units of the first; each is this many times the one before.
const STRIDE: f64 = 1.2;
const LADDER: [f64; KNOWN] = {
    let (mut ladder, mut place) = ([1.0; KNOWN], FIRST + 1);
    while place < KNOWN {
        ladder[place] = ladder[place - 1] * STRIDE;
        place += 1;
    }
    place = FIRST;
    while place > 0 {
        place -= 1;
        ladder[place] = ladder[place + 1] / STRIDE;
    }
    ladder
};
/// Beyond the last.
const FARTHEST: f64 = LADDER[KNOWN - 1] * STRIDE;

/// The distribution of what purchases are worth, in units of the scale of amounts.
pub(super) struct Worth {
    parts: Vec<Part>,
    buys: f64,
    /// The cube root of the worth of one purchase, or so.
    first: f64,
    /// 1 / (9 · the shape of the scale).
    ninth: f64,
    /// The chances of more at a ladder of cube roots, as far as they were asked for.
    known: [f64; KNOWN],
}

impl Worth {
    /// The chance of more than the cube of `at`.
    pub(super) fn more(&self, at: f64) -> f64 {
        (self.parts.iter())
            .map(|part| {
                let root = at * part.root;
                let off = (1.0 - self.ninth) * root - (1.0 - part.ninth);
                let spread = (root * root * self.ninth + part.ninth).sqrt();
                part.chance * normal_below(-off / spread)
            })
            .sum()
    }

    /// A rung of the ladder, with the chance of more.
    fn rung(&mut self, place: usize) -> (f64, f64) {
        let at = self.first * LADDER.get(place).copied().unwrap_or(FARTHEST);
        let more = match self.known.get(place) {
            Some(more) if !more.is_nan() => *more,
            _ => self.more(at),
        };
        if let Some(known) = self.known.get_mut(place) {
            *known = more;
        }
        (at, more)
    }

    /// The worth that is exceeded with the chance `wanted`, where nothing is worth 0.
    pub(super) fn exceeded(&mut self, wanted: f64) -> f64 {
        if self.buys <= wanted {
            return 0.0;
        }
        // The chance of more, less what is wanted, falls: from the ladder to both sides of nothing.
        let (mut low, mut over_low) = (0.0, self.buys - wanted);
        let (mut from, mut to) = (0, KNOWN);
        while from < to {
            let place = if (from, to) == (0, KNOWN) {
                FIRST
            } else {
                (from + to) / 2
            };
            if self.rung(place).1 > wanted {
                from = place + 1;
            } else {
                to = place;
            }
        }
        if let Some(before) = from.checked_sub(1) {
            let (at, more) = self.rung(before);
            (low, over_low) = (at, more - wanted);
        }
        let (mut high, more) = self.rung(from);
        let mut over_high = more - wanted;
        for _ in 0..60 {
            if over_high <= 0.0 {
                break;
            }
            (low, over_low) = (high, over_high);
            high *= 1.5;
            over_high = self.more(high) - wanted;
        }
        // The false position, with the side that stays halved (Illinois).
        let mut at = high;
        for _ in 0..40 {
            if high - low < 1e-4 * high || over_low <= over_high {
                break;
            }
            at = (low * over_high - high * over_low) / (over_high - over_low);
            let value = self.more(at) - wanted;
            if value.abs() < 1e-4 || value.abs() < 1e-3 * wanted.min(self.buys - wanted) {
                break;
            }
            if value > 0.0 {
                (low, over_low) = (at, value);
                over_high *= 0.5;
            } else {
                (high, over_high) = (at, value);
                over_low *= 0.5;
            }
        }
        at * at * at
    }
}
