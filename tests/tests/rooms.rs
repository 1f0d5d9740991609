//! Who may use whom: the table of rooms in ARCHITECTURE.md, held against the manifests.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");

/// Each room, the rooms it may use, and the packages of which it must use none.
const ROOMS: [(&str, &[&str], &[&str]); 7] = [
    ("okaeri-nfkc", &[], &["unicode-normalization"]),
    (
        "okaeri-core",
        &["okaeri-nfkc"],
        &["serde", "serde_json", "wasm-bindgen", "tokio", "minijinja"],
    ),
    ("okaeri-protocol", &[], &["wasm-bindgen", "sqlx", "tokio"]),
    (
        "okaeri-carts",
        &["okaeri-nfkc", "okaeri-protocol"],
        &["wasm-bindgen", "reqwest", "tokio"],
    ),
    (
        "okaeri-plugin",
        &["okaeri-core", "okaeri-protocol", "okaeri-carts"],
        &["tokio", "sqlx", "reqwest", "wasmtime"],
    ),
    ("okaeri-testkit", &["okaeri-protocol"], &["tokio"]),
    (
        "okaeri-host",
        &["okaeri-protocol", "okaeri-carts"],
        &["wasm-bindgen"],
    ),
];

#[test]
fn rooms_use_only_whom_they_may() {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--manifest-path",
            MANIFEST,
        ])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    for (room, may_use, must_not) in ROOMS {
        let package = packages
            .iter()
            .find(|package| package["name"] == room)
            .unwrap();
        let used: BTreeSet<&str> = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(|dependency| dependency["name"].as_str().unwrap())
            .collect();
        for name in used.iter().filter(|name| name.starts_with("okaeri-")) {
            assert!(may_use.contains(name), "{room} must not know {name}");
        }
        for name in must_not {
            assert!(!used.contains(name), "{room} must not use {name}");
        }
    }
}

/// The only room with `unsafe` is the module's bytes face; the host may read compiled code back.
#[test]
fn unsafe_code_stands_in_two_files_only() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let output = Command::new("git")
        .args([
            "-C",
            root,
            "grep",
            "-lE",
            r"unsafe (\{|extern|fn|impl)|unsafe\(",
            "--",
            "*.rs",
        ])
        .output()
        .unwrap();
    let files = String::from_utf8(output.stdout).unwrap();
    let files: Vec<&str> = files
        .lines()
        .filter(|file| !file.starts_with("tests/"))
        .collect();
    let allowed = [
        "crates/okaeri-plugin/src/abi.rs",
        "host/src/engine/cache.rs",
    ];
    assert!(
        !files.is_empty() && files.iter().all(|file| allowed.contains(file)),
        "{files:?}"
    );
}

/// What the server builds, these tests use: a package that had other features for them would be
/// built twice, and with it whatever needs it, wasmtime above all.
#[test]
fn the_server_is_built_once() {
    let packages = |of: &str| -> BTreeSet<String> {
        let output = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--no-dedupe", "--prefix", "none"])
            .args(["--edges", "no-dev", "--format", "{p} [{f}]", "-p", of])
            .args(["--manifest-path", MANIFEST])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let (server, tests) = (packages("okaeri-host"), packages("okaeri-tests"));
    assert!(server.len() > 100, "{server:?}");
    let twice: Vec<_> = server.difference(&tests).collect();
    assert!(
        twice.is_empty(),
        "built with other features for these tests: {twice:?}"
    );
}
