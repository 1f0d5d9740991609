//! A header row: which column has which name.

use okaeri_nfkc::nfkc;

/// Column names, as the file has them and in the form in which they are compared.
pub(crate) struct Headers {
    names: Vec<String>,
    keys: Vec<String>,
}

/// The form in which column names are compared: NFKC (so that `受注住所１`, `消費税率（％）` and
/// half-width kana agree with their usual forms), ASCII lower case, no spaces around.
fn key(name: &str) -> String {
    nfkc(name).collect::<String>().trim().to_ascii_lowercase()
}

impl Headers {
    pub fn new(names: Vec<String>) -> Self {
        let keys = names.iter().map(|name| key(name)).collect();
        Headers { names, keys }
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The first column of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.nth(name, 1)
    }

    /// The `nth` column of this name, from 1: names may repeat.
    pub fn nth(&self, name: &str, nth: usize) -> Option<usize> {
        let wanted = key(name);
        let mut same = self
            .keys
            .iter()
            .enumerate()
            .filter(|(_, key)| **key == wanted);
        same.nth(nth.checked_sub(1)?).map(|(column, _)| column)
    }
}
