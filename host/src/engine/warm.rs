//! Shops whose instance is kept.

use crate::config::Config;

/// Shops whose instance is kept.
pub struct Warm {}

impl Warm {
    /// None yet.
    pub fn new(_: &Config) -> Warm {
        Warm {}
    }
}
