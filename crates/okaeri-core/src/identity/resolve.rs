//! Contacts to people, by a rule.

use super::link::{Evidence, Link};
use super::merging::Merging;
use super::records::{NONE, Records, id_at};
use super::review::review;
use super::tiers;
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
    let (email, phone) = (records.email.usable(n), records.phone.usable(n));
    let customer_id = records.customer_id.usable(n);
    let mut merging = Merging::new(n, dropped);
    let mut join = |ids: &[u32], count, tier, evidence| merging.join_by(ids, count, tier, evidence);
    match rule {
        Rule::CustomerId => {
            join(
                &customer_id,
                records.customer_id.count,
                0,
                Evidence::CustomerId,
            );
            number(merging, |record| id_at(&customer_id, record) != NONE)
        }
        Rule::Email => {
            join(&email, records.email.count, 1, Evidence::Email);
            number(merging, |record| id_at(&email, record) != NONE)
        }
        Rule::EmailElsePhone => {
            let only_phone: Vec<u32> = (0u32..)
                .zip(phone.iter())
                .map(|(record, phone)| {
                    if id_at(&email, record) == NONE {
                        *phone
                    } else {
                        NONE
                    }
                })
                .collect();
            join(&email, records.email.count, 1, Evidence::Email);
            join(&only_phone, records.phone.count, 2, Evidence::Phone);
            number(merging, |record| {
                id_at(&email, record) != NONE || id_at(&only_phone, record) != NONE
            })
        }
        Rule::EmailAndPhone => {
            join(&email, records.email.count, 1, Evidence::Email);
            join(&phone, records.phone.count, 2, Evidence::Phone);
            number(merging, |record| {
                id_at(&email, record) != NONE || id_at(&phone, record) != NONE
            })
        }
        Rule::Tiers => {
            let traits = Traits::of(records);
            tiers::merge(records, &traits, &mut merging);
            let (kana, address) = (records.kana.usable(n), records.address.usable(n));
            let mut people = number(merging, |record| {
                let has = |ids: &[u32]| id_at(ids, record) != NONE;
                has(&customer_id) || has(&email) || has(&phone) || (has(&kana) && has(&address))
            });
            (people.review, people.review_left_out) =
                review(records, &traits, (&people.person, people.count), dropped);
            people
        }
    }
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
        review: Vec::new(),
        review_left_out: 0,
    }
}
