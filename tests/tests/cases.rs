//! The case files, on every engine: the same text, and the same bytes.
//!
//! `UPDATE=1` writes the answers into the files; read them in the diff.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed step fails the test"
)]

use std::fmt::Write;
use std::path::PathBuf;

use okaeri_carts::sample::{SampleOptions, sample_facts};
use okaeri_testkit::{Case, cases, shown};
use okaeri_tests::engine::{self, Calls, Named};

fn run(engine: &mut dyn Calls, case: &Case) -> String {
    engine.ask(r#"{"call":"reset"}"#, &[]);
    for (call, payload) in &case.calls {
        let (reply, _) = engine.ask(call, payload.as_bytes());
        if reply.contains(r#"{"error":"#) {
            return reply;
        }
    }
    engine.ask(&case.ask, &[]).0
}

/// Questions whose answers are long sums of floats: fits of models and what follows from them.
const FITTED: &[&str] = &[
    r#"{"kind":"forecast","seasonal":true}"#,
    r#"{"kind":"forecast","model":"pareto_nbd","horizon_days":90}"#,
    r#"{"kind":"forecast","period":"month","horizon_days":180}"#,
    r#"{"kind":"forecast","model":"bg_bb","period":"quarter"}"#,
    r#"{"kind":"forecast","model":"bg_bb","season":"ochugen"}"#,
    r#"{"kind":"contract_retention","products":20}"#,
    r#"{"kind":"contract_churn"}"#,
    r#"{"kind":"churn_risk","limit":50}"#,
    r#"{"kind":"days_to_next"}"#,
    r#"{"kind":"customers","sort":"forecast","limit":100}"#,
];

/// Thousands of customers: sums in whose last digits engines would differ if they could.
#[test]
fn fits_have_the_same_bits_on_every_engine() {
    let options = SampleOptions {
        orders: 6_000,
        ..SampleOptions::default()
    };
    let facts = sample_facts(&options);
    let lines = facts
        .iter()
        .map(|fact| serde_json::to_string(fact).unwrap());
    let facts = lines.collect::<Vec<_>>().join("\n");
    let mut engines = engine::all().unwrap_or_else(|why| panic!("{why}"));
    for (name, engine) in &mut engines {
        let load = r#"{"call":"load","format":"ndjson"}"#;
        let (reply, _) = engine.ask(load, facts.as_bytes());
        assert!(!reply.contains(r#"{"error":"#), "{name}: {reply}");
    }
    for question in FITTED {
        let as_of = options.until;
        let ask = format!(r#"{{"call":"ask","as_of":"{as_of}","question":{question}}}"#);
        let mut answers = engines.iter_mut().map(|(_, engine)| engine.ask(&ask, &[]));
        let native = answers.next().unwrap();
        assert!(
            !native.0.contains(r#"{"error":"#),
            "{question}: {}",
            native.0
        );
        for (place, other) in answers.enumerate() {
            assert!(native == other, "{question}: engine {} differs", place + 1);
        }
    }
}

/// The answer to a case, on which all engines agree.
fn answer(engines: &mut [Named], case: &Case) -> String {
    let mut answers = engines
        .iter_mut()
        .map(|(name, engine)| (name, run(engine.as_mut(), case)));
    let (_, native) = answers.next().unwrap();
    for (name, other) in answers {
        assert_eq!(native, other, "{}: {name} answers differently", case.name);
    }
    native
}

#[test]
fn every_case_has_its_answer_on_every_engine() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/suite"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let update = std::env::var_os("UPDATE").is_some();
    let mut engines = engine::all().unwrap_or_else(|why| panic!("{why}"));
    let (mut count, mut wrong) = (0, String::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut written = Vec::new();
        for case in cases(&text).unwrap() {
            count += 1;
            let answer = shown(&answer(&mut engines, &case));
            if answer != case.expected && !update {
                let (name, expected) = (&case.name, &case.expected);
                write!(
                    wrong,
                    "{name}\nexpected:\n{expected}\nanswer:\n{answer}\n\n"
                )
                .unwrap();
            }
            written.push(format!("--- {}\n----\n{answer}\n", case.given));
        }
        if update {
            std::fs::write(&file, written.join("\n")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 15, "only {count} cases were found");
}
