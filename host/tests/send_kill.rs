//! The real program against a real SMTP conversation, killed again and again.
//!
//! Whatever the moment, nobody gets two mails, and of each mail it is known what became of it or
//! it is listed, with its Message-ID, as one of which nobody knows.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod send_support;

use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::time::Duration;

use send_support::{Shop, Sink, succeeds};

const MAILS: usize = 1000;
const KILLS: usize = 20;
const IN_FLIGHT: usize = 8;

fn resume(shop: &Shop, sink: &Sink) -> Command {
    let mut command = shop.okaeri(&["send", "--shop", "sato", "--campaign", "spring", "--resume"]);
    command.args(["--smtp", &sink.url, "--in-flight", &IN_FLIGHT.to_string()]);
    command
}

fn people(sink: &Sink) -> (usize, usize) {
    let received = sink.received();
    let people: HashSet<&str> = received.iter().map(|mail| mail.to.as_str()).collect();
    (received.len(), people.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_during_a_thousand_mails_reach_nobody_twice() {
    let sink = Sink::start(Duration::from_millis(4)).await;
    let shop = Shop::with_campaign("spring", MAILS).await;
    for kill in 0..KILLS {
        let mut running = resume(&shop, &sink).stdout(Stdio::null()).spawn().unwrap();
        // The kill falls while mails are on the wire, after 5 to 40 more have arrived.
        sink.wait_for_more(5 + kill * 13 % 36, &mut running).await;
        running.kill().unwrap();
        running.wait().unwrap();
    }
    let last = resume(&shop, &sink).output().unwrap();
    succeeds(&last);

    let (mails, persons) = people(&sink);
    assert_eq!(mails, persons, "somebody got two mails");
    let done = shop.count("done").await;
    let unknown: HashSet<String> = shop.unknown("spring").into_iter().collect();
    assert_eq!(done + unknown.len(), MAILS, "every mail is accounted for");
    assert!(
        !unknown.is_empty(),
        "no kill fell between handing over and the reply"
    );
    assert!(
        unknown.len() <= KILLS * IN_FLIGHT,
        "{} unknown",
        unknown.len()
    );
    let received = sink.received();
    let arrived = received
        .iter()
        .filter(|mail| unknown.contains(&mail.message_id))
        .count();
    assert_eq!(mails, done + arrived, "what is done has arrived");
    println!(
        "{KILLS} kills: {done} done, {} unknown, {arrived} of them arrived",
        unknown.len()
    );

    // The relay's record tells the rest, and then nobody is forgotten either.
    let log = shop.folder.path().join("relay.log");
    let lines = received
        .iter()
        .map(|mail| format!("cleanup: message-id=<{}>\n", mail.message_id));
    std::fs::write(&log, lines.collect::<String>()).unwrap();
    let mut resolve = shop.okaeri(&["send", "resolve", "--shop", "sato", "--complete"]);
    succeeds(&resolve.arg("--from-log").arg(&log).output().unwrap());
    succeeds(&resume(&shop, &sink).output().unwrap());
    assert_eq!(people(&sink), (MAILS, MAILS), "all of them, once");
    assert_eq!(shop.count("done").await, MAILS);
}
