//! Sums that hold for one place of a row after another: windows of days, months of a customer.
//!
//! A customer is in many such places. What holds from one on is added there and taken off where it
//! ends, so that it costs two places and not all, until the sums of all are made.

use std::ops::Range;

use crate::analysis::sums::add_each;

/// See the module. A place has `S` sums.
#[derive(Debug)]
pub struct Spans<const S: usize> {
    /// Places of a row, and one past the last.
    width: usize,
    /// By row and place: by how much the sums differ from those of the place before.
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

    /// Adds sums to places of a row.
    pub fn add(&mut self, row: usize, places: Range<usize>, sums: &[i64; S]) {
        let mut less = *sums;
        for sum in &mut less {
            *sum = sum.wrapping_neg();
        }
        for (place, sums) in [(places.start, sums), (places.end, &less)] {
            if let Some(changes) = self.at(row, place) {
                add_each(changes, sums);
            }
        }
    }

    /// Adds one to one of the sums of places of a row.
    pub fn count(&mut self, row: usize, places: Range<usize>, sum: usize) {
        for (place, one) in [(places.start, 1), (places.end, -1)] {
            let changes = self.at(row, place);
            if let Some(change) = changes.and_then(|changes| changes.get_mut(sum)) {
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

    /// Gives row, place and sums of all places, ascending.
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
        spans.add(1, 0..2, &[1, 10]);
        spans.add(1, 1..3, &[1, 5]);
        spans.add(1, 2..2, &[7, 7]);
        spans.count(0, 2..3, 1);
        let mut found = Vec::new();
        spans.each(|row, place, sums| found.push((row, place, *sums)));
        let expected = [
            (0, 0, [0, 0]),
            (0, 1, [0, 0]),
            (0, 2, [0, 1]),
            (1, 0, [1, 10]),
            (1, 1, [2, 15]),
            (1, 2, [1, 5]),
        ];
        assert_eq!(found, expected);
    }
}
