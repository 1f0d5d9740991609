//! The command line: reads arguments, calls the app, prints.

mod ask;
mod customers;
mod import;
mod print;
mod sample;
mod segment;
pub mod send;
pub mod serve;
mod shop;
mod token;

use std::fmt;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Who buys again, who does not, and what to do about it.
#[derive(Debug, Parser)]
#[command(name = "okaeri", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the widget and the demo page
    Serve(serve::Args),
    /// Read orders from a cart's files
    Import(import::Args),
    /// Ask a question: dashboard, rfm, cohort, months …
    Ask(ask::Args),
    /// List customers, all or those of a filter
    Customers(customers::Args),
    /// Write the orders of a made-up shop, to try things out
    Sample(sample::Args),
    /// Check, save and count segments of customers
    #[command(subcommand)]
    Segment(segment::Command),
    /// Send a mail to a group of customers
    Send(send::Args),
    /// Add, list, show and set up shops
    #[command(subcommand)]
    Shop(shop::Command),
    /// Add, list and revoke the tokens of a shop's API
    #[command(subcommand)]
    Token(token::Command),
}

/// The command was called wrongly; the text says how it should be.
#[derive(Debug)]
struct Usage(String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

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
        Err(error) if print::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("okaeri: {error:#}");
            if error.is::<Usage>() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

async fn run(cli: &Cli) -> anyhow::Result<()> {
    match &cli.command {
        Command::Serve(args) => serve::run(&cli.config, args).await,
        Command::Import(args) => import::run(&cli.config, args).await,
        Command::Ask(args) => ask::run(&cli.config, args).await,
        Command::Customers(args) => customers::run(&cli.config, args).await,
        Command::Sample(args) => sample::run(args),
        Command::Segment(command) => segment::run(&cli.config, command).await,
        Command::Send(args) => send::run(&cli.config, args).await,
        Command::Shop(command) => shop::run(&cli.config, command).await,
        Command::Token(command) => token::run(&cli.config, command).await,
    }
}
