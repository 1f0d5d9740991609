//! Calls of an instance as JSON.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod asked;

use okaeri_plugin::Instance;
use okaeri_plugin::frame::{join, split};
use serde_json::{Value, json};

/// The answer's header to a call's.
pub fn call(instance: &mut Instance, header: &Value, payload: &[u8]) -> Value {
    let answer = instance.call(&join(header.to_string().as_bytes(), payload).unwrap());
    serde_json::from_slice(split(&answer).unwrap().0).unwrap()
}

pub fn load(instance: &mut Instance, format: &str, more: bool, payload: impl AsRef<[u8]>) -> Value {
    let header = json!({"call": "load", "format": format, "more": more});
    call(instance, &header, payload.as_ref())
}

/// Row, column and code of each refused row.
pub fn refused(reply: &Value) -> Vec<(u64, String, String)> {
    let listed = reply["answer"]["rejected"].as_array();
    let listed = listed.unwrap_or_else(|| panic!("{reply}"));
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    listed
        .iter()
        .map(|row| {
            (
                row["row"].as_u64().unwrap(),
                text(row, "column"),
                text(row, "code"),
            )
        })
        .collect()
}

pub fn three(rows: &[(u64, &str, &str)]) -> Vec<(u64, String, String)> {
    rows.iter()
        .map(|(row, column, code)| (*row, (*column).to_owned(), (*code).to_owned()))
        .collect()
}
