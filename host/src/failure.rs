//! Why a request failed, told by what its caller does next.

use std::fmt;

use okaeri_protocol::answer::CallError;

use crate::store::in_words;

/// A failed request. Nothing was changed by it.
#[derive(Debug)]
pub enum Failure {
    /// The module refused: its error says what to put right.
    Refused(CallError),
    /// There is no such shop.
    NoShop(String),
    /// The call was cut off; the shop keeps working.
    CutOff(CutOff),
    /// The database cannot be reached or is busy: try again.
    Store(sqlx::Error),
    /// Something is wrong with this installation: the operator must look.
    Broken(anyhow::Error),
}

/// Why a call was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CutOff {
    /// It took longer than allowed.
    Time,
    /// It needed more memory than a shop may have.
    Memory,
    /// The module failed; the text is for the log.
    Trap(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(error) => match &error.at {
                Some(at) => write!(f, "{} ({at})", error.message),
                None => f.write_str(&error.message),
            },
            Failure::NoShop(id) => {
                write!(
                    f,
                    "there is no shop `{id}`: add it with `okaeri shop add {id}`"
                )
            }
            Failure::CutOff(CutOff::Time) => {
                f.write_str("the module took too long: raise `--ask-seconds` or `--load-seconds`")
            }
            Failure::CutOff(CutOff::Memory) => {
                f.write_str("the shop needs more memory: raise `--shop-memory`")
            }
            Failure::CutOff(CutOff::Trap(why)) => write!(f, "the module failed: {why}"),
            Failure::Store(error) => {
                write!(f, "the database failed: {}", in_words(error))
            }
            Failure::Broken(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Failure::Store(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Broken(error)
    }
}
