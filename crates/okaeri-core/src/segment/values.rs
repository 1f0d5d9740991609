//! The values that a shop knows: what may be asked for, commonest first.

use super::attributes::Dictionary;
use super::evaluate::Customers;
use super::happened::counts_of;
use super::query::{Listed, Text, What};
use crate::analysis::customers::search_form;
use crate::order::{first_sorted, sorted};

/// A value that the shop knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// As it is compared.
    pub text: String,
    /// What it is called, where that differs.
    pub name: Option<String>,
    /// Its customers; of a product or coupon, the orders with it; of a kind, the events.
    pub count: usize,
}

impl Customers<'_> {
    /// The commonest values of a dictionary that have what is written in them or in their name.
    pub fn known(&self, dictionary: Dictionary, written: &str, count_max: usize) -> Vec<Known> {
        let written = search_form(written);
        let known = match dictionary {
            Dictionary::Text(text) => self.known_texts(text),
            Dictionary::Shops => self.known_shops(),
            Dictionary::Products => self.known_products(),
            Dictionary::Listed(listed) => self.known_words(listed),
            Dictionary::Happened(what) => self.known_happenings(what),
        };
        let is_meant = |known: &Known| {
            let name = known.name.iter().map(String::as_str);
            let mut texts = std::iter::once(known.text.as_str()).chain(name);
            texts.any(|text| search_form(text).contains(&written))
        };
        let found = known.into_iter().filter(|known| known.count > 0);
        first_sorted(found.filter(is_meant).collect(), count_max, |a, b| {
            b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text))
        })
    }

    fn known_texts(&self, text: Text) -> Vec<Known> {
        let texts = self.columns.texts(self.view, text);
        let mut counts = vec![0usize; texts.forms.len()];
        for text in &texts.of_customer {
            if let Some(count) = counts.get_mut(*text as usize) {
                *count += 1;
            }
        }
        // Some are written in several ways.
        let forms = texts.forms.iter().zip(counts);
        let mut known: Vec<Known> = Vec::new();
        for (text, count) in sorted(forms.collect(), |a, b| a.0.cmp(b.0)) {
            match known.last_mut().filter(|last| last.text == *text) {
                Some(last) => last.count += count,
                None => known.push(Known {
                    text: text.clone(),
                    name: None,
                    count,
                }),
            }
        }
        known
    }

    fn known_shops(&self) -> Vec<Known> {
        let shops = &self.view.ledger.shops;
        let customers = &self.columns.shops(self.view).customers;
        let known = (0..shops.len() as u32).filter_map(|id| {
            Some(Known {
                text: shops.get(id)?.to_string(),
                name: None,
                count: customers.get(id).len(),
            })
        });
        known.collect()
    }

    fn known_words(&self, listed: Listed) -> Vec<Known> {
        let words = &self.view.ledger.words;
        let customers = &self.columns.words(self.view, listed).customers;
        let known = (0..words.len() as u32).filter_map(|id| {
            let count = customers.get(id).len();
            let text = words.get(id).filter(|_| count > 0)?.to_string();
            Some(Known {
                text,
                name: None,
                count,
            })
        });
        known.collect()
    }

    fn known_happenings(&self, what: What) -> Vec<Known> {
        let words = match what {
            What::Coupon => &self.view.ledger.words,
            What::Event => &self.view.ledger.events.kinds,
        };
        let happenings = self.columns.happenings(self.view, what);
        let counts = counts_of(happenings, words.len());
        let known = (0u32..).zip(counts).filter_map(|(id, count)| {
            let text = words.get(id).filter(|_| count > 0)?.to_string();
            Some(Known {
                text,
                name: None,
                count,
            })
        });
        known.collect()
    }

    fn known_products(&self) -> Vec<Known> {
        let ledger = self.view.ledger;
        let purchases = self.columns.purchases(self.view);
        let known = (0..ledger.products.len() as u32).filter_map(|id| {
            Some(Known {
                text: ledger.products.get(id)?.to_string(),
                name: ledger.product_names.get(id),
                count: purchases.orders_with(id),
            })
        });
        known.collect()
    }
}
