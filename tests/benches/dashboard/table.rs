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

/// Prints all rows.
pub fn print(size: &str, runs: usize, rows: &[Row]) {
    let (orders, lines) = workload::counts(size);
    println!("\nThe dashboard of {size}: {orders} orders with {lines} lines.");
    println!(
        "Seconds, least and median of {runs} runs. first: the first question on a day, tables cut \
         to 100 rows;\nwhole: the same with all rows; again: a later question on the same day. \
         Memory in MB. Load of this machine: {}.\n",
        load_of_machine()
    );
    println!(
        "{:<27} {:>6} {:>7}  {:>13}  {:>13}  {:>13} {:>6} {:>9}",
        "", "load", "Mlines/s", "first", "whole", "again", "peak", "instances"
    );
    for row in rows {
        let figures = &row.figures;
        println!(
            "{:<27} {:>6.2} {:>8.1}  {:>13}  {:>13}  {:>13} {:>6} {:>9}  {}",
            row.name,
            figures.load,
            lines as f64 / 1e6 / figures.load,
            spread(&figures.first),
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

/// How many times faster than its peer, by the least times.
fn ratio(row: &Row, rows: &[Row]) -> String {
    let least = |row: &Row| row.figures.first.iter().copied().min_by(f64::total_cmp);
    let Some((name, aim)) = row.against else {
        return String::new();
    };
    let peer = rows.iter().find(|peer| peer.name == name).and_then(least);
    match (least(row), peer) {
        (Some(own), Some(peer)) => format!("{:.1} x {name} (aim {aim})", peer / own),
        _ => String::new(),
    }
}

/// Processes that ran or waited to run in the last minute, on average.
fn load_of_machine() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or_default().to_owned()
}
