//! What a customer is due to buy again: products whose days of use are over.
//!
//! The days are the median between the customer's own purchases of the product, or else that of
//! everybody's closed gaps, as in [`cycle`](super::cycle). After three times as long a customer has
//! gone elsewhere for it (ours; CPM by cycles parts よちよち from コツコツ there).

use super::at;
use super::bought::Reader;
use crate::analysis::sums::Sums;
use crate::analysis::wire::{Malformed, Reader as Reading, begun};
use crate::order::{sort_numbers, sorted};
use crate::report::{Counted, Kind, Need, Report, Shop, Spec, Tally};

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
    for of_product in reader
        .places(orders)
        .chunk_by(|a, b| a.product == b.product)
    {
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

/// Everybody's closed gaps by product and days, from which days of use follow.
#[derive(Clone, Copy, Debug)]
pub struct Gaps;

static SPECS: [Spec; 1] = [Spec {
    name: "gaps",
    keys: &[("product", Kind::Product), ("days", Kind::Int)],
    sums: &["gaps"],
}];

impl Report for Gaps {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let mut reader = Reader::new(shop);
        let mut gaps: Vec<u64> = Vec::new();
        for (_, orders) in shop.book.people(0..shop.book.person_count()) {
            // Who bought once has no gap.
            if orders.len() < 2 {
                continue;
            }
            for of_product in reader
                .places(orders)
                .chunk_by(|a, b| a.product == b.product)
            {
                for two in of_product.windows(2) {
                    let [one, next] = two else {
                        continue;
                    };
                    let day = |place: u32| orders.get(place as usize).map_or(0, |order| order.day);
                    let days = i64::from(day(next.place)) - i64::from(day(one.place));
                    if let Ok(days @ 1..) = u32::try_from(days) {
                        gaps.push(u64::from(one.product) << 32 | u64::from(days));
                    }
                }
            }
        }
        sort_numbers(&mut gaps, |gap| gap);
        let mut rows = Sums::new(2, 3);
        for same in gaps.chunk_by(|a, b| a == b) {
            let gap = same.first().copied().unwrap_or_default();
            rows.push([(gap >> 32) as i64, i64::from(gap as u32), same.len() as i64]);
        }
        tally.put(0, rows);
    }
}

/// How long a product lasts everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Use {
    product: String,
    gaps: u32,
    days: i64,
}

/// The days of use of products that enough gaps speak for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOfUse(Vec<Use>);

impl DaysOfUse {
    /// Of the gaps of all customers, by products with these codes.
    pub fn of(counted: &Counted, products: &[String]) -> Self {
        let mut all = DaysOfUse::default();
        let rows: Vec<&[i64]> = counted.rows("gaps").collect();
        for of_product in rows.chunk_by(|a, b| a.first() == b.first()) {
            let gaps: i64 = of_product.iter().map(|row| at(row, 2)).sum();
            let product = of_product.first().and_then(|row| row.first());
            let product = product.and_then(|rank| products.get(usize::try_from(*rank).ok()?));
            let Some(product) = product.filter(|_| gaps >= GAPS as i64) else {
                continue;
            };
            let mut passed = 0;
            let middle = of_product.iter().find(|row| {
                passed += at(row, 2);
                passed > (gaps - 1) / 2
            });
            all.0.push(Use {
                product: product.clone(),
                gaps: u32::try_from(gaps).unwrap_or(u32::MAX),
                days: middle.map_or(0, |row| at(row, 1)),
            });
        }
        all
    }

    /// As bytes, behind the day that they hold for.
    pub fn encode(&self, as_of_day: i32) -> Vec<u8> {
        let mut out = begun(as_of_day);
        for one in &self.0 {
            out.text(&one.product);
            out.unsigned(one.gaps.into());
            out.signed(one.days);
        }
        out.bytes
    }

    fn decode(mut input: Reading<'_>) -> Result<Self, Malformed> {
        let mut all = DaysOfUse::default();
        while !input.bytes.is_empty() {
            all.0.push(Use {
                product: input.text()?.to_owned(),
                gaps: u32::try_from(input.unsigned()?).map_err(|_| Malformed)?,
                days: input.signed()?,
            });
        }
        Ok(all)
    }
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
    if let Some((_, input)) = shop.told.and_then(|told| told.find(&Need::Uses)) {
        let all = DaysOfUse::decode(input).unwrap_or_default();
        for one in found.iter_mut().filter(|one| !one.is_own) {
            let id = shop.book.product_of_rank.get(one.product as usize);
            let code = id.and_then(|id| shop.ledger.products.get(*id));
            let code = code.map(|code| code.to_string());
            let told = all
                .0
                .iter()
                .find(|told| Some(&told.product) == code.as_ref());
            if let Some(told) = told {
                (one.gaps, one.cycle_days) = (told.gaps, told.days);
            }
        }
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
