//! Cells for CSV exports that no spreadsheet takes for a formula.
//!
//! A cell whose first character, behind any quotes and white space, is one with which a formula
//! can begin gets an apostrophe in front; numbers stay numbers. `original` takes it off again, so
//! that what was exported reads back as it was.

use std::borrow::Cow;

/// Characters with which a spreadsheet begins a formula, or a command.
const BEGINNINGS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The cell's text, with an apostrophe in front where it needs one; not yet quoted for CSV.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as it was before [`guarded`].
pub fn original(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_dangerous(rest))
        .unwrap_or(text)
}

/// Appends the cell to a row of CSV: guarded, and in quotes where RFC 4180 needs them.
pub fn push_cell(row: &mut String, text: &str) {
    let text = guarded(text);
    let needs_quotes = |c: char| matches!(c, '"' | ',' | ';' | '\t' | '\r' | '\n');
    let edges = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if edges || text.contains(needs_quotes) {
        row.push('"');
        row.push_str(&text.replace('"', "\"\""));
        row.push('"');
    } else {
        row.push_str(&text);
    }
}

fn is_dangerous(text: &str) -> bool {
    // An apostrophe of the text's own must not pass for the guard.
    if text
        .trim_start_matches('\'')
        .starts_with(['\t', '\r', '\n'])
    {
        return true;
    }
    let hides =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{feff}');
    let bare = text.trim_start_matches(hides);
    bare.starts_with(BEGINNINGS) && !is_number(text)
}

/// `-12`, `-12.50`: what a spreadsheet can only read as that number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_stay() {
        let dangerous = [
            "=1+1",
            "+81 90-1234-5678",
            "-1+1",
            "-",
            "@SUM(A1)",
            "\t=1",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            " =1",
            "\"=1",
            "'=1",
            "''=1",
            " \" =1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{0}=1",
            "-1e5",
            "-.5",
            "- 5",
        ];
        for text in dangerous {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
            assert_eq!(original(&guarded(text)), text);
        }
        for text in [
            "",
            "a=b",
            "0",
            "-12",
            "-12.50",
            "1234",
            "090-1234-5678",
            "'quoted'",
            "東京",
        ] {
            assert_eq!(guarded(text), text);
            assert_eq!(original(text), text);
        }
    }

    #[test]
    fn every_short_text_comes_back_and_no_cell_is_dangerous() {
        let alphabet = ['=', '-', '\'', '"', ' ', '\t', '1', 'a', '＝'];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = texts
                .iter()
                .flat_map(|text| alphabet.map(|c| format!("{text}{c}")));
            texts = longer.chain([String::new()]).collect();
            for text in &texts {
                let cell = guarded(text);
                let risky = cell
                    .trim_start_matches([' ', '\t', '"'])
                    .starts_with(BEGINNINGS);
                assert!(!risky || is_number(&cell), "{cell:?}");
                assert_eq!(original(&cell), text);
                let mut row = String::new();
                push_cell(&mut row, text);
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(row.as_bytes());
                let record = reader
                    .records()
                    .next()
                    .and_then(Result::ok)
                    .unwrap_or_default();
                assert_eq!(original(record.get(0).unwrap_or_default()), text, "{row:?}");
            }
        }
    }
}
