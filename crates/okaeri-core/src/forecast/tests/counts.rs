//! The distributions of counts, worth and waiting times against customers played out one by one.

use super::data::{history, sample};
use super::dice::Dice;
use super::{close, near};
use crate::forecast::bg_bb::BgBb;
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::counts::Counts;
use crate::forecast::gamma_gamma::GammaGamma;
use crate::forecast::histories::History;
use crate::forecast::model::{Kind, Model, rate_per_day};
use crate::forecast::pareto_nbd::ParetoNbd;
use crate::forecast::worth::Bounds;

const TRIALS: usize = 25_000;

const SPEND: GammaGamma = GammaGamma {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};

/// The times of the purchases of one customer within `time`, by the posterior of the history.
fn play(model: &Model, who: &History, time: f64, most: usize, dice: &mut Dice) -> Vec<f64> {
    let mut times = Vec::new();
    if dice.unit() > model.alive(who) {
        return times;
    }
    let [r, alpha, ..] = model.parameters();
    let rate = dice.gamma(r + f64::from(who.x)) / (alpha + who.age);
    let mut at = 0.0;
    match model {
        Model::BgNbd(BgNbd { a, b, .. }) => {
            let extra = f64::from(u8::from(model.kind() == Kind::MbgNbd));
            let leaves = dice.gamma(*a);
            let stays = dice.gamma(b + f64::from(who.x) + extra);
            while times.len() < most {
                at += dice.wait() / rate;
                if at > time {
                    break;
                }
                times.push(at);
                if dice.unit() * (leaves + stays) < leaves {
                    break;
                }
            }
        }
        Model::ParetoNbd(ParetoNbd { s, beta, .. }) => {
            let leaves = dice.wait() / (dice.gamma(*s) / (beta + who.age));
            while times.len() < most {
                at += dice.wait() / rate;
                if at > leaves.min(time) {
                    break;
                }
                times.push(at);
            }
        }
        Model::BgBb(BgBb {
            beta, gamma, delta, ..
        }) => {
            let bought = dice.gamma(r + f64::from(who.x));
            let passed = dice.gamma(beta + who.age - f64::from(who.x));
            // Who is with the shop is so at the next occasion.
            let leaves = dice.gamma(*gamma);
            let stays = dice.gamma(delta + who.age + 1.0);
            while times.len() < most && at < time.min(1e4) {
                at += 1.0;
                if dice.unit() * (bought + passed) < bought {
                    times.push(at);
                }
                if dice.unit() * (leaves + stays) < leaves {
                    break;
                }
            }
        }
    }
    times
}

const PEOPLE: [(u32, f64, f64); 5] = [
    (0, 0.0, 38.86),
    (2, 30.43, 38.86),
    (7, 35.0, 38.86),
    (26, 30.86, 31.0),
    (150, 38.0, 39.0),
];

fn models() -> [Model; 3] {
    Kind::ALL.map(|kind| Model::fit(kind, &sample()).model)
}

#[test]
fn counts_and_worth() {
    let mut dice = Dice(2);
    for model in models() {
        for ((x, recency, age), time) in PEOPLE
            .into_iter()
            .flat_map(|who| [(who, 39.0), (who, 260.0)])
        {
            let who = history(x, recency, age);
            let mut counts = Counts::default();
            model.counts(&who, time, 1e-4, &mut counts);
            near(counts.mean(), model.purchases(&who, time), 1e-7);
            let mut seen = Vec::new();
            let mut worth = Vec::new();
            let scale = SPEND.gamma + f64::from(x) * 35.0;
            for _ in 0..TRIALS {
                let n = play(&model, &who, time, usize::MAX, &mut dice).len();
                seen.push(n as f64);
                let nu = dice.gamma(SPEND.p * f64::from(x) + SPEND.q) / scale;
                worth.push(if n == 0 {
                    0.0
                } else {
                    dice.gamma(SPEND.p * n as f64) / nu
                });
            }
            let mean = seen.iter().sum::<f64>() / TRIALS as f64;
            let variance =
                seen.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / TRIALS as f64;
            close(
                mean,
                counts.mean(),
                4.0 * (counts.variance() / TRIALS as f64).sqrt(),
            );
            near(counts.variance(), variance, 0.15);
            let share = |at_most: f64, values: &[f64]| {
                values.iter().filter(|v| **v <= at_most).count() as f64 / TRIALS as f64
            };
            for n in [0, 1, 2, 5, 20, 100] {
                let chance: f64 = (0..=n).map(|n| counts.chance(n)).sum();
                close(chance, share(f64::from(n), &seen), 0.011);
            }
            for wanted in [0.025, 0.1, 0.5, 0.9, 0.975] {
                let n = f64::from(counts.quantile(wanted));
                assert!(share(n, &seen) > wanted - 0.011);
                assert!(n == 0.0 || share(n - 1.0, &seen) < wanted + 0.011);
            }
            for level in [0.8, 0.95] {
                let Bounds { low, high } = SPEND.bounds_of_worth(x, &counts, level);
                let (below, above) = (
                    share(scale * low, &worth),
                    1.0 - share(scale * high, &worth),
                );
                let tail = (1.0 - level) / 2.0;
                assert!(
                    above < tail * 1.1 + 0.004,
                    "{above} of {tail}: {model:?} {who:?}"
                );
                assert!(
                    high == 0.0 || above > tail * 0.9 - 0.004,
                    "{above} of {tail}: {model:?} {who:?}"
                );
                assert!(
                    low == 0.0 || (below - tail).abs() < tail * 0.1 + 0.005,
                    "{below} of {tail}: {model:?} {who:?}"
                );
                assert!(low > 0.0 || below >= tail * 0.9 - 0.004);
            }
            // Heavy tails make the variance of a sample loose.
            if SPEND.p * f64::from(x) + SPEND.q > 5.0 {
                let mean = worth.iter().sum::<f64>() / TRIALS as f64;
                let variance =
                    worth.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / TRIALS as f64;
                near(
                    SPEND.variance_of_worth(x, 35.0, counts.mean(), counts.variance()),
                    variance,
                    0.2,
                );
            }
        }
    }
}

#[test]
fn the_next_purchase() {
    let mut dice = Dice(3);
    for model in models() {
        for (x, recency, age) in PEOPLE {
            let who = history(x, recency, age);
            let shares = [0.1, 0.5, 0.9];
            let next = model.next(&who, shares);
            let mut first = Vec::new();
            for _ in 0..TRIALS {
                if let Some(at) = play(&model, &who, 1e15, 1, &mut dice).first() {
                    first.push(*at);
                }
            }
            close(next.never, 1.0 - first.len() as f64 / TRIALS as f64, 0.012);
            for (time, share) in next.times.into_iter().zip(shares) {
                let by_then = first.iter().filter(|at| **at <= time).count() as f64;
                close(by_then / first.len() as f64, share, 0.025);
            }
        }
    }
}

/// BG/BB with the parameters of the donations (clv.md), whose time is in occasions.
#[test]
fn occasions() {
    let mut dice = Dice(4);
    let model = Model::BgBb(BgBb {
        alpha: 1.204,
        beta: 0.750,
        gamma: 0.657,
        delta: 2.783,
    });
    for (x, recency, age) in [(0, 0.0, 6.0), (1, 3.0, 6.0), (3, 6.0, 6.0), (6, 6.0, 6.0)] {
        let who = history(x, recency, age);
        let mut counts = Counts::default();
        model.counts(&who, 12.0, 1e-6, &mut counts);
        let plays = (0..TRIALS).map(|_| play(&model, &who, 12.0, usize::MAX, &mut dice).len());
        let seen: Vec<usize> = plays.collect();
        let mean = seen.iter().sum::<usize>() as f64 / TRIALS as f64;
        let error = (counts.variance() / TRIALS as f64).sqrt();
        close(mean, model.purchases(&who, 12.0), 4.0 * error);
        for n in 0..=12 {
            let share = seen.iter().filter(|seen| **seen == n).count() as f64 / TRIALS as f64;
            close(counts.chance(n as u32), share, 0.011);
        }
        let next = model.next(&who, [0.1, 0.5, 0.9]);
        let first = (0..TRIALS).filter_map(|_| {
            let times = play(&model, &who, 1e15, 1, &mut dice);
            times.first().copied()
        });
        let first: Vec<f64> = first.collect();
        close(next.never, 1.0 - first.len() as f64 / TRIALS as f64, 0.012);
        for (time, share) in next.times.into_iter().zip([0.1, 0.5, 0.9]) {
            let by = |time: f64| first.iter().filter(|at| **at <= time).count() as f64;
            // By whole occasions: the share is passed at this one and not before.
            assert!(
                by(time.ceil()) / first.len() as f64 > share - 0.02,
                "{time} {share}"
            );
            assert!(
                by(time.ceil() - 1.0) / (first.len() as f64) < share + 0.02,
                "{time} {share}"
            );
        }
    }
}

/// Many small steps in place of the integral by parts; without end what [`Model::
/// discounted_purchases`] gives.
#[test]
fn discounted_within_a_horizon() {
    for model in models() {
        for (x, recency, age) in PEOPLE {
            let who = history(x, recency, age);
            let discount = 7.0 * rate_per_day(0.15);
            for time in [10.0, 52.0, 520.0] {
                let steps = 4000;
                let mut sum = 0.0;
                let mut before = 0.0;
                for step in 1..=steps {
                    let until = time * f64::from(step) / f64::from(steps);
                    let middle = until - 0.5 * time / f64::from(steps);
                    let now = model.purchases(&who, until);
                    sum += libm::exp(-discount * middle) * (now - before);
                    before = now;
                }
                near(model.discounted_within(&who, time, discount), sum, 1e-6);
            }
            near(
                model.discounted_within(&who, 39.0, 0.0),
                model.purchases(&who, 39.0),
                1e-12,
            );
            let all = model.discounted_purchases(&who, discount).unwrap();
            near(model.discounted_within(&who, 20_000.0, discount), all, 2e-4);
        }
    }
}

#[test]
fn sums() {
    // A gamma value of shape 4: mean 8, variance 16; quantiles by the chi-square of 8 degrees.
    let Bounds { low, high } = Bounds::of_sum(8.0, 16.0, 0.95);
    close(low, 2.18, 0.03);
    close(high, 17.53, 0.03);
    // Many customers: as the normal distribution.
    let Bounds { low, high } = Bounds::of_sum(1e6, 1e6, 0.95);
    close(low, 1e6 - 1960.0, 2.0);
    close(high, 1e6 + 1960.0, 2.0);
    assert_eq!(Bounds::of_sum(0.0, 0.0, 0.95), Bounds::default());
}

/// What is taken once for all of the same repeats and age is what each would have alone.
#[test]
fn by_the_chance_of_being_there() {
    let bg = BgNbd::fit(&sample(), Leaving::AfterRepeats).model;
    let pareto = ParetoNbd::fit(&sample()).model;
    for model in [Model::BgNbd(bg), Model::ParetoNbd(pareto)] {
        for (x, age) in [(0, 30.0), (1, 38.86), (3, 38.86), (26, 38.86), (200, 39.0)] {
            let (time, tail, discount) = (52.0, 0.0025, 0.003);
            let mut shared = Counts::default();
            model.counts_if_alive(&history(x, 0.0, age), time, tail, &mut shared);
            let next = model.next_if_alive(&history(x, 0.0, age), [0.1, 0.5, 0.9]);
            let mut worth = SPEND.worth(x, &shared);
            for recency in [0.02, 0.3, 0.7, 0.95, 1.0] {
                let who = history(x, if x == 0 { 0.0 } else { age * recency }, age);
                let alive = model.alive(&who);
                let mut counts = Counts::default();
                model.counts(&who, time, tail, &mut counts);
                close(alive * shared.mean(), counts.mean(), 1e-7);
                close(shared.variance_of(alive), counts.variance(), 1e-7);
                near(
                    alive * model.purchases_if_alive(&who, time),
                    model.purchases(&who, time),
                    1e-12,
                );
                near(
                    alive * model.discounted_if_alive(&who, time, discount),
                    model.discounted_within(&who, time, discount),
                    1e-12,
                );
                assert_eq!(next.of(alive), model.next(&who, [0.1, 0.5, 0.9]));
                for share in [0.01, 0.025, 0.5, 0.9, 0.975, 0.99] {
                    assert_eq!(shared.quantile_of(alive, share), counts.quantile(share));
                    // The worth is exceeded with the chance asked for, to 0.0006 of 1.
                    let mut exact = SPEND.worth(x, &counts);
                    let root = libm::cbrt(worth.exceeded((1.0 - share) / alive));
                    if root > 0.0 {
                        close(exact.more(root), 1.0 - share, 6e-4);
                    } else {
                        assert!(exact.exceeded(1.0 - share) < 1e-3);
                    }
                }
            }
        }
    }
}
