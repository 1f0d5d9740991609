//! What happens beside orders: consents, mails, coupons, complaints, contracts.

use chrono::{Datelike, NaiveDateTime, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::Event;

use super::Dice;
use super::lives::Period;
use super::people::Person;

/// What one person does.
pub struct Log {
    person: u32,
    email: Option<String>,
    until: NaiveDateTime,
    /// In the order in which they were told.
    pub events: Vec<Event>,
}

impl Log {
    /// Nothing yet. Of a guest nothing can be told.
    pub fn new(person: &Person, period: &Period) -> Self {
        let email = person.buyer_plain().email;
        Log {
            person: person.number,
            email: email.filter(|_| !person.is_guest),
            until: period.end(),
            events: Vec::new(),
        }
    }

    /// Something that happened, if it did before the sample ends.
    pub fn add(&mut self, at: NaiveDateTime, kind: &str, detail: Option<&str>) {
        self.push(at, kind, None, detail);
    }

    /// Likewise to a contract.
    pub fn add_to(
        &mut self,
        contract_id: &str,
        at: NaiveDateTime,
        kind: &str,
        detail: Option<&str>,
    ) {
        self.push(at, kind, Some(contract_id), detail);
    }

    fn push(
        &mut self,
        at: NaiveDateTime,
        kind: &str,
        contract_id: Option<&str>,
        detail: Option<&str>,
    ) {
        if self.email.is_none() || at > self.until {
            return;
        }
        self.events.push(Event {
            event_id: format!("E{:06}-{}", self.person, self.events.len() + 1),
            at: Moment::Local(at),
            kind: kind.to_owned(),
            email: self.email.clone(),
            contract_id: contract_id.map(str::to_owned),
            detail: detail.map(str::to_owned),
            ..Event::default()
        });
    }
}

/// Consent, mails and coupons of somebody who ordered at these times, the earliest first.
pub fn follow(person: &Person, times: &[NaiveDateTime], dice: &mut Dice, log: &mut Log) {
    let (Some(first), Some(last)) = (times.first().copied(), times.last().copied()) else {
        return;
    };
    if person.is_member && person.consents == Some(true) {
        log.add(first - TimeDelta::minutes(3), "consent_given", None);
        if dice.percent(35) {
            log.add(
                first - TimeDelta::minutes(2),
                "coupon_issued",
                Some("WELCOME500"),
            );
        }
    }
    if person.consents != Some(true) {
        return;
    }
    mails(times, dice, log);
    for later in times.iter().skip(1) {
        if dice.percent(14) {
            let opened = *later - TimeDelta::minutes(20 + i64::from(dice.below(2_000)));
            log.add(opened, "mail_opened", None);
            log.add(opened + TimeDelta::minutes(1), "mail_clicked", None);
        }
    }
    // The shop calls back who has been away, once.
    if dice.percent(30) {
        log.add(
            last + TimeDelta::days(150),
            "coupon_issued",
            Some("COMEBACK"),
        );
    }
    if dice.percent(5) {
        let days = 10 + i64::from(dice.below(90));
        log.add(last + TimeDelta::days(days), "consent_withdrawn", None);
    }
}

/// A newsletter every other month: some open it, fewer the longer they have been away.
fn mails(times: &[NaiveDateTime], dice: &mut Dice, log: &mut Log) {
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return;
    };
    let mut at = *first + TimeDelta::days(20 + i64::from(dice.below(40)));
    while at <= log.until && at < *last + TimeDelta::days(300) {
        let is_near = times
            .iter()
            .any(|order| (at - *order).num_days().unsigned_abs() < 90);
        if dice.percent(if is_near { 32 } else { 10 }) {
            log.add(at, "mail_opened", None);
            if dice.percent(25) {
                log.add(at + TimeDelta::minutes(2), "mail_clicked", None);
            }
        }
        at += TimeDelta::minutes(60 * 24 * 50 + i64::from(dice.below(60 * 24 * 20)));
    }
}

/// Whether it is the month in which the person was born.
pub fn is_birthday_month(person: &Person, at: NaiveDateTime) -> bool {
    person
        .birth
        .is_some_and(|(_, month, _)| month == at.month())
}
