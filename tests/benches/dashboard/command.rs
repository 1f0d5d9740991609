//! The command `okaeri`, as a shop uses it: a CSV file in, the dashboard out.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use okaeri_tests::engine::Failure;
use okaeri_tests::peers::differences;
use okaeri_tests::{process, program};
use serde_json::Value;

use crate::Figures;

/// Its name in the table.
pub const NAME: &str = "okaeri import, okaeri ask";

const TMP: &str = env!("CARGO_TARGET_TMPDIR");
const MAPPING: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../examples/benchmark/mapping.toml"
);

/// Imports the CSV into a new store, and asks: each time a new process, which loads the log.
pub fn measure(size: &str, runs: usize, csv: &Path) -> Result<Figures, Failure> {
    let shop = Path::new(TMP).join("bench-shop");
    if shop.exists() {
        std::fs::remove_dir_all(&shop)?;
    }
    std::fs::create_dir_all(&shop)?;
    let mut figures = Figures::default();
    // The first command of all compiles the module and keeps it.
    watch(program::okaeri(TMP, &shop).args(["shop", "add", "bench", "--name", "bench"]))?;
    let mut import = program::okaeri(TMP, &shop);
    import.args(["import", "--shop", "bench", "--mapping", MAPPING]);
    let (_, load, import_peak) = watch(import.arg(csv))?;
    figures.load = load.as_secs_f64();
    for _ in 0..runs {
        let mut ask = program::okaeri(TMP, &shop);
        ask.args(["ask", "--shop", "bench", "--as-of", "2025-01-01"]);
        let (answer, took, peak) = watch(ask.args(["dashboard", "--format", "json"]))?;
        figures.whole.push(took.as_secs_f64());
        figures.peak = peak.max(import_peak).max(figures.peak);
        let answer: Value = serde_json::from_slice(&answer)?;
        let found = differences(size, &answer["tables"])?;
        if !found.is_empty() {
            return Err(found.join("\n").into());
        }
    }
    std::fs::remove_dir_all(&shop)?;
    Ok(figures)
}

/// Runs a program; what it printed, how long it took, and its peak of memory.
fn watch(command: &mut Command) -> Result<(Vec<u8>, Duration, Option<u64>), Failure> {
    let begun = Instant::now();
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let id = child.id();
    let (done, is_done) = std::sync::mpsc::channel::<()>();
    let watcher = std::thread::spawn(move || {
        let mut peak = None;
        while is_done.recv_timeout(Duration::from_millis(20)).is_err() {
            peak = process::peak(id).max(peak);
        }
        peak
    });
    let output = child.wait_with_output()?;
    let took = begun.elapsed();
    done.send(())?;
    let peak = watcher.join().map_err(|_| "the watcher failed")?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok((output.stdout, took, peak))
}
