//! One shard's share of an answer, as bytes that merge with others'.
//!
//! A partial holds the sums of the tables that were asked for and, for those that rank people,
//! one row a person in columns of fixed width. Whatever the bytes, reading and merging refuse or
//! saturate; they never trap.

use super::pass::{Summary, Totals};
use super::people::Figures;
use super::sums::Sums;
use super::tables::Which;
use super::wire::{Malformed, Reader, Writer};
use super::{cohort, f2, flow, months, pairs, pass, products};
use crate::book::LeftOut;
use crate::keys::{Key, Keys};
use crate::people::Tie;

/// First byte of a partial of this version.
const VERSION: u64 = 3;
/// No sum is beyond it, so that what finishing adds and negates fits an i64.
const SUM_MAX: i64 = 1 << 60;

/// What a partial holds: one bit a table of sums, and one for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content(u64);

impl Content {
    const PEOPLE: u64 = 1 << 12;
    const ALL: u64 = (1 << 13) - 1;

    /// What rankings need.
    pub fn people() -> Self {
        Content(Self::PEOPLE)
    }

    /// What these tables need.
    pub fn of(tables: &[Which]) -> Self {
        let bits = tables.iter().map(|which| match which {
            Which::Summary => 0,
            Which::Counts => 1,
            Which::Shops => 1 << 1,
            Which::Cells => 1 << 2,
            Which::Months => 1 << 3,
            Which::Products => 1 << 4,
            Which::Cohort => 1 << 5,
            Which::F2 => 1 << 6,
            Which::F2hist => 1 << 7,
            Which::F2prod => 1 << 8,
            Which::Flow | Which::Flow12 => 1 << 9,
            // Confidence and lift are over the orders and customers of a product.
            Which::PairsOrder => 1 << 10 | 1 << 4,
            Which::PairsCustomer => 1 << 11 | 1 << 4,
            Which::Rfm | Which::Decile => Self::PEOPLE,
        });
        Content(bits.fold(0, |all, bit| all | bit))
    }

    /// Whether all of `other` is in it.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of its tables has products.
    pub fn names_products(self) -> bool {
        self.0 & (1 << 4 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11) != 0
    }

    fn has(self, table: usize) -> bool {
        self.0 >> table & 1 == 1
    }
}

/// What a partial says beside its sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The day of the question.
    pub as_of_day: i32,
    /// What it holds.
    pub content: Content,
    /// What did not count.
    pub left_out: LeftOut,
    /// Product codes by rank, sorted.
    pub products: Vec<String>,
    /// Product names by rank; empty when unknown.
    pub product_names: Vec<String>,
}

/// All partials as one.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// As of any partial, with the products of all.
    pub head: Head,
    /// The sums.
    pub totals: Totals,
    /// What settles ties, for each of `totals.people`.
    pub ties: Vec<Tie>,
}

/// Key columns, columns in all, and which of the keys are ranks of products.
type Shape = (usize, usize, &'static [usize]);

fn shaped(totals: &mut Totals) -> [(&mut Sums, Shape); 12] {
    let product: &'static [usize] = &[0];
    let pair: &'static [usize] = &[0, 1];
    [
        (&mut totals.counts, (1, pass::COUNTS_COLUMNS.len(), &[])),
        (&mut totals.shops, (1, pass::SHOPS_COLUMNS.len(), &[])),
        (&mut totals.cells, (2, pass::CELLS_COLUMNS.len(), &[])),
        (&mut totals.months, (1, months::COLUMNS.len(), &[])),
        (&mut totals.products, (1, products::COLUMNS.len(), product)),
        // The running total is made when the table is finished.
        (&mut totals.cohort, (2, cohort::COLUMNS.len() - 1, &[])),
        (&mut totals.f2, (1, f2::COLUMNS.len(), &[])),
        (&mut totals.f2hist, (1, f2::HIST_COLUMNS.len(), &[])),
        (&mut totals.f2prod, (1, f2::PRODUCT_COLUMNS.len(), product)),
        (&mut totals.flow, (3, flow::COLUMNS.len(), &[0, 1, 2])),
        (&mut totals.pairs_order, (2, pairs::COLUMNS.len(), pair)),
        (&mut totals.pairs_customer, (2, pairs::COLUMNS.len(), pair)),
    ]
}

fn sums_of(totals: &Totals) -> [&Sums; 12] {
    [
        &totals.counts,
        &totals.shops,
        &totals.cells,
        &totals.months,
        &totals.products,
        &totals.cohort,
        &totals.f2,
        &totals.f2hist,
        &totals.f2prod,
        &totals.flow,
        &totals.pairs_order,
        &totals.pairs_customer,
    ]
}

fn summary_counts(summary: &mut Summary) -> [&mut i64; 8] {
    [
        &mut summary.lines,
        &mut summary.orders,
        &mut summary.guest_orders,
        &mut summary.customers,
        &mut summary.revenue,
        &mut summary.guest_revenue,
        &mut summary.large_orders,
        &mut summary.large_customers,
    ]
}

pub(crate) fn left_out_counts(left_out: &mut LeftOut) -> [&mut u64; 4] {
    [
        &mut left_out.status,
        &mut left_out.later,
        &mut left_out.worthless,
        &mut left_out.scope,
    ]
}

/// A partial as bytes: of `totals` what the head says, and for each person what settles ties.
/// `room`: for how many bytes more there should be memory.
pub fn encode(head: &Head, totals: &Totals, tie: impl Fn(u32) -> Tie, room: usize) -> Vec<u8> {
    let mut out = Writer::default();
    out.unsigned(VERSION);
    out.signed(i64::from(head.as_of_day));
    out.unsigned(head.content.0);
    let (mut left_out, mut summary) = (head.left_out, totals.summary);
    for count in left_out_counts(&mut left_out) {
        out.unsigned(*count);
    }
    for count in summary_counts(&mut summary) {
        out.signed(*count);
    }
    let (first, last) = summary.days.unwrap_or((1, 0));
    out.signed(i64::from(first));
    out.signed(i64::from(last));
    for texts in [&head.products, &head.product_names] {
        out.unsigned(texts.len() as u64);
        for text in texts {
            out.text(text);
        }
    }
    for (table, sums) in sums_of(totals).into_iter().enumerate() {
        if head.content.has(table) {
            out.unsigned(sums.cells.len() as u64);
            for cell in &sums.cells {
                out.signed(*cell);
            }
        }
    }
    if head.content.holds(Content::people()) {
        out.bytes
            .reserve_exact(16 + totals.people.len() * PERSON_BYTES + room);
        people(&mut out, &totals.people, tie);
    }
    out.bytes
}

/// One column after the other; places, which few people have, by index.
fn people(out: &mut Writer, people: &[Figures], tie: impl Fn(u32) -> Tie) {
    out.unsigned(people.len() as u64);
    for figures in people {
        out.bytes.extend_from_slice(&figures.amount.to_le_bytes());
    }
    for figures in people {
        out.bytes.extend_from_slice(&figures.orders.to_le_bytes());
    }
    for figures in people {
        out.bytes.extend_from_slice(&figures.last_day.to_le_bytes());
    }
    let mut places = Vec::new();
    let start = out.bytes.len();
    out.bytes.resize(start + people.len() * TIE_BYTES, 0);
    let columns = out.bytes.get_mut(start..).unwrap_or_default();
    let (numbers, kinds) = columns.split_at_mut(people.len() * 8);
    let columns = numbers.as_chunks_mut::<8>().0.iter_mut().zip(kinds);
    for ((index, figures), (to_number, to_kind)) in people.iter().enumerate().zip(columns) {
        let Tie(kind, is_text, number, place) = tie(figures.person);
        *to_number = number.to_le_bytes();
        *to_kind = kind.min(NO_KIND) << 1 | u8::from(is_text);
        if place > 0 {
            places.push((index as u64, place));
        }
    }
    out.unsigned(places.len() as u64);
    for (index, place) in places {
        out.unsigned(index);
        out.unsigned(u64::from(place));
    }
}

/// Stands for a person without a key, whose kind has more bits than there is room for.
const NO_KIND: u8 = 0x7F;
/// Number, kind.
const TIE_BYTES: usize = 9;
/// Amount, orders, last day, and the tie.
const PERSON_BYTES: usize = 16 + TIE_BYTES;

/// A partial of which the beginning was read: whatever comes before its sums.
struct Part<'a> {
    head: Head,
    summary: Summary,
    rest: Reader<'a>,
}

impl<'a> Part<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut input = Reader { bytes };
        if input.unsigned()? != VERSION {
            return Err(Malformed);
        }
        let as_of_day = day(&mut input)?;
        let content = input.unsigned()?;
        if content & !Content::ALL != 0 {
            return Err(Malformed);
        }
        let content = Content(content);
        let mut left_out = LeftOut::default();
        for count in left_out_counts(&mut left_out) {
            *count = input.unsigned()?;
        }
        let mut summary = Summary::default();
        for count in summary_counts(&mut summary) {
            *count = sum(&mut input)?;
        }
        let (first, last) = (day(&mut input)?, day(&mut input)?);
        summary.days = (first <= last).then_some((first, last));
        let products = texts(&mut input)?;
        let product_names = texts(&mut input)?;
        let head = Head {
            as_of_day,
            content,
            left_out,
            products,
            product_names,
        };
        Ok(Part {
            head,
            summary,
            rest: input,
        })
    }
}

/// Why partials do not merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmergeable {
    /// The bytes of the partial with this number are not what this version writes.
    Malformed(usize),
    /// The partial with this number is of another day, or holds other tables, than the first.
    Other(usize),
    /// There are none.
    Nothing,
}

/// Reads partials and merges them.
///
/// # Errors
/// When one is malformed, or they do not belong together.
pub fn merge(parts: &[&[u8]]) -> Result<Merged, Unmergeable> {
    let mut opened = Vec::with_capacity(parts.len());
    for (index, bytes) in parts.iter().enumerate() {
        let part = Part::of(bytes).map_err(|_| Unmergeable::Malformed(index))?;
        opened.push(part);
    }
    let first = opened.first().ok_or(Unmergeable::Nothing)?;
    let (as_of_day, content) = (first.head.as_of_day, first.head.content);
    let mut merged = Merged {
        head: Head {
            as_of_day,
            content,
            ..Head::default()
        },
        ..Merged::default()
    };
    if content.holds(Content::people()) {
        // At most so many.
        let people = opened
            .iter()
            .map(|part| part.rest.bytes.len() / PERSON_BYTES);
        let people = people.sum();
        merged.totals.people.reserve_exact(people);
        merged.ties.reserve_exact(people);
    }
    let heads = opened.iter().map(|part| &part.head);
    let products = heads.map(|head| (head.products.as_slice(), head.product_names.as_slice()));
    let ranked = Ranked::of(&products.collect::<Vec<_>>());
    merged.head.products = ranked.products;
    merged.head.product_names = ranked.product_names;
    for (index, (part, ranks)) in opened.into_iter().zip(ranked.ranks).enumerate() {
        if (part.head.as_of_day, part.head.content) != (as_of_day, content) {
            return Err(Unmergeable::Other(index));
        }
        merged
            .add(part, &ranks)
            .map_err(|_| Unmergeable::Malformed(index))?;
    }
    Ok(merged)
}

/// Products of several shards, ranked together.
pub(crate) struct Ranked {
    /// Codes by rank, sorted.
    pub products: Vec<String>,
    /// Names by rank; empty when unknown.
    pub product_names: Vec<String>,
    /// For each shard, the rank of each of its products.
    pub ranks: Vec<Vec<i64>>,
}

impl Ranked {
    /// The products of these shards: codes and names by their own ranks.
    pub fn of(shards: &[(&[String], &[String])]) -> Self {
        let mut keys = Keys::default();
        let ids: Vec<Vec<u32>> = shards
            .iter()
            .map(|(codes, _)| {
                codes
                    .iter()
                    .map(|code| keys.intern(Key::of(code)))
                    .collect()
            })
            .collect();
        let (ranks, order) = keys.ranks();
        let text = |id: &u32| keys.get(*id).map(|key| key.to_string()).unwrap_or_default();
        let rank_of = |id: &u32| ranks.get(*id as usize).map_or(-1, |rank| i64::from(*rank));
        let ranks: Vec<Vec<i64>> = ids
            .iter()
            .map(|ids| ids.iter().map(rank_of).collect())
            .collect();
        let mut product_names = vec![String::new(); order.len()];
        for ((_, names), ranks) in shards.iter().zip(&ranks) {
            for (rank, name) in ranks.iter().zip(*names) {
                let place = usize::try_from(*rank).ok();
                let place = place.and_then(|rank| product_names.get_mut(rank));
                // Of two names the smaller one, so that the order of the partials is nothing.
                if let Some(place) = place
                    && !name.is_empty()
                    && (place.is_empty() || name < place)
                {
                    place.clone_from(name);
                }
            }
        }
        Ranked {
            products: order.iter().map(text).collect(),
            product_names,
            ranks,
        }
    }
}

impl Merged {
    /// Adds a partial, table by table: those of pairs are as large as a small shop's ledger.
    fn add(&mut self, part: Part<'_>, ranks: &[i64]) -> Result<(), Malformed> {
        let Part {
            mut head,
            mut summary,
            rest: mut input,
        } = part;
        let rank = |local: i64| {
            let rank = usize::try_from(local).ok().and_then(|rank| ranks.get(rank));
            rank.copied().unwrap_or(-1)
        };
        let tables = shaped(&mut self.totals).into_iter().enumerate();
        for (table, (sums, (keys, width, products))) in tables {
            let mut more = Sums::new(keys, width);
            if head.content.has(table) {
                let count = input.count()?;
                if !count.is_multiple_of(width) {
                    return Err(Malformed);
                }
                more.cells.reserve_exact(count);
                for _ in 0..count {
                    more.cells.push(sum(&mut input)?);
                }
                more.map_keys(products, rank);
            }
            let ours = std::mem::take(sums);
            *sums = match ours.cells.is_empty() {
                true => more,
                false => ours.merge(&more),
            };
            for cell in &mut sums.cells {
                *cell = bounded(*cell);
            }
        }
        if head.content.holds(Content::people()) {
            self.add_people(&mut input)?;
        }
        if !input.bytes.is_empty() {
            return Err(Malformed);
        }
        let ours = summary_counts(&mut self.totals.summary).into_iter();
        for (count, more) in ours.zip(summary_counts(&mut summary)) {
            *count = bounded(count.saturating_add(*more));
        }
        let ours = left_out_counts(&mut self.head.left_out).into_iter();
        for (count, more) in ours.zip(left_out_counts(&mut head.left_out)) {
            *count = count.saturating_add(*more);
        }
        self.totals.summary.days = match (self.totals.summary.days, summary.days) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (ours, theirs) => ours.or(theirs),
        };
        Ok(())
    }

    /// Adds what rankings need of people, column by column.
    fn add_people(&mut self, input: &mut Reader<'_>) -> Result<(), Malformed> {
        let people = input.count()?;
        let mut column = |width: usize| {
            let bytes = people.checked_mul(width).ok_or(Malformed)?;
            let (column, rest) = input.bytes.split_at_checked(bytes).ok_or(Malformed)?;
            input.bytes = rest;
            Ok(column)
        };
        let (amounts, orders, last_days) = (column(8)?, column(4)?, column(4)?);
        let (numbers, kinds) = (column(8)?, column(1)?);
        let values = amounts.as_chunks::<8>().0.iter();
        let values = values.zip(orders.as_chunks::<4>().0);
        for ((amount, orders), last_day) in values.zip(last_days.as_chunks::<4>().0) {
            let amount = i64::from_le_bytes(*amount);
            if amount.unsigned_abs() > SUM_MAX.unsigned_abs() {
                return Err(Malformed);
            }
            self.totals.people.push(Figures {
                amount,
                orders: u32::from_le_bytes(*orders),
                // No ranking asks for it.
                first_day: 0,
                last_day: i32::from_le_bytes(*last_day),
                person: self.totals.people.len() as u32,
            });
        }
        let start = self.ties.len();
        for (number, kind) in numbers.as_chunks::<8>().0.iter().zip(kinds) {
            let number = u64::from_le_bytes(*number);
            let (kind, is_text) = (kind >> 1, kind & 1 == 1);
            let kind = if kind == NO_KIND { u8::MAX } else { kind };
            self.ties.push(Tie(kind, is_text, number, 0));
        }
        for _ in 0..input.count()? {
            let index = usize::try_from(input.unsigned()?).map_err(|_| Malformed)?;
            let place = u32::try_from(input.unsigned()?).map_err(|_| Malformed)?;
            let tie = start.checked_add(index).filter(|_| index < people);
            let tie = tie.and_then(|index| self.ties.get_mut(index));
            tie.ok_or(Malformed)?.3 = place;
        }
        Ok(())
    }
}

pub(crate) fn bounded(sum: i64) -> i64 {
    sum.clamp(-SUM_MAX, SUM_MAX)
}

/// A sum: within what any ledger can hold.
pub(crate) fn sum(input: &mut Reader<'_>) -> Result<i64, Malformed> {
    let sum = input.signed()?;
    if sum == bounded(sum) {
        Ok(sum)
    } else {
        Err(Malformed)
    }
}

pub(crate) fn day(input: &mut Reader<'_>) -> Result<i32, Malformed> {
    i32::try_from(input.signed()?).map_err(|_| Malformed)
}

pub(crate) fn texts(input: &mut Reader<'_>) -> Result<Vec<String>, Malformed> {
    let count = input.count()?;
    (0..count)
        .map(|_| input.text().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests;
