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
    /// Asks one question. Answer: as the question says. A shard is told the standings of the whole
    /// shop that the question needs (see `Standings`) in the payload, one after the other; with
    /// them, the payload of the answer to `customers` has the places of the list (ABI.md).
    Ask(Box<Ask>),
    /// Who would be sent what. Answer: `Plan`. Standings and places as in `Ask`; they are those of
    /// the question `customers` with the plan's filter.
    Plan(Box<PlanRequest>),
    /// Tells each order's shard, so that people who must not be parted stay together. The payload
    /// may be an earlier answer: who has orders in it stays where they are, unless people of
    /// different shards are now linked. Answer: `Shards`; the payload has one byte for each
    /// order, in the order in which they were first loaded.
    Shards {
        /// How many shards, 1 to 255.
        count: u8,
    },
    /// What a shard must be told of the whole shop to answer a question, or to make its share of
    /// it, by name. Answer: `Standings`.
    Standings {
        /// The question.
        question: Question,
    },
    /// This instance's share of an answer. The payload is the standings that the question needs,
    /// one after the other. Answer: `Done`; the payload is a partial. With `standing`, its share of
    /// that one.
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
        /// One of the standings that the question needs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standing: Option<String>,
    },
    /// Merges partials and finishes a question over all of them. The payload is the partials one
    /// after the other. Answer: `Tables`; with `standing`, `Done` with that one as payload, as
    /// shards are told it with `ask`, `plan` and `partial`.
    Finish {
        /// Length of each partial in the payload, in bytes.
        parts: Vec<u64>,
        /// Lengths of the partials of the day to compare with; they come after the others.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        compare: Vec<u64>,
        /// What to answer.
        question: Question,
        /// The standing that the partials are of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standing: Option<String>,
    },
    /// Forgets all facts and settings. Answer: `Done`.
    Reset,
}

fn everything() -> Question {
    Question::Dashboard { top: None }
}
