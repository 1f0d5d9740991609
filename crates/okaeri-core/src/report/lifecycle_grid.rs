//! The lifecycle grid: customers by number of orders and days since the last, by bounds of any
//! number (Novo's LifeCycle Grids). The matrix of the dashboard is the grid of three by three.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::identity::NO_PERSON;
use crate::rules::step;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleGrid {
    /// Orders from which a customer is in the next row, ascending, above 1.
    pub orders: Vec<i64>,
    /// Days since the last order from which a customer is in the next column, ascending, above 0.
    pub days: Vec<i64>,
}

static SPECS: [Spec; 1] = [Spec {
    name: "grid",
    keys: &[("freq", Kind::Int), ("rec", Kind::Int)],
    sums: &["customers", "orders", "amount"],
}];

impl Report for LifecycleGrid {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        for freq in 1..=self.orders.len() as i64 + 1 {
            for rec in 1..=self.days.len() as i64 + 1 {
                tally.add(0, NO_PERSON, &[freq, rec], &[0; 3]);
            }
        }
        let day = i64::from(shop.book.as_of_day);
        for figures in shop.figures {
            let orders = i64::from(figures.orders);
            let recency = day - i64::from(figures.last_day);
            let cell = [step(&self.orders, orders), step(&self.days, recency)];
            let key = cell.map(|place| i64::from(place) + 1);
            tally.add(0, figures.person, &key, &[1, orders, figures.amount]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("grid");
        let rows: Vec<&[i64]> = counted.rows("grid").collect();
        let at = |row: &[i64], place: usize| row.get(place).copied().unwrap_or_default();
        // What a row or column begins with, and what it ends with.
        let mut bounds = |names: [&'static str; 2], place: usize, least: i64, bounds: &[i64]| {
            let bound = |part: i64| {
                let part = usize::try_from(part).ok()?;
                bounds.get(part).copied()
            };
            let from = rows
                .iter()
                .map(|row| bound(at(row, place) - 2).unwrap_or(least));
            let to = rows.iter().map(|row| Some(bound(at(row, place) - 1)? - 1));
            table.columns.push((names[0], Values::Int(from.collect())));
            table
                .columns
                .push((names[1], Values::MaybeInt(to.collect())));
        };
        bounds(["orders_from", "orders_to"], 0, 1, &self.orders);
        bounds(["days_from", "days_to"], 1, 0, &self.days);
        for (name, place) in [("customer_share", 2), ("amount_share", 4)] {
            let all = rows.iter().map(|row| at(row, place)).sum();
            let shares = rows.iter().map(|row| share(at(row, place), all));
            table
                .columns
                .push((name, Values::MaybeReal(shares.collect())));
        }
        sheet.push("grid", table);
    }
}
