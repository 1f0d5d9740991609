//! The function: facts, settings and `as_of` in; answers out.
//!
//! No clock, no file, no network, no environment, no randomness; no format, no language.

pub mod ledger;
