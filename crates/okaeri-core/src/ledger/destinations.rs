//! Destinations of orders (お届け先): who gets the goods, and whether it is a gift.
//!
//! A destination is what a shipment's id names within its order; without ids, what goes to one
//! recipient is one. The first row of a destination tells of it, but any row may mark it as a gift.

use std::ops::Range;

use super::Ledger;
use super::batch::{KeyColumn, LineBatch};
use super::columns::{OrderRow, Sparse};
use super::contacts::{Contact, Contacts};
use super::heads::intern_at;
use super::reading::is_in_calendar;
use super::words::{intern_word, with_text};
use crate::keys::{Keys, NONE};

/// The place of a line that names no destination of its order.
pub const NOWHERE: u16 = u16::MAX;

const HAS_MESSAGE: u8 = 1;
const GIFT_TOLD: u8 = 2;
const IS_GIFT: u8 = 4;

/// One destination of an order, in 24 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestinationRow {
    /// Record of the ledger's `recipients`, or NONE: two that are alike share one.
    pub recipient: u32,
    /// のし: an id of the ledger's words, or NONE.
    pub noshi: u32,
    /// Wrapping, likewise.
    pub wrapping: u32,
    /// Its id within the order, or NONE.
    shipment: u32,
    /// When it left, UTC seconds; 0 when unknown.
    shipped: u32,
    flags: u8,
}

impl DestinationRow {
    /// Whether there are words on a message card.
    pub fn has_message(&self) -> bool {
        self.flags & HAS_MESSAGE != 0
    }

    /// Whether it is marked as a gift, if that is told.
    pub fn is_gift(&self) -> Option<bool> {
        (self.flags & GIFT_TOLD != 0).then_some(self.flags & IS_GIFT != 0)
    }

    /// When it left, in UTC seconds, if that is told.
    pub fn shipped_at(&self) -> Option<i64> {
        Some(i64::from(self.shipped)).filter(|at| *at != 0)
    }

    fn mark(&mut self, is_gift: Option<i64>) {
        match is_gift {
            None => {}
            Some(1) => self.flags |= GIFT_TOLD | IS_GIFT,
            Some(_) => self.flags |= GIFT_TOLD,
        }
    }
}

/// Where each shipment's id, and each recipient without one, was last put: the destinations of an
/// order are found without comparing them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    of_shipment: Vec<u32>,
    of_recipient: Vec<u32>,
}

impl Places {
    fn of(&mut self, shipment: u32, recipient: u32) -> Option<&mut u32> {
        let (places, index) = match shipment {
            // No recipient has the first place.
            NONE => (&mut self.of_recipient, recipient.wrapping_add(1)),
            shipment => (&mut self.of_shipment, shipment),
        };
        let index = index as usize;
        if places.len() <= index {
            places.resize(index + 1, NONE);
        }
        places.get_mut(index)
    }
}

/// Destinations by order.
#[derive(Clone, Debug)]
pub struct Destinations {
    rows: Vec<DestinationRow>,
    /// First of an order's rows.
    start: Sparse<u32>,
    /// How many it has.
    count: Sparse<u16>,
    /// The place of each line among those of its order, or [`NOWHERE`].
    of_line: Sparse<u16>,
}

impl Default for Destinations {
    fn default() -> Self {
        Destinations {
            rows: Vec::new(),
            start: Sparse::new(0),
            count: Sparse::new(0),
            of_line: Sparse::new(0),
        }
    }
}

impl Destinations {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The destinations of an order's row, in the order in which they were told.
    pub fn of(&self, order: u32) -> &[DestinationRow] {
        self.rows.get(self.places(order)).unwrap_or_default()
    }

    /// All destinations, in the order in which they were told.
    pub fn rows(&self) -> &[DestinationRow] {
        &self.rows
    }

    /// The places of an order's destinations among all.
    pub fn places(&self, order: u32) -> Range<usize> {
        let start = self.start.get(order) as usize;
        start..start + usize::from(self.count.get(order))
    }

    /// The first row of an order that takes more.
    fn first(&self, order: u32) -> u32 {
        match self.count.get(order) {
            0 => self.rows.len() as u32,
            _ => self.start.get(order),
        }
    }

    /// The row of the last order's destination of this shipment, or of this recipient.
    fn known(
        &mut self,
        places: &mut Places,
        order: u32,
        shipment: u32,
        recipient: u32,
    ) -> Option<(u16, &mut DestinationRow)> {
        let first = self.first(order);
        let place = *places.of(shipment, recipient)?;
        let within = place.checked_sub(first)?;
        let row = self.rows.get_mut(place as usize)?;
        let is_it = row.shipment == shipment && (shipment != NONE || row.recipient == recipient);
        is_it.then_some((within as u16, row))
    }

    /// The place of a destination among those of the last order, added if it is new.
    fn put(&mut self, places: &mut Places, order: u32, row: DestinationRow) -> u16 {
        let known = self.known(places, order, row.shipment, row.recipient);
        if let Some((place, known)) = known {
            known.mark(row.is_gift().map(i64::from));
            return place;
        }
        let (count, first) = (self.count.get(order), self.first(order));
        let index = self.rows.len() as u32;
        if count >= NOWHERE - 1 || index >= NONE - 1 {
            return NOWHERE;
        }
        self.rows.push(row);
        if let Some(place) = places.of(row.shipment, row.recipient) {
            *place = index;
        }
        self.start.set(order, first);
        self.count.set(order, count + 1);
        count
    }

    /// Takes over those of an order's row (or of a part of it) as `order`, the last one, and
    /// the places of its lines, which stand from line `to` on.
    pub(super) fn take_over(
        &mut self,
        places: &mut Places,
        from: &Destinations,
        (row, part): (u32, &OrderRow),
        (order, to): (u32, u32),
    ) {
        if from.is_empty() {
            return;
        }
        let moved = from.of(row).iter().map(|one| self.put(places, order, *one));
        let moved: Vec<u16> = moved.collect();
        for line in 0..part.line_count() {
            let place = from.of_line.get(part.line_start + line);
            let place = moved.get(usize::from(place)).copied().unwrap_or(place);
            self.of_line.set(to + line, place);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn truncate(&mut self, rows: usize, orders: usize, lines: usize) {
        self.rows.truncate(rows);
        self.start.truncate(orders);
        self.count.truncate(orders);
        self.of_line.truncate(lines);
    }
}

/// The text, if there is any but blanks.
fn some(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty() && !text.contains('\u{1f}'))
}

/// The record of a row's recipient.
fn recipient_at(batch: &LineBatch<'_>, row: usize, recipients: &mut Contacts) -> u32 {
    let phone = match &batch.ship_phone {
        KeyColumn::Absent => None,
        KeyColumn::Int(..) => with_text(&batch.ship_phone, row, |digits| ["#", digits].concat()),
        KeyColumn::Text(texts) => texts.get(row).map(str::to_owned),
    };
    let recipient = Contact {
        phone: some(phone.as_deref()),
        name: some(batch.ship_name.get(row)),
        name_kana: some(batch.ship_name_kana.get(row)),
        postal: some(batch.ship_postal.get(row)),
        prefecture: some(batch.ship_prefecture.get(row)),
        address: some(batch.ship_address.get(row)),
        ..Contact::default()
    };
    recipients.add(&recipient, None)
}

fn word_at(text: Option<&str>, words: &mut Keys) -> u32 {
    text.map_or(NONE, |text| intern_word(text, words))
}

impl Ledger {
    /// Counts the destinations of the order under way, and puts down that of a row; its place
    /// within the order. Rows of one destination stand together in every format read.
    pub(super) fn destination(
        &mut self,
        places: &mut Places,
        batch: &LineBatch<'_>,
        row: usize,
        order: u32,
    ) -> u16 {
        let shipment = intern_at(&batch.shipment_id, row, &mut self.shipment_ids);
        if shipment != NONE && shipment != self.last_shipment {
            self.last_shipment = shipment;
            let count = self.orders.shipments.get(order).saturating_add(1);
            self.orders.shipments.set(order, count);
        }
        let is_gift = batch.is_gift.get(row);
        if is_gift == Some(1) {
            self.orders.is_gift.set(order, true);
        }
        if self.keys_only {
            return NOWHERE;
        }
        if shipment != NONE
            && let Some((place, known)) = self.destinations.known(places, order, shipment, NONE)
        {
            known.mark(is_gift);
            return place;
        }
        let has_message = some(batch.message.get(row)).is_some();
        let shipped_at = self.time(&batch.shipped_at, row);
        let mut destination = DestinationRow {
            recipient: recipient_at(batch, row, &mut self.recipients),
            noshi: word_at(batch.noshi.get(row), &mut self.words),
            wrapping: word_at(batch.wrapping.get(row), &mut self.words),
            shipment,
            shipped: shipped_at.filter(|at| is_in_calendar(*at)).unwrap_or(0) as u32,
            flags: if has_message { HAS_MESSAGE } else { 0 },
        };
        destination.mark(is_gift);
        let nothing = DestinationRow {
            recipient: NONE,
            noshi: NONE,
            wrapping: NONE,
            shipment: NONE,
            shipped: 0,
            flags: 0,
        };
        match destination == nothing {
            true => NOWHERE,
            false => self.destinations.put(places, order, destination),
        }
    }

    /// Takes down the destination of the last line.
    pub(super) fn set_destination(&mut self, place: u16) {
        let line = self.lines.len().saturating_sub(1) as u32;
        self.destinations.of_line.set(line, place);
    }

    /// The destinations of an order's row.
    pub fn destinations_of(&self, row: u32) -> &[DestinationRow] {
        self.destinations.of(row)
    }

    /// The place of a line among the destinations of its order's `row`; `None` where none is told.
    /// Lines are counted from the ledger's first.
    pub fn destination_of(&self, row: u32, line: u32) -> Option<usize> {
        let place = usize::from(self.destinations.of_line.get(line));
        (place < self.destinations.of(row).len()).then_some(place)
    }

    /// A recipient as typed.
    pub fn recipient(&self, recipient: u32) -> Contact<'_> {
        self.recipients.contact(recipient)
    }
}
