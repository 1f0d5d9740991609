//! Products bought together (併売): in one order, or by one customer.

use super::sums::Sums;
use crate::order::sort_numbers;

/// Column names of the whole table.
pub const COLUMNS: [&str; 3] = ["a", "b", "n"];
/// Column names of the shortened table with metrics.
pub const METRIC_COLUMNS: [&str; 7] = ["a", "b", "n", "support", "conf_ab", "conf_ba", "lift"];

/// Pairs of the products with ids below this are counted in a triangle (34 MB at most). Ids are
/// given in order of arrival, so that these are mostly the products that sell, and their cells
/// stand at the front, close together.
const DENSE_MAX: usize = 4096;

/// Counts unordered pairs of product ids.
#[derive(Clone, Debug)]
pub struct PairCounts {
    /// Row b holds the pairs with a = 0 .. b, and begins at [`begin`].
    triangle: Vec<u32>,
    /// Products in the triangle.
    dense: u32,
    table: PairTable,
}

/// Where the row of product `b` begins in the triangle.
#[inline]
fn begin(b: u32) -> usize {
    let b = b as usize;
    b * b.saturating_sub(1) / 2
}

impl PairCounts {
    /// For `products` products.
    pub fn new(products: usize) -> Self {
        let dense = products.min(DENSE_MAX) as u32;
        PairCounts {
            triangle: vec![0; begin(dense)],
            dense,
            table: PairTable::default(),
        }
    }

    /// Counts every pair of `basket`, whose product ids ascend.
    #[inline]
    pub fn add(&mut self, basket: &[u32]) {
        for (index, b) in basket.iter().enumerate() {
            let below = basket.get(..index).unwrap_or_default();
            if *b < self.dense {
                let start = begin(*b);
                let row = self.triangle.get_mut(start..start + *b as usize);
                let row = row.unwrap_or_default();
                for a in below {
                    if let Some(count) = row.get_mut(*a as usize) {
                        *count = count.wrapping_add(1);
                    }
                }
            } else {
                for a in below {
                    self.table.add(u64::from(*a) << 32 | u64::from(*b));
                }
            }
        }
    }

    /// Sums by pair of ranks, a < b; `ranks` gives each product's.
    pub fn sums(self, ranks: &[u32]) -> Sums {
        let mut sums = Sums::new(2, 3);
        let rank = |id: u64| u64::from(ranks.get(id as usize).copied().unwrap_or_default());
        let mut sparse: Vec<(u64, u32)> = self.table.entries();
        for (pair, _) in &mut sparse {
            let (a, b) = (rank(*pair >> 32), rank(*pair & 0xFFFF_FFFF));
            *pair = a.min(b) << 32 | a.max(b);
        }
        sort_numbers(&mut sparse, |entry| entry.0);
        let mut sparse = sparse.into_iter().peekable();
        let mut push = |pair: u64, count: u32| {
            let (a, b) = (pair >> 32, pair & 0xFFFF_FFFF);
            sums.push([a as i64, b as i64, i64::from(count)]);
        };
        let mut dense: Vec<(u64, u32)> = (0..self.dense).map(|id| (rank(id.into()), id)).collect();
        sort_numbers(&mut dense, |entry| entry.0);
        let mut rest = dense.as_slice();
        while let Some(((a, id), after)) = rest.split_first() {
            rest = after;
            for (b, other) in after {
                let place = begin(*id.max(other)) + *id.min(other) as usize;
                match self.triangle.get(place) {
                    Some(count) if *count > 0 => {
                        let pair = a << 32 | b;
                        while let Some((pair, count)) = sparse.next_if(|found| found.0 < pair) {
                            push(pair, count);
                        }
                        push(pair, *count);
                    }
                    _ => {}
                }
            }
        }
        sparse.for_each(|(pair, count)| push(pair, count));
        sums
    }
}

/// A hash table from a pair to its count. The pair 0 (of product 0 with itself) cannot occur and
/// marks a free slot.
#[derive(Clone, Debug, Default)]
struct PairTable {
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl PairTable {
    fn place(&self, pair: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = (pair ^ pair >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        slot ^= slot >> 32;
        let mut slot = slot as usize & mask;
        while self
            .slots
            .get(slot)
            .is_some_and(|(found, _)| *found != 0 && *found != pair)
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[inline]
    fn add(&mut self, pair: u64) {
        if self.used * 2 >= self.slots.len() {
            let size = (self.slots.len() * 2).max(1 << 16);
            let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            for entry in old.into_iter().filter(|(found, _)| *found != 0) {
                let slot = self.place(entry.0);
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = entry;
                }
            }
        }
        let slot = self.place(pair);
        if let Some((found, count)) = self.slots.get_mut(slot) {
            self.used += usize::from(*found == 0);
            *found = pair;
            *count += 1;
        }
    }

    fn entries(self) -> Vec<(u64, u32)> {
        let taken = self.slots.into_iter().filter(|(pair, _)| *pair != 0);
        taken.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_pair_once_in_a_triangle_and_in_a_table() {
        // Ranks run against the ids; the last two ids may be beyond the triangle.
        for products in [4, DENSE_MAX + 1, DENSE_MAX + 2] {
            let last = products as u32 - 1;
            let ranks: Vec<u32> = (0..products as u32).map(|id| last - id).collect();
            let mut pairs = PairCounts::new(products);
            pairs.add(&[0, last - 1, last]);
            pairs.add(&[last - 1, last]);
            pairs.add(&[1]);
            pairs.add(&[]);
            let sums = pairs.sums(&ranks);
            let rows: Vec<&[i64]> = sums.rows().collect();
            let last = i64::from(last);
            assert_eq!(rows, [[0, 1, 2], [0, last, 1], [1, last, 1]]);
        }
    }
}
