//! The case files, natively: quick to run while an analysis is written. All engines run them in
//! the tests that cross rooms.
//!
//! `UPDATE=1` writes the answers into the files; read them in the diff.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failed step fails the test, which reads files"
)]

use std::path::{Path, PathBuf};

use okaeri_plugin::Instance;
use okaeri_testkit::{Case, cases, shown};

fn frame(call: &str, payload: &str) -> Vec<u8> {
    let mut frame = (call.len() as u32).to_le_bytes().to_vec();
    frame.extend_from_slice(call.as_bytes());
    frame.extend_from_slice(payload.as_bytes());
    frame
}

fn reply(instance: &mut Instance, call: &str, payload: &str) -> String {
    let answer = instance.call(&frame(call, payload));
    let (length, rest) = answer.split_first_chunk::<4>().unwrap();
    let json = rest.get(..u32::from_le_bytes(*length) as usize).unwrap();
    String::from_utf8(json.to_vec()).unwrap()
}

fn answer(case: &Case) -> String {
    let mut instance = Instance::new();
    for (call, payload) in &case.calls {
        let reply = reply(&mut instance, call, payload);
        if reply.contains(r#"{"error":"#) {
            return shown(&reply);
        }
    }
    shown(&reply(&mut instance, &case.ask, ""))
}

#[test]
fn every_case_has_its_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut written = Vec::new();
        for case in cases(&text).unwrap() {
            let answer = answer(&case);
            if answer != case.expected && !update {
                let Case { name, expected, .. } = &case;
                wrong.push(format!(
                    "{name}\nexpected:\n{expected}\nanswer:\n{answer}\n"
                ));
            }
            written.push(format!("--- {}\n----\n{answer}\n", case.given));
        }
        if update {
            std::fs::write(&file, written.join("\n")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
