//! What the first order tells of later ones: by how much customers of each group buy more often,
//! and leave sooner, than all others.
//!
//! Each group is one covariate of Pareto/NBD ([`WithCovariates`]), 1 for its customers and 0 for the
//! others, so that groups are compared however long ago their customers first came. That a model
//! with the covariate fits better by chance alone is told by the likelihood ratio, twice whose
//! logarithm is distributed as χ² with two degrees of freedom.

use super::groups::{By, GIFT, REST, SUBSCRIPTION, Shown, columns, put_groups};
use super::sheet::Sheet;
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec};
use crate::analysis::sums::add;
use crate::forecast::covariates::{Group, WithCovariates};
use crate::forecast::histories::{Histories, History};
use crate::forecast::optimum::{Fit, Outcome};
use crate::forecast::pareto_nbd::ParetoNbd;
use crate::interval::Z95;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects {
    /// What of the first order makes a group.
    pub by: By,
    /// Groups that are shown each, where there may be many.
    pub top: usize,
    /// Days after the first order for which purchases of a new customer are expected.
    pub horizon: u32,
}

/// Customers by their histories ([`History`]), not shown as a table.
const fn specs(keys: &'static [(&'static str, Kind)]) -> [Spec; 1] {
    [Spec {
        name: "effects",
        keys,
        sums: &["customers"],
    }]
}

macro_rules! specs_by {
    ($($name:ident: $kind:expr;)*) => {$(
        static $name: [Spec; 1] = specs(&[
            ("group", $kind),
            ("repeats", Kind::Int),
            ("recency_days", Kind::Int),
            ("age_days", Kind::Int),
        ]);
    )*};
}

specs_by! {
    MONTHS: Kind::Int;
    PRODUCTS: Kind::Product;
    WORDS: Kind::Word;
    GIFTS: GIFT;
    CONTRACTS: SUBSCRIPTION;
}

/// The columns of rates behind group, part and customers.
const RATES: [&str; 9] = [
    "purchase_ratio",
    "purchase_low",
    "purchase_high",
    "leaving_ratio",
    "leaving_low",
    "leaving_high",
    "purchases",
    "purchases_others",
    "chance",
];

/// Of more customers one out of several is compared: so many tell a difference that matters, and
/// how long it takes has an end.
const COMPARED: i64 = 100_000;

/// The histories of those rows that `is_in`, and of these every `each`-th customer.
fn histories(counted: &Counted, each: i64, is_in: impl Fn(i64) -> bool) -> Histories {
    let mut passed = 0i64;
    let history = |row: &[i64]| match *row {
        [group, repeats, recency, age, customers] => {
            let before = passed / each;
            passed = passed.saturating_add(customers);
            is_in(group).then_some(())?;
            Some(History {
                x: u32::try_from(repeats).ok()?,
                recency: recency as f64,
                age: age as f64,
                customers: (passed / each - before) as f64,
            })
        }
        _ => None,
    };
    Histories::new(counted.rows("effects").filter_map(history).collect()).unwrap_or_default()
}

impl Effects {
    /// The values of [`RATES`] for a group, and whether they were held near 1; `None` where
    /// nobody is outside, or nobody came again.
    fn of(
        &self,
        group: i64,
        (counted, each): (&Counted, i64),
        without: &Fit<ParetoNbd, 4>,
    ) -> Option<([f64; 9], bool)> {
        let part = |covariate: f64| Group {
            covariates: [covariate],
            histories: histories(counted, each, |one| (one == group) == (covariate > 0.0)),
        };
        let groups = [part(0.0), part(1.0)];
        if groups.iter().any(|group| group.histories.is_empty()) {
            return None;
        }
        let fit = WithCovariates::<1>::fit::<6>(without, &groups)?;
        let [[leaving_error], [purchase_error]] = fit.errors?;
        if fit.outcome != Outcome::Converged {
            return None;
        }
        let ([leaving], [purchase]) = (fit.model.leaving, fit.model.purchase);
        let ratio = |effect: f64, error: f64| {
            [0.0, -Z95, Z95].map(|bound| libm::exp(effect + bound * error))
        };
        let [purchase, purchase_low, purchase_high] = ratio(purchase, purchase_error);
        let [leaving, leaving_low, leaving_high] = ratio(leaving, leaving_error);
        let new = |covariate: f64| {
            let model = fit.model.of_customers(&[covariate]);
            model.purchases_of_new(self.horizon.into())
        };
        let chance = libm::exp(-fit.gain.max(0.0));
        let rates = [
            purchase,
            purchase_low,
            purchase_high,
            leaving,
            leaving_low,
            leaving_high,
            new(1.0),
            new(0.0),
            chance,
        ];
        Some((rates, fit.is_held))
    }
}

impl Report for Effects {
    fn specs(&self) -> &'static [Spec] {
        match self.by {
            By::Whole | By::Month => &MONTHS,
            By::Product => &PRODUCTS,
            By::Media | By::Coupon | By::Prefecture => &WORDS,
            By::Gift => &GIFTS,
            By::Subscription => &CONTRACTS,
        }
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        for (person, orders) in book.people(0..book.person_count()) {
            let (Some(first), Some(last)) = (orders.first(), orders.last()) else {
                continue;
            };
            let group = self.by.group(shop, first, tally);
            let since = |day: i32| i64::from(day) - i64::from(first.day);
            // Several orders of one day are one purchase.
            let repeats = orders.chunk_by(|a, b| a.day == b.day).count() as i64 - 1;
            let key = [group, repeats, since(last.day), since(book.as_of_day)];
            tally.add(0, person, &key, &[1]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut sizes: Vec<Vec<i64>> = Vec::new();
        for row in counted.rows("effects") {
            let (group, customers) = match row {
                [group, .., customers] => (*group, *customers),
                _ => continue,
            };
            match sizes.last_mut().map(Vec::as_mut_slice) {
                Some([known, sum]) if *known == group => add(sum, customers),
                _ => sizes.push(vec![group, customers]),
            }
        }
        if self.by.is_open() {
            sizes = Shown::of(&sizes, 1, self.top).fold(sizes, 1);
        }
        let all = sizes.iter().filter_map(|row| row.get(1));
        let all = all.fold(0i64, |all, customers| all.saturating_add(*customers));
        let each = (all / COMPARED).max(1);
        let without = ParetoNbd::fit(&histories(counted, each, |_| true));
        let mut rates = [const { Vec::new() }; RATES.len()];
        let (mut open, mut held) = (0, 0);
        for row in &sizes {
            let group = row.first().copied().filter(|group| *group != REST);
            let found = group.and_then(|group| self.of(group, (counted, each), &without));
            open += u64::from(found.is_none() && group.is_some());
            held += u64::from(matches!(found, Some((_, true))));
            let found = found.map_or([None; RATES.len()], |(found, _)| found.map(Some));
            for (column, value) in rates.iter_mut().zip(found) {
                column.push(value);
            }
        }
        let mut table = columns(&sizes, &[("customers", 1)]);
        table.push_rates(RATES, rates);
        put_groups(&mut table, counted, (self.by.kind(), 1), &sizes);
        sheet.push("effects", table);
        sheet.note("effects_open", open);
        sheet.note("effects_held", held);
        sheet.note("effects_compared", if each > 1 { each as u64 } else { 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::NO_PERSON;

    #[test]
    fn of_many_customers_one_out_of_several_is_compared() {
        let mut tally = Tally::new(&GIFTS);
        for (group, age, customers) in [(0, 10, 4), (0, 20, 1), (0, 30, 1), (1, 10, 5), (1, 20, 2)]
        {
            tally.add(0, NO_PERSON, &[group, 0, 0, age], &[customers]);
        }
        let counted = tally.counted();
        let customers = |each, group: Option<i64>| {
            histories(&counted, each, |one| group.is_none_or(|group| group == one)).customers()
        };
        assert_eq!(customers(1, None), 13.0);
        // The third and the sixth are of the first group, the ninth and the twelfth of the second.
        assert_eq!(
            [None, Some(0), Some(1)].map(|group| customers(3, group)),
            [4.0, 2.0, 2.0]
        );
        // Of the first group and of the second one of the same age.
        assert_eq!(histories(&counted, 3, |_| true).len(), 3);
    }
}
