//! Other programs: started with their progress shown, or kept quiet unless they fail.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long a program may say nothing worth showing before its latest line is shown.
const SILENCE: Duration = Duration::from_secs(15);

/// Lines of a failed program that are shown.
const TAIL: usize = 120;

/// Runs one step and prints how long it took. `Ok(false)` from `act` means: nothing to do.
pub fn step(name: &str, act: impl FnOnce() -> Result<bool>) -> Result<()> {
    let start = Instant::now();
    let done = act().with_context(|| name.to_owned())?;
    let seconds = start.elapsed().as_secs_f64();
    let what = if done { "done" } else { "up to date" };
    eprintln!("{name:<28} {what:<10} {seconds:6.1} s");
    Ok(())
}

/// A program by name or path, in `folder`.
pub fn program(name: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder);
    command
}

/// Cargo, in `folder`, without the environment of the cargo that runs this program.
pub fn cargo(folder: &Path, args: &[&str]) -> Command {
    let mut command = program("cargo", folder);
    command.args(args);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a program whose own output is its progress.
pub fn open(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Standard output of a program that is quick.
pub fn output(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!(
            "{name} failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program and shows the lines that `shown` picks, and now and then the latest one. When
/// it fails, the end of what it said is shown. Everything it said is kept in `log`.
pub fn watched(command: &mut Command, log: &Path, shown: fn(&str) -> bool) -> Result<()> {
    let name = name_of(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let (send, lines) = mpsc::channel();
    read_lines(child.stdout.take(), send.clone());
    read_lines(child.stderr.take(), send);
    let mut said: Vec<String> = Vec::new();
    let mut last = Instant::now();
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => {
                if shown(&line) {
                    eprintln!("  {}", line.trim());
                    last = Instant::now();
                }
                said.push(line);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        if last.elapsed() >= SILENCE {
            if let Some(line) = said.last() {
                eprintln!("  … {}", line.trim());
            }
            last = Instant::now();
        }
    }
    let status = child.wait()?;
    crate::root::write(log, said.join("\n").as_bytes())?;
    if !status.success() {
        for line in said.iter().skip(said.len().saturating_sub(TAIL)) {
            eprintln!("  | {line}");
        }
        bail!(
            "{name} failed ({status}); all it said is in {}",
            log.display()
        );
    }
    Ok(())
}

fn read_lines(from: Option<impl Read + Send + 'static>, to: mpsc::Sender<String>) {
    std::thread::spawn(move || {
        for line in from
            .into_iter()
            .flat_map(|from| BufReader::new(from).split(b'\n'))
            .flatten()
        {
            if to
                .send(String::from_utf8_lossy(&line).into_owned())
                .is_err()
            {
                return;
            }
        }
    });
}

/// Where a program is, if the search path has it.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn name_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args().take(4));
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
