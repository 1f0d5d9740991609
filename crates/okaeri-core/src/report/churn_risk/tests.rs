//! The past counted by hand, and a model that finds what is there.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

use super::features::{FEATURES, features, pattern};
use super::*;
use crate::subscription::tests::{AS_OF, Dice, RULES, contract, random};
use crate::subscription::{Happening, What};

fn report(min_events: u32) -> ChurnRisk {
    ChurnRisk {
        rules: RULES,
        min_events,
        min_auc_percent: 60,
        discount_rate: 1_500,
        limit: 100,
    }
}

fn sheet(report: &ChurnRisk, subscriptions: &Subscriptions) -> Sheet {
    let mut tally = Tally::new(report.specs());
    report.count_all(subscriptions, None, &mut tally);
    let mut sheet = Sheet::new(AS_OF);
    report.finish(&tally.counted(), &mut sheet);
    sheet
}

fn column<'a>(sheet: &'a Sheet, table: &str, name: &str) -> &'a Values {
    let found = sheet.tables.iter().find(|(known, _)| *known == table);
    let columns = found.map(|(_, table)| &table.columns);
    match columns.and_then(|columns| columns.iter().find(|(column, _)| *column == name)) {
        Some((_, values)) => values,
        None => panic!("no {table} {name}"),
    }
}

fn whole(sheet: &Sheet, table: &str, name: &str) -> Vec<i64> {
    match column(sheet, table, name) {
        Values::Int(values) => values.clone(),
        other => panic!("{other:?}"),
    }
}

fn real(sheet: &Sheet, table: &str, name: &str) -> Vec<f64> {
    match column(sheet, table, name) {
        Values::MaybeReal(values) => values.iter().map(|value| value.unwrap_or(-1.0)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bands_make_up_the_contracts_and_looks_the_past() {
    for seed in 0..6 {
        let subscriptions = random(seed, 80);
        let sheet = sheet(&report(50), &subscriptions);
        let alive = subscriptions
            .contracts
            .iter()
            .filter(|contract| contract.status(AS_OF).is_some_and(Status::is_alive));
        let contracts: i64 = whole(&sheet, "bands", "contracts").iter().sum();
        assert_eq!(contracts, alive.count() as i64);
        // Each look at which a dated contract went on.
        let (mut rows, mut cancelled) = (0, 0);
        for contract in &subscriptions.contracts {
            let Some(end) = contract.end.map_or(Some(i32::MAX), |(_, day)| day) else {
                continue;
            };
            let is_cancelled = contract.end.is_some_and(|(s, _)| s == Status::Cancelled);
            for look in 1..=24 {
                let day = AS_OF - 30 * look;
                if contract.start_day <= day && end > day {
                    rows += 1;
                    cancelled += i64::from(is_cancelled && end <= day + 30);
                }
            }
        }
        assert_eq!(whole(&sheet, "bands", "past").iter().sum::<i64>(), rows);
        assert_eq!(
            whole(&sheet, "bands", "past_cancelled").iter().sum::<i64>(),
            cancelled
        );
        let quality = |name: &str| whole(&sheet, "quality", name)[0];
        assert_eq!(quality("fitted") + quality("judged"), rows);
        assert_eq!(
            quality("fitted_cancelled") + quality("judged_cancelled"),
            cancelled
        );
    }
}

/// 400 contracts; who views the page on cancelling mostly cancels ten days later.
fn told_by_page() -> Subscriptions {
    let mut dice = Dice(7);
    let mut subscriptions = Subscriptions {
        as_of_day: AS_OF,
        ..Subscriptions::default()
    };
    for person in 0..400 {
        let start = AS_OF - 100 - dice.below(600) as i32;
        let lasts = 40 + dice.below(700) as i32;
        let end = start + lasts;
        let deliveries = (lasts.min(AS_OF - start) / 30 + 1) as u32;
        let mut made = contract(person, person, start, deliveries, 30);
        let mut days = vec![];
        if dice.below(10) == 0 {
            days.push(start + dice.below(60) as i32);
        }
        if end <= AS_OF {
            made.end = Some((Status::Cancelled, Some(end)));
        }
        if dice.below(10) < 8 {
            days.push(end - 10);
        }
        days.sort_unstable();
        for day in days.into_iter().filter(|day| *day <= AS_OF) {
            subscriptions.happenings.push(Happening {
                person,
                day,
                contract: person,
                what: What::CancelPage,
            });
        }
        subscriptions.contracts.push(made);
    }
    subscriptions
}

#[test]
fn a_model_finds_the_sign_that_tells() {
    let subscriptions = told_by_page();
    let found = sheet(&report(50), &subscriptions);
    assert_eq!(
        *column(&found, "quality", "used"),
        Values::Name(vec!["model"])
    );
    let auc = real(&found, "quality", "auc")[0];
    assert!(auc > 0.6, "{auc}");
    let brier = real(&found, "quality", "brier")[0];
    assert!(brier < real(&found, "quality", "brier_of_rate")[0]);
    let Values::Real(weights) = column(&found, "weights", "weight") else {
        panic!("no weights");
    };
    let page = FEATURES.iter().position(|name| *name == "cancel_page");
    assert!(page.is_some_and(|page| weights[page] > 1.0), "{weights:?}");
    let rows: i64 = whole(&found, "calibration", "rows").iter().sum();
    assert_eq!(rows, whole(&found, "quality", "judged")[0]);
    let cancelled: i64 = whole(&found, "calibration", "cancelled").iter().sum();
    assert_eq!(cancelled, whole(&found, "quality", "judged_cancelled")[0]);
    assert!(real(&found, "calibration", "predicted").is_sorted());
    assert!(found.notes.is_empty(), "{:?}", found.notes);
}

#[test]
fn with_few_cancellations_the_rules_past_stands_in() {
    let subscriptions = told_by_page();
    let found = sheet(&report(100_000), &subscriptions);
    assert_eq!(
        *column(&found, "quality", "used"),
        Values::Name(vec!["rules"])
    );
    assert_eq!(found.notes, [("rules_instead_of_model", 1)]);
    // What is expected of a band is its past rate times its contracts.
    let bands = |name: &str| real(&found, "bands", name);
    let contracts = whole(&found, "bands", "contracts");
    for (row, contracts) in contracts.iter().enumerate() {
        let expected = bands("past_rate")[row] * *contracts as f64;
        assert!((bands("expected")[row] - expected).abs() < 1e-9);
    }
}

#[test]
fn features_unpack_what_the_pattern_holds() {
    let made = contract(3, 0, AS_OF - 130, 5, 30);
    let skip = Happening {
        person: 0,
        day: AS_OF - 4,
        contract: 3,
        what: What::Skipped,
    };
    let page = Happening {
        what: What::CancelPage,
        ..skip
    };
    let happenings = [skip, page];
    let signals = RULES.signals(&[], &made, &[], &happenings, AS_OF);
    let features = features(pattern(&made, &happenings, &signals, AS_OF));
    let set = FEATURES
        .iter()
        .zip(features)
        .filter(|(_, value)| *value != 0.0);
    let set: Vec<(&str, f64)> = set.map(|(name, value)| (*name, value)).collect();
    // Five deliveries, one skipped since, 130 days are two steps of tenure of 15, 1,000 yen have
    // ten bits: three below 13, of four.
    let expected = [
        ("constant", 1.0),
        ("cycle_4_5", 1.0),
        ("skipped_once", 1.0),
        ("cancel_page", 1.0),
        ("tenure", 2.0 / 15.0),
        ("amount", -0.75),
    ];
    assert_eq!(set, expected);
}
