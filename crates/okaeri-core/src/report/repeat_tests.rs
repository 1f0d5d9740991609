//! Analyses of repeat purchases against the plainest way of counting them.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

use super::cohorts::{Cohorts, Period};
use super::conversion::Conversion;
use super::purchases::CountBy;
use super::steps::Steps;
use super::{Counted, Report, Sheet, Shop, Table, Tally, Values};
use crate::book::{Book, BookOrder};
use crate::identity::People;
use crate::ledger::Ledger;
use crate::people::PersonKeys;
use crate::zone::{Zone, month_of};

/// A book of the days on which people placed orders.
pub fn book(as_of_day: i32, people: &[Vec<i32>]) -> Book {
    let mut starts = vec![0];
    let mut orders = Vec::new();
    for days in people {
        orders.extend(days.iter().map(|day| BookOrder {
            day: *day,
            ..BookOrder::default()
        }));
        starts.push(orders.len() as u32);
    }
    let days = orders.iter().map(|order| order.day);
    Book {
        as_of_day,
        starts,
        guests: Vec::new(),
        rank_of_product: Vec::new(),
        product_of_rank: Vec::new(),
        sold: Vec::new(),
        days: days.clone().min().zip(days.max()),
        left_out: Default::default(),
        gifts: Default::default(),
        orders,
    }
}

/// Days of orders of so many people up to a day, some on one day.
pub fn random(seed: u64, people: usize, days: u64) -> Vec<Vec<i32>> {
    let mut state = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut below = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((state >> 33) % bound) as i32
    };
    let person = |_| {
        let mut orders: Vec<i32> = (0..=below(5)).map(|_| below(days)).collect();
        if below(4) == 0 {
            orders.extend(orders.first().copied());
        }
        orders.sort_unstable();
        orders
    };
    (0..people).map(person).collect()
}

pub fn counted(report: &dyn Report, book: &Book) -> Counted {
    let mut tally = Tally::new(report.specs());
    let shop = Shop {
        ledger: &Ledger::new(Zone::of_utc(), "JPY"),
        people: &People::default(),
        keys: &PersonKeys::default(),
        book,
        figures: &[],
        forecast: None,
        told: None,
    };
    report.collect(&shop, &mut tally);
    tally.counted()
}

pub fn tables(report: &dyn Report, book: &Book) -> Sheet {
    let mut sheet = Sheet::new(book.as_of_day);
    report.finish(&counted(report, book), &mut sheet);
    sheet
}

/// A column of whole numbers; -1 where there is none.
pub fn whole(table: &Table, name: &str) -> Vec<i64> {
    let found = table.columns.iter().find(|(column, _)| *column == name);
    match found {
        Some((_, Values::Int(values))) => values.clone(),
        Some((_, Values::MaybeInt(values))) => values.iter().map(|v| v.unwrap_or(-1)).collect(),
        _ => Vec::new(),
    }
}

/// The days of a person's purchases.
fn purchases(orders: &[i32], count: CountBy) -> Vec<i32> {
    let mut days = orders.to_vec();
    if count == CountBy::Days {
        days.dedup();
    }
    days
}

const COUNTS: [CountBy; 2] = [CountBy::Days, CountBy::Orders];

#[test]
fn steps_are_counted_one_by_one() {
    for (seed, count) in (0..10).flat_map(|seed| COUNTS.map(|count| (seed, count))) {
        let people = random(seed, 50, 400);
        let as_of_day = 420;
        let report = Steps {
            lapse_days: 60,
            last: 4,
            count,
            ..Steps::default()
        };
        let counted = counted(&report, &book(as_of_day, &people));
        let reached = |step: usize| {
            let days = people.iter().map(|orders| purchases(orders, count));
            days.filter(|days| days.len() >= step).collect::<Vec<_>>()
        };
        for row in counted.rows("steps") {
            let at = row[0] as usize;
            let [customers, converted, waiting, lapsed, closed, in_time] =
                [row[1], row[2], row[3], row[4], row[5], row[6]];
            assert_eq!(customers, converted + waiting + lapsed);
            let all = reached(at);
            assert_eq!(customers, all.len() as i64);
            assert_eq!(converted, reached(at + 1).len() as i64);
            let over = |days: &&Vec<i32>| as_of_day - days[at - 1] >= 60;
            let over: Vec<&Vec<i32>> = all.iter().filter(over).collect();
            assert_eq!(closed, over.len() as i64);
            let within = |days: &&&Vec<i32>| days.len() > at && days[at] - days[at - 1] <= 60;
            assert_eq!(in_time, over.iter().filter(within).count() as i64);
            let left = over.iter().filter(|days| days.len() == at).count();
            assert_eq!(lapsed, left as i64);
        }
        // Cohorts make up the step.
        for step in 1..=4 {
            let sum = |rows: Vec<&[i64]>, place: usize| rows.iter().map(|r| r[place]).sum::<i64>();
            let whole = counted.rows("steps").filter(|row| row[0] == step);
            let whole: Vec<&[i64]> = whole.collect();
            let parts = counted.rows("steps_by_cohort").filter(|row| row[1] == step);
            let parts: Vec<&[i64]> = parts.collect();
            for place in 1..=7 {
                assert_eq!(sum(whole.clone(), place), sum(parts.clone(), place + 1));
            }
        }
    }
}

#[test]
fn conversions_are_counted_one_by_one() {
    for (seed, count) in (0..10).flat_map(|seed| COUNTS.map(|count| (seed, count))) {
        let people = random(seed, 50, 400);
        let as_of_day = 405;
        let report = Conversion {
            last: 3,
            within_days: vec![30, 90],
            product: None,
            count,
        };
        let counted = counted(&report, &book(as_of_day, &people));
        let shown = |table: &str, key: [i64; 2]| {
            let found = counted.rows(table).find(|row| row[..2] == key);
            found.map_or([0, 0, 0], |row| [row[2], row[3], row[4]])
        };
        let counts = |at: usize, within: i32, cohort: Option<i32>| {
            let mut sums = [0, 0, 0];
            for orders in &people {
                let days = purchases(orders, count);
                if days.len() < at || cohort.is_some_and(|month| month_of(days[0]) != month) {
                    continue;
                }
                let is_closed = as_of_day - days[at - 1] >= within;
                let is_next = days.len() > at && days[at] - days[at - 1] <= within;
                sums[0] += 1;
                sums[1] += i64::from(is_closed);
                sums[2] += i64::from(is_closed && is_next);
            }
            sums
        };
        for within in [30, 90] {
            for at in 1..=3 {
                let key = [at as i64, within.into()];
                let sums = shown("conversion", key);
                assert_eq!(sums, counts(at, within, None));
            }
            for month in month_of(0)..=month_of(400) {
                let key = [month.into(), within.into()];
                let sums = shown("conversion_by_cohort", key);
                assert_eq!(sums, counts(1, within, Some(month)));
            }
        }
    }
}

#[test]
fn cohorts_are_counted_one_by_one() {
    for (seed, period) in (0..10).flat_map(|s| [Period::Days(30), Period::Month].map(|p| (s, p))) {
        let people = random(seed, 50, 400);
        let as_of_day = 400 + seed as i32 * 7;
        let sheet = tables(&Cohorts { period, last: 9 }, &book(as_of_day, &people));
        let [(_, shown), (_, all)] = sheet.tables.as_slice() else {
            panic!("two tables");
        };
        let names = ["cohort", "k", "customers", "closed", "bought", "still"];
        let columns = names.map(|name| whole(shown, name));
        let is_closed = whole(shown, "is_closed");
        for row in 0..is_closed.len() {
            let [month, k, customers, closed, bought, still] =
                [0, 1, 2, 3, 4, 5].map(|column: usize| columns[column][row]);
            let k_of = |first: i32, day: i32| match period {
                Period::Days(days) => (day - first) / days,
                Period::Month => month_of(day) - month_of(first),
            };
            let of: Vec<&Vec<i32>> = people
                .iter()
                .filter(|days| i64::from(month_of(days[0])) == month)
                .collect();
            let count =
                |test: &dyn Fn(&[i32]) -> bool| of.iter().filter(|days| test(days)).count() as i64;
            let at = |days: &[i32], day: i32| i64::from(k_of(days[0], day));
            assert_eq!(customers, of.len() as i64);
            assert_eq!(closed, count(&|days| at(days, as_of_day + 1) > k));
            assert_eq!(bought, count(&|d| d.iter().any(|day| at(d, *day) == k)));
            assert_eq!(still, count(&|d| d.iter().any(|day| at(d, *day) >= k)));
            assert_eq!(is_closed[row], i64::from(closed == customers));
        }
        let names = ["k", "closed", "closed_bought", "closed_still"];
        let [k, closed, bought, still] = names.map(|name| whole(all, name));
        assert!(k.len() > 5);
        let shares = closed.into_iter().zip(bought.into_iter().zip(still));
        for (k, (closed, (bought, still))) in k.into_iter().zip(shares) {
            let k_of = |days: &[i32], day: i32| {
                i64::from(match period {
                    Period::Days(length) => (day - days[0]) / length,
                    Period::Month => month_of(day) - month_of(days[0]),
                })
            };
            let had = || people.iter().filter(|days| k_of(days, as_of_day + 1) > k);
            assert_eq!(closed, had().count() as i64);
            let of = |test: &dyn Fn(i64) -> bool| {
                had()
                    .filter(|days| days.iter().any(|day| test(k_of(days, *day))))
                    .count() as i64
            };
            assert_eq!(bought, of(&|at| at == k));
            assert_eq!(still, of(&|at| at >= k));
        }
    }
}

#[test]
fn who_sends_gifts_alone_waits_and_never_lapses() {
    let book = book(400, &[vec![0], vec![10]]);
    let mut orders = book.orders.clone();
    if let Some(second) = orders.get_mut(1) {
        second.row = 1;
    }
    let book = Book { orders, ..book };
    let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
    ledger.orders.is_gift.set(1, true);
    let report = Steps {
        lapse_days: 60,
        last: 1,
        ..Steps::default()
    };
    let mut tally = Tally::new(report.specs());
    let shop = Shop {
        ledger: &ledger,
        people: &People::default(),
        keys: &PersonKeys::default(),
        book: &book,
        figures: &[],
        forecast: None,
        told: None,
    };
    report.collect(&shop, &mut tally);
    let counted = tally.counted();
    let rows: Vec<&[i64]> = counted.rows("steps").collect();
    assert_eq!(rows, [[1, 2, 0, 1, 1, 2, 0, 0]]);
}
