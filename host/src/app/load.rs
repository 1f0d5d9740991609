//! Facts on their way in: the module first, then the log, then the acknowledgement.

use std::sync::Arc;
use std::time::Duration;

use okaeri_protocol::answer::{Answer, Loaded, Rejected, Reply};
use okaeri_protocol::request::{Call, Load as LoadCall};

use super::replay::load_of;
use super::{App, blocking, drop_broken, gone, unexpected};
use crate::engine::sharded::{self, Numbers};
use crate::engine::warm::{Held, Holds};
use crate::engine::{Frame, Sharded};
use crate::facts::{Batch, Kind};
use crate::failure::Failure;
use crate::store::{LoadNote, LoadRow, Packed};

/// As many refused rows as one load of the module lists.
const REJECTED_MAX: usize = 1000;

/// A load under way. Dropped before its end, it leaves nothing behind: the log has no such load,
/// and the shop's instance, which has half of it, is made anew.
pub struct Load {
    app: App,
    note: LoadNote,
    /// Gone after a failure.
    place: Option<Held>,
    part: i64,
    /// Waits, because the module must be told with each batch whether more follow.
    pending: Option<Arc<Batch>>,
    total: Loaded,
    /// Of a large shop, the order of each row of each part.
    numbers: Vec<Vec<u32>>,
}

impl Load {
    pub(super) fn new(app: App, note: LoadNote, mut place: Held) -> Load {
        place.loading = true;
        Load {
            app,
            note,
            place: Some(place),
            part: 0,
            pending: None,
            total: Loaded::default(),
            numbers: Vec::new(),
        }
    }

    /// Adds a batch.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the module cannot read it; the load is then over.
    pub async fn push(&mut self, batch: Batch) -> Result<(), Failure> {
        self.note.rows += batch.rows;
        self.note.orders += batch.orders;
        let batch = Arc::new(batch);
        let Some(before) = self.pending.replace(Arc::clone(&batch)) else {
            return Ok(());
        };
        let more = before.kind == batch.kind;
        let packed = self.give(before, more).await?;
        self.app.store.stage(&self.note, self.part, &packed).await?;
        self.part += 1;
        self.grow(batch.kind).await
    }

    /// Puts the shop on several instances when it has become too large for one. `next` is what
    /// the load goes on with.
    async fn grow(&mut self, next: Kind) -> Result<(), Failure> {
        let resident = self
            .place
            .as_ref()
            .and_then(|place| place.resident.as_ref());
        let is_too_large = resident.is_some_and(|resident| {
            matches!(resident.holds, Holds::Whole(_))
                && self.app.config.is_large(resident.rows + self.note.rows)
        });
        if !is_too_large {
            return Ok(());
        }
        let Some(mut place) = self.place.take() else {
            return Ok(());
        };
        let Some(mut resident) = place.resident.take() else {
            return Ok(());
        };
        let shop = &self.note.shop;
        // The instance is dropped first: there may be no room for both.
        resident.holds = Holds::Sharded(Box::default());
        let mut loads = self.app.store.loads_after(shop, 0).await?;
        loads.retain(|load| load.seq <= resident.seq);
        let staged = LoadRow {
            seq: i64::MAX,
            id: self.note.id.clone(),
            source: self.note.source.clone(),
            rows: self.note.rows,
            orders: self.note.orders,
            received_at: self.note.received_at,
        };
        let parts = usize::try_from(self.part).unwrap_or_default();
        let keys = self.app.instance(shop).await?;
        let staged = Some((staged, parts, next));
        let (keys, mut numbers) = self.app.replay_keys(keys, loads, staged).await?;
        if let Some(ours) = numbers.pop_if(|load| load.seq == i64::MAX) {
            self.numbers = ours.parts;
        }
        resident.holds = Holds::Sharded(Box::new(Sharded {
            keys: Some(keys),
            numbers,
            ..Sharded::default()
        }));
        place.resident = Some(resident);
        self.place = Some(place);
        Ok(())
    }

    /// Completes the load: what it brought is now in the log. A load that brought nothing is not
    /// kept. Mails that wait for somebody who withdrew consent by it are ended.
    ///
    /// # Errors
    /// As [`Failure`] says; nothing was then added.
    pub async fn finish(mut self) -> Result<Loaded, Failure> {
        if let Some(last) = self.pending.take() {
            let packed = self.give(last, false).await?;
            let kept = self.total.orders + self.total.others > 0;
            // Of a stream that came whole only the module knows how much is in it.
            self.note.rows = self.note.rows.max(self.total.rows);
            self.note.orders = self.note.orders.max(self.total.orders);
            let seq = match kept {
                true => {
                    self.app
                        .store
                        .commit(&self.note, self.part, &packed)
                        .await?
                }
                false => 0,
            };
            self.settle(kept.then_some(seq));
        } else {
            self.settle(None);
        }
        // The instance is free for the question below.
        drop(self.place.take());
        if let Err(error) = self.app.withhold(&self.note.shop).await {
            // The facts are safe; who sends asks once more before a mail leaves.
            tracing::warn!(%error, "waiting mails are not checked against new facts yet");
        }
        Ok(self.total)
    }

    /// The shop now stands at `seq`, unless another process put a load before this one.
    fn settle(&mut self, seq: Option<i64>) {
        let Some(place) = &mut self.place else { return };
        place.loading = false;
        if let (Some(seq), Some(resident)) = (seq, &mut place.resident) {
            if resident.seq + 1 == seq {
                resident.seq = seq;
                resident.rows += self.note.rows;
                if let Holds::Sharded(sharded) = &mut resident.holds {
                    let parts = std::mem::take(&mut self.numbers);
                    sharded.numbers.push(Numbers { seq, parts });
                }
            } else {
                place.resident = None;
            }
        }
        self.app.weigh(&self.note.shop, place);
    }

    /// Has the module read a batch, and packs it at the same time.
    async fn give(&mut self, batch: Arc<Batch>, more: bool) -> Result<Packed, Failure> {
        let Some(place) = self.place.take() else {
            return Err(Failure::Broken(anyhow::anyhow!("the load is over")));
        };
        let call = load_of(&batch, more);
        let deadline = self.app.config.load_deadline();
        let packing = Arc::clone(&batch);
        let reading = Arc::clone(&batch);
        let (packed, called) = tokio::join!(
            blocking(move || Ok(packing.pack()?)),
            blocking(move || Ok(take_in(place, call, &reading.body, deadline))),
        );
        let (mut place, answer) = called?;
        // What the module refuses changes nothing in it.
        place.loading = self.part > 0 || !matches!(answer, Err(Failure::Refused(_)));
        let frame = answer?;
        let loaded = match frame.reply()? {
            Reply::Answer {
                answer: Answer::Loaded(loaded),
                ..
            } => loaded,
            other => return Err(unexpected(&other)),
        };
        if is_sharded(&place) {
            self.numbers.push(sharded::numbers(frame.payload()));
        }
        self.place = Some(place);
        let mut packed = packed?;
        if batch.rows == 0 {
            // Nobody but the module has counted them.
            packed.rows = loaded.rows;
            packed.orders = loaded.orders;
            self.note.rows += loaded.rows;
            self.note.orders += loaded.orders;
        }
        if !more {
            add(&mut self.total, loaded);
        }
        Ok(packed)
    }
}

fn is_sharded(place: &Held) -> bool {
    let resident = place.resident.as_ref();
    resident.is_some_and(|resident| matches!(resident.holds, Holds::Sharded(_)))
}

/// One batch into what takes in a shop's facts. An instance whose call was cut off is dropped.
fn take_in(
    mut place: Held,
    mut load: LoadCall,
    body: &[u8],
    deadline: Duration,
) -> (Held, Result<Frame, Failure>) {
    load.keys = is_sharded(&place);
    let instance = match place.resident.as_mut().map(|resident| &mut resident.holds) {
        Some(Holds::Whole(instance)) => Some(instance),
        Some(Holds::Sharded(sharded)) => sharded.keys.as_mut(),
        None => None,
    };
    let answer = match instance {
        Some(instance) => instance.call(&Call::Load(load), body, deadline),
        None => Err(gone()),
    };
    drop_broken(&mut place, &answer);
    (place, answer)
}

/// Adds what became of one load of the module to the sum of all.
fn add(total: &mut Loaded, loaded: Loaded) {
    if total.format.is_empty() {
        total.format = loaded.format;
    }
    if total.unread.is_empty() {
        total.unread = loaded.unread;
    }
    let before = total.rows;
    total.rows += loaded.rows;
    total.orders += loaded.orders;
    total.lines += loaded.lines;
    total.others += loaded.others;
    total.contracts += loaded.contracts;
    total.events += loaded.events;
    total.replaced += loaded.replaced;
    total.stale += loaded.stale;
    total.rejected_count += loaded.rejected_count;
    let room = REJECTED_MAX.saturating_sub(total.rejected.len());
    total
        .rejected
        .extend(loaded.rejected.into_iter().take(room).map(|row| Rejected {
            row: row.row + before,
            ..row
        }));
}
