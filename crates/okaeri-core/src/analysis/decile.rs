//! Deciles: customers in ten equal groups by amount, the greatest first (デシル分析).

use super::people::Figures;
use super::select::order_statistics;
use super::sums::Sums;
use crate::people::Tie;

/// Column names of the table.
pub const COLUMNS: [&str; 6] = [
    "decile",
    "customers",
    "orders",
    "amount",
    "min_amount",
    "max_amount",
];

/// The decile of each customer, 1 to 10. Customers stand by amount descending, equals by `tie`
/// ascending; the first `N mod 10` groups hold one more.
pub fn deciles(people: &[Figures], tie: impl Fn(u32) -> Tie) -> Vec<u8> {
    let count = people.len();
    // Where each of the groups 2 to 10 begins, counted from the greatest.
    let begins: Vec<usize> = (1..10)
        .map(|d| d * (count / 10) + d.min(count % 10))
        .collect();
    let negated: Vec<i64> = people.iter().map(|figures| -figures.amount).collect();
    let positions: Vec<usize> = begins.iter().copied().filter(|b| *b < count).collect();
    let firsts = order_statistics(&negated, &positions);
    let group = |position: usize| 1 + begins.iter().filter(|b| **b <= position).count() as u8;
    let mut edges = [i64::MAX; 9];
    let mut distinct = firsts.clone();
    distinct.dedup();
    for (edge, first) in edges.iter_mut().zip(distinct) {
        *edge = first;
    }
    // The group of those past so many edges; one edge may begin several groups.
    let past: [u8; 10] = std::array::from_fn(|edges_past| {
        let last = edges_past.checked_sub(1).and_then(|last| edges.get(last));
        1 + firsts.iter().filter(|first| Some(*first) <= last).count() as u8
    });
    // Equals of a group's first customer may belong to the group before: settled below by key.
    let mut equals: [Vec<(Tie, usize)>; 9] = Default::default();
    let mut counts = [0usize; 10];
    let mut deciles = Vec::with_capacity(count);
    for (index, figures) in people.iter().enumerate() {
        let amount = -figures.amount;
        let edges_past: usize = edges.iter().map(|edge| usize::from(*edge <= amount)).sum();
        deciles.push(past.get(edges_past).copied().unwrap_or_default());
        if let Some(count) = counts.get_mut(edges_past) {
            *count += 1;
        }
        let edge = edges_past.wrapping_sub(1);
        if edges.get(edge) == Some(&amount)
            && let Some(equals) = equals.get_mut(edge)
        {
            equals.push((tie(figures.person), index));
        }
    }
    let mut before = 0;
    for (mut equals, count) in equals.into_iter().zip(counts) {
        before += count;
        equals.sort_unstable();
        for (offset, (_, index)) in equals.into_iter().enumerate() {
            if let Some(decile) = deciles.get_mut(index) {
                *decile = group(before + offset);
            }
        }
    }
    deciles
}

/// Figures of each group.
pub fn sums(people: &[Figures], deciles: &[u8]) -> Sums {
    let mut groups = [[0i64, 0, 0, i64::MAX, i64::MIN]; 10];
    for (figures, decile) in people.iter().zip(deciles) {
        let Some([customers, orders, amount, min, max]) =
            groups.get_mut(usize::from(*decile).wrapping_sub(1))
        else {
            continue;
        };
        *customers += 1;
        *orders += i64::from(figures.orders);
        *amount = amount.saturating_add(figures.amount);
        *min = (*min).min(figures.amount);
        *max = (*max).max(figures.amount);
    }
    let mut sums = Sums::new(1, COLUMNS.len());
    for (index, group) in groups.into_iter().enumerate() {
        if group.first().is_some_and(|customers| *customers > 0) {
            sums.push([index as i64 + 1]);
            sums.push(group);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(people: &[Figures]) -> Vec<u8> {
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by_key(|i| people.get(*i).map(|p| (-p.amount, p.person)));
        let mut deciles = vec![0; people.len()];
        let (size, more) = (people.len() / 10, people.len() % 10);
        let mut position = 0;
        for group in 0..10 {
            for _ in 0..size + usize::from(group < more) {
                if let Some(place) = order.get(position).and_then(|i| deciles.get_mut(*i)) {
                    *place = group as u8 + 1;
                }
                position += 1;
            }
        }
        deciles
    }

    #[test]
    fn groups_are_equal_and_ties_fall_by_key() {
        for count in [0u32, 1, 9, 10, 11, 25, 1003] {
            for spread in [1, 3, 1000] {
                let people: Vec<Figures> = (0..count)
                    .map(|i| Figures {
                        amount: i64::from(i * 7919 % 1009 % spread),
                        orders: 1,
                        person: count - i,
                        ..Figures::default()
                    })
                    .collect();
                let tie = |person: u32| Tie(0, false, u64::from(person), 0);
                assert_eq!(deciles(&people, tie), expected(&people), "{count} {spread}");
            }
        }
    }
}
