//! What is wrong with a text, shown under the text.

use okaeri_protocol::segment::SegmentError;
use unicode_width::UnicodeWidthStr;

/// Each error: what it is, its line of the text with carets under its place, and what to try.
pub fn shown(text: &str, errors: &[SegmentError]) -> String {
    let mut out = String::new();
    for error in errors {
        let [start, end] = error.span.map(|unit| byte_of(text, unit));
        let (before, rest) = text.split_at(start);
        let inside = rest.get(..end.saturating_sub(start)).unwrap_or(rest);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text.get(line_start..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let indent = before.get(line_start..).unwrap_or_default().width();
        let length = inside.lines().next().unwrap_or_default().width().max(1);
        let carets = "^".repeat(length);
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!(
            "{}\n\n  {line}\n  {}{carets}\n",
            error.message,
            " ".repeat(indent)
        ));
        if let Some(suggestion) = &error.suggestion {
            out.push_str(&format!("  try {suggestion}\n"));
        }
    }
    out.trim_end().to_owned()
}

/// The byte of a place in UTF-16 code units.
fn byte_of(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += u32::try_from(letter.len_utf16()).unwrap_or_default();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(span: [u32; 2], suggestion: Option<&str>) -> SegmentError {
        SegmentError {
            message: "no".to_owned(),
            span,
            suggestion: suggestion.map(str::to_owned),
            ..SegmentError::default()
        }
    }

    #[test]
    fn carets_stand_under_what_is_wrong_as_wide_as_the_screen_shows_it() {
        let text = "company = '茶😀' AND\nnumber_of_order > 1 AND ";
        // Behind the two-unit letter, on the second line.
        let errors = [
            error([20, 35], Some("number_of_orders")),
            error([44, 44], None),
        ];
        let expected = "no\n\n  number_of_order > 1 AND \n  ^^^^^^^^^^^^^^^\n  \
            try number_of_orders\n\nno\n\n  number_of_order > 1 AND \n  \
            \u{20}                       ^";
        assert_eq!(shown(text, &errors), expected);
        let wide = shown("'茶' = 1", &[error([4, 5], None)]);
        assert_eq!(wide, "no\n\n  '茶' = 1\n       ^");
        assert_eq!(shown("", &[error([0, 9], None)]), "no\n\n  \n  ^");
    }
}
