//! Shipments of counted orders as reports read them, and what kind of sender somebody is.

use chrono::Months;

use super::noshi::Class;
use super::{Gifts, Judged, Verdict};
use crate::book::{Book, BookOrder};
use crate::keys::NONE;
use crate::ledger::Ledger;
use crate::zone::{date_of, day_of};

/// A destination of a counted order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Its place within the order, from 0.
    pub place: usize,
    /// What it is.
    pub verdict: Verdict,
    /// Its score.
    pub score: i32,
    /// Bits of what speaks for it.
    pub evidence: u16,
    /// The recipient's number, or NONE.
    pub recipient: u32,
    /// The recipient's record, or NONE.
    pub record: u32,
    /// What its のし says.
    pub class: Class,
    /// Whether its のし names a company.
    pub is_of_company: bool,
    /// Season and year of a gift.
    pub season: Option<(u8, i32)>,
    /// Its part of the order's amount; the parts make up the whole.
    pub amount: i64,
}

/// What kind of sender a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Nothing was shipped in the time that tells.
    None,
    /// 自家需要.
    Own,
    /// 併用.
    Both,
    /// ギフト専用.
    GiftOnly,
}

/// Names of the kinds of senders.
pub const SENDERS: &[&str] = &["none", "own", "both", "gift_only"];

impl Gifts {
    /// The destinations of an order, in place of what `out` holds. An order of which none is
    /// told has one.
    pub fn shipments(
        &self,
        ledger: &Ledger,
        as_of_day: i32,
        order: &BookOrder,
        out: &mut Vec<Shipment>,
    ) {
        out.clear();
        let rows = ledger.destinations_of(order.row);
        let places = ledger.destinations.places(order.row);
        let judged = self.judged.get(places).unwrap_or_default();
        if rows.is_empty() || judged.len() != rows.len() {
            let judged = self.of_bare(ledger, order);
            let verdict = judged.verdict(&self.rules, as_of_day);
            out.push(Shipment {
                place: 0,
                verdict,
                score: judged.score(&self.rules, as_of_day),
                evidence: judged.evidence(as_of_day),
                recipient: NONE,
                record: NONE,
                class: Class::None,
                is_of_company: false,
                season: None,
                amount: order.amount,
            });
            if verdict != Verdict::Gift {
                return;
            }
        }
        let note = self.noshi(ledger.orders.details.gift_word.get(order.row));
        for (place, (row, judged)) in rows.iter().zip(judged).enumerate() {
            let noshi = self.noshi(row.noshi);
            out.push(Shipment {
                place,
                verdict: judged.verdict(&self.rules, as_of_day),
                score: judged.score(&self.rules, as_of_day),
                evidence: judged.evidence(as_of_day),
                recipient: self.recipient(row.recipient),
                record: row.recipient,
                class: noshi.class,
                is_of_company: noshi.is_company,
                season: None,
                amount: 0,
            });
        }
        for shipment in &mut *out {
            if shipment.verdict != Verdict::Gift {
                continue;
            }
            let region = self.region(shipment.record);
            let word = rows.get(shipment.place).map_or(NONE, |row| row.noshi);
            let noshi = self.noshi(word);
            let named = noshi
                .season
                .or(note.season.filter(|_| is_of_any(noshi.class)));
            shipment.season = match named {
                Some(season) => Some((season, self.calendar.nearest(season, order.day, region))),
                // 内祝, 弔事 and the like come when they come.
                None if !is_of_any(noshi.class) || !is_of_any(note.class) => None,
                None => self.calendar.by_date(order.day, region),
            };
            if shipment.class == Class::None {
                shipment.class = note.class;
            }
        }
        if rows.len() == judged.len() {
            share_out(ledger, order, out);
        }
    }

    fn of_bare(&self, ledger: &Ledger, order: &BookOrder) -> Judged {
        self.bare(
            ledger,
            order.row,
            (order.line_start, order.line_count),
            order.day,
        )
    }

    /// Counts an order's shipments by verdict: own, uncertain, gift.
    pub fn count(&self, ledger: &Ledger, as_of_day: i32, order: &BookOrder) -> [u32; 3] {
        let mut counts = [0; 3];
        let places = ledger.destinations.places(order.row);
        let mut add = |judged: Judged| {
            let verdict = judged.verdict(&self.rules, as_of_day);
            if let Some(count) = counts.get_mut(verdict as usize) {
                *count += 1;
            }
        };
        match self.judged.get(places) {
            Some(judged) if !judged.is_empty() => judged.iter().copied().for_each(add),
            _ => add(self.of_bare(ledger, order)),
        }
        counts
    }

    /// The first day of the time that tells what kind of sender a customer is.
    pub fn sender_from(&self, as_of_day: i32) -> i32 {
        let months = Months::new(self.rules.sender_months);
        let from = date_of(as_of_day).checked_sub_months(months);
        from.map_or(i32::MIN, |from| day_of(from).saturating_add(1))
    }

    /// What kind of sender somebody with these orders is, from `from` on, which
    /// [`Gifts::sender_from`] gives.
    pub fn sender(&self, ledger: &Ledger, book: &Book, orders: &[BookOrder], from: i32) -> Sender {
        let (mut gifts, mut all) = (0u64, 0u64);
        for order in orders.iter().filter(|order| order.day >= from) {
            let counts = self.count(ledger, book.as_of_day, order);
            let [own, uncertain, gift] = counts.map(u64::from);
            all += own + uncertain + gift;
            gifts += gift;
        }
        self.sender_of(gifts, all)
    }

    /// What kind of sender somebody is, of whose shipments since [`Gifts::sender_from`] so many
    /// are gifts.
    pub fn sender_of(&self, gifts: u64, all: u64) -> Sender {
        let reaches = |percent: u32| gifts * 100 >= all * u64::from(percent);
        match all {
            0 => Sender::None,
            _ if reaches(self.rules.only_percent) => Sender::GiftOnly,
            _ if reaches(self.rules.both_percent) => Sender::Both,
            _ => Sender::Own,
        }
    }
}

/// What tells on many days whether somebody sends gifts alone.
#[derive(Clone, Copy, Debug)]
pub struct Senders<'a> {
    ledger: &'a Ledger,
    book: &'a Book,
}

impl<'a> Senders<'a> {
    /// `None` for a shop that knows of no gifts.
    pub fn of(ledger: &'a Ledger, book: &'a Book) -> Option<Self> {
        (!book.gifts.is_silent(ledger)).then_some(Senders { ledger, book })
    }

    /// Whether somebody with these orders, up to a day, sends gifts alone.
    pub fn is_gift_only(&self, orders: &[BookOrder], day: i32) -> bool {
        let gifts = &self.book.gifts;
        let from = gifts.sender_from(day);
        gifts.sender(self.ledger, self.book, orders, from) == Sender::GiftOnly
    }
}

/// Whether a 表書き goes with any season.
fn is_of_any(class: Class) -> bool {
    matches!(
        class,
        Class::None | Class::Seasonal | Class::Other | Class::Business
    )
}

/// Shares an order's amount out to its shipments by the goods that go there. Goods of which no
/// destination is told go to the first.
fn share_out(ledger: &Ledger, order: &BookOrder, out: &mut [Shipment]) {
    if let [only] = out {
        only.amount = order.amount;
        return;
    }
    let lines = ledger.lines.rows(order.line_start, order.line_count);
    let mut whole = 0i64;
    for (line, of_line) in (order.line_start..).zip(lines) {
        let place = ledger.destination_of(order.row, line).unwrap_or(0);
        whole = whole.saturating_add(of_line.amount);
        if let Some(shipment) = out.get_mut(place) {
            shipment.amount = shipment.amount.saturating_add(of_line.amount);
        }
    }
    let mut rest = order.amount;
    for shipment in out.iter_mut().skip(1) {
        let part = i128::from(shipment.amount) * i128::from(order.amount);
        let part = part.checked_div(i128::from(whole)).unwrap_or(0);
        shipment.amount = i64::try_from(part).unwrap_or(0);
        rest = rest.saturating_sub(shipment.amount);
    }
    if let Some(first) = out.first_mut() {
        first.amount = rest;
    }
}
