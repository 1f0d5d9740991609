//! What became of the customers who reached their n-th order: gone on, waiting or lapsed.
//!
//! LTV-Lab's 継続・離脱分析 and うちでのこづち's フロー離脱率: at the day of the question a customer
//! at step n has gone on when there is an order n + 1, else has lapsed when the last order is at
//! least `lapse_days` ago, else waits. The three always make up the step. Who bought again after
//! any number of days has gone on and not lapsed.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::interval::wilson;
use crate::zone::month_of;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Days without an order after which a customer has lapsed (離脱基準日).
    pub lapse_days: i32,
    /// The last step that stands on its own; later ones are counted together with it.
    pub last: u32,
}

const SUMS: &[&str] = &[
    "customers",
    "converted",
    "waiting",
    "lapsed",
    "days_to_next",
];

static SPECS: [Spec; 2] = [
    Spec {
        name: "steps",
        keys: &[("step", Kind::Int)],
        sums: SUMS,
    },
    Spec {
        name: "steps_by_cohort",
        keys: &[("cohort", Kind::Int), ("step", Kind::Int)],
        sums: SUMS,
    },
];

impl Report for Steps {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let cohort = orders.first().map_or(0, |order| month_of(order.day));
            for (place, order) in orders.iter().enumerate() {
                let step = (place as u32).saturating_add(1);
                let next = orders.get(place + 1);
                if step > self.last {
                    break;
                }
                let since = book.as_of_day.saturating_sub(order.day);
                let sums = match next {
                    Some(next) => [1, 1, 0, 0, i64::from(next.day.saturating_sub(order.day))],
                    None if since >= self.lapse_days => [1, 0, 0, 1, 0],
                    None => [1, 0, 1, 0, 0],
                };
                tally.add(0, person, &[step.into()], &sums);
                tally.add(1, person, &[cohort.into(), step.into()], &sums);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in &SPECS {
            let keys = spec.keys.len();
            let mut table = counted.table(spec.name);
            let mut rates = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
            for row in counted.rows(spec.name) {
                let [customers, converted, waiting, _, days] = row.get(keys..).unwrap_or_default()
                else {
                    continue;
                };
                // Who still waits has not decided: the rate is of those who have.
                let decided = customers - waiting;
                let band = wilson(*converted as f64, decided as f64);
                let values = [
                    share(*converted, decided),
                    band.map(|band| band.low),
                    band.map(|band| band.high),
                    share(*days, *converted),
                ];
                for (column, value) in rates.iter_mut().zip(values) {
                    column.push(value);
                }
            }
            let names = ["rate", "rate_low", "rate_high", "mean_days"];
            // The sum of days is no figure of its own.
            table.columns.retain(|(name, _)| *name != "days_to_next");
            for (name, values) in names.into_iter().zip(rates) {
                table.columns.push((name, Values::MaybeReal(values)));
            }
            sheet.push(spec.name, table);
        }
        let waiting = counted.rows("steps").filter_map(|row| row.get(3));
        sheet.note("waiting", waiting.sum::<i64>().unsigned_abs());
    }
}
