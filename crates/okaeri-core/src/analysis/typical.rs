//! What is typical of a shop: the figures that thresholds are fitted by.
//!
//! Both are sums or counts by days, so that those of shards add up to the shop's.

use super::sums::Sums;
use crate::book::Book;

/// All counted orders, guests' among them: what the average order value (AOV, 平均購入単価) is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderValue {
    /// Sum of the amounts, in minor units.
    pub amount: i64,
    /// How many orders.
    pub orders: i64,
}

impl OrderValue {
    /// Of a book.
    pub fn of(book: &Book) -> Self {
        let orders = book.orders.iter().chain(&book.guests);
        let amount = orders.fold(0i64, |sum, order| sum.saturating_add(order.amount));
        OrderValue {
            amount,
            orders: (book.orders.len() + book.guests.len()) as i64,
        }
    }

    /// As one row of sums, which shards add.
    pub fn sums(self) -> Sums {
        Sums {
            keys: 0,
            width: 2,
            cells: vec![self.amount, self.orders],
        }
    }

    /// From them.
    pub fn of_sums(sums: &Sums) -> Self {
        let of = |column: usize| sums.cells.get(column).copied().unwrap_or_default();
        OrderValue {
            amount: of(0),
            orders: of(1),
        }
    }

    /// The average times `factor`, rounded to whole `unit`s, half of one upwards, and one at
    /// least. `None` without orders.
    pub fn rounded(self, factor: i64, unit: i64) -> Option<i64> {
        let whole = self.orders.saturating_mul(unit);
        if whole < 1 {
            return None;
        }
        let amount = self.amount.saturating_mul(factor);
        let units = amount.saturating_add(whole / 2) / whole;
        Some(units.max(1).saturating_mul(unit))
    }

    /// The least whole amount that is at least the average times `factor`. `None` without orders.
    pub fn least(self, factor: i64) -> Option<i64> {
        let more = self.orders.checked_sub(1).filter(|more| *more >= 0)?;
        let amount = self.amount.saturating_mul(factor);
        Some(amount.saturating_add(more) / self.orders)
    }
}

/// The days between consecutive purchases of repeaters, and how many there are of each. Orders
/// on one day are one purchase.
pub fn gaps(book: &Book) -> Sums {
    let mut counts: Vec<u32> = Vec::new();
    for (_, orders) in book.people(0..book.person_count()) {
        let nexts = orders.iter().skip(1);
        for (order, next) in orders.iter().zip(nexts) {
            let days = next.day.saturating_sub(order.day);
            if days < 1 {
                continue;
            }
            let days = days as usize;
            if days >= counts.len() {
                counts.resize(days + 1, 0);
            }
            if let Some(count) = counts.get_mut(days) {
                *count = count.saturating_add(1);
            }
        }
    }
    let mut sums = Sums::new(1, 2);
    for (days, count) in (0..).zip(&counts).filter(|(_, count)| **count > 0) {
        sums.push([days, i64::from(*count)]);
    }
    sums
}

/// Twice the median of such days (購入サイクル), which is whole. `None` without any.
pub fn median_doubled(gaps: &Sums) -> Option<i64> {
    let total = count(gaps);
    let below = at(gaps, total.checked_sub(1)? / 2)?;
    Some(below.saturating_add(at(gaps, total / 2)?))
}

/// Days within which three of four, and nine of ten, of such gaps ended: who waits longer than
/// most did is about to leave. `None` without any.
pub fn most(gaps: &Sums) -> Option<[i64; 2]> {
    let last = |part: u64, of: u64| at(gaps, (count(gaps) * part).checked_sub(1)? / of);
    Some([last(3, 4)?, last(9, 10)?])
}

fn weight(row: &[i64]) -> u64 {
    row.get(1).map_or(0, |count| (*count).max(0).unsigned_abs())
}

fn count(gaps: &Sums) -> u64 {
    gaps.rows().map(weight).fold(0, u64::saturating_add)
}

/// The gap at this place, ascending from 0.
fn at(gaps: &Sums, place: u64) -> Option<i64> {
    let mut passed = 0u64;
    let found = gaps.rows().find(|row| {
        passed = passed.saturating_add(weight(row));
        passed > place
    });
    found.and_then(|row| row.first().copied())
}

/// What bounds are fitted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typical {
    /// All orders.
    pub value: OrderValue,
    /// See [`median_doubled`].
    pub cycle_doubled: Option<i64>,
}
