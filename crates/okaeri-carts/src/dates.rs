//! Dates and times as carts write them.
//!
//! Read are: `YYYY/MM/DD hh:mm(:ss)` with `-`, `/`, `.` or 年月日 between, one-digit months, days
//! and hours; `hhmmss` behind a date (MakeShop); `YYYYMMDD(hhmmss)`; ISO 8601 with `Z`, `+09:00`,
//! `+0900` or ` -0300`; unix seconds and milliseconds. Without an offset the time is the shop's
//! own. Day-first and month-first dates cannot be told apart and need a mapping's `date_format`.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use okaeri_protocol::Moment;

use crate::refusal::{Fault, quoted};

/// Years in which an order can lie. Earlier ones are the zero of a spreadsheet, later ones a
/// subscription's "for ever".
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Reads a time. `None` is a zero date (`0000-00-00`), which databases write for "not yet".
pub(crate) fn moment(text: &str) -> Result<Option<Moment>, Fault> {
    if text.starts_with("0000") {
        return Ok(None);
    }
    parse(&ascii(text))
        .ok_or_else(|| not_a_date(text))
        .and_then(|at| in_range(at, text))
        .map(Some)
}

/// Reads a time in a format of chrono's, with or without a time of day.
pub(crate) fn moment_as(text: &str, format: &str) -> Result<Option<Moment>, Fault> {
    let day = || NaiveDate::parse_from_str(text, format).map(|day| day.and_time(NaiveTime::MIN));
    let at = NaiveDateTime::parse_from_str(text, format).or_else(|_| day());
    let at = at.map(Moment::Local).map_err(|_| {
        let reason = format!("{} is not a time of the form `{format}`", quoted(text));
        Fault::new("not_a_date", reason)
    })?;
    in_range(at, text).map(Some)
}

/// Whether the moment lies in the years in which orders can lie.
pub(crate) fn in_range(at: Moment, text: &str) -> Result<Moment, Fault> {
    let year = match at {
        Moment::Local(at) => Some(at.year()),
        Moment::Utc(at) => chrono::DateTime::from_timestamp(at, 0).map(|at| at.year()),
    };
    if year.is_some_and(|year| YEARS.contains(&year)) {
        return Ok(at);
    }
    let reason = format!("{} lies outside the years 1990 to 2100", quoted(text));
    Err(Fault::new("date_out_of_range", reason))
}

/// A day of birth as `YYYY-MM-DD`; `None` when it is none, since nobody's order hangs on it.
pub(crate) fn birth(text: &str) -> Option<String> {
    match parse(&ascii(text))? {
        Moment::Local(at) if (1880..=2100).contains(&at.year()) => Some(at.date().to_string()),
        _ => None,
    }
}

fn not_a_date(text: &str) -> Fault {
    let reason = format!("{} is not a time such as 2025/01/31 10:00:00", quoted(text));
    Fault::new("not_a_date", reason)
}

/// Full-width digits and 年月日時分秒 in ASCII.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let one = |c: char| match c {
        '０'..='９' | '／' | '：' | '－' | '．' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        '年' | '月' => '-',
        '日' | '　' | '秒' => ' ',
        '時' | '分' => ':',
        other => other,
    };
    let text: String = text.chars().map(one).collect();
    Cow::Owned(text.trim_end_matches([' ', ':']).to_owned())
}

fn parse(text: &str) -> Option<Moment> {
    let mut rest = Rest(text.as_bytes());
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            8 | 14 => {
                let day = NaiveDate::from_ymd_opt(rest.year()?, rest.two()?, rest.two()?)?;
                let time = if text.len() == 8 {
                    NaiveTime::MIN
                } else {
                    rest.hhmmss()?
                };
                Some(Moment::Local(day.and_time(time)))
            }
            9 | 10 => text.parse().ok().map(Moment::Utc),
            13 => text
                .parse::<i64>()
                .ok()
                .map(|millis| Moment::Utc(millis / 1000)),
            _ => None,
        };
    }
    let year = rest.year()?;
    let between = rest.any_of(b"-/.")?;
    let month = rest.up_to_two()?;
    rest.exactly(between)?;
    let day = NaiveDate::from_ymd_opt(year, month, rest.up_to_two()?)?;
    if rest.0.is_empty() {
        return Some(Moment::Local(day.and_time(NaiveTime::MIN)));
    }
    rest.any_of(b" T")?;
    rest.spaces();
    let local = day.and_time(rest.time()?);
    rest.spaces();
    if rest.0.is_empty() {
        return Some(Moment::Local(local));
    }
    let offset = rest.offset()?;
    rest.0
        .is_empty()
        .then_some(Moment::Utc(local.and_utc().timestamp() - offset))
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// A number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
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
        Some(
            digits
                .iter()
                .fold(0, |value, digit| value * 10 + u32::from(digit - b'0')),
        )
    }

    fn year(&mut self) -> Option<i32> {
        self.number(4, 4)?.try_into().ok()
    }

    fn two(&mut self) -> Option<u32> {
        self.number(2, 2)
    }

    fn up_to_two(&mut self) -> Option<u32> {
        self.number(1, 2)
    }

    fn any_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self
            .0
            .split_first()
            .filter(|(first, _)| wanted.contains(first))?;
        self.0 = rest;
        Some(*first)
    }

    fn exactly(&mut self, wanted: u8) -> Option<u8> {
        self.any_of(&[wanted])
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    fn hhmmss(&mut self) -> Option<NaiveTime> {
        NaiveTime::from_hms_opt(self.two()?, self.two()?, self.two()?)
    }

    /// `h:mm`, `h:mm:ss`, `h:mm:ss.fff`, `hmmss` or `hhmmss`; the fraction is dropped.
    fn time(&mut self) -> Option<NaiveTime> {
        let digits = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if let 5 | 6 = digits {
            let hour = self.number(1, digits - 4)?;
            return NaiveTime::from_hms_opt(hour, self.two()?, self.two()?);
        }
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

    /// Seconds east of Greenwich.
    fn offset(&mut self) -> Option<i64> {
        if self.any_of(b"Z").is_some() {
            return Some(0);
        }
        if let Some(rest) = self.0.strip_prefix(b"UTC") {
            self.0 = rest;
            return Some(0);
        }
        let sign = if self.any_of(b"+-")? == b'+' { 1 } else { -1 };
        let hours = self.two()?;
        self.exactly(b':');
        let minutes = self.two()?;
        (hours < 24 && minutes < 60).then_some(sign * i64::from(hours * 3600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, &'static str> {
        moment(text)
            .map(|at| at.map(|at| at.to_string()))
            .map_err(|fault| fault.code)
    }

    #[test]
    fn every_written_form() {
        let forms = [
            ("2025/01/05 10:20:30", "2025-01-05T10:20:30"),
            ("2025/01/05 10:20", "2025-01-05T10:20:00"),
            ("2025-01-05 10:20:30", "2025-01-05T10:20:30"),
            ("2025-01-05T10:20:30.123", "2025-01-05T10:20:30"),
            ("2025/1/5", "2025-01-05T00:00:00"),
            ("2025/1/5 9:05", "2025-01-05T09:05:00"),
            ("2022/8/10 103309", "2022-08-10T10:33:09"),
            ("2022/8/10 93309", "2022-08-10T09:33:09"),
            ("20250105", "2025-01-05T00:00:00"),
            ("20250105102030", "2025-01-05T10:20:30"),
            ("2025年1月5日 10時20分30秒", "2025-01-05T10:20:30"),
            ("2025年1月5日", "2025-01-05T00:00:00"),
            ("２０２５／０１／０５　１０：２０", "2025-01-05T10:20:00"),
            ("2025-01-05T10:20:30+09:00", "2025-01-05T01:20:30Z"),
            ("2025-01-05T10:20:30+0900", "2025-01-05T01:20:30Z"),
            ("2025-01-05T10:20:30Z", "2025-01-05T10:20:30Z"),
            ("2025-10-02 17:09:33 -0300", "2025-10-02T20:09:33Z"),
            ("2025-10-02 17:09:33 UTC", "2025-10-02T17:09:33Z"),
            ("1736040030", "2025-01-05T01:20:30Z"),
            ("1736040030000", "2025-01-05T01:20:30Z"),
            ("1990-01-01", "1990-01-01T00:00:00"),
            ("2100/12/31 23:59:59", "2100-12-31T23:59:59"),
        ];
        for (text, expected) in forms {
            assert_eq!(read(text), Ok(Some(expected.to_owned())), "{text}");
        }
        assert_eq!(read("0000-00-00 00:00:00"), Ok(None));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let refused = [
            ("1899/12/30", "date_out_of_range"),
            ("1989-12-31 23:59:59", "date_out_of_range"),
            ("2101-01-01", "date_out_of_range"),
            ("2999/12/31 00:00:00", "date_out_of_range"),
            ("2025-02-31", "not_a_date"),
            ("2025-13-01", "not_a_date"),
            ("2025/01-05", "not_a_date"),
            ("10/02/2025", "not_a_date"),
            ("2025-01-05 25:00", "not_a_date"),
            ("2025-01-05 10:20:30 JST+9", "not_a_date"),
            ("2025-01-05 10", "not_a_date"),
            ("45662", "not_a_date"),
            ("昨日", "not_a_date"),
            ("-", "not_a_date"),
        ];
        for (text, code) in refused {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }

    #[test]
    fn a_mapping_may_name_the_form() {
        let at = |text, format| {
            moment_as(text, format)
                .map(|at| at.map(|at| at.to_string()))
                .map_err(|f| f.code)
        };
        assert_eq!(
            at("2/10/2025 9:05", "%d/%m/%Y %H:%M"),
            Ok(Some("2025-10-02T09:05:00".into()))
        );
        assert_eq!(
            at("10/2/2025", "%m/%d/%Y"),
            Ok(Some("2025-10-02T00:00:00".into()))
        );
        assert_eq!(at("2025-10-02", "%d/%m/%Y"), Err("not_a_date"));
        assert_eq!(at("02/10/1899", "%d/%m/%Y"), Err("date_out_of_range"));
    }

    #[test]
    fn birthdays_are_days_or_nothing() {
        assert_eq!(birth("1950-04-01 00:00:00").as_deref(), Some("1950-04-01"));
        assert_eq!(birth("1950/4/1").as_deref(), Some("1950-04-01"));
        assert_eq!(birth("0000-00-00"), None);
        assert_eq!(birth("秘密"), None);
    }
}
