//! `okaeri send`: a mail to a group of customers, and what became of it.

mod report;
mod settle;
mod template;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use okaeri_protocol::plan::{Channel, PlanRequest};
use tokio::sync::watch;

use super::Usage;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::deliver::MailArgs;
use crate::deliver::smtp::Smtp;
use crate::outbox::deliver::{Done, Ended, Until, Worker};
use crate::outbox::enqueue::Outbox;
use crate::store::{Lot, Store};

const DRAW_EVERY: Duration = Duration::from_millis(200);

/// Arguments of `send`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Without --yes nothing is sent: the command shows who would get what, and why \
                  others get nothing.\nA mail without unsubscribe_url, the sender's name and \
                  postal address gets a footer with them."
)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Whose customers.
    #[arg(long, required = true)]
    shop: Option<String>,
    /// Name of the campaign. It reaches a customer once, however often it is sent.
    #[arg(long, required = true, value_name = "ID")]
    campaign: Option<String>,
    /// Who, as JSON conditions: `[{"in":"cells","freq":1,"rec":2}]`. Without it: everybody.
    #[arg(long, default_value = "[]", value_name = "JSON")]
    filter: String,
    /// A TOML file with `subject`, `text` and perhaps `html`, or a folder with `subject.txt`,
    /// `text.txt` and perhaps `html.html`.
    #[arg(long, value_name = "FILE", required_unless_present = "resume")]
    template: Option<PathBuf>,
    /// The day on whose evening the group is looked at; today in the shop's time zone.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Send.
    #[arg(long)]
    yes: bool,
    /// Go on with a campaign that was interrupted, as it was written then.
    #[arg(long, conflicts_with_all = ["template", "filter", "as_of", "yes"])]
    resume: bool,
    /// Mails to show before sending.
    #[arg(long, default_value_t = 2, value_name = "COUNT")]
    samples: u32,
    #[command(flatten)]
    mail: MailArgs,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// How many deliveries are in which state.
    Status(settle::List),
    /// Deliveries of which nobody knows whether they arrived, with their Message-IDs.
    Unknown(settle::List),
    /// Settle such deliveries by what the relay's log says.
    Resolve(settle::Resolve),
    /// Show or say who a shop's mails are from.
    Sender(settle::SenderArgs),
}

/// Runs it.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    match &args.what {
        Some(What::Status(list)) => return settle::status(config, list).await,
        Some(What::Unknown(list)) => return settle::unknown(config, list).await,
        Some(What::Resolve(resolve)) => return settle::resolve(config, resolve).await,
        Some(What::Sender(sender)) => return settle::sender(config, sender).await,
        None => {}
    }
    let lot = Lot {
        shop: args.shop.clone().unwrap_or_default(),
        campaign: args.campaign.clone().unwrap_or_default(),
    };
    if lot.campaign.trim().is_empty() {
        return Err(usage("name the campaign: `--campaign spring-2025`"));
    }
    if args.resume {
        let app = App::open(config, Clock::System).await?;
        app.shop(&lot.shop).await?;
        ensure!(
            !app.store.tally(&lot).await?.is_empty(),
            "there is no campaign `{}` in the outbox of `{}`",
            lot.campaign,
            lot.shop
        );
        // Facts that came in while it was interrupted.
        app.withhold(&lot.shop).await?;
        return deliver(app.store, args, &lot).await;
    }
    let request = request(args, &lot)?;
    let app = App::open(config, Clock::System).await?;
    let shop = app.shop(&lot.shop).await?;
    let request = PlanRequest {
        as_of: args.as_of.unwrap_or_else(|| app.day(&shop)),
        ..request
    };
    // A look does not need to know where the links will lead.
    let public_url = match &args.mail.public_url {
        Some(url) => url,
        None if args.yes => {
            return Err(usage(
                "say where customers unsubscribe: `--public-url https://…`",
            ));
        }
        None => "https://public-url.invalid",
    };
    let outbox = Outbox::open(&app, public_url).await?;
    report::preview(&lot, &outbox.preview(&shop, &request, args.samples).await?);
    if !args.yes {
        println!("\nnothing was sent: add --yes to send");
        return Ok(());
    }
    if args.mail.smtp.is_none() {
        return Err(no_relay());
    }
    let bar = bar("writing");
    let enqueued = outbox
        .enqueue(&shop, &request, |done, of| {
            bar.set_length(of);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    let before = enqueued.to_send.saturating_sub(enqueued.added);
    println!(
        "\n{} mails are in the outbox, {before} have been there before",
        enqueued.added
    );
    deliver(app.store.clone(), args, &lot).await
}

fn usage(text: &str) -> anyhow::Error {
    Usage(text.to_owned()).into()
}

fn no_relay() -> anyhow::Error {
    usage("name the relay: `--smtp smtp://host:port`")
}

/// The request, but for its day.
fn request(args: &Args, lot: &Lot) -> anyhow::Result<PlanRequest> {
    let filter = serde_json::from_str(&args.filter)
        .map_err(|error| Usage(format!("the filter is not one: {error}")))?;
    let path = args
        .template
        .as_deref()
        .context("name a template: `--template FILE`")?;
    Ok(PlanRequest {
        as_of: args.as_of.unwrap_or_default(),
        campaign: lot.campaign.clone(),
        filter,
        channel: Channel::Mail,
        template: template::read(path)?,
        offset: 0,
        limit: 0,
    })
}

async fn deliver(store: Store, args: &Args, lot: &Lot) -> anyhow::Result<()> {
    let relay = args.mail.smtp.clone().ok_or_else(no_relay)?;
    let worker = Worker {
        store: store.clone(),
        clock: Clock::System,
        smtp: Smtp::new(relay.clone()),
        in_flight: args.mail.in_flight.get(),
    };
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.send_replace(true);
        }
    });
    let done = Arc::new(Done::default());
    let waiting = store.pending(lot).await?;
    let bar = bar("sending");
    bar.set_length(u64::try_from(waiting.queued + waiting.under_way).unwrap_or_default());
    let drawing = tokio::spawn(draw(bar.clone(), Arc::clone(&done)));
    let ended = worker.run(lot, Until::Drained, &done, stopped).await;
    drawing.abort();
    bar.finish_and_clear();
    report::outcome(&store.tally(lot).await?, &store.pending(lot).await?);
    match ended {
        Ended::Drained => Ok(()),
        Ended::Stopped => bail!("stopped: go on with --resume"),
        Ended::NoRelay => bail!("the relay {relay:?} cannot be reached: go on with --resume"),
    }
}

async fn draw(bar: ProgressBar, done: Arc<Done>) {
    loop {
        let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        let (failed, unknown) = (count(&done.failed), count(&done.unknown));
        bar.set_position(count(&done.delivered) + failed + unknown);
        bar.set_message(format!(
            "{failed} failed, {} put off, {unknown} unknown",
            count(&done.later)
        ));
        tokio::time::sleep(DRAW_EVERY).await;
    }
}

/// A bar on a terminal, nothing elsewhere.
fn bar(what: &'static str) -> ProgressBar {
    let style = "{prefix} [{bar:30}] {pos}/{len} {per_sec} {eta} {msg}";
    let style =
        ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style).with_prefix(what)
}
