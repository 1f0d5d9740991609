//! The schema message: names and types of the columns, and how many buffers each takes.
//!
//! A column that nobody reads may be of any type, nested to any shape; all that is kept of it is
//! how many field nodes, buffers and view arrays lie between its neighbours.

use std::fmt;

use super::ArrowError;
use super::flat::{Table, Vector};

/// Types as far as columns are read from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole numbers of `bits` 8, 16, 32 or 64.
    Int { bits: u8, signed: bool },
    /// Floating point of 32 or 64 bits.
    Float { bits: u8 },
    /// 128 bits, divided by 10^`scale`.
    Decimal { scale: i32 },
    /// One bit a value.
    Bool,
    /// UTF-8 with offsets of 32 bits, or 64 if `large`.
    Utf8 { large: bool },
    /// UTF-8 in views of 16 bytes.
    Utf8View,
    /// Days since 1970-01-01.
    Day,
    /// Milliseconds since 1970-01-01, whole days.
    DayMillis,
    /// Ticks since 1970-01-01T00:00:00 by UTC if it has a `zone`, else by the shop's clock.
    Timestamp { per_second: i64, zone: bool },
    /// Anything else, by its name in Arrow.
    Other(&'static str),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Int { bits, signed: true } => write!(f, "Int{bits}"),
            Kind::Int { bits, .. } => write!(f, "UInt{bits}"),
            Kind::Float { bits } => write!(f, "Float{bits}"),
            Kind::Decimal { .. } => f.write_str("Decimal128"),
            Kind::Bool => f.write_str("Bool"),
            Kind::Utf8 { large: false } => f.write_str("Utf8"),
            Kind::Utf8 { .. } => f.write_str("LargeUtf8"),
            Kind::Utf8View => f.write_str("Utf8View"),
            Kind::Day => f.write_str("Date32"),
            Kind::DayMillis => f.write_str("Date64"),
            Kind::Timestamp { .. } => f.write_str("Timestamp"),
            Kind::Other(name) => f.write_str(name),
        }
    }
}

/// How a column is spread over a record batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Field nodes: the column's own and its children's.
    pub nodes: usize,
    /// Buffers, apart from those of views.
    pub buffers: usize,
    /// View arrays, each with its own count of further buffers.
    pub views: usize,
}

impl Layout {
    fn add(&mut self, other: Layout) {
        self.nodes += other.nodes;
        self.buffers += other.buffers;
        self.views += other.views;
    }
}

/// The dictionary of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    /// Names the dictionary within the stream.
    pub id: i64,
    /// Type of the indices.
    pub index: Kind,
    /// How the dictionary's own batches are spread.
    pub layout: Layout,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field<'p> {
    /// As the stream names it.
    pub name: &'p str,
    /// Type of the values, whether they come directly or through a dictionary.
    pub kind: Kind,
    /// Set if the column holds indices into a dictionary.
    pub dictionary: Option<Encoding>,
    /// How its record batches are spread.
    pub layout: Layout,
}

/// Nesting deeper than this is refused: no table of orders needs it, and it bounds the stack.
const DEPTH_MAX: usize = 64;

/// The columns of a schema message at byte `at`; `V4` of the metadata gave unions a validity
/// buffer, and `old` says so.
pub(super) fn fields<'p>(
    schema: &Table<'p>,
    old: bool,
    at: usize,
) -> Result<Vec<Field<'p>>, ArrowError> {
    if schema.i16(0, 0)? != 0 {
        return Err(ArrowError::at_byte(
            at,
            "the stream is big-endian; send it little-endian",
        ));
    }
    let list = schema.vector(1, 4)?;
    // Each field takes its place in a vector once; metadata that visits more is a trap of
    // shared children, small in bytes and endless to walk.
    let mut walk = Walk {
        left: list.len.saturating_add(65_536),
        old,
        at,
    };
    (0..list.len)
        .map(|index| walk.field(&list.table(index)?))
        .collect()
}

struct Walk {
    left: usize,
    old: bool,
    at: usize,
}

impl Walk {
    fn field<'p>(&mut self, field: &Table<'p>) -> Result<Field<'p>, ArrowError> {
        let (kind, mut layout) = self.described(field, DEPTH_MAX)?;
        let mut dictionary = None;
        if let Some(encoding) = field.table(4)? {
            let index = match encoding.table(1)? {
                Some(int) => integer(&int)?,
                None => Kind::Int {
                    bits: 32,
                    signed: true,
                },
            };
            dictionary = Some(Encoding {
                id: encoding.i64(0)?,
                index,
                layout,
            });
            layout = Layout {
                nodes: 1,
                buffers: 2,
                views: 0,
            };
        }
        Ok(Field {
            name: field.text(0)?,
            kind,
            dictionary,
            layout,
        })
    }

    /// Type and layout of a field's values, its dictionary apart.
    fn described(&mut self, field: &Table<'_>, depth: usize) -> Result<(Kind, Layout), ArrowError> {
        let (kind, buffers, views) = kind(field, self.at)?;
        let mut layout = Layout {
            nodes: 1,
            buffers,
            views,
        };
        if self.old && kind == Kind::Other("Union") {
            layout.buffers += 1;
        }
        let children = field.vector(5, 4)?;
        if nests(kind) {
            self.children(&children, depth, &mut layout)?;
        }
        Ok((kind, layout))
    }

    fn children(
        &mut self,
        children: &Vector<'_>,
        depth: usize,
        layout: &mut Layout,
    ) -> Result<(), ArrowError> {
        for index in 0..children.len {
            let too_deep =
                || ArrowError::at_byte(self.at, "a column is nested too deep; leave it out");
            self.left = self.left.checked_sub(1).ok_or_else(too_deep)?;
            let deeper = depth.checked_sub(1).ok_or_else(too_deep)?;
            let child = children.table(index)?;
            let (_, mut inner) = self.described(&child, deeper)?;
            if child.table(4)?.is_some() {
                inner = Layout {
                    nodes: 1,
                    buffers: 2,
                    views: 0,
                };
            }
            layout.add(inner);
        }
        Ok(())
    }
}

fn nests(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Other("List" | "LargeList" | "ListView" | "LargeListView" | "FixedSizeList")
            | Kind::Other("Struct" | "Map" | "Union" | "RunEndEncoded")
    )
}

fn integer(int: &Table<'_>) -> Result<Kind, ArrowError> {
    let signed = int.u8(1)? != 0;
    Ok(match int.i32(0, 0)? {
        8 => Kind::Int { bits: 8, signed },
        16 => Kind::Int { bits: 16, signed },
        32 => Kind::Int { bits: 32, signed },
        64 => Kind::Int { bits: 64, signed },
        _ => Kind::Other("Int"),
    })
}

/// Type of a field, how many buffers it takes itself, and whether it is a view array.
fn kind(field: &Table<'_>, at: usize) -> Result<(Kind, usize, usize), ArrowError> {
    let name = field.text(0)?;
    // The numbers are those of the union `Type` in Arrow's Schema.fbs.
    let code = field.u8(2)?;
    let body = || field.required(3);
    Ok(match code {
        1 => (Kind::Other("Null"), 0, 0),
        2 => (integer(&body()?)?, 2, 0),
        3 => (float(&body()?)?, 2, 0),
        4 => (Kind::Other("Binary"), 3, 0),
        5 => (Kind::Utf8 { large: false }, 3, 0),
        6 => (Kind::Bool, 2, 0),
        7 => (decimal(&body()?)?, 2, 0),
        8 if body()?.i16(0, 1)? == 0 => (Kind::Day, 2, 0),
        8 => (Kind::DayMillis, 2, 0),
        9 => (Kind::Other("Time"), 2, 0),
        10 => (timestamp(&body()?)?, 2, 0),
        11 => (Kind::Other("Interval"), 2, 0),
        12 => (Kind::Other("List"), 2, 0),
        13 => (Kind::Other("Struct"), 1, 0),
        14 if body()?.i16(0, 0)? == 0 => (Kind::Other("Union"), 1, 0),
        14 => (Kind::Other("Union"), 2, 0),
        15 => (Kind::Other("FixedSizeBinary"), 2, 0),
        16 => (Kind::Other("FixedSizeList"), 1, 0),
        17 => (Kind::Other("Map"), 2, 0),
        18 => (Kind::Other("Duration"), 2, 0),
        19 => (Kind::Other("LargeBinary"), 3, 0),
        20 => (Kind::Utf8 { large: true }, 3, 0),
        21 => (Kind::Other("LargeList"), 2, 0),
        22 => (Kind::Other("RunEndEncoded"), 0, 0),
        23 => (Kind::Other("BinaryView"), 2, 1),
        24 => (Kind::Utf8View, 2, 1),
        25 => (Kind::Other("ListView"), 3, 0),
        26 => (Kind::Other("LargeListView"), 3, 0),
        _ => {
            let message =
                format!("column `{name}` has a type that Okaeri does not know; leave it out");
            return Err(ArrowError::at_byte(at, message));
        }
    })
}

fn float(body: &Table<'_>) -> Result<Kind, ArrowError> {
    Ok(match body.i16(0, 0)? {
        1 => Kind::Float { bits: 32 },
        2 => Kind::Float { bits: 64 },
        _ => Kind::Other("Float16"),
    })
}

fn decimal(body: &Table<'_>) -> Result<Kind, ArrowError> {
    let scale = body.i32(1, 0)?;
    Ok(match body.i32(2, 128)? {
        128 => Kind::Decimal { scale },
        _ => Kind::Other("Decimal of other than 128 bits"),
    })
}

fn timestamp(body: &Table<'_>) -> Result<Kind, ArrowError> {
    let per_second = match body.i16(0, 0)? {
        0 => 1,
        1 => 1_000,
        2 => 1_000_000,
        3 => 1_000_000_000,
        _ => return Ok(Kind::Other("Timestamp of an unknown unit")),
    };
    Ok(Kind::Timestamp {
        per_second,
        zone: !body.text(1)?.is_empty(),
    })
}
