//! Addresses that must not be written to any more.
//!
//! A delivery is planned once and may wait for days: whoever is about to send it asks again. The
//! question is about addresses and not about customers, because a customer's key may have become
//! another since, when more orders told more of who is who.

use std::collections::BTreeMap;

use super::customers::{NotMailable, View};
use crate::identity::normalise;
use crate::keys::Key;

/// Whether each of `emails` must not be written to: its own latest word, or that of anybody who
/// ordered with it, is a withdrawal. Of an address that nobody knows nothing is withdrawn.
pub fn withdrawn(view: &View<'_>, emails: &[String]) -> Vec<bool> {
    let contacts = &view.ledger.contacts;
    let mut text = String::new();
    let ids: Vec<Option<u32>> = emails
        .iter()
        .map(|email| {
            let is_key = normalise::email_key(email, &mut text);
            contacts.email.keys.find(Key::of(&text)).filter(|_| is_key)
        })
        .collect();
    let mut is_withdrawn: BTreeMap<u32, bool> =
        ids.iter().flatten().map(|id| (*id, false)).collect();
    for record in 0..contacts.len() {
        if let Some(is_withdrawn) = is_withdrawn.get_mut(&contacts.email.get(record)) {
            *is_withdrawn = *is_withdrawn || has_withdrawn(view, record);
        }
    }
    ids.iter()
        .map(|id| id.is_some_and(|id| is_withdrawn.get(&id) == Some(&true)))
        .collect()
}

fn has_withdrawn(view: &View<'_>, record: u32) -> bool {
    let person = view.people.person.get(record as usize);
    match person.map(|person| view.mail_address(*person)) {
        Some(Ok(_)) => false,
        Some(Err(NotMailable::Withdrawn)) => true,
        // Nobody with an order that counts: what is known is of the address itself.
        _ => {
            let consent = view.ledger.consents.get(&view.ledger.contacts, record);
            consent.is_some_and(|consent| consent.withdrawn)
        }
    }
}
