//! The dashboard's tables equal the reference results that four other engines agree on, and every
//! engine answers with the same bytes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use std::path::PathBuf;
use std::time::Instant;

use okaeri_tests::engine::{self, Calls};
use okaeri_tests::peers::shards::Sharded;
use okaeri_tests::peers::workload::Workload;
use okaeri_tests::peers::{DASHBOARD, differences, folder_for, load};
use serde_json::Value;

/// The workload's Arrow streams; none where there are no reference results to compare with.
fn streams(size: &str) -> Option<Vec<PathBuf>> {
    folder_for(&format!("the dashboard of {size}"))?;
    let workload = Workload::new(env!("CARGO_TARGET_TMPDIR"));
    Some(workload.streams(size).unwrap_or_else(|why| panic!("{why}")))
}

/// The dashboard by native code, which equals the reference and what the other engines answer.
fn dashboard(size: &str, streams: &[PathBuf]) -> String {
    let mut first: Option<String> = None;
    for (name, mut engine) in engine::all().unwrap_or_else(|why| panic!("{why}")) {
        let begun = Instant::now();
        let loaded = load(engine.as_mut(), streams).unwrap_or_else(|why| panic!("{name}: {why}"));
        let (answer, _) = engine.ask(DASHBOARD, &[]);
        eprintln!(
            "{size} in {name}: load {loaded:?}, all {:?}",
            begun.elapsed()
        );
        match &first {
            Some(first) => assert!(*first == answer, "{name} answers differently"),
            None => {
                let reply: Value = serde_json::from_str(&answer).unwrap();
                let found = differences(size, &reply["answer"]["tables"]).unwrap();
                assert!(found.is_empty(), "{name}\n{}", found.join("\n"));
                first = Some(answer);
            }
        }
    }
    first.unwrap()
}

#[test]
fn small_tables_are_the_reference_on_every_engine() {
    if let Some(streams) = streams("S") {
        dashboard("S", &streams);
    }
}

#[test]
fn a_million_orders_are_the_reference_whole_and_in_seven_shards() {
    let Some(streams) = streams("M") else { return };
    let whole = dashboard("M", &streams);
    let native = || Ok(okaeri_plugin::Instance::new());
    let mut sharded = Sharded::load(native, 7, &streams).unwrap();
    let merged = sharded.dashboard("2025-01-01", "null").unwrap();
    assert!(
        whole == merged,
        "seven shards answer otherwise than the whole"
    );
    // Questions for which shards are told what the whole shop is like.
    let mut one = okaeri_plugin::Instance::new();
    load(&mut one, &streams).unwrap();
    for question in [
        r#"{"kind":"cpm","preset":"fit"}"#,
        r#"{"kind":"rfm_groups","since":"2024-06-30"}"#,
        r#"{"kind":"decile_period","days":365}"#,
        r#"{"kind":"member_ranks"}"#,
        r#"{"kind":"corporate"}"#,
        r#"{"kind":"ltv_ranks","forecast":true}"#,
        r#"{"kind":"forecast","model":"bg_nbd"}"#,
    ] {
        let asked = format!(r#"{{"call":"ask","as_of":"2025-01-01","question":{question}}}"#);
        let (whole, _) = Calls::ask(&mut one, &asked, &[]);
        let merged = sharded.tables("2025-01-01", question).unwrap();
        assert!(whole == merged, "seven shards answer {question} otherwise");
    }
}
