//! What people judged about pairs of contacts: the same person after all, or not.
//!
//! A judgement holds for its two contacts and for all that no key tells apart from them. Of
//! several about one pair the latest counts. A set of records never holds both sides of a pair
//! judged different; whoever else the evidence would put between them goes with the side that it
//! agrees with in more keys. For that, the records around a judgement are joined in an order that
//! depends on their keys alone, so that who is who does not depend on what was loaded when.

use std::cmp::Ordering;

use super::forest::Forest;
use super::link::{Blocker, Evidence, Link};
use super::records::{NONE, Records, id_at};
use crate::order::sorted;

/// What was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
    Same,
    /// Two people.
    Different,
    /// Nothing any more: what was judged before is taken back.
    Open,
}

/// One judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// One record.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// When, UTC seconds. Of two at the same second the later one in the list counts.
    pub at: i64,
    /// What.
    pub verdict: Verdict,
}

/// All judgements, and an order of the records.
#[derive(Clone, Copy)]
pub struct Judgements<'a> {
    /// In order of arrival.
    pub list: &'a [Judgement],
    /// The order of two records by their keys; equal when they have the same keys.
    pub compare: &'a dyn Fn(u32, u32) -> Ordering,
}

impl Default for Judgements<'_> {
    /// Nothing was judged.
    fn default() -> Self {
        fn alike(_: u32, _: u32) -> Ordering {
            Ordering::Equal
        }
        Judgements {
            list: &[],
            compare: &alike,
        }
    }
}

impl Judgements<'_> {
    /// By keys, then by number.
    fn order(&self, a: u32, b: u32) -> Ordering {
        (self.compare)(a, b).then(a.cmp(&b))
    }

    fn sort(&self, records: &mut Vec<u32>) {
        *records = sorted(std::mem::take(records), |a, b| self.order(*a, *b));
        records.dedup();
    }
}

/// Judgements worked out. A *class* is the records that have the same keys as a judged one.
///
/// Sorted lists instead of maps: judgements are few, and each kind of map weighs some kB.
pub(super) struct Judged {
    /// Records of each class; the first stands for all.
    pub classes: Vec<Vec<u32>>,
    /// Classes of two people, the lower one first; sorted.
    pub apart: Vec<(u32, u32)>,
    /// Classes of one person, likewise.
    pub same: Vec<(u32, u32)>,
    /// All records in the order in which they are joined: judged ones before those that evidence
    /// puts with them.
    pub sequence: Vec<u32>,
}

impl Judged {
    /// `None` when nothing is judged. `together` holds the records that evidence joins; those
    /// judged the same are added.
    pub fn of(
        records: &Records<'_>,
        judgements: Judgements<'_>,
        together: &mut Forest,
    ) -> Option<Self> {
        let columns = records.columns();
        let alike = |a: u32, b: u32| {
            let mut columns = columns.iter();
            columns.all(|column| id_at(column.ids, a) == id_at(column.ids, b))
        };
        // One record of each class, in the order of their keys.
        let mut first: Vec<u32> = Vec::new();
        for judged in judgements.list {
            first.extend(
                [judged.a, judged.b]
                    .iter()
                    .filter(|record| **record < records.count),
            );
        }
        judgements.sort(&mut first);
        first.dedup_by(|a, b| alike(*a, *b));
        let class = |record: u32| {
            let compare = judgements.compare;
            let place = first.partition_point(|one| compare(*one, record).is_lt());
            let mut from = first.iter().zip(0u32..).skip(place);
            let found =
                from.find(|(one, _)| alike(**one, record) || compare(**one, record).is_ne());
            let found = found.filter(|(one, _)| alike(**one, record));
            found.map_or(NONE, |(_, class)| class)
        };
        let said = judgements.list.iter().zip(0u32..);
        let mut pairs: Vec<(u32, u32, i64, u32)> = said
            .map(|(judged, place)| {
                let (a, b) = (class(judged.a), class(judged.b));
                (a.min(b), a.max(b), judged.at, place)
            })
            .filter(|(a, b, ..)| a != b && *b != NONE)
            .collect();
        pairs = sorted(pairs, Ord::cmp);
        let (mut apart, mut same) = (Vec::new(), Vec::new());
        for about_one in pairs.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            let Some((a, b, _, latest)) = about_one.last() else {
                continue;
            };
            let verdict = judgements
                .list
                .get(*latest as usize)
                .map(|judged| judged.verdict);
            match verdict {
                Some(Verdict::Different) => apart.push((*a, *b)),
                Some(Verdict::Same) => same.push((*a, *b)),
                Some(Verdict::Open) | None => {}
            }
        }
        if apart.is_empty() && same.is_empty() {
            return None;
        }
        for (a, b) in &same {
            together.join(id_at(&first, *a), id_at(&first, *b));
        }
        let mut near = vec![false; records.count as usize];
        for record in &first {
            if let Some(place) = near.get_mut(together.root(*record) as usize) {
                *place = true;
            }
        }
        let (mut around, mut sequence): (Vec<u32>, Vec<u32>) = (0..records.count)
            .partition(|record| near.get(together.root(*record) as usize) == Some(&true));
        judgements.sort(&mut around);
        let mut classes = vec![Vec::new(); first.len()];
        around.retain(|record| match classes.get_mut(class(*record) as usize) {
            Some(members) => {
                members.push(*record);
                false
            }
            None => true,
        });
        sequence.extend(classes.iter().flatten());
        sequence.append(&mut around);
        Some(Judged {
            classes,
            apart,
            same,
            sequence,
        })
    }

    /// The records of a class.
    pub fn members(&self, class: u32) -> &[u32] {
        self.classes
            .get(class as usize)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The pairs judged different, each by one record of either side.
    pub fn apart(&self) -> impl Iterator<Item = Link> {
        let first = |class: u32| self.members(class).first().copied();
        self.apart.iter().filter_map(move |(a, b)| {
            Some(Link {
                a: first(*a)?,
                b: first(*b)?,
                tier: 0,
                evidence: Evidence::Judged,
                blocked_by: Some(Blocker::Judged),
            })
        })
    }
}
