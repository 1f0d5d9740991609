//! A small shop and a chance one, and what the reports say of them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

mod counts;
mod due;
mod together;

use crate::analysis::people::figures;
use crate::book::{Book, BookOrder, LeftOut, Sold};
use crate::identity::People;
use crate::keys::NONE;
use crate::ledger::Ledger;
use crate::ledger::columns::LineRow;
use crate::people::PersonKeys;
use crate::report::{Counted, Report, Sheet, Shop, Tally, Values};
use crate::zone::Zone;

const AS_OF_DAY: i32 = 1000;

/// An order: its day, and its products with their amounts.
type Order = (i32, Vec<(u32, i64)>);

/// Numbers that look like chance, the same everywhere (Steele & Vigna 2021).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
        (self.0 >> 33) % bound
    }

    /// Customers, some of whom placed no order.
    fn people(&mut self, count: usize) -> Vec<Vec<Order>> {
        let person = |_| {
            let mut day = 100 + self.below(800) as i32;
            let mut orders = Vec::new();
            for _ in 0..self.below(6) {
                if day > AS_OF_DAY {
                    break;
                }
                let lines = 1 + self.below(3);
                let line = |_| (self.below(7) as u32, 100 * self.below(50) as i64);
                orders.push((day, (0..lines).map(line).collect()));
                day += self.below(250) as i32;
            }
            orders
        };
        (0..count).map(person).collect()
    }
}

/// A shop of these people's orders; the last one's are guests'. Products have their own numbers
/// for ranks.
struct Facts {
    ledger: Ledger,
    book: Book,
}

impl Facts {
    fn of(people: &[Vec<Order>]) -> Self {
        let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
        let (mut orders, mut starts) = (Vec::new(), vec![0]);
        for product in 0..7u64 {
            ledger.products.intern_int(product);
        }
        for of_person in people {
            for (day, lines) in of_person {
                let line_start = ledger.lines.len() as u32;
                for (product, amount) in lines {
                    ledger.lines.push(LineRow {
                        product: *product,
                        quantity: 2,
                        amount: *amount,
                    });
                }
                let most = lines.iter().map(|line| line.1).max();
                let primary = lines.iter().filter(|line| Some(line.1) == most);
                orders.push(BookOrder {
                    amount: lines.iter().map(|line| line.1).sum(),
                    day: *day,
                    line_start,
                    line_count: lines.len() as u32,
                    product: primary.map(|line| line.0).min().unwrap_or(NONE),
                    ..BookOrder::default()
                });
            }
            starts.push(orders.len() as u32);
        }
        starts.pop();
        let guests = orders.split_off(*starts.last().unwrap() as usize);
        let book = Book {
            as_of_day: AS_OF_DAY,
            orders,
            starts,
            guests,
            rank_of_product: (0..7).collect(),
            product_of_rank: (0..7).collect(),
            sold: vec![Sold::default(); 7],
            days: None,
            left_out: LeftOut::default(),
            gifts: Default::default(),
        };
        Facts { ledger, book }
    }

    fn with<T>(&self, read: impl FnOnce(&Shop<'_>) -> T) -> T {
        let (people, keys) = (People::default(), PersonKeys::default());
        let figures = figures(&self.book);
        read(&Shop {
            ledger: &self.ledger,
            people: &people,
            keys: &keys,
            book: &self.book,
            figures: &figures,
            forecast: None,
            told: None,
        })
    }

    fn ask(&self, report: &dyn Report) -> (Counted, Sheet) {
        let mut tally = Tally::new(report.specs());
        self.with(|shop| report.collect(shop, &mut tally));
        let counted = tally.counted();
        let mut sheet = Sheet::new(AS_OF_DAY);
        report.finish(&counted, &mut sheet);
        (counted, sheet)
    }
}

/// A column of whole numbers.
fn ints(sheet: &Sheet, table: &str, column: &str) -> Vec<Option<i64>> {
    let table = &sheet
        .tables
        .iter()
        .find(|(name, _)| *name == table)
        .unwrap()
        .1;
    let values = &table
        .columns
        .iter()
        .find(|(name, _)| *name == column)
        .unwrap()
        .1;
    match values {
        Values::Int(values) | Values::Product(values) => values.iter().copied().map(Some).collect(),
        Values::MaybeInt(values) => values.clone(),
        _ => Vec::new(),
    }
}

/// A column of rates.
fn reals(sheet: &Sheet, table: &str, column: &str) -> Vec<Option<f64>> {
    let table = &sheet
        .tables
        .iter()
        .find(|(name, _)| *name == table)
        .unwrap()
        .1;
    let values = &table
        .columns
        .iter()
        .find(|(name, _)| *name == column)
        .unwrap()
        .1;
    match values {
        Values::MaybeReal(values) => values.clone(),
        _ => Vec::new(),
    }
}
