//! Judgements, contracts and events: kept, shown, and counted once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::{call, load};
use okaeri_plugin::Instance;
use serde_json::{Value, json};

fn ask(instance: &mut Instance, question: Value) -> Value {
    let header = json!({"call": "ask", "as_of": "2025-12-31", "question": question});
    call(instance, &header, &[])["answer"].clone()
}

fn order(id: u32, buyer: &Value) -> String {
    let line = json!({"product": "tea", "quantity": 1, "unit_price": 100 * id});
    json!({"fact": "order", "order_id": format!("o{id}"), "ordered_at": format!("2025-01-{id:02}"),
        "buyer": buyer, "lines": [line]})
    .to_string()
}

/// A couple that shares an address, one of them with two telephones; a friend; two who may be one.
fn facts() -> Vec<String> {
    let x = "x@example.jp";
    vec![
        order(1, &json!({"email": x, "name": "山田 花子"})),
        order(
            2,
            &json!({"email": x, "name": "山田 花子", "phone": "03-1111-2222"}),
        ),
        order(3, &json!({"email": x, "name": "山田 太郎"})),
        order(
            4,
            &json!({"email": "y@example.jp", "name": "佐藤 次郎", "name_kana": "サトウ ジロウ",
            "phone": "03-3333-4444"}),
        ),
        order(
            5,
            &json!({"email": "z@example.jp", "name": "佐藤 次郎", "phone": "0333334444"}),
        ),
    ]
}

fn judgement(a: &Value, b: &Value, verdict: &str, day: u32) -> String {
    json!({"fact": "judgement", "a": a, "b": b, "verdict": verdict,
        "at": format!("2025-06-{day:02}T00:00:00Z")})
    .to_string()
}

/// Orders by customer.
fn customers(instance: &mut Instance) -> Vec<(String, u64)> {
    let list = ask(
        instance,
        json!({"kind": "customers", "sort": "key", "ascending": true}),
    );
    let rows = list["customers"].as_array().unwrap().iter();
    let mut rows: Vec<_> = rows
        .map(|row| {
            let key = row["key"].as_str().unwrap().to_owned();
            (key, row["amount"].as_u64().unwrap())
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_link_is_split_for_good_and_taken_back() {
    let mut instance = Instance::new();
    load(&mut instance, "ndjson", false, facts().join("\n"));
    let before = customers(&mut instance);
    assert_eq!(before.len(), 3, "{before:?}");
    let page = ask(
        &mut instance,
        json!({"kind": "customer", "key": "mail:x@example.jp"}),
    );
    let link = page["links"].as_array().unwrap().iter().find(|link| {
        let orders = [link["a"]["order"].as_str(), link["b"]["order"].as_str()];
        orders.contains(&Some("o3"))
    });
    let link = link.unwrap_or_else(|| panic!("{page}")).clone();
    let (a, b) = (&link["a"]["contact"], &link["b"]["contact"]);
    load(
        &mut instance,
        "ndjson",
        false,
        judgement(a, b, "different", 1),
    );
    let after = customers(&mut instance);
    // The unjudged contact of the same name goes with its name's side.
    let mut amounts: Vec<u64> = after.iter().map(|(_, amount)| *amount).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [300, 300, 400, 500], "{after:?}");
    for key in ["mail:x@example.jp", "mail:x@example.jp~2"] {
        let page = ask(&mut instance, json!({"kind": "customer", "key": key}));
        let apart = page["apart"].as_array().unwrap_or_else(|| panic!("{page}"));
        assert_eq!(apart.len(), 1);
        assert_eq!(apart[0]["a"]["customer"], key);
        assert_ne!(apart[0]["b"]["customer"], key);
    }
    // An order that comes later under the same contact in other letters.
    let later = order(
        6,
        &json!({"email": "X@example.jp ", "name": "山田太郎", "mail_consent": true}),
    );
    load(&mut instance, "ndjson", false, &later);
    assert!(
        customers(&mut instance)
            .iter()
            .any(|(_, amount)| *amount == 900)
    );

    load(&mut instance, "ndjson", false, judgement(b, a, "open", 2));
    let again = customers(&mut instance);
    assert_eq!(again.len(), before.len());
    assert!(
        again.contains(&("mail:x@example.jp".to_owned(), 1200)),
        "{again:?}"
    );
}

#[test]
fn a_pair_for_review_is_accepted_or_rejected() {
    let mut instance = Instance::new();
    load(&mut instance, "ndjson", false, facts().join("\n"));
    let review = ask(&mut instance, json!({"kind": "review"}));
    assert_eq!(review["total"], 1, "{review}");
    let pair = &review["pairs"][0];
    assert_eq!(pair["a"]["customer"], "mail:y@example.jp");
    let (a, b) = (&pair["a"]["contact"], &pair["b"]["contact"]);
    load(
        &mut instance,
        "ndjson",
        false,
        judgement(a, b, "different", 1),
    );
    assert_eq!(ask(&mut instance, json!({"kind": "review"}))["total"], 0);
    assert_eq!(customers(&mut instance).len(), 3);
    load(&mut instance, "ndjson", false, judgement(a, b, "same", 2));
    assert_eq!(ask(&mut instance, json!({"kind": "review"}))["total"], 0);
    let joined = customers(&mut instance);
    assert_eq!(joined.len(), 2, "{joined:?}");
    let page = ask(
        &mut instance,
        json!({"kind": "customer", "key": "mail:y@example.jp"}),
    );
    assert_eq!(page["links"][0]["evidence"], "judged", "{page}");
    // Something older that comes later changes nothing.
    load(&mut instance, "ndjson", false, judgement(a, b, "open", 1));
    assert_eq!(customers(&mut instance), joined);
}

#[test]
fn the_order_of_loading_changes_nothing() {
    let contact = |name: &str, more: Value| {
        let mut contact = json!({"email": "x@example.jp", "name": name});
        contact
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        contact
    };
    let (hana, taro) = (
        contact("山田 花子", json!({})),
        contact("山田 太郎", json!({})),
    );
    let hana_again = contact("山田 花子", json!({"phone": "03-1111-2222"}));
    let mut all = facts();
    all.push(judgement(&hana, &taro, "different", 1));
    all.push(judgement(&hana_again, &taro, "different", 3));
    all.push(judgement(
        &json!({"email": "z@example.jp", "name": "佐藤 次郎", "phone": "0333334444"}),
        &taro,
        "same",
        2,
    ));
    let mut expected = None;
    for turn in 0..all.len() {
        let mut facts = all.clone();
        facts.rotate_left(turn);
        if turn % 2 == 1 {
            facts.reverse();
        }
        for calls in [1, 3] {
            let mut instance = Instance::new();
            for piece in facts.chunks(facts.len().div_ceil(calls)) {
                load(&mut instance, "ndjson", false, piece.join("\n"));
            }
            let seen = customers(&mut instance);
            assert_eq!(
                &seen,
                expected.get_or_insert_with(|| seen.clone()),
                "turn {turn}"
            );
        }
    }
    assert_eq!(expected.unwrap().len(), 3);
}

#[test]
fn contracts_and_events_are_kept() {
    let mut instance = Instance::new();
    let contract = |status: &str, more: &str| {
        format!(
            r#"{{"fact":"contract","contract_id":"c1","buyer":{{"email":"y@example.jp"}},"status":"{status}","started_at":"2025-01-04 10:00:00","cycle_days":30{more}}}"#
        )
    };
    let event = |id: &str, at: &str| {
        format!(
            r#"{{"fact":"event","event_id":"{id}","at":"{at}","kind":"mail_opened","email":"y@example.jp","delivery_key":"d1"}}"#
        )
    };
    let mut all = facts();
    all.push(contract("active", ""));
    all.push(event("e1", "2025-02-01T00:00:00Z"));
    all.push(event("e2", "2026-02-01T00:00:00Z"));
    let reply = load(&mut instance, "ndjson", false, all.join("\n"));
    let counts =
        ["orders", "others", "contracts", "events"].map(|name| reply["answer"][name].clone());
    assert_eq!(counts, [json!(5), json!(3), json!(1), json!(2)]);
    let cancelled = contract(
        "cancelled",
        r#","cancelled_at":"2025-05-01","cancel_reason":"多すぎる""#,
    );
    let more = [cancelled, event("e1", "2025-02-01T00:00:00Z")].join("\n");
    let reply = load(&mut instance, "ndjson", false, more);
    let counts = ["contracts", "events"].map(|name| reply["answer"][name].clone());
    assert_eq!(
        counts,
        [json!(1), json!(0)],
        "what is sent again counts once"
    );
    let about = call(&mut instance, &json!({"call": "about"}), &[])["answer"].clone();
    assert_eq!(
        (&about["contracts"], &about["events"]),
        (&json!(1), &json!(2))
    );
    let page = ask(
        &mut instance,
        json!({"kind": "customer", "key": "mail:y@example.jp"}),
    );
    assert_eq!(
        page["contracts"],
        json!([{"contract_id": "c1", "buyer": {"email": "y@example.jp"}, "status": "cancelled",
            "started_at": "2025-01-04T10:00:00", "cancelled_at": "2025-05-01T00:00:00",
            "cancel_reason": "多すぎる", "cycle_days": 30}])
    );
    assert_eq!(
        page["events"],
        json!([{"event_id": "e1", "at": "2025-02-01T09:00:00", "kind": "mail_opened",
            "email": "y@example.jp", "delivery_key": "d1"}])
    );
}
