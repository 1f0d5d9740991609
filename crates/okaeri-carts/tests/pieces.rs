//! Where a reader's pieces end does not matter, and rows are those of RFC 4180.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use std::io::{self, Read};

use common::{cp932, facts, orders, sample};
use okaeri_carts::ReadOptions;

/// Gives at most so many bytes at a time, one size after the other.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.sizes.next().unwrap().min(buffer.len());
        self.bytes.read(&mut buffer[..most])
    }
}

#[test]
fn pieces_of_any_size_give_the_same_facts() {
    let mut files: Vec<Vec<u8>> = Vec::new();
    for name in [
        "next_engine_39.csv",
        "next_engine_61.csv",
        "ec_cube.csv",
        "shopify.csv",
        "okaeri.csv",
    ] {
        let text = sample(name);
        files.push(text.clone().into_bytes());
        files.push(format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes());
        files.push(cp932(&text.replace('\n', "\r\n")));
    }
    files.push(
        b"[{\"order_id\":\"1\",\"ordered_at\":\"2025-01-01\",\"note\":\"\\\"]\"} , 5]".to_vec(),
    );
    files.push(
        b"{\"fact\":\"order\",\"order_id\":\"1\",\"ordered_at\":\"2025-01-01\"}\n{}\n".to_vec(),
    );
    // Longer than what is looked at before the encoding is chosen, with text across every border.
    let long = sample("next_engine_61.csv");
    let (header, rows) = long.split_once('\n').unwrap();
    files.push(cp932(&format!("{header}\n{}", rows.repeat(4_000))));
    let options = ReadOptions::default();
    for bytes in files {
        let (expected, report) = facts(bytes.as_slice(), &options);
        let report = report.unwrap();
        assert!(!expected.is_empty());
        for sizes in [
            vec![1],
            vec![2],
            vec![3],
            vec![7],
            vec![1, 2, 3, 4, 5, 6, 7],
            vec![4099],
        ] {
            let sizes = sizes.into_iter().cycle();
            let (same, again) = facts(
                Pieces {
                    bytes: &bytes,
                    sizes,
                },
                &options,
            );
            assert!(same == expected && again.unwrap() == report);
        }
    }
}

#[test]
fn utf8_cp932_and_a_byte_order_mark_give_the_same_facts() {
    for name in [
        "next_engine_39.csv",
        "next_engine_38.csv",
        "next_engine_61.csv",
        "ec_cube.csv",
    ] {
        let text = sample(name);
        let expected = orders(&text);
        assert_eq!(orders(cp932(&text)), expected, "{name}");
        assert_eq!(orders(format!("\u{feff}{text}")), expected, "{name}");
        assert_eq!(
            orders(text.replace("\"2,000\"", "2000").replace(',', "\t")),
            expected,
            "{name}"
        );
    }
}

/// The notes of all orders, by the csv crate.
fn notes_by_csv_crate(file: &str) -> Vec<Option<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(file.as_bytes());
    let note = |record: csv::StringRecord| record.get(5).unwrap_or("").trim().to_owned();
    let notes = reader.records().map(|record| note(record.unwrap()));
    notes
        .map(|note| Some(note).filter(|note| !note.is_empty()))
        .collect()
}

#[test]
fn rows_are_those_of_the_csv_crate() {
    // Every text of up to 5 of these, as a quoted and as a bare cell.
    let alphabet = ["\"", "\"\"", ",", "\n", "\r\n", "x", " "];
    let mut texts = vec![String::new()];
    for _ in 0..5 {
        let longer: Vec<_> = texts
            .iter()
            .flat_map(|text| alphabet.map(|more| format!("{text}{more}")))
            .collect();
        for text in &longer {
            let quoted = format!("\"{}\"", text.replace('"', "\"\""));
            let plain = text.replace(['"', ',', '\r', '\n'], "");
            for cell in [quoted, plain] {
                let file = format!(
                    "order_id,ordered_at,product,quantity,unit_price,note\n\
                     1,2025-01-01,p,1,1,{cell}\r\n2,2025-01-01,p,1,1,{cell}"
                );
                let (read, report) = orders(&file);
                assert_eq!(report.rejected_count, 0, "{file:?}");
                let notes: Vec<_> = read.into_iter().map(|order| order.note).collect();
                assert_eq!(notes, notes_by_csv_crate(&file), "{file:?}");
            }
        }
        texts = longer.into_iter().step_by(3).collect();
    }
}
