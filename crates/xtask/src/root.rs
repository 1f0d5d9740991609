//! Where things are, and whether they have changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The checkout and its target folder.
pub struct Root {
    /// Top of the checkout.
    pub top: PathBuf,
    /// Cargo's target folder: `CARGO_TARGET_DIR`, else `target/`.
    pub target: PathBuf,
}

impl Root {
    /// The checkout that this program was started from.
    pub fn find() -> Result<Self> {
        let here = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => std::env::current_dir().context("there is no current folder")?,
        };
        let top = here
            .ancestors()
            .find(|folder| folder.join("crates/xtask").is_dir())
            .context("call this from inside the checkout")?
            .to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => top.join(folder),
            None => top.join("target"),
        };
        Ok(Root { top, target })
    }

    /// A path in the checkout.
    pub fn at(&self, path: &str) -> PathBuf {
        self.top.join(path)
    }

    /// A path in the folder that keeps this program's own results.
    pub fn kept(&self, path: &str) -> PathBuf {
        self.target.join("xtask").join(path)
    }

    /// Does `act` unless it was done before for the same `inputs` and `results` are still there.
    /// Returns whether it was done.
    pub fn once(
        &self,
        name: &str,
        inputs: &str,
        results: &[PathBuf],
        act: impl FnOnce() -> Result<()>,
    ) -> Result<bool> {
        let stamp = self.kept(&format!("{name}.stamp"));
        let known = fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == inputs);
        if known && results.iter().all(|result| result.exists()) {
            return Ok(false);
        }
        // A stamp of earlier inputs must not outlive a step that breaks off.
        if stamp.exists() {
            fs::remove_file(&stamp)?;
        }
        act()?;
        write(&stamp, inputs.as_bytes())?;
        Ok(true)
    }
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// SHA-256 of a file, in hex.
pub fn hash_file(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(hex(&Sha256::digest(bytes)))
}

/// SHA-256 over names and contents of all files below `folder`, but for the folders named.
pub fn hash_tree(folder: &Path, without: &[&str]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in files(folder, without)? {
        hash.update(path.to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update(fs::read(&path)?);
    }
    Ok(hex(&hash.finalize()))
}

/// All files below `folder` in order of their names, but for those in folders named `without`.
pub fn files(folder: &Path, without: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let list = fs::read_dir(&folder)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in list {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if !without.iter().any(|skipped| name == *skipped) {
                    folders.push(entry.path());
                }
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
