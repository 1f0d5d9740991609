//! Purchases of one customer, one after the other: what repeat analyses count.

use std::borrow::Cow;

use super::groups::is_of_contract;
use super::tally::{Counted, Tally};
use super::{Sheet, Shop, Spec};
use crate::book::BookOrder;
use crate::gifts::shipments::Senders;
use crate::keys::{Key, NONE};

/// What is one purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountBy {
    /// All orders of a day together: who orders twice on the first day has not come back.
    #[default]
    Days,
    /// Every order.
    Orders,
}

/// Which orders are looked at, by how they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// All of them (全て).
    #[default]
    All,
    /// Those of which no contract made a line (通常).
    OneTime,
    /// Those of which a contract made a line (定期).
    Subscription,
}

impl Subject {
    /// Those among a customer's orders.
    pub fn of<'o>(self, shop: &Shop<'_>, orders: &'o [BookOrder]) -> Cow<'o, [BookOrder]> {
        if self == Subject::All {
            return orders.into();
        }
        let wanted = self == Subject::Subscription;
        let found = orders
            .iter()
            .filter(|order| is_of_contract(shop, order) == wanted);
        found.copied().collect()
    }
}

/// Counts orders on the day of another order of the same customer, for [`CountBy::note`].
pub const SAME_DAY: Spec = Spec {
    name: "same_day",
    keys: &[],
    sums: &["orders"],
};

impl CountBy {
    /// The first order of each purchase, which stands for it.
    pub fn of(self, orders: &[BookOrder]) -> impl Iterator<Item = &BookOrder> {
        let mut last = i32::MIN;
        orders.iter().filter(move |order| {
            // A clock put back at midnight may show the day before once more.
            let is_purchase = self == CountBy::Orders || order.day > last;
            last = last.max(order.day);
            is_purchase
        })
    }

    /// Counts a customer's orders that share a day in the table with this index, a [`SAME_DAY`].
    pub fn tally_same_day(tally: &mut Tally, table: usize, person: u32, orders: &[BookOrder]) {
        if orders.len() < 2 {
            return;
        }
        let shared = orders.len() - CountBy::Days.of(orders).count();
        if shared > 0 {
            tally.add(table, person, &[], &[shared as i64]);
        }
    }

    /// Says what became of orders that share a day.
    pub fn note(self, counted: &Counted, sheet: &mut Sheet) {
        let code = match self {
            CountBy::Days => "same_day_together",
            CountBy::Orders => "same_day_apart",
        };
        let orders = counted.rows(SAME_DAY.name).filter_map(|row| row.first());
        sheet.note(code, orders.sum::<i64>().unsigned_abs());
    }
}

/// Whether days without an order say that a customer has lapsed.
///
/// Not of ギフト専用 senders: a yearly buyer of お歳暮 is looked at season by season. The one place
/// where this is decided (ours). Such a customer waits, as long as the time lasts that tells what
/// kind of sender somebody is.
pub fn lapses(shop: &Shop<'_>, orders: &[BookOrder]) -> bool {
    let senders = Senders::of(shop.ledger, shop.book);
    !senders.is_some_and(|senders| senders.is_gift_only(orders, shop.book.as_of_day))
}

/// Counts customers who would have lapsed by days but send gifts alone, for [`note_gift_only`].
pub const GIFT_ONLY: Spec = Spec {
    name: "gift_only",
    keys: &[],
    sums: &["customers"],
};

/// Says how many there are.
pub fn note_gift_only(counted: &Counted, sheet: &mut Sheet) {
    let customers = counted.rows(GIFT_ONLY.name).filter_map(|row| row.first());
    sheet.note("gift_only", customers.sum::<i64>().unsigned_abs());
}

/// The rank of a product code in the book; `None` for a code that was never loaded.
pub fn rank_of(shop: &Shop<'_>, code: &str) -> Option<u32> {
    let id = shop.ledger.products.find(Key::of(code))?;
    shop.book.rank_of_product.get(id as usize).copied()
}

/// Orders by their primary product.
#[derive(Clone, Copy, Debug)]
pub struct OnlyProduct(Option<u32>);

impl OnlyProduct {
    /// Only this product's orders, or all. What was never sold is in no order.
    pub fn of(shop: &Shop<'_>, code: Option<&str>) -> Self {
        OnlyProduct(code.map(|code| rank_of(shop, code).unwrap_or(NONE - 1)))
    }

    /// Whether an order is one of them.
    #[inline]
    pub fn takes(self, order: &BookOrder) -> bool {
        self.0.is_none_or(|rank| rank == order.product)
    }
}
