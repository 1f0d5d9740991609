//! Who sent gifts in a season, or ordered anything in it.

use super::bits::Bits;
use super::purchases::places;
use super::query::Season;
use crate::analysis::customers::View;
use crate::gifts::noshi::Class;
use crate::zone::date_of;
use chrono::Datelike;

/// A gift of a season that a customer sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    customer: u32,
    season: u8,
    year: i32,
}

/// All gifts of seasons. Condolences have none.
pub(super) fn sent(view: &View<'_>) -> Vec<Sent> {
    let (ledger, book) = (view.ledger, view.book);
    let (mut found, mut shipments) = (Vec::new(), Vec::new());
    if book.gifts.is_silent(ledger) {
        return found;
    }
    for (customer, figures) in (0u32..).zip(view.figures) {
        let orders = book.orders_of(figures.person).iter();
        for order in orders.filter(|order| book.is_gift(ledger, order)) {
            let gifts = &book.gifts;
            gifts.shipments(ledger, book.as_of_day, order, &mut shipments);
            for shipment in &shipments {
                if let Some((season, year)) = shipment.season
                    && shipment.class != Class::Condolence
                {
                    found.push(Sent {
                        customer,
                        season,
                        year,
                    });
                }
            }
        }
    }
    found
}

/// Who sent a gift in a season. Unless only gifts count, also who ordered anything between the
/// beginning of its peak and its last call, wherever these come first and last. `days` are those
/// of the book's orders.
pub(super) fn who(view: &View<'_>, sent: &[Sent], days: &[i32], asked: &Season) -> Bits {
    let mut bits = Bits::none(view.figures.len());
    for one in sent {
        let is_meant = one.season == asked.season && asked.year.is_none_or(|y| y == one.year);
        if is_meant {
            bits.insert(one.customer as usize);
        }
    }
    let (Some((first, last)), false) = (view.book.days, asked.gifts_only) else {
        return bits;
    };
    let mut is_in = vec![false; last.saturating_sub(first).max(0) as usize + 1];
    let years = match asked.year {
        Some(year) => year..=year,
        None => date_of(first).year()..=date_of(last).year().saturating_add(1),
    };
    for year in years {
        let window = view.book.gifts.calendar.widest(asked.season, year);
        for day in window.peak.max(first)..=window.last_call.min(last) {
            if let Some(is_in) = is_in.get_mut((day - first) as usize) {
                *is_in = true;
            }
        }
    }
    let counts = |day: &i32| is_in.get((day - first) as usize) == Some(&true);
    for (index, figures) in view.figures.iter().enumerate() {
        let orders = days.get(places(view.book, figures.person));
        if orders.is_some_and(|orders| orders.iter().any(counts)) {
            bits.insert(index);
        }
    }
    bits
}
