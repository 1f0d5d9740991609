//! Rows of one order each → orders.
//!
//! What a cart's file adds to this is its [`Layout`]. The rows of one order come one after the
//! other; an order goes out when the id changes. Where an id comes back later in the same file,
//! its rows go out as a further order of the same id that holds only those rows, and so does what
//! an order has beyond 2,000 lines: the loader takes all orders of one id within one load as one
//! version. Order columns are taken from the first row of an order that can be read.

use okaeri_protocol::answer::Rejected;
use okaeri_protocol::facts::{Fact, Order, Shipment};

use crate::error::ReadError;
use crate::headers::Headers;
use crate::records::Records;
use crate::refusal::{Fault, Refusal};
use crate::row::Row;

/// An order with more lines than this goes out in parts, so that no file can fill the memory.
const LINES_AT_ONCE: usize = 2_000;
/// How many refused rows are listed; all are counted.
const LISTED: usize = 1_000;

/// One kind of file with a row for each order line.
pub(crate) trait Layout {
    /// The name that the report gives.
    fn name(&self) -> &str;

    /// The id of the order to which the row belongs.
    fn order_id<'r>(&self, row: &Row<'r>) -> Result<std::borrow::Cow<'r, str>, Refusal>;

    /// The order columns of the row.
    fn order(&self, row: &Row<'_>, order_id: &str) -> Result<Order, Refusal>;

    /// Adds the row's line and destination.
    fn add(&self, row: &Row<'_>, order: &mut Order) -> Result<(), Refusal>;

    /// The last column that a whole row must reach. Excel drops empty cells at the end of a row,
    /// but a row that ends before this one was cut by a stray newline.
    fn last_needed(&self) -> usize;

    /// Columns whose names may be misspelt. A cart's file always has some that nobody needs.
    fn unread(&self, _headers: &Headers) -> Vec<String> {
        Vec::new()
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadReport {
    /// The format that was recognised, such as `next_engine`, or the mapping's name.
    pub format: String,
    /// Rows (or JSON items) read, refused ones included, empty ones not.
    pub rows: u64,
    /// Rows refused. An order with a refused row goes out without it; one without any good row
    /// does not go out.
    pub rejected_count: u64,
    /// The first thousand of them.
    pub rejected: Vec<Rejected>,
    /// The first hundred columns of Okaeri's own CSV whose names are none of ours.
    pub unread: Vec<String>,
}

impl ReadReport {
    /// Counts a refused row, and lists it while there is room.
    pub(crate) fn reject(&mut self, row: u64, column: &str, code: &str, reason: String) {
        self.rejected_count += 1;
        if self.rejected.len() < LISTED {
            let (column, code) = (column.to_owned(), code.to_owned());
            self.rejected.push(Rejected {
                row,
                column,
                code,
                reason,
            });
        }
    }
}

/// Reads all rows.
pub(crate) fn read_rows(
    records: &mut Records<'_>,
    headers: &Headers,
    layout: &dyn Layout,
    sink: &mut dyn FnMut(Fact),
) -> Result<ReadReport, ReadError> {
    let mut report = ReadReport {
        format: layout.name().to_owned(),
        unread: layout.unread(headers),
        ..ReadReport::default()
    };
    let mut open: Option<Open> = None;
    let widths = Widths {
        header: headers.names().len(),
        needed: layout.last_needed() + 1,
    };
    while let Some(record) = records.next()? {
        report.rows += 1;
        let taken = record.and_then(|row| take(&row, &widths, layout, &mut open, sink));
        if let Err(refusal) = taken {
            let column = refusal
                .column
                .and_then(|column| headers.names().get(column));
            let column = column.map_or("", String::as_str);
            report.reject(records.number(), column, refusal.code, refusal.reason);
        }
    }
    if let Some(open) = open {
        open.close(sink);
    }
    Ok(report)
}

/// The order that is being read.
struct Open {
    order: Order,
    good_rows: bool,
}

impl Open {
    fn close(self, sink: &mut dyn FnMut(Fact)) {
        if self.good_rows {
            sink(Fact::Order(self.order));
        }
    }
}

fn take(
    row: &Row<'_>,
    widths: &Widths,
    layout: &dyn Layout,
    open: &mut Option<Open>,
    sink: &mut dyn FnMut(Fact),
) -> Result<(), Refusal> {
    widths.check(row)?;
    let order_id = layout.order_id(row)?;
    let current = match open {
        Some(current) if current.order.order_id == *order_id => current,
        _ => {
            if let Some(done) = open.take() {
                done.close(sink);
            }
            open.insert(Open {
                order: layout.order(row, &order_id)?,
                good_rows: false,
            })
        }
    };
    if current.order.lines.len() >= LINES_AT_ONCE {
        let lines = std::mem::take(&mut current.order.lines);
        let shipments = std::mem::take(&mut current.order.shipments);
        sink(Fact::Order(Order {
            lines,
            shipments,
            ..current.order.clone()
        }));
    }
    layout.add(row, &mut current.order)?;
    current.good_rows = true;
    Ok(())
}

/// How many cells a row can have.
struct Widths {
    /// Columns of the header: cells beyond them are empty.
    header: usize,
    /// A shorter row was cut.
    needed: usize,
}

impl Widths {
    fn check(&self, row: &Row<'_>) -> Result<(), Refusal> {
        let (cells, header) = (row.cells(), self.header);
        if cells > header && !row.empty_from(header) {
            let reason = format!("the row has {cells} cells, the header {header}");
            return Err(Fault::new("too_many_cells", reason).at(None));
        }
        if cells < self.needed {
            let reason = format!("the row ends after {cells} cells, the header has {header}");
            return Err(Fault::new("too_few_cells", reason).at(None));
        }
        Ok(())
    }
}

/// Adds a destination unless the order has it; gives its id for the line.
pub(crate) fn ship_to(
    order: &mut Order,
    shipment_id: String,
    shipment: impl FnOnce() -> Result<Shipment, Refusal>,
) -> Result<Option<String>, Refusal> {
    if !order
        .shipments
        .iter()
        .any(|known| known.shipment_id.as_ref() == Some(&shipment_id))
    {
        let known = shipment()?;
        order.shipments.push(Shipment {
            shipment_id: Some(shipment_id.clone()),
            ..known
        });
    }
    Ok(Some(shipment_id))
}

/// An id for a destination that the cart does not number: the same words, the same id, in this
/// file and the next. `None` when there are no words at all. (FNV-1a, 64 bits.)
pub(crate) fn shipment_key<'a>(parts: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut any = false;
    for part in parts {
        any |= part.is_some();
        for byte in part.unwrap_or_default().bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    any.then(|| format!("{hash:016x}"))
}

/// Whether prices include the tax, by which of the two makes the total.
pub(crate) fn tax_included(total: Option<i64>, without_tax: i64, tax: Option<i64>) -> Option<bool> {
    match (total?, tax?) {
        (_, 0) => None,
        (total, tax) if total == without_tax + tax => Some(false),
        (total, _) if total == without_tax => Some(true),
        _ => None,
    }
}
