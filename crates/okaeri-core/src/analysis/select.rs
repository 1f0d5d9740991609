//! Order statistics without sorting everything.

/// The values that would stand at `positions` (ascending, from 0) if `values` were sorted
/// ascending; positions past the end are left out. Reorders `values`.
pub fn order_statistics(values: &mut [i64], positions: &[usize]) -> Vec<i64> {
    let mut found = Vec::with_capacity(positions.len());
    let (mut rest, mut done) = (values, 0usize);
    let mut last: Option<(usize, i64)> = None;
    for position in positions {
        if let Some((at, value)) = last
            && at == *position
        {
            found.push(value);
            continue;
        }
        let Some(index) = position.checked_sub(done).filter(|i| *i < rest.len()) else {
            break;
        };
        let (_, value, after) = rest.select_nth_unstable(index);
        found.push(*value);
        last = Some((*position, *value));
        done = position + 1;
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_sorting_would() {
        let mut values: Vec<i64> = (0..1000i64).map(|i| i * 7919 % 1009).collect();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let positions = [0, 0, 9, 10, 500, 999, 1000];
        let expected: Vec<i64> = positions
            .iter()
            .filter_map(|p| sorted.get(*p))
            .copied()
            .collect();
        assert_eq!(order_statistics(&mut values, &positions), expected);
        assert_eq!(order_statistics(&mut [], &[0]), []);
    }
}
