//! How facts come in.

use serde::{Deserialize, Serialize};

use crate::named::Named;

/// Adds facts. One load may come in several calls, and one file of `json`, `ndjson` or `csv` in
/// several pieces, cut anywhere. All rows of an order within one load are one version of it, and a
/// later load replaces the order. A load whose call fails is taken back as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// What the payload is.
    pub format: Format,
    /// Our column name → the payload's, for `arrow_lines` and `arrow_customers`. What is not
    /// named is looked for under our own name.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub columns: Named<String>,
    /// For `csv`: how its columns are read, as the TOML text of a column mapping. Without it the
    /// cart is told by its header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// More calls of this load follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// About how many lines the load has in all, so that memory is taken once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines_hint: Option<u64>,
    /// Only what identity needs is kept, to find the shards of a shop. The payload of the answer
    /// has for each row (or fact) the number of its order as 32 bits: orders are numbered from 0
    /// as they first come, a row without an order is 2^32 - 1.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keys: bool,
    /// Only the rows of one shard are taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardRows>,
}

/// Which rows of a load are a shard's: the payload ends with one byte for each row (or fact), the
/// number of its shard, 255 for a row that every shard takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShardRows {
    /// The number of this shard.
    pub index: u8,
    /// How many bytes there are at the end of the payload.
    pub rows: u64,
}

/// What a payload is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An Arrow IPC stream, one row an order line (ARROW.md).
    ArrowLines,
    /// An Arrow IPC stream, one row a customer (ARROW.md).
    ArrowCustomers,
    /// A JSON array of orders.
    #[default]
    Json,
    /// One fact a line.
    Ndjson,
    /// A cart's CSV file as it is.
    Csv,
}
