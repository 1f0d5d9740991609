//! The shop's calendar: which local day an instant falls on, and back.
//!
//! Days count from 1970-01-01; months count `year * 12 + month - 1`.

mod history;

use chrono::{Datelike, NaiveDate};

use self::history::History;

const DAY: i64 = 86_400;
/// 1990-01-01, the earliest day that Okaeri takes as an order's.
pub const FIRST_DAY: i32 = 7_305;
/// 2100-01-01, the first day past the last.
pub const END_DAY: i32 = 47_482;
const UNKNOWN: i32 = i32::MIN;
const CHANGES: i32 = i32::MAX;

/// A time zone by its IANA name, with the offsets of the days already asked for.
#[derive(Clone, Debug)]
pub struct Zone {
    history: History,
    /// For each UTC day from [`FIRST_DAY`]: its offset in seconds; `CHANGES` when the clock moves.
    offsets: Vec<i32>,
}

/// No zone has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

impl Zone {
    /// The zone named `name`, such as `Asia/Tokyo`.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let history = History::named(name).ok_or(UnknownZone)?;
        Ok(Zone {
            history,
            offsets: vec![UNKNOWN; (END_DAY - FIRST_DAY + 1) as usize],
        })
    }

    /// UTC, which never moves.
    pub fn of_utc() -> Self {
        Zone {
            history: History::of_utc(),
            offsets: vec![0; (END_DAY - FIRST_DAY + 1) as usize],
        }
    }

    /// The same without remembering it: for a few moments.
    pub fn exact_offset(&self, utc: i64) -> i64 {
        self.history.offset(utc)
    }

    /// Seconds that the local clock is ahead of UTC at `utc`.
    #[inline]
    pub fn offset(&mut self, utc: i64) -> i64 {
        let day = utc.div_euclid(DAY);
        let index = day - i64::from(FIRST_DAY);
        match usize::try_from(index)
            .ok()
            .and_then(|i| self.offsets.get(i))
            .copied()
        {
            Some(offset) if offset != UNKNOWN && offset != CHANGES => i64::from(offset),
            Some(UNKNOWN) => {
                let (start, end) = (
                    self.exact_offset(day * DAY),
                    self.exact_offset((day + 1) * DAY),
                );
                if let Some(place) = self.offsets.get_mut(index as usize) {
                    *place = if start == end { start as i32 } else { CHANGES };
                }
                if start == end {
                    start
                } else {
                    self.exact_offset(utc)
                }
            }
            _ => self.exact_offset(utc),
        }
    }

    /// The local day of `utc`.
    #[inline]
    pub fn day(&mut self, utc: i64) -> i32 {
        (utc + self.offset(utc)).div_euclid(DAY) as i32
    }

    /// The instant at which the local clock shows `local` (seconds since 1970-01-01T00:00:00 of
    /// that clock): the earlier one when it shows it twice, one hour on when it never does.
    pub fn utc(&mut self, local: i64) -> i64 {
        let guess = local - self.offset(local);
        let before = local - self.offset(guess - DAY);
        if before + self.offset(before) == local {
            before
        } else {
            local - self.offset(guess)
        }
    }
}

/// Days since 1970-01-01.
pub fn day_of(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// The date `day` days after 1970-01-01; dates out of the calendar's range give its edge.
pub fn date_of(day: i32) -> NaiveDate {
    day.checked_add(719_163)
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .unwrap_or_default()
}

/// `year * 12 + month - 1` of a day.
pub fn month_of(day: i32) -> i32 {
    if !(0..=END_DAY).contains(&day) {
        let date = date_of(day);
        return date.year() * 12 + date.month0() as i32;
    }
    // Asked of each customer, so without the calendar. Counted from 1968-03-01, years end with
    // their leap day, every fourth has one, and five months together have 153 days.
    let since = day as u32 + 671;
    let years = (4 * since + 3) / 1461;
    let months = (5 * (since - 1461 * years / 4) + 2) / 153;
    (1968 * 12 + 2 + 12 * years + months) as i32
}

/// The first day of a month.
pub fn first_day_of(month: i32) -> i32 {
    NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1)
        .map_or(0, day_of)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn seconds(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    #[test]
    fn tokyo_days_begin_at_fifteen_utc() {
        let mut tokyo = Zone::named("Asia/Tokyo").unwrap();
        assert_eq!(tokyo.day(seconds("2024-12-31T14:59:59Z")), 20_088);
        assert_eq!(tokyo.day(seconds("2024-12-31T15:00:00Z")), 20_089);
        assert_eq!(month_of(20_089), 2025 * 12);
        assert_eq!(first_day_of(2025 * 12), 20_089);
    }

    #[test]
    fn a_clock_that_moves_is_read_right_on_both_sides() {
        let mut york = Zone::named("America/New_York").unwrap();
        // 2024-03-10: 01:59:59 -05:00 is followed by 03:00:00 -04:00.
        assert_eq!(york.offset(seconds("2024-03-10T06:59:59Z")), -5 * 3600);
        assert_eq!(york.offset(seconds("2024-03-10T07:00:00Z")), -4 * 3600);
        let local = |text: &str| seconds(&format!("{text}Z"));
        assert_eq!(
            york.utc(local("2024-03-10T01:30:00")),
            seconds("2024-03-10T06:30:00Z")
        );
        assert_eq!(
            york.utc(local("2024-03-10T03:30:00")),
            seconds("2024-03-10T07:30:00Z")
        );
        // 2024-11-03: 01:30 comes twice; the earlier one is daylight time.
        assert_eq!(
            york.utc(local("2024-11-03T01:30:00")),
            seconds("2024-11-03T05:30:00Z")
        );
        assert_eq!(
            york.utc(local("2024-11-03T03:30:00")),
            seconds("2024-11-03T08:30:00Z")
        );
    }

    #[test]
    fn an_unknown_zone_is_an_error() {
        assert_eq!(Zone::named("Asia/Edo").err(), Some(UnknownZone));
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        for day in -1_000..=END_DAY + 1_000 {
            let date = date_of(day);
            assert_eq!(
                month_of(day),
                date.year() * 12 + date.month0() as i32,
                "{date}"
            );
        }
    }

    #[test]
    fn the_bounds_are_the_dates_they_say() {
        assert_eq!(date_of(FIRST_DAY).to_string(), "1990-01-01");
        assert_eq!(date_of(END_DAY).to_string(), "2100-01-01");
    }
}
