//! Retention of cohorts: who, of those with a first order in a month, bought in the k-th period
//! after it.
//!
//! A period is a number of days from each customer's own first order (LTV-Lab's way, so that the
//! members of a cohort are alike), or a calendar month. Beside who bought in a period stands who
//! bought in it or later: who was still coming. It falls towards the day of the question, as
//! orders yet to come are in none of it. A rate is given only when the period is over for every
//! member (ours).

use super::sheet::{Rates, Sheet};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Table, Values};
use crate::book::{BookOrder, Months};
use crate::list::List;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// So many days, the first of them that of the first order.
    Days(i32),
    /// A month of the calendar.
    Month,
}

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohorts {
    /// How long a period is.
    pub period: Period,
    /// The last k.
    pub last: u32,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "cohorts",
        keys: &[("cohort", Kind::Int), ("k", Kind::Int)],
        sums: &["bought", "still"],
    },
    // How many members have had how many whole periods. Not shown as a table.
    Spec {
        name: "cohort_members",
        keys: &[("cohort", Kind::Int), ("periods", Kind::Int)],
        sums: &["customers"],
    },
];

impl Cohorts {
    /// How many periods lie between a first order and another day.
    fn periods(&self, months: &Months, first: i32, day: i32) -> i64 {
        let periods = match self.period {
            Period::Days(days) => day.saturating_sub(first) / days.max(1),
            Period::Month => months.of(day) - months.of(first),
        };
        periods.max(0).into()
    }

    fn collect_person(&self, months: &Months, person: u32, orders: &[BookOrder], to: &mut Tally) {
        let (Some(first), Some(last)) = (orders.first(), orders.last()) else {
            return;
        };
        let cohort = i64::from(months.of(first.day));
        let period = |order: &BookOrder| self.periods(months, first.day, order.day);
        let mut bought = orders.iter().map(period).peekable();
        for k in 0..=period(last).min(self.last.into()) {
            let mut has_bought = 0;
            while bought.next_if(|period| *period <= k).is_some() {
                has_bought = 1;
            }
            to.add(0, person, &[cohort, k], &[has_bought, 1]);
        }
    }
}

impl Report for Cohorts {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        // The day of the question is over in its evening.
        let end = book.as_of_day.saturating_add(1);
        let (first, last) = book.days.unwrap_or((end, end));
        let months = Months::between(first, last);
        for (person, orders) in book.people(0..book.person_count()) {
            self.collect_person(&months, person, orders, tally);
            let first = orders.first().map_or(end, |order| order.day);
            let over = self.periods(&months, first, end);
            let over = over.min(i64::from(self.last) + 1);
            tally.add(1, person, &[months.of(first).into(), over], &[1]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let members: Vec<&[i64]> = counted.rows("cohort_members").into_list();
        let mut cells = counted.rows("cohorts").peekable();
        let mut shown: [Vec<i64>; 7] = Default::default();
        let mut rates = [Rates::default(), Rates::default()];
        let mut all: Vec<[i64; 5]> = Vec::new();
        for cohort in members.chunk_by(|a, b| a.first() == b.first()) {
            let periods = |row: &&[i64]| row.get(1).copied().unwrap_or_default();
            let customers = |least: i64| -> i64 {
                let rows = cohort.iter().filter(|row| periods(row) >= least);
                rows.filter_map(|row| row.get(2)).sum()
            };
            let all_customers = customers(0);
            let month = cohort.first().and_then(|row| row.first().copied());
            let month = month.unwrap_or_default();
            let last = cohort.iter().map(periods).max().unwrap_or_default();
            for k in 0..=last.min(self.last.into()) {
                let is_cell = |row: &&[i64]| row.get(..2) == Some(&[month, k]);
                let cell = cells.next_if(is_cell).and_then(|row| row.get(2..));
                let (bought, still) = match cell {
                    Some([bought, still]) => (*bought, *still),
                    _ => (0, 0),
                };
                let closed = customers(k + 1);
                // The last period may begin only tomorrow.
                if closed + bought + still == 0 {
                    continue;
                }
                let is_closed = closed == all_customers;
                let of = if is_closed { closed } else { 0 };
                let row = [
                    month,
                    k,
                    all_customers,
                    closed,
                    is_closed.into(),
                    bought,
                    still,
                ];
                push(&mut shown, row);
                for (rates, part) in rates.iter_mut().zip([bought, still]) {
                    rates.push(part, of);
                }
                if is_closed {
                    let place = all.iter().position(|sums| sums[0] == k);
                    let place = place.unwrap_or_else(|| {
                        all.push([k, 0, 0, 0, 0]);
                        all.len() - 1
                    });
                    let more = [0, 1, closed, bought, still];
                    for (sum, more) in all.get_mut(place).into_iter().flatten().zip(more) {
                        *sum += more;
                    }
                }
            }
        }
        let names = [
            "cohort",
            "k",
            "customers",
            "closed",
            "is_closed",
            "bought",
            "still",
        ];
        let mut table = Table {
            columns: names.into_iter().zip(shown.map(Values::Int)).into_list(),
        };
        append(rates, &mut table);
        sheet.push("cohorts", table);
        sheet.push("cohorts_all", over_all(&all));
    }
}

fn push<const N: usize>(columns: &mut [Vec<i64>; N], row: [i64; N]) {
    for (column, value) in columns.iter_mut().zip(row) {
        column.push(value);
    }
}

fn append([bought, still]: [Rates; 2], table: &mut Table) {
    bought.append(table, ["retention", "retention_low", "retention_high"]);
    still.append(table, ["still_share", "still_low", "still_high"]);
}

/// Closed cells of all cohorts together: `k`, cohorts, customers, who bought, who still came. The
/// shares are means weighted by customers.
fn over_all(all: &[[i64; 5]]) -> Table {
    let mut shown: [Vec<i64>; 5] = Default::default();
    let mut rates = [Rates::default(), Rates::default()];
    for row in all {
        push(&mut shown, *row);
        let [_, _, customers, bought, still] = row;
        for (rates, part) in rates.iter_mut().zip([bought, still]) {
            rates.push(*part, *customers);
        }
    }
    let names = ["k", "cohorts", "customers", "bought", "still"];
    let mut table = Table {
        columns: names.into_iter().zip(shown.map(Values::Int)).into_list(),
    };
    append(rates, &mut table);
    table
}
