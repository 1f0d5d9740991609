//! Mails that wait and must not leave any more.
//!
//! A plan reads the consents of its day; the mails that it makes may wait for hours. So whenever
//! facts came in, by whichever door, the module is asked about the addresses that still wait.

use okaeri_protocol::answer::{Answer, Reply};
use okaeri_protocol::request::Question;

use super::{App, unexpected};
use crate::failure::Failure;

/// Addresses of one question.
const AT_ONCE: usize = 10_000;

impl App {
    /// Ends a shop's mails that wait for somebody who has withdrawn consent or complained since
    /// they were planned. Answers how many.
    ///
    /// # Errors
    /// As [`Failure`] says; asked again it does what was left.
    pub async fn withhold(&self, shop: &str) -> Result<u64, Failure> {
        let waiting = self.store.waiting_addresses(shop).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let day = self.day(&self.shop(shop).await?);
        let mut ended = 0;
        for emails in waiting.chunks(AT_ONCE) {
            let emails = emails.to_vec();
            let question = Question::Withdrawn { emails };
            let withdrawn = match self.ask(shop, day, question).await?.reply()? {
                Reply::Answer {
                    answer: Answer::Withdrawn(withdrawn),
                    ..
                } => withdrawn.emails,
                other => return Err(unexpected(&other)),
            };
            let now = self.clock.millis();
            ended += self.store.withhold(shop, &withdrawn, now).await?;
        }
        Ok(ended)
    }
}
