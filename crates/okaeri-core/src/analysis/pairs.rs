//! Products bought together (併売): in one order, or by one customer.

use super::sums::Sums;

/// Column names of the whole table.
pub const COLUMNS: [&str; 3] = ["a", "b", "n"];
/// Column names of the shortened table with metrics.
pub const METRIC_COLUMNS: [&str; 7] = ["a", "b", "n", "support", "conf_ab", "conf_ba", "lift"];

/// Up to so many products, pairs are counted in a triangle (8 MB).
const DENSE_MAX: usize = 2048;

/// Counts unordered pairs of products.
#[derive(Clone, Debug)]
pub struct PairCounts {
    /// Where each product's row of the triangle would begin, so that `begin[a] + b` is the cell.
    begins: Vec<usize>,
    triangle: Vec<u32>,
    table: PairTable,
}

impl PairCounts {
    /// For `products` products.
    pub fn new(products: usize) -> Self {
        if products > DENSE_MAX {
            return PairCounts {
                begins: Vec::new(),
                triangle: Vec::new(),
                table: PairTable::default(),
            };
        }
        // Row a holds b = a+1 .. products; begin is shifted so that b itself indexes it.
        let begins = (0..products)
            .map(|a| a * products - a * (a + 1) / 2)
            .collect();
        PairCounts {
            begins,
            triangle: vec![0; products * (products + 1) / 2],
            table: PairTable::default(),
        }
    }

    /// Counts every pair of `basket`, whose products are distinct.
    #[inline]
    pub fn add(&mut self, basket: &[u32]) {
        let mut rest = basket;
        if self.begins.is_empty() {
            while let Some((a, others)) = rest.split_first() {
                for b in others {
                    self.table
                        .add(u64::from(*a.min(b)) << 32 | u64::from(*a.max(b)));
                }
                rest = others;
            }
            return;
        }
        while let Some((a, others)) = rest.split_first() {
            for b in others {
                let begin = self
                    .begins
                    .get(*a.min(b) as usize)
                    .copied()
                    .unwrap_or(usize::MAX);
                if let Some(count) = self
                    .triangle
                    .get_mut(begin.wrapping_add(*a.max(b) as usize))
                {
                    *count += 1;
                }
            }
            rest = others;
        }
    }

    /// Sums by pair, a < b.
    pub fn sums(self) -> Sums {
        let mut sums = Sums::new(2, 3);
        let products = self.begins.len();
        for (a, begin) in self.begins.iter().enumerate() {
            for b in a + 1..products {
                match self.triangle.get(begin + b) {
                    Some(count) if *count > 0 => {
                        sums.push([a as i64, b as i64, i64::from(*count)]);
                    }
                    _ => {}
                }
            }
        }
        for (pair, count) in self.table.sorted() {
            sums.push([
                (pair >> 32) as i64,
                (pair & 0xFFFF_FFFF) as i64,
                i64::from(count),
            ]);
        }
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

    fn sorted(self) -> Vec<(u64, u32)> {
        let mut entries: Vec<_> = self
            .slots
            .into_iter()
            .filter(|(pair, _)| *pair != 0)
            .collect();
        entries.sort_unstable();
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_pair_once_in_a_triangle_and_in_a_table() {
        for products in [4, DENSE_MAX + 1] {
            let mut pairs = PairCounts::new(products);
            pairs.add(&[3, 0, 2]);
            pairs.add(&[2, 3]);
            pairs.add(&[1]);
            pairs.add(&[]);
            let sums = pairs.sums();
            let rows: Vec<&[i64]> = sums.rows().collect();
            assert_eq!(rows, [[0, 2, 1], [0, 3, 1], [2, 3, 2]]);
        }
    }
}
