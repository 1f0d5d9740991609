//! One sort for everything: each further type that the standard library sorts adds several kB.

use std::cmp::Ordering;

/// The items in order; equals stay as they were.
pub fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    if items.len() < 2 {
        return items;
    }
    let mut places: Vec<u64> = (0..items.len() as u64).collect();
    let at = |place: u64| items.get(place as usize);
    sort_places(&mut places, &|a, b| match (at(a), at(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    taken(items, &places)
}

/// The first `count` of what [`sorted`] gives. What cannot be among them is met once and left.
pub fn first_sorted<T>(
    items: Vec<T>,
    count: usize,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    /// Sorting so many more than are kept pays off.
    const MORE: usize = 1 << 12;
    /// So few are kept in order all the time.
    const FEW: usize = 4;
    if count == 0 {
        return Vec::new();
    }
    if count > FEW && count.saturating_add(MORE) >= items.len() {
        let mut items = sorted(items, compare);
        items.truncate(count);
        return items;
    }
    let at = |place: u64| items.get(place as usize);
    let by_item = |a: u64, b: u64| match (at(a), at(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    let more = if count > FEW { MORE } else { 0 };
    let mut first: Vec<u64> = Vec::with_capacity(2 * count + more);
    let cut = |first: &mut Vec<u64>| {
        sort_places(first, &by_item);
        first.truncate(count);
    };
    let mut last = None;
    for place in 0..items.len() as u64 {
        if last.is_some_and(|last| by_item(place, last).is_ge()) {
            continue;
        }
        first.push(place);
        if first.len() == first.capacity() {
            cut(&mut first);
            last = first.last().copied();
        }
    }
    cut(&mut first);
    taken(items, &first)
}

/// The items at `places`, each of which occurs once.
fn taken<T>(items: Vec<T>, places: &[u64]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let at = |place: &u64| items.get_mut(*place as usize).and_then(Option::take);
    places.iter().filter_map(at).collect()
}

/// Sorts places by what stands there; equals ascend.
pub fn sort_places(places: &mut [u64], compare: &dyn Fn(u64, u64) -> Ordering) {
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
}

/// Sorts by a number, ascending, by 11 bits at a time, which suits many and small ones; equals
/// stay as they were.
pub fn sort_numbers<T: Copy + Default>(values: &mut Vec<T>, number: impl Fn(T) -> u64) {
    /// So few are sorted where they stand: what one customer bought, mostly.
    const FEW: usize = 32;
    if values.len() <= FEW {
        insert_each(values, &number);
        return;
    }
    if values.len() < 1 << 12 {
        for run in values.chunks_mut(FEW) {
            insert_each(run, &number);
        }
        let mut other = Vec::with_capacity(values.len());
        let mut length = FEW;
        while length < values.len() {
            for pair in values.chunks(length * 2) {
                let (mut first, mut second) = pair.split_at(length.min(pair.len()));
                while let ([a, after_a @ ..], [b, after_b @ ..]) = (first, second) {
                    if number(*b) < number(*a) {
                        other.push(*b);
                        second = after_b;
                    } else {
                        other.push(*a);
                        first = after_a;
                    }
                }
                other.extend_from_slice(first);
                other.extend_from_slice(second);
            }
            std::mem::swap(values, &mut other);
            other.clear();
            length *= 2;
        }
        return;
    }
    // Bits in which the numbers differ.
    let first = values.first().map_or(0, |value| number(*value));
    let differing = values
        .iter()
        .fold(0, |bits, value| bits | (first ^ number(*value)));
    let mut other = vec![T::default(); values.len()];
    for shift in (0..64).step_by(11) {
        if differing >> shift & ((1 << 11) - 1) == 0 {
            continue;
        }
        let mut starts = [0u32; 1 << 11];
        let digit = |value: T| (number(value) >> shift) as usize & ((1 << 11) - 1);
        for value in values.iter() {
            if let Some(count) = starts.get_mut(digit(*value)) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            let count = *start;
            *start = total;
            total += count;
        }
        for value in values.iter() {
            if let Some(start) = starts.get_mut(digit(*value)) {
                if let Some(place) = other.get_mut(*start as usize) {
                    *place = *value;
                }
                *start += 1;
            }
        }
        std::mem::swap(values, &mut other);
    }
}

/// Puts each value in its place among those before.
fn insert_each<T: Copy>(values: &mut [T], number: impl Fn(T) -> u64) {
    for end in 1..values.len() {
        let Some(value) = values.get(end).copied() else {
            return;
        };
        let mut place = end;
        while place > 0
            && let Some([before, after]) = values.get_mut(place - 1..=place)
            && number(*before) > number(value)
        {
            *after = *before;
            place -= 1;
        }
        if let Some(at) = values.get_mut(place) {
            *at = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend() {
        let of = |count: u64| [(count, 7), (count, 1_000_003), (count, u64::MAX)];
        let counts = [0, 1, 10, 32, 33, 64, 1000, 4095, 4096, 10_000];
        for (count, spread) in counts.map(of).into_iter().flatten() {
            let mut values: Vec<u64> = (0..count)
                .map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) % spread)
                .collect();
            let mut expected = values.clone();
            expected.sort_unstable();
            sort_numbers(&mut values, |value| value);
            assert_eq!(values, expected);
        }
    }

    #[test]
    fn the_first_are_those_of_the_sorted() {
        for spread in [1, 7, 1_000_003] {
            let items: Vec<(u64, u64)> = (0..30_000).map(|i| (i * 7919 % spread, i)).collect();
            let whole = sorted(items.clone(), |a, b| a.0.cmp(&b.0));
            for count in [0, 1, 100, 20_000, 30_000, usize::MAX] {
                let first = first_sorted(items.clone(), count, |a, b| a.0.cmp(&b.0));
                assert_eq!(first, whole.get(..count).unwrap_or(&whole));
            }
        }
    }

    #[test]
    fn equals_stay_as_they_were() {
        let items: Vec<(u32, u32)> = (0..1000).map(|i| (i * 7919 % 13, i)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        assert_eq!(sorted(items, |a, b| a.0.cmp(&b.0)), expected);
    }
}
