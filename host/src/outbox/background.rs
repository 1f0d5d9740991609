//! What a running server does by itself: delivers what is due, tells the shops' logs of it, ends
//! what waits for those who withdrew consent meanwhile, and counts saved segments once a day.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::deliver::{Done, Until, Worker};
use super::tell::tell;
use crate::app::App;
use crate::app::segments::Passed;
use crate::deliver::MailArgs;
use crate::deliver::smtp::Smtp;
use crate::failure::Failure;
use crate::store::Lot;

const TELL_EVERY: Duration = Duration::from_secs(1);
const TELL_AGAIN: Duration = Duration::from_secs(10);
/// Whoever takes facts in checks the mails that wait: this is for a program that died between.
const CHECK_EVERY: Duration = Duration::from_secs(60);
/// A shop's day begins in the middle of another's.
const COUNT_EVERY: Duration = Duration::from_secs(60);
const COUNT_AGAIN: Duration = Duration::from_secs(600);

/// Runs until `stop` says true; without a relay, mails stay in the outbox. Mails on the wire are
/// waited for.
pub async fn run(app: App, mail: MailArgs, stop: watch::Receiver<bool>) {
    let mut checked = BTreeMap::new();
    // Before the first mail leaves, and then beside it.
    check(&app, &mut checked).await;
    let telling = async {
        let mut stop = stop.clone();
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
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
    };
    let checking = async {
        let mut stop = stop.clone();
        loop {
            tokio::select! {
                () = sleep(CHECK_EVERY) => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
            check(&app, &mut checked).await;
        }
    };
    let counting = async {
        let mut stop = stop.clone();
        let mut passed = Passed::default();
        let mut pause = COUNT_EVERY;
        let mut count = async || -> () {
            loop {
                sleep(pause).await;
                pause = match app.count_segments(&mut passed).await {
                    Ok(_) => COUNT_EVERY,
                    Err(error) => {
                        tracing::warn!(%error, "a shop's segments cannot be counted; trying again");
                        COUNT_AGAIN
                    }
                };
            }
        };
        tokio::select! {
            () = count() => {}
            _ = stop.wait_for(|stop| *stop) => {}
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
        let (done, stop) = (Arc::new(Done::default()), stop.clone());
        worker.run(&Lot::default(), Until::Told, &done, stop).await;
    };
    tokio::join!(telling, checking, counting, delivering);
}

/// Checks the mails that wait in shops whose log has grown since they were `checked`.
async fn check(app: &App, checked: &mut BTreeMap<String, i64>) {
    let mut check = async || -> Result<(), Failure> {
        for (shop, seq) in app.store.waiting_shops().await? {
            if checked.get(&shop) != Some(&seq) {
                app.withhold(&shop).await?;
                checked.insert(shop, seq);
            }
        }
        Ok(())
    };
    if let Err(error) = check().await {
        tracing::warn!(%error, "waiting mails cannot be checked against new facts; trying again");
    }
}
