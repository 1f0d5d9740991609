//! The lifecycle grid: customers by number of orders and days since the last, by bounds of any
//! number (Novo's LifeCycle Grids). The matrix of the dashboard is the grid of three by three.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Spec, Values};
use crate::identity::NO_PERSON;
use crate::rules::step;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleGrid {
    /// Orders from which a customer is in the next row, ascending, above 1.
    pub orders: Vec<i64>,
    /// Days since the last order from which a customer is in the next column, ascending, above 0.
    pub days: Vec<i64>,
    /// In place of `days`: the columns end where three of four, and nine of ten, of the gaps
    /// between purchases did, if there are any (ours).
    pub fit: bool,
}

// What the last row and column end with.
const NO_END: i64 = -1;

static SPECS: [Spec; 1] = [Spec {
    name: "grid",
    keys: &[
        ("freq", Kind::Int),
        ("rec", Kind::Int),
        ("orders_from", Kind::Int),
        ("orders_to", Kind::Int),
        ("days_from", Kind::Int),
        ("days_to", Kind::Int),
    ],
    sums: &["customers", "orders", "amount"],
}];

/// The first and the last value of a part, by its place from 0.
fn ends(bounds: &[i64], least: i64, part: usize) -> [i64; 2] {
    let from = part.checked_sub(1).and_then(|part| bounds.get(part));
    let to = bounds.get(part).map_or(NO_END, |next| next - 1);
    [from.copied().unwrap_or(least), to]
}

impl Report for LifecycleGrid {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        self.fit.then_some(Need::Gaps).into_iter().collect()
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let fitted = self.fit.then(|| shop.most_gaps()).flatten();
        let fitted = fitted.map(|[most, nearly_all]| [most + 1, nearly_all.max(most + 1) + 1]);
        let days = fitted.as_ref().map_or(self.days.as_slice(), |days| days);
        let key = |freq: usize, rec: usize| {
            let [orders_from, orders_to] = ends(&self.orders, 1, freq);
            let [days_from, days_to] = ends(days, 0, rec);
            let (freq, rec) = (freq as i64 + 1, rec as i64 + 1);
            [freq, rec, orders_from, orders_to, days_from, days_to]
        };
        for freq in 0..=self.orders.len() {
            for rec in 0..=days.len() {
                tally.add(0, NO_PERSON, &key(freq, rec), &[0; 3]);
            }
        }
        let day = i64::from(shop.book.as_of_day);
        for figures in shop.figures {
            let orders = i64::from(figures.orders);
            let recency = day - i64::from(figures.last_day);
            let key = key(
                step(&self.orders, orders).into(),
                step(days, recency).into(),
            );
            tally.add(0, figures.person, &key, &[1, orders, figures.amount]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("grid");
        for (name, values) in &mut table.columns {
            if let Values::Int(ends) = values
                && name.ends_with("_to")
            {
                let ends = ends.iter().map(|end| (*end != NO_END).then_some(*end));
                *values = Values::MaybeInt(ends.collect());
            }
        }
        let rows: Vec<&[i64]> = counted.rows("grid").collect();
        let at = |row: &[i64], place: usize| row.get(place).copied().unwrap_or_default();
        for (name, place) in [("customer_share", 6), ("amount_share", 8)] {
            let all = rows.iter().map(|row| at(row, place)).sum();
            let shares = rows.iter().map(|row| share(at(row, place), all));
            table
                .columns
                .push((name, Values::MaybeReal(shares.collect())));
        }
        sheet.push("grid", table);
    }
}
