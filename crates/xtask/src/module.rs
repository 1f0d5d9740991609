//! The module: compiled, given its JS face, and packed. One file comes out, `dist/okaeri.wasm`, the
//! same as a server sends it, `dist/okaeri.wasm.gz`, and the JavaScript that goes with its JS face.
//! There is no wasm-opt: ARCHITECTURE.md, "Size".

use std::fs;
use std::num::NonZeroU64;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::root::{self, Root};
use crate::{reorder, setup, shell};

/// Rounds of the search for a short gzip; more gain nothing.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).unwrap();

/// How large a function may be that is copied to where it is called: any, and one that says
/// `#[inline]`. ARCHITECTURE.md, "Size", has what that costs and saves.
const INLINE: [&str; 2] = [
    "-Cllvm-args=-inline-threshold=5",
    "-Cllvm-args=-inlinehint-threshold=220",
];

/// Blocks with a code of their own at most; more gain nothing.
const SPLITS: u16 = 90;

/// Where the module is left.
pub fn path(root: &Root) -> PathBuf {
    root.at("dist/okaeri.wasm")
}

/// The same after gzip.
pub fn packed(root: &Root) -> PathBuf {
    root.at("dist/okaeri.wasm.gz")
}

/// JavaScript and types of the JS face, for `dist/web`.
pub fn glue(root: &Root) -> [PathBuf; 2] {
    ["okaeri.js", "okaeri.d.ts"].map(|name| root.kept("glue").join(name))
}

/// Builds `dist/okaeri.wasm` where its source has changed.
pub fn build(root: &Root) -> Result<()> {
    let raw = root
        .target
        .join("wasm32-unknown-unknown/module/okaeri_plugin.wasm");
    shell::step("module: compile", || {
        let args = [
            "build",
            "-p",
            "okaeri-plugin",
            "--lib",
            "--profile",
            "module",
            "--target",
            setup::WASM,
        ];
        let flags = [without_home()?, INLINE.map(str::to_owned).to_vec()].concat();
        let flags = format!("target.{}.rustflags = {flags:?}", setup::WASM);
        let mut cargo = shell::cargo(&root.top, &args);
        shell::open(cargo.args(["--config", &flags]))?;
        Ok(true)
    })?;
    let bound = root.kept("glue/okaeri_bg.wasm");
    shell::step("module: JS face", || {
        let mut results = vec![bound.clone()];
        results.extend(glue(root));
        root.once(
            "glue",
            &format!("named {}", root::hash_file(&raw)?),
            &results,
            || bind(root, &raw),
        )
    })?;
    shell::step("module: pack", || {
        let results = [path(root), packed(root)];
        let order = root::hash_file(&root.at("crates/xtask/src/reorder.rs"))?;
        let inputs = format!("{} {order} {ROUNDS} {SPLITS}", root::hash_file(&bound)?);
        root.once("pack", &inputs, &results, || pack(root, &bound))
    })
}

/// Flags that keep this machine's folders out of the module: it is the same from every machine.
fn without_home() -> Result<Vec<String>> {
    let cargo = match std::env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::home_dir()
            .context("neither CARGO_HOME nor a home folder is known")?
            .join(".cargo"),
    };
    let mut flags = Vec::new();
    // Without the folder everything that is needed is vendored.
    for registry in fs::read_dir(cargo.join("registry/src"))
        .into_iter()
        .flatten()
    {
        flags.push(format!(
            "--remap-path-prefix={}=",
            registry?.path().display()
        ));
    }
    flags.sort();
    Ok(flags)
}

fn pack(root: &Root, bound: &std::path::Path) -> Result<()> {
    let wasm = reorder::reorder(&fs::read(bound)?)?;
    let mut gzip = Vec::new();
    let options = zopfli::Options {
        iteration_count: ROUNDS,
        maximum_block_splits: SPLITS,
        ..zopfli::Options::default()
    };
    zopfli::compress(options, zopfli::Format::Gzip, wasm.as_slice(), &mut gzip)?;
    root::write(&path(root), &wasm)?;
    root::write(&packed(root), &gzip)
}

fn bind(root: &Root, raw: &std::path::Path) -> Result<()> {
    Bindgen::new()
        .input_path(raw)
        .out_name("okaeri")
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(root.kept("glue"))
        })
        .map_err(|error| anyhow!("{error:#}"))
        .context("wasm-bindgen refuses the module")
}
