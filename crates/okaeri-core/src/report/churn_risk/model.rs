//! The regression: fitted on earlier looks, judged on later ones.

use super::features::{COUNT, FEATURES, features};
use crate::forecast::logistic::{Predicted, Rows, auc, brier, chance, fit};
use crate::list::List;
use crate::order::sorted;
use crate::report::sheet::Rates;
use crate::report::tally::Counted;
use crate::report::{Table, Values};

/// The penalty of the weights: as if each had been seen to be about nothing once.
const RIDGE: f64 = 1.0;
/// Parts of the prediction's calibration.
const PARTS: usize = 10;

/// How the regression did.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    weights: Option<[f64; COUNT]>,
    /// Whether chances come from it.
    pub is_used: bool,
    /// Rows and cancellations fitted on.
    fitted: [i64; 2],
    /// Rows and cancellations after the split.
    after: [i64; 2],
    /// The same with their chances, ascending, if there is a model.
    later: Vec<Predicted>,
    /// The mean squared error of giving every later row the rate of the earlier ones.
    brier_of_rate: Option<f64>,
}

/// Rows and cancellations of each look, latest first; its number from 1 is the place.
fn looks(counted: &Counted) -> Vec<[i64; 2]> {
    let mut looks: Vec<[i64; 2]> = Vec::new();
    for row in counted.rows("looks") {
        let [look, _, past, cancelled] = row else {
            continue;
        };
        let place = usize::try_from(*look).unwrap_or_default().min(1 << 10);
        if looks.len() <= place {
            looks.resize(place + 1, [0; 2]);
        }
        if let Some([rows, events]) = looks.get_mut(place) {
            *rows += past;
            *events += cancelled;
        }
    }
    looks
}

/// Fits on the earliest looks that have 70 % of the cancellations, and judges on the later ones.
pub fn judge(counted: &Counted, min_events: u32, min_auc_percent: u32) -> Judged {
    let looks = looks(counted);
    let all: i64 = looks.iter().map(|[_, events]| events).sum();
    let mut judged = Judged::default();
    let mut before = 0;
    let mut split = looks.len();
    while split > 0 && before * 10 < all * 7 {
        split -= 1;
        before += looks.get(split).map_or(0, |[_, events]| *events);
    }
    let mut earlier: Vec<Rows<COUNT>> = Vec::new();
    let mut later: Vec<Rows<COUNT>> = Vec::new();
    for row in counted.rows("looks") {
        let [look, pattern, past, cancelled] = row else {
            continue;
        };
        let is_earlier = usize::try_from(*look).is_ok_and(|look| look >= split);
        let rows = Rows {
            features: features(*pattern),
            rows: *past as f64,
            events: *cancelled as f64,
        };
        if is_earlier {
            judged.fitted[0] += past;
            judged.fitted[1] += cancelled;
            earlier.push(rows);
        } else {
            judged.after[0] += past;
            judged.after[1] += cancelled;
            later.push(rows);
        }
    }
    if all < i64::from(min_events) {
        return judged;
    }
    judged.weights = fit(&earlier, RIDGE);
    let Some(weights) = judged.weights else {
        return judged;
    };
    let predicted = later.iter().map(|group| Predicted {
        chance: chance(&weights, &group.features),
        rows: group.rows,
        events: group.events,
    });
    judged.later = sorted(predicted.into_list(), |a, b| a.chance.total_cmp(&b.chance));
    let rate = judged.fitted[1] as f64 / judged.fitted[0] as f64;
    let same = judged.later.iter().map(|group| Predicted {
        chance: rate,
        ..*group
    });
    judged.brier_of_rate = brier(&same.into_list());
    let least = f64::from(min_auc_percent) / 100.0;
    judged.is_used = auc(&judged.later).is_some_and(|area| area >= least);
    judged
}

impl Judged {
    /// The chance of a pattern, if the regression is used.
    pub fn chance(&self, pattern: i64) -> Option<f64> {
        let weights = self.weights.as_ref().filter(|_| self.is_used)?;
        Some(chance(weights, &features(pattern)))
    }

    /// One row: what it was fitted on and judged by, and how it did.
    pub fn quality_table(&self) -> Table {
        let used = if self.is_used { "model" } else { "rules" };
        let mut table = Table {
            columns: vec![
                ("used", Values::Name(vec![used])),
                ("fitted", Values::Int(vec![self.fitted[0]])),
                ("fitted_cancelled", Values::Int(vec![self.fitted[1]])),
                ("judged", Values::Int(vec![self.after[0]])),
                ("judged_cancelled", Values::Int(vec![self.after[1]])),
            ],
        };
        table.push_rates(
            ["auc", "brier", "brier_of_rate"],
            [
                vec![auc(&self.later)],
                vec![brier(&self.later)],
                vec![self.brier_of_rate],
            ],
        );
        table
    }

    /// Later rows in tenths of rising chance: what was predicted, and what came. Rows of one
    /// chance stay together.
    pub fn calibration_table(&self) -> Table {
        let all: f64 = self.later.iter().map(|group| group.rows).sum();
        let mut parts = [[0.0; 3]; PARTS];
        let mut before = 0.0;
        for group in &self.later {
            let middle = (before + 0.5 * group.rows) / all;
            before += group.rows;
            let place = ((middle * PARTS as f64) as usize).min(PARTS - 1);
            if let Some([rows, predicted, events]) = parts.get_mut(place) {
                *rows += group.rows;
                *predicted += group.rows * group.chance;
                *events += group.events;
            }
        }
        let parts = (1i64..).zip(parts).filter(|(_, [rows, ..])| *rows > 0.0);
        let parts: Vec<(i64, [f64; 3])> = parts.into_list();
        let whole = |place: usize| {
            let value = move |(_, part): &(i64, [f64; 3])| part.get(place).map_or(0, |n| *n as i64);
            Values::Int(parts.iter().map(value).into_list())
        };
        let predicted = parts.iter().map(|(_, [rows, sum, _])| Some(sum / rows));
        let mut table = Table {
            columns: vec![
                (
                    "tenth",
                    Values::Int(parts.iter().map(|(place, _)| *place).into_list()),
                ),
                ("rows", whole(0)),
                ("cancelled", whole(2)),
                ("predicted", Values::MaybeReal(predicted.into_list())),
            ],
        };
        let mut rates = Rates::default();
        for (_, [rows, _, events]) in &parts {
            rates.push(*events as i64, *rows as i64);
        }
        rates.append(&mut table, ["actual", "actual_low", "actual_high"]);
        table
    }

    /// The weights; e to the power of one is the factor by which the odds change.
    pub fn weights_table(&self) -> Table {
        let weights = self.weights.iter().flatten().copied();
        let names = FEATURES.iter().copied().zip(weights);
        let (names, weights): (Vec<&str>, Vec<f64>) = names.unzip();
        Table {
            columns: vec![
                ("feature", Values::Name(names)),
                ("weight", Values::Real(weights)),
            ],
        }
    }
}
