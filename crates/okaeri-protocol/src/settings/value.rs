//! What a shop's customers cost and leave.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a margin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MarginSettings {
    /// Gross margin in basis points of the price (6000 is 60 %), where no line of the shop tells
    /// its cost.
    pub gross_margin: u32,
    /// Whether the points that orders were paid with are the shop's own expense; false where a
    /// mall pays them.
    pub points_by_shop: bool,
}

impl Default for MarginSettings {
    /// The margin of GOEMON's example of an LTV.
    fn default() -> Self {
        MarginSettings {
            gross_margin: 6_000,
            points_by_shop: true,
        }
    }
}

/// What may be spent on a new customer (許容CPA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CpaSettings {
    /// Days from the first order within which a customer is to pay, up to 720 (回収期間).
    pub horizon_days: u32,
    /// Share of the margin that is to be profit, in basis points.
    pub target_profit_share: u32,
    /// Fixed cost of serving a customer, in minor units.
    pub service_cost: i64,
}

impl Default for CpaSettings {
    fn default() -> Self {
        CpaSettings {
            horizon_days: 360,
            target_profit_share: 2_000,
            service_cost: 0,
        }
    }
}

/// What was spent on a medium (広告費).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MediaCost {
    /// The medium, as orders name it.
    pub media: String,
    /// First day that the cost is of.
    #[serde(with = "crate::moment::days")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub from: NaiveDate,
    /// Last day that the cost is of.
    #[serde(with = "crate::moment::days")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub to: NaiveDate,
    /// In minor units, spent evenly over these days.
    pub cost: i64,
}

/// A step of a discount by pieces (まとめ買い割引).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BundleStep {
    /// Pieces of one product in an order from which it holds, 2 to 6.
    pub pieces: u32,
    /// What is taken off, in percent of the price.
    pub percent: u32,
}
