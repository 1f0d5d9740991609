//! How likely each number of purchases is within a horizon, given a history.
//!
//! Both families are NBD counts that leaving cuts short. In the BG/NBD family the count exceeds n
//! if the customer stays n times and an NBD count without leaving exceeds n, and the two are
//! independent: a recursion. In Pareto/NBD it is a mixture of NBD counts over the time of leaving
//! (Fader, Hardie & Lee 2005; the mixture is taken at Gauss and Legendre's nodes).

use super::bg_nbd::BgNbd;
use super::histories::History;
use super::nodes::{NODES_10, NODES_20};
use super::pareto_nbd::ParetoNbd;

/// No count is followed further.
const LONGEST: usize = 20_000;
/// Where the recursion of the BG/NBD family ends.
const LITTLE: f64 = 1e-11;

/// The chance of what is taken with the last of the groups.
const LAST: f64 = 1e-4;

/// The distribution of a count.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The chances of more than 0, 1, 2 …, as far as they were asked for.
    more: Vec<f64>,
    mean: f64,
    variance: f64,
}

impl Counts {
    /// The expected count.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance of the count.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// As [`quantile`](Self::quantile), where all this happens with the chance `alive` only, and
    /// else nothing.
    pub(super) fn quantile_of(&self, alive: f64, share: f64) -> u32 {
        let beyond = 1.0 - share;
        self.more.partition_point(|more| alive * more > beyond) as u32
    }

    /// The variance of the count in that case.
    pub(super) fn variance_of(&self, alive: f64) -> f64 {
        let mean = alive * self.mean;
        let square = alive * (self.variance + self.mean * self.mean);
        (square - mean * mean).max(0.0)
    }

    /// The chance of exactly `n`; 0 beyond where the distribution was followed.
    pub fn chance(&self, n: u32) -> f64 {
        let n = n as usize;
        let more = |n: usize| self.more.get(n).copied().unwrap_or(0.0);
        let at_least = if n == 0 { 1.0 } else { more(n - 1) };
        (at_least - more(n)).max(0.0)
    }

    /// The smallest count that is not exceeded with at least the chance `share`.
    pub fn quantile(&self, share: f64) -> u32 {
        let beyond = 1.0 - share;
        let place = self.more.iter().position(|more| *more <= beyond);
        place.unwrap_or(self.more.len()) as u32
    }

    /// Numbers with their chances, without 0: one by one at first, then by groups with the mean of
    /// each, the last of them with all that is beyond.
    pub(super) fn groups(&self) -> impl Iterator<Item = (f64, f64)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at_least = *self.more.get(from)?;
            let to = from + 1 + from / 12;
            let rest = self.more.get(to).copied().unwrap_or(0.0);
            // What is left is too little to be told apart.
            let rest = if rest < LAST { 0.0 } else { rest };
            let middle = (from + 1 + to) as f64 / 2.0;
            from = if rest > 0.0 { to } else { usize::MAX };
            Some((middle, at_least - rest))
        })
    }

    /// Of these chances of 0, 1, 2 …
    pub(super) fn set(&mut self, chances: &[f64]) {
        self.clear();
        let (mut more, mut square) = (0.0, 0.0);
        for (n, chance) in chances.iter().enumerate().skip(1).rev() {
            more += chance;
            self.more.push(more);
            self.mean += more;
            square += (2.0 * n as f64 - 1.0) * more;
        }
        self.more.reverse();
        self.variance = (square - self.mean * self.mean).max(0.0);
    }

    fn clear(&mut self) {
        self.more.clear();
        (self.mean, self.variance) = (0.0, 0.0);
    }
}

/// An NBD count of shape k within a time: the chance of each number, and of more.
struct Nbd {
    k: f64,
    part: f64,
    n: f64,
    /// ln of the chance of n, while it is too little for a float.
    log: f64,
    exactly: f64,
    more: f64,
}

impl Nbd {
    /// At n = 0, with `ratio` the time in units of the scale.
    fn new(k: f64, ratio: f64) -> Self {
        let log = -k * libm::log1p(ratio);
        Nbd {
            k,
            part: ratio / (1.0 + ratio),
            n: 0.0,
            log,
            exactly: libm::exp(log),
            more: -libm::expm1(log),
        }
    }

    /// Goes on to n + 1.
    fn next(&mut self) {
        let factor = (self.k + self.n) / (self.n + 1.0) * self.part;
        self.n += 1.0;
        if self.log < -650.0 {
            self.log += libm::log(factor);
            self.exactly = libm::exp(self.log);
        } else {
            self.exactly *= factor;
        }
        self.more = (self.more - self.exactly).max(0.0);
    }
}

impl BgNbd {
    /// Puts into `counts` how many purchases a customer with this history makes within `time`
    /// from its end.
    pub fn counts(&self, history: &History, time: f64, counts: &mut Counts) {
        self.counts_of(self.alive(history), history, time, counts);
    }

    /// The same of one who is with the shop at the end of the history with the chance `alive`.
    pub(super) fn counts_of(&self, alive: f64, history: &History, time: f64, counts: &mut Counts) {
        counts.clear();
        let k = self.r + f64::from(history.x);
        let b = self.b + self.occasions(history.x);
        let mut without = Nbd::new(k, time / (self.alpha + history.age));
        let mut stays = alive;
        let (mut mean, mut square) = (0.0, 0.0);
        for n in 0..LONGEST {
            let more = stays * without.more;
            counts.more.push(more);
            let n = n as f64;
            mean += more;
            square += (2.0 * n + 1.0) * more;
            if more <= LITTLE {
                break;
            }
            stays *= (b + n) / (self.a + b + n);
            without.next();
        }
        (counts.mean, counts.variance) = (mean, (square - mean * mean).max(0.0));
    }
}

impl ParetoNbd {
    /// Puts into `counts` how many purchases a customer with this history makes within `time`
    /// from its end, followed until the chance of more is at most `tail`.
    pub fn counts(&self, history: &History, time: f64, tail: f64, counts: &mut Counts) {
        self.counts_of(self.alive(history), history, time, tail, counts);
    }

    /// The same of one who is with the shop at the end of the history with the chance `alive`.
    pub(super) fn counts_of(
        &self,
        alive: f64,
        history: &History,
        time: f64,
        tail: f64,
        counts: &mut Counts,
    ) {
        counts.clear();
        let k = self.r + f64::from(history.x);
        let (alpha, beta) = (self.alpha + history.age, self.beta + history.age);
        let whole = libm::log1p(time / beta);
        let width = whole.min(38.0 / self.s);
        let plain = self.s * width < 3.0 && k * time < 5.0 * alpha;
        let nodes: &[(f64, f64)] = if plain { &NODES_10 } else { &NODES_20 };
        let (mut first, mut second) = (0.0, 0.0);
        let mut parts = Vec::with_capacity(nodes.len() + 1);
        let mut part = |chance: f64, time: f64| {
            let ratio = time / alpha;
            first += chance * ratio;
            second += chance * ratio * ratio;
            parts.push((chance, Nbd::new(k, ratio)));
        };
        // Who leaves within the time, by when, and who does not.
        for (node, weight) in nodes {
            let w = width * node;
            let chance = alive * self.s * width * weight * libm::exp(-self.s * w);
            part(chance, beta * libm::expm1(w));
        }
        part(alive * libm::exp(-self.s * whole), time);
        for _ in 0..LONGEST {
            let more: f64 = parts.iter().map(|(chance, nbd)| chance * nbd.more).sum();
            counts.more.push(more);
            if more <= tail {
                break;
            }
            for (_, nbd) in &mut parts {
                nbd.next();
            }
        }
        let mean = k * first;
        let square = mean + k * (k + 1.0) * second;
        (counts.mean, counts.variance) = (mean, (square - mean * mean).max(0.0));
    }
}
