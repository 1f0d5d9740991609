//! Logistic regression on grouped rows: how likely something is within a period, given what is
//! known at its start.
//!
//! On rows of contracts and periods this is the discrete-time hazard model (Singer & Willett
//! 1993, Journal of Educational Statistics 18(2)). The weights are penalised by their squares
//! (ridge), so that a sign that was never followed by the event has a finite weight; the first
//! feature is the constant and is not.

use super::matrix::{dot, inverse, times};

/// Rows with the same features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows<const N: usize> {
    /// The features; the first is 1.
    pub features: [f64; N],
    /// How many rows.
    pub rows: f64,
    /// In how many of them it happened.
    pub events: f64,
}

/// The chance that these weights give to these features.
pub fn chance<const N: usize>(weights: &[f64; N], features: &[f64; N]) -> f64 {
    let z = dot(weights, features);
    if z >= 0.0 {
        1.0 / (1.0 + libm::exp(-z))
    } else {
        let odds = libm::exp(z);
        odds / (1.0 + odds)
    }
}

/// The penalised logarithm of the likelihood.
fn objective<const N: usize>(data: &[Rows<N>], weights: &[f64; N], ridge: f64) -> f64 {
    let mut value = 0.0;
    for group in data {
        let z = dot(weights, &group.features);
        // ln(1 + e^z) without overflow.
        let soft = z.max(0.0) + libm::log1p(libm::exp(-z.abs()));
        value += group.events * z - group.rows * soft;
    }
    let squares: f64 = weights.iter().skip(1).map(|w| w * w).sum();
    value - 0.5 * ridge * squares
}

/// The most likely weights under a penalty of `ridge` / 2 times their squares, by Newton's method
/// with halved steps. `None` unless both outcomes occur.
pub fn fit<const N: usize>(data: &[Rows<N>], ridge: f64) -> Option<[f64; N]> {
    let rows: f64 = data.iter().map(|group| group.rows).sum();
    let events: f64 = data.iter().map(|group| group.events).sum();
    if !(events > 0.0 && events < rows) {
        return None;
    }
    let mut weights = [0.0; N];
    if let Some(constant) = weights.first_mut() {
        *constant = libm::log(events / (rows - events));
    }
    let mut value = objective(data, &weights, ridge);
    for _ in 0..STEPS {
        let (slope, bend) = derivatives(data, &weights, ridge);
        let step = times(&inverse(&bend)?, &slope);
        let mut scale = 1.0;
        let mut moved = None;
        for _ in 0..HALVINGS {
            let there = std::array::from_fn(|i| weights[i] + scale * step[i]);
            let found = objective(data, &there, ridge);
            if found >= value {
                moved = Some((there, found));
                break;
            }
            scale *= 0.5;
        }
        let Some((there, found)) = moved else { break };
        weights = there;
        value = found;
        if step.iter().all(|part| (scale * part).abs() < 1e-9) {
            break;
        }
    }
    Some(weights)
}

const STEPS: u32 = 50;
const HALVINGS: u32 = 30;

/// The gradient and the negative Hessian.
fn derivatives<const N: usize>(
    data: &[Rows<N>],
    weights: &[f64; N],
    ridge: f64,
) -> ([f64; N], [[f64; N]; N]) {
    let mut slope: [f64; N] =
        std::array::from_fn(|i| if i == 0 { 0.0 } else { -ridge * weights[i] });
    let mut bend = [[0.0; N]; N];
    for group in data {
        let p = chance(weights, &group.features);
        let rest = group.events - group.rows * p;
        let weight = group.rows * p * (1.0 - p);
        for i in 0..N {
            let x = group.features[i];
            if x == 0.0 {
                continue;
            }
            slope[i] += rest * x;
            for (j, y) in group.features.iter().enumerate() {
                bend[i][j] += weight * x * y;
            }
        }
    }
    for (i, row) in bend.iter_mut().enumerate().skip(1) {
        row[i] += ridge;
    }
    (slope, bend)
}

/// Rows of one predicted chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicted {
    /// The chance.
    pub chance: f64,
    /// How many rows.
    pub rows: f64,
    /// In how many of them it happened.
    pub events: f64,
}

/// The mean squared difference between chance and outcome (Brier 1950). `None` without rows.
pub fn brier(predicted: &[Predicted]) -> Option<f64> {
    let (mut sum, mut rows) = (0.0, 0.0);
    for group in predicted {
        let (hit, miss) = (1.0 - group.chance, group.chance);
        sum += group.events * hit * hit + (group.rows - group.events) * miss * miss;
        rows += group.rows;
    }
    (rows > 0.0).then(|| sum / rows)
}

/// The chance that a row in which it happened was given more than one in which it did not; ties
/// count half (the area under the ROC curve). `predicted` ascends by chance. `None` unless both
/// outcomes occur.
pub fn auc(predicted: &[Predicted]) -> Option<f64> {
    let (mut above, mut below, mut hits) = (0.0, 0.0, 0.0);
    for same in predicted.chunk_by(|a, b| a.chance == b.chance) {
        let events: f64 = same.iter().map(|group| group.events).sum();
        let rows: f64 = same.iter().map(|group| group.rows).sum();
        above += events * (below + 0.5 * (rows - events));
        below += rows - events;
        hits += events;
    }
    (hits > 0.0 && below > 0.0).then(|| above / (hits * below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(x: f64, rows: f64, events: f64) -> Rows<2> {
        Rows {
            features: [1.0, x],
            rows,
            events,
        }
    }

    #[test]
    fn two_groups_without_penalty_have_their_own_odds() {
        // Odds 1/9 and 1/1: the weights are ln(1/9) and ln 9.
        let data = [rows(0.0, 100.0, 10.0), rows(1.0, 50.0, 25.0)];
        let weights = fit(&data, 0.0).unwrap_or_default();
        let nine = libm::log(9.0);
        assert!((weights[0] + nine).abs() < 1e-9 && (weights[1] - nine).abs() < 1e-9);
        assert!((chance(&weights, &[1.0, 1.0]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_sign_that_always_tells_has_a_finite_weight() {
        let data = [rows(0.0, 40.0, 0.0), rows(1.0, 10.0, 10.0)];
        let weights = fit(&data, 1.0).unwrap_or_default();
        let slope = derivatives(&data, &weights, 1.0).0;
        assert!(slope.iter().all(|part| part.abs() < 1e-6), "{slope:?}");
        assert!(weights[1] > 2.0 && weights[1] < 20.0);
        assert_eq!(fit(&[rows(0.0, 5.0, 0.0)], 1.0), None);
        assert_eq!(fit(&[rows(0.0, 5.0, 5.0)], 1.0), None);
    }

    #[test]
    fn quality_of_hand_made_predictions() {
        let group = |chance, rows, events| Predicted {
            chance,
            rows,
            events,
        };
        // Pairs: 2 events at 0.8 over 3 others at 0.2 (2 x 3 wins), with one other at 0.8 (2
        // halves), and one event at 0.2 over the same (3 halves), none with the one at 0.8.
        let predicted = [group(0.2, 4.0, 1.0), group(0.8, 3.0, 2.0)];
        assert_eq!(auc(&predicted), Some((6.0 + 1.0 + 1.5) / 12.0));
        // 1 x 0.64 + 3 x 0.04 + 2 x 0.04 + 1 x 0.64 over 7.
        let brier = brier(&predicted).unwrap_or_default();
        assert!((brier - 1.48 / 7.0).abs() < 1e-12);
        assert_eq!(auc(&[group(0.5, 3.0, 0.0)]), None);
    }
}
