//! The worker: takes deliveries that are due and hands them to the relay.
//!
//! Several workers may run, in one program or on several machines. A worker prolongs its leases
//! while it lives; what a dead one held is taken up when they are over. It ends when it is told
//! to, or when nothing is due soon, and then gives back what it had not begun.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::Rng;
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::scribe::Scribe;
use crate::clock::Clock;
use crate::deliver::smtp::{Refusal, Session, Smtp};
use crate::store::{Change, Claimed, Lot, Outcome, Stopped, Store, Wired};

/// How long a delivery stays with a worker of which nothing is heard.
pub const LEASE_MILLIS: i64 = 15_000;
const RENEW_EVERY: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// A run that is to end does not wait for retries that are further away.
const SOON_MILLIS: i64 = 20_000;
/// Attempts to connect after which such a run gives up.
const CONNECTS_MAX: u32 = 6;

/// Upper ends of the pauses after the first, second … put-off (the schedule of Svix, about 28
/// hours in all); each pause is random below its end, so that many do not come back at once.
const RETRY_MILLIS: [i64; 7] = [
    5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
];

/// When a worker ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Never: it waits for more.
    Told,
    /// When nothing of its lot is due soon.
    Drained,
}

/// What a worker has done so far. It counts this worker's own deliveries alone.
#[derive(Debug, Default)]
pub struct Done {
    /// Taken by the relay.
    pub delivered: AtomicU64,
    /// Refused, withheld or given up.
    pub failed: AtomicU64,
    /// Put off.
    pub later: AtomicU64,
    /// Nobody knows.
    pub unknown: AtomicU64,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nothing is due soon.
    Drained,
    /// It was told to.
    Stopped,
    /// The relay cannot be reached.
    NoRelay,
}

/// What a worker needs.
#[derive(Clone)]
pub struct Worker {
    /// The outbox.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The relay.
    pub smtp: Smtp,
    /// Mails at one time.
    pub in_flight: u32,
}

impl Worker {
    /// Delivers until the end that `until` names, or until `stop` says true.
    pub async fn run(
        &self,
        lot: &Lot,
        until: Until,
        done: &Arc<Done>,
        mut stop: watch::Receiver<bool>,
    ) -> Ended {
        let owner = format!("{:032x}", rand::random::<u128>());
        let scribe = Scribe::start(self.store.clone(), self.clock, owner.clone());
        let (parcels, waiting) = mpsc::channel(self.in_flight as usize);
        let waiting = Arc::new(Mutex::new(waiting));
        let (halt, halted) = watch::channel(false);
        let mut hands = JoinSet::new();
        for _ in 0..self.in_flight {
            let hand = Hand {
                session: self.smtp.session(),
                scribe: scribe.clone(),
                clock: self.clock,
                done: Arc::clone(done),
                halted: halted.clone(),
            };
            hands.spawn(hand.work(Arc::clone(&waiting)));
        }
        let leases = tokio::spawn(renew(self.store.clone(), self.clock, owner.clone()));
        let ended = tokio::select! {
            ended = self.feed(lot, until, &owner, &parcels) => ended,
            _ = stop.wait_for(|stop| *stop) => Ended::Stopped,
        };
        // Whatever is not wired yet is not begun any more.
        halt.send_replace(true);
        drop(parcels);
        while hands.join_next().await.is_some() {}
        leases.abort();
        if let Err(error) = self.store.give_back(&owner).await {
            tracing::warn!(%error, "claims cannot be given back; they return when their lease is over");
        }
        ended
    }

    /// Sweeps, claims and passes on.
    async fn feed(
        &self,
        lot: &Lot,
        until: Until,
        owner: &str,
        parcels: &mpsc::Sender<Claimed>,
    ) -> Ended {
        let limit = i64::from(self.in_flight) * 2;
        loop {
            match self.take(lot, until, owner, limit).await {
                Ok(Taken::Some(claimed)) => {
                    for parcel in claimed {
                        if parcels.send(parcel).await.is_err() {
                            return Ended::Stopped;
                        }
                    }
                }
                Ok(Taken::Nothing) => sleep(LOOK_EVERY).await,
                Ok(Taken::End) => return Ended::Drained,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read; trying again");
                    sleep(LOOK_EVERY).await;
                }
            }
            if until == Until::Drained && self.smtp.failures() >= CONNECTS_MAX {
                return Ended::NoRelay;
            }
        }
    }

    async fn take(&self, lot: &Lot, until: Until, owner: &str, limit: i64) -> sqlx::Result<Taken> {
        let now = self.clock.millis();
        self.store.sweep(now).await?;
        let claimed = self
            .store
            .claim(owner, lot, now, now + LEASE_MILLIS, limit)
            .await?;
        if !claimed.is_empty() {
            return Ok(Taken::Some(claimed));
        }
        if until == Until::Told {
            return Ok(Taken::Nothing);
        }
        let pending = self.store.pending(lot).await?;
        let is_soon = pending.next_at.is_some_and(|at| at <= now + SOON_MILLIS);
        Ok(if pending.under_way > 0 || is_soon {
            Taken::Nothing
        } else {
            Taken::End
        })
    }
}

enum Taken {
    Some(Vec<Claimed>),
    Nothing,
    End,
}

async fn renew(store: Store, clock: Clock, owner: String) {
    let mut ticks = interval(RENEW_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = store.renew(&owner, clock.millis() + LEASE_MILLIS).await {
            tracing::warn!(%error, "leases cannot be prolonged");
        }
    }
}

/// One session and what it does with its parcels.
struct Hand {
    session: Session,
    scribe: Scribe,
    clock: Clock,
    done: Arc<Done>,
    halted: watch::Receiver<bool>,
}

impl Hand {
    async fn work(mut self, waiting: Arc<Mutex<mpsc::Receiver<Claimed>>>) {
        loop {
            let parcel = waiting.lock().await.recv().await;
            let Some(parcel) = parcel else { break };
            if *self.halted.borrow() || !self.deliver(&parcel).await {
                break;
            }
        }
        self.session.close().await;
    }

    /// False when it was told to stop before the wire: the parcel goes back.
    async fn deliver(&mut self, parcel: &Claimed) -> bool {
        if *Sha256::digest(&parcel.payload) != *parcel.payload_hash {
            let why = Stopped::new(
                "content_changed",
                "the stored message is not what was written",
            );
            self.end(parcel, Outcome::Dead(why)).await;
            return true;
        }
        let offered = tokio::select! {
            offered = self.session.offer(&parcel.envelope_from, &parcel.envelope_to) => offered,
            _ = self.halted.wait_for(|halted| *halted) => return false,
        };
        if let Err(refusal) = offered {
            self.refused(parcel, refusal).await;
            return true;
        }
        let change = Change {
            id: parcel.id.clone(),
            attempt: parcel.attempt,
            outcome: None,
        };
        match self.scribe.write(change).await {
            Wired::Granted => match self.session.hand_over(&parcel.payload).await {
                Ok(reply) => self.end(parcel, Outcome::Done { reply }).await,
                Err(refusal) => self.refused(parcel, refusal).await,
            },
            Wired::Withheld => {
                self.done.failed.fetch_add(1, Ordering::Relaxed);
                self.session.withdraw().await;
            }
            Wired::Lost => self.session.withdraw().await,
        }
        true
    }

    async fn refused(&self, parcel: &Claimed, refusal: Refusal) {
        let outcome = match refusal {
            Refusal::Never(why) => Outcome::Failed(why),
            Refusal::Unknown(why) => Outcome::Unknown(why),
            Refusal::Later(why) => match retry_at(parcel.tries, self.clock.millis()) {
                Some(at) => Outcome::Later { why, at },
                None => Outcome::Dead(why),
            },
        };
        self.end(parcel, outcome).await;
    }

    async fn end(&self, parcel: &Claimed, outcome: Outcome) {
        let counter = match &outcome {
            Outcome::Done { .. } => &self.done.delivered,
            Outcome::Failed(_) | Outcome::Dead(_) => &self.done.failed,
            Outcome::Later { .. } => &self.done.later,
            Outcome::Unknown(_) => &self.done.unknown,
        };
        let outcome = Some(outcome);
        let change = Change {
            id: parcel.id.clone(),
            attempt: parcel.attempt,
            outcome,
        };
        if self.scribe.write(change).await == Wired::Granted {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// When to try again after `tries` put-offs before this one; nothing when it was the last.
fn retry_at(tries: i64, now: i64) -> Option<i64> {
    let end = RETRY_MILLIS.get(usize::try_from(tries).ok()?)?;
    Some(now + rand::rng().random_range(0..=*end))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#[expect(clippy::panic, reason = "what fails here fails the test")]
#[path = "deliver_tests.rs"]
pub mod tests;
