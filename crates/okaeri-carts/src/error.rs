//! Why a file cannot be read at all.

use std::{error, fmt, io};

use okaeri_protocol::answer::ErrorCode;

use crate::refusal::quoted;

/// A file that cannot be read, or not to its end.
///
/// Facts that were handed out before the error must be dropped: the file was not read whole.
#[derive(Debug)]
pub enum ReadError {
    /// The reader itself failed.
    Io(io::Error),
    /// There is nothing in the file, not even a header.
    Empty,
    /// The file is no text; says what it looks like.
    NotText(&'static str),
    /// The header row decodes neither as UTF-8 nor as CP932, or not as what the mapping says.
    Encoding,
    /// The columns are of no known format.
    UnknownColumns {
        /// The header as the file has it.
        seen: Vec<String>,
    },
    /// The format is known, but a column that it cannot do without is not there.
    MissingColumn {
        /// Name of the format or mapping.
        format: String,
        /// The column looked for.
        column: String,
        /// The header as the file has it.
        seen: Vec<String>,
    },
    /// The header has more columns than any order file.
    TooManyColumns {
        /// How many.
        count: usize,
    },
    /// One value is longer than a value can be.
    TooLong {
        /// Row (or JSON item) in which it begins; 0 is the header.
        row: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// The JSON text is cut off or is not an array of orders.
    BadJson {
        /// Items read before.
        items: u64,
        /// What was expected.
        reason: String,
    },
    /// The currency that the caller or the mapping names is none.
    BadCurrency(String),
}

impl ReadError {
    /// What a program branches on.
    pub fn code(&self) -> ErrorCode {
        match self {
            ReadError::UnknownColumns { .. } | ReadError::MissingColumn { .. } => {
                ErrorCode::UnknownFormat
            }
            ReadError::BadCurrency(_) => ErrorCode::BadSetting,
            _ => ErrorCode::BadData,
        }
    }
}

/// The first columns of a header, for a message.
fn listed(seen: &[String]) -> String {
    let mut text = seen
        .iter()
        .take(12)
        .map(|name| quoted(name))
        .collect::<Vec<_>>()
        .join(", ");
    if let more @ 1.. = seen.len().saturating_sub(12) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io(error) => write!(f, "the file cannot be read: {error}"),
            ReadError::Empty => f.write_str("the file is empty: export the orders again"),
            ReadError::NotText(what) => write!(f, "the file is {what}: save it as CSV in UTF-8"),
            ReadError::Encoding => f.write_str(
                "the header row is neither UTF-8 nor CP932 (Shift_JIS): save the file as UTF-8, \
                 or name its encoding in a column mapping",
            ),
            ReadError::UnknownColumns { seen } => write!(
                f,
                "the columns are of no known cart: {}; say in a column mapping which is what",
                listed(seen)
            ),
            ReadError::MissingColumn {
                format,
                column,
                seen,
            } => {
                let (column, seen) = (quoted(column), listed(seen));
                write!(
                    f,
                    "{format} needs the column {column}, but the file has {seen}"
                )
            }
            ReadError::TooManyColumns { count } => {
                write!(
                    f,
                    "the header has {count} columns, more than 2,000: is it an order file?"
                )
            }
            ReadError::TooLong { row, limit } => write!(
                f,
                "a value in row {row} is longer than {limit} bytes: a quote is not closed there, \
                 or it is no order file"
            ),
            ReadError::BadJson { items, reason } => {
                write!(f, "after {items} items the JSON text breaks: {reason}")
            }
            ReadError::BadCurrency(code) => {
                write!(
                    f,
                    "{} is no currency: write an ISO 4217 code such as `JPY`",
                    quoted(code)
                )
            }
        }
    }
}

impl error::Error for ReadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            ReadError::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        ReadError::Io(error)
    }
}
