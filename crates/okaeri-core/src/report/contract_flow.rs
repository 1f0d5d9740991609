//! 定期フロー: how many contracts reach each cycle, who cancels after it, who waits for the next.
//!
//! うちでのこづち's 定期推移表 counts contracts, its フロー離脱率 customers; the two are never mixed.
//! Of those that completed k cycles some went on, some were cancelled exactly then, some ended
//! as agreed, and the others wait. The rate of a step leaves out who waits or ended as agreed (ours): a
//! young shop does not look as if it lost everybody.

use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Table, Values};
use crate::keys::Key;
use crate::ledger::Ledger;
use crate::list::List;
use crate::subscription::risk::{CYCLES_MAX, usual_gap};
use crate::subscription::{
    Chosen, Contract, PerPerson, SEEN, STATUSES, Status, Subscriptions, Unread, What,
};
use crate::zone::month_of;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Each contract by itself (定期推移表).
    #[default]
    Contract,
    /// All contracts of a customer as one (フロー離脱率): it began with the first, and goes on as
    /// long as any does; days with deliveries are its cycles.
    Customer,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractFlow {
    /// What is counted.
    pub unit: Unit,
    /// Which contracts.
    pub chosen: Chosen,
    /// The last cycle that has a row.
    pub last: u32,
}

const SUMS: &[&str] = &[
    "customers",
    "reached",
    "cancelled",
    "alive",
    "completed",
    "went_on",
    "cancelled_after",
    "pending",
    "completed_after",
];

static SPECS: [Spec; 7] = [
    Spec {
        name: "statuses",
        keys: &[("status", Kind::Name(STATUSES))],
        sums: &["customers", "units", "cycles"],
    },
    Spec {
        name: "cycles",
        keys: &[("cycle", Kind::Int)],
        sums: SUMS,
    },
    Spec {
        name: "cycles_by_month",
        keys: &[("month", Kind::Int), ("cycle", Kind::Int)],
        sums: SUMS,
    },
    Spec {
        name: "reasons",
        keys: &[("reason", Kind::Word)],
        sums: &["customers", "units", "cycles"],
    },
    Spec {
        name: "skips",
        keys: &[("cycle", Kind::Int)],
        sums: &["customers", "contracts", "skips"],
    },
    Spec {
        name: "cycle_changes",
        keys: &[("cycle", Kind::Int), ("change", Kind::Name(CHANGES))],
        sums: &["customers", "changes"],
    },
    SEEN,
];

/// How the days between deliveries changed.
const CHANGES: &[&str] = &["longer", "shorter", "alike", "unknown"];

/// What is followed: a contract, or a customer.
#[derive(Clone, Copy, Debug)]
struct Course {
    start_day: i32,
    status: Status,
    cycles: u32,
    reason: u32,
}

impl Course {
    fn of(contract: &Contract, as_of: i32) -> Self {
        Course {
            start_day: contract.start_day,
            status: contract.status(as_of).unwrap_or_default(),
            cycles: contract.cycles(as_of),
            reason: contract.reason,
        }
    }

    /// All contracts of a customer.
    fn together(contracts: &[&Contract], as_of: i32) -> Option<Self> {
        let start_day = contracts.iter().map(|contract| contract.start_day).min()?;
        let mut days: Vec<i32> = Vec::new();
        for contract in contracts {
            days.extend(contract.deliveries.iter().map(|delivery| delivery.day));
        }
        days = crate::order::sorted(days, i32::cmp);
        days.dedup();
        let most = contracts
            .iter()
            .map(|contract| contract.cycles(as_of))
            .max();
        let statuses = contracts
            .iter()
            .map(|c| c.status(as_of).unwrap_or_default());
        // What is most alive; among what ended, the cancelled.
        let status = statuses.min_by_key(|status| *status as u8)?;
        let cancelled = contracts
            .iter()
            .filter(|c| c.status(as_of) == Some(Status::Cancelled));
        let latest = cancelled.max_by_key(|c| (c.end.and_then(|(_, day)| day), c.id));
        Some(Course {
            start_day,
            status,
            cycles: most.unwrap_or(0).max(days.len() as u32),
            reason: latest.map_or(crate::keys::NONE, |contract| contract.reason),
        })
    }

    /// The sums of cycle k, which it reached.
    fn sums(&self, cycle: u32) -> [i64; 9] {
        let is_last = self.cycles == cycle;
        let cancelled = self.status == Status::Cancelled;
        let completed = self.status == Status::Completed;
        let alive = self.status.is_alive();
        [
            0,
            1,
            cancelled.into(),
            alive.into(),
            completed.into(),
            (!is_last).into(),
            (is_last && cancelled).into(),
            (is_last && alive).into(),
            (is_last && completed).into(),
        ]
    }
}

impl ContractFlow {
    fn count(&self, course: Course, ledger: &Ledger, rows: &mut PerPerson<'_>) {
        let cycles = i64::from(course.cycles);
        rows.add(0, &[course.status as i64], [0, 1, cycles]);
        let month = i64::from(month_of(course.start_day));
        for cycle in 0..=course.cycles.min(self.last) {
            let sums = course.sums(cycle);
            rows.add(1, &[cycle.into()], sums);
            rows.add(2, &[month, cycle.into()], sums);
        }
        if course.status == Status::Cancelled {
            let reason = match ledger.contracts.texts.get(course.reason) {
                Some(Key::Text(text)) if !text.trim().is_empty() => rows.tally().word(text.trim()),
                Some(Key::Int(number)) => rows.tally().word(&number.to_string()),
                _ => -1,
            };
            rows.add(3, &[reason], [0, 1, cycles]);
        }
    }

    /// Skips and changes of cycle, each at the cycle that was completed before.
    fn count_happenings(
        &self,
        subscriptions: &Subscriptions,
        contract: &Contract,
        rows: &mut PerPerson<'_>,
    ) {
        let mut skipped = Vec::new();
        let mut before = None;
        let theirs = subscriptions.of_person(contract.person).iter();
        for happening in theirs.filter(|h| h.contract == contract.id) {
            let cycle = i64::from(contract.cycles(happening.day).min(CYCLES_MAX));
            match happening.what {
                What::Skipped => {
                    let is_first = !skipped.contains(&cycle);
                    if is_first {
                        skipped.push(cycle);
                    }
                    rows.add(4, &[cycle], [0, is_first.into(), 1]);
                }
                What::CycleChanged(days) => {
                    let usual = || usual_gap(contract, happening.day);
                    let was = before.map(|days| (days, days)).or_else(|| {
                        // The bound of longer has some days of slack, that of shorter as many.
                        usual().map(|most| (most.saturating_sub(6), most))
                    });
                    let change = match was {
                        Some((_, most)) if days > most => 0,
                        Some((least, _)) if days < least => 1,
                        Some(_) => 2,
                        None => 3,
                    };
                    let change = if days == 0 { 3 } else { change };
                    before = Some(days).filter(|days| *days > 0).or(before);
                    rows.add(5, &[cycle, change], [0, 1]);
                }
                _ => {}
            }
        }
    }

    /// Counts contracts that were read.
    pub(super) fn count_all(
        &self,
        subscriptions: &Subscriptions,
        ledger: &Ledger,
        takes: impl Fn(&Contract) -> bool,
        tally: &mut Tally,
    ) {
        subscriptions.unread.tally(tally, 6);
        let as_of = subscriptions.as_of_day;
        let mut rows = PerPerson::new(tally);
        for theirs in subscriptions
            .contracts
            .chunk_by(|a, b| a.person == b.person)
        {
            let theirs: Vec<&Contract> = theirs.iter().filter(|c| takes(c)).into_list();
            let Some(first) = theirs.first() else {
                continue;
            };
            rows.person(first.person);
            match self.unit {
                Unit::Contract => {
                    for contract in &theirs {
                        self.count(Course::of(contract, as_of), ledger, &mut rows);
                    }
                }
                Unit::Customer => {
                    if let Some(course) = Course::together(&theirs, as_of) {
                        self.count(course, ledger, &mut rows);
                    }
                }
            }
            for contract in &theirs {
                self.count_happenings(subscriptions, contract, &mut rows);
            }
        }
    }
}

impl Report for ContractFlow {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let subscriptions = Subscriptions::of(shop);
        let takes = self.chosen.takes(shop.ledger, shop.book);
        self.count_all(&subscriptions, shop.ledger, takes, tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let of_units = |table: &mut Table, name: &str, keys: usize, with_share: bool| {
            let units = |row: &[i64]| row.get(keys + 1).copied().unwrap_or_default();
            let all: i64 = counted.rows(name).map(units).sum();
            let shares = counted.rows(name).map(|row| share(units(row), all));
            let means = counted.rows(name).map(|row| {
                let cycles = row.get(keys + 2).copied().unwrap_or_default();
                share(cycles, units(row))
            });
            let means = means.into_list();
            table.columns.retain(|(column, _)| *column != "cycles");
            if with_share {
                table
                    .columns
                    .push(("share", Values::MaybeReal(shares.into_list())));
            }
            table
                .columns
                .push(("mean_cycles", Values::MaybeReal(means)));
        };
        for name in ["statuses", "reasons"] {
            let mut table = counted.table(name);
            of_units(&mut table, name, 1, true);
            sheet.push(name, table);
        }
        for (name, keys) in [("cycles", 1), ("cycles_by_month", 2)] {
            let mut table = counted.table(name);
            flow_rates(counted, name, keys, &mut table);
            sheet.push(name, table);
        }
        for name in ["skips", "cycle_changes"] {
            sheet.push(name, counted.table(name));
        }
        let pending = counted.rows("cycles").filter_map(|row| row.get(8));
        sheet.note("contracts_pending", pending.sum::<i64>().unsigned_abs());
        Unread::note(counted, sheet);
    }
}

/// The rate of each step, the share that reached the cycle, and the share that reaches it as far
/// as it is decided: the product of the steps before.
fn flow_rates(counted: &Counted, name: &str, keys: usize, table: &mut Table) {
    let mut rates = Rates::default();
    let (mut cumulative, mut retention) = (Vec::new(), Vec::new());
    let (mut started, mut kept) = (0, Some(1.0));
    for row in counted.rows(name) {
        let cycle = row.get(keys - 1).copied().unwrap_or_default();
        let Some([_, reached, _, _, _, went_on, _, pending, completed_after]) = row.get(keys..)
        else {
            continue;
        };
        if cycle == 0 {
            (started, kept) = (*reached, Some(1.0));
        }
        cumulative.push(share(*reached, started));
        retention.push(kept);
        let decided = reached - pending - completed_after;
        rates.push(*went_on, decided);
        kept = match (kept, share(*went_on, decided)) {
            (Some(kept), Some(rate)) => Some(kept * rate),
            _ => None,
        };
    }
    rates.append(table, ["rate", "rate_low", "rate_high"]);
    table.push_rates(["cumulative", "retention"], [cumulative, retention]);
}
