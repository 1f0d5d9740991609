//! The wire types for people who do not write Rust: a JSON Schema and TypeScript, both written
//! from `okaeri-protocol`.

use std::fs;

use anyhow::{Result, bail};
use okaeri_protocol::answer::Reply;
use okaeri_protocol::facts::{Contract, Customer, Event, Fact, Judgement, Order};
use okaeri_protocol::plan::PlanRequest;
use okaeri_protocol::request::{Call, Load};
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
    // What a tagged variant holds is written into the variant; it needs its name back.
    read.subschema_for::<(Load, PlanRequest)>();
    read.subschema_for::<(Order, Customer, Contract, Event, Judgement)>();
    let mut all = read.take_definitions(true);
    for (name, schema) in written.take_definitions(true) {
        if let Some(other) = all.get(&name).filter(|other| **other != schema) {
            bail!("`{name}` is read and written differently: {other:#} {schema:#}");
        }
        all.insert(name, schema);
    }
    let known = all.clone();
    for schema in all.values_mut() {
        let variants = schema.get_mut("oneOf").and_then(Value::as_array_mut);
        for variant in variants
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            refer(variant, &known);
        }
    }
    Ok(all)
}

/// Replaces all fields of a variant but its tag by a reference to the type that has just them.
fn refer(variant: &mut Map<String, Value>, known: &Map<String, Value>) {
    let Some(properties) = variant.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let Some(tag) = properties
        .iter()
        .find(|(_, schema)| schema.get("const").is_some())
    else {
        return;
    };
    let tag = (tag.0.clone(), tag.1.clone());
    let mut rest = properties.clone();
    rest.remove(&tag.0);
    let same = |schema: &Value| {
        schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|fields| *fields == rest)
    };
    let Some(name) = known
        .iter()
        .find(|(_, schema)| same(schema))
        .map(|(name, _)| name)
    else {
        return;
    };
    properties.retain(|name, _| *name == tag.0);
    variant.insert("required".to_owned(), json!([tag.0]));
    variant.insert("$ref".to_owned(), json!(format!("#/$defs/{name}")));
    // The tag is not among the fields of the type that is referred to.
    variant.remove("additionalProperties");
}
