//! The people behind the contacts, and the key by which each is named.
//!
//! A person's key depends on the person's contacts alone: not on what else was loaded, nor on
//! the order of loading, so that shards and later loads name people alike.

use crate::identity::{
    self, Blocklist, Column, Forest, Judgement, Judgements, NO_PERSON, People, Records, Rule,
};
use crate::keys::{Key, NONE};
use crate::ledger::contacts::{Contacts, KeyOfRecords, WITHIN};
use crate::order::{sort_numbers, sorted};

/// Of what kind a person's key is, strongest first.
const KINDS: [&str; 4] = ["", "mail:", "tel:", "addr:"];

/// Kind and key id of each person; the smallest key of the strongest kind. People who share it
/// (a couple with one address, kept apart by their names) are counted: `mail:y@example.jp~2`.
#[derive(Clone, Debug, Default)]
pub struct PersonKeys {
    kind_and_id: Vec<(u8, u32)>,
    /// Place of each person among those who share the key, from 2, by person; others are not in it.
    places: Vec<(u32, u32)>,
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
        let places = places(contacts, people, &kind_and_id);
        PersonKeys {
            kind_and_id,
            places,
        }
    }

    fn place(&self, person: u32) -> Option<u32> {
        let place = self.places.binary_search_by_key(&person, |(of, _)| *of);
        place
            .ok()
            .and_then(|at| self.places.get(at))
            .map(|(_, place)| *place)
    }

    fn raw<'a>(&self, contacts: &'a Contacts, person: u32) -> Option<(u8, Key<'a>)> {
        let (kind, id) = *self.kind_and_id.get(person as usize)?;
        column(contacts, kind).keys.get(id).map(|key| (kind, key))
    }

    /// The key of a person, as answers show it.
    pub fn text(&self, contacts: &Contacts, person: u32) -> String {
        let Some((kind, key)) = self.raw(contacts, person) else {
            return String::new();
        };
        let kind = KINDS.get(kind as usize).copied().unwrap_or_default();
        match self.place(person) {
            Some(place) => format!("{kind}{key}~{place}"),
            None => format!("{kind}{key}"),
        }
    }

    /// By what ties between people are settled.
    pub fn tie(&self, contacts: &Contacts, person: u32) -> Tie {
        let place = self.place(person).unwrap_or_default();
        self.raw(contacts, person)
            .map_or(Tie(u8::MAX, true, 0, place), |(kind, key)| {
                let (is_text, number) = key.tie();
                Tie(kind, is_text, number, place)
            })
    }

    /// The person with this key.
    pub fn find(&self, contacts: &Contacts, key: &str) -> Option<u32> {
        self.find_at(contacts, key, None).or_else(|| {
            let (key, place) = key.rsplit_once('~')?;
            self.find_at(contacts, key, Some(place.parse().ok()?))
        })
    }

    fn find_at(&self, contacts: &Contacts, key: &str, place: Option<u32>) -> Option<u32> {
        (0..KINDS.len() as u8).rev().find_map(|kind| {
            let rest = key.strip_prefix(KINDS.get(kind as usize).copied()?)?;
            let id = column(contacts, kind).keys.find(Key::of(rest))?;
            let found = self.kind_and_id.iter().enumerate().find(|(person, found)| {
                **found == (kind, id) && self.place(*person as u32) == place
            });
            found.map(|(person, _)| person as u32)
        })
    }
}

/// For each person the first of the people from whom it must not be parted, so that a part of the
/// shop says the same of them as the whole: those whom evidence connects, those who share a key
/// (their places are told by comparing them), those who share an e-mail (a plan writes to an
/// address once), and the `pairs`.
pub fn inseparable(
    contacts: &Contacts,
    people: &People,
    keys: &PersonKeys,
    pairs: &[(u32, u32)],
) -> Vec<u32> {
    let mut forest = Forest::new(people.count);
    for (person, kin) in (0u32..).zip(&people.kin) {
        forest.join(person, *kin);
    }
    for (a, b) in pairs {
        forest.join(*a, *b);
    }
    for kind in 0..KINDS.len() as u8 {
        let of_kind = keys
            .kind_and_id
            .iter()
            .map(|(of, id)| if *of == kind { *id } else { NONE });
        let of_kind: Vec<u32> = of_kind.collect();
        forest.join_by(&of_kind, column(contacts, kind).keys.len() as u32);
    }
    let mut first = vec![NO_PERSON; contacts.email.keys.len()];
    for (person, email) in people.person.iter().zip(&contacts.email.of_record) {
        match first.get_mut(*email as usize) {
            _ if *person == NO_PERSON => {}
            Some(place) if *place == NO_PERSON => *place = *person,
            Some(place) => forest.join(*place, *person),
            None => {}
        }
    }
    (0..people.count)
        .map(|person| forest.root(person))
        .collect()
}

/// Places of those who share a key with others: by kana, then name, then the contact that is first
/// by its keys. By person, ascending; who comes first has none.
fn places(contacts: &Contacts, people: &People, keys: &[(u8, u32)]) -> Vec<(u32, u32)> {
    let mut owners: Vec<Vec<u32>> = (0..KINDS.len() as u8)
        .map(|kind| vec![NONE; column(contacts, kind).keys.len()])
        .collect();
    let mut shares = vec![false; keys.len()];
    for (person, (kind, id)) in keys.iter().enumerate() {
        let owner = owners
            .get_mut(*kind as usize)
            .and_then(|of| of.get_mut(*id as usize));
        match owner {
            Some(owner) if *owner == NONE => *owner = person as u32,
            Some(owner) => {
                for person in [*owner as usize, person] {
                    if let Some(shares) = shares.get_mut(person) {
                        *shares = true;
                    }
                }
            }
            None => {}
        }
    }
    let sharers: Vec<u32> = (0u32..)
        .zip(&shares)
        .filter_map(|(person, shares)| shares.then_some(person))
        .collect();
    // The smallest kana, name and contact under which each of them ordered.
    let mut names = vec![(None, None, NONE); sharers.len()];
    for (record, person) in (0u32..).zip(&people.person) {
        if shares.get(*person as usize) != Some(&true) {
            continue;
        }
        let place = sharers.binary_search(person).ok();
        let Some((kana, name, first)) = place.and_then(|place| names.get_mut(place)) else {
            continue;
        };
        for (least, of) in [(kana, &contacts.kana), (name, &contacts.name)] {
            let found = of.keys.get(of.get(record));
            if found.is_some_and(|found| least.is_none_or(|least| found < least)) {
                *least = found;
            }
        }
        if *first == NONE || contacts.compare(record, *first).is_lt() {
            *first = record;
        }
    }
    let key = |at: usize| {
        sharers
            .get(at)
            .and_then(|person| keys.get(*person as usize))
    };
    let name = |at: usize| names.get(at).copied().unwrap_or((None, None, NONE));
    let order = sorted((0..sharers.len()).collect(), |a, b| {
        let ((a_kana, a_name, a_first), (b_kana, b_name, b_first)) = (name(*a), name(*b));
        let by_names = (key(*a), a_kana, a_name).cmp(&(key(*b), b_kana, b_name));
        by_names.then_with(|| contacts.compare(a_first, b_first))
    });
    let (mut places, mut before, mut place) = (Vec::new(), None, 0);
    for at in order {
        place = if key(at) == before { place + 1 } else { 1 };
        before = key(at);
        if place > 1 {
            places.extend(sharers.get(at).map(|person| (*person, place)));
        }
    }
    sort_numbers(&mut places, |(person, _)| person.into());
    places
}

/// Settles ties: kind, then whole numbers ascending, then texts by a fixed hash, then the place
/// among people who share the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie(pub u8, pub bool, pub u64, pub u32);

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

/// Who is who, by `rule` and by what was judged; `blocklist` as in the settings. `linked`: with the
/// links that joined them.
pub fn resolve(
    contacts: &Contacts,
    rule: Rule,
    blocklist: &[String],
    judgements: &[Judgement],
    linked: bool,
) -> People {
    let list = Blocklist::new(blocklist);
    let [mut customer_ids, mut emails, mut phones] = [const { Vec::new() }; 3];
    if !list.is_empty() {
        let bare = |key: &str| key.rsplit_once(WITHIN).map(|(number, _)| number.to_owned());
        customer_ids = blocked(&contacts.customer_id, |key| {
            list.has_customer_id(key) || bare(key).is_some_and(|key| list.has_customer_id(&key))
        });
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
    let judgements = Judgements {
        list: judgements,
        compare: &|a, b| contacts.compare(a, b),
    };
    if linked {
        return identity::resolve_linked(&records, rule, judgements);
    }
    identity::resolve(&records, rule, judgements)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::contacts::Contact;

    #[test]
    fn a_couple_with_one_address_has_two_keys() {
        let mut contacts = Contacts::default();
        for (name, kana) in [
            ("山田 花子", "ヤマダ ハナコ"),
            ("山田 太郎", "ヤマダ タロウ"),
        ] {
            let contact = Contact {
                email: Some("y@example.jp"),
                name: Some(name),
                name_kana: Some(kana),
                ..Contact::default()
            };
            contacts.add(&contact, None);
        }
        let people = resolve(&contacts, Rule::Tiers, &[], &[], false);
        let keys = PersonKeys::of(&contacts, &people);
        assert_eq!(people.count, 2);
        let texts: Vec<String> = (0..2).map(|person| keys.text(&contacts, person)).collect();
        assert_eq!(texts, ["mail:y@example.jp~2", "mail:y@example.jp"]);
        assert_eq!(keys.find(&contacts, "mail:y@example.jp"), Some(1));
        assert_eq!(keys.find(&contacts, "mail:y@example.jp~2"), Some(0));
        assert_eq!(keys.find(&contacts, "mail:y@example.jp~3"), None);
    }

    #[test]
    fn a_blocked_number_is_blocked_in_every_shop() {
        let mut contacts = Contacts::new(true);
        let shop = Key::Text("mall");
        for email in ["a@example.jp", "b@example.jp"] {
            let contact = Contact {
                customer_id: Some("9999"),
                email: Some(email),
                ..Contact::default()
            };
            contacts.add(&contact, Some(shop));
        }
        let count = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|entry| (*entry).to_owned()).collect();
            resolve(&contacts, Rule::Tiers, &list, &[], false).count
        };
        assert_eq!(count(&[]), 1);
        assert_eq!(count(&["9999"]), 2);
        assert_eq!(count(&["9999#mall"]), 2);
        assert_eq!(count(&["9999#honten"]), 1);
    }
}
