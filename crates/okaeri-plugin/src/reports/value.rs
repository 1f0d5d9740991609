//! Questions about what customers are worth, and what brought them.

use okaeri_core::report::Report;
use okaeri_core::report::groups::By;
use okaeri_core::report::ltv::Ltv;
use okaeri_core::report::media::Media;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{Attribution, LtvBy, Question};
use okaeri_protocol::settings::Settings;

use super::within;
use crate::instance::error;
use crate::settings::{margin, media_costs, windows};

/// The report that a question asks for; `None` when it is of another theme.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    let margin = margin(settings);
    let horizon = i32::try_from(settings.cpa.horizon_days).unwrap_or(i32::MAX);
    Ok(Some(match question {
        Question::Ltv { by, days, top } => Box::new(Ltv {
            days: ltv_days(days.as_deref(), settings)?,
            by: by.map_or(By::Whole, group),
            top: shown(*top)?,
            horizon,
            margin,
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
        _ => return Ok(None),
    }))
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
    Ok(days.collect())
}

fn bad(name: &str, message: &str) -> CallError {
    let at = ["question.", name].concat();
    error(ErrorCode::BadCall, Some(&at), message.to_owned())
}
