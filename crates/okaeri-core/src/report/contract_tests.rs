//! Contracts counted against the plainest way of counting them, and their sums.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use super::contract_churn::ContractChurn;
use super::contract_flow::{ContractFlow, Unit};
use super::contract_retention::ContractRetention;
use super::tally::Counted;
use super::{Report, Sheet, Table, Tally, Values};
use crate::ledger::Ledger;
use crate::subscription::tests::{AS_OF, random};
use crate::subscription::{Chosen, Contract, Status, Subscriptions};
use crate::zone::{Zone, first_day_of, month_of};

fn whole(table: &Table, name: &str) -> Vec<i64> {
    match table.columns.iter().find(|(column, _)| *column == name) {
        Some((_, Values::Int(values))) => values.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

fn real(table: &Table, name: &str) -> Vec<Option<f64>> {
    match table.columns.iter().find(|(column, _)| *column == name) {
        Some((_, Values::MaybeReal(values))) => values.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

fn finished(report: &dyn Report, counted: &Counted) -> Sheet {
    let mut sheet = Sheet::new(AS_OF);
    report.finish(counted, &mut sheet);
    sheet
}

fn table<'a>(sheet: &'a Sheet, name: &str) -> &'a Table {
    match sheet.tables.iter().find(|(table, _)| *table == name) {
        Some((_, table)) => table,
        None => panic!("no {name}"),
    }
}

fn flow(unit: Unit, subscriptions: &Subscriptions) -> Sheet {
    let report = ContractFlow {
        unit,
        chosen: Chosen::default(),
        last: 200,
    };
    let ledger = Ledger::new(Zone::of_utc(), "JPY");
    let mut tally = Tally::new(report.specs());
    report.count_all(subscriptions, &ledger, |_| true, &mut tally);
    finished(&report, &tally.counted())
}

/// The status and the cycles of each contract, or of each customer's together.
fn courses(unit: Unit, subscriptions: &Subscriptions) -> Vec<(Status, u32)> {
    let of = |contract: &Contract| {
        let status = contract.status(AS_OF).unwrap_or_default();
        (status, contract.cycles(AS_OF))
    };
    match unit {
        Unit::Contract => subscriptions.contracts.iter().map(of).collect(),
        Unit::Customer => subscriptions
            .contracts
            .chunk_by(|a, b| a.person == b.person)
            .map(|theirs| {
                let all: Vec<(Status, u32)> = theirs.iter().map(of).collect();
                let days = theirs
                    .iter()
                    .flat_map(|c| c.deliveries.iter().map(|d| d.day));
                let days: std::collections::BTreeSet<i32> = days.collect();
                let most = all.iter().map(|(_, cycles)| *cycles).max().unwrap_or(0);
                let has = |wanted| all.iter().any(|(status, _)| *status == wanted);
                let order = [
                    Status::Active,
                    Status::Paused,
                    Status::Failed,
                    Status::Cancelled,
                ];
                let status = order.into_iter().find(|status| has(*status));
                (
                    status.unwrap_or(Status::Completed),
                    most.max(days.len() as u32),
                )
            })
            .collect(),
    }
}

#[test]
fn the_flow_is_that_of_the_definitions() {
    for seed in 0..12 {
        let subscriptions = random(seed, 60);
        for unit in [Unit::Contract, Unit::Customer] {
            let sheet = flow(unit, &subscriptions);
            let cycles = table(&sheet, "cycles");
            let courses = courses(unit, &subscriptions);
            let column = |name: &str| whole(cycles, name);
            let reach = |k: u32, of: &dyn Fn(Status) -> bool| {
                courses.iter().filter(|(s, n)| *n >= k && of(*s)).count() as i64
            };
            let cancelled = |status: Status| status == Status::Cancelled;
            let alive = |status: Status| status.is_alive();
            for (row, k) in column("cycle").into_iter().enumerate() {
                let k = k as u32;
                let all = |_: Status| true;
                assert_eq!(column("reached")[row], reach(k, &all));
                assert_eq!(column("cancelled")[row], reach(k, &cancelled));
                assert_eq!(column("alive")[row], reach(k, &alive));
                // うちでのこづち's identities.
                let after = reach(k, &cancelled) - reach(k + 1, &cancelled);
                assert_eq!(column("cancelled_after")[row], after);
                let pending = reach(k, &alive) - reach(k + 1, &alive);
                assert_eq!(column("pending")[row], pending);
                let parts = ["went_on", "cancelled_after", "pending", "completed_after"];
                let sum: i64 = parts.iter().map(|name| column(name)[row]).sum();
                assert_eq!(sum, column("reached")[row]);
                assert_eq!(column("went_on")[row], reach(k + 1, &all));
                let decided = reach(k, &all) - pending - column("completed_after")[row];
                let rate = (decided > 0).then(|| reach(k + 1, &all) as f64 / decided as f64);
                assert_eq!(real(cycles, "rate")[row], rate);
            }
            let units: i64 = whole(table(&sheet, "statuses"), "units").iter().sum();
            assert_eq!(units, courses.len() as i64);
            let cancelled = courses
                .iter()
                .filter(|(s, _)| *s == Status::Cancelled)
                .count();
            let reasons: i64 = whole(table(&sheet, "reasons"), "units").iter().sum();
            assert_eq!(reasons, cancelled as i64);
            // The months' rows make up the whole.
            let by_month = table(&sheet, "cycles_by_month");
            for name in ["reached", "pending", "cancelled_after"] {
                let sum: i64 = whole(by_month, name).iter().sum();
                assert_eq!(sum, column(name).iter().sum::<i64>());
            }
        }
    }
}

#[test]
fn active_at_the_end_is_what_came_less_what_went() {
    for seed in 0..12 {
        let subscriptions = random(seed, 60);
        let report = ContractChurn {
            months: 1_000,
            product: None,
        };
        let mut tally = Tally::new(report.specs());
        report.count_all(&subscriptions, |_| true, &mut tally);
        let sheet = finished(&report, &tally.counted());
        let months = table(&sheet, "months");
        let dated = |contract: &&Contract| contract.end != Some((Status::Cancelled, None));
        for (prefix, row_of) in [("", ""), ("amount_", "amount_")] {
            let at = |name: &str| {
                let name = match (prefix, name) {
                    ("", "at_start") => "active_at_start".to_owned(),
                    ("", "at_end") => "active_at_end".to_owned(),
                    _ => format!("{row_of}{name}"),
                };
                whole(months, &name)
            };
            let mut before = 0;
            for (row, month) in whole(months, "month").into_iter().enumerate() {
                let start = at("at_start")[row];
                assert_eq!(start, before);
                let came = at("new")[row] + at("resumed")[row];
                let went = at("cancelled")[row] + at("paused")[row] + at("completed")[row];
                assert_eq!(at("at_end")[row], start + came - went);
                before = at("at_end")[row];
                // The plainest way: the status on the last day.
                let last = (first_day_of(month as i32 + 1) - 1).min(AS_OF);
                let active = subscriptions
                    .contracts
                    .iter()
                    .filter(dated)
                    .filter(|contract| {
                        let status = contract.status(last);
                        matches!(status, Some(Status::Active | Status::Failed))
                    });
                let value = |contract: &Contract| {
                    if prefix.is_empty() {
                        1
                    } else {
                        contract.monthly()
                    }
                };
                assert_eq!(before, active.map(value).sum::<i64>(), "{month}");
            }
        }
        let closed = whole(months, "is_closed");
        assert_eq!(
            closed.last(),
            Some(&i64::from(month_of(AS_OF + 1) > month_of(AS_OF)))
        );
    }
}

#[test]
fn lifetimes_make_up_the_contracts() {
    for seed in 0..4 {
        let subscriptions = random(seed, 200);
        let report = ContractRetention {
            ahead: 24,
            discount_rate: 1_500,
            top: 5,
            ..ContractRetention::default()
        };
        let mut tally = Tally::new(report.specs());
        report.count_all(&subscriptions, |_| true, &mut tally);
        let sheet = finished(&report, &tally.counted());
        let all = subscriptions.contracts.len() as i64;
        for name in ["cycles", "by_product"] {
            assert_eq!(
                whole(table(&sheet, name), "contracts").iter().sum::<i64>(),
                all
            );
        }
        let cycles = table(&sheet, "cycles");
        for (cycle, decided) in whole(cycles, "cycle").iter().zip(whole(cycles, "decided")) {
            let has_decided = |contract: &&Contract| {
                let left = contract.status(AS_OF) == Some(Status::Cancelled);
                let cycles = i64::from(contract.cycles(AS_OF));
                *cycle > 0 && cycles > *cycle - i64::from(left)
            };
            let expected = subscriptions.contracts.iter().filter(has_decided);
            assert_eq!(decided, expected.count() as i64, "{cycle}");
        }
        let ages = table(&sheet, "ages");
        let alive: i64 = whole(table(&sheet, "cycles"), "waiting").iter().sum();
        assert_eq!(whole(ages, "contracts").iter().sum::<i64>(), alive);
        // Nobody is lost from one row of the curve by days to the next.
        let days = table(&sheet, "days");
        let of = |name: &str| whole(days, name);
        let undated = subscriptions
            .contracts
            .iter()
            .filter(|contract| contract.end.is_some_and(|(_, day)| day.is_none()));
        assert_eq!(of("at_risk")[0], all - undated.count() as i64);
        // Reaching a cycle never becomes likelier with the cycle, and worth is never negative.
        let forecast = table(&sheet, "forecast");
        for model in ["sbg", "bdw", "shown"] {
            let chances = real(forecast, model);
            assert_eq!(chances[0], Some(1.0));
            assert!(chances.is_sorted_by(|a, b| a >= b), "{model}");
        }
        for value in real(ages, "residual_value").into_iter().flatten() {
            assert!(value >= 0.0);
        }
        let holdout = table(&sheet, "holdout");
        assert!(real(holdout, "actual").iter().all(Option::is_some));
    }
}
