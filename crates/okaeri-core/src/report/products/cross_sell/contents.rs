//! Baskets as they are counted, and whom they belong to.

use super::{CrossSell, SET_MAX, Unit};
use crate::analysis::sums::Sums;
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::keys::Key;
use crate::list::List;
use crate::order::{sort_numbers, sorted};
use crate::report::Shop;
use crate::report::products::bought::Reader;
use crate::report::tally::{Tally, Wanted};

fn has(basket: &[u32], items: &[u32]) -> bool {
    items.iter().all(|item| basket.binary_search(item).is_ok())
}

impl CrossSell {
    fn rank(shop: &Shop<'_>, code: &str) -> Option<u32> {
        let id = shop.ledger.products.find(Key::of(code))?;
        shop.book.rank_of_product.get(id as usize).copied()
    }

    /// Counts the baskets' contents.
    pub(super) fn count(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let excluded = self
            .exclude
            .iter()
            .filter_map(|code| Self::rank(shop, code));
        let excluded: Vec<u32> = sorted(excluded.into_list(), |a, b| a.cmp(b));
        let asked = self.product.as_ref();
        let asked = asked.and_then(|code| Self::rank(shop, code));
        let mut single = vec![0i64; shop.book.product_of_rank.len()];
        let mut count = 0;
        let mut large: Vec<(u64, u32, u32)> = Vec::new();
        let mut items: Vec<u32> = Vec::new();
        let mut kept = Vec::new();
        self.baskets(shop, &mut |_, row, basket| {
            count += 1;
            kept.clear();
            let keeps = |rank: &&u32| excluded.binary_search(rank).is_err();
            kept.extend(basket.iter().filter(keeps));
            match kept.as_slice() {
                [] => {}
                [one] => {
                    if let Some(single) = single.get_mut(*one as usize) {
                        *single += 1;
                    }
                }
                several => {
                    large.push((name(shop, row), items.len() as u32, several.len() as u32));
                    items.extend_from_slice(several);
                }
            }
        });
        tally.add(2, NO_PERSON, &[], &[count]);
        let mut rows = Sums::new(1, 3);
        for (rank, count) in (0u32..).zip(single) {
            let is_asked = i64::from(asked == Some(rank));
            rows.push([i64::from(rank), count, is_asked]);
        }
        tally.put(3, rows);
        sort_numbers(&mut large, |(name, ..)| name);
        let mut rows = Sums::new(2, 3);
        rows.cells.reserve_exact(3 * items.len());
        for (name, start, length) in large {
            let start = start as usize;
            let products = items.get(start..start + length as usize);
            for product in products.unwrap_or_default() {
                rows.push([name as i64, i64::from(*product), 1]);
            }
        }
        tally.put(4, rows);
    }

    /// Calls for each basket with its person, the row of its first order and its products,
    /// ascending.
    fn baskets(&self, shop: &Shop<'_>, each: &mut dyn FnMut(u32, u32, &[u32])) {
        let (book, reader) = (shop.book, Reader::new(shop));
        let (mut basket, mut more) = (Vec::new(), Vec::new());
        for (person, orders) in book.people(0..book.person_count()) {
            match self.unit {
                Unit::Order => {
                    for order in orders {
                        reader.products(order, &mut basket);
                        each(person, order.row, &basket);
                    }
                }
                Unit::Customer { window_days } => {
                    basket.clear();
                    let age = |order: &BookOrder| i64::from(book.as_of_day) - i64::from(order.day);
                    let within = |order: &&BookOrder| age(order) < i64::from(window_days);
                    let mut within = orders.iter().filter(within).peekable();
                    let Some(first) = within.peek().map(|order| order.row) else {
                        continue;
                    };
                    for order in within {
                        reader.products(order, &mut more);
                        for product in &more {
                            if let Err(place) = basket.binary_search(product) {
                                basket.insert(place, *product);
                            }
                        }
                    }
                    each(person, first, &basket);
                }
            }
        }
        if self.unit == Unit::Order {
            for order in &book.guests {
                reader.products(order, &mut basket);
                each(NO_PERSON, order.row, &basket);
            }
        }
    }

    /// Whom a number counts. A product that the key leaves open may be any.
    pub(super) fn members(&self, shop: &Shop<'_>, wanted: &Wanted, tally: &mut Tally) {
        let mut key = [-1; SET_MAX];
        for (place, [least, most]) in key.iter_mut().zip(&wanted.key) {
            if least == most {
                *place = *least;
            }
        }
        let product = |rank: &i64| u32::try_from(*rank).ok();
        // A product that was never sold is in no basket.
        if key
            .iter()
            .any(|rank| *rank != -1 && product(rank).is_none())
        {
            return;
        }
        let (left, right) = match wanted.table {
            0 => key.split_at(SET_MAX - 1),
            _ => key.split_at(SET_MAX),
        };
        let left: Vec<u32> = left.iter().filter_map(product).collect();
        let right: Vec<u32> = right.iter().filter_map(product).collect();
        self.baskets(shop, &mut |person, _, basket| {
            let (with_left, with_right) = (has(basket, &left), has(basket, &right));
            let all = i64::from(with_left && with_right);
            // Who is in a row without more has all of it.
            if all == 0 && wanted.sum.is_none() {
                return;
            }
            match wanted.table {
                0 => {
                    let sums = [all, with_left.into(), with_right.into(), 1];
                    tally.add(0, person, &key, &sums);
                }
                1 => tally.add(1, person, &key, &[all, 1]),
                2 => tally.add(2, person, &[], &[1]),
                _ => {}
            }
        });
    }
}

/// A basket by its first order, for which no other shard has the same name.
fn name(shop: &Shop<'_>, row: u32) -> u64 {
    let order = shop.ledger.orders.rows.get(row as usize);
    let key = order.and_then(|order| shop.ledger.order_ids.get(order.id));
    let (is_text, name) = key.map_or((false, 0), Key::tie);
    // Sums and keys that merge stay below 2^60; texts have the upper half.
    const HALF: u64 = 1 << 59;
    name % HALF + if is_text { HALF } else { 0 }
}
