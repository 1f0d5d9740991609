//! Events: what happened to customers outside orders. Appended, each id once.

use crate::keys::{Key, Keys};

/// One event; its place is its dense id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// UTC seconds.
    pub at: i64,
    /// Id of [`Events::kinds`].
    pub kind: u32,
    /// Record (contact) that it concerns, or NONE.
    pub record: u32,
    /// The delivery that caused it, as an id of [`Events::deliveries`], or NONE.
    pub delivery: u32,
    /// The contract that it concerns, as an id of the ledger's `contracts`, or NONE.
    pub contract: u32,
    /// More of it, as an id of the ledger's words, or NONE.
    pub detail: u32,
}

/// All events of a shop.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// Event ids.
    pub ids: Keys,
    /// Kinds, such as `mail_opened`.
    pub kinds: Keys,
    /// Delivery keys.
    pub deliveries: Keys,
    /// One row an id.
    pub rows: Vec<EventRow>,
}

impl Events {
    /// Appends an event; false when it is known.
    pub fn add(&mut self, id: &str, row: EventRow) -> bool {
        let is_new = self.ids.intern(Key::of(id)) as usize == self.rows.len();
        if is_new {
            self.rows.push(row);
        }
        is_new
    }

    pub(super) fn lengths(&self) -> [usize; 3] {
        [self.ids.len(), self.kinds.len(), self.deliveries.len()]
    }

    pub(super) fn truncate(&mut self, [ids, kinds, deliveries]: [usize; 3]) {
        self.rows.truncate(ids);
        self.ids.truncate(ids);
        self.kinds.truncate(kinds);
        self.deliveries.truncate(deliveries);
    }
}
