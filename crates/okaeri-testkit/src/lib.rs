//! Case files: facts, a question and the answer, as text that a merchant could read.
//!
//! ```text
//! --- name-of-the-case
//! settings {"lifecycle":{"active_days":30,"drowsy_days":60}}
//! taro 2025-01-10 5000 tea
//! ask 2025-03-31 {"kind":"cells"}
//! ----
//! freq rec customers amount
//! 1    2   1         5000
//! ```
//!
//! A fact is a customer (`taro`, or `taro@mall` where the shop matters), a day, an amount and, if
//! it matters, a product and a status; or `fact` and the fact as JSON. Between the day of a
//! question and the question may stand `compare=` and `scope=`. The same file is run by every
//! engine; the answer is compared as text.

use serde_json::{Value, json};

/// One case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Calls that prepare the instance: JSON headers with payloads.
    pub calls: Vec<(String, String)>,
    /// The question's call.
    pub ask: String,
    /// What stands above the answer in the file.
    pub given: String,
    /// The answer in the file.
    pub expected: String,
}

/// The cases of a file.
///
/// # Errors
/// The line that is no part of a case.
pub fn cases(text: &str) -> Result<Vec<Case>, String> {
    text.split("--- ")
        .skip(1)
        .filter(|part| !part.starts_with('-'))
        .map(case)
        .collect()
}

fn case(text: &str) -> Result<Case, String> {
    let (given, expected) = text
        .split_once("\n----\n")
        .ok_or_else(|| format!("no ---- in: {text}"))?;
    let mut lines = given.lines();
    let name = lines.next().unwrap_or_default().trim().to_owned();
    let mut calls = Vec::new();
    let mut orders = Vec::new();
    let mut facts = String::new();
    let mut ask = None;
    for line in lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.split_once(' ') {
            Some(("settings", json)) => {
                let call = format!(r#"{{"call":"configure","settings":{json}}}"#);
                calls.push((call, String::new()));
            }
            Some(("fact", json)) => {
                facts.push_str(json);
                facts.push('\n');
            }
            Some(("ask", rest)) => ask = Some(ask_call(rest).ok_or_else(|| line.to_owned())?),
            Some(_) => orders.push(order(orders.len(), line)?),
            None => return Err(format!("{name}: `{line}` is no fact, setting or question")),
        }
    }
    let payload = Value::from(orders).to_string();
    calls.push((r#"{"call":"load","format":"json"}"#.to_owned(), payload));
    if !facts.is_empty() {
        calls.push((r#"{"call":"load","format":"ndjson"}"#.to_owned(), facts));
    }
    Ok(Case {
        ask: ask.ok_or_else(|| format!("{name}: no question"))?,
        name,
        calls,
        given: given.to_owned(),
        expected: expected.trim_end().to_owned(),
    })
}

/// `day [compare=day] [scope=own] question`.
fn ask_call(text: &str) -> Option<String> {
    let (words, question) = text.split_at(text.find('{')?);
    let mut words = words.split_whitespace();
    let mut call = format!(r#"{{"call":"ask","as_of":"{}""#, words.next()?);
    for word in words {
        let (name, value) = word.split_once('=')?;
        call.push_str(&format!(r#","{name}":"{value}""#));
    }
    Some(format!(r#"{call},"question":{question}}}"#))
}

/// `customer[@shop] day amount [product] [status]`; `-` is a guest.
fn order(index: usize, line: &str) -> Result<Value, String> {
    let mut words = line.split_whitespace();
    let (Some(customer), Some(day), Some(amount)) = (words.next(), words.next(), words.next())
    else {
        return Err(format!("`{line}` is no fact: customer, day, amount"));
    };
    let amount: i64 = amount
        .parse()
        .map_err(|_| format!("`{amount}` is no amount: {line}"))?;
    let product = words.next().unwrap_or("goods");
    let status = words.next().unwrap_or("completed");
    let (customer, shop) = match customer.split_once('@') {
        Some((customer, shop)) => (customer, Some(shop)),
        None => (customer, None),
    };
    let buyer = if customer == "-" {
        json!({})
    } else {
        json!({ "customer_id": customer })
    };
    Ok(json!({
        "order_id": format!("o{index:04}"),
        "shop": shop,
        "ordered_at": if day.contains('T') { day.to_owned() } else { format!("{day}T12:00:00") },
        "status": status,
        "buyer": buyer,
        "lines": [{ "product": product, "quantity": 1, "unit_price": amount }],
    }))
}

/// An answer as the text of a case: tables in columns, anything else as JSON.
pub fn shown(reply: &str) -> String {
    let reply: Value = serde_json::from_str(reply).unwrap_or_default();
    let tables = reply.pointer("/answer/tables").and_then(Value::as_object);
    let mut out = String::new();
    match tables {
        Some(tables) => {
            for (name, table) in tables {
                if tables.len() > 1 {
                    out.push_str(&format!("[{name}]\n"));
                }
                out.push_str(&table_text(table));
            }
            for note in reply
                .pointer("/notes")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let text = |name: &str| note.get(name).map(cell).unwrap_or_default();
                out.push_str(&format!("note {} {}\n", text("code"), text("count")));
            }
        }
        None => {
            let answer = reply.get("answer").or(reply.get("error")).unwrap_or(&reply);
            out = serde_json::to_string_pretty(answer).unwrap_or_default();
        }
    }
    out.trim_end().to_owned()
}

/// A cell as text: rates at six decimals, so that a case reads well.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            format!("{:.6}", number.as_f64().unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// A table in aligned columns.
pub fn table_text(table: &Value) -> String {
    let row_of =
        |row: &Value| -> Vec<String> { row.as_array().into_iter().flatten().map(cell).collect() };
    let mut rows = vec![row_of(table.get("columns").unwrap_or(&Value::Null))];
    rows.extend(
        table
            .get("rows")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(row_of),
    );
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(String::len)
                .max()
        })
        .map(Option::unwrap_or_default)
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(text, width)| format!("{text:width$}"));
        out.push_str(cells.collect::<Vec<_>>().join(" ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_facts_settings_and_the_question() {
        let text = "--- one\nsettings {}\ntaro 2025-01-10 5000\n- 2025-01-11 1 tea cancelled\n\
                    ask 2025-03-31 {\"kind\":\"cells\"}\n----\nanswer\n";
        let found = cases(text).unwrap_or_default();
        let [case] = found.as_slice() else {
            return assert_eq!(found.len(), 1);
        };
        assert_eq!(
            (case.name.as_str(), case.expected.as_str()),
            ("one", "answer")
        );
        assert_eq!(case.calls.len(), 2);
        assert!(cases("--- two\ntaro 2025\nask x {}\n----\n").is_err());
    }

    #[test]
    fn tables_stand_in_columns() {
        let table = json!({ "columns": ["a", "rate"], "rows": [[10, 0.5], ["x", null]] });
        assert_eq!(table_text(&table), "a  rate\n10 0.500000\nx  null\n");
    }
}
