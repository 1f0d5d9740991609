//! The ledger on a given day, resolved to people and sorted by person and time.
//!
//! What every analysis reads. An order counts when it is the latest version, not cancelled,
//! returned, merged or a draft, placed on or before the day, and worth something.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use crate::gifts::Gifts;
use crate::identity::NO_PERSON;
use crate::keys::NONE;
use crate::ledger::Ledger;
use crate::ledger::columns::{OrderRow, Status};
use crate::order::sorted;
use crate::zone::{Zone, month_of};

/// A counted order.
#[derive(Clone, Copy, Debug, Default)]
pub struct BookOrder {
    /// Its goods less the discount on the whole order, in minor units.
    pub amount: i64,
    /// Its row in the ledger.
    pub row: u32,
    /// First of its lines.
    pub line_start: u32,
    /// How many lines.
    pub line_count: u32,
    /// Rank of its primary product: that of the line with the greatest amount, the smallest of
    /// equals. NONE for an order without lines.
    pub product: u32,
    /// Local day.
    pub day: i32,
    /// Dense id of the shop, or NONE.
    pub shop: u32,
}

/// What did not count, so that nothing disappears unsaid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Cancelled, returned, merged or draft.
    pub status: u64,
    /// Placed after the day.
    pub later: u64,
    /// Worth nothing, or less.
    pub worthless: u64,
    /// Gifts, where only own use counts, or own use, where only gifts do.
    pub scope: u64,
}

/// What counts as an order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counting<'a> {
    /// The day of the question.
    pub as_of_day: i32,
    /// Whether an order worth nothing counts.
    pub zero_amount: bool,
    /// Only gifts, or only what is none.
    pub is_gift: Option<bool>,
    /// Which shipments are gifts; without it, what orders say of themselves.
    pub gifts: Option<&'a Arc<Gifts>>,
}

/// What was sold of a product in counted orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sold {
    /// Pieces.
    pub quantity: i64,
    /// Line totals in minor units.
    pub amount: i64,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Book {
    /// The day of the question.
    pub as_of_day: i32,
    /// Orders by person, then time, then order id.
    pub orders: Vec<BookOrder>,
    /// Where each person's orders begin in `orders`, and one past the last.
    pub starts: Vec<u32>,
    /// Orders of nobody known, in order of arrival.
    pub guests: Vec<BookOrder>,
    /// Rank of each product id among the sorted codes.
    pub rank_of_product: Vec<u32>,
    /// Product id of each rank.
    pub product_of_rank: Vec<u32>,
    /// Pieces and amounts sold of each product id.
    pub sold: Vec<Sold>,
    /// First and last day with an order.
    pub days: Option<(i32, i32)>,
    /// What did not count.
    pub left_out: LeftOut,
    /// Which shipments are gifts.
    pub gifts: Arc<Gifts>,
}

/// Reads orders as they count.
struct Reader<'a> {
    ledger: &'a Ledger,
    zone: Zone,
    rank: &'a [u32],
    sold: Vec<Sold>,
    counting: Counting<'a>,
}

enum Read {
    Counted(BookOrder),
    Status,
    Later,
    Worthless,
    Scope,
}

impl Reader<'_> {
    /// Whether an order counts, unless it is worth nothing.
    #[inline]
    fn may_count(&mut self, row: u32, order: &OrderRow) -> bool {
        order.status() == Status::Counted
            && self.zone.day(order.at()) <= self.counting.as_of_day
            && self.is_in_scope(row)
    }

    #[inline]
    fn is_in_scope(&self, row: u32) -> bool {
        let wanted = self.counting.is_gift;
        wanted.is_none_or(|wanted| wanted == self.is_gift(row))
    }

    fn is_gift(&self, row: u32) -> bool {
        match self.counting.gifts {
            Some(gifts) => gifts.is_gift(self.ledger, row, self.counting.as_of_day),
            None => self.ledger.orders.is_gift.get(row),
        }
    }

    #[inline]
    fn read(&mut self, row: u32, order: &OrderRow) -> Read {
        if order.status() != Status::Counted {
            return Read::Status;
        }
        let day = self.zone.day(order.at());
        if day > self.counting.as_of_day {
            return Read::Later;
        }
        if !self.is_in_scope(row) {
            return Read::Scope;
        }
        let mut amount = 0i64;
        let mut best = (i64::MIN, NONE);
        for line in self.ledger.lines_of(order) {
            amount = amount.wrapping_add(line.amount);
            if line.amount >= best.0 {
                let rank = self.rank.get(line.product as usize).copied();
                let rank = rank.unwrap_or(NONE);
                if line.amount > best.0 || rank < best.1 {
                    best = (line.amount, rank);
                }
            }
            if let Some(sold) = self.sold.get_mut(line.product as usize) {
                sold.quantity = sold.quantity.wrapping_add(line.quantity);
                sold.amount = sold.amount.wrapping_add(line.amount);
            }
        }
        amount = amount.wrapping_sub(self.ledger.orders.discount.get(row));
        if amount < 0 || (amount == 0 && !self.counting.zero_amount) {
            for line in self.ledger.lines_of(order) {
                if let Some(sold) = self.sold.get_mut(line.product as usize) {
                    sold.quantity = sold.quantity.wrapping_sub(line.quantity);
                    sold.amount = sold.amount.wrapping_sub(line.amount);
                }
            }
            return Read::Worthless;
        }
        Read::Counted(BookOrder {
            amount,
            row,
            line_start: order.line_start,
            line_count: order.line_count(),
            product: best.1,
            day,
            shop: order.shop,
        })
    }
}

/// Moves people's orders together, where each person's end before the next one's begin.
fn close_up(orders: &mut Vec<BookOrder>, starts: &mut [u32], ends: &[u32]) {
    let mut total = 0;
    for (start, end) in starts.iter_mut().zip(ends) {
        let from = *start as usize..(*end).max(*start) as usize;
        *start = total;
        total += from.len() as u32;
        orders.copy_within(from, *start as usize);
    }
    orders.truncate(total as usize);
}

impl Book {
    /// The book on a day. `person` gives each record's person out of `person_count`.
    pub fn of(ledger: &Ledger, person: &[u32], person_count: u32, counting: Counting<'_>) -> Self {
        let (rank_of_product, product_of_rank) = ledger.products.ranks();
        let mut reader = Reader {
            ledger,
            zone: ledger.zone.clone(),
            rank: &rank_of_product,
            sold: vec![Sold::default(); ledger.products.len()],
            counting,
        };
        let person_of = |row: u32| {
            let order = ledger.orders.rows.get(row as usize);
            let person = order.and_then(|order| person.get(order.record as usize));
            person.copied().unwrap_or(NO_PERSON)
        };
        let mut left_out = LeftOut::default();
        // Counted by what needs no reading of lines; who buys nothing of worth is rare.
        let mut starts = vec![0u32; person_count as usize + 1];
        for (row, order) in (0u32..).zip(&ledger.orders.rows) {
            if ledger.is_latest(row, order) && reader.may_count(row, order) {
                // One place on, so that the sums below are where each person begins.
                let place = (person_of(row) as usize).wrapping_add(1);
                if place > 0
                    && let Some(count) = starts.get_mut(place)
                {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut orders = vec![BookOrder::default(); total as usize];
        let mut ends = starts.clone();
        let mut guests = Vec::new();
        let mut days: Option<(i32, i32)> = None;
        for (row, order) in (0u32..).zip(&ledger.orders.rows) {
            if !ledger.is_latest(row, order) {
                continue;
            }
            match reader.read(row, order) {
                Read::Counted(counted) => {
                    let (first, last) = days.unwrap_or((counted.day, counted.day));
                    days = Some((first.min(counted.day), last.max(counted.day)));
                    let person = person_of(row);
                    match ends.get_mut(person as usize) {
                        Some(end) if person < person_count => {
                            if let Some(place) = orders.get_mut(*end as usize) {
                                *place = counted;
                            }
                            *end += 1;
                        }
                        _ => guests.push(counted),
                    }
                }
                Read::Status => left_out.status += 1,
                Read::Later => left_out.later += 1,
                Read::Worthless => left_out.worthless += 1,
                Read::Scope => left_out.scope += 1,
            }
        }
        if left_out.worthless > 0 {
            close_up(&mut orders, &mut starts, &ends);
        }
        let sold = reader.sold;
        let mut book = Book {
            as_of_day: counting.as_of_day,
            orders,
            starts,
            guests,
            rank_of_product,
            product_of_rank,
            sold,
            days,
            left_out,
            gifts: counting.gifts.cloned().unwrap_or_default(),
        };
        book.sort(ledger);
        book
    }

    /// Sorts each person's orders by time, then order id; most stand right already.
    fn sort(&mut self, ledger: &Ledger) {
        let placed = |order: &BookOrder| {
            let row = ledger.orders.rows.get(order.row as usize);
            row.map(|row| (row.at(), ledger.order_ids.get(row.id)))
        };
        // The ledger is asked only where the days do not tell: a clock that is put back at
        // midnight shows the day before once more.
        let by_time = |a: &BookOrder, b: &BookOrder| match a.day.abs_diff(b.day) {
            0 | 1 => placed(a).cmp(&placed(b)),
            _ => a.day.cmp(&b.day),
        };
        let mut starts = self.starts.iter().copied();
        let mut start = starts.next().unwrap_or_default() as usize;
        for end in starts {
            let Some(orders) = self.orders.get_mut(start..end as usize) else {
                continue;
            };
            start = end as usize;
            let is_sorted = orders.is_sorted_by(|a, b| by_time(a, b) == Ordering::Less);
            if !is_sorted {
                orders.copy_from_slice(&sorted(orders.to_vec(), by_time));
            }
        }
    }

    /// Whether a counted order is a gift: any of its shipments is one.
    #[inline]
    pub fn is_gift(&self, ledger: &Ledger, order: &BookOrder) -> bool {
        self.gifts.is_gift(ledger, order.row, self.as_of_day)
    }

    /// How many people there are room for; some may have no counted order.
    pub fn person_count(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    /// A person's orders.
    #[inline]
    pub fn orders_of(&self, person: u32) -> &[BookOrder] {
        self.orders_of_all(person..person.saturating_add(1))
    }

    /// The orders of people who follow one another.
    #[inline]
    pub fn orders_of_all(&self, people: Range<u32>) -> &[BookOrder] {
        let start = |person: u32| self.starts.get(person as usize).copied();
        let (Some(start), Some(end)) = (start(people.start), start(people.end)) else {
            return &[];
        };
        let orders = self.orders.get(start as usize..end as usize);
        orders.unwrap_or_default()
    }

    /// Those of `people` with at least one order, and their orders.
    pub fn people(&self, people: Range<u32>) -> People<'_> {
        People { book: self, people }
    }

    /// Months with orders, first and last.
    pub fn months(&self) -> Option<(i32, i32)> {
        self.days
            .map(|(first, last)| (month_of(first), month_of(last)))
    }
}

/// People with at least one order, and their orders: [`Book::people`].
#[derive(Clone, Debug)]
pub struct People<'a> {
    book: &'a Book,
    people: Range<u32>,
}

impl<'a> Iterator for People<'a> {
    type Item = (u32, &'a [BookOrder]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.people.start < self.people.end {
            let person = self.people.start;
            self.people.start += 1;
            let orders = self.book.orders_of(person);
            if !orders.is_empty() {
                return Some((person, orders));
            }
        }
        None
    }
}

/// Month of each day, by table: the calendar is asked once a day and not once an order.
#[derive(Clone, Debug)]
pub struct Months {
    first_day: i32,
    of_day: Vec<i32>,
}

impl Months {
    /// For the days from `first` to `last`.
    pub fn between(first: i32, last: i32) -> Self {
        Months {
            first_day: first,
            of_day: (first..=last).map(month_of).collect(),
        }
    }

    /// The month of a day.
    #[inline]
    pub fn of(&self, day: i32) -> i32 {
        match self.of_day.get((day - self.first_day) as usize) {
            Some(month) => *month,
            None => month_of(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_close_up_where_orders_were_worth_nothing() {
        let order = |row| BookOrder {
            row,
            ..BookOrder::default()
        };
        let mut orders: Vec<BookOrder> = (0..7).map(order).collect();
        // The second has no order, the third lost the last of three, the fourth all of two.
        let mut starts = vec![0, 2, 2, 5, 7];
        close_up(&mut orders, &mut starts, &[2, 2, 4, 5, 7]);
        assert_eq!(starts, [0, 2, 2, 4, 4]);
        let rows: Vec<u32> = orders.iter().map(|order| order.row).collect();
        assert_eq!(rows, [0, 1, 2, 3]);
    }
}
