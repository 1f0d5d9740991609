//! The table that is printed.

use okaeri_tests::peers::workload;

use crate::Figures;
use crate::engines::Engine;
use crate::peers::{DUCKDB, DUCKDB_WASM};

/// One engine or peer.
pub struct Row {
    name: String,
    figures: Figures,
    /// The peer that it is held against, and how many times faster it should be.
    against: Option<(&'static str, f64)>,
}

impl Row {
    /// A row that is held against nothing.
    pub fn of(name: &str, figures: Figures) -> Self {
        Row {
            name: name.to_owned(),
            figures,
            against: None,
        }
    }

    /// An engine's row, held against the peer that runs where it runs.
    pub fn of_engine(engine: Engine, figures: Figures) -> Self {
        let [one_thread, two_threads] = DUCKDB;
        let against = match engine {
            Engine::Native | Engine::Wasmtime => (one_thread, 5.0),
            Engine::Chromium => (DUCKDB_WASM, 10.0),
            Engine::Shards => (two_threads, 5.0),
        };
        Row {
            against: Some(against),
            ..Row::of(engine.name(), figures)
        }
    }
}

/// Adds a row, and says what it holds: a run may break off before the table.
pub fn add(rows: &mut Vec<Row>, row: Row) {
    let (load, first) = (row.figures.load, spread(&row.figures.first));
    eprintln!("{}: load {load:.3} s, first {first} s", row.name);
    rows.push(row);
}

/// Prints all rows.
pub fn print(size: &str, runs: usize, rows: &[Row]) {
    let (orders, lines) = workload::counts(size);
    println!("\nThe dashboard of {size}: {orders} orders with {lines} lines.");
    println!(
        "Seconds, least and median of {runs} runs. first: the first question on a day, tables cut \
         to 100 rows; cpu: its time\non processors; whole: the same with all rows; again: a later question \
         on the same day. Memory in MB.\nLoad of this machine: {}.\n",
        load_of_machine()
    );
    println!(
        "{:<27} {:>6} {:>8}  {:>13} {:>6}  {:>13}  {:>13} {:>6} {:>9}",
        "", "load", "Mlines/s", "first", "cpu", "whole", "again", "peak", "instances"
    );
    for row in rows {
        let figures = &row.figures;
        println!(
            "{:<27} {:>6.2} {:>8.1}  {:>13} {:>6}  {:>13}  {:>13} {:>6} {:>9}  {}",
            row.name,
            figures.load,
            lines as f64 / 1e6 / figures.load,
            spread(&figures.first),
            figures
                .cpu
                .map_or("-".to_owned(), |cpu| format!("{cpu:.3}")),
            spread(&figures.whole),
            spread(&figures.again),
            megabytes(figures.peak),
            megabytes(figures.instances),
            ratio(row, rows),
        );
    }
}

/// Least and median.
fn spread(seconds: &[f64]) -> String {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.first(), sorted.get(sorted.len() / 2)) {
        (Some(least), Some(median)) => format!("{least:.3} {median:.3}"),
        _ => "-".to_owned(),
    }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("-".to_owned(), |bytes| (bytes >> 20).to_string())
}

/// How many times faster than its peer, by the least times, and by those on processors.
fn ratio(row: &Row, rows: &[Row]) -> String {
    let Some((name, aim)) = row.against else {
        return String::new();
    };
    let Some(peer) = rows.iter().find(|peer| peer.name == name) else {
        return String::new();
    };
    let least = |row: &Row| row.figures.first.iter().copied().min_by(f64::total_cmp);
    let times = |own: Option<f64>, other: Option<f64>| match (own, other) {
        (Some(own), Some(other)) => format!("{:.1}", other / own),
        _ => "-".to_owned(),
    };
    let wall = times(least(row), least(peer));
    let cpu = times(row.figures.cpu, peer.figures.cpu);
    format!("{wall} x {name} (aim {aim}; cpu {cpu})")
}

/// Processes that ran or waited to run in the last minute, on average.
fn load_of_machine() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or_default().to_owned()
}
