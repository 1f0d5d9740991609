//! RFM: recency, frequency, monetary value, each 1 to 5 (RFM分析).

use super::people::Figures;
use super::select::order_statistics;
use super::sums::Sums;
use crate::rules::{self, Rule};

/// Column names of the table.
pub const COLUMNS: [&str; 5] = ["r", "f", "m", "customers", "amount"];

/// Least numbers of orders for F = 5, 4, 3, 2 in quantile mode, where fifths of a mostly single
/// purchase would part equal customers at random.
const QUANTILE_ORDERS: [u32; 4] = [7, 4, 3, 2];

/// Bounds of each score, best score first; the first bound that holds wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Greatest days since the last order for R = 5, 4, 3, 2.
    pub recency_days: [i64; 4],
    /// Least orders for F = 5, 4, 3, 2.
    pub orders: [u32; 4],
    /// Least amount for M = 5, 4, 3, 2.
    pub amount: [i64; 4],
}

impl Bounds {
    /// The bounds that put R and M in fifths: `1 + 5 * (rank - 1) / N` rounded down, where the
    /// rank counts the customers with a smaller value, so that equals share the lowest rank.
    pub fn quantiles(people: &[Figures], as_of_day: i32) -> Self {
        let count = people.len();
        // A score of at least 1 + k needs at least `need` customers with a smaller value.
        let need = |k: usize| (k * count).div_ceil(5);
        let positions: Vec<usize> = (1..=4).filter_map(|k| need(k).checked_sub(1)).collect();
        let above = |values: Vec<i64>| {
            let found = order_statistics(&values, &positions);
            let mut bounds = [i64::MAX; 4];
            // bounds[0] is for score 5, the last of `found`; beyond the value itself.
            for (bound, value) in bounds.iter_mut().rev().zip(found) {
                *bound = value + 1;
            }
            bounds
        };
        let last_day = above(people.iter().map(|p| i64::from(p.last_day)).collect());
        Bounds {
            recency_days: last_day.map(|day| i64::from(as_of_day).saturating_sub(day)),
            orders: QUANTILE_ORDERS,
            amount: above(people.iter().map(|p| p.amount).collect()),
        }
    }

    /// The scores R, F, M of a customer.
    #[inline]
    pub fn scores(&self, figures: &Figures, as_of_day: i32) -> [u8; 3] {
        let recency = i64::from(as_of_day) - i64::from(figures.last_day);
        let mut scores = [1; 3];
        let [r, f, m] = &mut scores;
        for bound in &self.recency_days {
            *r += u8::from(recency <= *bound);
        }
        for bound in &self.orders {
            *f += u8::from(figures.orders >= *bound);
        }
        for bound in &self.amount {
            *m += u8::from(figures.amount >= *bound);
        }
        scores
    }
}

/// Named groups of scores, best first (ours; the labels are close to LTV-Lab's and Shopify's).
pub const GROUPS: [&str; 8] = [
    "vip",
    "loyal",
    "promising",
    "new",
    "cooling",
    "at_risk_high_value",
    "at_risk",
    "lost",
];

/// The ten segments of the R package `rfm`, in its order, and what is in none of them.
pub const SEGMENTS: [&str; 11] = [
    "champions",
    "loyal_customers",
    "potential_loyalist",
    "new_customers",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cant_lose_them",
    "lost",
    "others",
];

const fn rule(group: u8, r: (i64, i64), f: (i64, i64), m: (i64, i64)) -> Rule<3> {
    Rule {
        group,
        ranges: [r, f, m],
    }
}

const ANY: (i64, i64) = (1, 5);

/// What is left is lost.
const GROUP_RULES: [Rule<3>; 7] = [
    rule(0, (4, 5), (4, 5), (4, 5)),
    rule(1, (3, 5), (3, 5), ANY),
    rule(2, (4, 5), (2, 2), ANY),
    rule(3, (4, 5), (1, 1), ANY),
    rule(4, (3, 3), (1, 2), ANY),
    rule(5, (1, 2), (4, 5), ANY),
    rule(6, (2, 2), (1, 3), ANY),
];

/// The ranges are the package's; some overlap, and the first holds.
const SEGMENT_RULES: [Rule<3>; 10] = [
    rule(0, (4, 5), (4, 5), (4, 5)),
    rule(1, (2, 5), (3, 5), (3, 5)),
    rule(2, (3, 5), (1, 3), (1, 3)),
    rule(3, (4, 5), (1, 1), (1, 1)),
    rule(4, (3, 4), (1, 1), (1, 1)),
    rule(5, (2, 3), (2, 3), (2, 3)),
    rule(6, (2, 3), (1, 2), (1, 2)),
    rule(7, (1, 2), (2, 5), (2, 5)),
    rule(8, (1, 1), (4, 5), (4, 5)),
    rule(9, (1, 2), (1, 2), (1, 2)),
];

/// Place in [`GROUPS`] of the scores R, F, M. The groups are total: each of the 125 scores has
/// one.
pub fn rfm_group([r, f, m]: [u8; 3]) -> u8 {
    rules::group(&GROUP_RULES, 7, &[r.into(), f.into(), m.into()])
}

/// Place in [`SEGMENTS`] of the scores R, F, M.
pub fn rfm_segment([r, f, m]: [u8; 3]) -> u8 {
    rules::group(&SEGMENT_RULES, 10, &[r.into(), f.into(), m.into()])
}

/// How many combinations of scores there are.
pub const CELLS: usize = 125;

/// Place of the scores R, F, M among all combinations, ascending.
#[inline]
pub fn cell([r, f, m]: [u8; 3]) -> usize {
    (usize::from(r) * 5 + usize::from(f)) * 5 + usize::from(m) - 31
}

/// The scores R, F, M in a place that [`cell`] gives.
#[inline]
pub fn scores_of(cell: usize) -> [u8; 3] {
    let cell = cell as u8;
    [cell / 25 + 1, cell / 5 % 5 + 1, cell % 5 + 1]
}

/// Customers and amount by score.
pub fn sums(people: &[Figures], bounds: &Bounds, as_of_day: i32) -> Sums {
    let mut cells = [[0i64; 2]; CELLS];
    for figures in people {
        let place = cell(bounds.scores(figures, as_of_day));
        if let Some([customers, amount]) = cells.get_mut(place) {
            *customers += 1;
            *amount = amount.saturating_add(figures.amount);
        }
    }
    let mut sums = Sums::new(3, COLUMNS.len());
    for (index, [customers, amount]) in cells.iter().enumerate() {
        if *customers > 0 {
            let [r, f, m] = scores_of(index);
            sums.push([r.into(), f.into(), m.into(), *customers, *amount]);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(last_day: i32, orders: u32, amount: i64) -> Figures {
        Figures {
            amount,
            orders,
            first_day: 0,
            last_day,
            person: 0,
        }
    }

    #[test]
    fn fifths_follow_the_rank_and_equals_share_the_lowest() {
        let people: Vec<Figures> = (0..10).map(|i| person(i, 1, i64::from(i / 4))).collect();
        let bounds = Bounds::quantiles(&people, 100);
        for (index, figures) in people.iter().enumerate() {
            let smaller = people.iter().filter(|p| p.amount < figures.amount).count();
            let [r, _, m] = bounds.scores(figures, 100);
            assert_eq!(usize::from(r), 1 + 5 * index / 10);
            assert_eq!(usize::from(m), 1 + 5 * smaller / 10);
        }
    }

    #[test]
    fn nobody_and_one_customer_have_bounds() {
        assert_eq!(sums(&[], &Bounds::quantiles(&[], 0), 0).row_count(), 0);
        let one = [person(3, 1, 500)];
        assert_eq!(
            sums(&one, &Bounds::quantiles(&one, 9), 9).cells,
            [1, 1, 1, 1, 500]
        );
    }

    #[test]
    fn each_threshold_holds_on_its_bound_and_not_beside_it() {
        let bounds = Bounds {
            recency_days: [30, 90, 180, 730],
            orders: [5, 4, 3, 2],
            amount: [20_001, 15_001, 10_001, 5_001],
        };
        let scores = |day, orders, amount| bounds.scores(&person(day, orders, amount), 1000);
        assert_eq!(scores(970, 5, 20_001), [5, 5, 5]);
        assert_eq!(scores(969, 4, 20_000), [4, 4, 4]);
        assert_eq!(scores(270, 2, 5_001), [2, 2, 2]);
        assert_eq!(scores(269, 1, 5_000), [1, 1, 1]);
    }

    #[test]
    fn every_score_has_its_group() {
        // As a table that is read from above.
        let expected = |r: u8, f: u8, m: u8| match (r, f, m) {
            (4.., 4.., 4..) => 0,
            (3.., 3.., _) => 1,
            (4.., 2, _) => 2,
            (4.., _, _) => 3,
            (3, _, _) => 4,
            (_, 4.., _) => 5,
            (2, _, _) => 6,
            _ => 7,
        };
        for code in 0..125u8 {
            let [r, f, m] = [code / 25 + 1, code / 5 % 5 + 1, code % 5 + 1];
            assert_eq!(rfm_group([r, f, m]), expected(r, f, m), "{r}{f}{m}");
        }
    }

    #[test]
    fn segments_of_the_package() {
        let name = |r, f, m| SEGMENTS.get(usize::from(rfm_segment([r, f, m]))).copied();
        assert_eq!(name(5, 5, 5), Some("champions"));
        assert_eq!(name(3, 4, 4), Some("loyal_customers"));
        assert_eq!(name(5, 1, 1), Some("potential_loyalist"));
        assert_eq!(name(2, 2, 3), Some("need_attention"));
        assert_eq!(name(2, 1, 1), Some("about_to_sleep"));
        assert_eq!(name(1, 4, 4), Some("at_risk"));
        assert_eq!(name(1, 1, 2), Some("lost"));
        assert_eq!(name(5, 1, 5), Some("others"));
    }
}
