//! JSON: an array of orders, or one fact a line (NDJSON).
//!
//! Items are cut out first and read one by one, so that a bad item is one refused item and a
//! million orders need the memory of one. In an array the brackets decide where an item ends; in
//! NDJSON the line end does.

use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Fact, Line, Order};
use okaeri_protocol::json;

use crate::dates;
use crate::error::ReadError;
use crate::layout::ReadReport;
use crate::money::{self, Currency, MAX_AMOUNT, MAX_QUANTITY};
use crate::refusal::{Fault, quoted};
use crate::row::missing;
use crate::source::Source;

/// No order, and no fact, is longer, in bytes.
const MAX_ITEM: usize = 8 << 20;

/// Reads an array of orders.
pub(crate) fn read_array(
    mut source: Source<'_>,
    sink: &mut dyn FnMut(Fact),
) -> Result<ReadReport, ReadError> {
    let mut report = ReadReport {
        format: "json".to_owned(),
        ..ReadReport::default()
    };
    let broken = |items, reason: &str| ReadError::BadJson {
        items,
        reason: reason.to_owned(),
    };
    if next_byte(&mut source)? != Some(b'[') {
        return Err(broken(0, "expected `[` and the orders"));
    }
    source.consume(1);
    let mut item = Vec::new();
    let mut first = true;
    loop {
        match next_byte(&mut source)? {
            Some(b']') => break,
            Some(b',') if !first => source.consume(1),
            Some(_) if first => {}
            Some(_) => return Err(broken(report.rows, "expected `,` or `]`")),
            None => {
                return Err(broken(
                    report.rows,
                    "the array is not closed: the file is cut off",
                ));
            }
        }
        first = false;
        next_byte(&mut source)?;
        if !cut_item(&mut source, &mut item, report.rows + 1)? {
            return Err(broken(report.rows, "the last order is cut off"));
        }
        report.rows += 1;
        take(json::read(&item).map(Fact::Order), &mut report, sink);
    }
    source.consume(1);
    match next_byte(&mut source)? {
        None => Ok(report),
        Some(_) => Err(broken(report.rows, "there is more behind the closing `]`")),
    }
}

/// Reads one fact a line; empty lines are passed over.
pub(crate) fn read_lines(
    mut source: Source<'_>,
    sink: &mut dyn FnMut(Fact),
) -> Result<ReadReport, ReadError> {
    let mut report = ReadReport {
        format: "ndjson".to_owned(),
        ..ReadReport::default()
    };
    let mut line = Vec::new();
    loop {
        line.clear();
        let more = cut_line(&mut source, &mut line, report.rows + 1)?;
        if !line.trim_ascii().is_empty() {
            report.rows += 1;
            take(json::read(&line), &mut report, sink);
        }
        if !more {
            return Ok(report);
        }
    }
}

fn take(item: Result<Fact, json::Fault>, report: &mut ReadReport, sink: &mut dyn FnMut(Fact)) {
    match item {
        Ok(fact) => match check(&fact) {
            Ok(()) => sink(fact),
            Err((column, fault)) => report.reject(report.rows, column, fault.code, fault.reason),
        },
        Err(fault) => {
            let code = if fault.is_data {
                "bad_value"
            } else {
                "bad_json"
            };
            report.reject(report.rows, &fault.at, code, fault.message);
        }
    }
}

/// The first byte that is not white space, without taking it.
fn next_byte(source: &mut Source<'_>) -> Result<Option<u8>, ReadError> {
    loop {
        let unread = source.unread();
        let spaces = unread
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let found = unread.get(spaces).copied();
        source.consume(spaces);
        if found.is_some() || !source.refill()? {
            return Ok(found);
        }
    }
}

/// Takes bytes up to a line end; false when the file ends there.
fn cut_line(source: &mut Source<'_>, line: &mut Vec<u8>, row: u64) -> Result<bool, ReadError> {
    loop {
        let unread = source.unread();
        let end = unread.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(unread.len());
        line.extend_from_slice(unread.get(..taken).unwrap_or_default());
        source.consume(taken + usize::from(end.is_some()));
        if line.len() > MAX_ITEM {
            return Err(ReadError::TooLong {
                row,
                limit: MAX_ITEM,
            });
        }
        if end.is_some() {
            return Ok(true);
        }
        if !source.refill()? {
            return Ok(false);
        }
    }
}

/// Takes the bytes of one item, up to the comma or bracket behind it; false when the file ends.
fn cut_item(source: &mut Source<'_>, item: &mut Vec<u8>, row: u64) -> Result<bool, ReadError> {
    item.clear();
    let (mut depth, mut in_text, mut escaped) = (0_u64, false, false);
    loop {
        let unread = source.unread();
        let mut taken = 0;
        let mut ended = false;
        for byte in unread {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                _ if in_text => {}
                b'[' | b'{' => depth += 1,
                b',' | b']' | b'}' if depth == 0 => {
                    ended = true;
                    break;
                }
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            taken += 1;
        }
        item.extend_from_slice(unread.get(..taken).unwrap_or_default());
        source.consume(taken);
        if item.len() > MAX_ITEM {
            return Err(ReadError::TooLong {
                row,
                limit: MAX_ITEM,
            });
        }
        if ended {
            return Ok(true);
        }
        if !source.refill()? {
            return Ok(false);
        }
    }
}

/// Whether the values can be believed; the field at fault otherwise.
fn check(fact: &Fact) -> Result<(), (&'static str, Fault)> {
    match fact {
        Fact::Order(order) => check_order(order),
        Fact::Customer(customer) => check_moment("registered_at", customer.registered_at),
        Fact::Contract(contract) => {
            check_id("contract_id", &contract.contract_id)?;
            check_moment("started_at", contract.started_at)?;
            check_moment("cancelled_at", contract.cancelled_at)
        }
        Fact::Event(event) => {
            check_id("event_id", &event.event_id)?;
            check_moment("at", Some(event.at))
        }
    }
}

fn check_order(order: &Order) -> Result<(), (&'static str, Fault)> {
    check_id("order_id", &order.order_id)?;
    if order.ordered_at.is_none() {
        return Err(("ordered_at", missing()));
    }
    check_moment("ordered_at", order.ordered_at)?;
    check_moment("updated_at", order.updated_at)?;
    for shipment in &order.shipments {
        check_moment("shipped_at", shipment.shipped_at)?;
    }
    if let Some(code) = order
        .currency
        .as_deref()
        .filter(|code| Currency::new(code).is_none())
    {
        let reason = format!("{} is no ISO 4217 code", quoted(code));
        return Err(("currency", Fault::new("bad_currency", reason)));
    }
    let totals = [
        ("tax_total", order.tax_total),
        ("shipping_total", order.shipping_total),
        ("fee_total", order.fee_total),
        ("discount_total", order.discount_total),
        ("points_used", order.points_used),
        ("billed_total", order.billed_total),
        ("refunded_total", order.refunded_total),
    ];
    for (field, amount) in totals {
        check_bound(field, amount.unwrap_or(0), MAX_AMOUNT)?;
    }
    order.lines.iter().try_for_each(check_line)
}

fn check_line(line: &Line) -> Result<(), (&'static str, Fault)> {
    check_id("product", &line.product)?;
    check_bound("quantity", line.quantity, MAX_QUANTITY)?;
    check_bound("unit_price", line.unit_price, MAX_AMOUNT)?;
    money::line_amount(line.quantity, line.unit_price).map_err(|fault| ("unit_price", fault))?;
    check_bound("amount", line.amount.unwrap_or(0), MAX_AMOUNT)?;
    check_bound("unit_cost", line.unit_cost.unwrap_or(0), MAX_AMOUNT)?;
    check_bound("tax_rate", line.tax_rate.unwrap_or(0).into(), 10_000)
}

fn check_id(field: &'static str, id: &str) -> Result<(), (&'static str, Fault)> {
    if id.trim().is_empty() {
        Err((field, missing()))
    } else {
        Ok(())
    }
}

fn check_bound(field: &'static str, value: i64, most: i64) -> Result<(), (&'static str, Fault)> {
    if (-most..=most).contains(&value) {
        return Ok(());
    }
    let reason = format!("`{value}` is more than is believed here");
    Err((field, Fault::new("out_of_range", reason)))
}

fn check_moment(field: &'static str, at: Option<Moment>) -> Result<(), (&'static str, Fault)> {
    let Some(at) = at else { return Ok(()) };
    dates::in_range(at, &at.to_string())
        .map(|_| ())
        .map_err(|fault| (field, fault))
}
