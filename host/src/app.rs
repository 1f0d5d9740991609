//! The loop in one place: facts in, answers out. HTTP, the command line and the sender all go
//! through here, so that each fact is in the log before it is acknowledged.

mod load;
mod replay;
#[cfg(test)]
mod segment_tests;
pub mod segments;
#[cfg(test)]
mod shard_tests;
mod sharding;
#[cfg(test)]
mod tests;
mod withhold;

use std::sync::Arc;

use anyhow::anyhow;
use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, Note, Reply};
use okaeri_protocol::facts::Fact;
use okaeri_protocol::plan::{Plan, PlanRequest};
use okaeri_protocol::request::{Ask, Call, Question};
use rand::Rng;

pub use load::Load;
use replay::Need;

use crate::clock::Clock;
use crate::config::Config;
use crate::engine::warm::{Held, Holds, Resident, Warm};
use crate::engine::{Engine, Frame, Instance};
use crate::facts::Batch;
use crate::failure::Failure;
use crate::store::{LoadNote, Shop, Store};

/// All that a request needs. Clones share it.
#[derive(Clone)]
pub struct App {
    /// What must not be lost.
    pub store: Store,
    /// The module.
    pub engine: Engine,
    /// The time.
    pub clock: Clock,
    /// Settings of this installation.
    pub config: Arc<Config>,
    warm: Arc<Warm>,
}

impl App {
    /// Opens the store and starts the module.
    ///
    /// # Errors
    /// When either cannot be had; the text says what to do.
    pub async fn open(config: &Config, clock: Clock) -> anyhow::Result<App> {
        let store = Store::open(&config.db).await?;
        let config = Arc::new(config.clone());
        let starting = Arc::clone(&config);
        let engine = tokio::task::spawn_blocking(move || Engine::start(&starting)).await??;
        let warm = Arc::new(Warm::new((config.warm_memory as usize) << 20));
        Ok(App {
            store,
            engine,
            clock,
            config,
            warm,
        })
    }

    /// The shop of this id.
    ///
    /// # Errors
    /// [`Failure::NoShop`].
    pub async fn shop(&self, id: &str) -> Result<Shop, Failure> {
        self.store
            .shop(id)
            .await?
            .ok_or_else(|| Failure::NoShop(id.to_owned()))
    }

    /// The day that it is for a shop.
    pub fn day(&self, shop: &Shop) -> NaiveDate {
        self.clock.day(&shop.settings)
    }

    /// Bytes that the instances of all warm shops hold.
    pub fn warm_bytes(&self) -> usize {
        self.warm.bytes()
    }

    /// Asks one question over all orders.
    ///
    /// # Errors
    /// As [`App::answer_to`].
    pub async fn ask(
        &self,
        shop: &str,
        as_of: NaiveDate,
        question: Question,
    ) -> Result<Frame, Failure> {
        self.answer_to(shop, Ask::new(as_of, question)).await
    }

    /// Asks one question.
    ///
    /// # Errors
    /// As [`Failure`] says; a refused question is [`Failure::Refused`].
    pub async fn answer_to(&self, shop: &str, mut ask: Ask) -> Result<Frame, Failure> {
        if let Question::Customers { filter, .. } = &mut ask.question {
            self.put_texts(shop, filter).await?;
        }
        let need = match ask.question {
            Question::IdCc | Question::Review { .. } | Question::Withdrawn { .. } => Need::Contacts,
            _ => Need::Answers,
        };
        let deadline = self.config.ask_deadline();
        self.answer(shop, need, move |holds| match (need, holds) {
            (Need::Answers, Holds::Sharded(sharded)) => {
                let placed = sharded.placed.as_mut().ok_or_else(gone)?;
                placed.shards.ask(&ask, deadline)
            }
            (_, holds) => contacts(holds)?.call(&Call::Ask(Box::new(ask)), &[], deadline),
        })
        .await
    }

    /// Asks who would be sent what.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn plan(
        &self,
        shop: &str,
        request: PlanRequest,
    ) -> Result<(Plan, Vec<Note>), Failure> {
        let request = self.filled(shop, &request).await?;
        let deadline = self.config.ask_deadline();
        let planned = self.answer(shop, Need::Answers, move |holds| match holds {
            Holds::Whole(instance) => instance.call(&Call::Plan(Box::new(request)), &[], deadline),
            Holds::Sharded(sharded) => {
                let placed = sharded.placed.as_mut().ok_or_else(gone)?;
                placed.shards.plan(&request, deadline)
            }
        });
        match planned.await?.reply()? {
            Reply::Answer {
                answer: Answer::Plan(plan),
                notes,
            } => Ok((plan, notes)),
            other => Err(unexpected(&other)),
        }
    }

    /// Changes a shop's name and settings, if the module accepts them.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn set_shop(&self, shop: &Shop) -> Result<(), Failure> {
        self.check(shop).await?;
        match self.store.set_shop(shop).await? {
            true => Ok(()),
            false => Err(Failure::NoShop(shop.id.clone())),
        }
    }

    /// Adds a shop, if the module accepts its settings. False when there is one of this id.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn add_shop(&self, shop: &Shop) -> Result<bool, Failure> {
        self.check(shop).await?;
        Ok(self.store.add_shop(shop).await?)
    }

    async fn check(&self, shop: &Shop) -> Result<(), Failure> {
        let engine = self.engine.clone();
        let settings = shop.settings.clone();
        let deadline = self.config.ask_deadline();
        blocking(move || engine.configured(&settings, deadline).map(|_| ())).await
    }

    /// Adds facts of the host's own making, such as receipts and withdrawn consents, without
    /// waking the shop's instance: it takes them in before its next answer.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn record(&self, shop: &str, source: &str, facts: &[Fact]) -> Result<(), Failure> {
        self.shop(shop).await?;
        let batch = Batch::ndjson(facts)?.pack()?;
        let mut note = self.note(shop, source);
        note.rows = batch.rows;
        note.orders = batch.orders;
        self.store.commit(&note, 0, &batch).await?;
        Ok(())
    }

    /// Begins to add facts. They count, all of them, when [`Load::finish`] has answered.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn load(&self, shop: &str, source: &str) -> Result<Load, Failure> {
        let place = self.ready(shop, Need::Facts).await?;
        Ok(Load::new(self.clone(), self.note(shop, source), place))
    }

    fn note(&self, shop: &str, source: &str) -> LoadNote {
        LoadNote {
            id: format!("{:032x}", rand::rng().random::<u128>()),
            shop: shop.to_owned(),
            source: source.to_owned(),
            rows: 0,
            orders: 0,
            received_at: self.clock.millis(),
        }
    }

    /// Asks what holds a shop, when it is ready for that. What failed is dropped.
    async fn answer(
        &self,
        shop: &str,
        need: Need,
        ask: impl FnOnce(&mut Holds) -> Result<Frame, Failure> + Send + 'static,
    ) -> Result<Frame, Failure> {
        let mut place = self.ready(shop, need).await?;
        let bytes_max = self.config.shop_bytes();
        let asking = blocking(move || {
            let answer = match &mut place.resident {
                Some(Resident { holds, .. }) => ask(holds),
                None => Err(gone()),
            };
            drop_broken(&mut place, &answer);
            if let Some(Holds::Sharded(sharded)) = place.resident.as_mut().map(|r| &mut r.holds) {
                sharded.trim(bytes_max);
            }
            Ok((place, answer))
        });
        let (place, answer) = asking.await?;
        self.weigh(shop, &place);
        answer
    }

    /// Notes what a shop weighs now.
    fn weigh(&self, shop: &str, place: &Held) {
        let weight = place.resident.as_ref().map_or((0, 0), Resident::weight);
        self.warm.weigh(shop, weight);
    }
}

/// The instance that knows all contacts.
fn contacts(holds: &mut Holds) -> Result<&mut Instance, Failure> {
    match holds {
        Holds::Whole(instance) => Ok(instance),
        Holds::Sharded(sharded) => sharded.keys.as_mut().ok_or_else(gone),
    }
}

/// After any failure but a refusal, what holds the shop is in an unknown state.
fn drop_broken(place: &mut Held, answer: &Result<Frame, Failure>) {
    if matches!(answer, Err(failure) if !matches!(failure, Failure::Refused(_))) {
        place.resident = None;
    }
}

fn gone() -> Failure {
    Failure::Broken(anyhow!("the shop's instance is gone: ask again"))
}

/// Runs what computes on a thread of its own, so that requests go on being served.
async fn blocking<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(run)
        .await
        .map_err(|error| Failure::Broken(error.into()))?
}

fn unexpected(reply: &Reply) -> Failure {
    Failure::Broken(anyhow!(
        "the module answered another question than was asked: {reply:?}"
    ))
}
