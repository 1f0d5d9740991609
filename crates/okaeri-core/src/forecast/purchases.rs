//! The days on which customers bought, and the histories that follow from them on a day.
//!
//! Several orders of one day are one purchase. A history ends with the day asked for, whether or
//! not something was bought on it.

use super::histories::{Histories, History};
use super::season::Clock;
use crate::book::Book;
use crate::order::{sort_numbers, sorted};

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
