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
        let shape = self.p * f64::from(x) + self.q;
        let parts: Vec<Part> = (counts.groups())
            .map(|(n, chance)| Part::of(self.p * n, shape, chance))
            .collect();
        let tail = (1.0 - level) / 2.0;
        Bounds {
            low: quantile(&parts, shape, tail),
            high: quantile(&parts, shape, 1.0 - tail),
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

/// The worth that is not exceeded with the chance `share`, where nothing is worth 0.
fn quantile(parts: &[Part], shape: f64, share: f64) -> f64 {
    let buys: f64 = parts.iter().map(|part| part.chance).sum();
    let wanted = 1.0 - share;
    if buys <= wanted {
        return 0.0;
    }
    let ninth = 1.0 / (9.0 * shape);
    // The chance of more than the cube of `at`, less what is wanted: falls with `at`.
    let over = |at: f64| {
        let more: f64 = (parts.iter())
            .map(|part| {
                let root = at * part.root;
                let off = (1.0 - ninth) * root - (1.0 - part.ninth);
                let spread = (root * root * ninth + part.ninth).sqrt();
                part.chance * normal_below(-off / spread)
            })
            .sum();
        more - wanted
    };
    let (mut low, mut over_low) = (0.0, buys - wanted);
    let mut high = parts.first().map_or(1.0, |part| 1.0 / part.root);
    let mut over_high = over(high);
    for _ in 0..60 {
        if over_high <= 0.0 {
            break;
        }
        (low, over_low) = (high, over_high);
        high *= 1.5;
        over_high = over(high);
    }
    // The false position, with the side that stays halved (Illinois).
    let mut at = high;
    for _ in 0..40 {
        if high - low < 1e-4 * high || over_low <= over_high {
            break;
        }
        at = (low * over_high - high * over_low) / (over_high - over_low);
        let value = over(at);
        if value.abs() < 1e-4 {
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
