//! Segments: looked at, saved, changed, counted, and used by their ids.

use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{Answer, Host, with_token};
use crate::store::Scope;

const PATH: &str = "/v1/shops/sato/segments";

/// Customers `a` with three orders, `b` with two and `c` with one.
async fn shop(host: &Host) -> String {
    let token = host.token("sato", Scope::Write).await;
    let orders = ["a", "b", "c", "a", "b", "a"].iter().enumerate();
    let order = |(place, who): (usize, &&str)| {
        json!({
            "order_id": format!("o{place}"),
            "ordered_at": format!("2025-01-0{}T10:00:00", place + 1),
            "buyer": {"email": format!("{who}@example.jp"), "mail_consent": true},
            "lines": [{"product": "tea", "quantity": 1, "unit_price": 1000}],
        })
    };
    let orders: Vec<Value> = orders.map(order).collect();
    let answer = host
        .post_json("/v1/shops/sato/orders", &token, &json!(orders))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    token
}

async fn send(host: &Host, method: &str, path: &str, token: &str, body: &Value) -> Answer {
    let request = with_token(method, path, token).header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(body.to_string()));
    host.send(request.expect("a request")).await
}

async fn save(host: &Host, token: &str, name: &str, text: &str) -> Value {
    let answer = host
        .post_json(PATH, token, &json!({"name": name, "text": text}))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_text_is_looked_at_sound_or_not() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let path = format!("{PATH}/check");
    let sound = json!({"text": "number_of_orders>=2", "limit": 1});
    let answer = host.post_json(&path, &token, &sound).await.json()["answer"].take();
    assert_eq!(answer["text"], "number_of_orders >= 2");
    assert_eq!(answer["sentence"]["ja"], "注文回数が2以上");
    assert_eq!(
        (&answer["customers"], &answer["of"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(answer["sample"].as_array().map(Vec::len), Some(1));

    let wrong = json!({"text": "number_of_order >= 2"});
    let answer = host.post_json(&path, &token, &wrong).await;
    assert_eq!(answer.status, StatusCode::OK);
    let error = &answer.json()["answer"]["errors"][0];
    assert_eq!(error["span"], json!([0, 15]));
    assert_eq!(error["suggestion"], "number_of_orders");
}

#[tokio::test]
async fn every_kind_of_attribute_is_answered() {
    let host = Host::start().await;
    let token = shop(&host).await;
    for (text, customers) in [
        ("cpm_group = 'toddler_active'", 2),
        ("rfm_group IS NOT NULL", 3),
        ("lifecycle = 'new_active'", 1),
        ("ltv_rank = 'potential'", 2),
        ("member_rank = 'silver'", 1),
        ("p_alive BETWEEN 0 AND 1", 3),
        ("forecast_value >= 0", 3),
        ("churn_risk >= 0 OR churn_risk_band = 'low'", 0),
        ("gift_sender", 0),
        ("season('mothers_day', last_year)", 0),
        ("season('new_year', this_year, orders: 'all')", 0),
        ("products_purchased(id: 'tea', since: -1y, count: 2)", 2),
        ("subscription(status: 'active', cycle: 30)", 0),
        ("coupon(code: 'SPRING') OR event(kind: 'mail_opened')", 0),
        ("days_since_delivery IS NULL", 3),
        (
            "anniversary(date: 'first_order_date') BETWEEN -30d AND today",
            3,
        ),
        ("customer_tags CONTAINS 'VIP'", 0),
    ] {
        let path = format!("{PATH}/check");
        let answer = host.post_json(&path, &token, &json!({"text": text})).await;
        let answer = answer.json()["answer"].take();
        assert_eq!(answer.get("errors"), None, "{text}: {answer}");
        assert_eq!(answer["customers"], customers, "{text}");
        // What is saved is counted as what was looked at.
        let saved = save(&host, &token, text, text).await;
        let path = format!("{PATH}/{}", saved["id"].as_str().unwrap_or_default());
        let counted = host.get(&path, &token).await.json();
        assert_eq!(counted["segment"]["customers"], customers, "{text}");
    }
}

#[tokio::test]
async fn a_segment_is_saved_changed_and_deleted() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let saved = save(&host, &token, " 常連 ", "number_of_orders>=2").await;
    assert_eq!(
        (&saved["name"], &saved["version"]),
        (&json!("常連"), &json!(1))
    );
    assert_eq!(saved["text"], "number_of_orders >= 2");
    assert_eq!(saved["author"], token);
    let one = format!("{PATH}/{}", saved["id"].as_str().expect("an id"));

    let counted = host.get(&one, &token).await.json();
    assert_eq!(counted["saved"], saved);
    assert_eq!(counted["segment"]["customers"], 2);
    let listed = host.get(PATH, &token).await.json();
    assert_eq!(listed, json!({"segments": [saved]}));

    let change =
        |text: &str, version: i64| json!({"name": "常連", "text": text, "version": version});
    let answer = send(
        &host,
        "PUT",
        &one,
        &token,
        &change("number_of_orders >= 3", 1),
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["version"], 2);
    let late = send(&host, "PUT", &one, &token, &change("decile = 1", 1)).await;
    assert_eq!(
        (late.status, &*late.code()),
        (StatusCode::CONFLICT, "newer_version")
    );

    let versions = host.get(&format!("{one}/versions"), &token).await.json();
    let texts: Vec<&Value> = versions["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|version| &version["text"])
        .collect();
    assert_eq!(texts, ["number_of_orders >= 3", "number_of_orders >= 2"]);
    let history = host.get(&format!("{one}/history"), &token).await.json();
    assert_eq!(
        history["days"],
        json!([
            {"day": "2025-01-14", "version": 1, "customers": 2, "amount": 5000},
            {"day": "2025-01-14", "version": 2, "customers": 1, "amount": 3000},
        ])
    );

    let deleted = send(&host, "DELETE", &one, &token, &Value::Null).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    for path in [&one, &format!("{one}/versions"), &format!("{one}/history")] {
        let answer = host.get(path, &token).await;
        assert_eq!(
            (answer.status, &*answer.code()),
            (StatusCode::NOT_FOUND, "not_found")
        );
    }
}

#[tokio::test]
async fn what_cannot_be_saved_says_where() {
    let host = Host::start().await;
    let token = shop(&host).await;
    save(&host, &token, "one", "decile = 1").await;
    for (name, text, status, at) in [
        ("one", "decile = 2", 409, "name"),
        ("", "decile = 2", 400, "name"),
        ("a\nb", "decile = 2", 400, "name"),
        (&*"長".repeat(101), "decile = 2", 400, "name"),
        ("two", "茶 = 2", 400, "text"),
    ] {
        let body = json!({"name": name, "text": text});
        let answer = host.post_json(PATH, &token, &body).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.json()["error"]["at"], at);
    }
    let wrong = json!({"name": "two", "text": "'😀' = decil"});
    let error = host.post_json(PATH, &token, &wrong).await.json()["error"].take();
    assert_eq!(error["span"], json!([0, 4]), "{error}");
}

#[tokio::test]
async fn a_saved_segment_stands_for_its_text() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let saved = save(&host, &token, "two", "number_of_orders = 2").await;
    let filter = json!([{"in": "segment", "id": saved["id"]}]);
    let search = json!({"filter": filter});
    let customers = "/v1/shops/sato/customers";
    let found = host.post_json(customers, &token, &search).await.json();
    assert_eq!(found["answer"]["total"], 1);
    assert_eq!(found["answer"]["customers"][0]["email"], "b@example.jp");
    let path = format!("{customers}?format=csv");
    let csv = host.post_json(&path, &token, &search).await;
    assert_eq!(csv.text().lines().count(), 2, "{}", csv.text());

    let plan = json!({"as_of": "2025-01-14", "campaign": "spring", "filter": filter,
        "template": {"subject": "s", "text": "t"}});
    let plan = host
        .post_json("/v1/shops/sato/plan", &token, &plan)
        .await
        .json();
    assert_eq!(plan["answer"]["to_send"], 1);
    let because = plan["answer"]["deliveries"][0]["because"][0].as_str();
    assert!(because.is_some_and(|why| why.contains("number_of_orders = 2")));

    let unknown = json!({"filter": [{"in": "mailable"}, {"in": "segment", "id": "nobody"}]});
    let answer = host.post_json(customers, &token, &unknown).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["error"]["at"], "filter[1].id");
    // Another shop's segments are not there.
    let other = host.token("suzuki", Scope::Read).await;
    let answer = host
        .post_json("/v1/shops/suzuki/customers", &other, &search)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let wrong = json!({"filter": [{"in": "segment", "text": "decile = "}]});
    let answer = host.post_json(customers, &token, &wrong).await;
    assert_eq!(answer.json()["error"]["span"], json!([9, 9]));
}

#[tokio::test]
async fn a_count_of_another_day_is_noted_unless_it_is_to_come() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let saved = save(&host, &token, "all", "number_of_orders >= 1").await;
    let one = format!("{PATH}/{}", saved["id"].as_str().expect("an id"));
    for day in ["2025-01-02", "2025-02-01", "2025-01-02"] {
        let answer = host
            .get(&format!("{one}?as_of={day}&limit=0"), &token)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let history = host.get(&format!("{one}/history"), &token).await.json();
    let days: Vec<(&Value, &Value)> = history["days"]
        .as_array()
        .expect("days")
        .iter()
        .map(|size| (&size["day"], &size["customers"]))
        .collect();
    let expected = [
        (json!("2025-01-02"), json!(2)),
        (json!("2025-01-14"), json!(3)),
    ];
    assert_eq!(days, expected.each_ref().map(|(day, size)| (day, size)));
}
