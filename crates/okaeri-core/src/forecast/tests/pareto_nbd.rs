//! Pareto/NBD on the CDNOW sample (Fader, Hardie & Lee 2005, Marketing Science 24(2), tables 2
//! and 3; published r .553, α 10.578, s .606, β 11.669, ln of the likelihood −9595.0).

use super::data::{history, rows, sample, sample_in};
use super::{all_near, close, near};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::{Limit, Outcome};
use crate::forecast::pareto_nbd::ParetoNbd;

#[test]
fn the_sample() {
    let fit = ParetoNbd::fit(&sample());
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    let ParetoNbd { r, alpha, s, beta } = fit.model;
    all_near(
        &[r, alpha, s, beta],
        &[0.5532755087, 10.5776122387, 0.6062135687, 11.6679112379],
        1e-8,
    );
    close(fit.log_likelihood, -9594.973929826861, 1e-8);
    let errors = [0.0476287544, 0.8427239235, 0.1872795695, 6.2110293199];
    all_near(&fit.standard_errors.unwrap(), &errors, 1e-5);
}

#[test]
fn published_parameters() {
    let model = ParetoNbd {
        r: 0.553,
        alpha: 10.578,
        s: 0.606,
        beta: 11.669,
    };
    close(model.log_likelihood(&sample()), -9594.974010040974, 1e-8);
}

#[test]
fn single_customers() {
    let model = ParetoNbd::fit(&sample()).model;
    let weekly = libm::log(1.15) / 52.0;
    for ((x, recency, age), alive, of_39, of_52, discounted) in [
        (
            (2, 30.43, 38.86),
            0.8691187181690018,
            1.4551129550139075,
            1.850783488112744,
            6.500198711438594,
        ),
        (
            (0, 0.0, 38.86),
            0.29509715838958345,
            0.10705979269675621,
            0.13617121329390955,
            0.47825148153373886,
        ),
        (
            (7, 35.0, 38.86),
            0.9360572350967074,
            4.6361518793338305,
            5.8968022496727155,
            20.710356792742157,
        ),
        (
            (26, 30.86, 31.0),
            0.9979179433335105,
            20.115867181383525,
            25.456546951946976,
            86.26420814670027,
        ),
    ] {
        let who = history(x, recency, age);
        near(model.alive(&who), alive, 1e-8);
        near(model.alive_after(&who, 0.0), alive, 1e-8);
        near(model.purchases(&who, 39.0), of_39, 1e-8);
        near(model.purchases(&who, 52.0), of_52, 1e-8);
        near(
            model.discounted_purchases(&who, weekly).unwrap(),
            discounted,
            1e-8,
        );
    }
    let who = history(2, 30.43, 38.86);
    near(
        model.discounted_purchases(&who, 0.0027).unwrap(),
        6.482249371653468,
        1e-8,
    );
}

/// The two customers whom the paper of 2005 on lifetime value finds worth about the same, "about
/// 2" purchases, at its parameters of 78 weeks: 1.86 and 2.20.
#[test]
fn worth_about_the_same() {
    let model = ParetoNbd {
        r: 0.5630036643,
        alpha: 12.5591691396,
        s: 0.4081072771,
        beta: 10.5145447143,
    };
    for (x, recency, expected) in [(7, 35.0, 1.86), (1, 30.0, 2.20)] {
        let who = history(x, recency, 77.86);
        close(
            model.discounted_purchases(&who, 0.0027).unwrap(),
            expected,
            5e-3,
        );
    }
}

#[test]
fn holdout() {
    let model = ParetoNbd::fit(&sample()).model;
    let (mut people, mut forecast) = ([0.0; 8], [0.0; 8]);
    let (mut all, mut with_shop) = (0.0, 0.0);
    for row in rows() {
        let n = row.history.customers;
        let class = (row.history.x as usize).min(7);
        people[class] += n;
        forecast[class] += n * model.purchases(&row.history, 39.0);
        all += n * model.purchases_of_new(row.history.age + 39.0);
        with_shop += n * model.alive(&row.history);
    }
    let means = [
        0.1384, 0.5995, 1.1958, 1.7138, 2.3984, 2.9073, 3.8186, 6.4032,
    ];
    for ((sum, n), mean) in forecast.iter().zip(people).zip(means) {
        close(sum / n, mean, 5.1e-5);
    }
    close(forecast.iter().sum(), 1665.534, 6e-4);
    close(all, 4270.07, 6e-3);
    close(with_shop / 2357.0, 0.44628, 6e-6);
}

#[test]
fn the_unit_of_time_changes_nothing() {
    let weeks = ParetoNbd::fit(&sample());
    for unit in [7.0, 1.0 / 52.0] {
        let fit = ParetoNbd::fit(&sample_in(unit));
        let (model, base) = (fit.model, weeks.model);
        all_near(
            &[model.r, model.alpha / unit, model.s, model.beta / unit],
            &[base.r, base.alpha, base.s, base.beta],
            1e-7,
        );
        close(
            fit.log_likelihood + 2457.0 * libm::log(unit),
            weeks.log_likelihood,
            1e-6,
        );
    }
}

/// ln of the likelihood of single rows where the difference of hypergeometric functions loses
/// its digits, by quadrature with 40 digits.
#[test]
fn hard_rows() {
    for ((r, alpha, s, beta), (x, recency, age), expected) in HARD {
        let model = ParetoNbd { r, alpha, s, beta };
        let data = Histories::new(vec![history(x, recency, age)]).unwrap();
        close(model.log_likelihood(&data), expected, 1e-9);
    }
}

#[test]
fn forecasts_are_finite_and_grow() {
    let fitted = ParetoNbd::fit(&sample()).model;
    for (s, beta) in [
        (1e-9, 10.0),
        (0.6, 11.7),
        (1.0, 11.7),
        (3.0, 0.01),
        (1e6, 1e8),
    ] {
        let model = ParetoNbd { s, beta, ..fitted };
        for x in [0, 1, 10, 500, 2000] {
            let recency = if x == 0 { 0.0 } else { 38.0 };
            let (mut before, who) = (0.0, history(x, recency, 39.0));
            for weeks in [0.01, 1.0, 10.0, 52.0, 104.0, 520.0] {
                let more = model.purchases(&who, weeks);
                assert!(
                    more.is_finite() && more >= before * (1.0 - 1e-11),
                    "{model:?} {x} {weeks} {more} {before}"
                );
                before = more;
            }
            let all = model.discounted_purchases(&who, 1e-4).unwrap();
            assert!(all.is_finite() && all >= 0.0, "{model:?} {x} {all}");
        }
    }
}

#[test]
fn data_without_a_maximum_name_the_limit() {
    let fit = |rows: &[(u32, f64, f64, f64)]| {
        let rows = rows.iter().map(|(x, recency, age, customers)| History {
            x: *x,
            recency: *recency,
            age: *age,
            customers: *customers,
        });
        let fit = ParetoNbd::fit(&Histories::new(rows.collect()).unwrap());
        let ParetoNbd { r, alpha, s, beta } = fit.model;
        assert!(
            [r, alpha, s, beta]
                .iter()
                .all(|p| p.is_finite() && *p > 0.0)
        );
        assert!(fit.log_likelihood.is_finite());
        let next = fit.model.purchases(&history(1, 1.0, 2.0), 10.0);
        assert!(next.is_finite() && next >= 0.0, "{next}");
        fit.limit
    };
    assert_eq!(fit(&[]), Some(Limit::NoRepeat));
    assert_eq!(fit(&[(0, 0.0, 30.0, 12.0)]), Some(Limit::NoRepeat));
    let faithful = [
        (0, 0.0, 10.0, 5.0),
        (1, 10.0, 10.0, 9.0),
        (2, 10.0, 10.0, 5.0),
        (9, 10.0, 10.0, 3.0),
    ];
    assert_eq!(fit(&faithful), Some(Limit::NoDropout));
}

type Four = (f64, f64, f64, f64);

const HARD: [(Four, (u32, f64, f64), f64); 30] = [
    ((0.55, 10.6, 0.6, 11.7), (0, 0.0, 39.0), -0.520898143882108),
    ((0.55, 10.6, 0.6, 11.7), (1, 0.14, 39.0), -4.210116900479301),
    (
        (0.55, 10.6, 0.6, 11.7),
        (5, 20.0, 39.0),
        -16.681903403560096,
    ),
    (
        (0.55, 10.6, 0.6, 11.7),
        (40, 35.0, 39.0),
        -49.34696187128612,
    ),
    (
        (0.55, 10.6, 0.6, 11.7),
        (500, 400.0, 500.0),
        -411.6341884954999,
    ),
    (
        (0.55, 10.6, 0.6, 11.7),
        (3, 39.0, 39.0),
        -12.663988711059906,
    ),
    ((0.5, 0.01, 0.4, 5000.0), (0, 0.0, 39.0), -4.131482628192167),
    (
        (0.5, 0.01, 0.4, 5000.0),
        (1, 0.14, 39.0),
        -8.404137739492834,
    ),
    (
        (0.5, 0.01, 0.4, 5000.0),
        (5, 20.0, 39.0),
        -19.05808560094035,
    ),
    (
        (0.5, 0.01, 0.4, 5000.0),
        (40, 35.0, 39.0),
        -42.784076273417284,
    ),
    (
        (0.5, 0.01, 0.4, 5000.0),
        (500, 400.0, 500.0),
        -403.15611921227315,
    ),
    (
        (0.5, 0.01, 0.4, 5000.0),
        (3, 39.0, 39.0),
        -14.500447410792393,
    ),
    ((2.0, 54.0, 0.3, 0.05), (0, 0.0, 39.0), -0.1601159268062768),
    ((2.0, 54.0, 0.3, 0.05), (1, 0.14, 39.0), -4.0249950937669885),
    ((2.0, 54.0, 0.3, 0.05), (5, 20.0, 39.0), -18.70368930287392),
    ((2.0, 54.0, 0.3, 0.05), (40, 35.0, 39.0), -70.26296044606106),
    (
        (2.0, 54.0, 0.3, 0.05),
        (500, 400.0, 500.0),
        -455.7529681813091,
    ),
    ((2.0, 54.0, 0.3, 0.05), (3, 39.0, 39.0), -13.505148087241691),
    ((0.9, 2.4, 0.2, 2.4), (0, 0.0, 39.0), -1.525581041413988),
    ((0.9, 2.4, 0.2, 2.4), (1, 0.14, 39.0), -3.4245737270359657),
    ((0.9, 2.4, 0.2, 2.4), (5, 20.0, 39.0), -16.34027221080765),
    ((0.9, 2.4, 0.2, 2.4), (40, 35.0, 39.0), -41.90801968926845),
    ((0.9, 2.4, 0.2, 2.4), (500, 400.0, 500.0), -401.541197222155),
    ((0.9, 2.4, 0.2, 2.4), (3, 39.0, 39.0), -12.701231892811915),
    ((0.9, 2.4, 1.0, 91.6), (0, 0.0, 39.0), -2.0921891844026432),
    ((0.9, 2.4, 1.0, 91.6), (1, 0.14, 39.0), -4.629442343108266),
    ((0.9, 2.4, 1.0, 91.6), (5, 20.0, 39.0), -16.033352312953525),
    ((0.9, 2.4, 1.0, 91.6), (40, 35.0, 39.0), -41.57789678279083),
    (
        (0.9, 2.4, 1.0, 91.6),
        (500, 400.0, 500.0),
        -400.78868968519384,
    ),
    ((0.9, 2.4, 1.0, 91.6), (3, 39.0, 39.0), -12.486377409278687),
];
