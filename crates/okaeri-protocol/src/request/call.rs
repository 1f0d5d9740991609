//! One call.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Question;
use super::ask::{Ask, Scope, is_default};
use super::load::Load;
use crate::plan::PlanRequest;
use crate::settings::Settings;

/// One call. An instance of the module holds one shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "call", rename_all = "snake_case", deny_unknown_fields)]
pub enum Call {
    /// What this module is. Answer: `About`.
    About,
    /// Sets the shop's settings. Facts loaded before stay; local times were read in the zone that
    /// was set when they were loaded. Answer: `Done`.
    Configure {
        /// All settings; what is absent is the default.
        settings: Box<Settings>,
    },
    /// Adds facts; the payload is the data. Answer: `Loaded`.
    Load(Load),
    /// Takes back the load under way, if there is one. Answer: `Done`.
    Cancel,
    /// Asks one question. Answer: as the question says. To a shard that is asked for `customers`
    /// or a `customer`, the payload is the rankings of the whole shop (see `Finish`); with them,
    /// the payload of the answer to `customers` has the places of the list (ABI.md).
    Ask(Box<Ask>),
    /// Who would be sent what. Answer: `Plan`. Rankings and places as in `Ask`.
    Plan(Box<PlanRequest>),
    /// Tells each order's shard, so that people who must not be parted stay together. The payload
    /// may be an earlier answer: who has orders in it stays where they are, unless people of
    /// different shards are now linked. Answer: `Shards`; the payload has one byte for each
    /// order, in the order in which they were first loaded.
    Shards {
        /// How many shards, 1 to 255.
        count: u8,
    },
    /// This instance's share of an answer. Answer: `Done`; the payload is a partial.
    Partial {
        /// As in `Ask`.
        #[serde(with = "crate::moment::days")]
        #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
        as_of: NaiveDate,
        /// As in `Ask`.
        #[serde(default, skip_serializing_if = "is_default")]
        scope: Scope,
        /// What will be finished from it; a dashboard has all that any table needs.
        #[serde(default = "everything")]
        question: Question,
    },
    /// Merges partials and finishes a question over all of them. The payload is the partials one
    /// after the other. Answer: `Tables`; for the question `customers`, `Done` with the rankings
    /// of the whole shop as payload, which a shard is given with `ask` and `plan`.
    Finish {
        /// Length of each partial in the payload, in bytes.
        parts: Vec<u64>,
        /// Lengths of the partials of the day to compare with; they come after the others.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        compare: Vec<u64>,
        /// What to answer.
        question: Question,
    },
    /// Forgets all facts and settings. Answer: `Done`.
    Reset,
}

fn everything() -> Question {
    Question::Dashboard { top: None }
}
