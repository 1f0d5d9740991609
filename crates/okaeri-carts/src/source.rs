//! Bytes of a file, a piece at a time, with the beginning in view.
//!
//! The first mebibyte is held before anything is decided, so that the encoding and the format can
//! be told; after that only one piece is held at a time.

use std::io::Read;

use crate::error::ReadError;

/// How much of the beginning is looked at before the encoding is chosen.
const PREFIX: u64 = 1 << 20;
/// Bytes asked of the reader at once.
const PIECE: u64 = 1 << 18;

pub(crate) struct Source<'r> {
    input: &'r mut dyn Read,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<'r> Source<'r> {
    /// Reads the beginning, passes over a UTF-8 byte order mark and refuses what is no text.
    pub fn open(input: &'r mut dyn Read) -> Result<Self, ReadError> {
        let mut source = Source {
            input,
            buffer: Vec::new(),
            start: 0,
            ended: false,
        };
        source.more(PREFIX)?;
        if let Some(what) = looks_like(&source.buffer) {
            return Err(ReadError::NotText(what));
        }
        Ok(source)
    }

    /// What was read and not yet consumed.
    pub fn unread(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.buffer.len());
    }

    /// Whether `unread` reaches to the end of the file.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Replaces what was consumed by the next piece; false at the end of the file.
    pub fn refill(&mut self) -> Result<bool, ReadError> {
        self.buffer.drain(..self.start);
        self.start = 0;
        if !self.ended {
            self.more(PIECE)?;
        }
        Ok(!self.buffer.is_empty())
    }

    fn more(&mut self, bytes: u64) -> Result<(), ReadError> {
        let read = (&mut *self.input)
            .take(bytes)
            .read_to_end(&mut self.buffer)?;
        self.ended = (read as u64) < bytes;
        Ok(())
    }
}

/// What a file is that is no text, by its first bytes.
fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 5] = [
        (b"\x1f\x8b", "compressed (gzip)"),
        (b"PK\x03\x04", "an Excel workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
    ];
    let known = kinds
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, what)| *what);
    known.or_else(|| bytes.contains(&0).then_some("binary"))
}
