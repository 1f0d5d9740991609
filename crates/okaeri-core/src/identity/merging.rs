//! Records on their way to people: what is joined so far, by what links, and what must stay apart.

use std::cmp::Reverse;

use super::forest::Forest;
use super::judged::Judged;
use super::link::{Evidence, Link};
use super::records::{NONE, Records, id_at};

/// Joins records and keeps the links that did it.
pub(super) struct Merging<'a> {
    /// Who is joined.
    pub(super) forest: Forest,
    /// The links that joined two sets, where they are wanted; as many as there are fewer sets than
    /// records.
    pub(super) links: Option<Vec<Link>>,
    records: &'a Records<'a>,
    judged: Option<&'a Judged>,
    /// For the root of a set, the place of its judged classes in `held`, or [`NONE`]; empty when
    /// nothing is judged.
    held_by: Vec<u32>,
    held: Vec<Vec<u32>>,
}

impl<'a> Merging<'a> {
    /// Every record alone.
    pub(super) fn new(records: &'a Records<'a>, judged: Option<&'a Judged>, linked: bool) -> Self {
        let (mut held_by, mut held) = (Vec::new(), Vec::new());
        if let Some(judged) = judged {
            held_by.resize(records.count as usize, NONE);
            for (class, members) in (0u32..).zip(&judged.classes) {
                held.push(vec![class]);
                for record in members {
                    if let Some(place) = held_by.get_mut(*record as usize) {
                        *place = class;
                    }
                }
            }
        }
        Merging {
            forest: Forest::new(records.count),
            links: linked.then(Vec::new),
            records,
            judged,
            held_by,
            held,
        }
    }

    /// Joins the sets of `a` and `b`; `false` when a judgement forbids it.
    #[inline]
    fn link(&mut self, a: u32, b: u32, tier: u8, evidence: Evidence) -> bool {
        let (a_root, b_root) = (self.forest.root(a), self.forest.root(b));
        if a_root == b_root {
            return true;
        }
        if let Some(judged) = self.judged
            && !self.hold_both(judged, a_root, b_root)
        {
            return false;
        }
        self.forest.join_roots(a_root, b_root);
        if let Some(links) = &mut self.links {
            links.push(Link {
                a,
                b,
                tier,
                evidence,
                blocked_by: None,
            });
        }
        true
    }

    /// Puts the judged classes of two sets together, unless some of them are apart.
    fn hold_both(&mut self, judged: &Judged, a_root: u32, b_root: u32) -> bool {
        let (a_place, b_place) = (id_at(&self.held_by, a_root), id_at(&self.held_by, b_root));
        let held = |place: u32| self.held.get(place as usize).map_or(&[][..], Vec::as_slice);
        let (a, b) = (held(a_place), held(b_place));
        let is_apart = |a: u32, b: u32| judged.apart.binary_search(&(a.min(b), a.max(b))).is_ok();
        if a.iter().any(|a| b.iter().any(|b| is_apart(*a, *b))) {
            return false;
        }
        let place = if a.is_empty() || b.is_empty() {
            a_place.min(b_place)
        } else {
            let both = [a, b].concat();
            self.held.push(both);
            self.held.len() as u32 - 1
        };
        if let Some(of_root) = self.held_by.get_mut(a_root.min(b_root) as usize) {
            *of_root = place;
        }
        true
    }

    /// Joins all records that share a key.
    pub(super) fn join_by(&mut self, ids: &[u32], count: u32, tier: u8, evidence: Evidence) {
        if let Some(judged) = self.judged {
            return self.join_judged(judged, ids, count, tier, evidence);
        }
        let mut first = vec![NONE; count as usize];
        for (record, id) in (0u32..).zip(ids) {
            match first.get_mut(*id as usize) {
                Some(place) if *place == NONE => *place = record,
                Some(place) => {
                    self.link(*place, record, tier, evidence);
                }
                None => {}
            }
        }
    }

    /// The same where something is judged: a record that may not join the first of its key joins
    /// the one that is most like it among those that were kept apart, or stands beside them.
    fn join_judged(
        &mut self,
        judged: &Judged,
        ids: &[u32],
        count: u32,
        tier: u8,
        evidence: Evidence,
    ) {
        let mut first = vec![NONE; count as usize];
        // First records of a key that may not be joined; only keys with several are here.
        let mut kept_apart: Vec<(u32, Vec<u32>)> = Vec::new();
        for record in &judged.sequence {
            let (record, id) = (*record, id_at(ids, *record));
            let Some(place) = first.get_mut(id as usize) else {
                continue;
            };
            if *place == NONE {
                *place = record;
                continue;
            }
            let first = *place;
            let kept = kept_apart.iter().position(|(key, _)| *key == id);
            let heads = kept.and_then(|kept| kept_apart.get(kept));
            let heads = heads.map_or_else(|| vec![first], |(_, heads)| heads.clone());
            if self.join_likest(&heads, record, tier, evidence) {
                continue;
            }
            match kept.and_then(|kept| kept_apart.get_mut(kept)) {
                Some((_, heads)) => heads.push(record),
                None => kept_apart.push((id, vec![first, record])),
            }
        }
    }

    /// Joins a record to the likest of `heads` that it may join; among equals, the first.
    fn join_likest(&mut self, heads: &[u32], record: u32, tier: u8, evidence: Evidence) -> bool {
        let alike = heads.iter().map(|head| self.likeness(*head, record));
        let mut left: Vec<(usize, Reverse<usize>, u32)> = alike
            .enumerate()
            .zip(heads)
            .map(|((place, likeness), head)| (likeness, Reverse(place), *head))
            .collect();
        while let Some(best) = left.iter().max().copied() {
            if self.link(best.2, record, tier, evidence) {
                return true;
            }
            left.retain(|other| *other != best);
        }
        false
    }

    /// In how many keys two records agree.
    fn likeness(&self, a: u32, b: u32) -> usize {
        let columns = self.records.columns();
        let agrees = |column: &&super::Column<'_>| {
            let id = id_at(column.ids, a);
            id != NONE && id == id_at(column.ids, b)
        };
        columns.iter().filter(agrees).count()
    }

    /// Joins what is judged to be one person, as far as the records have a key.
    pub(super) fn join_same(&mut self, has_key: impl Fn(u32) -> bool) {
        let Some(judged) = self.judged else { return };
        for (a, b) in &judged.same {
            let members = judged.members(*a).iter().chain(judged.members(*b));
            let mut members = members.copied().filter(|record| has_key(*record));
            if let Some(first) = members.next() {
                for record in members {
                    self.link(first, record, 0, Evidence::Judged);
                }
            }
        }
    }
}
