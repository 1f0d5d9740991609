//! What one person bought, product by product.

use crate::book::{BookOrder, People};
use crate::ledger::Ledger;
use crate::order::sort_numbers;
use crate::report::Shop;

/// People whose lines are fetched at once.
const AHEAD: u32 = 64;

/// People and their orders, for reports that read the lines of all of them. These lie scattered
/// over the ledger, and each would be waited for: of some people they are fetched in one short
/// loop before the first is looked at, as reads that do not wait for one another overlap.
pub fn people<'a>(shop: &Shop<'a>) -> impl Iterator<Item = (u32, &'a [BookOrder])> + use<'a> {
    Fetched {
        shop: *shop,
        people: shop.book.people(0..0),
        next: 0,
    }
}

struct Fetched<'a> {
    shop: Shop<'a>,
    /// Those whose lines are fetched.
    people: People<'a>,
    /// The first whose are not.
    next: u32,
}

impl Fetched<'_> {
    fn fetch(&mut self) {
        let (book, lines) = (self.shop.book, &self.shop.ledger.lines);
        let people = self.next..book.person_count().min(self.next.saturating_add(AHEAD));
        self.next = people.end;
        self.people = book.people(people.clone());
        let orders = book.orders_of_all(people).iter();
        let fetched = orders.fold(0, |sum, order| sum ^ lines.fetch(order.line_start));
        // Nobody needs the sum, but reads for nothing would be left out.
        std::hint::black_box(fetched);
    }
}

impl<'a> Iterator for Fetched<'a> {
    type Item = (u32, &'a [BookOrder]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(person) = self.people.next() {
                return Some(person);
            }
            if self.next == self.shop.book.person_count() {
                return None;
            }
            self.fetch();
        }
    }
}

/// A product in an order, all of its lines together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bought {
    /// Rank of the product in the book.
    pub product: u32,
    /// Which of the orders, from 0.
    pub place: u32,
    /// Pieces.
    pub quantity: i64,
    /// Line totals in minor units.
    pub amount: i64,
}

impl Bought {
    fn key(self) -> u64 {
        u64::from(self.product) << 32 | u64::from(self.place)
    }
}

/// That a product is in an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Rank of the product in the book.
    pub product: u32,
    /// Which of the orders, from 0.
    pub place: u32,
}

/// Reads what people bought, one person after the other.
pub struct Reader<'a> {
    ledger: &'a Ledger,
    ranks: &'a [u32],
    rows: Vec<Bought>,
    places: Vec<Place>,
}

impl<'a> Reader<'a> {
    /// A reader of the shop's lines.
    pub fn new(shop: &Shop<'a>) -> Self {
        Reader {
            ledger: shop.ledger,
            ranks: &shop.book.rank_of_product,
            rows: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Which products are in which of these orders, as [`Reader::read`] has them.
    pub fn places(&mut self, orders: &[BookOrder]) -> &[Place] {
        self.places.clear();
        for (place, order) in (0u32..).zip(orders) {
            let lines = &self.ledger.lines;
            for id in lines.products(order.line_start, order.line_count) {
                if let Some(product) = self.ranks.get(*id as usize) {
                    let product = *product;
                    self.places.push(Place { product, place });
                }
            }
        }
        sort_numbers(&mut self.places, |one| {
            u64::from(one.product) << 32 | u64::from(one.place)
        });
        self.places.dedup();
        &self.places
    }

    /// What was bought with these orders, by product and then by order; each product of an order
    /// once.
    pub fn read(&mut self, orders: &[BookOrder]) -> &[Bought] {
        self.rows.clear();
        for (place, order) in (0u32..).zip(orders) {
            let lines = &self.ledger.lines;
            for line in lines.rows(order.line_start, order.line_count) {
                if let Some(product) = self.ranks.get(line.product as usize) {
                    self.rows.push(Bought {
                        product: *product,
                        place,
                        quantity: line.quantity,
                        amount: line.amount,
                    });
                }
            }
        }
        sort_numbers(&mut self.rows, Bought::key);
        self.rows.dedup_by(|next, kept| {
            let same = next.key() == kept.key();
            if same {
                kept.quantity = kept.quantity.wrapping_add(next.quantity);
                kept.amount = kept.amount.wrapping_add(next.amount);
            }
            same
        });
        &self.rows
    }

    /// The distinct products of an order, ascending.
    pub fn products(&self, order: &BookOrder, found: &mut Vec<u32>) {
        found.clear();
        let lines = &self.ledger.lines;
        for id in lines.products(order.line_start, order.line_count) {
            let Some(rank) = self.ranks.get(*id as usize) else {
                continue;
            };
            if found.last().is_none_or(|last| last < rank) {
                found.push(*rank);
                continue;
            }
            let place = found.partition_point(|known| known < rank);
            if found.get(place) != Some(rank) {
                found.insert(place, *rank);
            }
        }
    }
}
