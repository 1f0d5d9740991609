//! Reports on gifts: shares, seasons, lost pairs, and customers who buy in bulk.

pub mod corporate;
pub mod cross;
pub mod flow;
pub mod lost;
pub mod recipients;
pub mod reservations;
pub mod seasons;
pub mod share;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use chrono::Datelike;

use super::{Counted, Shop, Table, Tally};
use crate::book::BookOrder;
use crate::gifts::Verdict;
use crate::gifts::noshi::Class;
use crate::gifts::seasons::Calendar;
use crate::gifts::shipments::Shipment;
use crate::keys::NONE;
use crate::order::{first_sorted, sorted};
use crate::zone::date_of;

/// A gift that somebody sent in a season. Condolences have none, so they are in no campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The season.
    pub season: u8,
    /// Its year.
    pub year: i32,
    /// The recipient's number, or NONE.
    pub recipient: u32,
    /// The recipient's record, or NONE.
    pub record: u32,
    /// The order's row.
    pub row: u32,
    /// Its day.
    pub day: i32,
    /// What it cost.
    pub amount: i64,
}

/// Reads the gifts of one customer after another.
#[derive(Debug, Default)]
pub struct Reading {
    shipments: Vec<Shipment>,
    sent: Vec<Sent>,
}

impl Reading {
    /// The shipments of an order.
    pub fn shipments(&mut self, shop: &Shop<'_>, order: &BookOrder) -> &[Shipment] {
        let book = shop.book;
        book.gifts
            .shipments(shop.ledger, book.as_of_day, order, &mut self.shipments);
        &self.shipments
    }

    /// Gifts of seasons among some orders, by season, year and recipient.
    pub fn sent(&mut self, shop: &Shop<'_>, orders: &[BookOrder]) -> &[Sent] {
        let mut sent = std::mem::take(&mut self.sent);
        sent.clear();
        for order in orders {
            if !shop.book.is_gift(shop.ledger, order) {
                continue;
            }
            for shipment in self.shipments(shop, order) {
                if let (Some((season, year)), true) =
                    (shipment.season, shipment.class != Class::Condolence)
                {
                    sent.push(Sent {
                        season,
                        year,
                        recipient: shipment.recipient,
                        record: shipment.record,
                        row: order.row,
                        day: order.day,
                        amount: shipment.amount,
                    });
                }
            }
        }
        let by_pair = |a: &Sent, b: &Sent| key(a).cmp(&key(b)).then(a.recipient.cmp(&b.recipient));
        self.sent = sorted(sent, by_pair);
        &self.sent
    }
}

fn key(sent: &Sent) -> (u8, i32) {
    (sent.season, sent.year)
}

/// Gifts of one season and year after another; they stand together.
fn groups(sent: &[Sent]) -> impl Iterator<Item = &[Sent]> {
    sent.chunk_by(|a, b| key(a) == key(b))
}

/// The gifts of a season in a year.
fn group(sent: &[Sent], season: u8, year: i32) -> &[Sent] {
    let start = sent.partition_point(|one| key(one) < (season, year));
    let end = sent.partition_point(|one| key(one) <= (season, year));
    sent.get(start..end).unwrap_or_default()
}

/// The gifts of a group to each known recipient.
fn pairs(group: &[Sent]) -> impl Iterator<Item = &[Sent]> {
    group
        .chunk_by(|a, b| a.recipient == b.recipient)
        .filter(|pair| pair.first().is_some_and(|one| one.recipient != NONE))
}

/// Whether a group has a gift to a recipient.
fn has(group: &[Sent], recipient: u32) -> bool {
    let found = group.binary_search_by(|one| one.recipient.cmp(&recipient));
    found.is_ok()
}

/// How many orders a group is of.
fn order_count(group: &[Sent]) -> i64 {
    let rows = sorted(group.iter().map(|one| one.row).collect(), u32::cmp);
    rows.chunk_by(|a, b| a == b).count() as i64
}

fn amount(group: &[Sent]) -> i64 {
    group
        .iter()
        .fold(0, |sum, one| sum.saturating_add(one.amount))
}

/// Whether an order has a gift that may be spoken of: one that is no condolence.
fn is_open_gift(reading: &mut Reading, shop: &Shop<'_>, order: &BookOrder) -> bool {
    let is_one = |shipment: &Shipment| {
        shipment.verdict == Verdict::Gift && shipment.class != Class::Condolence
    };
    shop.book.is_gift(shop.ledger, order) && reading.shipments(shop, order).iter().any(is_one)
}

/// The newest year of a season whose peak has begun wherever it begins first.
fn begun(calendar: &Calendar, season: u8, as_of_day: i32) -> i32 {
    let year = date_of(as_of_day).year() + 1;
    let has_begun = |year: &i32| calendar.widest(season, *year).peak <= as_of_day;
    (year - 3..=year).rev().find(has_begun).unwrap_or(year - 3)
}

/// Names joined by `+` of the bits that are set, as a word.
fn word_of_bits(tally: &mut Tally, bits: u32, names: &[&str]) -> i64 {
    let mut text = String::new();
    for (bit, name) in names.iter().enumerate() {
        if bits >> bit & 1 != 0 {
            if !text.is_empty() {
                text.push('+');
            }
            text.push_str(name);
        }
    }
    tally.word(&text)
}

/// The word of a customer's key.
fn word_of_person(tally: &mut Tally, shop: &Shop<'_>, person: u32) -> i64 {
    let text = shop.keys.text(&shop.ledger.contacts, person);
    tally.word(&text)
}

/// The first rows of a table in an order; ties by key.
fn listed(
    counted: &Counted,
    name: &str,
    limit: usize,
    compare: &dyn Fn(&[i64], &[i64]) -> Ordering,
) -> Table {
    let Some(spec) = counted.specs.iter().find(|spec| spec.name == name) else {
        return Table::default();
    };
    let rows: Vec<&[i64]> = counted.rows(name).collect();
    let rows = first_sorted(rows, limit, |a, b| compare(a, b));
    let names = spec.keys.iter().map(|(name, _)| name).chain(spec.sums);
    let column = |(place, name): (usize, &&'static str)| {
        let values = rows.iter().map(|row| row.get(place).copied().unwrap_or(0));
        let kind = spec
            .keys
            .get(place)
            .map_or(super::Kind::Int, |(_, kind)| *kind);
        (*name, counted.values(kind, values.collect()))
    };
    Table {
        columns: names.enumerate().map(column).collect(),
    }
}

/// A table's greatest rows by one column.
fn greatest(counted: &Counted, name: &str, limit: usize, column: usize) -> Table {
    listed(counted, name, limit, &|a, b| {
        b.get(column).cmp(&a.get(column))
    })
}
