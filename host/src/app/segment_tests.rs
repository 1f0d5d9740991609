//! Saved segments are counted once on each day of their shop.

use okaeri_protocol::settings::Settings;

use super::segments::{Passed, Wish};
use super::tests::{NOON, csv, import, start};
use super::*;
use crate::store::SegmentSaved;

async fn save(app: &App, shop: &str, name: &str, text: &str) -> anyhow::Result<String> {
    let author = "test";
    let shop = app.shop(shop).await?;
    match app.add_segment(&shop, Wish { name, text, author }).await? {
        SegmentSaved::Saved(saved) => Ok(saved.id),
        other => anyhow::bail!("{other:?}"),
    }
}

/// Days and customers.
async fn sizes(app: &App, shop: &str, id: &str) -> anyhow::Result<Vec<(String, i64)>> {
    let days = app.store.segment_days(shop, id).await?;
    let size = |day: &crate::store::SegmentDay| {
        let date = segments::day_of(day.day);
        (date.to_string(), day.customers)
    };
    Ok(days.iter().map(size).collect())
}

#[tokio::test]
async fn segments_are_counted_once_a_day_of_their_shop() -> anyhow::Result<()> {
    let (mut app, _folder) = start().await?;
    let mut utc = app.shop("b").await?;
    utc.settings.time_zone = "UTC".to_owned();
    app.set_shop(&utc).await?;
    import(&app, "a", csv(&[("1", 100), ("2", 300)])).await?;
    import(&app, "b", csv(&[("1", 100)])).await?;
    let rich = save(&app, "a", "rich", "amount_spent >= 200").await?;
    let any = save(&app, "b", "any", "number_of_orders >= 1").await?;

    let mut passed = Passed::default();
    assert_eq!(app.count_segments(&mut passed).await?, 2);
    assert_eq!(app.count_segments(&mut passed).await?, 0);
    let first = vec![("2025-01-14".to_owned(), 1)];
    assert_eq!(sizes(&app, "a", &rich).await?, first);
    assert_eq!(sizes(&app, "b", &any).await?, first);

    // At one in the morning of Tokyo it is still the same day in London.
    import(&app, "a", csv(&[("3", 900)])).await?;
    app.clock = Clock::Fixed(NOON + 13 * 3_600_000);
    assert_eq!(app.count_segments(&mut passed).await?, 1);
    let days = sizes(&app, "a", &rich).await?;
    assert_eq!(
        days,
        [first.clone(), vec![("2025-01-15".to_owned(), 2)]].concat()
    );
    assert_eq!(sizes(&app, "b", &any).await?, first);
    assert!(passed.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_segment_that_cannot_be_read_any_more_keeps_nobody_from_being_counted()
-> anyhow::Result<()> {
    let (app, _folder) = start().await?;
    import(&app, "a", csv(&[("1", 100), ("2", 300)])).await?;
    let gold = save(&app, "a", "gold", "member_rank = 'gold'").await?;
    let rich = save(&app, "a", "rich", "amount_spent >= 200").await?;
    let mut shop = app.shop("a").await?;
    let settings = json_settings(r#"{"member_ranks": {"ranks": []}}"#)?;
    shop.settings = settings;
    app.set_shop(&shop).await?;
    let mut passed = Passed::default();
    assert_eq!(app.count_segments(&mut passed).await?, 1);
    assert_eq!(app.count_segments(&mut passed).await?, 0);
    assert_eq!(passed.len(), 1);
    assert_eq!(sizes(&app, "a", &gold).await?, []);
    assert_eq!(sizes(&app, "a", &rich).await?.len(), 1);
    Ok(())
}

fn json_settings(text: &str) -> anyhow::Result<Settings> {
    Ok(serde_json::from_str(text)?)
}
