//! What happened to a customer outside orders: contracts and events.

use okaeri_core::keys::Keys;
use okaeri_core::ledger::contracts::ContractRow;
use okaeri_core::ledger::events::EventRow;
use okaeri_core::list::List;
use okaeri_core::order::sorted;
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Contract, ContractStatus, Event};

use crate::instance::Read;
use crate::lists::{buyer, shown};

impl Read<'_> {
    /// A moment on the shop's clock.
    pub fn local(&self, at: i64) -> Option<Moment> {
        let local = self.seconds(at)?;
        chrono::DateTime::from_timestamp(local, 0).map(|at| Moment::Local(at.naive_utc()))
    }

    /// Whether `at` lies after the day of the question.
    fn is_later(&self, at: i64) -> bool {
        let day = self.seconds(at).map(|local| local.div_euclid(86_400));
        day.is_some_and(|day| day > i64::from(self.book.as_of_day))
    }

    /// Seconds of the shop's clock; `None` when the moment is unknown.
    fn seconds(&self, at: i64) -> Option<i64> {
        let known = at != i64::MIN;
        known.then(|| at.saturating_add(self.ledger.zone.exact_offset(at)))
    }

    /// Contracts of a person, those first that began last.
    pub fn contracts_of(&self, person: u32) -> Vec<Contract> {
        const STATUS: [ContractStatus; 5] = [
            ContractStatus::Active,
            ContractStatus::Paused,
            ContractStatus::Failed,
            ContractStatus::Cancelled,
            ContractStatus::Completed,
        ];
        let contracts = &self.ledger.contracts;
        let text = |keys: &Keys, id| keys.get(id).map(|key| key.to_string());
        let is_theirs = |(_, row): &(u32, ContractRow)| {
            self.person(row.record) == person && !self.is_later(row.started_at)
        };
        let found = contracts
            .iter()
            .filter(is_theirs)
            .map(|(id, row)| (row.started_at, id));
        let found = latest_first(found.into_list(), &contracts.ids);
        let found = found.into_iter().map(|id| (id, contracts.get(id)));
        let found = found.map(|(id, row)| Contract {
            contract_id: text(&contracts.ids, id).unwrap_or_default(),
            buyer: buyer(&self.ledger.contacts.contact(row.record)),
            shop: self.ledger.contacts.shop(row.record).map(str::to_owned),
            status: STATUS
                .get(usize::from(row.status))
                .copied()
                .unwrap_or_default(),
            started_at: self.local(row.started_at),
            cancelled_at: self.local(row.cancelled_at),
            cancel_reason: text(&contracts.texts, row.cancel_reason),
            cycle_days: Some(row.cycle_days).filter(|days| *days > 0),
            next_ship_date: text(&contracts.texts, row.next_ship_date),
        });
        found.into_list()
    }

    /// Events of a person up to the day, latest first.
    pub fn events_of(&self, person: u32) -> Vec<Event> {
        let events = &self.ledger.events;
        let text = |keys: &Keys, id| keys.get(id).map(|key| key.to_string());
        let is_theirs = |(_, row): &(u32, &EventRow)| {
            self.person(row.record) == person && !self.is_later(row.at)
        };
        let found = (0u32..).zip(&events.rows).filter(is_theirs);
        let found = latest_first(found.map(|(id, row)| (row.at, id)).into_list(), &events.ids);
        let found = found.into_iter().filter_map(|id| {
            let row = events.rows.get(id as usize)?;
            let contact = self.ledger.contacts.contact(row.record);
            Some(Event {
                event_id: text(&events.ids, id)?,
                at: self.local(row.at)?,
                kind: text(&events.kinds, row.kind)?,
                customer_id: contact.customer_id.map(shown),
                shop: self.ledger.contacts.shop(row.record).map(str::to_owned),
                email: contact.email.map(shown),
                delivery_key: text(&events.deliveries, row.delivery),
                contract_id: text(&self.ledger.contracts.ids, row.contract),
                detail: self.ledger.word(row.detail).map(str::to_owned),
            })
        });
        found.into_list()
    }
}

/// Ids by their time, those of one second by their keys.
fn latest_first(found: Vec<(i64, u32)>, keys: &Keys) -> Vec<u32> {
    let found = sorted(found, |a, b| {
        let by_key = || keys.get(a.1).cmp(&keys.get(b.1));
        b.0.cmp(&a.0).then_with(by_key)
    });
    found.into_iter().map(|(_, id)| id).into_list()
}
