//! BG/BB on the donations of the 1995 cohort (Fader, Hardie & Shang 2010; published α 1.204,
//! β .750, γ .657, δ 2.783, ln of the likelihood −33225.6).

use super::{all_near, close, near};
use crate::forecast::bg_bb::{BgBb, Occasions};
use crate::forecast::optimum::{Limit, Outcome};

/// x, the year of the last gift, donors, and the published chance to be there in 2002 and gifts
/// expected in 2002 to 2006.
pub const DONORS: [(u32, u32, f64, f64, f64); 22] = [
    (0, 0, 3464.0, 0.10813, 0.07286),
    (1, 1, 1091.0, 0.06946, 0.0857),
    (1, 2, 277.0, 0.25471, 0.31424),
    (1, 3, 129.0, 0.48136, 0.59385),
    (1, 4, 78.0, 0.68038, 0.8394),
    (1, 5, 119.0, 0.82814, 1.02169),
    (1, 6, 129.0, 0.93043, 1.14788),
    (2, 2, 613.0, 0.06641, 0.11912),
    (2, 3, 255.0, 0.2989, 0.53611),
    (2, 4, 155.0, 0.58966, 1.0576),
    (2, 5, 173.0, 0.80456, 1.44304),
    (2, 6, 234.0, 0.93043, 1.66882),
    (3, 3, 322.0, 0.09501, 0.22359),
    (3, 4, 181.0, 0.43959, 1.03457),
    (3, 5, 225.0, 0.76683, 1.8047),
    (3, 6, 357.0, 0.93043, 2.18975),
    (4, 4, 240.0, 0.20018, 0.58319),
    (4, 5, 284.0, 0.6968, 2.03002),
    (4, 6, 512.0, 0.93043, 2.71068),
    (5, 5, 335.0, 0.52198, 1.81294),
    (5, 6, 728.0, 0.93043, 3.23161),
    (6, 6, 1203.0, 0.93043, 3.75254),
];

fn row(x: u32, recency: u32, n: u32, customers: f64) -> Occasions {
    Occasions {
        x,
        recency,
        n,
        customers,
    }
}

fn donors() -> Vec<Occasions> {
    DONORS
        .iter()
        .map(|(x, recency, customers, ..)| row(*x, *recency, 6, *customers))
        .collect()
}

#[test]
fn the_donors() {
    let fit = BgBb::fit(&donors()).unwrap();
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    let BgBb {
        alpha,
        beta,
        gamma,
        delta,
    } = fit.model;
    all_near(
        &[alpha, beta, gamma, delta],
        &[1.2035223516, 0.7497163582, 0.6567182084, 2.7834422326],
        1e-8,
    );
    let errors = [0.0693913624, 0.0294477167, 0.051009859, 0.320819003];
    all_near(&fit.standard_errors.unwrap(), &errors, 1e-5);
    close(fit.log_likelihood, -33225.58127434701, 1e-7);
    let mut total = 0.0;
    for (x, recency, customers, alive, gifts) in DONORS {
        let row = row(x, recency, 6, customers);
        close(fit.model.alive(&row, 1), alive, 5.1e-6);
        close(fit.model.purchases(&row, 5), gifts, 5.1e-6);
        total += customers * fit.model.purchases(&row, 5);
    }
    // 12,884.14 when the table is rounded before it is summed.
    close(total, 12884.156849, 1e-4);
    let residual = fit
        .model
        .discounted_purchases(&row(1, 2, 6, 1.0), 0.1)
        .unwrap();
    // BTYD 2.4.3 gives 0.494886 at parameters of its own fit.
    close(residual, 0.494895, 5.1e-7);
}

#[test]
fn new_donors() {
    let model = BgBb::fit(&donors()).unwrap().model;
    for (gifts, n) in [
        0.49854, 0.92335, 1.29687, 1.63231, 1.93814, 2.22017, 2.48258, 2.72849, 2.96028, 3.17983,
        3.38865,
    ]
    .into_iter()
    .zip(1..)
    {
        close(model.purchases_of_new(n), gifts, 5.1e-6);
    }
    let numbers = model.numbers(6);
    for (number, expected) in numbers.iter().zip([
        0.31114, 0.17009, 0.12148, 0.10027, 0.09167, 0.09250, 0.11285,
    ]) {
        close(*number, expected, 5.1e-6);
    }
    near(numbers.iter().sum(), 1.0, 1e-12);
}

#[test]
fn data_without_a_maximum_name_the_limit() {
    let fit = |rows: &[Occasions]| BgBb::fit(rows).map(|fit| fit.limit);
    assert_eq!(fit(&[]), None);
    assert_eq!(fit(&[row(0, 0, 0, 5.0)]), None);
    assert_eq!(fit(&[row(2, 1, 5, 1.0)]), None);
    assert_eq!(fit(&[row(0, 0, 5, 9.0)]), Some(Some(Limit::NoRepeat)));
    let faithful = [row(5, 5, 5, 10.0), row(3, 5, 5, 10.0), row(1, 5, 5, 3.0)];
    assert_eq!(fit(&faithful), Some(Some(Limit::NoDropout)));
    assert!(fit(&[row(5, 5, 5, 10.0)]).unwrap().is_some());
}
