//! A shard's share of a forecast: what its customers bought. A model is fitted to all of it.

use crate::analysis::partial::{Unmergeable, left_out_counts};
use crate::analysis::wire::{begun, opened};
use crate::book::{Book, LeftOut};
use crate::forecast::purchases::Purchases;

/// What customers bought up to a day.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// The day.
    pub as_of_day: i32,
    /// What did not count.
    pub left_out: LeftOut,
    /// By customer.
    pub purchases: Purchases,
}

impl Share {
    /// Of everybody in the book.
    pub fn of(book: &Book) -> Self {
        Share {
            as_of_day: book.as_of_day,
            left_out: book.left_out,
            purchases: Purchases::of(book),
        }
    }

    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = begun(self.as_of_day);
        let mut left_out = self.left_out;
        for count in left_out_counts(&mut left_out) {
            out.unsigned(*count);
        }
        self.purchases.encode(&mut out);
        out.bytes
    }

    /// The shares of all shards as one.
    ///
    /// # Errors
    /// When one is malformed, or they do not belong together.
    pub fn merged(parts: &[&[u8]]) -> Result<Self, Unmergeable> {
        let mut all: Option<Share> = None;
        for (index, part) in parts.iter().enumerate() {
            let malformed = |_| Unmergeable::Malformed(index);
            let (as_of_day, mut input) = opened(part).map_err(malformed)?;
            let all = all.get_or_insert_with(|| Share {
                as_of_day,
                ..Share::default()
            });
            if all.as_of_day != as_of_day {
                return Err(Unmergeable::Other(index));
            }
            for count in left_out_counts(&mut all.left_out) {
                *count = count.saturating_add(input.unsigned().map_err(malformed)?);
            }
            all.purchases.decode(input).map_err(malformed)?;
        }
        all.ok_or(Unmergeable::Nothing)
    }
}
