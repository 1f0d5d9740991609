//! Frames: how a call and its answer cross as bytes.
//!
//! A frame is the length of a JSON header as u32 little endian, the header, and a payload up to
//! the end. A host builds one for the call and takes the answer's apart; the module does the
//! reverse with the same two functions.

use std::{fmt, io};

use okaeri_protocol::answer::{CallError, ErrorCode, Reply};
use okaeri_protocol::request::Call;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

/// Bytes before the header.
const LENGTH_BYTES: usize = 4;

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFrame {
    /// There are fewer than four bytes.
    NoLength,
    /// The header ends behind the last byte.
    HeaderTooLong {
        /// Length that the frame gives for its header.
        header: u32,
        /// Bytes that follow the length.
        rest: usize,
    },
}

impl fmt::Display for NotAFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAFrame::NoLength => {
                f.write_str("a frame starts with four bytes, the length of its header")
            }
            NotAFrame::HeaderTooLong { header, rest } => {
                write!(
                    f,
                    "the frame's header is said to have {header} bytes, but {rest} follow"
                )
            }
        }
    }
}

impl std::error::Error for NotAFrame {}

/// Header and payload of a frame.
///
/// # Errors
/// When the frame is shorter than it says.
pub fn split(frame: &[u8]) -> Result<(&[u8], &[u8]), NotAFrame> {
    let (length, rest) = frame
        .split_first_chunk::<LENGTH_BYTES>()
        .ok_or(NotAFrame::NoLength)?;
    let header = u32::from_le_bytes(*length);
    usize::try_from(header)
        .ok()
        .and_then(|length| rest.split_at_checked(length))
        .ok_or(NotAFrame::HeaderTooLong {
            header,
            rest: rest.len(),
        })
}

/// A frame of a header and a payload. `None` when the header has 4 GiB or more.
pub fn join(header: &[u8], payload: &[u8]) -> Option<Vec<u8>> {
    let mut frame = Vec::with_capacity(LENGTH_BYTES + header.len() + payload.len());
    frame.extend_from_slice(payload);
    put_before(header, frame)
}

/// Room that a large payload should leave: its header goes there, and it is not moved elsewhere.
pub const HEADER_ROOM: usize = 4096;

fn put_before(header: &[u8], mut payload: Vec<u8>) -> Option<Vec<u8>> {
    let length = u32::try_from(header.len()).ok()?.to_le_bytes();
    payload.splice(..0, length.into_iter().chain(header.iter().copied()));
    Some(payload)
}

/// The call in a frame, and its payload.
///
/// # Errors
/// When the frame is shorter than it says, or its header is no [`Call`].
pub fn read(frame: &[u8]) -> Result<(Call, &[u8]), CallError> {
    let (call, payload) = split(frame).map_err(|error| bad_call(error.to_string()))?;
    Ok((header(call)?, payload))
}

/// The call in a header.
///
/// # Errors
/// When it is no [`Call`].
pub fn header(header: &[u8]) -> Result<Call, CallError> {
    okaeri_protocol::json::read(header).map_err(|fault| CallError {
        at: Some(fault.at).filter(|at| !at.is_empty()),
        ..bad_call(fault.message)
    })
}

fn bad_call(message: String) -> CallError {
    CallError {
        code: ErrorCode::BadCall,
        message,
        at: None,
        ..CallError::default()
    }
}

/// A value as JSON.
pub struct Json {
    /// The text.
    pub text: String,
    /// Whether JavaScript's numbers hold all whole numbers in it.
    pub is_exact: bool,
}

/// Writes a value as JSON.
pub fn json(value: &impl Serialize) -> Option<Json> {
    let (mut text, mut is_exact) = (Text(Vec::new()), true);
    let formatter = Watching(&mut is_exact);
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, formatter);
    value.serialize(&mut serializer).ok()?;
    let text = String::from_utf8(text.0).ok()?;
    Some(Json { text, is_exact })
}

/// A text under way. Most of what comes is one byte, for which a copy of memory is long.
struct Text(Vec<u8>);

impl io::Write for Text {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match bytes {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes without spaces, and notes numbers beyond JavaScript's.
struct Watching<'a>(&'a mut bool);

impl Formatter for Watching<'_> {
    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        *self.0 &= value.unsigned_abs() < 1 << 53;
        CompactFormatter.write_i64(writer, value)
    }

    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        *self.0 &= value < 1 << 53;
        CompactFormatter.write_u64(writer, value)
    }

    /// By the standard library, which is here for templates anyway: serde_json's own way brings
    /// 10 kB of powers of ten.
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        write!(writer, "{value:?}")
    }
}

/// The frame of an answer.
pub fn write(reply: &Reply, payload: Vec<u8>) -> Vec<u8> {
    json(reply)
        .and_then(|header| put_before(header.text.as_bytes(), payload))
        .or_else(|| join(TOO_LARGE, &[]))
        .unwrap_or_default()
}

/// The header that stands in for one of 4 GiB and more.
const TOO_LARGE: &[u8] =
    br#"{"error":{"code":"too_large","message":"the answer is too large; ask for less"}}"#;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed conversion fails the test")]
mod tests {
    use super::*;

    #[test]
    fn splits_what_it_joined() {
        for (header, payload) in [("", ""), ("{}", ""), ("", "x"), ("{\"a\":1}", "payload")] {
            let frame = join(header.as_bytes(), payload.as_bytes()).unwrap();
            assert_eq!(frame.len(), 4 + header.len() + payload.len());
            assert_eq!(split(&frame), Ok((header.as_bytes(), payload.as_bytes())));
        }
    }

    #[test]
    fn reads_calls_and_writes_replies() {
        let frame = join(br#"{"call":"about"}"#, b"p").unwrap();
        assert_eq!(read(&frame), Ok((Call::About, &b"p"[..])));
        for header in [
            "",
            "{",
            "{}",
            "[]",
            r#"{"call":"fly"}"#,
            r#"{"call":"shards","count":256}"#,
        ] {
            let error = read(&join(header.as_bytes(), &[]).unwrap()).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadCall, "{header}");
            let reply = Reply::Error { error };
            let answer = write(&reply, b"q".to_vec());
            let (written, payload) = split(&answer).unwrap();
            assert_eq!(serde_json::from_slice::<Reply>(written).unwrap(), reply);
            assert_eq!(payload, b"q");
        }
        assert!(matches!(
            serde_json::from_slice(TOO_LARGE).unwrap(),
            Reply::Error { .. }
        ));
    }

    #[test]
    fn refuses_what_is_too_short() {
        for frame in [&[][..], &[0], &[0, 0, 0]] {
            assert_eq!(split(frame), Err(NotAFrame::NoLength));
        }
        let short = NotAFrame::HeaderTooLong { header: 3, rest: 2 };
        assert_eq!(split(&[3, 0, 0, 0, b'{', b'}']), Err(short));
        let huge = NotAFrame::HeaderTooLong {
            header: u32::MAX,
            rest: 1,
        };
        assert_eq!(split(&[255, 255, 255, 255, b'{']), Err(huge));
        assert_eq!(split(&[2, 0, 0, 0, b'{', b'}']), Ok((&b"{}"[..], &b""[..])));
    }
}
