//! Forecasts: how often people come back, for how long, and what they are worth.
//!
//! One file a model. Each model is a struct of its parameters; `fit` finds them by maximum
//! likelihood, and its other methods are the quantities that follow from them. Data come in
//! compressed: equal rows once, with their number, so that a fit costs what its distinct rows
//! cost. [`special`] has the functions that the models share and [`optimum`] the way to the top.
//!
//! | asked | models |
//! |---|---|
//! | who buys again, and how often | [`bg_nbd`], [`pareto_nbd`]; at fixed occasions, by [`periods`], [`bg_bb`] |
//! | what a purchase is worth | [`gamma_gamma`] |
//! | how likely each number of purchases is, and when the next comes | [`counts`], [`next`] |
//! | how sure a worth or a sum is | [`worth`] |
//! | which model to believe, and with seasons or without | [`holdout`], [`season`] |
//! | everything about a shop at once | [`shop`], on [`purchases`] |
//! | how long a contract lasts | [`sbg`], [`bdw`] |
//! | how likely something is within a period, by signs | [`logistic`] |
//!
//! A fit never gives NaN. Where data have no maximum inside, a [`Limit`](optimum::Limit) names
//! what the model tends to, and the parameters are those of a model near it.
//!
//! Times are in any one unit, the same for all rows of a fit; rates and forecasts are then in
//! that unit too.

mod at_occasions;
pub mod bdw;
pub mod bg_bb;
pub mod bg_nbd;
pub mod counts;
pub mod covariates;
pub mod gamma_gamma;
pub mod histories;
pub mod holdout;
pub mod lifetimes;
pub mod logistic;
mod matrix;
pub mod model;
pub mod next;
mod nodes;
pub mod optimum;
pub mod pareto_nbd;
pub mod periods;
pub mod purchases;
pub mod sbg;
mod search;
pub mod season;
pub mod shop;
mod smooth;
pub mod special;
pub mod worth;

#[cfg(test)]
mod tests;
