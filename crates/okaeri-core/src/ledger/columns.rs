//! Columns of the ledger: orders, their lines, and values that most shops do not have.

use std::collections::TryReserveError;

use super::details::{LineDetails, OrderDetails};
use super::load::{AMOUNT_MAX, QUANTITY_MAX};
use crate::keys::make_room;

/// A column that takes no memory until a value differs from its default.
#[derive(Clone, Debug)]
pub struct Sparse<T> {
    values: Vec<T>,
    default: T,
}

impl<T: Copy + PartialEq> Sparse<T> {
    /// A column of which every row holds `default`.
    pub fn new(default: T) -> Self {
        Sparse {
            values: Vec::new(),
            default,
        }
    }

    /// The value of `row`.
    #[inline]
    pub fn get(&self, row: u32) -> T {
        self.values
            .get(row as usize)
            .copied()
            .unwrap_or(self.default)
    }

    /// Sets the value of `row`.
    #[inline]
    pub fn set(&mut self, row: u32, value: T) {
        if value == self.default && row as usize >= self.values.len() {
            return;
        }
        if row as usize >= self.values.len() {
            self.values.resize(row as usize + 1, self.default);
        }
        if let Some(place) = self.values.get_mut(row as usize) {
            *place = value;
        }
    }

    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.values.truncate(rows);
    }

    /// Whether every row holds the default and no memory is taken.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// What became of an order, as far as counting goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Counts.
    #[default]
    Counted = 0,
    /// Cancelled.
    Cancelled = 1,
    /// Wholly returned.
    Returned = 2,
    /// Not yet an order.
    Draft = 3,
    /// Taken up into another order.
    Merged = 4,
}

impl Status {
    /// The status with this number.
    pub fn of(number: i64) -> Option<Self> {
        Some(match number {
            0 => Status::Counted,
            1 => Status::Cancelled,
            2 => Status::Returned,
            3 => Status::Draft,
            4 => Status::Merged,
            _ => return None,
        })
    }
}

/// Most lines of goods that a ledger holds.
pub const LINES_MAX: usize = 1 << (32 - STATUS_BITS);
const STATUS_BITS: u32 = 3;

/// One order as it stands in the ledger, in 24 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrderRow {
    /// Seconds since 1970-01-01T00:00:00Z: within the calendar they fit 32 bits.
    seconds: u32,
    /// Dense id of the order.
    pub id: u32,
    /// Dense id of the shop, or NONE.
    pub shop: u32,
    /// Record (contact) of the buyer, or NONE.
    pub record: u32,
    /// First of its lines.
    pub line_start: u32,
    /// How many lines of goods, and in the last bits the status.
    count_and_status: u32,
}

impl OrderRow {
    /// An order without lines, placed at `at` in UTC seconds, which lies within the calendar.
    pub fn new(at: i64, status: Status) -> Self {
        OrderRow {
            seconds: at as u32,
            count_and_status: status as u32,
            ..OrderRow::default()
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[inline]
    pub fn at(&self) -> i64 {
        i64::from(self.seconds)
    }

    /// What became of it.
    #[inline]
    pub fn status(&self) -> Status {
        let status = self.count_and_status & ((1 << STATUS_BITS) - 1);
        Status::of(i64::from(status)).unwrap_or_default()
    }

    /// How many lines of goods it has.
    #[inline]
    pub fn line_count(&self) -> u32 {
        self.count_and_status >> STATUS_BITS
    }

    /// Sets the number of its lines, which is at most [`LINES_MAX`].
    #[inline]
    pub fn set_line_count(&mut self, count: u32) {
        self.count_and_status = count << STATUS_BITS | self.status() as u32;
    }
}

/// One line of goods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineRow {
    /// Dense id of the product.
    pub product: u32,
    /// Pieces, up to [`QUANTITY_MAX`].
    pub quantity: i64,
    /// Line total in minor units, up to [`AMOUNT_MAX`].
    pub amount: i64,
}

/// Lines of goods, in 12 bytes each; an order's lines stand together.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    products: Vec<u32>,
    /// The amount, and in the last bits the pieces.
    figures: Vec<i64>,
    /// What most shops do not tell.
    pub(super) details: LineDetails,
}

const QUANTITY_BITS: u32 = 21;
const QUANTITY_OFFSET: i64 = 1 << (QUANTITY_BITS - 1);
const _: () = assert!(QUANTITY_MAX < QUANTITY_OFFSET && AMOUNT_MAX < i64::MAX >> QUANTITY_BITS);

impl Lines {
    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.products.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// Takes memory for `more` further lines at once.
    ///
    /// # Errors
    /// When there is not so much.
    pub fn try_reserve(&mut self, more: usize) -> Result<(), TryReserveError> {
        make_room(&mut self.products, more)?;
        make_room(&mut self.figures, more)
    }

    /// Quantity and amount in one.
    #[inline]
    pub(super) fn figures(quantity: i64, amount: i64) -> i64 {
        amount << QUANTITY_BITS | quantity.wrapping_add(QUANTITY_OFFSET)
    }

    /// Adds a line.
    #[inline]
    pub fn push(&mut self, line: LineRow) {
        self.products.push(line.product);
        self.figures.push(Self::figures(line.quantity, line.amount));
    }

    /// Adds lines by their columns.
    pub(super) fn extend(&mut self, products: &[u32], figures: &[i64]) {
        self.products.extend_from_slice(products);
        self.figures.extend_from_slice(figures);
    }

    /// Adds to the amount of the last line, as far as there is room for the sum.
    pub fn add_to_last(&mut self, amount: i64) {
        if let Some(figures) = self.figures.last_mut() {
            let most = i64::MAX >> QUANTITY_BITS;
            let sum = (*figures >> QUANTITY_BITS).saturating_add(amount);
            let quantity = *figures & ((1 << QUANTITY_BITS) - 1);
            *figures = sum.clamp(-most, most) << QUANTITY_BITS | quantity;
        }
    }

    /// Forgets the lines from `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.products.truncate(len);
        self.figures.truncate(len);
        self.details.truncate(len);
    }

    /// Reads a line from memory; what comes of it says nothing.
    #[inline]
    pub fn fetch(&self, line: u32) -> i64 {
        let product = self.products.get(line as usize).copied();
        let figures = self.figures.get(line as usize).copied();
        figures.unwrap_or_default() ^ i64::from(product.unwrap_or_default())
    }

    /// The products of `count` lines from `start` on.
    #[inline]
    pub fn products(&self, start: u32, count: u32) -> &[u32] {
        let start = start as usize;
        let products = self.products.get(start..start + count as usize);
        products.unwrap_or_default()
    }

    /// `count` lines from `start` on.
    #[inline]
    pub fn rows(&self, start: u32, count: u32) -> impl Iterator<Item = LineRow> {
        let from = start as usize;
        let figures = self.figures.get(from..from + count as usize);
        let products = self.products(start, count).iter();
        let rows = products.zip(figures.unwrap_or_default());
        rows.map(|(product, figures)| LineRow {
            product: *product,
            quantity: (figures & ((1 << QUANTITY_BITS) - 1)) - QUANTITY_OFFSET,
            amount: figures >> QUANTITY_BITS,
        })
    }
}

/// Orders in order of arrival. A row is alive when the ledger's `latest` points to it.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The rows.
    pub rows: Vec<OrderRow>,
    /// When the cart last changed it, UTC seconds; `i64::MIN` when unknown.
    pub updated_at: Sparse<i64>,
    /// Discount on the whole order, positive.
    pub discount: Sparse<i64>,
    /// Distinct destinations; 0 when unknown.
    pub shipments: Sparse<u16>,
    /// Any destination is marked as a gift.
    pub is_gift: Sparse<bool>,
    /// For rows of an order that came back within one load: the row that they belong to.
    pub head: Sparse<u32>,
    /// What most shops do not tell.
    pub details: OrderDetails,
}

impl Default for Orders {
    fn default() -> Self {
        Orders {
            rows: Vec::new(),
            updated_at: Sparse::new(i64::MIN),
            discount: Sparse::new(0),
            shipments: Sparse::new(0),
            is_gift: Sparse::new(false),
            head: Sparse::new(crate::keys::NONE),
            details: OrderDetails::default(),
        }
    }
}

impl Orders {
    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
        self.updated_at.truncate(rows);
        self.discount.truncate(rows);
        self.shipments.truncate(rows);
        self.is_gift.truncate(rows);
        self.head.truncate(rows);
        self.details.truncate(rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_what_it_holds() {
        let at = i64::from(crate::zone::END_DAY) * 86_400 - 1;
        for status in [Status::Counted, Status::Merged] {
            let mut row = OrderRow::new(at, status);
            row.set_line_count(LINES_MAX as u32 - 1);
            assert_eq!(
                (row.at(), row.status(), row.line_count()),
                (at, status, LINES_MAX as u32 - 1)
            );
        }
        let mut lines = Lines::default();
        for amount in [0, 1, -1, AMOUNT_MAX, -AMOUNT_MAX] {
            for quantity in [0, 1, -1, QUANTITY_MAX, -QUANTITY_MAX] {
                let line = LineRow {
                    product: 7,
                    quantity,
                    amount,
                };
                let start = lines.len() as u32;
                lines.push(line);
                assert_eq!(lines.rows(start, 1).collect::<Vec<_>>(), [line]);
            }
        }
    }
}
