//! The analyses: partial → merge → finish over people.
//!
//! One pass over the book fills a [`partial::Partial`]: for each analysis the sums of a small
//! table, and for the analyses that rank people, one row a person. Partials of shards merge by
//! adding; [`tables`] finishes them.

pub mod sums;
pub mod select;
pub mod months;
pub mod cohort;
pub mod f2;
pub mod flow;
pub mod pairs;
pub mod products;
pub mod people;
pub mod pass;
pub mod partial;
pub mod wire;
pub mod rfm;
pub mod decile;
pub mod tables;
pub mod customers;
pub mod customer;
