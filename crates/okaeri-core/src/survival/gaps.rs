//! Days from one order of a customer to the next, those still waiting among them.

use super::Observed;
use crate::book::Book;
use crate::order::sort_numbers;

/// Of the customers who have placed an `n`-th order, counted from 1: the days to the next one, or
/// from the `n`-th to the day of the book for those who have not placed another.
///
/// Two orders on one day are 0 days apart. Orders of guests, of whom no next one can be known,
/// are left out. The customers of all rows together are those with at least `n` orders; there
/// are none for `n` = 0.
pub fn gaps(book: &Book, n: u32) -> Vec<Observed> {
    let mut found: Vec<u64> = Vec::new();
    let Some(index) = n.checked_sub(1).map(|index| index as usize) else {
        return Vec::new();
    };
    for (_, orders) in book.people(0..book.person_count()) {
        let Some(order) = orders.get(index) else {
            continue;
        };
        let next = orders.get(index + 1);
        let end = next.map_or(book.as_of_day, |next| next.day);
        // A clock put back at midnight may show the day before.
        let days = end.saturating_sub(order.day).max(0) as u64;
        found.push(days << 1 | u64::from(next.is_none()));
    }
    sort_numbers(&mut found, |gap| gap);
    let days = found.chunk_by(|a, b| a >> 1 == b >> 1);
    days.filter_map(|day| {
        let first = day.first()?;
        let events = day.partition_point(|gap| gap & 1 == 0);
        Some(Observed {
            day: (first >> 1) as u32,
            events: events as u32,
            censored: (day.len() - events) as u32,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::BookOrder;
    use crate::survival::{Curve, Tail};

    /// A book of the days on which people placed orders.
    fn book(as_of_day: i32, people: &[&[i32]]) -> Book {
        let mut starts = vec![0];
        let mut orders = Vec::new();
        for days in people {
            orders.extend(days.iter().map(|day| BookOrder {
                day: *day,
                ..BookOrder::default()
            }));
            starts.push(orders.len() as u32);
        }
        Book {
            as_of_day,
            orders,
            starts,
            guests: vec![BookOrder::default()],
            rank_of_product: Vec::new(),
            product_of_rank: Vec::new(),
            sold: Vec::new(),
            days: None,
            left_out: Default::default(),
            gifts: Default::default(),
        }
    }

    fn row(day: u32, events: u32, censored: u32) -> Observed {
        Observed {
            day,
            events,
            censored,
        }
    }

    #[test]
    fn days_to_the_next_order() {
        let book = book(
            100,
            &[
                &[10, 40, 40, 95],
                &[70],
                &[],
                &[60, 90],
                &[100],
                // The clock was put back at midnight.
                &[50, 49],
            ],
        );
        let first = gaps(&book, 1);
        assert_eq!(first, [row(0, 1, 1), row(30, 2, 1)]);
        assert_eq!(gaps(&book, 2), [row(0, 1, 0), row(10, 0, 1), row(51, 0, 1)]);
        assert_eq!(gaps(&book, 3), [row(55, 1, 0)]);
        assert_eq!(gaps(&book, 4), [row(5, 0, 1)]);
        assert_eq!(gaps(&book, 5), []);
        assert_eq!(gaps(&book, 0), []);
        let curve = Curve::of(&first);
        // 4 of 5 stay after day 0, and 1 of the 3 who are left after day 30.
        assert_eq!((curve.customers, curve.events, curve.censored), (5, 3, 2));
        assert_eq!(curve.survival(29), Some(0.8));
        assert_eq!(curve.quantile(0.5).day, Some(30));
        let open = Tail::Open {
            day: 30,
            survival: 0.8 * (1.0 / 3.0),
            waiting: 1,
        };
        assert_eq!(curve.tail(), open);
    }
}
