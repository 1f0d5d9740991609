//! The one instance of a loaded module, which both faces call.
//!
//! It is taken for the length of one call. A call that comes in between, from a hook or after a
//! trap, is answered by an error.

use std::cell::RefCell;

use okaeri_protocol::answer::{CallError, ErrorCode, Reply};
use okaeri_protocol::request::Call;

use crate::{Instance, frame};

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::new(Instance::new());
}

/// As [`Instance::call`].
pub fn call(bytes: &[u8]) -> Vec<u8> {
    with(|instance| instance.call(bytes)).unwrap_or_else(|| frame::write(&busy(), Vec::new()))
}

/// As [`Instance::answer`].
pub fn answer(call: Call, payload: &[u8]) -> (Reply, Vec<u8>) {
    with(|instance| instance.answer(call, payload)).unwrap_or_else(|| (busy(), Vec::new()))
}

fn with<T>(act: impl FnOnce(&mut Instance) -> T) -> Option<T> {
    INSTANCE.with(|instance| instance.try_borrow_mut().ok().map(|mut i| act(&mut i)))
}

fn busy() -> Reply {
    let message = "the module is in the middle of another call; make a new instance".to_owned();
    Reply::Error {
        error: CallError {
            code: ErrorCode::BadCall,
            message,
            at: None,
            ..CallError::default()
        },
    }
}
