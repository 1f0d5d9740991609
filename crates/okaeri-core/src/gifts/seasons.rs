//! Seasons of gifts (贈答シーズン): which days orders of a season fall on.
//!
//! Dates are computed, never copied. Windows of mall pages and order peaks, and お中元 and お歳暮
//! by the region of the recipient, follow the guides of Japanese shops and department stores
//! (domain notes 6.5); what those leave open is ours.

use chrono::{Datelike, NaiveDate, Weekday};

use super::regions::Region;
use crate::zone::{date_of, day_of};

/// お年賀, of the year that it begins.
pub const NEW_YEAR: u8 = 0;
/// 寒中見舞い.
pub const WINTER_GREETING: u8 = 1;
/// バレンタイン.
pub const VALENTINE: u8 = 2;
/// ホワイトデー.
pub const WHITE_DAY: u8 = 3;
/// 入学, 就職, 卒業.
pub const ENTRANCE: u8 = 4;
/// 母の日, the 2nd Sunday of May.
pub const MOTHERS_DAY: u8 = 5;
/// 父の日, the 3rd Sunday of June.
pub const FATHERS_DAY: u8 = 6;
/// お中元.
pub const OCHUGEN: u8 = 7;
/// 暑中見舞い.
pub const SUMMER_GREETING: u8 = 8;
/// 残暑見舞い.
pub const LATE_SUMMER_GREETING: u8 = 9;
/// 敬老の日, the 3rd Monday of September.
pub const RESPECT_FOR_THE_AGED: u8 = 10;
/// ハロウィン.
pub const HALLOWEEN: u8 = 11;
/// お歳暮.
pub const OSEIBO: u8 = 12;
/// クリスマス.
pub const CHRISTMAS: u8 = 13;

/// Names of the seasons that every shop has.
pub const NAMES: [&str; 14] = [
    "new_year",
    "winter_greeting",
    "valentine",
    "white_day",
    "entrance",
    "mothers_day",
    "fathers_day",
    "ochugen",
    "summer_greeting",
    "late_summer_greeting",
    "respect_for_the_aged",
    "halloween",
    "oseibo",
    "christmas",
];

/// First year of [`LUNAR`].
const LUNAR_FROM: i32 = 1990;
/// Days from August 1 to the 15th of the 7th lunar month of each year, 旧暦 in the zone of Japan:
/// the month that begins with the last new moon up to 処暑.
#[rustfmt::skip]
const LUNAR: [i32; 111] = [33, 23, 12, 31, 20, 10, 27, 16, 35, 24, 13, 32, 22, 11, 29, 18, 7, 26, 14, 33, 23, 13, 31, 20, 9, 27, 16, 35, 24, 14, 32, 21, 11, 29, 17, 36, 26, 15, 33, 23, 12, 31, 19, 8, 27, 17, 35, 24, 14, 33, 21, 10, 29, 18, 7, 26, 15, 34, 23, 12, 30, 20, 8, 27, 17, 36, 24, 13, 32, 21, 9, 28, 18, 8, 26, 15, 34, 23, 11, 30, 19, 9, 27, 17, 36, 25, 13, 31, 21, 10, 28, 18, 8, 26, 15, 33, 22, 12, 30, 19, 9, 28, 16, 35, 24, 13, 31, 21, 10, 29, 19];

/// A season of the shop's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSeason {
    /// Its name.
    pub name: String,
    /// Its days.
    pub rule: OwnRule,
}

/// The days of a season of the shop's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnRule {
    /// Orders from one day of the year to another, each as month and day; over New Year when the
    /// second is before the first. Its year is that of the second.
    Days([u32; 2], [u32; 2]),
    /// The n-th weekday (0 is Sunday) of a month: `[month, n, weekday]`. Orders in the 30 days
    /// up to three days before it.
    Weekday([u32; 3]),
}

/// The days of one season in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Early orders (早割) open.
    pub early: i32,
    /// The peak of orders begins.
    pub peak: i32,
    /// The last day on which to order.
    pub last_call: i32,
    /// The day that the season is for, or its last.
    pub end: i32,
}

/// The seasons of a shop.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    own: Vec<OwnSeason>,
    first_day: i32,
    /// For each region: the season of each day's orders; see [`Calendar::cell`].
    of_day: Vec<Vec<u16>>,
}

/// A day of a year; February 29 is March 1 where there is none.
fn on(year: i32, month: u32, day: u32) -> i32 {
    let date = NaiveDate::from_ymd_opt(year, month, day);
    let next = || NaiveDate::from_ymd_opt(year, month + 1, 1);
    date.or_else(next).map_or(i32::MAX, day_of)
}

/// The n-th weekday of a month.
fn nth(year: i32, month: u32, weekday: Weekday, n: u32) -> i32 {
    let date = NaiveDate::from_weekday_of_month_opt(year, month, weekday, n as u8);
    date.map_or(i32::MAX, day_of)
}

/// The 15th of the 7th lunar month, the last day of 沖縄's 旧盆.
pub fn lunar_bon(year: i32) -> i32 {
    let days = usize::try_from(year - LUNAR_FROM).ok();
    let days = days.and_then(|place| LUNAR.get(place));
    on(year, 8, 1).saturating_add(days.copied().unwrap_or(20))
}

/// First day of the peak, last call and last day of お中元.
fn ochugen(year: i32, region: Region) -> [i32; 3] {
    let [east, west] = [on(year, 7, 15), on(year, 8, 15)];
    let (peak, end) = match region {
        Region::Tohoku | Region::Kanto | Region::HokurikuCity => (on(year, 6, 15), east),
        Region::Hokkaido | Region::West | Region::Kyushu => (on(year, 7, 1), west),
        Region::Unknown | Region::Hokuriku => (on(year, 6, 15), west),
        Region::Okinawa => (lunar_bon(year) - 45, lunar_bon(year)),
    };
    [peak, end - 5, end]
}

impl OwnRule {
    fn window(self, year: i32) -> Window {
        match self {
            OwnRule::Days([from_month, from_day], [month, day]) => {
                let end = on(year, month, day);
                let from = on(year, from_month, from_day);
                let peak = if from > end {
                    on(year - 1, from_month, from_day)
                } else {
                    from
                };
                Window {
                    early: peak.saturating_sub(30),
                    peak,
                    last_call: end,
                    end,
                }
            }
            OwnRule::Weekday([month, n, weekday]) => {
                let weekday = match weekday {
                    0 => Weekday::Sun,
                    1 => Weekday::Mon,
                    2 => Weekday::Tue,
                    3 => Weekday::Wed,
                    4 => Weekday::Thu,
                    5 => Weekday::Fri,
                    _ => Weekday::Sat,
                };
                before(nth(year, month, weekday, n), i32::MIN, i32::MIN)
            }
        }
    }
}

/// The window of a day that gifts are for. Where `peak` and `early` are the smallest number, 30
/// and 70 days before it.
fn before(end: i32, early: i32, peak: i32) -> Window {
    let or = |day: i32, absent: i32| {
        if day == i32::MIN {
            end.saturating_sub(absent)
        } else {
            day
        }
    };
    Window {
        early: or(early, 70),
        peak: or(peak, 30),
        last_call: end.saturating_sub(3),
        end,
    }
}

/// Whether orders belong to a season by their days alone. The greetings (暑中見舞い and the like)
/// are told by のし: they stand for the season before them.
fn is_by_date(season: u8) -> bool {
    !matches!(
        season,
        WINTER_GREETING | SUMMER_GREETING | LATE_SUMMER_GREETING
    )
}

/// The window of a season that every shop has.
fn window(season: u8, year: i32, region: Region) -> Window {
    let of = |early: [u32; 2], peak: [u32; 2], last: [u32; 2], end: [u32; 2]| Window {
        early: on(year, early[0], early[1]),
        peak: on(year, peak[0], peak[1]),
        last_call: on(year, last[0], last[1]),
        end: on(year, end[0], end[1]),
    };
    match season {
        NEW_YEAR => Window {
            early: on(year - 1, 11, 15),
            peak: on(year - 1, 12, 10),
            last_call: on(year - 1, 12, 28),
            end: on(year, 1, if region == Region::West { 15 } else { 7 }),
        },
        WINTER_GREETING => Window {
            early: on(year - 1, 12, 20),
            ..of([1, 1], [1, 8], [1, 31], [2, 4])
        },
        VALENTINE => Window {
            early: on(year - 1, 12, 25),
            ..of([1, 1], [1, 25], [2, 11], [2, 14])
        },
        WHITE_DAY => of([2, 1], [2, 25], [3, 11], [3, 14]),
        ENTRANCE => of([2, 1], [3, 10], [4, 15], [4, 30]),
        MOTHERS_DAY => before(
            nth(year, 5, Weekday::Sun, 2),
            on(year, 3, 1),
            on(year, 4, 10),
        ),
        FATHERS_DAY => before(
            nth(year, 6, Weekday::Sun, 3),
            on(year, 4, 20),
            on(year, 5, 20),
        ),
        OCHUGEN => {
            let [peak, last_call, end] = ochugen(year, region);
            Window {
                early: on(year, 5, 15),
                peak,
                last_call,
                end,
            }
        }
        SUMMER_GREETING => of([6, 15], [7, 7], [8, 2], [8, 7]),
        LATE_SUMMER_GREETING => of([8, 1], [8, 8], [9, 2], [9, 7]),
        RESPECT_FOR_THE_AGED => before(
            nth(year, 9, Weekday::Mon, 3),
            on(year, 7, 25),
            on(year, 8, 20),
        ),
        HALLOWEEN => of([9, 1], [10, 1], [10, 27], [10, 31]),
        OSEIBO if region == Region::Kanto => of([10, 1], [11, 20], [12, 20], [12, 20]),
        OSEIBO => of([10, 1], [11, 20], [12, 20], [12, 25]),
        _ => of([10, 15], [12, 5], [12, 20], [12, 25]),
    }
}

impl Calendar {
    /// The seasons of a shop that orders fall into between two days.
    pub fn new(own: Vec<OwnSeason>, days: Option<(i32, i32)>) -> Self {
        let mut calendar = Calendar {
            own,
            ..Calendar::default()
        };
        if let Some((first, last)) = days {
            calendar.first_day = first;
            calendar.of_day = Region::ALL
                .map(|region| calendar.painted(region, first, last))
                .into();
        }
        calendar
    }

    /// How many seasons there are.
    pub fn len(&self) -> usize {
        NAMES.len() + self.own.len()
    }

    /// Never: every shop has the common ones.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The name of a season; a shop's own come after the common ones.
    pub fn name(&self, season: u8) -> &str {
        let place = usize::from(season);
        let own = || self.own.get(place.checked_sub(NAMES.len())?);
        match NAMES.get(place) {
            Some(name) => name,
            None => own().map_or("", |own| own.name.as_str()),
        }
    }

    /// The season of this name.
    pub fn find(&self, name: &str) -> Option<u8> {
        (0..self.len() as u8).find(|season| self.name(*season) == name)
    }

    /// The days of a season in a year, for recipients of a region.
    pub fn window(&self, season: u8, year: i32, region: Region) -> Window {
        let own = usize::from(season).checked_sub(NAMES.len());
        match own.and_then(|place| self.own.get(place)) {
            Some(own) => own.rule.window(year),
            None => window(season, year, region),
        }
    }

    /// The days of a season in a year wherever the recipient lives: from the earliest to the
    /// latest.
    pub fn widest(&self, season: u8, year: i32) -> Window {
        let windows = Region::ALL.map(|region| self.window(season, year, region));
        let least = |of: fn(&Window) -> i32| windows.iter().map(of).min().unwrap_or_default();
        let greatest = |of: fn(&Window) -> i32| windows.iter().map(of).max().unwrap_or_default();
        Window {
            early: least(|window| window.early),
            peak: least(|window| window.peak),
            last_call: greatest(|window| window.last_call),
            end: greatest(|window| window.end),
        }
    }

    /// Season and year as one number; 0 is none.
    fn cell(season: u8, is_next_year: bool) -> u16 {
        (u16::from(season) + 1) << 1 | u16::from(is_next_year)
    }

    /// The season of each day's orders: of several the one that is over first; the shop's own
    /// come before the common ones.
    fn painted(&self, region: Region, first: i32, last: i32) -> Vec<u16> {
        let days = last.saturating_sub(first).max(0) as usize + 1;
        let mut cells = vec![(0u16, i32::MAX, false); days];
        let years = date_of(first).year()..=date_of(last).year() + 1;
        for season in (0..self.len() as u8).filter(|season| is_by_date(*season)) {
            let is_own = usize::from(season) >= NAMES.len();
            for year in years.clone() {
                let window = self.window(season, year, region);
                let new_year = on(year, 1, 1);
                for day in window.peak.max(first)..=window.last_call.min(last) {
                    let place = usize::try_from(day - first).ok();
                    let Some(cell) = place.and_then(|place| cells.get_mut(place)) else {
                        continue;
                    };
                    if (is_own && !cell.2) || (is_own == cell.2 && window.end < cell.1) {
                        *cell = (Self::cell(season, day < new_year), window.end, is_own);
                    }
                }
            }
        }
        cells.into_iter().map(|(cell, _, _)| cell).collect()
    }

    /// The season that a day's orders for a region fall into by date: between the beginning of
    /// its peak and its last call; and its year.
    pub fn by_date(&self, day: i32, region: Region) -> Option<(u8, i32)> {
        let place = usize::try_from(day - self.first_day).ok()?;
        let cell = *self.of_day.get(region as usize)?.get(place)?;
        let season = (cell >> 1).checked_sub(1)? as u8;
        Some((season, date_of(day).year() + i32::from(cell & 1)))
    }

    /// The year of a season that an order of a day means: the one whose end is the nearest.
    pub fn nearest(&self, season: u8, day: i32, region: Region) -> i32 {
        let year = date_of(day).year();
        let years = [year, year - 1, year + 1];
        let far = |year: &i32| self.window(season, *year, region).end.abs_diff(day);
        years.into_iter().min_by_key(far).unwrap_or(year)
    }
}
