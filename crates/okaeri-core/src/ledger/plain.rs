//! The common case of a load, told apart because it is many times as fast: new orders that have
//! nothing out of the way, and lines of goods alone. What is found here is what the row by row
//! way in `load` would have found.

use std::ops::Range;

use super::Ledger;
use super::batch::{LineBatch, TimeColumn};
use super::columns::{Lines, Status};
use super::load::{AMOUNT_MAX, Current, Loading, New, Products, QUANTITY_MAX};
use super::reading::{is_in_calendar, is_present};
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
            && batch.discount_total.values.is_empty()
            && !batch.has_order_details();
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
        let nothing_more = !batch.has_destinations()
            && !batch.has_line_details()
            && [&batch.line_kind, &batch.line_cancelled]
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
        self.latest.reserve_for(new.id, of_row).ok()?;
        self.push_order(at, status, new, record);
        self.latest.set(new.id, of_row);
        loading.report.orders += 1;
        Some(Current::Row(of_row))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use super::*;
    use crate::ledger::batch::{IntColumn, KeyColumn};
    use crate::zone::Zone;

    /// Order, time in days, status, product, quantity, price.
    type Row = (u64, i64, i64, u64, i64, i64);

    fn ints(values: impl Iterator<Item = i64>) -> IntColumn {
        IntColumn {
            values: values.collect(),
            valid: Vec::new(),
        }
    }

    fn keys<'a>(values: impl Iterator<Item = u64>) -> KeyColumn<'a> {
        KeyColumn::Int(values.collect(), Vec::new())
    }

    /// What the ledger makes of the loads, each of several batches.
    fn loaded(loads: &[Vec<Vec<Row>>], extra: &str) -> String {
        let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
        let mut told = String::new();
        for batches in loads {
            ledger.begin(0).unwrap();
            for rows in batches {
                let mut batch = LineBatch {
                    rows: rows.len(),
                    order_id: keys(rows.iter().map(|row| row.0)),
                    customer_id: keys(rows.iter().map(|row| row.0 % 3)),
                    ordered_at: TimeColumn::Utc(ints(rows.iter().map(|row| row.1 * 86_400))),
                    status: ints(rows.iter().map(|row| row.2)),
                    product: keys(rows.iter().map(|row| row.3)),
                    quantity: ints(rows.iter().map(|row| row.4)),
                    unit_price: ints(rows.iter().map(|row| row.5)),
                    ..LineBatch::default()
                };
                let zeros = || ints(rows.iter().map(|_| 0));
                match extra {
                    "none" => {}
                    "zeros" => {
                        batch.line_kind = zeros();
                        batch.discount_total = zeros();
                    }
                    _ => {
                        batch.unit_cost = zeros();
                        batch.shipping_total = zeros();
                        batch.shipment_id = keys(rows.iter().map(|_| 1));
                    }
                }
                ledger.append(&batch).unwrap();
            }
            told += &format!("{:?}\n", ledger.commit());
        }
        let is_told = extra == "details";
        assert_eq!(ledger.orders.details.is_empty(), !is_told);
        assert_eq!(ledger.lines.details.is_empty(), !is_told);
        assert_eq!(ledger.destinations.is_empty(), !is_told);
        for (row, order) in (0u32..).zip(&ledger.orders.rows) {
            let lines: Vec<_> = ledger.lines_of(order).collect();
            let (id, is_latest) = (ledger.order_ids.get(order.id), ledger.is_latest(row, order));
            let (at, status) = (order.at(), order.status());
            told += &format!(
                "{id:?} {is_latest} {at} {status:?} {} {lines:?}\n",
                order.record
            );
        }
        told
    }

    #[test]
    fn plain_orders_and_lines_come_out_as_row_by_row() {
        let first: Vec<Row> = vec![
            (1, 9_000, 0, 7, 1, 100),
            (1, 9_000, 0, 8, 2, 50),
            (2, 9_001, 1, 7, -1, 100),
            (3, 9_002, 4, 9, 0, 0),
        ];
        let rest: Vec<Row> = vec![
            // Goes on with the order before, then one that comes back.
            (3, 9_002, 4, 7, 3, 100),
            (4, 9_003, 0, 7, 1, 100),
            (2, 9_001, 1, 8, 1, 100),
        ];
        let bad: Vec<Row> = vec![
            (5, 1, 0, 7, 1, 100),
            (5, 1, 0, 8, 1, 100),
            (6, 9_004, 0, 7, 1, 100),
            (7, 9_005, 9, 7, 1, 100),
            (8, 9_006, 0, 7, 1, 100),
        ];
        let large: Vec<Row> = vec![
            (9, 9_006, 0, 7, QUANTITY_MAX + 1, 1),
            (10, 9_006, 0, 7, 1, AMOUNT_MAX),
            (11, 9_006, 0, 7, 2, AMOUNT_MAX),
            (12, 9_006, 0, 7, 0, AMOUNT_MAX + 1),
        ];
        let again: Vec<Row> = vec![(4, 9_007, 0, 8, 5, 10), (13, 9_008, 0, 7, 1, 1)];
        let loads = [vec![first, rest, bad, large], vec![again]];
        let plain = loaded(&loads, "none");
        assert_eq!(plain, loaded(&loads, "zeros"));
        assert_eq!(plain, loaded(&loads, "details"));
        assert_eq!(plain.matches("LineRow").count(), 13);
    }
}
