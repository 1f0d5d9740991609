//! Purchase flow: primary products of the first three orders (購入フロー).

use super::sums::Sums;
use crate::keys::NONE;
use crate::order::sort_numbers;

/// Column names of the whole flow.
pub const COLUMNS: [&str; 4] = ["p1", "p2", "p3", "customers"];
/// Column names of the flow from the first to the second order.
pub const COLUMNS12: [&str; 3] = ["p1", "p2", "customers"];

/// Bits of one product in a packed flow: 2 million products.
pub const PRODUCT_BITS: u32 = 21;
/// Up to so many products, flows of two orders are counted in a matrix.
const DENSE_MAX: usize = 1024;

/// Counts customers by flow. A product is held as rank + 1, 0 for no such order.
#[derive(Clone, Debug)]
pub struct Flows {
    side: usize,
    dense: Vec<u32>,
    packed: Vec<u64>,
}

impl Flows {
    /// For `products` products and about `people` people.
    pub fn new(products: usize, people: usize) -> Self {
        let side = products + 1;
        let dense = if side <= DENSE_MAX {
            vec![0; side * side]
        } else {
            Vec::new()
        };
        Flows {
            side,
            dense,
            packed: Vec::with_capacity(people / 8),
        }
    }

    /// Adds a customer by the primary products of the first three orders (NONE: no such order).
    #[inline]
    pub fn add(&mut self, p1: u32, p2: u32, p3: u32) {
        let place = |rank: u32| if rank == NONE { 0 } else { u64::from(rank) + 1 };
        let (p1, p2, p3) = (place(p1), place(p2), place(p3));
        if p3 == 0
            && let Some(count) = self.dense.get_mut(p1 as usize * self.side + p2 as usize)
        {
            *count += 1;
        } else {
            self.packed
                .push((p1 << PRODUCT_BITS | p2) << PRODUCT_BITS | p3);
        }
    }

    /// Sums by (p1, p2, p3), -1 for no such order.
    pub fn sums(mut self) -> Sums {
        sort_numbers(&mut self.packed, |flow| flow);
        let mut sums = Sums::new(3, 4);
        let mut packed = self.packed.chunk_by(|a, b| a == b).peekable();
        let key = |flow: u64| {
            let part = |shift: u32| (flow >> shift & ((1 << PRODUCT_BITS) - 1)) as i64 - 1;
            [part(2 * PRODUCT_BITS), part(PRODUCT_BITS), part(0)]
        };
        let mut push_until = |sums: &mut Sums, limit: u64| {
            while let Some(run) = packed.next_if(|run| run.first().is_some_and(|f| *f < limit)) {
                let [p1, p2, p3] = key(run.first().copied().unwrap_or_default());
                sums.push([p1, p2, p3, run.len() as i64]);
            }
        };
        for (p1, row) in self.dense.chunks_exact(self.side).enumerate() {
            for (p2, count) in row.iter().enumerate() {
                if *count > 0 {
                    let flow = ((p1 as u64) << PRODUCT_BITS | p2 as u64) << PRODUCT_BITS;
                    push_until(&mut sums, flow);
                    let [p1, p2, p3] = key(flow);
                    sums.push([p1, p2, p3, i64::from(*count)]);
                }
            }
        }
        push_until(&mut sums, u64::MAX);
        sums
    }
}

/// Flows from the first to the second order, out of whole flows.
pub fn first_two(flows: &Sums) -> Sums {
    let mut sums = Sums::new(2, 3);
    let mut rows = flows.rows().peekable();
    while let Some([p1, p2, _, customers]) = rows.next() {
        let mut total = *customers;
        while let Some([_, _, _, more]) =
            rows.next_if(|row| row.first() == Some(p1) && row.get(1) == Some(p2))
        {
            total = total.saturating_add(*more);
        }
        sums.push([*p1, *p2, total]);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dense_and_packed_flows_come_out_in_one_order() {
        for products in [3, DENSE_MAX + 5] {
            let mut flows = Flows::new(products, 10);
            for (p1, p2, p3) in [
                (2, NONE, NONE),
                (0, 1, NONE),
                (0, 1, 2),
                (0, 1, NONE),
                (0, NONE, NONE),
            ] {
                flows.add(p1, p2, p3);
            }
            let sums = flows.sums();
            let rows: Vec<&[i64]> = sums.rows().collect();
            assert_eq!(
                rows,
                [[0, -1, -1, 1], [0, 1, -1, 2], [0, 1, 2, 1], [2, -1, -1, 1]]
            );
            let two = first_two(&sums);
            let rows: Vec<&[i64]> = two.rows().collect();
            assert_eq!(rows, [[0, -1, 1], [0, 1, 3], [2, -1, 1]]);
        }
    }
}
