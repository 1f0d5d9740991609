//! `okaeri token`: who may call a shop's API.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::Rng;
use sha2::{Digest, Sha256};

use super::print::{Formatted, Sheet, text};
use super::shop::time;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::store::{Scope, Store, Token};

/// Letters by which a token is named.
const PREFIX: usize = 14;
const DAY_MILLIS: i64 = 86_400_000;

/// Commands on tokens.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a token, and print it: it is shown this once
    Add {
        /// Which shop
        #[arg(long)]
        shop: String,
        /// What it allows; each allows what those before it do
        #[arg(long, value_enum, default_value_t = Scope::Read)]
        scope: Scope,
        /// What it is for
        #[arg(long, default_value = "")]
        label: String,
        /// After how many days it opens nothing any more; never, unless given
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
    },
    /// List a shop's tokens
    List {
        /// Which shop
        #[arg(long)]
        shop: String,
        #[command(flatten)]
        print: Formatted,
    },
    /// Take a token back, from the next request on
    Revoke {
        /// Which shop
        #[arg(long)]
        shop: String,
        /// Its first letters, as listed, or the whole token
        token: String,
    },
}

/// Runs it.
pub async fn run(config: &Config, command: &Command) -> anyhow::Result<()> {
    let store = Store::open(&config.db).await?;
    let (Command::Add { shop, .. } | Command::List { shop, .. } | Command::Revoke { shop, .. }) =
        command;
    if store.head(shop).await?.is_none() {
        return Err(Failure::NoShop(shop.clone()).into());
    }
    match command {
        Command::Add {
            shop,
            scope,
            label,
            days,
        } => {
            let days = days.map(|days| DAY_MILLIS * i64::from(days));
            println!(
                "{}",
                add(&store, Clock::System, shop, *scope, label, days).await?
            );
            Ok(())
        }
        Command::List { shop, print } => {
            let row = |token: Token| {
                [
                    text(token.prefix),
                    text(token.scope.text()),
                    text(time(token.created_at)),
                    text(token.expires_at.map(time).unwrap_or_default()),
                    text(token.label),
                ]
            };
            let rows = store.tokens(shop).await?.into_iter().map(row);
            Sheet::new(["token", "scope", "added", "expires", "label"], rows).write(print.format)
        }
        Command::Revoke { shop, token } => {
            let prefix = token.get(..PREFIX).unwrap_or(token);
            anyhow::ensure!(
                store.revoke_token(shop, prefix).await?,
                "the shop `{shop}` has no token `{prefix}`: see `okaeri token list --shop {shop}`"
            );
            println!("revoked {prefix}");
            Ok(())
        }
    }
}

/// Makes a token, for so many milliseconds or until it is revoked. What is answered is kept
/// nowhere else.
pub async fn add(
    store: &Store,
    clock: Clock,
    shop: &str,
    scope: Scope,
    label: &str,
    lasts: Option<i64>,
) -> anyhow::Result<String> {
    let secret: [u8; 32] = rand::rng().random();
    let text = format!("okaeri_{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
    let token = Token {
        shop: shop.to_owned(),
        scope,
        prefix: text.chars().take(PREFIX).collect(),
        label: label.to_owned(),
        created_at: clock.millis(),
        expires_at: lasts.map(|lasts| clock.millis() + lasts),
    };
    store.add_token(&token, &Sha256::digest(&text)).await?;
    Ok(text)
}
