//! Questions to the module.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use okaeri_protocol::request::{self, Question, Scope as Orders};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::auth::Caller;
use super::params::Params;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::engine::Frame;
use crate::store::Scope;

/// A question and its day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The day on whose evening the question is answered (基準日). Without it: the day that it is
    /// in the shop's time zone.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Another day to compare with: each table of that day is there too, as `…_before`.
    #[serde(default)]
    pub compare: Option<NaiveDate>,
    /// Which orders count: all, those for the buyer's own use, or gifts.
    #[serde(default)]
    pub scope: Orders,
    /// What to answer.
    pub question: Question,
}

/// Asks one question.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/ask", tag = "questions", operation_id = "ask",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::Ask),
    responses((status = 200, description = "As the question says", body = inline(schema::Reply))),
)]
pub async fn ask(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let ask: Ask = body::json(&headers, body, face.limits.body_bytes).await?;
    answer(&face, &caller, ask).await
}

/// Asks one question by its kind. Its parameters go into the query, such as `top=20`.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/ask/{kind}", tag = "questions", operation_id = "ask_kind",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("kind" = String, Path, description = "Kind of the question, such as `dashboard`"),
        ("as_of" = Option<String>, Query, description = "The day of the question, `YYYY-MM-DD`"),
        ("compare" = Option<String>, Query, description = "Another day to compare with"),
        ("scope" = Option<String>, Query, description = "`all`, `own` or `gift`"),
        ("top" = Option<u32>, Query, description = "Keeps long tables short"),
        ("mode" = Option<String>, Query, description = "For `rfm`: `quantile` or `threshold`"),
    ),
    responses((status = 200, description = "As the question says", body = inline(schema::Reply))),
)]
pub async fn ask_kind(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
    Params(mut query): Params<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let (_, kind) = path;
    let mut day = |name: &str| {
        let text = query.remove(name);
        text.map(|text| parse_day(&text, name)).transpose()
    };
    let (as_of, compare) = (day("as_of")?, day("compare")?);
    let scope = match query.remove("scope") {
        Some(text) => serde_json::from_value(Value::String(text))
            .map_err(|error| Problem::bad_call(error.to_string()).at("scope"))?,
        None => Orders::All,
    };
    let number_or_text = |(name, text): (String, String)| {
        let number = text.parse::<u32>().ok().filter(|_| name != "key");
        (name, number.map_or(Value::String(text), Value::from))
    };
    let parameters = query.into_iter().map(number_or_text);
    let object = parameters
        .chain([("kind".to_owned(), Value::String(kind))])
        .collect();
    let question = serde_json::from_value(Value::Object(object))
        .map_err(|error| Problem::bad_call(error.to_string()).at("query"))?;
    let ask = Ask {
        as_of,
        compare,
        scope,
        question,
    };
    answer(&face, &caller, ask).await
}

async fn answer(face: &Face, caller: &Caller, ask: Ask) -> Result<Response, Problem> {
    let ask = request::Ask {
        as_of: face.as_of(caller, ask.as_of).await?,
        compare: ask.compare,
        scope: ask.scope,
        question: ask.question,
    };
    Ok(reply(&face.app.answer_to(caller.shop(), ask).await?))
}

/// The module's reply, byte for byte.
pub fn reply(frame: &Frame) -> Response {
    let json = HeaderValue::from_static("application/json");
    let body = Bytes::copy_from_slice(frame.reply_json());
    ([(header::CONTENT_TYPE, json)], body).into_response()
}

/// A day of the query.
pub fn parse_day(text: &str, name: &str) -> Result<NaiveDate, Problem> {
    text.parse().map_err(|_| {
        Problem::bad_call(format!("`{text}` is no day: write it as `2025-01-31`")).at(name)
    })
}
