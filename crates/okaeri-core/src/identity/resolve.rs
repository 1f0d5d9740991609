//! Contacts to people, by a rule.

use std::borrow::Cow;

use super::forest::Forest;
use super::judged::{Judged, Judgements};
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
    /// when each person is by itself, as under every rule but [`Rule::Tiers`] where nothing is
    /// judged.
    pub kin: Vec<u32>,
    /// The links that joined records, from [`resolve_linked`] alone: a person of n records has
    /// n - 1.
    pub links: Vec<Link>,
    /// Pairs that were judged to be two people, each by one record of either.
    pub apart: Vec<Link>,
    /// Under [`Rule::Tiers`], pairs of different people who may be one.
    pub review: Vec<Link>,
    /// Contacts that were not compared for `review`: their key has too many people, or the list
    /// is full.
    pub review_left_out: u64,
}

/// Resolves `records` by `rule`, and by what people judged about pairs of them.
///
/// Linear in the records, but for those around a judgement. The partition does not depend on the
/// order of the records: where a judgement keeps two chains of evidence apart, the one of the
/// lower tier stands, and among equals the one between the records that are more alike.
pub fn resolve(records: &Records<'_>, rule: Rule, judgements: Judgements<'_>) -> People {
    resolve_as(records, rule, judgements, false)
}

/// The same, with the links: they take as much memory as the contacts' keys, and are read of one
/// person at a time.
pub fn resolve_linked(records: &Records<'_>, rule: Rule, judgements: Judgements<'_>) -> People {
    resolve_as(records, rule, judgements, true)
}

fn resolve_as(
    records: &Records<'_>,
    rule: Rule,
    judgements: Judgements<'_>,
    linked: bool,
) -> People {
    let n = records.count;
    let customer_id = || {
        let keys = (records.customer_id.usable(n), records.customer_id.count);
        (keys.0, keys.1, 0, Evidence::CustomerId)
    };
    let email = || {
        let keys = (records.email.usable(n), records.email.count);
        (keys.0, keys.1, 1, Evidence::Email)
    };
    let phone = || {
        let keys = (records.phone.usable(n), records.phone.count);
        (keys.0, keys.1, 2, Evidence::Phone)
    };
    match rule {
        Rule::CustomerId => by_first_key(records, &[customer_id()], judgements, linked),
        Rule::Email => by_first_key(records, &[email()], judgements, linked),
        Rule::EmailElsePhone => by_first_key(records, &[email(), phone()], judgements, linked),
        Rule::EmailAndPhone => by_keys(records, &[email(), phone()], judgements, linked),
        Rule::Tiers => by_tiers(records, judgements, linked),
    }
}

/// Ids, how many there are, and what they prove.
type Keys<'a> = (Cow<'a, [u32]>, u32, u8, Evidence);

/// A record is of the person of its first key; every key is one person, so one pass is enough.
fn by_first_key(
    records: &Records<'_>,
    keys: &[Keys<'_>],
    judgements: Judgements<'_>,
    linked: bool,
) -> People {
    let key_of = |record: u32| {
        let found = keys
            .iter()
            .zip(0usize..)
            .find(|((ids, ..), _)| id_at(ids, record) != NONE);
        found.map(|((ids, _, tier, evidence), kind)| (kind, id_at(ids, record), *tier, *evidence))
    };
    let n = records.count;
    if !judgements.list.is_empty() {
        let firsts = keys
            .iter()
            .zip(0usize..)
            .map(|((_, count, tier, evidence), kind)| {
                let of_kind = |record| match key_of(record) {
                    Some((first, id, ..)) if first == kind => id,
                    _ => NONE,
                };
                (
                    Cow::Owned((0..n).map(of_kind).collect()),
                    *count,
                    *tier,
                    *evidence,
                )
            });
        return by_keys(
            records,
            &firsts.collect::<Vec<Keys<'_>>>(),
            judgements,
            linked,
        );
    }
    // Person and first record of each key.
    let nobody = |(_, count, ..): &Keys<'_>| vec![(NO_PERSON, NONE); *count as usize];
    let mut seen: Vec<Vec<(u32, u32)>> = keys.iter().map(nobody).collect();
    let mut person = Vec::with_capacity(n as usize);
    let mut links = Vec::new();
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
            if linked {
                links.push(Link {
                    a,
                    b,
                    tier,
                    evidence,
                    blocked_by: None,
                });
            }
        }
    }
    People {
        person,
        count,
        links,
        ..People::default()
    }
}

/// Records that share any key are one person, unless a judgement forbids it.
fn by_keys(
    records: &Records<'_>,
    keys: &[Keys<'_>],
    judgements: Judgements<'_>,
    linked: bool,
) -> People {
    let judged = if judgements.list.is_empty() {
        None
    } else {
        let mut together = Forest::new(records.count);
        for (ids, count, ..) in keys {
            together.join_by(ids, *count);
        }
        Judged::of(records, judgements, &mut together).map(|judged| (judged, together))
    };
    let mut merging = Merging::new(records, judged.as_ref().map(|(judged, _)| judged), linked);
    let has_key = |record| keys.iter().any(|(ids, ..)| id_at(ids, record) != NONE);
    merging.join_same(has_key);
    for (ids, count, tier, evidence) in keys {
        merging.join_by(ids, *count, *tier, *evidence);
    }
    let mut people = number(merging, has_key);
    if let Some((judged, mut together)) = judged {
        people.kin = kin(&people, &mut together);
        people.apart = judged.apart().collect();
    }
    people
}

fn by_tiers(records: &Records<'_>, judgements: Judgements<'_>, linked: bool) -> People {
    let n = records.count;
    let keys = TierKeys::of(records);
    let mut together = keys.together(n);
    let judged = Judged::of(records, judgements, &mut together);
    let traits = Traits::of(records, &mut together);
    let [customer_id, email, phone, kana, address] = [
        records.customer_id,
        records.email,
        records.phone,
        records.kana,
        records.address,
    ]
    .map(|column| column.usable(n));
    let has_key = |record| {
        let has = |ids: &[u32]| id_at(ids, record) != NONE;
        has(&customer_id) || has(&email) || has(&phone) || (has(&kana) && has(&address))
    };
    let mut merging = Merging::new(records, judged.as_ref(), linked);
    merging.join_same(has_key);
    tiers::merge(records, &keys, &traits, &mut merging);
    let mut people = number(merging, has_key);
    people.kin = kin(&people, &mut together);
    (people.review, people.review_left_out) = review(
        records,
        keys,
        &traits,
        (&people.person, people.count),
        judged.as_ref(),
    );
    people.apart = judged.iter().flat_map(Judged::apart).collect();
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
    let links = merging.links.unwrap_or_default();
    People {
        person,
        count: people,
        links,
        ..People::default()
    }
}
