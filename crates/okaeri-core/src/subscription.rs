//! Subscription contracts (定期) as they stood on a day: cycles, status, and what happened to them.
//!
//! A contract belongs to the person of its buyer, or where it names none, to whoever's order
//! has its first line. Only contracts of people with a counted order are read, and only those
//! people's orders tell their cycles: shards then add up. Status on the day follows from the
//! dates and events up to it, so an earlier day shows what was then; the status that the cart
//! told last is used where no event speaks of rests and failures at all.

pub mod lifetime;
pub mod read;
pub mod risk;

#[cfg(test)]
pub(crate) mod tests;

use crate::book::Book;
use crate::report::{Kind, Spec, Tally};
use crate::report::{sheet::Sheet, tally::Counted};

/// Where a contract stands on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Deliveries go on (継続).
    #[default]
    Active,
    /// Resting (休止).
    Paused,
    /// A payment failed and none has gone through since (決済エラー).
    Failed,
    /// Cancelled (解約).
    Cancelled,
    /// Ended as agreed (満了).
    Completed,
}

/// Names of [`Status`], in its order.
pub const STATUSES: &[&str] = &["active", "paused", "failed", "cancelled", "completed"];

impl Status {
    /// Whether deliveries may come again.
    pub fn is_alive(self) -> bool {
        matches!(self, Status::Active | Status::Paused | Status::Failed)
    }

    /// The status of the number that a contract's row has.
    pub fn of(number: u8) -> Self {
        match number {
            1 => Status::Paused,
            2 => Status::Failed,
            3 => Status::Cancelled,
            4 => Status::Completed,
            _ => Status::Active,
        }
    }
}

/// What is told of a contract or its customer between orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A delivery was skipped.
    Skipped,
    /// The contract rests.
    Paused,
    /// It goes on.
    Resumed,
    /// The days between deliveries changed; to so many, 0 when unknown.
    CycleChanged(u32),
    /// A payment failed.
    PaymentFailed,
    /// It went through after all.
    PaymentRecovered,
    /// The card ends with this day; `i32::MIN` when it is not said.
    CardExpires(i32),
    /// A page on cancelling was viewed.
    CancelPage,
    /// A complaint.
    Complaint,
    /// The shop was blocked on LINE, or mail was declined.
    Blocked,
    /// A delivery came back.
    Returned,
    /// A mail was sent.
    MailSent,
    /// A mail was opened or clicked.
    MailRead,
}

/// One event that concerns a contract or its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Whose.
    pub person: u32,
    /// Local day.
    pub day: i32,
    /// The contract that it names, or NONE.
    pub contract: u32,
    /// What it is.
    pub what: What,
}

/// One delivery: an order with lines of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Local day of the order.
    pub day: i32,
    /// Its number as the cart tells it, from 1; 0 when it does not.
    pub count: u32,
    /// Line totals in minor units.
    pub amount: i64,
    /// Pieces.
    pub quantity: i64,
}

/// A change of whether a contract goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Into a rest.
    Pause,
    /// Out of it, by word or by a delivery.
    Resume,
    /// A payment failed.
    Fail,
    /// It went through, or a delivery came.
    Recover,
}

/// One contract.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contract {
    /// Dense id in the ledger.
    pub id: u32,
    /// Whose.
    pub person: u32,
    /// Local day on which it began.
    pub start_day: i32,
    /// How it ended by the day of the question, and when, if that is known.
    pub end: Option<(Status, Option<i32>)>,
    /// Paused or failed without an event that says when.
    pub undated: Option<Status>,
    /// Rests and failures by day.
    pub moves: Vec<(i32, Move)>,
    /// By time.
    pub deliveries: Vec<Delivery>,
    /// Rank of the product of the first delivery, -1 for none.
    pub product: i64,
    /// Days between deliveries; 0 when unknown.
    pub cycle_days: u32,
    /// Why it was cancelled: an id of the ledger's texts of contracts, or NONE.
    pub reason: u32,
    /// The next planned delivery.
    pub next_day: Option<i32>,
}

impl Contract {
    /// Cycles completed by the end of `day`: the greatest number told, or where none is told the
    /// deliveries.
    pub fn cycles(&self, day: i32) -> u32 {
        let (mut told, mut deliveries) = (0, 0u32);
        for delivery in self.deliveries.iter().take_while(|d| d.day <= day) {
            told = delivery.count.max(told);
            deliveries = deliveries.saturating_add(1);
        }
        if told > 0 { told } else { deliveries }
    }

    /// The last delivery by the end of `day`.
    pub fn last(&self, day: i32) -> Option<&Delivery> {
        let after = self.deliveries.partition_point(|d| d.day <= day);
        self.deliveries.get(after.checked_sub(1)?)
    }

    /// The line totals of the last delivery, in minor units: what a cycle is worth.
    pub fn amount(&self) -> i64 {
        self.deliveries.last().map_or(0, |delivery| delivery.amount)
    }

    /// What a month is worth in minor units. A contract without a cycle counts as monthly.
    pub fn monthly(&self) -> i64 {
        if self.cycle_days == 0 {
            return self.amount();
        }
        // A month has 365.25 / 12 days.
        let days = i128::from(self.cycle_days) * 10_000;
        let month = i128::from(self.amount()) * 304_375;
        i64::try_from((month + days / 2).div_euclid(days)).unwrap_or(i64::MAX)
    }

    /// The status at the end of a day up to the question's; `None` before it began.
    pub fn status(&self, day: i32) -> Option<Status> {
        if day < self.start_day {
            return None;
        }
        if let Some((status, ended)) = self.end
            && ended.is_none_or(|ended| ended <= day)
        {
            return Some(status);
        }
        if let Some(status) = self.undated {
            return Some(status);
        }
        let mut status = Status::Active;
        for (_, change) in self.moves.iter().take_while(|(at, _)| *at <= day) {
            status = match change {
                Move::Pause => Status::Paused,
                Move::Fail if status == Status::Active => Status::Failed,
                Move::Resume => Status::Active,
                Move::Recover if status == Status::Failed => Status::Active,
                Move::Fail | Move::Recover => status,
            };
        }
        Some(status)
    }

    /// The day on which the next delivery is due, from the end of `day`. What the cart plans is
    /// what comes after all deliveries.
    pub fn due(&self, day: i32) -> Option<i32> {
        let is_latest = self.deliveries.last().is_none_or(|last| last.day <= day);
        let told = self.next_day.filter(|next| *next > day && is_latest);
        let usual = || {
            let last = self.last(day)?;
            let cycle = i32::try_from(self.cycle_days)
                .ok()
                .filter(|days| *days > 0)?;
            Some(last.day.saturating_add(cycle))
        };
        told.or_else(usual)
    }
}

/// What could not be counted. Each contract is in one of these at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Contracts that had come by the day, whosever they are.
    pub known: i64,
    /// Of them, contracts of people with a counted order.
    pub ours: i64,
    /// Of those, without a date and without a delivery: when they began is not known.
    pub without_start: i64,
    /// Cancelled or completed contracts that do not say when.
    pub without_end: i64,
    /// Paused or failed contracts whose events do not say when.
    pub undated: i64,
    /// Contracts that lines name and nothing else tells of.
    pub on_lines_alone: i64,
    /// Deliveries in the orders of somebody else than the contract's customer.
    pub of_others: i64,
}

/// All contracts of a book.
#[derive(Clone, Debug, Default)]
pub struct Subscriptions {
    /// The day of the question.
    pub as_of_day: i32,
    /// By person, then start, then id.
    pub contracts: Vec<Contract>,
    /// By person, then time.
    pub happenings: Vec<Happening>,
    /// What was left out.
    pub unread: Unread,
}

/// How contracts are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Only those whose first delivery is of the product with this code.
    pub product: Option<String>,
    /// Only those that began in the last so many months, the day's own included.
    pub months: Option<u32>,
}

impl Chosen {
    /// Whether a contract is among them, as a function.
    pub fn takes<'a>(
        &'a self,
        ledger: &crate::ledger::Ledger,
        book: &'a Book,
    ) -> impl Fn(&Contract) -> bool + 'a {
        let product = self.product.as_ref().map(|code| {
            let id = ledger.products.find(crate::keys::Key::of(code));
            let rank = id.and_then(|id| book.rank_of_product.get(id as usize));
            // What was never sold is of no contract.
            rank.map_or(i64::MIN, |rank| i64::from(*rank))
        });
        let first = self.months.map(|months| {
            let months = i32::try_from(months).unwrap_or(i32::MAX);
            crate::zone::month_of(book.as_of_day).saturating_sub(months.saturating_sub(1))
        });
        move |contract| {
            product.is_none_or(|product| product == contract.product)
                && first.is_none_or(|first| crate::zone::month_of(contract.start_day) >= first)
        }
    }
}

/// Counts [`Unread`]: every shard knows all contracts, so the key is the same in each.
pub const SEEN: Spec = Spec {
    name: "contracts_seen",
    keys: &[("known", Kind::Int)],
    sums: &[
        "ours",
        "without_start",
        "without_end",
        "undated",
        "on_lines_alone",
        "of_others",
    ],
};

impl Unread {
    /// Counts it as the table [`SEEN`], whose index is `table`.
    pub fn tally(&self, tally: &mut Tally, table: usize) {
        let sums = [
            self.ours,
            self.without_start,
            self.without_end,
            self.undated,
            self.on_lines_alone,
            self.of_others,
        ];
        tally.add(table, crate::identity::NO_PERSON, &[self.known], &sums);
    }

    /// Notes of what was left out of all shards together.
    pub fn note(counted: &Counted, sheet: &mut Sheet) {
        let mut known = 0;
        let mut sums = [0i64; 6];
        for row in counted.rows(SEEN.name) {
            known = row.first().copied().unwrap_or_default().max(known);
            for (sum, more) in sums.iter_mut().zip(row.iter().skip(1)) {
                *sum = sum.saturating_add(*more);
            }
        }
        let [
            ours,
            without_start,
            without_end,
            undated,
            on_lines,
            of_others,
        ] = sums;
        let count = |n: i64| u64::try_from(n).unwrap_or_default();
        sheet.note("contracts_without_orders", count(known - ours));
        sheet.note("contracts_without_start", count(without_start));
        sheet.note("ended_without_date", count(without_end));
        sheet.note("paused_without_date", count(undated));
        sheet.note("contracts_on_lines_alone", count(on_lines));
        sheet.note("deliveries_of_others", count(of_others));
    }
}

/// Adds to rows of a tally with a first sum that is 1 once a person and row: customers.
#[derive(Debug)]
pub struct PerPerson<'t> {
    tally: &'t mut Tally,
    person: u32,
    seen: Vec<(usize, [i64; 3])>,
}

impl<'t> PerPerson<'t> {
    /// Into this tally.
    pub fn new(tally: &'t mut Tally) -> Self {
        PerPerson {
            tally,
            person: crate::identity::NO_PERSON,
            seen: Vec::new(),
        }
    }

    /// Goes on to another person.
    pub fn person(&mut self, person: u32) {
        self.person = person;
        self.seen.clear();
    }

    /// Whose rows are added.
    pub fn person_now(&self) -> u32 {
        self.person
    }

    /// The tally, for rows that count no customers.
    pub fn tally(&mut self) -> &mut Tally {
        self.tally
    }

    /// Adds to a row with at most 3 keys; the first of the sums is replaced by the customer.
    pub fn add<const K: usize, const S: usize>(
        &mut self,
        table: usize,
        key: &[i64; K],
        mut sums: [i64; S],
    ) {
        let mut id = [0; 3];
        for (to, from) in id.iter_mut().zip(key) {
            *to = *from;
        }
        let is_first = !self.seen.contains(&(table, id));
        if is_first {
            self.seen.push((table, id));
        }
        if let Some(customers) = sums.first_mut() {
            *customers = is_first.into();
        }
        self.tally.add(table, self.person, key, &sums);
    }
}
