//! Brings what holds a shop up to the log: from nothing, or from where it stands.

use std::time::Duration;

use anyhow::anyhow;
use okaeri_protocol::request::{Call, Load};
use tokio::sync::mpsc;

use super::{App, blocking};
use crate::engine::Instance;
use crate::engine::sharded::{self, Numbers};
use crate::engine::warm::{Held, Holds, Resident};
use crate::facts::{Batch, Kind};
use crate::failure::Failure;
use crate::store::{LoadRow, Packed, Store};

/// What a shop must be ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// A question about orders, or a plan.
    Answers,
    /// A question about contacts alone.
    Contacts,
    /// New facts.
    Facts,
}

/// A batch of the log, and its load.
pub(super) struct Step {
    pub seq: i64,
    pub part: usize,
    /// Rows of the whole load.
    pub rows: u64,
    pub batch: Packed,
}

impl App {
    /// The turn of a shop, whose instances have then seen all of the log that is needed.
    pub(super) async fn ready(&self, shop: &str, need: Need) -> Result<Held, Failure> {
        let mut place = self.warm.turn(shop).await;
        let head = self
            .store
            .head(shop)
            .await?
            .ok_or_else(|| Failure::NoShop(shop.to_owned()))?;
        let is_half = std::mem::take(&mut place.loading);
        let known = place.resident.take();
        let known = known.filter(|known| !is_half && known.version == head.version);
        let mut resident = match known {
            Some(known) => known,
            None => Resident {
                holds: Holds::Whole(self.instance(shop).await?),
                version: head.version,
                seq: 0,
                rows: 0,
            },
        };
        let mut loads = Vec::new();
        if resident.seq < head.last_seq {
            loads = self.store.loads_after(shop, resident.seq).await?;
        }
        let rows = resident.rows + loads.iter().map(|load| load.rows).sum::<u64>();
        if matches!(resident.holds, Holds::Whole(_)) && self.config.is_large(rows) {
            resident.holds = Holds::Sharded(Box::default());
            resident.seq = 0;
            loads = self.store.loads_after(shop, 0).await?;
        }
        resident.rows = rows;
        resident.seq = head.last_seq;
        resident.holds = match resident.holds {
            Holds::Whole(instance) if loads.is_empty() => Holds::Whole(instance),
            Holds::Whole(instance) => Holds::Whole(self.replay(instance, loads).await?),
            Holds::Sharded(sharded) => {
                let sharded = self.sharded(shop, *sharded, loads, need, head.last_seq);
                Holds::Sharded(Box::new(sharded.await?))
            }
        };
        place.resident = Some(resident);
        self.weigh(shop, &place);
        Ok(place)
    }

    /// An instance without facts under the shop's settings.
    pub(super) async fn instance(&self, shop: &str) -> Result<Instance, Failure> {
        let settings = self.shop(shop).await?.settings;
        let engine = self.engine.clone();
        let deadline = self.config.ask_deadline();
        blocking(move || engine.configured(&settings, deadline)).await
    }

    /// Loads what the log has more. The database is read while the module works.
    async fn replay(&self, instance: Instance, loads: Vec<LoadRow>) -> Result<Instance, Failure> {
        let (steps, received) = mpsc::channel(2);
        let deadline = self.config.load_deadline();
        let loading = blocking(move || {
            let mut instance = instance;
            take_in(&mut instance, received, None, deadline, None)?;
            Ok(instance)
        });
        let (read, instance) = tokio::join!(read_log(&self.store, loads, steps), loading);
        read?;
        instance
    }

    /// Loads the keys of what the log has more, and of the first `staged` parts of a load that
    /// is under way and goes on with a batch of `next`.
    pub(super) async fn replay_keys(
        &self,
        keys: Instance,
        loads: Vec<LoadRow>,
        staged: Option<(LoadRow, usize, Kind)>,
    ) -> Result<(Instance, Vec<Numbers>), Failure> {
        let (steps, received) = mpsc::channel(2);
        let deadline = self.config.load_deadline();
        let next = staged.as_ref().map(|(load, _, next)| (load.seq, *next));
        let loading = blocking(move || {
            let (mut keys, mut numbers) = (keys, Vec::new());
            take_in(&mut keys, received, next, deadline, Some(&mut numbers))?;
            Ok((keys, numbers))
        });
        let reading = async {
            read_log(&self.store, loads, steps.clone()).await?;
            if let Some((load, parts, _)) = staged {
                read_parts(&self.store, &load, parts, &steps).await?;
            }
            drop(steps);
            Ok::<(), Failure>(())
        };
        let (read, loaded) = tokio::join!(reading, loading);
        read?;
        loaded
    }
}

/// Sends the batches of `loads` in order. Ends early when nobody takes them any more.
pub(super) async fn read_log(
    store: &Store,
    loads: Vec<LoadRow>,
    steps: mpsc::Sender<Step>,
) -> Result<(), Failure> {
    for load in loads {
        if !read_parts(store, &load, usize::MAX, &steps).await? {
            break;
        }
    }
    Ok(())
}

/// Sends the first parts of a load. False when nobody takes them any more.
async fn read_parts(
    store: &Store,
    load: &LoadRow,
    parts: usize,
    steps: &mpsc::Sender<Step>,
) -> Result<bool, Failure> {
    for part in 0..parts {
        let Some(batch) = store.batch(&load.id, part as i64).await? else {
            break;
        };
        let step = Step {
            seq: load.seq,
            part,
            rows: load.rows,
            batch,
        };
        if steps.send(step).await.is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes in the steps; with `numbers`, their keys alone. The load `next` goes on after them with
/// a batch of that kind.
fn take_in(
    instance: &mut Instance,
    mut steps: mpsc::Receiver<Step>,
    next: Option<(i64, Kind)>,
    deadline: Duration,
    mut numbers: Option<&mut Vec<Numbers>>,
) -> Result<(), Failure> {
    let mut begun = false;
    let mut following = steps.blocking_recv();
    while let Some(step) = following {
        following = steps.blocking_recv();
        let after = following.as_ref().map(|step| (step.seq, step.batch.kind));
        let more = after.or(next) == Some((step.seq, step.batch.kind));
        let batch = step.batch.unpack()?;
        let mut load = load_of(&batch, more);
        load.lines_hint = (!begun).then_some(step.rows);
        load.keys = numbers.is_some();
        begun = more;
        let frame = instance
            .call(&Call::Load(load), &batch.body, deadline)
            .map_err(no_longer_read)?;
        if let Some(numbers) = &mut numbers {
            if numbers.last().is_none_or(|load| load.seq != step.seq) {
                numbers.push(Numbers {
                    seq: step.seq,
                    parts: Vec::new(),
                });
            }
            if let Some(load) = numbers.last_mut() {
                load.parts.push(sharded::numbers(frame.payload()));
            }
        }
    }
    Ok(())
}

/// What was taken in once is refused no more.
pub(super) fn no_longer_read(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(error) => Failure::Broken(
            anyhow!("{}", error.message)
                .context("the module no longer reads what it took in before"),
        ),
        other => other,
    }
}

/// The call that takes in one batch.
pub(super) fn load_of(batch: &Batch, more: bool) -> Load {
    Load {
        format: batch.kind.format(),
        more,
        ..Load::default()
    }
}
