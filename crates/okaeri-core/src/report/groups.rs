//! Customers by what their first order was like, and the few largest of many groups.

use crate::list::List;
use std::cmp::Ordering;

use super::sheet::{Table, Values};
use super::tally::{Counted, Tally};
use super::{Kind, Shop};
use crate::analysis::sums::add;
use crate::book::BookOrder;
use crate::keys::NONE;
use crate::order::sorted;
use crate::zone::month_of;

/// What of the first order makes a group. Each customer is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// All together.
    Whole,
    /// Its month.
    Month,
    /// Its primary product.
    Product,
    /// The medium that brought it.
    Media,
    /// The first coupon code used.
    Coupon,
    /// Whether it was a gift.
    Gift,
    /// Where the buyer lived.
    Prefecture,
    /// Whether a contract made any of its lines (定期).
    Subscription,
}

/// For own use or not, as [`By::Gift`] tells.
pub const GIFT: Kind = Kind::Name(&["own", "gift"]);
/// 通常 or 定期, as [`By::Subscription`] tells.
pub const SUBSCRIPTION: Kind = Kind::Name(&["one_time", "subscription"]);

/// Stands for a first order without a product. Where groups are words, the empty word stands for
/// what is not known, so that its customers can be asked for.
const NO_PRODUCT: i64 = -1;
/// Stands for all groups that are not shown each.
pub const REST: i64 = -2;

impl By {
    /// Whether there may be so many groups that only the largest are shown.
    pub fn is_open(self) -> bool {
        use By::{Coupon, Media, Prefecture, Product};
        matches!(self, Product | Media | Coupon | Prefecture)
    }

    /// What the key of a group is.
    pub fn kind(self) -> Kind {
        match self {
            By::Whole | By::Month => Kind::Int,
            By::Product => Kind::Product,
            By::Media | By::Coupon | By::Prefecture => Kind::Word,
            By::Gift => GIFT,
            By::Subscription => SUBSCRIPTION,
        }
    }

    /// The group of a customer by the first order.
    pub fn group(self, shop: &Shop<'_>, first: &BookOrder, tally: &mut Tally) -> i64 {
        let ledger = shop.ledger;
        let row = first.row;
        let mut word = |text: Option<&str>| tally.word(text.unwrap_or_default().trim());
        match self {
            By::Whole => 0,
            By::Month => month_of(first.day).into(),
            By::Product if first.product == NONE => NO_PRODUCT,
            By::Product => first.product.into(),
            By::Media => word(ledger.media(row)),
            By::Coupon => word(ledger.coupons(row).first().and_then(|id| ledger.word(*id))),
            By::Gift => ledger.orders.is_gift.get(row).into(),
            By::Prefecture => {
                let order = ledger.orders.rows.get(row as usize);
                let record = order.map_or(NONE, |order| order.record);
                word(ledger.contacts.contact(record).prefecture)
            }
            By::Subscription => is_of_contract(shop, first).into(),
        }
    }
}

/// Whether a contract made any line of an order.
pub fn is_of_contract(shop: &Shop<'_>, order: &BookOrder) -> bool {
    let ledger = shop.ledger;
    let mut lines = order.line_start..order.line_start.saturating_add(order.line_count);
    ledger.tells_of_lines() && lines.any(|line| ledger.line_details(line).contract != NONE)
}

/// Groups that are shown each, by group, and their places: those with the greatest sums in column
/// `size` of rows that ascend by the group in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(Vec<(i64, i64)>);

fn at(row: &[i64], place: usize) -> i64 {
    row.get(place).copied().unwrap_or_default()
}

impl Shown {
    /// The `top` largest groups.
    pub fn of(rows: &[Vec<i64>], size: usize, top: usize) -> Self {
        let mut sizes: Vec<(i64, i64)> = Vec::new();
        for row in rows {
            match sizes.last_mut() {
                Some((group, sum)) if *group == at(row, 0) => add(sum, at(row, size)),
                _ => sizes.push((at(row, 0), at(row, size))),
            }
        }
        let order = sorted(sizes, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let places = order.iter().take(top).zip(0i64..);
        let places = places
            .map(|((group, _), place)| (*group, place))
            .into_list();
        Shown(sorted(places, |a, b| a.0.cmp(&b.0)))
    }

    fn place(&self, group: i64) -> Option<i64> {
        let found = self.0.binary_search_by_key(&group, |(group, _)| *group);
        let place = found.ok().and_then(|found| self.0.get(found));
        place.map(|(_, place)| *place)
    }

    /// The rows of these groups, the largest first, and all others added up as [`REST`], so that
    /// the rows make up the whole. `keys` is how many key columns there are, the group's included.
    pub fn fold(&self, rows: Vec<Vec<i64>>, keys: usize) -> Vec<Vec<i64>> {
        let placed = |mut row: Vec<i64>| {
            let place = self.place(at(&row, 0));
            if place.is_none()
                && let Some(group) = row.first_mut()
            {
                *group = REST;
            }
            (place.unwrap_or(i64::MAX), row)
        };
        let rows = rows.into_iter().map(placed).into_list();
        let compare = |a: &(i64, Vec<i64>), b: &(i64, Vec<i64>)| {
            let mut others = (1..keys).map(|key| at(&a.1, key).cmp(&at(&b.1, key)));
            let others = others.find(|order| order.is_ne());
            a.0.cmp(&b.0).then(others.unwrap_or(Ordering::Equal))
        };
        let mut merged: Vec<(i64, Vec<i64>)> = Vec::new();
        for row in sorted(rows, compare) {
            match merged.last_mut() {
                Some(last) if compare(last, &row).is_eq() => {
                    let sums = last.1.iter_mut().zip(&row.1).skip(keys);
                    sums.for_each(|(sum, more)| add(sum, *more));
                }
                _ => merged.push(row),
            }
        }
        merged.into_iter().map(|(_, row)| row).into_list()
    }
}

/// Whole columns from rows.
pub fn columns(rows: &[Vec<i64>], names: &[(&'static str, usize)]) -> Table {
    let column = |place: usize| {
        let value = |row: &Vec<i64>| row.get(place).copied().unwrap_or_default();
        Values::Int(rows.iter().map(value).into_list())
    };
    let columns = names.iter().map(|(name, place)| (*name, column(*place)));
    Table {
        columns: columns.into_list(),
    }
}

/// Puts the group of each row in front, and behind the `keys` key columns, which the group is one
/// of, the `part`: whether it is one `group`, the customers whose group is `unknown` (an empty
/// text), or the `rest`.
pub fn put_groups(table: &mut Table, counted: &Counted, of: (Kind, usize), rows: &[Vec<i64>]) {
    let (kind, keys) = of;
    let groups: Vec<i64> = rows.iter().map(|row| at(row, 0)).into_list();
    let is_unknown = |group: i64| match kind {
        Kind::Product => group == NO_PRODUCT,
        Kind::Word => {
            let word = usize::try_from(group).ok();
            word.and_then(|word| counted.words.get(word))
                .is_some_and(String::is_empty)
        }
        _ => false,
    };
    let part = |group: &i64| match *group {
        REST => "rest",
        group if is_unknown(group) => "unknown",
        _ => "group",
    };
    let parts = Values::Name(groups.iter().map(part).into_list());
    table
        .columns
        .insert(0, ("group", counted.values(kind, groups)));
    let keys = keys.min(table.columns.len());
    table.columns.insert(keys, ("part", parts));
}
