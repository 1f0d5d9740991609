//! Broken and hostile files: a clear error, or refused rows; never a crash, never silence.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use std::io::{self, Read};

use common::{cp932, facts, mapped, orders, orders_with, refused, sample};
use okaeri_carts::{Mapping, ReadError, ReadOptions};
use okaeri_protocol::answer::ErrorCode;

const HEADER: &str = "order_id,ordered_at,product,quantity,unit_price,currency,note\n";

fn error(bytes: impl AsRef<[u8]>) -> ReadError {
    facts(bytes.as_ref(), &ReadOptions::default())
        .1
        .unwrap_err()
}

#[test]
fn files_that_are_no_order_files() {
    for empty in ["", "\n\n", "\u{feff}", "  \r\n"] {
        assert!(matches!(error(empty), ReadError::Empty), "{empty:?}");
    }
    let kinds: [(&[u8], &str); 4] = [
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04", "Excel"),
        (b"\xff\xfeo\0r\0", "UTF-16"),
        (b"order_id\0", "binary"),
    ];
    for (bytes, what) in kinds {
        let error = error(bytes);
        assert!(error.to_string().contains(what), "{error}");
        assert_eq!(error.code(), ErrorCode::BadData);
    }
    let unknown = error("何か,別の\n1,2\n");
    assert_eq!(unknown.code(), ErrorCode::UnknownFormat);
    assert!(unknown.to_string().contains("`何か`, `別の`"), "{unknown}");
    // EUC-JP decodes as gibberish in CP932; the columns shown tell.
    let euc = encoding_rs::EUC_JP
        .encode(&sample("ec_cube.csv"))
        .0
        .into_owned();
    assert!(matches!(
        error(euc),
        ReadError::UnknownColumns { .. } | ReadError::Encoding
    ));
    assert!(matches!(
        error(b"\xff\xa0\xfd,\x80\xff\n1,2\n"),
        ReadError::Encoding
    ));
}

#[test]
fn limits() {
    let wide = "a,".repeat(2_000);
    assert!(matches!(
        error(wide),
        ReadError::TooManyColumns { count: 2_001 }
    ));
    let row = format!(
        "{HEADER}1,2025-01-01,p,1,1{}\n2,2025-01-01,p,1,1,,\n",
        ",x".repeat(10_000)
    );
    let (read, report) = orders(row);
    assert_eq!(refused(&report), [(1, "", "too_many_cells")]);
    assert_eq!(read.len(), 1);

    let cell = |bytes: usize| format!("{HEADER}1,2025-01-01,p,1,1,,{}\n", "x".repeat(bytes));
    assert_eq!(orders(cell(1 << 20)).0.len(), 1);
    assert!(matches!(
        error(cell((1 << 20) + 1)),
        ReadError::TooLong { row: 1, .. }
    ));
    // An open quote would swallow the rest of the file.
    let open = format!("{HEADER}1,2025-01-01,p,1,1,,\"{}", "x,\n".repeat(500_000));
    let error = error(open).to_string();
    assert!(
        error.contains("row 1") && error.contains("a quote is not closed"),
        "{error}"
    );
    let (read, report) = orders(format!(
        "{HEADER}1,2025-01-01,p,1,1,,\n2,2025-01-01,p,1,1,,\"x\n"
    ));
    assert_eq!(
        (read.len(), refused(&report)),
        (1, vec![(2, "", "unclosed_quote")])
    );
}

#[test]
fn every_bad_value_is_one_refused_row() {
    let rows = [
        ("1,1899-12-30,p,1,1,,", "ordered_at", "date_out_of_range"),
        ("1,2999-12-31,p,1,1,,", "ordered_at", "date_out_of_range"),
        ("1,2025-02-31,p,1,1,,", "ordered_at", "not_a_date"),
        ("1,0000-00-00,p,1,1,,", "ordered_at", "missing"),
        ("1,,p,1,1,,", "ordered_at", "missing"),
        (",2025-01-01,p,1,1,,", "order_id", "missing"),
        ("1,2025-01-01,,1,1,,", "product", "missing"),
        ("1,2025-01-01,p,1,,,", "unit_price", "missing"),
        ("1,2025-01-01,p,1,1e9,,", "unit_price", "not_a_number"),
        ("1,2025-01-01,p,1,1.5,,", "unit_price", "fraction"),
        (
            "1,2025-01-01,p,1,9999999999999,,",
            "unit_price",
            "out_of_range",
        ),
        (
            "1,2025-01-01,p,1,-9999999999999,,",
            "unit_price",
            "out_of_range",
        ),
        (
            "1,2025-01-01,p,1000000,1000001,,",
            "unit_price",
            "out_of_range",
        ),
        ("1,2025-01-01,p,1000001,1,,", "quantity", "out_of_range"),
        ("1,2025-01-01,p,0.5,1,,", "quantity", "fraction"),
        ("1,2025-01-01,p,1,1,YEN5,", "currency", "bad_currency"),
        ("1,2025-01-01,p", "", "too_few_cells"),
        ("1,2025-01-01,p,1,1,,,x", "", "too_many_cells"),
    ];
    for (row, column, code) in rows {
        let (read, report) = orders(format!("{HEADER}{row}\nok,2025-01-01,p,1,1,,,,\n"));
        assert_eq!(refused(&report), [(1, column, code)], "{row}");
        assert_eq!((read.len(), report.rows), (1, 2), "{row}");
        assert!(!report.rejected[0].reason.is_empty());
    }
}

#[test]
fn good_rows_of_an_order_go_out_without_the_bad_ones() {
    let (read, report) = orders(format!(
        "{HEADER}1,2025-01-01,p,x,1,,\n1,2025-01-01,q,1,1,,\n1,2025-01-01,r,1,x,,\n\
         2,2025-01-01,p,x,1,,\n,,,,,,\n3,2025-01-01,p,1,1\n"
    ));
    let kept: Vec<_> = read
        .iter()
        .map(|o| (o.order_id.as_str(), o.lines.len()))
        .collect();
    assert_eq!(kept, [("1", 1), ("3", 1)]);
    let expected = [
        (1, "quantity", "not_a_number"),
        (3, "unit_price", "not_a_number"),
        (4, "quantity", "not_a_number"),
    ];
    assert_eq!(refused(&report), expected);
    assert_eq!(report.rows, 5);
}

#[test]
fn orders_without_customer_in_other_currencies_and_with_negative_amounts_are_facts() {
    let rows = "1,2025-01-01,p,-2,500,USD,\n2,2025-01-01,p,1,-500,jpy,\n";
    let (read, report) = orders(format!("{HEADER}{rows}"));
    assert_eq!(report.rejected_count, 0);
    let amounts: Vec<_> = read
        .iter()
        .map(|o| (o.lines[0].quantity, o.lines[0].unit_price))
        .collect();
    assert_eq!(amounts, [(-2, 500), (1, -500)]);
    let currencies: Vec<_> = read.iter().map(|order| order.currency.as_deref()).collect();
    assert_eq!(currencies, [Some("USD"), Some("JPY")]);
    assert_eq!(read[0].buyer.customer_id, None);
}

#[test]
fn only_the_first_thousand_refusals_are_listed() {
    let (_, report) = orders(format!("{HEADER}{}", "1,x,p,1,1,,\n".repeat(1_500)));
    assert_eq!(
        (report.rejected_count, report.rejected.len()),
        (1_500, 1_000)
    );
}

#[test]
fn ids_that_come_back_are_further_parts_of_the_order() {
    let row = |id: &str, product: &str| format!("{id},2025-01-01,{product},1,1,,\n");
    let (read, _) = orders([HEADER, &row("1", "a"), &row("2", "b"), &row("1", "c")].concat());
    let parts: Vec<_> = read
        .iter()
        .map(|o| (o.order_id.as_str(), o.lines.len()))
        .collect();
    assert_eq!(parts, [("1", 1), ("2", 1), ("1", 1)]);
    let (read, _) = orders([HEADER, &row("1", "a").repeat(2_001)].concat());
    let parts: Vec<_> = read.iter().map(|order| order.lines.len()).collect();
    assert_eq!(parts, [2_000, 1]);
}

#[test]
fn shopify_rows_without_their_first_row() {
    let mut lines: Vec<_> = sample("shopify.csv").lines().map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with("#1001,Yu.Nakamura@example.com,paid"));
    let file = lines.join("\n").replace("宛名は会社\"", "\"");
    let file = file
        .lines()
        .filter(|line| !line.starts_with('"'))
        .collect::<Vec<_>>()
        .join("\n");
    let (read, report) = orders(file);
    assert_eq!(refused(&report), [(1, "Name", "no_order_row")]);
    assert_eq!(read.len(), 2);
}

#[test]
fn damaged_text() {
    // One broken row does not make another encoding of the file.
    let mut bytes = format!("{HEADER}1,2025-01-01,日,1,1,,\n2,2025-01-01,").into_bytes();
    bytes.extend(b"\xe6\x97,1,1,,\n3,2025-01-01,\xe6,\x97\xa5,1,,\n".iter());
    bytes.extend("4,2025-01-01,本,1,1,,\n".as_bytes());
    let (read, report) = orders(&bytes);
    assert_eq!(
        refused(&report),
        [(2, "", "bad_encoding"), (3, "", "bad_encoding")]
    );
    assert_eq!(read.len(), 2);
    let mut bytes = cp932(&sample("next_engine_39.csv"));
    let name = cp932("羊羹");
    let place = bytes
        .windows(name.len())
        .position(|window| window == name)
        .unwrap();
    bytes[place + 1] = 0xff;
    let (read, report) = orders(&bytes);
    assert_eq!(
        (read.len(), refused(&report)),
        (1, vec![(3, "", "bad_encoding")])
    );
    // A mapping that forces the wrong encoding fails on the header.
    let mapping = "encoding = \"utf-8\"\n[columns]\norder_id = \"店舗伝票番号\"\n\
                   ordered_at = \"受注日\"\n";
    let wrong = facts(
        cp932(&sample("next_engine_39.csv")).as_slice(),
        &mapped(mapping),
    );
    assert!(matches!(wrong.1, Err(ReadError::Encoding)));
}

#[test]
fn json_bombs_and_broken_json() {
    let (read, report) = orders(
        r#"[{"order_id":"1"},{"order_id":2},{"nonsense":1},{bad},5,
            {"order_id":"1","ordered_at":"1899-01-01"},
            {"order_id":" ","ordered_at":"2025-01-01"},
            {"order_id":"1","ordered_at":"2025-01-01","currency":"yen"},
            {"order_id":"1","ordered_at":"2025-01-01","billed_total":1e400},
            {"order_id":"1","ordered_at":"2025-01-01","billed_total":9999999999999},
            {"order_id":"1","ordered_at":"2025-01-01","lines":[{"product":"p","quantity":1000000,"unit_price":9999999}]},
            {"order_id":"ok","ordered_at":"2025-01-01"}]"#,
    );
    let expected = [
        (1, "ordered_at", "missing"),
        (2, "order_id", "bad_value"),
        (3, "", "bad_value"),
        (4, "", "bad_json"),
        (5, "", "bad_value"),
        (6, "ordered_at", "date_out_of_range"),
        (7, "order_id", "missing"),
        (8, "currency", "bad_currency"),
        (9, "billed_total", "bad_value"),
        (10, "billed_total", "out_of_range"),
        (11, "unit_price", "out_of_range"),
    ];
    assert_eq!(refused(&report), expected);
    assert_eq!((read.len(), report.rows), (1, 12));

    let deep = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&orders(deep).1), [(1, "", "bad_value")]);
    let deep = format!("{{\"fact\":\"order\",\"x\":{}", "{\"a\":".repeat(100_000));
    assert_eq!(refused(&orders(deep).1), [(1, "", "bad_json")]);
    for cut in [
        "[",
        "[{\"order_id\":\"1\"}",
        "[{\"order_id\":\"1",
        "[] x",
        "[{}]}",
    ] {
        assert!(matches!(error(cut), ReadError::BadJson { .. }), "{cut}");
    }
    let endless = io::repeat(b'[').take(64 << 20);
    let (_, report) = facts(endless, &ReadOptions::default());
    assert!(matches!(report, Err(ReadError::TooLong { .. })));
}

/// A file of any size that is made while it is read.
struct Endless {
    row: Vec<u8>,
    left: u64,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < buffer.len() && self.left > 0 {
            let rest = &self.row[self.at..];
            let take = rest.len().min(buffer.len() - written);
            buffer[written..written + take].copy_from_slice(&rest[..take]);
            written += take;
            self.at = (self.at + take) % self.row.len();
            self.left = self.left.saturating_sub(take as u64);
        }
        Ok(written)
    }
}

#[test]
fn a_row_of_commas_without_end_is_refused_without_holding_it() {
    let commas = Endless {
        row: vec![b','; 4096],
        left: 64 << 20,
        at: 0,
    };
    let file = HEADER
        .as_bytes()
        .chain(commas)
        .chain(&b"\n1,2025-01-01,p,1,1,,\n"[..]);
    let (facts, report) = facts(file, &ReadOptions::default());
    assert_eq!(
        (facts.len(), refused(&report.unwrap())),
        (1, vec![(1, "", "too_many_cells")])
    );
}

#[test]
fn a_big_file_is_read_to_its_end() {
    let row = b"1,2025-01-01,p,1,1,,0123456789\n2,2025-01-01,p,1,1,,0123456789\n".to_vec();
    let pairs = (8 << 20) / row.len() as u64;
    let file = Endless {
        left: pairs * row.len() as u64,
        row,
        at: 0,
    };
    let mut orders = 0_u64;
    let input = HEADER.as_bytes().chain(file);
    let report = okaeri_carts::read(input, &ReadOptions::default(), &mut |_| orders += 1).unwrap();
    assert_eq!(
        (orders, report.rows, report.rejected_count),
        (2 * pairs, 2 * pairs, 0)
    );
}

#[test]
fn a_reader_that_fails() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let (_, report) = facts(HEADER.as_bytes().chain(Failing), &ReadOptions::default());
    assert!(report.unwrap_err().to_string().contains("the disk is gone"));
}

#[test]
fn mappings_say_where_they_are_wrong() {
    let columns = "[columns]\norder_id = \"a\"\nordered_at = \"b\"\n";
    let wrong = [
        (
            "",
            "mapping: `columns.order_id`: no order can be read without it",
        ),
        (
            "[columns]\norder_id = \"a\"",
            "mapping: `columns.ordered_at`: no order can be read without it",
        ),
        (
            "[columns]\norder = \"a\"",
            "mapping, line 2, `columns.order`: Okaeri has no such column",
        ),
        (
            "colour = \"a\"",
            "mapping, line 1, `colour`: a mapping has no such name",
        ),
        (
            "[more]\nx = \"a\"",
            "mapping, line 2, `more.x`: a mapping has no such name",
        ),
        (
            "currency = \"yen\"",
            "mapping, line 1, `currency`: expected an ISO 4217 code such as `JPY`",
        ),
        (
            "delimiter = \"::\"",
            "mapping, line 1, `delimiter`: expected `,`, `;`, `|` or a tab (`\\t`)",
        ),
        (
            "encoding = \"latin1\"",
            "mapping, line 1, `encoding`: expected `utf-8` or `cp932`",
        ),
        (
            "fractions = \"x\"",
            "mapping, line 1, `fractions`: expected `refuse` or `round`",
        ),
        (
            "date_format = \"%Q\"",
            "mapping, line 1, `date_format`: expected letters such as `%Y-%m-%d %H:%M:%S`; known are YymbBhdeaAHkIlMSpPzs%",
        ),
        (
            "name = [\"x\"]",
            "mapping, line 1, `name`: expected a text in quotes",
        ),
        (
            "[settings]\nidentity = \"x\"",
            "mapping, line 2, `settings.identity`: expected `auto`, `customer_id`, `email`, `email_else_phone`, `email_and_phone` or `tiers`",
        ),
        (
            "[columns]\nproduct = { colum = \"x\" }",
            "mapping, line 2, `columns.product`: `colum` is unknown: expected `column`, `null` or `value`",
        ),
        (
            "[columns]\nproduct = []",
            "mapping, line 2, `columns.product`: expected the name of a column",
        ),
        (
            "name = x",
            "mapping, line 1: expected a text in quotes, a list of texts, or `{ … }`",
        ),
    ];
    for (text, message) in wrong {
        assert_eq!(
            Mapping::from_toml(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
    let pipe = Mapping::from_toml(&format!("delimiter = \"|\"\n{columns}")).unwrap_err();
    assert_eq!(pipe.field, "delimiter");
    let (_, report) = facts(&b"a,c\n1,2\n"[..], &mapped(columns));
    let error = report.unwrap_err().to_string();
    assert_eq!(
        error,
        "the mapping `mapping` needs the column `b`, but the file has `a`, `c`"
    );
    let options = ReadOptions {
        currency: "yen".to_owned(),
        ..mapped(columns)
    };
    let (_, report) = facts(&b"a,b\n1,2\n"[..], &options);
    assert_eq!(report.unwrap_err().code(), ErrorCode::BadSetting);
    // Orders alone, without lines, are orders too.
    let (read, _) = orders_with(b"a,b\n1,2025-01-01\n", &mapped(columns));
    assert_eq!((read.len(), read[0].lines.len()), (1, 0));
}
