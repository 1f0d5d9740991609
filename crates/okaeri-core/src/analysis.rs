//! The analyses: partial → merge → finish over people.
//!
//! One pass over the book fills [`pass::Totals`]: for each analysis the sums of a small table, and
//! for the analyses that rank people, one row a person. Partials of shards ([`partial`]) merge by
//! adding; [`tables`] finishes them.

pub mod cohort;
pub mod cpm;
pub mod customer;
pub mod customers;
pub mod decile;
pub mod f2;
pub mod flow;
pub mod ltv_rank;
pub mod months;
pub mod pairs;
pub mod partial;
pub mod pass;
pub mod people;
pub mod products;
pub mod rankings;
pub mod ranks;
pub mod rfm;
pub mod select;
pub mod sums;
pub mod tables;
pub mod typical;
pub mod wire;
pub mod withdrawn;
