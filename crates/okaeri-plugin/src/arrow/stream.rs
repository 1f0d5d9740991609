//! The stream: messages one after the other, and the arrays in their bodies.
//!
//! Every length is checked against the payload before anything is made of it.

use std::ops::Range;

use super::ArrowError;
use super::flat::Table;
use super::schema::{Field, Kind, Layout};

/// What a message holds.
pub(super) enum Header<'p> {
    /// The columns, once at the start.
    Schema(Table<'p>),
    /// Values of a dictionary; `delta` adds to the ones before.
    Dictionary {
        id: i64,
        delta: bool,
        batch: Batch<'p>,
    },
    /// Rows.
    Rows(Batch<'p>),
}

/// One message.
pub(super) struct Message<'p> {
    /// What it holds.
    pub header: Header<'p>,
    /// Metadata of the fourth version, before Arrow 1.0.
    pub old: bool,
    /// Where it starts in the payload.
    pub at: usize,
}

/// The messages of a payload.
pub(super) struct Messages<'p> {
    payload: &'p [u8],
    at: usize,
}

const CONTINUATION: [u8; 4] = [0xff; 4];

impl<'p> Messages<'p> {
    pub fn new(payload: &'p [u8]) -> Self {
        Messages { payload, at: 0 }
    }

    /// The next message; `None` after the end of the stream.
    pub fn next(&mut self) -> Result<Option<Message<'p>>, ArrowError> {
        let at = self.at;
        let rest = self.payload.get(at..).unwrap_or_default();
        if rest.is_empty() && at > 0 {
            return Ok(None);
        }
        if at == 0 && rest.starts_with(b"ARROW1") {
            let message = "this is an Arrow file; send the stream format (`ipc.new_stream`)";
            return Err(ArrowError::at_byte(at, message));
        }
        let Some((prefix, rest)) = rest.split_first_chunk::<8>() else {
            return Err(cut(at));
        };
        let [a, b, c, d, len @ ..] = *prefix;
        if [a, b, c, d] != CONTINUATION {
            let message = "no Arrow message starts here; send one whole Arrow IPC stream";
            return Err(ArrowError::at_byte(at, message));
        }
        let len = usize::try_from(i32::from_le_bytes(len)).map_err(|_| cut(at + 4))?;
        if len == 0 {
            if rest.is_empty() {
                self.at = self.payload.len();
                return Ok(None);
            }
            let message = "the stream ends here but the payload goes on; send one stream a call";
            return Err(ArrowError::at_byte(at + 8, message));
        }
        let (metadata, rest) = rest.split_at_checked(len).ok_or_else(|| cut(at + 4))?;
        let table = Table::root(metadata, at + 8)?;
        let body_at = at + 8 + len;
        let body = usize::try_from(table.i64(3)?)
            .ok()
            .and_then(|len| rest.get(..len));
        let body = body.ok_or_else(|| cut(body_at))?;
        self.at = body_at + body.len();
        let message = Message {
            header: header(&table, body, body_at)?,
            old: table.i16(0, 0)? < 4,
            at,
        };
        Ok(Some(message))
    }
}

fn cut(at: usize) -> ArrowError {
    ArrowError::at_byte(
        at,
        "the stream is cut off or a length is wrong; send it whole",
    )
}

fn header<'p>(table: &Table<'p>, body: &'p [u8], at: usize) -> Result<Header<'p>, ArrowError> {
    let inner = table.required(2)?;
    // The numbers are those of the union `MessageHeader` in Arrow's Message.fbs.
    match table.u8(1)? {
        1 => Ok(Header::Schema(inner)),
        2 => {
            let batch = Batch {
                table: inner.required(1)?,
                body,
                at,
            };
            Ok(Header::Dictionary {
                id: inner.i64(0)?,
                delta: inner.u8(2)? != 0,
                batch,
            })
        }
        3 => Ok(Header::Rows(Batch {
            table: inner,
            body,
            at,
        })),
        _ => {
            let message = "this message holds no rows (a tensor?); send tables";
            Err(ArrowError::at_byte(at, message))
        }
    }
}

/// A record batch whose arrays have not been looked at.
pub(super) struct Batch<'p> {
    table: Table<'p>,
    body: &'p [u8],
    at: usize,
}

impl<'p> Batch<'p> {
    /// How many rows it says that it has.
    pub fn rows(&self) -> Result<usize, ArrowError> {
        usize::try_from(self.table.i64(0)?).map_err(|_| cut(self.at))
    }

    /// Its arrays, to be taken in the order of the schema.
    pub fn arrays(&self) -> Result<Arrays<'p>, ArrowError> {
        if self.table.table(3)?.is_some() {
            let message = "the stream is compressed; send it uncompressed";
            return Err(ArrowError::at_byte(self.at, message));
        }
        Ok(Arrays {
            rows: self.rows()?,
            body: self.body,
            at: self.at,
            nodes: self.table.vector(1, 16)?.words(2),
            buffers: self.table.vector(2, 16)?.words(2),
            counts: self.table.vector(4, 8)?.words(1),
        })
    }
}

/// The arrays of a batch, taken from the front.
pub(super) struct Arrays<'p> {
    rows: usize,
    body: &'p [u8],
    at: usize,
    /// Rows and nulls of each field node.
    nodes: &'p [[u8; 8]],
    /// Offset and length of each buffer.
    buffers: &'p [[u8; 8]],
    /// Further buffers of each view array.
    counts: &'p [[u8; 8]],
}

/// The array of one column, its buffers checked to be as long as its rows need.
#[derive(Clone, Debug)]
pub(super) struct Array<'p> {
    /// Type of the values in `values`.
    pub kind: Kind,
    /// How many rows.
    pub rows: usize,
    /// A bit a row, 1 where there is a value; `None` when all rows have one.
    pub validity: Option<&'p [u8]>,
    /// Values of fixed width, the bytes of texts, or views.
    pub values: &'p [u8],
    /// Offsets of texts, empty for other types.
    pub offsets: &'p [u8],
    /// The buffers that views point into.
    pub pool: Vec<&'p [u8]>,
    /// Where the batch's body starts in the payload, for messages.
    pub at: usize,
}

impl<'p> Arrays<'p> {
    /// Passes over columns that nobody reads.
    pub fn skip(&mut self, layout: Layout) -> Result<(), ArrowError> {
        let mut buffers = layout.buffers;
        for _ in 0..layout.views {
            buffers = buffers.saturating_add(self.count()?);
        }
        let nodes = layout
            .nodes
            .checked_mul(2)
            .and_then(|n| self.nodes.get(n..));
        let left = buffers.checked_mul(2).and_then(|n| self.buffers.get(n..));
        let (Some(nodes), Some(left)) = (nodes, left) else {
            return Err(self.short());
        };
        self.nodes = nodes;
        self.buffers = left;
        Ok(())
    }

    /// The next array, which holds values of `kind`.
    pub fn take(&mut self, kind: Kind, field: &Field<'_>) -> Result<Array<'p>, ArrowError> {
        let ([rows, nulls], nodes) = self.nodes.split_first_chunk().ok_or_else(|| self.short())?;
        self.nodes = nodes;
        if usize::try_from(i64::from_le_bytes(*rows)) != Ok(self.rows) {
            return Err(self.wrong(field, "is not as long as its batch"));
        }
        let validity = self.buffer()?;
        let first = self.buffer()?;
        let (values, offsets, pool) = match kind {
            Kind::Utf8 { .. } => (self.buffer()?, first, Vec::new()),
            Kind::Utf8View => {
                let count = self.count()?;
                let pool: Result<Vec<_>, _> = (0..count).map(|_| self.buffer()).collect();
                (first, &[][..], pool?)
            }
            _ => (first, &[][..], Vec::new()),
        };
        let array = Array {
            kind,
            rows: self.rows,
            validity: None,
            values,
            offsets,
            pool,
            at: self.at,
        };
        if !array.is_whole() {
            return Err(self.wrong(field, "has fewer bytes than its rows need"));
        }
        if i64::from_le_bytes(*nulls) == 0 {
            return Ok(array);
        }
        if validity.len() < self.rows.div_ceil(8) {
            return Err(self.wrong(field, "has nulls but no bits that tell which"));
        }
        Ok(Array {
            validity: Some(validity),
            ..array
        })
    }

    fn count(&mut self) -> Result<usize, ArrowError> {
        let (count, left) = self.counts.split_first().ok_or_else(|| self.short())?;
        self.counts = left;
        // Each counted buffer has its place in the list; a greater count is a lie.
        usize::try_from(i64::from_le_bytes(*count))
            .ok()
            .filter(|count| *count <= self.buffers.len() / 2)
            .ok_or_else(|| self.short())
    }

    fn buffer(&mut self) -> Result<&'p [u8], ArrowError> {
        let ([offset, len], left) = self
            .buffers
            .split_first_chunk()
            .ok_or_else(|| self.short())?;
        self.buffers = left;
        let offset = usize::try_from(i64::from_le_bytes(*offset)).ok();
        let len = usize::try_from(i64::from_le_bytes(*len)).ok();
        let range = offset
            .zip(len)
            .and_then(|(o, len)| Some(o..o.checked_add(len)?));
        range
            .and_then(|range| self.body.get(range))
            .ok_or_else(|| cut(self.at))
    }

    fn short(&self) -> ArrowError {
        let message = "the batch has fewer arrays than the schema has columns; write it anew";
        ArrowError::at_byte(self.at, message)
    }

    fn wrong(&self, field: &Field<'_>, what: &str) -> ArrowError {
        ArrowError::at_byte(
            self.at,
            format!("column `{}` {what}; write it anew", field.name),
        )
    }
}

impl<'p> Array<'p> {
    /// Whether every buffer is as long as the rows need.
    fn is_whole(&self) -> bool {
        let bits = match self.kind {
            Kind::Int { bits, .. } | Kind::Float { bits } => usize::from(bits),
            Kind::Decimal { .. } | Kind::Utf8View => 128,
            Kind::Bool => 1,
            Kind::Day => 32,
            Kind::DayMillis | Kind::Timestamp { .. } => 64,
            Kind::Utf8 { large } => {
                let width = if large { 8 } else { 4 };
                let needed = (self.rows + 1).checked_mul(width);
                return self.rows == 0 || needed.is_some_and(|n| self.offsets.len() >= n);
            }
            Kind::Other(_) => 0,
        };
        self.rows
            .checked_mul(bits)
            .is_some_and(|n| self.values.len() >= n.div_ceil(8))
    }

    /// Whether `row` has a value.
    pub fn has(&self, row: usize) -> bool {
        self.validity.is_none_or(|bits| bit(bits, row))
    }

    /// The bytes of a text, if the row has one and its place is not broken.
    pub fn text(&self, row: usize) -> Option<&'p [u8]> {
        if !self.has(row) {
            return None;
        }
        if self.kind == Kind::Utf8View {
            return self.view(row);
        }
        let place = |row| match self.kind {
            Kind::Utf8 { large: true } => {
                usize::try_from(u64::from_le_bytes(*self.offsets.as_chunks().0.get(row)?)).ok()
            }
            Kind::Utf8 { .. } => {
                usize::try_from(u32::from_le_bytes(*self.offsets.as_chunks().0.get(row)?)).ok()
            }
            _ => None,
        };
        self.values.get(place(row)?..place(row + 1)?)
    }

    /// A view is a length, then up to 12 bytes of text, or four bytes of it, the number of the
    /// buffer that has it, and its offset there.
    fn view(&self, row: usize) -> Option<&'p [u8]> {
        let view: &'p [u8; 16] = self.values.as_chunks().0.get(row)?;
        let (len, rest) = view.split_first_chunk::<4>()?;
        let len = usize::try_from(i32::from_le_bytes(*len)).ok()?;
        if len <= rest.len() {
            return rest.get(..len);
        }
        let [_, buffer, offset] = rest.as_chunks::<4>().0 else {
            return None;
        };
        let pool = self
            .pool
            .get(usize::try_from(i32::from_le_bytes(*buffer)).ok()?)?;
        let start = usize::try_from(i32::from_le_bytes(*offset)).ok()?;
        pool.get(start..start.checked_add(len)?)
    }

    /// All rows.
    pub fn all(&self) -> Range<usize> {
        0..self.rows
    }
}

/// Bit `at` of a bitmap, the lowest bit of each byte first.
pub(super) fn bit(bits: &[u8], at: usize) -> bool {
    bits.get(at / 8)
        .is_some_and(|byte| byte >> (at % 8) & 1 == 1)
}
