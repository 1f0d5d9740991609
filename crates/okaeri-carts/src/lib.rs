//! Carts' formats → the canonical facts of `okaeri_protocol`.
//!
//! [`read()`] is the door, [`Reader`] the same for bytes that come in pieces. Behind it: `text` and
//! `cp932` (encodings), `splitter` and `records` (rows), `headers` and `detect` (which cart), one file a cart, and
//! `layout` (rows → orders). Values are read by `money`, `dates` and `prefecture`. Nothing here
//! touches a disk, a clock or a network; broken input is refused row by row.

pub mod csv_safe;
pub mod sample;

mod canonical;
mod cp932;
mod dates;
mod detect;
mod ec_cube;
mod error;
mod flat;
mod headers;
mod json;
mod layout;
mod mapping;
mod money;
mod next_engine;
mod prefecture;
mod read;
mod records;
mod refusal;
mod row;
mod shopify;
mod splitter;
mod text;
mod toml;

pub use error::ReadError;
pub use flat::FLAT_COLUMNS;
pub use layout::{Found, ReadReport, Sink};
pub use mapping::{Mapping, MappingError, SettingsHint};
pub use money::{MAX_AMOUNT, MAX_QUANTITY, exponent};
pub use read::{Format, ReadOptions, Reader, read};
