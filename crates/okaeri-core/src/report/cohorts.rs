//! Retention of cohorts: who, of those with a first order in a month, bought in the k-th period
//! after it.
//!
//! A period is a number of days from each customer's own first order (LTV-Lab's way, so that the
//! members of a cohort are alike), or a calendar month. Beside who bought in a period stands who
//! bought in it or later: who was still coming. It falls towards the day of the question, as
//! orders yet to come are in none of it. A rate is given only when the period is over for every
//! member (ours); over all cohorts a period counts those who have had it.

use super::sheet::{Rates, Sheet};
use super::spans::Spans;
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Table, Values};
use crate::book::{BookOrder, Months};
use crate::identity::NO_PERSON;
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
    // Members who have had the whole period are also counted by themselves.
    Spec {
        name: "cohorts",
        keys: &[("cohort", Kind::Int), ("k", Kind::Int)],
        sums: &["closed", "bought", "still", "closed_bought", "closed_still"],
    },
    // Not shown as a table.
    Spec {
        name: "cohort_members",
        keys: &[("cohort", Kind::Int)],
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

    /// Which sums of `cohorts` count a person in which periods: the place of the sum, the first
    /// period and one past the last. `end` is the first day that is not over.
    fn spans(
        &self,
        (months, end): (&Months, i32),
        orders: &[BookOrder],
        mut add: impl FnMut(usize, i64, i64),
    ) {
        let (Some(first), Some(last)) = (orders.first(), orders.last()) else {
            return;
        };
        let shown = i64::from(self.last) + 1;
        let period = |order: &BookOrder| self.periods(months, first.day, order.day);
        let over = self.periods(months, first.day, end).min(shown);
        let still = (period(last) + 1).min(shown);
        add(0, 0, over);
        add(2, 0, still);
        add(4, 0, over.min(still));
        let mut before = -1;
        for bought in orders
            .iter()
            .map(period)
            .take_while(|period| *period < shown)
        {
            if bought > before {
                add(1, bought, bought + 1);
                add(3, bought, if bought < over { bought + 1 } else { bought });
            }
            before = bought;
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
        let first_month = i64::from(months.of(first));
        let mut periods = Spans::<5>::new(self.last as usize + 1);
        let opens = tally.wanted().is_some();
        for (person, orders) in book.people(0..book.person_count()) {
            let day = orders.first().map_or(first, |order| order.day);
            let cohort = i64::from(months.of(day));
            tally.add(1, person, &[cohort], &[1]);
            let row = (cohort - first_month) as usize;
            self.spans((&months, end), orders, |sum, from, to| {
                if opens {
                    let mut sums = [0; 5];
                    sums.get_mut(sum).into_iter().for_each(|one| *one = 1);
                    (from..to).for_each(|k| tally.add(0, person, &[cohort, k], &sums));
                }
                periods.count(row, from as usize..to as usize, sum);
            });
        }
        periods.each(|row, k, sums| {
            if *sums != [0; 5] {
                let month = first_month + row as i64;
                tally.add(0, NO_PERSON, &[month, k as i64], sums);
            }
        });
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut members = counted.rows("cohort_members").peekable();
        let mut table = counted.table("cohorts");
        table
            .columns
            .retain(|(name, _)| !name.starts_with("closed_"));
        let (mut customers, mut is_closed) = (Vec::new(), Vec::new());
        let mut rates = [Rates::default(), Rates::default()];
        // By k: who has had the whole period, and of them who bought in it and who still came.
        let mut all = vec![[0i64; 3]; self.last as usize + 1];
        for row in counted.rows("cohorts") {
            let [
                cohort,
                k,
                closed,
                bought,
                still,
                closed_bought,
                closed_still,
            ] = *row
            else {
                continue;
            };
            while members.next_if(|row| row.first() < Some(&cohort)).is_some() {}
            let size = members.peek().and_then(|row| row.get(1).copied());
            customers.push(size.unwrap_or_default());
            is_closed.push(i64::from(size == Some(closed)));
            let of = if size == Some(closed) { closed } else { 0 };
            for (rates, part) in rates.iter_mut().zip([bought, still]) {
                rates.push(part, of);
            }
            let sums = all.get_mut(usize::try_from(k).unwrap_or(usize::MAX));
            let more = [closed, closed_bought, closed_still];
            for (sum, more) in sums.into_iter().flatten().zip(more) {
                *sum += more;
            }
        }
        let counts = [("customers", customers), ("is_closed", is_closed)];
        let counts = counts.map(|(name, values)| (name, Values::Int(values)));
        table.columns.extend(counts);
        append(rates, &mut table);
        sheet.push("cohorts", table);
        sheet.push("cohorts_all", over_all(&all));
    }
}

fn append([bought, still]: [Rates; 2], table: &mut Table) {
    bought.append(table, ["retention", "retention_low", "retention_high"]);
    still.append(table, ["still_share", "still_low", "still_high"]);
}

/// Periods that somebody has had: `k`, who has had it, and of them who bought in it and who still
/// came. Who has not had a period says nothing of it yet.
fn over_all(all: &[[i64; 3]]) -> Table {
    let mut shown: [Vec<i64>; 4] = Default::default();
    let mut rates = [Rates::default(), Rates::default()];
    for (k, [closed, bought, still]) in (0..).zip(all) {
        if *closed == 0 {
            break;
        }
        for (column, value) in shown.iter_mut().zip([k, *closed, *bought, *still]) {
            column.push(value);
        }
        for (rates, part) in rates.iter_mut().zip([bought, still]) {
            rates.push(*part, *closed);
        }
    }
    let names = ["k", "closed", "closed_bought", "closed_still"];
    let mut table = Table {
        columns: names.into_iter().zip(shown.map(Values::Int)).into_list(),
    };
    append(rates, &mut table);
    table
}
