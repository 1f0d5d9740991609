//! The command line.

pub mod send;
pub mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Who buys again, who does not, and what to do about it.
#[derive(Debug, Parser)]
#[command(name = "okaeri", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the widget and the demo page.
    Serve(serve::Args),
    /// Send a mail to a group of customers.
    Send(send::Args),
}

/// Runs the command. 0: done, 1: it failed, 2: it was called wrongly.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("okaeri: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(&cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("okaeri: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: &Cli) -> anyhow::Result<()> {
    match &cli.command {
        Command::Serve(args) => serve::run(&cli.config, args).await,
        Command::Send(args) => send::run(&cli.config, args).await,
    }
}
