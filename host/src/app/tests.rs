//! Facts in, answers out, over a real module and a database of its own.

use std::path::Path;

use okaeri_protocol::answer::Loaded;
use okaeri_protocol::facts::Event;
use okaeri_protocol::settings::Settings;
use okaeri_protocol::table::Cell;
use tempfile::TempDir;

use super::*;
use crate::facts::Kind;
use crate::intake;

pub(super) const NOON: i64 = 1_736_823_600_000;

pub(super) fn config(folder: &Path) -> Config {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/okaeri.wasm");
    Config {
        db: folder.join("okaeri.db").display().to_string(),
        module: Some(std::env::var_os("OKAERI_MODULE").map_or(built, Into::into)),
        cache: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/module-cache")),
        shop_memory: 256,
        warm_memory: 512,
        shard_rows: 0,
        shard_instances: None,
        ask_seconds: 60,
        load_seconds: 60,
    }
}

pub(super) async fn start() -> anyhow::Result<(App, TempDir)> {
    let folder = tempfile::tempdir()?;
    let app = App::open(&config(folder.path()), Clock::Fixed(NOON)).await?;
    for id in ["a", "b"] {
        let settings = Settings::default();
        let shop = Shop {
            id: id.to_owned(),
            name: id.to_owned(),
            settings,
            created_at: NOON,
        };
        assert!(app.add_shop(&shop).await?);
    }
    Ok((app, folder))
}

pub(super) fn csv(orders: &[(&str, u32)]) -> String {
    let mut text = "order_id,ordered_at,email,product,quantity,unit_price\n".to_owned();
    for (id, price) in orders {
        text += &format!("{id},2025-01-10 10:00:00,{id}@example.jp,tea,1,{price}\n");
    }
    text
}

pub(super) async fn import(app: &App, shop: &str, text: String) -> Result<Loaded, Failure> {
    let load = app.load(shop, "orders.csv").await?;
    let input = std::io::Cursor::new(text.into_bytes());
    intake::take_in(load, input, okaeri_carts::ReadOptions::default()).await
}

/// Orders and revenue.
async fn figures(app: &App, shop: &str) -> anyhow::Result<(i64, i64)> {
    let day = app.day(&app.shop(shop).await?);
    let reply = app.ask(shop, day, Question::Summary).await?.reply()?;
    let Reply::Answer {
        answer: Answer::Tables(tables),
        ..
    } = reply
    else {
        anyhow::bail!("no tables");
    };
    let summary = tables
        .tables
        .get("summary")
        .ok_or_else(|| anyhow!("no summary"))?;
    let figure = |name: &str| match summary.column(name).and_then(|values| values.get(0)) {
        Some(Cell::Int(number)) => number,
        _ => 0,
    };
    Ok((figure("orders"), figure("revenue")))
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_taken_in_replaced_and_found_again_after_a_start() -> anyhow::Result<()> {
    let (app, folder) = start().await?;
    let loaded = import(&app, "a", csv(&[("o1", 100), ("o2", 200)])).await?;
    assert_eq!(
        (loaded.orders, loaded.replaced, loaded.format.as_str()),
        (2, 0, "okaeri")
    );
    assert_eq!(figures(&app, "a").await?, (2, 300));
    let loaded = import(&app, "a", csv(&[("o2", 250), ("o3", 1)])).await?;
    assert_eq!((loaded.orders, loaded.replaced), (2, 1));
    assert_eq!(figures(&app, "a").await?, (3, 351));
    assert_eq!(figures(&app, "b").await?, (0, 0));

    let again = App::open(&config(folder.path()), Clock::Fixed(NOON)).await?;
    assert_eq!(figures(&again, "a").await?, (3, 351));
    // Two programs on one database see each other's loads, in the order of the log.
    import(&again, "a", csv(&[("o3", 5)])).await?;
    assert_eq!(figures(&app, "a").await?, (3, 355));
    import(&app, "a", csv(&[("o3", 6)])).await?;
    assert_eq!(figures(&again, "a").await?, (3, 356));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_changes_nothing() -> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    import(&app, "a", csv(&[("o1", 100)])).await?;
    for broken in ["", "a,b\n1,2\n", "\u{0}\u{1}"] {
        let answer = import(&app, "a", broken.to_owned()).await;
        assert!(matches!(answer, Err(Failure::Refused(_))), "{broken:?}");
    }
    let mut load = app.load("a", "api").await?;
    let body = b"not arrow".to_vec();
    load.push(Batch {
        kind: Kind::Lines,
        body,
        rows: 1,
        orders: 1,
    })
    .await?;
    assert!(matches!(load.finish().await, Err(Failure::Refused(_))));
    // A load that is given up half way.
    let mut load = app.load("a", "api").await?;
    let ndjson = |id: &str| {
        Batch {
        kind: Kind::Ndjson,
        body: format!(
            r#"{{"fact":"order","order_id":"{id}","ordered_at":"2025-01-10","lines":[{{"product":"t","quantity":1,"unit_price":9}}]}}"#
        )
        .into_bytes(),
        rows: 1,
        orders: 1,
    }
    };
    load.push(ndjson("p1")).await?;
    load.push(ndjson("p2")).await?;
    drop(load);
    assert_eq!(figures(&app, "a").await?, (1, 100));
    assert_eq!(app.store.loads_after("a", 0).await?.len(), 1);
    // An import in which every row is refused is not kept.
    let loaded = import(
        &app,
        "a",
        csv(&[("o9", 1)]).replace("2025-01-10", "someday"),
    )
    .await?;
    assert_eq!((loaded.orders, loaded.rejected_count), (0, 1));
    assert_eq!(app.store.loads_after("a", 0).await?.len(), 1);
    assert!(matches!(
        app.load("c", "api").await,
        Err(Failure::NoShop(_))
    ));
    Ok(())
}

/// What a shop imports by mistake: the error or the listed row says what to do, and where.
#[tokio::test(flavor = "multi_thread")]
async fn bad_files_say_where_and_what_to_do() -> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    import(&app, "a", csv(&[("o1", 100)])).await?;
    let wide = "column,".repeat(10_000);
    let open = format!("{}o2,\"{}", csv(&[]), "x,\n".repeat(500_000));
    let cut = format!("{}[", csv(&[("o2", 5)])).replace("order_id", "[{\"order_id");
    for (file, words) in [
        ("", "empty: export the orders again"),
        (
            "PK\u{3}\u{4}",
            "an Excel workbook or a zip archive: save it as CSV",
        ),
        (
            "名前,住所\n花子,東京\n",
            "say in a column mapping which is what",
        ),
        (wide.as_str(), "10001 columns"),
        (open.as_str(), "a quote is not closed"),
        (cut.as_str(), "cut off"),
        ("[{\"order_id\":\"1\"}", "cut off"),
    ] {
        match import(&app, "a", file.to_owned()).await {
            Err(Failure::Refused(error)) => {
                assert!(error.message.contains(words), "{}", error.message);
            }
            other => anyhow::bail!("{words}: {other:?}"),
        }
        assert_eq!(figures(&app, "a").await?, (1, 100));
    }
    let rows = "order_id,ordered_at,currency,email,product,quantity,unit_price\n\
        o2,1899-01-01,JPY,a@example.jp,tea,1,1\n\
        o3,2999-01-01,JPY,a@example.jp,tea,1,1\n\
        o4,2025-01-10,EUR,a@example.jp,tea,1,1\n\
        o5,2025-01-10,JPY,,tea,1,7\n\
        o6,2025-01-10,JPY,a@example.jp,tea,1,900000000000\n";
    let loaded = import(&app, "a", rows.to_owned()).await?;
    let named: Vec<_> = loaded
        .rejected
        .iter()
        .map(|row| (row.row, row.column.as_str(), row.code.as_str()))
        .collect();
    let expected = [
        (1, "ordered_at", "date_out_of_range"),
        (2, "ordered_at", "date_out_of_range"),
        (3, "currency", "other_currency"),
        (5, "unit_price", "too_large"),
    ];
    assert_eq!(named, expected);
    assert_eq!(
        figures(&app, "a").await?,
        (2, 107),
        "an order of nobody counts for the shop"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_facts_are_in_the_next_answer() -> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    import(&app, "a", csv(&[("o1", 100)])).await?;
    let mailable = async || -> anyhow::Result<u64> {
        let question = serde_json::from_str(r#"{"kind":"customers"}"#)?;
        let day = app.day(&app.shop("a").await?);
        match app.ask("a", day, question).await?.reply()? {
            Reply::Answer {
                answer: Answer::Customers(list),
                ..
            } => Ok(list.mailable),
            other => anyhow::bail!("{other:?}"),
        }
    };
    let event = |kind: &str, at: &str| -> anyhow::Result<Fact> {
        Ok(Fact::Event(Event {
            event_id: kind.to_owned(),
            at: at.parse().map_err(|error| anyhow!("{error}"))?,
            kind: kind.to_owned(),
            email: Some("o1@example.jp".to_owned()),
            ..Event::default()
        }))
    };
    assert_eq!(mailable().await?, 0);
    app.record(
        "a",
        "api",
        &[event("consent_given", "2025-01-11T00:00:00Z")?],
    )
    .await?;
    assert_eq!(mailable().await?, 1);
    app.record(
        "a",
        "page",
        &[event("consent_withdrawn", "2025-01-12T00:00:00Z")?],
    )
    .await?;
    assert_eq!(mailable().await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_checked_and_count_at_once() -> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    import(&app, "a", csv(&[("o1", 0), ("o2", 5)])).await?;
    assert_eq!(figures(&app, "a").await?, (1, 5));
    let mut shop = app.shop("a").await?;
    shop.settings.count_zero_amount = true;
    app.set_shop(&shop).await?;
    assert_eq!(figures(&app, "a").await?, (2, 5));
    shop.settings.time_zone = "Mars/Olympus".to_owned();
    assert!(matches!(
        app.set_shop(&shop).await,
        Err(Failure::Refused(_))
    ));
    assert_eq!(figures(&app, "a").await?, (2, 5));
    Ok(())
}

/// A mail waits; then a withdrawal comes in.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_withdraws_gets_no_mail_that_waits() -> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    let orders = "order_id,ordered_at,email,mail_consent,product,quantity,unit_price\n\
        o1,2025-01-10 10:00:00,O1@example.jp,yes,tea,1,100\n\
        o2,2025-01-10 10:00:00,o2@example.jp,yes,tea,1,100\n\
        o3,2025-01-10 10:00:00,o3@example.jp,yes,tea,1,100\n";
    import(&app, "a", orders.to_owned()).await?;
    let waiting = [
        "o1@example.jp",
        "o2@example.jp",
        "o3@example.jp",
        "unknown@example.jp",
    ];
    let drafts = waiting.map(|address| crate::outbox::tests::draft_of("a", "spring", address));
    app.store.hold(&drafts, 0).await?;
    assert_eq!(app.withhold("a").await?, 0);

    let event = |kind: &str, who: &str| {
        format!(
            "{{\"fact\":\"event\",\"event_id\":\"{kind} {who}\",\
            \"at\":\"2025-01-11T00:00:00Z\",\"kind\":\"{kind}\",\"email\":\"{who}\"}}\n"
        )
    };
    // The file of a mailing tool: one withdrew, one complained, one gave consent again.
    let events = event("consent_withdrawn", "o1@Example.jp")
        + &event("mail_complained", "unknown@example.jp")
        + &event("consent_given", "o2@example.jp");
    import(&app, "a", events).await?;
    assert_eq!(
        app.store.waiting_addresses("a").await?,
        ["o2@example.jp", "o3@example.jp"]
    );
    // The box at the checkout was left empty.
    let order = "order_id,ordered_at,email,mail_consent,product,quantity,unit_price\n\
        o4,2025-01-12 10:00:00,o2@example.jp,no,tea,1,100\n";
    import(&app, "a", order.to_owned()).await?;
    assert_eq!(app.store.waiting_addresses("a").await?, ["o3@example.jp"]);
    // The customer file says no.
    let customer = r#"{"fact":"customer","registered_at":"2020-01-01T00:00:00Z",
        "contact":{"email":"o3@example.jp","mail_consent":false}}"#;
    import(&app, "a", customer.replace('\n', "")).await?;
    assert_eq!(app.store.waiting_addresses("a").await?, [""; 0]);
    Ok(())
}
