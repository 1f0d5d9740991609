//! Every note that an answer can have says something: in the module in English, in the widget in
//! Japanese and English.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failed step fails the test, which reads files"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Nobody expects these to count, on any page, so no page says that they do not.
const SILENT: [&str; 2] = ["left_out_status", "left_out_later"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of all files of a folder and the folders in it that end so; tests are left out.
fn texts(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.contains("tests") {
            continue;
        }
        if path.is_dir() {
            texts(&path, ending, found);
        } else if name.ends_with(ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

/// Words in quotes that look like codes and stand right behind `before`, spaces aside.
fn codes<'a>(text: &'a str, before: &str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| {
        let (code, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        (!code.is_empty() && code.chars().all(is_code)).then_some(code)
    })
}

/// The codes that reports put into their sheets.
fn of_reports() -> BTreeSet<String> {
    let mut files = Vec::new();
    let core = root().join("crates/okaeri-core/src");
    texts(&core.join("report"), ".rs", &mut files);
    let subscription = core.join("subscription.rs");
    let text = std::fs::read_to_string(&subscription).unwrap();
    files.push((subscription, text));
    let mut found = BTreeSet::new();
    let mut told = 0;
    for (path, text) in &files {
        let name = path.file_name().unwrap().to_string_lossy();
        let literal: Vec<&str> = codes(text, ".note(").collect();
        told += text.matches("sheet.note(").count() - literal.len();
        found.extend(literal.into_iter().map(str::to_owned));
        // Codes that are chosen before they are told.
        if name == "expected.rs" {
            let chosen = codes(text, "=> (").filter(|code| code.starts_with("forecast_"));
            found.extend(chosen.map(str::to_owned));
        } else if name == "purchases.rs" {
            let chosen = ["=>", "{"]
                .into_iter()
                .flat_map(|before| codes(text, before));
            let chosen = chosen.filter(|code| code.starts_with("same_day_"));
            found.extend(chosen.map(str::to_owned));
        }
    }
    // `purchases.rs` alone tells a code that it has chosen; `expected.rs` has a list.
    assert_eq!(told, 1, "a code that this test cannot read");
    found
}

fn with_message() -> BTreeSet<String> {
    let source = std::fs::read_to_string(root().join("crates/okaeri-plugin/src/reports.rs"));
    let source = source.unwrap();
    let list = source.split_once("const NOTES").unwrap().1;
    let list = list.split_once("];").unwrap().0;
    codes(list, "(").map(str::to_owned).collect()
}

#[test]
fn every_note_of_a_report_has_a_message() {
    let (told, messages) = (of_reports(), with_message());
    assert!(told.len() > 35, "{told:?}");
    assert_eq!(told, messages);
}

#[test]
fn every_note_is_said_in_the_widget() {
    let instance = std::fs::read_to_string(root().join("crates/okaeri-plugin/src/instance.rs"));
    let instance = instance.unwrap();
    let list = instance.split_once("fn notes(left_out").unwrap().1;
    let of_books: BTreeSet<String> = codes(list, "(").map(str::to_owned).collect();
    assert!(of_books.len() >= 6 && SILENT.iter().all(|code| of_books.contains(*code)));
    let mut files = Vec::new();
    texts(&root().join("web/src/text"), ".ts", &mut files);
    let all = of_books.union(&with_message()).cloned().collect::<Vec<_>>();
    let unsaid: Vec<String> = (all.into_iter())
        .filter(|code| !SILENT.contains(&code.as_str()))
        .filter(|code| {
            let key = format!("    {code}: (");
            // Once in Japanese and once in English.
            !files
                .iter()
                .any(|(_, text)| text.matches(&key).count() >= 2)
        })
        .collect();
    assert_eq!(unsaid, Vec::<String>::new());
}
