//! Partials come back, add up, and never trap.

use super::*;
use crate::analysis::tables::Finish;

/// Two shards' totals, told apart by `seed`.
fn totals(seed: i64) -> (Head, Totals) {
    let mut totals = Totals::default();
    for (sums, (keys, width, _)) in shaped(&mut totals) {
        *sums = Sums::new(keys, width);
        for row in 0..3 {
            let key = (0..keys).map(|key| row * (key as i64 + 1) % 3);
            let cells = key.chain((keys..width).map(|_| seed + row));
            sums.cells.extend(cells);
        }
    }
    totals.summary.orders = 10 * seed;
    totals.summary.large_customers = seed;
    totals.summary.days = Some((100, 200));
    totals.people = (0..20u32)
        .map(|person| Figures {
            amount: i64::from(person % 4) * 100,
            orders: 1 + person % 3,
            last_day: 200 - person as i32,
            person,
            ..Figures::default()
        })
        .collect();
    let head = Head {
        as_of_day: 300,
        content: Content::of(&Which::ALL),
        left_out: LeftOut {
            status: 1,
            later: 2,
            worthless: 3,
            scope: 4,
        },
        products: ["7", "a", "b"].map(str::to_owned).to_vec(),
        product_names: vec![String::new(), "seven".to_owned(), String::new()],
    };
    (head, totals)
}

fn encoded(seed: i64) -> Vec<u8> {
    let (head, totals) = totals(seed);
    let tie = |person| Tie(1, person % 2 == 0, u64::from(person) << 40, person / 19);
    encode(&head, &totals, tie, 0)
}

/// Finishes every table, which must not trap whatever was merged.
fn finish(merged: &Merged) {
    let tie = |person: u32| {
        merged
            .ties
            .get(person as usize)
            .copied()
            .unwrap_or_default()
    };
    for top in [None, Some(0), Some(2)] {
        let finish = Finish {
            totals: &merged.totals,
            tie: &tie,
            as_of_day: merged.head.as_of_day,
            rfm: None,
            top,
        };
        for which in Which::ALL {
            finish.table(which);
        }
    }
}

#[test]
fn a_partial_comes_back_and_two_add_up() {
    let one = encoded(1);
    let alone = merge(&[&one]).unwrap_or_default();
    let (head, totals) = totals(1);
    assert_eq!(alone.head, head);
    assert_eq!(alone.totals.months, totals.months);
    assert_eq!(alone.ties.last(), Some(&Tie(1, false, 19 << 40, 1)));
    let both = merge(&[&one, &encoded(2)]).unwrap_or_default();
    assert_eq!(both.totals.summary.orders, 30);
    assert_eq!(both.totals.summary.large_customers, 3);
    assert_eq!(both.head.left_out.worthless, 6);
    assert_eq!(both.totals.people.len(), 40);
    assert_eq!(both.totals.counts.row_count(), 3);
    finish(&both);
}

#[test]
fn what_is_no_partial_is_refused() {
    let bytes = encoded(1);
    assert_eq!(merge(&[]).err(), Some(Unmergeable::Nothing));
    for end in 0..bytes.len() {
        let cut = bytes.get(..end).unwrap_or_default();
        let refused = merge(&[&bytes, cut]).err();
        assert_eq!(refused, Some(Unmergeable::Malformed(1)), "{end}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(merge(&[&longer]).err(), Some(Unmergeable::Malformed(0)));
    let (head, totals) = totals(1);
    let other = Head {
        as_of_day: 301,
        ..head
    };
    let other = encode(&other, &totals, |_| Tie::default(), 0);
    assert_eq!(merge(&[&bytes, &other]).err(), Some(Unmergeable::Other(1)));
}

#[test]
fn no_byte_makes_merging_or_finishing_trap() {
    let bytes = encoded(1);
    for at in 0..bytes.len() {
        for value in [0, 1, 0x7F, 0x80, 0xFE, 0xFF] {
            let mut changed = bytes.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte = value;
            }
            if let Ok(merged) = merge(&[&changed, &bytes, &changed]) {
                finish(&merged);
            }
        }
    }
}
