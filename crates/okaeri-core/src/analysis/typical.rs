//! What is typical of a shop: the figures that thresholds are fitted by.
//!
//! Both are sums or counts by days, so that those of shards add up to the shop's.

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

/// Twice the median of the days between consecutive purchases of repeaters (購入サイクル), which
/// is whole. Orders on one day are one purchase. `None` without repeaters.
pub fn purchase_cycle_doubled(book: &Book) -> Option<i64> {
    let mut counts: Vec<u32> = Vec::new();
    let mut total = 0u64;
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
            total += 1;
        }
    }
    let below = total.checked_sub(1)? / 2;
    let at = |place: u64| {
        let mut passed = 0u64;
        let found = counts.iter().position(|count| {
            passed += u64::from(*count);
            passed > place
        });
        found.map(|days| days as i64)
    };
    Some(at(below)? + at(total / 2)?)
}
