//! The models against published tables, and the functions below them against high precision.
//!
//! Digits that papers do not print were computed from the published likelihoods by independent
//! programs; where a published figure is rounded, its rounding is what is compared.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

mod any;
mod bg_bb;
mod bg_nbd;
mod counts;
mod covariates;
mod data;
mod dice;
mod frequent;
mod gamma_gamma;
mod holdout;
mod pareto_nbd;
mod parts;
mod periods;
mod public;
mod purchases;
mod retention;
mod shards;
mod shop;
mod special;
mod synthetic;

/// `actual` within `tolerance` of `expected`, relative to it.
#[track_caller]
fn near(actual: f64, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(f64::MIN_POSITIVE);
    assert!(
        (actual - expected).abs() <= tolerance * scale,
        "{actual} is not {expected}"
    );
}

/// `actual` within `tolerance` of `expected`.
#[track_caller]
fn close(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not {expected}"
    );
}

/// All of `actual` within `tolerance` of `expected`, relative to each.
#[track_caller]
fn all_near(actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(expected) {
        near(*actual, *expected, tolerance);
    }
}
