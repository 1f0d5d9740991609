//! Questions about subscriptions (定期), and LTV ranks.

use okaeri_core::report::Report;
use okaeri_core::report::churn_risk::ChurnRisk;
use okaeri_core::report::contract_churn::ContractChurn;
use okaeri_core::report::contract_flow::{ContractFlow, Unit};
use okaeri_core::report::contract_retention::ContractRetention;
use okaeri_core::report::ltv_ranks::LtvRanks;
use okaeri_core::subscription::Chosen;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::request::{ContractUnit, PAGE_MAX, Question};
use okaeri_protocol::settings::Settings;

use super::repeat::code;
use super::within;
use crate::forecasts;
use crate::settings::{ltv_bounds, risk_rules};

/// Most months and cycles that a question may name.
const MOST: u32 = 1_200;

/// The report that a question asks for; `None` when it is of another theme.
///
/// # Errors
/// When a parameter is out of its range.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    Ok(Some(match question {
        Question::ContractFlow {
            unit,
            product,
            months,
            cycles,
        } => Box::new(ContractFlow {
            unit: match unit {
                ContractUnit::Contract => Unit::Contract,
                ContractUnit::Customer => Unit::Customer,
            },
            chosen: Chosen {
                product: code(product)?,
                months: some_months(*months)?,
            },
            last: within("cycles", cycles.unwrap_or(24), 1, 200)?,
        }),
        Question::ContractRetention {
            product,
            months,
            ahead,
            cutoff,
            discount_rate,
            products,
        } => {
            let cutoff = cutoff.map(|cutoff| within("cutoff", cutoff, 2, 200));
            Box::new(ContractRetention {
                chosen: Chosen {
                    product: code(product)?,
                    months: some_months(*months)?,
                },
                ahead: within("ahead", ahead.unwrap_or(24), 1, 120)?,
                cutoff: cutoff.transpose()?,
                discount_rate: match discount_rate {
                    Some(rate) => within("discount_rate", *rate, 0, 100_000)?,
                    None => settings.forecast.discount_rate,
                },
                top: within("products", products.unwrap_or(5), 0, 100)?,
            })
        }
        Question::ContractChurn { product, months } => Box::new(ContractChurn {
            months: within("months", months.unwrap_or(24), 1, MOST)?,
            product: code(product)?,
        }),
        Question::ChurnRisk { limit } => Box::new(ChurnRisk {
            rules: risk_rules(&settings.churn_risk),
            min_events: settings.churn_risk.min_events,
            min_auc_percent: settings.churn_risk.min_auc_percent,
            discount_rate: settings.forecast.discount_rate,
            limit: within("limit", limit.unwrap_or(100), 0, PAGE_MAX)?,
        }),
        Question::LtvRanks { forecast } => Box::new(LtvRanks {
            bounds: ltv_bounds(&settings.ltv_ranks),
            options: forecast
                .unwrap_or(true)
                .then(|| forecasts::options(settings)),
        }),
        _ => return Ok(None),
    }))
}

fn some_months(months: Option<u32>) -> Result<Option<u32>, CallError> {
    months
        .map(|months| within("months", months, 1, MOST))
        .transpose()
}
