//! Contacts: under what names, addresses and numbers people ordered.
//!
//! A *record* is one distinct contact. Its texts are kept once, its matching keys as dense ids:
//! identity resolution reads these columns and nothing else.

use std::cmp::Ordering;
use std::collections::TryReserveError;

use crate::identity::normalise;
use crate::keys::{Key, Keys, NONE, make_room};

/// Writes a matching key into a buffer; false when the text has none.
type MakeKey = fn(&str, &mut String) -> bool;

/// Separates the parts of a joined contact; no reader lets it through.
const PART: char = '\u{1f}';
/// A value with this mark is an opaque key, such as a hash: compared as it is, never normalised.
const OPAQUE: char = '#';
/// Stands between a key that means somebody only within one shop, and that shop.
pub const WITHIN: char = '#';

/// A contact as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact<'a> {
    /// The cart's customer number.
    pub customer_id: Option<&'a str>,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Phone number.
    pub phone: Option<&'a str>,
    /// Name.
    pub name: Option<&'a str>,
    /// Name in kana.
    pub name_kana: Option<&'a str>,
    /// Company.
    pub company: Option<&'a str>,
    /// Postcode.
    pub postal: Option<&'a str>,
    /// 都道府県.
    pub prefecture: Option<&'a str>,
    /// The rest of the address.
    pub address: Option<&'a str>,
    /// Birth date.
    pub birth: Option<&'a str>,
    /// Consent to advertising mail.
    pub mail_consent: Option<bool>,
}

impl<'a> Contact<'a> {
    fn parts(&self) -> [Option<&'a str>; 10] {
        [
            self.customer_id,
            self.email,
            self.phone,
            self.name,
            self.name_kana,
            self.company,
            self.postal,
            self.prefecture,
            self.address,
            self.birth,
        ]
    }

    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(Option::is_none) && self.mail_consent.is_none()
    }

    fn join(&self, shop: Option<Key<'_>>, out: &mut String) {
        out.clear();
        for part in self.parts() {
            out.push_str(part.unwrap_or_default());
            out.push(PART);
        }
        out.push_str(match self.mail_consent {
            None => "",
            Some(false) => "0",
            Some(true) => "1",
        });
        if let Some(shop) = shop {
            out.push(PART);
            out.push_str(&shop.to_string());
        }
    }

    fn split(joined: &'a str) -> Self {
        let mut parts = joined.split(PART);
        let mut next = || parts.next().filter(|part| !part.is_empty());
        Contact {
            customer_id: next(),
            email: next(),
            phone: next(),
            name: next(),
            name_kana: next(),
            company: next(),
            postal: next(),
            prefecture: next(),
            address: next(),
            birth: next(),
            mail_consent: next().map(|flag| flag == "1"),
        }
    }
}

/// One kind of matching key: the keys, and each record's.
#[derive(Clone, Debug, Default)]
pub struct KeyOfRecords {
    /// Distinct keys.
    pub keys: Keys,
    /// Key id of each record; shorter than the records when the later ones have none.
    pub of_record: Vec<u32>,
}

impl KeyOfRecords {
    /// The key id of `record`, or NONE.
    #[inline]
    pub fn get(&self, record: u32) -> u32 {
        self.of_record.get(record as usize).copied().unwrap_or(NONE)
    }

    #[inline]
    fn set(&mut self, record: u32, id: u32) {
        if id == NONE {
            return;
        }
        let index = record as usize;
        if index >= self.of_record.len() {
            self.of_record.resize(index, NONE);
            self.of_record.push(id);
        } else if let Some(place) = self.of_record.get_mut(index) {
            *place = id;
        }
    }
}

/// All contacts of a shop.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// A customer number names somebody only within the shop of its order: each cart counts from
    /// 1. Holds for what is added from then on.
    pub numbers_by_shop: bool,
    count: u32,
    /// Joined texts.
    texts: Keys,
    /// Record of each joined text.
    record_of_text: Vec<u32>,
    /// Joined text of each record, or NONE.
    text_of_record: Vec<u32>,
    /// The cart's customer numbers.
    pub customer_id: KeyOfRecords,
    /// E-mail keys.
    pub email: KeyOfRecords,
    /// Phone keys.
    pub phone: KeyOfRecords,
    /// Kana name keys.
    pub kana: KeyOfRecords,
    /// Keys of the given name in kana, where it is known apart.
    pub given_kana: KeyOfRecords,
    /// Keys of the family name, where it is known apart.
    pub surname: KeyOfRecords,
    /// Name keys.
    pub name: KeyOfRecords,
    /// Keys of postcode and address up to the house number.
    pub address: KeyOfRecords,
    /// Keys of the room behind the house number.
    pub room: KeyOfRecords,
    /// Birth dates.
    pub birth: KeyOfRecords,
    /// Company keys.
    pub company: KeyOfRecords,
    /// Records of bare numbers that are expected.
    expected: usize,
    joined: String,
    key: String,
}

/// How long the columns of contacts are.
#[derive(Clone, Debug, Default)]
pub(super) struct Lengths {
    count: u32,
    texts: usize,
    keys: [usize; 11],
}

impl Contacts {
    /// All keys, in the order in which contacts are compared.
    pub fn columns(&self) -> [&KeyOfRecords; 11] {
        [
            &self.kana,
            &self.name,
            &self.customer_id,
            &self.email,
            &self.phone,
            &self.address,
            &self.room,
            &self.birth,
            &self.company,
            &self.given_kana,
            &self.surname,
        ]
    }

    /// The order of two records by their keys: the same whatever was loaded when, and equal for
    /// records that no key tells apart.
    pub fn compare(&self, a: u32, b: u32) -> Ordering {
        let differs = |of: &KeyOfRecords| of.keys.get(of.get(a)).cmp(&of.keys.get(of.get(b)));
        let mut all = self.columns().into_iter().map(differs);
        all.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    pub(super) fn lengths(&self) -> Lengths {
        Lengths {
            count: self.count,
            texts: self.texts.len(),
            keys: self.columns().map(|of_records| of_records.keys.len()),
        }
    }

    /// Forgets the records and keys beyond `lengths`.
    pub(super) fn truncate(&mut self, lengths: &Lengths) {
        self.count = lengths.count;
        self.texts.truncate(lengths.texts);
        self.record_of_text.truncate(lengths.texts);
        self.text_of_record.truncate(lengths.count as usize);
        let columns = [
            &mut self.kana,
            &mut self.name,
            &mut self.customer_id,
            &mut self.email,
            &mut self.phone,
            &mut self.address,
            &mut self.room,
            &mut self.birth,
            &mut self.company,
            &mut self.given_kana,
            &mut self.surname,
        ];
        for (of_records, keys) in columns.into_iter().zip(lengths.keys) {
            of_records.keys.truncate(keys);
            of_records.of_record.truncate(lengths.count as usize);
        }
    }

    /// None yet; customer numbers are read as told.
    pub fn new(numbers_by_shop: bool) -> Self {
        Contacts {
            numbers_by_shop,
            ..Contacts::default()
        }
    }

    /// How many records there are.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Remembers that about `records` more records will come, for keys that are not yet in use.
    pub fn expect(&mut self, records: usize) {
        self.expected = records;
    }

    /// New records of bare numbers (customer number, e-mail, phone; an absent column has none at
    /// all), one for each of `rows` that has any; NONE for the others. Such records are not looked
    /// up: a number is soon compared.
    ///
    /// # Errors
    /// When there is no memory for them; then nothing was added.
    pub fn add_numbers(
        &mut self,
        rows: usize,
        numbers: &[Vec<Option<u64>>; 3],
    ) -> Result<Vec<u32>, TryReserveError> {
        let mut of_records = [&mut self.customer_id, &mut self.email, &mut self.phone];
        for (of_records, column) in of_records.iter_mut().zip(numbers) {
            if of_records.keys.is_empty() && !column.is_empty() {
                // A third as many buyers as orders, until the orders tell otherwise.
                of_records.keys.reserve(self.expected / 3)?;
                make_room(&mut of_records.of_record, self.expected)?;
            }
            of_records.keys.reserve(column.len())?;
            make_room(&mut of_records.of_record, column.len())?;
        }
        // Marked first, then numbered.
        let mut records = vec![NONE; rows];
        for column in numbers {
            for (record, number) in records.iter_mut().zip(column) {
                *record = if number.is_some() { 0 } else { *record };
            }
        }
        for record in records.iter_mut().filter(|record| **record != NONE) {
            *record = self.count;
            self.count += 1;
        }
        let mut ids = Vec::new();
        for (of_records, column) in of_records.into_iter().zip(numbers) {
            of_records.keys.intern_ints(column, &mut ids);
            for (record, id) in records.iter().zip(&ids) {
                if *record != NONE {
                    of_records.set(*record, *id);
                }
            }
        }
        Ok(records)
    }

    /// The record of a contact, new if it was not known; NONE for an empty one. `shop` is that of
    /// the order, if it says.
    pub fn add(&mut self, contact: &Contact<'_>, shop: Option<Key<'_>>) -> u32 {
        if contact.is_empty() {
            return NONE;
        }
        let numbered = self.numbers_by_shop && contact.customer_id.is_some();
        let mut joined = std::mem::take(&mut self.joined);
        contact.join(shop.filter(|_| numbered), &mut joined);
        let text = self.texts.intern_text(&joined);
        self.joined = joined;
        if let Some(&record) = self.record_of_text.get(text as usize) {
            return record;
        }
        let record = self.count;
        self.count += 1;
        self.record_of_text.push(record);
        self.text_of_record.resize(record as usize, NONE);
        self.text_of_record.push(text);
        self.set_keys(record, contact, shop);
        record
    }

    fn set_keys(&mut self, record: u32, contact: &Contact<'_>, shop: Option<Key<'_>>) {
        let mut key = std::mem::take(&mut self.key);
        if let Some(id) = contact.customer_id {
            let known = opaque_key(id.strip_prefix(OPAQUE).unwrap_or(id), &mut key);
            if known
                && self.numbers_by_shop
                && let Some(shop) = shop
            {
                key.push(WITHIN);
                key.push_str(&shop.to_string());
            }
            if known {
                intern(&mut self.customer_id, record, &key);
            }
        }
        if let Some(email) = contact.email {
            let known = match email.strip_prefix(OPAQUE) {
                Some(opaque) => opaque_key(opaque, &mut key),
                None => normalise::email_key(email, &mut key),
            };
            if known {
                // A mall's masked address means somebody only within that mall.
                if normalise::is_masked_address(&key) {
                    key.push(WITHIN);
                    if let Some(shop) = shop {
                        key.push_str(&shop.to_string());
                    }
                }
                intern(&mut self.email, record, &key);
            }
        }
        if let Some(phone) = contact.phone {
            let known = match phone.strip_prefix(OPAQUE) {
                Some(opaque) => opaque_key(opaque, &mut key),
                None => normalise::phone_key(phone, &mut key),
            };
            if known {
                intern(&mut self.phone, record, &key);
            }
        }
        let plain: [(_, _, MakeKey); 6] = [
            (&mut self.kana, contact.name_kana, normalise::kana_key),
            (
                &mut self.given_kana,
                contact.name_kana,
                normalise::given_kana_key,
            ),
            (&mut self.name, contact.name, normalise::name_key),
            (&mut self.company, contact.company, normalise::company_key),
            (&mut self.birth, contact.birth, normalise::birth_key),
            (&mut self.room, contact.address, normalise::room_key),
        ];
        for (of_records, part, make) in plain {
            if part.is_some_and(|part| make(part, &mut key)) {
                intern(of_records, record, &key);
            }
        }
        let has_surname = |name: Option<&str>, key: &mut String| {
            name.is_some_and(|name| normalise::surname_key(name, key))
        };
        if has_surname(contact.name_kana, &mut key) || has_surname(contact.name, &mut key) {
            intern(&mut self.surname, record, &key);
        }
        if let (Some(postal), Some(address)) = (contact.postal, contact.address) {
            let prefecture = contact.prefecture.unwrap_or_default();
            if normalise::postal_address_key(postal, prefecture, address, &mut key) {
                intern(&mut self.address, record, &key);
            }
        }
        self.key = key;
    }

    /// Whether two records are one, or bare numbers of which each is the same.
    pub fn are_alike(&self, a: u32, b: u32) -> bool {
        let is_bare = |record: u32| {
            let text = self.text_of_record.get(record as usize);
            text.is_none_or(|text| *text == NONE)
        };
        let same = |of: &KeyOfRecords| of.get(a) == of.get(b);
        let numbers = [&self.customer_id, &self.email, &self.phone];
        a == b || (is_bare(a) && is_bare(b) && numbers.into_iter().all(same))
    }

    /// The shop whose customer number a record has, where numbers are told apart by shop.
    pub fn shop(&self, record: u32) -> Option<&str> {
        let text = self.text_of_record.get(record as usize).copied();
        match self.texts.get(text.unwrap_or(NONE)) {
            Some(Key::Text(joined)) => joined.split(PART).nth(11),
            _ => None,
        }
    }

    /// The contact of a record as typed; numbers alone have no text.
    pub fn contact(&self, record: u32) -> Contact<'_> {
        let text = self
            .text_of_record
            .get(record as usize)
            .copied()
            .unwrap_or(NONE);
        match self.texts.get(text) {
            Some(Key::Text(joined)) => Contact::split(joined),
            _ => Contact::default(),
        }
    }
}

fn opaque_key(opaque: &str, key: &mut String) -> bool {
    key.clear();
    key.push_str(opaque.trim());
    !key.is_empty()
}

fn intern(of_records: &mut KeyOfRecords, record: u32, key: &str) {
    let id = of_records.keys.intern(Key::of(key));
    of_records.set(record, id);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(id: &str) -> Contact<'_> {
        Contact {
            customer_id: Some(id),
            ..Contact::default()
        }
    }

    #[test]
    fn a_number_means_somebody_within_its_shop() {
        let shops = [Some(Key::Text("honten")), Some(Key::Int(2)), None];
        let add = |contacts: &mut Contacts, id| {
            shops.map(|shop| {
                let record = contacts.add(&numbered(id), shop);
                contacts.customer_id.get(record)
            })
        };
        let mut apart = Contacts::new(true);
        let [honten, two, none] = add(&mut apart, "17");
        assert!(honten != two && two != none && honten != none);
        assert_eq!(
            apart.customer_id.keys.get(honten),
            Some(Key::Text("17#honten"))
        );
        assert_eq!(apart.customer_id.keys.get(none), Some(Key::Int(17)));
        // A number that a file wrote as a number is the same one.
        assert_eq!(add(&mut apart, "#17"), [honten, two, none]);
        let mut together = Contacts::default();
        let [honten, two, none] = add(&mut together, "17");
        assert!(honten == two && two == none);
    }

    #[test]
    fn a_blank_is_no_number() {
        let mut contacts = Contacts::default();
        for blank in [" ", "\u{3000}", "#"] {
            let record = contacts.add(&numbered(blank), None);
            assert_eq!(contacts.customer_id.get(record), NONE, "{blank:?}");
        }
    }
}
