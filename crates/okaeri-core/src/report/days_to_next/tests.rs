//! Curves against those of the gaps, and the histogram by hand.
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

use super::super::repeat_tests::{book, random, tables, whole};
use super::*;
use crate::book::Book;
use crate::report::Table;
use crate::survival::gaps::gaps;
use crate::survival::{Curve, Observed};

fn real(table: &Table, name: &str) -> Vec<Option<f64>> {
    let found = table.columns.iter().find(|(column, _)| *column == name);
    match found {
        Some((_, Values::MaybeReal(values))) => values.clone(),
        _ => Vec::new(),
    }
}

fn question(from_order: u32) -> DaysToNext {
    DaysToNext {
        from_order,
        count: CountBy::Orders,
        lead_days: 7,
        ..DaysToNext::default()
    }
}

#[test]
fn the_curve_is_that_of_the_gaps() {
    for seed in 0..20 {
        let people = random(seed, 60, 900);
        let book = book(1_000, &people);
        for n in 1..4 {
            let sheet = tables(&question(n), &book);
            let curve = Curve::of(&gaps(&book, n));
            let [shown, quantiles, ..] = sheet.tables.as_slice() else {
                panic!("no tables");
            };
            let days = whole(&shown.1, "day");
            assert!(days.len() < 210, "{}", days.len());
            let last = curve.points.last().map(|point| i64::from(point.day));
            assert_eq!(days.last().copied(), last);
            for (day, share) in days.iter().zip(real(&shown.1, "share")) {
                let survival = curve.survival(*day as u32);
                assert_eq!(share, survival.map(|survival| 1.0 - survival));
            }
            let every_30th = |day: i64| day % 30 != 0 || days.contains(&day);
            assert!((0..=last.unwrap_or(0)).all(every_30th));
            // Nobody is lost from one row to the next.
            let sum = |name: &str| whole(&shown.1, name).iter().sum::<i64>();
            assert_eq!(sum("events"), curve.events as i64);
            assert_eq!(sum("waiting"), curve.censored as i64);
            let left = |row: usize| {
                let at = |name: &str| whole(&shown.1, name).get(row).copied();
                Some(at("at_risk")? - at("events")? - at("waiting")?)
            };
            for row in 1..days.len() {
                assert_eq!(whole(&shown.1, "at_risk").get(row).copied(), left(row - 1));
            }
            let median = curve.quantile(0.5).day.map_or(-1, i64::from);
            assert_eq!(whole(&quantiles.1, "day").get(1).copied(), Some(median));
        }
    }
}

#[test]
fn all_gaps_are_those_of_each_order_together() {
    let people = random(7, 80, 300);
    let book = book(400, &people);
    let all = counted_gaps(&question(0), &book);
    let mut each: Vec<Observed> = (1..40).flat_map(|n| gaps(&book, n)).collect();
    each.retain(|row| row.events + row.censored > 0);
    assert_eq!(Curve::of(&all), Curve::of(&each));
    assert_eq!(Curve::of(&all).customers, people.concat().len() as u64);
}

fn counted_gaps(report: &DaysToNext, book: &Book) -> Vec<Observed> {
    let counted = super::super::repeat_tests::counted(report, book);
    let rows = counted.rows("gaps");
    let observed = rows.map(|row| Observed {
        day: row[0] as u32,
        events: row[1] as u32,
        censored: row[2] as u32,
    });
    observed.collect()
}

#[test]
fn a_peak_is_met_a_week_before() {
    // Some come back about the 40th day, most are still waiting.
    let mut people: Vec<Vec<i32>> = vec![vec![0]; 3_000];
    for (day, customers) in [(38, 25), (39, 50), (40, 100), (41, 50), (42, 25)] {
        people.extend(vec![vec![0, day]; customers]);
    }
    let sheet = tables(&question(1), &book(100, &people));
    let peak = &sheet.tables.get(2).expect("the peak").1;
    assert_eq!(whole(peak, "peak_day"), [40]);
    assert_eq!(whole(peak, "send_day"), [33]);
    let states = peak.columns.last().map(|(_, values)| values.clone());
    assert_eq!(states, Some(Values::Name(vec!["inside"])));
}

#[test]
fn the_histogram_has_who_began_and_came_back_in_the_period() {
    // In the period, begun before it, back after it, not back, and twice in one bin.
    let people = [
        vec![10, 39],
        vec![9, 20],
        vec![10, 51],
        vec![10],
        vec![12, 14, 50],
    ];
    let report = DaysToNext {
        from_day: Some(10),
        to_day: Some(50),
        ..question(0)
    };
    let sheet = tables(&report, &book(60, &people));
    let lead = &sheet.tables.get(3).expect("the histogram").1;
    assert_eq!(whole(lead, "days_from"), [0, 30]);
    assert_eq!(whole(lead, "customers"), [2, 1]);
    assert_eq!(whole(lead, "gaps"), [2, 1]);
    assert_eq!(sheet.notes, [("closed_gaps_alone", 5)]);
}
