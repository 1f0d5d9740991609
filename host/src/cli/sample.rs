//! `okaeri sample`: a made-up shop, as a cart would export it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use chrono::NaiveDate;
use okaeri_carts::sample::{Layout, SampleOptions, sample, sample_facts, write, write_facts};

use super::print;

/// Arguments of `sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  okaeri sample --orders 50000 --as next-engine --out orders.csv")]
pub struct Args {
    /// How many orders
    #[arg(long, default_value_t = 20_000)]
    orders: u32,
    /// Another number is another shop
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The last day with orders
    #[arg(long, value_name = "DAY", default_value = "2026-10-31")]
    until: NaiveDate,
    /// Days of history before it
    #[arg(long, default_value_t = 1096)]
    days: u32,
    /// As which cart's file
    #[arg(long = "as", value_enum, default_value_t = As::Okaeri)]
    layout: As,
    /// Into which file; standard output without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// See [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum As {
    /// Okaeri's own CSV
    Okaeri,
    /// One fact a line: contracts, events and customers too, which no cart's file of orders has
    Ndjson,
    /// ネクストエンジン 受注CSV, which has no column for cancelled orders
    NextEngine,
    /// Shopify's order export
    Shopify,
    /// EC-CUBE 4 受注CSV
    EcCube,
}

impl From<As> for Layout {
    fn from(layout: As) -> Self {
        match layout {
            As::Okaeri => Layout::Okaeri,
            As::Ndjson => Layout::Ndjson,
            As::NextEngine => Layout::NextEngine,
            As::Shopify => Layout::Shopify,
            As::EcCube => Layout::EcCube,
        }
    }
}

/// Runs it.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut out: Box<dyn Write> = match &args.out {
        Some(path) => {
            let file = File::create(path);
            Box::new(BufWriter::new(
                file.with_context(|| format!("cannot write `{}`", path.display()))?,
            ))
        }
        None => Box::new(print::out()),
    };
    let options = SampleOptions {
        orders: args.orders,
        seed: args.seed,
        until: args.until,
        days: args.days,
    };
    let mut written = Ok(());
    let mut put = |text: &str| {
        if written.is_ok() {
            written = out.write_all(text.as_bytes());
        }
    };
    match args.layout {
        As::Ndjson => write_facts(&sample_facts(&options), &mut put),
        layout => write(&sample(&options), layout.into(), &mut put),
    }
    written?;
    Ok(out.flush()?)
}
