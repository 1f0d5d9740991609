//! What the module asks of a host, what it offers, and how large it is, in a text file that a
//! reviewer sees change.

use std::fmt;
use std::fs;

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload};

use crate::gen_wire::up_to_date;
use crate::root::Root;
use crate::{module, shell};

const FILE: &str = "tests/module.snapshot.txt";

/// Most that a browser may have to fetch, in bytes after gzip (ARCHITECTURE.md, "Size").
const GZIP_MAX: u64 = 700_000;

/// Sizes may differ from the recorded ones by so many in a hundred.
const TOLERANCE_PERCENT: u64 = 2;

/// Sizes in bytes.
pub struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "raw {}, gzip {}, brotli {}",
            self.raw, self.gzip, self.brotli
        )
    }
}

/// The sizes of the module, of its file after gzip, and of what Node's Brotli makes of it.
pub fn sizes(root: &Root) -> Result<Sizes> {
    let script =
        "const [wasm, gzip] = process.argv.slice(1).map(f => require('fs').readFileSync(f));
        console.log(wasm.length, gzip.length, require('zlib').brotliCompressSync(wasm).length)";
    let mut node = shell::program("node", &root.top);
    node.arg("-e").arg(script);
    let said = shell::output(node.arg(module::path(root)).arg(module::packed(root)))?;
    parse(&said).with_context(|| format!("node told no sizes: {said}"))
}

fn parse(line: &str) -> Option<Sizes> {
    let numbers = line
        .split_whitespace()
        .filter_map(|word| word.trim_end_matches(',').parse().ok());
    match numbers.collect::<Vec<u64>>().as_slice() {
        &[raw, gzip, brotli] => Some(Sizes { raw, gzip, brotli }),
        _ => None,
    }
}

/// Writes the snapshot of `dist/okaeri.wasm`, or with `check` compares it: the lists exactly, the
/// sizes within two in a hundred, and gzip with the budget.
pub fn write(root: &Root, check: bool) -> Result<()> {
    let wasm = module::path(root);
    if !wasm.is_file() {
        bail!("there is no dist/okaeri.wasm to take the snapshot of: run `cargo xtask build`");
    }
    let sizes = sizes(root)?;
    let lists = lists(&fs::read(&wasm)?)?;
    if !check {
        return up_to_date(
            root,
            FILE,
            &format!("{lists}\nsize in bytes: {sizes}\n"),
            false,
        );
    }
    if sizes.gzip > GZIP_MAX {
        bail!(
            "dist/okaeri.wasm.gz has {} bytes; the budget is {GZIP_MAX}",
            sizes.gzip
        );
    }
    let recorded = fs::read_to_string(root.at(FILE)).with_context(|| format!("no {FILE}"))?;
    let (recorded_lists, line) = recorded
        .split_once("\nsize in bytes: ")
        .with_context(|| format!("{FILE} tells no sizes: run `cargo xtask gen`"))?;
    if recorded_lists != lists.as_str() {
        bail!(
            "imports or exports differ from {FILE}: run `cargo xtask gen` and read the difference"
        );
    }
    let recorded = parse(line).with_context(|| format!("{FILE} tells no three sizes"))?;
    let pairs = [
        (recorded.raw, sizes.raw),
        (recorded.gzip, sizes.gzip),
        (recorded.brotli, sizes.brotli),
    ];
    for (before, now) in pairs {
        if before.abs_diff(now) * 100 > before * TOLERANCE_PERCENT {
            bail!("the module is {sizes}, and {FILE} says {recorded}: run `cargo xtask gen`");
        }
    }
    Ok(())
}

/// Imports and exports, sorted.
fn lists(wasm: &[u8]) -> Result<String> {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    imports.push(format!("  {} {}\n", import.module, import.name));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    exports.push(format!("  {} ({:?})\n", export.name, export.kind));
                }
            }
            _ => {}
        }
    }
    imports.sort();
    exports.sort();
    Ok(format!(
        "imports\n{}\nexports\n{}",
        imports.concat(),
        exports.concat()
    ))
}
