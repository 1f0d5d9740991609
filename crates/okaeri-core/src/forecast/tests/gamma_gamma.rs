//! Gamma-Gamma on the CDNOW sample (Fader, Hardie & Lee 2005, Journal of Marketing Research
//! 42(4); published p 6.25, q 3.74, γ 15.44).

use super::data::rows;
use super::{all_near, close, near};
use crate::forecast::gamma_gamma::{GammaGamma, Spend, Spends};
use crate::forecast::optimum::{Limit, Outcome};

fn spends(unit: f64) -> Spends {
    let rows = rows().into_iter().map(|row| Spend {
        x: row.history.x,
        mean: row.mean * unit,
        customers: row.history.customers,
    });
    Spends::new(rows.collect())
}

#[test]
fn the_sample() {
    let data = spends(1.0);
    assert_eq!(data.customers(), 946.0);
    let fit = GammaGamma::fit(&data).unwrap();
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    let GammaGamma { p, q, gamma } = fit.model;
    all_near(
        &[p, q, gamma],
        &[6.2488024897, 3.7445884533, 15.4477480095],
        1e-8,
    );
    close(fit.log_likelihood, -4055.9232435028616, 1e-8);
    let errors = [1.1896870377, 0.2901656151, 4.1599938783];
    all_near(&fit.standard_errors.unwrap(), &errors, 1e-5);
    near(fit.model.mean().unwrap(), 35.171002088240996, 1e-9);
    for (x, mean, amount) in [
        (0, 0.0, 35.171002088240996),
        (1, 20.0, 24.629861797411994),
        (1, 50.0, 45.474510482153946),
        (2, 40.0, 39.13046557452036),
        (7, 35.0, 35.010096120945484),
    ] {
        near(fit.model.amount(x, mean).unwrap(), amount, 1e-9);
    }
}

#[test]
fn published_parameters() {
    let model = GammaGamma {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };
    close(
        model.log_likelihood(&spends(1.0)),
        -4055.9247127301696,
        1e-8,
    );
}

#[test]
fn the_unit_of_money_changes_nothing() {
    let dollars = GammaGamma::fit(&spends(1.0)).unwrap();
    for unit in [100.0, 1e6, 1e-3] {
        let fit = GammaGamma::fit(&spends(unit)).unwrap();
        let GammaGamma { p, q, gamma } = fit.model;
        let base = dollars.model;
        all_near(&[p, q, gamma / unit], &[base.p, base.q, base.gamma], 1e-8);
        let shift = 946.0 * libm::log(unit);
        close(fit.log_likelihood + shift, dollars.log_likelihood, 1e-7);
    }
}

#[test]
fn where_the_mean_is_infinite_none_is_given() {
    let model = GammaGamma {
        p: 0.4,
        q: 0.5,
        gamma: 10.0,
    };
    assert_eq!(model.mean(), None);
    assert_eq!(model.amount(1, 20.0), None);
    near(model.amount(2, 20.0).unwrap(), 0.4 * 50.0 / 0.3, 1e-12);
}

#[test]
fn data_without_a_maximum_name_the_limit() {
    let fit = |rows: &[(u32, f64, f64)]| {
        let rows = rows.iter().map(|(x, mean, customers)| Spend {
            x: *x,
            mean: *mean,
            customers: *customers,
        });
        GammaGamma::fit(&Spends::new(rows.collect()))
    };
    assert!(fit(&[]).is_none());
    assert!(
        fit(&[
            (0, 0.0, 5.0),
            (2, 0.0, 5.0),
            (2, -3.0, 5.0),
            (1, f64::NAN, 1.0)
        ])
        .is_none()
    );
    let same = fit(&[(1, 1000.0, 5.0), (4, 1000.0, 2.0)]).unwrap();
    assert_eq!(
        (same.limit, same.standard_errors),
        (Some(Limit::SameSpend), None)
    );
    near(same.model.amount(3, 1000.0).unwrap(), 1000.0, 1e-5);
    assert!(same.log_likelihood.is_finite());
    // As much between a customer's purchases as between customers: nothing is left for the latter.
    let alike = fit(&[(1, 500.0, 50.0), (1, 1500.0, 50.0), (100, 1000.0, 100.0)]).unwrap();
    assert_eq!(alike.limit, Some(Limit::SameSpend));
    near(alike.model.amount(3, 1000.0).unwrap(), 1000.0, 0.02);
}
