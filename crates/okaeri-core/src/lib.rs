//! The function: facts, settings and `as_of` in; answers out.
//!
//! Reading order: [`keys`] and [`zone`] are the ground; the [`ledger`] holds one shop's facts;
//! [`identity`] resolves contacts to people; the [`book`] is the ledger sorted by person and
//! time on a given day, which knows the [`gifts`] among them; [`analysis`] reads the book, one file a question; [`forecast`] has the
//! models of who comes back; [`survival`] has the days to the next order, [`baskets`] what is
//! bought together, and [`interval`] says how far a share can be trusted; a [`report`] counts
//! the book by key, and every count opens the customers behind it; [`rules`] put customers into
//! groups by thresholds; a [`segment`] is a text that says which customers are meant;
//! [`subscription`] has the contracts (定期) as they stood on a day.
//!
//! No clock, no file, no network, no environment, no randomness; no format, no language.

pub mod analysis;
pub mod baskets;
pub mod book;
pub mod forecast;
pub mod gifts;
pub mod identity;
pub mod interval;
pub mod keys;
pub mod ledger;
pub mod list;
pub mod order;
pub mod people;
pub mod report;
pub mod rules;
pub mod segment;
pub mod subscription;
pub mod survival;
pub mod zone;
