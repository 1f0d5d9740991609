//! From the first order to the second (F2転換).

use super::sums::{Sums, add};
use crate::keys::NONE;

/// Column names of the table by cohort.
pub const COLUMNS: [&str; 8] = [
    "cohort",
    "customers",
    "f2",
    "f2_30",
    "f2_60",
    "f2_90",
    "f2_180",
    "f2_365",
];
/// Column names of the histogram.
pub const HIST_COLUMNS: [&str; 2] = ["days", "customers"];
/// Column names of the table by first product.
pub const PRODUCT_COLUMNS: [&str; 4] = ["p1", "customers", "f2", "f2_90"];

/// Days counted one by one; more are counted together.
const DAYS_MAX: i32 = 366;
const WITHIN: [i32; 5] = [30, 60, 90, 180, 365];

/// Sums by cohort, by days and by first product.
#[derive(Clone, Debug)]
pub struct SecondOrders {
    first: i32,
    cohorts: Vec<[i64; 7]>,
    days: Vec<i64>,
    products: Vec<[i64; 3]>,
    without_product: [i64; 3],
}

impl SecondOrders {
    /// For cohorts from `first` to `last` and `products` products.
    pub fn between(first: i32, last: i32, products: usize) -> Self {
        SecondOrders {
            first,
            cohorts: vec![[0; 7]; (last - first + 1).max(0) as usize],
            days: vec![0; DAYS_MAX as usize + 1],
            products: vec![[0; 3]; products],
            without_product: [0; 3],
        }
    }

    /// Adds a customer: cohort, primary product of the first order, days to the second.
    #[inline]
    pub fn add(&mut self, cohort: i32, product: u32, days: Option<i32>) {
        let converted = i64::from(days.is_some());
        let within = |limit: i32| i64::from(days.is_some_and(|d| d <= limit));
        if let Some([customers, f2, rest @ ..]) =
            self.cohorts.get_mut((cohort - self.first) as usize)
        {
            add(customers, 1);
            add(f2, converted);
            for (sum, limit) in rest.iter_mut().zip(WITHIN) {
                add(sum, within(limit));
            }
        }
        if let Some(count) = days.and_then(|d| self.days.get_mut(d.clamp(0, DAYS_MAX) as usize)) {
            *count += 1;
        }
        let place = self
            .products
            .get_mut(product as usize)
            .unwrap_or(&mut self.without_product);
        let [customers, f2, f2_90] = place;
        add(customers, 1);
        add(f2, converted);
        add(f2_90, within(90));
    }

    /// Sums by cohort.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::new(1, COLUMNS.len());
        for (index, values) in self.cohorts.iter().enumerate() {
            if values.first() != Some(&0) {
                sums.push([i64::from(self.first) + index as i64]);
                sums.push(*values);
            }
        }
        sums
    }

    /// Sums by days.
    pub fn days(&self) -> Sums {
        let mut sums = Sums::new(1, 2);
        for (days, customers) in self.days.iter().enumerate() {
            if *customers > 0 {
                sums.push([days as i64, *customers]);
            }
        }
        sums
    }

    /// Sums by first product; -1 for first orders without lines.
    pub fn products(&self) -> Sums {
        let mut sums = Sums::new(1, PRODUCT_COLUMNS.len());
        let without = std::iter::once((-1, &self.without_product));
        let with = self
            .products
            .iter()
            .enumerate()
            .map(|(rank, values)| (rank as i64, values));
        for (rank, values) in without.chain(with) {
            if values.first() != Some(&0) {
                sums.push([rank]);
                sums.push(*values);
            }
        }
        sums
    }
}

/// The number of a product in a key column: its rank, -1 for none.
#[inline]
pub fn product_key(rank: u32) -> i64 {
    if rank == NONE { -1 } else { i64::from(rank) }
}
