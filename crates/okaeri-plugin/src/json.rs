//! Facts as JSON: an array of orders, or one fact a line.
//!
//! One bad item never spoils the others: each is read on its own.

use okaeri_protocol::answer::{CallError, ErrorCode, Rejected};
use okaeri_protocol::facts::{Fact, Order};
use serde_json::value::RawValue;

use crate::instance::error;

/// A fact with the number of its item or line, or why it is refused.
pub type Item = Result<Fact, Rejected>;

fn refused(row: u64, why: &serde_json::Error) -> Rejected {
    // serde_json ends its message with a place that counts from the item's own beginning.
    let reason = why.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    Rejected { row, column: String::new(), code: "bad_json".to_owned(), reason }
}

/// Hands over the orders of a JSON array, one by one.
///
/// # Errors
/// When the payload is no JSON array; nothing was handed over then.
pub fn array(payload: &[u8], sink: &mut dyn FnMut(u64, Item)) -> Result<u64, CallError> {
    let items: Vec<&RawValue> = serde_json::from_slice(payload).map_err(|why| {
        error(ErrorCode::BadData, None, format!("expected a JSON array of orders: {why}"))
    })?;
    for (index, item) in items.iter().enumerate() {
        let row = index as u64 + 1;
        match serde_json::from_str::<Order>(item.get()) {
            Ok(order) => sink(row, Ok(Fact::Order(order))),
            Err(why) => sink(row, Err(refused(row, &why))),
        }
    }
    Ok(items.len() as u64)
}

/// Hands over the facts of NDJSON, one by one; empty lines are passed over.
///
/// # Errors
/// When the payload is not UTF-8.
pub fn lines(payload: &[u8], sink: &mut dyn FnMut(u64, Item)) -> Result<u64, CallError> {
    let text = std::str::from_utf8(payload).map_err(|why| {
        let place = format!("byte {}", why.valid_up_to());
        error(ErrorCode::BadData, Some(&place), "expected UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row = index as u64 + 1;
        count += 1;
        match serde_json::from_str::<Fact>(line) {
            Ok(fact) => sink(row, Ok(fact)),
            Err(why) => sink(row, Err(refused(row, &why))),
        }
    }
    Ok(count)
}
