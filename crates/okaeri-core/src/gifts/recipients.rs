//! Recipients against orderers: the same place, the same family, the same recipient.

use hashbrown::HashTable;

use super::regions::{NO_PREFECTURE, Region, prefecture_of, region_of};
use crate::identity::NO_PERSON;
use crate::keys::{Key, Keys, NONE};
use crate::ledger::Ledger;
use crate::ledger::contacts::Contact;

/// A number of two.
pub(super) fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

pub(super) fn hash(value: u64) -> u64 {
    let mixed = (value ^ value >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// The ids among `known` of the keys in `of`; NONE for those that it has not.
fn ids_among(of: &Keys, known: &Keys) -> Vec<u32> {
    let id = |id: u32| of.get(id).and_then(|key| known.find(key));
    (0..of.len() as u32)
        .map(|one| id(one).unwrap_or(NONE))
        .collect()
}

fn at(ids: &[u32], place: u32) -> u32 {
    ids.get(place as usize).copied().unwrap_or(NONE)
}

/// Traits of each recipient's record that stay after the decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The number of the recipient: records with the same name at the same place are one. NONE
    /// where nothing tells who it is.
    pub who: Vec<u32>,
    /// Region of gift customs.
    pub region: Vec<Region>,
    /// Number of the prefecture.
    pub prefecture: Vec<u8>,
}

fn prefecture(contact: &Contact<'_>) -> u8 {
    let told = contact.prefecture.map_or(NO_PREFECTURE, prefecture_of);
    match told {
        NO_PREFECTURE => contact.address.map_or(NO_PREFECTURE, prefecture_of),
        told => told,
    }
}

impl Known {
    pub fn of(ledger: &Ledger) -> Self {
        let recipients = &ledger.recipients;
        let mut known = Known::default();
        let mut numbers: HashTable<(u64, u64, u32)> = HashTable::new();
        for record in 0..recipients.len() {
            let contact = recipients.contact(record);
            let prefecture = prefecture(&contact);
            known.prefecture.push(prefecture);
            known
                .region
                .push(region_of(prefecture, contact.address.unwrap_or_default()));
            let (name, kana) = (recipients.name.get(record), recipients.kana.get(record));
            let name = if name == NONE {
                pair(1, kana)
            } else {
                pair(0, name)
            };
            let (address, phone) = (recipients.address.get(record), recipients.phone.get(record));
            let place = match (address, phone) {
                (NONE, NONE) => pair(2, NONE),
                (NONE, phone) => pair(1, phone),
                (address, _) => pair(0, address),
            };
            if place == pair(2, NONE) && name == pair(1, NONE) {
                known.who.push(NONE);
                continue;
            }
            let hash_of = |place: u64, name: u64| hash(place ^ hash(name));
            let is_it = |one: &(u64, u64, u32)| one.0 == place && one.1 == name;
            let count = numbers.len() as u32;
            let found = numbers.find(hash_of(place, name), is_it);
            let number = found.map(|one| one.2).unwrap_or_else(|| {
                numbers.insert_unique(hash_of(place, name), (place, name, count), |one| {
                    hash_of(one.0, one.1)
                });
                count
            });
            known.who.push(number);
        }
        known
    }
}

/// What compares recipients with those who order.
pub(super) struct Comparing<'a> {
    ledger: &'a Ledger,
    person: &'a [u32],
    prefecture: &'a [u8],
    address: Vec<u32>,
    phone: Vec<u32>,
    surname: Vec<u32>,
    /// Whose addresses are known, and which.
    addresses: HashTable<u64>,
}

impl<'a> Comparing<'a> {
    pub fn of(ledger: &'a Ledger, person: &'a [u32], known: &'a Known) -> Self {
        let (recipients, contacts) = (&ledger.recipients, &ledger.contacts);
        let address = ids_among(&recipients.address.keys, &contacts.address.keys);
        let mut addresses = HashTable::new();
        // NONE as an address stands for any.
        let mut insert = |pair: u64| {
            if addresses.find(hash(pair), |one| *one == pair).is_none() {
                addresses.insert_unique(hash(pair), pair, |one| hash(*one));
            }
        };
        if !address.is_empty() {
            for (record, person) in (0u32..).zip(person) {
                let own = contacts.address.get(record);
                if own != NONE && *person != NO_PERSON {
                    insert(pair(*person, own));
                    insert(pair(*person, NONE));
                }
            }
        }
        Comparing {
            ledger,
            person,
            prefecture: &known.prefecture,
            address,
            phone: ids_among(&recipients.phone.keys, &contacts.phone.keys),
            surname: ids_among(&recipients.surname.keys, &contacts.surname.keys),
            addresses,
        }
    }

    pub fn person(&self, record: u32) -> u32 {
        let person = self.person.get(record as usize);
        person.copied().unwrap_or(NO_PERSON)
    }

    fn knows(&self, record: u32, address: u32) -> bool {
        let own = self.ledger.contacts.address.get(record);
        if own != NONE && (address == NONE || address == own) {
            return true;
        }
        let pair = pair(self.person(record), address);
        self.addresses
            .find(hash(pair), |one| *one == pair)
            .is_some()
    }

    /// Whether a recipient's place is one of the orderer's; `None` when either is unknown.
    pub fn is_at_home(&self, record: u32, recipient: u32) -> Option<bool> {
        if record == NONE || recipient == NONE {
            return None;
        }
        let address = self.ledger.recipients.address.get(recipient);
        if address != NONE && self.knows(record, NONE) {
            let own = at(&self.address, address);
            return Some(own != NONE && self.knows(record, own));
        }
        // Rakuten tells the orderer's prefecture alone.
        let there = self.prefecture.get(recipient as usize).copied();
        let there = there.filter(|there| *there != NO_PREFECTURE)?;
        let here = prefecture(&self.ledger.contacts.contact(record));
        (here != NO_PREFECTURE && here != there).then_some(false)
    }

    /// Whether a recipient and the orderer share their phone.
    pub fn shares_phone(&self, record: u32, recipient: u32) -> bool {
        let phone = at(&self.phone, self.ledger.recipients.phone.get(recipient));
        phone != NONE && phone == self.ledger.contacts.phone.get(record)
    }

    /// Whether a recipient and the orderer share their family name; `None` when that cannot be
    /// told.
    pub fn shares_surname(&self, record: u32, recipient: u32) -> Option<bool> {
        if record == NONE || recipient == NONE {
            return None;
        }
        let (contacts, recipients) = (&self.ledger.contacts, &self.ledger.recipients);
        let ours = contacts.surname.get(record);
        let theirs = recipients.surname.get(recipient);
        if ours != NONE && ours == at(&self.surname, theirs) {
            return Some(true);
        }
        let text = |key: Option<Key<'a>>| match key {
            Some(Key::Text(text)) => text,
            _ => "",
        };
        let (a, b) = (
            contacts.surname.keys.get(ours),
            recipients.surname.keys.get(theirs),
        );
        let (a, b) = (text(a), text(b));
        let is_kana = |text: &str| text.starts_with(|c| matches!(c, 'ァ'..='ヶ'));
        if !a.is_empty() && !b.is_empty() && is_kana(a) == is_kana(b) {
            return Some(false);
        }
        let a = (
            a,
            text(contacts.name.keys.get(contacts.name.get(record))),
            text(contacts.kana.keys.get(contacts.kana.get(record))),
        );
        let b = (
            b,
            text(recipients.name.keys.get(recipients.name.get(recipient))),
            text(recipients.kana.keys.get(recipients.kana.get(recipient))),
        );
        same_family(a, b).or_else(|| same_family(b, a))
    }
}

/// Whether the names (family name, whole name, whole name in kana) are of one family, as far as
/// one tells it of the other.
fn same_family(ours: (&str, &str, &str), theirs: (&str, &str, &str)) -> Option<bool> {
    let (surname, name, kana) = ours;
    let (_, their_name, their_kana) = theirs;
    let is_kana = surname.starts_with(|c| matches!(c, 'ァ'..='ヶ'));
    let whole = if is_kana { their_kana } else { their_name };
    if !surname.is_empty() && !whole.is_empty() {
        return Some(whole.starts_with(surname));
    }
    if !name.is_empty() && !their_name.is_empty() {
        if name == their_name {
            return Some(true);
        }
        return (name.chars().next() != their_name.chars().next()).then_some(false);
    }
    (!kana.is_empty() && kana == their_kana).then_some(true)
}
