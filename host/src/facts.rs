//! Facts as the store keeps them and the module reads them: batches of columns, or NDJSON.

mod columns;

/// What a stored batch is; its text in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An Arrow IPC stream of order lines.
    Lines,
    /// An Arrow IPC stream of customers.
    Customers,
    /// One fact a line.
    Ndjson,
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
