//! The days on which customers bought, and the histories that follow from them on a day.
//!
//! Several orders of one day are one purchase. A history ends with the day asked for, whether or
//! not something was bought on it.

use std::cmp::Ordering;

use super::histories::{Histories, History};
use super::season::Clock;
use crate::analysis::partial::sum;
use crate::analysis::wire::{Malformed, Reader, Writer};
use crate::book::Book;
use crate::order::{sort_numbers, sort_places, sorted};

/// A day with a purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PurchaseDay {
    /// The day, since 1970-01-01.
    pub day: i32,
    /// What was spent on it, in any one unit of money.
    pub amount: f64,
}

/// Days with purchases by customer, ascending.
#[derive(Clone, Debug, Default)]
pub struct Purchases {
    days: Vec<PurchaseDay>,
    /// Where each customer's days end.
    ends: Vec<u32>,
}

/// What is known of a customer on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// First day with a purchase.
    pub first_day: i32,
    /// Last day with one, until then.
    pub last_day: i32,
    /// Days with a purchase after the first.
    pub x: u32,
    /// The mean amount of these, or 0 without.
    pub mean: f64,
}

impl Purchases {
    /// The purchases of everybody in the book with an order, in its order of people.
    pub fn of(book: &Book) -> Self {
        let mut purchases = Purchases::default();
        for (_, orders) in book.people(0..book.person_count()) {
            purchases.push(orders.iter().map(|order| PurchaseDay {
                day: order.day,
                amount: order.amount as f64,
            }));
        }
        purchases
    }

    /// Adds a customer with these orders, in any order. An amount that is not a number is nothing.
    pub fn push(&mut self, orders: impl Iterator<Item = PurchaseDay>) {
        let start = self.days.len();
        let mut ascending = true;
        let mut add = |days: &mut Vec<PurchaseDay>, mut order: PurchaseDay| {
            if !order.amount.is_finite() {
                order.amount = 0.0;
            }
            match days.get_mut(start..).and_then(<[PurchaseDay]>::last_mut) {
                Some(last) if last.day == order.day => last.amount += order.amount,
                Some(last) if last.day > order.day => {
                    ascending = false;
                    days.push(order);
                }
                _ => days.push(order),
            }
        };
        for order in orders {
            add(&mut self.days, order);
        }
        if !ascending {
            let days = self.days.split_off(start);
            for order in sorted(days, |a, b| a.day.cmp(&b.day)) {
                match self
                    .days
                    .get_mut(start..)
                    .and_then(<[PurchaseDay]>::last_mut)
                {
                    Some(last) if last.day == order.day => last.amount += order.amount,
                    _ => self.days.push(order),
                }
            }
        }
        self.ends.push(self.days.len() as u32);
    }

    /// The same in an order that follows from what was bought alone, and the place of each of
    /// these customers among those: sums over customers are then the same to the bit, whoever was
    /// read first.
    pub fn canonical(&self) -> (Purchases, Vec<u32>) {
        let customers: Vec<&[PurchaseDay]> = self.customers().collect();
        let biased = |day: Option<&PurchaseDay>| {
            let day = day.map_or(i32::MIN, |day| day.day);
            (i64::from(day) - i64::from(i32::MIN)) as u64
        };
        let mut order: Vec<(u64, u32)> = (customers.iter().zip(0u32..))
            .map(|(days, place)| (biased(days.first()) << 32 | biased(days.last()), place))
            .collect();
        sort_numbers(&mut order, |(key, _)| key);
        let at = |place: u64| customers.get(place as usize).copied().unwrap_or_default();
        let mut sorted = Purchases::default();
        sorted.days.reserve_exact(self.days.len());
        sorted.ends.reserve_exact(self.ends.len());
        let mut places = vec![0; self.ends.len()];
        for alike in order.chunk_by(|a, b| a.0 == b.0) {
            let mut alike: Vec<u64> = alike.iter().map(|(_, place)| (*place).into()).collect();
            if alike.len() > 1 {
                sort_places(&mut alike, &|a, b| by_content(at(a), at(b)));
            }
            for place in alike {
                if let Some(to) = places.get_mut(place as usize) {
                    *to = sorted.ends.len() as u32;
                }
                sorted.days.extend_from_slice(at(place));
                sorted.ends.push(sorted.days.len() as u32);
            }
        }
        (sorted, places)
    }

    /// Appends them: of each customer how many days there are, and of each day how many days
    /// after the one before it is, and the amount in whole units.
    pub fn encode(&self, out: &mut Writer) {
        for days in self.customers() {
            out.unsigned(days.len() as u64);
            let mut before = 0;
            for day in days {
                out.signed(i64::from(day.day) - before);
                out.signed(day.amount as i64);
                before = day.day.into();
            }
        }
    }

    /// Adds those that [`Purchases::encode`] wrote, up to the end.
    ///
    /// # Errors
    /// When it is something else.
    pub fn decode(&mut self, mut input: Reader<'_>) -> Result<(), Malformed> {
        let mut days = Vec::new();
        while !input.bytes.is_empty() {
            days.clear();
            let mut before = 0i64;
            for _ in 0..input.count()? {
                before = before.saturating_add(input.signed()?);
                days.push(PurchaseDay {
                    day: i32::try_from(before).map_err(|_| Malformed)?,
                    amount: sum(&mut input)? as f64,
                });
            }
            self.push(days.iter().copied());
        }
        Ok(())
    }

    /// What each customer spent in all, in whole units.
    pub fn amounts(&self) -> impl Iterator<Item = i64> {
        let spent = |days: &[PurchaseDay]| {
            let amounts = days.iter().map(|day| day.amount as i64);
            amounts.fold(0i64, i64::saturating_add)
        };
        self.customers().map(spent)
    }

    /// How many customers.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Each customer's days.
    pub fn customers(&self) -> impl Iterator<Item = &[PurchaseDay]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let days = self.days.get(start..*end as usize);
            start = *end as usize;
            days.unwrap_or_default()
        })
    }

    /// First and last day with a purchase until `until`; `None` without.
    pub fn span(&self, until: i32) -> Option<(i32, i32)> {
        let mut days = (self.days.iter().map(|day| day.day)).filter(|day| *day <= until);
        let first = days.next()?;
        Some(days.fold((first, first), |(low, high), day| {
            (low.min(day), high.max(day))
        }))
    }
}

/// By days, then amounts.
fn by_content(a: &[PurchaseDay], b: &[PurchaseDay]) -> Ordering {
    let pairs = a.iter().zip(b);
    let mut orders = pairs.map(|(a, b)| a.day.cmp(&b.day).then(a.amount.total_cmp(&b.amount)));
    let first = orders.find(|order| order.is_ne());
    first.unwrap_or_else(|| a.len().cmp(&b.len()))
}

impl Known {
    /// Of a customer with these days, as of `until`; `None` before the first.
    pub fn of(days: &[PurchaseDay], until: i32) -> Option<Self> {
        let seen = days.partition_point(|day| day.day <= until);
        let (first, repeats) = days.get(..seen)?.split_first()?;
        let spent: f64 = repeats.iter().map(|day| day.amount).sum();
        Some(Known {
            first_day: first.day,
            last_day: repeats.last().unwrap_or(first).day,
            x: repeats.len() as u32,
            mean: if repeats.is_empty() {
                0.0
            } else {
                spent / repeats.len() as f64
            },
        })
    }
}

/// No customer.
pub(super) const NOBODY: u32 = u32::MAX;

/// The distinct histories of customers on a day, and whose each is.
#[derive(Clone, Debug, Default)]
pub struct Distinct {
    /// Each history once, with its number of customers.
    pub rows: Vec<History>,
    /// First and last day of each history.
    pub days: Vec<(i32, i32)>,
    /// The row of each customer, or `u32::MAX` of one who had not yet bought.
    pub of: Vec<u32>,
}

impl Distinct {
    /// Those of every `stride`-th customer, as of `until`, by `clock`.
    pub(super) fn of(purchases: &Purchases, until: i32, stride: usize, clock: &Clock) -> Self {
        let (origin, _) = purchases.span(until).unwrap_or_default();
        let mut of = vec![NOBODY; purchases.len()];
        let mut keys: Vec<(u64, u32)> = Vec::new();
        for (customer, days) in purchases.customers().enumerate().step_by(stride.max(1)) {
            if let Some(known) = Known::of(days, until) {
                let since = |day: i32| u64::from(day.abs_diff(origin)).min(MOST_DAYS);
                let x = u64::from(known.x).min(MOST_DAYS);
                let key = x << 42 | since(known.last_day) << 21 | since(known.first_day);
                keys.push((key, customer as u32));
            }
        }
        sort_numbers(&mut keys, |(key, _)| key);
        let (mut rows, mut row_days) = (Vec::<History>::new(), Vec::new());
        let mut last = None;
        let end = clock.at(until);
        for (key, customer) in keys {
            if last != Some(key) {
                last = Some(key);
                let day = |shift: u32| origin.saturating_add((key >> shift & MOST_DAYS) as i32);
                let (first, last) = (day(0), day(21));
                let start = clock.at(first);
                row_days.push((first, last));
                rows.push(History {
                    x: (key >> 42) as u32,
                    recency: clock.at(last) - start,
                    age: end - start,
                    customers: 0.0,
                });
            }
            if let Some(row) = rows.last_mut() {
                row.customers += 1.0;
            }
            if let Some(place) = of.get_mut(customer as usize) {
                *place = rows.len() as u32 - 1;
            }
        }
        Distinct {
            rows,
            days: row_days,
            of,
        }
    }

    /// For a fit. Without those whom no model can have: all have possible days.
    pub(super) fn histories(&self) -> Histories {
        let mut rows = self.rows.clone();
        rows.retain(History::is_possible);
        Histories::new(rows).unwrap_or_default()
    }
}

/// Days, and repeats, that fit into a key: 5,700 years.
const MOST_DAYS: u64 = (1 << 21) - 1;
