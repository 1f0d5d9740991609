//! From sums to what a medium cost and brought.

use super::{LAST, Media, STEP};
use crate::list::List;
use crate::report::Kind;
use crate::report::groups::{Shown, columns, put_groups};
use crate::report::margin::{Worth, cost_share, push_costs};
use crate::report::sheet::{Rates, Sheet, Table, Values, share};
use crate::report::tally::Counted;

/// Windows whose sales are columns of their own.
const SALES_AT: [(&str, i64); 5] = [
    ("ltv_30", 30),
    ("ltv_60", 60),
    ("ltv_90", 90),
    ("ltv_180", 180),
    ("ltv_360", 360),
];

/// A window of a medium.
#[derive(Clone, Copy, Debug)]
struct Window {
    days: i64,
    closed: i64,
    worth: Worth,
}

impl Window {
    fn of(row: &[i64]) -> Self {
        let at = |place: usize| row.get(place).copied().unwrap_or_default();
        Window {
            days: at(1),
            closed: at(2),
            worth: Worth::of(row.get(3..).unwrap_or_default()),
        }
    }

    fn sales(&self) -> Option<f64> {
        share(self.worth.sales, self.closed)
    }

    fn margin(&self, cost_share: f64) -> Option<f64> {
        (self.closed > 0).then(|| self.worth.margin(cost_share) / self.closed as f64)
    }
}

/// The days until a customer has paid, and where that stands.
fn payback(windows: &[Window], cpa: Option<f64>, cost_share: f64) -> (Option<i64>, &'static str) {
    let Some(cpa) = cpa else {
        return (None, "no_cpa");
    };
    let is_step = |window: &&Window| window.days % STEP as i64 == 0 && window.closed > 0;
    let mut steps = windows.iter().filter(is_step);
    let has_paid = |window: &Window| {
        window
            .margin(cost_share)
            .is_some_and(|margin| margin >= cpa)
    };
    if let Some(window) = steps.clone().find(|window| has_paid(window)) {
        return (Some(window.days), "paid_back");
    }
    match steps.any(|window| window.days == i64::from(LAST)) {
        true => (None, "not_within_720"),
        false => (None, "not_yet_closed"),
    }
}

/// Columns of the row of a medium beside its sums.
#[derive(Default)]
struct More {
    f2: Rates,
    sales: [Vec<Option<f64>>; 5],
    closed: Vec<i64>,
    money: [Vec<Option<f64>>; 6],
    days: Vec<Option<i64>>,
    states: Vec<&'static str>,
}

impl More {
    fn push(&mut self, media: &Media, row: &[i64], windows: &[Window], cost_share: f64) {
        let at = |place: usize| row.get(place).copied().unwrap_or_default();
        self.f2.push(at(4), at(3));
        let window = |days: i64| windows.iter().find(|window| window.days == days);
        for (column, (_, days)) in self.sales.iter_mut().zip(SALES_AT) {
            column.push(window(days).and_then(Window::sales));
        }
        let horizon = window(media.horizon.into());
        self.closed.push(horizon.map_or(0, |window| window.closed));
        let margin = horizon.and_then(|window| window.margin(cost_share));
        let cost = at(9);
        let cpa = share(cost, at(7)).filter(|_| cost > 0);
        let kept = 1.0 - media.target_profit as f64 / 10_000.0;
        let allowed = margin.map(|margin| margin * kept - media.service_cost as f64);
        let money = [
            margin,
            horizon.and_then(|window| window.worth.fallback_share()),
            cpa,
            share(at(8), cost),
            margin.zip(cpa).map(|(margin, cpa)| margin / cpa),
            allowed,
        ];
        for (column, value) in self.money.iter_mut().zip(money) {
            column.push(value);
        }
        let (days, state) = payback(windows, cpa, cost_share);
        self.days.push(days);
        self.states.push(state);
    }

    fn append(self, table: &mut Table) {
        self.f2.append(table, ["f2_rate", "f2_low", "f2_high"]);
        table.push_rates(SALES_AT.map(|(name, _)| name), self.sales);
        table.columns.push(("closed", Values::Int(self.closed)));
        let names = [
            "ltv_margin",
            "fallback_share",
            "cpa",
            "roas",
            "ltv_per_cpa",
            "allowed_cpa",
        ];
        table.push_rates(names, self.money);
        table
            .columns
            .push(("payback_days", Values::MaybeInt(self.days)));
        table
            .columns
            .push(("payback_state", Values::Name(self.states)));
    }
}

/// Tables and notes.
pub fn finish(media: &Media, counted: &Counted, sheet: &mut Sheet) {
    let cost_share = cost_share(counted, media.margin);
    let with_cost = |row: &[i64]| {
        let word = row.first().and_then(|word| usize::try_from(*word).ok());
        let name = word.and_then(|word| counted.words.get(word));
        let of_it = media.costs.iter().filter(|cost| Some(&cost.media) == name);
        let until = of_it.map(|cost| cost.until(sheet.as_of_day));
        let cost = until.fold(0i64, |sum, cost| sum.saturating_add(cost));
        [row, &[cost]].concat()
    };
    let rows: Vec<Vec<i64>> = counted.rows("media").map(with_cost).into_list();
    let curve: Vec<Vec<i64>> = counted.rows("media_curve").map(<[i64]>::to_vec).into_list();
    let shown = Shown::of(&rows, 1, media.top);
    let (rows, curve) = (shown.fold(rows, 1), shown.fold(curve, 2));
    let mut more = More::default();
    for row in &rows {
        let of_it = curve.iter().filter(|window| window.first() == row.first());
        let windows: Vec<Window> = of_it.map(|row| Window::of(row)).into_list();
        more.push(media, row, &windows, cost_share);
    }
    let mut table = columns(
        &rows,
        &[
            ("customers", 1),
            ("f2", 2),
            ("closed_90", 3),
            ("f2_90", 4),
            ("orders", 5),
            ("sales", 6),
            ("paid_customers", 7),
            ("paid_sales", 8),
            ("cost", 9),
        ],
    );
    more.append(&mut table);
    put_groups(&mut table, counted, (Kind::Word, 1), &rows);
    sheet.push("media", table);
    let mut table = columns(&curve, &[("days", 1), ("closed", 2), ("sales", 3)]);
    let mut means = [const { Vec::new() }; 2];
    for row in &curve {
        let window = Window::of(row);
        let values = [window.sales(), window.margin(cost_share)];
        for (column, value) in means.iter_mut().zip(values) {
            column.push(value);
        }
    }
    table.push_rates(["ltv_sales", "ltv_margin"], means);
    put_groups(&mut table, counted, (Kind::Word, 2), &curve);
    sheet.push("media_curve", table);
    push_costs(counted, media.margin, sheet);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(days: i64, closed: i64, sales: i64) -> Window {
        Window {
            days,
            closed,
            worth: Worth {
                sales,
                ..Worth::default()
            },
        }
    }

    #[test]
    fn a_payback_is_a_day_or_why_there_is_none() {
        let open = [
            window(0, 2, 1_000),
            window(30, 2, 1_800),
            window(360, 1, 990),
        ];
        let cases = [
            (Some(500.0), (Some(0), "paid_back")),
            (Some(900.0), (Some(30), "paid_back")),
            (Some(990.0), (Some(360), "paid_back")),
            (Some(991.0), (None, "not_yet_closed")),
            (None, (None, "no_cpa")),
        ];
        for (cpa, expected) in cases {
            assert_eq!(payback(&open, cpa, 0.0), expected);
        }
        let over = [window(0, 1, 10), window(720, 1, 20)];
        assert_eq!(payback(&over, Some(21.0), 0.0), (None, "not_within_720"));
        // A window that is no step of 30 days is none to pay in, nor one that nobody closed.
        let other = [window(45, 1, 100), window(720, 0, 100)];
        assert_eq!(payback(&other, Some(50.0), 0.0), (None, "not_yet_closed"));
    }
}
