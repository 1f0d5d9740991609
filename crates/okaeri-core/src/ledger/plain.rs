//! The common case of a load, told apart because it is many times as fast: new orders that have
//! nothing out of the way, and lines of goods alone. What is found here is what the row by row
//! way in `load` would have found.

use std::ops::Range;

use super::Ledger;
use super::batch::{KeyColumn, LineBatch, TimeColumn};
use super::columns::{Lines, Status};
use super::load::{
    AMOUNT_MAX, Current, Loading, New, Products, QUANTITY_MAX, is_in_calendar, is_present,
};
use crate::keys::NONE;

/// The orders of a batch that has no more to say of them than when, and what became of them.
pub(super) struct PlainOrders<'b> {
    at: &'b [i64],
    /// Empty when all count.
    status: &'b [i64],
}

impl<'b> PlainOrders<'b> {
    pub fn of(batch: &'b LineBatch<'_>) -> Option<Self> {
        let TimeColumn::Utc(at) = &batch.ordered_at else {
            return None;
        };
        let nothing_more = matches!(batch.updated_at, TimeColumn::Absent)
            && !is_present(&batch.currency)
            && batch.discount_total.values.is_empty();
        let all_there = at.valid.is_empty() && batch.status.valid.is_empty();
        (nothing_more && all_there).then_some(PlainOrders {
            at: &at.values,
            status: &batch.status.values,
        })
    }
}

/// The lines of a batch of which every row is a line of goods, and none is to be refused.
pub(super) struct PlainLines(Vec<i64>);

impl PlainLines {
    pub fn of(batch: &LineBatch<'_>, products: &Products) -> Option<Self> {
        let [quantity, price, amount] = [&batch.quantity, &batch.unit_price, &batch.amount];
        let nothing_more = matches!(batch.shipment_id, KeyColumn::Absent)
            && [&batch.is_gift, &batch.line_kind, &batch.line_cancelled]
                .into_iter()
                .all(|column| column.values.is_empty());
        let all_there = [quantity, price, amount]
            .into_iter()
            .all(|column| column.valid.is_empty())
            && products.0.len() == batch.rows
            && price.values.len().max(amount.values.len()) == batch.rows;
        if !nothing_more || !all_there || products.0.contains(&NONE) {
            return None;
        }
        let mut is_wrong = false;
        let figures = (0..batch.rows).map(|row| {
            let pieces = quantity.values.get(row).copied().unwrap_or(1);
            let amount = amount.values.get(row).copied().unwrap_or_else(|| {
                let price = price.values.get(row).copied().unwrap_or_default();
                is_wrong |= price.unsigned_abs() > AMOUNT_MAX as u64;
                price.wrapping_mul(pieces)
            });
            is_wrong |= pieces.unsigned_abs() > QUANTITY_MAX as u64
                || amount.unsigned_abs() > AMOUNT_MAX as u64;
            Lines::figures(pieces, amount)
        });
        let figures = figures.collect();
        (!is_wrong).then_some(PlainLines(figures))
    }

    /// Adds some rows to the ledger's lines.
    pub fn put(&self, rows: &Range<usize>, products: &Products, lines: &mut Lines) {
        let (products, figures) = (products.0.get(rows.clone()), self.0.get(rows.clone()));
        lines.extend(products.unwrap_or_default(), figures.unwrap_or_default());
    }
}

impl Ledger {
    /// Opens an order that is new and has nothing out of the way; `None` for any other.
    #[inline]
    pub(super) fn plain_order(
        &mut self,
        loading: &mut Loading,
        orders: &PlainOrders<'_>,
        row: usize,
        new: &New,
    ) -> Option<Current> {
        let at = *orders.at.get(row)?;
        let status = match orders.status.get(row) {
            Some(number) => Status::of(*number)?,
            None => Status::Counted,
        };
        let of_row = self.orders.rows.len() as u32;
        if new.id as usize != self.latest.len() || !is_in_calendar(at) || of_row >= NONE - 1 {
            return None;
        }
        let record = new.record?;
        self.push_order(at, status, new, record);
        self.latest.push(of_row);
        loading.report.orders += 1;
        Some(Current::Row(of_row))
    }
}
