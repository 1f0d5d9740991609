use super::*;
use crate::zone::{date_of, month_of};
use chrono::Datelike;

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
        keep: [None; 2],
    };
    Plan {
        ranks: [3, 6, 12].map(rank).to_vec(),
        basis,
        window: Window::Days(window_days),
        judged: Judged::Nightly,
        keep_percent: 80,
        fall: Fall::ToEarned,
        grace_days: 0,
        carry_over: 0,
        postage: false,
        pinned: Vec::new(),
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
        fall: Fall::Never,
        ..plan(Basis::Amount, 365)
    };
    assert_eq!(Ladder::of(&for_good, VALUE).standing(&found, 5_000).rank, 1);
    let for_life = Ladder::of(&plan(Basis::Amount, 0), VALUE);
    let standing = for_life.standing(&found, 5_000);
    assert_eq!((standing.rank, standing.window_amount), (1, 3_000));
}

/// What a plan says on every night, one after the other and without passing any over.
struct Nights<'a> {
    plan: &'a Plan,
    ladder: &'a Ladder,
    rank: u8,
    grace: Option<i32>,
    missed: u32,
    before: u8,
}

impl Nights<'_> {
    /// The rank after a night with these sums; `judged` are those of a year that ended with it.
    fn night(&mut self, night: i32, sums: [i64; 2], judged: Option<[i64; 2]>) {
        let (plan, ladder) = (self.plan, self.ladder);
        let keeps = |rank: u8, sums: [i64; 2]| ladder.keeps(rank, &sums);
        let by_years = plan.judged == Judged::YearEnds;
        let is_month_end = month_of(night) != month_of(night + 1);
        if plan.judged == Judged::MonthEnds && !is_month_end && judged.is_none() {
            return;
        }
        if let Some(year) = judged.filter(|_| self.rank > 0 || by_years) {
            self.before = ladder.earned(&year);
            if keeps(self.rank, year) {
                self.missed = 0;
            } else {
                self.missed += 1;
                if self.missed > plan.carry_over && self.grace.is_none() {
                    self.grace = Some(night + plan.grace_days);
                }
            }
            if by_years {
                self.rank = self.rank.max(self.before);
            }
        }
        let earned = ladder.earned(&sums);
        if keeps(self.rank, sums) {
            (self.grace, self.missed) = (None, 0);
            if !by_years {
                self.rank = self.rank.max(earned);
            }
            return;
        }
        let rolling = matches!(plan.window, Window::Days(_));
        if rolling && self.grace.is_none() {
            self.grace = Some(night + plan.grace_days);
        }
        if plan.fall != Fall::Never && self.grace.is_some_and(|day| day <= night) {
            self.rank = match plan.fall {
                Fall::OneStep => earned.max(self.rank - 1),
                _ => earned.max(self.before),
            };
            (self.grace, self.missed) = (None, 0);
            if rolling && !keeps(self.rank, sums) {
                self.grace = Some(night + plan.grace_days.max(1));
            }
        }
    }
}

#[test]
fn days_that_are_passed_over_change_nothing() {
    let dice = |seed: u64, sides: u64| (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % sides;
    let mut plans = Vec::new();
    let (days, year) = (Window::Days(120), Window::Year([4, 1]));
    for (window, judged) in [
        (days, Judged::Nightly),
        (days, Judged::MonthEnds),
        (year, Judged::Nightly),
        (year, Judged::MonthEnds),
        (Window::Year([4, 15]), Judged::MonthEnds),
        (year, Judged::YearEnds),
    ] {
        for fall in [Fall::ToEarned, Fall::OneStep, Fall::Never] {
            for (grace_days, carry_over) in [(0, 0), (20, 0), (0, 1), (45, 2)] {
                plans.push(Plan {
                    window,
                    judged,
                    fall,
                    grace_days,
                    carry_over,
                    ..plan(Basis::Either, 120)
                });
            }
        }
    }
    let mut seen = [0; 4];
    let mut fallen = 0;
    for plan in &plans {
        let ladder = Ladder::of(plan, VALUE);
        for person in 0..20u64 {
            let mut day = 0;
            let order = |place: u64| {
                day += dice(person * 40 + place, 25 + 10 * person) as i32;
                (day, 200 + dice(person * 7 + place, 1_500) as i64)
            };
            let days: Vec<(i32, i64)> = (0..20).map(order).collect();
            let found = orders(&days);
            let mut nights = Nights {
                plan,
                ladder: &ladder,
                rank: 0,
                grace: None,
                missed: 0,
                before: 0,
            };
            let is_new_year = |day: i32| {
                let date = date_of(day);
                plan.window == Window::Year([date.month(), date.day()])
            };
            let mut from = 0;
            let mut ranks: Vec<Standing> = Vec::new();
            for night in 0..1_600 {
                let inside = |from: i32, to: i32| {
                    let inside = days.iter().filter(|(day, _)| (from..=to).contains(day));
                    inside.fold([0, 0], |[a, n], (_, amount)| [a + amount, n + 1])
                };
                let mut judged = None;
                match plan.window {
                    Window::Days(days) => from = night - days + 1,
                    Window::Year(_) if is_new_year(night) => {
                        judged = Some(inside(from, night - 1));
                        from = night;
                    }
                    Window::Year(_) => {}
                }
                let sums = inside(from, night);
                nights.night(night, sums, judged);
                let standing = ladder.standing(&found, night);
                assert_eq!(standing.rank, nights.rank, "{person} {night} {plan:?}");
                assert_eq!([standing.window_amount, standing.window_orders], sums);
                seen[usize::from(standing.rank)] += 1;
                ranks.push(standing);
            }
            // Once nothing comes any more, what is foretold comes true.
            for (night, standing) in ranks.iter().enumerate().skip(day as usize) {
                let later = ranks.get(night..).unwrap_or_default();
                let falls = later.iter().position(|one| one.rank < standing.rank);
                let falls = falls.map(|after| (night + after) as i32);
                let told = standing.falls_on.filter(|day| *day < 1_600);
                assert_eq!(told, falls, "{person} {night} {plan:?}");
                fallen += usize::from(falls.is_some());
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    assert!(fallen > 0);
}

#[test]
fn ranks_are_judged_at_the_end_of_a_month_or_of_a_year() {
    // 3,000 on 1970-01-11; day 30 is the last of January, day 365 the first of 1971.
    let found = orders(&[(10, 3_000), (400, 6_000)]);
    let monthly = Plan {
        judged: Judged::MonthEnds,
        ..plan(Basis::Amount, 365)
    };
    let ladder = Ladder::of(&monthly, VALUE);
    let rank = |ladder: &Ladder, day| ladder.standing(&found, day).rank;
    // 1971-02-28 is day 423; the first order counts to day 374, and the second makes more.
    let days = [10, 29, 30, 389, 423, 764, 789];
    assert_eq!(days.map(|day| rank(&ladder, day)), [0, 0, 1, 1, 2, 2, 0]);
    let waiting = ladder.standing(&found, 29);
    assert_eq!(
        (waiting.window_amount, waiting.amount_to_next),
        (3_000, Some(0))
    );
    // What is lost is lost on the last of the month in which it is no longer kept.
    assert_eq!(ladder.standing(&found, 500).falls_on, Some(789));
    let yearly = Plan {
        window: Window::Year([1, 1]),
        judged: Judged::YearEnds,
        ..plan(Basis::Amount, 0)
    };
    let ladder = Ladder::of(&yearly, VALUE);
    let days = [10, 364, 365, 400, 729, 730, 1_095, 1_096];
    assert_eq!(days.map(|day| rank(&ladder, day)), [0, 0, 1, 1, 1, 2, 2, 0]);
}

#[test]
fn a_year_is_judged_when_it_is_over() {
    let by_year = Plan {
        window: Window::Year([1, 1]),
        ..plan(Basis::Amount, 0)
    };
    let ladder = Ladder::of(&by_year, VALUE);
    // 6,000 in 1970, 2,400 in 1971, nothing after: days 364, 365 and 730 part the years.
    let found = orders(&[(100, 3_000), (200, 3_000), (400, 2_400)]);
    let rank = |ladder: &Ladder, day| ladder.standing(&found, day).rank;
    let days = [99, 100, 200, 364, 365, 729, 730, 1_095, 1_096];
    assert_eq!(
        days.map(|day| rank(&ladder, day)),
        [0, 1, 2, 2, 2, 2, 0, 0, 0]
    );
    let now = ladder.standing(&found, 500);
    assert_eq!((now.held, now.falls_on), (Held::CarriedOver, Some(730)));
    // Gold asks for 6,000 and is kept by 4,800.
    assert_eq!(
        (now.window_amount, now.amount_to_keep),
        (2_400, Some(2_400))
    );
    assert_eq!((now.next_rank, now.amount_to_next), (Some(3), Some(9_600)));
    assert_eq!((now.orders_to_keep, now.orders_to_next), (None, None));

    let step = Ladder::of(
        &Plan {
            fall: Fall::OneStep,
            ..by_year.clone()
        },
        VALUE,
    );
    // 2,400 keep silver, to which one falls; nothing in 1972 does not.
    assert_eq!(
        days.map(|day| rank(&step, day)),
        [0, 1, 2, 2, 2, 2, 1, 1, 0]
    );
    let grace = Ladder::of(
        &Plan {
            grace_days: 60,
            ..by_year.clone()
        },
        VALUE,
    );
    assert_eq!([730, 789, 790].map(|day| rank(&grace, day)), [2, 2, 0]);
    assert_eq!(grace.standing(&found, 740).held, Held::Grace);
    let longer = Ladder::of(
        &Plan {
            carry_over: 1,
            ..by_year.clone()
        },
        VALUE,
    );
    assert_eq!([730, 1_095, 1_096].map(|day| rank(&longer, day)), [2, 2, 0]);
    // Own conditions to keep it.
    let mut easy = by_year;
    easy.ranks[1].keep = [Some(2_400), None];
    let easy = Ladder::of(&easy, VALUE);
    assert_eq!(easy.keep[1], [2_400, 5]);
    assert_eq!([730, 1_095, 1_096].map(|day| rank(&easy, day)), [2, 2, 0]);
}
