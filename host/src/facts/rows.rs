//! Which rows of a file the rows of batches are.

/// The file's row of each row of some batches, kept as runs that count up by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRows {
    /// Row of the batches, from 0, and of the file with which a run begins.
    runs: Vec<(u64, u64)>,
    len: u64,
}

impl SourceRows {
    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Adds a row that is row `source` of the file.
    pub fn push(&mut self, source: u64) {
        let goes_on = |(ours, theirs): &(u64, u64)| theirs + (self.len - ours) == source;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push((self.len, source));
        }
        self.len += 1;
    }

    /// Adds the rows of `more`.
    pub fn append(&mut self, more: &SourceRows) {
        let shifted = more
            .runs
            .iter()
            .map(|(ours, theirs)| (self.len + ours, *theirs));
        self.runs.extend(shifted);
        self.len += more.len;
    }

    /// The file's row of row `row` of the batches, which is 1 for the first; 0 when that cannot
    /// be told.
    pub fn of(&self, row: u64) -> u64 {
        let Some(at) = row.checked_sub(1).filter(|at| *at < self.len) else {
            return 0;
        };
        let run = self.runs.partition_point(|(ours, _)| *ours <= at);
        let run = run.checked_sub(1).and_then(|run| self.runs.get(run));
        run.map_or(0, |(ours, theirs)| theirs + (at - ours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_row_again() {
        let rows = |source: &[u64]| {
            let mut rows = SourceRows::default();
            source.iter().for_each(|row| rows.push(*row));
            rows
        };
        let mut all = rows(&[1, 2, 3, 7, 8, 8, 4]);
        assert_eq!(all.runs.len(), 4);
        all.append(&rows(&[5, 6]));
        all.append(&SourceRows::default());
        let found: Vec<u64> = (0..=10).map(|row| all.of(row)).collect();
        assert_eq!(found, [0, 1, 2, 3, 7, 8, 8, 4, 5, 6, 0]);
    }
}
