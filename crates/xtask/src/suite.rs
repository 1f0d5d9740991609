//! `test`: every check and test, part by part. A failed part does not keep the others from being
//! run; the end is a summary.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::root::Root;
use crate::{build, gen_wire, module, setup, shell, snapshot, tidy};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Formatting.
    Fmt,
    /// House rules that no compiler checks.
    Tidy,
    /// Generated files are up to date.
    Gen,
    /// Lints, natively and for the module's target.
    Clippy,
    /// Tests of the pure crates.
    Pure,
    /// The module: built, its lists and sizes compared, called from Node by both faces.
    Module,
    /// Documentation without warnings.
    Doc,
    /// Types, lints and unit tests of `web/`.
    Web,
    /// Tests of the server.
    Host,
    /// Tests that cross rooms, and the cases for all engines.
    Rooms,
    /// The widget and the demo page in Chromium.
    E2e,
    /// The examples.
    Examples,
}

const PURE: [&str; 6] = [
    "okaeri-nfkc",
    "okaeri-core",
    "okaeri-protocol",
    "okaeri-carts",
    "okaeri-plugin",
    "okaeri-testkit",
];

/// Runs the parts named, or all. Fails when one failed.
pub fn run(root: &Root, only: &[Part]) -> Result<()> {
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|p| only.is_empty() || only.contains(p))
        .collect();
    let mut rows = Vec::new();
    for part in parts {
        let name = format!("{part:?}").to_lowercase();
        eprintln!("── {name}");
        let start = Instant::now();
        let result = part.run(root);
        if let Err(error) = &result {
            eprintln!("  failed: {error:#}");
        }
        rows.push((name, result.is_ok(), start.elapsed().as_secs_f64()));
    }
    eprintln!("── summary");
    for (name, passed, seconds) in &rows {
        let word = if *passed { "passed" } else { "FAILED" };
        eprintln!("  {name:<10} {word}  {seconds:7.1} s");
    }
    let failed = rows.iter().filter(|(_, passed, _)| !passed).count();
    if failed > 0 {
        bail!("{failed} of {} parts failed", rows.len());
    }
    eprintln!("all {} parts passed", rows.len());
    Ok(())
}

/// Builds everything, once for all parts.
fn built(root: &Root) -> Result<()> {
    static BUILT: OnceLock<()> = OnceLock::new();
    if BUILT.get().is_none() {
        build::everything(root)?;
        BUILT.get_or_init(|| ());
    }
    Ok(())
}

impl Part {
    fn run(self, root: &Root) -> Result<()> {
        match self {
            Part::Fmt => self.cargo(root, &["fmt", "--all", "--check"]),
            Part::Tidy => tidy::check(root),
            Part::Gen => gen_wire::wire(root, true),
            Part::Clippy => self.clippy(root),
            Part::Pure => {
                let mut args = vec!["test"];
                args.extend(PURE.iter().flat_map(|name| ["-p", name]));
                self.cargo(root, &args)
            }
            Part::Module => {
                setup::to_build(root)?;
                module::build(root)?;
                eprintln!("  {}", snapshot::sizes(root)?);
                snapshot::write(root, true)?;
                let mut node = shell::program("node", &root.top);
                node.arg("tests/module.mjs")
                    .arg(module::path(root))
                    .args(module::glue(root));
                self.watch(root, &mut node)
            }
            Part::Doc => {
                let mut doc = shell::cargo(
                    &root.top,
                    &["doc", "--no-deps", "--workspace", "--exclude", "xtask"],
                );
                self.watch(root, doc.env("RUSTDOCFLAGS", "-D warnings"))
            }
            Part::Web => {
                setup::to_build(root)?;
                self.npm(root, &["run", "check"])?;
                self.npm(root, &["test"])
            }
            Part::Host => self.release(root, &["-p", "okaeri-host"]),
            Part::Rooms => self.release(root, &["-p", "okaeri-tests"]),
            Part::E2e => {
                built(root)?;
                self.npm(root, &["run", "e2e"])
            }
            Part::Examples => self.examples(root),
        }
    }

    fn clippy(self, root: &Root) -> Result<()> {
        let deny = ["--", "-D", "warnings"];
        let mut native = vec!["clippy", "--workspace", "--all-targets"];
        native.extend(deny);
        self.cargo(root, &native)?;
        let mut wasm = vec!["clippy", "-p", "okaeri-plugin", "--target", setup::WASM];
        wasm.extend(deny);
        self.cargo(root, &wasm)
    }

    fn examples(self, root: &Root) -> Result<()> {
        self.release(root, &["-p", "okaeri-tests", "--test", "examples"])?;
        let Some(python) = setup::python(root)? else {
            eprintln!("  passed over: there is no python3 for examples/python-host");
            return Ok(());
        };
        let host = root.at("examples/python-host/host.py");
        self.watch(
            root,
            shell::program(python, &root.top)
                .arg(host)
                .arg(module::path(root))
                .arg(root.at("examples/python-host/expected.txt")),
        )
    }

    /// Tests that need the module, the server, PostgreSQL, Chromium.
    fn release(self, root: &Root, which: &[&str]) -> Result<()> {
        built(root)?;
        let mut test = shell::cargo(&root.top, &["test", "--release"]);
        test.args(which).env("PG_BIN", setup::postgres(root)?);
        self.watch(root, setup::tools(root, &mut test)?)
    }

    fn npm(self, root: &Root, args: &[&str]) -> Result<()> {
        let mut npm = shell::program("npm", &root.at("web"));
        npm.args(args);
        if self == Part::E2e {
            setup::tools(root, &mut npm)?;
        }
        self.watch(root, &mut npm)
    }

    fn cargo(self, root: &Root, args: &[&str]) -> Result<()> {
        self.watch(root, &mut shell::cargo(&root.top, args))
    }

    fn watch(self, root: &Root, command: &mut Command) -> Result<()> {
        shell::watched(command, &self.log(root), is_closing)
    }

    fn log(self, root: &Root) -> PathBuf {
        root.kept(&format!("log/{self:?}.txt").to_lowercase())
    }
}

/// Lines by which a test runner or a compiler ends, and those that name what is being run.
fn is_closing(line: &str) -> bool {
    let line = line.trim();
    let starts = [
        "Running ",
        "Doc-tests ",
        "test result:",
        "Finished ",
        "warning:",
        "error",
        "Test Files ",
        "Tests ",
        "# tests",
        "# pass",
        "# fail",
        "ℹ tests",
        "ℹ pass",
        "ℹ fail",
        "Checked ",
        "ok:",
        "Documenting ",
        "Diff in ",
        "LEFT OUT",
    ];
    starts.iter().any(|start| line.starts_with(start))
}
