//! When each IANA zone's clock stood at which offset, from 1990 to 2100.
//!
//! `zones.bin` is written by `tests/zones.rs` from `chrono-tz`, whose own tables are several times
//! as large and reach back to 1850. It holds, in this order: the names, each followed by a zero
//! byte; a byte 1; for each name the number of its history (u16 little endian); and the
//! histories. A history is its first offset in quarters of an hour (i8), the number of its
//! changes (u16 little endian), the minutes between them (LEB128, the first from
//! 1990-01-01T00:00Z), and by how many quarters the offset changes each time (i8).

/// 1990-01-01T00:00:00Z.
const START: i64 = 631_152_000;

const TABLE: &[u8] = include_bytes!("zones.bin");

/// The offsets of one zone in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct History {
    /// Offset in seconds before the first change.
    first: i32,
    /// When the clock was changed, in seconds since 1970, and to which offset.
    changes: Vec<(i64, i32)>,
}

impl History {
    /// A clock that shows UTC.
    pub(super) fn of_utc() -> Self {
        History {
            first: 0,
            changes: Vec::new(),
        }
    }

    /// The history of the zone named `name`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (names, rest) = TABLE.split_at_checked(TABLE.iter().position(|byte| *byte == 1)?)?;
        let all = || {
            names
                .split(|byte| *byte == 0)
                .filter(|name| !name.is_empty())
        };
        let at = all().position(|known| known == name.as_bytes())?;
        let (numbers, histories) = rest.get(1..)?.split_at_checked(all().count() * 2)?;
        let number = numbers.as_chunks::<2>().0.get(at)?;
        let mut reader = Reader(histories);
        for _ in 0..u16::from_le_bytes(*number) {
            reader.history()?;
        }
        reader.history()
    }

    /// Seconds that the clock is ahead of UTC at `utc`.
    pub(super) fn offset(&self, utc: i64) -> i64 {
        let past = self.changes.partition_point(|(at, _)| *at <= utc);
        let last = past.checked_sub(1).and_then(|last| self.changes.get(last));
        i64::from(last.map_or(self.first, |(_, offset)| *offset))
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// Seconds, from quarters of an hour.
    fn quarters(&mut self) -> Option<i32> {
        Some(i32::from(self.byte()?.cast_signed()) * 900)
    }

    fn minutes(&mut self) -> Option<i64> {
        let mut minutes = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            minutes |= i64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(minutes);
            }
        }
        None
    }

    fn history(&mut self) -> Option<History> {
        let first = self.quarters()?;
        let count = u16::from_le_bytes([self.byte()?, self.byte()?]);
        let mut changes = Vec::with_capacity(count.into());
        let mut at = START;
        for _ in 0..count {
            at += self.minutes()? * 60;
            changes.push((at, first));
        }
        let mut now = first;
        for (_, offset) in &mut changes {
            now += self.quarters()?;
            *offset = now;
        }
        Some(History { first, changes })
    }
}
