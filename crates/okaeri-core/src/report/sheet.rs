//! What a report answers: tables, and notes on what they leave out.

pub use crate::analysis::tables::{Table, Values};

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
