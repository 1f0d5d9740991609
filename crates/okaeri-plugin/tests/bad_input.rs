//! What shops send by mistake, and worse: a clear error or a listed row, and nothing is changed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::{call, load, refused, three};
use okaeri_plugin::Instance;
use okaeri_plugin::frame::{join, split};
use serde_json::{Value, json};

const HEADER: &str = "order_id,ordered_at,currency,email,product,quantity,unit_price\n";
const GOOD: &str = "1,2025-01-01,JPY,a@example.jp,tea,1,500\n";

/// An instance with one order, and what it says of itself.
fn filled() -> (Instance, Value) {
    let mut instance = Instance::new();
    load(&mut instance, "csv", false, [HEADER, GOOD].concat());
    let about = call(&mut instance, &json!({"call": "about"}), &[]);
    (instance, about)
}

#[test]
fn files_that_are_none_say_what_to_do() {
    let wide = "column,".repeat(10_000);
    let open = format!("{HEADER}1,2025-01-01,JPY,\"{}", "x,\n".repeat(500_000));
    let files: [(&str, &[u8], &str, &str); 14] = [
        ("csv", b"", "bad_data", "the file is empty"),
        ("csv", b"\r\n \n", "bad_data", "the file is empty"),
        ("json", b"", "bad_data", "the file is empty"),
        ("ndjson", b"", "bad_data", "the file is empty"),
        (
            "csv",
            b"PK\x03\x04",
            "bad_data",
            "an Excel workbook or a zip archive: save it as CSV",
        ),
        (
            "csv",
            b"\xff\xfeo\0",
            "bad_data",
            "UTF-16 text: save it as CSV in UTF-8",
        ),
        ("csv", b"\x89PNG\0\0", "bad_data", "binary"),
        (
            "csv",
            b"\xff\xa0\xfd,\x80\xff\n1,2\n",
            "bad_data",
            "save the file as UTF-8",
        ),
        (
            "csv",
            "名前,住所\n花子,東京\n".as_bytes(),
            "unknown_format",
            "say in a column mapping",
        ),
        ("csv", wide.as_bytes(), "bad_data", "10001 columns"),
        ("csv", open.as_bytes(), "bad_data", "a quote is not closed"),
        (
            "json",
            b"{\"order_id\": 1}",
            "bad_data",
            "expected `[` and the orders",
        ),
        ("json", b"[{\"order_id\":\"1\"}", "bad_data", "cut off"),
        ("arrow_lines", b"order_id,ordered_at", "bad_data", "Arrow"),
    ];
    for (format, bytes, code, words) in files {
        let (mut instance, about) = filled();
        let reply = load(&mut instance, format, false, bytes);
        assert_eq!(reply["error"]["code"], code, "{reply}");
        let message = reply["error"]["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
        assert_eq!(call(&mut instance, &json!({"call": "about"}), &[]), about);
    }
}

#[test]
fn values_that_cannot_be_are_listed_rows() {
    let rows = [
        (
            "2,1899-12-31,JPY,a@example.jp,tea,1,500",
            "ordered_at",
            "date_out_of_range",
        ),
        (
            "2,2999-01-01,JPY,a@example.jp,tea,1,500",
            "ordered_at",
            "date_out_of_range",
        ),
        (
            "2,2100-12-31,JPY,a@example.jp,tea,1,500",
            "ordered_at",
            "out_of_calendar",
        ),
        (
            "2,2025-01-01,EUR,a@example.jp,tea,1,500",
            "currency",
            "other_currency",
        ),
        (
            "2,2025-01-01,Yen!,a@example.jp,tea,1,500",
            "currency",
            "bad_currency",
        ),
        (
            "2,2025-01-01,JPY,a@example.jp,tea,1,1e400",
            "unit_price",
            "not_a_number",
        ),
        (
            "2,2025-01-01,JPY,a@example.jp,tea,1,99999999999999999999",
            "unit_price",
            "out_of_range",
        ),
        (
            "2,2025-01-01,JPY,a@example.jp,tea,1,-900000000000",
            "unit_price",
            "too_large",
        ),
        (
            "2,2025-01-01,JPY,a@example.jp,tea,99999999,5",
            "quantity",
            "out_of_range",
        ),
    ];
    for (row, column, code) in rows {
        let mut instance = Instance::new();
        let reply = load(
            &mut instance,
            "csv",
            false,
            format!("{HEADER}{GOOD}{row}\n"),
        );
        assert_eq!(refused(&reply), three(&[(2, column, code)]), "{row}");
        assert!(reply["answer"]["orders"].as_u64() >= Some(1), "{reply}");
    }
    // A row of 10,000 cells, a refund, and an order of nobody.
    let rows = format!(
        "{HEADER}{GOOD}2,2025-01-01,JPY,,tea,1,700{}\n3,2025-01-02,JPY,a@example.jp,tea,-1,500\n\
         4,2025-01-03,JPY,,tea,1,900\n",
        ",x".repeat(10_000)
    );
    let mut instance = Instance::new();
    let reply = load(&mut instance, "csv", false, rows);
    assert_eq!(refused(&reply), three(&[(2, "", "too_many_cells")]));
    let header = json!({"call": "ask", "as_of": "2025-12-31", "question": {"kind": "summary"}});
    let summary = &call(&mut instance, &header, &[])["answer"]["tables"]["summary"];
    let columns = summary["columns"].as_array().unwrap().iter();
    let shown: Vec<String> = columns
        .zip(summary["rows"][0].as_array().unwrap())
        .map(|(name, figure)| format!("{}={figure}", name.as_str().unwrap()))
        .collect();
    for figure in [
        "orders=2",
        "guest_orders=1",
        "guest_revenue=900",
        "customers=1",
    ] {
        assert!(shown.iter().any(|one| one == figure), "{shown:?}");
    }
}

#[test]
fn json_bombs_are_refused_items() {
    let order = |more: &str| {
        format!(
            r#"{{"order_id":"2","ordered_at":"2025-01-01","lines":[{{"product":"p","quantity":1,"unit_price":5}}]{more}}}"#
        )
    };
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let bombs = [
        deep(100_000),
        order(&format!(r#","tags":{}"#, deep(100_000))),
        "{\"a\":".repeat(50_000) + "1" + &"}".repeat(50_000),
        order(r#","tax_total":1e400"#),
        order(r#","tax_total":123456789012345678901234567890"#),
        order(r#","tax_total":1.5"#),
        order(r#","order_id":"3""#),
        order(r#","ordered_at":"2025-01-02""#),
        order(r#","order_no":"\ud800""#),
        order(r#","unheard_of":1"#),
        "null".to_owned(),
        "1e999999999".to_owned(),
        "\"text\"".to_owned(),
    ];
    for bomb in &bombs {
        let shown: String = bomb.chars().take(120).collect();
        let mut instance = Instance::new();
        let reply = load(
            &mut instance,
            "json",
            false,
            format!("[{},{bomb}]", order("")),
        );
        let listed = refused(&reply);
        assert_eq!(listed.len(), 1, "{shown}: {reply}");
        assert_eq!(listed[0].0, 2, "{shown}");
        assert_eq!(reply["answer"]["orders"], 1, "{shown}");
        let fact = |item: &str| item.replacen('{', r#"{"fact":"order","#, 1);
        let lines = format!("{}\n{}\n", fact(&order("")), fact(bomb));
        let reply = load(&mut Instance::new(), "ndjson", false, lines);
        assert_eq!(refused(&reply).len(), 1, "{shown}: {reply}");
        assert_eq!(reply["answer"]["orders"], 1, "{shown}");
    }
    // One item of more than 8 MiB, a text that nobody ends.
    for format in ["json", "ndjson"] {
        let (mut instance, about) = filled();
        let reply = load(
            &mut instance,
            format,
            false,
            format!("[\"{}", "x".repeat(9 << 20)),
        );
        assert_eq!(reply["error"]["code"], "bad_data");
        assert!(
            reply["error"]["message"]
                .as_str()
                .unwrap()
                .contains("row 1")
        );
        assert_eq!(call(&mut instance, &json!({"call": "about"}), &[]), about);
    }
}

#[test]
fn headers_of_calls_that_are_bombs_are_errors() {
    let deep = |open: &str, shut: &str| format!("{}{}", open.repeat(100_000), shut.repeat(100_000));
    let headers = [
        deep("[", "]"),
        deep("{\"call\":", "}"),
        format!(
            r#"{{"call":"ask","as_of":"2025-01-01","question":{}}}"#,
            deep("[", "]")
        ),
        r#"{"call":"about","call":"reset"}"#.to_owned(),
        r#"{"call":"shards","count":1e400}"#.to_owned(),
        r#"{"call":"ask","as_of":"99999-01-01","question":{"kind":"summary"}}"#.to_owned(),
    ];
    for header in headers {
        let (mut instance, about) = filled();
        let answer = instance.call(&join(header.as_bytes(), &[]).unwrap());
        let reply: Value = serde_json::from_slice(split(&answer).unwrap().0).unwrap();
        let shown: String = header.chars().take(60).collect();
        assert_eq!(reply["error"]["code"], "bad_call", "{shown}: {reply}");
        assert_eq!(call(&mut instance, &json!({"call": "about"}), &[]), about);
    }
}
