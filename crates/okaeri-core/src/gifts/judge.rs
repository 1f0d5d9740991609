//! The decision: one walk over the orders of a ledger.

use hashbrown::HashTable;

use super::noshi::{Class, Noshi, classify, is_refusal};
use super::recipients::{Comparing, Known, hash, pair};
use super::seasons::Calendar;
use super::*;
use crate::identity::NO_PERSON;
use crate::keys::{Key, NONE};
use crate::ledger::columns::{OrderRow, Status};
use crate::ledger::destinations::DestinationRow;
use crate::ledger::gift_words::gift_word;
use crate::order::sort_numbers;
use crate::zone::Zone;

/// Not as good as own on any day.
const NEVER: i32 = i32::MAX;
/// As good as own from the beginning.
const ALWAYS: i32 = i32::MIN;

/// How many unmarked orders each orderer's destinations had.
#[derive(Default)]
struct Unmarked {
    /// Place in `counts` of each person and place of a recipient.
    places: HashTable<(u64, u32)>,
    counts: Vec<u32>,
    /// The order that was counted last.
    last: Vec<u32>,
    /// From which day it is as good as own.
    own_from: Vec<i32>,
}

impl Unmarked {
    fn place(&self, key: u64) -> Option<usize> {
        let found = self.places.find(hash(key), |(one, _)| *one == key);
        found.map(|(_, place)| *place as usize)
    }

    /// Counts an order once for a destination.
    fn count(&mut self, key: u64, row: u32) {
        let place = self.place(key).unwrap_or_else(|| {
            let place = self.counts.len() as u32;
            self.places
                .insert_unique(hash(key), (key, place), |(one, _)| hash(*one));
            self.counts.push(0);
            self.last.push(NONE);
            place as usize
        });
        if let (Some(count), Some(last)) = (self.counts.get_mut(place), self.last.get_mut(place))
            && *last != row
        {
            *last = row;
            *count = count.saturating_add(1);
        }
    }

    /// The places with enough orders, and the days on which each was reached, from orders as
    /// `(key, day)`, one for each order and destination.
    fn reach(&mut self, orders: &[(u64, i32)], enough: u32) {
        let mut days: Vec<(u32, i32)> = Vec::new();
        for (key, day) in orders {
            if let Some(place) = self.place(*key)
                && self.counts.get(place).is_some_and(|count| *count >= enough)
            {
                days.push((place as u32, *day));
            }
        }
        sort_numbers(&mut days, |(_, day)| {
            i64::from(day).saturating_add(1 << 31) as u64
        });
        self.own_from = vec![NEVER; self.counts.len()];
        let mut seen = vec![0u32; self.counts.len()];
        for (place, day) in days {
            let place = place as usize;
            if let (Some(seen), Some(own_from)) =
                (seen.get_mut(place), self.own_from.get_mut(place))
            {
                *seen = seen.saturating_add(1);
                if *seen == enough {
                    *own_from = day;
                }
            }
        }
    }

    fn own_from(&self, key: u64) -> i32 {
        let from = self.place(key).and_then(|place| self.own_from.get(place));
        from.copied().unwrap_or(NEVER)
    }
}

/// What a walk over the orders needs.
struct Judge<'a> {
    ledger: &'a Ledger,
    gifts: &'a Gifts,
    comparing: Comparing<'a>,
    /// Whether a word refuses wrapping, by its id.
    refusals: &'a [bool],
}

/// The words of an order's row that tell of gifts.
fn words_of<'a>(ledger: &'a Ledger) -> impl Iterator<Item = u32> + 'a {
    let destinations = ledger.destinations.rows().iter();
    let of_destinations = destinations.flat_map(|row| [row.noshi, row.wrapping]);
    let notes = &ledger.orders.details.gift_word;
    let rows = if notes.is_empty() {
        0
    } else {
        ledger.orders.rows.len() as u32
    };
    of_destinations.chain((0..rows).map(|row| notes.get(row)))
}

impl Gifts {
    /// Decides for all orders of a ledger. `person` gives each record's person.
    pub fn of(ledger: &Ledger, person: &[u32], rules: Rules) -> Self {
        let has_words = !ledger.orders.details.gift_word.is_empty();
        if ledger.destinations.is_empty() && !has_words {
            let calendar = Calendar::new(rules.seasons.clone(), None);
            return Gifts {
                rules,
                calendar,
                ..Gifts::default()
            };
        }
        let mut zone = ledger.zone.clone();
        let at = ledger.orders.rows.iter().map(OrderRow::at);
        let days = at.clone().min().zip(at.max());
        let days = days.map(|(first, last)| (zone.day(first), zone.day(last)));
        let mut gifts = Gifts {
            calendar: Calendar::new(rules.seasons.clone(), days),
            products: gift_products(ledger, &rules),
            known: Known::of(ledger),
            rules,
            ..Gifts::default()
        };
        let mut refusals = Vec::new();
        for word in words_of(ledger).filter(|word| *word != NONE) {
            let place = word as usize;
            if place >= gifts.noshi.len() {
                gifts.noshi.resize(place + 1, Noshi::default());
                refusals.resize(place + 1, false);
            }
            // What was read before has a class, or refuses.
            let is_read =
                refusals.get(place) == Some(&true) || gifts.noshi(word) != Noshi::default();
            if let (false, Some(text)) = (is_read, ledger.word(word))
                && let (Some(noshi), Some(refusal)) =
                    (gifts.noshi.get_mut(place), refusals.get_mut(place))
            {
                (*noshi, *refusal) = (classify(text), is_refusal(text));
            }
        }
        let judge = Judge {
            ledger,
            gifts: &gifts,
            comparing: Comparing::of(ledger, person, &gifts.known),
            refusals: &refusals,
        };
        let (judged, gift_until) = judge.all(&mut zone);
        (gifts.judged, gifts.gift_until) = (judged, gift_until);
        gifts
    }

    /// Score and evidence of an order without destinations.
    pub(super) fn bare(&self, ledger: &Ledger, row: u32, order: Lines, day: i32) -> Judged {
        let mut evidence = 0;
        if ledger.orders.is_gift.get(row) {
            evidence |= EXPLICIT;
        }
        self.of_order(ledger, row, order, &mut evidence);
        if evidence != 0 && self.calendar.by_date(day, Default::default()).is_some() {
            evidence |= SEASON;
        }
        self.weighed(evidence, NEVER)
    }

    /// Evidence of the whole order.
    fn of_order(&self, ledger: &Ledger, row: u32, lines: Lines, evidence: &mut u16) {
        let word = ledger.orders.details.gift_word.get(row);
        if word != NONE {
            *evidence |= WORD;
        }
        if ledger.orders.shipments.get(row) >= 2 {
            *evidence |= SEVERAL;
        }
        if !self.products.is_empty() {
            let products = ledger.lines.products(lines.0, lines.1).iter();
            let mut products = products.map(|product| self.products.get(*product as usize));
            if ledger.destinations_of(row).len() < 2 && products.any(|is| is == Some(&true)) {
                *evidence |= PRODUCT;
            }
        }
    }

    fn weighed(&self, evidence: u16, own_from: i32) -> Judged {
        if evidence == 0 {
            return Judged {
                own_from,
                ..Judged::default()
            };
        }
        let weights = &self.rules.weights;
        let of = [
            (DECISIVE, weights.explicit),
            (ADDRESS, weights.address),
            (SURNAME, weights.surname),
            (SEVERAL, weights.several),
            (PRODUCT, weights.product),
            (SEASON, weights.season),
            (WORD, weights.word),
        ];
        let score = of.iter().filter(|(bits, _)| evidence & bits != 0);
        let score: i32 = score.map(|(_, weight)| *weight).sum();
        Judged {
            score: score.clamp(i16::MIN.into(), i16::MAX.into()) as i16,
            evidence,
            own_from,
        }
    }

    /// Until when a shipment is a gift: up to any day, until it becomes own, or never.
    fn until(&self, judged: Judged) -> i32 {
        let is_gift = |day: i32| judged.verdict(&self.rules, day) == Verdict::Gift;
        match (is_gift(ALWAYS.saturating_add(1)), is_gift(NEVER - 1)) {
            (_, true) => NEVER,
            (true, false) => judged.own_from,
            (false, false) => ALWAYS,
        }
    }
}

/// First of an order's lines, and how many.
pub(super) type Lines = (u32, u32);

/// Which products are for gifts: those that the shop names, and those whose names have a gift
/// word.
fn gift_products(ledger: &Ledger, rules: &Rules) -> Vec<bool> {
    let is_gift = |id: u32| {
        let name = ledger.product_names.get(id);
        name.is_some_and(|name| gift_word(&name).is_some())
    };
    let mut products: Vec<bool> = (0..ledger.products.len() as u32).map(is_gift).collect();
    for code in &rules.products {
        let id = ledger.products.find(Key::of(code));
        if let Some(place) = id.and_then(|id| products.get_mut(id as usize)) {
            *place = true;
        }
    }
    if !products.contains(&true) {
        products.clear();
    }
    products
}

impl Judge<'_> {
    /// What the shipment says of itself.
    fn marks(&self, row: &DestinationRow) -> u16 {
        let mut marks = 0;
        if row.is_gift() == Some(true) {
            marks |= EXPLICIT;
        }
        if self.gifts.noshi(row.noshi).class != Class::None {
            marks |= NOSHI;
        }
        if row.wrapping != NONE && self.refusals.get(row.wrapping as usize) != Some(&true) {
            marks |= WRAPPING;
        }
        if row.has_message() {
            marks |= MESSAGE;
        }
        marks
    }

    /// What names an orderer's destination: who, and the recipient's place, or the recipient
    /// where no place is known.
    fn key(&self, order: &OrderRow, row: &DestinationRow) -> Option<u64> {
        let person = self.comparing.person(order.record);
        let address = self.ledger.recipients.address.get(row.recipient);
        let place = match address {
            NONE => self.gifts.recipient(row.recipient) | 1 << 31,
            address => address,
        };
        (person != NO_PERSON && row.recipient != NONE && place != NONE)
            .then_some(pair(person, place))
    }

    /// The orders of a ledger in their latest version.
    fn orders(&self) -> impl Iterator<Item = (u32, &OrderRow)> {
        let rows = (0u32..).zip(&self.ledger.orders.rows);
        rows.filter(|(row, order)| self.ledger.is_latest(*row, order))
    }

    /// Counts orders by destination that nothing marks as gifts.
    fn unmarked(&self, zone: &mut Zone) -> Unmarked {
        let enough = self.gifts.rules.own_orders;
        let mut unmarked = Unmarked::default();
        let mut orders = Vec::new();
        if enough == 0 {
            return unmarked;
        }
        for (row, order) in self.orders() {
            if order.status() != Status::Counted {
                continue;
            }
            for destination in self.ledger.destinations_of(row) {
                if self.marks(destination) != 0 {
                    continue;
                }
                let Some(key) = self.key(order, destination) else {
                    continue;
                };
                let before = unmarked
                    .place(key)
                    .and_then(|place| unmarked.last.get(place));
                if before != Some(&row) {
                    unmarked.count(key, row);
                    orders.push((key, zone.day(order.at())));
                }
            }
        }
        unmarked.reach(&orders, enough);
        unmarked
    }

    fn judged(
        &self,
        order: &OrderRow,
        destination: &DestinationRow,
        of_order: u16,
        day: i32,
        unmarked: &Unmarked,
    ) -> Judged {
        let mut evidence = of_order | self.marks(destination);
        let recipient = destination.recipient;
        let is_at_home = self.comparing.is_at_home(order.record, recipient);
        let shares_surname = self.comparing.shares_surname(order.record, recipient);
        if is_at_home == Some(false) {
            evidence |= ADDRESS;
        }
        if shares_surname == Some(false) {
            evidence |= SURNAME;
        }
        let region = self.gifts.region(recipient);
        if self.gifts.calendar.by_date(day, region).is_some() {
            evidence |= SEASON;
        }
        let is_family =
            shares_surname == Some(true) && self.comparing.shares_phone(order.record, recipient);
        let own_from = match (is_at_home, self.key(order, destination)) {
            _ if is_family => ALWAYS,
            // At home nothing needs to be taken off.
            (Some(true), _) | (_, None) => NEVER,
            (_, Some(key)) => unmarked.own_from(key),
        };
        self.gifts.weighed(evidence, own_from)
    }

    /// Of all destinations, and until when each order is a gift.
    fn all(&self, zone: &mut Zone) -> (Vec<Judged>, Vec<i32>) {
        let ledger = self.ledger;
        let unmarked = self.unmarked(zone);
        let mut judged = vec![Judged::default(); ledger.destinations.rows().len()];
        let mut gift_until = vec![ALWAYS; ledger.orders.rows.len()];
        for (row, order) in self.orders() {
            let range = ledger.destinations.places(row);
            let day = zone.day(order.at());
            let lines = (order.line_start, order.line_count());
            let mut until = ALWAYS;
            if range.is_empty() {
                until = self.gifts.until(self.gifts.bare(ledger, row, lines, day));
            } else {
                let mut of_order = 0;
                self.gifts.of_order(ledger, row, lines, &mut of_order);
                if range.len() >= 2 {
                    of_order |= SEVERAL;
                }
                let for_gifts = self.for_gifts(row, order, range.len());
                let destinations = ledger.destinations_of(row).iter();
                let places = judged.get_mut(range).unwrap_or_default();
                for ((place, destination), judged) in (0..).zip(destinations).zip(places) {
                    let product = if for_gifts.contains(&place) {
                        PRODUCT
                    } else {
                        0
                    };
                    let evidence = of_order | product;
                    *judged = self.judged(order, destination, evidence, day, &unmarked);
                    until = until.max(self.gifts.until(*judged));
                }
            }
            if let Some(place) = gift_until.get_mut(row as usize) {
                *place = until;
            }
        }
        (judged, gift_until)
    }

    /// The destinations, of several, that a product for gifts goes to.
    fn for_gifts(&self, row: u32, order: &OrderRow, destinations: usize) -> Vec<usize> {
        let mut places = Vec::new();
        if self.gifts.products.is_empty() || destinations < 2 {
            return places;
        }
        for (line, of_line) in (order.line_start..).zip(self.ledger.lines_of(order)) {
            let is_for_gifts = self.gifts.products.get(of_line.product as usize);
            if is_for_gifts == Some(&true)
                && let Some(place) = self.ledger.destination_of(row, line)
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        places
    }
}
