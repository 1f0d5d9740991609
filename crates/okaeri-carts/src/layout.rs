//! Rows of one order each → orders.
//!
//! What a cart's file adds to this is its [`Layout`]. The rows of one order come one after the
//! other; an order goes out when the id changes. Where an id comes back later in the same file,
//! its rows go out as a further order of the same id that holds only those rows, and so does what
//! an order has beyond 2,000 lines: the loader takes all orders of one id within one load as one
//! version. Order columns are taken from the first row of an order that can be read.

use okaeri_protocol::Named;
use okaeri_protocol::answer::Rejected;
use okaeri_protocol::facts::{Fact, Order, Shipment};

use crate::flat::Flat;
use crate::headers::Headers;
use crate::records::Record;
use crate::refusal::{Fault, Refusal};
use crate::row::{Column, Row};

/// An order with more lines than this goes out in parts, so that no file can fill the memory.
const LINES_AT_ONCE: usize = 2_000;
/// How many refused rows are listed; all are counted.
const LISTED: usize = 1_000;

/// One kind of file with a row for each order line.
pub(crate) trait Layout: Send {
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

    /// The file's column behind one of the flat form, for a message.
    fn place(&self, column: Flat) -> Column;
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
    /// For columns of the flat form by which a ledger may refuse a row: the file's own name.
    pub columns: Named<String>,
}

impl ReadReport {
    pub(crate) fn new(format: &str) -> Self {
        ReadReport {
            format: format.to_owned(),
            ..ReadReport::default()
        }
    }

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

/// A fact, and where it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The fact.
    pub fact: Fact,
    /// The row (or JSON item) with which it begins; 1 is the first, 0 cannot be told.
    pub row: u64,
    /// The row of each line of an order; empty when all of them stand in `row`.
    pub line_rows: Vec<u64>,
}

impl From<Fact> for Found {
    /// A fact that comes from no file.
    fn from(fact: Fact) -> Self {
        Found {
            fact,
            row: 0,
            line_rows: Vec::new(),
        }
    }
}

/// Takes the facts of a file.
pub type Sink<'s> = dyn FnMut(Found) + 's;

/// Columns by which a ledger may refuse a row.
const REFUSED_BY: [Flat; 9] = [
    Flat::OrderId,
    Flat::OrderedAt,
    Flat::Status,
    Flat::Currency,
    Flat::DiscountTotal,
    Flat::Product,
    Flat::Quantity,
    Flat::UnitPrice,
    Flat::Amount,
];

/// Rows on their way to orders.
pub(crate) struct Rows {
    headers: Headers,
    layout: Box<dyn Layout>,
    widths: Widths,
    open: Option<Open>,
    pub report: ReadReport,
}

impl Rows {
    pub fn new(headers: Headers, layout: Box<dyn Layout>) -> Self {
        let mut report = ReadReport::new(layout.name());
        let name = |flat: Flat| headers.names().get(layout.place(flat)?).cloned();
        let columns = REFUSED_BY
            .iter()
            .filter_map(|flat| Some((flat.name().to_owned(), name(*flat)?)));
        report.columns = columns.collect();
        report.unread = layout.unread(&headers);
        Rows {
            widths: Widths {
                header: headers.names().len(),
                needed: layout.last_needed() + 1,
            },
            headers,
            layout,
            open: None,
            report,
        }
    }

    /// Takes the next row.
    pub fn push(&mut self, record: Record<'_>, number: u64, sink: &mut Sink<'_>) {
        self.report.rows += 1;
        if let Err(refusal) = record.and_then(|row| self.take(&row, number, sink)) {
            let column = refusal
                .column
                .and_then(|column| self.headers.names().get(column));
            let column = column.map_or("", String::as_str);
            self.report
                .reject(number, column, refusal.code, refusal.reason);
        }
    }

    /// There are no more rows.
    pub fn finish(&mut self, sink: &mut Sink<'_>) {
        if let Some(open) = self.open.take() {
            open.close(sink);
        }
    }

    fn take(&mut self, row: &Row<'_>, number: u64, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        self.widths.check(row)?;
        let order_id = self.layout.order_id(row)?;
        let current = match &mut self.open {
            Some(current) if current.order.order_id == *order_id => current,
            open => {
                if let Some(done) = open.take() {
                    done.close(sink);
                }
                open.insert(Open {
                    order: self.layout.order(row, &order_id)?,
                    row: number,
                    line_rows: Vec::new(),
                    good_rows: false,
                })
            }
        };
        if current.order.lines.len() >= LINES_AT_ONCE {
            let lines = std::mem::take(&mut current.order.lines);
            let shipments = std::mem::take(&mut current.order.shipments);
            sink(Found {
                fact: Fact::Order(Order {
                    lines,
                    shipments,
                    ..current.order.clone()
                }),
                row: std::mem::replace(&mut current.row, number),
                line_rows: std::mem::take(&mut current.line_rows),
            });
        }
        self.layout.add(row, &mut current.order)?;
        current.line_rows.resize(current.order.lines.len(), number);
        current.good_rows = true;
        Ok(())
    }
}

/// The order that is being read.
struct Open {
    order: Order,
    row: u64,
    line_rows: Vec<u64>,
    good_rows: bool,
}

impl Open {
    fn close(self, sink: &mut Sink<'_>) {
        if self.good_rows {
            sink(Found {
                fact: Fact::Order(self.order),
                row: self.row,
                line_rows: self.line_rows,
            });
        }
    }
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
