//! BG/BB behind the face of the models by days: a history whose times are numbers of occasions.
//!
//! Who is still with the shop is so at the next occasion, as the published tables have it.

use super::bg_bb::{BgBb, Occasions};
use super::counts::Counts;
use super::histories::{Histories, History};
use super::lifetimes::residual;
use super::next::{FOREVER, Next};
use super::optimum::Fit;
use super::periods::MOST_PERIODS;

/// Occasions that the next purchase is looked for in.
const FARTHEST: u32 = 2_000;
/// What is left of the chance of a purchase when the search for it ends.
const LITTLE: f64 = 1e-12;

/// A time as a number of occasions.
fn occasions(time: f64) -> u32 {
    (time + 1e-9).clamp(0.0, MOST_PERIODS as f64) as u32
}

fn row(history: &History) -> Occasions {
    Occasions {
        x: history.x,
        recency: occasions(history.recency),
        n: occasions(history.age),
        customers: history.customers,
    }
}

/// A customer who is with the shop at the next occasion: the chance of a purchase has the
/// parameters a and b, and `n` occasions are over.
struct Here<'a> {
    model: &'a BgBb,
    a: f64,
    b: f64,
    n: f64,
}

impl Here<'_> {
    /// The chance of being with the shop at the occasion after `ahead` more, given that it is so
    /// at the one before; from 1.
    fn stays(&self, ahead: u32) -> f64 {
        self.model.stays(self.n + 1.0 + f64::from(ahead))
    }
}

impl BgBb {
    /// The most likely model of these histories; where nobody has had an occasion, one without a
    /// purchase.
    pub(super) fn fit_histories(data: &Histories) -> Fit<BgBb, 4> {
        let rows = data.histories().map(|history| row(&history));
        let rows: Vec<Occasions> = rows.filter(Occasions::is_possible).collect();
        BgBb::fit(&rows).unwrap_or_else(|| BgBb::without_purchases(&rows))
    }

    fn here(&self, history: &History) -> Here<'_> {
        let row = row(history);
        Here {
            model: self,
            a: self.alpha + f64::from(row.x),
            b: self.beta + f64::from(row.n.saturating_sub(row.x)),
            n: f64::from(row.n),
        }
    }

    /// The chance that a customer with this history is with the shop at the next occasion.
    pub(super) fn alive_next(&self, history: &History) -> f64 {
        self.alive(&row(history), 1)
    }

    /// The purchases expected at the occasions of `time` by one who is with the shop at the first
    /// of them, each worth e^(−`discount` · its number).
    pub(super) fn discounted_if_here(&self, history: &History, time: f64, discount: f64) -> f64 {
        let here = self.here(history);
        let factor = libm::exp(-discount);
        let (mut sum, mut term) = (0.0, 1.0);
        for ahead in 1..=occasions(time) {
            term *= factor;
            sum += term;
            term *= here.stays(ahead);
        }
        here.a / (here.a + here.b) * sum
    }

    /// The same without end, for a `discount` above 0.
    pub(super) fn residual_if_here(&self, history: &History, discount: f64) -> f64 {
        let here = self.here(history);
        let later = residual(here.n as u32 + 1, libm::expm1(discount), false, |t| {
            self.stays(t)
        });
        here.a / (here.a + here.b) * libm::exp(-discount) * (1.0 + later.unwrap_or(0.0))
    }

    /// Puts into `counts` how many purchases come at the occasions of `time`, of one who is with
    /// the shop at the first of them with the chance `alive`: an urn that grows with each.
    pub(super) fn counts_if_here(
        &self,
        alive: f64,
        history: &History,
        time: f64,
        counts: &mut Counts,
    ) {
        let here = self.here(history);
        let ahead = occasions(time);
        // By number of purchases: those still here, and those who have left.
        let mut stay = vec![alive];
        let mut gone = vec![0.0; ahead as usize + 1];
        for done in 0..ahead {
            if done > 0 {
                let stays = here.stays(done);
                for (stay, gone) in stay.iter_mut().zip(&mut gone) {
                    *gone += *stay * (1.0 - stays);
                    *stay *= stays;
                }
            }
            let all = here.a + here.b + f64::from(done);
            let mut bought = 0.0;
            for (m, stay) in (0u32..).zip(&mut stay) {
                let buys = *stay * (here.a + f64::from(m)) / all;
                *stay += bought - buys;
                bought = buys;
            }
            stay.push(bought);
        }
        for (stay, gone) in stay.iter().zip(&mut gone) {
            *gone += stay;
        }
        counts.set(&gone);
    }

    /// The next purchase of one who is with the shop at the next occasion, and the numbers of
    /// occasions not exceeded with the chances `shares`, which ascend.
    pub(super) fn next_if_here(&self, history: &History, shares: [f64; 3]) -> Next {
        let here = self.here(history);
        let (mut stay, mut first) = (1.0, here.a / (here.a + here.b));
        let mut buys = Vec::new();
        let mut all = 0.0;
        for ahead in 1..=FARTHEST {
            all += stay * first;
            buys.push(all);
            let passed = f64::from(ahead);
            // The chance not to have bought at all of them, if one stays.
            let open = first * (here.b + passed - 1.0) / here.a;
            stay *= here.stays(ahead);
            if stay * open.min(1.0) <= LITTLE * all {
                break;
            }
            first *= (here.b + passed - 1.0) / (here.a + here.b + passed);
        }
        let time = |share: f64| {
            let place = buys.partition_point(|by_then| *by_then < share * all);
            (place as f64 + 1.0).min(FOREVER)
        };
        Next {
            never: 1.0 - all.min(1.0),
            times: shares.map(time),
        }
    }
}
