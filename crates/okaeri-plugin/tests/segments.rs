//! A segment is the same whether it is asked for, filters a list, or addresses a campaign.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use chrono::NaiveDate;
use common::{call, load};
use okaeri_carts::sample::{SampleOptions, sample, sample_facts};
use okaeri_plugin::Instance;
use okaeri_protocol::facts::Fact;
use serde_json::{Value, json};

const DAY: &str = "2025-12-31";

fn options(orders: u32) -> SampleOptions {
    SampleOptions {
        orders: orders as _,
        until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        ..SampleOptions::default()
    }
}

fn shop(orders: u32) -> Instance {
    let orders = serde_json::to_vec(&sample(&options(orders))).unwrap();
    let mut instance = Instance::new();
    load(&mut instance, "json", false, &orders);
    instance
}

/// The same with contracts and events.
fn shop_with_contracts(orders: u32) -> Instance {
    let mut instance = shop(orders);
    let facts = sample_facts(&options(orders));
    let others = facts.iter().filter(|fact| !matches!(fact, Fact::Order(_)));
    let lines: Vec<String> = others.map(|f| serde_json::to_string(f).unwrap()).collect();
    load(&mut instance, "ndjson", false, lines.join("\n"));
    instance
}

fn reply(instance: &mut Instance, question: &Value) -> Value {
    let header = json!({"call": "ask", "as_of": DAY, "question": question});
    call(instance, &header, &[])
}

fn ask(instance: &mut Instance, question: &Value) -> Value {
    let reply = reply(instance, question);
    assert!(reply.get("error").is_none(), "{reply}");
    reply["answer"].clone()
}

fn list(instance: &mut Instance, filter: &Value) -> Value {
    ask(
        instance,
        &json!({"kind": "customers", "filter": filter, "limit": 5}),
    )
}

/// Segments, and the same in conditions of lists.
fn twins() -> Vec<(&'static str, Value)> {
    vec![
        ("number_of_orders >= 2", json!([{"in": "orders", "min": 2}])),
        (
            "amount_spent BETWEEN 3000 AND 9000",
            json!([{"in": "amount", "min": 3000, "max": 9000}]),
        ),
        ("decile = 3", json!([{"in": "decile", "decile": 3}])),
        (
            "rfm_recency = 5 AND rfm_monetary = 4",
            json!([{"in": "rfm", "r": 5, "m": 4}]),
        ),
        (
            "lifecycle = 'promising_drowsy'",
            json!([{"in": "cells", "freq": 2, "rec": 2}]),
        ),
        (
            "last_order_date >= 2025-10-01",
            json!([{"in": "last_day", "from": "2025-10-01"}]),
        ),
        (
            "days_to_second_order <= 60",
            json!([{"in": "f2", "converted": true, "days_max": 60}]),
        ),
        (
            "days_to_second_order IS NULL",
            json!([{"in": "f2", "converted": false}]),
        ),
        ("number_of_orders >= 1", json!([])),
        ("mailable", json!([{"in": "mailable"}])),
        (
            "NOT number_of_orders >= 1",
            json!([{"in": "keys", "keys": []}]),
        ),
    ]
}

#[test]
fn a_segment_is_what_the_conditions_of_lists_say() {
    let mut instance = shop(1_500);
    let mut some = 0;
    for (text, filter) in twins() {
        let by_conditions = list(&mut instance, &filter);
        let by_text = list(&mut instance, &json!([{"in": "segment", "text": text}]));
        assert_eq!(by_text, by_conditions, "{text}");
        let segment = ask(
            &mut instance,
            &json!({"kind": "segment", "text": text, "limit": 5}),
        );
        for (here, there) in [
            ("customers", "total"),
            ("amount", "amount"),
            ("mailable", "mailable"),
            ("sample", "customers"),
        ] {
            assert_eq!(segment[here], by_conditions[there], "{text}: {here}");
        }
        some +=
            i32::from(segment["customers"] != json!(0) && segment["customers"] != segment["of"]);
    }
    assert!(some >= 7, "the shop has customers of most kinds: {some}");
}

#[test]
fn a_campaign_goes_to_a_segment() {
    let mut instance = shop(400);
    let plan = |filter: Value| {
        json!({"call": "plan", "as_of": DAY, "campaign": "spring", "filter": filter,
            "template": {"subject": "s", "text": "t"}, "limit": 3})
    };
    let by_text = call(
        &mut instance,
        &plan(json!([{"in": "segment", "text": "number_of_orders >= 2"}])),
        &[],
    );
    let by_conditions = call(
        &mut instance,
        &plan(json!([{"in": "orders", "min": 2}])),
        &[],
    );
    for part in ["matched", "to_send", "left_out"] {
        assert_eq!(by_text["answer"][part], by_conditions["answer"][part]);
    }
    assert_ne!(by_text["answer"]["matched"], json!(0));
    let wrong = plan(json!([{"in": "mailable"}, {"in": "segment", "text": "decile = "}]));
    let wrong = call(&mut instance, &wrong, &[]);
    assert_eq!(wrong["error"]["at"], "filter[1].text");
    assert_eq!(wrong["error"]["span"], json!([9, 9]));
}

#[test]
fn cells_and_pairs_sum() {
    let mut instance = shop(800);
    let texts = [
        "number_of_orders >= 2",
        "decile <= 4",
        "last_order_date >= -90d",
        "mailable",
        "rfm_frequency = 1",
    ];
    for count in 2..=5 {
        let question = json!({"kind": "segment_overlap", "texts": &texts[..count]});
        let overlap = ask(&mut instance, &question);
        let number = |value: &Value| value["customers"].as_u64().unwrap();
        let pairs = overlap["pairs"].as_array().unwrap();
        assert_eq!(pairs.len(), count * (count - 1) / 2);
        for pair in pairs {
            let [a, b] = ["a", "b"].map(|side| texts[pair[side].as_u64().unwrap() as usize]);
            let both = json!([{"in": "segment", "text": a}, {"in": "segment", "text": b}]);
            assert_eq!(
                pair["customers"],
                list(&mut instance, &both)["total"],
                "{a} {b}"
            );
        }
        let cells = overlap["cells"].as_array().unwrap();
        if count > 4 {
            assert!(cells.is_empty());
            continue;
        }
        assert_eq!(cells.len(), 1 << count);
        assert_eq!(
            cells.iter().map(number).sum::<u64>(),
            overlap["of"].as_u64().unwrap()
        );
        for (place, segment) in overlap["segments"].as_array().unwrap().iter().enumerate() {
            let has = |cell: &&Value| cell["inside"].as_array().unwrap().contains(&json!(place));
            let sum: u64 = cells.iter().filter(has).map(number).sum();
            assert_eq!(sum, number(segment));
        }
    }
}

#[test]
fn columns_are_made_anew_with_the_book() {
    let mut instance = shop(300);
    let question = json!({"kind": "segment", "limit": 3,
        "text": "number_of_orders >= 3 OR prefecture = '東京都' OR lifecycle = 'new_active'"});
    let before = ask(&mut instance, &question);
    assert_eq!(ask(&mut instance, &question), before);
    let more = r#"[{"order_id": "x-1", "ordered_at": "2025-12-30T10:00:00+09:00",
        "buyer": {"email": "new@example.jp", "prefecture": "東京都"},
        "lines": [{"product": "1", "quantity": 1, "unit_price": 900000}]}]"#;
    load(&mut instance, "json", false, more);
    let after = ask(&mut instance, &question);
    assert_eq!(
        after["customers"].as_u64().unwrap(),
        before["customers"].as_u64().unwrap() + 1
    );
    let settings = json!({"call": "configure", "settings": {"lifecycle": {"active_days": 1}}});
    assert!(call(&mut instance, &settings, &[]).get("error").is_none());
    assert_ne!(
        ask(&mut instance, &question)["conditions"],
        after["conditions"]
    );
    // Another day has another book.
    let earlier = json!({"call": "ask", "as_of": "2025-12-29", "question": question});
    let earlier = call(&mut instance, &earlier, &[]);
    assert!(earlier["answer"]["of"].as_u64() < after["of"].as_u64());
}

#[test]
fn every_attribute_is_described_and_offered() {
    let mut instance = shop(50);
    let table = ask(&mut instance, &json!({"kind": "segment_attributes"}));
    let attributes = table["attributes"].as_array().unwrap();
    let operators = table["operators"].as_array().unwrap();
    let offered = ask(&mut instance, &json!({"kind": "segment_words", "text": ""}));
    for attribute in attributes {
        let name = &attribute["name"];
        let is_offered =
            |word: &&Value| word["text"] == *name && word["of"] == attribute["values"]["of"];
        assert!(
            offered["words"]
                .as_array()
                .unwrap()
                .iter()
                .any(|word| is_offered(&word)),
            "{name}"
        );
        for operator in attribute["operators"].as_array().unwrap() {
            assert!(operators.iter().any(|known| known["text"] == *operator));
        }
        for side in ["ja", "en"] {
            assert_ne!(attribute["label"][side], "");
        }
        let has_choices = attribute["values"]["of"] == "choice";
        assert_eq!(
            attribute["values"].get("choices").is_some(),
            has_choices,
            "{name}"
        );
    }
    let wide = r#"{"kind": "segment_words", "text": "'😀' decile ", "cursor": 99}"#;
    let wide: Value = serde_json::from_str(wide).unwrap();
    assert_eq!(ask(&mut instance, &wide)["span"], json!([12, 12]));
}

#[test]
fn money_is_written_in_the_shops_currency() {
    let mut instance = Instance::new();
    let settings = json!({"call": "configure", "settings": {"currency": "USD"}});
    call(&mut instance, &settings, &[]);
    let order = br#"[{"order_id": "1", "ordered_at": "2025-12-30", "currency": "USD",
        "buyer": {"email": "a@example.com"},
        "lines": [{"product": "1", "quantity": 1, "unit_price": 1250}]}]"#;
    load(&mut instance, "json", false, order);
    for (text, size) in [("amount_spent = 12.50", 1), ("amount_spent > 12.50", 0)] {
        let segment = ask(&mut instance, &json!({"kind": "segment", "text": text}));
        assert_eq!(segment["customers"], json!(size), "{text}");
    }
}

/// A number of a report as a condition.
fn counted(question: &Value, table: &str, key: &Value) -> Value {
    json!({"in": "report", "question": question, "table": table, "key": [key],
        "measure": "customers"})
}

#[test]
fn groups_are_those_of_the_reports() {
    let mut instance = shop_with_contracts(1_500);
    let mut twins: Vec<(String, Value)> = Vec::new();
    for level in ["first", "toddler", "steady", "trend", "loyal"] {
        for state in ["active", "lapsed"] {
            let group = format!("{level}_{state}");
            let filter = counted(&json!({"kind": "cpm"}), "cpm", &json!(group));
            twins.push((format!("cpm_group = '{group}'"), filter));
        }
    }
    for rank in ["high", "potential", "general"] {
        let filter = counted(&json!({"kind": "ltv_ranks"}), "ltv_ranks", &json!(rank));
        twins.push((format!("ltv_rank = '{rank}'"), filter));
    }
    for (place, rank) in ["regular", "silver", "gold", "platinum"].iter().enumerate() {
        let question = json!({"kind": "member_ranks"});
        let filter = counted(&question, "member_ranks", &json!(place));
        twins.push((format!("member_rank = '{rank}'"), filter));
    }
    for tenth in 0..10 {
        let question = json!({"kind": "forecast"});
        let filter = counted(&question, "forecast_alive", &json!(tenth));
        let text = match tenth {
            9 => "p_alive >= 0.9".to_owned(),
            _ => format!("p_alive >= 0.{tenth} AND p_alive < 0.{}", tenth + 1),
        };
        twins.push((text, filter));
    }
    // Every season and year that the shop has gifts of.
    let seasons = ask(&mut instance, &json!({"kind": "gift_seasons"}));
    for row in seasons["tables"]["gift_seasons"]["rows"]
        .as_array()
        .unwrap()
    {
        let (season, year) = (&row[0], &row[1]);
        let filter = json!({"in": "report", "question": {"kind": "gift_seasons"},
            "table": "gift_seasons", "key": [season, year], "measure": "senders"});
        twins.push((
            format!("season('{}', {year})", season.as_str().unwrap()),
            filter,
        ));
    }
    // Of several contracts the worst counts.
    let high = counted(&json!({"kind": "churn_risk"}), "bands", &json!("high"));
    twins.push(("churn_risk_band = 'high'".to_owned(), high));
    let mut filled = 0;
    for (text, filter) in &twins {
        let by_report = list(&mut instance, &json!([filter]));
        let by_text = list(&mut instance, &json!([{"in": "segment", "text": text}]));
        for part in ["total", "amount", "mailable"] {
            assert_eq!(by_text[part], by_report[part], "{text}: {part}");
        }
        let question = json!({"kind": "segment", "text": text, "limit": 0});
        let segment = ask(&mut instance, &question);
        assert_eq!(segment["customers"], by_report["total"], "{text}");
        filled += i32::from(by_report["total"] != json!(0));
    }
    assert!(filled >= 15, "{filled}");
    let count = |instance: &mut Instance, text: &str| {
        let question = json!({"kind": "segment", "text": text, "limit": 0});
        ask(instance, &question)["customers"].as_u64().unwrap()
    };
    // Bands and scores go together, and are of who has a contract that goes on.
    let known = count(&mut instance, "churn_risk IS NOT NULL");
    assert!(known > 0);
    assert_eq!(count(&mut instance, "churn_risk >= 0"), known);
    let bands = "churn_risk_band IN ('high', 'medium', 'low')";
    assert_eq!(count(&mut instance, bands), known);
    let open = "subscription(status: 'active') OR subscription(status: 'paused') OR \
                subscription(status: 'failed')";
    assert_eq!(
        count(&mut instance, &format!("churn_risk >= 0 AND NOT ({open})")),
        0
    );
}

#[test]
fn a_customers_page_says_what_segments_do() {
    let mut instance = shop_with_contracts(600);
    let everybody = ask(&mut instance, &json!({"kind": "customers", "limit": 60}));
    let mut seen = 0;
    for row in everybody["customers"].as_array().unwrap() {
        let question = json!({"kind": "customer", "key": row["key"]});
        let page = ask(&mut instance, &question);
        for why in page["why"].as_array().unwrap() {
            let attribute = match why["score"].as_str().unwrap() {
                "cpm" => "cpm_group",
                "member_rank" => "member_rank",
                "churn_risk" => "churn_risk_band",
                _ => continue,
            };
            let text = format!("{attribute} = '{}'", why["value"].as_str().unwrap());
            let filter =
                json!([{"in": "segment", "text": text}, {"in": "keys", "keys": [row["key"]]}]);
            assert_eq!(
                list(&mut instance, &filter)["total"],
                json!(1),
                "{text}: {row}"
            );
            seen += 1;
        }
    }
    assert!(seen > 120, "{seen}");
}

#[test]
fn forecasts_of_conditions_must_be_one() {
    let mut instance = shop(300);
    let other = counted(
        &json!({"kind": "forecast", "horizon_days": 30}),
        "forecast_alive",
        &json!(9),
    );
    let filter = json!([other, {"in": "segment", "text": "p_alive > 0.5"}]);
    let reply = reply(
        &mut instance,
        &json!({"kind": "customers", "filter": filter}),
    );
    assert_eq!(reply["error"]["at"], "filter[1]");
    // What was asked before changes nothing.
    let question = json!({"kind": "segment", "text": "p_alive > 0.5 AND forecast_value > 500"});
    let before = ask(&mut instance, &question);
    ask(
        &mut instance,
        &json!({"kind": "forecast", "horizon_days": 30}),
    );
    assert_eq!(ask(&mut instance, &question), before);
    assert_eq!(ask(&mut shop(300), &question), before);
    let texts = json!(["p_alive > 0.5", "number_of_orders >= 1"]);
    let overlap = ask(
        &mut instance,
        &json!({"kind": "segment_overlap", "texts": texts}),
    );
    assert_ne!(overlap["pairs"][0]["customers"], json!(0));
    let plan = json!({"call": "plan", "as_of": DAY, "campaign": "spring",
        "filter": [{"in": "segment", "text": "p_alive > 0.5"}],
        "template": {"subject": "s", "text": "t"}, "limit": 3});
    let plan = call(&mut instance, &plan, &[]);
    assert_eq!(plan["answer"]["matched"], overlap["pairs"][0]["customers"]);
}
