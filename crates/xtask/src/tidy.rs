//! House rules that no compiler checks: lengths, unfinished work, paths of one machine, and what
//! every crate's `Cargo.toml` says.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::root::{self, Root};

/// Most lines of a source file.
const FILE_LINES: usize = 600;

/// Most lines of a function, its head and closing brace included; the aim is 70. Tests may hold
/// a longer table.
const FUNCTION_LINES: usize = 100;

/// Longer files that are nothing but a table of values or words.
const TABLES: [&str; 3] = [
    "web/src/text/en.ts",
    "web/src/text/ja.ts",
    "web/src/styles/figures.ts",
];

/// Written by programs.
const GENERATED: [&str; 2] = ["web/src/wire.gen.ts", "web/src/wire.schema.json"];

/// The files that may say so: the names that hosts call, and wasmtime's reader of compiled modules.
const UNSAFE: [&str; 2] = [
    "crates/okaeri-plugin/src/abi.rs",
    "host/src/engine/cache.rs",
];

const FOLDERS: [&str; 9] = [
    ".git",
    "target",
    "dist",
    "node_modules",
    "__pycache__",
    "corpus",
    "artifacts",
    ".venv",
    "test-results",
];

/// Words that mean unfinished work, and paths that exist on one machine; in two halves each, so
/// that this file does not hold them.
const BANNED: [(&str, &str); 8] = [
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X:"),
    ("todo", "!("),
    ("#[igno", "re"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/wo", "rk/"),
];

/// Fails with a list of everything that breaks a rule.
pub fn check(root: &Root) -> Result<()> {
    let mut found = Vec::new();
    let mut count = 0_usize;
    for path in root::files(&root.top, &FOLDERS)? {
        let Ok(name) = path.strip_prefix(&root.top) else {
            continue;
        };
        let name = name.to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        if GENERATED.contains(&name.as_str()) || name.ends_with("package-lock.json") {
            continue;
        }
        count += 1;
        file(&name, &text, &mut found);
    }
    if found.is_empty() {
        eprintln!("tidy: {count} files keep the house rules");
        return Ok(());
    }
    for line in &found {
        eprintln!("  {line}");
    }
    bail!("tidy: {} places break a house rule", found.len())
}

fn file(name: &str, text: &str, found: &mut Vec<String>) {
    let kind = Path::new(name)
        .extension()
        .and_then(|kind| kind.to_str())
        .unwrap_or_default();
    let is_source = ["rs", "ts", "mjs", "js", "py", "css", "sql", "sh"].contains(&kind);
    let lines = text.lines().count();
    if is_source && lines > FILE_LINES && !TABLES.contains(&name) {
        found.push(format!("{name}: {lines} lines, at most {FILE_LINES}"));
    }
    if !is_source && !["md", "toml", "json", "html", "yml"].contains(&kind) {
        return;
    }
    for (number, line) in (1..).zip(text.lines()) {
        for (a, b) in BANNED {
            if line.contains(&format!("{a}{b}")) {
                found.push(format!("{name}:{number}: `{a}{b}`"));
            }
        }
        if kind == "rs"
            && !UNSAFE.contains(&name)
            && line.contains(concat!("expect(unsa", "fe_code"))
        {
            found.push(format!(
                "{name}:{number}: only {} may be unsafe",
                UNSAFE.join(" and ")
            ));
        }
    }
    if kind == "rs" && !name.contains("tests") {
        functions(name, text, found);
    }
    if name.ends_with("Cargo.toml") && name != "Cargo.toml" && !name.contains("/fuzz/") {
        let keys = ["version", "edition", "rust-version", "license", "publish"];
        for key in keys
            .iter()
            .filter(|key| !text.contains(&format!("{key}.workspace = true")))
        {
            found.push(format!("{name}: `{key}.workspace = true` is missing"));
        }
        if !text.contains("[lints]\nworkspace = true") {
            found.push(format!("{name}: the workspace's lints are not in force"));
        }
    }
}

/// Long functions, told by the indentation that rustfmt gives.
fn functions(name: &str, text: &str, found: &mut Vec<String>) {
    let mut open: Option<(usize, usize, &str)> = None;
    for (number, line) in (1_usize..).zip(text.lines()) {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        match open {
            None if is_head(body) && !body.ends_with('}') && !body.ends_with(';') => {
                open = Some((indent, number, body));
            }
            Some((at, from, head)) if indent == at && (body == "}" || body.ends_with(';')) => {
                let length = number - from + 1;
                if length > FUNCTION_LINES {
                    let head = head.split_once("fn ").map_or(head, |(_, name)| name);
                    let head = head.split('(').next().unwrap_or(head);
                    found.push(format!(
                        "{name}:{from}: `{head}` has {length} lines, at most {FUNCTION_LINES}"
                    ));
                }
                open = None;
            }
            _ => {}
        }
    }
}

fn is_head(line: &str) -> bool {
    let words = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "extern",
        "\"C\"",
        "unsafe",
    ];
    line.split_whitespace().find(|word| !words.contains(word)) == Some("fn")
}
