//! Where a reader's pieces end does not matter, and rows are those of RFC 4180.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use std::io::{self, Read};

use common::{cp932, facts, orders, sample};
use okaeri_carts::{Found, ReadOptions, Reader};
use okaeri_protocol::facts::Fact;

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
        // Cut anywhere, with a look at the report in between.
        for cut in [0, 1, bytes.len() / 3, bytes.len() - 1] {
            let (first, rest) = bytes.split_at(cut);
            let mut pushed = Vec::new();
            let mut sink = |found: Found| pushed.push(found.fact);
            let mut reader = Reader::new(options.clone());
            reader.push(first, &mut sink).unwrap();
            assert!(
                reader
                    .report()
                    .is_none_or(|so_far| so_far.rows <= report.rows)
            );
            reader.push(rest, &mut sink).unwrap();
            assert_eq!(reader.finish(&mut sink).unwrap(), report);
            assert!(pushed == expected);
        }
    }
}

/// Order id, row and rows of the lines of everything found in a file.
fn places(text: &str) -> Vec<(String, u64, Vec<u64>)> {
    let mut found = Vec::new();
    let mut sink = |one: Found| {
        if let Fact::Order(order) = one.fact {
            found.push((order.order_id, one.row, one.line_rows));
        }
    };
    okaeri_carts::read(text.as_bytes(), &ReadOptions::default(), &mut sink).unwrap();
    found
}

#[test]
fn facts_know_their_rows() {
    let csv = "order_id,ordered_at,product,quantity,unit_price\n\
               a,2025-01-01,p,1,1\n\
               a,2025-01-01,p,none,1\n\
               \n\
               a,2025-01-01,\"p\nq\",1,1\n\
               b,2025-01-01,,,\n\
               ,,,,\n\
               c,2025-01-01,p,1,1\n";
    let expected = [
        ("a".to_owned(), 1, vec![1, 3]),
        ("b".to_owned(), 4, vec![]),
        ("c".to_owned(), 6, vec![6]),
    ];
    assert_eq!(places(csv), expected);
    let json = r#"[{"order_id": "a", "ordered_at": "2025-01-01"}, 7,
                   {"order_id": "b", "ordered_at": "2025-01-01"}]"#;
    let expected = [("a".to_owned(), 1, vec![]), ("b".to_owned(), 3, vec![])];
    assert_eq!(places(json), expected);
    // What an order has beyond 2,000 lines goes out as a further part, with its own rows.
    let rows = (0..2_001).map(|_| "a,2025-01-01,p,1,1\n");
    let long = places(&format!(
        "order_id,ordered_at,product,quantity,unit_price\n{}",
        rows.collect::<String>()
    ));
    let ends: Vec<_> = long
        .iter()
        .map(|(_, row, lines)| (*row, lines.len(), lines.last().copied()))
        .collect();
    assert_eq!(ends, [(1, 2_000, Some(2_000)), (2_001, 1, Some(2_001))]);
}

#[test]
fn reports_name_the_columns_as_the_file_does() {
    let named = |text: &str| {
        let report = facts(text.as_bytes(), &ReadOptions::default()).1.unwrap();
        let names =
            ["ordered_at", "currency", "quantity"].map(|flat| report.columns.get(flat).cloned());
        names.map(Option::unwrap_or_default)
    };
    assert_eq!(
        named(&sample("next_engine_39.csv")),
        ["受注日", "", "受注数量"]
    );
    assert_eq!(named(&sample("ec_cube.csv")), ["受注日", "", "個数"]);
    let shopify = ["Created at", "Currency", "Lineitem quantity"];
    assert_eq!(named(&sample("shopify.csv")), shopify);
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
