//! The sample is always the same, and every cart's reader understands its layout.

use okaeri_protocol::facts::{Fact, Order};

use super::{Layout, SampleOptions, sample, write};
use crate::{ReadOptions, read};

fn small() -> Vec<Order> {
    sample(&SampleOptions {
        orders: 2_000,
        ..SampleOptions::default()
    })
}

#[test]
fn the_same_options_give_the_same_shop_and_another_seed_another() {
    let other = sample(&SampleOptions {
        orders: 2_000,
        seed: 2,
        ..SampleOptions::default()
    });
    assert_eq!(small(), small());
    assert_ne!(small(), other);
    assert_eq!(other.len(), 2_000);
}

#[test]
fn it_has_what_real_shops_have() {
    let orders = small();
    let count = |holds: &dyn Fn(&Order) -> bool| orders.iter().filter(|o| holds(o)).count();
    assert!(
        count(&|o| o.shipments.len() > 1) > 20,
        "gifts with several destinations"
    );
    assert!(
        count(&|o| o.lines.iter().any(|l| l.contract_count > Some(3))) > 20,
        "定期"
    );
    assert!(count(&|o| o.buyer.email.is_none()) > 5, "guests");
    assert!(count(&|o| o.buyer.company.is_some()) > 5, "companies");
    assert!(count(&|o| o.discount_total.is_some()) > 20, "coupons");
}

#[test]
fn every_layout_is_read_back_as_the_same_orders() {
    let orders = small();
    let layouts = [
        (Layout::Okaeri, "okaeri"),
        (Layout::Ndjson, "ndjson"),
        (Layout::NextEngine, "next_engine"),
        (Layout::Shopify, "shopify"),
        (Layout::EcCube, "ec_cube"),
    ];
    for (layout, name) in layouts {
        let mut file = String::new();
        write(&orders, layout, &mut |piece| file.push_str(piece));
        let mut read_back = Vec::new();
        let report = read(file.as_bytes(), &ReadOptions::default(), &mut |fact| {
            if let Fact::Order(order) = fact.fact {
                read_back.push(order);
            }
        });
        let report = match report {
            Ok(report) => report,
            Err(why) => unreachable_layout(name, &why.to_string()),
        };
        assert_eq!(report.format, name);
        assert_eq!(
            (report.rejected_count, &report.rejected),
            (0, &Vec::new()),
            "{name}"
        );
        assert_eq!(read_back.len(), orders.len(), "{name}");
        let goods = |orders: &[Order]| -> i64 {
            let lines = orders.iter().flat_map(|order| &order.lines);
            lines.map(|line| line.quantity * line.unit_price).sum()
        };
        assert_eq!(goods(&read_back), goods(&orders), "{name}");
    }
}

#[expect(clippy::panic, reason = "a file that cannot be read fails the test")]
fn unreachable_layout(name: &str, why: &str) -> ! {
    panic!("{name}: {why}")
}
