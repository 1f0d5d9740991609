//! The search for sets, depth first.

use super::{Baskets, Bound, Search};
use crate::order::sort_numbers;

/// Sets in the order in which they were met.
#[derive(Default)]
pub(super) struct Found {
    /// Items of one set after another, each set's ascending.
    pub items: Vec<u32>,
    /// Where each set ends, and its count.
    pub ends: Vec<(u32, u32)>,
}

/// Ends a basket.
const END: u32 = u32::MAX;

/// A search under way. Items are called by their place among the frequent ones, rarest first: the
/// sets of a rare item have few occurrences to walk.
pub(super) struct Miner<'a> {
    search: &'a Search,
    least: u32,
    /// The item at each place.
    item_of: Vec<u32>,
    /// Baskets of places, ascending, each with END after it.
    baskets: Vec<u32>,
    /// Where each basket begins.
    begins: Vec<u32>,
    /// By place: a count, and then where the next occurrence goes, one on. 0 between two walks.
    marks: Vec<u32>,
    prefix: Vec<u32>,
    found: Found,
    steps: u64,
}

impl<'a> Miner<'a> {
    /// A search for sets in at least `least` of the baskets, or the bound that it would meet on its
    /// way through the pairs, which are as many as the sizes of the baskets say.
    pub fn new(all: &Baskets, least: u32, search: &'a Search) -> Result<Self, Bound> {
        let mut counts = vec![0u32; all.kinds as usize];
        for item in &all.items {
            if let Some(count) = counts.get_mut(*item as u32 as usize) {
                *count += 1;
            }
        }
        let mut item_of: Vec<u64> = (0u64..)
            .zip(&counts)
            .filter(|(_, count)| **count >= least)
            .map(|(item, count)| u64::from(*count) << 32 | item)
            .collect();
        sort_numbers(&mut item_of, |item| item);
        let item_of: Vec<u32> = item_of.into_iter().map(|item| item as u32).collect();
        let mut place_of = counts;
        place_of.fill(END);
        for (place, item) in (0u32..).zip(&item_of) {
            if let Some(entry) = place_of.get_mut(*item as usize) {
                *entry = place;
            }
        }
        let mut placed: Vec<u64> = Vec::new();
        for item in &all.items {
            let place = place_of.get(*item as u32 as usize).copied();
            if let Some(place) = place.filter(|place| *place != END) {
                placed.push(*item >> 32 << 32 | u64::from(place));
            }
        }
        let of_baskets = placed.chunk_by(|a, b| a >> 32 == b >> 32);
        let steps = of_baskets.fold(0u64, |steps, basket| {
            let size = basket.len() as u64;
            let pairs = match search.size_max {
                0 | 1 => 0,
                _ => size + size * (size - 1) / 2,
            };
            steps.saturating_add(size + pairs)
        });
        if steps > search.steps_max {
            return Err(Bound::Steps);
        }
        sort_numbers(&mut placed, |item| item);
        let mut baskets = Vec::with_capacity(placed.len() + all.count as usize);
        let mut begins = Vec::new();
        for basket in placed.chunk_by(|a, b| a >> 32 == b >> 32) {
            begins.push(baskets.len() as u32);
            baskets.extend(basket.iter().map(|item| *item as u32));
            baskets.push(END);
        }
        Ok(Miner {
            search,
            least,
            marks: vec![0; item_of.len()],
            item_of,
            baskets,
            begins,
            prefix: Vec::new(),
            found: Found::default(),
            steps: 0,
        })
    }

    /// Finds them all, or stops at the bound that it meets.
    pub fn run(mut self) -> Result<Found, Bound> {
        if self.search.size_max > 0 {
            let begins = std::mem::take(&mut self.begins);
            self.grow(&begins)?;
        }
        Ok(self.found)
    }

    /// The rest of a basket from `start` on.
    fn rest(baskets: &[u32], start: u32) -> impl Iterator<Item = &u32> {
        let rest = baskets.get(start as usize..).unwrap_or_default();
        rest.iter().take_while(|place| **place != END)
    }

    /// Grows the prefix, whose occurrences go on at `occurrences`, by each item that can follow.
    fn grow(&mut self, occurrences: &[u32]) -> Result<(), Bound> {
        let mut met: Vec<u32> = Vec::new();
        for start in occurrences {
            for place in Self::rest(&self.baskets, *start) {
                self.steps += 1;
                if let Some(mark) = self.marks.get_mut(*place as usize) {
                    if *mark == 0 {
                        met.push(*place);
                    }
                    *mark += 1;
                }
            }
        }
        let mut next: Vec<(u32, u32)> = Vec::new();
        let mut total = 0;
        let is_last = self.prefix.len() + 1 >= self.search.size_max as usize;
        sort_numbers(&mut met, |place| place.into());
        for place in met {
            if let Some(mark) = self.marks.get_mut(place as usize) {
                let count = std::mem::take(mark);
                if count >= self.least {
                    next.push((place, count));
                    if !is_last {
                        *mark = total + 1;
                        total += count;
                    }
                }
            }
        }
        if self.steps > self.search.steps_max {
            return Err(Bound::Steps);
        }
        let mut delivered = vec![0u32; total as usize];
        if total > 0 {
            self.deliver(occurrences, &mut delivered);
        }
        for (place, _) in &next {
            if let Some(mark) = self.marks.get_mut(*place as usize) {
                *mark = 0;
            }
        }
        let mut delivered = delivered.as_slice();
        for (place, count) in next {
            self.prefix.push(place);
            self.record(count)?;
            if let Some((of_place, others)) = delivered.split_at_checked(count as usize) {
                delivered = others;
                self.grow(of_place)?;
            }
            self.prefix.pop();
        }
        Ok(())
    }

    /// Writes for each marked place where its baskets go on after it.
    fn deliver(&mut self, occurrences: &[u32], delivered: &mut [u32]) {
        for start in occurrences {
            for (after, place) in (*start + 1..).zip(Self::rest(&self.baskets, *start)) {
                self.steps += 1;
                if let Some(mark) = self.marks.get_mut(*place as usize).filter(|m| **m > 0) {
                    if let Some(slot) = delivered.get_mut(*mark as usize - 1) {
                        *slot = after;
                    }
                    *mark += 1;
                }
            }
        }
    }

    /// Keeps the prefix as a set.
    fn record(&mut self, count: u32) -> Result<(), Bound> {
        if self.found.ends.len() >= self.search.sets_max as usize {
            return Err(Bound::Sets);
        }
        let item = |place: &u32| self.item_of.get(*place as usize).copied();
        let mut items: Vec<u32> = self.prefix.iter().filter_map(item).collect();
        sort_numbers(&mut items, |item| item.into());
        self.found.items.append(&mut items);
        let end = self.found.items.len() as u32;
        self.found.ends.push((end, count));
        Ok(())
    }
}
