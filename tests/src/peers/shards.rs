//! The workload on several instances at once: the module parts the orders, each instance keeps its
//! shard and answers with its partial, one more instance merges them.

use std::path::PathBuf;

use serde_json::Value;

use super::{CONFIGURE, ROW_BYTES, load_call};
use crate::engine::{self, Calls, Failure, frame, payload};

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
            for (index, (file, shards)) in files.iter().zip(&shards).enumerate() {
                let rows = shards.len();
                let field = format!(r#""shard":{{"index":{shard},"rows":{rows}}}"#);
                let header = with(&load_call(index + 1 < files.len(), hint), &field);
                let data = [std::fs::read(file)?.as_slice(), shards].concat();
                accepted(&instance.ask(&header, &data).0)?;
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
        let question = format!(r#"{{"kind":"dashboard","top":{top}}}"#);
        let partial = format!(r#"{{"call":"partial","as_of":"{as_of}"}}"#);
        let finished = self.finished(&partial, &[], &format!(r#""question":{question}"#))?;
        Ok(engine::parts(&finished).0)
    }

    /// The answer of tables to a question on `as_of`, with whatever the shards must be told.
    ///
    /// # Errors
    /// When an instance has no partial.
    pub fn tables(&mut self, as_of: &str, question: &str) -> Result<String, Failure> {
        let needs = format!(r#"{{"call":"standings","question":{question}}}"#);
        let needs: Value = serde_json::from_str(&self.finishing.ask(&needs, &[]).0)?;
        let names = needs["answer"]["names"].as_array();
        let partial = format!(r#"{{"call":"partial","as_of":"{as_of}","question":{question}"#);
        let mut told = Vec::new();
        for name in names.ok_or("no names of standings")? {
            let partial = format!(r#"{partial},"standing":{name}}}"#);
            let finish = format!(r#""question":{question},"standing":{name}"#);
            let finished = self.finished(&partial, &[], &finish)?;
            told.extend_from_slice(payload(&finished));
        }
        let finish = format!(r#""question":{question}"#);
        let finished = self.finished(&format!("{partial}}}"), &told, &finish)?;
        Ok(engine::parts(&finished).0)
    }

    /// The answer to `finish` with these fields, of what all answer to a call, each by a thread of
    /// its own.
    fn finished(&mut self, call: &str, told: &[u8], finish: &str) -> Result<Vec<u8>, Failure> {
        let call = &frame(call, told);
        let partials: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .instances
                .iter_mut()
                .map(|instance| scope.spawn(move || Ok(instance.call(call))))
                .collect();
            threads.into_iter().map(joined).collect::<Result<_, _>>()
        })?;
        let parts: Vec<usize> = partials.iter().map(|part| payload(part).len()).collect();
        let header = format!(r#"{{"call":"finish","parts":{parts:?},{finish}}}"#);
        let mut call = frame(&header, &[]);
        call.reserve_exact(parts.iter().sum());
        for part in partials {
            call.extend_from_slice(payload(&part));
        }
        Ok(self.finishing.call(&call))
    }

    /// Bytes of memory of all instances.
    pub fn memory(&self, bytes: impl Fn(&E) -> usize) -> usize {
        let all = self.instances.iter().chain([&self.finishing]);
        all.map(bytes).sum()
    }
}

/// The shard of each row of each file, told by an instance that is given all of them and keeps
/// the keys alone.
fn shards(mut keys: impl Calls, count: u8, files: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    keys.ask(CONFIGURE, &[]);
    let mut bytes = 0;
    for file in files {
        bytes += file.metadata()?.len();
    }
    let mut orders = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let header = with(
            &load_call(index + 1 < files.len(), bytes / ROW_BYTES),
            r#""keys":true"#,
        );
        let (reply, numbers) = keys.ask(&header, &std::fs::read(file)?);
        accepted(&reply)?;
        orders.push(numbers);
    }
    let (_, shards) = keys.ask(&format!(r#"{{"call":"shards","count":{count}}}"#), &[]);
    let shard = |order: &[u8; 4]| {
        let shard = shards.get(u32::from_le_bytes(*order) as usize);
        shard.copied().ok_or("a row is of no order")
    };
    let of_file = |orders: Vec<u8>| {
        let orders = orders.as_chunks().0.iter();
        Ok(orders.map(shard).collect::<Result<_, _>>()?)
    };
    orders.into_iter().map(of_file).collect()
}

/// A call with one field more.
fn with(header: &str, field: &str) -> String {
    header.replacen(r#""more""#, &format!(r#"{field},"more""#), 1)
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
