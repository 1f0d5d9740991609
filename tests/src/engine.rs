//! The engines that must agree to the byte: native code, and the module in wasmtime.

use std::path::PathBuf;

use wasmtime::{Config, Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Something that answers frames.
pub trait Calls {
    /// The answer's frame to a frame.
    fn call(&mut self, frame: &[u8]) -> Vec<u8>;

    /// The answer's JSON header and payload to a call's.
    fn ask(&mut self, header: &str, payload: &[u8]) -> (String, Vec<u8>) {
        let mut frame = (header.len() as u32).to_le_bytes().to_vec();
        frame.extend_from_slice(header.as_bytes());
        frame.extend_from_slice(payload);
        let answer = self.call(&frame);
        let Some((length, rest)) = answer.split_first_chunk::<4>() else {
            return (String::new(), Vec::new());
        };
        let (header, payload) = rest.split_at(u32::from_le_bytes(*length) as usize);
        (
            String::from_utf8_lossy(header).into_owned(),
            payload.to_vec(),
        )
    }
}

impl Calls for okaeri_plugin::Instance {
    fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        okaeri_plugin::Instance::call(self, frame)
    }
}

/// Where `cargo xtask build` leaves the module.
pub fn module_path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist/okaeri.wasm"))
}

/// An instance of the module in wasmtime.
pub struct Wasm {
    store: Store<()>,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    call: TypedFunc<(u32, u32), u64>,
    free: TypedFunc<(u32, u32), ()>,
}

impl Wasm {
    /// A fresh instance.
    ///
    /// # Errors
    /// When the module is missing or does not load.
    pub fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let path = module_path();
        let bytes = std::fs::read(&path)
            .map_err(|why| format!("{}: {why}; run `cargo xtask build`", path.display()))?;
        let engine = Engine::new(&Config::new())?;
        let module = Module::new(&engine, bytes)?;
        let mut linker = Linker::new(&engine);
        linker.define_unknown_imports_as_traps(&module)?;
        let mut store = Store::new(&engine, ());
        let instance: Instance = linker.instantiate(&mut store, &module)?;
        Ok(Wasm {
            memory: instance
                .get_memory(&mut store, "memory")
                .ok_or("no memory is exported")?,
            alloc: instance.get_typed_func(&mut store, "okaeri_alloc")?,
            call: instance.get_typed_func(&mut store, "okaeri_call")?,
            free: instance.get_typed_func(&mut store, "okaeri_free")?,
            store,
        })
    }

    /// Bytes of memory that the instance holds.
    pub fn memory_bytes(&self) -> usize {
        self.memory.data_size(&self.store)
    }

    fn try_call(&mut self, frame: &[u8]) -> wasmtime::Result<Vec<u8>> {
        let length = frame.len() as u32;
        let input = self.alloc.call(&mut self.store, length)?;
        self.memory.write(&mut self.store, input as usize, frame)?;
        let packed = self.call.call(&mut self.store, (input, length))?;
        let (at, length) = ((packed >> 32) as u32, packed as u32);
        let mut answer = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut answer)?;
        self.free.call(&mut self.store, (at, length))?;
        Ok(answer)
    }
}

impl Calls for Wasm {
    #[expect(
        clippy::panic,
        reason = "a trap is the failure that these tests look for"
    )]
    fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        match self.try_call(frame) {
            Ok(answer) => answer,
            Err(why) => panic!("the module trapped: {why:?}"),
        }
    }
}
