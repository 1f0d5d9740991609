//! Named groups of RFM scores, and who moved between two days (うちでのこづち compares two base dates).
//!
//! By threshold both days have the same bounds, so that what moves is the customers; fifths are of
//! each day's own customers.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Span, Spec, Values};
use crate::analysis::people::Figures;
use crate::analysis::rfm::{
    Bounds, CELLS, GROUPS, SEGMENTS, cell, rfm_group, rfm_segment, scores_of,
};
use crate::analysis::sums::add_each;
use crate::identity::NO_PERSON;
use crate::list::List;

/// How scores are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scoring {
    /// R and M in fifths of the customers.
    Quantile,
    /// By these bounds.
    Threshold(Bounds),
    /// By these, but M by average orders of the shop: 4, 3, 2 and 1.
    AverageOrders(Bounds),
}

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RfmGroups {
    /// How scores are cut.
    pub scoring: Scoring,
    /// The earlier day to compare with.
    pub since: Option<i32>,
}

static BEFORE: [&str; 9] = [
    GROUPS[0],
    GROUPS[1],
    GROUPS[2],
    GROUPS[3],
    GROUPS[4],
    GROUPS[5],
    GROUPS[6],
    GROUPS[7],
    "not_yet_customer",
];
static AXES: [&str; 3] = ["recency", "frequency", "monetary"];
static MOVES: [&str; 3] = ["up", "same", "down"];

const SUMS: &[&str] = &["customers", "orders", "amount"];

static SPECS: [Spec; 5] = [
    Spec {
        name: "rfm_groups",
        keys: &[("group", Kind::Name(&GROUPS))],
        sums: SUMS,
    },
    Spec {
        name: "rfm_segments",
        keys: &[("segment", Kind::Name(&SEGMENTS))],
        sums: SUMS,
    },
    Spec {
        name: "rfm_bounds",
        keys: &[
            ("axis", Kind::Name(&AXES)),
            ("score", Kind::Int),
            ("bound", Kind::Int),
        ],
        sums: &["customers", "amount"],
    },
    Spec {
        name: "rfm_moves",
        keys: &[
            ("before", Kind::Name(&BEFORE)),
            ("group", Kind::Name(&GROUPS)),
        ],
        sums: &["customers"],
    },
    Spec {
        name: "rfm_axis_moves",
        keys: &[("axis", Kind::Name(&AXES)), ("move", Kind::Name(&MOVES))],
        sums: &["customers"],
    },
];

/// Stands for no bound: the lowest score takes the rest, and of nobody there are no fifths.
const NO_BOUND: i64 = -1_000_000_000;

impl RfmGroups {
    fn bounds(&self, shop: &Shop<'_>, people: &[Figures], span: Span) -> Bounds {
        match self.scoring {
            Scoring::Quantile => shop.quantiles(span, people),
            Scoring::Threshold(bounds) => bounds,
            Scoring::AverageOrders(bounds) => {
                let value = shop.order_value();
                let amount = [4, 3, 2, 1].map(|count| value.least(count).unwrap_or(i64::MAX));
                Bounds { amount, ..bounds }
            }
        }
    }

    fn moves(&self, shop: &Shop<'_>, now: &Bounds, since: i32, tally: &mut Tally) {
        let book = shop.book;
        let earlier = Span::until(since).figures(book);
        let then = self.bounds(shop, &earlier, Span::until(since));
        let mut earlier = earlier.iter().peekable();
        // By the scores now, and those before, of which who was no customer has none.
        let mut cells = vec![[0i64; CELLS + 1]; CELLS];
        for figures in shop.figures {
            let scores = now.scores(figures, book.as_of_day);
            // Both ascend by person, and whoever was a customer still is.
            let before = earlier.next_if(|before| before.person == figures.person);
            let before = before.map(|before| then.scores(before, since));
            if tally.wanted().is_some() {
                put_move(tally, figures.person, (before, scores), 1);
                continue;
            }
            let row = cells.get_mut(cell(scores));
            if let Some(count) = row.and_then(|row| row.get_mut(before.map_or(CELLS, cell))) {
                *count += 1;
            }
        }
        for (place, row) in cells.iter().enumerate() {
            for (before, count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                let before = (before < CELLS).then(|| scores_of(before));
                put_move(tally, NO_PERSON, (before, scores_of(place)), *count);
            }
        }
    }

    /// Adds so many customers of some scores and an amount.
    fn put(
        tally: &mut Tally,
        person: u32,
        bounds: &[[i64; 5]; 3],
        scores: [u8; 3],
        sums: &[i64; 3],
    ) {
        tally.add(0, person, &[rfm_group(scores).into()], sums);
        tally.add(1, person, &[rfm_segment(scores).into()], sums);
        for ((axis, row), score) in (0..).zip(bounds).zip(scores) {
            let place = 5usize.saturating_sub(score.into());
            let bound = row.get(place).copied().unwrap_or(NO_BOUND);
            let key = [axis, score.into(), bound];
            tally.add(2, person, &key, &[sums[0], sums[2]]);
        }
    }
}

/// Adds so many customers who went from some scores, if they had any, to others.
fn put_move(tally: &mut Tally, person: u32, (before, now): (Option<[u8; 3]>, [u8; 3]), count: i64) {
    let from = before.map_or(GROUPS.len() as i64, |before| rfm_group(before).into());
    tally.add(3, person, &[from, rfm_group(now).into()], &[count]);
    for (axis, (was, is)) in (0..).zip(before.into_iter().flatten().zip(now)) {
        let direction = 1 + i64::from(was > is) - i64::from(was < is);
        tally.add(4, person, &[axis, direction], &[count]);
    }
}

/// The bound of each score from 5 to 1, by axis.
fn bound_rows(bounds: &Bounds) -> [[i64; 5]; 3] {
    let row = |[a, b, c, d]: [i64; 4]| {
        [a, b, c, d, NO_BOUND].map(|bound| if bound == i64::MAX { NO_BOUND } else { bound })
    };
    // Of nobody the fifths have no day, and days that far off are none.
    let days = bounds
        .recency_days
        .map(|days| if days < -100_000 { NO_BOUND } else { days });
    [
        row(days),
        row(bounds.orders.map(i64::from)),
        row(bounds.amount),
    ]
}

impl Report for RfmGroups {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        match self.scoring {
            Scoring::Threshold(_) => Vec::new(),
            Scoring::AverageOrders(_) => vec![Need::OrderValue],
            Scoring::Quantile => {
                let then = self.since.map(Span::until);
                let spans = std::iter::once(Span::default()).chain(then);
                spans.map(Need::Rankings).collect()
            }
        }
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let day = shop.book.as_of_day;
        let bounds = self.bounds(shop, shop.figures, Span::default());
        for group in 0..GROUPS.len() as i64 {
            tally.add(0, NO_PERSON, &[group], &[0; 3]);
        }
        for segment in 0..SEGMENTS.len() as i64 {
            tally.add(1, NO_PERSON, &[segment], &[0; 3]);
        }
        let rows = bound_rows(&bounds);
        for (axis, row) in (0..).zip(&rows) {
            for (place, bound) in (0..).zip(row) {
                tally.add(2, NO_PERSON, &[axis, 5 - place, *bound], &[0; 2]);
            }
        }
        let mut cells = [[0i64; 3]; CELLS];
        for figures in shop.figures {
            let scores = bounds.scores(figures, day);
            let sums = [1, figures.orders.into(), figures.amount];
            if tally.wanted().is_some() {
                Self::put(tally, figures.person, &rows, scores, &sums);
            } else if let Some(cell) = cells.get_mut(cell(scores)) {
                add_each(cell, &sums);
            }
        }
        for (place, sums) in cells.iter().enumerate().filter(|(_, sums)| sums[0] > 0) {
            Self::put(tally, NO_PERSON, &rows, scores_of(place), sums);
        }
        if let Some(since) = self.since.filter(|since| *since <= day) {
            self.moves(shop, &bounds, since, tally);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for name in ["rfm_groups", "rfm_segments"] {
            sheet.push(name, with_shares(counted, name));
        }
        let mut bounds = counted.table("rfm_bounds");
        for (name, values) in &mut bounds.columns {
            if *name == "bound"
                && let Values::Int(found) = values
            {
                let bound = found.iter().map(|v| Some(*v).filter(|v| *v != NO_BOUND));
                *values = Values::MaybeInt(bound.into_list());
            }
        }
        sheet.push("rfm_bounds", bounds);
        if let Some(since) = self.since {
            sheet.push("rfm_moves", counted.table("rfm_moves"));
            sheet.push("rfm_axis_moves", counted.table("rfm_axis_moves"));
            sheet.note("since_is_later", u64::from(since > sheet.as_of_day));
        }
        if self.scoring == Scoring::Quantile {
            // The number of orders is not cut in fifths.
            let is_empty = |row: &&[i64]| row.first() != Some(&1) && row.get(3) == Some(&0);
            let empty = counted.rows("rfm_bounds").filter(is_empty).count();
            sheet.note("empty_fifths", empty as u64);
        }
    }
}

fn with_shares(counted: &Counted, name: &str) -> super::Table {
    let of = |row: &[i64], column: usize| row.get(column).copied().unwrap_or_default();
    let all = |column: usize| {
        let values = counted.rows(name).map(|row| of(row, column));
        values.fold(0i64, i64::saturating_add)
    };
    let mut table = counted.table(name);
    for (name_of_share, column) in [("customer_share", 1), ("amount_share", 3)] {
        let whole = all(column);
        let shares = counted.rows(name).map(|row| share(of(row, column), whole));
        let shares = Values::MaybeReal(shares.into_list());
        table.columns.push((name_of_share, shares));
    }
    table
}

#[cfg(test)]
mod tests;
