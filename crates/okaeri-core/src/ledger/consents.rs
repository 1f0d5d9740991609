//! Consent to advertising mail (特定電子メール法), as facts with a time: the latest one holds.

use super::contacts::Contacts;
use crate::keys::NONE;

/// When consent was given or withdrawn, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consent {
    /// UTC seconds.
    pub at: i64,
    /// Given. At the same second a withdrawal holds.
    pub withdrawn: bool,
}

/// Consents by e-mail key and by customer number.
#[derive(Clone, Debug, Default)]
pub struct Consents {
    /// By id of the e-mail key.
    by_email: Vec<Option<Consent>>,
    /// By id of the customer number.
    by_customer: Vec<Option<Consent>>,
}

fn put(consents: &mut Vec<Option<Consent>>, id: u32, consent: Consent) {
    if id == NONE {
        return;
    }
    if consents.len() <= id as usize {
        consents.resize(id as usize + 1, None);
    }
    if let Some(place) = consents.get_mut(id as usize) {
        *place = (*place).max(Some(consent));
    }
}

impl Consents {
    /// Takes down that the customer of `record` gave (or withdrew) consent at `at`.
    pub fn set(&mut self, contacts: &Contacts, record: u32, at: i64, given: bool) {
        let consent = Consent {
            at,
            withdrawn: !given,
        };
        put(&mut self.by_email, contacts.email.get(record), consent);
        put(
            &mut self.by_customer,
            contacts.customer_id.get(record),
            consent,
        );
    }

    /// The latest consent known for `record`. It is the latest of all, whatever the day of the
    /// question: a withdrawal binds whoever looks back, too.
    pub fn get(&self, contacts: &Contacts, record: u32) -> Option<Consent> {
        let at =
            |consents: &Vec<Option<Consent>>, id: u32| consents.get(id as usize).copied().flatten();
        at(&self.by_email, contacts.email.get(record))
            .max(at(&self.by_customer, contacts.customer_id.get(record)))
    }
}
