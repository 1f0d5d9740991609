//! Days of the year, whatever the year: birthdays and other anniversaries.
//!
//! Counted in a leap year from 0 for 1 January to 365 for 31 December; who was born on 29 February
//! has the birthday on the 28th in other years.

use chrono::{Datelike, NaiveDate};

use super::bits::Bits;
use crate::zone::date_of;

/// Stands for no day.
pub const NO_DAY: u16 = 366;
const FEBRUARY_28: u32 = 58;
const FEBRUARY_29: usize = 59;

/// The day of the year.
pub fn of_date(date: NaiveDate) -> u16 {
    let in_leap_year = date.with_year(2000).map(|date| date.ordinal0());
    in_leap_year.map_or(NO_DAY, |day| day as u16)
}

/// The day of the year of a key of [`crate::identity::normalise::birth_key`].
pub fn of_birth(key: &str) -> u16 {
    let mut parts = key.split('-').map(str::parse::<u32>);
    let mut part = || parts.next()?.ok();
    let date = (|| NaiveDate::from_ymd_opt(part()? as i32, part()?, part()?))();
    date.map_or(NO_DAY, of_date)
}

/// The days from `first` to `last`, on over the new year when the last comes before the first in
/// the year. `whole_years`: every day, when that is a year or more.
pub fn between(first: i32, last: i32, whole_years: bool) -> Bits {
    let mut days = Bits::none(usize::from(NO_DAY) + 1);
    let span = i64::from(last) - i64::from(first);
    let (low, high) = (of_date(date_of(first)), of_date(date_of(last)));
    for day in 0..NO_DAY {
        let is_in = match low <= high {
            true => low <= day && day <= high,
            false => low <= day || day <= high,
        };
        if is_in || (whole_years && span >= 366) {
            days.insert(day.into());
        }
    }
    let last = date_of(last);
    if u32::from(high) == FEBRUARY_28 && !last.leap_year() {
        days.insert(FEBRUARY_29);
    }
    days
}

/// No day at all, which [`NO_DAY`] stands for.
pub fn none() -> Bits {
    let mut days = Bits::none(usize::from(NO_DAY) + 1);
    days.insert(NO_DAY.into());
    days
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use super::*;
    use crate::zone::day_of;

    fn day(text: &str) -> i32 {
        day_of(text.parse().unwrap())
    }

    fn is_in(birth: &str, first: &str, last: &str) -> bool {
        let days = between(day(first), day(last), false);
        days.has(of_birth(birth).into())
    }

    #[test]
    fn birthdays_come_whatever_the_year() {
        assert!(is_in("1980-05-01", "2025-05-01", "2025-05-01"));
        assert!(!is_in("1980-05-02", "2025-05-01", "2025-05-01"));
        assert!(is_in("1980-01-05", "2025-12-20", "2026-01-10"));
        assert!(is_in("1980-12-31", "2025-12-20", "2025-01-10"));
        assert!(!is_in("1980-06-01", "2025-12-20", "2026-01-10"));
        // A birthday that most years do not have comes on the day before.
        assert!(is_in("1980-02-29", "2025-02-28", "2025-02-28"));
        assert!(!is_in("1980-02-29", "2024-02-28", "2024-02-28"));
        assert!(is_in("1980-02-29", "2024-02-29", "2024-02-29"));
        assert!(is_in("1980-02-29", "2025-02-20", "2025-03-05"));
        assert!(!is_in("1980-02-29", "2025-03-01", "2025-03-05"));
    }

    #[test]
    fn a_year_holds_every_day_and_nobody_without_one() {
        let year = between(day("2025-03-01"), day("2026-03-02"), true);
        assert_eq!(year.count(), 366);
        assert_eq!(of_birth("?"), NO_DAY);
        assert!(!year.has(NO_DAY.into()));
        assert!(none().has(NO_DAY.into()));
        assert_eq!(between(i32::MIN, i32::MAX, true).count(), 366);
    }
}
