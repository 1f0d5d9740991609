//! One row a customer: what the rankings need (RFM, deciles, lists).

use crate::book::{Book, BookOrder};
use crate::rules::step;

/// A customer in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Sum of the order amounts.
    pub amount: i64,
    /// Number of orders.
    pub orders: u32,
    /// Local day of the first order.
    pub first_day: i32,
    /// Local day of the last order.
    pub last_day: i32,
    /// Person number in the book.
    pub person: u32,
}

impl Figures {
    /// The figures of a person's orders; `None` without any.
    #[inline]
    pub fn of(person: u32, orders: &[BookOrder]) -> Option<Self> {
        let (first, last) = (orders.first()?, orders.last()?);
        Some(Figures {
            amount: orders
                .iter()
                .fold(0, |sum, order| sum.wrapping_add(order.amount)),
            orders: orders.len() as u32,
            first_day: first.day,
            last_day: last.day,
            person,
        })
    }
}

/// The figures of all customers, in order of person number.
pub fn figures(book: &Book) -> Vec<Figures> {
    book.people(0..book.person_count())
        .filter_map(|(person, orders)| Figures::of(person, orders))
        .collect()
}

/// Bounds of the lifecycle matrix; see the settings for their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifecycleBounds {
    /// Orders from which a customer is 有望.
    pub promising_orders: u32,
    /// Orders from which a customer is 常連.
    pub constant_orders: u32,
    /// Last day since the last order on which a customer is 稼働.
    pub active_days: u32,
    /// Last day on which a customer is うとうと.
    pub drowsy_days: u32,
}

impl LifecycleBounds {
    /// Row (1 新規, 2 有望, 3 常連) and column (1 稼働, 2 うとうと, 3 休眠) of a customer.
    #[inline]
    pub fn cell(&self, orders: u32, recency_days: i32) -> [u8; 2] {
        let bounds = |[first, second]: [u32; 2], more: i64| {
            [i64::from(first) + more, i64::from(second) + more]
        };
        let freq = bounds([self.promising_orders, self.constant_orders], 0);
        let rec = bounds([self.active_days, self.drowsy_days], 1);
        [
            1 + step(&freq, orders.into()),
            1 + step(&rec, recency_days.into()),
        ]
    }
}
