//! Reports that put customers into groups.

use okaeri_core::analysis::rfm::Bounds;
use okaeri_core::list::List;
use okaeri_core::report::Report;
use okaeri_core::report::cpm::CpmPortfolio;
use okaeri_core::report::decile_period::DecilePeriod;
use okaeri_core::report::lifecycle_grid::LifecycleGrid;
use okaeri_core::report::member_ranks::MemberRanks;
use okaeri_core::report::rfm_groups::{RfmGroups, Scoring};
use okaeri_core::zone::day_of;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{Question, RfmAmount, RfmMode, RfmPreset};
use okaeri_protocol::settings::Settings;

use super::within;
use crate::instance::error;
use crate::settings::{cpm, rank_plan, rfm_thresholds};

/// The report that a question asks for; `None` when it asks for something else.
///
/// # Errors
/// When a parameter is out of its range.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    Ok(Some(match question {
        Question::Cpm { preset } => Box::new(CpmPortfolio {
            preset: cpm(&settings.cpm, preset.unwrap_or(settings.cpm.preset)),
            months_back: i32::try_from(settings.cpm.transition_months).unwrap_or(i32::MAX),
            targets: settings.cpm.targets,
        }),
        Question::RfmGroups {
            mode,
            preset,
            amount,
            since,
        } => Box::new(RfmGroups {
            scoring: scoring(*mode, *preset, *amount, settings),
            since: since.map(day_of),
        }),
        Question::DecilePeriod { days } => {
            let days = within("days", days.unwrap_or(settings.decile_days), 0, 36_500)?;
            Box::new(DecilePeriod {
                days: i32::try_from(days).unwrap_or(i32::MAX),
            })
        }
        Question::LifecycleGrid { orders, days, fit } => {
            let cells = &settings.lifecycle;
            let own = [cells.promising_orders, cells.constant_orders];
            let orders = bounds("orders", orders.as_deref().unwrap_or(&own), 2)?;
            let own = [cells.active_days, cells.drowsy_days];
            let days = bounds("days", days.as_deref().unwrap_or(&own), 0)?;
            Box::new(LifecycleGrid {
                orders: orders.map(i64::from).collect(),
                // The column after the last day of the one before.
                days: days.map(|day| i64::from(day) + 1).collect(),
                fit: *fit,
            })
        }
        Question::MemberRanks => {
            let plan = &settings.member_ranks;
            let higher = plan.ranks.iter().map(|rank| &rank.name);
            let names = std::iter::once(&plan.lowest).chain(higher);
            Box::new(MemberRanks {
                plan: rank_plan(plan),
                names: names.cloned().into_list(),
                outlook_days: i32::try_from(plan.outlook_days).unwrap_or(i32::MAX),
            })
        }
        _ => return Ok(None),
    }))
}

/// Rows or columns of a grid at most, less one.
const BOUNDS_MAX: usize = 11;

/// Bounds that ascend from `least` on.
fn bounds<'a>(
    name: &str,
    bounds: &'a [u32],
    least: u32,
) -> Result<impl Iterator<Item = u32> + use<'a>, CallError> {
    let is_sound = (1..=BOUNDS_MAX).contains(&bounds.len())
        && bounds.iter().all(|bound| (least..=36_500).contains(bound))
        && bounds.is_sorted_by(|a, b| a < b);
    if is_sound {
        return Ok(bounds.iter().copied());
    }
    let message = format!("must be 1 to {BOUNDS_MAX} numbers from {least} to 36500, ascending");
    Err(error(
        ErrorCode::BadCall,
        Some(&format!("question.{name}")),
        message,
    ))
}

/// Consumables: the end points are うちでのこづち's, those between are ours.
const CONSUMABLE: ([i64; 4], [u32; 4]) = ([30, 60, 120, 365], [12, 6, 3, 2]);
/// General goods, likewise.
const GENERAL: ([i64; 4], [u32; 4]) = ([30, 90, 180, 730], [5, 4, 3, 2]);

fn scoring(
    mode: RfmMode,
    preset: Option<RfmPreset>,
    amount: Option<RfmAmount>,
    settings: &Settings,
) -> Scoring {
    if mode == RfmMode::Quantile {
        return Scoring::Quantile;
    }
    let own = rfm_thresholds(settings);
    let (recency_days, orders) = match preset {
        None => (own.recency_days, own.orders),
        Some(RfmPreset::General) => GENERAL,
        Some(RfmPreset::Consumable) => CONSUMABLE,
    };
    let bounds = Bounds {
        recency_days,
        orders,
        amount: own.amount,
    };
    let of_preset = match preset {
        Some(_) => RfmAmount::Aov,
        None => RfmAmount::Settings,
    };
    match amount.unwrap_or(of_preset) {
        RfmAmount::Aov => Scoring::AverageOrders(bounds),
        RfmAmount::Settings => Scoring::Threshold(bounds),
    }
}
