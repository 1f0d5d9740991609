//! Deciles: customers in ten equal groups by amount, the greatest first (デシル分析).

use super::people::Figures;
use super::select::order_statistics;
use super::sums::Sums;
use crate::order::sorted;
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

/// The first customers of the groups 2 to 10, as their amounts negated and what settles ties;
/// fewer with fewer than ten customers. Customers stand by amount descending, equals by `tie`
/// ascending; the first `N mod 10` groups hold one more.
pub fn edges(people: &[Figures], tie: impl Fn(u32) -> Tie) -> Vec<(i64, Tie)> {
    let count = people.len();
    // Where each of the groups 2 to 10 begins, counted from the greatest.
    let begins = (1..10).map(|d| d * (count / 10) + d.min(count % 10));
    let begins: Vec<usize> = begins.filter(|begin| *begin < count).collect();
    let negated: Vec<i64> = people.iter().map(|figures| -figures.amount).collect();
    let firsts = order_statistics(&negated, &begins);
    let mut edges: Vec<(i64, Tie)> = Vec::with_capacity(firsts.len());
    let mut equals: (i64, Vec<Tie>) = (i64::MIN, Vec::new());
    for (begin, first) in begins.into_iter().zip(firsts) {
        if equals.0 != first {
            let ties = people.iter().filter(|figures| -figures.amount == first);
            let ties = ties.map(|figures| tie(figures.person));
            equals = (first, sorted(ties.collect(), Ord::cmp));
        }
        let before = negated.iter().filter(|amount| **amount < first).count();
        let place = begin.checked_sub(before).and_then(|at| equals.1.get(at));
        edges.extend(place.map(|tie| (first, *tie)));
    }
    edges
}

/// The decile of a customer, 1 to 10, between these edges.
#[inline]
pub fn decile(edges: &[(i64, Tie)], figures: &Figures, tie: impl Fn(u32) -> Tie) -> u8 {
    let amount = -figures.amount;
    let is_behind =
        |edge: &&(i64, Tie)| edge.0 < amount || (edge.0 == amount && edge.1 <= tie(figures.person));
    1 + edges.iter().take_while(is_behind).count() as u8
}

/// The decile of each customer.
pub fn deciles(people: &[Figures], tie: impl Fn(u32) -> Tie) -> Vec<u8> {
    let edges = edges(people, &tie);
    let decile = |figures| decile(&edges, figures, &tie);
    people.iter().map(decile).collect()
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
