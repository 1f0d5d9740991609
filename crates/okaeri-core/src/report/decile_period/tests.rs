use super::*;
use crate::report::cpm::tests::{book, counted, many};

#[test]
fn a_period_begins_so_many_days_ago() {
    let people: [&[(i32, i64)]; 3] = [
        &[(1, 90_000), (100, 100)],
        &[(70, 500), (71, 300), (100, 300)],
        &[(70, 800)],
    ];
    let book = book(100, &people);
    // Days 71 to 100: 600 of two orders, then 100 of one; the third customer bought before.
    let found = counted(&DecilePeriod { days: 30 }, &book);
    let rows: Vec<&[i64]> = found.rows("deciles").collect();
    assert_eq!(rows, [&[1, 1, 2, 600], &[2, 1, 1, 100]]);
    let rows: Vec<&[i64]> = found.rows("large_single").collect();
    assert_eq!(rows, [&[1, 1, 1, 0, 600], &[2, 1, 1, 1, 100]]);
    // All orders: the large one long ago is on top.
    let found = counted(&DecilePeriod { days: 0 }, &book);
    let rows: Vec<&[i64]> = found.rows("deciles").collect();
    assert_eq!(
        rows,
        [&[1, 1, 2, 90_100], &[2, 1, 3, 1_100], &[3, 1, 1, 800]]
    );
    let large = found.rows("large_single").map(|row| row.get(2).copied());
    assert_eq!(large.collect::<Vec<_>>(), [Some(1), Some(0), Some(1)]);
}

#[test]
fn tenths_hold_everybody_who_bought() {
    let people = many(1_003);
    let people: Vec<&[(i32, i64)]> = people.iter().map(Vec::as_slice).collect();
    let book = book(20_200, &people);
    for days in [0, 900, 1_200] {
        let found = counted(&DecilePeriod { days }, &book);
        let sums = |column: usize| {
            let values = found.rows("deciles").filter_map(|row| row.get(column));
            values.sum::<i64>()
        };
        let from = if days == 0 { 0 } else { 20_201 - days };
        let inside = |p: &&[(i32, i64)]| {
            let amounts = p
                .iter()
                .filter(|(day, _)| *day >= from)
                .map(|(_, amount)| *amount);
            amounts.collect::<Vec<i64>>()
        };
        let amounts: Vec<Vec<i64>> = people
            .iter()
            .map(inside)
            .filter(|p| !p.is_empty())
            .collect();
        assert_eq!(sums(1), amounts.len() as i64);
        assert_eq!(sums(2), amounts.concat().len() as i64);
        assert_eq!(sums(3), amounts.concat().iter().sum::<i64>());
        let sizes: Vec<i64> = found
            .rows("deciles")
            .filter_map(|r| r.get(1).copied())
            .collect();
        assert_eq!(sizes.len(), 10, "{days} {}", amounts.len());
        assert!(
            sizes
                .iter()
                .max()
                .zip(sizes.iter().min())
                .is_some_and(|(a, b)| a - b <= 1)
        );
        let is_large = |p: &&Vec<i64>| p.iter().max().copied().unwrap_or(0) * 2 >= p.iter().sum();
        let large = found
            .rows("large_single")
            .filter_map(|row| row.get(2))
            .sum::<i64>();
        assert_eq!(large, amounts.iter().filter(is_large).count() as i64);
    }
}
