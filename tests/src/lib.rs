//! Ground of the tests that cross rooms: rules are reached only through calls.

pub mod engine;
pub mod peers;
pub mod process;
pub mod program;
