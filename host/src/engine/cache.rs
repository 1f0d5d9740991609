//! The compiled module on the disk.
//!
//! Compiled code is run as it is found, so it is only taken back when it carries our seal: an HMAC
//! under a key that lies beside it and that only its owner can read. Whoever can write to the
//! folder *and* read the key could have changed the program itself.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::{Digest, Sha256};
use wasmtime::{Engine, Module};

use super::hex;

/// Length of a seal, which comes first in the file.
const SEAL: usize = 32;

/// The compiled module: from the folder, else compiled now and kept there. A folder that cannot be
/// written costs time and nothing else.
pub(super) fn module(engine: &Engine, wasm: &[u8], folder: &Path) -> anyhow::Result<Module> {
    let file = folder.join(file_name(engine, wasm));
    let key = match key(folder) {
        Ok(key) => key,
        Err(error) => {
            tracing::warn!("the compiled module is not kept: {error:#}");
            return compile(engine, wasm);
        }
    };
    if let Some(module) = fs::read(&file)
        .ok()
        .and_then(|sealed| open(engine, &key, &sealed))
    {
        return Ok(module);
    }
    let module = compile(engine, wasm)?;
    let kept = module
        .serialize()
        .map_err(anyhow::Error::from)
        .and_then(|code| Ok(replace(&file, &seal(&key, &code)?, &code)?));
    if let Err(error) = kept {
        tracing::warn!("the compiled module is not kept: {error:#}");
    }
    Ok(module)
}

fn compile(engine: &Engine, wasm: &[u8]) -> anyhow::Result<Module> {
    Ok(Module::from_binary(engine, wasm)?)
}

/// Names what the code depends on: the module, and the compiler with its settings and target.
fn file_name(engine: &Engine, wasm: &[u8]) -> String {
    let mut compiler = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut compiler);
    format!(
        "{}-{:016x}.compiled",
        hex(&Sha256::digest(wasm)),
        compiler.finish()
    )
}

fn seal(key: &[u8], code: &[u8]) -> anyhow::Result<[u8; SEAL]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    mac.update(code);
    Ok(mac.finalize().into_bytes().into())
}

/// The module in a sealed file, if the seal is ours.
fn open(engine: &Engine, key: &[u8], sealed: &[u8]) -> Option<Module> {
    let (seal, code) = sealed.split_at_checked(SEAL)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(code);
    mac.verify_slice(seal).ok()?;
    #[expect(
        unsafe_code,
        reason = "the seal shows that these bytes are what `serialize` gave us"
    )]
    // SAFETY: `deserialize` wants bytes that `serialize` made; only who has the key can seal others.
    let module = unsafe { Module::deserialize(engine, code) };
    module.ok()
}

/// The key of this folder, made when it is not there.
fn key(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let path = folder.join("key");
    let within = || format!("the folder `{}`", folder.display());
    fs::create_dir_all(folder).with_context(within)?;
    if !path.exists() {
        let key: [u8; 32] = rand::rng().random();
        replace(&path, &key, &[]).with_context(within)?;
    }
    fs::read(&path).with_context(within)
}

/// Puts a file there whole or not at all, readable by its owner alone.
fn replace(path: &Path, head: &[u8], body: &[u8]) -> std::io::Result<()> {
    let partial = path.with_extension(format!("{:016x}", rand::rng().random::<u64>()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&partial)?;
    file.write_all(head)?;
    file.write_all(body)?;
    file.sync_all()?;
    fs::rename(partial, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_sealed_is_run() -> anyhow::Result<()> {
        let engine = Engine::default();
        let folder = tempfile::tempdir()?;
        let empty = b"\0asm\x01\0\0\0";
        module(&engine, empty, folder.path())?;
        let file = folder.path().join(file_name(&engine, empty));
        let key = key(folder.path())?;
        let mut sealed = fs::read(&file)?;
        assert!(open(&engine, &key, &sealed).is_some());
        assert!(open(&engine, &[0; 32], &sealed).is_none());
        assert!(open(&engine, &key, &sealed[..10]).is_none());
        *sealed.last_mut().context("not empty")? ^= 1;
        assert!(open(&engine, &key, &sealed).is_none());
        fs::write(&file, &sealed)?;
        module(&engine, empty, folder.path())?;
        assert!(
            open(&engine, &key, &fs::read(&file)?).is_some(),
            "the file was not mended"
        );
        Ok(())
    }
}
