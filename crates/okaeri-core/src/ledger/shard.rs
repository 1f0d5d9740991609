//! Loads of a shop on several instances: a shard's rows, and what keys note for the shards.

use std::collections::TryReserveError;

use super::Ledger;
use super::batch::LineBatch;
use super::columns::OrderRow;
use super::heads::{Heads, intern_text};
use super::load::source;
use crate::keys::NONE;

impl Ledger {
    /// Adds the rows of one shard. Names of products are taken from all rows: of two names the
    /// latest one holds, wherever the order is.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_shard(
        &mut self,
        batch: &LineBatch<'_>,
        is_ours: impl Fn(u64) -> bool,
    ) -> Result<(), TryReserveError> {
        let kept: Vec<u32> = (0..batch.rows as u32)
            .filter(|row| is_ours(source(batch, *row as usize)))
            .collect();
        self.append(&batch.take(&kept))?;
        if !batch.product_name.offsets.is_empty() {
            self.products_of(batch);
        }
        Ok(())
    }

    /// Takes down the name of a product.
    pub fn name_product(&mut self, code: &str, name: &str) {
        let id = intern_text(Some(code), &mut self.products);
        self.product_names.set(id, name);
    }

    /// Likewise for records of bare numbers, which are made whether their order is taken in or not.
    pub(super) fn note_records(&mut self, ids: &[u32], records: &[u32]) {
        if self.keys_only {
            for (id, record) in ids.iter().zip(records) {
                self.note_record(*id, *record);
            }
        }
    }

    /// Takes down that an order came under a record, if its latest version says other keys.
    pub(super) fn note_record(&mut self, id: u32, record: u32) {
        if !self.keys_only || record == NONE || id == NONE {
            return;
        }
        let latest = self.latest.get(id);
        let latest = self.orders.rows.get(latest as usize);
        let is_same = |latest: &OrderRow| self.contacts.are_alike(latest.record, record);
        if !latest.is_some_and(is_same) {
            self.came_under.push((id, record));
        }
    }

    /// Takes down which order each row of the source is of.
    pub(super) fn number_rows(&mut self, batch: &LineBatch<'_>, heads: &Heads, ids: &[u32]) {
        let Some(before) = self.number_after.filter(|_| self.keys_only) else {
            return;
        };
        for (head, id) in ids.iter().enumerate() {
            for row in heads.row(head)..heads.row(head + 1) {
                // Rows of the source are counted from 1, over all calls of a load.
                let within = source(batch, row).checked_sub(before + 1);
                let Some(row) = within.and_then(|row| usize::try_from(row).ok()) else {
                    continue;
                };
                if row >= self.order_of_row.len() {
                    self.order_of_row.resize(row + 1, NONE);
                }
                if let Some(place) = self.order_of_row.get_mut(row) {
                    *place = *id;
                }
            }
        }
    }
}
