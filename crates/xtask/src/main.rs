//! Everything that is done to this repository: `cargo xtask <what>`.
//!
//! Each command does its own set-up and skips what is up to date, so a fresh machine needs no
//! other instruction and a second call starts in seconds.

mod bench;
mod build;
mod gen_wire;
mod module;
mod reorder;
mod root;
mod setup;
mod shell;
mod snapshot;
mod suite;
mod tidy;
mod typescript;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::root::Root;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Okaeri")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, start the server with the sample shop, and print its address.
    Run {
        /// Further arguments of `okaeri serve --demo`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build `dist/okaeri.wasm`, `dist/web` and `target/release/okaeri`.
    Build,
    /// Run every check and test.
    Test {
        /// Run these parts alone.
        #[arg(long, value_delimiter = ',')]
        only: Vec<suite::Part>,
    },
    /// Measure how fast the module is, beside its peers.
    Bench {
        #[command(subcommand)]
        what: bench::What,
    },
    /// Write the JSON Schema, the TypeScript types and the module's snapshot.
    Gen {
        /// Write nothing; fail when a file is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Check the house rules that no compiler checks.
    Tidy {
        /// Accepted for symmetry: tidy never changes a file.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    let root = Root::find()?;
    match task {
        Task::Run { args } => build::run(&root, &args),
        Task::Build => build::everything(&root),
        Task::Test { only } => suite::run(&root, &only),
        Task::Bench { what } => bench::run(&root, &what),
        Task::Gen { check } => {
            gen_wire::wire(&root, check)?;
            snapshot::write(&root, check)
        }
        Task::Tidy { .. } => tidy::check(&root),
    }
}
