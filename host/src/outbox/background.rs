//! The outbox's part of a running server: delivers what is due and tells the shops' logs of it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::deliver::{Done, Until, Worker};
use super::tell::tell;
use crate::app::App;
use crate::deliver::MailArgs;
use crate::deliver::smtp::Smtp;
use crate::store::Lot;

const TELL_EVERY: Duration = Duration::from_secs(1);
const TELL_AGAIN: Duration = Duration::from_secs(10);

/// Runs until `stop` says true; without a relay, mails stay in the outbox. Mails on the wire are
/// waited for.
pub async fn run(app: App, mail: MailArgs, stop: watch::Receiver<bool>) {
    let mut told = stop.clone();
    let telling = async {
        loop {
            let pause = match tell(&app).await {
                Ok(_) => TELL_EVERY,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot tell the log; trying again");
                    TELL_AGAIN
                }
            };
            tokio::select! {
                () = sleep(pause) => {}
                _ = told.wait_for(|stop| *stop) => break,
            }
        }
    };
    let delivering = async {
        let Some(relay) = mail.smtp else { return };
        let worker = Worker {
            store: app.store.clone(),
            clock: app.clock,
            smtp: Smtp::new(relay),
            in_flight: mail.in_flight.get(),
        };
        worker
            .run(
                &Lot::default(),
                Until::Told,
                &Arc::new(Done::default()),
                stop,
            )
            .await;
    };
    tokio::join!(telling, delivering);
}
