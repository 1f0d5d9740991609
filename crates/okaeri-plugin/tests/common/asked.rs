//! Every report, what it counts, and a shop to ask.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "each test file uses a part; a failed expectation fails the test"
)]

use chrono::NaiveDate;
use okaeri_carts::sample::{SampleOptions, sample, sample_facts};
use okaeri_plugin::Instance;
use okaeri_protocol::facts::{Fact, Order};
use serde_json::{Value, json};

use super::{call, load};

/// A table, how many key columns it has, and a column that counts each customer of a row once.
pub type Column = (&'static str, usize, &'static str);

/// Reports, and some columns of theirs.
pub const COUNTED: &[(&str, &[Column])] = &[
    (
        r#"{"kind": "steps"}"#,
        &[
            ("steps", 1, "customers"),
            ("steps", 1, "lapsed"),
            ("steps", 1, "in_time"),
            ("steps_by_cohort", 2, "converted"),
        ],
    ),
    (
        r#"{"kind": "conversion", "count": "orders"}"#,
        &[
            ("conversion", 2, "reached"),
            ("conversion", 2, "converted"),
            ("conversion_by_cohort", 2, "closed"),
        ],
    ),
    (
        r#"{"kind": "days_to_next", "from_order": 0, "by": "shop"}"#,
        &[("lead_time", 2, "customers")],
    ),
    (
        r#"{"kind": "days_to_next"}"#,
        &[("lead_time", 1, "customers")],
    ),
    (
        r#"{"kind": "days_to_next", "by": "product"}"#,
        &[("lead_time", 2, "customers")],
    ),
    (
        r#"{"kind": "gift_share", "limit": 7}"#,
        &[
            ("gift_share", 1, "customers"),
            ("gift_senders", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "gift_seasons"}"#,
        &[
            ("gift_seasons", 2, "senders"),
            ("gift_seasons", 2, "continued"),
            ("own_conversion", 1, "senders"),
            ("own_conversion", 1, "converted"),
        ],
    ),
    (r#"{"kind": "gift_cross"}"#, &[("gift_cross", 3, "senders")]),
    (
        r#"{"kind": "gift_lost", "limit": 7}"#,
        &[
            ("gift_lost", 2, "senders"),
            ("gift_lost", 2, "lost_senders"),
        ],
    ),
    (r#"{"kind": "gift_flow"}"#, &[("gift_flow", 2, "customers")]),
    (r#"{"kind": "gift_recipients"}"#, &[]),
    (
        r#"{"kind": "corporate", "average_order": 8000, "limit": 7}"#,
        &[
            ("corporate", 2, "customers"),
            ("corporate_reasons", 1, "customers"),
            ("corporate_status", 3, "customers"),
        ],
    ),
    (
        r#"{"kind": "cohorts"}"#,
        &[("cohorts", 2, "bought"), ("cohorts", 2, "closed")],
    ),
    (
        r#"{"kind": "ltv"}"#,
        &[("ltv", 1, "customers"), ("ltv", 1, "repeaters")],
    ),
    (
        r#"{"kind": "ltv", "by": "product", "top": 10000}"#,
        &[("ltv", 2, "closed")],
    ),
    (
        r#"{"kind": "ltv", "by": "subscription"}"#,
        &[("ltv", 2, "closed"), ("ltv_spread", 1, "closed")],
    ),
    (
        r#"{"kind": "effects", "top": 20}"#,
        &[("effects", 1, "customers")],
    ),
    (
        r#"{"kind": "effects", "by": "gift", "horizon_days": 730}"#,
        &[("effects", 1, "customers")],
    ),
    (
        r#"{"kind": "media", "top": 10000}"#,
        &[
            ("media", 1, "customers"),
            ("media", 1, "f2_90"),
            ("media_curve", 2, "closed"),
        ],
    ),
    (
        r#"{"kind": "coupons"}"#,
        &[
            ("coupons", 1, "customers"),
            ("coupon_orders", 1, "customers"),
            ("coupon_dependence", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "bundles", "top": 10000}"#,
        &[
            ("bundle_products", 1, "customers"),
            ("bundle_products", 1, "multi_customers"),
            ("bundle_quantities", 2, "customers"),
            ("bundle_pairs", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "free_shipping"}"#,
        &[("free_shipping_bins", 1, "customers")],
    ),
    (
        r#"{"kind": "media", "attribution": "order"}"#,
        &[("media", 1, "customers")],
    ),
    (
        r#"{"kind": "cohorts", "period": "months"}"#,
        &[("cohorts", 2, "bought"), ("cohorts", 2, "still")],
    ),
    (
        r#"{"kind": "product_repeat"}"#,
        &[
            ("product_repeat", 1, "buyers"),
            ("product_repeat", 1, "repeat_buyers"),
            ("product_repeat", 1, "repeaters"),
            ("product_repeat", 1, "closed"),
        ],
    ),
    (
        r#"{"kind": "product_repeat", "new": "window_new", "window_days": 60, "days": 90}"#,
        &[("product_repeat", 1, "new_buyers")],
    ),
    (
        r#"{"kind": "product_ltv", "product": "TEA-100", "days": 90}"#,
        &[
            ("product_ltv", 1, "buyers"),
            ("product_ltv_by_cohort", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "entry_products", "min_customers": 1}"#,
        &[
            ("entry_products", 1, "customers"),
            ("entry_products", 1, "f2_90"),
            ("entry_all", 0, "f3_365"),
        ],
    ),
    (
        r#"{"kind": "purchase_flow", "top": 3}"#,
        &[("flow_nodes", 2, "waiting"), ("flow_links", 3, "customers")],
    ),
    (
        r#"{"kind": "purchase_flow", "mode": "sets", "top": 5}"#,
        &[("flow_links", 3, "customers")],
    ),
    (
        r#"{"kind": "product_cycle"}"#,
        &[
            ("product_cycle", 1, "repeaters"),
            ("product_cycle", 1, "followed"),
            ("product_next", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "cross_sell", "window_days": 365, "min_count": 2, "min_lift": 0}"#,
        &[
            ("rules", 4, "count"),
            ("rules", 4, "left_count"),
            ("rules", 4, "right_count"),
            ("sets", 4, "count"),
            ("baskets", 0, "baskets"),
        ],
    ),
    (
        r#"{"kind": "contract_flow"}"#,
        &[
            ("statuses", 1, "customers"),
            ("cycles", 1, "customers"),
            ("cycles_by_month", 2, "customers"),
            ("reasons", 1, "customers"),
            ("skips", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "contract_flow", "unit": "customer", "months": 12}"#,
        &[
            ("statuses", 1, "units"),
            ("cycles", 1, "reached"),
            ("cycles", 1, "pending"),
        ],
    ),
    (
        r#"{"kind": "contract_retention"}"#,
        &[
            ("cycles", 1, "customers"),
            ("ages", 1, "customers"),
            ("by_product", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "contract_churn", "months": 36}"#,
        &[("months", 1, "customers")],
    ),
    (
        r#"{"kind": "ltv_ranks", "forecast": false}"#,
        &[
            ("ltv_ranks", 1, "customers"),
            ("ltv_ranks", 1, "subscribers"),
            ("ltv_reasons", 3, "customers"),
        ],
    ),
    (
        r#"{"kind": "lifecycle_grid", "orders": [2, 3, 5, 9], "days": [30, 60, 120, 240]}"#,
        &[("grid", 2, "customers")],
    ),
    (
        r#"{"kind": "lifecycle_grid", "fit": true}"#,
        &[("grid", 6, "customers")],
    ),
    (
        r#"{"kind": "cpm"}"#,
        &[
            ("cpm", 1, "customers"),
            ("cpm_history", 2, "customers"),
            ("cpm_history", 2, "promoted"),
            ("cpm_transitions", 2, "customers"),
            ("cpm_rates", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "rfm_groups", "mode": "threshold", "since": "2025-03-31"}"#,
        &[("rfm_moves", 2, "customers")],
    ),
];

/// Reports that take more of the whole shop than a share of it, and some columns of theirs.
pub const WHOLE: &[(&str, &[Column])] = &[
    (
        r#"{"kind": "churn_risk"}"#,
        &[("bands", 1, "customers"), ("signals", 1, "customers")],
    ),
    (
        r#"{"kind": "cpm", "preset": "fit"}"#,
        &[
            ("cpm", 1, "customers"),
            ("cpm_history", 2, "lapsed"),
            ("cpm_rates", 1, "reached"),
        ],
    ),
    (
        r#"{"kind": "rfm_groups", "since": "2025-03-31"}"#,
        &[
            ("rfm_groups", 1, "customers"),
            ("rfm_segments", 1, "customers"),
            ("rfm_bounds", 2, "customers"),
            ("rfm_axis_moves", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "decile_period"}"#,
        &[
            ("deciles", 1, "customers"),
            ("large_single", 1, "large_single"),
        ],
    ),
    (
        r#"{"kind": "member_ranks"}"#,
        &[
            ("member_ranks", 1, "customers"),
            ("member_ranks", 1, "near_by_amount"),
            ("member_ranks", 1, "falling"),
        ],
    ),
    (
        r#"{"kind": "corporate", "limit": 7}"#,
        &[("corporate", 2, "customers")],
    ),
    (
        r#"{"kind": "rfm_groups", "mode": "threshold", "amount": "aov"}"#,
        &[("rfm_groups", 1, "customers")],
    ),
    (
        r#"{"kind": "ltv_ranks"}"#,
        &[
            ("ltv_ranks", 1, "customers"),
            ("ltv_reasons", 3, "customers"),
        ],
    ),
    (
        r#"{"kind": "forecast", "horizon_days": 90}"#,
        &[("forecast_alive", 1, "customers")],
    ),
    (
        r#"{"kind": "forecast", "model": "bg_bb", "period": "quarter"}"#,
        &[("forecast_alive", 1, "customers")],
    ),
    (
        r#"{"kind": "forecast", "model": "bg_nbd", "seasonal": true}"#,
        &[("forecast_alive", 1, "customers")],
    ),
];

pub const DAY: &str = "2025-12-31";

pub fn options() -> SampleOptions {
    SampleOptions {
        orders: 1_500,
        until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        ..SampleOptions::default()
    }
}

pub fn orders() -> Vec<Order> {
    sample(&options())
}

/// What is known beside orders, one fact a line: every shard is told all of it.
pub fn other_facts() -> String {
    let facts = sample_facts(&options());
    let others = facts
        .iter()
        .filter(|fact| matches!(fact, Fact::Contract(_) | Fact::Event(_)));
    let lines = others.map(|fact| serde_json::to_string(fact).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// An instance in which an e-mail address is a person.
pub fn shop(orders: &[Order]) -> Instance {
    let mut instance = Instance::new();
    let settings = json!({"call": "configure", "settings": {"identity": "email"}});
    call(&mut instance, &settings, &[]);
    load(
        &mut instance,
        "json",
        false,
        serde_json::to_vec(orders).unwrap(),
    );
    load(&mut instance, "ndjson", false, other_facts());
    instance
}

pub fn ask(instance: &mut Instance, question: &Value) -> Value {
    let header = json!({"call": "ask", "as_of": DAY, "question": question});
    let reply = call(instance, &header, &[]);
    assert!(reply.get("error").is_none(), "{reply}");
    reply["answer"].clone()
}
