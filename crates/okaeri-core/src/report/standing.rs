//! Standings: what of the whole shop a report must know before it counts a part of it.
//!
//! A threshold that is fitted to the shop, a fifth, a model: on an instance with all customers
//! they follow from the customers at hand. A shard is told them instead. Each standing is measured
//! on every shard, the parts are merged to one, and that is told to all of them: so a report cuts
//! a share of the customers as it cuts all.

use super::Shop;
use crate::analysis::cpm::Preset;
use crate::analysis::decile;
use crate::analysis::partial::{bounded, sum};
use crate::analysis::people::Figures;
use crate::analysis::rankings::Rankings;
use crate::analysis::rfm::Bounds;
use crate::analysis::sums::Sums;
use crate::analysis::typical::{OrderValue, Typical, gaps, median_doubled, most};
use crate::analysis::wire::{Malformed, Reader, Writer, begun, opened};
use crate::book::Book;
use crate::forecast::shop::Options;
use crate::people::Tie;
use crate::subscription::Subscriptions;
use crate::subscription::risk::decided;

/// Which orders customers are ranked by: all up to the day of the question, or fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Days up to the day of the question, which is one of them; 0: all.
    pub days: i32,
    /// The last day; that of the question when absent.
    pub until: Option<i32>,
}

impl Span {
    /// Up to an earlier day.
    pub fn until(day: i32) -> Self {
        Span {
            days: 0,
            until: Some(day),
        }
    }

    /// The first day, as of the day of the question.
    pub fn first_day(self, as_of_day: i32) -> i32 {
        match self.days {
            0 => i32::MIN,
            days => as_of_day.saturating_sub(days).saturating_add(1),
        }
    }

    /// The last day, as of the day of the question.
    pub fn last_day(self, as_of_day: i32) -> i32 {
        self.until.unwrap_or(as_of_day)
    }

    /// The figures of everybody with orders in it, by person.
    pub fn figures(self, book: &Book) -> Vec<Figures> {
        let first_day = self.first_day(book.as_of_day);
        let last_day = self.last_day(book.as_of_day);
        let within = |person: u32| {
            let orders = book.orders_of(person);
            let start = orders.partition_point(|order| order.day < first_day);
            let end = orders.partition_point(|order| order.day <= last_day);
            Figures::of(person, orders.get(start..end)?)
        };
        (0..book.person_count()).filter_map(within).collect()
    }
}

/// A standing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// Fifths and tenths of the customers: [`Rankings`].
    Rankings(Span),
    /// The average order: [`OrderValue`].
    OrderValue,
    /// Days between purchases ([`gaps`]), whose median is the purchase cycle.
    Gaps,
    /// Contracts that [`decided`] after each cycle.
    Decided,
    /// The fitted forecast.
    Forecast(Options),
    /// What is bought together.
    Rules,
    /// How long products last.
    Uses,
}

impl Need {
    /// Its name: the same for what is measured alike.
    pub fn name(&self) -> String {
        format!("{self:?}")
    }

    /// Columns of keys and columns in all, of a standing that is sums by key.
    fn shape(&self) -> Option<(usize, usize)> {
        match self {
            Need::OrderValue => Some((0, 2)),
            Need::Gaps => Some((1, 2)),
            Need::Decided => Some((1, 3)),
            _ => None,
        }
    }

    /// A standing that is sums by key, of the customers at hand; `None` of another.
    pub fn sums(&self, shop: &Shop<'_>) -> Option<Sums> {
        match self {
            Need::OrderValue => Some(OrderValue::of(shop.book).sums()),
            Need::Gaps => Some(gaps(shop.book)),
            Need::Decided => Some(decided(&Subscriptions::of(shop))),
            _ => None,
        }
    }

    /// Such sums from their bytes behind the day.
    ///
    /// # Errors
    /// When they are something else.
    pub fn decode(&self, mut input: Reader<'_>) -> Result<Sums, Malformed> {
        let (keys, width) = self.shape().ok_or(Malformed)?;
        let mut sums = Sums::new(keys, width);
        while !input.bytes.is_empty() {
            sums.cells.push(sum(&mut input)?);
        }
        match sums.cells.len().is_multiple_of(width) {
            true => Ok(sums),
            false => Err(Malformed),
        }
    }
}

/// Sums as bytes, behind the day that they are of.
pub fn encode(sums: &Sums, as_of_day: i32) -> Vec<u8> {
    let mut out = begun(as_of_day);
    for cell in &sums.cells {
        out.signed(bounded(*cell));
    }
    out.bytes
}

/// Bytes of the length before each standing that is told.
const LENGTH_BYTES: usize = 4;

/// A standing as it is told: with its name and its length, so that several may follow each other.
pub fn told(name: &str, value: &[u8]) -> Vec<u8> {
    let mut out = Writer {
        bytes: vec![0; LENGTH_BYTES],
    };
    out.text(name);
    out.bytes.extend_from_slice(value);
    let length = (out.bytes.len() - LENGTH_BYTES) as u32;
    if let Some(place) = out.bytes.first_chunk_mut() {
        *place = length.to_le_bytes();
    }
    out.bytes
}

/// The standings that an instance was told, by name, all of one day.
#[derive(Clone, Debug, Default)]
pub struct Told(Vec<(String, Vec<u8>)>);

impl Told {
    /// Takes in standings of a day, which replace what was told under their names. Answers
    /// whether any of them says something else than before.
    ///
    /// # Errors
    /// When the bytes are not standings of this day and this version.
    pub fn take_in(&mut self, mut bytes: &[u8], as_of_day: i32) -> Result<bool, Malformed> {
        let mut is_changed = false;
        while let Some((length, rest)) = bytes.split_first_chunk::<LENGTH_BYTES>() {
            let length = u32::from_le_bytes(*length) as usize;
            let (named, after) = rest.split_at_checked(length).ok_or(Malformed)?;
            bytes = after;
            let mut input = Reader { bytes: named };
            let name = input.text()?;
            if opened(input.bytes)?.0 != as_of_day {
                return Err(Malformed);
            }
            match self.0.iter_mut().find(|(known, _)| known == name) {
                Some((_, value)) if value == input.bytes => {}
                Some((_, value)) => {
                    is_changed = true;
                    *value = input.bytes.to_vec();
                }
                None => self.0.push((name.to_owned(), input.bytes.to_vec())),
            }
        }
        match bytes.is_empty() {
            true => Ok(is_changed),
            false => Err(Malformed),
        }
    }

    /// What was told of a standing: the day, and what stands behind it.
    pub fn find(&self, need: &Need) -> Option<(i32, Reader<'_>)> {
        let name = need.name();
        let found = self.0.iter().find(|(known, _)| *known == name);
        opened(&found?.1).ok()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Preset {
    /// What its bounds are fitted by.
    pub fn needs(&self) -> Vec<Need> {
        match self {
            Preset::Fit => vec![Need::OrderValue, Need::Gaps],
            Preset::SevenAov => vec![Need::OrderValue],
            _ => Vec::new(),
        }
    }
}

impl Shop<'_> {
    /// A standing that is sums by key: as it was told, or of the customers at hand.
    fn sums(&self, need: Need) -> Sums {
        let told = self.told.and_then(|told| told.find(&need));
        let told = told.and_then(|(_, input)| need.decode(input).ok());
        told.or_else(|| need.sums(self)).unwrap_or_default()
    }

    /// All orders of the shop.
    pub fn order_value(&self) -> OrderValue {
        OrderValue::of_sums(&self.sums(Need::OrderValue))
    }

    /// What a preset of CPM is fitted by.
    pub fn typical(&self, preset: &Preset) -> Typical {
        let mut typical = Typical::default();
        for need in preset.needs() {
            match need {
                Need::Gaps => typical.cycle_doubled = median_doubled(&self.sums(need)),
                _ => typical.value = self.order_value(),
            }
        }
        typical
    }

    /// See [`most`].
    pub fn most_gaps(&self) -> Option<[i64; 2]> {
        most(&self.sums(Need::Gaps))
    }

    /// Contracts that decided after each cycle; `subscriptions` are those at hand.
    pub fn decided(&self, subscriptions: &Subscriptions) -> Sums {
        match self.told {
            Some(_) => self.sums(Need::Decided),
            None => decided(subscriptions),
        }
    }

    /// Where customers stand by their orders over a span, where that was told.
    pub fn told_rankings(&self, span: Span) -> Option<Rankings> {
        let (day, input) = self.told?.find(&Need::Rankings(span))?;
        Rankings::decode(day, input).ok()
    }

    /// The fifths of the customers whose figures over a span these are.
    pub fn quantiles(&self, span: Span, figures: &[Figures]) -> Bounds {
        let day = span.last_day(self.book.as_of_day);
        let told = self.told_rankings(span);
        told.map_or_else(
            || Bounds::quantiles(figures, day),
            |rankings| rankings.quantiles,
        )
    }

    /// The edges between their tenths.
    pub fn edges(&self, span: Span, figures: &[Figures]) -> Vec<(i64, Tie)> {
        let told = self.told_rankings(span);
        told.map_or_else(
            || decile::edges(figures, |person| self.tie(person)),
            |rankings| rankings.edges,
        )
    }

    /// What settles ties of a person.
    pub fn tie(&self, person: u32) -> Tie {
        self.keys.tie(&self.ledger.contacts, person)
    }
}

#[cfg(test)]
mod tests;
