//! The examples run as they are told. `cargo xtask test --only examples` runs this.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use std::path::{Path, PathBuf};

use okaeri_tests::peers::workload::{Form, Workload, run};
use okaeri_tests::peers::{differences, folder_for};
use okaeri_tests::program;
use serde_json::Value;

const TMP: &str = env!("CARGO_TARGET_TMPDIR");

/// The README's commands, on the small size instead of the million orders.
#[test]
fn the_benchmarks_csv_gives_the_reference_tables() {
    if folder_for("examples/benchmark").is_none() {
        return;
    }
    let csv = Workload::new(TMP).file("S", Form::Csv);
    let csv = csv.unwrap_or_else(|why| panic!("{why}"));
    let shop = Path::new(TMP).join("examples-benchmark");
    let _ = std::fs::remove_dir_all(&shop);
    std::fs::create_dir_all(&shop).unwrap();
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let readme = std::fs::read_to_string(root.join("examples/benchmark/README.md")).unwrap();
    let commands = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    okaeri "));
    let said: Vec<String> = commands
        .map(|command| {
            let mut okaeri = program::okaeri(TMP, &shop);
            for word in command.split_whitespace() {
                match word {
                    "lines_M.csv" => okaeri.arg(&csv),
                    word => okaeri.arg(word),
                };
            }
            run(okaeri.current_dir(&root)).unwrap_or_else(|why| panic!("{why}"))
        })
        .collect();
    let [imported, answer] = said.as_slice() else {
        panic!("the README has {} commands, not two", said.len());
    };
    assert!(imported.contains(" 0 rows refused"), "{imported}");
    let tables: Value = serde_json::from_str(answer).unwrap();
    let found = differences("S", &tables["tables"]).unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
