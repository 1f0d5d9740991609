//! Plans, dry runs and what is meant.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Host;
use crate::store::{Scope, Sender};

async fn shop(host: &Host) -> String {
    let token = host.token("sato", Scope::Admin).await;
    let order = |id: &str, consent: bool| {
        json!({
            "order_id": id,
            "ordered_at": "2025-01-05T10:00:00",
            "buyer": {"email": format!("{id}@example.jp"), "name": "佐藤 花子",
                "mail_consent": consent},
            "lines": [{"product": "tea", "quantity": 1, "unit_price": 1000}],
        })
    };
    let orders = json!([order("o1", true), order("o2", true), order("o3", false)]);
    let answer = host
        .post_json("/v1/shops/sato/orders", &token, &orders)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    token
}

fn plan() -> Value {
    json!({
        "as_of": "2025-01-14",
        "campaign": "spring",
        "template": {"subject": "春のお茶", "text": "{{ customer.name }} 様"},
    })
}

async fn with_sender(host: &Host) {
    let sender = Sender {
        name: "佐藤茶舗".to_owned(),
        address: "tea@shop.example".to_owned(),
        reply_to: None,
        postal_address: "京都市1-1".to_owned(),
        contact: "075-000-0000".to_owned(),
    };
    host.app
        .store
        .set_sender("sato", &sender)
        .await
        .expect("the store answers");
}

#[tokio::test]
async fn a_plan_says_who_gets_what_and_why_the_others_do_not() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let answer = host.post_json("/v1/shops/sato/plan", &token, &plan()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let plan = &answer.json()["answer"];
    assert_eq!(plan["is"], "plan");
    assert_eq!((&plan["matched"], &plan["to_send"]), (&json!(3), &json!(2)));
    assert_eq!(plan["left_out"][0]["reason"], "withdrawn");
    assert_eq!(plan["deliveries"][0]["content"]["subject"], "春のお茶");

    let mut broken = self::plan();
    broken["template"]["text"] = json!("{% for %}");
    let answer = host.post_json("/v1/shops/sato/plan", &token, &broken).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text()
    );
    assert_eq!(answer.code(), "bad_template");
}

#[tokio::test]
async fn nothing_is_sent_before_the_shop_has_said_who_it_is() {
    let host = Host::start().await;
    let token = shop(&host).await;
    for dry_run in [true, false] {
        let body = json!({"plan": plan(), "dry_run": dry_run});
        let answer = host
            .post_json("/v1/shops/sato/deliveries", &token, &body)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.code(), "no_sender");
    }
}

#[tokio::test]
async fn it_is_a_dry_run_unless_it_says_otherwise() {
    let host = Host::start().await;
    let token = shop(&host).await;
    with_sender(&host).await;
    let looked = host
        .post_json(
            "/v1/shops/sato/deliveries",
            &token,
            &json!({"plan": plan()}),
        )
        .await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
    let looked = looked.json();
    assert_eq!(
        (&looked["dry_run"], &looked["to_send"]),
        (&json!(true), &json!(2))
    );
    assert_eq!(looked["samples"].as_array().map(Vec::len), Some(2));
    let text = looked["samples"][0]["content"]["text"]
        .as_str()
        .expect("a text");
    assert!(
        text.starts_with("佐藤 花子 様") && text.contains("http://localhost/u/"),
        "{text}"
    );
    let outbox = host.get("/v1/shops/sato/deliveries", &token).await.json();
    assert_eq!(outbox, json!({"counts": {}, "deliveries": []}));
}

#[tokio::test]
async fn a_campaign_that_is_meant_is_in_the_outbox_once() {
    let host = Host::start().await;
    let token = shop(&host).await;
    with_sender(&host).await;
    let body = json!({"plan": plan(), "dry_run": false});
    for added in [2, 0] {
        let sent = host
            .post_json("/v1/shops/sato/deliveries", &token, &body)
            .await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let sent = sent.json();
        assert_eq!(sent["added"], added);
        assert_eq!(sent["counts"], json!({"queued": 2}));
    }
    let first = host
        .get("/v1/shops/sato/deliveries?limit=1&state=queued", &token)
        .await
        .json();
    assert_eq!(first["counts"], json!({"queued": 2}));
    let next = first["next"].as_str().expect("another page");
    let second = host
        .get(&format!("/v1/shops/sato/deliveries?after={next}"), &token)
        .await
        .json();
    let ids = [&first, &second].map(|page| page["deliveries"][0]["id"].clone());
    assert_ne!(ids[0], ids[1]);
    assert_eq!(second["next"], Value::Null);
    let other = host
        .get("/v1/shops/sato/deliveries?campaign=autumn", &token)
        .await
        .json();
    assert_eq!(other["deliveries"], json!([]));

    let reads = host.token("suzuki", Scope::Read).await;
    let theirs = host.get("/v1/shops/suzuki/deliveries", &reads).await.json();
    assert_eq!(theirs["deliveries"], json!([]));
}
