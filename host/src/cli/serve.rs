//! `okaeri serve`: the API, the widget and the demo page, until told to stop.

mod demo;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use okaeri_carts::Mapping;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::deliver::MailArgs;
use crate::http::{self, Allowed, Assets, Demo, Face, Limits};
use crate::outbox;
use crate::outbox::enqueue::Outbox;
use crate::outbox::links::Links;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to listen. Put a proxy with TLS before it to be reached from elsewhere.
    #[arg(
        long,
        env = "OKAERI_LISTEN",
        default_value = "127.0.0.1:8787",
        value_name = "ADDRESS"
    )]
    listen: SocketAddr,
    /// Make the shop `demo` of made-up orders if there is none, and open the demo page to it.
    #[arg(long)]
    demo: bool,
    /// The widget's files. Looked for in `dist/web` here and beside the program.
    #[arg(long, env = "OKAERI_WEB", value_name = "FOLDER")]
    web: Option<PathBuf>,
    /// A page that may call a shop's API from a browser, as `shop=https://cart.example`.
    #[arg(
        long,
        env = "OKAERI_ORIGINS",
        value_delimiter = ',',
        value_name = "SHOP=ORIGIN"
    )]
    origin: Vec<Allowed>,
    /// Who may show our pages in a frame: `'none'`, or origins with spaces between.
    #[arg(
        long,
        env = "OKAERI_FRAME_ANCESTORS",
        default_value = "'none'",
        value_name = "SOURCES"
    )]
    frame_ancestors: String,
    /// Column mappings for CSV files of no known cart, as `name.toml`; an upload names one.
    #[arg(long, env = "OKAERI_MAPPINGS", value_name = "FOLDER")]
    mappings: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    mail: MailArgs,
}

/// How much is too much.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// Largest upload of facts, in MiB.
    #[arg(
        long,
        env = "OKAERI_ORDERS_MIB",
        default_value = "64",
        value_name = "MIB"
    )]
    orders_mib: NonZeroUsize,
    /// Uploads that are read at once; others wait.
    #[arg(
        long,
        env = "OKAERI_UPLOADS",
        default_value = "2",
        value_name = "COUNT"
    )]
    uploads: NonZeroUsize,
    /// Longest time for an upload.
    #[arg(
        long,
        env = "OKAERI_UPLOAD_SECONDS",
        default_value_t = 300,
        value_name = "SECONDS"
    )]
    upload_seconds: u64,
    /// Longest time for any other answer.
    #[arg(
        long,
        env = "OKAERI_ANSWER_SECONDS",
        default_value_t = 60,
        value_name = "SECONDS"
    )]
    answer_seconds: u64,
    /// Calls a second that one token may make in the long run.
    #[arg(
        long,
        env = "OKAERI_CALLS_PER_SECOND",
        default_value = "50",
        value_name = "COUNT"
    )]
    calls_per_second: NonZeroU32,
    /// Calls that one token may make at once.
    #[arg(
        long,
        env = "OKAERI_CALLS_BURST",
        default_value = "200",
        value_name = "COUNT"
    )]
    calls_burst: NonZeroU32,
    /// Time that running requests are given when the server is told to stop.
    #[arg(
        long,
        env = "OKAERI_STOP_SECONDS",
        default_value_t = 30,
        value_name = "SECONDS"
    )]
    stop_seconds: u64,
}

impl LimitArgs {
    fn limits(&self) -> Limits {
        Limits {
            orders_bytes: self.orders_mib.get().saturating_mul(1 << 20),
            body_bytes: 1 << 20,
            uploads: self.uploads.get(),
            upload_within: Duration::from_secs(self.upload_seconds),
            answer_within: Duration::from_secs(self.answer_seconds),
            calls_per_second: self.calls_per_second,
            calls_burst: self.calls_burst,
        }
    }
}

/// Runs it.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    if args.demo && !args.listen.ip().is_loopback() {
        bail!("`--demo` gives its token to whoever asks: listen on 127.0.0.1 with it");
    }
    log_as_json();
    let app = App::open(config, Clock::System).await?;
    let listener = TcpListener::bind(args.listen).await.with_context(|| {
        format!(
            "cannot listen on {}: choose another place with `--listen`",
            args.listen
        )
    })?;
    let at = listener.local_addr()?;
    let public_url = public_url(args, at);
    let outbox = Outbox::open(&app, &public_url).await?;
    let links = Links::open(&app.store, &public_url).await?;
    let unsubscribe = http::unsubscribe::router(app.store.clone(), app.clock, links);
    let limits = args.limits.limits();
    let mappings = args
        .mappings
        .as_deref()
        .map(mappings)
        .transpose()?
        .unwrap_or_default();
    let mut face =
        Face::new(app.clone(), outbox, assets(config, args)?, limits).with_mappings(mappings);
    let demo = if args.demo {
        Some(demo::open(&app).await?)
    } else {
        None
    };
    if let Some(demo) = &demo {
        face = face.with_demo(demo.clone());
    }
    let router = http::router(face, args.origin.iter().cloned().collect(), unsubscribe);

    // Until here a signal simply ends the process.
    let stop = stop_signal()?;
    let (stopping, told) = watch::channel(false);
    let delivering = tokio::spawn(outbox::background::run(app, args.mail.clone(), told));
    announce(at, demo.as_ref())?;
    http::serve(
        listener,
        router,
        stop,
        Duration::from_secs(args.limits.stop_seconds),
    )
    .await;
    stopping.send_replace(true);
    delivering.await.context("the outbox ended badly")
}

/// Where links in mails lead: as told, else to this machine.
fn public_url(args: &Args, at: SocketAddr) -> String {
    args.mail.public_url.clone().unwrap_or_else(|| {
        if !at.ip().is_loopback() {
            tracing::warn!("links in mails lead to localhost: say `--public-url`");
        }
        format!("http://localhost:{}", at.port())
    })
}

/// The module's file and the widget's.
fn assets(config: &Config, args: &Args) -> anyhow::Result<Assets> {
    let module = config.module_path()?;
    let wasm =
        std::fs::read(&module).with_context(|| format!("cannot read `{}`", module.display()))?;
    let packed = std::fs::read(module.with_extension("wasm.gz")).ok();
    let mut assets = Assets::new(wasm.into(), packed.map(Into::into), &args.frame_ancestors)
        .map_err(anyhow::Error::msg)
        .context("`--frame-ancestors` cannot be used")?;
    match args.web.clone().or_else(web_folder) {
        Some(folder) => assets
            .read(&folder)
            .with_context(|| format!("cannot read the widget's files in `{}`", folder.display()))?,
        None => tracing::warn!("there is no `dist/web`: the API is served without the widget"),
    }
    Ok(assets)
}

/// The column mappings of a folder: `name.toml` is the mapping `name`.
fn mappings(folder: &Path) -> anyhow::Result<BTreeMap<String, Mapping>> {
    let mut mappings = BTreeMap::new();
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the mappings in `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path);
        let text = text.with_context(|| format!("cannot read `{}`", path.display()))?;
        let mapping = Mapping::from_toml(&text)
            .map_err(|error| anyhow!("the mapping `{}`: {error}", path.display()))?;
        mappings.insert(name, mapping);
    }
    Ok(mappings)
}

/// One JSON object a line on standard error; `OKAERI_LOG` chooses what, such as `debug`.
fn log_as_json() {
    let filter = EnvFilter::try_from_env("OKAERI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Ends when the process is told to stop. Listens from now on, so that no signal is missed.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn web_folder() -> Option<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program
        .as_deref()
        .and_then(Path::parent)
        .map(|folder| [folder.join("web"), folder.join("../../dist/web")]);
    std::iter::once(PathBuf::from("dist/web"))
        .chain(beside.into_iter().flatten())
        .find(|folder| folder.is_dir())
}

/// Tells a person where everything is.
fn announce(at: SocketAddr, demo: Option<&Demo>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Okaeri {} おかえり", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "  page    http://{at}/")?;
    writeln!(out, "  widget  http://{at}/okaeri-widget.js")?;
    writeln!(
        out,
        "  API     http://{at}/v1/   described in http://{at}/openapi.json"
    )?;
    if let Some(demo) = demo {
        writeln!(out, "  shop    {}", demo.shop)?;
        writeln!(
            out,
            "  token   {}   reads, writes and sends until the next start",
            demo.token
        )?;
    }
    out.flush()
}
