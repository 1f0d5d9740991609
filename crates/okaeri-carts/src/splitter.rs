//! Bytes of a delimited text → the cells of one row after the other.
//!
//! RFC 4180 with what real files do: LF, CR LF or CR ends a row, empty lines are passed over, a
//! quoted cell may hold newlines, a quote inside an unquoted cell is a plain character. The bytes
//! may come in pieces of any size (a CR LF counts as a row end and an empty line). A row with more than [`MAX_CELLS`] cells is counted, not kept.

/// More columns than this are no order file.
pub(crate) const MAX_CELLS: usize = 2_000;
/// No cell of an order file is longer, in bytes.
pub(crate) const MAX_CELL: usize = 1 << 20;
/// No row is longer, in bytes.
const MAX_ROW: usize = 8 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the first byte of a cell.
    Fresh,
    /// In an unquoted cell.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote in a quoted cell: its end, or the first half of a doubled quote.
    QuoteSeen,
}

/// What a piece of input led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// All of it is taken; the row goes on.
    More,
    /// A row is complete.
    Row,
    /// A cell is longer than [`MAX_CELL`], or the row than 8 MiB.
    TooLong,
}

pub(crate) struct Splitter {
    delimiter: u8,
    state: State,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    unclosed: bool,
}

impl Splitter {
    pub fn new(delimiter: u8) -> Self {
        Splitter {
            delimiter,
            state: State::Fresh,
            bytes: Vec::new(),
            ends: Vec::new(),
            cells: 0,
            unclosed: false,
        }
    }

    /// The row's cells, end to end.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each cell ends.
    pub fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// How many cells the row has, kept or not.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Whether the input ended within quotes.
    pub fn unclosed(&self) -> bool {
        self.unclosed
    }

    /// Forgets the row.
    pub fn begin_row(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.cells = 0;
        self.unclosed = false;
        self.state = State::Fresh;
    }

    /// The input is at its end: whether a last row stands without a line end.
    pub fn finish(&mut self) -> bool {
        let open = self.cells > 0 || self.state != State::Fresh;
        if open {
            self.unclosed = self.state == State::Quoted;
            self.end_cell();
        }
        open
    }

    /// Takes input up to the end of the row; says how many bytes were taken.
    pub fn push(&mut self, input: &[u8]) -> (usize, Step) {
        let mut at = 0;
        while let Some(&byte) = input.get(at) {
            let rest = input.get(at..).unwrap_or_default();
            match self.state {
                State::Quoted => {
                    let run = rest.iter().position(|b| *b == b'"').unwrap_or(rest.len());
                    self.keep(rest.get(..run).unwrap_or_default());
                    at += run;
                    if run < rest.len() {
                        self.state = State::QuoteSeen;
                        at += 1;
                    }
                }
                State::Fresh if byte == b'"' => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::QuoteSeen if byte == b'"' => {
                    self.keep(b"\"");
                    self.state = State::Quoted;
                    at += 1;
                }
                _ if byte == self.delimiter => {
                    self.end_cell();
                    at += 1;
                }
                _ if byte == b'\n' || byte == b'\r' => {
                    at += 1;
                    let blank = self.state == State::Fresh && self.cells == 0;
                    if !blank {
                        self.end_cell();
                        return (at, Step::Row);
                    }
                }
                _ => {
                    let ends = |b: &u8| *b == self.delimiter || *b == b'\n' || *b == b'\r';
                    let run = rest.iter().position(ends).unwrap_or(rest.len());
                    self.keep(rest.get(..run).unwrap_or_default());
                    self.state = State::Plain;
                    at += run;
                }
            }
            let cell = self.bytes.len() - self.ends.last().copied().unwrap_or(0);
            if cell > MAX_CELL || self.bytes.len() > MAX_ROW {
                return (at, Step::TooLong);
            }
        }
        (at, Step::More)
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.cells < MAX_CELLS {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn end_cell(&mut self) {
        if self.cells < MAX_CELLS {
            self.ends.push(self.bytes.len());
        }
        self.cells += 1;
        self.state = State::Fresh;
    }
}
