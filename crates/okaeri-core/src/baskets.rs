//! What is bought together: sets of products that many baskets share.
//!
//! A basket is an order, or all that a customer bought within a window ([`of_book`]). [`Frequent`]
//! finds every set of up to so many items that enough baskets contain, and [`rules`] what follows
//! from which.
//!
//! The search goes depth first as in Eclat (Zaki 2000): a set is held with its occurrences and
//! grown by items of a later place in a fixed order, so that each set is met once. A set's
//! occurrences are walked once to count what else stands in those baskets, as in LCM (Uno and
//! others 2004), rather than met with the list of every other item: baskets of shops are small.
//!
//! The work is bounded. A search that meets a bound starts anew and asks for more baskets, until
//! it is within about an eighth of the least count that it can do; what comes out is complete for
//! the count that it names ([`Frequent::least`]).

mod miner;
pub mod of_book;
pub mod recommend;
pub mod rules;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::order::{sort_numbers, sort_places};
use miner::{Found, Miner};

/// Baskets of items, which are numbered from 0.
#[derive(Clone, Debug, Default)]
pub struct Baskets {
    /// How many kinds of items there are.
    kinds: u32,
    /// Basket and item, ascending.
    items: Vec<u64>,
    count: u32,
    strangers: u64,
}

impl Baskets {
    /// None yet, of items below `kinds`.
    pub fn new(kinds: u32) -> Self {
        Baskets {
            kinds,
            ..Baskets::default()
        }
    }

    /// Adds a basket; an item in it more than once counts once. An empty one counts as a basket.
    /// Items that are not below the number of kinds are left out.
    pub fn add(&mut self, items: &[u32]) {
        let basket = u64::from(self.count) << 32;
        let begin = self.items.len();
        let known = items.iter().filter(|item| **item < self.kinds);
        self.items
            .extend(known.map(|item| basket | u64::from(*item)));
        self.strangers += (items.len() - (self.items.len() - begin)) as u64;
        let added = self.items.get(begin..).unwrap_or_default();
        if !added.is_sorted_by(|a, b| a < b) {
            let mut added = self.items.split_off(begin);
            sort_numbers(&mut added, |item| item);
            added.dedup();
            self.items.append(&mut added);
        }
        self.count += 1;
    }

    /// How many baskets.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Items left out because there is no such kind.
    pub fn strangers(&self) -> u64 {
        self.strangers
    }

    /// The least number of baskets that makes a share of at least `support` of all, 1 at least.
    /// `None` unless 0 ≤ support ≤ 1.
    pub fn least_count(&self, support: f64) -> Option<u32> {
        if !(0.0..=1.0).contains(&support) {
            return None;
        }
        let all = f64::from(self.count);
        // A product may round up to just above a whole number: what is compared is the share.
        let mut least = (all * support) as u32;
        least = least.saturating_sub(1).max(1);
        while least < self.count && f64::from(least) / all < support {
            least += 1;
        }
        Some(least)
    }
}

/// What is asked of the search, and how far it may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Baskets that must contain a set; 0 counts as 1.
    pub least: u32,
    /// Items in a set at most.
    pub size_max: u32,
    /// Sets found at most.
    pub sets_max: u32,
    /// Items looked at in one search at most.
    pub steps_max: u64,
}

impl Default for Search {
    /// Sets of up to four items in at least five baskets.
    fn default() -> Self {
        Search {
            least: 5,
            size_max: 4,
            sets_max: 200_000,
            steps_max: 50_000_000,
        }
    }
}

impl Search {
    /// What a shop mostly asks for: a thousandth of the baskets and five of them at least.
    pub fn usual(baskets: &Baskets) -> Self {
        let usual = Search::default();
        let least = baskets.least_count(0.001).unwrap_or(0).max(usual.least);
        Search { least, ..usual }
    }
}

/// Which bound a search met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// More sets than [`Search::sets_max`].
    Sets,
    /// More items looked at than [`Search::steps_max`].
    Steps,
}

/// A set of items with its count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set<'a> {
    /// Items, ascending.
    pub items: &'a [u32],
    /// Baskets that contain all of them.
    pub count: u32,
}

/// The sets found, by size and then by items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequent {
    /// All baskets.
    pub baskets: u32,
    /// The count asked for.
    pub asked: u32,
    /// The count that the sets reach: every set in so many baskets is among them.
    pub least: u32,
    /// The bound for which `least` is above `asked`. `None`: it is not.
    pub bound: Option<Bound>,
    /// Items of all sets, one set after another.
    items: Vec<u32>,
    /// Where each set begins, and one past the last.
    starts: Vec<u32>,
    counts: Vec<u32>,
}

impl Frequent {
    /// Searches the baskets.
    pub fn of(baskets: &Baskets, search: &Search) -> Self {
        let asked = search.least.max(1);
        let (mut least, mut too_low, mut bound) = (asked, 0, None);
        let mut done: Option<(u32, Found)> = None;
        loop {
            let miner = Miner::new(baskets, least, search);
            match miner.and_then(Miner::run) {
                Ok(found) => done = Some((least, found)),
                Err(met) => (too_low, bound) = (least, Some(met)),
            }
            let Some((enough, found)) = &done else {
                // No set is in more baskets than there are, and none meets no bound.
                least = too_low.saturating_mul(2);
                least = least.min(baskets.count.saturating_add(1));
                continue;
            };
            // Where nothing is found there may be something just below.
            let parts = if found.ends.is_empty() { 64 } else { 8 };
            if bound.is_none() || enough - too_low <= 1 + enough / parts {
                break;
            }
            least = too_low + (enough - too_low) / 2;
        }
        let (least, found) = done.unwrap_or_default();
        let mut frequent = Frequent {
            baskets: baskets.count,
            asked,
            least,
            bound,
            items: Vec::new(),
            starts: vec![0],
            counts: Vec::new(),
        };
        frequent.take(&found);
        frequent
    }

    /// How many sets.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The sets.
    pub fn sets(&self) -> impl Iterator<Item = Set<'_>> {
        (0..self.len()).filter_map(|place| self.set(place))
    }

    /// How many baskets contain all of `items`, which ascend; `None` if no such set was found.
    pub fn count_of(&self, items: &[u32]) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let set = self.set(middle)?;
            match by_size(set.items, items) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(set.count),
            }
        }
        None
    }

    fn set(&self, place: usize) -> Option<Set<'_>> {
        let (start, end) = (self.starts.get(place)?, self.starts.get(place + 1)?);
        Some(Set {
            items: self.items.get(*start as usize..*end as usize)?,
            count: *self.counts.get(place)?,
        })
    }

    /// Puts what was found in order.
    fn take(&mut self, found: &Found) {
        let at = |place: u64| {
            let (end, _) = found.ends.get(place as usize).copied().unwrap_or_default();
            let before = (place as usize).checked_sub(1);
            let start = before.and_then(|before| found.ends.get(before));
            let start = start.map_or(0, |(end, _)| *end);
            let items = found.items.get(start as usize..end as usize);
            items.unwrap_or_default()
        };
        let mut places: Vec<u64> = (0..found.ends.len() as u64).collect();
        sort_places(&mut places, &|a, b| by_size(at(a), at(b)));
        for place in places {
            self.items.extend_from_slice(at(place));
            self.starts.push(self.items.len() as u32);
            let set = found.ends.get(place as usize);
            self.counts.push(set.map_or(0, |(_, count)| *count));
        }
    }
}

/// Smaller sets first, then by items.
fn by_size(a: &[u32], b: &[u32]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}
