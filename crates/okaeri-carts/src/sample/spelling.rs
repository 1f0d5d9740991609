//! The many ways to write the same thing.

/// With hyphens: after the third digit and before the last four.
pub fn with_hyphens(phone: &str) -> String {
    match phone.split_at_checked(3) {
        Some((area, rest)) => {
            let (middle, end) = rest.split_at(rest.len().saturating_sub(4));
            format!("{area}-{middle}-{end}")
        }
        None => phone.to_owned(),
    }
}

/// Digits as full-width ones.
pub fn full_width(digits: &str) -> String {
    digits
        .chars()
        .map(|c| {
            c.to_digit(10)
                .and_then(|d| char::from_u32('０' as u32 + d))
                .unwrap_or(c)
        })
        .collect()
}

/// Changes a text that is there.
pub trait MapText {
    /// The text changed, if there is one.
    fn map_text(&mut self, change: impl Fn(&str) -> String) -> Option<String>;
}

impl MapText for Option<String> {
    fn map_text(&mut self, change: impl Fn(&str) -> String) -> Option<String> {
        self.take().map(|text| change(&text))
    }
}
