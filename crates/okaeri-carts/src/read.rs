//! One door for every file: bytes in, facts out.

use std::io::Read;
use std::str::FromStr;

use okaeri_protocol::facts::Fact;

use crate::detect;
use crate::error::ReadError;
use crate::headers::Headers;
use crate::json;
use crate::layout::{Layout, ReadReport, read_rows};
use crate::mapping::Mapping;
use crate::records::Records;
use crate::source::Source;
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
    sink: &mut dyn FnMut(Fact),
) -> Result<ReadReport, ReadError> {
    read_dyn(&mut input, options, sink)
}

fn read_dyn(
    input: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Fact),
) -> Result<ReadReport, ReadError> {
    let mut source = Source::open(input)?;
    if source.unread().trim_ascii().is_empty() && source.ended() {
        return Err(ReadError::Empty);
    }
    let has_mark = source.unread().starts_with(b"\xef\xbb\xbf");
    let guessed = text::guess(source.unread(), source.ended());
    if has_mark {
        source.consume(3);
    }
    if options.mapping.is_none() {
        let first = source.unread().trim_ascii_start().first();
        match (options.format, first) {
            (Format::Json, _) | (Format::Auto, Some(b'[')) => {
                return json::read_array(source, sink);
            }
            (Format::Ndjson, _) | (Format::Auto, Some(b'{')) => {
                return json::read_lines(source, sink);
            }
            _ => {}
        }
    }
    let mapping = options.mapping.as_ref();
    let forced = mapping.and_then(|mapping| mapping.encoding);
    let encoding = if has_mark {
        Encoding::Utf8
    } else {
        forced.unwrap_or(guessed)
    };
    let delimiter = mapping.and_then(|mapping| mapping.delimiter);
    let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(source.unread()));
    let (mut records, names) = Records::open(source, delimiter, encoding)?;
    let headers = Headers::new(names);
    let layout: Box<dyn Layout> = match (mapping, options.format) {
        (Some(mapping), _) => Box::new(mapping.layout(&headers, &options.currency)?),
        (None, Format::Auto) => (detect::by_header(&headers)?.layout)(&headers, &options.currency)?,
        (None, format) => {
            (detect::by_name(format.name(), &headers)?.layout)(&headers, &options.currency)?
        }
    };
    read_rows(&mut records, &headers, layout.as_ref(), sink)
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
