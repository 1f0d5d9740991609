//! One row as text, and the values in it.

use std::borrow::Cow;

use okaeri_protocol::Moment;

use crate::dates;
use crate::money::{self, Currency};
use crate::refusal::{Fault, Refusal, quoted};

/// A row's cells.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    text: &'a str,
    ends: &'a [usize],
}

/// A column of the file, if it has it.
pub(crate) type Column = Option<usize>;

impl<'a> Row<'a> {
    /// `ends` are character boundaries of `text`, ascending.
    pub fn new(text: &'a str, ends: &'a [usize]) -> Self {
        Row { text, ends }
    }

    pub fn cells(&self) -> usize {
        self.ends.len()
    }

    /// Whether every cell from `column` on is empty.
    pub fn empty_from(&self, column: usize) -> bool {
        (column..self.cells()).all(|column| self.text(Some(column)).is_none())
    }

    /// The cell without the white space around it; `None` when empty or not there.
    pub fn text(&self, column: Column) -> Option<&'a str> {
        let column = column?;
        let end = *self.ends.get(column)?;
        let start = match column {
            0 => 0,
            _ => *self.ends.get(column - 1)?,
        };
        Some(self.text.get(start..end)?.trim()).filter(|text| !text.is_empty())
    }

    /// The same, to keep.
    pub fn owned(&self, column: Column) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// A value that the row cannot do without.
    pub fn required(&self, column: Column) -> Result<&'a str, Refusal> {
        self.text(column).ok_or_else(|| missing().at(column))
    }

    pub fn money(&self, column: Column, currency: &Currency) -> Result<Option<i64>, Refusal> {
        self.read(column, |text| money::amount(text, currency))
    }

    pub fn moment(&self, column: Column) -> Result<Option<Moment>, Refusal> {
        self.read(column, dates::moment).map(Option::flatten)
    }

    /// The time without which there is no order.
    pub fn ordered_at(&self, column: Column) -> Result<Option<Moment>, Refusal> {
        self.moment(column)?
            .map(Some)
            .ok_or_else(|| missing().at(column))
    }

    pub fn flag(&self, column: Column) -> Result<Option<bool>, Refusal> {
        self.read(column, flag)
    }

    pub fn read<T>(
        &self,
        column: Column,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Result<Option<T>, Refusal> {
        self.text(column)
            .map(read)
            .transpose()
            .map_err(|fault| fault.at(column))
    }
}

pub(crate) fn missing() -> Fault {
    Fault::new("missing", "a value is needed here")
}

/// Yes or no, as carts write it.
pub(crate) fn flag(text: &str) -> Result<bool, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "y" | "on" | "はい" | "有" | "有り" | "あり" | "○" => {
            Ok(true)
        }
        "0" | "false" | "no" | "n" | "off" | "いいえ" | "無" | "無し" | "なし" | "×" => {
            Ok(false)
        }
        _ => Err(Fault::new(
            "not_a_flag",
            format!("{} is neither yes nor no", quoted(text)),
        )),
    }
}

/// The parts that are there, with `between` between them.
pub(crate) fn joined<'a>(
    parts: impl IntoIterator<Item = Option<&'a str>>,
    between: &str,
) -> Option<Cow<'a, str>> {
    parts
        .into_iter()
        .flatten()
        .fold(None, |whole, part| match whole {
            None => Some(Cow::Borrowed(part)),
            Some(whole) => Some(Cow::Owned([&whole, between, part].concat())),
        })
}
