//! Why a value, and with it a row, is refused.
//!
//! The code is for programs and translations, the reason for people. Codes in use: `missing`,
//! `not_a_number`, `fraction`, `out_of_range`, `not_a_date`, `date_out_of_range`, `not_a_flag`,
//! `unknown_value`, `bad_currency`, `bad_encoding`, `too_many_cells`, `too_few_cells`,
//! `unclosed_quote`, `no_order_row`, `bad_json`, `bad_value`.

/// What is wrong with a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub reason: String,
}

impl Fault {
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Fault {
            code,
            reason: reason.into(),
        }
    }

    /// The value stood in this column; `None` when no single column is to blame.
    pub fn at(self, column: Option<usize>) -> Refusal {
        Refusal {
            column,
            code: self.code,
            reason: self.reason,
        }
    }
}

/// Why a row is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub column: Option<usize>,
    pub code: &'static str,
    pub reason: String,
}

/// The user's own text for a message: in backticks, cut after 40 characters.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
