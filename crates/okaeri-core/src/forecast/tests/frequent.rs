//! A shop where one buys often: 121 purchases on the average, up to 1,295. Others stop here, or
//! give a wrong optimum without saying so.

use super::{all_near, close};
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::Outcome;
use crate::forecast::pareto_nbd::ParetoNbd;

fn data() -> Histories {
    let text = include_str!("frequent.txt");
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (age, cells) = line.split_once(' ').unwrap();
        for cell in cells.split(' ') {
            let mut numbers = cell.split(',').map(|number| number.parse::<f64>().unwrap());
            rows.push(History {
                x: numbers.next().unwrap() as u32,
                recency: numbers.next().unwrap(),
                age: age.parse().unwrap(),
                customers: numbers.next().unwrap_or(1.0),
            });
        }
    }
    Histories::new(rows).unwrap()
}

#[test]
fn frequent_purchases() {
    let data = data();
    assert_eq!((data.customers(), data.len()), (5000.0, 4400));
    for (leaving, parameters, log_likelihood) in [
        (
            Leaving::AfterRepeats,
            [0.89544, 2.28394, 0.20780, 35.39014],
            -966653.4455,
        ),
        (
            Leaving::AfterAll,
            [0.91481, 2.32531, 0.21311, 36.85416],
            -966660.5722,
        ),
    ] {
        let fit = BgNbd::fit(&data, leaving);
        let BgNbd { r, alpha, a, b, .. } = fit.model;
        assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
        all_near(&[r, alpha, a, b], &parameters, 3e-5);
        close(fit.log_likelihood, log_likelihood, 1e-4);
    }
    let fit = ParetoNbd::fit(&data);
    let ParetoNbd { r, alpha, s, beta } = fit.model;
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    all_near(
        &[r, alpha, s, beta],
        &[0.92361, 2.38817, 0.17570, 91.63825],
        3e-5,
    );
    close(fit.log_likelihood, -966807.7809, 1e-4);
}
