//! Contracts by month: who was active at its start, came, rested, resumed, left.
//!
//! The rate is Stripe's: cancelled in the month of those active at its start or new in it. A
//! contract that rests is not active, so that active at the end is active at the start, new and
//! resumed less paused, cancelled and completed, in contracts and in money. Money is what the
//! last delivery costs, brought to a month of 365.25 / 12 days.

use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::subscription::{Chosen, Contract, Move, PerPerson, SEEN, Status, Subscriptions, Unread};
use crate::zone::{first_day_of, month_of};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractChurn {
    /// Months up to that of the day.
    pub months: u32,
    /// Only contracts whose first delivery is of the product with this code.
    pub product: Option<String>,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "months",
        keys: &[("month", Kind::Int)],
        sums: &[
            "customers",
            "active_at_start",
            "new",
            "restarted",
            "resumed",
            "cancelled",
            "paused",
            "completed",
            "active_at_end",
            "cancelled_at_rest",
            "amount_at_start",
            "amount_new",
            "amount_resumed",
            "amount_cancelled",
            "amount_paused",
            "amount_completed",
            "amount_at_end",
        ],
    },
    SEEN,
];

const SUMS: usize = 17;
/// Where each count's amount is, in the order of the sums: at start, new, resumed, cancelled,
/// paused, completed, at end.
const AMOUNTS: [(usize, usize); 7] = [
    (1, 10),
    (2, 11),
    (4, 12),
    (5, 13),
    (6, 14),
    (7, 15),
    (8, 16),
];

/// Steps of a contract in or out of being active: the day, and the sum that it adds to.
fn steps(contract: &Contract, as_of: i32) -> Vec<(i32, usize)> {
    let mut steps = vec![(contract.start_day, 2)];
    let mut is_active = true;
    let end = contract.end.map(|(status, day)| {
        let day = day.or(contract.last(as_of).map(|last| last.day));
        (
            status,
            day.unwrap_or(contract.start_day).max(contract.start_day),
        )
    });
    let until = end.map_or(as_of, |(_, day)| day);
    for (day, change) in &contract.moves {
        let day = (*day).max(contract.start_day);
        if day > until {
            break;
        }
        match change {
            Move::Pause if is_active => steps.push((day, 6)),
            Move::Resume if !is_active => steps.push((day, 4)),
            _ => continue,
        }
        is_active = !is_active;
    }
    if let Some((status, day)) = end {
        steps.push(match (status, is_active) {
            (Status::Completed, true) => (day, 7),
            (_, true) => (day, 5),
            (Status::Completed, false) => return steps,
            (_, false) => (day, 9),
        });
    }
    steps
}

impl ContractChurn {
    /// Counts contracts that were read.
    pub(super) fn count_all(
        &self,
        subscriptions: &Subscriptions,
        takes: impl Fn(&Contract) -> bool,
        tally: &mut Tally,
    ) {
        subscriptions.unread.tally(tally, 1);
        let as_of = subscriptions.as_of_day;
        let last = month_of(as_of);
        let back = i32::try_from(self.months).unwrap_or(i32::MAX);
        let first = last.saturating_sub(back.saturating_sub(1));
        let mut rows = PerPerson::new(tally);
        for theirs in subscriptions
            .contracts
            .chunk_by(|a, b| a.person == b.person)
        {
            if let Some(contract) = theirs.first() {
                rows.person(contract.person);
            }
            for contract in theirs.iter().filter(|contract| takes(contract)) {
                // Cancelled nobody knows when: it belongs to no month.
                if contract.end == Some((Status::Cancelled, None)) {
                    continue;
                }
                let ended_before = theirs.iter().any(|other| {
                    let ended = other.end.and_then(|(_, day)| day);
                    other.id != contract.id && ended.is_some_and(|day| day <= contract.start_day)
                });
                count(contract, ended_before, (as_of, first, last), &mut rows);
            }
        }
    }
}

fn count(
    contract: &Contract,
    is_restart: bool,
    (as_of, first, last): (i32, i32, i32),
    rows: &mut PerPerson<'_>,
) {
    let steps = steps(contract, as_of);
    let monthly = contract.monthly();
    let mut steps = steps.iter().peekable();
    let mut is_active = false;
    let ended = contract.end.is_some();
    for month in month_of(contract.start_day)..=last {
        let next_month = first_day_of(month.saturating_add(1));
        let mut sums = [0i64; SUMS];
        sums[1] = is_active.into();
        while let Some((_, sum)) = steps.next_if(|(day, _)| *day < next_month) {
            if let Some(sum) = sums.get_mut(*sum) {
                *sum += 1;
            }
            is_active = match sum {
                2 | 4 => true,
                9 => is_active,
                _ => false,
            };
            if *sum == 2 {
                sums[3] = is_restart.into();
            }
        }
        sums[8] = is_active.into();
        if month >= first && sums.iter().any(|sum| *sum != 0) {
            for (count, amount) in AMOUNTS {
                let count = sums.get(count).copied().unwrap_or_default();
                if let Some(sum) = sums.get_mut(amount) {
                    *sum = count.wrapping_mul(monthly);
                }
            }
            rows.add(0, &[month.into()], sums);
        }
        if ended && !is_active && steps.peek().is_none() {
            break;
        }
    }
}

impl Report for ContractChurn {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let subscriptions = Subscriptions::of(shop);
        let chosen = Chosen {
            product: self.product.clone(),
            months: None,
        };
        let takes = chosen.takes(shop.ledger, shop.book);
        self.count_all(&subscriptions, takes, tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("months");
        let mut rates = Rates::default();
        let (mut is_closed, mut amount_rates) = (Vec::new(), Vec::new());
        for row in counted.rows("months") {
            let at = |sum: usize| row.get(sum + 1).copied().unwrap_or_default();
            rates.push(at(5), at(1) + at(2));
            amount_rates.push(share(at(13), at(10).saturating_add(at(11))));
            let month = row.first().map_or(0, |month| *month as i32);
            let next = first_day_of(month.saturating_add(1));
            is_closed.push(i64::from(next <= sheet.as_of_day.saturating_add(1)));
        }
        table.columns.push(("is_closed", Values::Int(is_closed)));
        rates.append(&mut table, ["rate", "rate_low", "rate_high"]);
        table.push_rates(["amount_rate"], [amount_rates]);
        sheet.push("months", table);
        Unread::note(counted, sheet);
    }
}
