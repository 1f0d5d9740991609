//! The command `okaeri`, as it is released.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The command on a store of its own in `folder`: what the variable `OKAERI_BIN` names, else what
/// lies in the target folder that `target_tmp` belongs to.
pub fn okaeri(target_tmp: &str, folder: &Path) -> Command {
    let named = std::env::var_os("OKAERI_BIN").map(PathBuf::from);
    let program = named.unwrap_or_else(|| Path::new(target_tmp).with_file_name("release/okaeri"));
    let mut okaeri = Command::new(program);
    okaeri
        .env("OKAERI_DB", folder.join("okaeri.db"))
        .env("OKAERI_CACHE", folder.join("cache"))
        .env(
            "OKAERI_MODULE",
            concat!(env!("CARGO_MANIFEST_DIR"), "/../dist/okaeri.wasm"),
        );
    okaeri
}
