//! A large shop on several instances: keys first, then each shard's rows.

use std::time::Duration;

use anyhow::anyhow;
use okaeri_protocol::answer::{Answer, Reply};
use okaeri_protocol::request::Call;
use okaeri_protocol::settings::IdentityRule;
use tokio::sync::mpsc;

use super::replay::{Need, Step, load_of, no_longer_read, read_log};
use super::{App, blocking, unexpected};
use crate::engine::sharded::{Numbers, Placed, shards_of};
use crate::engine::{Instance, Sharded, Shards};
use crate::failure::Failure;
use crate::store::LoadRow;

impl App {
    /// A sharded shop that has what is needed. `loads` are those after what it has seen.
    pub(super) async fn sharded(
        &self,
        shop: &str,
        mut sharded: Sharded,
        mut loads: Vec<LoadRow>,
        need: Need,
        last_seq: i64,
    ) -> Result<Sharded, Failure> {
        let placed = sharded.placed.as_ref();
        let mut lags = placed.is_none_or(|placed| placed.seq < last_seq);
        if sharded.keys.is_none() {
            // New keys number orders in their own way: shards that are to grow are made anew.
            if lags || need == Need::Facts {
                sharded.placed = None;
                lags = true;
            }
            if lags || need == Need::Contacts {
                sharded.keys = Some(self.instance(shop).await?);
                sharded.keys_pass = !lags;
                sharded.numbers = Vec::new();
                loads = self.store.loads_after(shop, 0).await?;
            }
        }
        if let Some(keys) = sharded.keys.take_if(|_| !loads.is_empty()) {
            let (keys, numbers) = self.replay_keys(keys, loads, None).await?;
            sharded.keys = Some(keys);
            if !sharded.keys_pass {
                sharded.numbers.extend(numbers);
            }
        }
        if need == Need::Answers && lags {
            sharded = self.fill(shop, sharded, last_seq).await?;
        }
        Ok(sharded)
    }

    /// Gives the shards their rows of what the keys have seen more.
    async fn fill(
        &self,
        shop: &str,
        mut sharded: Sharded,
        last_seq: i64,
    ) -> Result<Sharded, Failure> {
        let Some(keys) = sharded.keys.take() else {
            return Err(Failure::Broken(anyhow!("a large shop has no keys")));
        };
        let placed = sharded.placed.take();
        let count = self.config.shards();
        let before = placed
            .as_ref()
            .map_or(Vec::new(), |placed| placed.of_order.clone());
        // To tell all people apart takes as long as to take in much.
        let deadline = self.config.load_deadline();
        let (keys, identity, of_order) =
            blocking(move || places(keys, count, &before, deadline)).await?;
        let placed = match placed {
            Some(placed)
                if placed.identity != identity || !of_order.starts_with(&placed.of_order) =>
            {
                // People of different shards turned out to be linked. Which rows are whose is
                // known only of the newest loads, so all is read again.
                drop((keys, placed));
                let loads = self.store.loads_after(shop, 0).await?;
                let anew = self.sharded(shop, Sharded::default(), loads, Need::Answers, last_seq);
                return Box::pin(anew).await;
            }
            Some(placed) => placed,
            None => {
                let mut settings = Box::new(self.shop(shop).await?.settings);
                settings.identity = identity;
                let engine = self.engine.clone();
                let shards = move || Shards::new(&engine, settings, count, deadline);
                Placed {
                    shards: blocking(shards).await?,
                    identity,
                    of_order: Vec::new(),
                    seq: 0,
                }
            }
        };
        let loads = self.store.loads_after(shop, placed.seq).await?;
        let filling = Filling {
            keys: Some(keys),
            placed: Placed {
                of_order,
                seq: last_seq,
                ..placed
            },
            numbers: std::mem::take(&mut sharded.numbers),
            bytes_max: self.config.shop_bytes(),
            deadline: self.config.load_deadline(),
        };
        let (steps, received) = mpsc::channel(2);
        let filled = blocking(move || filling.fill(received));
        let (read, filled) = tokio::join!(read_log(&self.store, loads, steps), filled);
        read?;
        let (keys, placed) = filled?;
        Ok(Sharded {
            keys,
            placed: Some(placed),
            ..Sharded::default()
        })
    }
}

/// The rule of identity and the shard of each order; those of `before` stay where they can.
fn places(
    mut keys: Instance,
    count: u8,
    before: &[u8],
    deadline: Duration,
) -> Result<(Instance, IdentityRule, Vec<u8>), Failure> {
    let frame = keys.call(&Call::Shards { count }, before, deadline)?;
    match frame.reply()? {
        Reply::Answer {
            answer: Answer::Shards(shards),
            ..
        } => Ok((keys, shards.identity, frame.payload().to_vec())),
        other => Err(unexpected(&other)),
    }
}

/// Shards on their way to the log's end, and the keys that led them.
struct Filling {
    keys: Option<Instance>,
    placed: Placed,
    numbers: Vec<Numbers>,
    bytes_max: usize,
    deadline: Duration,
}

impl Filling {
    fn fill(
        mut self,
        mut steps: mpsc::Receiver<Step>,
    ) -> Result<(Option<Instance>, Placed), Failure> {
        let mut hints = self.row_counts();
        let mut following = steps.blocking_recv();
        while let Some(step) = following {
            following = steps.blocking_recv();
            let after = following.as_ref().map(|step| (step.seq, step.batch.kind));
            let more = after == Some((step.seq, step.batch.kind));
            let shards = self.shards_of(&step)?;
            let batch = step.batch.unpack()?;
            let load = load_of(&batch, more);
            let rows = (batch.body.as_slice(), shards.as_slice());
            let shards = &mut self.placed.shards;
            shards
                .take_in(&load, rows, &hints, self.deadline)
                .map_err(no_longer_read)?;
            hints.clear();
            let keys = self.keys.as_ref().map_or(0, Instance::memory_bytes);
            if keys + shards.memory_bytes() > self.bytes_max {
                self.keys = None;
            }
        }
        Ok((self.keys, self.placed))
    }

    /// The shard of each row of a batch. Their orders' numbers are needed no more after it.
    fn shards_of(&mut self, step: &Step) -> Result<Vec<u8>, Failure> {
        let load = self.numbers.iter_mut().find(|load| load.seq == step.seq);
        let numbers = load.and_then(|load| load.parts.get_mut(step.part));
        let numbers = numbers.ok_or_else(|| {
            Failure::Broken(anyhow!("the log has a batch that the keys have not seen"))
        })?;
        Ok(shards_of(&std::mem::take(numbers), &self.placed.of_order))
    }

    /// How many rows fall to each shard.
    fn row_counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.placed.shards.count()];
        let parts = self.numbers.iter().flat_map(|load| &load.parts);
        for number in parts.flatten() {
            let shard = self.placed.of_order.get(*number as usize);
            if let Some(count) = shard.and_then(|shard| counts.get_mut(usize::from(*shard))) {
                *count += 1;
            }
        }
        counts
    }
}
