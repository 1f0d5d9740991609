//! How gifts are told: checked, and in the core's terms.

use okaeri_core::gifts::seasons::{Calendar, NAMES, OwnRule, OwnSeason};
use okaeri_core::gifts::{Rules, Weights};
use okaeri_core::list::List;
use okaeri_core::report::gifts::corporate::Limits;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::settings::{GiftSeason, GiftSettings, Settings};

use super::bad;

/// Most seasons of a shop's own.
const SEASONS_MAX: usize = 50;
/// Greatest score or weight.
const SCORE_MAX: u32 = 1_000;

/// Refuses what makes no sense.
pub fn check(settings: &Settings) -> Result<(), CallError> {
    let gift = &settings.gift;
    let weights = &gift.weights;
    let scores = [
        gift.gift_score,
        weights.explicit,
        weights.address,
        weights.surname,
        weights.several,
        weights.product,
        weights.season,
        weights.word,
        weights.own,
    ];
    if scores.iter().any(|score| *score > SCORE_MAX) {
        return Err(bad("gift.weights", "scores must be at most 1000"));
    }
    if gift.uncertain_score > gift.gift_score || gift.uncertain_score == 0 {
        let message = "must be from 1 to `gift_score`";
        return Err(bad("gift.uncertain_score", message));
    }
    if gift.only_percent > 100 || gift.both_percent > gift.only_percent || gift.both_percent == 0 {
        let message = "percents must be from 1 to 100, `only_percent` not below `both_percent`";
        return Err(bad("gift.only_percent", message));
    }
    if !(1..=240).contains(&gift.sender_months) {
        return Err(bad("gift.sender_months", "must be from 1 to 240"));
    }
    if !(1..=36_500).contains(&gift.conversion_days) {
        return Err(bad("gift.conversion_days", "must be from 1 to 36500"));
    }
    let ladder = &gift.corporate.ladder;
    if ladder.first() == Some(&0) || !ladder.is_sorted_by(|a, b| a < b) {
        let message = "must grow from level to level, from above 0";
        return Err(bad("gift.corporate.ladder", message));
    }
    if gift.corporate.special_amount <= 0 || gift.corporate.reasons == 0 {
        let message = "`special_amount` and `reasons` must be above 0";
        return Err(bad("gift.corporate", message));
    }
    if gift.seasons.len() > SEASONS_MAX {
        return Err(bad("gift.seasons", "there may be at most 50"));
    }
    let mut names = NAMES.to_vec();
    for one in &gift.seasons {
        if one.name.trim().is_empty() || names.contains(&one.name.as_str()) {
            let message = "each must have a name that no other season has";
            return Err(bad("gift.seasons", message));
        }
        names.push(&one.name);
        if season(one).is_none() {
            let message = "each must have either `from` and `to`, days of the year as \
                           `[month, day]`, or `weekday` as `[month, n, weekday]`, n up to 4";
            return Err(bad("gift.seasons", message));
        }
    }
    Ok(())
}

/// A season of the shop's own; `None` when its days make no sense.
fn season(season: &GiftSeason) -> Option<OwnSeason> {
    let is_day = |[month, day]: &[u32; 2]| {
        let days = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1..=12).contains(month) && (1..=days).contains(day)
    };
    let rule = match (season.from, season.to, season.weekday) {
        (Some(from), Some(to), None) if is_day(&from) && is_day(&to) => OwnRule::Days(from, to),
        (None, None, Some([month, n, weekday]))
            if (1..=12).contains(&month) && (1..=4).contains(&n) && weekday <= 6 =>
        {
            OwnRule::Weekday([month, n, weekday])
        }
        _ => return None,
    };
    Some(OwnSeason {
        name: season.name.clone(),
        rule,
    })
}

fn score(score: u32) -> i32 {
    i32::try_from(score).unwrap_or(i32::MAX)
}

/// How gifts are told.
pub fn gift_rules(settings: &GiftSettings) -> Rules {
    let weights = &settings.weights;
    Rules {
        gift: score(settings.gift_score),
        uncertain: score(settings.uncertain_score),
        weights: Weights {
            explicit: score(weights.explicit),
            address: score(weights.address),
            surname: score(weights.surname),
            several: score(weights.several),
            product: score(weights.product),
            season: score(weights.season),
            word: score(weights.word),
            own: score(weights.own),
        },
        own_orders: settings.own_orders,
        sender_months: settings.sender_months,
        only_percent: settings.only_percent,
        both_percent: settings.both_percent,
        products: settings.products.clone(),
        seasons: settings.seasons.iter().filter_map(season).into_list(),
    }
}

/// The shop's seasons, for their days alone.
pub fn calendar(settings: &GiftSettings) -> Calendar {
    Calendar::new(settings.seasons.iter().filter_map(season).into_list(), None)
}

/// Who buys in bulk.
pub fn corporate(settings: &GiftSettings) -> Limits {
    let limits = &settings.corporate;
    Limits {
        order_times: limits.order_times.into(),
        order_pieces: limits.order_pieces.into(),
        order_destinations: limits.order_destinations.into(),
        year_destinations: limits.year_destinations.into(),
        reasons: limits.reasons,
        year_times: limits.year_times.into(),
        ladder: limits.ladder.map(i64::from),
        special_amount: limits.special_amount,
        potential_destinations: limits.potential_destinations.into(),
        growth_percent: limits.growth_percent.into(),
        invoice_words: limits.invoice_words.clone(),
        private_domains: limits.private_domains.clone(),
    }
}
