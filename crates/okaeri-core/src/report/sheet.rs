//! What a report answers: tables, and notes on what they leave out.

pub use crate::analysis::tables::{Table, Values};
use crate::interval::wilson;

/// Tables in the order of display, and notes.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The day of the question.
    pub as_of_day: i32,
    /// Tables by name.
    pub tables: Vec<(&'static str, Table)>,
    /// Codes of notes, each with what it counts.
    pub notes: Vec<(&'static str, u64)>,
}

impl Sheet {
    /// A sheet without tables.
    pub fn new(as_of_day: i32) -> Self {
        Sheet {
            as_of_day,
            ..Sheet::default()
        }
    }

    /// Adds a table.
    pub fn push(&mut self, name: &'static str, table: Table) {
        self.tables.push((name, table));
    }

    /// Adds a note, unless it counts nothing.
    pub fn note(&mut self, code: &'static str, count: u64) {
        if count > 0 {
            self.notes.push((code, count));
        }
    }
}

/// `part / whole`; `None` when there is no whole.
pub fn share(part: i64, whole: i64) -> Option<f64> {
    (whole != 0).then(|| part as f64 / whole as f64)
}

impl Table {
    /// Adds columns of rates, where there is one.
    pub fn push_rates<const N: usize>(
        &mut self,
        names: [&'static str; N],
        rates: [Vec<Option<f64>>; N],
    ) {
        let rates = rates.into_iter().map(Values::MaybeReal);
        self.columns.extend(names.into_iter().zip(rates));
    }
}

/// Columns of a share and its 95 % interval after Wilson.
#[derive(Clone, Debug, Default)]
pub struct Rates([Vec<Option<f64>>; 3]);

impl Rates {
    /// The share of `part` in `whole`; nulls when there is no whole.
    pub fn push(&mut self, part: i64, whole: i64) {
        let band = wilson(part as f64, whole as f64);
        let bounds = [band.map(|band| band.low), band.map(|band| band.high)];
        let values = [share(part, whole), bounds[0], bounds[1]];
        for (column, value) in self.0.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// Adds the columns: the share, its lower and its upper bound.
    pub fn append(self, table: &mut Table, names: [&'static str; 3]) {
        table.push_rates(names, self.0);
    }
}

/// The nearest whole number, for money; halves away from zero.
pub fn rounded(value: f64) -> i64 {
    libm::round(value) as i64
}
