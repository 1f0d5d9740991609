//! Settings of subscriptions and LTV ranks: checked, and in the core's terms.

use okaeri_core::analysis::ltv_rank::LtvBounds;
use okaeri_core::subscription::risk::RiskRules;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::settings::{LtvSettings, RiskSettings, Settings};

use super::bad;

/// Refuses what makes no sense.
pub fn check(settings: &Settings) -> Result<(), CallError> {
    let risk = &settings.churn_risk;
    let rules = risk_rules(risk);
    if rules.weights.iter().any(|weight| *weight > 100) {
        return Err(bad("churn_risk", "weights must be at most 100"));
    }
    if risk.medium == 0 || risk.high < risk.medium {
        return Err(bad(
            "churn_risk.high",
            "must be at least `medium`, which must be at least 1",
        ));
    }
    let days = [
        risk.page_days,
        risk.recent_days,
        risk.change_days,
        risk.silent_days,
    ];
    if days.iter().any(|days| !(1..=36_500).contains(days)) {
        return Err(bad("churn_risk", "numbers of days must be from 1 to 36500"));
    }
    if risk.min_auc_percent > 100 {
        return Err(bad("churn_risk.min_auc_percent", "must be at most 100"));
    }
    let ltv = &settings.ltv_ranks;
    let amounts = [
        ltv.high_amount,
        ltv.high_forecast,
        ltv.high_cycles_amount,
        ltv.potential_forecast,
    ];
    if amounts.iter().any(|amount| *amount < 0) {
        return Err(bad("ltv_ranks", "amounts must not be negative"));
    }
    if ltv.high_forecast < ltv.potential_forecast {
        return Err(bad(
            "ltv_ranks.high_forecast",
            "must be at least `potential_forecast`",
        ));
    }
    Ok(())
}

/// The rules of the score.
pub fn risk_rules(risk: &RiskSettings) -> RiskRules {
    let days = |days: u32| i32::try_from(days).unwrap_or(i32::MAX);
    RiskRules {
        weights: [
            risk.cancel_page,
            risk.payment_failed,
            risk.skips,
            risk.cycle_longer,
            risk.peak_cycle,
            risk.complaint,
            risk.card_expires,
            risk.silent,
            risk.blocked,
            risk.restarted,
            risk.returned,
        ],
        bands: [risk.high, risk.medium],
        page_days: days(risk.page_days),
        recent_days: days(risk.recent_days),
        change_days: days(risk.change_days),
        silent_days: days(risk.silent_days),
        peak_percent: risk.peak_percent,
        peak_contracts: risk.peak_contracts,
    }
}

/// The bounds of LTV ranks.
pub fn ltv_bounds(ltv: &LtvSettings) -> LtvBounds {
    LtvBounds {
        high_amount: ltv.high_amount,
        high_forecast: ltv.high_forecast,
        high_cycles: ltv.high_cycles,
        high_cycles_amount: ltv.high_cycles_amount,
        potential_forecast: ltv.potential_forecast,
        potential_interval_days: ltv.potential_interval_days,
        potential_recency_days: ltv.potential_recency_days,
    }
}
