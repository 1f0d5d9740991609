//! The engines that must agree to the byte: native code, and the one file `okaeri.wasm` in the
//! server's wasmtime and in Chromium.

mod chromium;
mod wasm;

use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use chromium::{Chromium, Face};
pub use wasm::Wasm;

/// Why an engine cannot be had, for people.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Something that answers frames.
pub trait Calls {
    /// The answer's frame to a frame.
    fn call(&mut self, frame: &[u8]) -> Vec<u8>;

    /// As `call`, and how long the engine took.
    fn timed(&mut self, frame: &[u8]) -> (Vec<u8>, Duration) {
        let begun = Instant::now();
        let answer = self.call(frame);
        (answer, begun.elapsed())
    }

    /// The answer's JSON header and payload to a call's.
    fn ask(&mut self, header: &str, payload: &[u8]) -> (String, Vec<u8>) {
        parts(&self.call(&frame(header, payload)))
    }
}

/// A call's frame: length of the header, header, payload.
pub fn frame(header: &str, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(4 + header.len() + payload.len());
    frame.extend_from_slice(&(header.len() as u32).to_le_bytes());
    frame.extend_from_slice(header.as_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// The payload of an answer's frame.
pub fn payload(answer: &[u8]) -> &[u8] {
    let Some((length, rest)) = answer.split_first_chunk::<4>() else {
        return &[];
    };
    rest.get(u32::from_le_bytes(*length) as usize..)
        .unwrap_or_default()
}

/// Header and payload of an answer's frame.
pub fn parts(answer: &[u8]) -> (String, Vec<u8>) {
    let Some((length, rest)) = answer.split_first_chunk::<4>() else {
        return (String::new(), Vec::new());
    };
    let (header, payload) = rest.split_at(u32::from_le_bytes(*length) as usize);
    (
        String::from_utf8_lossy(header).into_owned(),
        payload.to_vec(),
    )
}

impl Calls for okaeri_plugin::Instance {
    fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        okaeri_plugin::Instance::call(self, frame)
    }
}

/// An engine and its name.
pub type Named = (&'static str, Box<dyn Calls>);

/// Every engine, without facts. Native code comes first.
///
/// # Errors
/// When the module is not built, or Chromium is missing or does not start.
pub fn all() -> Result<Vec<Named>, Failure> {
    Ok(vec![
        ("native code", Box::new(okaeri_plugin::Instance::new())),
        ("wasmtime", Box::new(Wasm::new()?)),
        (
            "Chromium, the widget's worker",
            Box::new(Chromium::start(Face::Widget)?),
        ),
        (
            "Chromium, the JS face",
            Box::new(Chromium::start(Face::Js)?),
        ),
    ])
}

/// What `cargo xtask build` leaves in `dist/`.
fn built(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist")).join(name)
}

/// The bytes of a built file.
fn read_built(name: &str) -> Result<Vec<u8>, Failure> {
    let path = built(name);
    std::fs::read(&path)
        .map_err(|why| format!("{}: {why}; run `cargo xtask build`", path.display()).into())
}
