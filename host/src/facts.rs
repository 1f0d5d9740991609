//! Facts as the store keeps them and the module reads them: batches of columns, or NDJSON.

mod columns;
mod packing;
mod rows;

use anyhow::Context;
use okaeri_carts::Found;
use okaeri_protocol::facts::Fact;
use okaeri_protocol::request::Format;

pub use rows::SourceRows;

/// Rows of a full batch of lines.
const ROWS: usize = 100_000;
/// Bytes of a full batch of NDJSON.
const BYTES: usize = 8 << 20;

/// What a stored batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An Arrow IPC stream of order lines.
    Lines,
    /// An Arrow IPC stream of customers.
    Customers,
    /// One fact a line.
    Ndjson,
}

impl Kind {
    /// What the module calls it.
    pub fn format(self) -> Format {
        match self {
            Kind::Lines => Format::ArrowLines,
            Kind::Customers => Format::ArrowCustomers,
            Kind::Ndjson => Format::Ndjson,
        }
    }
}

/// Facts in one piece: what one call of the module takes in and one row of the log holds.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What `body` is.
    pub kind: Kind,
    /// Not compressed.
    pub body: Vec<u8>,
    /// Rows, or facts for NDJSON.
    pub rows: u64,
    /// Orders among them, as far as the writer knows.
    pub orders: u64,
}

impl Batch {
    /// Facts as NDJSON.
    ///
    /// # Errors
    /// When a fact cannot be written as JSON.
    pub fn ndjson(facts: &[Fact]) -> anyhow::Result<Batch> {
        let mut body = Vec::new();
        for fact in facts {
            write_line(&mut body, fact)?;
        }
        let orders = facts
            .iter()
            .filter(|fact| matches!(fact, Fact::Order(_)))
            .count() as u64;
        Ok(Batch {
            kind: Kind::Ndjson,
            body,
            rows: facts.len() as u64,
            orders,
        })
    }
}

fn write_line(body: &mut Vec<u8>, fact: &Fact) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *body, fact).context("a fact cannot be written as JSON")?;
    body.push(b'\n');
    Ok(())
}

/// Gathers facts into batches. All orders of one id within one load are one version of it.
#[derive(Default)]
pub struct Gathering {
    orders: Vec<Found>,
    /// Of `orders`, or a few more.
    rows: usize,
    others: Vec<u8>,
    others_rows: SourceRows,
    /// Of the batches that were given out.
    source: SourceRows,
}

impl Gathering {
    /// Adds a fact. Answers a batch when one is full.
    ///
    /// # Errors
    /// When the fact cannot be written.
    pub fn push(&mut self, found: Found) -> anyhow::Result<Option<Batch>> {
        let Fact::Order(order) = &found.fact else {
            write_line(&mut self.others, &found.fact)?;
            self.others_rows.push(found.row);
            return Ok((self.others.len() >= BYTES).then(|| self.take_others()));
        };
        self.rows += columns::rows_of(order);
        self.orders.push(found);
        if self.rows >= ROWS {
            self.take_orders()
        } else {
            Ok(None)
        }
    }

    /// What is left, in at most two batches, and whence the rows of all batches came.
    ///
    /// # Errors
    /// When an order cannot be written.
    pub fn finish(mut self) -> anyhow::Result<(Vec<Batch>, SourceRows)> {
        let orders = self.take_orders()?;
        let others = (!self.others.is_empty()).then(|| self.take_others());
        Ok((orders.into_iter().chain(others).collect(), self.source))
    }

    fn take_others(&mut self) -> Batch {
        let rows = std::mem::take(&mut self.others_rows);
        self.source.append(&rows);
        Batch {
            kind: Kind::Ndjson,
            body: std::mem::take(&mut self.others),
            rows: rows.len(),
            orders: 0,
        }
    }

    fn take_orders(&mut self) -> anyhow::Result<Option<Batch>> {
        if self.orders.is_empty() {
            return Ok(None);
        }
        let orders = std::mem::take(&mut self.orders);
        self.rows = 0;
        let lines = columns::lines(&orders);
        let (body, rows) = lines.context("orders cannot be written as columns")?;
        self.source.append(&rows);
        Ok(Some(Batch {
            kind: Kind::Lines,
            body,
            rows: rows.len(),
            orders: orders.len() as u64,
        }))
    }
}
