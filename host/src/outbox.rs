//! From a plan to mails that have left: enqueue, deliver, reconcile.
//!
//! The outbox promises that nobody gets a message twice and that of each message it is known what
//! became of it, or that nobody knows. It holds because a delivery's key is unique for ever,
//! because `wired` is committed before the wire, and because an unknown outcome is never retried
//! by itself. It lacks receipts that come later, such as bounces by mail.

pub mod background;
pub mod deliver;
pub mod enqueue;
pub mod links;
pub mod reconcile;
mod scribe;
pub mod tell;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
pub mod tests;

/// How long a campaign's deliveries stay due: past the last step of the retries.
pub const EXPIRES_MILLIS: i64 = 48 * 3_600_000;

/// A new id of a delivery: 48 bits of time, then 80 random ones, so that ids ascend, tell nothing
/// and are never used twice.
pub fn new_id(now: i64) -> String {
    let random = rand::random::<u128>() >> 48;
    format!("{:012x}{random:020x}", now & 0xffff_ffff_ffff)
}
