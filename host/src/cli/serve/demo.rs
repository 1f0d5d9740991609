//! The demo shop: made-up facts, and a key that lasts until the next start.

use okaeri_carts::sample::{SampleOptions, sample_facts};
use okaeri_protocol::settings::Settings;

use crate::app::App;
use crate::cli::token;
use crate::facts::Gathering;
use crate::http::Demo;
use crate::store::{Scope, Sender, Shop};

/// Id of the shop.
const SHOP: &str = "demo";

/// What the keys that we make are called.
const LABEL: &str = "serve --demo";

/// Makes the shop if there is none, and a fresh key to it; older ones are taken back.
pub async fn open(app: &App) -> anyhow::Result<Demo> {
    let store = &app.store;
    let shop = Shop {
        id: SHOP.to_owned(),
        name: "おかえりデモ商店".to_owned(),
        settings: Settings::default(),
        created_at: app.clock.millis(),
    };
    app.add_shop(&shop).await?;
    let options = SampleOptions::default();
    if store
        .head(SHOP)
        .await?
        .is_some_and(|head| head.last_seq == 0)
    {
        fill(app, options).await?;
    }
    if store.sender(SHOP).await?.is_none() {
        store.set_sender(SHOP, &sender(&shop)).await?;
    }
    for old in store
        .tokens(SHOP)
        .await?
        .iter()
        .filter(|token| token.label == LABEL)
    {
        store.revoke_token(SHOP, &old.prefix).await?;
    }
    let token = token::add(store, app.clock, SHOP, Scope::Admin, LABEL, None).await?;
    Ok(Demo {
        shop: SHOP.to_owned(),
        token,
        as_of: options.until.to_string(),
    })
}

/// Loads the sample.
async fn fill(app: &App, options: SampleOptions) -> anyhow::Result<()> {
    let facts = tokio::task::spawn_blocking(move || sample_facts(&options)).await?;
    let mut load = app.load(SHOP, "sample").await?;
    let mut gathering = Gathering::default();
    for fact in facts {
        if let Some(batch) = gathering.push(fact.into())? {
            load.push(batch).await?;
        }
    }
    for batch in gathering.finish()?.0 {
        load.push(batch).await?;
    }
    let loaded = load.finish().await?;
    tracing::info!(orders = loaded.orders, "made the demo shop");
    Ok(())
}

/// A sender nobody can be mistaken for: the addresses are reserved for examples.
fn sender(shop: &Shop) -> Sender {
    Sender {
        name: shop.name.clone(),
        address: "shop@demo.example".to_owned(),
        reply_to: None,
        postal_address: "〒100-0001 東京都千代田区千代田1-1 デモ".to_owned(),
        contact: "shop@demo.example".to_owned(),
    }
}
