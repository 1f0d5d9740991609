//! Months: orders and revenue of new, repeat and guest orders (月次 新規・リピート).

use super::sums::{Sums, add};
use crate::book::BookOrder;

/// Column names of the table.
pub const COLUMNS: [&str; 10] = [
    "month",
    "orders",
    "new_orders",
    "repeat_orders",
    "guest_orders",
    "revenue",
    "new_revenue",
    "repeat_revenue",
    "guest_revenue",
    "customers",
];

/// Sums by month of the order.
#[derive(Clone, Debug)]
pub struct ByMonth {
    first: i32,
    months: Vec<[i64; 9]>,
}

impl ByMonth {
    /// For the months from `first` to `last`.
    pub fn between(first: i32, last: i32) -> Self {
        ByMonth {
            first,
            months: vec![[0; 9]; (last - first + 1).max(0) as usize],
        }
    }

    /// Adds an order. `seq` counts a customer's orders from 1 and is 0 for a guest's;
    /// `is_first_of_month` when the customer has no earlier order in the month.
    #[inline]
    pub fn add(&mut self, month: i32, order: &BookOrder, seq: u32, is_first_of_month: bool) {
        let Some(sums) = self.months.get_mut((month - self.first) as usize) else {
            return;
        };
        let [
            orders,
            new,
            repeat,
            guest,
            revenue,
            new_rev,
            repeat_rev,
            guest_rev,
            customers,
        ] = sums;
        add(orders, 1);
        add(revenue, order.amount);
        let (count, amount) = match seq {
            0 => (guest, guest_rev),
            1 => (new, new_rev),
            _ => (repeat, repeat_rev),
        };
        add(count, 1);
        add(amount, order.amount);
        add(customers, i64::from(is_first_of_month));
    }

    /// The table's sums.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::new(1, COLUMNS.len());
        for (index, values) in self.months.iter().enumerate() {
            if values.first() != Some(&0) {
                sums.push([i64::from(self.first) + index as i64]);
                sums.push(*values);
            }
        }
        sums
    }
}
