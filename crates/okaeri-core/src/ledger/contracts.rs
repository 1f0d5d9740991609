//! Subscription contracts (定期), each in its latest version.

use super::undo::Undoable;
use crate::keys::{Key, Keys, NONE};

/// A contract as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractRow {
    /// Record (contact) whose it is, or NONE.
    pub record: u32,
    /// Number of its status, as whoever loads counts them.
    pub status: u8,
    /// When it began, UTC seconds; `i64::MIN` when unknown.
    pub started_at: i64,
    /// When it was cancelled, likewise.
    pub cancelled_at: i64,
    /// Why, as an id of [`Contracts::texts`], or NONE.
    pub cancel_reason: u32,
    /// Days between deliveries; 0 when unknown.
    pub cycle_days: u32,
    /// The next planned delivery, as an id of [`Contracts::texts`], or NONE.
    pub next_ship_date: u32,
}

impl ContractRow {
    const NOTHING: Self = ContractRow {
        record: NONE,
        status: 0,
        started_at: i64::MIN,
        cancelled_at: i64::MIN,
        cancel_reason: NONE,
        cycle_days: 0,
        next_ship_date: NONE,
    };
}

/// All contracts of a shop.
#[derive(Clone, Debug)]
pub struct Contracts {
    /// Contract ids, those included that lines and events alone name.
    pub ids: Keys,
    /// Words and dates of contracts.
    pub texts: Keys,
    rows: Undoable<ContractRow>,
    /// Those that came as contracts; lines and events may name others.
    known: Undoable<bool>,
}

impl Default for Contracts {
    fn default() -> Self {
        Contracts {
            ids: Keys::default(),
            texts: Keys::default(),
            rows: Undoable::new(ContractRow::NOTHING),
            known: Undoable::new(false),
        }
    }
}

impl Contracts {
    /// Puts a contract in the place of its earlier version.
    pub fn set(&mut self, id: &str, row: ContractRow) {
        let id = self.ids.intern(Key::of(id.trim()));
        self.rows.set(id, row);
        self.known.set(id, true);
    }

    /// The contract of a dense id; one that never came as a contract has nothing to it.
    pub fn get(&self, id: u32) -> ContractRow {
        self.rows.get(id)
    }

    /// Whether the id came as a contract, not on a line or an event alone.
    pub fn is_known(&self, id: u32) -> bool {
        self.known.get(id)
    }

    /// Each contract that came as one, with its dense id.
    pub fn iter(&self) -> impl Iterator<Item = (u32, ContractRow)> {
        let known = (0..self.ids.len() as u32).filter(|id| self.is_known(*id));
        known.map(|id| (id, self.rows.get(id)))
    }

    pub(super) fn keep(&mut self) {
        self.rows.keep();
        self.known.keep();
    }

    pub(super) fn lengths(&self) -> [usize; 2] {
        [self.ids.len(), self.texts.len()]
    }

    pub(super) fn undo(&mut self, [ids, texts]: [usize; 2]) {
        self.rows.undo(ids);
        self.known.undo(ids);
        self.ids.truncate(ids);
        self.texts.truncate(texts);
    }
}
