//! Typed contacts to records, as the ledger does it.

use std::cmp::Ordering;

use super::super::*;
use crate::identity::records::NONE;
use crate::keys::{Key, Keys};

/// A contact as typed; empty is absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    pub customer_id: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
    pub kana: &'a str,
    pub name: &'a str,
    pub company: &'a str,
    pub postal: &'a str,
    pub address: &'a str,
    pub birth: &'a str,
    /// Who it is, where a test knows.
    pub mark: usize,
}

#[derive(Default)]
pub struct Interned {
    keys: Keys,
    ids: Vec<u32>,
}

impl Interned {
    fn push(&mut self, key: &str) {
        let id = if key.is_empty() {
            NONE
        } else {
            self.keys.intern(Key::of(key))
        };
        self.ids.push(id);
    }

    fn column(&self) -> Column<'_> {
        Column {
            ids: &self.ids,
            count: self.keys.len() as u32,
            blocked: &[],
        }
    }
}

#[derive(Default)]
pub struct Shop {
    count: u32,
    customer_id: Interned,
    email: Interned,
    phone: Interned,
    kana: Interned,
    pub given_kana: Interned,
    surname: Interned,
    name: Interned,
    address: Interned,
    room: Interned,
    pub birth: Interned,
    company: Interned,
}

impl Shop {
    pub fn of(contacts: &[Typed<'_>]) -> Self {
        let mut shop = Shop {
            count: contacts.len() as u32,
            ..Shop::default()
        };
        let mut key = String::new();
        for contact in contacts {
            shop.customer_id.push(contact.customer_id);
            normalise::email_key(contact.email, &mut key);
            shop.email.push(&key);
            normalise::phone_key(contact.phone, &mut key);
            shop.phone.push(&key);
            normalise::kana_key(contact.kana, &mut key);
            shop.kana.push(&key);
            normalise::given_kana_key(contact.kana, &mut key);
            shop.given_kana.push(&key);
            if !normalise::surname_key(contact.kana, &mut key) {
                normalise::surname_key(contact.name, &mut key);
            }
            shop.surname.push(&key);
            normalise::name_key(contact.name, &mut key);
            shop.name.push(&key);
            normalise::postal_address_key(contact.postal, "", contact.address, &mut key);
            shop.address.push(&key);
            normalise::room_key(contact.address, &mut key);
            shop.room.push(&key);
            normalise::birth_key(contact.birth, &mut key);
            shop.birth.push(&key);
            normalise::company_key(contact.company, &mut key);
            shop.company.push(&key);
        }
        shop
    }

    pub fn records(&self) -> Records<'_> {
        Records {
            count: self.count,
            customer_id: self.customer_id.column(),
            email: self.email.column(),
            phone: self.phone.column(),
            kana: self.kana.column(),
            given_kana: self.given_kana.column(),
            surname: self.surname.column(),
            name: self.name.column(),
            address: self.address.column(),
            room: self.room.column(),
            birth: self.birth.column(),
            company: self.company.column(),
        }
    }

    /// The order of two records by their keys.
    pub fn compare(&self, a: u32, b: u32) -> Ordering {
        let columns = [
            &self.name,
            &self.kana,
            &self.customer_id,
            &self.email,
            &self.phone,
            &self.address,
            &self.room,
            &self.birth,
            &self.company,
            &self.given_kana,
            &self.surname,
        ];
        let key = |column: &Interned, record: u32| {
            let id = column.ids.get(record as usize).copied().unwrap_or(NONE);
            column.keys.get(id).map(|key| key.to_string())
        };
        let orders = columns.map(|column| key(column, a).cmp(&key(column, b)));
        orders.into_iter().fold(Ordering::Equal, Ordering::then)
    }

    /// How many values of a column one person has.
    pub fn distinct(&self, column: &Interned, person: &[u32], of: u32) -> usize {
        let mut ids: Vec<u32> = column
            .ids
            .iter()
            .zip(person)
            .filter(|(id, person)| **id != NONE && **person == of)
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}

/// The partition as sorted groups of marks; guests apart.
pub fn groups(contacts: &[Typed<'_>], people: &People) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); people.count as usize + 1];
    for (contact, person) in contacts.iter().zip(&people.person) {
        let place = if *person == NO_PERSON {
            people.count
        } else {
            *person
        };
        if let Some(group) = groups.get_mut(place as usize) {
            group.push(contact.mark);
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// A fixed sequence of throws (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// A number below `sides`; 0 when there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ x >> 31) % sides.max(1) as u64) as usize
    }

    /// True in `percent` of 100 throws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len()))
            .copied()
            .unwrap_or_default()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
