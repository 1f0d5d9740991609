//! Cohorts: customers by the month of their first order, followed month by month (コホート).
//!
//! Retention is `customers / customers(k = 0)`, LTV `cum_revenue / customers(k = 0)`.

use super::sums::{Sums, add};
use crate::book::BookOrder;

/// Column names of the table; `cum_revenue` is made when it is finished.
pub const COLUMNS: [&str; 6] = [
    "cohort",
    "k",
    "customers",
    "orders",
    "revenue",
    "cum_revenue",
];

/// Sums by cohort and months since.
#[derive(Clone, Debug)]
pub struct Cohorts {
    first: i32,
    span: usize,
    cells: Vec<[i64; 3]>,
}

impl Cohorts {
    /// For the months from `first` to `last`.
    pub fn between(first: i32, last: i32) -> Self {
        let span = (last - first + 1).max(0) as usize;
        Cohorts {
            first,
            span,
            cells: vec![[0; 3]; span * span],
        }
    }

    /// Adds an order in `month` of a customer of `cohort`.
    #[inline]
    pub fn add(&mut self, cohort: i32, month: i32, order: &BookOrder, is_first_of_month: bool) {
        let index = (cohort - self.first) as usize * self.span + (month - cohort) as usize;
        let Some([customers, orders, revenue]) = self.cells.get_mut(index) else {
            return;
        };
        add(customers, i64::from(is_first_of_month));
        add(orders, 1);
        add(revenue, order.amount);
    }

    /// The table's sums, without the running total.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::new(2, 5);
        for (index, [customers, orders, revenue]) in self.cells.iter().enumerate() {
            if *orders > 0 {
                let (cohort, k) = (index / self.span, index % self.span);
                let cohort = i64::from(self.first) + cohort as i64;
                sums.push([cohort, k as i64, *customers, *orders, *revenue]);
            }
        }
        sums
    }
}

/// Running total of revenue over `k` within each cohort.
pub fn cumulative_revenue(sums: &Sums) -> Vec<i64> {
    let mut cohort = None;
    let mut total = 0i64;
    sums.rows()
        .map(|row| {
            if cohort != row.first().copied() {
                cohort = row.first().copied();
                total = 0;
            }
            total = total.saturating_add(row.get(4).copied().unwrap_or_default());
            total
        })
        .collect()
}
