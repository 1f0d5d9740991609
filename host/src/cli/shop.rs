//! `okaeri shop`: shops and their settings.

use std::io::Write;

use anyhow::Context;
use chrono::DateTime;
use okaeri_protocol::settings::Settings;
use serde_json::Value;

use super::Usage;
use super::print::{self, Format, Formatted, Sheet, number, text};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::store::{Shop, Store};

/// Commands on shops.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a shop
    Add {
        /// Lowercase letters, digits, `-` and `_`
        #[arg(value_parser = shop_id)]
        id: String,
        /// As its people call it
        #[arg(long)]
        name: Option<String>,
        /// IANA name of its time zone; days are days there
        #[arg(long, default_value = "Asia/Tokyo")]
        time_zone: String,
        /// ISO 4217
        #[arg(long, default_value = "JPY")]
        currency: String,
    },
    /// List all shops
    List(Formatted),
    /// Show a shop, its settings and its loads
    Show {
        /// Which shop
        id: String,
        #[command(flatten)]
        print: Formatted,
    },
    /// Change a shop's name or settings
    #[command(after_help = "Examples:
  okaeri shop set mine name='山田商店'
  okaeri shop set mine identity=email_else_phone lifecycle.active_days=60
  okaeri shop set mine 'identity_blocklist=[\"info@example.jp\"]'")]
    Set {
        /// Which shop
        id: String,
        /// `name`, or a setting as `okaeri shop show` names it
        #[arg(required = true, value_name = "KEY=VALUE")]
        changes: Vec<String>,
    },
}

/// Reads a shop's id.
pub fn shop_id(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let begins_well = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if begins_well && text.len() <= 63 && text.chars().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("a shop's id is 1 to 63 lowercase letters, digits, `-` and `_`".to_owned())
    }
}

/// Runs it.
pub async fn run(config: &Config, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Add {
            id,
            name,
            time_zone,
            currency,
        } => {
            let settings = Settings {
                time_zone: time_zone.clone(),
                currency: currency.clone(),
                ..Settings::default()
            };
            let app = App::open(config, Clock::System).await?;
            let name = name.clone().unwrap_or_else(|| id.clone());
            let shop = Shop {
                id: id.clone(),
                name,
                settings,
                created_at: app.clock.millis(),
            };
            if !app.add_shop(&shop).await? {
                anyhow::bail!("there is a shop `{id}` already");
            }
            println!("added the shop `{id}`");
            Ok(())
        }
        Command::List(print) => list(&Store::open(&config.db).await?, print.format).await,
        Command::Show { id, print } => {
            show(&Store::open(&config.db).await?, id, print.format).await
        }
        Command::Set { id, changes } => {
            let app = App::open(config, Clock::System).await?;
            let shop = changed(app.shop(id).await?, changes)?;
            app.set_shop(&shop).await?;
            println!("changed the shop `{id}`");
            Ok(())
        }
    }
}

async fn list(store: &Store, format: Format) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for shop in store.shops().await? {
        let loads = store.loads_after(&shop.id, 0).await?;
        let newest = loads.last().map(|load| time(load.received_at));
        rows.push([
            text(shop.id),
            text(shop.name),
            text(shop.settings.time_zone),
            number(loads.len() as u64),
            text(newest.unwrap_or_default()),
        ]);
    }
    let titles = ["shop", "name", "time_zone", "loads", "last_load"];
    Sheet::new(titles, rows.into_iter()).write(format)
}

async fn show(store: &Store, id: &str, format: Format) -> anyhow::Result<()> {
    let shop = store
        .shop(id)
        .await?
        .ok_or_else(|| Failure::NoShop(id.to_owned()))?;
    let loads = store.loads_after(id, 0).await?.into_iter().map(|load| {
        [
            number(load.seq),
            text(time(load.received_at)),
            number(load.rows),
            number(load.orders),
            text(load.source),
        ]
    });
    let loads = Sheet::new(["load", "received", "rows", "orders", "source"], loads);
    let created_at = time(shop.created_at);
    match format {
        Format::Csv => loads.write(format),
        Format::Json => print::json(&serde_json::json!({
            "shop": shop.id,
            "name": shop.name,
            "created_at": created_at,
            "settings": shop.settings,
            "loads": loads.objects(),
        })),
        Format::Table => {
            let settings = serde_json::to_string_pretty(&shop.settings)?;
            let mut out = print::out();
            writeln!(out, "{} ({}), since {created_at}", shop.id, shop.name)?;
            writeln!(out, "{settings}\n")?;
            loads.print(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// The shop with `key=value` changes.
fn changed(shop: Shop, changes: &[String]) -> anyhow::Result<Shop> {
    let mut name = shop.name.clone();
    let mut settings = serde_json::to_value(&shop.settings).context("settings are not JSON")?;
    for change in changes {
        let (key, text) = change
            .split_once('=')
            .ok_or_else(|| Usage(format!("`{change}` is not of the form `key=value`")))?;
        if key == "name" {
            text.clone_into(&mut name);
            continue;
        }
        let place = key
            .split('.')
            .try_fold(&mut settings, |value, part| value.get_mut(part))
            .ok_or_else(|| {
                Usage(format!(
                    "there is no setting `{key}`: see `okaeri shop show`"
                ))
            })?;
        *place = match serde_json::from_str(text) {
            Ok(value) if !place.is_string() => value,
            _ => Value::from(text),
        };
    }
    let settings = serde_json::from_value(settings)
        .map_err(|error| Usage(format!("the settings would not be valid: {error}")))?;
    Ok(Shop {
        name,
        settings,
        ..shop
    })
}

/// A time as it is printed: UTC, to the second.
pub fn time(millis: i64) -> String {
    let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    at.format("%Y-%m-%d %H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_changed_by_path() -> anyhow::Result<()> {
        let shop = Shop {
            id: "mine".to_owned(),
            name: "Mine".to_owned(),
            settings: Settings::default(),
            created_at: 0,
        };
        let set = |change: &str| changed(shop.clone(), &[change.to_owned()]);
        assert_eq!(set("name=山田商店")?.name, "山田商店");
        assert_eq!(
            set("lifecycle.active_days=60")?
                .settings
                .lifecycle
                .active_days,
            60
        );
        assert_eq!(
            set("identity_blocklist=[\"a@b\"]")?
                .settings
                .identity_blocklist,
            ["a@b"]
        );
        assert_eq!(
            set("time_zone=Europe/London")?.settings.time_zone,
            "Europe/London"
        );
        for wrong in [
            "name",
            "lifecycle.depth=1",
            "count_zero_amount=maybe",
            "identity=any",
        ] {
            let error = set(wrong).err().context(wrong.to_owned())?;
            assert!(error.is::<Usage>(), "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn ids_are_plain() {
        for good in ["a", "0-shop_1", &"x".repeat(63)] {
            assert!(shop_id(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "A", "店", "a b", "a/b", &"x".repeat(64)] {
            assert!(shop_id(bad).is_err(), "{bad}");
        }
    }
}
