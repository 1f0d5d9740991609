//! Lists of customers as JSON and as a file.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Host;
use crate::store::Scope;

/// Names that a spreadsheet would run, or that break a careless writer of CSV.
const NAMES: [&str; 6] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-1\n-2",
    "佐藤, \"花子\"",
    "＝１＋１",
];

/// A shop of one order a name, each dearer than the one before.
async fn shop(host: &Host) -> String {
    let token = host.token("sato", Scope::Admin).await;
    let orders: Vec<Value> = NAMES
        .iter()
        .enumerate()
        .map(|(at, name)| {
            json!({
                "order_id": format!("o{at}"),
                "ordered_at": format!("2025-01-0{}T10:00:00", at + 1),
                "buyer": {"email": format!("c{at}@example.jp"), "name": name,
                    "phone": "+81 90-0000-0000", "mail_consent": true},
                "lines": [{"product": "tea", "quantity": 1, "unit_price": 1000 * (at + 1)}],
            })
        })
        .collect();
    let answer = host
        .post_json("/v1/shops/sato/orders", &token, &json!(orders))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    token
}

#[tokio::test]
async fn a_list_is_filtered_sorted_and_paged_by_query_or_by_body() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let filter = r#"[{"in":"amount","min":2000,"max":5000}]"#;
    let query: String = filter.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let path = format!("/v1/shops/sato/customers?filter={query}&limit=2&offset=1&sort=amount");
    let by_query = host.get(&path, &token).await;
    assert_eq!(by_query.status, StatusCode::OK, "{}", by_query.text());
    let body = json!({
        "filter": [{"in": "amount", "min": 2000, "max": 5000}],
        "sort": "amount", "limit": 2, "offset": 1, "as_of": "2025-01-14",
    });
    let by_body = host
        .post_json("/v1/shops/sato/customers", &token, &body)
        .await;
    assert_eq!(by_query.body, by_body.body);

    let list = &by_body.json()["answer"];
    assert_eq!(list["is"], "customers");
    assert_eq!(list["as_of"], "2025-01-14");
    assert_eq!(list["total"], 4);
    let amounts: Vec<_> = list["customers"]
        .as_array()
        .expect("a page")
        .iter()
        .map(|c| &c["amount"])
        .collect();
    assert_eq!(amounts, [&json!(4000), &json!(3000)]);

    let key = list["customers"][0]["key"].as_str().expect("a key");
    let page = host
        .get(&format!("/v1/shops/sato/customers/{key}"), &token)
        .await;
    assert_eq!(page.json()["answer"]["summary"]["amount"], 4000);
    let nobody = host.get("/v1/shops/sato/customers/nobody", &token).await;
    assert_eq!(
        (nobody.status, nobody.code().as_str()),
        (StatusCode::NOT_FOUND, "not_found")
    );
}

#[tokio::test]
async fn a_file_has_no_cell_that_a_spreadsheet_would_run() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let path = "/v1/shops/sato/customers?format=csv&lang=ja&bom=true&sort=amount&ascending=true";
    let file = host.get(path, &token).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"customers-2025-01-14.csv\""
    );
    let text = file
        .text()
        .strip_prefix('\u{feff}')
        .expect("a byte order mark");
    assert!(text.starts_with("顧客キー,氏名,メールアドレス,"), "{text}");
    let rows = rows(text);
    assert_eq!(rows.len(), NAMES.len());
    for (row, name) in rows.iter().zip(NAMES) {
        assert!(row[1].ends_with(name), "{:?} is not {name:?}", row[1]);
        for cell in row {
            let runs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
            assert!(!cell.starts_with(runs), "{cell:?}");
        }
    }
    let amounts: Vec<&str> = rows.iter().map(|row| row[6].as_str()).collect();
    assert_eq!(amounts, ["1000", "2000", "3000", "4000", "5000", "6000"]);
    assert_eq!(
        rows[0][10..],
        ["新規", "稼働", &rows[0][12], &rows[0][13], "可"]
    );
}

#[tokio::test]
async fn a_file_for_programs_has_the_cells_as_they_are() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let path = "/v1/shops/sato/customers?format=csv&raw=true&sort=amount&ascending=true";
    let file = host.get(path, &token).await;
    assert!(file.text().starts_with("key,name,email,"));
    let rows = rows(file.text());
    let names: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(names, NAMES);
}

#[tokio::test]
async fn a_file_is_had_by_accept_and_holds_all_or_as_many_as_asked() {
    let host = Host::start().await;
    let token = shop(&host).await;
    let request = super::with_token("GET", "/v1/shops/sato/customers", &token)
        .header("accept", "text/csv")
        .body(axum::body::Body::empty())
        .expect("a request");
    assert_eq!(rows(host.send(request).await.text()).len(), NAMES.len());
    let two = host
        .get(
            "/v1/shops/sato/customers?format=csv&limit=2&offset=1",
            &token,
        )
        .await;
    assert_eq!(rows(two.text()).len(), 2);
    let none = host
        .get("/v1/shops/sato/customers?format=csv&offset=99", &token)
        .await;
    assert_eq!(rows(none.text()).len(), 0);
}

#[tokio::test]
async fn who_is_who_is_judged_kept_and_taken_back() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Write).await;
    let order = |id: &str, email: &str, name: &str| {
        json!({"order_id": id, "ordered_at": "2025-01-02T10:00:00",
            "buyer": {"email": email, "name": name, "phone": "03-1111-2222"},
            "lines": [{"product": "tea", "quantity": 1, "unit_price": 100}]})
    };
    let orders = json!([
        order("o1", "x@example.jp", "山田 花子"),
        order("o2", "x@example.jp", "山田 太郎"),
    ]);
    let answer = host
        .post_json("/v1/shops/sato/orders", &token, &orders)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let customers = async || {
        let list = host.get("/v1/shops/sato/customers", &token).await;
        list.json()["answer"]["total"].clone()
    };
    assert_eq!(customers().await, 1);
    let page = host
        .get("/v1/shops/sato/customers/mail:x@example.jp", &token)
        .await;
    let link = page.json()["answer"]["links"][0].clone();
    let judge = async |verdict: &str| {
        let (a, b) = (&link["a"]["contact"], &link["b"]["contact"]);
        let body = json!({"a": a, "b": b, "verdict": verdict});
        let answer = host
            .post_json("/v1/shops/sato/judgements", &token, &body)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    };
    judge("different").await;
    assert_eq!(customers().await, 2);
    // What was said is in the log.
    let again = crate::app::App::open(&host.app.config, crate::clock::Clock::Fixed(super::NOON));
    let again = again.await.expect("the app opens");
    let day = "2025-01-14".parse().expect("a day");
    let question = serde_json::from_str(r#"{"kind":"customers"}"#).expect("a question");
    let frame = again.ask("sato", day, question).await.expect("an answer");
    let list: Value = serde_json::from_slice(frame.reply_json()).expect("JSON");
    assert_eq!(list["answer"]["total"], 2);
    judge("open").await;
    assert_eq!(customers().await, 1);

    for (body, at) in [
        (
            json!({"a": {}, "b": {"email": "x@example.jp"}, "verdict": "same"}),
            "a",
        ),
        (
            json!({"a": {"email": "x"}, "b": {"email": "x"}, "verdict": "same"}),
            "b",
        ),
    ] {
        let answer = host
            .post_json("/v1/shops/sato/judgements", &token, &body)
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "bad_call")
        );
        assert_eq!(answer.json()["error"]["at"], at);
    }
    let reader = host.token("sato", Scope::Read).await;
    let body = json!({"a": {"email": "x"}, "b": {"email": "y"}, "verdict": "same"});
    let answer = host
        .post_json("/v1/shops/sato/judgements", &reader, &body)
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// Rows after the header, read by the rules of RFC 4180.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("a row");
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => {
                row.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            letter => row.last_mut().expect("a cell").push(letter),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the file ends with a line break"
    );
    rows.remove(0);
    rows
}
