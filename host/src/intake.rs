//! A cart's file → facts → batches → a load.
//!
//! The file is read on a thread of its own, while the module takes in what was read before.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use okaeri_carts::{ReadError, ReadOptions, ReadReport};
use okaeri_protocol::answer::{CallError, Loaded};
use tokio::sync::mpsc;

use crate::app::Load;
use crate::facts::{Batch, Gathering, SourceRows};
use crate::failure::Failure;

/// Batches that wait for the module at most.
const WAITING: usize = 2;
/// Refused rows that are listed at most.
const REJECTED_MAX: usize = 1000;

/// Input without its compression, if it has one. Gzip is told by its first bytes.
///
/// # Errors
/// When the input cannot be read.
pub fn unpacked(input: impl Read + Send + 'static) -> std::io::Result<Box<dyn Read + Send>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    Ok(match input.fill_buf()? {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(input)),
        _ => Box::new(input),
    })
}

/// Reads a file into a load and completes it.
///
/// # Errors
/// [`Failure::Refused`] when the file cannot be read; nothing of it was then added.
pub async fn take_in(
    mut load: Load,
    input: impl Read + Send + 'static,
    options: ReadOptions,
) -> Result<Loaded, Failure> {
    let (batches, mut received) = mpsc::channel(WAITING);
    let reading = tokio::task::spawn_blocking(move || read(input, &options, &batches));
    while let Some(batch) = received.recv().await {
        load.push(batch).await?;
    }
    let (report, source) = reading
        .await
        .map_err(|error| Failure::Broken(error.into()))??;
    let mut loaded = load.finish().await?;
    loaded.format = report.format;
    loaded.rows = report.rows;
    loaded.unread = report.unread;
    loaded.rejected_count += report.rejected_count;
    // The module counts the rows of its batches, and knows their columns by our names.
    for rejected in &mut loaded.rejected {
        rejected.row = source.of(rejected.row);
        if let Some(name) = report.columns.get(rejected.column.as_str()) {
            rejected.column.clone_from(name);
        }
    }
    loaded.rejected.extend(report.rejected);
    loaded.rejected.sort_by_key(|rejected| rejected.row);
    loaded.rejected.truncate(REJECTED_MAX);
    Ok(loaded)
}

fn read(
    input: impl Read,
    options: &ReadOptions,
    batches: &mpsc::Sender<Batch>,
) -> Result<(ReadReport, SourceRows), Failure> {
    let mut gathering = Gathering::default();
    let mut broken = None;
    // Nobody takes batches any more when the load has failed: it tells why.
    let mut hand_over = |batch| drop(batches.blocking_send(batch));
    let report = okaeri_carts::read(input, options, &mut |found| match gathering.push(found) {
        Ok(full) => full.into_iter().for_each(&mut hand_over),
        Err(error) => broken = Some(error),
    });
    let report = report.map_err(|error| unreadable(&error))?;
    if let Some(error) = broken {
        return Err(error.into());
    }
    let (last, source) = gathering.finish()?;
    last.into_iter().for_each(hand_over);
    Ok((report, source))
}

fn unreadable(error: &ReadError) -> Failure {
    let (code, message) = (error.code(), error.to_string());
    Failure::Refused(CallError {
        code,
        message,
        at: None,
        ..CallError::default()
    })
}
