//! Facts in, in every form.

use axum::http::StatusCode;
use okaeri_protocol::facts::{Fact, Order};
use serde_json::{Value, json};

use super::{Answer, Host, limits};
use crate::facts::Gathering;
use crate::store::Scope;

const PATH: &str = "/v1/shops/sato/orders";
const SUMMARY: &str = "/v1/shops/sato/ask/summary?as_of=2025-01-14";

/// Two customers, three orders.
fn orders() -> Value {
    let order = |id: &str, day: u8, email: &str, price: u32| {
        json!({
            "order_id": id,
            "ordered_at": format!("2025-01-{day:02}T10:00:00"),
            "buyer": {"email": email},
            "lines": [{"product": "tea", "quantity": 2, "unit_price": price}],
        })
    };
    json!([
        order("o1", 1, "hana@example.jp", 500),
        order("o2", 2, "taro@example.jp", 700),
        order("o3", 9, "hana@example.jp", 900),
    ])
}

const CSV: &str = "order_id,ordered_at,email,product,quantity,unit_price\r\n\
    o1,2025-01-01 10:00:00,hana@example.jp,tea,2,500\r\n\
    o2,2025-01-02 10:00:00,taro@example.jp,tea,2,700\r\n\
    o3,2025-01-09 10:00:00,hana@example.jp,tea,2,900\r\n";

fn ndjson() -> String {
    let lines = orders()
        .as_array()
        .expect("a list")
        .clone()
        .into_iter()
        .map(|mut order| {
            order["fact"] = json!("order");
            format!("{order}\n")
        });
    lines.collect()
}

fn arrow() -> Vec<u8> {
    let orders: Vec<Order> = serde_json::from_value(orders()).expect("orders");
    let mut gathering = Gathering::default();
    for order in orders {
        gathering.push(Fact::Order(order).into()).expect("an order");
    }
    gathering.finish().expect("a batch").0.remove(0).body
}

fn mapped_csv() -> String {
    CSV.replace(
        "order_id,ordered_at,email,product,quantity,unit_price",
        "no,at,mail,what,n,yen",
    )
}

async fn summary(host: &Host, token: &str) -> Answer {
    let summary = host.get(SUMMARY, token).await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.text());
    summary
}

#[tokio::test]
async fn every_form_of_the_same_orders_gives_the_same_answers() {
    let forms: [(&str, &str, Vec<u8>); 5] = [
        ("", "application/json", orders().to_string().into_bytes()),
        ("", "application/x-ndjson", ndjson().into_bytes()),
        ("", "text/csv; charset=utf-8", CSV.as_bytes().to_vec()),
        ("?mapping=plain", "text/csv", mapped_csv().into_bytes()),
        ("", "application/vnd.apache.arrow.stream", arrow()),
    ];
    let mut first = None;
    for (query, kind, body) in forms {
        let host = Host::start().await;
        let token = host.token("sato", Scope::Write).await;
        let answer = host
            .post(&format!("{PATH}{query}"), &token, kind, body)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}: {}", answer.text());
        let loaded = &answer.json()["answer"];
        assert_eq!(loaded["is"], "loaded");
        for (count, expected) in [
            ("rows", 3),
            ("orders", 3),
            ("lines", 3),
            ("replaced", 0),
            ("rejected_count", 0),
        ] {
            assert_eq!(loaded[count], expected, "{kind}: {count} of {loaded}");
        }
        let summary = summary(&host, &token).await.body;
        assert_eq!(*first.get_or_insert(summary.clone()), summary, "{kind}");
    }
}

#[tokio::test]
async fn orders_sent_again_replace_themselves() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    let mut before = None;
    for replaced in [0, 3] {
        let answer = host.post_json(PATH, &token, &orders()).await;
        assert_eq!(answer.json()["answer"]["replaced"], replaced);
        let summary = summary(&host, &token).await.body;
        assert_eq!(*before.get_or_insert(summary.clone()), summary);
    }
}

#[tokio::test]
async fn a_bad_row_is_listed_and_spoils_no_other() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    let mut list = orders();
    list[1] = json!({"order_id": 7, "lines": "none"});
    let answer = host.post_json(PATH, &token, &list).await;
    let loaded = &answer.json()["answer"];
    assert_eq!(
        (&loaded["orders"], &loaded["rejected_count"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(loaded["rejected"][0]["row"], 2);

    let csv = CSV.replace("email", "emial");
    let answer = host.post(PATH, &token, "text/csv", csv).await;
    let loaded = &answer.json()["answer"];
    assert_eq!(
        loaded["unread"],
        json!(["emial"]),
        "a misspelt column is told"
    );

    let csv = CSV.replace(",2,700", ",many,700");
    let answer = host.post(PATH, &token, "text/csv", csv).await;
    let rejected = &answer.json()["answer"]["rejected"];
    assert_eq!(rejected[0]["row"], 2);
    assert_eq!(rejected[0]["column"], "quantity");
}

#[tokio::test]
async fn rows_that_the_ledger_refuses_are_named_as_in_the_file() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    // 2100 is beyond the calendar, 900 billion yen beyond belief: readers let both pass.
    let csv = "店舗伝票番号,受注日,商品コード,商品名,商品価格,受注数量\n\
        1,2025/01/01,tea,お茶,500,1\n\
        2,2100/06/01,tea,お茶,500,1\n\
        3,昨日,tea,お茶,500,1\n\
        4,2025/01/02,tea,お茶,500,1\n\
        4,2025/01/02,gold,金,900000000000,1\n";
    let answer = host.post(PATH, &token, "text/csv", csv).await;
    let loaded = &answer.json()["answer"];
    assert_eq!(
        (&loaded["orders"], &loaded["rejected_count"]),
        (&json!(2), &json!(3))
    );
    let rejected = loaded["rejected"].as_array().expect("a list").iter();
    let named: Vec<_> = rejected
        .map(|row| {
            (
                row["row"].clone(),
                row["column"].clone(),
                row["code"].clone(),
            )
        })
        .collect();
    let expected = [
        (2, "受注日", "out_of_calendar"),
        (3, "受注日", "not_a_date"),
        (5, "商品価格", "too_large"),
    ];
    assert_eq!(
        named,
        expected.map(|(row, column, code)| (json!(row), json!(column), json!(code)))
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_changes_nothing() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    host.post_json(PATH, &token, &orders()).await;
    let before = summary(&host, &token).await.body;
    let cut_off = r#"[{"order_id":"o9","ordered_at":"2025-01-09T10:00:00","lines":[]},"#;
    let bomb = "[".repeat(100_000);
    let unknown = StatusCode::UNPROCESSABLE_ENTITY;
    for (query, kind, body, status, code) in [
        (
            "",
            "application/json",
            "",
            StatusCode::BAD_REQUEST,
            "bad_data",
        ),
        (
            "",
            "application/json",
            cut_off,
            StatusCode::BAD_REQUEST,
            "bad_data",
        ),
        (
            "",
            "application/json",
            "{\"a\":1}",
            StatusCode::BAD_REQUEST,
            "bad_data",
        ),
        (
            "",
            "application/json",
            &bomb,
            StatusCode::BAD_REQUEST,
            "bad_data",
        ),
        ("", "text/csv", "", StatusCode::BAD_REQUEST, "bad_data"),
        ("", "text/csv", "a,b\r\n1,2\r\n", unknown, "unknown_format"),
        ("?mapping=none", "text/csv", CSV, unknown, "unknown_format"),
        ("?mapping=../x", "text/csv", CSV, unknown, "unknown_format"),
        (
            "?maping=plain",
            "text/csv",
            CSV,
            StatusCode::BAD_REQUEST,
            "bad_call",
        ),
        (
            "",
            "application/vnd.apache.arrow.stream",
            "not arrow",
            StatusCode::BAD_REQUEST,
            "bad_data",
        ),
        (
            "",
            "text/html",
            CSV,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
        ),
    ] {
        let answer = host
            .post(&format!("{PATH}{query}"), &token, kind, body.to_owned())
            .await;
        let got = (answer.status, answer.code());
        assert_eq!(
            got,
            (status, code.to_owned()),
            "{kind} {body:.30}: {}",
            answer.text()
        );
    }
    assert_eq!(summary(&host, &token).await.body, before);
}

#[tokio::test]
async fn an_upload_over_the_limit_is_refused() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    let over = " ".repeat(limits().orders_bytes + 1);
    let answer = host.post(PATH, &token, "application/json", over).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code(), "too_large");
}
