//! Two keys that must agree together, as one key.

use hashbrown::HashTable;

use super::records::NONE;

/// Numbers pairs of ids in order of arrival.
#[derive(Default)]
pub(super) struct PairIds {
    table: HashTable<(u64, u32)>,
    next: u32,
}

/// Mixes 64 bits; the constants are those of splitmix64.
fn hash(value: u64) -> u64 {
    let mixed = (value ^ (value >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (mixed >> 32)
}

impl PairIds {
    /// The id of a pair, new if it was not known; [`NONE`] when either half is.
    pub(super) fn id(&mut self, a: u32, b: u32) -> u32 {
        if a == NONE || b == NONE {
            return NONE;
        }
        let pair = (u64::from(a) << 32) | u64::from(b);
        let entry = self.table.entry(
            hash(pair),
            |(known, _)| *known == pair,
            |(known, _)| hash(*known),
        );
        let id = entry.or_insert_with(|| {
            self.next += 1;
            (pair, self.next - 1)
        });
        id.get().1
    }

    /// How many pairs are numbered.
    pub(super) fn count(&self) -> u32 {
        self.next
    }
}

/// The pairs of two columns: ids of the records, and how many pairs there are.
///
/// A half that occurs once cannot make two records agree and gets no pair, which spares the
/// table most of a book's keys.
pub(super) fn pairs(a: &[u32], a_count: u32, b: &[u32]) -> (Vec<u32>, u32) {
    let mut occurs = vec![0u8; a_count as usize];
    for id in a {
        if let Some(times) = occurs.get_mut(*id as usize) {
            *times = times.saturating_add(1);
        }
    }
    let mut ids = PairIds::default();
    let paired = a.iter().zip(b).map(|(a, b)| match occurs.get(*a as usize) {
        Some(2..) => ids.id(*a, *b),
        _ => NONE,
    });
    let paired = paired.collect();
    (paired, ids.count())
}

/// Splits each key by a detail: where records of a key differ in it, only equal details stay
/// together and a record without it stands alone.
pub(super) fn split_by(ids: &[u32], count: u32, detail: &[u32]) -> (Vec<u32>, u32) {
    const SEVERAL: u32 = NONE - 1;
    let mut details = vec![NONE; count as usize];
    for (id, detail) in ids.iter().zip(detail) {
        let Some(place) = details.get_mut(*id as usize) else {
            continue;
        };
        if *detail != NONE && *place != *detail {
            *place = if *place == NONE { *detail } else { SEVERAL };
        }
    }
    let mut split = PairIds::default();
    let of_records = ids.iter().enumerate().map(|(record, id)| {
        let several = details.get(*id as usize) == Some(&SEVERAL);
        let detail = if several {
            detail.get(record).copied().unwrap_or(NONE)
        } else {
            0
        };
        split.id(*id, detail)
    });
    let of_records = of_records.collect();
    (of_records, split.count())
}
