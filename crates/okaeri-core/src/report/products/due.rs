//! What a customer is due to buy again: products whose days of use are over.
//!
//! The days are the median between the customer's own purchases of the product, or else that of
//! everybody's closed gaps, as in [`cycle`](super::cycle). After three times as long a customer has
//! gone elsewhere for it (ours; CPM by cycles parts よちよち from コツコツ there).

use super::bought::Reader;
use crate::order::sorted;
use crate::report::Shop;

/// Own gaps from which they count in place of everybody's.
const OWN_GAPS: usize = 2;
/// Gaps of everybody without which nothing is said, as in the question `product_cycle`.
const GAPS: usize = 5;
/// So many times the days of use, a product is no longer due.
const GONE: i64 = 3;

/// A product that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Rank of the product in the book.
    pub product: u32,
    /// The day of the last purchase of it.
    pub last_day: i32,
    /// Days that it lasts.
    pub cycle_days: i64,
    /// Gaps between purchases that say so.
    pub gaps: u32,
    /// Whether they are the customer's own.
    pub is_own: bool,
}

/// The lower of the two in the middle.
fn median(gaps: Vec<i64>) -> Option<i64> {
    let gaps = sorted(gaps, i64::cmp);
    gaps.get(gaps.len().checked_sub(1)? / 2).copied()
}

/// The products that a person is due to buy again, own days of use first, then those that more
/// gaps speak for; but none of `except`.
pub fn due(shop: &Shop<'_>, person: u32, except: &[i64], limit: usize) -> Vec<Due> {
    let orders = shop.book.orders_of(person);
    let day = i64::from(shop.book.as_of_day);
    let mut reader = Reader::new(shop);
    let mut found: Vec<Due> = Vec::new();
    for of_product in reader.read(orders).chunk_by(|a, b| a.product == b.product) {
        let days = of_product
            .iter()
            .filter_map(|bought| orders.get(bought.place as usize));
        let mut days: Vec<i64> = days.map(|order| i64::from(order.day)).collect();
        days.dedup();
        let (Some(first), Some(last)) = (of_product.first(), days.last()) else {
            continue;
        };
        if except.contains(&i64::from(first.product)) {
            continue;
        }
        let gaps: Vec<i64> = days.windows(2).map(between).collect();
        let is_own = gaps.len() >= OWN_GAPS;
        found.push(Due {
            product: first.product,
            last_day: i32::try_from(*last).unwrap_or(i32::MAX),
            gaps: gaps.len() as u32,
            cycle_days: median(gaps).filter(|_| is_own).unwrap_or_default(),
            is_own,
        });
    }
    of_everybody(shop, &mut found);
    found.retain(|one| {
        let since = day - i64::from(one.last_day);
        let days = one.cycle_days;
        days > 0 && (days..=days.saturating_mul(GONE)).contains(&since)
    });
    let mut found = sorted(found, |a, b| {
        (b.is_own.cmp(&a.is_own))
            .then(b.gaps.cmp(&a.gaps))
            .then(a.product.cmp(&b.product))
    });
    found.truncate(limit);
    found
}

fn between(days: &[i64]) -> i64 {
    match days {
        [from, to] => to - from,
        _ => 0,
    }
}

/// Fills in everybody's days of use where a customer has none of their own.
fn of_everybody(shop: &Shop<'_>, found: &mut [Due]) {
    if found.iter().all(|one| one.is_own) {
        return;
    }
    let reader = Reader::new(shop);
    let mut products = Vec::new();
    // By place in `found`: gaps so far, and the last day of the person at hand.
    let mut gaps: Vec<(Vec<i64>, Option<i32>)> = vec![(Vec::new(), None); found.len()];
    for (_, orders) in shop.book.people(0..shop.book.person_count()) {
        // Who bought once has no gap.
        if orders.len() < 2 {
            continue;
        }
        for (_, last) in &mut gaps {
            *last = None;
        }
        for order in orders {
            reader.products(order, &mut products);
            for product in &products {
                let place = found.partition_point(|one| one.product < *product);
                let (Some(one), Some((gaps, last))) = (found.get(place), gaps.get_mut(place))
                else {
                    continue;
                };
                if one.is_own || one.product != *product {
                    continue;
                }
                if let Some(last) = last.filter(|last| *last < order.day) {
                    gaps.push(i64::from(order.day) - i64::from(last));
                }
                *last = Some(order.day);
            }
        }
    }
    for (one, (gaps, _)) in found.iter_mut().zip(gaps) {
        if !one.is_own && gaps.len() >= GAPS {
            one.gaps = gaps.len() as u32;
            one.cycle_days = median(gaps).unwrap_or_default();
        }
    }
}
