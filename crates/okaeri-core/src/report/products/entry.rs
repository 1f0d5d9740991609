//! Products that customers begin with (入口商品): which of them bring people back.
//!
//! A customer counts for each product of the first order. The best entry is not what sells most
//! but what is followed by a second order and a high value, by the lower bound of the interval, so
//! that three lucky orders do not stand first. Each share is of customers whose days are over.

use super::bought::Reader;
use super::{add_rates, at, rated};
use crate::book::BookOrder;
use crate::list::List;
use crate::order::sorted;
use crate::report::sheet::{Sheet, Table, Values, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryProducts {
    /// Products with fewer customers are left out, and have no rank where fewer have their days
    /// over.
    pub min_customers: u32,
}

/// Days within which a second order counts, twice; then those of the third order and of LTV.
const DAYS: [i64; 3] = [90, 180, 365];

const SUMS: &[&str] = &[
    "customers",
    "closed_90",
    "f2_90",
    "closed_180",
    "f2_180",
    "closed_365",
    "f3_365",
    "amount_365",
    "first_amount",
];

static SPECS: [Spec; 2] = [
    Spec {
        name: "entry_products",
        keys: &[("product", Kind::Product)],
        sums: SUMS,
    },
    Spec {
        name: "entry_all",
        keys: &[],
        sums: SUMS,
    },
];

fn sums(as_of_day: i32, orders: &[BookOrder]) -> [i64; 9] {
    let first = orders.first().copied().unwrap_or_default();
    let since = |day: i32| i64::from(day) - i64::from(first.day);
    let [short, long, year] = DAYS;
    let closed = |days: i64| since(as_of_day) >= days;
    let within = |place: usize, days: i64| {
        let order = orders.get(place);
        i64::from(closed(days) && order.is_some_and(|order| since(order.day) <= days))
    };
    let of_year = orders.iter().filter(|order| since(order.day) <= year);
    let amount: i64 = match closed(year) {
        true => of_year.map(|order| order.amount).sum(),
        false => 0,
    };
    [
        1,
        closed(short).into(),
        within(1, short),
        closed(long).into(),
        within(1, long),
        closed(year).into(),
        within(2, year),
        amount,
        first.amount,
    ]
}

impl Report for EntryProducts {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let reader = Reader::new(shop);
        let mut products = Vec::new();
        for (person, orders) in book.people(0..book.person_count()) {
            let sums = sums(book.as_of_day, orders);
            tally.add(1, person, &[], &sums);
            if let Some(first) = orders.first() {
                reader.products(first, &mut products);
            }
            for product in &products {
                tally.add(0, person, &[i64::from(*product)], &sums);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let all = counted.rows("entry_all").next();
        let customers = all.map_or(0, |row| at(row, 0));
        let least = i64::from(self.min_customers);
        let rows: Vec<&[i64]> = counted.rows("entry_products").into_list();
        let (rows, few): (Vec<&[i64]>, Vec<&[i64]>) =
            rows.into_iter().partition(|row| at(row, 1) >= least);
        let by_f2 = |row: &[i64]| {
            let low = rated(at(row, 5), at(row, 4))[1];
            low.filter(|_| at(row, 4) >= least)
        };
        let by_ltv = |row: &[i64]| {
            let ltv = share(at(row, 8), at(row, 6));
            ltv.filter(|_| at(row, 6) >= least)
        };
        let f2 = ranks(&rows, &by_f2);
        let ltv = ranks(&rows, &by_ltv);
        let mut order: Vec<usize> = (0..rows.len()).into_list();
        order = sorted(order, |a, b| {
            let place = |at: &usize| f2.get(*at).copied().flatten().unwrap_or(i64::MAX);
            let customers = |at: &usize| {
                rows.get(*at)
                    .map_or(0, |row| row.get(1).copied().unwrap_or(0))
            };
            place(a)
                .cmp(&place(b))
                .then(customers(b).cmp(&customers(a)))
        });
        let sorted_rows: Vec<&[i64]> = order
            .iter()
            .filter_map(|at| rows.get(*at).copied())
            .into_list();
        let mut table = Table::default();
        let products = sorted_rows.iter().map(|row| at(row, 0)).into_list();
        table.columns.push(("product", Values::Product(products)));
        columns(&mut table, &sorted_rows, 1, customers);
        for (name, ranks) in [("rank_f2", f2), ("rank_ltv", ltv)] {
            let ranks = order.iter().map(|at| ranks.get(*at).copied().flatten());
            table
                .columns
                .push((name, Values::MaybeInt(ranks.into_list())));
        }
        sheet.push("entry_products", table);
        let mut table = Table::default();
        let all: Vec<&[i64]> = all.into_iter().into_list();
        columns(&mut table, &all, 0, customers);
        sheet.push("entry_all", table);
        sheet.note("small_products", few.len() as u64);
    }
}

/// Places from 1 by value, the greatest first; equals in their order. `None` without a value.
fn ranks(rows: &[&[i64]], value: &dyn Fn(&[i64]) -> Option<f64>) -> Vec<Option<i64>> {
    let valued = rows.iter().enumerate();
    let valued = valued.filter_map(|(place, row)| Some((place, value(row)?)));
    let mut ranks = vec![None; rows.len()];
    for (rank, (place, _)) in (1..).zip(sorted(valued.into_list(), |a, b| b.1.total_cmp(&a.1))) {
        if let Some(slot) = ranks.get_mut(place) {
            *slot = Some(rank);
        }
    }
    ranks
}

/// The counts and rates of rows whose sums begin at `from`.
fn columns(table: &mut Table, rows: &[&[i64]], from: usize, customers: i64) {
    for (place, name) in SUMS.iter().enumerate().take(7) {
        let values = rows.iter().map(|row| at(row, from + place)).into_list();
        table.columns.push((name, Values::Int(values)));
    }
    let names = [
        "share",
        "rate_90",
        "rate_90_low",
        "rate_90_high",
        "rate_180",
        "rate_180_low",
        "rate_180_high",
        "rate_f3",
        "rate_f3_low",
        "rate_f3_high",
        "ltv_365",
        "first_mean",
    ];
    let mut rates = rows.iter().map(|row| {
        let sum = |place: usize| at(row, from + place);
        let mut rates = vec![share(sum(0), customers)];
        for closed in [1, 3, 5] {
            rates.extend(rated(sum(closed + 1), sum(closed)));
        }
        rates.push(share(sum(7), sum(5)));
        rates.push(share(sum(8), sum(0)));
        rates
    });
    add_rates(table, &names, &mut rates);
}
