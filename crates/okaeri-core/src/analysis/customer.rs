//! One customer: the whole history, also what did not count.

use super::customers::View;
use crate::identity::NO_PERSON;
use crate::ledger::columns::OrderRow;
use crate::order::sorted;

/// An order of a customer.
#[derive(Clone, Copy, Debug)]
pub struct HistoryOrder<'a> {
    /// Row in the ledger.
    pub row: u32,
    /// The order.
    pub order: &'a OrderRow,
    /// Place among the counted orders from 1; 0 when it does not count.
    pub seq: u32,
    /// Amount of its goods less the discount on the whole order.
    pub amount: i64,
}

/// All orders of a person up to the day of the book, latest first.
pub fn history<'a>(view: &View<'a>, person: u32) -> Vec<HistoryOrder<'a>> {
    let ledger = view.ledger;
    let mut zone = ledger.zone.clone();
    let counted = view.book.orders_of(person);
    let history: Vec<HistoryOrder<'a>> = ledger
        .orders
        .rows
        .iter()
        .enumerate()
        .map(|(row, order)| (row as u32, order))
        .filter(|(row, order)| {
            let of = view
                .people
                .person
                .get(order.record as usize)
                .copied()
                .unwrap_or(NO_PERSON);
            of == person && ledger.is_latest(*row, order)
        })
        .filter(|(_, order)| zone.day(order.at()) <= view.book.as_of_day)
        .map(|(row, order)| {
            let place = counted.iter().position(|counted| counted.row == row);
            let goods: i64 = ledger.lines_of(order).map(|line| line.amount).sum();
            HistoryOrder {
                row,
                order,
                seq: place.map_or(0, |place| place as u32 + 1),
                amount: goods - ledger.orders.discount.get(row),
            }
        })
        .collect();
    let latest = |h: &HistoryOrder<'_>| (std::cmp::Reverse((h.order.at(), h.seq)), h.row);
    sorted(history, |a, b| latest(a).cmp(&latest(b)))
}
