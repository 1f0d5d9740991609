//! The bytes face: four C functions, the contract with every host (ABI.md), and the only `unsafe`
//! in the repository, which is the promise that their names are theirs alone.
//!
//! Every buffer that crosses is kept in a list until it is given back, so a pointer that is not
//! in the list is refused instead of being read: no number that a host can pass is undefined
//! behaviour. A buffer is filled with zeros before the host sees it.
#![cfg_attr(
    target_arch = "wasm32",
    expect(
        unsafe_code,
        reason = "a name that hosts call is only to be had by `no_mangle`"
    )
)]

use okaeri_protocol::answer::{CallError, ErrorCode, Reply};

use crate::frame;

/// Buffers that a host holds: those it fills with a call, and answers it has yet to free.
#[derive(Debug, Default)]
pub struct Buffers(Vec<Vec<u8>>);

impl Buffers {
    /// None yet.
    pub const fn new() -> Self {
        Buffers(Vec::new())
    }

    /// Address of a new buffer of `len` zeros; 0 when there is no memory for it.
    pub fn alloc(&mut self, len: usize) -> usize {
        let mut buffer = Vec::new();
        // An empty buffer too needs an address of its own.
        if buffer.try_reserve_exact(len.max(1)).is_err() {
            return 0;
        }
        buffer.resize(len, 0);
        self.put(buffer)
    }

    /// Address of `buffer`, which is the host's from now on; 0 when there is no memory to note it.
    pub fn put(&mut self, buffer: Vec<u8>) -> usize {
        if self.0.try_reserve(1).is_err() {
            return 0;
        }
        let address = buffer.as_ptr().expose_provenance();
        self.0.push(buffer);
        address
    }

    /// Takes back the buffer of `len` bytes at `address`, if there is one.
    pub fn take(&mut self, address: usize, len: usize) -> Option<Vec<u8>> {
        let at = self
            .0
            .iter()
            .position(|b| b.as_ptr().addr() == address && b.len() == len)?;
        Some(self.0.swap_remove(at))
    }
}

/// The answer to a call whose pointer and length are of no buffer.
pub fn no_such_buffer() -> Vec<u8> {
    let error = CallError {
        code: ErrorCode::BadCall,
        message: "pointer and length are of no buffer that `okaeri_alloc` gave".to_owned(),
        at: None,
        ..CallError::default()
    };
    frame::write(&Reply::Error { error }, Vec::new())
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use super::{Buffers, no_such_buffer};
    use crate::resident;

    thread_local! {
        static BUFFERS: RefCell<Buffers> = const { RefCell::new(Buffers::new()) };
    }

    /// The list of buffers. None of the functions below calls another while it holds the list,
    /// so it is never found taken; `None` stands for that all the same, and nothing traps.
    fn with_buffers<T>(act: impl FnOnce(&mut Buffers) -> T) -> Option<T> {
        BUFFERS.with(|buffers| buffers.try_borrow_mut().ok().map(|mut b| act(&mut b)))
    }

    fn size(number: u32) -> usize {
        usize::try_from(number).unwrap_or(usize::MAX)
    }

    fn address(place: Option<usize>) -> u32 {
        place.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
    }

    /// Version of the contract: [`okaeri_protocol::ABI_VERSION`].
    #[unsafe(no_mangle)]
    extern "C" fn okaeri_abi() -> u32 {
        okaeri_protocol::ABI_VERSION
    }

    /// Address of a new buffer of `len` zeros, for the host to fill; 0 when memory is at its end.
    #[unsafe(no_mangle)]
    extern "C" fn okaeri_alloc(len: u32) -> u32 {
        address(with_buffers(|buffers| buffers.alloc(size(len))))
    }

    /// Frees a buffer. One that is not there is passed over.
    #[unsafe(no_mangle)]
    extern "C" fn okaeri_free(ptr: u32, len: u32) {
        with_buffers(|buffers| buffers.take(size(ptr), size(len)));
    }

    /// Carries out the call in the buffer at `ptr`, which is taken over, and answers with the
    /// address and length of a new one, `address << 32 | length`; 0 when memory is at its end.
    #[unsafe(no_mangle)]
    extern "C" fn okaeri_call(ptr: u32, len: u32) -> u64 {
        let call = with_buffers(|buffers| buffers.take(size(ptr), size(len))).flatten();
        let answer = match call {
            Some(frame) => resident::call(&frame),
            None => no_such_buffer(),
        };
        let length = u32::try_from(answer.len()).unwrap_or(0);
        match address(with_buffers(|buffers| buffers.put(answer))) {
            0 => 0,
            address => u64::from(address) << 32 | u64::from(length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_buffer_once() {
        let mut buffers = Buffers::new();
        let (a, empty, other) = (buffers.alloc(3), buffers.alloc(0), buffers.alloc(0));
        assert!(a != 0 && empty != 0 && other != 0 && empty != other);
        assert_eq!(buffers.take(a, 3), Some(vec![0; 3]));
        assert_eq!(buffers.take(a, 3), None);
        assert_eq!(buffers.take(empty, 0), Some(Vec::new()));
        assert_eq!(buffers.take(other, 0), Some(Vec::new()));
    }

    #[test]
    fn refuses_wrong_addresses_and_lengths() {
        let mut buffers = Buffers::new();
        let a = buffers.alloc(3);
        for (address, len) in [
            (0, 0),
            (0, 3),
            (a + 1, 3),
            (a, 2),
            (a, 4),
            (usize::MAX, usize::MAX),
        ] {
            assert_eq!(buffers.take(address, len), None, "{address} {len}");
        }
        assert_eq!(buffers.take(a, 3), Some(vec![0; 3]));
    }

    #[test]
    fn answers_zero_when_memory_is_at_its_end() {
        assert_eq!(Buffers::new().alloc(usize::MAX), 0);
    }

    #[test]
    fn keeps_the_bytes_of_an_answer() {
        let mut buffers = Buffers::new();
        let a = buffers.put(b"answer".to_vec());
        assert_eq!(buffers.take(a, 6), Some(b"answer".to_vec()));
    }
}
