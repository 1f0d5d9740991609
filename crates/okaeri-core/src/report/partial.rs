//! One shard's counts as bytes that merge with others'.
//!
//! Whatever the bytes, reading refuses or saturates; it never traps.

use super::tally::Counted;
use super::{Kind, Spec};
use crate::analysis::partial::{Ranked, Unmergeable, bounded, day, left_out_counts, sum, texts};
use crate::analysis::sums::Sums;
use crate::analysis::wire::{Malformed, Reader, Writer};
use crate::book::LeftOut;
use crate::list::List;

/// First byte of a report's partial of this version.
const VERSION: u64 = 0x41;

/// What a shard counted, and what it says beside.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The day of the question.
    pub as_of_day: i32,
    /// What did not count.
    pub left_out: LeftOut,
    /// Product codes by rank, sorted.
    pub products: Vec<String>,
    /// Product names by rank; empty when unknown.
    pub product_names: Vec<String>,
    /// The counts.
    pub counted: Counted,
}

impl Part {
    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.unsigned(VERSION);
        out.signed(i64::from(self.as_of_day));
        let mut left_out = self.left_out;
        for count in left_out_counts(&mut left_out) {
            out.unsigned(*count);
        }
        for texts in [&self.products, &self.product_names, &self.counted.words] {
            out.unsigned(texts.len() as u64);
            for text in texts {
                out.text(text);
            }
        }
        for sums in &self.counted.tables {
            out.unsigned(sums.cells.len() as u64);
            for cell in &sums.cells {
                out.signed(*cell);
            }
        }
        out.bytes
    }

    fn decode(bytes: &[u8], specs: &'static [Spec]) -> Result<Self, Malformed> {
        let mut input = Reader { bytes };
        if input.unsigned()? != VERSION {
            return Err(Malformed);
        }
        let as_of_day = day(&mut input)?;
        let mut left_out = LeftOut::default();
        for count in left_out_counts(&mut left_out) {
            *count = input.unsigned()?;
        }
        let products = texts(&mut input)?;
        let product_names = texts(&mut input)?;
        let words = texts(&mut input)?;
        let mut tables = Vec::with_capacity(specs.len());
        for spec in specs {
            let mut sums = Sums::new(spec.keys.len(), spec.width());
            let count = input.count()?;
            if !count.is_multiple_of(sums.width.max(1)) {
                return Err(Malformed);
            }
            for _ in 0..count {
                sums.cells.push(sum(&mut input)?);
            }
            tables.push(sums);
        }
        if !input.bytes.is_empty() {
            return Err(Malformed);
        }
        Ok(Part {
            as_of_day,
            left_out,
            products,
            product_names,
            counted: Counted {
                specs,
                words,
                tables,
            },
        })
    }

    /// Numbers products and words as all shards together do.
    fn renumber(&mut self, products: &[i64], words: &[i64]) {
        let at = |ranks: &[i64], value: i64| match usize::try_from(value) {
            Ok(place) => ranks.get(place).copied().unwrap_or(-1),
            // What is below zero stands for something else than a product or a word.
            Err(_) => value,
        };
        for (sums, spec) in self.counted.tables.iter_mut().zip(self.counted.specs) {
            let columns = |wanted: Kind| -> Vec<usize> {
                let keys = spec.keys.iter().enumerate();
                let keys = keys.filter(|(_, (_, kind))| *kind == wanted);
                keys.map(|(column, _)| column).into_list()
            };
            sums.map_keys(&columns(Kind::Product), |value| at(products, value));
            sums.map_keys(&columns(Kind::Word), |value| at(words, value));
        }
    }
}

/// Reads partials of a report and merges them.
///
/// # Errors
/// When one is malformed, or they do not belong together.
pub fn merge(parts: &[&[u8]], specs: &'static [Spec]) -> Result<Part, Unmergeable> {
    let mut read = Vec::with_capacity(parts.len());
    for (index, bytes) in parts.iter().enumerate() {
        let part = Part::decode(bytes, specs).map_err(|_| Unmergeable::Malformed(index))?;
        read.push(part);
    }
    let as_of_day = read.first().ok_or(Unmergeable::Nothing)?.as_of_day;
    if let Some(other) = read.iter().position(|part| part.as_of_day != as_of_day) {
        return Err(Unmergeable::Other(other));
    }
    let products = read
        .iter()
        .map(|part| (part.products.as_slice(), part.product_names.as_slice()));
    let products = Ranked::of(&products.into_list());
    let no_names: &[String] = &[];
    let words = read
        .iter()
        .map(|part| (part.counted.words.as_slice(), no_names));
    let words = Ranked::of(&words.into_list());
    let empty = |spec: &Spec| Sums::new(spec.keys.len(), spec.width());
    let mut merged = Part {
        as_of_day,
        left_out: LeftOut::default(),
        products: products.products,
        product_names: products.product_names,
        counted: Counted {
            specs,
            words: words.products,
            tables: specs.iter().map(empty).into_list(),
        },
    };
    let ranks = products.ranks.iter().zip(&words.ranks);
    for (mut part, (products, words)) in read.into_iter().zip(ranks) {
        part.renumber(products, words);
        for (ours, theirs) in merged.counted.tables.iter_mut().zip(&part.counted.tables) {
            *ours = std::mem::take(ours).merge(theirs);
            for cell in &mut ours.cells {
                *cell = bounded(*cell);
            }
        }
        let ours = left_out_counts(&mut merged.left_out).into_iter();
        for (count, more) in ours.zip(left_out_counts(&mut part.left_out)) {
            *count = count.saturating_add(*more);
        }
    }
    Ok(merged)
}
