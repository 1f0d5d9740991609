//! What customers are worth: groups make up the whole, over the sample shop.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use chrono::NaiveDate;
use common::{call, load};
use okaeri_carts::sample::{SampleOptions, sample_facts};
use okaeri_plugin::Instance;
use serde_json::{Value, json};

/// The sample shop with its contracts and events.
fn shop() -> Instance {
    let options = SampleOptions {
        orders: 1_200,
        until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        ..SampleOptions::default()
    };
    let mut instance = Instance::new();
    let settings = json!({"call": "configure", "settings": {"identity": "email"}});
    call(&mut instance, &settings, &[]);
    let lines: Vec<String> = sample_facts(&options)
        .iter()
        .map(|fact| serde_json::to_string(fact).unwrap())
        .collect();
    let loaded = load(&mut instance, "ndjson", false, lines.join("\n"));
    assert!(loaded.get("error").is_none(), "{loaded}");
    instance
}

fn ask(instance: &mut Instance, question: &Value) -> Value {
    let header = json!({"call": "ask", "as_of": "2025-12-31", "question": question});
    let reply = call(instance, &header, &[]);
    assert!(reply.get("error").is_none(), "{reply}");
    reply["answer"]["tables"].clone()
}

/// A column of a table; 0 where there is nothing.
fn column(tables: &Value, table: &str, name: &str) -> Vec<f64> {
    let table = &tables[table];
    let columns = table["columns"].as_array().unwrap();
    let place = columns.iter().position(|column| column == name).unwrap();
    let rows = table["rows"].as_array().unwrap().iter();
    rows.map(|row| row[place].as_f64().unwrap_or_default())
        .collect()
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

/// Sums of a column by the days of its row.
fn by_days(tables: &Value, value: impl Fn(&Value) -> Vec<f64>) -> Vec<(i64, f64)> {
    let mut sums: Vec<(i64, f64)> = Vec::new();
    for (days, value) in column(tables, "ltv", "days").iter().zip(value(tables)) {
        let days = *days as i64;
        match sums.iter_mut().find(|(known, _)| *known == days) {
            Some((_, sum)) => *sum += value,
            None => sums.push((days, value)),
        }
    }
    sums
}

#[test]
fn groups_of_ltv_make_up_the_whole() {
    let mut shop = shop();
    let whole = ask(&mut shop, &json!({"kind": "ltv"}));
    assert!(
        column(&whole, "ltv", "fallback_share")
            .iter()
            .any(|share| *share > 0.0)
    );
    for by in [
        "month",
        "product",
        "media",
        "coupon",
        "gift",
        "prefecture",
        "subscription",
    ] {
        let groups = ask(&mut shop, &json!({"kind": "ltv", "by": by, "top": 3}));
        for name in ["customers", "closed", "orders", "repeaters", "sales"] {
            let value = |tables: &Value| column(tables, "ltv", name);
            assert_eq!(
                by_days(&groups, value),
                by_days(&whole, value),
                "{name} by {by}"
            );
        }
        let margin = |tables: &Value| {
            let closed = column(tables, "ltv", "closed").into_iter();
            let means = closed.zip(column(tables, "ltv", "ltv_margin"));
            means.map(|(closed, mean)| closed * mean).collect()
        };
        let pairs = by_days(&groups, margin)
            .into_iter()
            .zip(by_days(&whole, margin));
        for ((_, group), (days, whole)) in pairs {
            assert!((group - whole).abs() < 1e-3, "{by} {days}: {group} {whole}");
        }
    }
}

#[test]
fn media_make_up_the_whole_however_orders_are_given_to_them() {
    let mut shop = shop();
    let months = ask(&mut shop, &json!({"kind": "months"}));
    let sales = sum(&column(&months, "months", "revenue"))
        - sum(&column(&months, "months", "guest_revenue"));
    let mut customers = Vec::new();
    for attribution in ["first", "order"] {
        for top in [1, 100] {
            let question = json!({"kind": "media", "attribution": attribution, "top": top});
            let media = ask(&mut shop, &question);
            assert_eq!(sum(&column(&media, "media", "sales")), sales);
            customers.push(sum(&column(&media, "media", "customers")));
        }
    }
    assert!(customers[0] > 0.0 && customers.iter().all(|count| *count == customers[0]));
}

#[test]
fn orders_with_a_coupon_and_without_make_up_the_whole() {
    let mut shop = shop();
    let summary = ask(&mut shop, &json!({"kind": "counts"}));
    let [customers, orders, sales] =
        ["customers", "orders", "amount"].map(|name| sum(&column(&summary, "counts", name)));
    let all = ask(&mut shop, &json!({"kind": "coupons"}));
    let of = |table: &str, name: &str| sum(&column(&all, table, name));
    assert_eq!(of("coupon_orders", "orders"), orders);
    assert_eq!(of("coupon_orders", "sales"), sales);
    assert_eq!(of("coupon_orders", "first_orders"), customers);
    assert_eq!(of("coupon_dependence", "customers"), customers);
    assert_eq!(of("coupon_dependence", "orders"), orders);
    assert_eq!(of("coupon_dependence", "sales"), sales);
    assert!(of("coupons", "issued") >= of("coupons", "redeemed"));
    assert!(of("coupons", "redeemed") > 0.0);
    let few = ask(&mut shop, &json!({"kind": "coupons", "top": 1}));
    for name in ["issued", "customers", "orders", "sales", "closed"] {
        assert_eq!(sum(&column(&few, "coupons", name)), of("coupons", name));
    }
}

#[test]
fn pieces_and_postage_are_those_of_all_orders() {
    let mut shop = shop();
    let products = ask(&mut shop, &json!({"kind": "products"}));
    for top in [2, 100] {
        let bundles = ask(&mut shop, &json!({"kind": "bundles", "top": top}));
        for (ours, theirs) in [
            ("pieces", "qty"),
            ("sales", "revenue"),
            ("orders", "orders"),
        ] {
            let all = sum(&column(&products, "products", theirs));
            assert_eq!(sum(&column(&bundles, "bundle_quantities", ours)), all);
            assert_eq!(sum(&column(&bundles, "bundle_products", ours)), all);
        }
    }
    let summary = ask(&mut shop, &json!({"kind": "summary"}));
    let orders = sum(&column(&summary, "summary", "orders"));
    for contracts in [false, true] {
        let question = json!({"kind": "free_shipping", "contracts": contracts});
        let postage = ask(&mut shop, &question);
        let counted = sum(&column(&postage, "free_shipping_bins", "orders"));
        let left_out = sum(&column(&postage, "free_shipping_left_out", "orders"));
        assert_eq!(counted + left_out, orders);
        // Boxes of contracts are free whatever they hold, and blur what the shop does.
        if !contracts {
            assert_eq!(column(&postage, "free_shipping", "threshold"), [5_000.0]);
        }
    }
}
