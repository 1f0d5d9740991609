//! What became of the customers who reached their n-th purchase: gone on, waiting or lapsed.
//!
//! LTV-Lab's 継続・離脱分析 and うちでのこづち's フロー離脱率: at the day of the question a customer
//! at step n has gone on when there is a purchase n + 1, else has lapsed when the last one is at
//! least `lapse_days` ago, else waits. The three always make up the step. Who bought again after
//! any number of days has gone on and not lapsed. Who sends gifts alone waits for the next season
//! instead of lapsing; a note says how many.
//!
//! A [`Subject`] looks at orders of contracts (定期) or at the others (通常) alone, as
//! うちでのこづち does: the n-th purchase is then the n-th of these, and whoever has none is in no
//! step.
//!
//! The rate is another matter: of the customers whose `lapse_days` are over (`closed`), those who
//! bought again within them (`in_time`). Counting who went on early before the days of the others
//! are over would raise it, counting who waits as lost would lower it (ours).

use super::purchases::{
    CountBy, GIFT_ONLY, OnlyProduct, SAME_DAY, Subject, lapses, note_gift_only,
};
use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec};
use crate::zone::month_of;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Days without an order after which a customer has lapsed (離脱基準日).
    pub lapse_days: i32,
    /// The last step that is shown.
    pub last: u32,
    /// Only customers whose first purchase has this code as its primary product.
    pub product: Option<String>,
    /// What is one purchase.
    pub count: CountBy,
    /// Which orders are looked at.
    pub subject: Subject,
}

const SUMS: &[&str] = &[
    "customers",
    "converted",
    "waiting",
    "lapsed",
    "closed",
    "in_time",
    "days_to_next",
];

static SPECS: [Spec; 4] = [
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
    SAME_DAY,
    GIFT_ONLY,
];

impl Report for Steps {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let only = OnlyProduct::of(shop, self.product.as_deref());
        for (person, orders) in book.people(0..book.person_count()) {
            let all = orders;
            let orders = self.subject.of(shop, all);
            let Some(first) = orders.first().filter(|order| only.takes(order)) else {
                continue;
            };
            let cohort = month_of(first.day);
            CountBy::tally_same_day(tally, 2, person, &orders);
            let mut purchases = self.count.of(&orders).peekable();
            for step in 1..=i64::from(self.last) {
                let Some(purchase) = purchases.next() else {
                    break;
                };
                let since = book.as_of_day.saturating_sub(purchase.day);
                let is_over = since >= self.lapse_days;
                let sums = match purchases.peek() {
                    Some(next) => {
                        let days = next.day.saturating_sub(purchase.day).max(0);
                        let is_in_time = is_over && days <= self.lapse_days;
                        let over = [is_over, is_in_time].map(i64::from);
                        [1, 1, 0, 0, over[0], over[1], days.into()]
                    }
                    None if is_over && lapses(shop, all) => [1, 0, 0, 1, 1, 0, 0],
                    None => {
                        if is_over {
                            tally.add(3, person, &[], &[1]);
                        }
                        [1, 0, 1, 0, is_over.into(), 0, 0]
                    }
                };
                tally.add(0, person, &[step], &sums);
                tally.add(1, person, &[cohort.into(), step], &sums);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in SPECS.iter().take(2) {
            let keys = spec.keys.len();
            let mut table = counted.table(spec.name);
            // The sum of days is no figure of its own.
            table.columns.retain(|(name, _)| *name != "days_to_next");
            let mut rates = Rates::default();
            let mut others: [Vec<Option<f64>>; 4] = Default::default();
            for row in counted.rows(spec.name) {
                if let [customers, converted, waiting, lapsed, closed, in_time, days] =
                    row.get(keys..).unwrap_or_default()
                {
                    rates.push(*in_time, *closed);
                    let parts = [converted, waiting, lapsed].map(|part| share(*part, *customers));
                    let values = parts.into_iter().chain([share(*days, *converted)]);
                    for (column, value) in others.iter_mut().zip(values) {
                        column.push(value);
                    }
                }
            }
            rates.append(&mut table, ["rate", "rate_low", "rate_high"]);
            let names = [
                "converted_share",
                "waiting_share",
                "lapsed_share",
                "mean_days",
            ];
            table.push_rates(names, others);
            sheet.push(spec.name, table);
        }
        let open = |row: &[i64]| Some(row.get(1)? - row.get(5)?);
        let open = counted.rows("steps").filter_map(open);
        sheet.note("waiting", open.sum::<i64>().unsigned_abs());
        note_gift_only(counted, sheet);
        self.count.note(counted, sheet);
    }
}
