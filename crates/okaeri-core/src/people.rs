//! The people behind the contacts, and the key by which each is named.
//!
//! A person's key depends on the person's contacts alone: not on what else was loaded, nor on
//! the order of loading, so that shards and later loads name people alike.

use crate::identity::{self, Blocklist, Column, NO_PERSON, People, Records, Rule};
use crate::keys::{Key, NONE};
use crate::ledger::contacts::{Contacts, KeyOfRecords};

/// Of what kind a person's key is, strongest first.
const KINDS: [&str; 4] = ["", "mail:", "tel:", "addr:"];

/// Kind and key id of each person; the smallest key of the strongest kind.
#[derive(Clone, Debug, Default)]
pub struct PersonKeys {
    kind_and_id: Vec<(u8, u32)>,
}

fn column(contacts: &Contacts, kind: u8) -> &KeyOfRecords {
    match kind {
        0 => &contacts.customer_id,
        1 => &contacts.email,
        2 => &contacts.phone,
        _ => &contacts.address,
    }
}

fn strongest(contacts: &Contacts, record: u32) -> Option<(u8, u32)> {
    (0..KINDS.len() as u8)
        .map(|kind| (kind, column(contacts, kind).get(record)))
        .find(|(_, id)| *id != NONE)
}

impl PersonKeys {
    /// The keys of all people.
    pub fn of(contacts: &Contacts, people: &People) -> Self {
        let mut kind_and_id = vec![(u8::MAX, NONE); people.count as usize];
        for (record, person) in people.person.iter().enumerate() {
            if *person == NO_PERSON {
                continue;
            }
            let Some(place) = kind_and_id.get_mut(*person as usize) else {
                continue;
            };
            let Some(found) = strongest(contacts, record as u32) else {
                continue;
            };
            if *place == found || found.0 > place.0 {
                continue;
            }
            let keys = &column(contacts, found.0).keys;
            if found.0 < place.0 || keys.get(found.1) < keys.get(place.1) {
                *place = found;
            }
        }
        PersonKeys { kind_and_id }
    }

    fn raw<'a>(&self, contacts: &'a Contacts, person: u32) -> Option<(u8, Key<'a>)> {
        let (kind, id) = *self.kind_and_id.get(person as usize)?;
        column(contacts, kind).keys.get(id).map(|key| (kind, key))
    }

    /// The key of a person, as answers show it.
    pub fn text(&self, contacts: &Contacts, person: u32) -> String {
        match self.raw(contacts, person) {
            Some((kind, key)) => {
                format!(
                    "{}{key}",
                    KINDS.get(kind as usize).copied().unwrap_or_default()
                )
            }
            None => String::new(),
        }
    }

    /// By what ties between people are settled.
    pub fn tie(&self, contacts: &Contacts, person: u32) -> Tie {
        self.raw(contacts, person)
            .map_or(Tie(u8::MAX, true, 0), |(kind, key)| {
                let (is_text, number) = key.tie();
                Tie(kind, is_text, number)
            })
    }

    /// The person with this key.
    pub fn find(&self, contacts: &Contacts, key: &str) -> Option<u32> {
        (0..KINDS.len() as u8).rev().find_map(|kind| {
            let rest = key.strip_prefix(KINDS.get(kind as usize).copied()?)?;
            let id = column(contacts, kind).keys.find(Key::of(rest))?;
            let person = self
                .kind_and_id
                .iter()
                .position(|found| *found == (kind, id))?;
            Some(person as u32)
        })
    }
}

/// Settles ties: kind, then whole numbers ascending, then texts by a fixed hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie(pub u8, pub bool, pub u64);

/// Ids of the keys that `is_listed` finds on the blocklist.
fn blocked(of_records: &KeyOfRecords, is_listed: impl Fn(&str) -> bool) -> Vec<u32> {
    (0..of_records.keys.len() as u32)
        .filter(|id| {
            of_records
                .keys
                .get(*id)
                .is_some_and(|key| is_listed(&key.to_string()))
        })
        .collect()
}

/// Who is who, by `rule`; `blocklist` as in the settings.
pub fn resolve(contacts: &Contacts, rule: Rule, blocklist: &[String]) -> People {
    let list = Blocklist::new(blocklist);
    let [mut customer_ids, mut emails, mut phones] = [const { Vec::new() }; 3];
    if !list.is_empty() {
        customer_ids = blocked(&contacts.customer_id, |key| list.has_customer_id(key));
        emails = blocked(&contacts.email, |key| list.has_email(key));
        phones = blocked(&contacts.phone, |key| list.has_phone(key));
    }
    fn column<'a>(of_records: &'a KeyOfRecords, blocked: &'a [u32]) -> Column<'a> {
        let count = of_records.keys.len() as u32;
        Column {
            ids: &of_records.of_record,
            count,
            blocked,
        }
    }
    let records = Records {
        count: contacts.len(),
        customer_id: column(&contacts.customer_id, &customer_ids),
        email: column(&contacts.email, &emails),
        phone: column(&contacts.phone, &phones),
        kana: column(&contacts.kana, &[]),
        given_kana: column(&contacts.given_kana, &[]),
        surname: column(&contacts.surname, &[]),
        name: column(&contacts.name, &[]),
        address: column(&contacts.address, &[]),
        room: column(&contacts.room, &[]),
        birth: column(&contacts.birth, &[]),
        company: column(&contacts.company, &[]),
    };
    identity::resolve(&records, rule, &[])
}
