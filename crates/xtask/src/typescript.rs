//! TypeScript from JSON Schema, for the shapes that serde writes: structs, tagged enums, unions.
//!
//! A shape that it does not know is an error and never `any`.

use std::fmt::Write;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// Longest array that is written as a tuple.
const TUPLE_MAX: u64 = 8;

const HEAD: &str = "\
// Written by `cargo xtask gen` from crates/okaeri-protocol. Do not edit.
";

/// A module that exports every definition.
pub fn module(definitions: &Map<String, Value>) -> Result<String> {
    let mut text = HEAD.to_owned();
    for (name, schema) in definitions {
        let schema = schema
            .as_object()
            .with_context(|| format!("`{name}` is no object"))?;
        text.push('\n');
        describe(&mut text, schema, "");
        let shape = shape(schema, "").with_context(|| format!("in `{name}`"))?;
        if shape.starts_with('{') && shape.ends_with('}') && schema.contains_key("properties") {
            writeln!(text, "export interface {name} {shape}")?;
        } else {
            let gap = if shape.starts_with('\n') { "" } else { " " };
            writeln!(text, "export type {name} ={gap}{shape};")?;
        }
    }
    Ok(text)
}

fn describe(text: &mut String, schema: &Map<String, Value>, indent: &str) {
    let Some(description) = schema.get("description").and_then(Value::as_str) else {
        return;
    };
    let words = description.replace("*/", "* /");
    let lines: Vec<&str> = words.lines().collect();
    if let [line] = lines.as_slice() {
        text.push_str(&format!("{indent}/** {line} */\n"));
        return;
    }
    text.push_str(&format!("{indent}/**\n"));
    for line in lines {
        text.push_str(format!("{indent} * {line}").trim_end());
        text.push('\n');
    }
    text.push_str(&format!("{indent} */\n"));
}

/// The type of one schema, for a place that is indented by `indent`.
fn shape(schema: &Map<String, Value>, indent: &str) -> Result<String> {
    let mut parts = Vec::new();
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        parts.push(name.rsplit('/').next().unwrap_or(name).to_owned());
    }
    for word in ["oneOf", "anyOf"] {
        if let Some(choices) = schema.get(word).and_then(Value::as_array) {
            parts.push(union(choices, indent)?);
        }
    }
    if let Some(value) = schema.get("const") {
        parts.push(value.to_string());
    } else if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        parts.push(values.join(" | "));
    } else if let Some(kind) = schema.get("type") {
        let bare = kind == "object" && !schema.contains_key("properties");
        if !bare || parts.is_empty() {
            parts.insert(0, typed(kind, schema, indent)?);
        }
    }
    if parts.is_empty() {
        bail!("there is no type in {}", Value::from(schema.clone()));
    }
    let many = parts.len() > 1;
    let bracketed = parts.iter().map(|part| match many && part.contains(" | ") {
        true => format!("({part})"),
        false => part.clone(),
    });
    Ok(bracketed.collect::<Vec<_>>().join(" & "))
}

fn union(choices: &[Value], indent: &str) -> Result<String> {
    let inner = format!("{indent}  ");
    let mut lines = Vec::new();
    let mut told = false;
    for choice in choices {
        let schema = choice.as_object().context("a choice is no object")?;
        let mut text = String::new();
        describe(&mut text, schema, &inner);
        told |= !text.is_empty();
        lines.push((text, shape(schema, &inner)?));
    }
    if !told {
        let shapes: Vec<String> = lines.into_iter().map(|(_, shape)| shape).collect();
        return Ok(shapes.join(" | "));
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|(text, shape)| format!("\n{text}{inner}| {shape}"))
        .collect();
    Ok(lines.concat())
}

fn typed(kind: &Value, schema: &Map<String, Value>, indent: &str) -> Result<String> {
    if let Some(kinds) = kind.as_array() {
        let kinds: Result<Vec<String>> = kinds
            .iter()
            .map(|kind| typed(kind, schema, indent))
            .collect();
        return Ok(kinds?.join(" | "));
    }
    Ok(match kind.as_str() {
        Some("string") => "string".to_owned(),
        Some("integer" | "number") => "number".to_owned(),
        Some("boolean") => "boolean".to_owned(),
        Some("null") => "null".to_owned(),
        Some("array") => array(schema, indent)?,
        Some("object") => object(schema, indent)?,
        _ => bail!("the type {kind} is not known"),
    })
}

fn array(schema: &Map<String, Value>, indent: &str) -> Result<String> {
    let items = schema
        .get("items")
        .and_then(Value::as_object)
        .context("an array has no items")?;
    let item = shape(items, indent)?;
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    if let (Some(least), Some(most)) = (bound("minItems"), bound("maxItems"))
        && least == most
        && most <= TUPLE_MAX
    {
        let items: Vec<&str> = (0..most).map(|_| item.as_str()).collect();
        return Ok(format!("[{}]", items.join(", ")));
    }
    Ok(if item.contains([' ', '\n']) {
        format!("({item})[]")
    } else {
        format!("{item}[]")
    })
}

fn object(schema: &Map<String, Value>, indent: &str) -> Result<String> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        let values = schema
            .get("additionalProperties")
            .and_then(Value::as_object);
        let values = shape(values.context("an object has no properties")?, indent)?;
        return Ok(format!("Record<string, {values}>"));
    };
    let required = schema.get("required").and_then(Value::as_array);
    let inner = format!("{indent}  ");
    if let [(name, property)] = properties.iter().collect::<Vec<_>>().as_slice()
        && property.get("const").is_some()
    {
        let shape = shape(property.as_object().context("a tag is a schema")?, indent)?;
        return Ok(format!("{{ {name}: {shape} }}"));
    }
    let mut text = "{\n".to_owned();
    for (name, property) in properties {
        let property = property
            .as_object()
            .with_context(|| format!("`{name}` is no schema"))?;
        describe(&mut text, property, &inner);
        let optional = !required.is_some_and(|names| names.iter().any(|n| n == name));
        let mark = if optional { "?" } else { "" };
        let shape = shape(property, &inner).with_context(|| format!("in `{name}`"))?;
        writeln!(text, "{inner}{name}{mark}: {shape};")?;
    }
    write!(text, "{indent}}}")?;
    Ok(text)
}
