//! Order statistics without sorting everything.

use crate::order::sort_numbers;

/// So many values are sorted.
const FEW: usize = 512;
/// More are first counted in two to the power of this many buckets.
const BUCKET_BITS: u32 = 13;

/// The values that would stand at `positions` (ascending, from 0) if `values` were sorted
/// ascending; positions past the end are left out.
///
/// Linear: each value is counted in its bucket, and only the buckets that hold a position are
/// looked into again.
pub fn order_statistics(values: &[i64], positions: &[usize]) -> Vec<i64> {
    let (Some(min), Some(max)) = (values.iter().min(), values.iter().max()) else {
        return Vec::new();
    };
    if values.len() <= FEW {
        let mut sorted = values.to_vec();
        sort_numbers(&mut sorted, |value| value.wrapping_sub(i64::MIN) as u64);
        let at = |position: &usize| sorted.get(*position).copied();
        return positions.iter().map_while(at).collect();
    }
    let span = max.wrapping_sub(*min) as u64;
    let shift = (u64::BITS - span.leading_zeros()).saturating_sub(BUCKET_BITS);
    let bucket = |value: i64| (value.wrapping_sub(*min) as u64 >> shift) as usize;
    let mut counts = vec![0u32; bucket(*max) + 1];
    for value in values {
        if let Some(count) = counts.get_mut(bucket(*value)) {
            *count = count.wrapping_add(1);
        }
    }
    // Buckets with positions, and these as counted within the bucket.
    let mut wanted: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut is_wanted = vec![false; counts.len()];
    let (mut before, mut rest) = (0, positions);
    for ((index, count), is_wanted) in counts.iter().enumerate().zip(&mut is_wanted) {
        let end = before + *count as usize;
        let (here, later) = rest.split_at(rest.partition_point(|position| *position < end));
        if !here.is_empty() {
            *is_wanted = true;
            wanted.push((index, here.iter().map(|at| at - before).collect()));
        }
        (before, rest) = (end, later);
    }
    if shift == 0 {
        let of_bucket = |index: usize| min.wrapping_add(index as i64);
        let found = wanted.into_iter();
        return found
            .flat_map(|(index, here)| here.into_iter().map(move |_| of_bucket(index)))
            .collect();
    }
    let mut near = values.to_vec();
    near.retain(|value| is_wanted.get(bucket(*value)) == Some(&true));
    let mut found = Vec::with_capacity(positions.len());
    for (index, here) in wanted {
        let mut inside = near.clone();
        inside.retain(|value| bucket(*value) == index);
        found.extend(order_statistics(&inside, &here));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_sorting_would() {
        // Few and many, spread out, all but equal, and far apart.
        let shapes: [fn(i64) -> i64; 5] = [
            |i| i * 7919 % 1009,
            |i| i * 7919 % 100_003 * 1_000_003,
            |i| i % 3,
            |i| if i == 5 { i64::MAX } else { i * 7919 % 1009 },
            |i| if i % 3 == 1 { i64::MIN } else { i64::MAX - i },
        ];
        for shape in shapes {
            for count in [0, 1, FEW as i64, 4 * FEW as i64] {
                let values: Vec<i64> = (0..count).map(shape).collect();
                let mut sorted = values.clone();
                sorted.sort_unstable();
                let positions = [0, 0, 9, 10, 500, 999, 1000, 2047, 2048];
                let expected: Vec<i64> = positions
                    .iter()
                    .filter_map(|p| sorted.get(*p))
                    .copied()
                    .collect();
                assert_eq!(order_statistics(&values, &positions), expected);
            }
        }
    }
}
