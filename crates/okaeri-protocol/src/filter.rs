//! Which customers: any cell or group of any analysis, and plain conditions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::request::{Question, RfmMode};
use crate::table::Cell;

/// Conditions on customers; all must hold. An empty filter is everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Filter(pub Vec<Condition>);

/// One condition. It names the table whose cell it opens and uses that table's numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "in", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// A cell of the lifecycle matrix; an absent axis is any.
    Cells {
        /// 1 新規, 2 有望, 3 常連.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        freq: Option<u8>,
        /// 1 稼働, 2 うとうと, 3 休眠.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rec: Option<u8>,
    },
    /// A cell of the RFM table; an absent axis is any.
    Rfm {
        /// Quantiles or thresholds.
        #[serde(default)]
        mode: RfmMode,
        /// 1 to 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        r: Option<u8>,
        /// 1 to 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        f: Option<u8>,
        /// 1 to 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        m: Option<u8>,
    },
    /// A tenth by amount, 1 to 10.
    Decile {
        /// 1 is the tenth that spent most.
        decile: u8,
    },
    /// Number of orders, both ends included.
    Orders {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u32>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
    },
    /// Sum of the order amounts, both ends included.
    Amount {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// Number of distinct shops.
    Shops {
        /// Exactly.
        n_shops: u32,
    },
    /// Bought in a month (`year * 12 + month - 1`, as the months table counts).
    Months {
        /// The month.
        month: i32,
        /// Only those for whom it was the first order (`true`) or a repeat order (`false`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        is_new: Option<bool>,
    },
    /// First order in month `cohort`; with `k`, bought again `k` months later.
    Cohort {
        /// Month of the first order.
        cohort: i32,
        /// Months after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        k: Option<u32>,
    },
    /// Day of the last order, both ends included.
    LastDay {
        /// From.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(with = "crate::moment::days::optional")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
        from: Option<NaiveDate>,
        /// To.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(with = "crate::moment::days::optional")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
        to: Option<NaiveDate>,
    },
    /// Whether there was a second order, and within how many days (both ends included).
    F2 {
        /// `false`: no second order yet; the days are then ignored.
        converted: bool,
        /// At least so many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days_min: Option<u32>,
        /// At most so many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days_max: Option<u32>,
    },
    /// Ever bought a product; with `repeated`, in two or more orders (or not).
    Products {
        /// Product code.
        product: Cell,
        /// In two or more distinct orders.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeated: Option<bool>,
    },
    /// Primary products of the first orders; an absent one is any, `-1` is "no such order".
    Flow {
        /// Of the first order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        p1: Option<Cell>,
        /// Of the second.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        p2: Option<Cell>,
        /// Of the third.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        p3: Option<Cell>,
    },
    /// Ever bought both products.
    PairsCustomer {
        /// One product.
        a: Cell,
        /// The other.
        b: Cell,
    },
    /// Can be sent advertising mail: an address, consent, no withdrawal.
    Mailable,
    /// Name, kana, e-mail, phone or key contains the words (normalised).
    Text {
        /// What is looked for.
        contains: String,
    },
    /// Whom a row of a report counts.
    Report {
        /// The report.
        question: Box<Question>,
        /// Its table.
        table: String,
        /// The row's first columns, as many as tell it; `null` is any. For a column of numbers also a
        /// range as text, both ends in it: `"4000..4999"`.
        #[serde(default)]
        key: Vec<Cell>,
        /// The column whose number is opened; without it, everybody in the row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<String>,
    },
    /// Who is in a segment.
    Segment {
        /// Its text, in the language of segments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Id of a saved segment. The server puts its text in before the module is asked, which
        /// knows no saved segments; beside a text it is only a remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Exactly these customers.
    Keys {
        /// Keys as lists of customers give them.
        keys: Vec<String>,
    },
}
