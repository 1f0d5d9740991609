//! Products that a customer is due to buy again.

use super::{AS_OF_DAY, Chance, Facts, Order, ints};
use crate::report::products::cycle::ProductCycle;
use crate::report::products::due::{Due, due};

fn bought(days: &[i32], product: u32) -> Vec<Order> {
    days.iter()
        .map(|day| (*day, vec![(product, 100)]))
        .collect()
}

/// A shop of these people, without guests.
fn shop(people: &[Vec<Order>]) -> Facts {
    Facts::of(&[people, &[Vec::new()]].concat())
}

fn of(facts: &Facts, person: u32, except: &[i64]) -> Vec<Due> {
    facts.with(|shop| due(shop, person, except, 10))
}

#[test]
fn own_days_of_use_come_first() {
    // Gaps of 30, 40 and 100 days: 40 in the middle, and 40 days have passed.
    let own = bought(&[790, 820, 860, 960], 2);
    // One gap is not enough; everybody else buys 3 after 60 days.
    let mut people = vec![own.clone(), bought(&[700, 930], 3)];
    for person in 0..5 {
        people.push(bought(&[800 + person, 860 + person], 3));
    }
    let facts = shop(&people);
    let expected = |last_day, cycle_days, gaps, is_own, product| Due {
        product,
        last_day,
        cycle_days,
        gaps,
        is_own,
    };
    assert_eq!(of(&facts, 0, &[]), [expected(960, 40, 3, true, 2)]);
    // Six gaps: 60 five times, and the customer's own 230.
    assert_eq!(of(&facts, 1, &[]), [expected(930, 60, 6, false, 3)]);
    // What a contract brings is not due.
    assert_eq!(of(&facts, 0, &[2]), []);
    // One day earlier 40 days have not passed.
    let mut early = own;
    early[3].0 += 1;
    assert_eq!(of(&shop(&[early]), 0, &[]), []);
    // Three times the days of use and one day more: gone elsewhere.
    let at = |last: i32| bought(&[last - 170, last - 140, last - 100, last], 2);
    let found = |last| of(&shop(&[at(last)]), 0, &[]).len();
    assert_eq!(
        [AS_OF_DAY - 40, AS_OF_DAY - 120, AS_OF_DAY - 121].map(found),
        [1, 1, 0]
    );
    // Nobody is due what was bought once, or twice in a day.
    let twice = vec![(900, vec![(2, 100)]), (900, vec![(2, 100)])];
    assert_eq!(of(&shop(&[twice, bought(&[900], 2)]), 0, &[]), []);
}

/// Everybody's days are those of the question on them.
#[test]
fn the_days_of_everybody_are_those_of_the_cycle() {
    let people = Chance(5).people(400);
    let facts = shop(&people);
    let cycle = ProductCycle {
        lead_days: 0,
        min_gaps: 5,
    };
    let (_, sheet) = facts.ask(&cycle);
    let [products, medians] = ["product", "median"].map(|name| ints(&sheet, "product_cycle", name));
    let mut seen = 0;
    for person in 0..people.len() as u32 {
        for one in of(&facts, person, &[]) {
            if !one.is_own {
                let place = products.iter().position(|p| *p == Some(one.product.into()));
                assert_eq!(Some(one.cycle_days), medians[place.unwrap()]);
                seen += 1;
            }
            let since = i64::from(AS_OF_DAY - one.last_day);
            assert!((one.cycle_days..=3 * one.cycle_days).contains(&since));
        }
    }
    assert!(seen > 20, "{seen}");
}
