//! What happened to customers beside their purchases: coupons, events, labels, media, contracts.

use super::bits::Bits;
use super::postings::{Meet, Postings};
use super::query::{Happened, Listed, What};
use crate::analysis::customers::View;
use crate::identity::NO_PERSON;
use crate::keys::{Key, NONE};

/// Something that happened to a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happening {
    customer: u32,
    day: i32,
    /// Which coupon, or of which kind the event is.
    word: u32,
    /// An order with two coupons happened once.
    is_first: bool,
}

/// Words of customers, such as their labels.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Customers by word, each once a word.
    pub customers: Postings,
    /// Who has any.
    pub any: Bits,
}

/// The customer of each person, or NONE.
pub(super) fn customer_of(view: &View<'_>) -> Vec<u32> {
    let mut customers = vec![NONE; view.book.person_count() as usize];
    for (index, figures) in (0u32..).zip(view.figures) {
        if let Some(customer) = customers.get_mut(figures.person as usize) {
            *customer = index;
        }
    }
    customers
}

/// Finds the customer of a record.
struct Finder<'a> {
    view: &'a View<'a>,
    customers: Vec<u32>,
}

impl<'a> Finder<'a> {
    fn of(view: &'a View<'a>) -> Self {
        Finder {
            view,
            customers: customer_of(view),
        }
    }

    fn customer(&self, record: u32) -> Option<u32> {
        let person = self.view.people.person.get(record as usize).copied();
        let person = person.filter(|person| *person != NO_PERSON)?;
        let customer = self.customers.get(person as usize).copied();
        customer.filter(|customer| *customer != NONE)
    }
}

/// All that happened of one sort, up to the day of the book.
pub(super) fn happenings(view: &View<'_>, what: What) -> Vec<Happening> {
    match what {
        What::Coupon => coupons(view),
        What::Event => events(view),
    }
}

fn coupons(view: &View<'_>) -> Vec<Happening> {
    let coupons = &view.ledger.orders.details.coupons;
    let mut found = Vec::new();
    if coupons.is_empty() {
        return found;
    }
    for (customer, figures) in (0u32..).zip(view.figures) {
        for order in view.book.orders_of(figures.person) {
            let words = view.ledger.lists.get(coupons.get(order.row)).iter();
            found.extend(words.enumerate().map(|(place, word)| Happening {
                customer,
                day: order.day,
                word: *word,
                is_first: place == 0,
            }));
        }
    }
    found
}

fn events(view: &View<'_>) -> Vec<Happening> {
    let finder = Finder::of(view);
    let mut zone = view.ledger.zone.clone();
    let events = view.ledger.events.rows.iter();
    let found = events.filter_map(|event| {
        Some(Happening {
            customer: finder.customer(event.record)?,
            day: zone.day(event.at),
            word: event.kind,
            is_first: true,
        })
    });
    found
        .filter(|found| found.day <= view.book.as_of_day)
        .collect()
}

/// To whom it happened so often.
pub(super) fn who(view: &View<'_>, happenings: &[Happening], asked: &Happened) -> Bits {
    let ledger = view.ledger;
    let wanted = asked.word.as_deref().map(|word| match asked.what {
        What::Coupon => ledger.words.find(Key::Text(word.trim())),
        What::Event => ledger.events.kinds.find(Key::of(word)),
    });
    let mut counts = vec![0u32; view.figures.len()];
    for happening in happenings {
        let is_meant = match wanted {
            None => happening.is_first,
            Some(word) => word == Some(happening.word),
        };
        let is_in = asked.since <= happening.day && happening.day <= asked.until;
        if is_meant
            && is_in
            && let Some(count) = counts.get_mut(happening.customer as usize)
        {
            *count = count.saturating_add(1);
        }
    }
    Bits::of(&counts, |count| *count >= asked.count)
}

/// How often each word occurs.
pub(super) fn counts_of(happenings: &[Happening], words: usize) -> Vec<usize> {
    let mut counts = vec![0; words];
    for happening in happenings {
        if let Some(count) = counts.get_mut(happening.word as usize) {
            *count += 1;
        }
    }
    counts
}

/// The words of all customers.
pub(super) fn words(view: &View<'_>, listed: Listed) -> Words {
    let kinds = view.ledger.words.len();
    let customers = match listed {
        Listed::Tags => {
            let lists = tags(view);
            Postings::of(kinds, &|meet| {
                for (customer, list) in (0u32..).zip(&lists) {
                    for word in view.ledger.lists.get(*list) {
                        meet(*word, customer);
                    }
                }
            })
        }
        Listed::Media => Postings::of(kinds, &|meet| media(view, meet)),
    };
    let mut any = Bits::none(view.figures.len());
    for word in 0..kinds as u32 {
        for customer in customers.get(word) {
            any.insert(*customer as usize);
        }
    }
    Words { customers, any }
}

/// The record of each customer that a fact of the customer told last, of those that `is_meant`.
pub(super) fn told_last(view: &View<'_>, is_meant: &dyn Fn(u32) -> bool) -> Vec<Option<u32>> {
    let told = &view.ledger.customers;
    let mut latest: Vec<Option<u32>> = vec![None; view.figures.len()];
    if told.is_empty() {
        return latest;
    }
    let finder = Finder::of(view);
    let arrival = |record: u32| told.get(record).arrival;
    for record in 0..view.people.person.len() as u32 {
        if arrival(record) == 0 || !is_meant(record) {
            continue;
        }
        let place = finder
            .customer(record)
            .and_then(|customer| latest.get_mut(customer as usize));
        if let Some(latest) = place
            && latest.is_none_or(|known| arrival(known) < arrival(record))
        {
            *latest = Some(record);
        }
    }
    latest
}

/// The labels of each customer, as they were told last for any of the contacts.
fn tags(view: &View<'_>) -> Vec<u32> {
    let tags = |record| view.ledger.customers.get(record).tags;
    let latest = told_last(view, &|_| true).into_iter();
    latest.map(|record| record.map_or(NONE, tags)).collect()
}

fn media(view: &View<'_>, meet: &mut Meet<'_>) {
    let media = &view.ledger.orders.details.media;
    if media.is_empty() {
        return;
    }
    let mut last = vec![NONE; view.ledger.words.len()];
    for (customer, figures) in (0u32..).zip(view.figures) {
        for order in view.book.orders_of(figures.person) {
            let medium = media.get(order.row);
            if let Some(last) = last.get_mut(medium as usize)
                && *last != customer
            {
                *last = customer;
                meet(medium, customer);
            }
        }
    }
}

/// Statuses of contracts in the order of the choice; the numbers are those that whoever loads
/// counts them by.
const CANCELLED: u8 = 3;
const ACTIVE: u8 = 0;

/// Who has a contract in this state, with this cycle. One that was cancelled after the day of the
/// book is active on it.
pub(super) fn subscribed(view: &View<'_>, status: Option<u8>, cycle_days: Option<u32>) -> Bits {
    let finder = Finder::of(view);
    let mut zone = view.ledger.zone.clone();
    let as_of_day = view.book.as_of_day;
    let mut bits = Bits::none(view.figures.len());
    for (_, contract) in view.ledger.contracts.iter() {
        let mut is_later = |at: i64| at != i64::MIN && zone.day(at) > as_of_day;
        if is_later(contract.started_at) {
            continue;
        }
        let now = match contract.status {
            CANCELLED if is_later(contract.cancelled_at) => ACTIVE,
            status => status,
        };
        let is_meant = status.is_none_or(|status| status == now)
            && cycle_days.is_none_or(|days| days == contract.cycle_days);
        if is_meant && let Some(customer) = finder.customer(contract.record) {
            bits.insert(customer as usize);
        }
    }
    bits
}

/// Stands for no delivery.
pub(super) const NO_DELIVERY: i32 = i32::MIN;

/// The day of each customer's last delivery up to the day of the book.
pub(super) fn last_deliveries(view: &View<'_>) -> Vec<i32> {
    let destinations = &view.ledger.destinations;
    let mut zone = view.ledger.zone.clone();
    let mut last = |person: u32| {
        if destinations.is_empty() {
            return NO_DELIVERY;
        }
        let orders = view.book.orders_of(person).iter();
        let rows = orders.flat_map(|order| destinations.of(order.row));
        let days = rows.filter_map(|row| Some(zone.day(row.shipped_at()?)));
        let days = days.filter(|day| *day <= view.book.as_of_day);
        days.max().unwrap_or(NO_DELIVERY)
    };
    view.figures
        .iter()
        .map(|figures| last(figures.person))
        .collect()
}

/// Whether each customer ever ordered a gift, as gifts are told.
pub(super) fn gifts(view: &View<'_>) -> Vec<u8> {
    let gives = |person: u32| {
        let mut orders = view.book.orders_of(person).iter();
        orders.any(|order| view.book.is_gift(view.ledger, order))
    };
    view.figures
        .iter()
        .map(|figures| u8::from(gives(figures.person)))
        .collect()
}
