//! What sells together, and what to recommend.

use super::*;
use crate::baskets::recommend::{Held, recommendations};
use crate::baskets::rules::rules;
use crate::baskets::{Baskets, Frequent, Search, of_book, rules as of_rules};
use crate::report::products::cross_sell::{CrossSell, Unit};

fn question(unit: Unit) -> CrossSell {
    CrossSell {
        unit,
        min_count: 5,
        min_support: 0.0,
        min_lift: 0.0,
        max_items: 3,
        exclude: vec!["6".to_owned()],
        product: None,
        limit: 1000,
    }
}

#[test]
fn what_was_counted_gives_the_rules_of_the_baskets() {
    let mut facts = Facts::of(&Chance(7).people(300));
    // Each order has its own number, by which baskets are told apart.
    for (row, order) in (0u32..).zip(facts.book.orders.iter_mut().chain(&mut facts.book.guests)) {
        order.row = row;
        let id = facts.ledger.order_ids.intern_int(u64::from(row) + 7);
        let mut known = crate::ledger::columns::OrderRow::default();
        known.id = id;
        facts.ledger.orders.rows.push(known);
    }
    let keep = |rank: u32| rank != 6;
    for (unit, baskets) in [
        (
            Unit::Order,
            of_book::by_order(&facts.ledger, &facts.book, &keep),
        ),
        (
            Unit::Customer { window_days: 400 },
            of_book::by_customer(&facts.ledger, &facts.book, 400, &keep),
        ),
    ] {
        let search = Search {
            least: 5,
            ..Search::default()
        };
        let frequent = Frequent::of(&baskets, &search);
        let all = of_rules::Wanted {
            confidence_least: 0.0,
            lift_least: 0.0,
        };
        let expected = rules(&frequent, &all);
        let (counted, sheet) = facts.ask(&question(unit));
        let found = question(unit).search(&counted);
        assert_eq!((found.frequent, &found.rules), (frequent, &expected));
        assert!(expected.len() > 30);
        let counts = expected.iter().map(|rule| Some(i64::from(rule.count)));
        assert!(ints(&sheet, "rules", "count").into_iter().eq(counts));
        let one = CrossSell {
            product: Some("2".to_owned()),
            ..question(unit)
        };
        let (_, sheet) = facts.ask(&one);
        let with = expected.iter().filter(|rule| rule.left.contains(&2));
        assert_eq!(ints(&sheet, "rules", "right").len(), with.count());
    }
}

#[test]
fn a_customer_is_told_what_follows_and_why() {
    let mut baskets = Baskets::new(4);
    for _ in 0..9 {
        baskets.add(&[0, 1]);
    }
    for _ in 0..6 {
        baskets.add(&[0, 2]);
    }
    for _ in 0..20 {
        baskets.add(&[3]);
    }
    let frequent = Frequent::of(&baskets, &Search::default());
    let rules = rules(&frequent, &of_rules::Wanted::default());
    let cycle = |product: u32| (product == 1).then_some(30);
    let told = |held: &[Held], day: i32| -> Vec<(u32, bool, u32)> {
        let told = recommendations(&rules, held, &cycle, day, 5);
        told.iter()
            .map(|one| (one.product, one.is_due, one.rule.count))
            .collect()
    };
    let held = |product: u32| Held {
        product,
        last_day: 100,
    };
    assert_eq!(told(&[held(0)], 110), [(1, false, 9), (2, false, 6)]);
    // Who has a product is told again when it is used up, and only of what is known to be used.
    let both = [held(0), held(1), held(2)];
    assert_eq!(told(&both, 129), []);
    assert_eq!(told(&both, 130), [(1, true, 9)]);
    assert_eq!(told(&[held(3)], 500), []);
    assert_eq!(recommendations(&rules, &[held(0)], &cycle, 110, 1).len(), 1);
}
