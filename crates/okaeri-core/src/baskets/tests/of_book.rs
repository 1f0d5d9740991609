//! Baskets of a small shop.

use super::search;
use crate::baskets::of_book::{by_customer, by_order};
use crate::baskets::{Baskets, Frequent};
use crate::book::{Book, BookOrder, LeftOut};
use crate::ledger::Ledger;
use crate::ledger::columns::LineRow;
use crate::zone::Zone;

/// Days and products of each person's orders, the last one a guest.
fn shop(people: &[&[(i32, &[u32])]]) -> (Ledger, Book) {
    let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
    let mut orders = Vec::new();
    let mut starts = vec![0];
    for of_person in people {
        for (day, products) in *of_person {
            let line_start = ledger.lines.len() as u32;
            for product in *products {
                ledger.lines.push(LineRow {
                    product: *product,
                    ..LineRow::default()
                });
            }
            orders.push(BookOrder {
                day: *day,
                line_start,
                line_count: products.len() as u32,
                ..BookOrder::default()
            });
        }
        starts.push(orders.len() as u32);
    }
    starts.pop();
    let guests = orders.split_off(*starts.last().unwrap() as usize);
    let book = Book {
        as_of_day: 200,
        orders,
        starts,
        guests,
        // The first product to arrive has the last code.
        rank_of_product: vec![3, 0, 1, 2],
        product_of_rank: vec![1, 2, 3, 0],
        sold: Vec::new(),
        days: None,
        left_out: LeftOut::default(),
        gifts: Default::default(),
    };
    (ledger, book)
}

fn pairs(baskets: &Baskets) -> Vec<(Vec<u32>, u32)> {
    let frequent = Frequent::of(baskets, &search(1, 2));
    let pairs = frequent.sets().filter(|set| set.items.len() == 2);
    pairs.map(|set| (set.items.to_vec(), set.count)).collect()
}

#[test]
fn by_order_and_by_customer_within_a_window() {
    let (ledger, book) = shop(&[
        &[(20, &[0, 1]), (21, &[2]), (200, &[1, 1])],
        &[],
        &[(150, &[0, 1])],
        &[(10, &[3, 0])],
        &[(100, &[1, 0, 3])],
    ]);
    let everything = |_: u32| true;
    let orders = by_order(&ledger, &book, &everything);
    assert_eq!(orders.count(), 6);
    let of_orders = [(vec![0, 2], 1), (vec![0, 3], 3), (vec![2, 3], 2)];
    assert_eq!(pairs(&orders), of_orders);
    // Day 21 is the first of the 180 that end with day 200.
    let customers = by_customer(&ledger, &book, 180, &everything);
    assert_eq!(customers.count(), 2);
    assert_eq!(pairs(&customers), [(vec![0, 1], 1), (vec![0, 3], 1)]);
    let all = by_customer(&ledger, &book, u32::MAX, &everything);
    assert_eq!(all.count(), 3);
    assert_eq!(by_customer(&ledger, &book, 0, &everything).count(), 0);
    // Without the last code baskets stay, and some are empty.
    let some = by_order(&ledger, &book, &|rank| rank != 3);
    assert_eq!((some.count(), pairs(&some)), (6, vec![(vec![0, 2], 1)]));
}
