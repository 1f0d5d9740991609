//! 名寄せ: which contacts are one person.
//!
//! Keys are made from what buyers typed ([`normalise`]), interned by the ledger, and joined by a
//! rule ([`resolve`]). Source records stay as they are: a person is a number beside them, made
//! anew from the same records whenever it is asked for, and every join can be shown and taken
//! back. When in doubt, two people: a wrong merge is harder to see than a missing one.

mod blocklist;
mod forest;
mod id_cc;
mod judged;
mod link;
mod merging;
pub mod normalise;
mod pairs;
mod records;
mod resolve;
mod review;
mod tiers;
mod traits;

pub use blocklist::Blocklist;
pub(crate) use forest::Forest;
pub use id_cc::id_cc;
pub use judged::{Judgement, Judgements, Verdict};
pub use link::{Blocker, Evidence, Link};
pub use records::{Column, Records};
pub use resolve::{NO_PERSON, People, Rule, resolve, resolve_linked};

#[cfg(test)]
mod tests;
