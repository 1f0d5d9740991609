//! Rules with the codes and names of their products: what is told of them from one instance to
//! another, which number products in their own ways.

use super::Found;
use crate::analysis::partial::texts;
use crate::analysis::wire::{Malformed, Reader, begun};
use crate::baskets::rules::Rule;
use crate::interval::wilson;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The surest first. Items are places in `products`.
    pub rules: Vec<Rule>,
    /// Codes of the products that are in them.
    pub products: Vec<String>,
    /// Their names; empty when unknown.
    pub names: Vec<String>,
}

impl Known {
    /// The rules found, of products with these codes and names by number.
    pub fn of(found: Found, products: &[String], names: &[String]) -> Self {
        let mut known = Known {
            rules: found.rules,
            ..Known::default()
        };
        let mut places = vec![None; products.len()];
        for rule in &mut known.rules {
            for item in rule.left.iter_mut().chain([&mut rule.right]) {
                let number = *item as usize;
                let Some(place) = places.get_mut(number) else {
                    continue;
                };
                *item = *place.get_or_insert_with(|| {
                    let text = |of: &[String]| of.get(number).cloned().unwrap_or_default();
                    known.products.push(text(products));
                    known.names.push(text(names));
                    known.products.len() as u32 - 1
                });
            }
        }
        known
    }

    /// As bytes, behind the day that they hold for.
    pub fn encode(&self, as_of_day: i32) -> Vec<u8> {
        let mut out = begun(as_of_day);
        for texts in [&self.products, &self.names] {
            out.unsigned(texts.len() as u64);
            for text in texts {
                out.text(text);
            }
        }
        for rule in &self.rules {
            out.unsigned(rule.left.len() as u64);
            for item in &rule.left {
                out.unsigned((*item).into());
            }
            for number in rule.numbers() {
                out.unsigned(number.into());
            }
        }
        out.bytes
    }

    /// From such bytes behind the day.
    ///
    /// # Errors
    /// When they are something else.
    pub fn decode(mut input: Reader<'_>) -> Result<Self, Malformed> {
        let mut known = Known {
            products: texts(&mut input)?,
            names: texts(&mut input)?,
            ..Known::default()
        };
        while !input.bytes.is_empty() {
            let mut left = vec![0; input.count()?];
            let mut numbers = [0; 5];
            for number in left.iter_mut().chain(&mut numbers) {
                *number = u32::try_from(input.unsigned()?).map_err(|_| Malformed)?;
            }
            let [right, count, left_count, right_count, baskets] = numbers;
            let band = wilson(count.into(), left_count.into());
            known.rules.push(Rule {
                left,
                right,
                count,
                left_count,
                right_count,
                baskets,
                confidence_low: band.map_or(0.0, |band| band.low),
            });
        }
        Ok(known)
    }
}

impl Rule {
    fn numbers(&self) -> [u32; 5] {
        [
            self.right,
            self.count,
            self.left_count,
            self.right_count,
            self.baskets,
        ]
    }
}
