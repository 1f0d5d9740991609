//! What the store's rows are in the program.

use std::fmt;
use std::str::FromStr;

use okaeri_protocol::settings::Settings;

use crate::facts::Kind;

/// A shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Shop {
    /// Lowercase letters, digits, `-` and `_`.
    pub id: String,
    /// As its people call it.
    pub name: String,
    /// How its book is read.
    pub settings: Settings,
    /// Milliseconds UTC.
    pub created_at: i64,
}

/// How far a shop is: an instance that has seen the same is up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Of the settings.
    pub version: i64,
    /// Of the newest load; 0 before the first.
    pub last_seq: i64,
}

/// What is noted of a load when it is kept.
#[derive(Clone, Debug)]
pub struct LoadNote {
    /// Unique, random.
    pub id: String,
    /// Whose facts.
    pub shop: String,
    /// Where they came from, such as a file's name or `api`.
    pub source: String,
    /// Rows of all its batches.
    pub rows: u64,
    /// Orders of all its batches.
    pub orders: u64,
    /// Milliseconds UTC.
    pub received_at: i64,
}

/// One load in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadRow {
    /// Its place.
    pub seq: i64,
    /// Its id.
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// Rows of all its batches.
    pub rows: u64,
    /// Orders of all its batches.
    pub orders: u64,
    /// Milliseconds UTC.
    pub received_at: i64,
}

/// A batch as it lies in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What the body is when it is unpacked.
    pub kind: Kind,
    /// Rows, or facts for NDJSON.
    pub rows: u64,
    /// Orders among them.
    pub orders: u64,
    /// Compressed by zstd.
    pub body: Vec<u8>,
    /// SHA-256 of `body`.
    pub sha256: Vec<u8>,
}

/// A bearer's right to one shop. The token itself is kept nowhere, only its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The shop.
    pub shop: String,
    /// What it allows.
    pub scope: Scope,
    /// Its first letters, to name it by.
    pub prefix: String,
    /// What it is for, in the owner's words.
    pub label: String,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// From when on it opens nothing, in milliseconds UTC; never, unless it says.
    pub expires_at: Option<i64>,
}

/// What a token allows; each allows what those before it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Scope {
    /// Ask.
    Read,
    /// Add facts.
    Write,
    /// Send, and change settings.
    Admin,
}

/// A text of the database that this version of Okaeri does not know.
#[derive(Debug)]
pub struct Unknown(String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the database holds `{}`, which this version does not know",
            self.0
        )
    }
}

impl std::error::Error for Unknown {}

impl From<Unknown> for sqlx::Error {
    fn from(unknown: Unknown) -> Self {
        sqlx::Error::Decode(Box::new(unknown))
    }
}

/// Gives a plain enum its text in the database.
macro_rules! texts {
    ($of:ty { $($value:path = $text:literal),+ $(,)? }) => {
        impl $of {
            /// Its text in the database.
            pub fn text(self) -> &'static str {
                match self { $($value => $text),+ }
            }
        }

        impl FromStr for $of {
            type Err = Unknown;
            fn from_str(text: &str) -> Result<Self, Unknown> {
                match text { $($text => Ok($value),)+ _ => Err(Unknown(text.to_owned())) }
            }
        }
    };
}

texts!(Kind { Kind::Lines = "lines", Kind::Customers = "customers", Kind::Ndjson = "ndjson" });
texts!(Scope { Scope::Read = "read", Scope::Write = "write", Scope::Admin = "admin" });
