//! The frame of a call and of its answer: length of the header, JSON header, payload.

use anyhow::Context;
use okaeri_protocol::answer::{CallError, Reply};
use okaeri_protocol::request::Call;
use serde::Deserialize;

use crate::failure::Failure;

/// An answer of the module, as it wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    bytes: Vec<u8>,
    /// Where the payload begins.
    split: usize,
}

/// Whether an answer is an error, without building the rest of it.
#[derive(Deserialize)]
struct Outcome {
    error: Option<CallError>,
}

impl Frame {
    /// Takes the module's bytes apart. An error of the module is a failure here.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Frame, Failure> {
        let split = bytes
            .first_chunk::<4>()
            .and_then(|length| {
                usize::try_from(u32::from_le_bytes(*length))
                    .ok()?
                    .checked_add(4)
            })
            .filter(|split| *split <= bytes.len())
            .context("the module answered with a broken frame")?;
        let frame = Frame { bytes, split };
        let outcome: Outcome = serde_json::from_slice(frame.reply_json())
            .context("the module answered with broken JSON")?;
        match outcome.error {
            Some(error) => Err(Failure::Refused(error)),
            None => Ok(frame),
        }
    }

    /// An answer that was put together here from answers of the module.
    pub(super) fn of(reply: &Reply) -> Result<Frame, Failure> {
        let json = serde_json::to_vec(reply).context("an answer cannot be written as JSON")?;
        let length = u32::try_from(json.len()).context("an answer is too long")?;
        let mut bytes = length.to_le_bytes().to_vec();
        bytes.extend_from_slice(&json);
        let split = bytes.len();
        Ok(Frame { bytes, split })
    }

    /// What follows the reply.
    pub fn payload(&self) -> &[u8] {
        self.bytes.get(self.split..).unwrap_or_default()
    }

    /// The whole reply as JSON: `{"answer": …, "notes": […]}`.
    pub fn reply_json(&self) -> &[u8] {
        self.bytes.get(4..self.split).unwrap_or_default()
    }

    /// The reply, parsed.
    ///
    /// # Errors
    /// When it is not what the protocol says.
    pub fn reply(&self) -> Result<Reply, Failure> {
        Ok(serde_json::from_slice(self.reply_json())
            .context("the module's answer is not of this version")?)
    }
}

/// Header of a call, with its length before it.
pub(super) fn head(call: &Call) -> Result<Vec<u8>, Failure> {
    let json = serde_json::to_vec(call).context("the call cannot be written as JSON")?;
    let length = u32::try_from(json.len()).context("the call is too long")?;
    let mut head = Vec::with_capacity(json.len() + 4);
    head.extend_from_slice(&length.to_le_bytes());
    head.extend_from_slice(&json);
    Ok(head)
}
