//! What a fresh machine lacks: found when installed, installed when that is possible, else named
//! in a sentence that says what to do.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::root::{self, Root};
use crate::shell;

/// The module's target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Oldest Node that the web tools run on: major and minor version.
const NODE: (u32, u32) = (20, 19);

/// The compiler for the module, and the packages of `web/`.
pub fn to_build(root: &Root) -> Result<()> {
    shell::step("set-up: wasm target", || wasm_target(root))?;
    shell::step("set-up: npm packages", || npm_packages(root))
}

fn wasm_target(root: &Root) -> Result<bool> {
    let mut ask = shell::program("rustc", &root.top);
    ask.args(["--print", "target-libdir", "--target", WASM]);
    if shell::output(&mut ask).is_ok_and(|folder| PathBuf::from(folder).is_dir()) {
        return Ok(false);
    }
    if shell::find("rustup").is_none() {
        bail!("this Rust cannot compile for {WASM}: install Rust by rustup (https://rustup.rs)");
    }
    shell::open(shell::program("rustup", &root.top).args(["target", "add", WASM]))?;
    Ok(true)
}

fn npm_packages(root: &Root) -> Result<bool> {
    let ask = "node and npm are needed: install Node 20.19 or newer (https://nodejs.org)";
    let Ok(version) = shell::output(shell::program("node", &root.top).arg("--version")) else {
        bail!("{ask}");
    };
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map_while(|n| n.parse().ok());
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < NODE || shell::find("npm").is_none() {
        bail!("{ask}; found node {version}");
    }
    let web = root.at("web");
    let lock = root::hash_file(&web.join("package-lock.json"))?;
    let stamp = web.join("node_modules/.okaeri-lock");
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == lock) {
        return Ok(false);
    }
    // `npm ci` takes a lock file to be stale when a registry lacks an optional package for some
    // other platform; `install` follows the same lock file and passes those over.
    shell::open(shell::program("npm", &web).args(["install", "--no-audit", "--no-fund"]))?;
    root::write(&stamp, lock.as_bytes())?;
    Ok(true)
}

/// Tells a program of tests where what it works with is: the server, Chromium, and the folder of
/// the dashboard workload, which is named as seen from here.
pub fn tools<'a>(root: &Root, command: &'a mut Command) -> Result<&'a mut Command> {
    if let Some(folder) = std::env::var_os("PEERS_DATA") {
        command.env("PEERS_DATA", std::path::absolute(folder)?);
    }
    Ok(command
        .env("OKAERI_BIN", root.target.join("release/okaeri"))
        .env("CHROMIUM", chromium(root)?))
}

/// A Chromium for the tests in a browser.
pub fn chromium(root: &Root) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];
    let find = || names.iter().find_map(|name| shell::find(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    install(root, &["chromium", "fonts-noto-cjk"])?;
    match find() {
        Some(path) => Ok(path),
        None => bail!("the tests need Chromium: install it, or name it in the variable CHROMIUM"),
    }
}

/// The folder of PostgreSQL's programs, for the throwaway server of the tests.
pub fn postgres(root: &Root) -> Result<PathBuf> {
    let find = || {
        let installed = fs::read_dir("/usr/lib/postgresql").ok();
        let mut versions: Vec<PathBuf> = installed
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        versions.sort();
        let named = std::env::var_os("PG_BIN").map(PathBuf::from);
        let on_path = shell::find("initdb").and_then(|file| file.parent().map(PathBuf::from));
        let mut all = named
            .into_iter()
            .chain(versions.into_iter().rev())
            .chain(on_path);
        all.find(|folder| folder.join("initdb").is_file())
    };
    if let Some(folder) = find() {
        return Ok(folder);
    }
    install(root, &["postgresql"])?;
    match find() {
        Some(folder) => Ok(folder),
        None => bail!("the tests need PostgreSQL: install it, or name its `bin` folder in PG_BIN"),
    }
}

/// A Python of its own with what the examples need; `None` where there is no Python.
pub fn python(root: &Root) -> Result<Option<PathBuf>> {
    if shell::find("python3").is_none() {
        return Ok(None);
    }
    let needs = root.at("examples/python-host/requirements.txt");
    let folder = root.kept("python");
    let python = folder.join("bin/python");
    root.once(
        "python",
        &root::hash_file(&needs)?,
        std::slice::from_ref(&python),
        || {
            let mut create = shell::program("python3", &root.top);
            create.args(["-m", "venv", "--clear"]).arg(&folder);
            if shell::output(&mut create).is_err() {
                install(root, &["python3-venv"])?;
                shell::output(&mut create)?;
            }
            let mut fill = shell::program(&python, &root.top);
            fill.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
            ]);
            shell::open(fill.arg(&needs))
        },
    )?;
    Ok(Some(python))
}

/// Installs Debian packages where this may be done.
fn install(root: &Root, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let is_root =
        shell::output(shell::program("id", &root.top).arg("-u")).is_ok_and(|id| id == "0");
    if !is_root || shell::find("apt-get").is_none() {
        bail!("not installed: {names}. On Debian: `sudo apt-get install {names}`");
    }
    eprintln!("  installing {names}");
    let apt = |args: &[&str]| -> Result<()> {
        let mut command: Command = shell::program("apt-get", &root.top);
        command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        shell::output(&mut command).map(|_| ())
    };
    apt(&["update", "-q"])?;
    let mut args = vec!["install", "-y", "-q", "--no-install-recommends"];
    args.extend(packages);
    apt(&args)
}
