//! Keys that never identify anybody, as a shop lists them.

use super::normalise::{email_key, phone_key};

/// A shop's list: addresses, phones and customer numbers as typed. `noreply@` is that name at any
/// domain, `@example.com` every address of the domain.
#[derive(Clone, Debug, Default)]
pub struct Blocklist {
    emails: Vec<String>,
    phones: Vec<String>,
    others: Vec<String>,
}

impl Blocklist {
    /// Reads the entries; each may be of any kind.
    pub fn new<S: AsRef<str>>(entries: &[S]) -> Self {
        let mut list = Blocklist::default();
        let mut key = String::new();
        for entry in entries.iter().map(|entry| entry.as_ref().trim()) {
            if email_key(entry, &mut key) {
                list.emails.push(key.clone());
            } else if entry.contains('@') {
                let lower = entry.chars().flat_map(char::to_lowercase);
                list.emails.push(lower.collect());
            } else if phone_key(entry, &mut key) {
                list.phones.push(key.clone());
            }
            if !entry.is_empty() {
                list.others.push(entry.to_owned());
            }
        }
        list
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// Whether an e-mail key is listed, by itself, by its name or by its domain.
    pub fn has_email(&self, key: &str) -> bool {
        let Some((name, domain)) = key.rsplit_once('@') else {
            return false;
        };
        self.emails.iter().any(|entry| match entry.split_once('@') {
            Some((listed, "")) => listed == name,
            Some(("", listed)) => listed == domain,
            _ => entry == key,
        })
    }

    /// Whether a phone key is listed.
    pub fn has_phone(&self, key: &str) -> bool {
        self.phones.iter().any(|entry| entry == key)
    }

    /// Whether a customer number is listed.
    pub fn has_customer_id(&self, customer_id: &str) -> bool {
        self.others.iter().any(|entry| entry == customer_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_addresses_names_domains_phones_and_numbers() {
        let list = Blocklist::new(&[
            "Shop@Example.jp",
            "noreply@",
            "@test.example",
            "03-5511-2233",
            "C-1",
        ]);
        for (email, expected) in [
            ("shop@example.jp", true),
            ("shop@example.com", false),
            ("noreply@example.jp", true),
            ("anoreply@example.jp", false),
            ("taro@test.example", true),
            ("taro@a.test.example", false),
        ] {
            assert_eq!(list.has_email(email), expected, "{email}");
        }
        assert!(list.has_phone("+81355112233"));
        assert!(!list.has_phone("+81355112234"));
        assert!(list.has_customer_id("C-1"));
        assert!(!list.has_customer_id("C-2"));
        assert!(Blocklist::new(&[" ", ""]).is_empty());
    }
}
