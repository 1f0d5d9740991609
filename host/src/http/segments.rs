//! Saved segments: their texts and versions, and how large they were.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use okaeri_protocol::request::Question;
use okaeri_protocol::segment::Segment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ask::{parse_day, reply};
use super::auth::Caller;
use super::params::Params;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::app::segments::{Wish, day_of, no_segment};
use crate::failure::Failure;
use crate::store::{SavedSegment, Scope, SegmentSaved, SegmentVersion};

/// Customers that are shown unless a request says how many.
const SAMPLE: u32 = 10;

/// A segment to save.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveSegment {
    /// There is one segment of a name in a shop; 1 to 100 letters.
    pub name: String,
    /// Its text; it is kept in its canonical form.
    pub text: String,
    /// The version that the change began with. If it is given and no longer the newest, nothing is
    /// changed. A new segment has none.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A text to look at.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSegment {
    /// The text, sound or not.
    pub text: String,
    /// The day of the question. Without it: the day that it is in the shop's time zone.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// How many customers to show; 10 unless given.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Saved segments.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Segments {
    /// All of them, by name.
    pub segments: Vec<SavedSegment>,
}

/// A saved segment, and who is in it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CountedSegment {
    /// As it was saved.
    pub saved: SavedSegment,
    /// Who is in it.
    pub segment: Segment,
}

/// All that a segment ever said.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SegmentVersions {
    /// Newest first.
    pub versions: Vec<SegmentVersion>,
}

/// How large a segment was.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SegmentHistory {
    /// By day and version. A day is there when somebody asked on it.
    pub days: Vec<SegmentSizeOfDay>,
}

/// How large a version of a segment was on the evening of a day, as last counted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SegmentSizeOfDay {
    /// The day.
    pub day: NaiveDate,
    /// Which version.
    pub version: i64,
    /// Customers in it.
    pub customers: i64,
    /// Sum of their amounts.
    pub amount: i64,
}

/// The day and the sample of a question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountQuery {
    as_of: Option<String>,
    limit: Option<u32>,
}

/// All saved segments. They are not counted.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/segments", tag = "segments", operation_id = "segments",
    params(("shop" = String, Path, description = "Id of the shop")),
    responses((status = 200, description = "The segments", body = inline(schema::Segments))),
)]
pub async fn list(
    caller: Caller,
    State(face): State<Arc<Face>>,
) -> Result<Json<Segments>, Problem> {
    caller.needs(Scope::Read)?;
    let store = &face.app.store;
    let segments = store.segments(caller.shop()).await.map_err(Failure::from)?;
    Ok(Json(Segments { segments }))
}

/// Saves a new segment.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/segments", tag = "segments", operation_id = "add_segment",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::SaveSegment),
    responses((status = 201, description = "As it was saved", body = inline(schema::SavedSegment))),
)]
pub async fn add(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<SavedSegment>), Problem> {
    caller.needs(Scope::Write)?;
    let save: SaveSegment = body::json(&headers, body, face.limits.body_bytes).await?;
    if save.version.is_some() {
        let message = "a new segment has no version yet; change one by its id";
        return Err(Problem::bad_call(message).at("version"));
    }
    let shop = face.app.shop(caller.shop()).await?;
    let author = caller.author();
    let saved = face.app.add_segment(&shop, wish(&save, &author)).await?;
    Ok((StatusCode::CREATED, Json(outcome("", saved)?)))
}

/// A saved segment, and who is in it. The count is noted for its history.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/segments/{id}", tag = "segments", operation_id = "segment",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("id" = String, Path, description = "Id of the segment"),
        ("as_of" = Option<String>, Query, description = "The day of the question, `YYYY-MM-DD`"),
        ("limit" = Option<u32>, Query, description = "Customers to show: 10 unless given"),
    ),
    responses((status = 200, description = "The segment", body = inline(schema::CountedSegment))),
)]
pub async fn one(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
    Params(query): Params<CountQuery>,
) -> Result<Json<CountedSegment>, Problem> {
    caller.needs(Scope::Read)?;
    let (_, id) = path;
    let as_of = query.as_of.as_deref();
    let as_of = as_of.map(|day| parse_day(day, "as_of")).transpose()?;
    let saved = find(&face, &caller, &id).await?;
    let shop = face.app.shop(caller.shop()).await?;
    let as_of = as_of.unwrap_or_else(|| face.app.day(&shop));
    let limit = query.limit.unwrap_or(SAMPLE);
    let segment = face.app.count_segment(&shop, &saved, as_of, limit).await?;
    Ok(Json(CountedSegment { saved, segment }))
}

/// Changes a saved segment. What differs from before is a new version; the old ones are kept.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/segments/{id}", tag = "segments", operation_id = "set_segment",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("id" = String, Path, description = "Id of the segment"),
    ),
    request_body = inline(schema::SaveSegment),
    responses((status = 200, description = "As it was saved", body = inline(schema::SavedSegment))),
)]
pub async fn change(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<SavedSegment>, Problem> {
    caller.needs(Scope::Write)?;
    let (_, id) = path;
    let save: SaveSegment = body::json(&headers, body, face.limits.body_bytes).await?;
    let shop = face.app.shop(caller.shop()).await?;
    let author = caller.author();
    let wish = wish(&save, &author);
    let saved = face.app.set_segment(&shop, &id, wish, save.version).await?;
    Ok(Json(outcome(&id, saved)?))
}

/// Deletes a saved segment with its versions and history.
#[utoipa::path(
    delete, path = "/v1/shops/{shop}/segments/{id}", tag = "segments",
    operation_id = "delete_segment",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("id" = String, Path, description = "Id of the segment"),
    ),
    responses((status = 204, description = "It is gone")),
)]
pub async fn delete(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    caller.needs(Scope::Write)?;
    let (_, id) = path;
    let store = &face.app.store;
    let deleted = store.delete_segment(caller.shop(), &id).await;
    match deleted.map_err(Failure::from)? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(no_segment(&id, "id").into()),
    }
}

/// All versions of a saved segment.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/segments/{id}/versions", tag = "segments",
    operation_id = "segment_versions",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("id" = String, Path, description = "Id of the segment"),
    ),
    responses((status = 200, description = "The versions",
        body = inline(schema::SegmentVersions))),
)]
pub async fn versions(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
) -> Result<Json<SegmentVersions>, Problem> {
    caller.needs(Scope::Read)?;
    let (_, id) = path;
    find(&face, &caller, &id).await?;
    let store = &face.app.store;
    let versions = store.segment_versions(caller.shop(), &id).await;
    let versions = versions.map_err(Failure::from)?;
    Ok(Json(SegmentVersions { versions }))
}

/// How large a saved segment was, by day. Today's size is counted and noted first.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/segments/{id}/history", tag = "segments",
    operation_id = "segment_history",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("id" = String, Path, description = "Id of the segment"),
    ),
    responses((status = 200, description = "The sizes", body = inline(schema::SegmentHistory))),
)]
pub async fn history(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
) -> Result<Json<SegmentHistory>, Problem> {
    caller.needs(Scope::Read)?;
    let (_, id) = path;
    let saved = find(&face, &caller, &id).await?;
    let shop = face.app.shop(caller.shop()).await?;
    let days = face.app.segment_history(&shop, &saved).await?;
    let days = days.into_iter().map(|size| SegmentSizeOfDay {
        day: day_of(size.day),
        version: size.version,
        customers: size.customers,
        amount: size.amount,
    });
    let days = days.collect();
    Ok(Json(SegmentHistory { days }))
}

/// Looks at a text: who is in the segment, or what is wrong with the text. Nothing is saved.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/segments/check", tag = "segments",
    operation_id = "check_segment",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::CheckSegment),
    responses((status = 200, description = "`Segment`, with `errors` if the text is wrong",
        body = inline(schema::Reply))),
)]
pub async fn check(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let CheckSegment { text, as_of, limit } =
        body::json(&headers, body, face.limits.body_bytes).await?;
    let as_of = face.as_of(&caller, as_of).await?;
    let limit = limit.unwrap_or(SAMPLE);
    let question = Question::Segment { text, limit };
    Ok(reply(&face.app.ask(caller.shop(), as_of, question).await?))
}

fn wish<'a>(save: &'a SaveSegment, author: &'a str) -> Wish<'a> {
    Wish {
        name: &save.name,
        text: &save.text,
        author,
    }
}

async fn find(face: &Face, caller: &Caller, id: &str) -> Result<SavedSegment, Problem> {
    let found = face.app.store.segment(caller.shop(), id).await;
    let found = found.map_err(Failure::from)?;
    found.ok_or_else(|| no_segment(id, "id").into())
}

fn outcome(id: &str, saved: SegmentSaved) -> Result<SavedSegment, Problem> {
    match saved {
        SegmentSaved::Saved(saved) => Ok(saved),
        SegmentSaved::NameTaken => {
            let message = "another segment of the shop has this name; choose another";
            Err(Problem::new(StatusCode::CONFLICT, "name_taken", message).at("name"))
        }
        SegmentSaved::Newer(version) => {
            let message = format!("the segment has been changed; its newest version is {version}");
            Err(Problem::new(StatusCode::CONFLICT, "newer_version", message).at("version"))
        }
        SegmentSaved::Missing => Err(no_segment(id, "id").into()),
    }
}
