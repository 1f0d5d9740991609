//! Loads, call by call: refused rows and where they stand, files in pieces, and undoing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::{call, load, refused, three};
use okaeri_plugin::Instance;
use serde_json::{Value, json};

const CSV: &str = "order_id,ordered_at,currency,product,quantity,unit_price\n\
    1,2025-01-01,JPY,tea,1,500\n\
    2,2025-01-02,EUR,tea,1,500\n\
    2,2025-01-02,EUR,cup,1,500\n\
    ,,,,,\n\
    3,2100-06-01,JPY,tea,1,500\n\
    4,2025-01-04,JPY,tea,1,900000000000\n\
    4,2025-01-04,JPY,cup,1,100\n";

#[test]
fn rows_that_the_ledger_refuses_are_named() {
    let reply = load(&mut Instance::new(), "csv", false, CSV);
    let expected = [
        (2, "currency", "other_currency"),
        (3, "order_id", "order_refused"),
        (5, "ordered_at", "out_of_calendar"),
        (6, "unit_price", "too_large"),
    ];
    assert_eq!(refused(&reply), three(&expected));
    assert_eq!(reply["answer"]["rejected_count"], 4);
    assert_eq!(reply["answer"]["orders"], 2);

    // As the cart names its columns.
    let next_engine = "店舗伝票番号,受注日,商品コード,商品名,商品価格,受注数量\n\
        1,2025/01/01,tea,お茶,500,1\n\
        2,2100/06/01,tea,お茶,500,1\n\
        3,2025/01/01,tea,お茶,900000000000,1\n";
    let reply = load(&mut Instance::new(), "csv", false, next_engine);
    let expected = [
        (2, "受注日", "out_of_calendar"),
        (3, "商品価格", "too_large"),
    ];
    assert_eq!(refused(&reply), three(&expected), "{reply}");
}

#[test]
fn items_that_the_ledger_refuses_are_named_once() {
    let order = |id: u32, currency: &str| {
        let line = json!({"product": "tea", "quantity": 1, "unit_price": 500});
        json!({"fact": "order", "order_id": id.to_string(), "ordered_at": "2025-01-01",
            "currency": currency, "lines": [line, line]})
    };
    let expected = three(&[(2, "currency", "other_currency")]);
    let mut orders = vec![order(1, "JPY"), order(2, "EUR"), order(3, "JPY")];
    let lines: Vec<String> = orders.iter().map(Value::to_string).collect();
    let reply = load(&mut Instance::new(), "ndjson", false, lines.join("\n"));
    assert_eq!(refused(&reply), expected);
    for order in &mut orders {
        order.as_object_mut().unwrap().remove("fact");
    }
    let reply = load(
        &mut Instance::new(),
        "json",
        false,
        json!(orders).to_string(),
    );
    assert_eq!(refused(&reply), expected);
    assert_eq!(reply["answer"]["rejected_count"], 1);

    // Rows count on from one array of a load to the next.
    let mut instance = Instance::new();
    let good = json!([orders[0]]).to_string();
    load(&mut instance, "json", true, &good);
    let bad = json!([orders[2], orders[1]]).to_string();
    let reply = load(&mut instance, "json", false, bad);
    assert_eq!(refused(&reply), three(&[(3, "currency", "other_currency")]));
}

#[test]
fn an_order_does_not_take_the_place_of_another_shops() {
    let order = |id: u32, shop: Option<&str>, price: u32| {
        let line = json!({"product": "tea", "quantity": 1, "unit_price": price});
        json!({"order_id": id.to_string(), "shop": shop, "ordered_at": "2025-01-01",
            "buyer": {"email": "a@example.jp"}, "lines": [line]})
    };
    let mut instance = Instance::new();
    let mut load = |orders: &[Value]| load(&mut instance, "json", false, json!(orders).to_string());
    let mine = [order(1, Some("mall"), 100), order(2, None, 100)];
    assert_eq!(load(&mine)["answer"]["orders"], 2);
    let reply = load(&[
        order(1, Some("honten"), 500),
        order(2, Some("honten"), 200),
        order(1, Some("mall"), 300),
    ]);
    assert_eq!(refused(&reply), three(&[(1, "order_id", "other_shop")]));
    assert_eq!(reply["answer"]["replaced"], 2);
    let ask = json!({"call": "ask", "as_of": "2025-12-31", "question": {"kind": "summary"}});
    let reply = call(&mut instance, &ask, &[]);
    assert_eq!(reply["answer"]["tables"]["summary"]["rows"][0][4], 500);
}

/// All that can be seen of an instance.
fn seen(instance: &mut Instance) -> Vec<Value> {
    let ask = |question: Value| json!({"call": "ask", "as_of": "2025-12-31", "question": question});
    let calls = [
        json!({"call": "about"}),
        ask(json!({"kind": "dashboard"})),
        ask(json!({"kind": "id_cc"})),
        ask(json!({"kind": "review"})),
        ask(json!({"kind": "customers"})),
        ask(json!({"kind": "customer", "key": "mail:hana@example.jp"})),
        json!({"call": "shards", "count": 7}),
    ];
    calls
        .iter()
        .map(|header| call(instance, header, &[]))
        .collect()
}

/// A file with everything that a seam can cut: quoted newlines, characters of several bytes, an
/// order of several rows, CR LF.
fn long_csv() -> String {
    let mut csv =
        "order_id,ordered_at,email,name,product,product_name,quantity,unit_price\r\n".to_owned();
    for order in 0..40 {
        for line in 0..3 {
            csv += &format!(
                "{order},2025-01-{:02} 10:00:00,\"k{}@example.jp\",\"山田\n花子\",p{line},\"お茶 \"\"{line}\"\"\",{},100\r\n",
                order % 28 + 1,
                order % 7,
                if order == 20 && line == 1 {
                    "none"
                } else {
                    "2"
                },
            );
        }
    }
    csv
}

#[test]
fn a_file_may_be_cut_anywhere() {
    let csv = long_csv();
    let cp932 = encoding_rs::SHIFT_JIS.encode(&csv).0.into_owned();
    let orders: Vec<String> = (0..30)
        .map(|id| {
            format!(
                r#"{{"order_id":"{id}","ordered_at":"2025-01-01","buyer":{{"name":"山田 花子","email":"k{}@example.jp"}},"lines":[{{"product":"p","quantity":1,"unit_price":5}}]}}"#,
                id % 4
            )
        })
        .collect();
    let ndjson: String = orders
        .iter()
        .map(|order| format!("{}\n", order.replacen('{', r#"{"fact":"order","#, 1)))
        .collect();
    let json = format!(" [{}]\n", orders.join(" ,\n"));
    for (format, bytes) in [
        ("csv", csv.into_bytes()),
        ("csv", cp932),
        ("ndjson", ndjson.into_bytes()),
        ("json", json.into_bytes()),
    ] {
        let mut whole = Instance::new();
        let expected = load(&mut whole, format, false, &bytes);
        assert!(
            expected["answer"]["orders"].as_u64() >= Some(30),
            "{expected}"
        );
        let expected_seen = seen(&mut whole);
        for size in [1, 7, 64, 1000, bytes.len()] {
            let mut instance = Instance::new();
            for piece in bytes.chunks(size) {
                let reply = load(&mut instance, format, true, piece);
                assert_eq!(reply["answer"]["is"], "loaded", "{reply}");
            }
            let reply = load(&mut instance, format, false, "");
            assert_eq!(reply, expected, "{format} in pieces of {size}");
            assert_eq!(seen(&mut instance), expected_seen);
        }
    }
}

#[test]
fn a_load_that_breaks_leaves_nothing_behind() {
    let first = "order_id,ordered_at,email,name,phone,product,product_name,quantity,unit_price,mail_consent\n\
        1,2025-01-01,hana@example.jp,山田 花子,03-1234-5678,tea,お茶,1,500,1\n\
        2,2025-02-01,hana@example.jp,山田 花子,03-1234-5678,cup,湯のみ,1,900,1\n\
        3,2025-02-02,jiro@example.jp,佐藤 次郎,03-9876-5432,tea,お茶,2,500,0\n";
    let facts = [
        r#"{"fact":"customer","contact":{"customer_id":"9","email":"hana@example.jp","name_kana":"ヤマダ ハナコ","mail_consent":false},"registered_at":"2025-05-01"}"#,
        r#"{"fact":"customer","contact":{"customer_id":"9","email":"jiro@example.jp","name":"佐藤 次郎"}}"#,
        r#"{"fact":"contract","contract_id":"c1","buyer":{"email":"new@example.jp"},"status":"active"}"#,
        r#"{"fact":"event","event_id":"e1","at":"2025-06-01","kind":"consent_withdrawn","email":"hana@example.jp"}"#,
        r#"{"fact":"order","order_id":"1","ordered_at":"2025-03-01","shop":"mall","buyer":{"email":"jiro@example.jp","birth":"1990-01-01","postal":"150-0001","address":"渋谷区神宮前1-2-3"},"shipments":[{"shipment_id":"s"}],"lines":[{"product":"tea","name":"新茶","quantity":1,"unit_price":700}]}"#,
        r#"{"fact":"order","order_id":"8","ordered_at":"2025-03-02","buyer":{"email":"eight@example.jp"},"lines":[{"product":"new","name":"新","quantity":1,"unit_price":700}]}"#,
    ]
    .join("\n");
    let endless = format!("{facts}\n{{\"fact\":\"{}", "x".repeat(9 << 20));
    let csv = first
        .replace("example.jp", "example.com")
        .replace("お茶", "紅茶");
    let cut = format!("{csv}4,2025-02-02,\"{}", "x,\n".repeat(500_000));
    let orders = |facts: &str| {
        let orders = facts.lines().filter(|line| line.contains("order_id"));
        let orders: Vec<_> = orders
            .map(|line| line.replace(r#""fact":"order","#, ""))
            .collect();
        format!("[{}", orders.join(","))
    };
    let arrow = customers_stream();
    let half = arrow.len() - 100;
    let broken: [(&str, Vec<Vec<u8>>); 6] = [
        ("ndjson", vec![endless.into_bytes()]),
        (
            "ndjson",
            vec![facts.clone().into_bytes(), vec![b'x'; 9 << 20]],
        ),
        ("json", vec![orders(&facts).into_bytes()]),
        ("csv", vec![cut.clone().into_bytes()]),
        (
            "csv",
            cut.into_bytes()
                .chunks(100_000)
                .map(<[u8]>::to_vec)
                .collect(),
        ),
        ("arrow_customers", vec![arrow[..half].to_vec()]),
    ];
    for (format, pieces) in broken {
        let mut instance = Instance::new();
        let reply = load(&mut instance, "csv", false, first);
        assert_eq!(reply["answer"]["orders"], 3, "{reply}");
        let before = seen(&mut instance);
        let count = pieces.len();
        for (index, piece) in pieces.into_iter().enumerate() {
            let reply = load(&mut instance, format, index + 1 < count, piece);
            if reply["error"].is_object() {
                assert_eq!(reply["error"]["code"], "bad_data", "{reply}");
                break;
            }
            assert!(index + 1 < count, "{format}: {reply}");
        }
        assert_eq!(seen(&mut instance), before, "{format}");
        // What comes after is as if nothing had been.
        let mut other = Instance::new();
        load(&mut other, "csv", false, first);
        let reply = load(&mut instance, "ndjson", false, &facts);
        assert_eq!(reply["answer"]["others"], 4, "{reply}");
        assert_eq!(reply, load(&mut other, "ndjson", false, &facts));
        let after = seen(&mut instance);
        assert_eq!(after, seen(&mut other));
        assert_ne!(after, before);
    }
}

#[test]
fn a_load_may_be_taken_back() {
    let mut instance = Instance::new();
    load(&mut instance, "csv", false, CSV);
    let before = seen(&mut instance);
    let (first, rest) = CSV.split_at(CSV.len() / 2);
    load(&mut instance, "csv", true, first.replace("2025", "2024"));
    let reply = call(&mut instance, &json!({"call": "cancel"}), &[]);
    assert_eq!(reply["answer"]["is"], "done");
    assert_eq!(seen(&mut instance), before);
    // The next call begins a file of its own.
    let reply = load(&mut instance, "csv", false, rest);
    assert_eq!(reply["error"]["code"], "unknown_format");
    assert_eq!(seen(&mut instance), before);
}

/// Two batches of customers as Arrow writes them.
fn customers_stream() -> Vec<u8> {
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use std::sync::Arc;
    let batch = |from: u32| {
        let emails = (from..from + 500).map(|id| format!("c{id}@example.jp"));
        let emails: ArrayRef = Arc::new(StringArray::from_iter_values(emails));
        let names: ArrayRef = Arc::new(StringArray::from_iter_values((0..500).map(|_| "花子")));
        RecordBatch::try_from_iter([("email", emails), ("name", names)]).unwrap()
    };
    let first = batch(0);
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &first.schema()).unwrap();
    writer.write(&first).unwrap();
    writer.write(&batch(500)).unwrap();
    writer.into_inner().unwrap()
}
