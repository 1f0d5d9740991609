//! Baskets of a shop's book. Items are ranks of products among the sorted codes, so that what
//! comes out does not depend on the order of arrival.

use super::Baskets;
use crate::book::{Book, BookOrder};
use crate::ledger::Ledger;

/// One basket for every counted order, guests' orders among them. Only products of which `keep`
/// says yes to the rank; samples and shipping are not goods.
pub fn by_order(ledger: &Ledger, book: &Book, keep: &dyn Fn(u32) -> bool) -> Baskets {
    let mut filler = Filler::new(ledger, book, keep);
    for order in book.orders.iter().chain(&book.guests) {
        filler.order(order);
        filler.close();
    }
    filler.baskets
}

/// One basket for every customer who placed an order within the `days` days that end with the day
/// of the book: all that they bought in these days. Better where orders are small (期間併買).
pub fn by_customer(ledger: &Ledger, book: &Book, days: u32, keep: &dyn Fn(u32) -> bool) -> Baskets {
    let mut filler = Filler::new(ledger, book, keep);
    for (_, orders) in book.people(0..book.person_count()) {
        let age = |order: &BookOrder| i64::from(book.as_of_day) - i64::from(order.day);
        let within = |order: &&BookOrder| age(order) < i64::from(days);
        let mut within = orders.iter().filter(within).peekable();
        if within.peek().is_some() {
            within.for_each(|order| filler.order(order));
            filler.close();
        }
    }
    filler.baskets
}

struct Filler<'a> {
    ledger: &'a Ledger,
    ranks: &'a [u32],
    keep: &'a dyn Fn(u32) -> bool,
    basket: Vec<u32>,
    baskets: Baskets,
}

impl<'a> Filler<'a> {
    fn new(ledger: &'a Ledger, book: &'a Book, keep: &'a dyn Fn(u32) -> bool) -> Self {
        Filler {
            ledger,
            ranks: &book.rank_of_product,
            keep,
            basket: Vec::new(),
            baskets: Baskets::new(book.rank_of_product.len() as u32),
        }
    }

    fn order(&mut self, order: &BookOrder) {
        let lines = &self.ledger.lines;
        for id in lines.products(order.line_start, order.line_count) {
            let rank = self.ranks.get(*id as usize).copied();
            self.basket.extend(rank.filter(|rank| (self.keep)(*rank)));
        }
    }

    fn close(&mut self) {
        self.baskets.add(&self.basket);
        self.basket.clear();
    }
}
