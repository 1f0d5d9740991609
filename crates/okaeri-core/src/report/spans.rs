//! Counts of customers in one place of a row after another: periods of a cohort, months of a group.
//!
//! A customer is in many such places. One is added where that begins and taken off where it ends,
//! so that it costs two places and not all, until the counts of all are made.

use std::ops::Range;

use crate::analysis::sums::add_each;

/// See the module. A place has `S` counts.
#[derive(Debug)]
pub struct Spans<const S: usize> {
    /// Places of a row, and one past the last.
    width: usize,
    /// By row and place: by how much the counts differ from those of the place before.
    changes: Vec<[i64; S]>,
}

impl<const S: usize> Spans<S> {
    /// Rows of so many places.
    pub fn new(places: usize) -> Self {
        Spans {
            width: places + 1,
            changes: Vec::new(),
        }
    }

    /// Adds one to one of the counts of places of a row.
    pub fn count(&mut self, row: usize, places: Range<usize>, count: usize) {
        for (place, one) in [(places.start, 1), (places.end, -1)] {
            let changes = self.at(row, place);
            if let Some(change) = changes.and_then(|changes| changes.get_mut(count)) {
                *change += one;
            }
        }
    }

    fn at(&mut self, row: usize, place: usize) -> Option<&mut [i64; S]> {
        let end = (row + 1) * self.width;
        if end > self.changes.len() {
            self.changes.resize(end, [0; S]);
        }
        self.changes.get_mut(end - self.width + place)
    }

    /// Gives row, place and counts of all places, ascending.
    pub fn each(self, mut then: impl FnMut(usize, usize, &[i64; S])) {
        for (row, changes) in self.changes.chunks(self.width).enumerate() {
            let mut sums = [0; S];
            for (place, changes) in changes.iter().take(self.width - 1).enumerate() {
                add_each(&mut sums, changes);
                then(row, place, &sums);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_what_began_and_has_not_ended() {
        let mut spans = Spans::<2>::new(3);
        for (row, places, count) in [(1, 0..2, 0), (1, 1..3, 0), (1, 2..2, 0), (0, 2..3, 1)] {
            spans.count(row, places, count);
        }
        let mut found = Vec::new();
        spans.each(|row, place, counts| found.push((row, place, *counts)));
        let expected = [
            (0, 0, [0, 0]),
            (0, 1, [0, 0]),
            (0, 2, [0, 1]),
            (1, 0, [1, 0]),
            (1, 1, [2, 0]),
            (1, 2, [1, 0]),
        ];
        assert_eq!(found, expected);
    }
}
