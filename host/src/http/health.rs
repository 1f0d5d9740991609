//! What runs here, and whether it is well.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use okaeri_protocol::ABI_VERSION;
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::Problem;
use super::{Face, schema};
use crate::failure::Failure;

/// What runs here.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HostAbout {
    /// Version of the host.
    pub version: &'static str,
    /// Version of the calls and answers.
    pub abi: u32,
    /// SHA-256 of the module's file, in hex. A browser that loads the same file gets the same.
    pub module_sha256: String,
    /// Where that file is.
    pub module: &'static str,
}

/// What runs here.
#[utoipa::path(
    get, path = "/v1/about", tag = "house", operation_id = "about", security(()),
    responses((status = 200, description = "The host", body = inline(schema::HostAbout))),
)]
pub async fn about(State(face): State<Arc<Face>>) -> Json<HostAbout> {
    Json(HostAbout {
        version: env!("CARGO_PKG_VERSION"),
        abi: ABI_VERSION,
        module_sha256: face.app.engine.module_sha256().to_owned(),
        module: super::assets::MODULE_PATH,
    })
}

/// Whether the process lives. Asks nothing of anybody.
#[utoipa::path(
    get, path = "/healthz", tag = "house", operation_id = "alive", security(()),
    responses((status = 200, description = "It lives", body = String)),
)]
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Whether requests can be answered: the module is loaded and the store answers.
#[utoipa::path(
    get, path = "/readyz", tag = "house", operation_id = "ready", security(()),
    responses((status = 200, description = "They can", body = String)),
)]
pub async fn ready(State(face): State<Arc<Face>>) -> Result<&'static str, Problem> {
    face.app.store.ping().await.map_err(Failure::from)?;
    Ok("ok\n")
}
