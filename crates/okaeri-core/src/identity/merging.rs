//! Records on their way to people: what is joined so far, by what links, and what must stay apart.

use super::forest::Forest;
use super::link::{Evidence, Link};
use super::records::NONE;

/// Joins records and keeps the links that did it.
pub(super) struct Merging<'a> {
    /// Who is joined.
    pub(super) forest: Forest,
    /// The links that joined two sets; as many as there are fewer sets than records.
    pub(super) links: Vec<Link>,
    /// Pairs that must never be one person.
    dropped: &'a [(u32, u32)],
    /// Roots of sets with a record of `dropped`; empty when nothing was dropped.
    has_dropped: Vec<bool>,
}

impl<'a> Merging<'a> {
    /// Every record alone.
    pub(super) fn new(count: u32, dropped: &'a [(u32, u32)]) -> Self {
        let mut has_dropped = Vec::new();
        if !dropped.is_empty() {
            has_dropped.resize(count as usize, false);
            for record in dropped.iter().flat_map(|(a, b)| [*a, *b]) {
                if let Some(place) = has_dropped.get_mut(record as usize) {
                    *place = true;
                }
            }
        }
        Merging {
            forest: Forest::new(count),
            links: Vec::with_capacity(count as usize),
            dropped,
            has_dropped,
        }
    }

    /// Joins the sets of `a` and `b`; `false` when a dropped pair forbids it.
    #[inline]
    fn link(&mut self, a: u32, b: u32, tier: u8, evidence: Evidence) -> bool {
        let (a_root, b_root) = (self.forest.root(a), self.forest.root(b));
        if a_root == b_root {
            return true;
        }
        if !self.has_dropped.is_empty() && !self.may_join(a_root, b_root) {
            return false;
        }
        self.forest.join_roots(a_root, b_root);
        self.links.push(Link {
            a,
            b,
            tier,
            evidence,
            blocked_by: None,
        });
        true
    }

    fn may_join(&mut self, a_root: u32, b_root: u32) -> bool {
        let has = |root: u32| self.has_dropped.get(root as usize) == Some(&true);
        let (a_has, b_has) = (has(a_root), has(b_root));
        if a_has && b_has {
            for (a, b) in self.dropped {
                let pair = (self.forest.root(*a), self.forest.root(*b));
                if pair == (a_root, b_root) || pair == (b_root, a_root) {
                    return false;
                }
            }
        }
        if let Some(place) = self.has_dropped.get_mut(a_root.min(b_root) as usize) {
            *place = a_has || b_has;
        }
        true
    }

    /// Joins all records that share a key: each with the first that has it, or, where a dropped
    /// pair forbids that, with the next one that was kept from the first.
    pub(super) fn join_by(&mut self, ids: &[u32], count: u32, tier: u8, evidence: Evidence) {
        let mut first = vec![NONE; count as usize];
        let mut kept_apart: Vec<(u32, u32)> = Vec::new();
        for (record, id) in (0u32..).zip(ids) {
            let Some(place) = first.get_mut(*id as usize) else {
                continue;
            };
            if *place == NONE {
                *place = record;
                continue;
            }
            let first = *place;
            if self.link(first, record, tier, evidence) {
                continue;
            }
            let joined = kept_apart
                .iter()
                .any(|(key, other)| key == id && self.link(*other, record, tier, evidence));
            if !joined {
                kept_apart.push((*id, record));
            }
        }
    }
}
