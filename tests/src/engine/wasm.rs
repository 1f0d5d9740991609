//! The module in the server's own engine.

use std::sync::LazyLock;
use std::time::Duration;

use okaeri_host::engine::{Engine, Instance};

use super::{Calls, Failure, read_built};

/// All that a 32-bit memory can be, in MiB.
const MEMORY_MAX: u32 = 4096;

/// Deadlines are looked at, and hardly ever come.
const DEADLINE: Duration = Duration::from_secs(600);

/// The module, compiled once for all instances.
static ENGINE: LazyLock<Result<Engine, String>> = LazyLock::new(|| {
    let start = || -> Result<Engine, Failure> {
        let wasm = read_built("okaeri.wasm")?;
        // Compiled here and now: what these tests run is never what was compiled before.
        let cache = std::env::temp_dir().join(format!("okaeri-tests-{}", std::process::id()));
        let engine = Engine::of(&wasm, &cache, MEMORY_MAX);
        std::fs::remove_dir_all(cache)?;
        Ok(engine?)
    };
    start().map_err(|why| why.to_string())
});

/// An instance of the module in wasmtime.
pub struct Wasm(Instance);

impl Wasm {
    /// A fresh instance.
    ///
    /// # Errors
    /// When the module is missing or does not load.
    pub fn new() -> Result<Self, Failure> {
        let engine = ENGINE.as_ref().map_err(Clone::clone)?;
        let instance = engine.instance().map_err(|why| why.to_string())?;
        Ok(Wasm(instance))
    }

    /// Bytes of memory that the instance holds. A memory never shrinks, so it is also the most
    /// that the instance ever held.
    pub fn memory_bytes(&self) -> usize {
        self.0.memory_bytes()
    }
}

impl Calls for Wasm {
    #[expect(
        clippy::panic,
        reason = "a trap is the failure that these tests look for"
    )]
    fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        match self.0.call_frame(frame, DEADLINE) {
            Ok(answer) => answer,
            Err(why) => panic!("the module was cut off: {why}"),
        }
    }
}
