//! Subscriptions: what tells that one may be cancelled, and LTV ranks.

use serde::{Deserialize, Serialize};

/// How contracts that may be cancelled are found (解約見込み). A score is the sum of the weights of
/// the signs that a contract shows, at most 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RiskSettings {
    /// Weight: the page on cancelling was viewed in the last `page_days`.
    pub cancel_page: u32,
    /// Weight: a payment failed and none has gone through since.
    pub payment_failed: u32,
    /// Weight: two deliveries skipped one after the other, or one before a cycle after which many
    /// leave.
    pub skips: u32,
    /// Weight: longer days between deliveries, or fewer pieces, in the last `change_days`.
    pub cycle_longer: u32,
    /// Weight: the cycle at hand is one after which many leave (解約が多い回).
    pub peak_cycle: u32,
    /// Weight: a complaint in the last `recent_days`.
    pub complaint: u32,
    /// Weight: the card expires before the next delivery.
    pub card_expires: u32,
    /// Weight: mails were read before, and none in the last `silent_days` although some were sent.
    pub silent: u32,
    /// Weight: LINE blocked or mail declined in the last `recent_days`.
    pub blocked: u32,
    /// Weight: an earlier contract of the customer was cancelled.
    pub restarted: u32,
    /// Weight: a delivery came back since the last order.
    pub returned: u32,
    /// Least score of the band high.
    pub high: u32,
    /// Least score of the band medium.
    pub medium: u32,
    /// Days for which a view of the page on cancelling counts.
    pub page_days: u32,
    /// Days for which a complaint or a block counts.
    pub recent_days: u32,
    /// Days for which a change of the cycle or of pieces counts.
    pub change_days: u32,
    /// Days without reading a mail after which a customer is silent.
    pub silent_days: u32,
    /// Percent of the mean rate of cancelling from which a cycle is one after which many leave.
    pub peak_percent: u32,
    /// Fewest contracts that decided at such a cycle.
    pub peak_contracts: u32,
    /// Fewest past cancellations with which the fitted model is used instead of the bands' past.
    pub min_events: u32,
    /// Least AUC of the model on later months, in percent.
    pub min_auc_percent: u32,
}

impl Default for RiskSettings {
    fn default() -> Self {
        RiskSettings {
            cancel_page: 35,
            payment_failed: 30,
            skips: 25,
            cycle_longer: 15,
            peak_cycle: 15,
            complaint: 20,
            card_expires: 15,
            silent: 10,
            blocked: 15,
            restarted: 10,
            returned: 25,
            high: 60,
            medium: 35,
            page_days: 14,
            recent_days: 30,
            change_days: 60,
            silent_days: 60,
            peak_percent: 150,
            peak_contracts: 10,
            min_events: 50,
            min_auc_percent: 60,
        }
    }
}

/// How customers are ranked by LTV (高LTV, 潜在LTV, 一般). Bounds are included; the rules are tried
/// in this order, and who cancelled a contract and has none left is 一般 before the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LtvSettings {
    /// 高LTV: amount of the last 365 days, in minor units.
    pub high_amount: i64,
    /// 高LTV: forecast value, in minor units.
    pub high_forecast: i64,
    /// 高LTV: cycles of a contract that goes on, with `high_cycles_amount`.
    pub high_cycles: u32,
    /// 高LTV: amount of the last 365 days beside those cycles.
    pub high_cycles_amount: i64,
    /// 潜在LTV: forecast value, in minor units. Any contract that goes on is 潜在LTV too.
    pub potential_forecast: i64,
    /// 潜在LTV: most days between orders, with `potential_recency_days`.
    pub potential_interval_days: u32,
    /// 潜在LTV: most days since the last order.
    pub potential_recency_days: u32,
}

impl Default for LtvSettings {
    fn default() -> Self {
        LtvSettings {
            high_amount: 50_000,
            high_forecast: 50_000,
            high_cycles: 3,
            high_cycles_amount: 10_000,
            potential_forecast: 20_000,
            potential_interval_days: 60,
            potential_recency_days: 90,
        }
    }
}
