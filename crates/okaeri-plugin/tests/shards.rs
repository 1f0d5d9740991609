//! A shop on two instances is answered for as by one, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::asked::{COUNTED, DAY, WHOLE, ask, orders, shop};
use common::call;
use okaeri_plugin::Instance;
use okaeri_plugin::frame::{join, split};
use okaeri_protocol::facts::Order;
use serde_json::{Value, json};

/// An answer's frame to a call's.
fn frame(instance: &mut Instance, header: &Value, payload: &[u8]) -> Vec<u8> {
    instance.call(&join(header.to_string().as_bytes(), payload).unwrap())
}

/// A shop on two instances.
struct Sharded([Instance; 2]);

impl Sharded {
    fn of(orders: &[Order]) -> Sharded {
        let (ours, theirs): (Vec<Order>, Vec<Order>) = orders.iter().cloned().partition(|order| {
            let email = order.buyer.email.as_deref().unwrap_or_default();
            email.bytes().map(u32::from).sum::<u32>().is_multiple_of(2)
        });
        assert!(!ours.is_empty() && !theirs.is_empty());
        Sharded([shop(&ours), shop(&theirs)])
    }

    /// The payloads of the same call to all, and their lengths.
    fn all(&mut self, header: &Value, payload: &[u8]) -> (Vec<usize>, Vec<u8>) {
        let mut all = Vec::new();
        let lengths = self.0.each_mut().map(|shard| {
            let reply = frame(shard, header, payload);
            let (reply, part) = split(&reply).unwrap();
            let reply: Value = serde_json::from_slice(reply).unwrap();
            assert!(reply.get("error").is_none(), "{header}: {reply}");
            all.extend_from_slice(part);
            part.len()
        });
        (lengths.to_vec(), all)
    }

    /// What shards are told of the whole shop before a question.
    fn told(&mut self, day: &str, question: &Value) -> Vec<u8> {
        let needs = json!({"call": "standings", "question": question});
        let needs = call(&mut self.0[1], &needs, &[]);
        let mut told = Vec::new();
        for name in needs["answer"]["names"].as_array().unwrap() {
            let partial = json!({"call": "partial", "as_of": day, "question": question,
                "standing": name});
            let (lengths, parts) = self.all(&partial, &[]);
            let finish = json!({"call": "finish", "parts": lengths, "question": question,
                "standing": name});
            let mut other = Instance::new();
            let standing = frame(&mut other, &finish, &parts);
            told.extend_from_slice(split(&standing).unwrap().1);
        }
        told
    }
}

#[test]
fn shares_of_shards_make_the_same_answer() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    for (question, _) in COUNTED.iter().chain(WHOLE) {
        let question: Value = serde_json::from_str(question).unwrap();
        let asked = json!({"call": "ask", "as_of": DAY, "compare": "2025-06-30",
            "question": question});
        let one = frame(&mut whole, &asked, &[]);
        let mut payload = Vec::new();
        let lengths = [DAY, "2025-06-30"].map(|day| {
            let told = shards.told(day, &question);
            let partial = json!({"call": "partial", "as_of": day, "question": question});
            let (lengths, parts) = shards.all(&partial, &told);
            payload.extend_from_slice(&parts);
            lengths
        });
        let [now, before] = &lengths;
        let finish = json!({"call": "finish", "parts": now, "compare": before,
            "question": question});
        let merged = frame(&mut whole, &finish, &payload);
        let text = |frame: &[u8]| String::from_utf8_lossy(split(frame).unwrap().0).into_owned();
        assert_eq!(text(&merged), text(&one), "{question}");
    }
}

#[test]
fn shards_list_whom_the_whole_shop_lists() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    for (question, counted) in WHOLE {
        let question: Value = serde_json::from_str(question).unwrap();
        let answer = ask(&mut whole, &question);
        for (table, keys, measure) in *counted {
            let rows = answer["tables"][*table]["rows"].as_array().unwrap().clone();
            for row in rows.iter().step_by(rows.len() / 5 + 1) {
                let key = &row.as_array().unwrap()[..*keys];
                let list = json!({"kind": "customers", "limit": 10_000, "filter": [{
                    "in": "report", "question": question, "table": table, "key": key,
                    "measure": measure}]});
                let one = ask(&mut whole, &list);
                let told = shards.told(DAY, &list);
                let header = json!({"call": "ask", "as_of": DAY, "question": list});
                let mut both = Vec::new();
                for shard in &mut shards.0 {
                    let reply = call(shard, &header, &told);
                    assert!(reply.get("error").is_none(), "{reply}");
                    both.extend(reply["answer"]["customers"].as_array().unwrap().clone());
                }
                let by_key = |rows: &[Value]| {
                    let mut rows = rows.to_vec();
                    rows.sort_by_key(|row| row["key"].as_str().unwrap().to_owned());
                    rows
                };
                let one = one["customers"].as_array().unwrap();
                assert_eq!(by_key(&both), by_key(one), "{list}");
            }
        }
    }
}

#[test]
fn a_shard_shows_a_customer_as_the_whole_shop_does() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    let list = ask(
        &mut whole,
        &json!({"kind": "customers", "sort": "forecast", "limit": 10_000}),
    );
    let rows = list["customers"].as_array().unwrap();
    let (mut recommended, mut due) = (0, 0);
    for row in rows.iter().step_by(rows.len() / 60 + 1) {
        let question = json!({"kind": "customer", "key": row["key"]});
        let one = ask(&mut whole, &question);
        let told = shards.told(DAY, &question);
        let header = json!({"call": "ask", "as_of": DAY, "question": question});
        let pages = shards.0.each_mut().map(|shard| call(shard, &header, &told));
        let pages = pages.iter().filter(|page| page.get("error").is_none());
        let pages: Vec<&Value> = pages.map(|page| &page["answer"]).collect();
        assert_eq!(pages, [&one]);
        recommended += one["recommended"].as_array().map_or(0, Vec::len);
        let all = one["due"].as_array().into_iter().flatten();
        due += all.filter(|due| due["own"] == false).count();
    }
    assert!(recommended > 0 && due > 0);
}

#[test]
fn a_shard_does_not_guess_what_the_whole_shop_is_like() {
    let mut shard = shop(&orders());
    let mut other = Sharded::of(&orders());
    for (question, counted) in WHOLE {
        let question: Value = serde_json::from_str(question).unwrap();
        let partial = json!({"call": "partial", "as_of": DAY, "question": question});
        let is_made_of_all = question["kind"] == "forecast";
        if !is_made_of_all {
            let reply = call(&mut shard, &partial, &[]);
            assert_eq!(reply["error"]["code"], "bad_call", "{question}");
        }
        // Nor whom such a report means, told the rankings alone.
        let told = other.told(DAY, &json!({"kind": "customers"}));
        let filter = json!([{"in": "report", "question": question, "table": counted[0].0}]);
        let list = json!({"call": "ask", "as_of": DAY,
            "question": {"kind": "customers", "filter": filter}});
        let reply = call(&mut shard, &list, &told);
        let message = reply["error"]["message"].to_string();
        assert!(message.contains("must be told"), "{question}: {reply}");
        if is_made_of_all {
            continue;
        }
        // What was told of another day is refused.
        let told = other.told("2025-06-30", &question);
        let reply = call(&mut shard, &partial, &told);
        assert_eq!(reply["error"]["code"], "bad_data", "{question}");
    }
}
