//! Products: who comes back for them, what follows them, and what goes with them.

pub mod bought;
pub mod cross_sell;
pub mod cycle;
pub mod due;
pub mod entry;
pub mod flow;
pub mod ltv;
pub mod repeat;

#[cfg(test)]
mod tests;

use super::Values;
use super::sheet::{Table, share};
use crate::interval::wilson;

/// A share with the bounds of its 95 % interval ([`wilson`]).
fn rated(part: i64, whole: i64) -> [Option<f64>; 3] {
    let band = wilson(part as f64, whole as f64);
    [
        share(part, whole),
        band.map(|band| band.low),
        band.map(|band| band.high),
    ]
}

/// Adds columns of rates, of which each row has as many as there are names.
fn add_rates(
    table: &mut Table,
    names: &[&'static str],
    rows: &mut dyn Iterator<Item = Vec<Option<f64>>>,
) {
    let mut columns: Vec<Vec<Option<f64>>> = names.iter().map(|_| Vec::new()).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let columns = columns.into_iter().map(Values::MaybeReal);
    table.columns.extend(names.iter().copied().zip(columns));
}

/// The cell at `place` of a row of sums.
fn at(row: &[i64], place: usize) -> i64 {
    row.get(place).copied().unwrap_or_default()
}
