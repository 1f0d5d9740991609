use super::*;

fn orders(days: &[(i32, i64)]) -> Vec<BookOrder> {
    let order = |(day, amount): &(i32, i64)| BookOrder {
        day: *day,
        amount: *amount,
        ..BookOrder::default()
    };
    days.iter().map(order).collect()
}

fn plan(basis: Basis, window_days: i32) -> Plan {
    let rank = |count: i64| Rank {
        amount: Wanted::AverageOrders(count),
        orders: count,
    };
    Plan {
        ranks: [3, 6, 12].map(rank).to_vec(),
        basis,
        window_days,
        keep_percent: 80,
        falls: true,
    }
}

const VALUE: OrderValue = OrderValue {
    amount: 10_000,
    orders: 10,
};

#[test]
fn bars_of_the_default_plan() {
    let ladder = Ladder::of(&plan(Basis::Either, 365), VALUE);
    assert_eq!(ladder.up, [[3_000, 3], [6_000, 6], [12_000, 12]]);
    // 80 % of 3 orders is 2.4, which takes 3.
    assert_eq!(ladder.keep, [[2_400, 3], [4_800, 5], [9_600, 10]]);
}

#[test]
fn a_rank_is_earned_on_its_bound_by_either_or_both() {
    let rank = |basis, days: &[(i32, i64)]| {
        let ladder = Ladder::of(&plan(basis, 365), VALUE);
        ladder.standing(&orders(days), 100).rank
    };
    let by_amount = [(100, 3_000)];
    let by_orders = [(98, 1), (99, 1), (100, 1)];
    let by_both = [(98, 1_000), (99, 1_000), (100, 1_000)];
    assert_eq!(rank(Basis::Either, &[(100, 2_999)]), 0);
    let bases = [Basis::Amount, Basis::Orders, Basis::Either, Basis::Both];
    assert_eq!(bases.map(|basis| rank(basis, &by_amount)), [1, 0, 1, 0]);
    assert_eq!(bases.map(|basis| rank(basis, &by_orders)), [0, 1, 1, 0]);
    assert_eq!(bases.map(|basis| rank(basis, &by_both)), [1, 1, 1, 1]);
}

#[test]
fn what_is_missing_for_the_next_rank() {
    let ladder = Ladder::of(&plan(Basis::Either, 365), VALUE);
    let standing = ladder.standing(&orders(&[(10, 2_500), (20, 1_500)]), 100);
    assert_eq!(standing.rank, 1);
    assert_eq!(standing.next_rank, Some(2));
    assert_eq!(standing.amount_to_next, Some(2_000));
    assert_eq!(standing.orders_to_next, Some(4));
    let top = ladder.standing(&orders(&[(10, 50_000)]), 100);
    assert_eq!(
        (top.rank, top.next_rank, top.amount_to_next),
        (3, None, None)
    );
    let by_orders = Ladder::of(&plan(Basis::Orders, 365), VALUE);
    let standing = by_orders.standing(&orders(&[(10, 2_500)]), 100);
    assert_eq!(
        (standing.amount_to_next, standing.orders_to_next),
        (None, Some(2))
    );
}

#[test]
fn a_rank_is_kept_by_less_and_then_lost() {
    let ladder = Ladder::of(&plan(Basis::Amount, 365), VALUE);
    // 3,000 on day 20; on day 375 the first 500 no longer count, on day 385 nothing does.
    let found = orders(&[(10, 500), (20, 2_500)]);
    let rank = |day| ladder.standing(&found, day).rank;
    assert_eq!(
        [9, 19, 20, 374, 375, 384, 385].map(rank),
        [0, 0, 1, 1, 1, 1, 0]
    );
    // Who comes with 2,500 alone does not rise.
    assert_eq!(ladder.standing(&orders(&[(20, 2_500)]), 30).rank, 0);
    let for_good = Plan {
        falls: false,
        ..plan(Basis::Amount, 365)
    };
    assert_eq!(Ladder::of(&for_good, VALUE).standing(&found, 5_000).rank, 1);
    let for_life = Ladder::of(&plan(Basis::Amount, 0), VALUE);
    let standing = for_life.standing(&found, 5_000);
    assert_eq!((standing.rank, standing.window_amount), (1, 3_000));
}

/// Every night one after the other.
#[test]
fn days_that_are_passed_over_change_nothing() {
    let dice = |seed: u64, sides: u64| (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % sides;
    let ladder = Ladder::of(&plan(Basis::Either, 120), VALUE);
    let mut seen = [0; 4];
    for person in 0..60u64 {
        let mut day = 0;
        let order = |place: u64| {
            day += dice(person * 40 + place, 25) as i32;
            (day, 200 + dice(person * 7 + place, 1_500) as i64)
        };
        let days: Vec<(i32, i64)> = (0..20).map(order).collect();
        let found = orders(&days);
        let mut rank = 0;
        for night in 0..400 {
            let inside = days
                .iter()
                .filter(|(day, _)| (night - 119..=night).contains(day));
            let sums = inside.fold([0, 0], |[a, n], (_, amount)| [a + amount, n + 1]);
            rank = ladder.after(rank, &sums);
            let standing = ladder.standing(&found, night);
            assert_eq!(standing.rank, rank, "{person} {night}");
            assert_eq!([standing.window_amount, standing.window_orders], sums);
            seen[usize::from(rank)] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}
