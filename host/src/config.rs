//! What every command is told beside its own arguments: by flags or by the environment.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;

/// Settings of this installation.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Installation")]
pub struct Config {
    /// Where facts are kept: an SQLite file, or `postgres://user@host/name`.
    #[arg(long, env = "OKAERI_DB", default_value = "okaeri.db", global = true)]
    pub db: String,
    /// The module, `okaeri.wasm`. Looked for in `dist/` here and beside the program.
    #[arg(long, env = "OKAERI_MODULE", global = true, value_name = "FILE")]
    pub module: Option<PathBuf>,
    /// Where the compiled module is kept. Nobody else may write there.
    #[arg(long, env = "OKAERI_CACHE", global = true, value_name = "FOLDER")]
    pub cache: Option<PathBuf>,
    /// Most memory of one shop's instance, in MiB (at most 4096). A shop on several instances may
    /// have as much for each.
    #[arg(long, env = "OKAERI_SHOP_MEMORY", default_value_t = 2048, global = true,
          value_name = "MIB", value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub shop_memory: u32,
    /// Memory of all shops that are kept warm, in MiB.
    #[arg(
        long,
        env = "OKAERI_WARM_MEMORY",
        default_value_t = 4096,
        global = true,
        value_name = "MIB"
    )]
    pub warm_memory: u32,
    /// A shop whose log has as many rows is put on several instances; 0 never does that.
    #[arg(
        long,
        env = "OKAERI_SHARD_ROWS",
        default_value_t = 4_000_000,
        global = true,
        value_name = "ROWS"
    )]
    pub shard_rows: u64,
    /// On how many instances, 2 to 16; as many as there are processors if not told.
    #[arg(long, env = "OKAERI_SHARD_INSTANCES", global = true, value_name = "COUNT",
          value_parser = clap::value_parser!(u8).range(2..=16))]
    pub shard_instances: Option<u8>,
    /// Longest time that the module may take for one question.
    #[arg(
        long,
        env = "OKAERI_ASK_SECONDS",
        default_value_t = 30,
        global = true,
        value_name = "SECONDS"
    )]
    pub ask_seconds: u32,
    /// Longest time that the module may take to take in one batch of facts.
    #[arg(
        long,
        env = "OKAERI_LOAD_SECONDS",
        default_value_t = 30,
        global = true,
        value_name = "SECONDS"
    )]
    pub load_seconds: u32,
}

impl Config {
    /// Deadline of a question.
    pub fn ask_deadline(&self) -> Duration {
        Duration::from_secs(self.ask_seconds.into())
    }

    /// Deadline of a batch.
    pub fn load_deadline(&self) -> Duration {
        Duration::from_secs(self.load_seconds.into())
    }

    /// Whether a shop of so many rows is put on several instances.
    pub fn is_large(&self, rows: u64) -> bool {
        self.shard_rows > 0 && rows >= self.shard_rows
    }

    /// On how many instances a large shop is put.
    pub fn shards(&self) -> u8 {
        self.shard_instances.unwrap_or_else(|| {
            let processors = std::thread::available_parallelism().map_or(2, usize::from);
            processors.clamp(2, 16) as u8
        })
    }

    /// Most memory of one shop's instance, in bytes. The keys of a large shop are kept while all
    /// its instances together are below it.
    pub fn shop_bytes(&self) -> usize {
        (self.shop_memory as usize) << 20
    }

    /// Where the module is.
    ///
    /// # Errors
    /// When it is in none of the usual places.
    pub fn module_path(&self) -> anyhow::Result<PathBuf> {
        if let Some(path) = &self.module {
            return Ok(path.clone());
        }
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let beside = program.parent().map(|folder| {
            [
                folder.join("okaeri.wasm"),
                folder.join("../../dist/okaeri.wasm"),
            ]
        });
        std::iter::once(PathBuf::from("dist/okaeri.wasm"))
            .chain(beside.into_iter().flatten())
            .find(|path| path.is_file())
            .context("there is no `dist/okaeri.wasm`: run `cargo xtask build` or name the file with `--module`")
    }

    /// Where the compiled module is kept: the flag, else the user's cache folder.
    ///
    /// # Errors
    /// When the user has no home either.
    pub fn cache_path(&self) -> anyhow::Result<PathBuf> {
        if let Some(path) = &self.cache {
            return Ok(path.clone());
        }
        let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        of("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| of("HOME").map(|home| PathBuf::from(home).join(".cache")))
            .map(|folder| folder.join("okaeri"))
            .context(
                "there is no home folder: say where to keep the compiled module with `--cache`",
            )
    }
}
