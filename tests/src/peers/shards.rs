//! The workload on several instances at once: the module parts the orders, each instance keeps its
//! shard and answers with its partial, one more instance merges them.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{Array, BooleanArray, Int64Array, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_select::filter::filter_record_batch;

use super::{CONFIGURE, ROW_BYTES, load_call};
use crate::engine::{Calls, Failure};

/// The columns that say who is who.
const KEYS: [&str; 4] = ["order_id", "ordered_at", "email_hash", "phone_hash"];

/// Instances that hold a shard each.
pub struct Sharded<E> {
    /// One a shard.
    pub instances: Vec<E>,
    /// Merges; it holds no facts.
    finishing: E,
}

impl<E: Calls + Send> Sharded<E> {
    /// Parts the orders in `files` among `count` new instances, each loaded by a thread of its own.
    ///
    /// # Errors
    /// When an instance cannot be had, a file cannot be read, or a row is refused.
    pub fn load(
        make: impl Fn() -> Result<E, Failure> + Sync,
        count: u8,
        files: &[PathBuf],
    ) -> Result<Self, Failure> {
        let shards = shards(make()?, count, files)?;
        let mut bytes = 0;
        for file in files {
            bytes += file.metadata()?.len();
        }
        let hint = bytes / ROW_BYTES / u64::from(count);
        let one = |shard: u8| -> Result<E, Failure> {
            let mut instance = make()?;
            instance.ask(CONFIGURE, &[]);
            let mut orders = Orders::default();
            for (index, file) in files.iter().enumerate() {
                let wanted = |order: usize, _| shards.get(order) == Some(&shard);
                let rows = orders.rows(&std::fs::read(file)?, None, wanted)?;
                take_in(&mut instance, &rows, index + 1 < files.len(), hint)?;
            }
            Ok(instance)
        };
        let one = &one;
        let instances = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..count)
                .map(|shard| scope.spawn(move || one(shard)))
                .collect();
            threads.into_iter().map(joined).collect::<Result<_, _>>()
        })?;
        Ok(Sharded {
            instances,
            finishing: make()?,
        })
    }

    /// The dashboard on `as_of` out of all partials, each made by a thread of its own. `top` is
    /// the JSON of the question's `top`.
    ///
    /// # Errors
    /// When an instance has no partial.
    pub fn dashboard(&mut self, as_of: &str, top: &str) -> Result<String, Failure> {
        let call = format!(r#"{{"call":"partial","as_of":"{as_of}"}}"#);
        let call = &call;
        let partials: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .instances
                .iter_mut()
                .map(|instance| scope.spawn(move || Ok(instance.ask(call, &[]).1)))
                .collect();
            threads.into_iter().map(joined).collect::<Result<_, _>>()
        })?;
        let parts: Vec<usize> = partials.iter().map(Vec::len).collect();
        let header = format!(
            r#"{{"call":"finish","parts":{parts:?},"question":{{"kind":"dashboard","top":{top}}}}}"#
        );
        Ok(self.finishing.ask(&header, &partials.concat()).0)
    }

    /// Bytes of memory of all instances.
    pub fn memory(&self, bytes: impl Fn(&E) -> usize) -> usize {
        let all = self.instances.iter().chain([&self.finishing]);
        all.map(bytes).sum()
    }
}

/// The shard of each order, told by an instance that is given the keys alone.
fn shards(mut keys: impl Calls, count: u8, files: &[PathBuf]) -> Result<Vec<u8>, Failure> {
    keys.ask(CONFIGURE, &[]);
    let mut orders = Orders::default();
    for (index, file) in files.iter().enumerate() {
        let rows = orders.rows(&std::fs::read(file)?, Some(&KEYS), |_, first| first)?;
        let header = load_keys_call(index + 1 < files.len());
        accepted(&keys.ask(&header, &rows).0)?;
    }
    let (_, shards) = keys.ask(&format!(r#"{{"call":"shards","count":{count}}}"#), &[]);
    if shards.len() != orders.count {
        return Err(format!("{} orders were parted, not {}", shards.len(), orders.count).into());
    }
    Ok(shards)
}

fn load_keys_call(more: bool) -> String {
    format!(
        r#"{{"call":"load","format":"arrow_lines","more":{more},
    "columns":{{"customer_id":"email_hash?0","phone":"phone_hash?0"}}}}"#
    )
}

fn take_in(instance: &mut impl Calls, rows: &[u8], more: bool, hint: u64) -> Result<(), Failure> {
    accepted(&instance.ask(&load_call(more, hint), rows).0)
}

fn accepted(reply: &str) -> Result<(), Failure> {
    if reply.contains(r#""rejected_count":0"#) {
        return Ok(());
    }
    Err(reply.into())
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, Failure>>) -> Result<T, Failure> {
    thread.join().map_err(|_| "a shard's thread failed")?
}

/// Counts the workload's orders through its streams: the rows of an order follow one another.
#[derive(Default)]
struct Orders {
    last: Option<i64>,
    count: usize,
}

impl Orders {
    /// The rows of the next stream that are `wanted`, by the order's number and whether the row is
    /// the order's first, and of them the columns that are named; as a stream.
    fn rows(
        &mut self,
        stream: &[u8],
        columns: Option<&[&str]>,
        wanted: impl Fn(usize, bool) -> bool,
    ) -> Result<Vec<u8>, Failure> {
        let reader = StreamReader::try_new(stream, None)?;
        let schema = reader.schema();
        let kept: Vec<usize> = match columns {
            Some(names) => names
                .iter()
                .map(|name| schema.index_of(name))
                .collect::<Result<_, _>>()?,
            None => (0..schema.fields().len()).collect(),
        };
        let schema = Arc::new(schema.project(&kept)?);
        let mut out = StreamWriter::try_new(Vec::new(), &schema)?;
        for batch in reader {
            let batch = batch?;
            let keep = self.keep(&batch, &wanted)?;
            out.write(&filter_record_batch(&batch.project(&kept)?, &keep)?)?;
        }
        Ok(out.into_inner()?)
    }

    fn keep(
        &mut self,
        batch: &RecordBatch,
        wanted: &impl Fn(usize, bool) -> bool,
    ) -> Result<BooleanArray, Failure> {
        let ids = batch.column_by_name("order_id").ok_or("no order_id")?;
        let ids: &Int64Array = ids.as_any().downcast_ref().ok_or("order_id is no number")?;
        let keep = ids.values().iter().map(|id| {
            let first = self.last.replace(*id) != Some(*id);
            self.count += usize::from(first);
            Some(wanted(self.count - 1, first))
        });
        Ok(keep.collect())
    }
}
