//! Arrow IPC streams into columns: the door for bulk data.
//!
//! ARROW.md describes the tables. Only the columns that the ledger takes are decoded, on top of
//! the stream's own metadata; texts are borrowed from the payload. Any bytes whatever give
//! batches, refused rows or an error: lengths are believed only as far as the payload goes, and
//! rows cross in slices, so that memory stays within a small multiple of it. Not read are
//! compressed bodies, big-endian streams and the Arrow file format.

mod column;
mod flat;
mod numbers;
mod refusals;
mod schema;
mod slots;
mod stream;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;
use std::ops::Range;

use chrono::DateTime;
use okaeri_core::ledger::batch::{KeyColumn, LineBatch, TimeColumn};
use okaeri_protocol::answer::{CallError, ErrorCode, Rejected};
use okaeri_protocol::facts::{Buyer, Customer};
use okaeri_protocol::{Moment, Named};

use column::{Column, Dictionaries, Rules};
use refusals::Refusals;
use schema::{Encoding, Field, Kind};
use slots::{Slot, Table, slots};
use stream::{Array, Batch, Header, Messages};

/// Rows that cross at once; a longer record batch comes in several slices.
const SLICE_ROWS: usize = 1 << 14;
/// Columns that are listed as not read.
const UNREAD_LISTED: usize = 100;

/// What became of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrowReport {
    /// Rows in the stream.
    pub rows: u64,
    /// Rows refused.
    pub rejected_count: u64,
    /// The first thousand of them, by row.
    pub rejected: Vec<Rejected>,
    /// Columns of the stream whose names are none of ours, the first hundred.
    pub unread: Vec<String>,
}

/// Why a stream cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrowError {
    /// Where: `byte 1234` of the payload, or an entry of the call such as `columns.email`.
    pub at: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl ArrowError {
    fn at_byte(at: usize, message: impl Into<String>) -> Self {
        ArrowError {
            at: format!("byte {at}"),
            message: message.into(),
        }
    }

    fn at_column(name: &str, message: impl Into<String>) -> Self {
        ArrowError {
            at: format!("columns.{name}"),
            message: message.into(),
        }
    }
}

impl fmt::Display for ArrowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for ArrowError {}

impl From<ArrowError> for CallError {
    fn from(error: ArrowError) -> Self {
        CallError {
            code: ErrorCode::BadData,
            message: error.message,
            at: Some(error.at),
            ..CallError::default()
        }
    }
}

/// Reads order lines, and hands them to `sink` slice by slice, in order.
///
/// `columns` maps our names to the stream's; what is not in it goes under our own name. A name
/// of the stream may end in `?0`: then 0 stands for no value. Rows are numbered from `before` + 1:
/// so many were read in earlier streams of the load. Memory of a batch is used again for the next.
///
/// # Errors
/// When the stream is broken, lacks a required column, or has one of a type that does not fit;
/// and whatever `sink` answers. Batches before the broken place have reached `sink` by then.
pub fn read_lines<E: From<ArrowError>>(
    payload: &[u8],
    columns: &Named<String>,
    before: u64,
    sink: &mut dyn FnMut(&LineBatch<'_>) -> Result<(), E>,
) -> Result<ArrowReport, E> {
    Reader::new(payload, columns, before, Table::Lines).read(sink)
}

/// Reads customers likewise.
///
/// # Errors
/// As [`read_lines`].
pub fn read_customers<E: From<ArrowError>>(
    payload: &[u8],
    columns: &Named<String>,
    before: u64,
    sink: &mut dyn FnMut(Vec<Customer>) -> Result<(), E>,
) -> Result<ArrowReport, E> {
    let mut customers =
        |batch: &LineBatch<'_>| sink((0..batch.rows).map(|row| customer(batch, row)).collect());
    Reader::new(payload, columns, before, Table::Customers).read(&mut customers)
}

fn customer(batch: &LineBatch<'_>, row: usize) -> Customer {
    let key = |column: &KeyColumn<'_>, mark: &str| match column {
        KeyColumn::Absent => None,
        KeyColumn::Int(_, valid) if valid.get(row) == Some(&false) => None,
        KeyColumn::Int(values, _) => values.get(row).map(|number| format!("{mark}{number}")),
        KeyColumn::Text(texts) => texts.get(row).map(str::to_owned),
    };
    let contact = Buyer {
        customer_id: key(&batch.customer_id, ""),
        email: key(&batch.email, "#"),
        phone: key(&batch.phone, "#"),
        name: batch.name.get(row).map(str::to_owned),
        name_kana: batch.name_kana.get(row).map(str::to_owned),
        company: batch.company.get(row).map(str::to_owned),
        postal: batch.postal.get(row).map(str::to_owned),
        prefecture: batch.prefecture.get(row).map(str::to_owned),
        address: batch.address.get(row).map(str::to_owned),
        birth: batch.birth.get(row).map(str::to_owned),
        mail_consent: batch.mail_consent.get(row).map(|consent| consent == 1),
    };
    let tags = key(&batch.tags, "").unwrap_or_default();
    let tags = tags.split('|').filter(|tag| !tag.trim().is_empty());
    Customer {
        contact,
        shop: key(&batch.shop, ""),
        // The ledger's slot for the one time that a customer has.
        registered_at: moment(&batch.updated_at, row),
        tags: tags.map(str::to_owned).collect(),
    }
}

fn moment(column: &TimeColumn, row: usize) -> Option<Moment> {
    let utc = |seconds| Some(Moment::Utc(seconds));
    let local = |seconds| {
        let at = DateTime::from_timestamp(seconds, 0)?;
        Some(Moment::Local(at.naive_utc()))
    };
    match column {
        TimeColumn::Absent => None,
        TimeColumn::Utc(values) => values.get(row).and_then(utc),
        TimeColumn::Local(values) => values.get(row).and_then(local),
        TimeColumn::Mixed(values, is_utc) => match is_utc.get(row) {
            Some(true) => values.get(row).and_then(utc),
            _ => values.get(row).and_then(local),
        },
    }
}

/// A payload being read.
struct Reader<'p> {
    messages: Messages<'p>,
    mapping: &'p Named<String>,
    before: u64,
    table: Table,
    fields: Vec<Field<'p>>,
    /// For each slot, the column that goes there.
    columns: Vec<Option<Column<'p>>>,
    dictionaries: Dictionaries<'p>,
    batch: LineBatch<'p>,
    refusals: Refusals,
    report: ArrowReport,
}

impl<'p> Reader<'p> {
    fn new(payload: &'p [u8], mapping: &'p Named<String>, before: u64, table: Table) -> Self {
        Reader {
            messages: Messages::new(payload),
            mapping,
            before,
            table,
            fields: Vec::new(),
            columns: Vec::new(),
            dictionaries: Dictionaries::new(),
            batch: LineBatch::default(),
            refusals: Refusals::default(),
            report: ArrowReport::default(),
        }
    }

    fn read<E: From<ArrowError>>(
        mut self,
        sink: &mut dyn FnMut(&LineBatch<'_>) -> Result<(), E>,
    ) -> Result<ArrowReport, E> {
        while let Some(message) = self.messages.next()? {
            match message.header {
                Header::Schema(table) if self.columns.is_empty() => {
                    self.fields = schema::fields(&table, message.old, message.at)?;
                    self.bind()?;
                }
                Header::Schema(_) => {
                    let text = "a second schema; send one stream a call";
                    return Err(ArrowError::at_byte(message.at, text).into());
                }
                _ if self.columns.is_empty() => {
                    let text = "the stream does not start with its schema; send it whole";
                    return Err(ArrowError::at_byte(message.at, text).into());
                }
                Header::Dictionary { id, delta, batch } => self.define(id, delta, &batch)?,
                Header::Rows(batch) => self.rows(&batch, sink)?,
            }
        }
        Ok(self.report)
    }

    /// Finds the columns that are read.
    fn bind(&mut self) -> Result<(), ArrowError> {
        let mut batch = LineBatch::default();
        let slots = slots(&mut batch, self.table);
        let is_ours = |name: &str| {
            let is_read = slots.iter().any(|(ours, _)| *ours == name) && self.table.reads(name);
            is_read || self.table.knows(name)
        };
        if let Some(name) = self.mapping.names().find(|name| !is_ours(name)) {
            let text = format!("`{name}` is not a column of this table; ARROW.md lists them");
            return Err(ArrowError::at_column(name, text));
        }
        for (name, slot) in &slots {
            let column = match self.table.reads(name) {
                true => self.find(name, slot)?,
                false => None,
            };
            self.columns.push(column);
        }
        let mut found = slots
            .iter()
            .zip(&self.columns)
            .filter(|(_, column)| column.is_some());
        if !found.any(|((name, _), _)| self.table.identifies(name)) {
            let text = "none of `customer_id`, `email`, `phone` is in the stream; name one here";
            return Err(ArrowError::at_column("customer_id", text));
        }
        let read = |index| {
            self.columns
                .iter()
                .flatten()
                .any(|column| column.field == index)
        };
        let unread = self
            .fields
            .iter()
            .enumerate()
            .filter(|(index, field)| !read(*index) && !self.table.knows(field.name))
            .map(|(_, field)| field.name.to_owned());
        self.report.unread = unread.take(UNREAD_LISTED).collect();
        Ok(())
    }

    /// The stream's column for ours of this name, if it has one.
    fn find(&self, name: &str, slot: &Slot<'_, '_>) -> Result<Option<Column<'p>>, ArrowError> {
        let mapped = self.mapping.get(name).map(String::as_str);
        let theirs = mapped.unwrap_or(name);
        let position = |wanted: &str| self.fields.iter().position(|field| field.name == wanted);
        let without_option = mapped.and_then(|theirs| theirs.strip_suffix("?0"));
        let (index, zero_is_none) = match (position(theirs), without_option) {
            (Some(index), _) => (index, false),
            (None, Some(wanted)) if let Some(index) = position(wanted) => (index, true),
            (None, None) if mapped.is_none() && !self.table.requires(name) => return Ok(None),
            _ => {
                let text =
                    format!("the stream has no column `{theirs}`; name the one with `{name}`");
                return Err(ArrowError::at_column(name, text));
            }
        };
        let Some(field) = self.fields.get(index) else {
            return Ok(None);
        };
        if self
            .fields
            .iter()
            .skip(index + 1)
            .any(|other| other.name == field.name)
        {
            let text = format!("the stream has two columns `{}`; rename one", field.name);
            return Err(ArrowError::at_column(name, text));
        }
        let index_kind = field.dictionary.map(|encoding: Encoding| encoding.index);
        if !slot.takes(field.kind)
            || index_kind.is_some_and(|kind| !matches!(kind, Kind::Int { .. }))
        {
            let (theirs, kind, wanted) = (field.name, field.kind, slot.wanted());
            let text = format!("`{theirs}` has type {kind}; send it as {wanted}");
            return Err(ArrowError::at_column(name, text));
        }
        let rules = Rules {
            required: self.table.requires(name),
            zero_is_none,
            opaque: matches!(name, "email" | "phone"),
        };
        Ok(Some(Column::new(index, field, rules)))
    }

    /// Takes in a dictionary, if a column that is read needs it.
    fn define(&mut self, id: i64, delta: bool, batch: &Batch<'p>) -> Result<(), ArrowError> {
        let fields = self
            .columns
            .iter()
            .flatten()
            .filter_map(|column| self.fields.get(column.field));
        let mut fields = fields.filter(|field| field.dictionary.is_some_and(|of| of.id == id));
        let Some(field) = fields.next() else {
            return Ok(());
        };
        let part = batch.arrays()?.take(field.kind, field)?;
        if !self.dictionaries.iter().any(|(known, _)| *known == id) {
            self.dictionaries.push((id, Default::default()));
        }
        let known = self.dictionaries.iter_mut().find(|(known, _)| *known == id);
        let Some((_, dictionary)) = known else {
            return Ok(());
        };
        if !delta {
            dictionary.version += 1;
            dictionary.parts.clear();
        }
        dictionary.parts.push(part);
        Ok(())
    }

    /// Reads a record batch, slice by slice.
    fn rows<E: From<ArrowError>>(
        &mut self,
        batch: &Batch<'p>,
        sink: &mut dyn FnMut(&LineBatch<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = batch.rows()?;
        if rows == 0 {
            return Ok(());
        }
        let mut arrays = batch.arrays()?;
        let mut taken: Vec<Option<Array<'p>>> = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            let reader = self
                .columns
                .iter()
                .flatten()
                .find(|column| column.field == index);
            taken.push(match reader {
                Some(column) => Some(arrays.take(column.held(), field)?),
                None => arrays.skip(field.layout).map(|()| None)?,
            });
        }
        for start in (0..rows).step_by(SLICE_ROWS) {
            let end = rows.min(start + SLICE_ROWS);
            self.slice(&taken, start..end)?;
            if self.batch.rows > 0 {
                sink(&self.batch)?;
            }
        }
        Ok(())
    }

    /// Reads some rows of a record batch into `self.batch`.
    fn slice(
        &mut self,
        taken: &[Option<Array<'p>>],
        range: Range<usize>,
    ) -> Result<(), ArrowError> {
        let first_row = self.before + self.report.rows + 1;
        let room = Refusals::room(&self.report);
        for ((_, slot), column) in slots(&mut self.batch, self.table)
            .iter_mut()
            .zip(&mut self.columns)
        {
            let Some(column) = column else { continue };
            let Some(Some(array)) = taken.get(column.field) else {
                continue;
            };
            column.read(slot, array, range.clone(), &self.dictionaries)?;
            let shown = |row| column.shown(array, range.start + row, &self.dictionaries);
            self.refusals.add(column.marks(), column.name, room, shown);
        }
        self.batch.first_row = first_row;
        self.batch.source_rows.clear();
        self.batch.rows = range.len();
        if let Some(left) = self.refusals.left() {
            slots(&mut self.batch, self.table)
                .iter_mut()
                .for_each(|(_, slot)| slot.keep(&left));
            let source = left.iter().map(|row| first_row + u64::from(*row));
            self.batch.source_rows.extend(source);
            self.batch.rows = left.len();
        }
        self.refusals.tell(&mut self.report, first_row);
        self.report.rows += range.len() as u64;
        Ok(())
    }
}
