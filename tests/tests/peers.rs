//! The dashboard's tables equal the reference results that four other engines agree on.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use arrow_array::{BooleanArray, Int64Array};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_select::filter::filter_record_batch;
use okaeri_tests::engine::{Calls, Wasm};
use okaeri_tests::peers::{LOAD, differences, folder};
use serde_json::Value;

/// The workload's Arrow streams, generated once.
fn streams(size: &str) -> Option<Vec<Vec<u8>>> {
    let Some(peers) = folder() else {
        eprintln!("LEFT OUT: no reference results here; peers tests of {size} did not run");
        return None;
    };
    let data = std::env::var_os("PEERS_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("peers"),
        PathBuf::from,
    );
    let folder = data.join(format!("lines_{size}.arrow.d"));
    if !folder.is_dir() {
        generate(&peers, &data, size);
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    Some(
        files
            .iter()
            .map(|file| std::fs::read(file).unwrap())
            .collect(),
    )
}

fn generate(peers: &Path, data: &Path, size: &str) {
    std::fs::create_dir_all(data).unwrap();
    let venv = data.join("venv");
    let run = |program: &Path, args: &[&str]| {
        let status = Command::new(program)
            .args(args)
            .status()
            .expect("python3 is installed");
        assert!(status.success(), "{} {args:?} failed", program.display());
    };
    if !venv.join("bin/pip").exists() {
        run(
            Path::new("python3"),
            &["-m", "venv", venv.to_str().unwrap()],
        );
    }
    run(
        &venv.join("bin/pip"),
        &["install", "-q", "numpy", "pyarrow"],
    );
    let script = peers.join("gen.py");
    let out = data.to_str().unwrap();
    let args = [script.to_str().unwrap(), size, "--arrow", "--out", out];
    run(&venv.join("bin/python"), &args);
}

fn load(engine: &mut impl Calls, streams: &[Vec<u8>]) {
    let rows: usize = streams.iter().map(|stream| stream.len() / 48).sum();
    for (index, stream) in streams.iter().enumerate() {
        let more = index + 1 < streams.len();
        let header = LOAD
            .replace("MORE", &more.to_string())
            .replace("HINT", &rows.to_string());
        let (answer, _) = engine.ask(&header, stream);
        assert!(answer.contains(r#""rejected_count":0"#), "{answer}");
    }
}

const DASHBOARD: &str = r#"{"call":"ask","as_of":"2025-01-01","question":{"kind":"dashboard"}}"#;

fn check(size: &str, answer: &str) {
    let file = folder().unwrap().join(format!("expected/{size}.json"));
    let expected: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let reply: Value = serde_json::from_str(answer).unwrap();
    let mut found = Vec::new();
    let mut compared = 0;
    for (name, table) in expected.as_object().unwrap() {
        if table["fnv1a64"].is_string() {
            compared += 1;
            found.extend(differences(name, table, &reply["answer"]["tables"][name]));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(compared, 16);
}

fn answers(size: &str, streams: &[Vec<u8>]) -> String {
    let mut native = okaeri_plugin::Instance::new();
    let begun = Instant::now();
    load(&mut native, streams);
    let loaded = begun.elapsed();
    let (answer, _) = native.ask(DASHBOARD, &[]);
    eprintln!("{size} native: load {loaded:?}, all {:?}", begun.elapsed());
    check(size, &answer);
    let mut wasm = Wasm::new().unwrap_or_else(|why| panic!("{why}"));
    let begun = Instant::now();
    load(&mut wasm, streams);
    let loaded = begun.elapsed();
    let (from_wasm, _) = wasm.ask(DASHBOARD, &[]);
    eprintln!("{size} wasm: load {loaded:?}, all {:?}", begun.elapsed());
    assert!(
        answer == from_wasm,
        "native code and the module answer differently"
    );
    answer
}

#[test]
fn small_tables_are_the_reference_on_every_engine() {
    if let Some(streams) = streams("S") {
        answers("S", &streams);
    }
}

#[test]
fn a_million_orders_are_the_reference_whole_and_in_seven_shards() {
    let Some(streams) = streams("M") else { return };
    let whole = answers("M", &streams);
    // The notes say what a book leaves out; a merged answer has no book.
    let answer = |reply: &str| reply.split(r#","notes":"#).next().map(str::to_owned);
    let sharded = in_shards(&streams, 7);
    assert!(
        answer(&whole) == answer(&sharded),
        "seven shards answer otherwise than the whole"
    );
}

/// The dashboard out of the partials of shards: each row goes to the shard of its order.
fn in_shards(streams: &[Vec<u8>], count: u8) -> String {
    let mut keys = okaeri_plugin::Instance::new();
    load(&mut keys, streams);
    let (_, shards) = keys.ask(&format!(r#"{{"call":"shards","count":{count}}}"#), &[]);
    let (mut parts, mut payload) = (Vec::new(), Vec::new());
    for shard in 0..count {
        let mut instance = okaeri_plugin::Instance::new();
        load(&mut instance, &of_shard(streams, &shards, shard));
        let (_, partial) = instance.ask(r#"{"call":"partial","as_of":"2025-01-01"}"#, &[]);
        parts.push(partial.len());
        payload.extend(partial);
    }
    let header =
        format!(r#"{{"call":"finish","parts":{parts:?},"question":{{"kind":"dashboard"}}}}"#);
    keys.ask(&header, &payload).0
}

/// The rows of one shard, as streams.
fn of_shard(streams: &[Vec<u8>], shards: &[u8], shard: u8) -> Vec<Vec<u8>> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    streams
        .iter()
        .map(|stream| {
            let reader = StreamReader::try_new(stream.as_slice(), None).unwrap();
            let mut out = StreamWriter::try_new(Vec::new(), &reader.schema()).unwrap();
            for batch in reader {
                let batch = batch.unwrap();
                let ids = batch.column_by_name("order_id").unwrap();
                let ids = ids.as_any().downcast_ref::<Int64Array>().unwrap();
                let keep: BooleanArray = ids
                    .values()
                    .iter()
                    .map(|id| {
                        let next = seen.len();
                        Some(shards[*seen.entry(*id).or_insert(next)] == shard)
                    })
                    .collect();
                out.write(&filter_record_batch(&batch, &keep).unwrap())
                    .unwrap();
            }
            out.into_inner().unwrap()
        })
        .collect()
}
