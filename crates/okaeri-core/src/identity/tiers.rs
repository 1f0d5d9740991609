//! The evidence tiers: what joins contacts by itself, and what is left for a person to judge.
//!
//! | tier | agrees | kept apart by |
//! |---|---|---|
//! | 0 | the cart's customer number | nothing |
//! | 1 | e-mail and given name | birth date |
//! | 1 | e-mail | birth date, given name, 法人 and 個人 |
//! | 2 | phone and full name in kana | the same |
//! | 3 | full name in kana, postcode, address up to the house number | the same, and the room |
//! | 4 | phone and family name, phone and name as written | never joined: review list |
//!
//! Guaranteed: records of one person differ in birth date or given name only if a customer number
//! of that person carries records that differ in it. Whole sets of records are compared, so A-B
//! and B-C never join A and C who differ; and a record that could belong to either of two people
//! joins neither. 法人 and 個人 are one person only under one customer number, or one e-mail and
//! one given name. None of this depends on the order of the records.

use std::borrow::Cow;

use super::link::{Blocker, Evidence};
use super::merging::Merging;
use super::pairs::{pairs, split_by};
use super::records::Records;
use super::traits::Traits;

/// All that can tell two contacts apart.
const ALL: &[Blocker] = &[Blocker::Birth, Blocker::GivenName, Blocker::Company];

/// Keys, what they prove, and what outweighs them.
pub(super) struct Pass<'a> {
    pub(super) ids: Cow<'a, [u32]>,
    pub(super) count: u32,
    pub(super) tier: u8,
    pub(super) evidence: Evidence,
    blockers: &'static [Blocker],
}

fn pass<'a>(
    (ids, count): (impl Into<Cow<'a, [u32]>>, u32),
    (tier, evidence): (u8, Evidence),
    blockers: &'static [Blocker],
) -> Pass<'a> {
    Pass {
        ids: ids.into(),
        count,
        tier,
        evidence,
        blockers,
    }
}

/// Joins the records by tiers 0 to 3.
pub(super) fn merge(records: &Records<'_>, traits: &Traits, merging: &mut Merging<'_>) {
    let n = records.count;
    let (email, phone) = (records.email.usable(n), records.phone.usable(n));
    let (kana, address) = (records.kana.usable(n), records.address.usable(n));
    // One pass at a time, so that the pairs of one are gone before those of the next are made.
    let mut run = |pass: Pass<'_>| {
        let keys = (pass.ids.as_ref(), pass.count);
        let split = if pass.blockers.is_empty() {
            None
        } else {
            traits.split(keys, pass.blockers, &mut merging.forest)
        };
        match split {
            Some((ids, count)) => merging.join_by(&ids, count, pass.tier, pass.evidence),
            None => merging.join_by(&pass.ids, pass.count, pass.tier, pass.evidence),
        }
    };
    run(pass(
        (records.customer_id.usable(n), records.customer_id.count),
        (0, Evidence::CustomerId),
        &[],
    ));
    let by_email_and_name = pairs(&email, records.email.count, traits.given_names());
    run(pass(
        by_email_and_name,
        (1, Evidence::EmailAndGivenName),
        &[Blocker::Birth],
    ));
    run(pass(
        (email.as_ref(), records.email.count),
        (1, Evidence::Email),
        ALL,
    ));
    run(pass(
        pairs(&phone, records.phone.count, &kana),
        (2, Evidence::PhoneAndKana),
        ALL,
    ));
    let (by_address, count) = pairs(&kana, records.kana.count, &address);
    let by_room = split_by(&by_address, count, &records.room.usable(n));
    run(pass(by_room, (3, Evidence::KanaAndAddress), ALL));
}

/// The keys by which two people may be one after all: those that were blocked, and tier 4.
pub(super) fn candidates<'a>(records: &Records<'a>) -> [Pass<'a>; 5] {
    let n = records.count;
    let (phone, kana) = (records.phone.usable(n), records.kana.usable(n));
    let by_phone = |other: &[u32]| pairs(&phone, records.phone.count, other);
    let by_address = pairs(&kana, records.kana.count, &records.address.usable(n));
    [
        pass(
            (records.email.usable(n), records.email.count),
            (4, Evidence::Email),
            ALL,
        ),
        pass(by_phone(&kana), (4, Evidence::PhoneAndKana), ALL),
        pass(by_address, (4, Evidence::KanaAndAddress), ALL),
        pass(
            by_phone(&records.surname.usable(n)),
            (4, Evidence::PhoneAndSurname),
            &[],
        ),
        pass(
            by_phone(&records.name.usable(n)),
            (4, Evidence::PhoneAndName),
            &[],
        ),
    ]
}
