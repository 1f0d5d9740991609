//! The workload's files, made by its generator when they are not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::folder;
use crate::engine::Failure;

/// What the generator can write of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A folder of Arrow streams.
    Arrow,
    /// One CSV file.
    Csv,
    /// One Parquet file.
    Parquet,
}

impl Form {
    fn name(self, size: &str) -> String {
        match self {
            Form::Arrow => format!("lines_{size}.arrow.d"),
            Form::Csv => format!("lines_{size}.csv"),
            Form::Parquet => format!("lines_{size}.parquet"),
        }
    }
}

/// A folder for the workload's files.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Where they are.
    pub folder: PathBuf,
}

/// Orders and lines of a size.
pub fn counts(size: &str) -> (u64, u64) {
    match size {
        "S" => (100_000, 220_056),
        "M" => (1_000_000, 2_199_779),
        _ => (10_000_000, 22_002_611),
    }
}

/// One process makes files one after the other.
static MAKING: Mutex<()> = Mutex::new(());

impl Workload {
    /// The folder that the variable `PEERS_DATA` names, else `peers` in `otherwise`.
    pub fn new(otherwise: &str) -> Self {
        let named = std::env::var_os("PEERS_DATA").map(PathBuf::from);
        Workload {
            folder: named.unwrap_or_else(|| Path::new(otherwise).join("peers")),
        }
    }

    /// The file or folder of a size in a form.
    ///
    /// # Errors
    /// When it is not there and cannot be made: the generator, Python or a package is missing.
    pub fn file(&self, size: &str, form: Form) -> Result<PathBuf, Failure> {
        let path = self.folder.join(form.name(size));
        let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        if !path.exists() {
            self.make(size, form)?;
        }
        Ok(path)
    }

    /// The Arrow streams of a size, in their order.
    ///
    /// # Errors
    /// As of `file`.
    pub fn streams(&self, size: &str) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.file(size, Form::Arrow)?)? {
            files.push(entry?.path());
        }
        files.sort();
        Ok(files)
    }

    /// A Python of its own with `packages`.
    ///
    /// # Errors
    /// When there is no Python, or a package cannot be had.
    pub fn python(&self, packages: &[&str]) -> Result<PathBuf, Failure> {
        let venv = self.folder.join("venv");
        let python = venv.join("bin/python");
        if !python.exists() {
            fs::create_dir_all(&self.folder)?;
            run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        }
        let import = format!("import {}", packages.join(", "));
        if run(Command::new(&python).args(["-c", &import])).is_err() {
            let quiet = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
            run(Command::new(&python).args(quiet).args(packages))?;
        }
        Ok(python)
    }

    /// Has the generator write all forms of a size beside what is there, and moves those in that
    /// are missing: a file that is there is whole.
    fn make(&self, size: &str, form: Form) -> Result<(), Failure> {
        let peers = folder().ok_or("the workload's generator is not at ../shared/peers")?;
        let python = self.python(&["numpy", "pyarrow"])?;
        let making = self
            .folder
            .join(format!("making-{size}-{}", std::process::id()));
        let mut generate = Command::new(python);
        generate.arg(peers.join("gen.py")).arg(size);
        match form {
            Form::Arrow => generate.arg("--arrow"),
            Form::Csv => generate.arg("--csv"),
            Form::Parquet => &mut generate,
        };
        run(generate.arg("--out").arg(&making))?;
        for form in [Form::Arrow, Form::Csv, Form::Parquet] {
            let (from, to) = (
                making.join(form.name(size)),
                self.folder.join(form.name(size)),
            );
            if from.exists() && !to.exists() {
                fs::rename(from, to)?;
            }
        }
        Ok(fs::remove_dir_all(making)?)
    }
}

/// Runs a program to its end; what it said when it failed.
///
/// # Errors
/// When it cannot be started, or fails.
pub fn run(command: &mut Command) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|why| format!("cannot start {name}: {why}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{name} failed ({}): {}", output.status, said.trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
