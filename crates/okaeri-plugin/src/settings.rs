//! A shop's settings: checked, and in the core's terms.

mod customers;
mod gifts;
mod subscription;
mod value;

use okaeri_core::analysis::people::LifecycleBounds;
use okaeri_core::analysis::rfm::Bounds;
use okaeri_core::identity::Rule;
use okaeri_core::ledger::contacts::Contacts;
use okaeri_core::segment::Names;
use okaeri_core::zone::Zone;
use okaeri_protocol::answer::{CallError, ErrorCode};
use okaeri_protocol::settings::{IdentityRule, Settings};

fn bad(at: &str, message: impl Into<String>) -> CallError {
    CallError {
        code: ErrorCode::BadSetting,
        message: message.into(),
        at: Some(format!("settings.{at}")),
        ..CallError::default()
    }
}

/// The shop's calendar, if all settings are sound.
pub fn check(settings: &Settings) -> Result<Zone, CallError> {
    let name = &settings.time_zone;
    let zone = Zone::named(name).map_err(|_| {
        bad(
            "time_zone",
            format!("`{name}` is no IANA time zone; use one such as `Asia/Tokyo`"),
        )
    })?;
    let currency = &settings.currency;
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(bad(
            "currency",
            format!("`{currency}` is no ISO 4217 code; use three capitals such as `JPY`"),
        ));
    }
    let cells = &settings.lifecycle;
    if cells.promising_orders < 2 || cells.constant_orders <= cells.promising_orders {
        return Err(bad(
            "lifecycle.constant_orders",
            "the orders must grow: at least 2 for `promising_orders`, more for `constant_orders`",
        ));
    }
    if cells.drowsy_days <= cells.active_days {
        return Err(bad(
            "lifecycle.drowsy_days",
            "must be more than `active_days`",
        ));
    }
    let rfm = &settings.rfm;
    if !rfm.recency_days.is_sorted_by(|a, b| a < b) {
        return Err(bad(
            "rfm.recency_days",
            "must grow from the best score to the worst",
        ));
    }
    if !rfm.orders.is_sorted_by(|a, b| a > b) || !rfm.amount.is_sorted_by(|a, b| a > b) {
        return Err(bad(
            "rfm",
            "`orders` and `amount` must fall from the best score to the worst",
        ));
    }
    customers::check(settings)?;
    value::check(settings)?;
    subscription::check(settings)?;
    gifts::check(settings)?;
    if settings.basket_products_max > 10_000 {
        return Err(bad("basket_products_max", "must be at most 10000"));
    }
    Ok(zone)
}

pub use customers::{cpm, rank_plan};
pub use gifts::{calendar, corporate, gift_rules};
pub use subscription::{ltv_bounds, risk_rules};
pub use value::{LADDER, ladder, margin, media_costs, windows};

/// Bounds of the lifecycle matrix.
pub fn lifecycle(settings: &Settings) -> LifecycleBounds {
    let bounds = &settings.lifecycle;
    LifecycleBounds {
        promising_orders: bounds.promising_orders,
        constant_orders: bounds.constant_orders,
        active_days: bounds.active_days,
        drowsy_days: bounds.drowsy_days,
    }
}

/// Bounds of RFM in threshold mode.
pub fn rfm_thresholds(settings: &Settings) -> Bounds {
    let bounds = &settings.rfm;
    Bounds {
        recency_days: bounds.recency_days.map(i64::from),
        orders: bounds.orders,
        amount: bounds.amount,
    }
}

/// The names that segments may use.
pub fn names(settings: &Settings) -> Names {
    let plan = &settings.member_ranks;
    let higher = plan.ranks.iter().map(|rank| rank.name.clone());
    let seasons = calendar(&settings.gift);
    Names {
        member_ranks: std::iter::once(plan.lowest.clone()).chain(higher).collect(),
        seasons: (0..seasons.len() as u8)
            .map(|season| seasons.name(season).to_owned())
            .collect(),
    }
}

/// The rule by which these contacts are resolved.
pub fn rule(settings: &Settings, contacts: &Contacts) -> Rule {
    match settings.identity {
        IdentityRule::CustomerId => Rule::CustomerId,
        IdentityRule::Email => Rule::Email,
        IdentityRule::EmailElsePhone => Rule::EmailElsePhone,
        IdentityRule::EmailAndPhone => Rule::EmailAndPhone,
        IdentityRule::Tiers => Rule::Tiers,
        IdentityRule::Auto
            if contacts.email.keys.is_empty() && !contacts.customer_id.keys.is_empty() =>
        {
            Rule::CustomerId
        }
        IdentityRule::Auto
            if !contacts.kana.keys.is_empty() || !contacts.customer_id.keys.is_empty() =>
        {
            Rule::Tiers
        }
        IdentityRule::Auto => Rule::EmailElsePhone,
    }
}
