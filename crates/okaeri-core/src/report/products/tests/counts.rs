//! Sums that must agree, and counts against plain ones.

use super::*;
use crate::report::products::cycle::ProductCycle;
use crate::report::products::entry::EntryProducts;
use crate::report::products::flow::{OTHER, PurchaseFlow};
use crate::report::products::ltv::ProductLtv;
use crate::report::products::repeat::{New, ProductRepeat};
use crate::survival::{Curve, Observed};

const PEOPLE: usize = 300;

fn buys(order: &Order, product: u32) -> bool {
    order.1.iter().any(|line| line.0 == product)
}

fn spent(order: &Order, product: u32) -> i64 {
    let of_it = order.1.iter().filter(|line| line.0 == product);
    of_it.map(|line| line.1).sum()
}

#[test]
fn new_repeat_and_guests_make_up_all_sales() {
    let people = Chance(1).people(PEOPLE);
    let facts = Facts::of(&people);
    let all = |days: Option<i32>| -> i64 {
        let orders = people.iter().flatten();
        let within = orders.filter(|order| days.is_none_or(|days| AS_OF_DAY - order.0 < days));
        within.flat_map(|order| &order.1).map(|line| line.1).sum()
    };
    for new in [
        New::StoreFirst,
        New::ProductFirst,
        New::WindowNew { days: 100 },
    ] {
        for days in [None, Some(200)] {
            let report = ProductRepeat {
                new,
                days,
                ltv_days: 365,
            };
            let (_, sheet) = facts.ask(&report);
            let sum = |name: &str| -> i64 {
                let column = ints(&sheet, "product_repeat", name);
                column.into_iter().flatten().sum()
            };
            let parts = ["new_sales", "repeat_sales", "guest_sales"].map(sum);
            assert!(parts.iter().all(|part| *part > 0) || days.is_some());
            assert_eq!(parts.iter().sum::<i64>(), all(days));
            assert_eq!(sum("sales"), all(days));
            let parts = ["new_orders", "repeat_orders", "guest_orders"].map(sum);
            assert_eq!(parts.iter().sum::<i64>(), sum("orders"));
        }
    }
}

#[test]
fn repeaters_and_values_of_a_product() {
    let people = Chance(2).people(PEOPLE);
    let facts = Facts::of(&people);
    let report = ProductRepeat {
        new: New::ProductFirst,
        days: None,
        ltv_days: 300,
    };
    let (_, sheet) = facts.ask(&report);
    for product in 0..7u32 {
        let known = people.iter().take(PEOPLE - 1);
        let (mut buyers, mut repeaters, mut closed) = (0, 0, 0);
        let (mut of_it, mut of_all) = (0, 0);
        for orders in known {
            let mut with = orders.iter().filter(|order| buys(order, product));
            let Some(first) = with.next().map(|order| order.0) else {
                continue;
            };
            buyers += 1;
            repeaters += i64::from(with.next().is_some());
            if AS_OF_DAY - first >= 300 {
                closed += 1;
                // Orders of the first day stand in their order.
                let start = orders
                    .iter()
                    .position(|order| buys(order, product))
                    .unwrap();
                let within = orders[start..]
                    .iter()
                    .filter(|order| order.0 - first <= 300);
                for order in within {
                    of_it += spent(order, product);
                    of_all += order.1.iter().map(|line| line.1).sum::<i64>();
                }
            }
        }
        let row = product as usize;
        let int = |name: &str| ints(&sheet, "product_repeat", name)[row];
        let real = |name: &str| reals(&sheet, "product_repeat", name)[row];
        assert_eq!(int("buyers"), Some(buyers));
        assert_eq!(int("repeaters"), Some(repeaters));
        assert_eq!(int("closed"), Some(closed));
        assert_eq!(real("rate"), Some(repeaters as f64 / buyers as f64));
        assert_eq!(real("ltv_product"), Some(of_it as f64 / closed as f64));
        assert_eq!(real("ltv_all"), Some(of_all as f64 / closed as f64));
    }
}

#[test]
fn each_node_gives_what_it_gets() {
    let facts = Facts::of(&Chance(3).people(PEOPLE));
    let report = PurchaseFlow {
        sets: false,
        steps: 4,
        top: 3,
        lapse_days: 100,
    };
    let (_, sheet) = facts.ask(&report);
    let column = |table: &str, name: &str| -> Vec<i64> {
        ints(&sheet, table, name).into_iter().flatten().collect()
    };
    let [step, product] = ["step", "product"].map(|name| column("flow_nodes", name));
    let [customers, converted, waiting, lapsed] =
        ["customers", "converted", "waiting", "lapsed"].map(|name| column("flow_nodes", name));
    let [at, from, to, links] =
        ["step", "product", "next", "customers"].map(|name| column("flow_links", name));
    let sum = |is_in: &dyn Fn(usize) -> bool| -> i64 {
        (0..links.len())
            .filter(|link| is_in(*link))
            .map(|link| links[link])
            .sum()
    };
    assert!(product.contains(&OTHER) && step.len() == 16);
    for node in 0..step.len() {
        let parts = converted[node] + waiting[node] + lapsed[node];
        assert_eq!(customers[node], parts);
        let is_node = |link: usize, end: &[i64]| end[link] == product[node];
        if step[node] > 1 {
            let gets = sum(&|link| at[link] + 1 == step[node] && is_node(link, &to));
            assert_eq!(gets, customers[node]);
        }
        if step[node] < 4 {
            let gives = sum(&|link| at[link] == step[node] && is_node(link, &from));
            assert_eq!(gives, converted[node]);
        }
    }
}

#[test]
fn a_customer_counts_once_for_a_transition() {
    let people = Chance(4).people(PEOPLE);
    let facts = Facts::of(&people);
    let report = PurchaseFlow {
        sets: true,
        steps: 3,
        top: 7,
        lapse_days: 60,
    };
    let (counted, sheet) = facts.ask(&report);
    for link in counted.rows("flow_links") {
        let [step, from, to, customers, _] = link else {
            continue;
        };
        let with = people.iter().take(PEOPLE - 1).filter(|orders| {
            let pair = orders
                .get(*step as usize - 1)
                .zip(orders.get(*step as usize));
            pair.is_some_and(|(a, b)| buys(a, *from as u32) && buys(b, *to as u32))
        });
        assert_eq!(with.count() as i64, *customers);
    }
    let shares = reals(&sheet, "flow_links", "rate");
    assert!(shares.len() > 50 && shares.iter().flatten().all(|share| *share <= 1.0));
}

#[test]
fn later_purchases_of_one_product() {
    let people = Chance(5).people(PEOPLE);
    let facts = Facts::of(&people);
    let report = ProductLtv {
        product: "3".to_owned(),
        days: 200,
        last: 4,
    };
    let (_, sheet) = facts.ask(&report);
    for purchase in 1..=4usize {
        let (mut customers, mut closed, mut buyers, mut amount) = (0, 0, 0, 0);
        for orders in people.iter().take(PEOPLE - 1) {
            let with: Vec<&Order> = orders.iter().filter(|order| buys(order, 3)).collect();
            let Some(first) = with.first() else {
                continue;
            };
            customers += 1;
            if AS_OF_DAY - first.0 < 200 {
                continue;
            }
            closed += 1;
            let order = with.get(purchase - 1);
            if let Some(order) = order.filter(|order| order.0 - first.0 <= 200) {
                buyers += 1;
                amount += spent(order, 3);
            }
        }
        let int = |name: &str| ints(&sheet, "product_ltv", name)[purchase - 1];
        let found = ["customers", "closed", "buyers", "amount"].map(int);
        assert_eq!(found, [customers, closed, buyers, amount].map(Some));
        assert!(closed < customers);
    }
    let sum = |table: &str, name: &str| -> i64 { ints(&sheet, table, name).iter().flatten().sum() };
    for name in ["customers", "closed", "buyers"] {
        assert_eq!(sum("product_ltv", name), sum("product_ltv_by_cohort", name));
    }
    let of_nothing = ProductLtv {
        product: "cup".to_owned(),
        ..report
    };
    let (_, sheet) = facts.ask(&of_nothing);
    assert_eq!(ints(&sheet, "product_ltv", "customers"), []);
}

#[test]
fn three_lucky_customers_are_no_good_entry() {
    let order = |day: i32, product: u32| (day, vec![(product, 100)]);
    // Of product 1 all three come back, of product 2 sixty of a hundred.
    let mut people = vec![vec![order(100, 1), order(110, 1)]; 3];
    people.extend(vec![vec![order(100, 2), order(150, 2)]; 60]);
    people.extend(vec![vec![order(100, 2)]; 40]);
    // Who came yesterday has no say.
    people.extend(vec![vec![order(999, 2)]; 5]);
    people.push(Vec::new());
    let facts = Facts::of(&people);
    let (_, sheet) = facts.ask(&EntryProducts { min_customers: 1 });
    assert_eq!(
        ints(&sheet, "entry_products", "product"),
        [Some(2), Some(1)]
    );
    assert_eq!(
        ints(&sheet, "entry_products", "rank_f2"),
        [Some(1), Some(2)]
    );
    assert_eq!(
        ints(&sheet, "entry_products", "rank_ltv"),
        [Some(2), Some(1)]
    );
    assert_eq!(reals(&sheet, "entry_products", "rate_90")[0], Some(0.6));
    assert_eq!(
        reals(&sheet, "entry_products", "ltv_365"),
        [Some(160.0), Some(200.0)]
    );
    assert_eq!(ints(&sheet, "entry_all", "customers"), [Some(108)]);
    let (_, sheet) = facts.ask(&EntryProducts { min_customers: 30 });
    assert_eq!(ints(&sheet, "entry_products", "product"), [Some(2)]);
    assert_eq!(sheet.notes, [("small_products", 1)]);
}

#[test]
fn days_of_use() {
    let people = Chance(6).people(PEOPLE);
    let facts = Facts::of(&people);
    let report = ProductCycle {
        lead_days: 7,
        min_gaps: 1,
    };
    let (counted, sheet) = facts.ask(&report);
    for product in 0..7u32 {
        let (mut closed, mut observed) = (Vec::new(), Vec::new());
        for orders in people.iter().take(PEOPLE - 1) {
            let with = orders.iter().filter(|order| buys(order, product));
            let mut days: Vec<i32> = with.map(|order| order.0).collect();
            days.dedup();
            let Some(last) = days.last() else {
                continue;
            };
            let gaps = days.windows(2).map(|pair| (pair[1] - pair[0]) as u32);
            closed.extend(gaps);
            observed.push(Observed {
                day: (AS_OF_DAY - last) as u32,
                events: 0,
                censored: 1,
            });
        }
        observed.extend(closed.iter().map(|day| Observed {
            day: *day,
            events: 1,
            censored: 0,
        }));
        closed.sort_unstable();
        let row = product as usize;
        let int = |name: &str| ints(&sheet, "product_cycle", name)[row];
        assert_eq!(int("gaps"), Some(closed.len() as i64));
        let part = |share: f64| {
            let place = (closed.len() as f64 * share).ceil() as usize - 1;
            Some(i64::from(closed[place]))
        };
        assert_eq!(
            ["p25", "median", "p75"].map(int),
            [0.25, 0.5, 0.75].map(part)
        );
        assert_eq!(int("follow_up_day"), part(0.5).map(|day| (day - 7).max(1)));
        let median = Curve::of(&observed).quantile(0.5).day;
        assert_eq!(int("km_median"), median.map(i64::from));
    }
    for pair in counted.rows("product_next") {
        let [from, to, customers] = pair else {
            continue;
        };
        let follows = |orders: &&Vec<Order>| {
            let mut pairs = orders.windows(2);
            pairs.any(|pair| buys(&pair[0], *from as u32) && buys(&pair[1], *to as u32))
        };
        let with = people.iter().take(PEOPLE - 1).filter(follows).count();
        assert_eq!(with as i64, *customers);
    }
    assert_eq!(ints(&sheet, "product_next", "next").len(), 21);
}
