//! From own use to gifts and back: what the first order was, and the second.

use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Tally};

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct GiftFlow;

/// What an order is; `none` where there is no second.
pub const ORDERS: &[&str] = &["none", "own", "gift"];

static SPECS: [Spec; 1] = [Spec {
    name: "gift_flow",
    keys: &[
        ("first", Kind::Name(ORDERS)),
        ("second", Kind::Name(ORDERS)),
    ],
    sums: &["customers", "days", "amount"],
}];

impl Report for GiftFlow {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let Some(first) = orders.first() else {
                continue;
            };
            let second = orders.get(1);
            let kind = |order| 1 + i64::from(book.is_gift(shop.ledger, order));
            let days = second.map_or(0, |second| second.day.saturating_sub(first.day).max(0));
            let all = orders
                .iter()
                .fold(0i64, |sum, order| sum.saturating_add(order.amount));
            let key = [kind(first), second.map_or(0, kind)];
            tally.add(0, person, &key, &[1, days.into(), all]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("gift_flow");
        table.columns.retain(|(name, _)| *name != "days");
        let of_first = |first: i64| -> i64 {
            let rows = counted.rows("gift_flow");
            let rows = rows.filter(|row| row.first() == Some(&first));
            rows.filter_map(|row| row.get(2)).sum()
        };
        let mut rates: [Vec<Option<f64>>; 2] = Default::default();
        for row in counted.rows("gift_flow") {
            if let [first, second, customers, days, _] = row {
                let values = [
                    share(*customers, of_first(*first)),
                    share(*days, *customers).filter(|_| *second != 0),
                ];
                for (column, value) in rates.iter_mut().zip(values) {
                    column.push(value);
                }
            }
        }
        table.push_rates(["rate", "mean_days"], rates);
        sheet.push("gift_flow", table);
    }
}
