//! Which cart wrote a file, by its header alone; never by the file's name.

use crate::error::ReadError;
use crate::headers::Headers;
use crate::layout::Layout;
use crate::{canonical, ec_cube, next_engine, shopify};

/// Makes the reader for a header; the text is the currency of files that name none.
pub(crate) type MakeLayout = fn(&Headers, &str) -> Result<Box<dyn Layout>, ReadError>;

/// What a format is known by.
pub(crate) struct Signature {
    /// The name in reports and options.
    pub name: &'static str,
    /// Columns without which it cannot be read.
    pub needed: &'static [&'static str],
    /// All columns that it may have; the more of them a file has, the likelier it is this one.
    pub known: &'static [&'static str],
    /// Its reader.
    pub layout: MakeLayout,
}

/// Every delimited format that is told by its header.
const SIGNATURES: [&Signature; 4] = [
    &canonical::SIGNATURE,
    &next_engine::SIGNATURE,
    &shopify::SIGNATURE,
    &ec_cube::SIGNATURE,
];

/// The format whose needed columns are all there and of whose known columns the most are.
pub(crate) fn by_header(headers: &Headers) -> Result<&'static Signature, ReadError> {
    let has = |names: &[&str]| {
        names
            .iter()
            .filter(|name| headers.find(name).is_some())
            .count()
    };
    let fits = |signature: &&&Signature| has(signature.needed) == signature.needed.len();
    SIGNATURES
        .iter()
        .filter(fits)
        .max_by_key(|signature| has(signature.known))
        .copied()
        .ok_or_else(|| ReadError::UnknownColumns {
            seen: headers.names().to_vec(),
        })
}

/// The format of this name; an error when a column that it needs is not there.
pub(crate) fn by_name(name: &str, headers: &Headers) -> Result<&'static Signature, ReadError> {
    let unknown = || ReadError::UnknownColumns {
        seen: headers.names().to_vec(),
    };
    let signature = SIGNATURES
        .iter()
        .find(|signature| signature.name == name)
        .ok_or_else(unknown)?;
    match signature
        .needed
        .iter()
        .find(|column| headers.find(column).is_none())
    {
        None => Ok(signature),
        Some(column) => Err(ReadError::MissingColumn {
            format: name.to_owned(),
            column: (*column).to_owned(),
            seen: headers.names().to_vec(),
        }),
    }
}
