//! What the tests of this crate share.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    reason = "each test file uses a part; tests read files"
)]

use std::io::Read;

use okaeri_carts::{Mapping, ReadError, ReadOptions, ReadReport, read};
use okaeri_protocol::facts::{Fact, Order};

/// Reads bytes; the facts, and the report or the error.
pub fn facts(
    bytes: impl Read,
    options: &ReadOptions,
) -> (Vec<Fact>, Result<ReadReport, ReadError>) {
    let mut facts = Vec::new();
    let report = read(bytes, options, &mut |found| facts.push(found.fact));
    (facts, report)
}

/// Reads a file that must be readable as orders.
pub fn orders_with(bytes: &[u8], options: &ReadOptions) -> (Vec<Order>, ReadReport) {
    let (facts, report) = facts(bytes, options);
    let orders = facts.into_iter().map(|fact| match fact {
        Fact::Order(order) => order,
        other => panic!("expected an order, got {other:?}"),
    });
    (orders.collect(), report.unwrap())
}

pub fn orders(bytes: impl AsRef<[u8]>) -> (Vec<Order>, ReadReport) {
    orders_with(bytes.as_ref(), &ReadOptions::default())
}

/// Options with a mapping.
pub fn mapped(mapping: &str) -> ReadOptions {
    let mapping = Mapping::from_toml(mapping).unwrap();
    ReadOptions {
        mapping: Some(mapping),
        ..ReadOptions::default()
    }
}

/// A file of `tests/data`.
pub fn sample(name: &str) -> String {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// As a Japanese cart writes it: CP932, CR LF.
pub fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lossy, "the sample has characters that CP932 lacks");
    bytes.into_owned()
}

/// Row, column and code of every refusal.
pub fn refused(report: &ReadReport) -> Vec<(u64, &str, &str)> {
    let all = report.rejected.iter();
    all.map(|row| (row.row, row.column.as_str(), row.code.as_str()))
        .collect()
}
