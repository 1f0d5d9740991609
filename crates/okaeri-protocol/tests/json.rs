//! The reader of the module and serde's give the same answers: on whole facts and calls, and on
//! each of them broken in every place.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use okaeri_protocol::facts::{Fact, Order};
use okaeri_protocol::filter::Filter;
use okaeri_protocol::json;
use okaeri_protocol::request::{Call, Question};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Facts with every field.
fn facts() -> Vec<Value> {
    let buyer = json!({
        "customer_id": "17", "email": "a@example.jp", "phone": "090", "name": "山田 \"太郎\"",
        "name_kana": "ヤマダ\\", "company": "会社", "postal": "100", "prefecture": "東京都",
        "address": "a\u{1}\u{20b9f}", "birth": "1980-01-01", "mail_consent": true,
    });
    let mut order = json!({
        "fact": "order", "order_id": "A-1", "order_no": "1", "shop": "rakuten",
        "ordered_at": "2025-01-31T10:00:00+09:00", "updated_at": "2025-01-31 10:00",
        "status": "shipped", "parent_id": "A-0", "currency": "JPY", "tax_included": false,
        "buyer": buyer, "coupons": ["a", "b"], "payment_method": "card", "media": "x",
        "shipments": [{
            "shipment_id": "s", "name": "n", "name_kana": "k", "phone": "p", "postal": "1",
            "prefecture": "大阪府", "address": "b", "is_gift": true, "noshi": "御祝",
            "wrapping": "w", "message": "m\n", "shipped_at": "2025-02-01",
        }, {}],
        "lines": [{
            "product": "t", "name": "茶", "sku": "t-1", "kind": "discount", "quantity": -1,
            "unit_price": 1000, "amount": 900, "unit_cost": 300, "tax_rate": 1000,
            "shipment_id": "s", "contract_id": "c", "contract_count": 3, "cancelled": true,
        }],
        "note": "", "tags": [],
    });
    for (amount, total) in ["tax", "shipping", "fee", "discount", "billed", "refunded"]
        .into_iter()
        .enumerate()
    {
        order[format!("{total}_total")] = json!(amount);
    }
    order["points_used"] = json!(5);
    vec![
        order,
        json!({"fact": "customer", "contact": buyer, "shop": "s", "registered_at": "2025-01-01", "tags": ["x"]}),
        json!({
            "fact": "contract", "contract_id": "c", "buyer": buyer, "shop": "s", "status": "paused",
            "started_at": "2024-01-01", "cancelled_at": "2025-01-01", "cancel_reason": "r",
            "cycle_days": 30, "next_ship_date": "2025-02-01",
        }),
        json!({
            "fact": "event", "event_id": "e", "at": "2025-01-01T00:00:00Z", "kind": "mail_opened", "shop": "s",
            "customer_id": "17", "email": "a@example.jp", "delivery_key": "k",
        }),
        json!({
            "fact": "judgement", "a": buyer, "b": {"email": "b@example.jp"}, "a_shop": "s",
            "b_shop": "t", "verdict": "different", "at": "2025-01-01T00:00:00Z",
        }),
    ]
}

fn filter() -> Value {
    json!([
        {"in": "cells", "freq": 1, "rec": 3},
        {"in": "rfm", "mode": "threshold", "r": 1, "f": 2, "m": 255},
        {"in": "decile", "decile": 10},
        {"in": "orders", "min": 0, "max": 4_294_967_295_u32},
        {"in": "amount", "min": i64::MIN, "max": i64::MAX},
        {"in": "shops", "n_shops": 2},
        {"in": "months", "month": 24300, "is_new": true},
        {"in": "cohort", "cohort": -1, "k": 3},
        {"in": "last_day", "from": "2024-01-01", "to": "2025-01-01"},
        {"in": "f2", "converted": true, "days_min": 1, "days_max": 30},
        {"in": "products", "product": "t", "repeated": false},
        {"in": "products", "product": 17},
        {"in": "flow", "p1": -1, "p2": "t", "p3": 1.5},
        {"in": "pairs_customer", "a": null, "b": 2.5},
        {"in": "mailable"},
        {"in": "text", "contains": "山"},
        {"in": "keys", "keys": ["a", "b"]},
    ])
}

fn calls() -> Vec<Value> {
    let kinds = "summary counts shops cells months products cohort f2 f2hist f2prod decile id_cc";
    let plain = kinds.split(' ').map(|kind| json!({"kind": kind}));
    let mut questions: Vec<Value> = plain.collect();
    for kind in [
        "dashboard",
        "flow",
        "flow12",
        "pairs_order",
        "pairs_customer",
    ] {
        questions.push(json!({"kind": kind, "top": 100}));
    }
    questions.extend([
        json!({"kind": "rfm", "mode": "quantile"}),
        json!({"kind": "review", "offset": 1, "limit": 2}),
        json!({"kind": "customers", "filter": [{"in": "mailable"}], "sort": "last_day",
            "ascending": true, "offset": 3, "limit": 4}),
        json!({"kind": "customer", "key": "k"}),
        json!({"kind": "withdrawn", "emails": ["a@example.jp"]}),
    ]);
    let ask = |question| json!({"call": "ask", "as_of": "2025-01-01", "question": question});
    let mut calls: Vec<Value> = questions.into_iter().map(ask).collect();
    calls.extend([
        json!({"call": "about"}),
        json!({"call": "cancel"}),
        json!({"call": "configure", "settings": {
            "time_zone": "Asia/Tokyo", "currency": "JPY", "identity": "email_else_phone", "customer_numbers": "book",
            "identity_blocklist": ["x"], "count_zero_amount": true,
            "lifecycle": {"promising_orders": 2, "constant_orders": 4, "active_days": 90,
                "drowsy_days": 180},
            "rfm": {"recency_days": [1, 2, 3, 4], "orders": [4, 3, 2, 1],
                "amount": [4, 3, 2, -9_007_199_254_740_993_i64]},
            "basket_products_max": 7,
        }}),
        json!({"call": "load", "format": "csv", "columns": {"order_id": "id", "": "x"},
            "mapping": "m", "more": true, "lines_hint": 5, "keys": true, "shard": {"index": 1, "rows": 2}}),
        json!({"call": "plan", "as_of": "2025-01-01", "campaign": "c", "filter": filter(),
            "channel": "mail", "template": {"subject": "s", "text": "t", "html": "h"},
            "offset": 1, "limit": 2}),
        json!({"call": "shards", "count": 255}),
        json!({"call": "partial", "as_of": "2025-01-01", "question": {"kind": "counts"}}),
        json!({"call": "finish", "parts": [1, 18_446_744_073_709_551_615_u64],
            "question": {"kind": "flow", "top": null}}),
        json!({"call": "reset"}),
    ]);
    calls
}

/// Asserts that both readers answer alike, and tells whether there is an answer.
fn agree<T: json::Read + DeserializeOwned + Serialize>(text: &[u8]) -> bool {
    let ours = json::read::<T>(text);
    let serdes = serde_json::from_slice::<T>(text);
    let written = |value: &T| serde_json::to_string(value).unwrap();
    assert_eq!(
        ours.as_ref().ok().map(written),
        serdes.as_ref().ok().map(written),
        "{}\nours {:?}, serde's {:?}",
        String::from_utf8_lossy(text),
        ours.as_ref().err(),
        serdes.as_ref().err()
    );
    if let Err(fault) = &ours {
        let is_json = serde_json::from_slice::<Value>(text).is_ok();
        assert!(!is_json || fault.is_data, "{fault}");
    }
    ours.is_ok()
}

fn agree_on<T: json::Read + DeserializeOwned + Serialize>(value: &Value) {
    let text = value.to_string();
    assert!(agree::<T>(text.as_bytes()), "{text}");
    assert!(agree::<T>(format!(" {value:#}\r\n").as_bytes()));
    // The text cut off, and with every byte replaced.
    for place in 0..text.len() {
        agree::<T>(&text.as_bytes()[..place]);
        for byte in *b" ,:\"{}[]0-.e\\ut\x00\x7f\xff" {
            let mut broken = text.clone().into_bytes();
            broken[place] = byte;
            agree::<T>(&broken);
        }
    }
    for pointer in pointers(value, String::new()) {
        let replaced = |by: &str| {
            let mut whole = value.clone();
            *whole.pointer_mut(&pointer).unwrap() = json!("@");
            whole.to_string().replace("\"@\"", by)
        };
        // For the kind of a thing serde also takes its number, as the schema does not.
        let is_kind = ["/fact", "/call", "/question/kind", "/in"]
            .iter()
            .any(|kind| pointer.ends_with(kind));
        for other in OTHERS.split_whitespace() {
            if is_kind && other.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            agree::<T>(replaced(other).as_bytes());
        }
        let Some((parent, name)) = pointer.rsplit_once('/') else {
            continue;
        };
        let mut whole = value.clone();
        if let Some(Value::Object(parent)) = whole.pointer_mut(parent) {
            // A member that is absent, that has another name, that comes twice.
            let member = format!("\"{name}\":{}", parent.remove(name).unwrap());
            agree::<T>(whole.to_string().as_bytes());
            agree::<T>(
                text.replacen(&member, &format!("\"x{}", &member[1..]), 1)
                    .as_bytes(),
            );
            agree::<T>(
                text.replacen(&member, &format!("{member},{member}"), 1)
                    .as_bytes(),
            );
        }
    }
}

/// What is put in the place of every value.
const OTHERS: &str = r#"
    null true nul truex 0 -1 256 4294967296 18446744073709551615 18446744073709551616 0.5
    "" "x" "2025-02-30" {} {"x":1} -0 00 1. 1e5 1E+2 - +1 1e 0x1 .5 1.0 -5.25e-1
    "\u0061" "\ud83d\ude00" "\ud83d" "\ude00" "\ud83dx" "\ud83d\u0061" "\u+061" "\x" "\n\/\b\f"
"#;

fn pointers(value: &Value, at: String) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(n, v)| (n.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    let deeper = |(name, value): (String, &Value)| pointers(value, format!("{at}/{name}"));
    let mut all: Vec<String> = inner.into_iter().flat_map(deeper).collect();
    all.push(at);
    all
}

#[test]
fn facts_are_read_as_serde_reads_them() {
    for fact in facts() {
        agree_on::<Fact>(&fact);
    }
}

#[test]
fn an_order_alone_is_read_as_serde_reads_it() {
    let mut order = facts().remove(0);
    order.as_object_mut().unwrap().remove("fact");
    agree_on::<Order>(&order);
}

#[test]
fn calls_are_read_as_serde_reads_them() {
    for call in calls() {
        agree_on::<Call>(&call);
    }
}

#[test]
fn a_pair_of_surrogates_stands_together() {
    for text in [
        r#""\ud83d \ude00""#,
        r#""\ud83d\ude00""#,
        r#""a\ud83d\ude00b""#,
    ] {
        let question = format!(r#"{{"kind":"customer","key":{text}}}"#);
        assert_eq!(agree::<Question>(question.as_bytes()), !text.contains(' '));
    }
}

#[test]
fn the_kind_may_stand_anywhere() {
    for text in [
        r#"{"top":3,"kind":"flow"}"#,
        r#"{"filter":[{"keys":["}"],"in":"keys"}],"kind":"customers"}"#,
    ] {
        assert!(agree::<Question>(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_fault_says_where() {
    let fault = |text: &str| json::read::<Call>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        fault(r#"{"call":"fly"}"#),
        "call: unknown variant `fly`, expected one of `about`, `configure`, `load`, `cancel`, \
         `ask`, `plan`, `shards`, `standings`, `partial`, `finish`, `reset` at line 1 column 13"
    );
    let lines =
        "{\"call\":\"ask\",\"as_of\":\"2025-01-01\",\n\"question\":{\"kind\":\"flow\",\"top\":-1}}";
    assert_eq!(
        fault(lines),
        "question.top: `-1` is no whole number from 0 to 4294967295 at line 2 column 34"
    );
    let filter = json::read::<Filter>(br#"[{"in":"mailable"},{"in":"cells","freg":1}]"#);
    assert_eq!(
        filter.unwrap_err().to_string(),
        "[1]: unknown field `freg`, expected one of `freq`, `rec` at line 1 column 40"
    );
}

#[test]
fn deep_and_long_texts_are_refused_at_once() {
    for open in ["[", "{\"x\":", "{\"call\":["] {
        assert!(json::read::<Call>(open.repeat(1_000_000).as_bytes()).is_err());
    }
}
