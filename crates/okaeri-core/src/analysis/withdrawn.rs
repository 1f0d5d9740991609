//! Addresses that must not be written to any more.
//!
//! A delivery is planned once and may wait for days: whoever is about to send it asks again. The
//! question is about addresses and not about customers, because a customer's key may have become
//! another since, when more orders told more of who is who.

use super::customers::{NotMailable, View};
use crate::identity::normalise;
use crate::keys::Key;
use crate::order::sort_numbers;

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
    let mut asked: Vec<u32> = ids.iter().flatten().copied().collect();
    sort_numbers(&mut asked, u64::from);
    let mut is_withdrawn = vec![false; asked.len()];
    for record in 0..contacts.len() {
        let place = asked.binary_search(&contacts.email.get(record)).ok();
        if let Some(is_withdrawn) = place.and_then(|place| is_withdrawn.get_mut(place)) {
            *is_withdrawn = *is_withdrawn || has_withdrawn(view, record);
        }
    }
    let of = |id: u32| {
        let place = asked.binary_search(&id).ok()?;
        is_withdrawn.get(place).copied()
    };
    ids.into_iter()
        .map(|id| id.and_then(of).unwrap_or_default())
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
