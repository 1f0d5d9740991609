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
use crate::layout::{Found, ReadReport, Sink};
use crate::money::{self, Currency, MAX_AMOUNT, MAX_QUANTITY};
use crate::refusal::{Fault, quoted};
use crate::row::missing;

/// No order, and no fact, is longer, in bytes.
const MAX_ITEM: usize = 8 << 20;

/// Where the reading of an array stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the bracket that opens it.
    Start,
    /// Behind that bracket.
    First,
    /// Behind a comma.
    Next,
    /// Within an item.
    Item,
    /// Behind an item.
    Behind,
    /// Behind the bracket that closes it.
    End,
}

/// An array of orders, read a piece at a time.
pub(crate) struct Array {
    at: At,
    item: Vec<u8>,
    depth: u64,
    in_text: bool,
    escaped: bool,
    pub report: ReadReport,
}

impl Array {
    pub fn new() -> Self {
        Array {
            at: At::Start,
            item: Vec::new(),
            depth: 0,
            in_text: false,
            escaped: false,
            report: ReadReport::new("json"),
        }
    }

    /// Whether the array is closed.
    pub fn is_whole(&self) -> bool {
        self.at == At::End
    }

    pub fn push(&mut self, mut bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ReadError> {
        loop {
            if self.at == At::Item {
                let ended = self.cut(&mut bytes);
                if self.item.len() > MAX_ITEM {
                    return Err(too_long(self.report.rows + 1));
                }
                if !ended {
                    return Ok(());
                }
                self.at = At::Behind;
                self.report.rows += 1;
                let item = json::read(&self.item).map(Fact::Order);
                take(item, &mut self.report, sink);
                self.item.clear();
            }
            bytes = bytes.trim_ascii_start();
            let Some((first, rest)) = bytes.split_first() else {
                return Ok(());
            };
            self.at = match (self.at, first) {
                (At::Start, b'[') => At::First,
                (At::First | At::Behind, b']') => At::End,
                (At::Behind, b',') => At::Next,
                (At::First | At::Next, _) => {
                    self.at = At::Item;
                    continue;
                }
                (At::Start, _) => return Err(self.broken("expected `[` and the orders")),
                (At::End, _) => return Err(self.broken("there is more behind the closing `]`")),
                (At::Behind | At::Item, _) => return Err(self.broken("expected `,` or `]`")),
            };
            bytes = rest;
        }
    }

    pub fn finish(&mut self) -> Result<(), ReadError> {
        match self.at {
            At::End => Ok(()),
            At::Start => Err(self.broken("expected `[` and the orders")),
            At::First | At::Behind => {
                Err(self.broken("the array is not closed: the file is cut off"))
            }
            At::Next | At::Item => Err(self.broken("the last order is cut off")),
        }
    }

    fn broken(&self, reason: &str) -> ReadError {
        ReadError::BadJson {
            items: self.report.rows,
            reason: reason.to_owned(),
        }
    }

    /// Takes the bytes of one item, up to the comma or bracket behind it; whether they end there.
    fn cut(&mut self, bytes: &mut &[u8]) -> bool {
        let end = bytes.iter().position(|byte| {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                _ if self.in_text => {}
                b'[' | b'{' => self.depth += 1,
                b',' | b']' | b'}' if self.depth == 0 => return true,
                b']' | b'}' => self.depth -= 1,
                _ => {}
            }
            false
        });
        let (taken, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
        self.item.extend_from_slice(taken);
        *bytes = rest;
        end.is_some()
    }
}

/// One fact a line, read a piece at a time; empty lines are passed over.
pub(crate) struct Lines {
    line: Vec<u8>,
    pub report: ReadReport,
}

impl Lines {
    pub fn new() -> Self {
        Lines {
            line: Vec::new(),
            report: ReadReport::new("ndjson"),
        }
    }

    pub fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), ReadError> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if self.line.len() > MAX_ITEM {
                return Err(too_long(self.report.rows + 1));
            }
            if piece.ends_with(b"\n") {
                self.finish(sink);
            }
        }
        Ok(())
    }

    /// The line is at its end.
    pub fn finish(&mut self, sink: &mut Sink<'_>) {
        if !self.line.trim_ascii().is_empty() {
            self.report.rows += 1;
            take(json::read(&self.line), &mut self.report, sink);
        }
        self.line.clear();
    }
}

fn too_long(row: u64) -> ReadError {
    ReadError::TooLong {
        row,
        limit: MAX_ITEM,
    }
}

fn take(item: Result<Fact, json::Fault>, report: &mut ReadReport, sink: &mut Sink<'_>) {
    match item {
        Ok(fact) => match check(&fact) {
            Ok(()) => sink(Found {
                fact,
                row: report.rows,
                line_rows: Vec::new(),
            }),
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
        Fact::Judgement(judgement) => check_moment("at", Some(judgement.at)),
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
