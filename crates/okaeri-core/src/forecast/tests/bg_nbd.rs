//! BG/NBD and MBG/NBD on the CDNOW sample (Fader, Hardie & Lee 2005, Marketing Science 24(2),
//! tables 2 and 3).

use super::data::{history, rows, sample, sample_in};
use super::{all_near, close, near};
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::{Fit, Limit, Outcome};

fn parameters(fit: &Fit<BgNbd, 4>) -> [f64; 4] {
    let BgNbd { r, alpha, a, b, .. } = fit.model;
    [r, alpha, a, b]
}

#[test]
fn parameters_of_the_sample() {
    let data = sample();
    assert_eq!((data.customers(), data.len()), (2357.0, 1016));
    let fit = BgNbd::fit(&data, Leaving::AfterRepeats);
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    all_near(
        &parameters(&fit),
        &[0.2425929072, 4.4135315612, 0.7928861481, 2.4257534365],
        1e-8,
    );
    close(fit.log_likelihood, -9582.425560567364, 1e-8);
    all_near(
        &fit.standard_errors.unwrap(),
        &[0.0125573196, 0.3782214155, 0.1857191431, 0.7053457551],
        1e-5,
    );
    assert!(fit.evaluations < 60, "{}", fit.evaluations);

    let fit = BgNbd::fit(&data, Leaving::AfterAll);
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    all_near(
        &parameters(&fit),
        &[0.5248379837, 6.1829920197, 0.8913561553, 1.6139993347],
        1e-8,
    );
    close(fit.log_likelihood, -9582.132684899903, 1e-8);
    all_near(
        &fit.standard_errors.unwrap(),
        &[0.0832640646, 0.6955979329, 0.1547853114, 0.5374723605],
        1e-5,
    );
}

#[test]
fn published_parameters() {
    let model = BgNbd {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
        leaving: Leaving::AfterRepeats,
    };
    close(model.log_likelihood(&sample()), -9582.426831182365, 1e-8);
}

/// x, recency and age.
type Who = (u32, f64, f64);

/// P(alive), purchases in 39 and in 52 weeks, discounted purchases at 15 % a year.
const PEOPLE: [(Who, [f64; 4], [f64; 4]); 4] = [
    (
        (2, 30.43, 38.86),
        [
            0.7266091515506478,
            1.2259104521226976,
            1.5585837937958984,
            5.169637016795152,
        ],
        [
            0.7061262466666397,
            1.262670789110148,
            1.5968258885244098,
            4.922412955060287,
        ],
    ),
    (
        (0, 0.0, 38.86),
        [
            1.0,
            0.19478084700632095,
            0.25166571202088295,
            1.017250626577598,
        ],
        [
            0.3897163135137743,
            0.1539536536914753,
            0.19762849379903535,
            0.7244497316051376,
        ],
    ),
    (
        (7, 35.0, 38.86),
        [
            0.8437868926488002,
            4.38752916711231,
            5.520662943275961,
            16.70074333337068,
        ],
        [
            0.8312109931516714,
            4.227625566500699,
            5.291453024985202,
            14.913566586498023,
        ],
    ),
    (
        (26, 30.86, 31.0),
        [
            0.9689197101670575,
            20.750569519943515,
            25.759473142067314,
            71.07544120192654,
        ],
        [
            0.9655528730016413,
            19.448036661406604,
            23.99995743262975,
            61.513227533956794,
        ],
    ),
];

#[test]
fn single_customers() {
    let data = sample();
    let weekly = libm::log(1.15) / 52.0;
    let models = [Leaving::AfterRepeats, Leaving::AfterAll].map(|l| BgNbd::fit(&data, l).model);
    for ((x, recency, age), bg, mbg) in PEOPLE {
        let who = history(x, recency, age);
        for (model, [alive, of_39, of_52, discounted]) in models.iter().zip([bg, mbg]) {
            near(model.alive(&who), alive, 1e-8);
            near(model.purchases(&who, 39.0), of_39, 1e-8);
            near(model.purchases(&who, 52.0), of_52, 1e-8);
            near(
                model.discounted_purchases(&who, weekly).unwrap(),
                discounted,
                1e-8,
            );
        }
    }
}

/// Customers, purchases and forecasts by repeats in the calibration period, 7 and more together.
#[test]
fn holdout() {
    let data = sample();
    let expected = [
        (
            Leaving::AfterRepeats,
            [
                0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6539, 3.5041, 6.1574,
            ],
            [1653.423, 4160.64],
            0.81344,
        ),
        (
            Leaving::AfterAll,
            [
                0.1852, 0.5514, 1.0490, 1.4929, 2.1043, 2.5636, 3.3608, 5.8487,
            ],
            [1576.736, 4049.96],
            0.44872,
        ),
    ];
    for (leaving, means, [total, to_end], alive) in expected {
        let model = BgNbd::fit(&data, leaving).model;
        let (mut people, mut forecast, mut later) = ([0.0; 8], [0.0; 8], [0.0; 8]);
        let (mut all, mut with_shop) = (0.0, 0.0);
        for row in rows() {
            let n = row.history.customers;
            let class = (row.history.x as usize).min(7);
            people[class] += n;
            later[class] += row.later;
            forecast[class] += n * model.purchases(&row.history, 39.0);
            all += n * model.purchases_of_new(row.history.age + 39.0);
            with_shop += n * model.alive(&row.history);
        }
        assert_eq!(
            people,
            [1411.0, 439.0, 214.0, 100.0, 62.0, 38.0, 29.0, 64.0]
        );
        assert_eq!(later[0], 334.0);
        assert_eq!(later.iter().sum::<f64>(), 1882.0);
        for ((sum, n), mean) in forecast.iter().zip(people).zip(means) {
            close(sum / n, mean, 5.1e-5);
        }
        close(forecast.iter().sum(), total, 6e-4);
        close(all, to_end, 6e-3);
        close(with_shop / 2357.0, alive, 6e-6);
    }
}

/// Customers expected with 0 to 6 and with more repeats in the calibration period.
#[test]
fn histogram() {
    let data = sample();
    for (leaving, expected) in [
        (
            Leaving::AfterRepeats,
            [1407.7, 460.3, 192.5, 101.2, 59.8, 38.1, 25.5, 71.9],
        ),
        (
            Leaving::AfterAll,
            [1418.6, 429.1, 198.6, 108.2, 64.7, 41.1, 27.3, 69.2],
        ),
    ] {
        let model = BgNbd::fit(&data, leaving).model;
        let mut customers = [0.0; 8];
        for row in rows() {
            let numbers = model.numbers(row.history.age, 6);
            let more = 1.0 - numbers.iter().sum::<f64>();
            for (sum, chance) in customers.iter_mut().zip(numbers.iter().chain([&more])) {
                *sum += row.history.customers * chance;
            }
        }
        for (customers, expected) in customers.iter().zip(expected) {
            close(*customers, expected, 0.051);
        }
        // All chances together, and their mean.
        let numbers = model.numbers(39.0, 3000);
        near(numbers.iter().sum(), 1.0, 1e-10);
        let mean: f64 = (numbers.iter().zip(0..))
            .map(|(n, x)| n * f64::from(x))
            .sum();
        near(mean, model.purchases_of_new(39.0), 1e-9);
    }
}

#[test]
fn the_unit_of_time_changes_nothing() {
    let repeats: f64 = 2457.0;
    for leaving in [Leaving::AfterRepeats, Leaving::AfterAll] {
        let weeks = BgNbd::fit(&sample(), leaving);
        for unit in [7.0, 1.0 / 52.0, 86_400.0 * 7.0] {
            let fit = BgNbd::fit(&sample_in(unit), leaving);
            let [r, alpha, a, b] = parameters(&fit);
            all_near(&[r, alpha / unit, a, b], &parameters(&weeks), 1e-8);
            let shift = repeats * libm::log(unit);
            close(fit.log_likelihood + shift, weeks.log_likelihood, 1e-6);
        }
    }
}

/// lifetimes 0.11.3 gives NaN here.
#[test]
fn where_others_fail() {
    let model = BgNbd {
        r: 0.11,
        alpha: 2.24,
        a: 0.31,
        b: 0.5,
        leaving: Leaving::AfterRepeats,
    };
    near(
        model.purchases(&history(0, 0.0, 1.0), 30.0),
        0.564588616,
        1e-9,
    );
}

#[test]
fn forecasts_are_finite_and_grow() {
    let fits = [Leaving::AfterRepeats, Leaving::AfterAll].map(|l| BgNbd::fit(&sample(), l).model);
    let models = fits.into_iter().flat_map(|fitted| {
        [1e-6, 0.31, 1.0, 3.0, 500.0, 1e7].map(|a| BgNbd {
            a,
            b: 3.0 * a,
            ..fitted
        })
    });
    for model in models {
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
fn the_two_ways_to_expected_purchases_agree() {
    let fitted = BgNbd::fit(&sample(), Leaving::AfterRepeats).model;
    let who = history(3, 30.0, 39.0);
    // On either side of where the way changes.
    let model = |a: f64| BgNbd {
        a,
        b: 20.0,
        ..fitted
    };
    for weeks in [26.0, 52.0, 520.0] {
        let change = 1.0 + 8.0 * (fitted.alpha + 39.0 + weeks) / weeks;
        let of = |a: f64| model(a).purchases(&who, weeks);
        near(of(change - 1e-10), of(change + 1e-10), 1e-9);
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
        let data = Histories::new(rows.collect()).unwrap();
        let fit = BgNbd::fit(&data, Leaving::AfterRepeats);
        assert!(parameters(&fit).iter().all(|p| p.is_finite() && *p > 0.0));
        assert!(fit.log_likelihood.is_finite());
        let next = fit.model.purchases(&history(1, 1.0, 2.0), 10.0);
        assert!(next.is_finite() && next >= 0.0, "{next}");
        fit.limit
    };
    assert_eq!(fit(&[]), Some(Limit::NoRepeat));
    assert_eq!(fit(&[(0, 0.0, 30.0, 12.0)]), Some(Limit::NoRepeat));
    // Everybody buys to the end.
    let faithful = [
        (0, 0.0, 10.0, 5.0),
        (1, 10.0, 10.0, 9.0),
        (2, 10.0, 10.0, 5.0),
        (9, 10.0, 10.0, 3.0),
    ];
    assert_eq!(fit(&faithful), Some(Limit::NoDropout));
    assert!(fit(&[(1, 5.0, 10.0, 1.0)]).is_some());
}

#[test]
fn impossible_histories_are_refused() {
    let bad = [
        (0, 1.0, 2.0),
        (1, 0.0, 2.0),
        (1, 3.0, 2.0),
        (0, 0.0, f64::NAN),
        (0, 0.0, -1.0),
    ];
    for (x, recency, age) in bad {
        let rows = vec![history(0, 0.0, 1.0), history(x, recency, age)];
        assert_eq!(Histories::new(rows).unwrap_err().0, 1);
    }
}
