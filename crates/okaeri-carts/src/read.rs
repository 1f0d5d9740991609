//! One door for every file: bytes in, facts out.

use std::fmt;
use std::io::{ErrorKind, Read};
use std::str::FromStr;

use crate::detect;
use crate::error::ReadError;
use crate::headers::Headers;
use crate::json;
use crate::layout::{Layout, ReadReport, Rows, Sink};
use crate::mapping::Mapping;
use crate::records::Records;
use crate::text::{self, Encoding};

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Told by its first bytes and its header.
    #[default]
    Auto,
    /// Okaeri's own CSV: the flat form.
    Okaeri,
    /// One fact a line.
    Ndjson,
    /// An array of orders.
    Json,
    /// ネクストエンジン 受注CSV（汎用）.
    NextEngine,
    /// Shopify's order export.
    Shopify,
    /// EC-CUBE 4 受注CSV.
    EcCube,
}

impl Format {
    /// Every format with its name.
    pub const ALL: [(Format, &'static str); 7] = [
        (Format::Auto, "auto"),
        (Format::Okaeri, "okaeri"),
        (Format::Ndjson, "ndjson"),
        (Format::Json, "json"),
        (Format::NextEngine, "next_engine"),
        (Format::Shopify, "shopify"),
        (Format::EcCube, "ec_cube"),
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        let named = Format::ALL.iter().find(|(format, _)| *format == self);
        named.map_or("auto", |(_, name)| name)
    }
}

impl FromStr for Format {
    type Err = String;

    /// Reads a name, with `-` or `_`; the error lists the names.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.to_ascii_lowercase().replace('-', "_");
        let found = Format::ALL.iter().find(|(_, name)| *name == wanted);
        found.map(|(format, _)| *format).ok_or_else(|| {
            let names: Vec<_> = Format::ALL.iter().map(|(_, name)| *name).collect();
            format!("`{text}` is no format: expected {}", names.join(", "))
        })
    }
}

/// How to read a file.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// What it is. With a mapping this is not looked at.
    pub format: Format,
    /// For a CSV file whose columns are the shop's own.
    pub mapping: Option<Mapping>,
    /// The shop's currency, ISO 4217: how amounts of orders that name none are read.
    pub currency: String,
}

impl ReadOptions {
    /// Whether the file is said to be JSON of either form.
    fn is_json(&self) -> bool {
        self.mapping.is_none() && matches!(self.format, Format::Json | Format::Ndjson)
    }
}

impl Default for ReadOptions {
    /// Any format, yen.
    fn default() -> Self {
        ReadOptions {
            format: Format::Auto,
            mapping: None,
            currency: "JPY".to_owned(),
        }
    }
}

/// Bytes asked of a reader at once.
const PIECE: usize = 1 << 18;
/// How much of the beginning is looked at before the format and the encoding are chosen.
const BEGINNING: usize = 1 << 20;

/// Reads a file and hands out its facts one by one.
///
/// Memory is bounded, whatever the file's size. Rows that cannot be read are listed in the report
/// and do not stop the reading. After an error, drop the facts that were handed out.
///
/// The rows of one order come one after the other in all known formats. Where an order's id comes
/// back later in a file (and where an order has more than 2,000 lines), its further rows are
/// handed out as a further order of the same id with only those lines: take all orders of one id
/// within one file as one version of it.
pub fn read(
    mut input: impl Read,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> Result<ReadReport, ReadError> {
    let mut reader = Reader::new(options.clone());
    let mut piece = vec![0; PIECE];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return reader.finish(sink),
            Ok(read) => reader.push(piece.get(..read).unwrap_or_default(), sink)?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads a file of which the bytes come in pieces, as [`read()`] does. Where the pieces are cut
/// does not matter.
pub struct Reader {
    options: ReadOptions,
    state: State,
}

enum State {
    /// The beginning, as far as it came.
    Beginning(Vec<u8>),
    Header(Records),
    Rows(Box<(Records, Rows)>),
    Array(json::Array),
    Lines(json::Lines),
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    /// At the beginning of a file.
    pub fn new(options: ReadOptions) -> Self {
        Reader {
            options,
            state: State::Beginning(Vec::new()),
        }
    }

    /// What was read so far: rows that are complete. `None` before the first row.
    pub fn report(&self) -> Option<&ReadReport> {
        match &self.state {
            State::Beginning(_) | State::Header(_) => None,
            State::Rows(rows) => Some(&rows.1.report),
            State::Array(array) => Some(&array.report),
            State::Lines(lines) => Some(&lines.report),
        }
    }

    /// Whether nothing can follow: the file is one JSON array, and it is closed.
    pub fn is_whole(&self) -> bool {
        matches!(&self.state, State::Array(array) if array.is_whole())
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is of no use then.
    pub fn push(&mut self, mut bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ReadError> {
        if let State::Beginning(beginning) = &mut self.state {
            let room = BEGINNING - beginning.len();
            let (first, rest) = bytes.split_at(room.min(bytes.len()));
            beginning.extend_from_slice(first);
            if !enough(beginning, &self.options) {
                return Ok(());
            }
            self.begin(false, sink)?;
            bytes = rest;
        }
        self.proceed(bytes, sink)
    }

    /// The file is at its end.
    ///
    /// # Errors
    /// As [`Reader::push`], and when the file is cut off.
    pub fn finish(&mut self, sink: &mut Sink<'_>) -> Result<ReadReport, ReadError> {
        if matches!(self.state, State::Beginning(_)) {
            self.begin(true, sink)?;
        }
        if let State::Header(records) = &mut self.state {
            if !records.finish() {
                return Err(ReadError::Empty);
            }
            self.header()?;
        }
        match &mut self.state {
            State::Rows(both) => {
                let (records, rows) = &mut **both;
                if records.finish() && !records.is_blank() {
                    let number = records.number();
                    rows.push(records.row(), number, sink);
                }
                rows.finish(sink);
            }
            State::Array(array) => array.finish()?,
            State::Lines(lines) => lines.finish(sink),
            State::Beginning(_) | State::Header(_) => {}
        }
        Ok(self.report().cloned().unwrap_or_default())
    }

    /// Chooses by the beginning how to read on, and reads it.
    fn begin(&mut self, whole: bool, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        let State::Beginning(beginning) = &mut self.state else {
            return Ok(());
        };
        let beginning = std::mem::take(beginning);
        let is_binary = beginning.contains(&0) && !self.options.is_json();
        if let Some(what) = text::looks_like(&beginning).or(is_binary.then_some("binary")) {
            return Err(ReadError::NotText(what));
        }
        let marked = beginning.strip_prefix(b"\xef\xbb\xbf");
        let bytes = marked.unwrap_or(&beginning);
        let first = bytes.trim_ascii_start().first();
        if first.is_none() && whole {
            return Err(ReadError::Empty);
        }
        let mapping = self.options.mapping.as_ref();
        self.state = match (self.options.format, first) {
            (Format::Json, _) | (Format::Auto, Some(b'[')) if mapping.is_none() => {
                State::Array(json::Array::new())
            }
            (Format::Ndjson, _) | (Format::Auto, Some(b'{')) if mapping.is_none() => {
                State::Lines(json::Lines::new())
            }
            _ => {
                let named = mapping.and_then(|mapping| mapping.encoding);
                let encoding = match (marked, named) {
                    (Some(_), _) => Encoding::Utf8,
                    (None, Some(named)) => named,
                    (None, None) => text::guess(bytes, whole),
                };
                let delimiter = mapping.and_then(|mapping| mapping.delimiter);
                let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(bytes));
                State::Header(Records::new(delimiter, encoding))
            }
        };
        self.proceed(bytes, sink)
    }

    fn proceed(&mut self, mut bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ReadError> {
        if let State::Header(records) = &mut self.state {
            if !records.push(&mut bytes)? {
                return Ok(());
            }
            self.header()?;
        }
        match &mut self.state {
            State::Rows(both) => {
                let (records, rows) = &mut **both;
                while records.push(&mut bytes)? {
                    if !records.is_blank() {
                        let number = records.number();
                        rows.push(records.row(), number, sink);
                    }
                }
                Ok(())
            }
            State::Array(array) => array.push(bytes, sink),
            State::Lines(lines) => lines.push(bytes, sink),
            State::Beginning(_) | State::Header(_) => Ok(()),
        }
    }

    /// Finds the layout of the header that is complete.
    fn header(&mut self) -> Result<(), ReadError> {
        let before = std::mem::replace(&mut self.state, State::Beginning(Vec::new()));
        let State::Header(mut records) = before else {
            return Ok(());
        };
        let headers = Headers::new(records.header()?);
        let ReadOptions {
            format,
            mapping,
            currency,
        } = &self.options;
        let layout: Box<dyn Layout> = match (mapping, format) {
            (Some(mapping), _) => Box::new(mapping.layout(&headers, currency)?),
            (None, Format::Auto) => (detect::by_header(&headers)?.layout)(&headers, currency)?,
            (None, format) => {
                (detect::by_name(format.name(), &headers)?.layout)(&headers, currency)?
            }
        };
        self.state = State::Rows(Box::new((records, Rows::new(headers, layout))));
        Ok(())
    }
}

/// Whether the beginning tells how to read on. JSON that is named so needs no looking at, once it
/// is certain that it has no byte order mark and is no archive.
fn enough(beginning: &[u8], options: &ReadOptions) -> bool {
    let text = beginning.trim_ascii_start();
    let is_plain = matches!(text.first(), Some(b'[' | b'{'));
    beginning.len() >= BEGINNING || options.is_json() && (is_plain || text.len() >= 4)
}

/// The delimiter that the first line has most of; a comma when it has none.
fn likely_delimiter(beginning: &[u8]) -> u8 {
    let line = beginning
        .trim_ascii_start()
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next();
    let count = |delimiter: u8| {
        line.unwrap_or_default()
            .iter()
            .filter(|byte| **byte == delimiter)
            .count()
    };
    // The last of equals wins.
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}
