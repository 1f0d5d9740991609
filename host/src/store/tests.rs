//! One story over both databases, and what a kill must not break.

use sqlx::{query, query_scalar};

use super::*;
use crate::facts::{Batch, Kind};
use crate::outbox::tests::cluster;
use okaeri_protocol::settings::Settings;

const DAY: i64 = 86_400_000;

fn shop(id: &str) -> Shop {
    let settings = Settings::default();
    Shop {
        id: id.to_owned(),
        name: "店".to_owned(),
        settings,
        created_at: 1,
    }
}

fn note(shop: &str, id: &str, received_at: i64) -> LoadNote {
    let source = "orders.csv".to_owned();
    LoadNote {
        id: id.to_owned(),
        shop: shop.to_owned(),
        source,
        rows: 3,
        orders: 2,
        received_at,
    }
}

fn batch(text: &str) -> anyhow::Result<Packed> {
    Batch {
        kind: Kind::Ndjson,
        body: text.into(),
        rows: 3,
        orders: 2,
    }
    .pack()
}

async fn story(store: &Store) -> anyhow::Result<()> {
    store.ping().await?;
    shops(store).await?;
    facts(store).await?;
    side_by_side(store).await?;
    tokens(store).await?;
    segments(store).await
}

async fn shops(store: &Store) -> anyhow::Result<()> {
    assert_eq!(store.shop("a").await?, None);
    assert_eq!(store.head("a").await?, None);
    assert!(store.add_shop(&shop("b")).await?);
    assert!(store.add_shop(&shop("a")).await?);
    assert!(!store.add_shop(&shop("a")).await?, "a shop is added once");
    assert_eq!(store.shops().await?, [shop("a"), shop("b")]);
    let mut earlier = shop("earlier");
    earlier.settings.forecast.margin = Some(10_000);
    assert!(store.add_shop(&earlier).await?);
    let read = store.shop("earlier").await?;
    assert_eq!(read, Some(shop("earlier")), "as a version before stored it");

    let mut changed = shop("a");
    changed.settings.identity_blocklist = vec!["info@example.jp".to_owned()];
    assert!(store.set_shop(&changed).await?);
    assert!(!store.set_shop(&shop("c")).await?);
    assert_eq!(store.shop("a").await?, Some(changed));
    assert_eq!(
        store.head("a").await?,
        Some(Head {
            version: 2,
            last_seq: 0
        })
    );
    Ok(())
}

async fn facts(store: &Store) -> anyhow::Result<()> {
    let (first, second) = (batch("one")?, batch("two")?);
    store.stage(&note("a", "load-1", DAY), 0, &first).await?;
    assert_eq!(
        store.loads_after("a", 0).await?,
        [],
        "half a load is not in the log"
    );
    assert_eq!(
        store.commit(&note("a", "load-1", DAY), 1, &second).await?,
        1
    );
    assert_eq!(store.commit(&note("a", "load-2", DAY), 0, &first).await?, 2);
    assert_eq!(store.commit(&note("b", "load-3", DAY), 0, &first).await?, 1);

    let loads = store.loads_after("a", 0).await?;
    let seen: Vec<_> = loads
        .iter()
        .map(|load| (load.seq, load.id.as_str()))
        .collect();
    assert_eq!(seen, [(1, "load-1"), (2, "load-2")]);
    assert_eq!(
        loads.first().map(|load| (load.rows, load.orders)),
        Some((3, 2))
    );
    assert_eq!(store.loads_after("a", 1).await?.len(), 1);
    assert_eq!(
        store.head("a").await?,
        Some(Head {
            version: 2,
            last_seq: 2
        })
    );

    assert_eq!(store.batch("load-1", 0).await?, Some(first));
    assert_eq!(
        store
            .batch("load-1", 1)
            .await?
            .context("a batch")?
            .unpack()?
            .body,
        b"two"
    );
    assert_eq!(store.batch("load-1", 2).await?, None);

    // A part that is there twice is an error, and then nothing of the load is there.
    assert!(
        store
            .commit(&note("a", "load-1", DAY), 1, &second)
            .await
            .is_err()
    );
    assert_eq!(
        store.head("a").await?,
        Some(Head {
            version: 2,
            last_seq: 2
        })
    );

    // What a killed load left is swept up a day later, and only that.
    store.stage(&note("a", "killed", DAY), 0, &second).await?;
    store
        .stage(&note("a", "running", 2 * DAY), 0, &second)
        .await?;
    store
        .commit(&note("a", "load-4", 2 * DAY + 1), 0, &second)
        .await?;
    assert_eq!(store.batch("killed", 0).await?, None);
    assert!(store.batch("running", 0).await?.is_some());
    assert!(store.batch("load-1", 0).await?.is_some());
    Ok(())
}

/// Loads that come at one time take one place each.
async fn side_by_side(store: &Store) -> anyhow::Result<()> {
    let mut coming = tokio::task::JoinSet::new();
    for n in 0..20 {
        let (store, packed) = (store.clone(), batch("x")?);
        coming.spawn(async move {
            store
                .commit(&note("b", &format!("together-{n}"), DAY), 0, &packed)
                .await
        });
    }
    let mut places = coming
        .join_all()
        .await
        .into_iter()
        .collect::<sqlx::Result<Vec<_>>>()?;
    places.sort_unstable();
    assert_eq!(places, (2..22).collect::<Vec<_>>());
    Ok(())
}

async fn tokens(store: &Store) -> anyhow::Result<()> {
    let token = |shop: &str, scope, prefix: &str| Token {
        shop: shop.to_owned(),
        scope,
        prefix: prefix.to_owned(),
        label: "till".to_owned(),
        created_at: 5,
        expires_at: (scope == Scope::Admin).then_some(9),
    };
    let (read, admin) = (
        token("a", Scope::Read, "p-1"),
        token("b", Scope::Admin, "p-2"),
    );
    store.add_token(&read, b"hash-1").await?;
    store.add_token(&admin, b"hash-2").await?;
    assert!(store.add_token(&read, b"hash-1").await.is_err());
    assert_eq!(store.token(b"hash-2").await?, Some(admin));
    assert_eq!(store.token(b"hash-3").await?, None);
    assert_eq!(store.tokens("a").await?, [read]);
    assert!(
        !store.revoke_token("b", "p-1").await?,
        "a shop revokes its own tokens only"
    );
    assert!(store.revoke_token("a", "p-1").await?);
    assert_eq!(store.token(b"hash-1").await?, None);
    Ok(())
}

fn draft(shop: &str, id: &str, name: &str, text: &str, at: i64) -> SegmentDraft {
    let [shop, id, name, text] = [shop, id, name, text].map(str::to_owned);
    let author = format!("author {at}");
    SegmentDraft {
        shop,
        id,
        name,
        text,
        author,
        at,
    }
}

fn saved(draft: &SegmentDraft, version: i64, created_at: i64) -> SavedSegment {
    SavedSegment {
        id: draft.id.clone(),
        name: draft.name.clone(),
        text: draft.text.clone(),
        version,
        author: draft.author.clone(),
        created_at,
        updated_at: draft.at,
    }
}

async fn segments(store: &Store) -> anyhow::Result<()> {
    use SegmentSaved::{Missing, NameTaken, Newer, Saved};
    let vip = draft("a", "1", "vip", "decile = 1", 5);
    let new = draft("a", "2", "new", "number_of_orders = 1", 6);
    assert_eq!(store.add_segment(&vip).await?, Saved(saved(&vip, 1, 5)));
    assert_eq!(store.add_segment(&new).await?, Saved(saved(&new, 1, 6)));
    let again = draft("a", "3", "vip", "decile = 2", 7);
    assert_eq!(store.add_segment(&again).await?, NameTaken);
    // Another shop has names of its own, and sees no other's.
    let other = draft("b", "1", "vip", "decile = 3", 7);
    assert_eq!(store.add_segment(&other).await?, Saved(saved(&other, 1, 7)));
    assert_eq!(store.segment("b", "2").await?, None);
    let both = [saved(&new, 1, 6), saved(&vip, 1, 5)];
    assert_eq!(store.segments("a").await?, both);

    let wider = draft("a", "1", "vip", "decile <= 2", 8);
    let set = store.set_segment(&wider, Some(1)).await?;
    assert_eq!(set, Saved(saved(&wider, 2, 5)));
    // The same once more is no new version.
    let same = draft("a", "1", "vip", "decile <= 2", 9);
    assert_eq!(
        store.set_segment(&same, None).await?,
        Saved(saved(&wider, 2, 5))
    );
    assert_eq!(store.set_segment(&vip, Some(1)).await?, Newer(2));
    let taken = draft("a", "1", "new", "decile = 1", 10);
    assert_eq!(store.set_segment(&taken, None).await?, NameTaken);
    let nobody = draft("b", "2", "new", "decile = 1", 10);
    assert_eq!(store.set_segment(&nobody, None).await?, Missing);
    assert_eq!(store.segment("a", "1").await?, Some(saved(&wider, 2, 5)));
    let versions = store.segment_versions("a", "1").await?;
    let texts: Vec<_> = versions
        .iter()
        .map(|one| (one.version, &*one.text))
        .collect();
    assert_eq!(texts, [(2, "decile <= 2"), (1, "decile = 1")]);

    let day = |version, day, customers| SegmentDay {
        version,
        day,
        customers,
        amount: customers * 100,
    };
    for size in [
        day(1, 20_000, 3),
        day(2, 20_001, 5),
        day(2, 20_001, 6),
        day(9, 20_001, 7),
    ] {
        store.record_segment("a", "1", size).await?;
    }
    let uncounted = async |shop: &str, day| -> sqlx::Result<Vec<String>> {
        let found = store.uncounted_segments(shop, day).await?;
        Ok(found.into_iter().map(|one| one.name).collect())
    };
    // An older version that was counted is not the segment.
    assert_eq!(uncounted("a", 20_000).await?, ["new", "vip"]);
    assert_eq!(uncounted("a", 20_001).await?, ["new"]);
    assert_eq!(uncounted("b", 20_001).await?, ["vip"]);
    assert_eq!(store.segment_shops().await?, ["a", "b"]);
    let days = [day(1, 20_000, 3), day(2, 20_001, 6)];
    assert_eq!(store.segment_days("a", "1").await?, days);
    assert_eq!(store.segment_days("b", "1").await?, []);

    assert!(store.delete_segment("a", "1").await?);
    assert!(!store.delete_segment("a", "1").await?);
    assert_eq!(store.segment_versions("a", "1").await?, []);
    assert_eq!(store.segment_days("a", "1").await?, []);
    assert!(store.segment("b", "1").await?.is_some());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_sqlite() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("okaeri.db");
    let path = path.to_str().context("a path")?;
    story(&Store::open(path).await?).await?;
    let again = Store::open(path).await?;
    assert_eq!(again.head("a").await?.context("a shop")?.last_seq, 3);
    let Store::Sqlite(_) = &again else {
        anyhow::bail!("a path opened PostgreSQL")
    };
    let pool = sqlx::SqlitePool::connect(path).await?;
    let mode: String = query_scalar("PRAGMA journal_mode").fetch_one(&pool).await?;
    assert_eq!(mode, "wal");
    query("UPDATE shop SET settings = '{}' WHERE id = 'a'")
        .execute(&pool)
        .await?;
    assert_eq!(
        again.shop("a").await?.context("a shop")?.settings,
        Settings::default()
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_postgresql() -> anyhow::Result<()> {
    let cluster = cluster::Cluster::start();
    story(&Store::open(&cluster.url()).await?).await?;
    let again = Store::open(&cluster.url()).await?;
    assert_eq!(again.head("a").await?.context("a shop")?.last_seq, 3);
    Ok(())
}

#[tokio::test]
async fn what_is_no_database_of_ours_is_refused_in_words() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let refusal = async |name: &str| {
        let path = folder.path().join(name).display().to_string();
        match Store::open(&path).await {
            Ok(_) => "opened".to_owned(),
            Err(error) => format!("{error:#}"),
        }
    };
    std::fs::write(folder.path().join("orders.csv"), "order_id,\n".repeat(100))?;
    let text = refusal("orders.csv").await;
    assert!(text.ends_with("the file is no SQLite database"), "{text}");
    let text = refusal("nowhere/okaeri.db").await;
    assert!(text.ends_with("check that its folder is there"), "{text}");

    let path = folder.path().join("newer.db").display().to_string();
    Store::open(&path).await?;
    let pool = sqlx::SqlitePool::connect(&path).await?;
    let later = "INSERT INTO _sqlx_migrations
        (version, description, success, checksum, execution_time) VALUES (99, '', 1, x'00', 0)";
    query(later).execute(&pool).await?;
    let text = refusal("newer.db").await;
    assert!(text.contains("made by a newer Okaeri"), "{text}");
    Ok(())
}
