//! Details of orders, lines and destinations: kept, sealed, replaced and undone.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fmt::Write;

use super::batch::{IntColumn, KeyColumn, LineBatch, TextColumn, TimeColumn};
use super::*;

/// Order, time of change, line, destination: all else follows from them.
type Row = (u64, i64, u64, u64);

fn ints(values: impl Iterator<Item = Option<i64>>) -> IntColumn {
    let (valid, values) = values.map(|v| (v.is_some(), v.unwrap_or_default())).unzip();
    IntColumn { values, valid }
}

fn texts<'a>(values: impl Iterator<Item = Option<String>>) -> TextColumn<'a> {
    let mut column = TextColumn::default();
    let mut bytes = Vec::new();
    column.offsets.push(0);
    for value in values {
        column.valid.push(value.is_some());
        bytes.extend_from_slice(value.unwrap_or_default().as_bytes());
        column.offsets.push(bytes.len() as u32);
    }
    column.bytes = bytes.into();
    column
}

fn batch(rows: &[Row]) -> LineBatch<'static> {
    let text = |of: fn(Row) -> Option<String>| texts(rows.iter().map(|row| of(*row)));
    let int = |of: fn(Row) -> Option<i64>| ints(rows.iter().map(|row| of(*row)));
    let key =
        |of: fn(Row) -> u64| KeyColumn::Int(rows.iter().map(|row| of(*row)).collect(), vec![]);
    LineBatch {
        rows: rows.len(),
        order_id: key(|row| row.0),
        ordered_at: TimeColumn::Utc(int(|row| Some(9000 * 86_400 + row.0 as i64))),
        updated_at: TimeColumn::Utc(int(|row| Some(row.1))),
        shipping_total: int(|row| {
            [None, Some(0), Some(500)]
                .get(row.0 as usize % 3)
                .copied()?
        }),
        points_used: int(|row| Some(row.0 as i64 + row.1)),
        media: KeyColumn::Text(text(|row| Some(format!("m{}", row.0 % 2)))),
        coupons: KeyColumn::Text(text(|row| Some(format!("c{}| |x", row.0 + row.1 as u64)))),
        tags: key(|row| row.0),
        note: text(|row| Some(["内祝", "急ぎ"].get(row.0 as usize % 2)?.to_string())),
        shipment_id: KeyColumn::Text(text(|row| (row.3 > 0).then(|| format!("s{}", row.3)))),
        ship_name: text(|row| (row.3 > 0).then(|| format!("n{}", row.3 / 2))),
        ship_phone: key(|row| row.3 / 2),
        noshi: text(|row| (row.3 == 2).then(|| "志".to_owned())),
        is_gift: int(|row| Some(i64::from(row.3 == 3)).filter(|_| row.3 > 1)),
        shipped_at: TimeColumn::Utc(int(|row| Some(9001 * 86_400).filter(|_| row.3 == 1))),
        product: key(|row| row.2),
        unit_price: int(|_| Some(100)),
        unit_cost: int(|row| Some(row.2 as i64).filter(|cost| cost % 3 > 0)),
        contract_id: KeyColumn::Text(text(|row| (row.2 % 2 > 0).then(|| format!("t{}", row.2)))),
        contract_count: int(|row| Some(row.2 as i64)),
        ..LineBatch::default()
    }
}

/// All that is told of the latest orders, in order of their ids.
fn told(ledger: &Ledger) -> String {
    let mut out = String::new();
    let mut rows: Vec<(u32, &OrderRow)> = (0..).zip(&ledger.orders.rows).collect();
    rows.retain(|(row, order)| ledger.is_latest(*row, order));
    for (row, order) in crate::order::sorted(rows, |a, b| {
        let id = |order: &OrderRow| ledger.order_ids.get(order.id);
        id(a.1).cmp(&id(b.1))
    }) {
        let words = |ids: &[u32]| ids.iter().map(|id| ledger.word(*id)).collect::<Vec<_>>();
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
            let recipient = ledger.recipient(one.recipient);
            let (name, phone, noshi) = (recipient.name, recipient.phone, ledger.word(one.noshi));
            let rest = (one.is_gift(), one.has_message(), one.shipped_at());
            writeln!(out, " to {name:?} {phone:?} {noshi:?} {rest:?}").unwrap();
        }
        for (line, at) in ledger.lines_of(order).zip(order.line_start..) {
            let detail = ledger.line_details(at);
            let contract = ledger.contracts.ids.get(detail.contract);
            let to = ledger.destination_of(row, at);
            let product = ledger.products.get(line.product).unwrap();
            let (cost, count) = (detail.unit_cost, detail.contract_count);
            writeln!(out, " {product} {cost} {contract:?} {count} {to:?}").unwrap();
        }
    }
    out
}

fn ledger_of(batches: &[&[Row]]) -> Ledger {
    let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
    for rows in batches {
        ledger.append(&batch(rows)).unwrap();
    }
    ledger.commit();
    ledger
}

#[test]
fn what_an_order_tells_is_kept() {
    let ledger = ledger_of(&[&[
        (2, 0, 3, 1),
        (2, 0, 6, 0),
        (2, 0, 5, 3),
        (2, 0, 1, 2),
        (1, 0, 1, 0),
    ]]);
    let expected = "\
1 [Some(0), None, Some(1), None] [[Some(\"c1\"), Some(\"x\")], [Some(\"1\")]] [Some(\"m1\"), None, None]
 to None Some(\"#0\") None (None, false, None)
 1 1 Some(Text(\"t1\")) 1 Some(0)
2 [Some(500), None, Some(2), None] [[Some(\"c2\"), Some(\"x\")], [Some(\"2\")]] [Some(\"m0\"), None, Some(\"内祝\")]
 to Some(\"n0\") Some(\"#0\") None (None, false, Some(777686400))
 to None Some(\"#0\") None (None, false, None)
 to Some(\"n1\") Some(\"#1\") None (Some(true), false, None)
 to Some(\"n1\") Some(\"#1\") Some(\"志\") (Some(false), false, None)
 3 -9223372036854775808 Some(Text(\"t3\")) 3 Some(0)
 6 -9223372036854775808 None 6 Some(1)
 5 5 Some(Text(\"t5\")) 5 Some(2)
 1 1 Some(Text(\"t1\")) 1 Some(3)
";
    assert_eq!(told(&ledger), expected);
    // Equal recipients are one; contracts that lines alone name are none.
    assert_eq!(ledger.recipients.len(), 3);
    assert_eq!(
        (ledger.contracts.ids.len(), ledger.contracts.iter().count()),
        (3, 0)
    );
    // The whole order's destinations: `to` counts among them.
    assert_eq!(ledger.orders.shipments.get(0), 3);
}

#[test]
fn parts_of_an_order_come_together() {
    let mut seed = 7u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for _ in 0..50 {
        let scattered: Vec<Row> = (0..40)
            .map(|_| (random(5), 0, random(9), random(5)))
            .collect();
        let together: Vec<Row> = (0..5)
            .flat_map(|id| scattered.iter().filter(move |row| row.0 == id).copied())
            .collect();
        let batches: Vec<&[Row]> = scattered.chunks(11).collect();
        assert_eq!(told(&ledger_of(&batches)), told(&ledger_of(&[&together])));
    }
}

#[test]
fn the_latest_version_alone_tells() {
    let first: &[Row] = &[(1, 5, 1, 1), (1, 5, 2, 2), (2, 5, 3, 3), (3, 5, 4, 4)];
    let second: &[Row] = &[(1, 6, 7, 4), (2, 4, 8, 1), (3, 5, 4, 2)];
    let mut ledger = ledger_of(&[first]);
    ledger.append(&batch(second)).unwrap();
    assert_eq!(ledger.commit().stale, 1);
    let latest: &[Row] = &[(1, 6, 7, 4), (2, 5, 3, 3), (3, 5, 4, 2)];
    assert_eq!(told(&ledger), told(&ledger_of(&[latest])));
    assert_eq!(ledger.destinations.len(), 3, "sealed");
}

#[test]
fn a_load_taken_back_leaves_nothing() {
    let first: &[Row] = &[(1, 5, 1, 1), (2, 5, 3, 3)];
    let more: &[Row] = &[(1, 6, 7, 4), (4, 6, 8, 2), (1, 6, 5, 1)];
    let mut ledger = ledger_of(&[first]);
    let customer = |ledger: &mut Ledger, id: &'static str, at: Option<i64>, tags: &str| {
        let contact = Contact {
            customer_id: Some(id),
            ..Contact::default()
        };
        ledger.add_customer(&contact, None, at, tags);
        ledger.contacts.add(&contact, None)
    };
    ledger.begin(0).unwrap();
    let record = customer(&mut ledger, "7", Some(90), "VIP|x");
    ledger.commit();
    let before = ledger.clone();
    let sizes = |ledger: &Ledger| {
        let lists = (
            ledger.lists.len(),
            ledger.words.len(),
            ledger.destinations.len(),
        );
        let ids = (ledger.recipients.len(), ledger.contracts.ids.len());
        (lists, ids, ledger.events.rows.len())
    };
    ledger.append(&batch(more)).unwrap();
    customer(&mut ledger, "7", None, "left");
    let other = customer(&mut ledger, "8", Some(95), "new");
    let of_both = ledger.customers.of_all([record, other].into_iter());
    assert_eq!((of_both.registered_at, of_both.arrival), (90, 3));
    assert_eq!(ledger.lists.get(of_both.tags).len(), 1);
    assert_eq!(ledger.customers.get(record).registered_at, 90);
    let row = EventRow {
        at: 0,
        kind: 0,
        record: NONE,
        delivery: NONE,
        contract: NONE,
        detail: NONE,
    };
    assert!(ledger.add_event("e", row, Some("t9"), Some("価格")));
    let event = ledger.events.rows.last().unwrap();
    assert_eq!(ledger.word(event.detail), Some("価格"));
    assert_eq!(
        ledger.contracts.ids.get(event.contract),
        Some(Key::Text("t9"))
    );
    ledger.rollback();
    assert_eq!(sizes(&ledger), sizes(&before));
    assert_eq!(told(&ledger), told(&before));
    assert_eq!(ledger.customers.get(record), before.customers.get(record));
    assert_eq!(ledger.customers.get(other).arrival, 0);
    // What comes after is as if it had never been.
    ledger.append(&batch(more)).unwrap();
    ledger.commit();
    assert_eq!(told(&ledger), told(&ledger_of(&[&[(2, 5, 3, 3)], more])));
}

#[test]
fn keys_keep_nothing_of_it() {
    let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
    ledger.keys_only = true;
    ledger
        .append(&batch(&[(1, 5, 1, 1), (1, 5, 2, 2)]))
        .unwrap();
    let contact = Contact {
        customer_id: Some("7"),
        ..Contact::default()
    };
    ledger.add_customer(&contact, None, Some(9), "VIP");
    ledger.commit();
    assert!(ledger.orders.details.is_empty() && ledger.lines.details.is_empty());
    assert!(ledger.destinations.is_empty() && ledger.recipients.is_empty());
    assert!(ledger.words.is_empty() && ledger.contracts.ids.is_empty());
    assert_eq!(ledger.customers.get(0).arrival, 0);
    assert_eq!(ledger.orders.shipments.get(0), 2);
}
