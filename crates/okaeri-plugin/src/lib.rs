//! The module: calls in, answers out, for every host.
//!
//! Natively it is [`Instance::call`]; as `okaeri.wasm` the same function stands behind two faces,
//! bytes (`abi`, described in ABI.md) and JavaScript objects (`browser`). One instance holds one
//! shop. A call never traps: whatever cannot be answered is answered by an error.

pub mod abi;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod frame;
#[cfg(target_arch = "wasm32")]
mod resident;

pub mod arrow;
mod facts;
mod filter;
mod forecasts;
mod history;
mod instance;
mod links;
mod lists;
mod loading;
mod plan;
mod render;
mod reports;
mod scores;
mod segments;
mod settings;
mod shards;
mod standings;
mod tables;

pub use instance::Instance;
