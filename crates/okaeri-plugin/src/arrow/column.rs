//! One column of a stream on its way into a batch.

use std::mem::take;
use std::ops::Range;

use okaeri_core::ledger::batch::{IntColumn, KeyColumn, TextColumn, TimeColumn};

use super::ArrowError;
use super::numbers::{Mark, Meaning, Numbers, gather_marks, mark_nulls};
use super::refusals::shown;
use super::schema::{Encoding, Field, Kind};
use super::slots::Slot;
use super::stream::Array;
use super::text;

/// A dictionary as its messages gave it so far.
#[derive(Debug, Default)]
pub(super) struct Dictionary<'p> {
    /// Counts replacements.
    pub version: usize,
    /// The batch, and the deltas after it.
    pub parts: Vec<Array<'p>>,
}

/// Dictionaries with their ids, one or two of them mostly.
pub(super) type Dictionaries<'p> = Vec<(i64, Dictionary<'p>)>;

/// The dictionary `id`.
fn dictionary<'d, 'p>(dictionaries: &'d Dictionaries<'p>, id: i64) -> Option<&'d Dictionary<'p>> {
    let found = dictionaries.iter().find(|(known, _)| *known == id);
    found.map(|(_, dictionary)| dictionary)
}

/// What is expected of a column's values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Every row has one.
    pub required: bool,
    /// 0 stands for none.
    pub zero_is_none: bool,
    /// A number stands for a text, as a hash does, and is never to be read as one.
    pub opaque: bool,
}

/// A column that is read, with what is kept of it from slice to slice.
pub(super) struct Column<'p> {
    /// Its place in the schema.
    pub field: usize,
    /// As the stream names it.
    pub name: &'p str,
    /// Type of its values.
    pub kind: Kind,
    dictionary: Option<Encoding>,
    rules: Rules,
    /// Version and parts of the dictionary that have been read.
    seen: (usize, usize),
    /// The dictionary's values, if they are numbers.
    entries: Numbers,
    /// Marks of the dictionary's texts.
    entry_marks: Vec<Mark>,
    /// The slice's values, if they are numbers, and its marks.
    rows: Numbers,
    /// The slice's indices into a dictionary of numbers.
    indices: Vec<u32>,
}

impl<'p> Column<'p> {
    pub fn new(field: usize, of: &Field<'p>, rules: Rules) -> Self {
        Column {
            field,
            name: of.name,
            kind: of.kind,
            dictionary: of.dictionary,
            rules,
            seen: (0, 0),
            entries: Numbers::default(),
            entry_marks: Vec::new(),
            rows: Numbers::default(),
            indices: Vec::new(),
        }
    }

    /// Type of what the column's arrays hold: values, or indices into its dictionary.
    pub fn held(&self) -> Kind {
        self.dictionary.map_or(self.kind, |encoding| encoding.index)
    }

    /// The marks of the rows read last; empty when all are good.
    pub fn marks(&self) -> &[Mark] {
        &self.rows.marks
    }

    /// Reads the rows of `range` into `slot`.
    pub fn read(
        &mut self,
        slot: &mut Slot<'_, 'p>,
        array: &Array<'p>,
        range: Range<usize>,
        dictionaries: &Dictionaries<'p>,
    ) -> Result<(), ArrowError> {
        self.rows.marks.clear();
        let mut texts = TextColumn::default();
        if slot.keeps_text(self.kind) {
            match slot {
                Slot::Key(KeyColumn::Text(column)) => texts = take(column),
                Slot::Text(column) | Slot::Day(column) => texts = take(*column),
                Slot::Key(_) | Slot::Int(..) | Slot::Time(_) => {}
            }
            self.read_texts(&mut texts, array, range, dictionaries)?;
        } else {
            self.recycle(slot);
            self.read_numbers(slot.meaning(), array, range, dictionaries)?;
        }
        if self.rules.required {
            for mark in &mut self.rows.marks {
                *mark = if *mark == Mark::None {
                    Mark::Missing
                } else {
                    *mark
                };
            }
        }
        let mut valid = Vec::new();
        if self.rows.marks.iter().any(|mark| *mark != Mark::Good) {
            valid.extend(self.rows.marks.iter().map(|mark| *mark == Mark::Good));
        }
        self.hand_over(slot, texts, valid);
        Ok(())
    }

    fn read_texts(
        &mut self,
        column: &mut TextColumn<'p>,
        array: &Array<'p>,
        range: Range<usize>,
        dictionaries: &Dictionaries<'p>,
    ) -> Result<(), ArrowError> {
        let Some(encoding) = self.dictionary else {
            text::clear(column);
            return text::add(
                column,
                &mut self.rows.marks,
                array,
                range,
                self.rules.zero_is_none,
            );
        };
        let (fresh, parts) = self.unread(encoding, dictionaries);
        if fresh || column.offsets.is_empty() {
            text::clear(column);
            self.entry_marks.clear();
        }
        for part in parts {
            text::add(
                column,
                &mut self.entry_marks,
                part,
                part.all(),
                self.rules.zero_is_none,
            )?;
        }
        let count = column.offsets.len().saturating_sub(1);
        self.read_indices(&mut column.entries, array, range, count)?;
        gather_marks(&self.entry_marks, &column.entries, &mut self.rows.marks);
        Ok(())
    }

    fn read_numbers(
        &mut self,
        meaning: Meaning,
        array: &Array<'p>,
        range: Range<usize>,
        dictionaries: &Dictionaries<'p>,
    ) -> Result<(), ArrowError> {
        let Some(encoding) = self.dictionary else {
            self.rows.clear();
            self.rows
                .add(array, range, meaning, self.rules.zero_is_none);
            return Ok(());
        };
        let (fresh, parts) = self.unread(encoding, dictionaries);
        if fresh {
            self.entries.clear();
        }
        for part in parts {
            self.entries
                .add(part, part.all(), meaning, self.rules.zero_is_none);
        }
        let mut indices = take(&mut self.indices);
        self.read_indices(&mut indices, array, range, self.entries.values.len())?;
        let mut marks = take(&mut self.rows.marks);
        self.rows.gather(&self.entries, &indices, &mut marks);
        self.indices = indices;
        Ok(())
    }

    /// The parts of the dictionary that have not been read, and whether they stand in the place
    /// of the ones before.
    fn unread<'d>(
        &mut self,
        encoding: Encoding,
        dictionaries: &'d Dictionaries<'p>,
    ) -> (bool, &'d [Array<'p>]) {
        let Some(dictionary) = dictionary(dictionaries, encoding.id) else {
            return (false, &[]);
        };
        let fresh = self.seen.0 != dictionary.version;
        let read = if fresh { 0 } else { self.seen.1 };
        self.seen = (dictionary.version, dictionary.parts.len());
        (fresh, dictionary.parts.get(read..).unwrap_or_default())
    }

    /// Reads indices into a dictionary of `count` entries; rows without a value point to 0.
    fn read_indices(
        &mut self,
        indices: &mut Vec<u32>,
        array: &Array<'p>,
        range: Range<usize>,
        count: usize,
    ) -> Result<(), ArrowError> {
        let mut numbers = Numbers {
            values: take(&mut self.rows.values),
            ..Numbers::default()
        };
        numbers.clear();
        numbers.raw(array, range.clone());
        if let Some(bits) = array.validity {
            mark_nulls(bits, range, 0, &mut self.rows.marks);
            let values = numbers.values.iter_mut().zip(&self.rows.marks);
            values
                .filter(|(_, mark)| **mark == Mark::None)
                .for_each(|(value, _)| *value = 0);
        }
        indices.clear();
        indices.extend(
            numbers
                .values
                .iter()
                .map(|v| u32::try_from(*v).unwrap_or(u32::MAX)),
        );
        let greatest = indices.iter().fold(0, |a: u32, b| a.max(*b));
        self.rows.values = numbers.values;
        let none = self
            .rows
            .marks
            .iter()
            .filter(|mark| **mark == Mark::None)
            .count();
        if greatest as usize >= count && none < indices.len() {
            let message = format!(
                "column `{}` points outside its dictionary of {count} entries; \
                 send the dictionary before the rows",
                self.name
            );
            return Err(ArrowError::at_byte(array.at, message));
        }
        Ok(())
    }

    /// Takes back the memory of the batch before.
    fn recycle(&mut self, slot: &mut Slot<'_, 'p>) {
        self.rows.values = match slot {
            Slot::Key(KeyColumn::Int(values, _)) => {
                take(values).into_iter().map(|value| value as i64).collect()
            }
            Slot::Int(ints, _) => take(&mut ints.values),
            Slot::Time(TimeColumn::Utc(ints) | TimeColumn::Local(ints)) => take(&mut ints.values),
            Slot::Time(TimeColumn::Mixed(ints, utc)) => {
                self.rows.utc = take(utc);
                take(&mut ints.values)
            }
            _ => return,
        };
    }

    /// Puts what was read into the batch.
    fn hand_over(&mut self, slot: &mut Slot<'_, 'p>, texts: TextColumn<'p>, valid: Vec<bool>) {
        let is_text = slot.keeps_text(self.kind);
        match slot {
            Slot::Key(key) if is_text => **key = KeyColumn::Text(TextColumn { valid, ..texts }),
            Slot::Text(column) | Slot::Day(column) => **column = TextColumn { valid, ..texts },
            Slot::Key(key) => {
                let values = take(&mut self.rows.values);
                let unsigned = self.kind
                    == (Kind::Int {
                        bits: 64,
                        signed: false,
                    });
                **key = keys(values, valid, unsigned, self.rules.opaque);
            }
            Slot::Int(ints, _) => {
                **ints = IntColumn {
                    values: take(&mut self.rows.values),
                    valid,
                }
            }
            Slot::Time(time) => {
                let ints = IntColumn {
                    values: take(&mut self.rows.values),
                    valid,
                };
                **time = times(ints, take(&mut self.rows.utc), self.kind);
            }
        }
    }

    /// The value of a row for a person to read; `row` counts within the array.
    pub fn shown(&self, array: &Array<'p>, row: usize, dictionaries: &Dictionaries<'p>) -> String {
        let Some(encoding) = self.dictionary else {
            return shown(array, row);
        };
        let mut entry = usize::try_from(array.ticks(row)).unwrap_or(usize::MAX);
        let found = dictionary(dictionaries, encoding.id);
        let parts = found.map_or(&[][..], |found| &found.parts);
        for part in parts {
            if entry < part.rows {
                return shown(part, entry);
            }
            entry -= part.rows;
        }
        String::new()
    }
}

/// Identifiers; a batch with negative ones becomes text. The ledger takes the text `#-5` as it
/// takes the number itself: a key that is compared, not an address that is read.
fn keys<'p>(values: Vec<i64>, valid: Vec<bool>, unsigned: bool, opaque: bool) -> KeyColumn<'p> {
    let negative = !unsigned && values.iter().fold(false, |any, value| any | (*value < 0));
    let is_valid = |row| valid.get(row) != Some(&false);
    if !negative
        || !values
            .iter()
            .enumerate()
            .any(|(row, value)| *value < 0 && is_valid(row))
    {
        return KeyColumn::Int(
            values.into_iter().map(|value| value as u64).collect(),
            valid,
        );
    }
    let mut column = TextColumn {
        offsets: vec![0],
        ..TextColumn::default()
    };
    for value in values {
        let bytes = column.bytes.to_mut();
        bytes.extend_from_slice(if opaque { b"#" } else { b"" });
        bytes.extend_from_slice(value.to_string().as_bytes());
        column.offsets.push(bytes.len() as u32);
    }
    column.valid = valid;
    KeyColumn::Text(column)
}

/// Times by UTC, by the shop's clock, or mixed.
fn times(ints: IntColumn, utc: Vec<bool>, kind: Kind) -> TimeColumn {
    match kind {
        Kind::Int { .. } | Kind::Timestamp { zone: true, .. } => TimeColumn::Utc(ints),
        Kind::Utf8 { .. } | Kind::Utf8View if utc.contains(&true) => {
            let local = utc
                .iter()
                .enumerate()
                .any(|(row, utc)| !utc && ints.valid.get(row) != Some(&false));
            if local {
                TimeColumn::Mixed(ints, utc)
            } else {
                TimeColumn::Utc(ints)
            }
        }
        _ => TimeColumn::Local(ints),
    }
}
