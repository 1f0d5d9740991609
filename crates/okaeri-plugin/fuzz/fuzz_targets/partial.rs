//! Partials and standings that no shard wrote: as they are, and true ones with bytes changed.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use okaeri_plugin::{Instance, frame};
use serde_json::{Value, json};

const AS_OF: &str = "2025-01-01";

fn call(instance: &mut Instance, header: &Value, payload: &[u8]) -> (Value, Vec<u8>) {
    let call = frame::join(header.to_string().as_bytes(), payload).expect("a short header");
    let answer = instance.call(&call);
    let (header, payload) = frame::split(&answer).expect("an answer is a frame");
    let reply = serde_json::from_slice(header).expect("a reply is JSON");
    (reply, payload.to_vec())
}

fn shop() -> Instance {
    let mut shop = Instance::new();
    let mut orders = String::from("order_id,ordered_at,email,product,quantity,unit_price\n");
    for order in 0..60 {
        let (person, day, product) = (order * 7 % 23, 1 + order % 28, order % 5);
        orders += &format!("{order},2024-{:02}-{day:02},{person}@example.jp,p{product},1,{}\n",
            1 + order % 12, 100 * (order % 9));
    }
    call(&mut shop, &json!({"call": "load", "format": "csv"}), orders.as_bytes());
    shop
}

/// What ranks the customers of a list.
fn rankings(shop: &mut Instance) -> (Value, Vec<u8>) {
    let list = json!({"kind": "customers"});
    let (needs, _) = call(shop, &json!({"call": "standings", "question": list}), b"");
    let name = &needs["answer"]["names"][0];
    let partial = json!({"call": "partial", "as_of": AS_OF, "question": list, "standing": name});
    let (_, part) = call(shop, &partial, b"");
    (name.clone(), part)
}

/// A true partial, a true share of the rankings, and true rankings.
fn true_ones() -> &'static (Vec<u8>, Vec<u8>, Vec<u8>) {
    static TRUE: OnceLock<(Vec<u8>, Vec<u8>, Vec<u8>)> = OnceLock::new();
    TRUE.get_or_init(|| {
        let mut shop = shop();
        let (_, partial) = call(&mut shop, &json!({"call": "partial", "as_of": AS_OF}), b"");
        let (name, part) = rankings(&mut shop);
        let (_, told) = stand(&mut shop, &[&part], &name);
        assert!(!told.is_empty());
        (partial, part, told)
    })
}

fn stand(shop: &mut Instance, parts: &[&[u8]], name: &Value) -> (Value, Vec<u8>) {
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let header = json!({"call": "finish", "parts": lengths, "standing": name,
        "question": {"kind": "customers"}});
    call(shop, &header, &parts.concat())
}

fn finish(shop: &mut Instance, parts: &[&[u8]], question: &Value) -> (Value, Vec<u8>) {
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let header = json!({"call": "finish", "parts": lengths, "question": question});
    call(shop, &header, &parts.concat())
}

/// Bytes with others at some places: two bytes say where, one what.
fn changed(bytes: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    bytes
}

fuzz_target!(|bytes: &[u8]| {
    let (partial, part, told) = true_ones();
    let mut shop = shop();
    let changed_partial = changed(partial, bytes);
    for question in [
        json!({"kind": "dashboard"}),
        json!({"kind": "dashboard", "top": 3}),
        json!({"kind": "customers"}),
        json!({"kind": "rfm", "mode": "threshold"}),
    ] {
        finish(&mut shop, &[bytes], &question);
        finish(&mut shop, &[partial, bytes], &question);
        finish(&mut shop, &[partial, &changed_partial], &question);
    }
    let (name, _) = rankings(&mut shop);
    let changed_part = changed(part, bytes);
    for parts in [&[bytes][..], &[part, bytes], &[part, &changed_part]] {
        stand(&mut shop, parts, &name);
    }
    for told in [bytes, &changed(told, bytes)] {
        let list = json!({"kind": "customers", "filter": [{"in": "decile", "decile": 3}]});
        call(&mut shop, &json!({"call": "ask", "as_of": AS_OF, "question": list}), told);
        let page = json!({"kind": "customer", "key": "mail:3@example.jp"});
        call(&mut shop, &json!({"call": "ask", "as_of": AS_OF, "question": page}), told);
    }
});
