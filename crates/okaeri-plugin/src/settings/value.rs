//! Settings of what customers cost and leave.

use okaeri_core::list::List;
use okaeri_core::report::margin::MarginRule;
use okaeri_core::report::media::MediaCost;
use okaeri_core::zone::day_of;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::settings::{BundleStep, Settings};

use super::bad;

/// Basis points of the whole.
const WHOLE: u32 = 10_000;
/// Greatest amount of a setting, in minor units.
const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// Windows of LTV at most, and the longest.
pub const WINDOWS_MAX: usize = 24;
const DAYS_MAX: u32 = 36_500;

/// Whether these settings are sound.
pub fn check(settings: &Settings) -> Result<(), CallError> {
    if settings.margin.gross_margin > WHOLE {
        return Err(bad(
            "margin.gross_margin",
            "must be 0 to 10000 basis points",
        ));
    }
    if settings.forecast.margin.is_some() {
        return Err(bad("forecast.margin", "is `margin.gross_margin` now"));
    }
    let days = &settings.ltv_days;
    if !windows(days) {
        return Err(bad(
            "ltv_days",
            "must be 1 to 24 numbers of days, ascending, up to 36500",
        ));
    }
    let cpa = &settings.cpa;
    if cpa.horizon_days > 720 {
        return Err(bad("cpa.horizon_days", "must be at most 720"));
    }
    if cpa.target_profit_share > WHOLE {
        return Err(bad(
            "cpa.target_profit_share",
            "must be 0 to 10000 basis points",
        ));
    }
    if !(0..=AMOUNT_MAX).contains(&cpa.service_cost) {
        return Err(bad("cpa.service_cost", "must be 0 or more"));
    }
    for cost in &settings.media_costs {
        if cost.media.trim().is_empty() {
            return Err(bad("media_costs", "each cost names its medium"));
        }
        if cost.to < cost.from || !(0..=AMOUNT_MAX).contains(&cost.cost) {
            return Err(bad(
                "media_costs",
                "each cost is 0 or more, and its last day is not before its first",
            ));
        }
    }
    if !ladder(&settings.bundle_ladder) {
        return Err(bad("bundle_ladder", LADDER));
    }
    let threshold = settings.free_shipping;
    if threshold.is_some_and(|threshold| !(1..=AMOUNT_MAX).contains(&threshold)) {
        return Err(bad("free_shipping", "must be more than 0"));
    }
    Ok(())
}

/// What a ladder is.
pub const LADDER: &str = "must be steps of 2 to 6 pieces, ascending, each with 0 to 100 percent";

/// Whether these are steps of a discount by pieces.
pub fn ladder(steps: &[BundleStep]) -> bool {
    let is_step = |step: &BundleStep| (2..=6).contains(&step.pieces) && step.percent <= 100;
    !steps.is_empty() && steps.iter().all(is_step) && steps.is_sorted_by(|a, b| a.pieces < b.pieces)
}

/// Whether these are windows in days.
pub fn windows(days: &[u32]) -> bool {
    (1..=WINDOWS_MAX).contains(&days.len())
        && days.is_sorted_by(|a, b| a < b)
        && days.last().is_some_and(|days| *days <= DAYS_MAX)
}

/// What a margin is.
pub fn margin(settings: &Settings) -> MarginRule {
    MarginRule {
        gross_margin: settings.margin.gross_margin.into(),
        points: settings.margin.points_by_shop,
    }
}

/// What was spent on media.
pub fn media_costs(settings: &Settings) -> Vec<MediaCost> {
    let cost = |cost: &okaeri_protocol::settings::MediaCost| MediaCost {
        media: cost.media.trim().to_owned(),
        days: (day_of(cost.from), day_of(cost.to)),
        cost: cost.cost,
    };
    settings.media_costs.iter().map(cost).into_list()
}
