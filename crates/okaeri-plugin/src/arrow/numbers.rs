//! Numbers out of arrays: identifiers, money, counts, flags, codes, times.
//!
//! A column is read in one pass without a branch a value; what is wrong with single values is
//! put down beside them as marks, and only where there is something to put down.

use std::ops::Range;

use okaeri_protocol::Moment;

use super::schema::Kind;
use super::stream::{Array, bit};

/// How a value turned out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// A value.
    #[default]
    Good,
    /// None, and none is needed.
    None,
    /// None, but one is needed.
    Missing,
    /// Not a whole number.
    NotWhole,
    /// Beyond 64 bits with sign.
    TooLarge,
    /// None of the words or numbers that the column knows.
    Unknown,
    /// A text that is no time.
    NotATime,
    /// A time before the year 1 or after 9999.
    TimeRange,
    /// Bytes that are no UTF-8.
    NotUtf8,
}

/// What a column of numbers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Identifier: all 64 bits, the sign as the type says.
    Id,
    /// Money or pieces.
    Amount,
    /// 0 or 1.
    Flag,
    /// Code of an order's status.
    Status,
    /// Code of a line's kind.
    LineKind,
    /// Seconds since 1970.
    Time,
}

/// Status by name, as `okaeri_protocol::facts::OrderStatus` writes it → code in a batch.
const STATUS: &[(&str, i64)] = &[
    ("open", 0),
    ("shipped", 0),
    ("completed", 0),
    ("cancelled", 1),
    ("returned", 2),
    ("draft", 3),
    ("merged", 4),
];

/// Line kind by name, as `okaeri_protocol::facts::LineKind` writes it → code in a batch.
const LINE_KIND: &[(&str, i64)] = &[
    ("goods", 0),
    ("shipping", 1),
    ("fee", 2),
    ("discount", 3),
    ("tax", 4),
    ("points", 5),
    ("enclosed", 6),
];

/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59 in seconds since 1970.
const TIME_RANGE: (i64, i64) = (-62_135_596_800, 253_402_300_799);

/// Numbers with their marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// A value a row; of no meaning where the mark is not good.
    pub values: Vec<i64>,
    /// A mark a row, or none at all: all are good.
    pub marks: Vec<Mark>,
    /// For times that came as text: whether each is UTC, not local.
    pub utc: Vec<bool>,
}

impl Numbers {
    pub fn clear(&mut self) {
        self.values.clear();
        self.marks.clear();
        self.utc.clear();
    }

    /// Adds the rows of `range`, which must lie within the array.
    pub fn add(
        &mut self,
        array: &Array<'_>,
        range: Range<usize>,
        means: Meaning,
        zero_is_none: bool,
    ) {
        let start = self.values.len();
        match array.kind {
            Kind::Utf8 { .. } | Kind::Utf8View => {
                self.words(array, range.clone(), means, zero_is_none);
            }
            _ => self.raw(array, range.clone()),
        }
        if let Some(bits) = array.validity {
            mark_nulls(bits, range, start, &mut self.marks);
        }
        let Some(values) = self.values.get(start..) else {
            return;
        };
        if zero_is_none && values.contains(&0) {
            mark(values, &mut self.marks, start, |value| {
                (value == 0).then_some(Mark::None)
            });
        }
        if let Kind::Timestamp { per_second, .. } = array.kind {
            scale(self.values.get_mut(start..), per_second);
        }
        if let Some((bounds, wrong)) = bounds(array.kind, means) {
            let out = |value: &i64| *value < bounds.0 || *value > bounds.1;
            let values = self.values.get(start..).unwrap_or_default();
            if values.iter().fold(false, |any, value| any | out(value)) {
                mark(values, &mut self.marks, start, |value| {
                    out(&value).then_some(wrong)
                });
            }
        }
        if !self.marks.is_empty() {
            self.marks.resize(self.values.len(), Mark::Good);
        }
    }

    /// The values as they stand in the array, times apart from their unit of ticks.
    pub fn raw(&mut self, array: &Array<'_>, range: Range<usize>) {
        let (bytes, out) = (array.values, &mut self.values);
        match array.kind {
            Kind::Int {
                bits: 8,
                signed: true,
            } => {
                widen(bytes, range, out, |b| i64::from(i8::from_le_bytes(b)));
            }
            Kind::Int { bits: 8, .. } => widen(bytes, range, out, |[b]| i64::from(b)),
            Kind::Int {
                bits: 16,
                signed: true,
            } => {
                widen(bytes, range, out, |b| i64::from(i16::from_le_bytes(b)));
            }
            Kind::Int { bits: 16, .. } => {
                widen(bytes, range, out, |b| i64::from(u16::from_le_bytes(b)));
            }
            Kind::Int {
                bits: 32,
                signed: true,
            } => {
                widen(bytes, range, out, |b| i64::from(i32::from_le_bytes(b)));
            }
            Kind::Int { bits: 32, .. } => {
                widen(bytes, range, out, |b| i64::from(u32::from_le_bytes(b)));
            }
            Kind::Int { .. } | Kind::Timestamp { .. } => {
                widen(bytes, range, out, i64::from_le_bytes);
            }
            Kind::Day => widen(bytes, range, out, |b| {
                i64::from(i32::from_le_bytes(b)) * 86_400
            }),
            Kind::DayMillis => {
                widen(bytes, range, out, |b| {
                    i64::from_le_bytes(b).div_euclid(1_000)
                });
            }
            Kind::Bool => out.extend(range.map(|row| i64::from(bit(bytes, row)))),
            Kind::Float { .. } | Kind::Decimal { .. } => self.fractions(array, range),
            Kind::Utf8 { .. } | Kind::Utf8View | Kind::Other(_) => {
                out.resize(out.len() + range.len(), 0);
            }
        }
    }

    fn fractions(&mut self, array: &Array<'_>, range: Range<usize>) {
        for row in range {
            match whole(array, row) {
                Ok(value) => self.push(value, Mark::Good),
                Err(mark) => self.push(0, mark),
            }
        }
    }

    fn words(&mut self, array: &Array<'_>, range: Range<usize>, means: Meaning, zero: bool) {
        for row in range {
            let text = array.text(row).map(std::str::from_utf8);
            let (value, mark) = match (text, means) {
                (None | Some(Ok("")), _) => (0, Mark::None),
                (Some(Ok("0")), _) if zero => (0, Mark::None),
                (Some(Err(_)), _) => (0, Mark::NotUtf8),
                (Some(Ok(text)), Meaning::Time) => {
                    let (seconds, utc, mark) = moment(text);
                    self.utc.resize(self.values.len(), false);
                    self.utc.push(utc);
                    (seconds, mark)
                }
                (Some(Ok(text)), Meaning::LineKind) => code(text, LINE_KIND),
                (Some(Ok(text)), _) => code(text, STATUS),
            };
            self.push(value, mark);
        }
        if means == Meaning::Time {
            self.utc.resize(self.values.len(), false);
        }
    }

    fn push(&mut self, value: i64, mark: Mark) {
        if mark != Mark::Good || !self.marks.is_empty() {
            self.marks.resize(self.values.len(), Mark::Good);
            self.marks.push(mark);
        }
        self.values.push(value);
    }

    /// Takes the values of `entries` out of a dictionary. Entries beyond it are left unread:
    /// their rows have a mark of their own in `marks`, which says why.
    pub fn gather(&mut self, dictionary: &Numbers, entries: &[u32], marks: &mut Vec<Mark>) {
        self.clear();
        let at = |entry: &u32| dictionary.values.get(*entry as usize).copied().unwrap_or(0);
        self.values.extend(entries.iter().map(at));
        if !dictionary.utc.is_empty() {
            let at = |entry: &u32| dictionary.utc.get(*entry as usize) == Some(&true);
            self.utc.extend(entries.iter().map(at));
        }
        gather_marks(&dictionary.marks, entries, marks);
        std::mem::swap(&mut self.marks, marks);
    }
}

/// Adds to `marks` those that a dictionary's entries have.
pub(super) fn gather_marks(dictionary: &[Mark], entries: &[u32], marks: &mut Vec<Mark>) {
    if dictionary.is_empty() {
        return;
    }
    marks.resize(entries.len(), Mark::Good);
    for (mark, entry) in marks.iter_mut().zip(entries) {
        if *mark == Mark::Good {
            *mark = dictionary.get(*entry as usize).copied().unwrap_or_default();
        }
    }
}

/// Marks the rows of `range` that a bitmap leaves out, from mark `start` on.
pub(super) fn mark_nulls(bits: &[u8], range: Range<usize>, start: usize, marks: &mut Vec<Mark>) {
    marks.resize(start + range.len(), Mark::Good);
    for (mark, row) in marks.iter_mut().skip(start).zip(range) {
        if !bit(bits, row) {
            *mark = Mark::None;
        }
    }
}

fn mark(values: &[i64], marks: &mut Vec<Mark>, start: usize, of: impl Fn(i64) -> Option<Mark>) {
    marks.resize(start + values.len(), Mark::Good);
    for (mark, value) in marks.iter_mut().skip(start).zip(values) {
        if *mark == Mark::Good {
            *mark = of(*value).unwrap_or_default();
        }
    }
}

fn widen<const N: usize>(
    bytes: &[u8],
    range: Range<usize>,
    out: &mut Vec<i64>,
    read: impl Fn([u8; N]) -> i64,
) {
    let values = bytes.as_chunks::<N>().0.get(range).unwrap_or_default();
    out.extend(values.iter().map(|value| read(*value)));
}

fn scale(values: Option<&mut [i64]>, per_second: i64) {
    let Some(values) = values else { return };
    // Written out, so that each division is by a constant.
    match per_second {
        1_000 => values.iter_mut().for_each(|v| *v = v.div_euclid(1_000)),
        1_000_000 => values.iter_mut().for_each(|v| *v = v.div_euclid(1_000_000)),
        1_000_000_000 => values
            .iter_mut()
            .for_each(|v| *v = v.div_euclid(1_000_000_000)),
        _ => {}
    }
}

/// Least and greatest value, and the mark of what lies outside.
fn bounds(kind: Kind, means: Meaning) -> Option<((i64, i64), Mark)> {
    match means {
        Meaning::Flag => Some(((0, 1), Mark::Unknown)),
        Meaning::Status => Some(((0, 4), Mark::Unknown)),
        Meaning::LineKind => Some(((0, 6), Mark::Unknown)),
        Meaning::Time => Some((TIME_RANGE, Mark::TimeRange)),
        // The upper half of unsigned 64 bits reads as negative.
        Meaning::Amount
            if kind
                == (Kind::Int {
                    bits: 64,
                    signed: false,
                }) =>
        {
            Some(((0, i64::MAX), Mark::TooLarge))
        }
        Meaning::Amount | Meaning::Id => None,
    }
}

/// The whole number in a row of a fractional type.
fn whole(array: &Array<'_>, row: usize) -> Result<i64, Mark> {
    match array.kind {
        Kind::Float { bits: 32 } => float(f64::from(array.f32(row))),
        Kind::Float { .. } => float(array.f64(row)),
        Kind::Decimal { scale } => decimal(array.i128(row), scale),
        _ => Err(Mark::NotWhole),
    }
}

fn float(value: f64) -> Result<i64, Mark> {
    /// 2^53: beyond it a float does not tell neighbouring whole numbers apart.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    if !value.is_finite() || value.trunc() != value {
        return Err(Mark::NotWhole);
    }
    if value.abs() > EXACT_MAX {
        Err(Mark::TooLarge)
    } else {
        Ok(value as i64)
    }
}

fn decimal(value: i128, scale: i32) -> Result<i64, Mark> {
    let power = 10_i128.checked_pow(scale.unsigned_abs());
    let whole = match power {
        _ if value == 0 => Some(0),
        Some(power) if scale < 0 => value.checked_mul(power),
        Some(power) if value % power == 0 => Some(value / power),
        None if scale < 0 => None,
        _ => return Err(Mark::NotWhole),
    };
    whole
        .and_then(|whole| i64::try_from(whole).ok())
        .ok_or(Mark::TooLarge)
}

fn code(text: &str, table: &[(&str, i64)]) -> (i64, Mark) {
    match table.iter().find(|(name, _)| *name == text) {
        Some((_, code)) => (*code, Mark::Good),
        None => (0, Mark::Unknown),
    }
}

fn moment(text: &str) -> (i64, bool, Mark) {
    match text.trim().parse() {
        Ok(Moment::Utc(seconds)) => (seconds, true, Mark::Good),
        Ok(Moment::Local(at)) => (at.and_utc().timestamp(), false, Mark::Good),
        Err(_) => (0, false, Mark::NotATime),
    }
}

impl Array<'_> {
    /// The value of a row of 32-bit floats.
    pub fn f32(&self, row: usize) -> f32 {
        self.values
            .as_chunks()
            .0
            .get(row)
            .map_or(0.0, |v| f32::from_le_bytes(*v))
    }

    /// The value of a row of 64-bit floats.
    pub fn f64(&self, row: usize) -> f64 {
        self.values
            .as_chunks()
            .0
            .get(row)
            .map_or(0.0, |v| f64::from_le_bytes(*v))
    }

    /// The unscaled value of a row of decimals.
    pub fn i128(&self, row: usize) -> i128 {
        self.values
            .as_chunks()
            .0
            .get(row)
            .map_or(0, |v| i128::from_le_bytes(*v))
    }

    /// The value of a row of any other type of fixed width, times in ticks.
    pub fn ticks(&self, row: usize) -> i64 {
        let mut numbers = Numbers::default();
        numbers.raw(self, row..row + 1);
        numbers.values.first().copied().unwrap_or(0)
    }
}
