//! Facts on their way in: the module first, then the log, then the acknowledgement.

use std::sync::Arc;

use okaeri_protocol::answer::{Answer, Loaded, Reply};

use super::replay::load_call;
use super::{App, blocking, call_in, unexpected};
use crate::engine::warm::Held;
use crate::facts::Batch;
use crate::failure::Failure;
use crate::store::{LoadNote, Packed};

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

    /// The instance now stands at `seq`, unless another process put a load before this one.
    fn settle(&mut self, seq: Option<i64>) {
        let Some(place) = &mut self.place else { return };
        place.loading = false;
        if let (Some(seq), Some(resident)) = (seq, &mut place.resident) {
            if resident.seq + 1 == seq {
                resident.seq = seq;
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
        let call = load_call(&batch, more, None);
        let deadline = self.app.config.load_deadline();
        let packing = Arc::clone(&batch);
        let (packed, called) = tokio::join!(
            blocking(move || Ok(packing.pack()?)),
            blocking(move || Ok(call_in(place, &call, &batch.body, deadline))),
        );
        let (mut place, answer) = called?;
        // What the module refuses changes nothing in it.
        place.loading = self.part > 0 || !matches!(answer, Err(Failure::Refused(_)));
        let loaded = match answer?.reply()? {
            Reply::Answer {
                answer: Answer::Loaded(loaded),
                ..
            } => loaded,
            other => return Err(unexpected(&other)),
        };
        self.place = Some(place);
        if !more {
            add(&mut self.total, loaded);
        }
        packed
    }
}

/// Adds what became of one load of the module to the sum of all.
fn add(total: &mut Loaded, loaded: Loaded) {
    if total.format.is_empty() {
        total.format = loaded.format;
    }
    if total.unread.is_empty() {
        total.unread = loaded.unread;
    }
    total.rows += loaded.rows;
    total.orders += loaded.orders;
    total.lines += loaded.lines;
    total.others += loaded.others;
    total.replaced += loaded.replaced;
    total.stale += loaded.stale;
    total.rejected_count += loaded.rejected_count;
    let room = REJECTED_MAX.saturating_sub(total.rejected.len());
    total
        .rejected
        .extend(loaded.rejected.into_iter().take(room));
}
