//! What customers are due to buy again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::{call, load};
use okaeri_carts::sample::{SampleOptions, sample_facts};
use okaeri_plugin::Instance;
use serde_json::{Value, json};

/// It has lasted as long as it lasts, and not three times as long, by gaps enough.
#[test]
fn what_is_due_has_lasted_as_long_as_it_lasts() {
    let options = SampleOptions {
        orders: 1_500,
        ..SampleOptions::default()
    };
    let mut instance = Instance::new();
    let facts = sample_facts(&options);
    let lines = facts
        .iter()
        .map(|fact| serde_json::to_string(fact).unwrap());
    let lines = lines.collect::<Vec<_>>().join("\n");
    load(&mut instance, "ndjson", false, lines);
    let mut ask = |question: Value| -> Value {
        let as_of = options.until.to_string();
        let header = json!({"call": "ask", "as_of": as_of, "question": question});
        call(&mut instance, &header, &[])["answer"].take()
    };
    let list = ask(json!({"kind": "customers", "limit": 40}));
    let mut seen = 0;
    for row in list["customers"].as_array().unwrap() {
        let page = ask(json!({"kind": "customer", "key": row["key"]}));
        for one in page["due"].as_array().into_iter().flatten() {
            let [days, cycle] = ["days", "cycle_days"].map(|name| one[name].as_i64().unwrap());
            assert!(days >= cycle && days <= 3 * cycle, "{one}");
            let least = if one["own"] == true { 2 } else { 5 };
            assert!(one["gaps"].as_i64().unwrap() >= least, "{one}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}
