//! Rules: who buys these also buys that.

use super::{Frequent, by_size};
use crate::interval::wilson;
use crate::order::sorted;

/// Which rules are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Rules of a confidence of at least this.
    pub confidence_least: f64,
    /// Rules of a lift of at least this.
    pub lift_least: f64,
}

impl Default for Wanted {
    /// What sells together clearly more often than by chance, however seldom.
    fn default() -> Self {
        Wanted {
            confidence_least: 0.0,
            lift_least: 1.2,
        }
    }
}

/// One or more items on the left, one on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Items on the left, ascending.
    pub left: Vec<u32>,
    /// The item on the right.
    pub right: u32,
    /// Baskets with all of them.
    pub count: u32,
    /// Baskets with those on the left.
    pub left_count: u32,
    /// Baskets with that on the right.
    pub right_count: u32,
    /// All baskets.
    pub baskets: u32,
    /// The lower bound of the 95 % interval of the confidence ([`wilson`]): three lucky baskets
    /// stand below three hundred ordinary ones.
    pub confidence_low: f64,
}

impl Rule {
    /// The share of all baskets that contain all of the items (支持度).
    pub fn support(&self) -> f64 {
        f64::from(self.count) / f64::from(self.baskets)
    }

    /// The share of baskets with the left that contain the right too (信頼度, 併売率).
    pub fn confidence(&self) -> f64 {
        f64::from(self.count) / f64::from(self.left_count)
    }

    /// The confidence by the share of all baskets that contain the right (リフト値): above 1 they
    /// sell together more than by chance.
    pub fn lift(&self) -> f64 {
        let together = f64::from(self.count) * f64::from(self.baskets);
        together / (f64::from(self.left_count) * f64::from(self.right_count))
    }
}

/// The rules that follow from the sets found: the greatest [`Rule::confidence_low`] first, then
/// the greatest count, then by the left, smaller ones first, and by the right.
///
/// They are all rules whose items stand together in at least [`Frequent::least`] baskets.
pub fn rules(frequent: &Frequent, wanted: &Wanted) -> Vec<Rule> {
    let mut rules = Vec::new();
    for set in frequent.sets().filter(|set| set.items.len() > 1) {
        for right in set.items {
            let left = set.items.iter().filter(|item| *item != right);
            let left: Vec<u32> = left.copied().collect();
            // Parts of a frequent set are frequent.
            let counts = frequent.count_of(&left).zip(frequent.count_of(&[*right]));
            let Some((left_count, right_count)) = counts else {
                continue;
            };
            let rule = Rule {
                left,
                right: *right,
                count: set.count,
                left_count,
                right_count,
                baskets: frequent.baskets,
                confidence_low: wilson(set.count.into(), left_count.into())
                    .map_or(0.0, |band| band.low),
            };
            if rule.confidence() >= wanted.confidence_least && rule.lift() >= wanted.lift_least {
                rules.push(rule);
            }
        }
    }
    sorted(rules, |a, b| {
        b.confidence_low
            .total_cmp(&a.confidence_low)
            .then(b.count.cmp(&a.count))
            .then_with(|| by_size(&a.left, &b.left))
            .then(a.right.cmp(&b.right))
    })
}
