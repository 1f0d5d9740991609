//! The same orders by every way in: the ledger holds the same.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fmt::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_ipc::writer::StreamWriter;
use okaeri_core::ledger::Ledger;
use serde_json::{Value, json};

use crate::Instance;
use crate::frame::{join, split};

/// The flat table: a destination with everything, orders with a little, and one with nothing.
const CSV: &str = "order_id,ordered_at,shipping_total,fee_total,points_used,refunded_total,coupons,\
    payment_method,media,note,tags,shipment_id,ship_name,ship_name_kana,ship_phone,\
    ship_postal,ship_prefecture,ship_address,is_gift,noshi,wrapping,message,shipped_at,\
    product,quantity,unit_price,unit_cost,contract_id,contract_count,email,status,\
    line_kind,currency\n\
    a,2025-01-10,500,0,30,,SPRING|NEW,クレジット,mail_a,内祝です,VIP|卸,1,佐藤 花,\
    サトウ ハナ,03-1234-5678,100-0001,東京都,千代田1-1,1,御祝,赤,おめでとう,2025-01-12,\
    tea,2,100,40,t1,3,a@example.jp,open,goods,JPY\n\
    a,2025-01-10,500,0,30,,SPRING|NEW,クレジット,mail_a,内祝です,VIP|卸,2,伊藤,,,,,,0,,,\
    ,,cup,1,300,,,,a@example.jp,open,goods,JPY\n\
    b,2025-01-11,,,,120,,,12,,,1,佐藤 花,サトウ ハナ,03-1234-5678,100-0001,東京都,\
    千代田1-1,,,,,,tea,1,100,,t1,,b@example.jp,open,goods,JPY\n\
    c,2025-01-12,,,,,NEW,,,,,,,,,,,,,,,,,cup,1,300,150,,,,cancelled,goods,JPY\n\
    d,2025-01-13,,,,,,,,,,,,,,,,,,,,,,tea,1,100,,,,d@example.jp,open,goods,JPY";

/// Columns, each a name and its cells.
fn columns() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut lines = CSV.lines().map(|line| line.split(','));
    let names = lines.next().unwrap();
    let mut columns: Vec<_> = names.map(|name| (name, Vec::new())).collect();
    for line in lines {
        for ((_, cells), cell) in columns.iter_mut().zip(line) {
            cells.push(cell);
        }
    }
    columns
}

/// Columns of whole numbers.
const NUMBERS: [&str; 8] = [
    "shipping_total",
    "fee_total",
    "points_used",
    "refunded_total",
    "quantity",
    "unit_price",
    "unit_cost",
    "contract_count",
];

fn is_number(column: &str) -> bool {
    NUMBERS.contains(&column)
}

/// Cells of a row as JSON; empty ones are left out.
fn object(row: usize, wanted: &[(&str, &str)]) -> Value {
    let mut object = serde_json::Map::new();
    let columns = columns();
    for (ours, column) in wanted {
        let (_, cells) = columns.iter().find(|(name, _)| name == column).unwrap();
        let value = match cells[row] {
            "" => continue,
            text if is_number(column) => json!(text.parse::<i64>().unwrap()),
            text if *column == "is_gift" => json!(text == "1"),
            text if matches!(*column, "coupons" | "tags") => {
                json!(text.split('|').collect::<Vec<_>>())
            }
            text => json!(text),
        };
        object.insert((*ours).to_owned(), value);
    }
    Value::Object(object)
}

fn same(names: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    names.iter().map(|name| (*name, *name)).collect()
}

fn orders() -> Vec<Value> {
    let mut orders: Vec<Value> = Vec::new();
    let names: Vec<&'static str> = columns().into_iter().map(|(name, _)| name).collect();
    let of_order = names.iter().take_while(|name| **name != "shipment_id");
    let of_order: Vec<&'static str> = of_order.copied().chain(["status"]).collect();
    for row in 0..CSV.lines().count() - 1 {
        let mut order = object(row, &same(&of_order));
        if orders
            .last()
            .is_none_or(|last| last["order_id"] != order["order_id"])
        {
            order["buyer"] = object(row, &same(&["email"]));
            order["shipments"] = json!([]);
            order["lines"] = json!([]);
            orders.push(order);
        }
        let order = orders.last_mut().unwrap();
        let shipment = [
            ("shipment_id", "shipment_id"),
            ("name", "ship_name"),
            ("name_kana", "ship_name_kana"),
            ("phone", "ship_phone"),
            ("postal", "ship_postal"),
            ("prefecture", "ship_prefecture"),
            ("address", "ship_address"),
            ("is_gift", "is_gift"),
            ("noshi", "noshi"),
            ("wrapping", "wrapping"),
            ("message", "message"),
            ("shipped_at", "shipped_at"),
        ];
        let shipment = object(row, &shipment);
        if shipment != json!({}) {
            order["shipments"].as_array_mut().unwrap().push(shipment);
        }
        let line = [
            "shipment_id",
            "product",
            "quantity",
            "unit_price",
            "unit_cost",
            "contract_id",
            "contract_count",
        ];
        let line = object(row, &same(&line));
        order["lines"].as_array_mut().unwrap().push(line);
    }
    orders
}

fn arrow() -> Vec<u8> {
    let columns = columns().into_iter().map(|(name, cells)| {
        let cells = cells
            .into_iter()
            .map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
        let array: ArrayRef = match is_number(name) || name == "is_gift" {
            true => Arc::new(Int64Array::from_iter(cells.map(|cell| cell?.parse().ok()))),
            false => Arc::new(StringArray::from_iter(cells)),
        };
        (name, array, true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// Every way in, by its format.
fn payloads() -> [(&'static str, Vec<u8>); 4] {
    let orders = orders();
    let fact = |order: &Value| {
        let mut order = order.clone();
        order["fact"] = json!("order");
        order.to_string()
    };
    let ndjson: Vec<String> = orders.iter().map(fact).collect();
    [
        ("arrow_lines", arrow()),
        ("json", json!(orders).to_string().into_bytes()),
        ("ndjson", ndjson.join("\n").into_bytes()),
        ("csv", CSV.as_bytes().to_vec()),
    ]
}

fn load(instance: &mut Instance, format: &str, more: bool, payload: &[u8]) -> Value {
    let header = json!({"call": "load", "format": format, "more": more});
    let frame = join(header.to_string().as_bytes(), payload).unwrap();
    serde_json::from_slice(split(&instance.call(&frame)).unwrap().0).unwrap()
}

/// Whatever the ledger holds of its orders' details.
fn told(ledger: &Ledger) -> String {
    let mut out = String::new();
    let words = |ids: &[u32]| ids.iter().map(|id| ledger.word(*id)).collect::<Vec<_>>();
    for (row, order) in (0u32..).zip(&ledger.orders.rows) {
        let sums = [
            ledger.postage(row),
            ledger.fee(row),
            ledger.points(row),
            ledger.refunded(row),
        ];
        let lists = [ledger.coupons(row), ledger.tags(row)].map(words);
        let single = [
            ledger.media(row),
            ledger.payment(row),
            ledger.gift_word(row),
        ];
        let id = ledger.order_ids.get(order.id).unwrap();
        writeln!(out, "{id} {sums:?} {lists:?} {single:?}").unwrap();
        for one in ledger.destinations_of(row) {
            let words = [one.noshi, one.wrapping].map(|id| ledger.word(id));
            let rest = (one.is_gift(), one.has_message(), one.shipped_at());
            let recipient = (one.recipient, ledger.recipient(one.recipient));
            writeln!(out, " to {recipient:?} {words:?} {rest:?}").unwrap();
        }
        for line in order.line_start..order.line_start + order.line_count() {
            let (detail, to) = (ledger.line_details(line), ledger.destination_of(row, line));
            let contract = ledger.contracts.ids.get(detail.contract);
            writeln!(out, " {detail:?} {contract:?} {to:?}").unwrap();
        }
    }
    out
}

#[test]
fn every_way_in_tells_the_same() {
    let [(_, arrow), ..] = payloads();
    let mut first = Instance::new();
    load(&mut first, "arrow_lines", false, &arrow);
    let expected = told(&first.ledger);
    assert!(
        expected.contains("a [Some(500), Some(0), Some(30), None]"),
        "{expected}"
    );
    assert!(
        expected.contains("[Some(\"SPRING\"), Some(\"NEW\")]"),
        "{expected}"
    );
    assert!(expected.contains("[Some(\"mail_a\"), Some(\"クレジット\"), Some(\"内祝\")]"));
    assert!(expected.contains("[Some(\"御祝\"), Some(\"赤\")] (Some(true), true, Some("));
    assert!(
        expected
            .contains("unit_cost: 40, contract: 0, contract_count: 3 } Some(Text(\"t1\")) Some(0)")
    );
    for (format, payload) in payloads() {
        let mut instance = Instance::new();
        // Taken back first, then in, then in its own place.
        load(&mut instance, format, true, &payload);
        instance.cancel();
        assert_eq!(told(&instance.ledger), "");
        let reply = load(&mut instance, format, false, &payload);
        assert_eq!(reply["answer"]["rejected"], json!([]), "{format}");
        assert_eq!(reply["answer"]["orders"], 4, "{format}");
        assert_eq!(told(&instance.ledger), expected, "{format}");
        load(&mut instance, format, false, &payload);
        assert_eq!(instance.ledger.orders.rows.len(), 4, "sealed");
        assert_eq!(told(&instance.ledger), expected, "{format}");
        assert_eq!(instance.ledger.recipients.len(), 2, "{format}");
    }
}

#[test]
fn contracts_count_only_when_they_came_as_such() {
    let mut instance = Instance::new();
    let [_, (_, json), ..] = payloads();
    load(&mut instance, "json", false, &json);
    let facts = [
        json!({"fact": "event", "event_id": "1", "at": "2025-02-01T00:00:00Z",
            "kind": "cycle_changed", "contract_id": "t1", "detail": "60"}),
        json!({"fact": "event", "event_id": "2", "at": "2025-02-01T00:00:00Z", "kind": "x"}),
        json!({"fact": "customer", "contact": {"email": "a@example.jp"}, "tags": ["x", "y"],
            "registered_at": "2024-05-01"}),
    ];
    let count = |instance: &Instance| instance.ledger.contracts.iter().count();
    let ndjson: Vec<String> = facts.iter().map(Value::to_string).collect();
    let reply = load(&mut instance, "ndjson", false, ndjson.join("\n").as_bytes());
    assert_eq!(reply["answer"]["others"], 3, "{reply}");
    let ledger = &instance.ledger;
    let [one, other] = [0, 1].map(|event| ledger.events.rows.get(event).unwrap());
    assert_eq!(ledger.word(one.detail), Some("60"));
    assert_eq!((one.contract, ledger.word(other.detail)), (0, None));
    assert_eq!(count(&instance), 0);
    let record = (0..ledger.contacts.len()).find(|id| ledger.customers.get(*id).arrival > 0);
    let customer = ledger.customers.get(record.unwrap());
    assert_eq!(ledger.lists.get(customer.tags).len(), 2);
    assert_eq!(customer.registered_at, 1_714_489_200);
    let contract = br#"{"fact": "contract", "contract_id": "t1"}"#;
    load(&mut instance, "ndjson", false, contract);
    assert_eq!(count(&instance), 1);
}
