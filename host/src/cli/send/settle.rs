//! `okaeri send status`, `unknown`, `resolve` and `sender`: they need the database alone.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};

use super::super::Usage;
use super::super::print::{Formatted, Sheet, number, text};
use super::super::shop::time;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::outbox::enqueue::check_sender;
use crate::outbox::{EXPIRES_MILLIS, reconcile};
use crate::store::{DeliveryRow, Lot, Sender, Store, Verdict};

/// Which deliveries, to be listed.
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    print: Formatted,
}

/// Which deliveries.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// Whose.
    #[arg(long)]
    shop: String,
    /// Only those of this campaign.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "ID")]
    campaign: String,
}

impl Which {
    fn lot(&self) -> Lot {
        Lot {
            shop: self.shop.clone(),
            campaign: self.campaign.clone(),
        }
    }
}

/// Arguments of `resolve`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("verdict").args(["delivered", "not_delivered", "abandon"])))]
pub struct Resolve {
    #[command(flatten)]
    which: Which,
    /// They arrived.
    #[arg(long)]
    delivered: bool,
    /// They did not: send them again. Also takes up deliveries that were given up (`dead`).
    #[arg(long)]
    not_delivered: bool,
    /// Let them be.
    #[arg(long)]
    abandon: bool,
    /// Message-IDs or ids of deliveries.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// A text with the Message-IDs that the relay accepted, such as its log: they arrived.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ids", "verdict"])]
    from_log: Option<PathBuf>,
    /// The log is complete: what it does not have did not arrive, and is sent again.
    #[arg(long, requires = "from_log")]
    complete: bool,
}

/// Arguments of `sender`.
#[derive(Debug, clap::Args)]
pub struct SenderArgs {
    /// Whose.
    #[arg(long)]
    shop: String,
    /// Mail address of the sender.
    #[arg(long, requires_all = ["name", "postal_address", "contact"], value_name = "ADDRESS")]
    from: Option<String>,
    /// The shop or company, as customers know it.
    #[arg(long)]
    name: Option<String>,
    /// Where answers go, if elsewhere.
    #[arg(long, value_name = "ADDRESS")]
    reply_to: Option<String>,
    /// 住所.
    #[arg(long, value_name = "TEXT")]
    postal_address: Option<String>,
    /// Where complaints and questions go: a phone number, an address or a page.
    #[arg(long, value_name = "TEXT")]
    contact: Option<String>,
}

async fn open(config: &Config, shop: &str) -> anyhow::Result<Store> {
    let store = Store::open(&config.db).await?;
    if store.head(shop).await?.is_none() {
        return Err(Failure::NoShop(shop.to_owned()).into());
    }
    // A worker that died may have left something behind that nobody has looked at since.
    store.sweep(Clock::System.millis()).await?;
    Ok(store)
}

/// Runs `send status`.
pub async fn status(config: &Config, list: &List) -> anyhow::Result<()> {
    let store = open(config, &list.which.shop).await?;
    let rows = store
        .tally(&list.which.lot())
        .await?
        .into_iter()
        .map(|row| {
            [
                text(row.campaign),
                text(row.state),
                text(row.code),
                number(row.count),
            ]
        });
    Sheet::new(["campaign", "state", "reason", "mails"], rows).write(list.print.format)
}

/// Runs `send unknown`.
pub async fn unknown(config: &Config, list: &List) -> anyhow::Result<()> {
    let store = open(config, &list.which.shop).await?;
    let rows = reconcile::in_state(&store, &list.which.lot(), "unknown").await?;
    let rows = rows.into_iter().map(|row| {
        [
            text(format!("<{}>", row.message_id)),
            text(row.address),
            text(time(row.wire_at.unwrap_or_default())),
            text(row.error_text.unwrap_or_default()),
        ]
    });
    let titles = ["message_id", "address", "handed_over", "why"];
    Sheet::new(titles, rows).write(list.print.format)
}

/// Runs `send resolve`.
pub async fn resolve(config: &Config, args: &Resolve) -> anyhow::Result<()> {
    let store = open(config, &args.which.shop).await?;
    let lot = args.which.lot();
    let unknown = reconcile::in_state(&store, &lot, "unknown").await?;
    if let Some(path) = &args.from_log {
        let log = fs::read_to_string(path);
        let log = log.with_context(|| format!("cannot read `{}`", path.display()))?;
        let (arrived, others) = reconcile::split(unknown, &log);
        let arrived = settle(&store, &lot, &arrived, Verdict::Delivered).await?;
        println!("{arrived} arrived");
        if args.complete {
            let again = settle(&store, &lot, &others, Verdict::NotDelivered).await?;
            println!("{again} did not and will be sent again: `okaeri send --resume`");
        } else {
            println!("{} stay unknown", others.len());
        }
        return Ok(());
    }
    let verdict = match (args.delivered, args.not_delivered, args.abandon) {
        (true, _, _) => Verdict::Delivered,
        (_, true, _) => Verdict::NotDelivered,
        (_, _, true) => Verdict::Abandoned,
        _ => {
            let text =
                "say what became of them: --delivered, --not-delivered, --abandon or --from-log";
            return Err(Usage(text.to_owned()).into());
        }
    };
    if args.ids.is_empty() {
        let text = "name the deliveries, as `okaeri send unknown` lists them";
        return Err(Usage(text.to_owned()).into());
    }
    let mut known = unknown;
    if verdict == Verdict::NotDelivered {
        known.extend(reconcile::in_state(&store, &lot, "dead").await?);
    }
    let named = |row: &DeliveryRow, id: &str| {
        let id = id.trim_matches(['<', '>']);
        row.id == id || row.message_id == id
    };
    for id in &args.ids {
        ensure!(
            known.iter().any(|row| named(row, id)),
            "`{id}` is no such delivery: nothing was changed"
        );
    }
    known.retain(|row| args.ids.iter().any(|id| named(row, id)));
    println!("{} settled", settle(&store, &lot, &known, verdict).await?);
    Ok(())
}

async fn settle(
    store: &Store,
    lot: &Lot,
    rows: &[DeliveryRow],
    verdict: Verdict,
) -> sqlx::Result<u64> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let now = Clock::System.millis();
    store
        .resolve(&lot.shop, &ids, verdict, now, now + EXPIRES_MILLIS)
        .await
}

/// Runs `send sender`.
pub async fn sender(config: &Config, args: &SenderArgs) -> anyhow::Result<()> {
    let store = open(config, &args.shop).await?;
    if let (Some(address), Some(name), Some(postal_address), Some(contact)) =
        (&args.from, &args.name, &args.postal_address, &args.contact)
    {
        let sender = Sender {
            name: name.trim().to_owned(),
            address: address.trim().to_owned(),
            reply_to: args
                .reply_to
                .as_deref()
                .map(|address| address.trim().to_owned()),
            postal_address: postal_address.trim().to_owned(),
            contact: contact.trim().to_owned(),
        };
        check_sender(&sender).map_err(|wrong| anyhow::anyhow!(wrong.text))?;
        store.set_sender(&args.shop, &sender).await?;
    }
    let sender = store.sender(&args.shop).await?.context(
        "it is not known who the mails are from: --from, --name, --postal-address and --contact",
    )?;
    println!("from     {} <{}>", sender.name, sender.address);
    if let Some(reply_to) = sender.reply_to {
        println!("answers  {reply_to}");
    }
    println!(
        "address  {}\ncontact  {}",
        sender.postal_address, sender.contact
    );
    Ok(())
}
