//! When a customer buys next.
//!
//! In the BG/NBD family one who is still with the shop buys again for sure, and leaves only then.
//! In Pareto/NBD one may leave before; the time is that of those who do buy.

use super::bg_nbd::BgNbd;
use super::histories::History;
use super::pareto_nbd::ParetoNbd;

/// No time is longer: some models have customers who buy almost never.
pub const FOREVER: f64 = 1e9;

/// The next purchase of a customer with a given history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// The chance that there is none any more.
    pub never: f64,
    /// Times from the end of the history to the next purchase, given that there is one, that are
    /// not exceeded with the chances asked for; at most [`FOREVER`].
    pub times: [f64; 3],
}

impl Next {
    /// Of one who is with the shop with the chance `alive`, and else never buys.
    pub(super) fn of(self, alive: f64) -> Self {
        Next {
            never: 1.0 - alive * (1.0 - self.never),
            ..self
        }
    }
}

impl BgNbd {
    /// The next purchase, and the times not exceeded with the chances `shares`, which ascend.
    pub fn next(&self, history: &History, shares: [f64; 3]) -> Next {
        self.next_if_alive(history, shares).of(self.alive(history))
    }

    /// The same of one who is still with the shop at the end of the history.
    pub(super) fn next_if_alive(&self, history: &History, shares: [f64; 3]) -> Next {
        let k = self.r + f64::from(history.x);
        let wait = |share: f64| {
            let ratio = libm::expm1(-libm::log1p(-share) / k);
            ((self.alpha + history.age) * ratio).min(FOREVER)
        };
        Next {
            never: 0.0,
            times: shares.map(wait),
        }
    }
}

/// Cells of the integral over the chance of not yet having bought.
const CELLS: u32 = 32;

impl ParetoNbd {
    /// The next purchase, and the times not exceeded with the chances `shares`, which ascend.
    ///
    /// The time if nobody left has the chance y of being exceeded at (α + T) (y^(−1/k) − 1); the
    /// chance to buy by then is the integral of that of still being there over y from 1 down. It
    /// is taken over √y, where it has no cusp at 0.
    pub fn next(&self, history: &History, shares: [f64; 3]) -> Next {
        self.next_if_alive(history, shares).of(self.alive(history))
    }

    /// The same of one who is still with the shop at the end of the history.
    pub(super) fn next_if_alive(&self, history: &History, shares: [f64; 3]) -> Next {
        let k = self.r + f64::from(history.x);
        let (alpha, beta) = (self.alpha + history.age, self.beta + history.age);
        let wait = |root: f64| alpha * libm::expm1(-2.0 * libm::log(root) / k);
        let cell = 1.0 / f64::from(CELLS);
        let mut buys = [0.0; CELLS as usize];
        let mut all = 0.0;
        for (number, buys) in (0u32..).zip(&mut buys) {
            let root = 1.0 - (f64::from(number) + 0.5) * cell;
            let there = libm::exp(-self.s * libm::log1p(wait(root) / beta));
            all += 2.0 * root * cell * there;
            *buys = all;
        }
        let time = |share: f64| {
            let wanted = share * all;
            let (mut root, mut before) = (1.0, 0.0);
            for buys in buys {
                if buys >= wanted {
                    let part = (wanted - before) / (buys - before).max(f64::MIN_POSITIVE);
                    root -= cell * part;
                    break;
                }
                (root, before) = (root - cell, buys);
            }
            wait(root.max(1e-9)).min(FOREVER)
        };
        Next {
            never: 1.0 - all.min(1.0),
            times: shares.map(time),
        }
    }
}
