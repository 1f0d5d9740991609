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

use super::forest::Forest;
use super::link::{Blocker, Evidence};
use super::merging::Merging;
use super::pairs::{pairs, split_by};
use super::records::Records;
use super::traits::Traits;

/// All that can tell two contacts apart.
const ALL: &[Blocker] = &[Blocker::Birth, Blocker::GivenName, Blocker::Company];

/// The keys of tiers 0 to 3.
pub(super) struct TierKeys<'a> {
    customer_id: (Cow<'a, [u32]>, u32),
    email: (Cow<'a, [u32]>, u32),
    phone_and_kana: (Vec<u32>, u32),
    kana_and_address: (Vec<u32>, u32),
}

impl<'a> TierKeys<'a> {
    pub(super) fn of(records: &Records<'a>) -> Self {
        let n = records.count;
        let kana = records.kana.usable(n);
        TierKeys {
            customer_id: (records.customer_id.usable(n), records.customer_id.count),
            email: (records.email.usable(n), records.email.count),
            phone_and_kana: pairs(&records.phone.usable(n), records.phone.count, &kana),
            kana_and_address: pairs(&kana, records.kana.count, &records.address.usable(n)),
        }
    }

    /// The records that these keys join when nothing keeps them apart. Who is who within such a
    /// set depends on its own records alone.
    pub(super) fn together(&self, records: u32) -> Forest {
        let mut together = Forest::new(records);
        together.join_by(&self.customer_id.0, self.customer_id.1);
        together.join_by(&self.email.0, self.email.1);
        together.join_by(&self.phone_and_kana.0, self.phone_and_kana.1);
        together.join_by(&self.kana_and_address.0, self.kana_and_address.1);
        together
    }
}

/// Joins the records by tiers 0 to 3.
pub(super) fn merge(
    records: &Records<'_>,
    keys: &TierKeys<'_>,
    traits: &Traits,
    merging: &mut Merging<'_>,
) {
    let mut run = |(ids, count): (&[u32], u32), tier, evidence, blockers: &[Blocker]| {
        let split = if blockers.is_empty() {
            None
        } else {
            traits.split((ids, count), blockers, &mut merging.forest)
        };
        match split {
            Some((ids, count)) => merging.join_by(&ids, count, tier, evidence),
            None => merging.join_by(ids, count, tier, evidence),
        }
    };
    run(
        (&keys.customer_id.0, keys.customer_id.1),
        0,
        Evidence::CustomerId,
        &[],
    );
    let email = (keys.email.0.as_ref(), keys.email.1);
    let (by_name, count) = pairs(email.0, email.1, traits.given_names());
    run(
        (&by_name, count),
        1,
        Evidence::EmailAndGivenName,
        &[Blocker::Birth],
    );
    run(email, 1, Evidence::Email, ALL);
    run(
        (&keys.phone_and_kana.0, keys.phone_and_kana.1),
        2,
        Evidence::PhoneAndKana,
        ALL,
    );
    let (by_address, count) = &keys.kana_and_address;
    let (by_room, count) = split_by(by_address, *count, &records.room.usable(records.count));
    run((&by_room, count), 3, Evidence::KanaAndAddress, ALL);
}

/// Ids of the records, how many there are, and what they speak for.
pub(super) type Candidates<'a> = (Cow<'a, [u32]>, u32, Evidence);

/// The keys by which two people may be one after all: those that were blocked, and tier 4.
pub(super) fn candidates<'a>(records: &Records<'_>, keys: TierKeys<'a>) -> [Candidates<'a>; 5] {
    let n = records.count;
    let phone = records.phone.usable(n);
    let by_phone = |other: &[u32], evidence| {
        let (ids, count) = pairs(&phone, records.phone.count, other);
        (ids.into(), count, evidence)
    };
    [
        (keys.email.0, keys.email.1, Evidence::Email),
        (
            keys.phone_and_kana.0.into(),
            keys.phone_and_kana.1,
            Evidence::PhoneAndKana,
        ),
        (
            keys.kana_and_address.0.into(),
            keys.kana_and_address.1,
            Evidence::KanaAndAddress,
        ),
        by_phone(&records.surname.usable(n), Evidence::PhoneAndSurname),
        by_phone(&records.name.usable(n), Evidence::PhoneAndName),
    ]
}
