//! Reports: analyses as counts by key, each of which opens the customers behind it.
//!
//! A [`Report`] says what it counts ([`Spec`]), reads the book once and puts every fact into a
//! [`Tally`], and finishes the sums to tables. Because all counting goes through [`Tally::add`],
//! three things come with every report: sums of shards merge by adding, a number's customers are
//! found by counting again and keeping who adds to it ([`Tally::of_members`]), and numbers and
//! lists cannot disagree.

pub mod bundles;
pub mod churn_risk;
pub mod cohorts;
pub mod contract_churn;
pub mod contract_flow;
pub mod contract_retention;
pub mod conversion;
pub mod coupons;
pub mod cpm;
pub mod days_to_next;
pub mod decile_period;
pub mod effects;
pub mod expected;
pub mod free_shipping;
pub mod gifts;
pub mod groups;
pub mod lifecycle_grid;
pub mod ltv;
pub mod ltv_ranks;
pub mod margin;
pub mod media;
pub mod member_ranks;
pub mod partial;
pub mod products;
pub mod purchases;
pub mod rfm_groups;
pub mod sheet;
mod spans;
pub mod standing;
pub mod steps;
pub mod tally;
mod windows;

#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod repeat_tests;
#[cfg(test)]
mod value_tests;

use crate::analysis::people::Figures;
use crate::book::Book;
use crate::forecast;
use crate::identity::People;
use crate::ledger::Ledger;
use crate::people::PersonKeys;

pub use sheet::{Sheet, Table, Values};
pub use standing::{Need, Span, Told};
pub use tally::{Counted, Tally};

/// What a key column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number: a count, a day, a month (`year * 12 + month - 1`), a number of days.
    Int,
    /// Rank of a product in the book, -1 for none, -2 for others counted together.
    Product,
    /// A text of the tally's dictionary ([`Tally::word`]), -1 for none.
    Word,
    /// The place of a name in this list.
    Name(&'static [&'static str]),
}

/// One table of counts: key columns, then sums.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Names the table, in answers too.
    pub name: &'static str,
    /// Names and kinds of the key columns.
    pub keys: &'static [(&'static str, Kind)],
    /// Names of the sums.
    pub sums: &'static [&'static str],
}

impl Spec {
    /// Columns in all.
    pub fn width(&self) -> usize {
        self.keys.len() + self.sums.len()
    }
}

/// What a report reads.
#[derive(Clone, Copy)]
pub struct Shop<'a> {
    /// The facts.
    pub ledger: &'a Ledger,
    /// Who is who.
    pub people: &'a People,
    /// Names of people.
    pub keys: &'a PersonKeys,
    /// The orders that count, by person and time.
    pub book: &'a Book,
    /// Figures of every customer, by person.
    pub figures: &'a [Figures],
    /// What is forecast of them, in the same order, if the report asks for it.
    pub forecast: Option<&'a forecast::shop::Shop>,
    /// What a shard was told of the whole shop; `None` where all customers are at hand.
    pub told: Option<&'a Told>,
}

/// An analysis as counts.
pub trait Report {
    /// The tables that it counts.
    fn specs(&self) -> &'static [Spec];

    /// The forecast that it reads, if any.
    fn forecast(&self) -> Option<forecast::shop::Options> {
        None
    }

    /// Counts the shop into them. A person with orders adds to what the person belongs to; guests
    /// and what belongs to nobody are added under [`NO_PERSON`](crate::identity::NO_PERSON).
    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally);

    /// What a shard must be told of the whole shop before it counts, such as its fifths: its own
    /// customers would be cut by other bounds than the next shard's.
    fn needs(&self) -> Vec<Need> {
        self.forecast().map(Need::Forecast).into_iter().collect()
    }

    /// Tables and notes from the sums, which may be those of several shards together. Without an
    /// implementation the counts are the tables.
    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in self.specs() {
            sheet.push(spec.name, counted.table(spec.name));
        }
    }

    /// The same where the whole shop is at hand.
    fn finish_whole(&self, _shop: &Shop<'_>, counted: &Counted, sheet: &mut Sheet) {
        self.finish(counted, sheet);
    }
}
