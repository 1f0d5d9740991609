//! Deciles of a period (デシル分析): tenths of those who bought in it, by what they spent in it.
//!
//! A single large purchase long ago puts a customer on top of all deciles, which is why a period
//! is chosen, and why `large_single` says of how many in each tenth one order was half or more.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Span, Spec, Values};
use crate::analysis::decile::decile;
use crate::book::BookOrder;
use crate::list::List;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecilePeriod {
    /// Days of the period, the day of the question included; 0: all orders.
    pub days: i32,
}

const KEY: &[(&str, Kind)] = &[("decile", Kind::Int)];

static SPECS: [Spec; 2] = [
    Spec {
        name: "deciles",
        keys: KEY,
        sums: &["customers", "orders", "amount"],
    },
    Spec {
        name: "large_single",
        keys: KEY,
        sums: &[
            "customers",
            "large_single",
            "one_order",
            "large_single_amount",
        ],
    },
];

impl DecilePeriod {
    fn span(&self) -> Span {
        Span {
            days: self.days,
            until: None,
        }
    }
}

impl Report for DecilePeriod {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Rankings(self.span())]
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let first_day = self.span().first_day(book.as_of_day);
        let within = |person: u32| -> &[BookOrder] {
            let orders = book.orders_of(person);
            let start = orders.partition_point(|order| order.day < first_day);
            orders.get(start..).unwrap_or_default()
        };
        let figures = self.span().figures(book);
        let edges = shop.edges(self.span(), &figures);
        let tie = |person| shop.tie(person);
        for found in &figures {
            let key = [decile(&edges, found, tie).into()];
            let orders = i64::from(found.orders);
            tally.add(0, found.person, &key, &[1, orders, found.amount]);
            let amounts = within(found.person).iter().map(|order| order.amount);
            let largest = amounts.max().unwrap_or_default();
            let is_large = largest.saturating_mul(2) >= found.amount;
            let amount = if is_large { found.amount } else { 0 };
            let sums = [1, is_large.into(), (orders == 1).into(), amount];
            tally.add(1, found.person, &key, &sums);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let amounts = counted.rows("deciles").filter_map(|row| row.get(3));
        let all = amounts.fold(0i64, |sum, amount| sum.saturating_add(*amount));
        let mut customers_in_all = 0i64;
        let mut running = 0i64;
        let mut rates: [Vec<Option<f64>>; 4] = Default::default();
        for row in counted.rows("deciles") {
            let [_, customers, orders, amount] = row else {
                continue;
            };
            customers_in_all += customers;
            running = running.saturating_add(*amount);
            let values = [
                share(*amount, all),
                share(running, all),
                share(*amount, *customers),
                share(*orders, *customers),
            ];
            for (column, value) in rates.iter_mut().zip(values) {
                column.push(value);
            }
        }
        let mut table = counted.table("deciles");
        let names = [
            "share",
            "cumulative_share",
            "amount_per_customer",
            "orders_per_customer",
        ];
        let rates = rates.map(Values::MaybeReal);
        table.columns.extend(names.into_iter().zip(rates));
        sheet.push("deciles", table);
        let mut trap = counted.table("large_single");
        let rows = counted.rows("large_single");
        let rate = rows.map(|row| match row {
            [_, customers, large, ..] => share(*large, *customers),
            _ => None,
        });
        trap.columns
            .push(("rate", Values::MaybeReal(rate.into_list())));
        sheet.push("large_single", trap);
        if customers_in_all < 10 {
            sheet.note("few_customers", customers_in_all.unsigned_abs());
        }
    }
}

#[cfg(test)]
mod tests;
