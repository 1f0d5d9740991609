//! The reference results of the dashboard workload, and how answers are held against them.

use std::path::PathBuf;

use serde_json::Value;

/// What loads the workload's Arrow streams: its column names, with 0 for "no key".
pub const LOAD: &str = r#"{"call":"load","format":"arrow_lines","more":MORE,"lines_hint":HINT,
    "columns":{"customer_id":"email_hash?0","phone":"phone_hash?0","product":"product_id",
    "quantity":"qty"}}"#;

/// The folder with the workload's definitions and expected results, if it is there.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/peers"));
    folder.join("expected").is_dir().then_some(folder)
}

/// 64-bit FNV-1a.
pub fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What of a table differs from what is expected; empty when nothing does.
pub fn differences(name: &str, expected: &Value, table: &Value) -> Vec<String> {
    let empty = Vec::new();
    let rows = table["rows"].as_array().unwrap_or(&empty);
    let mut found = Vec::new();
    let mut check = |what: &str, expected: &Value, got: Value| {
        if *expected != got {
            found.push(format!("{name}: {what} is {got}, expected {expected}"));
        }
    };
    check("columns", &expected["columns"], table["columns"].clone());
    check("n_rows", &expected["n_rows"], rows.len().into());
    let mut sums: Vec<i128> = Vec::new();
    let mut text = String::new();
    for row in rows {
        let cells = row.as_array().unwrap_or(&empty);
        sums.resize(cells.len(), 0);
        for (index, (cell, sum)) in cells.iter().zip(&mut sums).enumerate() {
            *sum += i128::from(cell.as_i64().unwrap_or(i64::MIN));
            text.push_str(if index > 0 { "," } else { "" });
            text.push_str(&cell.to_string());
        }
        text.push('\n');
    }
    let sums: Vec<Value> = sums
        .iter()
        .map(|sum| i64::try_from(*sum).ok().into())
        .collect();
    check("col_sums", &expected["col_sums"], sums.into());
    check(
        "fnv1a64",
        &expected["fnv1a64"],
        format!("{:016x}", fnv1a64(text.as_bytes())).into(),
    );
    found
}
