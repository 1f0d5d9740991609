//! Sums by key: the additive part of an analysis, in a shape that merges.

use std::cmp::Ordering;
use std::slice::ChunksExact;

use crate::order::sorted;

/// Adds to a sum of the pass.
///
/// It cannot overflow: the greatest amount of a line times all lines that 4 GB hold fits an i64.
/// The pass makes millions of such sums, and a check costs more than the sum in wasm.
#[inline]
pub fn add(sum: &mut i64, more: i64) {
    *sum = sum.wrapping_add(more);
}

/// Does the same at each of these places. The module is compiled for size, where a loop over two
/// or three numbers stays a loop and costs more than they do; places that a slice of known length
/// does not have leave nothing behind.
macro_rules! at_each {
    ($place:ident in [$($number:literal)*] $do:block) => {
        $({ let $place = $number; $do })*
    };
}

pub(crate) use at_each;

/// Adds sums to others of the same number.
#[inline(always)]
pub fn add_each(sums: &mut [i64], more: &[i64]) {
    at_each!(place in [0 1 2 3 4 5 6 7] {
        if let (Some(sum), Some(more)) = (sums.get_mut(place), more.get(place)) {
            add(sum, *more);
        }
    });
    if let (Some(sums), Some(more)) = (sums.get_mut(8..), more.get(8..)) {
        for (sum, more) in sums.iter_mut().zip(more) {
            add(sum, *more);
        }
    }
}

/// Rows of `keys` key columns and then sums, ascending by key, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Key columns.
    pub keys: usize,
    /// Columns in all.
    pub width: usize,
    /// Rows, one after the other.
    pub cells: Vec<i64>,
}

impl Sums {
    /// No rows.
    pub fn new(keys: usize, width: usize) -> Self {
        Sums {
            keys,
            width,
            cells: Vec::new(),
        }
    }

    /// Rows.
    pub fn rows(&self) -> ChunksExact<'_, i64> {
        self.cells.chunks_exact(self.width.max(1))
    }

    /// How many rows.
    pub fn row_count(&self) -> usize {
        self.cells.len() / self.width.max(1)
    }

    /// Adds a row; the caller keeps the order of keys.
    #[inline]
    pub fn push<const N: usize>(&mut self, row: [i64; N]) {
        self.cells.extend_from_slice(&row);
    }

    /// The values of one column.
    pub fn column(&self, column: usize) -> Vec<i64> {
        self.rows()
            .map(|row| row.get(column).copied().unwrap_or_default())
            .collect()
    }

    fn key<'a>(&self, row: &'a [i64]) -> &'a [i64] {
        row.get(..self.keys).unwrap_or_default()
    }

    /// Adds the rows of `other`, which has the same columns.
    pub fn merge(self, other: &Sums) -> Sums {
        if self.cells.is_empty() {
            return other.clone();
        }
        let mut merged = Vec::with_capacity(self.cells.len() + other.cells.len());
        let (mut ours, mut theirs) = (self.rows().peekable(), other.rows().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => self.key(a).cmp(self.key(b)),
            };
            let a = if order == Ordering::Greater {
                None
            } else {
                ours.next()
            };
            let b = if order == Ordering::Less {
                None
            } else {
                theirs.next()
            };
            match (a, b) {
                (Some(a), Some(b)) => {
                    let sums = a.iter().zip(b).enumerate();
                    merged.extend(sums.map(|(i, (x, y))| {
                        if i < self.keys {
                            *x
                        } else {
                            x.saturating_add(*y)
                        }
                    }));
                }
                (Some(row), None) | (None, Some(row)) => merged.extend_from_slice(row),
                (None, None) => break,
            }
        }
        Sums {
            keys: self.keys,
            width: self.width,
            cells: merged,
        }
    }

    /// Replaces key columns (product ranks of a shard by those of all) and sorts again.
    pub fn map_keys(&mut self, columns: &[usize], map: impl Fn(i64) -> i64) {
        if self.width == 0 || columns.is_empty() {
            return;
        }
        for row in self.cells.chunks_exact_mut(self.width) {
            for column in columns {
                if let Some(key) = row.get_mut(*column) {
                    *key = map(*key);
                }
            }
        }
        // Shards that know the same products rank them alike.
        if self.rows().is_sorted_by(|a, b| self.key(a) <= self.key(b)) {
            return;
        }
        let rows: Vec<&[i64]> = self.cells.chunks_exact(self.width).collect();
        let rows = sorted(rows, |a, b| self.key(a).cmp(self.key(b)));
        self.cells = rows.concat();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_adds_rows_of_one_key_and_keeps_the_order() {
        let ours = Sums {
            keys: 1,
            width: 2,
            cells: vec![1, 10, 3, 30],
        };
        let theirs = Sums {
            keys: 1,
            width: 2,
            cells: vec![2, 5, 3, 7],
        };
        assert_eq!(ours.merge(&theirs).cells, [1, 10, 2, 5, 3, 37]);
    }

    #[test]
    fn mapped_keys_are_sorted_again() {
        let mut sums = Sums {
            keys: 2,
            width: 3,
            cells: vec![0, 1, 9, 1, 0, 8],
        };
        sums.map_keys(&[0], |key| 1 - key);
        assert_eq!(sums.cells, [0, 0, 8, 1, 1, 9]);
    }
}
