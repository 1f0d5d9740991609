//! The protocol's conditions in the core's terms.

use okaeri_core::analysis::customers::{Condition as Core, search_form};
use okaeri_core::analysis::rankings::Rankings;
use okaeri_core::keys::{Key, NONE};
use okaeri_core::list::List;
use okaeri_core::order::sorted;
use okaeri_core::zone::day_of;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::filter::{Condition, Filter};
use okaeri_protocol::request::RfmMode;
use okaeri_protocol::table::Cell;

use crate::instance::{Read, error};
use crate::settings;

fn days(value: Option<u32>) -> Option<i32> {
    value.map(|days| i32::try_from(days).unwrap_or(i32::MAX))
}

impl Read<'_> {
    /// The conditions of a filter.
    ///
    /// # Errors
    /// When a score is out of its range, or the text of a segment is wrong.
    pub fn conditions(&self, filter: &Filter, rankings: &Rankings) -> Result<Vec<Core>, CallError> {
        filter
            .0
            .iter()
            .enumerate()
            .map(|(index, c)| self.condition(index, c, rankings))
            .collect()
    }

    fn condition(
        &self,
        index: usize,
        condition: &Condition,
        rankings: &Rankings,
    ) -> Result<Core, CallError> {
        let score = |name: &str, value: Option<u8>, greatest: u8| match value {
            Some(v) if v == 0 || v > greatest => Err(error(
                ErrorCode::BadCall,
                Some(&format!("filter[{index}].{name}")),
                format!("`{v}` is out of range; use 1 to {greatest}"),
            )),
            _ => Ok(value),
        };
        Ok(match condition {
            Condition::Cells { freq, rec } => {
                Core::Cells(score("freq", *freq, 3)?, score("rec", *rec, 3)?)
            }
            Condition::Rfm { mode, r, f, m } => Core::Rfm(
                match mode {
                    RfmMode::Quantile => rankings.quantiles,
                    RfmMode::Threshold => settings::rfm_thresholds(self.settings),
                },
                [score("r", *r, 5)?, score("f", *f, 5)?, score("m", *m, 5)?],
            ),
            Condition::Decile { decile } => {
                score("decile", Some(*decile), 10)?;
                Core::Decile(*decile)
            }
            Condition::Orders { min, max } => Core::Orders(*min, *max),
            Condition::Amount { min, max } => Core::Amount(*min, *max),
            Condition::Shops { n_shops } => Core::Shops(*n_shops),
            Condition::Months { month, is_new } => Core::Month(*month, *is_new),
            Condition::Cohort { cohort, k } => Core::Cohort(*cohort, days(*k)),
            Condition::LastDay { from, to } => Core::LastDay(from.map(day_of), to.map(day_of)),
            Condition::F2 {
                converted: false, ..
            } => Core::NoSecond,
            Condition::F2 {
                days_min, days_max, ..
            } => Core::Second(days(*days_min), days(*days_max)),
            Condition::Products { product, repeated } => match self.product(product) {
                Some(rank) => Core::Product(rank, *repeated),
                None => Core::Nobody,
            },
            Condition::Flow { p1, p2, p3 } => {
                let mut wanted = [None; 3];
                for (place, cell) in wanted.iter_mut().zip([p1, p2, p3]) {
                    *place = match cell {
                        None => None,
                        Some(Cell::Int(-1)) => Some(NONE),
                        Some(cell) => match self.product(cell) {
                            Some(rank) => Some(rank),
                            None => return Ok(Core::Nobody),
                        },
                    };
                }
                Core::Flow(wanted)
            }
            Condition::PairsCustomer { a, b } => match (self.product(a), self.product(b)) {
                (Some(a), Some(b)) => Core::Both(a, b),
                _ => Core::Nobody,
            },
            Condition::Mailable => Core::Mailable,
            Condition::Text { contains } => Core::Text(search_form(contains)),
            Condition::Report {
                question,
                table,
                key,
                measure,
            } => {
                let at = format!("filter[{index}]");
                Core::Members(self.members(&at, question, table, key, measure.as_deref())?)
            }
            Condition::Segment { text, .. } => {
                let at = format!("filter[{index}].text");
                let text = text.as_deref().ok_or_else(|| {
                    let message = "the text of the segment is missing; only a server knows saved \
                                   segments by their ids";
                    error(ErrorCode::BadCall, Some(&at), message)
                })?;
                Core::Members(self.segment_members(&at, text)?)
            }
            Condition::Keys { keys } => {
                let found = keys
                    .iter()
                    .filter_map(|key| self.keys.find(&self.ledger.contacts, key));
                Core::People(sorted(found.into_list(), u32::cmp))
            }
        })
    }

    /// The rank of a product code.
    pub fn product(&self, code: &Cell) -> Option<u32> {
        let id = match code {
            Cell::Int(number) => self
                .ledger
                .products
                .find(Key::Int(u64::try_from(*number).ok()?)),
            Cell::Text(text) => self.ledger.products.find(Key::of(text)),
            _ => None,
        }?;
        self.book.rank_of_product.get(id as usize).copied()
    }
}
