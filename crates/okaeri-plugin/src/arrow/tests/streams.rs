//! Batches, dictionaries, columns of strange types, and broken bytes.

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::{Int16Type, Int32Type};
use arrow_array::{
    BooleanArray, Date32Array, DictionaryArray, FixedSizeBinaryArray, Float64Array, Int16Array,
    Int64Array, NullArray, StringArray, StringViewArray, StructArray, UInt64Array,
};
use arrow_schema::{DataType, Field as ArrowField, Fields};

use super::*;

/// A column of every shape that Arrow's writer has, none of which is read.
fn strange() -> Columns {
    let mut list = ListBuilder::new(ListBuilder::new(StringBuilder::new()));
    for _ in 0..3 {
        list.values().values().append_value("x");
        list.values().append(true);
        list.append(true);
    }
    let fields = Fields::from(vec![
        ArrowField::new("v", DataType::Utf8View, true),
        ArrowField::new("n", DataType::Null, true),
    ]);
    let long: ArrayRef = Arc::new(StringViewArray::from(vec!["a text too long for a view"; 3]));
    let inner: Vec<ArrayRef> = vec![long, Arc::new(NullArray::new(3))];
    let runs = arrow_array::RunArray::<Int16Type>::try_new(
        &Int16Array::from(vec![3]),
        &StringArray::from(vec!["r"]),
    )
    .unwrap();
    vec![
        ("list", Arc::new(list.finish())),
        ("struct", Arc::new(StructArray::new(fields, inner, None))),
        ("runs", Arc::new(runs)),
        ("null", Arc::new(NullArray::new(3))),
        (
            "uuid",
            Arc::new(FixedSizeBinaryArray::try_from_iter([[1_u8; 16]; 3].iter()).unwrap()),
        ),
        (
            "sku",
            Arc::new(
                vec!["a", "b", "a"]
                    .into_iter()
                    .collect::<DictionaryArray<Int32Type>>(),
            ),
        ),
    ]
}

/// Strange columns around ours.
fn mixed() -> RecordBatch {
    let mut columns = strange();
    columns.insert(1, ("at", Arc::new(Int64Array::from(vec![10, 20, 30]))));
    columns.insert(
        3,
        (
            "id",
            Arc::new(StringArray::from(vec![Some("a"), None, Some("c")])),
        ),
    );
    columns.insert(
        5,
        ("email", Arc::new(UInt64Array::from(vec![0, 1, u64::MAX]))),
    );
    let shops: DictionaryArray<Int32Type> = [Some("A"), None, Some("B")].into_iter().collect();
    columns.push(("shop", Arc::new(shops)));
    batch(columns)
}

const MIXED: &[(&str, &str)] = &[
    ("order_id", "id"),
    ("ordered_at", "at"),
    ("email", "email?0"),
];

#[test]
fn passes_over_columns_of_any_shape() {
    let (rows, report) = read(&stream(&[mixed()]), MIXED).unwrap();
    let wanted = [
        "1: order_id='a' ordered_at=10Z shop='A'",
        "3: order_id='c' ordered_at=30Z shop='B' email=18446744073709551615",
    ];
    assert_eq!(rows, wanted);
    assert_eq!(
        report.unread,
        ["list", "struct", "runs", "null", "uuid"],
        "`sku` is a name of ours, though no analysis needs it yet"
    );
    let refused = Rejected {
        row: 2,
        column: "id".to_owned(),
        code: "missing".to_owned(),
        reason: "a row needs a value here".to_owned(),
    };
    assert_eq!(
        (report.rows, report.rejected_count, report.rejected),
        (3, 1, vec![refused])
    );
}

#[test]
fn reads_batches_slices_and_growing_dictionaries() {
    let part = |ids: Vec<i64>, shops: Vec<&str>, values: Vec<&str>| {
        let keys = shops
            .iter()
            .map(|s| values.iter().position(|v| v == s).map(|at| at as i32));
        let shops = DictionaryArray::<Int32Type>::new(
            keys.collect(),
            Arc::new(StringArray::from(values.clone())),
        );
        let n = ids.len();
        batch(vec![
            ("order_id", Arc::new(Int64Array::from(ids))),
            ("ordered_at", Arc::new(Int64Array::from(vec![0; n]))),
            (
                "name",
                Arc::new(StringArray::from_iter_values(
                    (0..n).map(|i| format!("n{i}")),
                )),
            ),
            ("shop", Arc::new(shops)),
        ])
    };
    let batches = [
        part(vec![9, 1, 2, 9], vec!["B", "A", "B", "A"], vec!["A", "B"]).slice(1, 2),
        part(vec![], vec![], vec!["A", "B"]),
        part(vec![3, 4], vec!["C", "A"], vec!["A", "B", "C"]),
        part(vec![5], vec!["D"], vec!["D"]),
    ];
    let payload = stream(&batches);
    let wanted = [
        "1: order_id=1 ordered_at=0Z shop='A' name='n1'",
        "2: order_id=2 ordered_at=0Z shop='B' name='n2'",
        "3: order_id=3 ordered_at=0Z shop='C' name='n0'",
        "4: order_id=4 ordered_at=0Z shop='A' name='n1'",
        "5: order_id=5 ordered_at=0Z shop='D' name='n0'",
    ];
    assert_eq!(read(&payload, &[]).unwrap().0, wanted);
    let without_end = payload.get(..payload.len() - 8).unwrap();
    assert_eq!(read(without_end, &[]).unwrap().0, wanted);
}

#[test]
fn reads_a_long_batch_in_slices() {
    let n = 7 * SLICE_ROWS + 5;
    let bad = |row: usize| row % 100 == 99;
    let amounts = (0..n).map(|row| if bad(row) { 0.5 } else { row as f64 });
    let names = (0..n).map(|row| (row % 3 != 0).then(|| format!("名{row}")));
    let payload = stream(&[batch(vec![
        (
            "order_id",
            Arc::new(Int64Array::from_iter_values(0..n as i64)),
        ),
        ("ordered_at", Arc::new(Int64Array::from(vec![0; n]))),
        ("name", Arc::new(StringArray::from_iter(names))),
        ("amount", Arc::new(Float64Array::from_iter_values(amounts))),
    ])]);
    let (rows, report) = read(&payload, &[]).unwrap();
    let wanted = (0..n).filter(|row| !bad(*row)).map(|row| {
        let name = if row % 3 == 0 {
            String::new()
        } else {
            format!(" name='名{row}'")
        };
        format!(
            "{}: order_id={row} ordered_at=0Z{name} amount={row}",
            row + 1
        )
    });
    assert!(rows.into_iter().eq(wanted));
    assert_eq!(report.rejected_count, (n / 100) as u64);
    assert!(
        report
            .rejected
            .iter()
            .map(|refused| refused.row)
            .eq((1..=1000).map(|i| i * 100))
    );
}

#[test]
fn reads_customers() {
    let payload = stream(&[batch(vec![
        ("customer_id", Arc::new(Int64Array::from(vec![7, -1]))),
        (
            "mail",
            Arc::new(StringArray::from(vec![Some("a@example.jp"), None])),
        ),
        ("phone", Arc::new(UInt64Array::from(vec![Some(9), None]))),
        ("birth", Arc::new(Date32Array::from(vec![None, Some(1)]))),
        (
            "mail_consent",
            Arc::new(BooleanArray::from(vec![true, false])),
        ),
        (
            "tags",
            Arc::new(StringArray::from(vec![Some("a| |b"), None])),
        ),
        (
            "registered_at",
            Arc::new(StringArray::from(vec![None, Some("2025-01-02")])),
        ),
    ])]);
    let mut all = Vec::new();
    let mut more = Vec::new();
    let report =
        read_customers::<ArrowError>(&payload, &mapping(&[("email", "mail")]), 0, &mut |some| {
            more.extend(
                some.iter()
                    .map(|one| (one.tags.join(","), one.registered_at)),
            );
            all.extend(some.into_iter().map(|customer| customer.contact));
            Ok(())
        });
    assert_eq!(report.unwrap().rows, 2);
    let first = Buyer {
        customer_id: Some("7".to_owned()),
        email: Some("a@example.jp".to_owned()),
        phone: Some("#9".to_owned()),
        mail_consent: Some(true),
        ..Buyer::default()
    };
    let second = Buyer {
        customer_id: Some("-1".to_owned()),
        birth: Some("1970-01-02".to_owned()),
        mail_consent: Some(false),
        ..Buyer::default()
    };
    assert_eq!(all, [first, second]);
    let day = "2025-01-02".parse().unwrap();
    let none = (String::new(), Some(day));
    assert_eq!(more, [("a,b".to_owned(), None), none]);
    let nobody = stream(&[batch(vec![(
        "name",
        Arc::new(StringArray::from(vec!["x"])),
    )])]);
    let error =
        read_customers::<ArrowError>(&nobody, &mapping(&[]), 0, &mut |_| Ok(())).unwrap_err();
    assert_eq!(error.at, "columns.customer_id");
}

/// Payload, mapping, where, what.
type Case<'a> = (&'a [u8], &'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn says_what_is_wrong_with_a_stream() {
    let whole = stream(&[mixed()]);
    let twice = [whole.clone(), whole.clone()].concat();
    let end = format!("byte {}", whole.len());
    let cases: &[Case<'_>] = &[
        (b"", &[], "byte 0", "cut off"),
        (b"ARROW1\0\0", &[], "byte 0", "an Arrow file"),
        (b"order_id,ordered_at\n", &[], "byte 0", "no Arrow message"),
        (
            b"\xff\xff\xff\xff\xff\xff\xff\xff",
            &[],
            "byte 4",
            "cut off",
        ),
        (
            b"\xff\xff\xff\xff\xff\xff\xff\x7f",
            &[],
            "byte 4",
            "cut off",
        ),
        (&twice, MIXED, &end, "one stream a call"),
        (&whole, &[], "columns.order_id", "no column `order_id`"),
        (
            &whole,
            &[("orderid", "id")],
            "columns.orderid",
            "not a column of this table",
        ),
        (
            &whole,
            &[("order_id", "id"), ("ordered_at", "when")],
            "columns.ordered_at",
            "no column `when`",
        ),
        (
            &whole,
            &[("order_id", "uuid")],
            "columns.order_id",
            "has type FixedSizeBinary; send it as integers or Utf8",
        ),
        (
            &whole,
            &[("order_id", "id"), ("ordered_at", "at"), ("name", "at")],
            "columns.name",
            "has type Int64",
        ),
    ];
    for (payload, map, at, message) in cases {
        let error = read(payload, map).unwrap_err();
        assert_eq!(error.at, *at, "{error}");
        assert!(error.message.contains(message), "{error}");
    }
    let two = stream(&[batch(vec![
        ("order_id", mixed().column(1).clone()),
        ("order_id", mixed().column(1).clone()),
    ])]);
    assert!(read(&two, &[]).unwrap_err().message.contains("two columns"));
}

/// Every reading of broken bytes ends, with an answer or an error.
#[test]
fn survives_broken_streams() {
    let whole = stream(&[mixed(), mixed()]);
    for len in 0..whole.len() {
        let _ = read(whole.get(..len).unwrap(), MIXED);
    }
    let (mut state, mut errors, mut answers) = (88_172_645_463_325_252_u64, 0, 0);
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..20_000 {
        let mut broken = whole.clone();
        for _ in 0..=random(4) {
            let at = random(broken.len());
            if let Some(byte) = broken.get_mut(at) {
                *byte = if random(2) == 0 {
                    random(256) as u8
                } else {
                    *byte ^ 1 << random(8)
                };
            }
        }
        match read(&broken, MIXED) {
            Ok(_) => answers += 1,
            Err(_) => errors += 1,
        }
    }
    assert!(
        errors > 1000 && answers > 1000,
        "{errors} errors, {answers} answers"
    );
}
