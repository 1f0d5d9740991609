//! Contracts agree with the orders that they make.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Contract, ContractStatus, OrderStatus};

use super::super::words::CANCEL_REASONS;
use super::{Facts, large, local, options, percent};

/// The times of the boxes of each contract, in the order of their numbers.
fn boxes(facts: &Facts) -> BTreeMap<String, Vec<NaiveDateTime>> {
    let mut boxes: BTreeMap<String, Vec<NaiveDateTime>> = BTreeMap::new();
    for order in &facts.orders {
        for line in &order.lines {
            let Some(id) = &line.contract_id else {
                assert_eq!(line.contract_count, None);
                continue;
            };
            let times = boxes.entry(id.clone()).or_default();
            times.push(local(order.ordered_at));
            assert_eq!(line.contract_count, Some(times.len() as u32), "{id}");
            assert_eq!(order.status, OrderStatus::Completed, "{id}");
        }
    }
    boxes
}

fn cancelled_at(contract: &Contract) -> Option<NaiveDateTime> {
    match contract.cancelled_at {
        Some(Moment::Local(at)) => Some(at),
        _ => None,
    }
}

#[test]
fn contracts_and_orders_tell_the_same() {
    let facts = large();
    let mut boxes = boxes(facts);
    let (mut gaps, mut skipped) = (0, 0);
    for contract in &facts.contracts {
        let id = &contract.contract_id;
        let times = boxes.remove(id).unwrap_or_default();
        let (first, last) = (times.first().copied(), times.last().copied());
        assert_eq!(contract.started_at, first.map(Moment::Local), "{id}");
        let cycle = i64::from(contract.cycle_days.unwrap_or_default());
        assert!(matches!(cycle, 30 | 60), "{id}");
        for pair in times.windows(2) {
            let [one, next] = [0, 1].map(|n| pair.get(n).copied().unwrap_or_default().date());
            let days = (next - one).num_days();
            assert!((cycle..=cycle * 3 + 6).contains(&days), "{id}: {days}");
            gaps += 1;
            skipped += usize::from(days >= cycle * 2);
        }
        let is_cancelled = contract.status == ContractStatus::Cancelled;
        assert_eq!(cancelled_at(contract).is_some(), is_cancelled, "{id}");
        assert!(!is_cancelled || cancelled_at(contract) > last, "{id}");
        let reason = contract.cancel_reason.as_deref();
        assert_eq!(reason.is_some(), is_cancelled, "{id}");
        assert!(reason.is_none_or(|reason| CANCEL_REASONS.contains(&reason)));
        let next = contract
            .next_ship_date
            .as_deref()
            .map(str::parse::<NaiveDate>);
        let is_active = contract.status == ContractStatus::Active;
        assert_eq!(next.is_some(), is_active, "{id}");
        assert!(next.is_none_or(|day| day.is_ok_and(|day| day > options(0).until)));
    }
    assert!(boxes.is_empty(), "orders of no contract: {boxes:?}");
    let share = percent(skipped, gaps);
    assert!((4..=14).contains(&share), "{share}");
    for status in [
        ContractStatus::Active,
        ContractStatus::Paused,
        ContractStatus::Failed,
        ContractStatus::Cancelled,
    ] {
        let count = facts
            .contracts
            .iter()
            .filter(|c| c.status == status)
            .count();
        assert!(count > 5, "{status:?}: {count}");
    }
}

#[test]
fn most_leave_after_the_second_box_and_ever_fewer_later() {
    let facts = large();
    let boxes = boxes(facts);
    let count = |contract: &Contract| boxes.get(&contract.contract_id).map_or(0, Vec::len);
    // Of those who got box k, so many of a hundred cancelled before the next.
    let hazard = |from: usize, to: usize| {
        let (mut left, mut had) = (0, 0);
        for k in from..=to {
            let reached = facts.contracts.iter().filter(|one| count(one) >= k);
            had += reached.clone().count();
            let here = reached.filter(|one| count(one) == k && one.cancelled_at.is_some());
            left += here.count();
        }
        percent(left, had)
    };
    let all = [
        hazard(1, 1),
        hazard(2, 2),
        hazard(3, 4),
        hazard(5, 8),
        hazard(9, 36),
    ];
    let [first, second, third, later, last] = all;
    assert!(second > first + 5 && second > third + 5, "{all:?}");
    assert!(third > later && later > last, "{all:?}");
}

#[test]
fn reasons_are_all_heard_and_too_much_most() {
    let facts = large();
    let told = |reason: &str| {
        let with = |contract: &&Contract| contract.cancel_reason.as_deref() == Some(reason);
        facts.contracts.iter().filter(with).count()
    };
    let counts = CANCEL_REASONS.map(told);
    assert!(counts.iter().all(|count| *count > 5), "{counts:?}");
    assert_eq!(counts.iter().max(), counts.first());
}
