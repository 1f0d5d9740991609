//! Questions about gifts.

use okaeri_core::report::Report;
use okaeri_core::report::gifts::corporate::Corporate;
use okaeri_core::report::gifts::cross::GiftCross;
use okaeri_core::report::gifts::flow::GiftFlow;
use okaeri_core::report::gifts::lost::GiftLost;
use okaeri_core::report::gifts::recipients::GiftRecipients;
use okaeri_core::report::gifts::seasons::GiftSeasons;
use okaeri_core::report::gifts::share::GiftShare;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{PAGE_MAX, Question};
use okaeri_protocol::settings::Settings;

use super::{days, within};
use crate::instance::error;
use crate::settings::{calendar, corporate};

/// The report that a question asks for; `None` when it is of another theme.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    let gift = &settings.gift;
    Ok(Some(match question {
        Question::GiftShare { limit } => Box::new(GiftShare {
            limit: rows(*limit)?,
        }),
        Question::GiftSeasons { conversion_days } => Box::new(GiftSeasons {
            calendar: calendar(gift),
            conversion_days: days("conversion_days", *conversion_days, gift.conversion_days)?,
        }),
        Question::GiftCross => Box::new(GiftCross),
        Question::GiftLost { limit } => Box::new(GiftLost {
            calendar: calendar(gift),
            limit: rows(*limit)?,
        }),
        Question::GiftFlow => Box::new(GiftFlow),
        Question::GiftRecipients => Box::new(GiftRecipients),
        Question::Corporate {
            average_order,
            limit,
        } => {
            if average_order.is_some_and(|average| average <= 0) {
                let message = "must be above 0";
                let at = Some("question.average_order");
                return Err(error(ErrorCode::BadCall, at, message));
            }
            Box::new(Corporate {
                limits: corporate(gift),
                average_order: *average_order,
                limit: rows(*limit)?,
            })
        }
        _ => return Ok(None),
    }))
}

/// How many rows of a list.
fn rows(limit: Option<u32>) -> Result<usize, CallError> {
    let limit = within("limit", limit.unwrap_or(100), 0, PAGE_MAX)?;
    Ok(usize::try_from(limit).unwrap_or(usize::MAX))
}
