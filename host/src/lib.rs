//! The server and the command line around the module.
//!
//! Nothing here computes what an answer says: facts go into the module, answers come out of it.
//! The command `okaeri` is all of it; the tests of the engines use `engine` alone.

mod app;
pub mod cli;
mod clock;
pub mod config;
mod deliver;
pub mod engine;
mod facts;
pub mod failure;
mod http;
mod intake;
mod outbox;
mod store;
