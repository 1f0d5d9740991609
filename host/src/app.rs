//! The loop in one place: facts in, answers out. HTTP, the command line and the sender all go
//! through here, so that each fact is in the log before it is acknowledged.

use std::sync::Arc;


use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, Loaded, Note, Reply};
use okaeri_protocol::facts::Fact;
use okaeri_protocol::plan::{Plan, PlanRequest};
use okaeri_protocol::request::{Call, Question};
use okaeri_protocol::settings::Settings;

use crate::clock::Clock;
use crate::config::Config;
use crate::engine::warm::Warm;
use crate::engine::{Engine, Frame};
use crate::facts::Batch;
use crate::failure::Failure;
use crate::store::{Shop, Store};

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
        let warm = Arc::new(Warm::new(&config));
        Ok(App { store, engine, clock, config, warm })
    }

    /// The shop of this id.
    ///
    /// # Errors
    /// [`Failure::NoShop`].
    pub async fn shop(&self, id: &str) -> Result<Shop, Failure> {
        self.store.shop(id).await?.ok_or_else(|| Failure::NoShop(id.to_owned()))
    }

    /// The day that it is for a shop.
    pub fn day(&self, shop: &Shop) -> NaiveDate {
        self.clock.day(&shop.settings)
    }

    /// Asks one question.
    ///
    /// # Errors
    /// As [`Failure`] says; a refused question is [`Failure::Refused`].
    pub async fn ask(
        &self,
        shop: &str,
        as_of: NaiveDate,
        question: Question,
    ) -> Result<Frame, Failure> {
        self.call(shop, Call::Ask { as_of, question }).await
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
        match self.call(shop, Call::Plan(Box::new(request))).await?.reply()? {
            Reply::Answer { answer: Answer::Plan(plan), notes } => Ok((plan, notes)),
            other => Err(unexpected(&other)),
        }
    }

    /// Changes a shop's name and settings, if the module accepts them.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn set_shop(&self, shop: &Shop) -> Result<(), Failure> {
        let _ = shop;
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }

    /// Adds facts of the host's own making, such as receipts and withdrawn consents, without
    /// waking the shop's instance: it takes them in before its next answer.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn record(&self, shop: &str, source: &str, facts: &[Fact]) -> Result<(), Failure> {
        let _ = (shop, source, facts);
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }

    /// Begins to add facts. They count, all of them, when [`Load::finish`] has answered.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn load(&self, shop: &str, source: &str) -> Result<Load, Failure> {
        let _ = (shop, source);
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }

    async fn call(&self, shop: &str, call: Call) -> Result<Frame, Failure> {
        let _ = (shop, call, &self.warm);
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }
}

/// Facts on their way in. Dropped before its end, it leaves nothing behind.
pub struct Load {}

impl Load {
    /// Adds a batch. The module has read it when this answers.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the module cannot read it; the load is then over.
    pub async fn push(&mut self, batch: Batch) -> Result<(), Failure> {
        let _ = batch;
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }

    /// Completes the load: what it brought is now in the log.
    ///
    /// # Errors
    /// As [`Failure`] says; nothing was then added.
    pub async fn finish(self) -> Result<Loaded, Failure> {
        Err(Failure::Broken(anyhow::anyhow!("not yet")))
    }
}

fn unexpected(reply: &Reply) -> Failure {
    let _: Settings = Settings::default();
    Failure::Broken(
        anyhow::anyhow!("{reply:?}").context("the module answered another question than was asked"),
    )
}
