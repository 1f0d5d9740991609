//! Streams as Arrow's own writer makes them, whole and broken.

#![expect(clippy::unwrap_used, reason = "a failed conversion fails the test")]

mod streams;
mod values;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::{DictionaryHandling, IpcWriteOptions, StreamWriter};
use okaeri_core::ledger::batch::TimeColumn;

use super::*;

type Columns = Vec<(&'static str, ArrayRef)>;

fn batch(columns: Columns) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
        .unwrap()
}

fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let deltas = IpcWriteOptions::default().with_dictionary_handling(DictionaryHandling::Delta);
    let schema = batches.first().unwrap().schema();
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &schema, deltas).unwrap();
    batches
        .iter()
        .for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

/// The present values of each row, such as `1: order_id=1 ordered_at=0Z`.
fn shown(batch: &LineBatch<'_>) -> Vec<String> {
    let mut copy = batch.clone();
    let slots = slots(&mut copy, Table::Lines);
    let row = |row: usize| {
        let source = batch
            .source_rows
            .get(row)
            .copied()
            .unwrap_or(batch.first_row + row as u64);
        let values = slots
            .iter()
            .filter_map(|(name, slot)| value(slot, row).map(|value| format!(" {name}={value}")));
        format!("{source}:{}", values.collect::<String>())
    };
    (0..batch.rows).map(row).collect()
}

fn value(slot: &Slot<'_, '_>, row: usize) -> Option<String> {
    match slot {
        Slot::Key(KeyColumn::Absent) | Slot::Time(TimeColumn::Absent) => None,
        Slot::Key(KeyColumn::Int(values, valid)) => {
            (valid.get(row) != Some(&false)).then(|| values.get(row).unwrap().to_string())
        }
        Slot::Key(KeyColumn::Text(text)) => text.get(row).map(|t| format!("'{t}'")),
        Slot::Text(text) | Slot::Day(text) => text.get(row).map(|t| format!("'{t}'")),
        Slot::Int(ints, _) => ints.get(row).map(|v| v.to_string()),
        Slot::Time(TimeColumn::Utc(ints)) => ints.get(row).map(|v| format!("{v}Z")),
        Slot::Time(TimeColumn::Local(ints)) => ints.get(row).map(|v| format!("{v}L")),
        Slot::Time(TimeColumn::Mixed(ints, utc)) => {
            let mark = if *utc.get(row).unwrap() { 'Z' } else { 'L' };
            ints.get(row).map(|v| format!("{v}{mark}"))
        }
    }
}

fn mapping(entries: &[(&str, &str)]) -> Named<String> {
    entries
        .iter()
        .map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned()))
        .collect()
}

/// All rows that were read, and the report.
fn read(payload: &[u8], map: &[(&str, &str)]) -> Result<(Vec<String>, ArrowReport), ArrowError> {
    let mut rows = Vec::new();
    let report = read_lines::<ArrowError>(payload, &mapping(map), 0, &mut |batch| {
        assert!(batch.rows > 0);
        rows.extend(shown(batch));
        Ok(())
    })?;
    Ok((rows, report))
}
