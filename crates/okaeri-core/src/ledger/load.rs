//! One load: rows in, orders in the ledger, refused rows listed.
//!
//! All rows of an order within one load are one version of it; a later load replaces the order
//! unless the cart says that its version is older. A load that fails is undone as a whole.

use std::collections::TryReserveError;

use super::Ledger;
use super::batch::{KeyColumn, LineBatch};
use super::columns::{LINES_MAX, LineRow, OrderRow, Status};
use super::destinations::{NOWHERE, Places};
use super::heads::{Heads, intern_at, intern_text};
use super::plain::{PlainLines, PlainOrders};
use super::reading::is_numbers_only;
use super::undo::Mark;
use crate::keys::{NONE, make_room};

/// Greatest amount of a line or discount, in minor units: sums over any shop then fit an i64.
pub const AMOUNT_MAX: i64 = 100_000_000_000;
/// Greatest number of pieces on a line.
pub const QUANTITY_MAX: i64 = 1_000_000;
/// Rows a load lists as refused; the rest are counted.
pub const REJECTIONS_MAX: usize = 1000;

/// Why a row was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A value that must be there is not.
    Missing,
    /// A time before 1990 or after 2099.
    OutOfCalendar,
    /// A status number that does not exist.
    UnknownStatus,
    /// Another currency than the shop's.
    OtherCurrency,
    /// Beyond [`AMOUNT_MAX`] or [`QUANTITY_MAX`].
    TooLarge,
    /// The order's id is another shop's already.
    OtherShop,
    /// The order of this row was refused.
    OrderRefused,
    /// The ledger is full.
    Full,
}

/// A refused row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Row of the source.
    pub row: u64,
    /// Column of the flat lines table.
    pub column: &'static str,
    /// Why.
    pub reason: Reason,
}

/// What became of a load so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Orders taken in.
    pub orders: u64,
    /// Lines of goods taken in.
    pub lines: u64,
    /// Orders that replaced an earlier version.
    pub replaced: u64,
    /// Orders passed over because a newer version was there.
    pub stale: u64,
    /// Rows refused.
    pub rejected: u64,
    /// The first thousand of them.
    pub rejections: Vec<Rejection>,
}

impl Report {
    /// Refuses rows of an order whose row `first` was refused, unless they are the same row of
    /// the source: a JSON item is one row, whatever it holds.
    fn refuse_order(
        &mut self,
        batch: &LineBatch<'_>,
        rows: impl Iterator<Item = usize>,
        first: usize,
    ) {
        let first = source(batch, first);
        for row in rows
            .map(|row| source(batch, row))
            .filter(|row| *row != first)
        {
            self.reject(row, "order_id", Reason::OrderRefused);
        }
    }

    fn reject(&mut self, row: u64, column: &'static str, reason: Reason) {
        self.rejected += 1;
        if self.rejections.len() < REJECTIONS_MAX {
            self.rejections.push(Rejection {
                row,
                column,
                reason,
            });
        }
    }
}

/// A load under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Loading {
    pub report: Report,
    /// What to go back to.
    pub before: Mark,
    /// Order ids whose latest row this load replaced, and that row.
    pub replaced: Vec<(u32, u32)>,
    /// By order id, up to the last such: whether this load's version is older than what is known.
    pub stale: Vec<bool>,
    /// Orders that came back within this load.
    pub fragments: usize,
    /// Where destinations were put.
    pub places: Places,
}

/// Where the lines of the current order go.
#[derive(Clone, Copy)]
pub(super) enum Current {
    None,
    Row(u32),
    Stale,
    Refused,
}

impl Ledger {
    /// Begins a load, unless one is under way. `lines_hint`: about how many lines will come, 0
    /// when nobody knows.
    ///
    /// # Errors
    /// When there is no memory for so many.
    pub fn begin(&mut self, lines_hint: usize) -> Result<(), TryReserveError> {
        if self.loading.is_some() {
            return Ok(());
        }
        self.loading = Some(Loading {
            before: self.mark(),
            ..Loading::default()
        });
        self.contacts.expect(lines_hint / 2);
        self.reserve(lines_hint / 2, lines_hint)
    }

    /// Takes memory for so many more orders and lines at once, texts apart.
    fn reserve(&mut self, orders: usize, lines: usize) -> Result<(), TryReserveError> {
        let lines = if self.keys_only { orders } else { lines };
        self.lines.try_reserve(lines)?;
        make_room(&mut self.orders.rows, orders)?;
        self.latest.reserve(orders)?;
        self.order_ids.reserve(orders)
    }

    /// Adds the rows of one batch to the load under way, beginning one if there is none.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn append(&mut self, batch: &LineBatch<'_>) -> Result<(), TryReserveError> {
        self.begin(0)?;
        let heads = Heads::of(batch);
        self.reserve(heads.rows.len(), batch.rows)?;
        let products = self.products_of(batch);
        let ids = heads.intern(&batch.order_id, &mut self.order_ids);
        let shops = heads.intern(&batch.shop, &mut self.shops);
        self.number_rows(batch, &heads, &ids);
        let mut records = Vec::new();
        let within_shops = self.contacts.numbers_by_shop
            && !matches!(batch.shop, KeyColumn::Absent)
            && !matches!(batch.customer_id, KeyColumn::Absent);
        if is_numbers_only(batch) && !within_shops {
            let keys = [&batch.customer_id, &batch.email, &batch.phone];
            let numbers = keys.map(|column| heads.numbers(column));
            records = self.contacts.add_numbers(heads.rows.len(), &numbers)?;
        }
        let Some(mut loading) = self.loading.take() else {
            return Ok(());
        };
        let plain_lines = PlainLines::of(batch, &products).filter(|_| !self.keys_only);
        let plain_orders = PlainOrders::of(batch);
        // Rows of plain lines that are taken in together.
        let mut plain = 0..0;
        loading.report.rows += batch.rows as u64;
        let mut previous_id = NONE;
        let mut current = Current::None;
        let mut refused_at = 0;
        for (head, id) in ids.iter().enumerate() {
            let rows = heads.row(head)..heads.row(head + 1);
            let first = rows.start;
            if *id != previous_id || *id == NONE {
                previous_id = *id;
                refused_at = first;
                current = match *id {
                    NONE => {
                        loading
                            .report
                            .reject(source(batch, first), "order_id", Reason::Missing);
                        Current::None
                    }
                    id => {
                        let new = New {
                            id,
                            shop: shops.get(head).copied().unwrap_or(NONE),
                            record: records.get(head).copied(),
                            line_start: self.lines.len() + plain.len(),
                        };
                        let opened = plain_orders
                            .as_ref()
                            .and_then(|orders| self.plain_order(&mut loading, orders, first, &new));
                        opened.unwrap_or_else(|| self.order(&mut loading, batch, first, &new))
                    }
                };
                if !matches!(current, Current::Row(_) | Current::Stale) {
                    // The first row is listed with its reason, the others with the order.
                    loading.report.refuse_order(batch, rows.skip(1), first);
                    continue;
                }
            }
            match current {
                Current::Row(order) if let Some(lines) = &plain_lines => {
                    if plain.end != rows.start {
                        lines.put(&plain, &products, &mut self.lines);
                        plain.start = rows.start;
                    }
                    plain.end = rows.end;
                    self.count_lines(&mut loading, order, rows.len());
                }
                Current::Row(order) => {
                    for row in rows {
                        let line = self.line(&mut loading, batch, row, order, products.at(row));
                        if let Err((column, reason)) = line {
                            loading.report.reject(source(batch, row), column, reason);
                        }
                    }
                }
                Current::Refused => loading.report.refuse_order(batch, rows, refused_at),
                Current::Stale | Current::None => {}
            }
        }
        if let Some(lines) = &plain_lines {
            lines.put(&plain, &products, &mut self.lines);
        }
        self.note_records(&ids, &records);
        self.loading = Some(loading);
        Ok(())
    }

    /// Interns all product codes of a batch: once per entry of a dictionary, once per row else.
    pub(super) fn products_of(&mut self, batch: &LineBatch<'_>) -> Products {
        let ids = match &batch.product {
            KeyColumn::Text(texts) if texts.offsets.len() <= texts.entries.len() => {
                let entries = texts.offsets.len().saturating_sub(1);
                let of_entry: Vec<u32> = (0..entries)
                    .map(|e| intern_text(texts.entry(e), &mut self.products))
                    .collect();
                (0..batch.rows)
                    .map(|row| match texts.valid.get(row) {
                        Some(false) => NONE,
                        _ => texts
                            .entries
                            .get(row)
                            .and_then(|e| of_entry.get(*e as usize))
                            .copied()
                            .unwrap_or(NONE),
                    })
                    .collect()
            }
            KeyColumn::Absent => Vec::new(),
            KeyColumn::Int(values, valid) if valid.is_empty() => {
                let products = &mut self.products;
                values
                    .iter()
                    .map(|value| products.intern_int(*value))
                    .collect()
            }
            column => (0..batch.rows)
                .map(|row| intern_at(column, row, &mut self.products))
                .collect(),
        };
        if !batch.product_name.offsets.is_empty() {
            for (row, id) in ids.iter().enumerate() {
                if let Some(name) = batch.product_name.get(row) {
                    self.product_names.set(*id, name);
                }
            }
        }
        Products(ids)
    }

    #[inline]
    pub(super) fn push_order(&mut self, at: i64, status: Status, new: &New, record: u32) {
        let mut order = OrderRow::new(at, status);
        order.id = new.id;
        order.shop = new.shop;
        order.record = record;
        order.line_start = new.line_start as u32;
        self.orders.rows.push(order);
        self.last_shipment = NONE;
    }

    #[inline]
    fn count_lines(&mut self, loading: &mut Loading, order: u32, more: usize) {
        if let Some(order) = self.orders.rows.get_mut(order as usize) {
            order.set_line_count(order.line_count() + more as u32);
        }
        loading.report.lines += more as u64;
    }

    /// Opens the order of `row`: where its lines go.
    fn order(
        &mut self,
        loading: &mut Loading,
        batch: &LineBatch<'_>,
        row: usize,
        order: &New,
    ) -> Current {
        let id = order.id;
        let source_row = source(batch, row);
        let latest = self.latest.get(id);
        let rows = self.orders.rows.len();
        if (latest as usize).wrapping_add(1) == rows && rows > loading.before.orders {
            // The batch before ended within this order.
            return Current::Row(latest);
        }
        let (at, status) = match self.checked(batch, row) {
            Ok(checked) => checked,
            Err((column, reason)) => {
                loading.report.reject(source_row, column, reason);
                return Current::Refused;
            }
        };
        if loading.stale.get(id as usize) == Some(&true) {
            return Current::Stale;
        }
        // One order of each would be lost if the later one took the other's place.
        let known = self
            .orders
            .rows
            .get(latest as usize)
            .map(|known| known.shop);
        if known.is_some_and(|known| ![NONE, order.shop].contains(&known)) && order.shop != NONE {
            loading
                .report
                .reject(source_row, "order_id", Reason::OtherShop);
            return Current::Refused;
        }
        let updated_at = self.time(&batch.updated_at, row).unwrap_or(i64::MIN);
        let mut head = NONE;
        if latest != NONE {
            if latest as usize >= loading.before.orders {
                head = latest;
                loading.fragments += 1;
            } else if updated_at != i64::MIN && updated_at < self.orders.updated_at.get(latest) {
                let length = loading.stale.len().max(id as usize + 1);
                loading.stale.resize(length, false);
                if let Some(is_stale) = loading.stale.get_mut(id as usize) {
                    *is_stale = true;
                }
                loading.report.stale += 1;
                return Current::Stale;
            } else {
                loading.replaced.push((id, latest));
                loading.report.replaced += 1;
            }
        }
        let new = self.orders.rows.len() as u32;
        if new >= NONE - 1 || (head == NONE && self.latest.reserve_for(id, new).is_err()) {
            loading.report.reject(source_row, "order_id", Reason::Full);
            return Current::Refused;
        }
        let record = order.record;
        let record = record.unwrap_or_else(|| self.contact_at(batch, row, order.shop));
        let known = self.orders.rows.get(latest as usize);
        let known = known.map_or(NONE, |known| known.record);
        self.push_order(at, status, order, record);
        if updated_at != i64::MIN {
            self.orders.updated_at.set(new, updated_at);
        }
        if let Some(discount) = batch.discount_total.get(row) {
            self.orders.discount.set(new, discount);
        }
        if head == NONE {
            self.set_order_details(batch, row, new);
            self.latest.set(id, new);
            loading.report.orders += 1;
        } else {
            self.orders.head.set(new, head);
        }
        self.note_record(id, known);
        self.note_record(id, record);
        Current::Row(new)
    }

    /// Adds one line of goods to an order; rows without a product add none.
    #[inline]
    fn line(
        &mut self,
        loading: &mut Loading,
        batch: &LineBatch<'_>,
        row: usize,
        order: u32,
        product: u32,
    ) -> Result<(), (&'static str, Reason)> {
        let has_destinations = batch.has_destinations();
        let destination = match has_destinations {
            true => self.destination(&mut loading.places, batch, row, order),
            false => NOWHERE,
        };
        if product == NONE
            || batch.line_kind.get(row).unwrap_or(0) != 0
            || batch.line_cancelled.get(row).unwrap_or(0) != 0
        {
            return Ok(());
        }
        let quantity = batch.quantity.get(row).unwrap_or(1);
        if quantity.unsigned_abs() > QUANTITY_MAX as u64 {
            return Err(("quantity", Reason::TooLarge));
        }
        let (column, amount) = match batch.amount.get(row) {
            Some(amount) => ("amount", Some(amount)),
            None => match batch.unit_price.get(row) {
                Some(price) => ("unit_price", price.checked_mul(quantity)),
                None => return Err(("unit_price", Reason::Missing)),
            },
        };
        let Some(amount) = amount.filter(|a| a.unsigned_abs() <= AMOUNT_MAX as u64) else {
            return Err((column, Reason::TooLarge));
        };
        let is_large = |cost: i64| cost.unsigned_abs() > AMOUNT_MAX as u64;
        if batch.unit_cost.get(row).is_some_and(is_large) {
            return Err(("unit_cost", Reason::TooLarge));
        }
        if self.lines.len() >= LINES_MAX {
            return Err(("product", Reason::Full));
        }
        let lines = self.orders.rows.get(order as usize);
        if self.keys_only && lines.is_some_and(|order| order.line_count() > 0) {
            // One line stands for all: what the order is worth decides whether it counts.
            self.lines.add_to_last(amount);
            loading.report.lines += 1;
            return Ok(());
        }
        self.lines.push(LineRow {
            product,
            quantity,
            amount,
        });
        if has_destinations && !self.keys_only {
            self.set_destination(destination);
        }
        if batch.has_line_details() && !self.keys_only {
            self.set_line_details(batch, row);
        }
        self.count_lines(loading, order, 1);
        Ok(())
    }
}

/// The row of the source that a row of the batch came from.
pub(super) fn source(batch: &LineBatch<'_>, row: usize) -> u64 {
    let listed = batch.source_rows.get(row).copied();
    listed.unwrap_or_else(|| batch.first_row.wrapping_add(row as u64))
}

/// An order about to be opened.
pub(super) struct New {
    pub id: u32,
    pub shop: u32,
    /// Its record, if it was made before: for bare numbers.
    pub record: Option<u32>,
    pub line_start: usize,
}

/// Product id of each row.
pub(super) struct Products(pub Vec<u32>);

impl Products {
    #[inline]
    fn at(&self, row: usize) -> u32 {
        self.0.get(row).copied().unwrap_or(NONE)
    }
}
