//! How a shop's book is read.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use okaeri_protocol::settings::Settings;

use super::auth::Caller;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::store::{Scope, Shop};

/// The shop's settings, defaults included.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/settings", tag = "settings", operation_id = "settings",
    params(("shop" = String, Path, description = "Id of the shop")),
    responses((status = 200, description = "All settings", body = inline(schema::Settings))),
)]
pub async fn read(
    caller: Caller,
    State(face): State<Arc<Face>>,
) -> Result<Json<Settings>, Problem> {
    caller.needs(Scope::Read)?;
    Ok(Json(face.app.shop(caller.shop()).await?.settings))
}

/// Replaces the shop's settings; what is absent is the default.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/settings", tag = "settings", operation_id = "set_settings",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::Settings),
    responses((status = 200, description = "All settings", body = inline(schema::Settings))),
)]
pub async fn write(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Settings>, Problem> {
    caller.needs(Scope::Admin)?;
    let settings = body::json(&headers, body, face.limits.body_bytes).await?;
    let shop = Shop {
        settings,
        ..face.app.shop(caller.shop()).await?
    };
    face.app.set_shop(&shop).await?;
    Ok(Json(shop.settings))
}
