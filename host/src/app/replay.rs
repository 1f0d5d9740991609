//! Brings a shop's instance up to the log: from nothing, or from where it stands.

use std::time::Duration;

use anyhow::anyhow;
use okaeri_protocol::request::{Call, Load};
use tokio::sync::mpsc;

use super::{App, blocking};
use crate::engine::Instance;
use crate::engine::warm::{Held, Resident};
use crate::facts::Batch;
use crate::failure::Failure;
use crate::store::{LoadRow, Packed, Store};

/// A batch of the log, and its load.
struct Step {
    seq: i64,
    /// Rows of the whole load.
    rows: u64,
    batch: Packed,
}

impl App {
    /// The turn of a shop, with an instance that has seen the whole log.
    pub(super) async fn ready(&self, shop: &str) -> Result<Held, Failure> {
        let mut place = self.warm.turn(shop).await;
        let head = self
            .store
            .head(shop)
            .await?
            .ok_or_else(|| Failure::NoShop(shop.to_owned()))?;
        if std::mem::take(&mut place.loading)
            || place
                .resident
                .as_ref()
                .is_some_and(|resident| resident.version != head.version)
        {
            place.resident = None;
        }
        if place.resident.is_none() {
            let settings = Box::new(self.shop(shop).await?.settings);
            let engine = self.engine.clone();
            let deadline = self.config.ask_deadline();
            let instance = blocking(move || {
                let mut instance = engine.instance()?;
                instance.call(&Call::Configure { settings }, &[], deadline)?;
                Ok(instance)
            });
            let instance = instance.await?;
            place.resident = Some(Resident {
                instance,
                version: head.version,
                seq: 0,
            });
        }
        let seq = place.resident.as_ref().map_or(0, |resident| resident.seq);
        if seq < head.last_seq {
            let loads = self.store.loads_after(shop, seq).await?;
            place = self.replay(place, loads).await?;
            self.weigh(shop, &place);
        }
        Ok(place)
    }

    /// Loads what the log has more. The database is read while the module works.
    async fn replay(&self, mut place: Held, loads: Vec<LoadRow>) -> Result<Held, Failure> {
        let Some(mut resident) = place.resident.take() else {
            return Err(Failure::Broken(anyhow!(
                "the shop's instance is gone: ask again"
            )));
        };
        let newest = loads.last().map_or(resident.seq, |load| load.seq);
        let (steps, received) = mpsc::channel(2);
        let deadline = self.config.load_deadline();
        let loading = blocking(move || {
            take_in(&mut resident.instance, received, deadline)?;
            resident.seq = newest;
            Ok(resident)
        });
        let (read, resident) = tokio::join!(read_log(&self.store, loads, steps), loading);
        read?;
        place.resident = Some(resident?);
        Ok(place)
    }
}

/// Sends the batches of `loads` in order. Ends early when nobody takes them any more.
async fn read_log(
    store: &Store,
    loads: Vec<LoadRow>,
    steps: mpsc::Sender<Step>,
) -> Result<(), Failure> {
    for load in loads {
        for part in 0.. {
            let Some(batch) = store.batch(&load.id, part).await? else {
                break;
            };
            let step = Step {
                seq: load.seq,
                rows: load.rows,
                batch,
            };
            if steps.send(step).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn take_in(
    instance: &mut Instance,
    mut steps: mpsc::Receiver<Step>,
    deadline: Duration,
) -> Result<(), Failure> {
    let mut next = steps.blocking_recv();
    let mut begun = false;
    while let Some(step) = next {
        next = steps.blocking_recv();
        let more = next
            .as_ref()
            .is_some_and(|next| next.seq == step.seq && next.batch.kind == step.batch.kind);
        let batch = step.batch.unpack()?;
        let hint = (!begun).then_some(step.rows);
        let call = load_call(&batch, more, hint);
        begun = more;
        match instance.call(&call, &batch.body, deadline) {
            Err(Failure::Refused(error)) => {
                return Err(Failure::Broken(
                    anyhow!("{}", error.message)
                        .context("the module no longer reads what it took in before"),
                ));
            }
            other => other.map(|_| ())?,
        }
    }
    Ok(())
}

/// The call that takes in one batch. `hint` is given with the first of a load.
pub(super) fn load_call(batch: &Batch, more: bool, hint: Option<u64>) -> Call {
    Call::Load(Load {
        format: batch.kind.format(),
        more,
        lines_hint: hint,
        ..Load::default()
    })
}
