//! What the buyers of one product went on to buy of it (商品別LTV, うちでのこづち).
//!
//! A cohort is everybody who bought the product for the first time in a month. Of its later
//! purchases, up to the `last` one, those count that came within `days` of the first
//! (継続基準日数); a purchase is an order with the product. Only customers whose days are over
//! count in what is said of them, and of a cohort nothing is said before the days of all its
//! customers are over.

use super::{add_rates, at, rated};
use crate::keys::Key;
use crate::list::List;
use crate::report::sheet::{Sheet, Values, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};
use crate::zone::month_of;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductLtv {
    /// Code of the product.
    pub product: String,
    /// Days from the first purchase within which later ones count.
    pub days: i32,
    /// The last purchase that is counted, 2 at least.
    pub last: u32,
}

const SUMS: &[&str] = &["customers", "closed", "buyers", "days", "amount"];

static SPECS: [Spec; 2] = [
    Spec {
        name: "product_ltv",
        keys: &[("purchase", Kind::Int)],
        sums: SUMS,
    },
    Spec {
        name: "product_ltv_by_cohort",
        keys: &[("cohort", Kind::Int), ("purchase", Kind::Int)],
        sums: SUMS,
    },
];

impl Report for ProductLtv {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let Some(id) = shop.ledger.products.find(Key::of(&self.product)) else {
            return;
        };
        let (book, lines) = (shop.book, &shop.ledger.lines);
        // Day and amount of each purchase.
        let mut purchases: Vec<(i32, i64)> = Vec::new();
        for (person, orders) in book.people(0..book.person_count()) {
            purchases.clear();
            for order in orders {
                let (start, count) = (order.line_start, order.line_count);
                if lines.products(start, count).contains(&id) {
                    let of_it = lines.rows(start, count).filter(|line| line.product == id);
                    purchases.push((order.day, of_it.map(|line| line.amount).sum()));
                }
            }
            let Some((first, _)) = purchases.first().copied() else {
                continue;
            };
            let since = |day: i32| i64::from(day) - i64::from(first);
            let closed = since(book.as_of_day) >= self.days.into();
            let cohort = i64::from(month_of(first));
            for purchase in 1..=self.last {
                let bought = purchases.get(purchase as usize - 1);
                let counts = bought.filter(|(day, _)| closed && since(*day) <= self.days.into());
                let [buyers, days, amount] =
                    counts.map_or([0; 3], |(day, amount)| [1, since(*day), *amount]);
                let sums = [1, closed.into(), buyers, days, amount];
                tally.add(0, person, &[purchase.into()], &sums);
                tally.add(1, person, &[cohort, purchase.into()], &sums);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in &SPECS {
            let keys = spec.keys.len();
            let of_cohort = keys > 1;
            let mut table = counted.table(spec.name);
            let is_said = |row: &[i64]| match of_cohort {
                true => at(row, keys) == at(row, keys + 1),
                false => at(row, keys + 1) > 0,
            };
            let rows = || counted.rows(spec.name);
            let amount = |row: &[i64]| is_said(row).then(|| at(row, keys + 4));
            let amounts = rows().map(amount).into_list();
            table
                .columns
                .retain(|(name, _)| !matches!(*name, "days" | "amount"));
            table.columns.push(("amount", Values::MaybeInt(amounts)));
            let mut running = 0i64;
            let mut rates = rows().map(|row| {
                // Purchases ascend within a cohort.
                if at(row, keys - 1) == 1 {
                    running = 0;
                }
                running = running.saturating_add(at(row, keys + 4));
                let (closed, buyers) = (at(row, keys + 1), at(row, keys + 2));
                if !is_said(row) {
                    return vec![None; 5];
                }
                let mut rates = rated(buyers, closed).to_vec();
                rates.push(share(at(row, keys + 3), buyers));
                rates.push(share(running, closed));
                rates
            });
            let names = ["rate", "rate_low", "rate_high", "mean_days", "ltv"];
            add_rates(&mut table, &names, &mut rates);
            sheet.push(spec.name, table);
        }
        let first = counted.rows("product_ltv").next();
        let waiting = first.map_or(0, |row| at(row, 1) - at(row, 2));
        sheet.note("not_closed", waiting.unsigned_abs());
    }
}
