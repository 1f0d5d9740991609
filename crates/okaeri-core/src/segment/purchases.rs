//! Who bought a product when: the orders of each product, so that a question about one of them
//! costs as much as it was bought.

use std::ops::Range;

use super::bits::Bits;
use super::postings::{Meet, Postings};
use super::query::Purchased;
use crate::analysis::people::Figures;
use crate::book::Book;
use crate::keys::{Key, NONE};
use crate::ledger::Ledger;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Purchases {
    /// Places of orders in the book, by product id; each order once a product, ascending.
    orders: Postings,
    /// The customer of each order of the book, or NONE.
    customer: Vec<u32>,
}

/// Tells each product of each order once, and the place of the order.
fn each(ledger: &Ledger, book: &Book, meet: &mut Meet<'_>) {
    let mut last = vec![NONE; ledger.products.len()];
    for (place, order) in (0u32..).zip(&book.orders) {
        for product in ledger.lines.products(order.line_start, order.line_count) {
            if let Some(last) = last.get_mut(*product as usize)
                && *last != place
            {
                *last = place;
                meet(*product, place);
            }
        }
    }
}

impl Purchases {
    pub fn of(ledger: &Ledger, book: &Book, figures: &[Figures]) -> Self {
        let mut customer = vec![NONE; book.orders.len()];
        for (index, figures) in (0u32..).zip(figures) {
            if let Some(places) = customer.get_mut(places(book, figures.person)) {
                places.fill(index);
            }
        }
        Purchases {
            orders: Postings::of(ledger.products.len(), &|meet| each(ledger, book, meet)),
            customer,
        }
    }

    /// How many orders have a product.
    pub fn orders_with(&self, product: u32) -> usize {
        self.orders.get(product).len()
    }

    /// Who bought a product so often; nobody bought one that does not exist.
    ///
    /// `days` are those of the book's orders.
    pub fn who(&self, ledger: &Ledger, days: &[i32], len: usize, asked: &Purchased) -> Bits {
        let mut bits = Bits::none(len);
        let code = asked.product.as_deref().unwrap_or_default();
        let Some(product) = ledger.products.find(Key::of(code)) else {
            return bits;
        };
        let (mut of, mut count) = (NONE, 0);
        for place in self.orders.get(product) {
            let day = days.get(*place as usize);
            let customer = self.customer.get(*place as usize);
            let (Some(day), Some(customer)) = (day, customer) else {
                continue;
            };
            if *day < asked.since || *day > asked.until {
                continue;
            }
            count = if of == *customer { count + 1 } else { 1 };
            of = *customer;
            if count == asked.count {
                bits.insert(of as usize);
            }
        }
        bits
    }
}

/// How many orders of the book count before each of them, and in all, whatever was bought.
///
/// Two passes without a branch that depends on a day: which of them count is anyone's guess, and a
/// wrong guess costs more.
pub(super) fn counts_before(days: &[i32], asked: &Purchased) -> Vec<u32> {
    let mut before = Vec::with_capacity(days.len() + 1);
    let mut count = 0u32;
    for day in days {
        before.push(count);
        count += u32::from((*day >= asked.since) & (*day <= asked.until));
    }
    before.push(count);
    before
}

/// Where a person's orders stand in the book.
pub(super) fn places(book: &Book, person: u32) -> Range<usize> {
    let start = |person: u32| book.starts.get(person as usize).copied();
    let range = start(person).zip(start(person.saturating_add(1)));
    range.map_or(0..0, |(start, end)| start as usize..end as usize)
}
