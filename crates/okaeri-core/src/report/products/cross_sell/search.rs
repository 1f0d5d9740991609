//! The search for sets and rules, once all baskets are together.

use super::{CrossSell, SET_MAX};
use crate::baskets::rules::{Rule, Wanted, rules};
use crate::baskets::{Baskets, Frequent, Search};
use crate::report::products::at;
use crate::report::tally::Counted;

/// What one search may look at and find: about a fifth of a second.
const STEPS_MAX: u64 = 12_000_000;
const SETS_MAX: u32 = 60_000;

/// What the search found.
pub struct Found {
    /// Sets that are frequent.
    pub frequent: Frequent,
    /// The rules that follow, the surest first.
    pub rules: Vec<Rule>,
}

impl CrossSell {
    /// Searches what was counted, of all shards together.
    pub fn search(&self, counted: &Counted) -> Found {
        let singles: Vec<&[i64]> = counted.rows("single").collect();
        let kinds = singles.last().map_or(0, |row| at(row, 0).saturating_add(1));
        let mut baskets = Baskets::new(u32::try_from(kinds).unwrap_or(0));
        let mut basket = Vec::new();
        let mut last = None;
        for row in counted.rows("content") {
            if last.is_some_and(|last| last != at(row, 0)) {
                baskets.add(&basket);
                basket.clear();
            }
            last = Some(at(row, 0));
            basket.push(at(row, 1) as u32);
        }
        if last.is_some() {
            baskets.add(&basket);
        }
        for row in &singles {
            let item = [at(row, 0) as u32];
            (0..at(row, 1)).for_each(|_| baskets.add(&item));
        }
        let all = counted.rows("baskets").next().map_or(0, |row| at(row, 0));
        // Those with nothing in them are baskets too.
        (i64::from(baskets.count())..all).for_each(|_| baskets.add(&[]));
        let (frequent, mut rules) = self.search_in(&baskets);
        if self.product.is_some() {
            let asked = singles.iter().find(|row| at(row, 2) > 0);
            let asked = asked.map(|row| at(row, 0) as u32);
            rules.retain(|rule| asked.is_some_and(|asked| rule.left.contains(&asked)));
        }
        Found { frequent, rules }
    }

    fn search_in(&self, baskets: &Baskets) -> (Frequent, Vec<Rule>) {
        let least = baskets.least_count(self.min_support).unwrap_or(1);
        let search = Search {
            least: least.max(self.min_count),
            size_max: (self.max_items + 1).min(SET_MAX as u32),
            sets_max: SETS_MAX,
            steps_max: STEPS_MAX,
        };
        let frequent = Frequent::of(baskets, &search);
        let wanted = Wanted {
            confidence_least: 0.0,
            lift_least: self.min_lift,
        };
        let rules = rules(&frequent, &wanted);
        (frequent, rules)
    }
}
