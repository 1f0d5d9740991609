//! The module under wasmtime: one engine, the module compiled once, one instance a shop, or
//! several for a large one.
//!
//! An instance holds facts of one shop and nothing else; shops never share memory. Every call has a
//! deadline and every instance a limit of memory. An instance whose call was cut off is in an
//! unknown state and is dropped.

mod cache;
mod frame;
mod instance;
pub mod sharded;
mod shards;
#[cfg(test)]
mod tests;
mod turns;
pub mod warm;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
pub use frame::Frame;
pub use instance::Instance;
use instance::Limits;
use okaeri_protocol::request::Call;
use okaeri_protocol::settings::Settings;
use sha2::{Digest, Sha256};
pub use sharded::Sharded;
pub use shards::Shards;
use wasmtime::{
    Config as Tuning, InstanceAllocationStrategy, InstancePre, Linker, PoolingAllocationConfig,
};

use crate::config::Config;
use crate::failure::Failure;

/// How often the clock of the deadlines ticks.
const TICK: Duration = Duration::from_millis(10);
/// Instances at one time. A slot costs address space only, until it is used.
const SLOTS: u32 = 64;
/// Address space of one slot: all that a 32-bit memory can be.
const SLOT_BYTES: usize = 4 << 30;

/// The module, ready to be instantiated. Clones share it.
#[derive(Clone)]
pub struct Engine(Arc<Ready>);

struct Ready {
    engine: wasmtime::Engine,
    pre: InstancePre<Limits>,
    sha256: String,
    memory_max: usize,
}

impl Engine {
    /// Compiles the module, or takes it from the cache, and checks that it is of our protocol.
    ///
    /// # Errors
    /// When there is no module, it does not compile, or is of another version of the protocol.
    pub fn start(config: &Config) -> anyhow::Result<Engine> {
        let path = config.module_path()?;
        let wasm = std::fs::read(&path)
            .with_context(|| format!("cannot read the module `{}`", path.display()))?;
        Self::of(&wasm, &config.cache_path()?, config.shop_memory)
            .with_context(|| format!("cannot use the module `{}`", path.display()))
    }

    /// The same of the module's bytes, with the folder for the compiled module and the most memory
    /// of an instance in MiB.
    ///
    /// # Errors
    /// When it does not compile, or is of another version of the protocol.
    pub fn of(wasm: &[u8], cache: &Path, memory_mib: u32) -> anyhow::Result<Engine> {
        anyhow::ensure!(wasm.starts_with(b"\0asm"), "it is no WebAssembly module");
        let engine = wasmtime::Engine::new(&tuning())?;
        let module = cache::module(&engine, wasm, cache)?;
        let mut linker = Linker::new(&engine);
        // All that the module imports is the glue of its browser face, which is not called here.
        linker.define_unknown_imports_as_traps(&module)?;
        let ready = Ready {
            pre: linker.instantiate_pre(&module)?,
            sha256: hex(&Sha256::digest(wasm)),
            memory_max: (memory_mib as usize) << 20,
            engine,
        };
        let ticking = ready.engine.clone();
        std::thread::Builder::new()
            .name("deadlines".to_owned())
            .spawn(move || {
                loop {
                    std::thread::sleep(TICK);
                    ticking.increment_epoch();
                }
            })?;
        let engine = Engine(Arc::new(ready));
        engine.instance()?.check_abi()?;
        Ok(engine)
    }

    /// A new instance without facts.
    ///
    /// # Errors
    /// When all slots are taken.
    pub fn instance(&self) -> Result<Instance, Failure> {
        Instance::new(&self.0.engine, &self.0.pre, self.0.memory_max).map_err(Failure::Broken)
    }

    /// A new instance under a shop's settings.
    ///
    /// # Errors
    /// When all slots are taken, or the module refuses the settings.
    pub fn configured(&self, settings: &Settings, deadline: Duration) -> Result<Instance, Failure> {
        let settings = Box::new(settings.clone());
        let mut instance = self.instance()?;
        instance.call(&Call::Configure { settings }, &[], deadline)?;
        Ok(instance)
    }

    /// SHA-256 of the module's file, in hex.
    pub fn module_sha256(&self) -> &str {
        &self.0.sha256
    }
}

/// Deadline in ticks. One more, because the first may come at once.
fn ticks(deadline: Duration) -> u64 {
    u64::try_from(deadline.as_millis() / TICK.as_millis())
        .unwrap_or(u64::MAX / 2)
        .saturating_add(1)
}

fn tuning() -> Tuning {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(SLOTS)
        .total_memories(SLOTS)
        .total_tables(SLOTS)
        .total_gc_heaps(SLOTS)
        .max_memories_per_module(1)
        .max_tables_per_module(4)
        .table_elements(20_000)
        .max_memory_size(SLOT_BYTES);
    let mut tuning = Tuning::new();
    tuning
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_reservation(SLOT_BYTES as u64)
        .epoch_interruption(true)
        .wasm_backtrace_max_frames(None);
    tuning
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
