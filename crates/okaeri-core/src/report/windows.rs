//! Sums in windows of days, of which what a customer does on a day is in several: in all that reach
//! the day and are over.
//!
//! It is counted once, by the first of these windows and the one after the last, and put in each of
//! them at the end.

use std::ops::Range;

use super::tally::Tally;
use super::{Kind, Spec};
use crate::identity::NO_PERSON;

/// The rows of one table of windows, with `S` sums. Its keys are a group and days, or days alone.
#[derive(Debug)]
pub struct Windows<const S: usize> {
    table: usize,
    is_grouped: bool,
    /// In days, ascending.
    days: Vec<i64>,
    /// By days, the first window that reaches them.
    reached: Vec<u32>,
    counts: Tally,
}

impl<const S: usize> Windows<S> {
    const SPECS: &'static [Spec] = &[Spec {
        name: "windows",
        keys: &[("group", Kind::Int), ("from", Kind::Int), ("to", Kind::Int)],
        sums: &[""; S],
    }];

    /// Windows of so many days, ascending, in the table with this index.
    pub fn of(days: Vec<i64>, table: usize, is_grouped: bool) -> Self {
        let last = days.last().map_or(0, |days| *days);
        let reached = |since: i64| days.partition_point(|window| *window < since) as u32;
        Windows {
            table,
            is_grouped,
            reached: (0..=last).map(reached).collect(),
            days,
            counts: Tally::new(Self::SPECS),
        }
    }

    /// The first window that reaches so many days: the number of windows for days beyond all.
    pub fn reached(&self, days: i64) -> usize {
        let reached = self.reached.get(usize::try_from(days).unwrap_or_default());
        reached.map_or(self.days.len(), |window| *window as usize)
    }

    /// How many windows are over after so many days.
    pub fn closed(&self, days: i64) -> usize {
        self.reached(days.saturating_add(1))
    }

    /// All windows from one on.
    pub fn rest(&self, from: usize) -> Range<usize> {
        from..self.days.len()
    }

    /// Adds to a group's windows.
    pub fn add(
        &mut self,
        tally: &mut Tally,
        person: u32,
        group: i64,
        windows: Range<usize>,
        sums: &[i64; S],
    ) {
        if windows.is_empty() {
            return;
        }
        if tally.wanted().is_some() {
            self.put_each(tally, person, group, windows, sums);
            return;
        }
        let key = [group, windows.start as i64, windows.end as i64];
        self.counts.add(0, person, &key, sums);
    }

    fn put_each(
        &self,
        tally: &mut Tally,
        person: u32,
        group: i64,
        windows: Range<usize>,
        sums: &[i64; S],
    ) {
        for days in self.days.get(windows).unwrap_or_default() {
            match self.is_grouped {
                true => tally.add(self.table, person, &[group, *days], sums),
                false => tally.add(self.table, person, &[*days], sums),
            }
        }
    }

    /// Puts what was added into the table.
    pub fn put(mut self, tally: &mut Tally) {
        let counted = std::mem::replace(&mut self.counts, Tally::new(&[])).counted();
        for row in counted.rows("windows") {
            if let [group, from, to, sums @ ..] = row
                && let Some(sums) = sums.first_chunk()
            {
                let windows = *from as usize..*to as usize;
                self.put_each(tally, NO_PERSON, *group, windows, sums);
            }
        }
    }
}
