use super::*;
use crate::report::cpm::tests::{book, counted, many};

const BOUNDS: Bounds = Bounds {
    recency_days: [30, 90, 180, 730],
    orders: [5, 4, 3, 2],
    amount: [20_001, 15_001, 10_001, 5_001],
};

fn report(scoring: Scoring, since: Option<i32>) -> RfmGroups {
    RfmGroups { scoring, since }
}

#[test]
fn average_orders_are_the_bounds_of_amounts() {
    // 10,001 yen in three orders: 3,333.67 each.
    let people: [&[(i32, i64)]; 2] = [&[(100, 4_000), (101, 2_667)], &[(100, 3_334)]];
    let book = book(110, &people);
    let found = counted(&report(Scoring::AverageOrders(BOUNDS), None), &book);
    let bounds: Vec<&[i64]> = found
        .rows("rfm_bounds")
        .filter(|row| row.first() == Some(&2))
        .collect();
    let expected: [&[i64]; 5] = [
        &[2, 1, NO_BOUND, 0, 0],
        &[2, 2, 3_334, 2, 10_001],
        &[2, 3, 6_668, 0, 0],
        &[2, 4, 10_001, 0, 0],
        &[2, 5, 13_335, 0, 0],
    ];
    assert_eq!(bounds, expected);
}

#[test]
fn groups_segments_and_moves_hold_everybody_once() {
    let people = many(500);
    let people: Vec<&[(i32, i64)]> = people.iter().map(Vec::as_slice).collect();
    let book = book(20_200, &people);
    let since = 19_300;
    let then = people
        .iter()
        .filter(|p| p.first().is_some_and(|(day, _)| *day <= since));
    let then = then.count() as i64;
    assert!(then > 0 && then < 500);
    for scoring in [
        Scoring::Quantile,
        Scoring::Threshold(BOUNDS),
        Scoring::AverageOrders(BOUNDS),
    ] {
        let found = counted(&report(scoring, Some(since)), &book);
        let sum = |table: &str, column: usize| {
            let values = found.rows(table).filter_map(|row| row.get(column));
            values.sum::<i64>()
        };
        assert_eq!(sum("rfm_groups", 1), 500);
        assert_eq!(sum("rfm_segments", 1), 500);
        assert_eq!(sum("rfm_bounds", 3), 3 * 500);
        assert_eq!(sum("rfm_moves", 2), 500);
        assert_eq!(sum("rfm_axis_moves", 2), 3 * then);
        let new = found
            .rows("rfm_moves")
            .filter(|row| row.first() == Some(&8));
        assert_eq!(new.filter_map(|row| row.get(2)).sum::<i64>(), 500 - then);
        // The groups now are the same whichever table tells.
        for row in found.rows("rfm_groups") {
            let moved = found.rows("rfm_moves").filter(|m| m.get(1) == row.first());
            let moved: i64 = moved.filter_map(|m| m.get(2)).sum();
            assert_eq!(Some(&moved), row.get(1));
        }
    }
}

#[test]
fn who_bought_nothing_since_only_cools() {
    // 20 days ago and one order; then bought again, which warms R, F and M.
    let people: [&[(i32, i64)]; 2] = [&[(80, 6_000)], &[(80, 6_000), (200, 6_000)]];
    let book = book(200, &people);
    let found = counted(&report(Scoring::Threshold(BOUNDS), Some(100)), &book);
    let moves: Vec<&[i64]> = found.rows("rfm_moves").collect();
    // Both were new (3); 120 days later one cools (4), the other is promising (2).
    assert_eq!(moves, [&[3, 2, 1], &[3, 4, 1]]);
    let axes: Vec<&[i64]> = found.rows("rfm_axis_moves").collect();
    let expected: [&[i64]; 6] = [
        &[0, 1, 1],
        &[0, 2, 1],
        &[1, 0, 1],
        &[1, 1, 1],
        &[2, 0, 1],
        &[2, 1, 1],
    ];
    assert_eq!(axes, expected);
}
