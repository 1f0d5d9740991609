//! What sells together (クロスセル分析, 併売): frequent sets of products, and rules ranked by the
//! lower bound of their confidence.
//!
//! A basket is an order, or all that a customer bought within a window (MDNEXT's 期間併買). The
//! bounds below and the window of 180 days are ours. A search that takes too long asks for more
//! baskets than it was told, and says so.

mod contents;
mod known;
mod search;

use super::{add_rates, at};
use crate::baskets::rules::Rule;
use crate::list::List;
use crate::order::first_sorted;
use crate::report::sheet::{Sheet, Table, Values, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};

pub use known::Known;
pub use search::Found;

/// What a basket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An order.
    Order,
    /// What a customer bought in the so many days that end with the day of the question.
    Customer {
        /// The days.
        window_days: u32,
    },
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossSell {
    /// What a basket is.
    pub unit: Unit,
    /// Baskets that a set must be in.
    pub min_count: u32,
    /// The share of all baskets that a set must be in, 0 to 1.
    pub min_support: f64,
    /// Rules of a lift of at least this.
    pub min_lift: f64,
    /// Products on the left of a rule at most, 1 to 3.
    pub max_items: u32,
    /// Codes of products that are no goods to recommend.
    pub exclude: Vec<String>,
    /// Only rules with this product on the left.
    pub product: Option<String>,
    /// Rules, and sets, at most.
    pub limit: u32,
}

impl Default for CrossSell {
    /// Pairs and triples that customers bought within 180 days: ours.
    fn default() -> Self {
        CrossSell {
            unit: Unit::Customer { window_days: 180 },
            min_count: 5,
            min_support: 0.001,
            min_lift: 1.2,
            max_items: 2,
            exclude: Vec::new(),
            product: None,
            limit: 100,
        }
    }
}

/// Products in a set at most.
const SET_MAX: usize = 4;

static SPECS: [Spec; 5] = [
    // Rules and sets are found only when all baskets are together. These two open their people.
    Spec {
        name: "rules",
        keys: &[
            ("left1", Kind::Product),
            ("left2", Kind::Product),
            ("left3", Kind::Product),
            ("right", Kind::Product),
        ],
        sums: &["count", "left_count", "right_count", "baskets"],
    },
    Spec {
        name: "sets",
        keys: &[
            ("product1", Kind::Product),
            ("product2", Kind::Product),
            ("product3", Kind::Product),
            ("product4", Kind::Product),
        ],
        sums: &["count", "baskets"],
    },
    Spec {
        name: "baskets",
        keys: &[],
        sums: &["baskets"],
    },
    // Baskets with one product, and whether it is the one that is asked for.
    Spec {
        name: "single",
        keys: &[("product", Kind::Product)],
        sums: &["count", "asked"],
    },
    // Baskets with more, product by product.
    Spec {
        name: "content",
        keys: &[("basket", Kind::Int), ("product", Kind::Product)],
        sums: &["count"],
    },
];

/// The places of a key: items, then -1.
fn key_of(items: &[u32], right: Option<u32>) -> [i64; SET_MAX] {
    let mut key = [-1; SET_MAX];
    for (place, item) in key.iter_mut().zip(items) {
        *place = i64::from(*item);
    }
    if let (Some(right), Some(last)) = (right, key.last_mut()) {
        *last = i64::from(right);
    }
    key
}

impl Report for CrossSell {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        if let Some(wanted) = tally.wanted().cloned() {
            self.members(shop, &wanted, tally);
            return;
        }
        self.count(shop, tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let Found { frequent, rules } = self.search(counted);
        let limit = self.limit as usize;
        let key = |rule: &Rule| key_of(&rule.left, Some(rule.right));
        let keys: Vec<[i64; SET_MAX]> = rules.iter().take(limit).map(key).into_list();
        let shown = || rules.iter().take(limit);
        let mut table = keyed(0, &keys);
        let mut ints = |name: &'static str, value: &dyn Fn(&Rule) -> u32| {
            let values = shown().map(|rule| i64::from(value(rule))).into_list();
            table.columns.push((name, Values::Int(values)));
        };
        ints("count", &|rule| rule.count);
        ints("left_count", &|rule| rule.left_count);
        ints("right_count", &|rule| rule.right_count);
        ints("baskets", &|rule| rule.baskets);
        let mut rates = shown().map(|rule| {
            let rates = [
                rule.support(),
                rule.confidence(),
                rule.confidence_low,
                rule.lift(),
            ];
            rates.map(Some).to_vec()
        });
        let names = ["support", "confidence", "confidence_low", "lift"];
        add_rates(&mut table, &names, &mut rates);
        sheet.push("rules", table);

        let sets = frequent.sets().filter(|set| set.items.len() > 1);
        let sets = first_sorted(sets.into_list(), limit, |a, b| b.count.cmp(&a.count));
        let keys: Vec<[i64; SET_MAX]> = sets.iter().map(|set| key_of(set.items, None)).into_list();
        let mut table = keyed(1, &keys);
        let all = i64::from(frequent.baskets);
        let counts = sets.iter().map(|set| i64::from(set.count)).into_list();
        table.columns.push(("count", Values::Int(counts)));
        table
            .columns
            .push(("baskets", Values::Int(vec![all; sets.len()])));
        let mut rates = sets.iter().map(|set| vec![share(set.count.into(), all)]);
        add_rates(&mut table, &["support"], &mut rates);
        sheet.push("sets", table);

        let mut table = Table::default();
        let values = [
            ("baskets", all),
            ("least_asked", frequent.asked.into()),
            ("least", frequent.least.into()),
            ("sets", frequent.len() as i64),
            ("rules", rules.len() as i64),
        ];
        for (name, value) in values {
            table.columns.push((name, Values::Int(vec![value])));
        }
        sheet.push("baskets", table);
        let is_raised = frequent.least > frequent.asked;
        sheet.note(
            "count_raised",
            if is_raised { frequent.least.into() } else { 0 },
        );
    }
}

/// A table that begins with these keys.
fn keyed(table: usize, keys: &[[i64; SET_MAX]]) -> Table {
    let mut shown = Table::default();
    for (place, (name, _)) in SPECS
        .get(table)
        .map_or(&[][..], |spec| spec.keys)
        .iter()
        .enumerate()
    {
        let column = keys.iter().map(|key| at(key, place)).into_list();
        shown.columns.push((name, Values::Product(column)));
    }
    shown
}
