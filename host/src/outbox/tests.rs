//! One story of the ledger over both databases, and what other tests of the outbox stand on.

#[expect(clippy::expect_used, reason = "what fails here fails the test")]
pub mod cluster;

use tempfile::TempDir;

use crate::store::{
    Change, Draft, Lot, Outcome, Page, Sender, Shop, Stopped, Store, Suppression, Verdict, Wired,
};
use okaeri_protocol::settings::Settings;

pub const SHOP: &str = "sato";
const LEASE: i64 = 100;
const EXPIRES: i64 = 1_000_000;

/// A store with one shop, in a folder of its own.
pub async fn file_store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("t.db").to_str().unwrap())
        .await
        .unwrap();
    add_shop(&store).await;
    (store, folder)
}

async fn add_shop(store: &Store) {
    let shop = Shop {
        id: SHOP.to_owned(),
        name: "佐藤".to_owned(),
        settings: Settings::default(),
        created_at: 0,
    };
    assert!(store.add_shop(&shop).await.unwrap());
    store.set_sender(SHOP, &sender()).await.unwrap();
}

pub fn sender() -> Sender {
    Sender {
        name: "佐藤<茶>".to_owned(),
        address: "news@shop.example".to_owned(),
        reply_to: None,
        postal_address: "東京都港区1-1".to_owned(),
        contact: "03-0000-0000".to_owned(),
    }
}

pub fn lot(campaign: &str) -> Lot {
    Lot {
        shop: SHOP.to_owned(),
        campaign: campaign.to_owned(),
    }
}

/// A delivery to `address`, keyed by it.
pub fn draft(campaign: &str, address: &str) -> Draft {
    draft_of(SHOP, campaign, address)
}

/// The same, of another shop.
pub fn draft_of(shop: &str, campaign: &str, address: &str) -> Draft {
    use sha2::{Digest, Sha256};
    let id = super::new_id(1);
    let payload = format!("Message-ID: <{id}@shop.example>\r\n\r\nhi\r\n").into_bytes();
    Draft {
        message_id: format!("{id}@shop.example"),
        id,
        shop: shop.to_owned(),
        campaign: campaign.to_owned(),
        customer: address.to_owned(),
        channel: "mail".to_owned(),
        dedupe_key: format!("{campaign}/{address}"),
        address: address.to_owned(),
        envelope_from: "news@shop.example".to_owned(),
        envelope_to: address.to_owned(),
        payload_hash: Sha256::digest(&payload).to_vec(),
        payload,
        refused: None,
    }
}

/// Puts deliveries into the outbox, due since `now`.
pub async fn enqueue(store: &Store, campaign: &str, addresses: &[&str], now: i64, expires: i64) {
    let drafts: Vec<Draft> = addresses
        .iter()
        .map(|address| draft(campaign, address))
        .collect();
    store.hold(&drafts, now).await.unwrap();
    store.release(&lot(campaign), now, expires).await.unwrap();
}

/// `state` or `state code` of the delivery to `address`.
pub async fn state(store: &Store, campaign: &str, address: &str) -> String {
    let page = Page {
        state: None,
        after: String::new(),
        limit: 100_000,
    };
    let rows = store.deliveries(&lot(campaign), &page).await.unwrap();
    let row = rows.iter().find(|row| row.address == address).unwrap();
    match &row.error_code {
        Some(code) => format!("{} {code}", row.state),
        None => row.state.clone(),
    }
}

async fn say(
    store: &Store,
    owner: &str,
    id: &str,
    attempt: i64,
    outcome: Option<Outcome>,
    now: i64,
) -> Wired {
    let change = Change {
        id: id.to_owned(),
        attempt,
        outcome,
    };
    store
        .write_changes(owner, &[change], now, now + LEASE)
        .await
        .unwrap()[0]
}

fn done() -> Option<Outcome> {
    Some(Outcome::Done {
        reply: "250 ok".to_owned(),
    })
}

async fn story(store: &Store) {
    a_campaign_is_due_when_it_is_whole(store).await;
    one_worker_has_it_and_a_late_one_is_fenced(store).await;
    what_was_wired_is_never_sent_again_by_itself(store).await;
    the_withdrawn_are_not_wired(store).await;
    what_waits_can_be_withheld_this_once(store).await;
    what_kills_its_workers_or_is_late_is_given_up(store).await;
}

async fn a_campaign_is_due_when_it_is_whole(store: &Store) {
    let drafts = [
        draft("a", "1@x.jp"),
        draft("a", "2@x.jp"),
        draft("a", "1@x.jp"),
    ];
    assert_eq!(
        store.hold(&drafts, 0).await.unwrap(),
        2,
        "a key is there once"
    );
    let same_address = Draft {
        dedupe_key: "a/other".to_owned(),
        ..draft("a", "1@x.jp")
    };
    assert_eq!(
        store.hold(&[same_address], 0).await.unwrap(),
        0,
        "an address is there once"
    );
    assert!(
        store
            .claim("w", &lot("a"), EXPIRES, 0, 9)
            .await
            .unwrap()
            .is_empty(),
        "held"
    );
    assert!(
        store.tally(&lot("a")).await.unwrap().is_empty(),
        "held is not there yet"
    );
    store.drop_held(&lot("a")).await.unwrap();
    let refused = Some(Stopped::new("bad_address", "no"));
    let drafts = [
        draft("a", "1@x.jp"),
        Draft {
            refused,
            ..draft("a", "3")
        },
    ];
    assert_eq!(store.hold(&drafts, 0).await.unwrap(), 2);
    assert_eq!(store.release(&lot("a"), 10, EXPIRES).await.unwrap(), 2);
    assert_eq!(
        store.hold(&drafts, 0).await.unwrap(),
        0,
        "sent once, for ever"
    );
    assert_eq!(store.release(&lot("a"), 10, EXPIRES).await.unwrap(), 0);
    assert!(
        store
            .claim("w", &lot("a"), 9, 0, 9)
            .await
            .unwrap()
            .is_empty(),
        "not before its time"
    );
    let claimed = store
        .claim("w", &lot("a"), 10, 10 + LEASE, 9)
        .await
        .unwrap();
    assert_eq!(claimed.len(), 1, "the refused one is not for the wire");
    assert_eq!(claimed[0].envelope_to, "1@x.jp");
    assert_eq!(state(store, "a", "3").await, "failed bad_address");
    let id = &claimed[0].id;
    assert_eq!(say(store, "w", id, 1, None, 10).await, Wired::Granted);
    assert_eq!(
        say(store, "w", id, 1, None, 10).await,
        Wired::Granted,
        "asked again"
    );
    assert_eq!(say(store, "w", id, 1, done(), 11).await, Wired::Granted);
    assert_eq!(
        say(store, "w", id, 1, None, 12).await,
        Wired::Lost,
        "it is done"
    );
    assert_eq!(state(store, "a", "1@x.jp").await, "done");
    let untold = store.untold_deliveries(9).await.unwrap();
    assert_eq!(untold.len(), 1);
    store.told_deliveries(&untold).await.unwrap();
    assert!(store.untold_deliveries(9).await.unwrap().is_empty());
}

async fn one_worker_has_it_and_a_late_one_is_fenced(store: &Store) {
    enqueue(store, "b", &["1@x.jp"], 0, EXPIRES).await;
    let slow = store
        .claim("slow", &lot("b"), 0, LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    assert!(
        store
            .claim("w", &lot("b"), LEASE, 0, 9)
            .await
            .unwrap()
            .is_empty(),
        "taken"
    );
    store.sweep(LEASE - 1).await.unwrap();
    assert_eq!(state(store, "b", "1@x.jp").await, "claimed");
    store.renew("slow", LEASE + 5).await.unwrap();
    store.sweep(LEASE).await.unwrap();
    assert_eq!(state(store, "b", "1@x.jp").await, "claimed", "prolonged");
    store.sweep(LEASE + 5).await.unwrap();
    assert_eq!(state(store, "b", "1@x.jp").await, "queued");
    let next = store
        .claim("w", &lot("b"), LEASE + 5, 3 * LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    assert_eq!((slow.attempt, next.attempt), (1, 2));
    assert_eq!(
        say(store, "slow", &slow.id, 1, None, LEASE + 6).await,
        Wired::Lost
    );
    assert_eq!(
        say(store, "slow", &slow.id, 1, done(), LEASE + 6).await,
        Wired::Lost
    );
    store.give_back("w").await.unwrap();
    assert_eq!(state(store, "b", "1@x.jp").await, "queued");
    let again = store
        .claim("w", &lot("b"), LEASE + 6, 3 * LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (&again.payload, again.attempt),
        (&slow.payload, 3),
        "the same bytes"
    );
}

async fn what_was_wired_is_never_sent_again_by_itself(store: &Store) {
    let people = ["1@x.jp", "2@x.jp", "3@x.jp", "4@x.jp"];
    enqueue(store, "c", &people, 0, EXPIRES).await;
    let claimed = store.claim("w", &lot("c"), 0, LEASE, 9).await.unwrap();
    for parcel in &claimed {
        assert_eq!(
            say(store, "w", &parcel.id, 1, None, 0).await,
            Wired::Granted
        );
    }
    store.sweep(LEASE).await.unwrap();
    for person in people {
        assert_eq!(state(store, "c", person).await, "unknown lease_over");
    }
    assert!(
        store
            .claim("w", &lot("c"), EXPIRES - 1, 0, 9)
            .await
            .unwrap()
            .is_empty()
    );
    // The worker only stalled: its reply is what nobody knew.
    assert_eq!(
        say(store, "w", &claimed[0].id, 1, done(), LEASE + 1).await,
        Wired::Granted
    );
    let settle = async |at: usize, verdict| {
        let ids = [claimed[at].id.clone()];
        assert_eq!(
            store
                .resolve("other", &ids, verdict, 200, EXPIRES)
                .await
                .unwrap(),
            0,
            "not theirs"
        );
        store
            .resolve(SHOP, &ids, verdict, 200, EXPIRES)
            .await
            .unwrap()
    };
    assert_eq!(settle(0, Verdict::NotDelivered).await, 0, "it is known");
    assert_eq!(settle(1, Verdict::Delivered).await, 1);
    assert_eq!(settle(2, Verdict::Abandoned).await, 1);
    assert_eq!(settle(3, Verdict::NotDelivered).await, 1);
    assert_eq!(
        say(store, "w", &claimed[3].id, 1, None, 201).await,
        Wired::Lost
    );
    let again = store.claim("w", &lot("c"), 201, 300, 9).await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!((&again[0].id, again[0].attempt), (&claimed[3].id, 2));
    assert_eq!(
        say(store, "w", &claimed[3].id, 1, done(), 202).await,
        Wired::Lost,
        "fenced"
    );
}

async fn the_withdrawn_are_not_wired(store: &Store) {
    enqueue(store, "d", &["q@x.jp", "c@x.jp", "w@x.jp"], 0, EXPIRES).await;
    let claimed = store.claim("w", &lot("d"), 0, LEASE, 9).await.unwrap();
    let by = |to: &str| {
        claimed
            .iter()
            .find(|parcel| parcel.envelope_to == to)
            .unwrap()
            .id
            .clone()
    };
    assert_eq!(
        say(store, "w", &by("w@x.jp"), 1, None, 0).await,
        Wired::Granted
    );
    let change = Change {
        id: by("q@x.jp"),
        attempt: 1,
        outcome: Some(Outcome::Later {
            why: Stopped::new("smtp_450", "later"),
            at: 50,
        }),
    };
    store.write_changes("w", &[change], 1, LEASE).await.unwrap();
    assert_eq!(state(store, "d", "q@x.jp").await, "queued smtp_450");
    for address in ["q@x.jp", "c@x.jp", "w@x.jp"] {
        let one = Suppression {
            shop: SHOP.to_owned(),
            channel: "mail".to_owned(),
            address: address.to_owned(),
            at: 2,
            source: Suppression::UNSUBSCRIBED.to_owned(),
            delivery_key: None,
        };
        assert!(store.suppress(&one).await.unwrap());
        assert!(!store.suppress(&one).await.unwrap(), "withdrawn once");
    }
    assert_eq!(state(store, "d", "q@x.jp").await, "failed unsubscribed");
    assert_eq!(
        say(store, "w", &by("c@x.jp"), 1, None, 3).await,
        Wired::Lost
    );
    assert_eq!(state(store, "d", "c@x.jp").await, "failed unsubscribed");
    // On the wire already: the receiver put it off, and so it never goes.
    let later = Some(Outcome::Later {
        why: Stopped::new("smtp_450", "later"),
        at: 3,
    });
    assert_eq!(
        say(store, "w", &by("w@x.jp"), 1, later, 3).await,
        Wired::Granted
    );
    let again = store
        .claim("w", &lot("d"), 4, LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        say(store, "w", &again.id, again.attempt, None, 5).await,
        Wired::Withheld
    );
    assert_eq!(state(store, "d", "w@x.jp").await, "failed unsubscribed");
    let untold = store.untold_suppressions(9).await.unwrap();
    assert_eq!(untold.len(), 3);
    store.told_suppressions(&untold).await.unwrap();
    assert!(store.untold_suppressions(9).await.unwrap().is_empty());
    // A mailbox that is none is not tried by the next campaign.
    enqueue(store, "e", &["gone@x.jp"], 0, EXPIRES).await;
    let gone = store
        .claim("w", &lot("e"), 0, LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    let why = Stopped::new(Stopped::NO_MAILBOX, "550 5.1.1 no such user");
    say(store, "w", &gone.id, 1, Some(Outcome::Failed(why)), 1).await;
    enqueue(store, "f", &["gone@x.jp"], 0, EXPIRES).await;
    let again = store
        .claim("w", &lot("f"), 2, LEASE, 9)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        say(store, "w", &again.id, again.attempt, None, 3).await,
        Wired::Withheld
    );
    assert_eq!(state(store, "f", "gone@x.jp").await, "failed bounced");
}

async fn what_waits_can_be_withheld_this_once(store: &Store) {
    // Other parts of the story have left mails behind.
    let waiting = async || {
        let mut addresses = store.waiting_addresses(SHOP).await.unwrap();
        addresses.retain(|address| address.ends_with("@h.jp"));
        addresses
    };
    enqueue(store, "h", &["1@h.jp", "2@h.jp", "3@h.jp"], 0, EXPIRES).await;
    let claimed = store.claim("w", &lot("h"), 1, LEASE, 1).await.unwrap();
    assert_eq!(waiting().await, ["1@h.jp", "2@h.jp", "3@h.jp"]);
    assert_eq!(store.waiting_shops().await.unwrap(), [(SHOP.to_owned(), 0)]);
    // One of them is in a worker's hands already, and one address is nobody's.
    let out = ["1@h.jp", "2@h.jp", "9@h.jp"].map(str::to_owned);
    assert_eq!(store.withhold(SHOP, &out, 2).await.unwrap(), 2);
    let first = claimed.first().unwrap();
    if first.envelope_to != "3@h.jp" {
        let wired = say(store, "w", &first.id, first.attempt, None, 3).await;
        assert_eq!(wired, Wired::Lost);
    }
    for address in ["1@h.jp", "2@h.jp"] {
        assert_eq!(state(store, "h", address).await, "failed withdrawn");
    }
    assert_eq!(waiting().await, ["3@h.jp"]);
    // The next campaign is for the log to say.
    enqueue(store, "h2", &["1@h.jp"], 0, EXPIRES).await;
    assert_eq!(state(store, "h2", "1@h.jp").await, "queued");
    let all = ["1@h.jp", "3@h.jp"].map(str::to_owned);
    assert_eq!(store.withhold(SHOP, &all, 4).await.unwrap(), 2);
}

async fn what_kills_its_workers_or_is_late_is_given_up(store: &Store) {
    enqueue(store, "g", &["poison@x.jp", "late@x.jp"], 0, 2000).await;
    for at in [0, 100, 200, 300, 400] {
        let claimed = store
            .claim("dying", &lot("g"), at, at + LEASE, 9)
            .await
            .unwrap();
        assert_eq!(claimed.len(), 2, "at {at}");
        let late = claimed
            .iter()
            .find(|parcel| parcel.envelope_to == "late@x.jp")
            .unwrap();
        let later = Some(Outcome::Later {
            why: Stopped::new("no_relay", "-"),
            at: at + LEASE,
        });
        say(store, "dying", &late.id, late.attempt, later, at).await;
        store.sweep(at + LEASE).await.unwrap();
    }
    assert_eq!(state(store, "g", "poison@x.jp").await, "dead poison");
    for (at, wired, expected) in [
        (1999, Wired::Granted, "wired no_relay"),
        (2000, Wired::Withheld, "dead expired"),
    ] {
        let late = store
            .claim("w", &lot("g"), at, at + LEASE, 9)
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            say(store, "w", &late.id, late.attempt, None, at).await,
            wired
        );
        assert_eq!(state(store, "g", "late@x.jp").await, expected);
        let later = Some(Outcome::Later {
            why: Stopped::new("no_relay", "-"),
            at,
        });
        say(store, "w", &late.id, late.attempt, later, at).await;
    }
    let pending = store.pending(&lot("g")).await.unwrap();
    assert_eq!((pending.queued, pending.under_way), (0, 0));
}

#[tokio::test]
async fn the_story_over_a_file() {
    let (store, _folder) = file_store().await;
    story(&store).await;
}

#[tokio::test]
async fn the_story_over_postgresql() {
    let cluster = cluster::Cluster::start();
    let store = Store::open(&cluster.url()).await.unwrap();
    add_shop(&store).await;
    story(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_restarts_loses_and_repeats_nothing() {
    use crate::clock::Clock;
    use crate::outbox::deliver::{Done, Ended, Until, Worker};

    let cluster = cluster::Cluster::start();
    let store = Store::open(&cluster.url()).await.unwrap();
    add_shop(&store).await;
    let people: Vec<String> = (0..400).map(|n| format!("p{n}@x.jp")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let now = Clock::System.millis();
    enqueue(&store, "c", &people, now, now + super::EXPIRES_MILLIS).await;
    let relay = super::deliver::tests::Relay::start().await;
    let smtp = crate::deliver::smtp::Smtp::new(relay.url.parse().unwrap());
    let worker = Worker {
        store: store.clone(),
        clock: Clock::System,
        smtp,
        in_flight: 4,
    };
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let done = std::sync::Arc::new(Done::default());
    let lot = lot("c");
    let restarting = async {
        for mails in [50, 150, 250] {
            while relay.counts().len() < mails {
                tokio::task::yield_now().await;
            }
            tokio::task::block_in_place(|| cluster.restart());
        }
    };
    let (ended, ()) = tokio::join!(worker.run(&lot, Until::Drained, &done, stopped), restarting);
    assert_eq!(ended, Ended::Drained);
    let counts = relay.counts();
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    assert_eq!(counts.len(), 400);
    let tally = store.tally(&lot).await.unwrap();
    let states: Vec<(&str, i64)> = tally
        .iter()
        .map(|row| (row.state.as_str(), row.count))
        .collect();
    assert_eq!(states, [("done", 400)]);
}
