//! One instance of the module, and one call of it.

use std::time::Duration;

use anyhow::{Context, bail};
use okaeri_protocol::ABI_VERSION;
use okaeri_protocol::request::Call;
use wasmtime::{InstancePre, Memory, ResourceLimiter, Store, Trap, TypedFunc};

use super::frame::{self, Frame};
use super::ticks;
use crate::failure::{CutOff, Failure};

/// What the engine holds for an instance: its limit, and whether it ran into it.
pub(super) struct Limits {
    memory_max: usize,
    refused: bool,
}

impl ResourceLimiter for Limits {
    fn memory_growing(
        &mut self,
        _: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        self.refused = desired > self.memory_max;
        Ok(!self.refused)
    }

    fn table_growing(
        &mut self,
        _: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(maximum.is_none_or(|maximum| desired <= maximum))
    }
}

/// An instance. It holds one shop's facts.
pub struct Instance {
    store: Store<Limits>,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    free: TypedFunc<(u32, u32), ()>,
    call: TypedFunc<(u32, u32), u64>,
    abi: TypedFunc<(), u32>,
    #[cfg(test)]
    is_broken: bool,
}

impl Instance {
    pub(super) fn new(
        engine: &wasmtime::Engine,
        pre: &InstancePre<Limits>,
        memory_max: usize,
    ) -> anyhow::Result<Instance> {
        let mut store = Store::new(
            engine,
            Limits {
                memory_max,
                refused: false,
            },
        );
        store.limiter(|held| held);
        store.set_epoch_deadline(ticks(Duration::from_secs(1)));
        let instance = pre.instantiate(&mut store).map_err(anyhow::Error::from)?;
        let memory = instance
            .get_memory(&mut store, "memory")
            .context("the module exports no `memory`: it is not Okaeri's")?;
        Ok(Instance {
            memory,
            alloc: instance.get_typed_func(&mut store, "okaeri_alloc")?,
            free: instance.get_typed_func(&mut store, "okaeri_free")?,
            call: instance.get_typed_func(&mut store, "okaeri_call")?,
            abi: instance.get_typed_func(&mut store, "okaeri_abi")?,
            store,
            #[cfg(test)]
            is_broken: false,
        })
    }

    pub(super) fn check_abi(&mut self) -> anyhow::Result<()> {
        let abi = self.abi.call(&mut self.store, ())?;
        if abi != ABI_VERSION {
            bail!(
                "it speaks version {abi} of the protocol and this program version {ABI_VERSION}: \
                 use the module that came with the program"
            );
        }
        Ok(())
    }

    /// Lets the next call run out of time.
    #[cfg(test)]
    pub(super) fn break_next(&mut self) {
        self.is_broken = true;
    }

    /// Bytes of memory that the instance holds.
    pub fn memory_bytes(&self) -> usize {
        self.memory.data_size(&self.store)
    }

    /// Makes one call. After any failure but [`Failure::Refused`] the instance must be dropped.
    ///
    /// # Errors
    /// The module's own error, or why the call was cut off.
    pub fn call(
        &mut self,
        call: &Call,
        payload: &[u8],
        deadline: Duration,
    ) -> Result<Frame, Failure> {
        self.call_with(call, &[payload], deadline)
    }

    /// As [`Instance::call`], with a payload in pieces.
    ///
    /// # Errors
    /// Likewise.
    pub fn call_with(
        &mut self,
        call: &Call,
        payload: &[&[u8]],
        deadline: Duration,
    ) -> Result<Frame, Failure> {
        let head = frame::head(call)?;
        self.store.set_epoch_deadline(ticks(deadline));
        #[cfg(test)]
        if self.is_broken {
            self.store.set_epoch_deadline(0);
        }
        self.store.data_mut().refused = false;
        let answer = self
            .exchange(&head, payload)
            .map_err(|error| self.cut_off(&error))?;
        Frame::read(answer)
    }

    /// Makes the call in a frame, and answers with the module's frame, be it an error's.
    ///
    /// # Errors
    /// Why the call was cut off; the instance must then be dropped.
    pub fn call_frame(&mut self, frame: &[u8], deadline: Duration) -> Result<Vec<u8>, Failure> {
        self.store.set_epoch_deadline(ticks(deadline));
        self.store.data_mut().refused = false;
        self.exchange(frame, &[])
            .map_err(|error| self.cut_off(&error))
    }

    fn exchange(&mut self, head: &[u8], payload: &[&[u8]]) -> wasmtime::Result<Vec<u8>> {
        let pieces = || std::iter::once(&head).chain(payload);
        let length = u32::try_from(pieces().map(|piece| piece.len()).sum::<usize>())?;
        let ptr = self.alloc.call(&mut self.store, length)?;
        if ptr == 0 {
            self.store.data_mut().refused = true;
            wasmtime::bail!("the module has no room for a call of {length} bytes");
        }
        let mut at = ptr as usize;
        for piece in pieces() {
            self.memory.write(&mut self.store, at, piece)?;
            at += piece.len();
        }
        let packed = self.call.call(&mut self.store, (ptr, length))?;
        let (ptr, length) = ((packed >> 32) as u32, packed as u32);
        let mut answer = vec![0; length as usize];
        self.memory.read(&self.store, ptr as usize, &mut answer)?;
        self.free.call(&mut self.store, (ptr, length))?;
        Ok(answer)
    }

    /// A call that ran out of memory ends in some trap: what it ran into first is the reason.
    fn cut_off(&self, error: &wasmtime::Error) -> Failure {
        Failure::CutOff(match error.downcast_ref::<Trap>() {
            _ if self.store.data().refused => CutOff::Memory,
            Some(Trap::Interrupt) => CutOff::Time,
            _ => CutOff::Trap(format!("{error:#}")),
        })
    }
}
