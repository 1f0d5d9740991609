//! CPM as a portfolio: the groups now, at past month ends, and who moved (MakeRepeater ランク分析,
//! うちでのこづち 推移).
//!
//! Past days are judged by the bounds of the day of the question, so that what moves is the
//! customers and not the bounds. On every day each customer who had an order by then is in one
//! group. Who sends gifts alone (ギフト専用, as of each day) is never 離脱 by days; a note says how
//! many would be.

use super::purchases::{GIFT_ONLY, note_gift_only};
use super::sheet::{Sheet, share};
use super::spans::Spans;
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Spec, Values};
use crate::analysis::cpm::{
    AMOUNT, Cpm, GROUPS, LEVELS, ORDERS, Path, Preset, SOURCES, TENURE_DAYS,
};
use crate::gifts::shipments::Senders;
use crate::identity::NO_PERSON;
use crate::list::List;
use crate::zone::{first_day_of, month_of};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpmPortfolio {
    /// How the groups are cut.
    pub preset: Preset,
    /// How many months back the transitions begin.
    pub months_back: i32,
    /// Percent of each rate that the shop aims at: 新規→入門, 入門→安定, 安定→流行 and higher.
    pub targets: [u32; 3],
}

/// Where a customer was before: the groups, and before the first order.
static BEFORE: [&str; 11] = [
    GROUPS[0],
    GROUPS[1],
    GROUPS[2],
    GROUPS[3],
    GROUPS[4],
    GROUPS[5],
    GROUPS[6],
    GROUPS[7],
    GROUPS[8],
    GROUPS[9],
    "not_yet_customer",
];

static BOUNDS: [&str; 4] = ["steady_days", "loyal_days", "lapse_days", "amount"];

/// The steps whose rates have targets: from a level to any higher one.
static RATES: [&str; 3] = [
    "first_to_toddler_or_higher",
    "toddler_to_steady_or_higher",
    "steady_to_trend_or_loyal",
];

const GROUP: (&str, Kind) = ("group", Kind::Name(&GROUPS));

const AWAY: &str = "away";

/// Month ends that are shown.
const MONTHS: i32 = 12;

static SPECS: [Spec; 7] = [
    Spec {
        name: "cpm",
        keys: &[GROUP],
        sums: &[
            "customers",
            "orders",
            "amount",
            "tenure_days",
            "recency_days",
        ],
    },
    Spec {
        name: "cpm_bounds",
        keys: &[
            ("bound", Kind::Name(&BOUNDS)),
            ("value", Kind::Int),
            ("source", Kind::Name(&SOURCES)),
            ("sum", Kind::Int),
            ("count", Kind::Int),
        ],
        sums: &[],
    },
    Spec {
        name: "cpm_rules",
        keys: &[
            ("place", Kind::Int),
            ("level", Kind::Name(&LEVELS)),
            ("orders_min", Kind::Int),
            ("tenure_days_min", Kind::Int),
            ("amount_min", Kind::Int),
        ],
        sums: &[],
    },
    Spec {
        name: "cpm_history",
        keys: &[("month", Kind::Int), GROUP],
        sums: &[
            "customers",
            "entered",
            "new",
            "promoted",
            "lapsed",
            "revived",
            // Who is in a group of those who lapsed, so that all of a month open together.
            AWAY,
        ],
    },
    Spec {
        name: "cpm_transitions",
        keys: &[("before", Kind::Name(&BEFORE)), GROUP],
        sums: &["customers"],
    },
    Spec {
        name: "cpm_rates",
        keys: &[("step", Kind::Name(&RATES))],
        sums: &["customers", "reached"],
    },
    GIFT_ONLY,
];

/// The same day so many months earlier: the last of a month for the last, else at most the last.
pub fn months_before(day: i32, months: i32) -> i32 {
    let month = month_of(day);
    let end = |month: i32| first_day_of(month + 1) - 1;
    let then = month.saturating_sub(months);
    if day == end(month) {
        return end(then);
    }
    (first_day_of(then) + (day - first_day_of(month))).min(end(then))
}

/// The last `count` month ends that are over on a day, ascending.
pub fn month_ends(as_of_day: i32, count: i32) -> impl Iterator<Item = (i32, i32)> {
    // The day after belongs to the next month when the month is over.
    let next = month_of(as_of_day.saturating_add(1));
    (next - count..next).map(|month| (month, first_day_of(month + 1) - 1))
}

impl Report for CpmPortfolio {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        self.preset.needs()
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let cpm = Cpm::of(&self.preset, shop.typical(&self.preset));
        frame(&cpm, tally);
        let ends: Vec<(i32, i32)> = month_ends(book.as_of_day, MONTHS + 1).collect();
        let mut stays = Spans::new(ends.len());
        let senders = Senders::of(shop.ledger, book);
        let before_day = months_before(book.as_of_day, self.months_back);
        for (person, orders) in book.people(0..book.person_count()) {
            let mut path = Path::new(&cpm, orders).of_sender(senders.as_ref());
            let before = path.on(before_day);
            let Some(now) = path.on(book.as_of_day) else {
                continue;
            };
            let (Some(first), Some(last)) = (orders.first(), orders.last()) else {
                continue;
            };
            let amount = orders
                .iter()
                .fold(0i64, |sum, o| sum.wrapping_add(o.amount));
            let sums = [
                1,
                orders.len() as i64,
                amount,
                i64::from(last.day) - i64::from(first.day),
                i64::from(book.as_of_day) - i64::from(last.day),
            ];
            tally.add(0, person, &[now.into()], &sums);
            if path.is_gift_only(book.as_of_day) {
                tally.add(6, person, &[], &[1]);
            }
            let from = before.map_or(10, i64::from);
            tally.add(4, person, &[from, now.into()], &[1]);
            if let Some(step @ 0..=2) = before {
                let reached = now % 5 > step;
                tally.add(5, person, &[step.into()], &[1, reached.into()]);
            }
            let path = Path::new(&cpm, orders).of_sender(senders.as_ref());
            history(path, first.day, &ends, person, (tally, &mut stays));
        }
        stays.each(|group, place, [customers]| {
            if let (1.., Some((month, _))) = (*customers, ends.get(place)) {
                stay(tally, NO_PERSON, *month, group as u8, *customers);
            }
        });
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        portfolio(counted, sheet);
        bounds(counted, sheet);
        let mut rules = counted.table("cpm_rules");
        rules.columns.retain(|(name, _)| *name != "place");
        sheet.push("cpm_rules", rules);
        let mut history = counted.table("cpm_history");
        history.columns.retain(|(name, _)| *name != AWAY);
        sheet.push("cpm_history", history);
        sheet.push("cpm_transitions", counted.table("cpm_transitions"));
        let mut rates = counted.table("cpm_rates");
        let rows = counted.rows("cpm_rates");
        let rate = rows.map(|row| match row {
            [_, customers, reached] => share(*reached, *customers),
            _ => None,
        });
        rates
            .columns
            .push(("rate", Values::MaybeReal(rate.into_list())));
        let targets = self
            .targets
            .iter()
            .map(|percent| f64::from(*percent) / 100.0);
        rates
            .columns
            .push(("target", Values::Real(targets.into_list())));
        sheet.push("cpm_rates", rates);
        note_gift_only(counted, sheet);
    }
}

/// What is there without any customer: empty groups and rates, the bounds.
fn frame(cpm: &Cpm, tally: &mut Tally) {
    for group in 0..GROUPS.len() as i64 {
        tally.add(0, NO_PERSON, &[group], &[0; 5]);
    }
    for step in 0..RATES.len() as i64 {
        tally.add(5, NO_PERSON, &[step], &[0; 2]);
    }
    for (bound, origin) in (0..).zip(&cpm.bounds) {
        if let Some(origin) = origin {
            let (sum, count) = origin.fitted_by;
            let key = [bound, origin.value, origin.source as i64, sum, count];
            tally.add(1, NO_PERSON, &key, &[]);
        }
    }
    for (place, rule) in (0..).zip(&cpm.rules) {
        let least = |measure: usize| {
            let range = rule.ranges.get(measure);
            range.map_or(0, |(least, _)| (*least).max(0))
        };
        let key = [
            place,
            rule.group.into(),
            least(ORDERS),
            least(TENURE_DAYS),
            least(AMOUNT),
        ];
        tally.add(2, NO_PERSON, &key, &[]);
    }
}

/// A customer, whose first order was on this day, at each month end but the first, which the
/// second is held against.
fn history(
    mut path: Path<'_>,
    first_day: i32,
    ends: &[(i32, i32)],
    person: u32,
    (tally, stays): (&mut Tally, &mut Spans<1>),
) {
    let mut before = None;
    let mut place = ends.partition_point(|(_, day)| *day < first_day);
    while let Some((month, day)) = ends.get(place) {
        let now = path.on(*day);
        if let Some(group) = now.filter(|_| place > 0) {
            let was = before.unwrap_or(group);
            let (level, was_level) = (group % 5, was % 5);
            let (lapsed, was_lapsed) = (group >= 5, was >= 5);
            let sums = [
                1,
                (before != now).into(),
                before.is_none().into(),
                (level > was_level).into(),
                (lapsed && !was_lapsed).into(),
                (!lapsed && was_lapsed).into(),
                lapsed.into(),
            ];
            tally.add(3, person, &[i64::from(*month), group.into()], &sums);
        }
        let until = path.until(*day);
        let after = place + 1;
        place = after;
        while ends.get(place).is_some_and(|(_, day)| *day <= until) {
            place += 1;
        }
        if let Some(group) = now {
            if tally.wanted().is_some() {
                for (month, _) in ends.get(after..place).unwrap_or_default() {
                    stay(tally, person, *month, group, 1);
                }
            } else {
                stays.count(group.into(), after..place, 0);
            }
        }
        before = now;
    }
}

/// Adds customers who are in a group as at the month end before.
fn stay(tally: &mut Tally, person: u32, month: i32, group: u8, customers: i64) {
    let lapsed = if group >= 5 { customers } else { 0 };
    let key = [i64::from(month), group.into()];
    tally.add(3, person, &key, &[customers, 0, 0, 0, 0, 0, lapsed]);
}

fn portfolio(counted: &Counted, sheet: &mut Sheet) {
    let all = counted
        .rows("cpm")
        .fold([0i64; 2], |[customers, amount], row| {
            let of = |column: usize| row.get(column).copied().unwrap_or_default();
            [customers + of(1), amount.wrapping_add(of(3))]
        });
    let mut rates: [Vec<Option<f64>>; 5] = Default::default();
    for row in counted.rows("cpm") {
        let [_, customers, _, amount, tenure, recency] = row else {
            continue;
        };
        let values = [
            share(*customers, all[0]),
            share(*amount, all[1]),
            share(*amount, *customers),
            share(*tenure, *customers),
            share(*recency, *customers),
        ];
        for (column, value) in rates.iter_mut().zip(values) {
            column.push(value);
        }
    }
    let mut table = counted.table("cpm");
    let is_sum_of_days = |name: &str| matches!(name, "tenure_days" | "recency_days");
    table.columns.retain(|(name, _)| !is_sum_of_days(name));
    let names = [
        "customer_share",
        "amount_share",
        "mean_amount",
        "mean_tenure_days",
        "mean_recency_days",
    ];
    let rates = rates.map(Values::MaybeReal);
    table.columns.extend(names.into_iter().zip(rates));
    sheet.push("cpm", table);
}

fn bounds(counted: &Counted, sheet: &mut Sheet) {
    let mut table = counted.table("cpm_bounds");
    table.columns.truncate(3);
    let fitted_by = counted.rows("cpm_bounds").map(|row| match row {
        [.., sum, count] => share(*sum, *count),
        _ => None,
    });
    let fitted_by = Values::MaybeReal(fitted_by.into_list());
    table.columns.push(("fitted_by", fitted_by));
    sheet.push("cpm_bounds", table);
}

#[cfg(test)]
pub(crate) mod tests;
