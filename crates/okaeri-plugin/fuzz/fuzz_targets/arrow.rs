//! Arrow streams: bytes as they are, or a good stream with some of its bytes changed. The first
//! byte chooses among three good streams and none; changes are three bytes each, a position and
//! the new value.
#![no_main]

use std::sync::{Arc, LazyLock};

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array,
    Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray,
    TimestampMillisecondArray, UInt8Array, UInt64Array,
};
use arrow_ipc::writer::{DictionaryHandling, IpcWriteOptions, StreamWriter};
use libfuzzer_sys::fuzz_target;
use okaeri_plugin_fuzz::Shop;
use serde_json::json;

static STREAMS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| vec![stream(numbers()), stream(texts()), stream(customers())]);

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let mut payload = rest.to_vec();
    if let Some(good) = STREAMS.get(usize::from(first >> 1) % 4) {
        payload.clone_from(good);
        for [low, high, value] in rest.as_chunks::<3>().0 {
            let at = usize::from(u16::from_le_bytes([*low, *high])) % payload.len();
            payload[at] = *value;
        }
    }
    let mut load = json!({"call": "load", "format": "arrow_lines"});
    if first & 1 == 1 {
        load =
            json!({"call": "load", "format": "arrow_customers", "columns": {"phone": "amount?0"}});
    }
    Shop::default().live_with(&load, &payload);
});

type Columns = Vec<(&'static str, ArrayRef)>;

fn stream(columns: Columns) -> Vec<u8> {
    let columns = columns
        .into_iter()
        .map(|(name, column)| (name, column, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length");
    let deltas = IpcWriteOptions::default().with_dictionary_handling(DictionaryHandling::Delta);
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &batch.schema(), deltas)
        .expect("a schema that can be written");
    for part in [batch.slice(0, 1), batch] {
        writer.write(&part).expect("a batch that can be written");
    }
    writer.into_inner().expect("a stream that can be ended")
}

fn numbers() -> Columns {
    vec![
        ("order_id", Arc::new(Int64Array::from(vec![1, 1, 2]))),
        (
            "ordered_at",
            Arc::new(Int64Array::from(vec![1_700_000_000, 1_700_000_000, 0])),
        ),
        ("status", Arc::new(UInt8Array::from(vec![0, 0, 1]))),
        ("email", Arc::new(UInt64Array::from(vec![7, 7, u64::MAX]))),
        ("product", Arc::new(Int64Array::from(vec![10, 11, 10]))),
        ("quantity", Arc::new(UInt8Array::from(vec![1, 2, 3]))),
        (
            "unit_price",
            Arc::new(Float64Array::from(vec![100.0, 250.0, 1e9])),
        ),
    ]
}

fn texts() -> Columns {
    let shops: DictionaryArray<Int32Type> = [Some("A"), None, Some("楽天")].into_iter().collect();
    let at = TimestampMillisecondArray::from(vec![0, 1_700_000_000_000, -1]);
    let gift: ArrayRef = Arc::new(BooleanArray::from(vec![true, false, true]));
    let inner = StructArray::try_from(vec![("v", Arc::clone(&gift))]).expect("a struct");
    vec![
        ("order_id", Arc::new(StringArray::from(vec!["a", "b", "1"]))),
        ("inner", Arc::new(inner)),
        ("ordered_at", Arc::new(at.with_timezone("Asia/Tokyo"))),
        (
            "updated_at",
            Arc::new(StringArray::from(vec![
                "2025-01-01",
                "2025-01-01T00:00:00Z",
                "",
            ])),
        ),
        ("shop", Arc::new(shops)),
        (
            "email",
            Arc::new(StringViewArray::from(vec!["sato@example.jp", "x@y", "a"])),
        ),
        (
            "name",
            Arc::new(LargeStringArray::from(vec![
                Some("佐藤 花子"),
                None,
                Some(""),
            ])),
        ),
        (
            "birth",
            Arc::new(Date32Array::from(vec![Some(1), None, Some(-1)])),
        ),
        ("is_gift", gift),
        (
            "product",
            Arc::new(StringArray::from(vec![Some("TEA"), None, Some("7")])),
        ),
        (
            "line_kind",
            Arc::new(StringArray::from(vec!["goods", "fee", "goods"])),
        ),
        (
            "amount",
            Arc::new(Decimal128Array::from(vec![
                10_000_000_000,
                0,
                -10_000_000_000,
            ])),
        ),
    ]
}

fn customers() -> Columns {
    vec![
        ("customer_id", Arc::new(Int64Array::from(vec![1, -2, 3]))),
        (
            "email",
            Arc::new(StringArray::from(vec!["a@example.jp", "b@example.jp", ""])),
        ),
        ("amount", Arc::new(Int64Array::from(vec![0, 1, 2]))),
        (
            "mail_consent",
            Arc::new(BooleanArray::from(vec![true, false, true])),
        ),
    ]
}
