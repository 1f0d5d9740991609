//! Questions about customers who come back.

use okaeri_core::report::Report;
use okaeri_core::report::cohorts::{Cohorts, Period};
use okaeri_core::report::conversion::Conversion;
use okaeri_core::report::days_to_next::{By, DaysToNext};
use okaeri_core::report::purchases::{CountBy, Subject};
use okaeri_core::report::steps::Steps;
use okaeri_core::zone::day_of;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{CohortPeriod, CountMode, CurvesBy, OrderSubject, Question};
use okaeri_protocol::table::Cell;

use super::{days, within};
use crate::instance::error;

/// Windows of `conversion` at most.
const WINDOWS_MAX: usize = 24;

/// Windows of `conversion` in days, unless the question names others.
const WITHIN_DAYS: [u32; 6] = [30, 60, 90, 120, 180, 360];

/// The report that a question asks for; `None` when it is of another theme.
pub fn of(question: &Question) -> Result<Option<Box<dyn Report>>, CallError> {
    Ok(Some(match question {
        Question::Steps {
            lapse_days,
            steps,
            product,
            count,
            subject,
        } => Box::new(Steps {
            lapse_days: days("lapse_days", *lapse_days, 60)?,
            last: last_step(*steps)?,
            product: code(product)?,
            count: count_by(*count),
            subject: match subject {
                OrderSubject::All => Subject::All,
                OrderSubject::OneTime => Subject::OneTime,
                OrderSubject::Subscription => Subject::Subscription,
            },
        }),
        Question::Conversion {
            steps,
            within_days,
            product,
            count,
        } => Box::new(Conversion {
            last: last_step(*steps)?,
            within_days: windows(within_days.as_deref())?,
            product: code(product)?,
            count: count_by(*count),
        }),
        Question::DaysToNext {
            from_order,
            product,
            by,
            count,
            lead_days,
            days_min,
            days_max,
            from,
            to,
        } => Box::new(DaysToNext {
            from_order: within("from_order", from_order.unwrap_or(1), 0, 1_000)?,
            product: code(product)?,
            by: by.map_or(By::Whole, |by| match by {
                CurvesBy::Product => By::Product,
                CurvesBy::Month => By::Month,
                CurvesBy::Shop => By::Shop,
            }),
            count: count_by(*count),
            lead_days: within("lead_days", lead_days.unwrap_or(7), 0, 365)?,
            days_min: days_min.unwrap_or(0).into(),
            days_max: days_max.map(i64::from),
            from_day: from.map(day_of),
            to_day: to.map(day_of),
        }),
        Question::Cohorts {
            period,
            period_days,
            periods,
        } => Box::new(Cohorts {
            period: {
                let days = within("period_days", period_days.unwrap_or(30), 7, 366)?;
                match period {
                    CohortPeriod::Days => Period::Days(i32::try_from(days).unwrap_or(30)),
                    CohortPeriod::Months => Period::Month,
                }
            },
            last: within("periods", periods.unwrap_or(24), 1, 240)?,
        }),
        _ => return Ok(None),
    }))
}

fn last_step(steps: Option<u32>) -> Result<u32, CallError> {
    within("steps", steps.unwrap_or(10), 1, 100)
}

fn count_by(count: CountMode) -> CountBy {
    match count {
        CountMode::Days => CountBy::Days,
        CountMode::Orders => CountBy::Orders,
    }
}

/// The code of a product.
pub(super) fn code(product: &Option<Cell>) -> Result<Option<String>, CallError> {
    match product {
        None | Some(Cell::None) => Ok(None),
        Some(Cell::Int(number)) => Ok(Some(number.to_string())),
        Some(Cell::Text(text)) => Ok(Some(text.clone())),
        Some(Cell::Real(_)) => Err(error(
            ErrorCode::BadCall,
            Some("question.product"),
            "a product code is a text or a whole number".to_owned(),
        )),
    }
}

/// The windows in order, each once.
fn windows(asked: Option<&[u32]>) -> Result<Vec<i32>, CallError> {
    let asked = asked.unwrap_or(&WITHIN_DAYS);
    if asked.is_empty() || asked.len() > WINDOWS_MAX {
        return Err(error(
            ErrorCode::BadCall,
            Some("question.within_days"),
            format!("name 1 to {WINDOWS_MAX} numbers of days"),
        ));
    }
    let mut windows = Vec::new();
    for window in asked {
        let window = days("within_days", Some(*window), 0)?;
        if !windows.contains(&window) {
            windows.push(window);
        }
    }
    Ok(windows)
}
