//! Segments as text: a predicate over customers, written close to Shopify's segment query language.
//!
//! ```text
//! number_of_orders >= 3 AND last_order_date < -90d AND NOT prefecture IN ('東京都', '大阪府')
//! products_purchased(id: 'tea', since: -1y, count: 2) = true
//! ```
//!
//! Reading order: a text is cut into [`token`]s and parsed ([`parse()`]) to a [`tree`], which
//! [`mod@format`] writes in its one canonical form and [`words`] in Japanese or English. The
//! [`attributes`] are a table; by it the tree is checked ([`check()`]) and becomes a query, which
//! [`evaluate`] answers over the [`columns`] of the customers as [`bits`], one loop a condition.
//!
//! ```
//! use okaeri_core::segment::{Names, Terms, check, parse, words};
//!
//! let tree = parse("number_of_orders>=3 and last_order_date < 2025-01-31")?;
//! assert_eq!(
//!     tree.to_string(),
//!     "number_of_orders >= 3 AND last_order_date < 2025-01-31"
//! );
//! assert_eq!(
//!     words::sentence(&tree, words::Language::Ja),
//!     "注文回数が3以上 かつ 最終注文日が2025-01-31より前"
//! );
//! let terms = Terms { as_of_day: 20_089, currency_digits: 0, names: &Names::default() };
//! assert!(check(&tree, terms).is_ok());
//!
//! let error = parse("number_of_orders >= ").unwrap_err();
//! assert_eq!(error.to_string(), "20..20: the text ends where a value is expected");
//! # Ok::<(), okaeri_core::segment::Error>(())
//! ```
//!
//! [`complete`](mod@complete) says what may follow in a text that is being written, with the
//! [`values`] that the shop knows.
//!
//! A condition holds or it does not, there is no third: of a customer who lacks the attribute, `=`,
//! `IN`, `CONTAINS`, `BETWEEN` and the comparisons do not hold, and `!=` and everything with NOT do.
//! So the sizes of a segment and of its opposite add up to all customers.
//!
//! What anyone can send ends in an [`Error`] at worst: length, depth and number of conditions are
//! bounded before anything is built.

pub mod attributes;
pub mod bits;
pub mod check;
pub mod columns;
pub mod complete;
pub mod days;
pub mod error;
pub mod evaluate;
pub mod format;
pub mod given;
mod happened;
pub mod operators;
pub mod parse;
mod postings;
mod purchases;
pub mod query;
mod seasons;
mod suggest;
pub mod token;
pub mod tree;
pub mod values;
pub mod words;
pub mod yearly;

pub use bits::Bits;
pub use check::{Names, Terms, check};
pub use columns::Columns;
pub use error::{Error, Kind, Span};
pub use evaluate::Customers;
pub use given::Given;
pub use parse::parse;
pub use query::Query;
pub use tree::Tree;

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::unreachable,
    reason = "a failed step fails the test"
)]
mod tests;
