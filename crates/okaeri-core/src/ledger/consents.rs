//! Consent to advertising mail (特定電子メール法), as facts with a time: the latest one holds.

use super::contacts::Contacts;
use super::undo::Undoable;

/// When consent was given or withdrawn, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consent {
    /// UTC seconds.
    pub at: i64,
    /// Given. At the same second a withdrawal holds.
    pub withdrawn: bool,
}

/// Consents by e-mail key and by customer number.
#[derive(Clone, Debug)]
pub struct Consents {
    /// By id of the e-mail key.
    by_email: Undoable<Option<Consent>>,
    /// By id of the customer number.
    by_customer: Undoable<Option<Consent>>,
}

/// Of a withdrawal that stands, whenever it came about.
const STANDING: i64 = i64::MAX;

impl Default for Consents {
    fn default() -> Self {
        Consents {
            by_email: Undoable::new(None),
            by_customer: Undoable::new(None),
        }
    }
}

fn put(consents: &mut Undoable<Option<Consent>>, id: u32, consent: Consent, takes_back: bool) {
    let known = consents.get(id);
    let before = known.filter(|known| !takes_back || known.at != STANDING);
    consents.set(id, before.max(Some(consent)));
}

impl Consents {
    /// Takes down that the customer of `record` gave (or withdrew) consent at `at`.
    pub fn set(&mut self, contacts: &Contacts, record: u32, at: i64, given: bool) {
        let consent = Consent {
            at,
            withdrawn: !given,
        };
        self.put(contacts, record, consent, false);
    }

    /// Takes down what a customer file says of `record`: how things stand, not when they came
    /// about. A `no` outweighs whatever orders and events say; a `yes` takes such a `no` back and
    /// counts from `since`, when the customer was registered.
    pub fn set_standing(
        &mut self,
        contacts: &Contacts,
        record: u32,
        since: Option<i64>,
        given: bool,
    ) {
        let consent = Consent {
            at: match given {
                true => since.unwrap_or(i64::MIN + 1),
                false => STANDING,
            },
            withdrawn: !given,
        };
        self.put(contacts, record, consent, given);
    }

    fn put(&mut self, contacts: &Contacts, record: u32, consent: Consent, takes_back: bool) {
        let (email, customer) = (contacts.email.get(record), contacts.customer_id.get(record));
        put(&mut self.by_email, email, consent, takes_back);
        put(&mut self.by_customer, customer, consent, takes_back);
    }

    pub(super) fn keep(&mut self) {
        self.by_email.keep();
        self.by_customer.keep();
    }

    /// `contacts`: those that are left.
    pub(super) fn undo(&mut self, contacts: &Contacts) {
        self.by_email.undo(contacts.email.keys.len());
        self.by_customer.undo(contacts.customer_id.keys.len());
    }

    /// The latest consent known for `record`. It is the latest of all, whatever the day of the
    /// question: a withdrawal binds whoever looks back, too.
    pub fn get(&self, contacts: &Contacts, record: u32) -> Option<Consent> {
        self.by_email
            .get(contacts.email.get(record))
            .max(self.by_customer.get(contacts.customer_id.get(record)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::contacts::Contact;

    #[test]
    fn a_customer_files_no_stands_until_its_yes() {
        let mut contacts = Contacts::default();
        let contact = Contact {
            email: Some("a@example.jp"),
            ..Contact::default()
        };
        let record = contacts.add(&contact, None);
        let mut consents = Consents::default();
        let withdrawn = |consents: &Consents| {
            let consent = consents.get(&contacts, record);
            consent.map(|consent| (consent.at, consent.withdrawn))
        };
        consents.set(&contacts, record, 100, true);
        assert_eq!(withdrawn(&consents), Some((100, false)));
        // Registered long before the consent, says no today.
        consents.set_standing(&contacts, record, Some(5), false);
        consents.set(&contacts, record, 200, true);
        assert_eq!(withdrawn(&consents), Some((STANDING, true)));
        consents.set_standing(&contacts, record, Some(5), true);
        assert_eq!(withdrawn(&consents), Some((5, false)));
        // A dated withdrawal is not taken back by a file.
        consents.set(&contacts, record, 300, false);
        consents.set_standing(&contacts, record, None, true);
        assert_eq!(withdrawn(&consents), Some((300, true)));
    }
}
