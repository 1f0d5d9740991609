//! Reading days and times from the front of a text, digit by digit.
//!
//! chrono's own parsing, which takes any form at run time, weighs 10 kB in the module.

use chrono::{NaiveDate, NaiveTime};

/// What is left to read.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a>(pub &'a [u8]);

impl Scan<'_> {
    /// A number of `least` to `most` digits.
    pub fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let length = self
            .0
            .iter()
            .take(most)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self
            .0
            .split_at_checked(length)
            .filter(|_| length >= least)?;
        self.0 = rest;
        digits.iter().try_fold(0u32, |value, digit| {
            value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
        })
    }

    /// A year of four digits.
    pub fn year(&mut self) -> Option<i32> {
        self.number(4, 4)?.try_into().ok()
    }

    /// A number of two digits.
    pub fn two(&mut self) -> Option<u32> {
        self.number(2, 2)
    }

    /// A number of one or two digits.
    pub fn up_to_two(&mut self) -> Option<u32> {
        self.number(1, 2)
    }

    /// The next byte, if it is one of `wanted`.
    pub fn any_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self
            .0
            .split_first()
            .filter(|(first, _)| wanted.contains(first))?;
        self.0 = rest;
        Some(*first)
    }

    /// The next byte, if it is this one.
    pub fn exactly(&mut self, wanted: u8) -> Option<u8> {
        self.any_of(&[wanted])
    }

    /// Passes spaces over.
    pub fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// A day: year, month and day with one of `between` in both places.
    pub fn day(&mut self, between: &[u8]) -> Option<NaiveDate> {
        let year = self.year()?;
        let between = self.any_of(between)?;
        let month = self.up_to_two()?;
        self.exactly(between)?;
        NaiveDate::from_ymd_opt(year, month, self.up_to_two()?)
    }

    /// `h:mm`, `h:mm:ss` or `h:mm:ss.fff`; the fraction is dropped.
    pub fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.up_to_two()?;
        self.exactly(b':')?;
        let minute = self.two()?;
        let second = match self.exactly(b':') {
            Some(_) => self.two()?,
            None => 0,
        };
        if self.exactly(b'.').is_some() {
            self.number(1, 9)?;
        }
        NaiveTime::from_hms_opt(hour, minute, second)
    }

    /// Seconds east of Greenwich: `Z`, `+09:00` or `+0900`.
    pub fn offset(&mut self) -> Option<i64> {
        if self.any_of(b"Zz").is_some() {
            return Some(0);
        }
        let sign = if self.any_of(b"+-")? == b'+' { 1 } else { -1 };
        let hours = self.two()?;
        self.exactly(b':');
        let minutes = self.two()?;
        (hours < 24 && minutes < 60).then_some(sign * i64::from(hours * 3600 + minutes * 60))
    }

    /// `value`, if nothing is left.
    pub fn ended<T>(&self, value: T) -> Option<T> {
        self.0.is_empty().then_some(value)
    }
}
