//! Finishing: totals → the tables that answers show.

use super::pass::{self, Totals};
use super::rfm::Bounds;
use super::select::order_statistics;
use super::sums::Sums;
use super::{cohort, decile, f2, flow, months, pairs, products, rfm};
use crate::list::List;
use crate::order::sorted;
use crate::people::Tie;

/// Values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers.
    Int(Vec<i64>),
    /// Rates.
    Real(Vec<f64>),
    /// Ranks of products, -1 for none.
    Product(Vec<i64>),
    /// Numbers, where there is one.
    MaybeInt(Vec<Option<i64>>),
    /// Rates, where there is one.
    MaybeReal(Vec<Option<f64>>),
    /// Names that the core gives.
    Name(Vec<&'static str>),
    /// Texts of the shop's facts, where there is one.
    Text(Vec<Option<String>>),
}

/// Named columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// In the order of display.
    pub columns: Vec<(&'static str, Values)>,
}

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Totals.
    Summary,
    /// By number of orders.
    Counts,
    /// By number of shops.
    Shops,
    /// By RFM score.
    Rfm,
    /// Lifecycle matrix.
    Cells,
    /// By month.
    Months,
    /// By product.
    Products,
    /// By cohort.
    Cohort,
    /// Second orders by cohort.
    F2,
    /// Second orders by days.
    F2hist,
    /// Second orders by first product.
    F2prod,
    /// First three products.
    Flow,
    /// First two products.
    Flow12,
    /// Pairs within an order.
    PairsOrder,
    /// Pairs within a customer.
    PairsCustomer,
    /// Tenths by amount.
    Decile,
}

impl Which {
    /// All tables of a dashboard.
    pub const ALL: [Which; 16] = [
        Which::Summary,
        Which::Counts,
        Which::Shops,
        Which::Rfm,
        Which::Cells,
        Which::Months,
        Which::Products,
        Which::Cohort,
        Which::F2,
        Which::F2hist,
        Which::F2prod,
        Which::Flow,
        Which::Flow12,
        Which::PairsOrder,
        Which::PairsCustomer,
        Which::Decile,
    ];

    /// The name under which answers carry the table.
    pub fn name(self) -> &'static str {
        match self {
            Which::Summary => "summary",
            Which::Counts => "counts",
            Which::Shops => "shops",
            Which::Rfm => "rfm",
            Which::Cells => "cells",
            Which::Months => "months",
            Which::Products => "products",
            Which::Cohort => "cohort",
            Which::F2 => "f2",
            Which::F2hist => "f2hist",
            Which::F2prod => "f2prod",
            Which::Flow => "flow",
            Which::Flow12 => "flow12",
            Which::PairsOrder => "pairs_order",
            Which::PairsCustomer => "pairs_customer",
            Which::Decile => "decile",
        }
    }
}

/// What finishing needs beside the totals.
pub struct Finish<'a> {
    /// The totals, of one book or merged.
    pub totals: &'a Totals,
    /// Settles ties between people.
    pub tie: &'a dyn Fn(u32) -> Tie,
    /// The day of the question.
    pub as_of_day: i32,
    /// Bounds of RFM in threshold mode; `None` cuts in fifths.
    pub rfm: Option<Bounds>,
    /// Keep only the first rows of the large tables, by count.
    pub top: Option<usize>,
}

fn table(columns: &[&'static str], sums: &Sums, product_columns: &[usize]) -> Table {
    let column = |(index, name): (usize, &&'static str)| {
        let values = sums.column(index);
        let is_product = product_columns.contains(&index);
        (
            *name,
            if is_product {
                Values::Product(values)
            } else {
                Values::Int(values)
            },
        )
    };
    Table {
        columns: columns.iter().enumerate().map(column).into_list(),
    }
}

/// The first `top` rows by the last column descending, equals in their order.
fn largest(sums: &Sums, top: usize, keep: impl Fn(&[i64]) -> bool) -> Sums {
    let mut rows: Vec<(i64, usize)> = sums
        .rows()
        .enumerate()
        .filter(|(_, row)| keep(row))
        .map(|(index, row)| (-row.last().copied().unwrap_or_default(), index))
        .into_list();
    if top < rows.len() && top > 0 {
        let values: Vec<i64> = rows.iter().map(|(value, _)| *value).into_list();
        let last = order_statistics(&values, &[top - 1]);
        rows.retain(|(value, _)| last.first().is_some_and(|last| value <= last));
    }
    let mut rows = sorted(rows, |a, b| a.0.cmp(&b.0));
    rows.truncate(top);
    let mut cells = Vec::with_capacity(rows.len() * sums.width);
    for (_, index) in rows {
        let start = index * sums.width;
        cells.extend_from_slice(
            sums.cells
                .get(start..start + sums.width)
                .unwrap_or_default(),
        );
    }
    Sums { cells, ..*sums }
}

impl Finish<'_> {
    /// The table `which`.
    pub fn table(&self, which: Which) -> Table {
        let totals = self.totals;
        match which {
            Which::Summary => self.summary(),
            Which::Counts => table(&pass::COUNTS_COLUMNS, &totals.counts, &[]),
            Which::Shops => table(&pass::SHOPS_COLUMNS, &totals.shops, &[]),
            Which::Rfm => {
                let bounds = self
                    .rfm
                    .unwrap_or_else(|| Bounds::quantiles(&totals.people, self.as_of_day));
                table(
                    &rfm::COLUMNS,
                    &rfm::sums(&totals.people, &bounds, self.as_of_day),
                    &[],
                )
            }
            Which::Cells => table(&pass::CELLS_COLUMNS, &totals.cells, &[]),
            Which::Months => table(&months::COLUMNS, &totals.months, &[]),
            Which::Products => table(&products::COLUMNS, &totals.products, &[0]),
            Which::Cohort => {
                let mut table = table(
                    cohort::COLUMNS.get(..5).unwrap_or_default(),
                    &totals.cohort,
                    &[],
                );
                let running = cohort::cumulative_revenue(&totals.cohort);
                table
                    .columns
                    .push((cohort::COLUMNS[5], Values::Int(running)));
                table
            }
            Which::F2 => table(&f2::COLUMNS, &totals.f2, &[]),
            Which::F2hist => table(&f2::HIST_COLUMNS, &totals.f2hist, &[]),
            Which::F2prod => table(&f2::PRODUCT_COLUMNS, &totals.f2prod, &[0]),
            Which::Flow => match self.top {
                // Three orders make a flow worth drawing; shorter ones are in `flow12`.
                Some(top) => {
                    let largest = largest(&totals.flow, top, |row| row.get(2) != Some(&-1));
                    table(&flow::COLUMNS, &largest, &[0, 1, 2])
                }
                None => table(&flow::COLUMNS, &totals.flow, &[0, 1, 2]),
            },
            Which::Flow12 => {
                let mut sums = flow::first_two(&totals.flow);
                if let Some(top) = self.top {
                    sums = largest(&sums, top, |_| true);
                }
                table(&flow::COLUMNS12, &sums, &[0, 1])
            }
            Which::PairsOrder => self.pairs(&totals.pairs_order, totals.summary.orders, 1),
            Which::PairsCustomer => self.pairs(&totals.pairs_customer, totals.summary.customers, 7),
            Which::Decile => {
                let deciles = decile::deciles(&totals.people, self.tie);
                table(
                    &decile::COLUMNS,
                    &decile::sums(&totals.people, &deciles),
                    &[],
                )
            }
        }
    }

    fn summary(&self) -> Table {
        let summary = &self.totals.summary;
        let days = [
            summary.days.map(|d| i64::from(d.0)),
            summary.days.map(|d| i64::from(d.1)),
        ];
        let counts = [
            summary.lines,
            summary.orders,
            summary.guest_orders,
            summary.customers,
            summary.revenue,
            summary.guest_revenue,
        ];
        let values = counts
            .into_iter()
            .map(|value| Values::Int(vec![value]))
            .chain(days.into_iter().map(|day| Values::MaybeInt(vec![day])));
        Table {
            columns: pass::SUMMARY_COLUMNS.into_iter().zip(values).into_list(),
        }
    }

    /// Pairs: whole, or the most frequent with support `n / T`, confidences `n / x(a)` and
    /// `n / x(b)`, lift `n T / (x(a) x(b))`; x is `column` of the product table.
    fn pairs(&self, sums: &Sums, all: i64, column: usize) -> Table {
        let Some(top) = self.top else {
            return table(&pairs::COLUMNS, sums, &[0, 1]);
        };
        let largest = largest(sums, top, |_| true);
        // Ascending, as the table is.
        let products: Vec<(i64, f64)> = self
            .totals
            .products
            .rows()
            .filter_map(|row| Some((*row.first()?, *row.get(column)? as f64)))
            .into_list();
        let all = all as f64;
        let mut metrics: [Vec<f64>; 4] = Default::default();
        for row in largest.rows() {
            let [a, b, n] = row else { continue };
            let with = |product: &i64| {
                let at = products.binary_search_by_key(product, |(product, _)| *product);
                let found = at.ok().and_then(|at| products.get(at));
                found.map_or(f64::NAN, |(_, count)| *count)
            };
            let (n, with_a, with_b) = (*n as f64, with(a), with(b));
            let values = [n / all, n / with_a, n / with_b, n * all / (with_a * with_b)];
            for (column, value) in metrics.iter_mut().zip(values) {
                column.push(value);
            }
        }
        let mut table = table(&pairs::COLUMNS, &largest, &[0, 1]);
        let names = pairs::METRIC_COLUMNS.into_iter().skip(3);
        table.columns.extend(names.zip(metrics.map(Values::Real)));
        table
    }
}
