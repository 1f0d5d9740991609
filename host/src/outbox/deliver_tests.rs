use std::collections::HashMap;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::clock::Clock;
use crate::outbox::EXPIRES_MILLIS;
use crate::outbox::tests::{enqueue, file_store, lot, state};
use crate::store::{Page, Suppression};

/// Recipient and text of each mail.
type Accepted = std::sync::Mutex<Vec<(String, Vec<u8>)>>;

/// A relay that does to each recipient what the local part of the address says.
pub struct Relay {
    pub url: String,
    accepted: Arc<Accepted>,
}

impl Relay {
    pub async fn start() -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let relay = Relay {
            url,
            accepted: Arc::default(),
        };
        let accepted = Arc::clone(&relay.accepted);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let accepted = Arc::clone(&accepted);
                // A client that goes away ends the conversation.
                tokio::spawn(async move { converse(stream, &accepted).await.ok() });
            }
        });
        relay
    }

    /// How often each recipient's mail was accepted.
    pub fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for (to, _) in self.accepted.lock().unwrap().iter() {
            *counts.entry(to.clone()).or_default() += 1;
        }
        counts
    }
}

async fn converse(stream: TcpStream, accepted: &Accepted) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut to, mut does, mut line) = (String::new(), String::new(), String::new());
    stream.get_mut().write_all(b"220 relay\r\n").await?;
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line
            .split([' ', '\r'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if verb == "RCPT" {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            does = to.split('@').next().unwrap_or_default().to_owned();
        }
        let usual = match verb.as_str() {
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            "EHLO" => "250-relay\r\n250 8BITMIME",
            _ => "250 ok",
        };
        let step = format!("{}-", verb.to_lowercase());
        match does.strip_prefix(&step) {
            Some("drop") => return Ok(()),
            Some("half") => return stream.get_mut().write_all(b"25").await,
            Some("gone") => {
                stream
                    .get_mut()
                    .write_all(b"550 5.1.1 no such user\r\n")
                    .await?;
            }
            Some(code) => {
                stream
                    .get_mut()
                    .write_all(format!("{code} as told\r\n").as_bytes())
                    .await?;
                if code == "421" {
                    return Ok(());
                }
                continue;
            }
            None => {
                stream
                    .get_mut()
                    .write_all(format!("{usual}\r\n").as_bytes())
                    .await?;
            }
        }
        if verb == "QUIT" {
            return Ok(());
        }
        if verb != "DATA" || does.starts_with("data-") {
            continue;
        }
        if does == "text-drop" {
            let _ = stream.read_u8().await?;
            return Ok(());
        }
        let mut text = Vec::new();
        while !text.ends_with(b"\r\n.\r\n") {
            if stream.read_until(b'\n', &mut text).await? == 0 {
                return Ok(());
            }
        }
        match does.strip_prefix("dot-") {
            Some("drop") => return Ok(()),
            Some("lost") => {
                accepted.lock().unwrap().push((to.clone(), text));
                return Ok(());
            }
            Some(code) => {
                stream
                    .get_mut()
                    .write_all(format!("{code} as told\r\n").as_bytes())
                    .await?;
            }
            None => {
                accepted.lock().unwrap().push((to.clone(), text));
                stream
                    .get_mut()
                    .write_all(b"250 2.0.0 queued as 7\r\n")
                    .await?;
            }
        }
    }
}

fn worker(store: &Store, url: &str) -> Worker {
    let smtp = Smtp::new(url.parse().unwrap());
    Worker {
        store: store.clone(),
        clock: Clock::System,
        smtp,
        in_flight: 4,
    }
}

/// Delivers until the queue is empty, with retries falling due at once.
async fn drain(worker: &Worker, campaign: &str) -> (Ended, Arc<Done>) {
    let (_stop, stopped) = watch::channel(false);
    let done = Arc::new(Done::default());
    (
        worker
            .run(&lot(campaign), Until::Drained, &done, stopped)
            .await,
        done,
    )
}

async fn queue(campaign: &str, addresses: &[&str]) -> (Store, TempDir) {
    let (store, folder) = file_store().await;
    let now = Clock::System.millis();
    enqueue(&store, campaign, addresses, now, now + EXPIRES_MILLIS).await;
    (store, folder)
}

#[tokio::test]
async fn each_reply_is_classified() {
    // What the relay does, and what is then known. A put-off of the first time is retried within
    // five seconds, so those that are put off for ever are looked at after their first attempt.
    let table = [
        ("ok", "done"),
        ("rcpt-550", "failed smtp_550"),
        ("rcpt-gone", "failed no_mailbox"),
        ("data-554", "failed smtp_554"),
        ("dot-552", "failed smtp_552"),
        ("dot-drop", "unknown no_reply"),
        ("dot-lost", "unknown no_reply"),
        ("text-drop", "unknown no_reply"),
        ("rcpt-450", "queued smtp_450"),
        ("rcpt-421", "queued smtp_421"),
        ("data-451", "queued smtp_451"),
        ("dot-452", "queued smtp_452"),
        ("dot-421", "queued smtp_421"),
        ("rcpt-drop", "queued connection_lost"),
        ("rcpt-half", "queued connection_lost"),
        ("data-drop", "queued connection_lost"),
    ];
    let relay = Relay::start().await;
    for (does, expected) in table {
        let address = format!("{does}@x.jp");
        let (store, _folder) = queue("c", &[&address]).await;
        let worker = worker(&store, &relay.url);
        let (stop, stopped) = watch::channel(false);
        let done = Arc::new(Done::default());
        let lot = lot("c");
        let run = worker.run(&lot, Until::Told, &done, stopped);
        let looking = async {
            let ended = |done: &Done| {
                let counters = [&done.delivered, &done.failed, &done.later, &done.unknown];
                counters
                    .iter()
                    .any(|counter| counter.load(Ordering::Relaxed) > 0)
            };
            while !ended(&done) {
                tokio::task::yield_now().await;
            }
            stop.send_replace(true);
        };
        let (ended, ()) = tokio::join!(run, looking);
        assert_eq!(ended, Ended::Stopped);
        assert_eq!(state(&store, "c", &address).await, expected, "{does}");
    }
    let counts = relay.counts();
    assert_eq!(counts.len(), 2, "{counts:?}");
    assert_eq!((counts["ok@x.jp"], counts["dot-lost@x.jp"]), (1, 1));
}

#[tokio::test]
async fn a_relay_that_cannot_be_reached_puts_off() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", closed.local_addr().unwrap());
    drop(closed);
    let smtp = Smtp::new(url.parse().unwrap());
    let refused = smtp.session().offer("a@x.jp", "b@x.jp").await.unwrap_err();
    let Refusal::Later(why) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(why.code, "no_relay");
    assert_eq!(smtp.failures(), 1);
    let bad = smtp
        .session()
        .offer("a@x.jp", "b\r\nRCPT TO:<c@x.jp>")
        .await
        .unwrap_err();
    assert!(matches!(bad, Refusal::Never(_)), "{bad:?}");
}

#[tokio::test]
async fn the_relay_gets_each_mail_once_and_as_it_was_written() {
    let people: Vec<String> = (0..300).map(|n| format!("p{n}@x.jp")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let (store, _folder) = queue("c", &people).await;
    let relay = Relay::start().await;
    let (ended, done) = drain(&worker(&store, &relay.url), "c").await;
    assert_eq!(ended, Ended::Drained);
    assert_eq!(done.delivered.load(Ordering::Relaxed), 300);
    let counts = relay.counts();
    assert_eq!(counts.len(), 300);
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    let rows = store
        .deliveries(
            &lot("c"),
            &Page {
                limit: 999,
                ..Page::default()
            },
        )
        .await
        .unwrap();
    let accepted = relay.accepted.lock().unwrap().clone();
    for row in rows {
        let (_, text) = accepted.iter().find(|(to, _)| *to == row.address).unwrap();
        let expected = format!("Message-ID: <{}>\r\n\r\nhi\r\n\r\n.\r\n", row.message_id);
        assert_eq!(String::from_utf8_lossy(text), expected);
        assert_eq!(row.provider_id.as_deref(), Some("250 2.0.0 queued as 7"));
    }
}

#[tokio::test]
async fn nobody_is_wired_after_they_withdrew() {
    let people: Vec<String> = (0..600).map(|n| format!("p{n}@x.jp")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let (store, _folder) = queue("c", &people).await;
    let relay = Relay::start().await;
    let worker = worker(&store, &relay.url);
    let withdrawing = async {
        let mut too_late = 0;
        let mut withdrawn = Vec::new();
        for at in 0..200 {
            // Scattered over those still waiting and those just being sent.
            let address = people[(at * 7919 + 13) % people.len()];
            let one = Suppression {
                shop: crate::outbox::tests::SHOP.to_owned(),
                channel: "mail".to_owned(),
                address: address.to_owned(),
                at: Clock::System.millis(),
                source: Suppression::UNSUBSCRIBED.to_owned(),
                delivery_key: None,
            };
            store.suppress(&one).await.unwrap();
            match state(&store, "c", address).await.as_str() {
                "failed unsubscribed" => withdrawn.push(address),
                "wired" | "done" => too_late += 1,
                other => panic!("{address} is {other} after they withdrew"),
            }
        }
        (withdrawn, too_late)
    };
    let ((ended, _), (withdrawn, too_late)) = tokio::join!(drain(&worker, "c"), withdrawing);
    assert_eq!(ended, Ended::Drained);
    assert_eq!(withdrawn.len() + too_late, 200);
    assert!(
        withdrawn.len() > 20,
        "the run was over before anybody withdrew"
    );
    let counts = relay.counts();
    for address in &withdrawn {
        assert_eq!(
            counts.get(*address),
            None,
            "{address} got a mail after they withdrew"
        );
        assert_eq!(state(&store, "c", address).await, "failed unsubscribed");
    }
    assert_eq!(counts.len(), 600 - withdrawn.len());
}

#[tokio::test]
async fn a_message_that_changed_in_the_store_is_not_sent() {
    let (store, _folder) = file_store().await;
    let now = Clock::System.millis();
    let draft = crate::outbox::tests::draft("c", "a@x.jp");
    let changed = crate::store::Draft {
        payload: b"\r\nother\r\n".to_vec(),
        ..draft
    };
    store.hold(&[changed], now).await.unwrap();
    store
        .release(&lot("c"), now, now + EXPIRES_MILLIS)
        .await
        .unwrap();
    let relay = Relay::start().await;
    drain(&worker(&store, &relay.url), "c").await;
    assert_eq!(state(&store, "c", "a@x.jp").await, "dead content_changed");
    assert!(relay.counts().is_empty());
}

#[test]
fn put_offs_follow_the_schedule_and_end() {
    for (tries, end) in RETRY_MILLIS.iter().enumerate() {
        for _ in 0..100 {
            let at = retry_at(tries.try_into().unwrap(), 1000).unwrap();
            assert!((1000..=1000 + end).contains(&at), "{tries}: {at}");
        }
    }
    assert_eq!(retry_at(7, 0), None);
    assert_eq!(retry_at(-1, 0), None);
    assert!(RETRY_MILLIS.iter().sum::<i64>() < EXPIRES_MILLIS);
}
