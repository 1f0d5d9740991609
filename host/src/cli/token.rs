//! `okaeri token`: who may call a shop's API.

use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::Rng;
use sha2::{Digest, Sha256};

use super::print::{self, Sheet};
use super::shop::time;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::store::{Scope, Store, Token};

/// Letters by which a token is named.
const PREFIX: usize = 14;

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
    },
    /// List a shop's tokens
    List {
        /// Which shop
        #[arg(long)]
        shop: String,
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
    let (Command::Add { shop, .. } | Command::List { shop } | Command::Revoke { shop, .. }) =
        command;
    if store.head(shop).await?.is_none() {
        return Err(Failure::NoShop(shop.clone()).into());
    }
    match command {
        Command::Add { shop, scope, label } => {
            println!("{}", add(&store, Clock::System, shop, *scope, label).await?);
            Ok(())
        }
        Command::List { shop } => {
            let row = |token: Token| {
                [
                    token.prefix,
                    token.scope.text().to_owned(),
                    time(token.created_at),
                    token.label,
                ]
            };
            let rows = store.tokens(shop).await?.into_iter().map(row).collect();
            let mut out = print::out();
            Sheet::texts(["token", "scope", "added", "label"], rows).print(&mut out)?;
            Ok(out.flush()?)
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

/// Makes a token. What is answered is kept nowhere else.
pub async fn add(
    store: &Store,
    clock: Clock,
    shop: &str,
    scope: Scope,
    label: &str,
) -> anyhow::Result<String> {
    let secret: [u8; 32] = rand::rng().random();
    let text = format!("okaeri_{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
    let token = Token {
        shop: shop.to_owned(),
        scope,
        prefix: text.chars().take(PREFIX).collect(),
        label: label.to_owned(),
        created_at: clock.millis(),
    };
    store.add_token(&token, &Sha256::digest(&text)).await?;
    Ok(text)
}
