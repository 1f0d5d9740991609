//! `okaeri import`: a cart's files into a shop. Each file is taken in whole or not at all.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use okaeri_carts::{Format as FileFormat, Mapping, ReadOptions};
use okaeri_protocol::answer::Loaded;
use okaeri_protocol::settings::Settings;

use super::Usage;
use super::print::{self, Format, Formatted, Sheet, number, text};
use super::shop::shop_id;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::intake;
use crate::store::Shop;

/// Refused rows that are printed.
const SHOWN: usize = 20;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  okaeri import --shop mine orders.csv
  okaeri import --shop mine --from next-engine 2024-*.csv.gz
  okaeri import --shop mine --mapping columns.toml export.csv")]
pub struct Args {
    /// Into which shop; one that is not there is added
    #[arg(long, value_parser = shop_id)]
    shop: String,
    /// What the files are: auto, okaeri, ndjson, json, next-engine, shopify, ec-cube, mapping
    #[arg(long, default_value = "auto")]
    from: String,
    /// For a CSV file of one's own: which column is what, as TOML
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    print: Formatted,
    /// Files, as they are or compressed by gzip
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Runs it.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let (format, mapping) = form(args)?;
    let app = App::open(config, Clock::System).await?;
    let shop = set_up(&app, &args.shop, mapping.as_ref()).await?;
    let options = ReadOptions {
        format,
        mapping,
        currency: shop.settings.currency,
    };
    let (mut taken, mut rows) = (0, Vec::new());
    for path in &args.files {
        let loaded = import(&app, &args.shop, path, options.clone())
            .await
            .with_context(|| format!("`{}` was not taken in", path.display()))?;
        taken += loaded.orders + loaded.others;
        match args.print.format {
            Format::Table => tell(path, &loaded),
            Format::Json => print::json(&serde_json::json!({ "file": path, "loaded": loaded }))?,
            Format::Csv => rows.push(row(path, &loaded)),
        }
    }
    if args.print.format == Format::Csv {
        Sheet::new(TITLES, rows.into_iter()).write(Format::Csv)?;
    }
    anyhow::ensure!(taken > 0, "nothing was taken in: every row was refused");
    Ok(())
}

/// How the files are read.
fn form(args: &Args) -> anyhow::Result<(FileFormat, Option<Mapping>)> {
    let mapping = match &args.mapping {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the mapping `{}`", path.display()))?;
            let mapping = Mapping::from_toml(&text)
                .with_context(|| format!("the mapping `{}` is not one", path.display()))?;
            Some(mapping)
        }
        None => None,
    };
    if args.from == "mapping" {
        if mapping.is_none() {
            return Err(Usage("name the mapping with `--mapping FILE`".to_owned()).into());
        }
        return Ok((FileFormat::Auto, mapping));
    }
    Ok((args.from.parse().map_err(Usage)?, mapping))
}

/// The shop, added if need be. One without facts is set up as the mapping says.
async fn set_up(app: &App, id: &str, mapping: Option<&Mapping>) -> anyhow::Result<Shop> {
    let mut shop = match app.store.shop(id).await? {
        Some(shop) => shop,
        None => {
            let shop = Shop {
                id: id.to_owned(),
                name: id.to_owned(),
                settings: Settings::default(),
                created_at: app.clock.millis(),
            };
            app.add_shop(&shop).await?;
            eprintln!("added the shop `{id}`");
            shop
        }
    };
    let first = app
        .store
        .head(id)
        .await?
        .is_some_and(|head| head.last_seq == 0);
    if let (true, Some(mapping)) = (first, mapping) {
        let hint = &mapping.settings;
        let before = shop.settings.clone();
        shop.settings.identity = hint.identity.unwrap_or(before.identity);
        shop.settings.customer_numbers = hint.customer_numbers.unwrap_or(before.customer_numbers);
        shop.settings.time_zone = hint.time_zone.clone().unwrap_or(before.time_zone.clone());
        shop.settings.currency = mapping.currency.clone().unwrap_or(before.currency.clone());
        if shop.settings != before {
            app.set_shop(&shop).await?;
        }
    }
    Ok(shop)
}

async fn import(
    app: &App,
    shop: &str,
    path: &Path,
    options: ReadOptions,
) -> anyhow::Result<Loaded> {
    let file = File::open(path)?;
    let bar = bar(&file, path)?;
    let input = intake::unpacked(Watched {
        file,
        bar: bar.clone(),
    })?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    let load = app.load(shop, &name).await?;
    let loaded = intake::take_in(load, input, options).await;
    bar.finish_and_clear();
    Ok(loaded?)
}

/// A bar on a terminal, nothing elsewhere.
fn bar(file: &File, path: &Path) -> anyhow::Result<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    let style = "{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    let bar = ProgressBar::new(file.metadata()?.len());
    bar.set_style(ProgressStyle::with_template(style)?);
    bar.set_message(path.display().to_string());
    Ok(bar)
}

/// A file whose reading moves the bar.
struct Watched {
    file: File,
    bar: ProgressBar,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(into)?;
        self.bar.inc(read as u64);
        Ok(read)
    }
}

const TITLES: [&str; 9] = [
    "file", "format", "rows", "orders", "lines", "others", "replaced", "stale", "rejected",
];

fn row(path: &Path, loaded: &Loaded) -> [print::Value; TITLES.len()] {
    [
        text(path.display().to_string()),
        text(&loaded.format),
        number(loaded.rows),
        number(loaded.orders),
        number(loaded.lines),
        number(loaded.others),
        number(loaded.replaced),
        number(loaded.stale),
        number(loaded.rejected_count),
    ]
}

fn tell(path: &Path, loaded: &Loaded) {
    println!(
        "{}: {} rows read as {}; {} orders with {} lines and {} other facts taken in, \
         {} orders replaced, {} already there in a newer version, {} rows refused",
        path.display(),
        loaded.rows,
        loaded.format,
        loaded.orders,
        loaded.lines,
        loaded.others,
        loaded.replaced,
        loaded.stale,
        loaded.rejected_count
    );
    if !loaded.unread.is_empty() {
        let names = loaded.unread.join("`, `");
        eprintln!("  passed over, because Okaeri has no such columns: `{names}`");
    }
    for rejected in loaded.rejected.iter().take(SHOWN) {
        let row = (rejected.row > 0).then(|| format!("row {}", rejected.row));
        let column = (!rejected.column.is_empty()).then(|| rejected.column.clone());
        let place: Vec<String> = row.into_iter().chain(column).collect();
        eprintln!("  {}: {}", place.join(", "), rejected.reason);
    }
    let hidden = loaded.rejected_count.saturating_sub(SHOWN as u64);
    if hidden > 0 && !loaded.rejected.is_empty() {
        eprintln!("  … and more refused rows: {hidden}");
    }
}
