//! Questions about products.

use okaeri_core::report::Report;
use okaeri_core::report::products::cross_sell::{CrossSell, Unit};
use okaeri_core::report::products::cycle::ProductCycle;
use okaeri_core::report::products::entry::EntryProducts;
use okaeri_core::report::products::flow::PurchaseFlow;
use okaeri_core::report::products::ltv::ProductLtv;
use okaeri_core::report::products::repeat::{New, ProductRepeat};
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::request::{BasketUnit, FlowMode, NewLine, PAGE_MAX, Question};
use okaeri_protocol::table::Cell;

use super::{days, within};
use crate::instance::error;

/// The report that a question about products asks for; `None` when it asks for something else.
///
/// # Errors
/// When a parameter is out of its range.
pub fn of(question: &Question) -> Result<Option<Box<dyn Report>>, CallError> {
    Ok(Some(match question {
        Question::ProductRepeat {
            new,
            window_days,
            days: period,
            ltv_days,
        } => {
            let window = days("window_days", *window_days, 365)?;
            Box::new(ProductRepeat {
                new: match new {
                    NewLine::StoreFirst => New::StoreFirst,
                    NewLine::ProductFirst => New::ProductFirst,
                    NewLine::WindowNew => New::WindowNew { days: window },
                    NewLine::MediaFirst => New::MediaFirst,
                },
                days: period.map(|_| days("days", *period, 1)).transpose()?,
                ltv_days: days("ltv_days", *ltv_days, 365)?,
            })
        }
        Question::ProductLtv {
            product,
            days: period,
            purchases,
        } => Box::new(ProductLtv {
            product: code("product", product)?,
            days: days("days", *period, 365)?,
            last: within("purchases", purchases.unwrap_or(6), 2, 20)?,
        }),
        Question::EntryProducts { min_customers } => Box::new(EntryProducts {
            min_customers: within("min_customers", min_customers.unwrap_or(30), 1, u32::MAX)?,
        }),
        Question::PurchaseFlow {
            mode,
            steps,
            top,
            lapse_days,
        } => Box::new(PurchaseFlow {
            sets: *mode == FlowMode::Sets,
            steps: within("steps", steps.unwrap_or(3), 1, 10)?,
            top: within("top", top.unwrap_or(10), 1, 100)?,
            lapse_days: days("lapse_days", *lapse_days, 60)?,
        }),
        Question::ProductCycle {
            lead_days,
            min_gaps,
        } => {
            let lead = within("lead_days", lead_days.unwrap_or(7), 0, 36_500)?;
            Box::new(ProductCycle {
                lead_days: i32::try_from(lead).unwrap_or(i32::MAX),
                min_gaps: within("min_gaps", min_gaps.unwrap_or(5), 1, u32::MAX)?,
            })
        }
        Question::CrossSell { .. } => return cross_sell(question),
        _ => return Ok(None),
    }))
}

fn cross_sell(question: &Question) -> Result<Option<Box<dyn Report>>, CallError> {
    let Question::CrossSell {
        unit,
        window_days,
        min_count,
        min_support,
        min_lift,
        max_items,
        exclude,
        product,
        limit,
    } = question
    else {
        return Ok(None);
    };
    let window_days = within("window_days", window_days.unwrap_or(180), 1, 36_500)?;
    let excluded = exclude.iter().map(|product| code("exclude", product));
    let product = product.as_ref().map(|product| code("product", product));
    Ok(Some(Box::new(CrossSell {
        unit: match unit {
            BasketUnit::Order => Unit::Order,
            BasketUnit::Customer => Unit::Customer { window_days },
        },
        min_count: within("min_count", min_count.unwrap_or(5), 1, u32::MAX)?,
        min_support: real("min_support", min_support.unwrap_or(0.001), 1.0)?,
        min_lift: real("min_lift", min_lift.unwrap_or(1.2), 1e9)?,
        max_items: within("max_items", max_items.unwrap_or(2), 1, 3)?,
        exclude: excluded.collect::<Result<_, _>>()?,
        product: product.transpose()?,
        limit: within("limit", limit.unwrap_or(100), 1, PAGE_MAX)?,
    })))
}

/// The code of a product as the ledger has it.
fn code(name: &str, product: &Cell) -> Result<String, CallError> {
    match product {
        Cell::Int(number) => Ok(number.to_string()),
        Cell::Text(text) => Ok(text.clone()),
        _ => Err(error(
            ErrorCode::BadCall,
            Some(&format!("question.{name}")),
            "must be the code of a product",
        )),
    }
}

/// A number from 0 to `greatest`.
fn real(name: &str, value: f64, greatest: f64) -> Result<f64, CallError> {
    if (0.0..=greatest).contains(&value) {
        return Ok(value);
    }
    Err(error(
        ErrorCode::BadCall,
        Some(&format!("question.{name}")),
        format!("`{value}` is out of range; use 0 to {greatest}"),
    ))
}
