//! The wire types for people who do not write Rust: a JSON Schema and TypeScript, both written
//! from `okaeri-protocol`.

use std::fs;

use anyhow::{Result, bail};
use okaeri_protocol::answer::Reply;
use okaeri_protocol::facts::Fact;
use okaeri_protocol::request::Call;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::root::{self, Root};
use crate::typescript;

const SCHEMA: &str = "web/src/wire.schema.json";
const TYPES: &str = "web/src/wire.gen.ts";

/// Writes both files, or with `check` fails when one is out of date.
pub fn wire(root: &Root, check: bool) -> Result<()> {
    let definitions = definitions()?;
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Okaeri's calls, replies and facts",
        "$defs": &definitions,
    });
    let types = typescript::module(&definitions)?;
    for (name, text) in [(SCHEMA, format!("{schema:#}\n")), (TYPES, types)] {
        up_to_date(root, name, &text, check)?;
    }
    Ok(())
}

/// Writes `text` to the file `name`, or with `check` fails when it holds another.
pub fn up_to_date(root: &Root, name: &str, text: &str, check: bool) -> Result<()> {
    let path = root.at(name);
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if check {
        bail!("{name} is out of date: run `cargo xtask gen`");
    }
    eprintln!("wrote {name}");
    root::write(&path, text.as_bytes())
}

/// Every type by name. Replies are described as they are written, calls and facts as they are
/// read: a field with a default may be left out of a call and is always there in a reply.
fn definitions() -> Result<Map<String, Value>> {
    let mut written = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    written.subschema_for::<Reply>();
    let mut read = SchemaSettings::draft2020_12().into_generator();
    read.subschema_for::<Call>();
    read.subschema_for::<Fact>();
    let mut all = read.take_definitions(true);
    for (name, schema) in written.take_definitions(true) {
        if let Some(other) = all.get(&name).filter(|other| **other != schema) {
            bail!("`{name}` is read and written differently: {other:#} {schema:#}");
        }
        all.insert(name, schema);
    }
    Ok(all)
}
