//! Texts out of arrays, borrowed from the payload wherever they lie end to end in it.

use std::borrow::Cow;
use std::ops::Range;

use chrono::DateTime;
use okaeri_core::ledger::batch::TextColumn;

use super::ArrowError;
use super::numbers::{Mark, Meaning, Numbers, mark_nulls};
use super::schema::Kind;
use super::stream::Array;

/// Bytes that the views of one slice may point to in all. Views may overlap, so that a small
/// payload can stand for a huge text; real columns stay far below.
const VIEWED_BYTES_MAX: usize = 256 << 20;

/// Forgets the texts of `column`.
pub(super) fn clear(column: &mut TextColumn<'_>) {
    column.bytes = Cow::Borrowed(&[]);
    column.offsets.clear();
    column.offsets.push(0);
    column.entries.clear();
    column.valid.clear();
}

/// Adds the rows of `range`, which must lie within the array, to `column`, and their marks to
/// `marks` unless all are good.
///
/// # Errors
/// When the array's offsets are broken, or the texts are more than a batch can hold.
pub(super) fn add<'p>(
    column: &mut TextColumn<'p>,
    marks: &mut Vec<Mark>,
    array: &Array<'p>,
    range: Range<usize>,
    zero_is_none: bool,
) -> Result<(), ArrowError> {
    let start = column.offsets.len().saturating_sub(1);
    match array.kind {
        Kind::Utf8 { large: false } => {
            let offsets = array.offsets.as_chunks::<4>().0;
            let offsets = offsets.get(range.start..=range.end).unwrap_or_default();
            end_to_end(column, array, offsets, |o| u64::from(u32::from_le_bytes(o)))?;
        }
        Kind::Utf8 { large: true } => {
            let offsets = array.offsets.as_chunks::<8>().0;
            let offsets = offsets.get(range.start..=range.end).unwrap_or_default();
            end_to_end(column, array, offsets, u64::from_le_bytes)?;
        }
        Kind::Utf8View => viewed(column, array, range.clone())?,
        _ => days(column, marks, array, range.clone())?,
    }
    if let Some(bits) = array.validity {
        mark_nulls(bits, range, start, marks);
    }
    mark_texts(column, marks, start, zero_is_none);
    if !marks.is_empty() {
        marks.resize(column.offsets.len().saturating_sub(1), Mark::Good);
    }
    Ok(())
}

/// Texts that lie end to end between `offsets`.
fn end_to_end<'p, const N: usize>(
    column: &mut TextColumn<'p>,
    array: &Array<'p>,
    offsets: &[[u8; N]],
    read: impl Fn([u8; N]) -> u64,
) -> Result<(), ArrowError> {
    let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else {
        return Ok(());
    };
    let (first, last) = (read(*first), read(*last));
    let unsorted = offsets.iter().zip(offsets.iter().skip(1));
    let unsorted = unsorted.fold(false, |any, (a, b)| any | (read(*a) > read(*b)));
    let place = usize::try_from(first).ok().zip(usize::try_from(last).ok());
    let bytes = place.and_then(|(first, last)| array.values.get(first..last));
    let (Some(bytes), false) = (bytes, unsorted) else {
        return Err(ArrowError::at_byte(
            array.at,
            "the offsets of a text column are broken; write it anew",
        ));
    };
    let base = join(column, bytes, array.at)?;
    // All texts together fit 32 bits, and the offsets are sorted.
    let at = |offset: &[u8; N]| base.wrapping_add(read(*offset).wrapping_sub(first) as u32);
    column.offsets.extend(offsets.iter().skip(1).map(at));
    Ok(())
}

/// Puts `bytes` behind the texts so far and tells where they start.
fn join<'p>(column: &mut TextColumn<'p>, bytes: &'p [u8], at: usize) -> Result<u32, ArrowError> {
    let base = column.bytes.len();
    let fits = base
        .checked_add(bytes.len())
        .is_some_and(|len| u32::try_from(len).is_ok());
    let (Ok(start), true) = (u32::try_from(base), fits) else {
        return Err(too_much(at));
    };
    if base == 0 {
        column.bytes = Cow::Borrowed(bytes);
    } else {
        column.bytes.to_mut().extend_from_slice(bytes);
    }
    Ok(start)
}

fn too_much(at: usize) -> ArrowError {
    ArrowError::at_byte(
        at,
        "the texts of a column are too long together; send smaller batches",
    )
}

fn viewed<'p>(
    column: &mut TextColumn<'p>,
    array: &Array<'p>,
    range: Range<usize>,
) -> Result<(), ArrowError> {
    let broken =
        || ArrowError::at_byte(array.at, "a view points outside its buffers; write it anew");
    for row in range {
        let text = array.text(row);
        if text.is_none() && array.has(row) {
            return Err(broken());
        }
        let text = text.unwrap_or_default();
        let end = column.bytes.len() + text.len();
        let Some(end) = u32::try_from(end).ok().filter(|_| end <= VIEWED_BYTES_MAX) else {
            return Err(too_much(array.at));
        };
        column.bytes.to_mut().extend_from_slice(text);
        column.offsets.push(end);
    }
    Ok(())
}

/// Days written as `YYYY-MM-DD`.
fn days(
    column: &mut TextColumn<'_>,
    marks: &mut Vec<Mark>,
    array: &Array<'_>,
    range: Range<usize>,
) -> Result<(), ArrowError> {
    let mut numbers = Numbers::default();
    numbers.add(array, range, Meaning::Time, false);
    let start = column.offsets.len().saturating_sub(1);
    if !numbers.marks.is_empty() || !marks.is_empty() {
        marks.resize(start, Mark::Good);
        numbers.marks.resize(numbers.values.len(), Mark::Good);
        marks.extend_from_slice(&numbers.marks);
    }
    for seconds in &numbers.values {
        if let Some(at) = DateTime::from_timestamp(*seconds, 0) {
            let day = at.date_naive().to_string();
            column.bytes.to_mut().extend_from_slice(day.as_bytes());
        }
        let end = u32::try_from(column.bytes.len()).map_err(|_| too_much(array.at))?;
        column.offsets.push(end);
    }
    Ok(())
}

/// Marks texts that are no UTF-8, and those that stand for none, from text `start` on.
fn mark_texts(column: &TextColumn<'_>, marks: &mut Vec<Mark>, start: usize, zero_is_none: bool) {
    let offsets = column.offsets.get(start..).unwrap_or_default();
    let pairs = || {
        offsets
            .iter()
            .zip(offsets.iter().skip(1))
            .map(|(a, b)| (*a as usize, *b as usize))
    };
    let from = offsets.first().map_or(0, |first| *first as usize);
    let bytes = column.bytes.get(from..).unwrap_or_default();
    let whole = std::str::from_utf8(bytes).is_ok_and(|text| {
        offsets
            .iter()
            .all(|offset| text.is_char_boundary((*offset as usize).wrapping_sub(from)))
    });
    let some_empty = pairs().fold(false, |any, (a, b)| any | (a == b));
    if whole && !some_empty && !zero_is_none {
        return;
    }
    marks.resize(start + pairs().count(), Mark::Good);
    for (mark, (a, b)) in marks.iter_mut().skip(start).zip(pairs()) {
        let text = column.bytes.get(a..b).unwrap_or_default();
        if *mark != Mark::Good {
            continue;
        } else if text.is_empty() || (zero_is_none && text == b"0") {
            *mark = Mark::None;
        } else if !whole && std::str::from_utf8(text).is_err() {
            *mark = Mark::NotUtf8;
        }
    }
}
