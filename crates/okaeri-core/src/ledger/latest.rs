//! Which row holds the latest version of each order.

use std::collections::TryReserveError;

use crate::keys::{NONE, make_room};

/// Rows by order id. While every order came once and none was refused, its row has the number of
/// its id, and nothing is kept.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    /// How many ids have the row of their own number; only while `rows` is empty.
    same: usize,
    rows: Vec<u32>,
}

impl Latest {
    /// How many ids were told of.
    #[inline]
    pub fn len(&self) -> usize {
        self.same.max(self.rows.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of `id`, or NONE.
    #[inline]
    pub fn get(&self, id: u32) -> u32 {
        if (id as usize) < self.same {
            return id;
        }
        self.rows.get(id as usize).copied().unwrap_or(NONE)
    }

    /// How many orders have a row.
    pub fn count(&self) -> usize {
        self.same + self.rows.iter().filter(|row| **row != NONE).count()
    }

    /// Whether `row` goes without saying for `id`.
    #[inline]
    fn is_next(&self, id: u32, row: u32) -> bool {
        self.rows.is_empty() && id == row && id as usize == self.same
    }

    /// Takes memory for `more` further ids, as far as they need any.
    ///
    /// # Errors
    /// When there is not so much.
    pub fn reserve(&mut self, more: usize) -> Result<(), TryReserveError> {
        match self.rows.is_empty() {
            true => Ok(()),
            false => make_room(&mut self.rows, more),
        }
    }

    /// Takes memory to set the row of `id`.
    ///
    /// # Errors
    /// When there is not so much.
    pub fn reserve_for(&mut self, id: u32, row: u32) -> Result<(), TryReserveError> {
        if self.is_next(id, row) {
            return Ok(());
        }
        let length = self.len().max((id as usize).saturating_add(1));
        let more = length - self.rows.len();
        make_room(&mut self.rows, more)
    }

    /// Sets the row of `id`.
    #[inline]
    pub fn set(&mut self, id: u32, row: u32) {
        if self.is_next(id, row) {
            self.same += 1;
            return;
        }
        if self.rows.is_empty() {
            self.rows.extend(0..self.same as u32);
            self.same = 0;
        }
        if self.rows.len() <= id as usize {
            self.rows.resize(id as usize + 1, NONE);
        }
        if let Some(place) = self.rows.get_mut(id as usize) {
            *place = row;
        }
    }

    /// Undoes what a load set: `ids` of its rows, what it `replaced`, and how many ids there were.
    pub(super) fn undo(
        &mut self,
        ids: impl Iterator<Item = u32>,
        replaced: &[(u32, u32)],
        length: usize,
    ) {
        // Where nothing is kept, nothing was replaced.
        if !self.rows.is_empty() {
            for (id, row) in ids.map(|id| (id, NONE)).chain(replaced.iter().copied()) {
                if let Some(place) = self.rows.get_mut(id as usize) {
                    *place = row;
                }
            }
        }
        self.same = self.same.min(length);
        self.rows.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_kept_from_the_first_that_does_not_go_without_saying() {
        let mut latest = Latest::default();
        let mut plain: Vec<u32> = Vec::new();
        let steps = [(0, 0), (1, 1), (2, 2), (1, 3), (3, 4), (6, 5), (0, 6)];
        for (id, row) in steps {
            latest.set(id, row);
            plain.resize(plain.len().max(id as usize + 1), NONE);
            if let Some(place) = plain.get_mut(id as usize) {
                *place = row;
            }
            let got: Vec<u32> = (0..latest.len() as u32).map(|id| latest.get(id)).collect();
            assert_eq!(got, plain);
            assert_eq!(latest.get(plain.len() as u32), NONE);
            assert_eq!(
                latest.count(),
                plain.iter().filter(|row| **row != NONE).count()
            );
        }
        latest.undo([3, 6, 0].into_iter(), &[(0, 0)], 3);
        let got: Vec<u32> = (0..4).map(|id| latest.get(id)).collect();
        assert_eq!(got, [0, 3, 2, NONE]);
    }
}
