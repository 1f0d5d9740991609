//! `okaeri`: the server and the command line around the module.
//!
//! Nothing here computes what an answer says: facts go into the module, answers come out of it.

mod app;
mod cli;
mod clock;
mod config;
mod deliver;
mod engine;
mod facts;
mod failure;
mod http;
mod intake;
mod outbox;
mod store;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
