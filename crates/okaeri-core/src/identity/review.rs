//! Pairs of people who may be one, for a person to judge (家族の可能性, 重複の可能性).

use hashbrown::HashTable;

use super::judged::Judged;
use super::link::{Blocker, Evidence, Link};
use super::records::{NONE, Records, id_at};
use super::tiers::{TierKeys, candidates};
use super::traits::Traits;
use crate::order::sort_numbers;

/// People of one key who are compared with each other: a household, and some. A key that more
/// people share is no evidence about any two of them.
const PEOPLE_OF_KEY_MAX: usize = 5;
/// Weaker than every tier that joins.
const REVIEW_TIER: u8 = 4;
/// Nobody judges more; it also bounds the memory.
const PAIRS_MAX: usize = 100_000;

/// Pairs worth a look, each pair of people once, strongest evidence first, then in the order of
/// records; and how many contacts were not compared because a limit was reached.
pub(super) fn review(
    records: &Records<'_>,
    keys: TierKeys<'_>,
    traits: &Traits,
    (person, count): (&[u32], u32),
    judged: Option<&Judged>,
) -> (Vec<Link>, u64) {
    let of_people = traits.of_people(person, count);
    let room = records.room.usable(records.count);
    let mut known = Known::default();
    // A pair that the shop has taken apart is not asked again.
    if let Some(judged) = judged {
        let people = |class: u32| {
            let records = judged.members(class).iter();
            let mut people: Vec<u32> = records.map(|record| id_at(person, *record)).collect();
            sort_numbers(&mut people, u64::from);
            people.dedup();
            people
        };
        for (a, b) in &judged.apart {
            let others = people(*b);
            for a in people(*a) {
                for b in &others {
                    known.add(a, *b);
                }
            }
        }
    }
    let (mut found, mut left_out) = (Vec::new(), 0);
    for (ids, count, evidence) in candidates(records, keys) {
        let mut groups = Groups::new(count);
        for (record, id) in (0u32..).zip(ids.iter()) {
            let Some(others) = groups.meet(*id, record, person) else {
                continue;
            };
            if others.len() == PEOPLE_OF_KEY_MAX || found.len() >= PAIRS_MAX {
                left_out += 1;
                continue;
            }
            for other in others {
                let (a, b) = (id_at(person, *other), id_at(person, record));
                if !known.add(a, b) {
                    continue;
                }
                let rooms_differ = id_at(&room, *other) != id_at(&room, record);
                let blocked_by = of_people.conflict(a, b).or(match evidence {
                    Evidence::PhoneAndSurname | Evidence::PhoneAndName => None,
                    Evidence::KanaAndAddress if rooms_differ => Some(Blocker::Room),
                    _ => Some(Blocker::Ambiguous),
                });
                found.push(Link {
                    a: *other,
                    b: record,
                    tier: REVIEW_TIER,
                    evidence,
                    blocked_by,
                });
            }
            groups.enter(*id, record);
        }
    }
    (found, left_out)
}

/// Pairs of people that were seen.
#[derive(Default)]
struct Known(HashTable<u64>);

impl Known {
    /// Whether the pair is new.
    fn add(&mut self, a: u32, b: u32) -> bool {
        let pair = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        let hash = |pair: &u64| {
            let mixed = (pair ^ pair >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed ^ mixed >> 32
        };
        let is_known = self.0.find(hash(&pair), |other| *other == pair).is_some();
        if !is_known {
            self.0.insert_unique(hash(&pair), pair, hash);
        }
        !is_known
    }
}

/// For each key, one record of each of its first people.
struct Groups {
    first: Vec<u32>,
    /// Place in `more` of a key with two people or more.
    place: Vec<u32>,
    more: Vec<Vec<u32>>,
}

impl Groups {
    fn new(count: u32) -> Self {
        let count = count as usize;
        Groups {
            first: vec![NONE; count],
            place: vec![NONE; count],
            more: Vec::new(),
        }
    }

    /// The records of other people with this key, if `record` is of a person who is new to it.
    fn meet(&mut self, id: u32, record: u32, person: &[u32]) -> Option<&[u32]> {
        let first = self.first.get_mut(id as usize)?;
        if *first == NONE {
            *first = record;
            return None;
        }
        let own = id_at(person, record);
        let others = match self.more.get(id_at(&self.place, id) as usize) {
            Some(more) => more.as_slice(),
            None => std::slice::from_ref(first),
        };
        let is_new = others.iter().all(|other| id_at(person, *other) != own);
        is_new.then_some(others)
    }

    fn enter(&mut self, id: u32, record: u32) {
        let (Some(place), Some(first)) =
            (self.place.get_mut(id as usize), self.first.get(id as usize))
        else {
            return;
        };
        if *place == NONE {
            *place = self.more.len() as u32;
            self.more.push(vec![*first]);
        }
        if let Some(more) = self.more.get_mut(*place as usize) {
            more.push(record);
        }
    }
}
