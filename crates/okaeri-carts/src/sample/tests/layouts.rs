//! Every cart's reader understands its layout.

use okaeri_protocol::facts::{Fact, LineKind, Order};

use super::super::{Layout, sample_facts, write, write_facts};
use super::{options, small};
use crate::{ReadOptions, read};

/// The facts of a file of which no row may be refused.
fn read_back(file: &str, name: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    let report = read(file.as_bytes(), &ReadOptions::default(), &mut |found| {
        facts.push(found.fact);
    });
    let report = match report {
        Ok(report) => report,
        Err(why) => unreadable(name, &why.to_string()),
    };
    assert_eq!(report.format, name);
    let refused = (report.rejected_count, &report.rejected);
    assert_eq!(refused, (0, &Vec::new()), "{name}");
    facts
}

#[expect(clippy::panic, reason = "a file that cannot be read fails the test")]
fn unreadable(name: &str, why: &str) -> ! {
    panic!("{name}: {why}")
}

fn orders_of(facts: Vec<Fact>) -> Vec<Order> {
    let order = |fact| match fact {
        Fact::Order(order) => Some(order),
        _ => None,
    };
    facts.into_iter().filter_map(order).collect()
}

/// A sum of an order that a layout may carry.
type Total<'a> = &'a dyn Fn(&Order) -> Option<i64>;

#[test]
fn every_layout_is_read_back_as_the_same_orders() {
    let orders = small();
    let sum = |orders: &[Order], of: Total<'_>| -> i64 { orders.iter().filter_map(of).sum() };
    let goods = |order: &Order| -> Option<i64> {
        let lines = order.lines.iter().filter(|l| l.kind == LineKind::Goods);
        Some(lines.map(|l| l.quantity * l.unit_price).sum())
    };
    let totals: [Total<'_>; 6] = [
        &goods,
        &|order| order.billed_total,
        &|order| order.discount_total,
        &|order| order.shipping_total,
        &|order| order.fee_total,
        &|order| order.points_used,
    ];
    for (layout, name, carried) in [
        (Layout::Okaeri, "okaeri", 6),
        (Layout::Ndjson, "ndjson", 6),
        (Layout::NextEngine, "next_engine", 6),
        // Shopify's export has no column for fees and points.
        (Layout::Shopify, "shopify", 4),
        (Layout::EcCube, "ec_cube", 6),
    ] {
        let mut file = String::new();
        write(&orders, layout, &mut |piece| file.push_str(piece));
        let read_back = orders_of(read_back(&file, name));
        assert_eq!(read_back.len(), orders.len(), "{name}");
        for (index, total) in totals.iter().take(carried).enumerate() {
            let (after, before) = (sum(&read_back, *total), sum(&orders, *total));
            assert_eq!(after, before, "{name}: total {index}");
        }
    }
}

#[test]
fn okaeris_own_csv_keeps_everything_but_spaces_around_addresses() {
    let mut orders = small();
    let mut file = String::new();
    write(&orders, Layout::Okaeri, &mut |piece| file.push_str(piece));
    let mut again = orders_of(read_back(&file, "okaeri"));
    for order in orders.iter_mut().chain(&mut again) {
        let email = order.buyer.email.take();
        order.buyer.email = email.map(|email| email.trim().to_owned());
    }
    for (before, after) in orders.iter().zip(&again) {
        assert_eq!(before, after);
    }
}

#[test]
fn facts_are_read_back_as_they_are() {
    let facts = sample_facts(&options(500));
    let mut file = String::new();
    write_facts(&facts, &mut |piece| file.push_str(piece));
    assert!(read_back(&file, "ndjson") == facts);
}
