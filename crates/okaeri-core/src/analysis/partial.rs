//! One shard's share of every analysis, as bytes that merge with others'.

use super::pass::{Summary, Totals};
use super::people::Figures;
use super::sums::Sums;
use super::wire::{Malformed, Reader, Writer};
use crate::keys::{Key, Keys};
use crate::people::Tie;

/// First byte of a partial of this version.
const VERSION: u64 = 1;

/// Totals with the keys that their ranks stand for.
#[derive(Clone, Debug, Default)]
pub struct Partial {
    /// The day of the question.
    pub as_of_day: i32,
    /// Product codes by rank, sorted.
    pub products: Vec<String>,
    /// Product names by rank; empty when unknown.
    pub product_names: Vec<String>,
    /// The sums.
    pub totals: Totals,
    /// What settles ties, for each of `totals.people`.
    pub ties: Vec<Tie>,
}

/// Product columns among the keys of each table that has any.
fn product_tables(totals: &mut Totals) -> [(&mut Sums, &'static [usize]); 5] {
    [
        (&mut totals.products, &[0]),
        (&mut totals.f2prod, &[0]),
        (&mut totals.flow, &[0, 1, 2]),
        (&mut totals.pairs_order, &[0, 1]),
        (&mut totals.pairs_customer, &[0, 1]),
    ]
}

fn tables(totals: &mut Totals) -> [&mut Sums; 12] {
    [
        &mut totals.counts,
        &mut totals.shops,
        &mut totals.cells,
        &mut totals.months,
        &mut totals.products,
        &mut totals.cohort,
        &mut totals.f2,
        &mut totals.f2hist,
        &mut totals.f2prod,
        &mut totals.flow,
        &mut totals.pairs_order,
        &mut totals.pairs_customer,
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

impl Partial {
    /// The partial as bytes.
    pub fn encode(&mut self) -> Vec<u8> {
        let mut out = Writer::default();
        out.unsigned(VERSION);
        out.signed(i64::from(self.as_of_day));
        for texts in [&self.products, &self.product_names] {
            out.unsigned(texts.len() as u64);
            for text in texts {
                out.text(text);
            }
        }
        for count in summary_counts(&mut self.totals.summary) {
            out.signed(*count);
        }
        let (first, last) = self.totals.summary.days.unwrap_or((1, 0));
        out.signed(i64::from(first));
        out.signed(i64::from(last));
        for sums in tables(&mut self.totals) {
            out.unsigned(sums.keys as u64);
            out.unsigned(sums.width as u64);
            out.unsigned(sums.cells.len() as u64);
            for cell in &sums.cells {
                out.signed(*cell);
            }
        }
        out.unsigned(self.totals.people.len() as u64);
        for (figures, Tie(kind, is_text, number, place)) in
            self.totals.people.iter().zip(&self.ties)
        {
            out.signed(figures.amount);
            out.unsigned(u64::from(figures.orders));
            out.signed(i64::from(figures.first_day));
            out.signed(i64::from(figures.last_day));
            out.unsigned(u64::from(*kind) << 1 | u64::from(*is_text));
            out.unsigned(*number);
            out.unsigned(u64::from(*place));
        }
        out.bytes
    }

    /// A partial from its bytes.
    ///
    /// # Errors
    /// When they are cut off, of another version, or not a partial.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = Reader { bytes };
        if input.unsigned()? != VERSION {
            return Err(Malformed);
        }
        let mut partial = Partial {
            as_of_day: day(&mut input)?,
            ..Partial::default()
        };
        for texts in [&mut partial.products, &mut partial.product_names] {
            for _ in 0..input.count()? {
                texts.push(input.text()?.to_owned());
            }
        }
        for count in summary_counts(&mut partial.totals.summary) {
            *count = input.signed()?;
        }
        let (first, last) = (day(&mut input)?, day(&mut input)?);
        partial.totals.summary.days = (first <= last).then_some((first, last));
        for sums in tables(&mut partial.totals) {
            let (keys, width) = (input.unsigned()? as usize, input.unsigned()? as usize);
            let count = input.count()?;
            if keys > width || (count > 0 && (width == 0 || !count.is_multiple_of(width))) {
                return Err(Malformed);
            }
            *sums = Sums::new(keys, width);
            sums.cells.reserve_exact(count);
            for _ in 0..count {
                sums.cells.push(input.signed()?);
            }
        }
        let people = input.count()?;
        partial.totals.people.reserve_exact(people);
        partial.ties.reserve_exact(people);
        for person in 0..people as u32 {
            partial.totals.people.push(Figures {
                amount: amount(&mut input)?,
                orders: u32::try_from(input.unsigned()?).map_err(|_| Malformed)?,
                first_day: day(&mut input)?,
                last_day: day(&mut input)?,
                person,
            });
            let kind = input.unsigned()?;
            let number = input.unsigned()?;
            let place = u32::try_from(input.unsigned()?).map_err(|_| Malformed)?;
            partial
                .ties
                .push(Tie((kind >> 1) as u8, kind & 1 == 1, number, place));
        }
        if input.bytes.is_empty() {
            Ok(partial)
        } else {
            Err(Malformed)
        }
    }

    /// All partials as one.
    ///
    /// # Errors
    /// When they are of different days, or their tables of different shapes.
    pub fn merge(partials: Vec<Partial>) -> Result<Self, Malformed> {
        let mut keys = Keys::default();
        let of_shard: Vec<Vec<u32>> = partials
            .iter()
            .map(|partial| {
                partial
                    .products
                    .iter()
                    .map(|p| keys.intern(Key::of(p)))
                    .collect()
            })
            .collect();
        let (ranks, order) = keys.ranks();
        let mut merged = Partial {
            products: order
                .iter()
                .map(|id| keys.get(*id).map(|key| key.to_string()).unwrap_or_default())
                .collect(),
            product_names: vec![String::new(); order.len()],
            ..Partial::default()
        };
        for (index, (mut partial, ids)) in partials.into_iter().zip(of_shard).enumerate() {
            let rank = |local: i64| {
                let id = usize::try_from(local).ok().and_then(|rank| ids.get(rank));
                let global = id.and_then(|id| ranks.get(*id as usize));
                global.map_or(-1, |rank| i64::from(*rank))
            };
            for (sums, columns) in product_tables(&mut partial.totals) {
                sums.map_keys(columns, rank);
            }
            let mut names = std::mem::take(&mut partial.product_names)
                .into_iter()
                .enumerate();
            for (local, name) in names.by_ref().filter(|(_, name)| !name.is_empty()) {
                let place = usize::try_from(rank(local as i64)).ok();
                if let Some(place) = place.and_then(|rank| merged.product_names.get_mut(rank)) {
                    *place = name;
                }
            }
            if index == 0 {
                merged.as_of_day = partial.as_of_day;
                merged.totals = partial.totals;
                merged.ties = partial.ties;
            } else {
                merged.add(partial)?;
            }
        }
        for (index, figures) in merged.totals.people.iter_mut().enumerate() {
            figures.person = index as u32;
        }
        Ok(merged)
    }

    fn add(&mut self, mut other: Partial) -> Result<(), Malformed> {
        if self.as_of_day != other.as_of_day {
            return Err(Malformed);
        }
        let ours = tables(&mut self.totals);
        for (sums, more) in ours.into_iter().zip(tables(&mut other.totals)) {
            if (sums.keys, sums.width) != (more.keys, more.width) {
                return Err(Malformed);
            }
            *sums = std::mem::take(sums).merge(more);
        }
        let counts = summary_counts(&mut self.totals.summary);
        for (count, more) in counts
            .into_iter()
            .zip(summary_counts(&mut other.totals.summary))
        {
            *count = count.saturating_add(*more);
        }
        self.totals.summary.days = match (self.totals.summary.days, other.totals.summary.days) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (ours, theirs) => ours.or(theirs),
        };
        self.totals.people.append(&mut other.totals.people);
        self.ties.append(&mut other.ties);
        Ok(())
    }
}

/// A customer's amount: within what any ledger can hold.
fn amount(input: &mut Reader<'_>) -> Result<i64, Malformed> {
    input.signed().and_then(|a| {
        if a.unsigned_abs() < 1 << 60 {
            Ok(a)
        } else {
            Err(Malformed)
        }
    })
}

fn day(input: &mut Reader<'_>) -> Result<i32, Malformed> {
    i32::try_from(input.signed()?).map_err(|_| Malformed)
}
