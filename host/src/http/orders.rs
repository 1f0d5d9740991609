//! Facts in: orders above all, in any form that a cart's reader or the module knows.

use std::io::Cursor;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use okaeri_carts::{Format, ReadOptions};
use okaeri_protocol::answer::{Answer, Loaded, Reply};
use serde::Deserialize;

use super::auth::Caller;
use super::params::Params;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::facts::{Batch, Kind};
use crate::failure::Failure;
use crate::intake;
use crate::store::Scope;

/// What the log says where these facts came from.
const SOURCE: &str = "api";

/// How the body is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    mapping: Option<String>,
    table: Table,
}

/// What an Arrow stream holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Table {
    #[default]
    Lines,
    Customers,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    File(Format),
    Arrow,
}

/// Adds orders and other facts. An order that is there already is replaced, so a request whose
/// answer was lost is simply sent again. Rows that cannot be read are listed and spoil no others.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders", tag = "facts", operation_id = "load",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("mapping" = Option<String>, Query, description = "For a CSV whose columns are of no known \
            cart: the name of a mapping that the server keeps"),
        ("table" = Option<String>, Query, description = "For Arrow: `lines` or `customers`"),
    ),
    request_body(description = "An array of orders, one fact a line, a cart's CSV as it is, or an \
        Arrow IPC stream of order lines", content(
        (Vec<schema::Order> = "application/json"),
        (inline(schema::Fact) = "application/x-ndjson"),
        (String = "text/csv"),
        (String = "application/vnd.apache.arrow.stream"),
    )),
    responses((status = 200, description = "`Loaded`: what was taken in and what was refused",
        body = inline(schema::Reply))),
)]
pub async fn load(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Params(reading): Params<Reading>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Reply>, Problem> {
    caller.needs(Scope::Write)?;
    let form = form(&headers)?;
    let _turn = face
        .uploads
        .acquire()
        .await
        .map_err(|_| Problem::internal())?;
    let bytes = body::read(&headers, body, face.limits.orders_bytes).await?;
    let loaded = match form {
        Form::Arrow => arrow(&face, caller.shop(), reading.table, &bytes).await?,
        Form::File(format) => file(&face, caller.shop(), format, reading, bytes).await?,
    };
    Ok(Json(Reply::Answer {
        answer: Answer::Loaded(loaded),
        notes: Vec::new(),
    }))
}

fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    match body::media_type(headers).as_str() {
        "application/json" => Ok(Form::File(Format::Json)),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => {
            Ok(Form::File(Format::Ndjson))
        }
        "text/csv" | "application/csv" => Ok(Form::File(Format::Auto)),
        "application/vnd.apache.arrow.stream" => Ok(Form::Arrow),
        _ => Err(Problem::unsupported_media_type(
            "application/json, application/x-ndjson, text/csv, application/vnd.apache.arrow.stream",
        )),
    }
}

/// The module reads the stream itself; the log keeps it as it came.
async fn arrow(face: &Face, shop: &str, table: Table, bytes: &Bytes) -> Result<Loaded, Failure> {
    let kind = match table {
        Table::Lines => Kind::Lines,
        Table::Customers => Kind::Customers,
    };
    let mut load = face.app.load(shop, SOURCE).await?;
    let body = bytes.to_vec();
    load.push(Batch {
        kind,
        body,
        rows: 0,
        orders: 0,
    })
    .await?;
    load.finish().await
}

async fn file(
    face: &Face,
    shop: &str,
    format: Format,
    reading: Reading,
    bytes: Bytes,
) -> Result<Loaded, Problem> {
    let currency = face.app.shop(shop).await?.settings.currency;
    let mapping = match &reading.mapping {
        Some(name) => Some(face.mappings.get(name).cloned().ok_or_else(|| {
            let message = format!("there is no mapping `{name}`: put it into `--mappings`");
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_format", message).at("mapping")
        })?),
        None => None,
    };
    let options = ReadOptions {
        format,
        mapping,
        currency,
    };
    let load = face.app.load(shop, SOURCE).await?;
    Ok(intake::take_in(load, Cursor::new(bytes), options).await?)
}
