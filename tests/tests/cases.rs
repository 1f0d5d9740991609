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
