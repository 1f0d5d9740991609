//! What reports work out of customers, such as their CPM group: columns that are given.
//!
//! The language knows their names and types; what they hold is made by whoever asks, who knows
//! the shop's settings and its forecast, and only when a text asks for it ([`asked_by`]).

use super::attributes::{Source, find};
use super::parse::parse;
use super::query::Number;
use super::tree::Tree;

/// A column that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Place in [`GROUPS`](crate::analysis::cpm::GROUPS).
    CpmGroup,
    /// Place in [`RANKS`](crate::analysis::ltv_rank::RANKS).
    LtvRank,
    /// Place among the shop's member ranks, 0 is the lowest.
    MemberRank,
    /// The highest score among the contracts that go on, 0 to 100.
    ChurnRisk,
    /// Its place in [`BANDS`](crate::subscription::risk::BANDS).
    ChurnBand,
    /// The chance to be still with the shop, in [`SHARES`](super::attributes::SHARES)ths.
    Alive,
    /// What is forecast of the customer, in minor units.
    Worth,
}

impl Given {
    /// All of them, by their numbers.
    pub const ALL: [Given; 7] = [
        Given::CpmGroup,
        Given::LtvRank,
        Given::MemberRank,
        Given::ChurnRisk,
        Given::ChurnBand,
        Given::Alive,
        Given::Worth,
    ];
}

/// Stands for no value.
pub const NO_VALUE: i32 = i32::MIN;

/// The columns that a tree asks for, each once.
pub fn asked_by(tree: &Tree) -> Vec<Given> {
    let mut found = Vec::new();
    collect(tree, &mut found);
    found
}

/// The columns that a text asks for, each once; none of a text that cannot be read.
pub fn asked_by_text(text: &str) -> Vec<Given> {
    parse(text).map_or_else(|_| Vec::new(), |tree| asked_by(&tree))
}

fn collect(tree: &Tree, found: &mut Vec<Given>) {
    match tree {
        Tree::All(members) | Tree::Any(members) => {
            members.iter().for_each(|member| collect(member, found));
        }
        Tree::Not(inner) => collect(inner, found),
        Tree::Condition(condition) => {
            let source = find(&condition.subject.name).map(|attribute| attribute.source);
            if let Some(Source::Number(Number::Given(given))) = source
                && !found.contains(&given)
            {
                found.push(given);
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_what_it_asks_of_reports() {
        let text = "NOT (p_alive < 0.3 OR decile = 1) AND cpm_group = 'loyal_active' \
                    AND p_alive >= 0.1";
        let asked = asked_by(&parse(text).unwrap());
        assert_eq!(asked, [Given::Alive, Given::CpmGroup]);
        assert_eq!(asked_by_text(text), asked);
        assert_eq!(asked_by_text("decile = 1"), []);
        assert_eq!(asked_by_text("p_alive <"), []);
    }

    #[test]
    fn the_numbers_are_the_places() {
        for (place, given) in Given::ALL.into_iter().enumerate() {
            assert_eq!(given as usize, place);
        }
    }
}
