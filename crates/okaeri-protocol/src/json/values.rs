//! How plain values are read.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{Read, Reader};
use crate::table::Cell;
use crate::{Moment, Named, moment};

impl Read for String {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.text().map(std::borrow::Cow::into_owned)
    }
}

impl Read for bool {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.take_word("true") {
            Some(true)
        } else if reader.take_word("false") {
            Some(false)
        } else {
            reader.unexpected("`true` or `false`")
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.take_word("null") {
            Some(None)
        } else {
            T::read(reader).map(Some)
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        T::read(reader).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut items = Vec::new();
        reader.items(&mut |reader| {
            items.push(T::read(reader)?);
            Some(())
        })?;
        Some(items)
    }
}

impl<T: Read, const N: usize> Read for [T; N] {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match Vec::read(reader)?.try_into() {
            Ok(items) => Some(items),
            Err(_) => reader.wrong(format!("expected {N} items")),
        }
    }
}

impl Read for Named<String> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut entries = Named::default();
        reader.members(&mut |reader, name| {
            entries.insert(name.to_owned(), String::read(reader)?);
            Some(())
        })?;
        Some(entries)
    }
}

/// A whole number, if it is from `least` to `most`.
fn whole(reader: &mut Reader<'_>, least: i64, most: u64) -> Option<i128> {
    let (text, is_whole) = reader.number()?;
    // JSON's `-0` is a float.
    let number = i128::from_str(text)
        .ok()
        .filter(|_| is_whole && text != "-0")
        .filter(|number| (i128::from(least)..=i128::from(most)).contains(number));
    match number {
        Some(number) => Some(number),
        None => reader.wrong(format!(
            "`{text}` is no whole number from {least} to {most}"
        )),
    }
}

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                whole(reader, i64::try_from(<$type>::MIN).ok()?, u64::try_from(<$type>::MAX).ok()?)
                    .and_then(|number| number.try_into().ok())
            }
        }
    )*};
}

whole! { u8 u32 u64 i32 i64 }

impl Read for f64 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let (text, _) = reader.number()?;
        match text.parse().ok().filter(|real: &f64| real.is_finite()) {
            Some(real) => Some(real),
            None => reader.wrong(format!("`{text}` is out of range")),
        }
    }
}

/// A value of the text form of `T`; `wanted` describes it.
fn parsed<T: FromStr>(reader: &mut Reader<'_>, wanted: &str) -> Option<T> {
    let text = reader.text()?;
    match text.parse() {
        Ok(value) => Some(value),
        Err(_) => reader.wrong(format!("`{text}`: {wanted}")),
    }
}

impl Read for NaiveDate {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text()?;
        match moment::day(&text) {
            Some(day) => Some(day),
            None => reader.wrong(format!("`{text}`: {}", moment::days::EXPECTED)),
        }
    }
}

impl Read for Moment {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        parsed(reader, moment::EXPECTED)
    }
}

impl Read for Cell {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.peek() {
            b'"' => String::read(reader).map(Cell::Text),
            b'n' if reader.take_word("null") => Some(Cell::None),
            b'-' | b'0'..=b'9' => {
                let (text, is_whole) = reader.number()?;
                let whole = text.parse().ok().filter(|_| is_whole && text != "-0");
                let real = || text.parse().ok().filter(|real: &f64| real.is_finite());
                match whole.map(Cell::Int).or_else(|| real().map(Cell::Real)) {
                    Some(cell) => Some(cell),
                    None => reader.wrong(format!("`{text}` is out of range")),
                }
            }
            _ => reader.unexpected("a number, a text or `null`"),
        }
    }
}
