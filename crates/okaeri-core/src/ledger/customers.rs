//! What a shop tells of customers beside their orders: labels, and when they were registered.
//!
//! Kept by record (contact), whose parts are the contact's own. The latest fact of a record holds as a whole, but for the day of
//! registration, which stays until another is told. A person has several records: the one that
//! was told of last has the greatest `arrival`.

use super::undo::Undoable;
use crate::keys::NONE;

/// What is told of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Labels: an id of the ledger's lists, or NONE.
    pub tags: u32,
    /// When the customer was registered, UTC seconds; `i64::MIN` when unknown.
    pub registered_at: i64,
    /// Number of the fact among those of customers, from 1; 0 when there was none.
    pub arrival: u32,
}

const NOTHING: CustomerRow = CustomerRow {
    tags: NONE,
    registered_at: i64::MIN,
    arrival: 0,
};

/// Customers by record.
#[derive(Clone, Debug)]
pub struct Customers {
    rows: Undoable<CustomerRow>,
    arrivals: u32,
}

impl Default for Customers {
    fn default() -> Self {
        Customers {
            rows: Undoable::new(NOTHING),
            arrivals: 0,
        }
    }
}

impl Customers {
    /// What is told of a record.
    pub fn get(&self, record: u32) -> CustomerRow {
        self.rows.get(record)
    }

    /// Of several records, as one person has them, what was told last: labels, and when the
    /// person was registered, which is the first time that any of them says.
    pub fn of_all(&self, records: impl Iterator<Item = u32>) -> CustomerRow {
        records.fold(NOTHING, |all, record| {
            let one = self.rows.get(record);
            let latest = if one.arrival > all.arrival { one } else { all };
            let times = [one.registered_at, all.registered_at];
            let known = times.into_iter().filter(|at| *at != i64::MIN);
            CustomerRow {
                registered_at: known.min().unwrap_or(i64::MIN),
                ..latest
            }
        })
    }

    /// Whether no fact told anything.
    pub fn is_empty(&self) -> bool {
        self.arrivals == 0
    }

    /// Takes down a fact. Nothing is kept before the first that tells anything; `has_birth`: it
    /// told a birth date, which the contact keeps.
    pub(super) fn set(
        &mut self,
        record: u32,
        tags: u32,
        registered_at: Option<i64>,
        has_birth: bool,
    ) {
        let tells = tags != NONE || registered_at.is_some() || has_birth;
        if record == NONE || (self.arrivals == 0 && !tells) {
            return;
        }
        self.arrivals = self.arrivals.saturating_add(1);
        let before = self.rows.get(record);
        let row = CustomerRow {
            tags,
            registered_at: registered_at.unwrap_or(before.registered_at),
            arrival: self.arrivals,
        };
        self.rows.set(record, row);
    }

    pub(super) fn keep(&mut self) {
        self.rows.keep();
    }

    pub(super) fn arrivals(&self) -> u32 {
        self.arrivals
    }

    /// `records`: how many there are left.
    pub(super) fn undo(&mut self, arrivals: u32, records: usize) {
        self.rows.undo(records);
        self.arrivals = arrivals;
    }
}
