//! A question with its day and its orders.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Question;

/// A question, and as of when and over which orders it is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The day on whose evening the question is answered (基準日): facts after it do not exist,
    /// and days since the last order count up to it.
    #[serde(with = "crate::moment::days")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub as_of: NaiveDate,
    /// Another day to compare with. An answer of tables then has each table of that day too,
    /// under its name and `_before`; other answers take no comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(with = "crate::moment::days::optional")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub compare: Option<NaiveDate>,
    /// Which orders count.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: Scope,
    /// What to answer.
    pub question: Question,
}

impl Default for Ask {
    fn default() -> Self {
        Ask::new(NaiveDate::default(), Question::Summary)
    }
}

impl Ask {
    /// A question over all orders, without a comparison.
    pub fn new(as_of: NaiveDate, question: Question) -> Self {
        Ask {
            as_of,
            compare: None,
            scope: Scope::All,
            question,
        }
    }
}

/// Which orders a question counts. An order is a gift when any of its destinations is one, so the
/// two parts make up the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// Those for the buyer's own use (自家需要).
    Own,
    /// Gifts.
    Gift,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
