//! Taking a load back as a whole: what was appended is cut off, what was changed is put back.
//!
//! A load under way costs a note for each value of before that it changes, and nothing for what
//! it adds.

use super::Ledger;
use super::contacts::Lengths;
use crate::keys::NONE;

/// Values by dense id. Those that change remember what they were, until the load is kept.
#[derive(Clone, Debug)]
pub struct Undoable<T> {
    values: Vec<T>,
    default: T,
    /// Id and former value of each change, in order.
    changes: Vec<(u32, T)>,
}

impl<T: Copy + PartialEq> Undoable<T> {
    /// Every id has `default`.
    pub fn new(default: T) -> Self {
        Undoable {
            values: Vec::new(),
            default,
            changes: Vec::new(),
        }
    }

    /// The value of `id`.
    pub fn get(&self, id: u32) -> T {
        self.values
            .get(id as usize)
            .copied()
            .unwrap_or(self.default)
    }

    /// Sets the value of `id`, unless that is [`NONE`].
    pub fn set(&mut self, id: u32, value: T) {
        let index = id as usize;
        if id == NONE || self.get(id) == value {
            return;
        }
        if index >= self.values.len() {
            self.values.resize(index + 1, self.default);
        }
        if let Some(place) = self.values.get_mut(index) {
            self.changes.push((id, std::mem::replace(place, value)));
        }
    }

    /// Keeps all changes.
    pub fn keep(&mut self) {
        self.changes.clear();
    }

    /// Takes back all changes since they were last kept, and forgets the ids from `ids` on.
    pub fn undo(&mut self, ids: usize) {
        for (id, value) in self.changes.drain(..).rev() {
            if let Some(place) = self.values.get_mut(id as usize) {
                *place = value;
            }
        }
        self.values.truncate(ids);
    }
}

/// How long the ledger's columns are.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    pub orders: usize,
    lines: usize,
    order_ids: usize,
    products: usize,
    product_names: usize,
    shops: usize,
    shipment_ids: usize,
    contacts: Lengths,
    contracts: [usize; 2],
    events: [usize; 3],
    judgements: usize,
    customers: u32,
    destinations: usize,
    recipients: Lengths,
    words: usize,
    lists: usize,
}

impl Ledger {
    /// Where the ledger stands.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            orders: self.orders.rows.len(),
            lines: self.lines.len(),
            order_ids: self.order_ids.len(),
            products: self.products.len(),
            product_names: self.product_names.texts.len(),
            shops: self.shops.len(),
            shipment_ids: self.shipment_ids.len(),
            contacts: self.contacts.lengths(),
            contracts: self.contracts.lengths(),
            events: self.events.lengths(),
            judgements: self.judgements.len(),
            customers: self.customers.arrivals(),
            destinations: self.destinations.len(),
            recipients: self.recipients.lengths(),
            words: self.words.len(),
            lists: self.lists.len(),
        }
    }

    /// Keeps what the load brought.
    pub(super) fn keep(&mut self) {
        self.product_names.of_id.keep();
        self.consents.keep();
        self.customers.keep();
        self.contracts.keep();
    }

    /// Undoes the load under way: nothing of it is left.
    pub fn rollback(&mut self) {
        let Some(loading) = self.loading.take() else {
            return;
        };
        let Mark {
            orders,
            lines,
            order_ids,
            products,
            product_names,
            shops,
            shipment_ids,
            contacts,
            contracts,
            events,
            judgements,
            customers,
            destinations,
            recipients,
            words,
            lists,
        } = loading.before;
        let rows = self.orders.rows.get(orders..).unwrap_or_default();
        let ids = rows.iter().map(|row| row.id);
        self.latest.undo(ids, &loading.replaced, order_ids);
        self.orders.truncate(orders);
        self.lines.truncate(lines);
        self.order_ids.truncate(order_ids);
        self.products.truncate(products);
        self.product_names.of_id.undo(products);
        self.product_names.texts.truncate(product_names);
        self.shops.truncate(shops);
        self.shipment_ids.truncate(shipment_ids);
        self.last_shipment = NONE;
        self.contacts.truncate(&contacts);
        self.consents.undo(&self.contacts);
        self.customers.undo(customers, self.contacts.len() as usize);
        self.contracts.undo(contracts);
        self.events.truncate(events);
        self.judgements.truncate(judgements);
        self.destinations.truncate(destinations, orders, lines);
        self.recipients.truncate(&recipients);
        self.words.truncate(words);
        self.lists.truncate(lists);
    }
}
