//! The dashboard workload and its reference results, on which four other engines agree.

pub mod shards;
pub mod workload;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::engine::{Calls, Failure, frame, parts};

/// The whole dashboard on the workload's day.
pub const DASHBOARD: &str =
    r#"{"call":"ask","as_of":"2025-01-01","question":{"kind":"dashboard"}}"#;

/// Tables of a dashboard.
const TABLES: usize = 16;

/// Least bytes that a row takes in a stream: more rows than there are is a good hint, fewer is not.
const ROW_BYTES: u64 = 41;

/// The folder with the workload's definitions and expected results, if it is there.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/peers"));
    folder.join("expected").is_dir().then_some(folder)
}

/// The same; where it is not there, it is said that `what` is left out.
pub fn folder_for(what: &str) -> Option<PathBuf> {
    let found = folder();
    if found.is_none() {
        // Not by `eprintln!`: of a test that passes, nobody would see it.
        let said = format!("LEFT OUT: no reference results at ../shared/peers: {what}\n");
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    found
}

/// Settings of the workload's shop: its three store fronts number their customers together.
pub const CONFIGURE: &str = r#"{"call":"configure","settings":{"customer_numbers":"book"}}"#;

/// What loads one of the workload's Arrow streams: its column names, with 0 for "no key".
pub fn load_call(more: bool, lines_hint: u64) -> String {
    format!(
        r#"{{"call":"load","format":"arrow_lines","more":{more},"lines_hint":{lines_hint},
    "columns":{{"customer_id":"email_hash?0","phone":"phone_hash?0","product":"product_id",
    "quantity":"qty"}}}}"#
    )
}

/// Loads the streams in `files`; how long the engine took.
///
/// # Errors
/// When a file cannot be read, or a row is refused.
pub fn load(engine: &mut dyn Calls, files: &[PathBuf]) -> Result<Duration, Failure> {
    let mut bytes = 0;
    for file in files {
        bytes += file.metadata()?.len();
    }
    engine.ask(CONFIGURE, &[]);
    let mut spent = Duration::ZERO;
    for (index, file) in files.iter().enumerate() {
        let header = load_call(index + 1 < files.len(), bytes / ROW_BYTES);
        let (answer, took) = engine.timed(&frame(&header, &std::fs::read(file)?));
        let (reply, _) = parts(&answer);
        if !reply.contains(r#""rejected_count":0"#) {
            return Err(format!("{}: {reply}", file.display()).into());
        }
        spent += took;
    }
    Ok(spent)
}

/// What of a dashboard's tables differs from the reference results of a size.
///
/// # Errors
/// When there are no reference results of that size.
pub fn differences(size: &str, tables: &Value) -> Result<Vec<String>, Failure> {
    let folder = folder().ok_or("there are no reference results")?;
    let file = folder.join(format!("expected/{size}.json"));
    let expected: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let mut found = Vec::new();
    let mut compared = 0;
    for (name, table) in expected.as_object().into_iter().flatten() {
        if table["fnv1a64"].is_string() {
            compared += 1;
            found.extend(table_differences(name, table, &tables[name]));
        }
    }
    if compared != TABLES {
        found.push(format!("{compared} tables were compared, not {TABLES}"));
    }
    Ok(found)
}

/// 64-bit FNV-1a.
fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn table_differences(name: &str, expected: &Value, table: &Value) -> Vec<String> {
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
