//! 受取人の顧客化: recipients of gifts who later order themselves, by name and place.
//!
//! Measured and nothing else: recipients gave no consent, so nobody can be opened from here. What
//! crosses to other shards are numbers made of name and place, and days.

use crate::list::List;
use hashbrown::HashTable;

use super::Reading;
use crate::gifts::Verdict;
use crate::identity::NO_PERSON;
use crate::keys::NONE;
use crate::ledger::contacts::Contacts;
use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Table, Tally, Values};

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct GiftRecipients;

const RECEIVED: i64 = 0;
const ORDERED: i64 = 1;
const UNKNOWN: i64 = 2;

static SPECS: [Spec; 1] = [Spec {
    name: "received_and_ordered",
    keys: &[("who", Kind::Int), ("what", Kind::Int), ("day", Kind::Int)],
    sums: &["shipments"],
}];

/// A number of a name and a place; the same in every instance.
fn number(contacts: &Contacts, record: u32) -> Option<i64> {
    let name = contacts.name.keys.get(contacts.name.get(record))?;
    let place = contacts.address.keys.get(contacts.address.get(record))?;
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    let mut text = name.to_string();
    text.push('\u{1f}');
    text.push_str(&place.to_string());
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    // A sum of a partial has 53 bits.
    Some((hash >> 12) as i64)
}

/// By number: the earliest or the latest day, and how many.
#[derive(Default)]
struct Days(HashTable<(i64, i32, i64)>);

impl Days {
    fn add(&mut self, who: i64, day: i32, count: i64, chosen: fn(i32, i32) -> i32) {
        let hash = |who: i64| (who as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        match self.0.find_mut(hash(who), |one| one.0 == who) {
            Some(one) => {
                one.1 = chosen(one.1, day);
                one.2 = one.2.saturating_add(count);
            }
            None => {
                self.0
                    .insert_unique(hash(who), (who, day, count), |one| hash(one.0));
            }
        }
    }

    fn put(&self, tally: &mut Tally, what: i64) {
        for (who, day, count) in self.0.iter() {
            tally.add(0, NO_PERSON, &[*who, what, i64::from(*day)], &[*count]);
        }
    }
}

impl Report for GiftRecipients {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let (book, ledger) = (shop.book, shop.ledger);
        if ledger.destinations.is_empty() {
            return;
        }
        let mut reading = Reading::default();
        let (mut received, mut ordered) = (Days::default(), Days::default());
        // The last order of each contact, so that its number is made once.
        let mut last = vec![i32::MIN; ledger.contacts.len() as usize];
        let mut unknown = 0;
        for order in book.orders.iter().chain(&book.guests) {
            let record = ledger
                .orders
                .rows
                .get(order.row as usize)
                .map_or(NONE, |row| row.record);
            if let Some(last) = last.get_mut(record as usize) {
                *last = order.day.max(*last);
            }
            if !book.is_gift(ledger, order) {
                continue;
            }
            for shipment in reading.shipments(shop, order) {
                if shipment.verdict == Verdict::Gift {
                    match number(&ledger.recipients, shipment.record) {
                        Some(who) => received.add(who, order.day, 1, i32::min),
                        None => unknown += 1,
                    }
                }
            }
        }
        for (record, day) in (0u32..).zip(last) {
            if day > i32::MIN
                && let Some(who) = number(&ledger.contacts, record)
            {
                ordered.add(who, day, 0, i32::max);
            }
        }
        received.put(tally, RECEIVED);
        ordered.put(tally, ORDERED);
        if unknown > 0 {
            tally.add(0, NO_PERSON, &[-1, UNKNOWN, 0], &[unknown]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let rows: Vec<&[i64]> = counted.rows("received_and_ordered").into_list();
        let (mut recipients, mut shipments, mut buyers, mut unknown) = (0, 0, 0, 0);
        for of_one in rows.chunk_by(|a, b| a.first() == b.first()) {
            let of = |wanted: i64| {
                let rows = of_one.iter().filter(move |row| row.get(1) == Some(&wanted));
                rows.filter_map(|row| Some((*row.get(2)?, *row.get(3)?)))
            };
            unknown += of(UNKNOWN).map(|(_, count)| count).sum::<i64>();
            let Some(first) = of(RECEIVED).map(|(day, _)| day).min() else {
                continue;
            };
            recipients += 1;
            shipments += of(RECEIVED).map(|(_, count)| count).sum::<i64>();
            buyers += i64::from(of(ORDERED).any(|(day, _)| day > first));
        }
        let int = |value: i64| Values::Int(vec![value]);
        let mut table = Table {
            columns: vec![
                ("recipients", int(recipients)),
                ("shipments", int(shipments)),
                ("buyers", int(buyers)),
                ("unknown_shipments", int(unknown)),
            ],
        };
        table.push_rates(["rate"], [vec![share(buyers, recipients)]]);
        sheet.push("gift_recipients", table);
    }
}
