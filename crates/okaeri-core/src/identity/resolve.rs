//! Contacts to people, by a rule.

use super::forest::Forest;
use super::link::{Evidence, Link};
use super::merging::Merging;
use super::records::{NONE, Records, id_at};
use super::review::review;
use super::tiers::{self, TierKeys};
use super::traits::Traits;

/// The person of a record without any key: a guest, whose orders are nobody's.
pub const NO_PERSON: u32 = u32::MAX;

/// How contacts are resolved to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The cart's customer number alone.
    CustomerId,
    /// The e-mail alone.
    Email,
    /// Next Engine's: the e-mail, or the phone of a contact that has no e-mail. Such a contact is
    /// never joined to one with an e-mail, whatever phone that has.
    EmailElsePhone,
    /// Contacts that share an e-mail or a phone, however many steps apart.
    EmailAndPhone,
    /// The evidence tiers, with blockers and a review list.
    Tiers,
}

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Person of each record, or [`NO_PERSON`]. People are numbered from 0 in the order of their
    /// smallest records.
    pub person: Vec<u32>,
    /// How many people there are.
    pub count: u32,
    /// For each person, the first of the people with whom it must be resolved: whoever resolves a
    /// part of the records gets the same people if it has all records of a kin, or none. Empty
    /// when each person is by itself, as under every rule but [`Rule::Tiers`].
    pub kin: Vec<u32>,
    /// The links that joined records: a person of n records has n - 1.
    pub links: Vec<Link>,
    /// Under [`Rule::Tiers`], pairs of different people who may be one.
    pub review: Vec<Link>,
    /// Contacts that were not compared for `review`: their key has too many people, or the list
    /// is full.
    pub review_left_out: u64,
}

/// Resolves `records` by `rule`. The two records of a pair in `dropped` are never one person:
/// dropping a link of an earlier answer takes it back, with all that it alone held together.
///
/// Linear in the records. The partition does not depend on the order of the records unless
/// something is dropped: then, of two chains of evidence that would join a dropped pair, the one
/// of the lower tier, and among equals of the earlier record, stands.
pub fn resolve(records: &Records<'_>, rule: Rule, dropped: &[(u32, u32)]) -> People {
    let n = records.count;
    match rule {
        Rule::CustomerId => {
            let keys = (records.customer_id.usable(n), records.customer_id.count);
            by_one_key(n, [(&keys.0, keys.1, 0, Evidence::CustomerId)], dropped)
        }
        Rule::Email => {
            let email = records.email.usable(n);
            by_one_key(
                n,
                [(&email, records.email.count, 1, Evidence::Email)],
                dropped,
            )
        }
        Rule::EmailElsePhone => {
            let (email, phone) = (records.email.usable(n), records.phone.usable(n));
            let keys = [
                (email.as_ref(), records.email.count, 1, Evidence::Email),
                (phone.as_ref(), records.phone.count, 2, Evidence::Phone),
            ];
            by_one_key(n, keys, dropped)
        }
        Rule::EmailAndPhone => {
            let (email, phone) = (records.email.usable(n), records.phone.usable(n));
            let mut merging = Merging::new(n, dropped);
            merging.join_by(&email, records.email.count, 1, Evidence::Email);
            merging.join_by(&phone, records.phone.count, 2, Evidence::Phone);
            number(merging, |record| {
                id_at(&email, record) != NONE || id_at(&phone, record) != NONE
            })
        }
        Rule::Tiers => by_tiers(records, dropped),
    }
}

/// Ids, how many there are, and what they prove.
type Keys<'a> = (&'a [u32], u32, u8, Evidence);

/// A record is of the person of its first key; every key is one person, so one pass is enough.
fn by_one_key<const N: usize>(n: u32, keys: [Keys<'_>; N], dropped: &[(u32, u32)]) -> People {
    let key_of = |record: u32| {
        let found = keys
            .iter()
            .zip(0usize..)
            .find(|((ids, ..), _)| id_at(ids, record) != NONE);
        found.map(|((ids, _, tier, evidence), kind)| (kind, id_at(ids, record), *tier, *evidence))
    };
    if !dropped.is_empty() {
        let mut merging = Merging::new(n, dropped);
        for (kind, (_, count, tier, evidence)) in keys.iter().enumerate() {
            let of_kind = |record| match key_of(record) {
                Some((first, id, ..)) if first == kind => id,
                _ => NONE,
            };
            let ids: Vec<u32> = (0..n).map(of_kind).collect();
            merging.join_by(&ids, *count, *tier, *evidence);
        }
        return number(merging, |record| key_of(record).is_some());
    }
    // Person and first record of each key.
    let mut seen = keys.map(|(_, count, ..)| vec![(NO_PERSON, NONE); count as usize]);
    let mut person = Vec::with_capacity(n as usize);
    let distinct = keys.first().map_or(0, |(_, count, ..)| *count);
    let mut links = Vec::with_capacity(n.saturating_sub(distinct) as usize);
    let mut count = 0;
    for b in 0..n {
        let found = key_of(b).and_then(|(kind, id, tier, evidence)| {
            seen.get_mut(kind)?
                .get_mut(id as usize)
                .map(|place| (place, tier, evidence))
        });
        let Some((place, tier, evidence)) = found else {
            person.push(NO_PERSON);
            continue;
        };
        let (known, a) = *place;
        if known == NO_PERSON {
            *place = (count, b);
            person.push(count);
            count += 1;
        } else {
            person.push(known);
            links.push(Link {
                a,
                b,
                tier,
                evidence,
                blocked_by: None,
            });
        }
    }
    People {
        person,
        count,
        links,
        ..People::default()
    }
}

fn by_tiers(records: &Records<'_>, dropped: &[(u32, u32)]) -> People {
    let n = records.count;
    let keys = TierKeys::of(records);
    let mut together = keys.together(n);
    let traits = Traits::of(records, &mut together);
    let mut merging = Merging::new(n, dropped);
    tiers::merge(records, &keys, &traits, &mut merging);
    let [customer_id, email, phone, kana, address] = [
        records.customer_id,
        records.email,
        records.phone,
        records.kana,
        records.address,
    ]
    .map(|column| column.usable(n));
    let mut people = number(merging, |record| {
        let has = |ids: &[u32]| id_at(ids, record) != NONE;
        has(&customer_id) || has(&email) || has(&phone) || (has(&kana) && has(&address))
    });
    people.kin = kin(&people, &mut together);
    (people.review, people.review_left_out) = review(
        records,
        keys,
        &traits,
        (&people.person, people.count),
        dropped,
    );
    people
}

/// The first person of each set of people that evidence connects, blocked or not.
fn kin(people: &People, together: &mut Forest) -> Vec<u32> {
    let mut first = vec![NO_PERSON; people.person.len()];
    let mut kin = vec![NO_PERSON; people.count as usize];
    for (record, person) in (0u32..).zip(&people.person) {
        let Some(place) = first.get_mut(together.root(record) as usize) else {
            continue;
        };
        let Some(of_person) = kin.get_mut(*person as usize) else {
            continue;
        };
        if *place == NO_PERSON {
            *place = *person;
        }
        *of_person = *place;
    }
    kin
}

/// Numbers the sets of the records that have a key.
fn number(mut merging: Merging<'_>, has_key: impl Fn(u32) -> bool) -> People {
    let count = merging.forest.len();
    let mut person = Vec::with_capacity(count as usize);
    let mut people = 0;
    for record in 0..count {
        let root = merging.forest.root(record);
        // The root is the smallest of its set and was numbered before.
        person.push(if !has_key(record) {
            NO_PERSON
        } else if root == record {
            people += 1;
            people - 1
        } else {
            id_at(&person, root)
        });
    }
    let links = merging.links;
    People {
        person,
        count: people,
        links,
        ..People::default()
    }
}
