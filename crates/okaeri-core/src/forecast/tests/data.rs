//! The CDNOW sample: 2,357 customers, weeks 1 to 39, and what they did in weeks 40 to 78.

use crate::forecast::histories::{Histories, History};

/// A row of the file.
#[derive(Clone, Copy)]
pub struct Row {
    pub history: History,
    /// Mean amount of a repeat purchase; 0 without.
    pub mean: f64,
    /// Repeat purchases in weeks 40 to 78 by all customers of the row.
    pub later: f64,
}

pub fn rows() -> Vec<Row> {
    let text = include_str!("cdnow_sample.txt");
    (text.lines().filter(|line| !line.starts_with('#')))
        .map(|line| {
            let mut fields = line.split(' ').map(|field| field.parse::<f64>().unwrap());
            let mut next = || fields.next().unwrap();
            Row {
                history: History {
                    x: next() as u32,
                    recency: next(),
                    age: next(),
                    customers: next(),
                },
                mean: next(),
                later: next(),
            }
        })
        .collect()
}

/// The sample with times multiplied by `unit`.
pub fn sample_in(unit: f64) -> Histories {
    let histories = rows().into_iter().map(|row| History {
        recency: row.history.recency * unit,
        age: row.history.age * unit,
        ..row.history
    });
    Histories::new(histories.collect()).unwrap()
}

pub fn sample() -> Histories {
    sample_in(1.0)
}

pub fn history(x: u32, recency: f64, age: f64) -> History {
    History {
        x,
        recency,
        age,
        customers: 1.0,
    }
}
