//! One shop's facts inside the module, in columns.
//!
//! Facts are appended; an order that comes again replaces its earlier version. Nothing here knows
//! people or questions: the book does.

pub mod batch;
pub mod columns;
pub mod consents;
pub mod contacts;
mod heads;
pub mod load;
mod plain;
mod seal;
mod shard;

use crate::keys::{Key, Keys, NONE};
use crate::zone::Zone;
use columns::{LineRow, Lines, OrderRow, Orders};
use consents::Consents;
use contacts::{Contact, Contacts};
use load::{Loading, Report};

/// Names by dense id, the latest one given.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: Keys,
    of_id: Vec<u32>,
}

impl Names {
    fn set(&mut self, id: u32, name: &str) {
        if id == NONE || name.is_empty() {
            return;
        }
        let text = self.texts.intern_text(name);
        if self.of_id.len() <= id as usize {
            self.of_id.resize(id as usize + 1, NONE);
        }
        if let Some(place) = self.of_id.get_mut(id as usize) {
            *place = text;
        }
    }

    /// The name of `id`.
    pub fn get(&self, id: u32) -> Option<String> {
        let text = self.of_id.get(id as usize)?;
        self.texts.get(*text).map(|key| key.to_string())
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
    /// For each order id the row that holds its latest version, or NONE.
    pub latest: Vec<u32>,
    /// Only what identity needs is kept: an order has one line, which holds its amount.
    pub keys_only: bool,
    /// With `keys_only`, the order of each row that was last appended.
    pub order_of_row: Vec<u32>,
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
            latest: Vec::new(),
            keys_only: false,
            order_of_row: Vec::new(),
            came_under: Vec::new(),
            shipment_ids: Keys::default(),
            last_shipment: NONE,
            loading: None,
        }
    }

    /// Adds what is known of a customer beside orders: evidence for identity, and consent as it
    /// stands. `shop` is the one whose customer number it has, if that is said.
    pub fn add_customer(
        &mut self,
        contact: &Contact<'_>,
        shop: Option<&str>,
        registered_at: Option<i64>,
    ) {
        let record = self.contacts.add(contact, shop.map(Key::of));
        if let Some(given) = contact.mail_consent {
            self.consents
                .set_standing(&self.contacts, record, registered_at, given);
        }
    }

    /// Adds that a customer gave or withdrew consent at a time.
    pub fn add_consent(&mut self, contact: &Contact<'_>, shop: Option<&str>, at: i64, given: bool) {
        let record = self.contacts.add(contact, shop.map(Key::of));
        self.consents.set(&self.contacts, record, at, given);
    }

    /// The report of the load under way.
    pub fn report(&self) -> Report {
        self.loading
            .as_ref()
            .map(|loading| loading.report.clone())
            .unwrap_or_default()
    }

    /// Ends the load under way: its orders count from now on.
    pub fn commit(&mut self) -> Report {
        let Some(loading) = self.loading.take() else {
            return Report::default();
        };
        let dead = self.orders.rows.len().saturating_sub(self.order_ids.len());
        if loading.fragments > 0 || dead > self.orders.rows.len() / 4 {
            self.seal();
        }
        loading.report
    }

    /// Undoes the load under way.
    pub fn rollback(&mut self) {
        let Some(loading) = self.loading.take() else {
            return;
        };
        for row in self
            .orders
            .rows
            .get(loading.rows_before..)
            .unwrap_or_default()
        {
            if let Some(place) = self.latest.get_mut(row.id as usize) {
                *place = NONE;
            }
        }
        for (id, row) in loading.replaced {
            if let Some(place) = self.latest.get_mut(id as usize) {
                *place = row;
            }
        }
        self.orders.truncate(loading.rows_before);
        self.lines.truncate(loading.lines_before);
    }

    /// Whether `row` is the latest version of its order.
    #[inline]
    pub fn is_latest(&self, row: u32, order: &OrderRow) -> bool {
        self.latest.get(order.id as usize) == Some(&row)
    }

    /// The lines of an order.
    #[inline]
    pub fn lines_of(&self, order: &OrderRow) -> impl Iterator<Item = LineRow> {
        self.lines.rows(order.line_start, order.line_count())
    }

    /// Orders in their latest version, whether they count or not.
    pub fn order_count(&self) -> usize {
        self.latest.iter().filter(|row| **row != NONE).count()
    }
}
