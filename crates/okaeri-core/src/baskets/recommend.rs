//! What one customer may want next, and why.

use super::rules::Rule;

/// A product that a customer has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The item's number in the rules.
    pub product: u32,
    /// The day of the last purchase of it.
    pub last_day: i32,
}

/// One product to recommend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommendation<'a> {
    /// The product.
    pub product: u32,
    /// Why: who bought its left, as the customer has, also bought its right.
    pub rule: &'a Rule,
    /// Whether the customer has bought it before and is due to buy it again.
    pub is_due: bool,
}

/// What follows from what a customer holds: products of rules whose left side the customer has
/// bought whole, each with its surest rule, surest first.
///
/// `rules` stand in the order of [`rules`](super::rules::rules). A product that the customer has
/// is recommended only when its days of use (`cycle`, by product) are over on `as_of_day`.
pub fn recommendations<'a>(
    rules: &'a [Rule],
    held: &[Held],
    cycle: &dyn Fn(u32) -> Option<u32>,
    as_of_day: i32,
    limit: usize,
) -> Vec<Recommendation<'a>> {
    let holds = |product: &u32| held.iter().find(|held| held.product == *product);
    let mut found: Vec<Recommendation<'a>> = Vec::new();
    for rule in rules {
        if found.len() >= limit {
            break;
        }
        let is_known = found.iter().any(|known| known.product == rule.right);
        if is_known || !rule.left.iter().all(|product| holds(product).is_some()) {
            continue;
        }
        let before = holds(&rule.right);
        let is_due = before.is_some_and(|held| {
            let since = i64::from(as_of_day) - i64::from(held.last_day);
            cycle(rule.right).is_some_and(|days| since >= i64::from(days))
        });
        if before.is_none() || is_due {
            found.push(Recommendation {
                product: rule.right,
                rule,
                is_due,
            });
        }
    }
    found
}
