//! Rows of a delimited file, decoded; the first is the header.

use crate::cp932;
use crate::error::ReadError;
use crate::refusal::{Fault, Refusal};
use crate::row::Row;
use crate::source::Source;
use crate::splitter::{MAX_CELL, MAX_CELLS, Splitter, Step};
use crate::text::Encoding;

/// A row, or why it is none.
pub(crate) type Record<'a> = Result<Row<'a>, Refusal>;

pub(crate) struct Records<'r> {
    source: Source<'r>,
    splitter: Splitter,
    encoding: Encoding,
    decoded: String,
    decoded_ends: Vec<usize>,
    number: u64,
}

impl<'r> Records<'r> {
    /// Reads the header; the rows come after it.
    pub fn open(
        source: Source<'r>,
        delimiter: u8,
        encoding: Encoding,
    ) -> Result<(Self, Vec<String>), ReadError> {
        let mut records = Records {
            source,
            splitter: Splitter::new(delimiter),
            encoding,
            decoded: String::new(),
            decoded_ends: Vec::new(),
            number: 0,
        };
        if !records.split()? {
            return Err(ReadError::Empty);
        }
        let count = records.splitter.cells();
        if count > MAX_CELLS {
            return Err(ReadError::TooManyColumns { count });
        }
        let row = records.decode().map_err(|_| ReadError::Encoding)?;
        let header = (0..count)
            .map(|column| row.owned(Some(column)).unwrap_or_default())
            .collect();
        Ok((records, header))
    }

    /// Rows read so far: the number of the row that `next` gave last, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next row that has anything in it; `None` at the end of the file.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, ReadError> {
        loop {
            self.number += 1;
            if !self.split()? {
                return Ok(None);
            }
            if !self.splitter.bytes().is_empty() || self.splitter.cells() > MAX_CELLS {
                break;
            }
        }
        Ok(Some(self.decode()))
    }

    /// Takes the bytes of one row from the file; false at its end.
    fn split(&mut self) -> Result<bool, ReadError> {
        self.splitter.begin_row();
        loop {
            let (taken, step) = self.splitter.push(self.source.unread());
            self.source.consume(taken);
            match step {
                Step::Row => return Ok(true),
                Step::TooLong => {
                    return Err(ReadError::TooLong {
                        row: self.number,
                        limit: MAX_CELL,
                    });
                }
                Step::More if self.source.refill()? => {}
                Step::More => return Ok(self.splitter.finish()),
            }
        }
    }

    fn decode(&mut self) -> Record<'_> {
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
