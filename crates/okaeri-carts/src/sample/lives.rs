//! Lives: when somebody comes, for what, and when no more.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Customer, OrderStatus};

use super::contracts::{self, Delivery};
use super::events::{Log, follow};
use super::gifts::{self, Giving};
use super::kinds::Kind;
use super::orders::Cart;
use super::people::Person;
use super::products::GOODS;
use super::{Dice, Shop};

/// The days of the sample.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The first.
    pub begin: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

impl Period {
    /// The last second.
    pub fn end(&self) -> NaiveDateTime {
        self.until.and_time(NaiveTime::MIN) + TimeDelta::seconds(24 * 3_600 - 1)
    }

    /// A time of a day, from seven in the morning to eleven at night.
    pub fn at(&self, date: NaiveDate, dice: &mut Dice) -> NaiveDateTime {
        let seconds = 7 * 3_600 + dice.below(16 * 3_600);
        date.and_time(NaiveTime::MIN) + TimeDelta::seconds(i64::from(seconds))
    }

    /// A day on which somebody first comes: later ones are likelier, for the shop grows, and so
    /// are July and December.
    fn first_day(&self, dice: &mut Dice) -> NaiveDate {
        let days = (self.until - self.begin).num_days().max(0) as u32 + 1;
        let mut date = self.begin;
        for _ in 0..4 {
            let one = dice.below(days);
            let other = if dice.percent(76) {
                dice.below(days)
            } else {
                0
            };
            date = self.begin + TimeDelta::days(i64::from(one.max(other)));
            if dice.percent(crowd(date)) {
                break;
            }
        }
        date
    }
}

/// How many come in a month, in hundredths of December.
fn crowd(date: NaiveDate) -> u32 {
    match date.month() {
        12 => 100,
        7 => 88,
        5 | 11 => 72,
        2 | 8 => 52,
        _ => 62,
    }
}

/// One visit to the shop.
#[derive(Clone, Debug)]
pub struct Visit {
    /// When.
    pub at: NaiveDateTime,
    /// For what.
    pub purpose: Purpose,
}

/// What somebody comes for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// To buy for oneself.
    Own,
    /// Not at all: a contract orders.
    Box(Delivery),
    /// To give.
    Gift(Giving),
}

/// Everything that one person does, and those do who come to know the shop by a gift.
pub fn live(person: &Person, period: &Period, dice: &mut Dice) -> Shop {
    let mut life = Shop::default();
    let mut log = Log::new(person, period);
    let mut visits = Vec::new();
    let first = period.first_day(dice);
    match person.kind {
        Kind::Subscriber => {
            let story = (&mut visits, &mut log);
            subscriber(person, first, period, dice, story, &mut life);
        }
        Kind::Giver | Kind::Company => {
            gifts::give(person, first, period, dice, &mut visits);
            let begin = visits.iter().map(|visit| visit.at.date()).min();
            if let Some(begin) = begin.filter(|_| dice.percent(38)) {
                let later = begin + days(14 + dice.below(140));
                own(
                    person,
                    Kind::Occasional,
                    later,
                    period,
                    dice,
                    (&mut visits, &mut log),
                );
            }
        }
        kind => own(person, kind, first, period, dice, (&mut visits, &mut log)),
    }
    visits.sort_by_key(|visit| visit.at);
    recipients(person, &visits, period, dice, &mut life);
    settle(person, &visits, dice, log, &mut life);
    life
}

fn days(count: u32) -> TimeDelta {
    TimeDelta::days(i64::from(count))
}

/// Visits for oneself, until the person leaves; some are won back after most of a year.
fn own(
    person: &Person,
    kind: Kind,
    from: NaiveDate,
    period: &Period,
    dice: &mut Dice,
    (visits, log): (&mut Vec<Visit>, &mut Log),
) {
    let mut date = from;
    let mut count = 0;
    while date <= period.until {
        count += 1;
        let at = period.at(date, dice);
        let purpose = if dice.percent(1) {
            Purpose::Gift(Giving::thanks(dice))
        } else {
            Purpose::Own
        };
        visits.push(Visit { at, purpose });
        let mut stays = i64::from(kind.stays(count));
        if count == 1 {
            stays += GOODS
                .get(person.entry)
                .map_or(0, |entry| i64::from(entry.draw));
        }
        if dice.percent(2) {
            log.add(
                at + days(1 + dice.below(5)),
                "complaint",
                Some("品質について"),
            );
            stays -= 35;
        }
        if dice.percent(stays.clamp(2, 98) as u32) {
            date += days(kind.gap_days(dice));
        } else if dice.percent(4) {
            date += days(200 + dice.below(200));
        } else {
            break;
        }
        if matches!(date.month(), 6 | 11) && dice.percent(30) {
            date += days(20);
        }
    }
}

/// Most try first, then comes a contract; some begin another one later, some go on without.
fn subscriber(
    person: &Person,
    first: NaiveDate,
    period: &Period,
    dice: &mut Dice,
    (visits, log): (&mut Vec<Visit>, &mut Log),
    life: &mut Shop,
) {
    let mut begin = first;
    if dice.percent(55) {
        visits.push(Visit {
            at: period.at(first, dice),
            purpose: Purpose::Own,
        });
        begin += days(10 + dice.below(25));
    }
    for suffix in ["", "-2"] {
        if begin > period.until {
            return;
        }
        let id = format!("T{:06}{suffix}", person.number);
        let story = (&mut *visits, &mut *log);
        let (contract, free) = contracts::subscribe(person, &id, begin, period, dice, story);
        life.contracts.push(contract);
        let Some(free) = free else { return };
        if !dice.percent(16) {
            if dice.percent(25) {
                let later = free + days(20 + dice.below(60));
                own(person, Kind::Occasional, later, period, dice, (visits, log));
            }
            return;
        }
        begin = free + days(60 + dice.below(150));
    }
}

/// A few of those who are given tea order some themselves.
fn recipients(giver: &Person, visits: &[Visit], period: &Period, dice: &mut Dice, life: &mut Shop) {
    let mut known: Vec<u32> = Vec::new();
    for visit in visits {
        let Purpose::Gift(giving) = &visit.purpose else {
            continue;
        };
        for index in &giving.recipients {
            if known.contains(index) {
                continue;
            }
            known.push(*index);
            if !dice.percent(4) {
                continue;
            }
            let person = giver.recipient(*index);
            let from = visit.at.date() + days(20 + dice.below(180));
            let (mut visits, mut log) = (Vec::new(), Log::new(&person, period));
            own(
                &person,
                person.kind,
                from,
                period,
                dice,
                (&mut visits, &mut log),
            );
            visits.sort_by_key(|visit| visit.at);
            settle(&person, &visits, dice, log, life);
        }
    }
}

/// Makes orders of visits, and what the shop knows of the person.
fn settle(person: &Person, visits: &[Visit], dice: &mut Dice, mut log: Log, life: &mut Shop) {
    let times: Vec<NaiveDateTime> = visits.iter().map(|visit| visit.at).collect();
    let Some(first) = times.first().copied() else {
        return;
    };
    follow(person, &times, dice, &mut log);
    let mut last = None;
    let mut own_count = 0;
    for (index, visit) in visits.iter().enumerate() {
        own_count += u32::from(matches!(visit.purpose, Purpose::Own));
        let cart = Cart {
            person,
            visit,
            is_first: index == 0,
            own_count,
            away_days: last.map_or(0, |last: NaiveDateTime| (visit.at - last).num_days()),
        };
        let order = cart.order(dice, &mut log);
        if order.status != OrderStatus::Cancelled {
            last = Some(visit.at);
        }
        life.orders.push(order);
    }
    if person.is_member {
        life.customers.push(customer(person, first, visits.len()));
    }
    life.events.append(&mut log.events);
}

/// The row of the customer file.
fn customer(person: &Person, first: NaiveDateTime, orders: usize) -> Customer {
    let mut contact = person.buyer_plain();
    contact.birth = person
        .birth
        .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"));
    let tag = match person.kind {
        Kind::Subscriber => Some("定期"),
        Kind::Giver => Some("贈答"),
        Kind::Company => Some("法人"),
        _ => person.hoards.then_some("まとめ買い"),
    };
    let vip = (orders >= 10).then_some("VIP");
    Customer {
        contact,
        registered_at: Some(Moment::Local(first - TimeDelta::minutes(4))),
        tags: tag.into_iter().chain(vip).map(str::to_owned).collect(),
        ..Customer::default()
    }
}
