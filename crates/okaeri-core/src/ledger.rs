//! One shop's facts inside the module, in columns.
//!
//! Facts are appended; an order that comes again replaces its earlier version. Nothing here knows
//! people or questions: the book does.

pub mod batch;
pub mod columns;
pub mod consents;
pub mod contacts;
pub mod contracts;
pub mod customers;
pub mod destinations;
pub mod details;
pub mod events;
pub mod gift_words;
mod heads;
pub mod latest;
pub mod load;
mod plain;
mod reading;
mod seal;
mod shard;
#[cfg(test)]
mod tests;
pub mod undo;
pub mod words;

use crate::identity::Judgement;
use crate::keys::{Key, Keys, NONE};
use crate::zone::Zone;
use columns::{LineRow, Lines, OrderRow, Orders};
use consents::Consents;
use contacts::{Contact, Contacts};
use contracts::Contracts;
use customers::Customers;
use destinations::Destinations;
use events::{EventRow, Events};
use heads::intern_text;
use latest::Latest;
use load::{Loading, Rejection, Report};
use undo::Undoable;
use words::{Lists, intern_word};

/// Names by dense id, the latest one given.
#[derive(Clone, Debug)]
pub struct Names {
    texts: Keys,
    of_id: Undoable<u32>,
}

impl Default for Names {
    fn default() -> Self {
        Names {
            texts: Keys::default(),
            of_id: Undoable::new(NONE),
        }
    }
}

impl Names {
    fn set(&mut self, id: u32, name: &str) {
        if id == NONE || name.is_empty() {
            return;
        }
        let text = self.texts.intern_text(name);
        self.of_id.set(id, text);
    }

    /// The name of `id`.
    pub fn get(&self, id: u32) -> Option<String> {
        self.texts
            .get(self.of_id.get(id))
            .map(|key| key.to_string())
    }
}

/// All facts of a shop.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The shop's calendar.
    pub zone: Zone,
    /// ISO 4217 code of every amount.
    pub currency: String,
    /// Order ids.
    pub order_ids: Keys,
    /// Product codes.
    pub products: Keys,
    /// Product names.
    pub product_names: Names,
    /// Shop codes.
    pub shops: Keys,
    /// Orders, those replaced included.
    pub orders: Orders,
    /// Lines of goods.
    pub lines: Lines,
    /// Contacts.
    pub contacts: Contacts,
    /// Consent to advertising mail, beside what orders say.
    pub consents: Consents,
    /// Subscription contracts.
    pub contracts: Contracts,
    /// Events.
    pub events: Events,
    /// Customers beside their orders.
    pub customers: Customers,
    /// Destinations of orders.
    pub destinations: Destinations,
    /// Who gets goods: name, kana, phone and address, with their keys as buyers have them.
    pub recipients: Contacts,
    /// Words of orders, customers and events.
    pub words: Keys,
    /// Lists of such words.
    pub lists: Lists,
    /// What people judged about pairs of contacts, in order of arrival.
    pub judgements: Vec<Judgement>,
    /// The row that holds the latest version of each order.
    pub latest: Latest,
    /// Only what identity needs is kept: an order has one line, which holds its amount.
    pub keys_only: bool,
    /// With `keys_only`, the order of each row that was last appended.
    pub order_of_row: Vec<u32>,
    /// The row of the source before those that are appended next; `None` where whoever appends
    /// numbers them.
    pub number_after: Option<u64>,
    /// With `keys_only`, orders and records under which they came beside the latest one: a
    /// contact is evidence even when its order has another one now.
    pub came_under: Vec<(u32, u32)>,
    shipment_ids: Keys,
    last_shipment: u32,
    loading: Option<Loading>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(zone: Zone, currency: &str) -> Self {
        Ledger {
            zone,
            currency: currency.to_owned(),
            order_ids: Keys::default(),
            products: Keys::default(),
            product_names: Names::default(),
            shops: Keys::default(),
            orders: Orders::default(),
            lines: Lines::default(),
            contacts: Contacts::default(),
            consents: Consents::default(),
            contracts: Contracts::default(),
            events: Events::default(),
            customers: Customers::default(),
            destinations: Destinations::default(),
            recipients: Contacts::default(),
            words: Keys::default(),
            lists: Lists::default(),
            judgements: Vec::new(),
            latest: Latest::default(),
            keys_only: false,
            order_of_row: Vec::new(),
            number_after: None,
            came_under: Vec::new(),
            shipment_ids: Keys::default(),
            last_shipment: NONE,
            loading: None,
        }
    }

    /// Adds what is known of a customer beside orders: evidence for identity, consent as it
    /// stands, and labels (`tags`, joined by `|`). `shop` is the one whose customer number it
    /// has, if that is said.
    pub fn add_customer(
        &mut self,
        contact: &Contact<'_>,
        shop: Option<&str>,
        registered_at: Option<i64>,
        tags: &str,
    ) {
        let record = self.contacts.add(contact, shop.map(Key::of));
        if let Some(given) = contact.mail_consent {
            self.consents
                .set_standing(&self.contacts, record, registered_at, given);
        }
        if !self.keys_only {
            let tags = self.lists.intern(tags, &mut self.words);
            let has_birth = contact.birth.is_some();
            self.customers.set(record, tags, registered_at, has_birth);
        }
    }

    /// Adds an event, with the contract that it concerns and more of it, where they are told;
    /// false when it is known.
    pub fn add_event(
        &mut self,
        id: &str,
        row: EventRow,
        contract: Option<&str>,
        detail: Option<&str>,
    ) -> bool {
        let is_new = self.events.add(id, row);
        if is_new && !self.keys_only {
            let contract = intern_text(contract, &mut self.contracts.ids);
            let detail = intern_word(detail.unwrap_or_default(), &mut self.words);
            if let Some(row) = self.events.rows.last_mut() {
                (row.contract, row.detail) = (contract, detail);
            }
        }
        is_new
    }

    /// The report of the load under way.
    pub fn report(&self) -> Report {
        self.loading
            .as_ref()
            .map(|loading| loading.report.clone())
            .unwrap_or_default()
    }

    /// Rows of the load under way that were refused since this was asked before: the first
    /// thousand of them.
    pub fn take_rejections(&mut self) -> Vec<Rejection> {
        match &mut self.loading {
            Some(loading) => std::mem::take(&mut loading.report.rejections),
            None => Vec::new(),
        }
    }

    /// Ends the load under way: its orders count from now on.
    pub fn commit(&mut self) -> Report {
        let Some(loading) = self.loading.take() else {
            return Report::default();
        };
        self.keep();
        let dead = self.orders.rows.len().saturating_sub(self.order_ids.len());
        if loading.fragments > 0 || dead > self.orders.rows.len() / 4 {
            self.seal();
        }
        loading.report
    }

    /// Whether `row` is the latest version of its order.
    #[inline]
    pub fn is_latest(&self, row: u32, order: &OrderRow) -> bool {
        self.latest.get(order.id) == row
    }

    /// The lines of an order.
    #[inline]
    pub fn lines_of(&self, order: &OrderRow) -> impl Iterator<Item = LineRow> {
        self.lines.rows(order.line_start, order.line_count())
    }

    /// Orders in their latest version, whether they count or not.
    pub fn order_count(&self) -> usize {
        self.latest.count()
    }
}
