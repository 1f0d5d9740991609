//! `bench`: how fast the module is, beside others that do the same work. Nothing here can fail for
//! being slow.

use anyhow::Result;
use clap::{Subcommand, ValueEnum};

use crate::root::Root;
use crate::{build, setup, shell};

/// What is measured.
#[derive(Subcommand)]
pub enum What {
    /// The dashboard question: natively, in wasmtime, in Chromium, and over two shards.
    Dashboard {
        /// How many orders: S 100 thousand, M a million, L ten million.
        #[arg(long, value_enum, ignore_case = true, default_value = "m")]
        size: Size,
        /// How often each figure is taken.
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Also DuckDB and DuckDB-WASM, which are fetched from their registries.
        #[arg(long)]
        peers: bool,
    },
    /// The reports on the same workload, and the forecasts of a million customers, in wasmtime.
    Reports {
        /// As of the dashboard.
        #[arg(long, value_enum, ignore_case = true, default_value = "m")]
        size: Size,
        /// How often each figure is taken.
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
}

/// A size of the workload.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Size {
    /// 100 thousand orders.
    S,
    /// A million orders.
    M,
    /// Ten million orders.
    L,
}

/// Builds what is measured, and measures it.
pub fn run(root: &Root, what: &What) -> Result<()> {
    build::everything(root)?;
    let (name, size, runs, peers) = match what {
        What::Dashboard { size, runs, peers } => ("dashboard", size, runs, *peers),
        What::Reports { size, runs } => ("reports", size, runs, false),
    };
    let mut bench = shell::cargo(&root.top, &["bench", "-p", "okaeri-tests"]);
    bench.args(["--bench", name, "--", "--size", &format!("{size:?}")]);
    bench.args(["--runs", &runs.to_string()]);
    bench.args(peers.then_some("--peers"));
    shell::open(setup::tools(root, &mut bench)?)
}
