//! What customers are worth, against the plainest way of counting it.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    reason = "a failed step fails the test"
)]

use super::groups::By;
use super::ltv::Ltv;
use super::margin::MarginRule;
use super::media::Media;
use super::repeat_tests::{book, random, tables, whole};
use super::{Sheet, Table, Values};
use crate::book::Book;
use crate::zone::month_of;

pub const MARGIN: MarginRule = MarginRule {
    gross_margin: 6_000,
    points: true,
};

/// A book of these days whose orders differ in amount and primary product.
pub fn priced(as_of_day: i32, people: &[Vec<i32>]) -> Book {
    let mut book = book(as_of_day, people);
    for order in &mut book.orders {
        order.amount = 100 * i64::from(order.day % 7 + 1);
        order.product = order.day as u32 % 11;
    }
    book
}

fn table<'a>(sheet: &'a Sheet, name: &str) -> &'a Table {
    let found = sheet.tables.iter().position(|(table, _)| *table == name);
    &sheet.tables[found.unwrap_or(usize::MAX)].1
}

fn reals(table: &Table, name: &str) -> Vec<f64> {
    let found = table.columns.iter().find(|(column, _)| *column == name);
    match found {
        Some((_, Values::MaybeReal(values))) => values.iter().map(|v| v.unwrap_or(-1.0)).collect(),
        _ => Vec::new(),
    }
}

fn ltv(by: By, top: usize) -> Ltv {
    Ltv {
        days: vec![0, 30, 90, 180, 720],
        by,
        top,
        horizon: 90,
        margin: MARGIN,
    }
}

#[test]
fn windows_are_counted_one_by_one() {
    for seed in 0..10 {
        let people = random(seed, 80, 700);
        let book = priced(720, &people);
        let sheet = tables(&ltv(By::Month, 1), &book);
        let shown = table(&sheet, "ltv");
        let column = |name| whole(shown, name);
        let rows = column("group").into_iter().zip(column("days"));
        let mut expected = [const { Vec::new() }; 5];
        for (month, days) in rows {
            let of_month = (0..book.person_count()).map(|person| book.orders_of(person));
            let of_month = of_month.filter(|orders| i64::from(month_of(orders[0].day)) == month);
            let mut sums = [0; 5];
            for orders in of_month {
                let first = orders[0].day;
                let is_closed = i64::from(book.as_of_day - first) >= days;
                let within = |day: i32| is_closed && i64::from(day - first) <= days;
                let its: Vec<i64> = orders
                    .iter()
                    .filter(|order| within(order.day))
                    .map(|order| order.amount)
                    .collect();
                let more = [
                    1,
                    is_closed.into(),
                    its.len() as i64,
                    (its.len() > 1).into(),
                    its.iter().sum(),
                ];
                sums.iter_mut()
                    .zip(more)
                    .for_each(|(sum, more)| *sum += more);
            }
            expected
                .iter_mut()
                .zip(sums)
                .for_each(|(column, sum)| column.push(sum));
        }
        let names = ["customers", "closed", "orders", "repeaters", "sales"];
        assert!(expected[0].len() > 50);
        assert_eq!(names.map(column), expected, "seed {seed}");
        // Nobody tells a cost, so that the margin is 60 % of the sales.
        let means = reals(shown, "ltv_sales")
            .into_iter()
            .zip(reals(shown, "ltv_margin"));
        for (sales, margin) in means.filter(|(sales, _)| *sales >= 0.0) {
            assert!((margin - sales * 0.6).abs() < 1e-6, "{margin} of {sales}");
        }
    }
}

#[test]
fn groups_and_the_rest_make_up_the_whole() {
    let book = priced(720, &random(3, 300, 700));
    let all = tables(&ltv(By::Whole, 1), &book);
    for (by, top, rows) in [
        (By::Product, 3, 4 * 5),
        (By::Product, 100, 11 * 5),
        (By::Gift, 1, 5),
        (By::Subscription, 1, 5),
        (By::Media, 2, 5),
        (By::Prefecture, 2, 5),
        (By::Coupon, 2, 5),
    ] {
        let sheet = tables(&ltv(by, top), &book);
        let (shown, days) = (table(&sheet, "ltv"), &ltv(by, top).days);
        assert_eq!(whole(shown, "days").len(), rows, "{by:?}");
        for name in ["customers", "closed", "orders", "repeaters", "sales"] {
            let rows = whole(shown, "days").into_iter().zip(whole(shown, name));
            let sum = |days: &i32| -> i64 {
                let of_days = rows
                    .clone()
                    .filter(|(window, _)| *window == i64::from(*days));
                of_days.map(|(_, value)| value).sum()
            };
            let sums: Vec<i64> = days.iter().map(sum).collect();
            assert_eq!(sums, whole(table(&all, "ltv"), name), "{name} by {by:?}");
        }
        let closed = |sheet| {
            whole(table(sheet, "ltv_spread"), "closed")
                .iter()
                .sum::<i64>()
        };
        assert_eq!(closed(&sheet), closed(&all));
    }
}

#[test]
fn the_spread_is_that_of_all_customers_in_a_row() {
    let book = priced(720, &random(8, 95, 600));
    let sheet = tables(&ltv(By::Whole, 1), &book);
    let shown = table(&sheet, "ltv_spread");
    // Amounts are below 100,000 and whole hundreds: buckets are exact.
    let mut sales: Vec<i64> = (0..book.person_count())
        .map(|person| book.orders_of(person))
        .map(|orders| {
            let within = orders
                .iter()
                .filter(|order| order.day - orders[0].day <= 90);
            within.map(|order| order.amount).sum()
        })
        .collect();
    sales.sort_unstable();
    assert_eq!(sales.len(), 95);
    let sum: i64 = sales.iter().sum();
    // A tenth of 95 customers is nine and a half.
    let top = sales[86..].iter().sum::<i64>() as f64 + sales[85] as f64 / 2.0;
    assert_eq!(reals(shown, "mean"), [sum as f64 / 95.0]);
    assert_eq!(reals(shown, "median"), [sales[47] as f64]);
    assert!((reals(shown, "top_decile_share")[0] - top / sum as f64).abs() < 1e-12);
}

#[test]
fn the_curve_of_all_media_is_the_ltv_of_all() {
    let book = priced(720, &random(5, 200, 700));
    for is_own in [false, true] {
        let media = Media {
            is_own,
            top: 5,
            costs: Vec::new(),
            horizon: 360,
            target_profit: 0,
            service_cost: 0,
            margin: MARGIN,
        };
        let sheet = tables(&media, &book);
        let curve = table(&sheet, "media_curve");
        let days: Vec<i32> = whole(curve, "days")
            .iter()
            .map(|days| *days as i32)
            .collect();
        let windows = Ltv {
            days,
            ..ltv(By::Whole, 1)
        };
        let all = tables(&windows, &book);
        for name in ["closed", "sales"] {
            assert_eq!(whole(curve, name), whole(table(&all, "ltv"), name));
        }
        let total = whole(table(&sheet, "media"), "sales");
        assert_eq!(
            total,
            [book.orders.iter().map(|order| order.amount).sum::<i64>()]
        );
    }
}
