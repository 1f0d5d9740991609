//! Where the orders of a batch begin, and the ids of their keys.

use super::batch::{KeyColumn, LineBatch};
use crate::keys::{Key, Keys, NONE};

/// Rows at which another order begins.
pub(super) struct Heads {
    pub rows: Vec<u32>,
    end: usize,
}

impl Heads {
    pub fn of(batch: &LineBatch<'_>) -> Self {
        let mut rows = Vec::with_capacity(batch.rows / 2 + 1);
        match &batch.order_id {
            KeyColumn::Int(values, valid) if valid.is_empty() => {
                let mut previous = None;
                for (row, value) in values.iter().enumerate() {
                    if previous != Some(value) {
                        rows.push(row as u32);
                        previous = Some(value);
                    }
                }
            }
            _ => rows.extend(0..batch.rows as u32),
        }
        Heads {
            rows,
            end: batch.rows,
        }
    }

    /// The numbers of a column at the heads; none at all when it is absent.
    pub fn numbers(&self, column: &KeyColumn<'_>) -> Vec<Option<u64>> {
        let (KeyColumn::Int(values, valid), rows) = (column, self.rows.iter()) else {
            return Vec::new();
        };
        let value = |row: &u32| values.get(*row as usize).copied();
        if valid.is_empty() {
            return rows.map(value).collect();
        }
        let is_there = |row: &u32| valid.get(*row as usize) != Some(&false);
        rows.map(|row| value(row).filter(|_| is_there(row)))
            .collect()
    }

    /// The ids of the keys at the heads.
    pub fn intern(&self, column: &KeyColumn<'_>, keys: &mut Keys) -> Vec<u32> {
        let mut ids = Vec::new();
        match column {
            KeyColumn::Int(..) => keys.intern_ints(&self.numbers(column), &mut ids),
            _ => {
                let rows = self.rows.iter();
                ids.extend(rows.map(|row| intern_at(column, *row as usize, keys)));
            }
        }
        ids
    }

    /// The first row of a head; past the last head, the end of the batch.
    #[inline]
    pub fn row(&self, head: usize) -> usize {
        self.rows.get(head).map_or(self.end, |row| *row as usize)
    }
}

#[inline]
pub(super) fn number_at(column: &KeyColumn<'_>, row: usize) -> Option<u64> {
    match column {
        KeyColumn::Int(values, valid) if valid.get(row) != Some(&false) => values.get(row).copied(),
        _ => None,
    }
}

#[inline]
pub(super) fn intern_at(column: &KeyColumn<'_>, row: usize, keys: &mut Keys) -> u32 {
    match column {
        KeyColumn::Absent => NONE,
        KeyColumn::Int(..) => number_at(column, row).map_or(NONE, |value| keys.intern_int(value)),
        KeyColumn::Text(texts) => intern_text(texts.get(row), keys),
    }
}

pub(super) fn intern_text(text: Option<&str>, keys: &mut Keys) -> u32 {
    match text.map(str::trim) {
        None | Some("") => NONE,
        Some(text) => keys.intern(Key::of(text)),
    }
}
