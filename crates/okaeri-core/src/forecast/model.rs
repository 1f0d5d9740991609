//! The models of purchase and dropout behind one name.

use super::bg_bb::BgBb;
use super::bg_nbd::{BgNbd, Leaving};
use super::counts::Counts;
use super::histories::{Histories, History};
use super::next::Next;
use super::nodes::{NODES_10, NODES_20};
use super::optimum::Fit;
use super::pareto_nbd::ParetoNbd;

/// Which model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// BG/NBD: one leaves after repeat purchases only.
    BgNbd,
    /// MBG/NBD: one may leave after the first purchase too.
    MbgNbd,
    /// Pareto/NBD: one leaves at any time.
    ParetoNbd,
    /// BG/BB: one buys or not at each occasion, and may leave before it. For histories whose times
    /// are numbers of occasions.
    BgBb,
}

impl Kind {
    /// Those that purchases by days are compared with.
    pub const ALL: [Kind; 3] = [Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd];
    /// Those for purchases by periods.
    pub const BY_PERIODS: [Kind; 4] = [Kind::BgBb, Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd];
}

/// A model with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// BG/NBD or MBG/NBD.
    BgNbd(BgNbd),
    /// Pareto/NBD.
    ParetoNbd(ParetoNbd),
    /// BG/BB.
    BgBb(BgBb),
}

impl Model {
    /// The most likely model of this kind.
    pub fn fit(kind: Kind, data: &Histories) -> Fit<Model, 4> {
        match kind {
            Kind::BgNbd => BgNbd::fit(data, Leaving::AfterRepeats).map(Model::BgNbd),
            Kind::MbgNbd => BgNbd::fit(data, Leaving::AfterAll).map(Model::BgNbd),
            Kind::ParetoNbd => ParetoNbd::fit(data).map(Model::ParetoNbd),
            Kind::BgBb => BgBb::fit_histories(data).map(Model::BgBb),
        }
    }

    /// Which it is.
    pub fn kind(&self) -> Kind {
        match self {
            Model::BgNbd(BgNbd { leaving, .. }) => match leaving {
                Leaving::AfterRepeats => Kind::BgNbd,
                Leaving::AfterAll => Kind::MbgNbd,
            },
            Model::ParetoNbd(_) => Kind::ParetoNbd,
            Model::BgBb(_) => Kind::BgBb,
        }
    }

    /// r, α, and a, b or s, β; of BG/BB α, β, γ, δ.
    pub fn parameters(&self) -> [f64; 4] {
        match self {
            Model::BgNbd(BgNbd { r, alpha, a, b, .. }) => [*r, *alpha, *a, *b],
            Model::ParetoNbd(ParetoNbd { r, alpha, s, beta }) => [*r, *alpha, *s, *beta],
            Model::BgBb(model) => [model.alpha, model.beta, model.gamma, model.delta],
        }
    }

    /// The model of this kind with these parameters, as [`Model::parameters`] tells them.
    pub(super) fn of(kind: Kind, parameters: [f64; 4]) -> Self {
        let bg_nbd = |leaving| Model::BgNbd(BgNbd::of(parameters, leaving));
        match kind {
            Kind::BgNbd => bg_nbd(Leaving::AfterRepeats),
            Kind::MbgNbd => bg_nbd(Leaving::AfterAll),
            Kind::ParetoNbd => Model::ParetoNbd(ParetoNbd::of(parameters)),
            Kind::BgBb => Model::BgBb(BgBb::of(parameters)),
        }
    }

    /// The same kind with other parameters.
    pub(super) fn with(&self, parameters: [f64; 4]) -> Self {
        Model::of(self.kind(), parameters)
    }

    /// The chance that a customer with this history is still with the shop.
    pub fn alive(&self, history: &History) -> f64 {
        match self {
            Model::BgNbd(model) => model.alive(history),
            Model::ParetoNbd(model) => model.alive(history),
            Model::BgBb(model) => model.alive_next(history),
        }
    }

    /// The purchases expected within `time` from the end of the history.
    pub fn purchases(&self, history: &History, time: f64) -> f64 {
        self.alive(history) * self.purchases_if_alive(history, time)
    }

    /// The same of one who is still with the shop at the end of the history: this depends on the
    /// repeats and the age alone.
    pub(super) fn purchases_if_alive(&self, history: &History, time: f64) -> f64 {
        match self {
            Model::BgNbd(model) => model.purchases_if_alive(history, time),
            Model::ParetoNbd(model) => model.purchases_if_alive(history, time),
            Model::BgBb(model) => model.discounted_if_here(history, time, 0.0),
        }
    }

    /// The repeat purchases expected of a new customer within `time`.
    pub fn purchases_of_new(&self, time: f64) -> f64 {
        let new = History {
            x: 0,
            recency: 0.0,
            age: 0.0,
            customers: 1.0,
        };
        self.purchases(&new, time)
    }

    /// All later purchases, discounted: DERT. `None` unless `discount`, which is per unit of time,
    /// is above 0.
    pub fn discounted_purchases(&self, history: &History, discount: f64) -> Option<f64> {
        (discount > 0.0 && discount.is_finite())
            .then(|| self.alive(history) * self.residual_if_alive(history, discount))
    }

    /// The same of one who is still with the shop at the end of the history, for a `discount`
    /// above 0; it depends on the repeats and the age alone.
    pub(super) fn residual_if_alive(&self, history: &History, discount: f64) -> f64 {
        match self {
            Model::BgNbd(model) => model.residual_if_alive(history, discount),
            Model::ParetoNbd(model) => model.residual_if_alive(history, discount),
            Model::BgBb(model) => model.residual_if_here(history, discount),
        }
    }

    /// The purchases expected within `time`, each worth e^(−`discount` · its time from the end of
    /// the history); `discount` ≥ 0 is per unit of time: see [`rate_per_day`].
    pub fn discounted_within(&self, history: &History, time: f64, discount: f64) -> f64 {
        self.alive(history) * self.discounted_if_alive(history, time, discount)
    }

    /// The same of one who is still with the shop at the end of the history.
    ///
    /// By parts, e^(−dt) E(t) + d ∫ e^(−du) E(u) du, since it is the expectation E that is known
    /// without poles.
    pub(super) fn discounted_if_alive(&self, history: &History, time: f64, discount: f64) -> f64 {
        if let Model::BgBb(model) = self {
            return model.discounted_if_here(history, time, discount);
        }
        let purchases = |time: f64| self.purchases_if_alive(history, time);
        let end = libm::exp(-discount * time) * purchases(time);
        let scale = self.parameters()[1] + history.age;
        let width = libm::log1p(time / scale);
        let nodes: &[(f64, f64)] = if width < 1.5 { &NODES_10 } else { &NODES_20 };
        let sum: f64 = (nodes.iter())
            .map(|(node, weight)| {
                let grown = libm::expm1(width * node);
                let at = scale * grown;
                let worth = libm::exp(-discount * at) * (1.0 + grown);
                weight * worth * purchases(at)
            })
            .sum();
        end + discount * scale * width * sum
    }

    /// Puts into `counts` how many purchases come within `time` from the end of the history,
    /// followed until the chance of more is at most `tail`, or further.
    pub fn counts(&self, history: &History, time: f64, tail: f64, counts: &mut Counts) {
        match self {
            Model::BgNbd(model) => model.counts(history, time, counts),
            Model::ParetoNbd(model) => model.counts(history, time, tail, counts),
            Model::BgBb(model) => {
                model.counts_if_here(model.alive_next(history), history, time, counts);
            }
        }
    }

    /// The same of one who is still with the shop at the end of the history.
    pub(super) fn counts_if_alive(&self, history: &History, time: f64, tail: f64, to: &mut Counts) {
        match self {
            Model::BgNbd(model) => model.counts_of(1.0, history, time, to),
            Model::ParetoNbd(model) => model.counts_of(1.0, history, time, tail, to),
            Model::BgBb(model) => model.counts_if_here(1.0, history, time, to),
        }
    }

    /// The next purchase of one who is still with the shop at the end of the history.
    pub(super) fn next_if_alive(&self, history: &History, shares: [f64; 3]) -> Next {
        match self {
            Model::BgNbd(model) => model.next_if_alive(history, shares),
            Model::ParetoNbd(model) => model.next_if_alive(history, shares),
            Model::BgBb(model) => model.next_if_here(history, shares),
        }
    }

    /// The next purchase, and the times not exceeded with the chances `shares`, which ascend.
    pub fn next(&self, history: &History, shares: [f64; 3]) -> Next {
        self.next_if_alive(history, shares).of(self.alive(history))
    }
}

/// The continuous rate per day of `yearly` interest: 0.15 of 15 % a year (a year has 365.25 days).
pub fn rate_per_day(yearly: f64) -> f64 {
    libm::log1p(yearly) / 365.25
}
