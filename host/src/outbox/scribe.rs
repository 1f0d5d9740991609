//! One writer for all sessions of a worker: what they say while a commit is under way goes into
//! the next one together.
//!
//! A session that asks before the wire waits for the commit, so `wired` is on the disk when the
//! first byte leaves. While the database is away the scribe tries again and again: what it was
//! told is not lost unless the program ends, and then the lease tells the rest.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::deliver::LEASE_MILLIS;
use crate::clock::Clock;
use crate::store::{Change, Store, Wired};

/// Changes in one transaction.
const BATCH_MAX: usize = 256;
/// Between two attempts while the database is away.
const PAUSE: Duration = Duration::from_millis(500);

/// Hands changes to the writer. Clones speak to the same one.
#[derive(Clone)]
pub struct Scribe(mpsc::Sender<(Change, oneshot::Sender<Wired>)>);

impl Scribe {
    /// Starts the writer; it ends when all clones are gone.
    pub fn start(store: Store, clock: Clock, owner: String) -> Scribe {
        let (sender, mut receiver) = mpsc::channel(BATCH_MAX);
        tokio::spawn(async move {
            let mut told: Vec<(Change, oneshot::Sender<Wired>)> = Vec::new();
            while receiver.recv_many(&mut told, BATCH_MAX).await > 0 {
                let (changes, waiting): (Vec<_>, Vec<_>) = told.drain(..).unzip();
                let answers = write(&store, clock, &owner, &changes).await;
                for (waiting, answer) in waiting.into_iter().zip(answers) {
                    // Whoever asked may have been stopped meanwhile.
                    let _ = waiting.send(answer);
                }
            }
        });
        Scribe(sender)
    }

    /// Writes a change; answers when it is committed.
    pub async fn write(&self, change: Change) -> Wired {
        let (answer, waiting) = oneshot::channel();
        if self.0.send((change, answer)).await.is_err() {
            return Wired::Lost;
        }
        waiting.await.unwrap_or(Wired::Lost)
    }
}

async fn write(store: &Store, clock: Clock, owner: &str, changes: &[Change]) -> Vec<Wired> {
    loop {
        let now = clock.millis();
        match store
            .write_changes(owner, changes, now, now + LEASE_MILLIS)
            .await
        {
            Ok(answers) => return answers,
            Err(error) => {
                tracing::warn!(%error, "the outbox cannot be written; trying again");
                sleep(PAUSE).await;
            }
        }
    }
}
