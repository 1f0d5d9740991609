//! Values of every type that a column may have.

use arrow_array::types::{Int8Type, Int32Type, UInt32Type};
use arrow_array::{
    Array as _, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, LargeStringArray,
    StringArray, StringViewArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampNanosecondArray, TimestampSecondArray, UInt8Array, UInt16Array, UInt32Array,
    UInt64Array,
};

use super::*;

/// Reads a stream with one more column beside the required two; what became of that column.
fn column(name: &'static str, values: ArrayRef) -> Vec<String> {
    let n = values.len();
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..n as i64));
    let at: ArrayRef = Arc::new(Int64Array::from(vec![0; n]));
    let columns = match name {
        "order_id" => vec![(name, values), ("ordered_at", at)],
        "ordered_at" => vec![("order_id", ids), (name, values)],
        _ => vec![("order_id", ids), ("ordered_at", at), (name, values)],
    };
    let (rows, report) = match read(&stream(&[batch(columns)]), &[]) {
        Ok(read) => read,
        Err(error) => return vec![error.to_string()],
    };
    assert_eq!(rows.len() as u64 + report.rejected_count, report.rows);
    let mut told: Vec<(u64, String)> = rows
        .iter()
        .map(|row| {
            let (source, values) = row.split_once(':').unwrap();
            let value = values
                .split(' ')
                .find_map(|v| v.strip_prefix(&format!("{name}=")));
            (source.parse().unwrap(), value.unwrap_or("-").to_owned())
        })
        .collect();
    told.extend(report.rejected.into_iter().map(|refused| {
        assert_eq!(refused.column, name);
        (refused.row, refused.code)
    }));
    told.sort();
    told.into_iter().map(|(_, value)| value).collect()
}

fn texts(values: &[Option<&str>]) -> Vec<ArrayRef> {
    vec![
        Arc::new(StringArray::from(values.to_vec())),
        Arc::new(LargeStringArray::from(values.to_vec())),
        Arc::new(StringViewArray::from(values.to_vec())),
        Arc::new(
            values
                .iter()
                .copied()
                .collect::<DictionaryArray<Int8Type>>(),
        ),
        Arc::new(
            values
                .iter()
                .copied()
                .collect::<DictionaryArray<UInt32Type>>(),
        ),
    ]
}

#[test]
fn reads_identifiers_of_every_type() {
    let ints: Vec<ArrayRef> = vec![
        Arc::new(Int8Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(Int16Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(Int32Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(Int64Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(UInt8Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(UInt16Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(UInt32Array::from(vec![Some(7), None, Some(0)])),
        Arc::new(Float32Array::from(vec![Some(7.0), None, Some(0.0)])),
        Arc::new(Float64Array::from(vec![Some(7.0), None, Some(0.0)])),
        Arc::new(
            Decimal128Array::from(vec![Some(700), None, Some(0)])
                .with_precision_and_scale(10, 2)
                .unwrap(),
        ),
        Arc::new(DictionaryArray::<Int32Type>::new(
            Int32Array::from(vec![Some(1), None, Some(0)]),
            Arc::new(Int64Array::from(vec![0, 7])),
        )),
    ];
    for array in ints {
        let kind = array.data_type().clone();
        assert_eq!(
            column("customer_id", Arc::clone(&array)),
            ["7", "-", "0"],
            "{kind}"
        );
        assert_eq!(column("order_id", array), ["7", "missing", "0"], "{kind}");
    }
    let greatest = UInt64Array::from(vec![u64::MAX, 0]);
    assert_eq!(
        column("order_id", Arc::new(greatest)),
        ["18446744073709551615", "0"]
    );
    let negative = Int64Array::from(vec![Some(-5), None, Some(3), Some(i64::MIN)]);
    assert_eq!(
        column("shop", Arc::new(negative)),
        ["'-5'", "-", "'3'", "'-9223372036854775808'"]
    );
    let hashes: ArrayRef = Arc::new(Int64Array::from(vec![Some(-5), None, Some(3)]));
    assert_eq!(column("email", hashes), ["'#-5'", "-", "'#3'"]);
    let fraction = Float64Array::from(vec![1.5, 9_007_199_254_740_994.0, f64::NAN]);
    assert_eq!(
        column("shop", Arc::new(fraction)),
        ["not_whole", "too_large", "not_whole"]
    );
    for array in texts(&[
        Some("楽天"),
        None,
        Some(""),
        Some("a-name-longer-than-a-view"),
        Some("0"),
    ]) {
        let kind = array.data_type().clone();
        let wanted = ["'楽天'", "-", "-", "'a-name-longer-than-a-view'", "'0'"];
        assert_eq!(column("shop", array), wanted, "{kind}");
    }
}

#[test]
fn reads_times_of_every_type() {
    let cases: Vec<(ArrayRef, &[&str])> = vec![
        (
            Arc::new(Int64Array::from(vec![-1, 253_402_300_799])),
            &["-1Z", "253402300799Z"],
        ),
        (
            Arc::new(Int64Array::from(vec![253_402_300_800, -62_135_596_801])),
            &["time_out_of_range"; 2],
        ),
        (
            Arc::new(UInt32Array::from(vec![u32::MAX])),
            &["4294967295Z"],
        ),
        (
            Arc::new(TimestampSecondArray::from(vec![Some(-1), None])),
            &["-1L", "missing"],
        ),
        (
            Arc::new(TimestampMillisecondArray::from(vec![-1, 1999])),
            &["-1L", "1L"],
        ),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![-1, 1_999_999]).with_timezone("UTC")),
            &["-1Z", "1Z"],
        ),
        (
            Arc::new(TimestampNanosecondArray::from(vec![-1, 0]).with_timezone("Asia/Tokyo")),
            &["-1Z", "0Z"],
        ),
        (
            Arc::new(Date32Array::from(vec![-1, 1, i32::MAX])),
            &["-86400L", "86400L", "time_out_of_range"],
        ),
        (Arc::new(Date64Array::from(vec![86_400_000])), &["86400L"]),
    ];
    for (array, wanted) in cases {
        let kind = array.data_type().clone();
        assert_eq!(column("ordered_at", array), wanted, "{kind}");
    }
    let written = [
        Some("1970-01-01T09:00:01+09:00"),
        Some("1970-01-02 00:00"),
        Some("soon"),
    ];
    for array in texts(&written) {
        assert_eq!(column("ordered_at", array), ["1Z", "86400L", "not_a_time"]);
    }
    for array in texts(&[Some("1970-01-02"), None]) {
        assert_eq!(column("updated_at", array), ["86400L", "-"]);
    }
    for array in texts(&[Some("1970-01-01T00:00:05Z"), None]) {
        assert_eq!(column("updated_at", array), ["5Z", "-"]);
    }
}

/// Column, values, what becomes of them.
type Case = (&'static str, ArrayRef, &'static [&'static str]);

fn hold(cases: Vec<Case>) {
    for (name, array, wanted) in cases {
        let kind = array.data_type().clone();
        assert_eq!(column(name, array), wanted, "{name} {kind}");
    }
}

#[test]
fn reads_money() {
    hold(vec![
        (
            "amount",
            Arc::new(Int32Array::from(vec![Some(-300), None])),
            &["-300", "-"],
        ),
        (
            "amount",
            Arc::new(Int64Array::from(vec![i64::MIN, i64::MAX])),
            &["-9223372036854775808", "9223372036854775807"],
        ),
        (
            "amount",
            Arc::new(UInt64Array::from(vec![i64::MAX as u64, 1 << 63])),
            &["9223372036854775807", "too_large"],
        ),
        (
            "unit_price",
            Arc::new(Float64Array::from(vec![1980.0, 0.5])),
            &["1980", "not_whole"],
        ),
        (
            "unit_price",
            Arc::new(Decimal128Array::from(vec![198_000, 198_050])),
            &["not_whole"; 2],
        ),
        (
            "discount_total",
            Arc::new(
                Decimal128Array::from(vec![3])
                    .with_precision_and_scale(9, -2)
                    .unwrap(),
            ),
            &["300"],
        ),
        (
            "discount_total",
            Arc::new(
                Decimal128Array::from(vec![i128::MAX, 5])
                    .with_precision_and_scale(38, 0)
                    .unwrap(),
            ),
            &["too_large", "5"],
        ),
    ]);
}

#[test]
fn reads_flags_codes_and_days() {
    hold(vec![
        (
            "is_gift",
            Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])),
            &["1", "-", "0"],
        ),
        (
            "mail_consent",
            Arc::new(UInt8Array::from(vec![0, 1, 2])),
            &["0", "1", "unknown_value"],
        ),
        (
            "status",
            Arc::new(Int8Array::from(vec![0, 4, 5, -1])),
            &["0", "4", "unknown_value", "unknown_value"],
        ),
        (
            "line_kind",
            Arc::new(Int16Array::from(vec![0, 6, 7])),
            &["0", "6", "unknown_value"],
        ),
        (
            "birth",
            Arc::new(Date32Array::from(vec![Some(0), None])),
            &["'1970-01-01'", "-"],
        ),
        (
            "birth",
            Arc::new(StringArray::from(vec!["1970-01-01"])),
            &["'1970-01-01'"],
        ),
    ]);
}

#[test]
fn reads_names_of_codes() {
    let statuses = [
        Some("open"),
        Some("shipped"),
        Some("completed"),
        Some("cancelled"),
        Some("returned"),
        Some("draft"),
        Some("merged"),
        None,
        Some("lost"),
    ];
    for array in texts(&statuses) {
        let wanted = ["0", "0", "0", "1", "2", "3", "4", "-", "unknown_value"];
        assert_eq!(column("status", array), wanted);
    }
    for array in texts(&[Some("goods"), Some("enclosed"), Some("")]) {
        assert_eq!(column("line_kind", array), ["0", "6", "-"]);
    }
}

/// Every name that the protocol writes has its code here.
#[test]
fn knows_every_name_of_the_protocol() {
    use okaeri_protocol::facts::{LineKind, OrderStatus};
    let kinds = [
        LineKind::Goods,
        LineKind::Shipping,
        LineKind::Fee,
        LineKind::Discount,
        LineKind::Tax,
        LineKind::Points,
        LineKind::Enclosed,
    ];
    let names = kinds.map(|kind| {
        serde_json::to_value(kind)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    });
    assert_eq!(
        column("line_kind", Arc::new(StringArray::from_iter_values(names))),
        ["0", "1", "2", "3", "4", "5", "6"]
    );
    let statuses = [
        OrderStatus::Open,
        OrderStatus::Shipped,
        OrderStatus::Completed,
        OrderStatus::Cancelled,
        OrderStatus::Returned,
        OrderStatus::Draft,
        OrderStatus::Merged,
    ];
    let names = statuses.map(|s| {
        serde_json::to_value(s)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    });
    assert_eq!(
        column("status", Arc::new(StringArray::from_iter_values(names))),
        ["0", "0", "0", "1", "2", "3", "4"]
    );
}
