//! Subscriptions (定期): how they begin, skip, rest, fail and end.
//!
//! After the second box most leave; who stays longer leaves ever less.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Contract, ContractStatus};

use super::events::Log;
use super::lives::{Period, Purpose, Visit};
use super::people::Person;
use super::products::{Product, SUBSCRIPTIONS};
use super::{Dice, words};

/// Chance in a hundred to cancel after box number `count`, before the next.
pub fn leaves(count: u32) -> u32 {
    match count {
        1 => 9,
        2 => 23,
        3 => 13,
        4 => 9,
        5 => 7,
        6..=8 => 5,
        _ => 3,
    }
}

/// One delivery of a contract.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Whose.
    pub contract_id: String,
    /// 1 for the first.
    pub count: u32,
    /// What is in it.
    pub product: &'static Product,
}

/// What happens between one box and the next.
enum Next {
    /// The next box comes after so many days.
    In(i64),
    /// No more, and the contract stands so.
    End(ContractStatus),
}

/// One contract, told from its first box on. Answers the day from which the person is free.
pub fn subscribe(
    person: &Person,
    contract_id: &str,
    first: NaiveDate,
    period: &Period,
    dice: &mut Dice,
    story: (&mut Vec<Visit>, &mut Log),
) -> (Contract, Option<NaiveDate>) {
    let (visits, log) = story;
    let chosen = dice.below(10);
    let chosen = SUBSCRIPTIONS.get(match chosen {
        0..6 => 0,
        6..8 => 1,
        _ => 2,
    });
    let mut contract = Contract {
        contract_id: contract_id.to_owned(),
        buyer: person.buyer_plain(),
        shop: Some(person.shop.to_owned()),
        ..Contract::default()
    };
    let Some((product, cycle_days)) = chosen else {
        return (contract, None);
    };
    contract.cycle_days = Some(*cycle_days);
    let mut teller = Teller {
        contract,
        cycle: i64::from(*cycle_days),
        period,
        log,
        skips: 0,
    };
    let mut date = first;
    let mut count = 0;
    while date <= period.until {
        count += 1;
        let at = period.at(date, dice);
        if count == 1 {
            teller.contract.started_at = Some(Moment::Local(at));
        }
        visits.push(Visit {
            at,
            purpose: Purpose::Box(Delivery {
                contract_id: contract_id.to_owned(),
                count,
                product,
            }),
        });
        match teller.after(count, at, dice) {
            Next::In(days) => date += TimeDelta::days(days),
            Next::End(status) => {
                teller.contract.status = status;
                let free = date + TimeDelta::days(teller.cycle);
                return (teller.contract, Some(free));
            }
        }
    }
    teller.contract.next_ship_date = Some(date.to_string());
    (teller.contract, None)
}

/// Tells what becomes of a contract.
struct Teller<'a> {
    contract: Contract,
    cycle: i64,
    period: &'a Period,
    log: &'a mut Log,
    skips: i64,
}

impl Teller<'_> {
    fn after(&mut self, count: u32, at: NaiveDateTime, dice: &mut Dice) -> Next {
        let id = self.contract.contract_id.clone();
        let late = |days: i64| at + TimeDelta::days(days);
        if dice.percent(leaves(count)) {
            return self.leave(at, dice);
        }
        if dice.percent(4) {
            self.log.add_to(&id, late(5), "cancel_page_viewed", None);
        }
        if dice.percent(2) {
            // Some come back after a rest, others never say.
            self.log.add_to(&id, late(9), "contract_paused", None);
            let is_known = late(9).date() <= self.period.until;
            if is_known && dice.percent(50) {
                return Next::End(ContractStatus::Paused);
            }
            return Next::In(self.cycle * 3);
        }
        if dice.percent(2) {
            // The card is tried when the next box is due, and once more a few days later.
            self.log
                .add_to(&id, late(self.cycle), "payment_failed", None);
            if dice.percent(60) {
                return Next::In(self.cycle + 4);
            }
            self.log
                .add_to(&id, late(self.cycle + 4), "payment_failed", None);
            if late(self.cycle + 4).date() <= self.period.until {
                return Next::End(ContractStatus::Failed);
            }
            return Next::In(self.cycle + 6);
        }
        self.skips = 0;
        while self.skips < 2 && dice.percent(7) {
            let due = self.cycle * (self.skips + 1) - 4;
            self.log.add_to(&id, late(due), "contract_skipped", None);
            self.skips += 1;
        }
        Next::In(self.cycle * (self.skips + 1))
    }

    /// The customer cancels some days after a box; who has too much of it has mostly skipped one.
    fn leave(&mut self, at: NaiveDateTime, dice: &mut Dice) -> Next {
        let id = self.contract.contract_id.clone();
        let has_too_much = self.skips > 0 || dice.percent(30);
        let reason = match words::CANCEL_REASONS.first() {
            Some(reason) if has_too_much => Some(reason),
            _ => dice.pick(&words::CANCEL_REASONS),
        };
        let days = 4 + i64::from(dice.below(self.cycle as u32 - 8));
        let end = at + TimeDelta::days(days);
        if dice.percent(70) {
            let before = TimeDelta::hours(2 + i64::from(dice.below(90)));
            let viewed = (end - before).max(at + TimeDelta::hours(1));
            self.log.add_to(&id, viewed, "cancel_page_viewed", None);
        }
        if reason.is_some_and(|reason| reason.contains('味')) && dice.percent(30) {
            let said = at + TimeDelta::days(3);
            self.log.add_to(&id, said, "complaint", Some("味について"));
        }
        if end.date() > self.period.until {
            // Not yet told: the next box is due.
            return Next::In(self.cycle);
        }
        self.contract.cancelled_at = Some(Moment::Local(end));
        self.contract.cancel_reason = reason.map(|reason| (*reason).to_owned());
        Next::End(ContractStatus::Cancelled)
    }
}
