//! Questions about what customers are worth, and what brought them.

use okaeri_core::list::List;
use okaeri_core::report::Report;
use okaeri_core::report::bundles::Bundles;
use okaeri_core::report::coupons::Coupons;
use okaeri_core::report::effects::Effects;
use okaeri_core::report::free_shipping::{BINS, FreeShipping};
use okaeri_core::report::groups::By;
use okaeri_core::report::ltv::Ltv;
use okaeri_core::report::media::Media;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{Attribution, LtvBy, Question};
use okaeri_protocol::settings::{BundleStep, Settings};

use super::{days, within};
use crate::instance::error;
use crate::settings::{LADDER, ladder, margin, media_costs, windows};

/// The report that a question asks for; `None` when it is of another theme.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    let margin = margin(settings);
    let horizon = i32::try_from(settings.cpa.horizon_days).unwrap_or(i32::MAX);
    Ok(Some(match question {
        Question::Ltv {
            by,
            days: asked,
            top,
        } => Box::new(Ltv {
            days: ltv_days(asked.as_deref(), settings)?,
            by: by.map_or(By::Whole, group),
            top: shown(*top)?,
            horizon,
            margin,
        }),
        Question::Effects {
            by,
            top,
            horizon_days,
        } => Box::new(Effects {
            by: by.map_or(By::Media, group),
            top: within("top", top.unwrap_or(5), 1, 20)? as usize,
            horizon: match horizon_days {
                Some(days) => within("horizon_days", *days, 1, 7_305)?,
                None => settings.forecast.horizon_days,
            },
        }),
        Question::Media { attribution, top } => Box::new(Media {
            is_own: *attribution == Attribution::Order,
            top: shown(*top)?,
            costs: media_costs(settings),
            horizon,
            target_profit: settings.cpa.target_profit_share.into(),
            service_cost: settings.cpa.service_cost,
            margin,
        }),
        Question::Coupons { window_days, top } => Box::new(Coupons {
            window_days: days("window_days", *window_days, 90)?,
            top: shown(*top)?,
            margin,
        }),
        Question::Bundles {
            ladder,
            uplift_percent,
            top,
        } => Box::new(Bundles {
            ladder: steps(ladder.as_deref().unwrap_or(&settings.bundle_ladder))?,
            uplift: percent(*uplift_percent)?,
            top: shown(*top)?,
            pairs: shown(*top)?,
            products_max: settings.basket_products_max as usize,
            margin,
        }),
        Question::FreeShipping { .. } => Box::new(free_shipping(question, settings)?),
        _ => return Ok(None),
    }))
}

/// The steps of a discount by pieces.
fn steps(steps: &[BundleStep]) -> Result<Vec<(i64, i64)>, CallError> {
    if !ladder(steps) {
        return Err(bad("ladder", LADDER));
    }
    let step = |step: &BundleStep| (step.pieces.into(), step.percent.into());
    Ok(steps.iter().map(step).into_list())
}

/// Percent of the orders that would buy more.
fn percent(uplift: Option<u32>) -> Result<i64, CallError> {
    within("uplift_percent", uplift.unwrap_or(10), 0, 100).map(i64::from)
}

fn free_shipping(question: &Question, settings: &Settings) -> Result<FreeShipping, CallError> {
    let Question::FreeShipping {
        threshold,
        to,
        uplift_percent,
        bin,
        contracts,
    } = question
    else {
        return Err(bad("kind", "is another question"));
    };
    let bin = bin.unwrap_or(500);
    if !(1..=1_000_000_000).contains(&bin) {
        return Err(bad("bin", "must be 1 to 1000000000"));
    }
    let threshold = threshold.or(settings.free_shipping);
    let to = to.clone().unwrap_or_default();
    let is_within = |amount: &i64| (1..bin.saturating_mul(BINS)).contains(amount);
    let range = "must be more than 0 and less than 100 bins";
    if !threshold.iter().all(is_within) {
        return Err(bad("threshold", range));
    }
    if to.len() > 24 || !to.iter().all(is_within) {
        return Err(bad("to", range));
    }
    Ok(FreeShipping {
        threshold,
        to,
        uplift: percent(*uplift_percent)?,
        bin,
        contracts: *contracts,
        margin: margin(settings),
    })
}

/// How many groups are shown each.
fn shown(top: Option<u32>) -> Result<usize, CallError> {
    Ok(within("top", top.unwrap_or(30), 1, 10_000)? as usize)
}

fn group(by: LtvBy) -> By {
    match by {
        LtvBy::Month => By::Month,
        LtvBy::Product => By::Product,
        LtvBy::Media => By::Media,
        LtvBy::Coupon => By::Coupon,
        LtvBy::Gift => By::Gift,
        LtvBy::Prefecture => By::Prefecture,
        LtvBy::Subscription => By::Subscription,
    }
}

fn ltv_days(days: Option<&[u32]>, settings: &Settings) -> Result<Vec<i32>, CallError> {
    let days = days.unwrap_or(&settings.ltv_days);
    if !windows(days) {
        return Err(bad(
            "days",
            "must be 1 to 24 numbers of days, ascending, up to 36500",
        ));
    }
    let days = days.iter().filter_map(|days| i32::try_from(*days).ok());
    Ok(days.into_list())
}

fn bad(name: &str, message: &str) -> CallError {
    let at = ["question.", name].concat();
    error(ErrorCode::BadCall, Some(&at), message.to_owned())
}
