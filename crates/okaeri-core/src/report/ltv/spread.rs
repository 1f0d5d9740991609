//! How unequal customers are: the mean of an LTV hides a spread of five to ten times, so the
//! median and what the top tenth brings stand beside it (ours).
//!
//! Counted by buckets of three digits, so that shards merge; a customer stands for the mean of
//! the bucket, which is off by less than a hundredth and exact below 1,000.

use crate::list::List;
use crate::report::groups::columns;
use crate::report::sheet::{Table, Values, share};

/// The least amount that has the same first three digits.
pub fn bucket(amount: i64) -> i64 {
    let mut unit = 1i64;
    while amount / unit >= 1_000 {
        unit = unit.saturating_mul(10);
    }
    amount / unit * unit
}

/// Customers and their sales of one bucket.
type Bucket = (i64, i64);

/// The sales of the customer with this number from below, the first being 0.
fn ranked(buckets: &[Bucket], number: i64) -> Option<f64> {
    let mut before = 0;
    let found = buckets.iter().find(|(customers, _)| {
        before += customers;
        number < before
    });
    found.and_then(|(customers, sales)| share(*sales, *customers))
}

fn median(buckets: &[Bucket], customers: i64) -> Option<f64> {
    let low = ranked(buckets, (customers - 1) / 2)?;
    let high = ranked(buckets, customers / 2)?;
    Some((low + high) / 2.0)
}

/// Share of the sales that the tenth of the customers with the greatest has; a part of a customer
/// counts as such a part.
fn top_decile(buckets: &[Bucket], customers: i64, sales: i64) -> Option<f64> {
    let mut left = customers as f64 / 10.0;
    let mut sum = 0.0;
    for (count, amount) in buckets.iter().rev() {
        let taken = left.min(*count as f64);
        sum += *amount as f64 * (taken / *count as f64);
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    (sales > 0).then(|| sum / sales as f64)
}

/// From rows of group, bucket, customers and sales, ascending within a group: a row for each
/// group, and the table without it.
pub fn table(rows: &[Vec<i64>], horizon: i32) -> (Vec<Vec<i64>>, Table) {
    let mut groups: Vec<Vec<i64>> = Vec::new();
    let mut figures = [const { Vec::new() }; 3];
    let at = |row: &[i64], place: usize| row.get(place).copied().unwrap_or_default();
    for rows in rows.chunk_by(|a, b| a.first() == b.first()) {
        let buckets: Vec<Bucket> = rows.iter().map(|row| (at(row, 2), at(row, 3))).into_list();
        let customers = buckets.iter().map(|bucket| bucket.0).sum();
        let sales = buckets.iter().map(|bucket| bucket.1).sum();
        let group = rows.first().map_or(0, |row| at(row, 0));
        groups.push(vec![group, horizon.into(), customers]);
        let values = [
            share(sales, customers),
            median(&buckets, customers),
            top_decile(&buckets, customers, sales),
        ];
        for (column, value) in figures.iter_mut().zip(values) {
            column.push(value);
        }
    }
    let mut table = columns(&groups, &[("days", 1), ("closed", 2)]);
    let names = ["mean", "median", "top_decile_share"];
    let figures = figures.into_iter().map(Values::MaybeReal);
    table.columns.extend(names.into_iter().zip(figures));
    (groups, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_keeps_three_digits() {
        for (amount, expected) in [(0, 0), (7, 7), (999, 999), (1_000, 1_000), (12_345, 12_300)] {
            assert_eq!(bucket(amount), expected);
        }
        assert_eq!(bucket(i64::MAX), 9_220_000_000_000_000_000);
    }

    #[test]
    fn of_many_customers_the_middle_and_the_top() {
        // Nineteen of 100 and one of 8,100: the top tenth are two, of 8,200 out of 10,000.
        let buckets = [(19, 1_900), (1, 8_100)];
        assert_eq!(median(&buckets, 20), Some(100.0));
        assert_eq!(top_decile(&buckets, 20, 10_000), Some(0.82));
        assert_eq!(median(&[(1, 100), (1, 300)], 2), Some(200.0));
        assert_eq!(median(&[], 0), None);
        assert_eq!(top_decile(&[(1, 0)], 1, 0), None);
    }
}
