//! Dates and times as carts write them.
//!
//! Read are: `YYYY/MM/DD hh:mm(:ss)` with `-`, `/`, `.` or 年月日 between, one-digit months, days
//! and hours; `hhmmss` behind a date (MakeShop); `YYYYMMDD(hhmmss)`; ISO 8601 with `Z`, `+09:00`,
//! `+0900` or ` -0300`; unix seconds and milliseconds. Without an offset the time is the shop's
//! own. Day-first and month-first dates cannot be told apart and need a mapping's `date_format`.

mod form;

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveTime};
use okaeri_protocol::Moment;
use okaeri_protocol::moment::Scan;

pub(crate) use form::Form;

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

/// Reads a time in the form that a mapping names.
pub(crate) fn moment_as(text: &str, form: &Form) -> Result<Option<Moment>, Fault> {
    let at = form.read(text).ok_or_else(|| {
        let reason = format!("{} is not a time of the form `{form}`", quoted(text));
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
    let mut rest = Scan(text.as_bytes());
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            8 | 14 => {
                let day = NaiveDate::from_ymd_opt(rest.year()?, rest.two()?, rest.two()?)?;
                let time = if text.len() == 8 {
                    NaiveTime::MIN
                } else {
                    time(&mut rest)?
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
    let day = rest.day(b"-/.")?;
    if rest.0.is_empty() {
        return Some(Moment::Local(day.and_time(NaiveTime::MIN)));
    }
    rest.any_of(b" T")?;
    rest.spaces();
    let local = day.and_time(time(&mut rest)?);
    rest.spaces();
    if rest.0.is_empty() {
        return Some(Moment::Local(local));
    }
    let offset = match rest.0 {
        b"UTC" => return Some(Moment::Utc(local.and_utc().timestamp())),
        _ => rest.offset()?,
    };
    rest.ended(Moment::Utc(local.and_utc().timestamp() - offset))
}

/// A time of day: as [`Scan::time`] reads it, or `hmmss` or `hhmmss`.
fn time(rest: &mut Scan<'_>) -> Option<NaiveTime> {
    let digits = rest
        .0
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if let 5 | 6 = digits {
        let hour = rest.number(1, digits - 4)?;
        return NaiveTime::from_hms_opt(hour, rest.two()?, rest.two()?);
    }
    rest.time()
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
        let at = |text, form| {
            let form = Form::of(form).unwrap_or_default();
            moment_as(text, &form)
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
