//! The module's engines, measured.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use okaeri_tests::engine::{Calls, Chromium, Face, Failure, Wasm, frame, parts};
use okaeri_tests::peers::shards::Sharded;
use okaeri_tests::peers::{CONFIGURE, differences, load};
use okaeri_tests::process;
use serde_json::Value;

use crate::Figures;

const AS_OF: &str = "2025-01-01";

/// How much of the large tables a question asks for, as the JSON of its `top`.
const SHORT: &str = "100";
const WHOLE: &str = "null";

/// Forgets what was made of the facts, so that the next question is the first again.
const FORGET: &str = CONFIGURE;

/// An answer's JSON, and how long it took.
type Answered = Result<(String, Duration), Failure>;

/// Where the module's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Compiled into this program.
    Native,
    /// In wasmtime, set as the server sets it.
    Wasmtime,
    /// In the widget's worker.
    Chromium,
    /// In wasmtime, two instances by two threads.
    Shards,
}

impl Engine {
    /// All, in the order of the table.
    pub const ALL: [Engine; 4] = [
        Engine::Native,
        Engine::Wasmtime,
        Engine::Chromium,
        Engine::Shards,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Native => "okaeri, native",
            Engine::Wasmtime => "okaeri, wasmtime",
            Engine::Chromium => "okaeri, Chromium",
            Engine::Shards => "okaeri, wasmtime, 2 shards",
        }
    }

    /// The engine of that name.
    pub fn named(name: &str) -> Result<Self, Failure> {
        let mut all = Engine::ALL.into_iter();
        all.find(|engine| engine.name() == name)
            .ok_or_else(|| format!("no engine is called `{name}`").into())
    }

    /// Whether it is measured on a size: a page is not made for ten million orders.
    pub fn fits(self, size: &str) -> bool {
        self != Engine::Chromium || size != "L"
    }

    /// Loads the workload and asks; fails when an answer is not the reference.
    pub fn measure(self, size: &str, runs: usize, streams: &[PathBuf]) -> Result<Figures, Failure> {
        let this = std::process::id();
        match self {
            Engine::Native => {
                let mut native = okaeri_plugin::Instance::new();
                one(&mut native, size, runs, streams, &[this])
            }
            Engine::Wasmtime => {
                let mut wasm = Wasm::new()?;
                let mut figures = one(&mut wasm, size, runs, streams, &[this])?;
                figures.instances = Some(wasm.memory_bytes() as u64);
                Ok(figures)
            }
            Engine::Chromium => {
                let mut chromium = Chromium::start(Face::Widget)?;
                let pages = chromium.pages();
                one(&mut chromium, size, runs, streams, &pages)
            }
            Engine::Shards => shards(size, runs, streams),
        }
    }
}

/// An engine that holds all facts and runs in `processes`.
fn one(
    engine: &mut dyn Calls,
    size: &str,
    runs: usize,
    streams: &[PathBuf],
    processes: &[u32],
) -> Result<Figures, Failure> {
    let load = load(engine, streams)?.as_secs_f64();
    let mut dashboard = |top: &str, first: bool| -> Answered {
        if first {
            engine.ask(FORGET, &[]);
        }
        let header = format!(
            r#"{{"call":"ask","as_of":"{AS_OF}","question":{{"kind":"dashboard","top":{top}}}}}"#
        );
        let (answer, took) = engine.timed(&frame(&header, &[]));
        Ok((parts(&answer).0, took))
    };
    asked(load, size, runs, processes, &mut dashboard)
}

/// Two instances with a shard each, and one that merges.
fn shards(size: &str, runs: usize, streams: &[PathBuf]) -> Result<Figures, Failure> {
    // The module is compiled by now.
    drop(Wasm::new()?);
    let begun = Instant::now();
    let mut sharded = Sharded::load(Wasm::new, 2, streams)?;
    let load = begun.elapsed().as_secs_f64();
    let mut dashboard = |top: &str, first: bool| {
        if first {
            for instance in &mut sharded.instances {
                instance.ask(FORGET, &[]);
            }
        }
        let begun = Instant::now();
        let answer = sharded.dashboard(AS_OF, top)?;
        Ok((answer, begun.elapsed()))
    };
    let this = std::process::id();
    let mut figures = asked(load, size, runs, &[this], &mut dashboard)?;
    figures.instances = Some(sharded.memory(Wasm::memory_bytes) as u64);
    Ok(figures)
}

/// Asks for the dashboard in each form, `runs` times.
fn asked(
    load: f64,
    size: &str,
    runs: usize,
    processes: &[u32],
    dashboard: &mut dyn FnMut(&str, bool) -> Answered,
) -> Result<Figures, Failure> {
    let mut figures = Figures {
        load,
        ..Figures::default()
    };
    let cpu = || {
        processes
            .iter()
            .filter_map(|id| process::cpu(*id))
            .sum::<f64>()
    };
    let before = cpu();
    for _ in 0..runs {
        figures.first.push(dashboard(SHORT, true)?.1.as_secs_f64());
    }
    figures.cpu = Some((cpu() - before) / runs as f64);
    for _ in 0..runs {
        figures.again.push(dashboard(SHORT, false)?.1.as_secs_f64());
    }
    for run in 0..runs {
        let (answer, took) = dashboard(WHOLE, true)?;
        figures.whole.push(took.as_secs_f64());
        if run == 0 {
            // What compares takes memory of its own.
            figures.peak = processes.iter().filter_map(|id| process::peak(*id)).max();
            let reply: Value = serde_json::from_str(&answer)?;
            let found = differences(size, &reply["answer"]["tables"])?;
            if !found.is_empty() {
                return Err(found.join("\n").into());
            }
        }
    }
    Ok(figures)
}
