//! The peers, by their own scripts beside the reference results. What they need is put beside the
//! workload's files; a peer that cannot be had is left out, and it is said why.

use std::path::Path;
use std::process::Command;

use okaeri_tests::engine::Failure;
use okaeri_tests::peers::folder;
use okaeri_tests::peers::workload::{Form, Workload, run};
use serde_json::Value;

use crate::Figures;
use crate::table::{self, Row};

/// DuckDB's own code, by number of threads.
pub const DUCKDB: [&str; 2] = ["DuckDB, 1 thread", "DuckDB, 2 threads"];
/// DuckDB in a page.
pub const DUCKDB_WASM: &str = "DuckDB-WASM, Chromium";

/// Seconds that a script waits for a quiet machine, unless the environment says otherwise.
const QUIET: &str = "20";

const PACKAGES: [&str; 4] = [
    "@duckdb/duckdb-wasm",
    "apache-arrow",
    "playwright-core",
    "esbuild",
];

/// Adds a row for each peer that is there.
pub fn add(rows: &mut Vec<Row>, workload: &Workload, size: &str, runs: usize) {
    let mut add = |name: &str, figures: Result<Figures, Failure>| match figures {
        Ok(figures) => table::add(rows, Row::of(name, figures)),
        Err(why) => eprintln!("{name} is left out: {why}"),
    };
    for (name, threads) in DUCKDB.into_iter().zip(1..) {
        add(name, duckdb(workload, size, runs, threads));
    }
    // Ten million orders do not fit into its memory.
    if size != "L" {
        add(DUCKDB_WASM, duckdb_wasm(workload, size, runs));
    }
}

fn duckdb(workload: &Workload, size: &str, runs: usize, threads: u32) -> Result<Figures, Failure> {
    workload.file(size, Form::Parquet)?;
    let python = workload.python(&["numpy", "pyarrow", "duckdb"])?;
    let mut script = Command::new(python);
    script.arg(script_of("bench_duckdb.py")?);
    script.args([size, &threads.to_string(), &runs.to_string(), "parquet"]);
    measured(
        &mut script,
        workload,
        &format!("duckdb_parquet_{size}_t{threads}.json"),
    )
}

fn duckdb_wasm(workload: &Workload, size: &str, runs: usize) -> Result<Figures, Failure> {
    let npm = workload.folder.join("npm");
    page(&npm)?;
    let mut script = Command::new("node");
    script.arg(script_of("bench_wasm_chromium.mjs")?);
    script.args([size, &runs.to_string(), "eh", "1"]);
    measured(
        script.env("NPM", &npm),
        workload,
        &format!("duckdbwasm-chromium-eh_arrow_{size}_t1.json"),
    )
}

/// Installs the packages of the page and bundles its script.
fn page(npm: &Path) -> Result<(), Failure> {
    let bundle = npm.join("page.js");
    if bundle.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(npm)?;
    let quiet = ["install", "--no-audit", "--no-fund", "--silent", "--prefix"];
    run(Command::new("npm").args(quiet).arg(npm).args(PACKAGES))?;
    let script = npm.join("wasm_page.mjs");
    std::fs::copy(script_of("wasm_page.mjs")?, &script)?;
    let mut esbuild = Command::new(npm.join("node_modules/.bin/esbuild"));
    esbuild.args(["--bundle", "--format=esm", "--log-level=error"]);
    run(esbuild
        .arg(script)
        .arg(format!("--outfile={}", bundle.display())))?;
    Ok(())
}

fn script_of(name: &str) -> Result<std::path::PathBuf, Failure> {
    let folder = folder().ok_or("its scripts are not here")?;
    Ok(folder.join(name))
}

/// Runs a script, and reads what it wrote.
fn measured(script: &mut Command, workload: &Workload, out: &str) -> Result<Figures, Failure> {
    let folder = std::path::absolute(&workload.folder)?;
    script.env("PEERS_DATA", &folder);
    script.env("PYTHONDONTWRITEBYTECODE", "1");
    if std::env::var_os("QUIET_LIMIT").is_none() {
        script.env("QUIET_LIMIT", QUIET);
    }
    let out_folder = folder.join("out");
    std::fs::create_dir_all(&out_folder)?;
    run(script)?;
    let told: Value = serde_json::from_slice(&std::fs::read(out_folder.join(out))?)?;
    let walls = told["total"]["walls"].as_array().into_iter().flatten();
    Ok(Figures {
        load: told["load"]["wall"].as_f64().ok_or("it tells no load")?,
        cpu: told["total"]["cpu_min"].as_f64(),
        first: walls.filter_map(Value::as_f64).collect(),
        peak: told["peak_rss_mb"].as_u64().map(|mb| mb << 20),
        ..Figures::default()
    })
}
