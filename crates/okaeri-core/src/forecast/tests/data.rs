//! The CDNOW sample: 2,357 customers, weeks 1 to 39, and what they did in weeks 40 to 78; and public
//! data that lie beside the repository, where they do.

use std::io::Write;
use std::path::Path;
use std::process::Command;

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

/// The lines of a file of public data, if it lies beside the repository: it may not be in it.
pub fn public(name: &str) -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let output = Command::new("gzip")
        .arg("-dcf")
        .arg(folder.join(name))
        .output();
    let text = output.ok().filter(|o| o.status.success())?.stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    Some(text.lines().skip(1).map(str::to_owned).collect())
}

/// Says that a test is left out, to the terminal itself: the test runner would keep it to itself.
pub fn left_out() {
    let note = b"LEFT OUT: the public data are not there\n";
    std::io::stderr().write_all(note).unwrap();
}

/// Days since 1970-01-01 of a year-month-day.
pub fn day(text: &str) -> i32 {
    let date: chrono::NaiveDate = text.parse().unwrap();
    date.to_epoch_days()
}
