//! The examples' mappings on the files they are for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a failed expectation fails the test; tests read files"
)]

mod common;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use common::{mapped, orders_with};
use flate2::read::GzDecoder;
use okaeri_carts::{Mapping, ReadOptions, read};
use okaeri_protocol::facts::{Fact, OrderStatus};
use okaeri_protocol::settings::IdentityRule;

fn mapping(example: &str) -> ReadOptions {
    let path = format!(
        "{}/../../examples/{example}/mapping.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    mapped(&std::fs::read_to_string(path).unwrap())
}

#[test]
fn benchmark() {
    let options = mapping("benchmark");
    let Mapping {
        name,
        currency,
        settings,
        ..
    } = options.mapping.clone().unwrap();
    assert_eq!(
        (name.as_str(), currency.as_deref()),
        ("benchmark", Some("JPY"))
    );
    assert_eq!(settings.identity, Some(IdentityRule::CustomerId));
    let csv = "\"order_id\",\"shop\",\"ordered_at\",\"status\",\"email\",\"email_hash\",\
               \"phone_hash\",\"product_id\",\"qty\",\"unit_price\"\n\
               1000000001,\"B\",\"2021-01-01 00:05:12\",\"completed\",\" Sato.yuki4@example.ne.jp \",\
               17251231231231231231,0,42,2,2980\n\
               1000000001,\"B\",\"2021-01-01 00:05:12\",\"completed\",\" Sato.yuki4@example.ne.jp \",\
               17251231231231231231,0,7,1,500\n\
               2,A,2021-01-01 00:06:00,cancelled,,0,99,7,1,500\n";
    let (orders, report) = orders_with(csv.as_bytes(), &options);
    assert_eq!(
        (report.format.as_str(), report.rejected_count),
        ("benchmark", 0)
    );
    let [first, second] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(
        first.buyer.customer_id.as_deref(),
        Some("17251231231231231231")
    );
    assert_eq!((&first.buyer.email, &first.buyer.phone), (&None, &None));
    assert_eq!(
        (first.lines.len(), first.status),
        (2, OrderStatus::Completed)
    );
    assert_eq!(
        (second.status, &second.buyer.customer_id),
        (OrderStatus::Cancelled, &None)
    );
    assert_eq!(second.buyer.phone.as_deref(), Some("99"));
}

#[test]
fn online_retail_layout() {
    let csv = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
               536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n\
               C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom\n\
               550193,PADS,PADS TO MATCH ALL CUSHIONS,1,2011-04-15 09:27:00,0.001,,United Kingdom\n";
    let options = mapping("online-retail");
    assert_eq!(
        options
            .mapping
            .clone()
            .unwrap()
            .settings
            .time_zone
            .as_deref(),
        Some("Europe/London")
    );
    let (orders, report) = orders_with(csv.as_bytes(), &options);
    assert_eq!(
        (report.format.as_str(), report.rejected_count),
        ("online_retail", 0)
    );
    let [first, second, third] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(
        (first.lines[0].unit_price, first.lines[0].quantity),
        (255, 6)
    );
    assert_eq!(first.currency.as_deref(), Some("GBP"));
    assert_eq!(
        (second.status, second.lines[0].quantity),
        (OrderStatus::Cancelled, -1)
    );
    assert_eq!(
        (third.lines[0].unit_price, &third.buyer.customer_id),
        (0, &None)
    );
}

/// A file without order numbers: the purchases of a day are one order. Figures as published.
#[test]
fn cdnow() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/cdnow/cdnow_sample.csv.gz"
    );
    let input = BufReader::new(GzDecoder::new(File::open(path).unwrap()));
    let (mut orders, mut customers) = (BTreeSet::new(), BTreeSet::new());
    let (mut pieces, mut cents) = (0, 0);
    let report = read(input, &mapping("cdnow"), &mut |found| {
        let Fact::Order(order) = found.fact else {
            panic!("{found:?}")
        };
        orders.insert(order.order_id);
        customers.extend(order.buyer.customer_id);
        for line in order.lines {
            pieces += line.quantity;
            cents += line.amount.unwrap();
        }
    })
    .unwrap();
    assert_eq!((report.rows, report.rejected_count), (6_919, 0));
    assert_eq!((pieces, cents), (16_479, 24_409_194));
    // 4,339 repeat purchases in 78 weeks.
    assert_eq!((customers.len(), orders.len()), (2_357, 2_357 + 4_339));
}

/// Figures of the whole file, as its documentation has them.
struct Expected {
    file: &'static str,
    rows: u64,
    invoices: usize,
    customers: usize,
    no_customer: u64,
    negative: u64,
    credited: u64,
}

#[test]
fn online_retail_whole() {
    let files = [
        Expected {
            file: "online_retail_2010_2011.csv.gz",
            rows: 541_909,
            invoices: 25_900,
            customers: 4_372,
            no_customer: 135_080,
            negative: 10_624,
            credited: 9_288,
        },
        Expected {
            file: "online_retail_2009_2010.csv.gz",
            rows: 525_461,
            invoices: 28_816,
            customers: 4_383,
            no_customer: 107_927,
            negative: 12_326,
            credited: 10_206,
        },
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    for expected in files {
        let path = folder.join(expected.file);
        let Ok(file) = File::open(&path) else {
            // To the terminal itself: the test runner would keep it to itself.
            let note = format!("LEFT OUT: {} is not there\n", path.display());
            std::io::stderr().write_all(note.as_bytes()).unwrap();
            continue;
        };
        let (mut invoices, mut customers) = (BTreeSet::new(), BTreeSet::new());
        let (mut lines, mut no_customer, mut negative, mut credited) = (0, 0, 0, 0);
        let input = BufReader::new(GzDecoder::new(file));
        let report = read(input, &mapping("online-retail"), &mut |found| {
            let Fact::Order(order) = found.fact else {
                panic!("{found:?}")
            };
            let count = order.lines.len() as u64;
            lines += count;
            negative += order.lines.iter().filter(|line| line.quantity < 0).count() as u64;
            if order.buyer.customer_id.is_none() {
                no_customer += count;
            }
            if order.status == OrderStatus::Cancelled {
                credited += count;
            }
            invoices.insert(order.order_id);
            customers.extend(order.buyer.customer_id);
        })
        .unwrap();
        assert_eq!(
            (report.rows, report.rejected_count),
            (expected.rows, 0),
            "{}",
            expected.file
        );
        assert_eq!(lines, expected.rows);
        assert_eq!(
            (invoices.len(), customers.len()),
            (expected.invoices, expected.customers)
        );
        assert_eq!(
            (no_customer, negative, credited),
            (expected.no_customer, expected.negative, expected.credited)
        );
    }
}
