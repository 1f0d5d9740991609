//! 早期予約 and 大口見込み: whom to ask before the next season, and who may grow large.
//!
//! Early reservations: customers who sent to several destinations in a season last year, or are
//! large, and have not ordered for the coming one. Which of five steps is due goes by the days
//! that are left: 70 (large customers alone), 56, 35, 14, 5 (ours).

use crate::list::List;
use chrono::Datelike;

use super::corporate::Limits;
use super::{Sent, amount, group, groups, order_count, word_of_person};
use crate::gifts::regions::Region;
use crate::gifts::seasons::Calendar;
use crate::report::{Kind, Shop, Spec, Tally};
use crate::zone::date_of;

const TIERS: &[&str] = &["t70", "t56", "t35", "t14", "t5"];
const TIER_DAYS: [i32; 5] = [70, 56, 35, 14, 5];
const SIZES: &[&str] = &["several", "large"];

/// Why somebody may grow large.
pub const WHY: &[&str] = &["first_season", "growth"];

/// The list of early reservations.
pub const RESERVATIONS: Spec = Spec {
    name: "early_reservations",
    keys: &[
        ("season", Kind::Word),
        ("year", Kind::Int),
        ("tier", Kind::Name(TIERS)),
        ("size", Kind::Name(SIZES)),
        ("customer", Kind::Word),
    ],
    sums: &["destinations", "orders", "amount"],
};
const RESERVATIONS_TABLE: usize = 5;

/// A season that comes within the days of the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    season: u8,
    year: i32,
    tier: usize,
}

/// The seasons that come, and which step is due.
pub fn coming(calendar: &Calendar, as_of_day: i32) -> Vec<Coming> {
    let year = date_of(as_of_day).year();
    let step = |season: u8, year: i32| {
        let end = calendar.window(season, year, Region::Unknown).end;
        let left = end.saturating_sub(as_of_day);
        let steps = TIER_DAYS.iter().filter(|days| (0..=**days).contains(&left));
        let tier = steps.count().checked_sub(1)?;
        Some(Coming { season, year, tier })
    };
    let seasons = 0..calendar.len() as u8;
    let of = |season| {
        [year, year + 1]
            .into_iter()
            .find_map(|year| step(season, year))
    };
    seasons.filter_map(of).into_list()
}

impl Coming {
    /// Puts a customer, large or not, into the list.
    pub(super) fn put(
        &self,
        shop: &Shop<'_>,
        limits: &Limits,
        tally: &mut Tally,
        (person, is_large): (u32, bool),
        sent: &[Sent],
    ) {
        let last = group(sent, self.season, self.year - 1);
        if last.is_empty() || !group(sent, self.season, self.year).is_empty() {
            return;
        }
        let destinations = last.len() as i64;
        let is_large = is_large || destinations >= limits.order_destinations;
        if !is_large && (destinations < 2 || self.tier == 0) {
            return;
        }
        let season = tally.word(shop.book.gifts.calendar.name(self.season));
        let customer = word_of_person(tally, shop, person);
        let key = [
            season,
            self.year.into(),
            self.tier as i64,
            is_large.into(),
            customer,
        ];
        let sums = [destinations, order_count(last), amount(last)];
        tally.add(RESERVATIONS_TABLE, person, &key, &sums);
    }
}

/// Somebody who may grow large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Potential {
    /// A place in [`WHY`].
    pub why: i64,
    pub season: u8,
    pub year: i32,
    /// Destinations in that season the year before.
    pub before: i64,
    pub destinations: i64,
    pub amount: i64,
}

impl Potential {
    /// Whose first season had enough destinations, or who grew enough from a season to the same
    /// one of the next year; the season that says so was at most a year ago.
    pub fn of(limits: &Limits, sent: &[Sent], as_of_day: i32) -> Option<Self> {
        let is_recent = |of: &&[Sent]| of.iter().any(|one| as_of_day.saturating_sub(one.day) < 366);
        let first_day = |of: &&[Sent]| of.iter().map(|one| one.day).min();
        let one = |of: &[Sent], why: i64, before: i64| {
            let first = of.first()?;
            Some(Potential {
                why,
                season: first.season,
                year: first.year,
                before,
                destinations: of.len() as i64,
                amount: amount(of),
            })
        };
        let enough = |of: &&[Sent]| of.len() as i64 >= limits.potential_destinations;
        let first = groups(sent).min_by_key(first_day);
        if let Some(first) = first.filter(enough).filter(is_recent) {
            return one(first, 0, 0);
        }
        groups(sent)
            .filter(enough)
            .filter(is_recent)
            .find_map(|now| {
                let this = now.first()?;
                let before = group(sent, this.season, this.year - 1).len() as i64;
                let grown = now.len() as i64 * 100 >= before.saturating_mul(limits.growth_percent);
                (before > 0 && grown).then(|| one(now, 1, before)).flatten()
            })
    }
}
