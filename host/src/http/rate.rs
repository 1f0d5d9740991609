//! How often one token may call.
//!
//! Keyed by the token and not by the address: a cart's server calls for all its shops from one
//! address, and only known tokens get a bucket, so strangers cannot fill the memory.

use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::problem::Problem;
use axum::http::StatusCode;

/// A bucket for each token.
pub struct Rate {
    buckets: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
}

impl Rate {
    /// `per_second` calls a second in the long run, `burst` at once.
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Rate {
            buckets: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
        }
    }

    /// Takes one call from the bucket of `token_id`, or says when the next one is there.
    pub fn take(&self, token_id: &str) -> Result<(), Problem> {
        let Err(not_until) = self.buckets.check_key(&token_id.to_owned()) else {
            return Ok(());
        };
        let wait = not_until.wait_time_from(self.clock.now());
        let seconds = wait.as_secs() + 1;
        let message = format!("too many requests with this token; try again in {seconds} s");
        Err(
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
                .retry_after(seconds),
        )
    }
}
