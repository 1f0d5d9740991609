//! Bytes of a delimited file, a piece at a time → its rows, decoded.

use crate::cp932;
use crate::error::ReadError;
use crate::refusal::{Fault, Refusal};
use crate::row::Row;
use crate::splitter::{MAX_CELL, MAX_CELLS, Splitter, Step};
use crate::text::Encoding;

/// A row, or why it is none.
pub(crate) type Record<'a> = Result<Row<'a>, Refusal>;

pub(crate) struct Records {
    splitter: Splitter,
    encoding: Encoding,
    decoded: String,
    decoded_ends: Vec<usize>,
    /// Rows that are complete, the header among them.
    complete: u64,
    /// The splitter holds a complete row.
    holds_row: bool,
}

impl Records {
    pub fn new(delimiter: u8, encoding: Encoding) -> Self {
        Records {
            splitter: Splitter::new(delimiter),
            encoding,
            decoded: String::new(),
            decoded_ends: Vec::new(),
            complete: 0,
            holds_row: false,
        }
    }

    /// The number of the row that is complete: 0 is the header.
    pub fn number(&self) -> u64 {
        self.complete.saturating_sub(1)
    }

    /// Takes bytes up to the end of a row; whether one is complete.
    pub fn push(&mut self, bytes: &mut &[u8]) -> Result<bool, ReadError> {
        if std::mem::take(&mut self.holds_row) {
            self.splitter.begin_row();
        }
        let (taken, step) = self.splitter.push(bytes);
        *bytes = bytes.get(taken..).unwrap_or_default();
        match step {
            Step::More => Ok(false),
            Step::TooLong => Err(ReadError::TooLong {
                row: self.complete,
                limit: MAX_CELL,
            }),
            Step::Row => Ok(self.end_row()),
        }
    }

    /// The file is at its end: whether a last row stands without a line end.
    pub fn finish(&mut self) -> bool {
        if std::mem::take(&mut self.holds_row) {
            self.splitter.begin_row();
        }
        self.splitter.finish() && self.end_row()
    }

    fn end_row(&mut self) -> bool {
        self.complete += 1;
        self.holds_row = true;
        true
    }

    /// Whether the row that is complete has nothing in it.
    pub fn is_blank(&self) -> bool {
        self.splitter.bytes().is_empty() && self.splitter.cells() <= MAX_CELLS
    }

    /// The names in the row that is complete.
    pub fn header(&mut self) -> Result<Vec<String>, ReadError> {
        let count = self.splitter.cells();
        if count > MAX_CELLS {
            return Err(ReadError::TooManyColumns { count });
        }
        let row = self.row().map_err(|_| ReadError::Encoding)?;
        Ok((0..count)
            .map(|column| row.owned(Some(column)).unwrap_or_default())
            .collect())
    }

    /// The row that is complete.
    pub fn row(&mut self) -> Record<'_> {
        let refused = |code, reason: &str| Err(Fault::new(code, reason).at(None));
        if self.splitter.cells() > MAX_CELLS {
            return refused("too_many_cells", "the row has more than 2,000 cells");
        }
        if self.splitter.unclosed() {
            return refused(
                "unclosed_quote",
                "a quote is open up to the end of the file",
            );
        }
        let (bytes, ends) = (self.splitter.bytes(), self.splitter.ends());
        if self.encoding == Encoding::Utf8 || bytes.is_ascii() {
            let text = std::str::from_utf8(bytes).ok();
            return match text.filter(|text| ends.iter().all(|end| text.is_char_boundary(*end))) {
                Some(text) => Ok(Row::new(text, ends)),
                None => refused("bad_encoding", "the row is not UTF-8 throughout"),
            };
        }
        self.decoded.clear();
        self.decoded_ends.clear();
        let mut start = 0;
        for &end in ends {
            if !cp932::decode(bytes.get(start..end).unwrap_or_default(), &mut self.decoded) {
                return refused(
                    "bad_encoding",
                    "the row is not CP932 (Shift_JIS) throughout",
                );
            }
            self.decoded_ends.push(self.decoded.len());
            start = end;
        }
        Ok(Row::new(&self.decoded, &self.decoded_ends))
    }
}
