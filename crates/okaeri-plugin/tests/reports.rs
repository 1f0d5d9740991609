//! Every report opens the customers behind its numbers: as many as it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use chrono::NaiveDate;
use common::{call, load};
use okaeri_carts::sample::{SampleOptions, sample};
use okaeri_plugin::Instance;
use serde_json::{Value, json};

/// A table, how many key columns it has, and a column that counts each customer of a row once.
type Column = (&'static str, usize, &'static str);

/// Reports, and some columns of theirs.
const COUNTED: &[(&str, &[Column])] = &[(
    r#"{"kind": "steps"}"#,
    &[
        ("steps", 1, "customers"),
        ("steps", 1, "lapsed"),
        ("steps_by_cohort", 2, "converted"),
    ],
)];

const DAY: &str = "2025-12-31";

fn shop() -> Instance {
    let options = SampleOptions {
        orders: 1_500,
        until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        ..SampleOptions::default()
    };
    let orders = serde_json::to_vec(&sample(&options)).unwrap();
    let mut instance = Instance::new();
    load(&mut instance, "json", false, &orders);
    instance
}

fn ask(instance: &mut Instance, question: &Value) -> Value {
    let header = json!({"call": "ask", "as_of": DAY, "question": question});
    let reply = call(instance, &header, &[]);
    assert!(reply.get("error").is_none(), "{reply}");
    reply["answer"].clone()
}

#[test]
fn a_number_opens_as_many_customers_as_it_says() {
    let mut instance = shop();
    for (question, counted) in COUNTED {
        let question: Value = serde_json::from_str(question).unwrap();
        let answer = ask(&mut instance, &question);
        for (table, keys, measure) in *counted {
            let shown = &answer["tables"][*table];
            let columns = shown["columns"].as_array().unwrap();
            let place = columns.iter().position(|name| name == measure).unwrap();
            let rows = shown["rows"].as_array().unwrap();
            assert!(!rows.is_empty(), "{table} of {question} has no rows");
            // Every row of a short table, some of a long one.
            for row in rows.iter().step_by(rows.len() / 40 + 1) {
                let key = &row.as_array().unwrap()[..*keys];
                let list = json!({"kind": "customers", "limit": 0, "filter": [{"in": "report",
                    "question": question, "table": table, "key": key, "measure": measure}]});
                let found = ask(&mut instance, &list);
                assert_eq!(found["total"], row[place], "{table} {measure} {row}");
            }
        }
    }
}
