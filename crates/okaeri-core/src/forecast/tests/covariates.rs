//! Pareto/NBD with covariates, on customers who do as it says.

use super::close;
use super::data::{rows, sample};
use super::dice::Dice;
use crate::forecast::covariates::{Group, WithCovariates};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::Outcome;
use crate::forecast::pareto_nbd::ParetoNbd;

const TRUE: WithCovariates<2> = WithCovariates {
    base: ParetoNbd {
        r: 1.8,
        alpha: 60.0,
        s: 0.8,
        beta: 50.0,
    },
    leaving: [-0.6, 0.8],
    purchase: [0.3, 0.6],
};

fn played(dice: &mut Dice) -> Vec<Group<2>> {
    let mut groups = Vec::new();
    for covariates in [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]] {
        let ParetoNbd { r, alpha, s, beta } = TRUE.of_customers(&covariates);
        let rows = (0..3000).map(|customer| {
            let age = 80.0 + f64::from(customer % 25);
            let rate = dice.gamma(r) / alpha;
            let leaves = dice.wait() * beta / dice.gamma(s);
            let (mut x, mut recency, mut at) = (0, 0.0, dice.wait() / rate);
            while at < leaves.min(age) {
                (x, recency) = (x + 1, at);
                at += dice.wait() / rate;
            }
            History {
                x,
                recency,
                age,
                customers: 1.0,
            }
        });
        let histories = Histories::new(rows.collect()).unwrap();
        groups.push(Group {
            covariates,
            histories,
        });
    }
    groups
}

#[test]
fn what_was_put_in_is_found() {
    let groups = played(&mut Dice(41));
    let fit = WithCovariates::fit::<8>(&groups).unwrap();
    assert_eq!(fit.outcome, Outcome::Converged);
    let by_group = |model: &WithCovariates<2>| -> f64 {
        (groups.iter())
            .map(|group| {
                model
                    .of_customers(&group.covariates)
                    .log_likelihood(&group.histories)
            })
            .sum()
    };
    close(by_group(&fit.model), fit.log_likelihood, 1e-6);
    assert!(fit.log_likelihood > by_group(&TRUE));
    for (found, effect) in (fit.model.leaving.iter().chain(&fit.model.purchase))
        .zip(TRUE.leaving.iter().chain(&TRUE.purchase))
    {
        close(*found, *effect, 0.15);
    }
    // Four numbers of parameters for two covariates.
    assert!(WithCovariates::fit::<4>(&groups).is_none());
}

/// A covariate that is the same for all only moves α and β.
#[test]
fn a_covariate_of_all_says_nothing() {
    let half = |odd: bool| {
        let rows = (rows().into_iter().enumerate())
            .filter(|(place, _)| (place % 2 == 1) == odd)
            .map(|(_, row)| row.history);
        Group {
            covariates: [f64::from(u8::from(odd))],
            histories: Histories::new(rows.collect()).unwrap(),
        }
    };
    let groups = [half(false), half(true)];
    let with = WithCovariates::fit::<6>(&groups).unwrap();
    let without = ParetoNbd::fit(&sample());
    let apart: f64 = (groups.iter())
        .map(|group| ParetoNbd::fit(&group.histories).log_likelihood)
        .sum();
    assert!(with.log_likelihood >= without.log_likelihood - 1e-9);
    assert!(with.log_likelihood <= apart + 1e-9);
}
