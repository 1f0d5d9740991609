//! The dashboard question on every engine and on the peers, in one run on one machine, as a table.
//! `cargo xtask bench dashboard` builds what this needs and starts it.
//!
//! Each engine is measured by a process of its own, so that its peak of memory is its own.

mod command;
mod engines;
mod peers;
mod table;

use okaeri_tests::engine::Failure;
use okaeri_tests::peers::workload::{Form, Workload};
use serde::{Deserialize, Serialize};

use crate::engines::Engine;
use crate::table::Row;

/// What is asked for on the command line.
struct Asked {
    /// `S`, `M` or `L`.
    size: String,
    /// How often each figure is taken.
    runs: usize,
    /// Also DuckDB, natively and in Chromium.
    peers: bool,
    /// Measure this engine alone, and print its figures as JSON.
    engine: Option<Engine>,
}

/// What was measured of one engine. Times are seconds, sizes bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Figures {
    /// Taking in all order lines.
    load: f64,
    /// The first question on a day: identity, book and tables, the large ones cut to 100 rows.
    first: Vec<f64>,
    /// Time on processors for the first question: what other programs take from this machine hardly
    /// shows in it.
    cpu: Option<f64>,
    /// The first question with every row of every table.
    whole: Vec<f64>,
    /// A question of a day that was asked about before.
    again: Vec<f64>,
    /// Most memory of the process.
    peak: Option<u64>,
    /// Memory of the module's instances.
    instances: Option<u64>,
}

fn main() -> Result<(), Failure> {
    let asked = asked(std::env::args().skip(1))?;
    let workload = Workload::new(env!("CARGO_TARGET_TMPDIR"));
    if let Some(engine) = asked.engine {
        let streams = workload.streams(&asked.size)?;
        let figures = engine.measure(&asked.size, asked.runs, &streams)?;
        println!("{}", serde_json::to_string(&figures)?);
        return Ok(());
    }
    eprintln!("the workload of size {} …", asked.size);
    workload.streams(&asked.size)?;
    let mut rows = Vec::new();
    for engine in Engine::ALL
        .into_iter()
        .filter(|engine| engine.fits(&asked.size))
    {
        let row = Row::of_engine(engine, in_own_process(engine, &asked)?);
        table::add(&mut rows, row);
    }
    // Ten million orders are no file that a shop sends.
    if asked.size != "L" {
        let csv = workload.file(&asked.size, Form::Csv)?;
        let figures = command::measure(&asked.size, asked.runs, &csv)?;
        table::add(&mut rows, Row::of(command::NAME, figures));
    }
    if asked.peers {
        peers::add(&mut rows, &workload, &asked.size, asked.runs);
    }
    table::print(&asked.size, asked.runs, &rows);
    Ok(())
}

fn asked(args: impl Iterator<Item = String>) -> Result<Asked, Failure> {
    let mut asked = Asked {
        size: "M".to_owned(),
        runs: 5,
        peers: false,
        engine: None,
    };
    let mut args = args;
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--size" => asked.size = value()?,
            "--runs" => asked.runs = value()?.parse::<usize>()?.max(1),
            "--peers" => asked.peers = true,
            "--engine" => asked.engine = Some(Engine::named(&value()?)?),
            // Cargo's own, to every benchmark.
            "--bench" => {}
            _ => return Err(format!("`{arg}` is not known here").into()),
        }
    }
    Ok(asked)
}

fn in_own_process(engine: Engine, asked: &Asked) -> Result<Figures, Failure> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .args(["--engine", engine.name(), "--size", &asked.size])
        .args(["--runs", &asked.runs.to_string()])
        .stderr(std::process::Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} failed ({})", engine.name(), output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
