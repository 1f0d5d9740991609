//! From days with purchases to histories.

use super::dice::Dice;
use crate::forecast::histories::{Histories, History};
use crate::forecast::purchases::{Distinct, Known, PurchaseDay, Purchases};
use crate::forecast::season::Clock;

pub fn histories(purchases: &Purchases, until: i32) -> Histories {
    let rows = purchases
        .customers()
        .filter_map(|days| Known::of(days, until));
    let rows = rows.map(|known| History {
        x: known.x,
        recency: f64::from(known.last_day - known.first_day),
        age: f64::from(until - known.first_day),
        customers: 1.0,
    });
    Histories::new(rows.collect()).unwrap()
}

fn on(day: i32, amount: f64) -> PurchaseDay {
    PurchaseDay { day, amount }
}

#[test]
fn orders_of_a_day_are_one_purchase() {
    let mut purchases = Purchases::default();
    let orders = [
        on(20, 5.0),
        on(10, 1.0),
        on(20, 7.0),
        on(10, 2.0),
        on(35, f64::NAN),
    ];
    purchases.push(orders.into_iter());
    purchases.push([].into_iter());
    let days: Vec<&[PurchaseDay]> = purchases.customers().collect();
    assert_eq!(days[0], [on(10, 3.0), on(20, 12.0), on(35, 0.0)]);
    assert!(days[1].is_empty());
    let known = |until| Known::of(days[0], until).map(|k| (k.first_day, k.last_day, k.x, k.mean));
    assert_eq!(known(9), None);
    assert_eq!(known(10), Some((10, 10, 0, 0.0)));
    assert_eq!(known(34), Some((10, 20, 1, 12.0)));
    assert_eq!(known(99), Some((10, 35, 2, 6.0)));
    assert_eq!(purchases.span(30), Some((10, 20)));
}

/// Each customer's row is the customer's own history, and the rows count every customer once.
#[test]
fn distinct_rows_are_of_their_customers() {
    let mut dice = Dice(17);
    let mut purchases = Purchases::default();
    for _ in 0..9000 {
        let days = dice.below(5) + u64::from(dice.below(40) == 0) * 300;
        let days: Vec<PurchaseDay> = (0..days).map(|_| on(dice.below(500) as i32, 1.0)).collect();
        purchases.push(days.into_iter());
    }
    let until = 300;
    let distinct = Distinct::of(&purchases, until, 1, &Clock::days(0));
    let mut seen = vec![0.0; distinct.rows.len()];
    for (days, place) in purchases.customers().zip(&distinct.of) {
        let known = Known::of(days, until);
        let row = distinct.rows.get(*place as usize);
        assert_eq!(known.is_some(), row.is_some());
        if let (Some(known), Some(row)) = (known, row) {
            assert_eq!(known.x, row.x);
            assert_eq!(f64::from(known.last_day - known.first_day), row.recency);
            assert_eq!(f64::from(until - known.first_day), row.age);
            seen[*place as usize] += 1.0;
        }
    }
    for (row, seen) in distinct.rows.iter().zip(seen) {
        assert_eq!(row.customers, seen);
    }
    assert_eq!(distinct.histories().len(), distinct.rows.len());
    assert_eq!(histories(&purchases, until).len(), distinct.rows.len());
}
