//! Where the search for the maximum of a likelihood has ended, and what it says of a model.

/// A function to maximise: its value and its gradient.
pub type Point<const N: usize> = (f64, [f64; N]);

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// At a maximum: the gradient is nothing, the Hessian negative definite.
    Converged,
    /// On a ridge: the likelihood no longer grows, but some direction is flat or runs out of
    /// bounds. The model says which [`Limit`] it is.
    Flat,
    /// The steps ran out first. The parameters are the best found.
    Unfinished,
}

/// What a model tends to where data have no maximum inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Nobody came again: the rate of purchase is nothing.
    NoRepeat,
    /// Nobody leaves: the chance of leaving is nothing, the purchases are as in the NBD model.
    NoDropout,
    /// All leave alike: the chance of leaving has the same value for everybody.
    SameDropout,
    /// Some leave at the first chance and the others never.
    SplitDropout,
    /// All buy alike: the rate of purchase has the same value for everybody.
    SameRate,
    /// Some buy at every chance and the others never.
    SplitRate,
    /// All spend alike: the mean amount has the same value for everybody.
    SameSpend,
    /// Each spends alike at every purchase: amounts differ between customers only.
    OwnSpend,
    /// A direction is flat, and it is none of the above.
    Undetermined,
}

/// A point by the logarithms `at` of parameters, of `point`, which takes the parameters.
pub(super) fn by_logarithms<const N: usize>(
    at: &[f64; N],
    point: impl FnOnce([f64; N]) -> Point<N>,
) -> Point<N> {
    let parameters = at.map(libm::exp);
    let (value, slopes) = point(parameters);
    (value, std::array::from_fn(|i| slopes[i] * parameters[i]))
}

/// From how large a parameter on a model is named by its limit; on a ridge (`flat`) sooner.
pub(super) fn far(flat: bool) -> f64 {
    if flat { 300.0 } else { 8000.0 }
}

/// Where the chance of leaving, Beta(a, b), has gone to: all alike if a and b are large, split if
/// both are nearly nothing; `None` in between.
pub(super) fn limit_of_leaving(a: f64, b: f64, flat: bool) -> Option<Limit> {
    let (far, mean) = (far(flat), a / (a + b));
    if mean < 1e-7 || (flat && mean < 1e-5) {
        Some(Limit::NoDropout)
    } else if a + b > far {
        Some(Limit::SameDropout)
    } else if a + b < 1.0 / far {
        Some(Limit::SplitDropout)
    } else {
        (flat && mean < 1.0 / far).then_some(Limit::NoDropout)
    }
}

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit<M, const N: usize> {
    /// The model with its parameters.
    pub model: M,
    /// The logarithm of the likelihood of all the data at these parameters.
    pub log_likelihood: f64,
    /// The standard errors of the parameters, in their order and units; `None` on a ridge.
    pub standard_errors: Option<[f64; N]>,
    /// The covariance of the logarithms of the parameters: what to draw parameters from when a
    /// forecast is to have an interval.
    pub log_covariance: Option<[[f64; N]; N]>,
    /// How the search ended.
    pub outcome: Outcome,
    /// What the model tends to, if there is no maximum inside.
    pub limit: Option<Limit>,
    /// How often the likelihood was evaluated.
    pub evaluations: u32,
}

impl<M, const N: usize> Fit<M, N> {
    /// The same of a model by another name.
    pub fn map<T>(self, name: impl FnOnce(M) -> T) -> Fit<T, N> {
        Fit {
            model: name(self.model),
            log_likelihood: self.log_likelihood,
            standard_errors: self.standard_errors,
            log_covariance: self.log_covariance,
            outcome: self.outcome,
            limit: self.limit,
            evaluations: self.evaluations,
        }
    }
}

/// Where a search ended: logarithms of parameters, and what was found there.
#[derive(Clone, Copy, Debug)]
pub struct Optimum<const N: usize> {
    /// The logarithms of the parameters.
    pub at: [f64; N],
    /// The value there.
    pub value: f64,
    /// The inverse of the negative Hessian, if it is positive definite.
    pub covariance: Option<[[f64; N]; N]>,
    /// How it ended.
    pub outcome: Outcome,
    /// How often the function was evaluated.
    pub evaluations: u32,
}

impl<const N: usize> Optimum<N> {
    /// The parameters themselves.
    pub fn parameters(&self) -> [f64; N] {
        self.at.map(libm::exp)
    }

    /// The fit of `model`, which has these parameters and tends to `limit`.
    pub fn fit<M>(&self, model: M, limit: Option<Limit>) -> Fit<M, N> {
        let flat = self.outcome == Outcome::Flat;
        let limit = limit.or(flat.then_some(Limit::Undetermined));
        let covariance = self.covariance.filter(|_| limit.is_none());
        let parameters = self.parameters();
        Fit {
            model,
            log_likelihood: self.value,
            standard_errors: covariance
                .map(|covariance| std::array::from_fn(|i| parameters[i] * covariance[i][i].sqrt())),
            log_covariance: covariance,
            outcome: if limit.is_some() {
                Outcome::Flat
            } else {
                self.outcome
            },
            limit,
            evaluations: self.evaluations,
        }
    }
}
