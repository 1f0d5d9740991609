//! The OpenAPI document: made from the routes themselves and the types of their bodies.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::Face;
use super::schema::definitions;

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "house", operation_id = "openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json",
        body = utoipa::openapi::Object)),
)]
pub async fn document(State(face): State<Arc<Face>>) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], face.document.clone()).into_response()
}

/// The whole document for these routes, as JSON.
pub fn complete(api: &OpenApi) -> Bytes {
    let mut document = serde_json::to_value(api).unwrap_or_default();
    document["info"] = json!({
        "title": "Okaeri",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "A shop's orders in; its customers, answers and deliveries out. \
            Answers about a shop are the module's own, byte for byte.",
        "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
    });
    document["security"] = json!([{ "token": [] }]);
    document["components"] = json!({
        "schemas": definitions(),
        "securitySchemes": { "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of the shop, `okaeri_…`. Another shop's token finds nothing.",
        } },
    });
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut);
    for operation in items.flat_map(Map::values_mut) {
        operation["responses"]["default"] = json!({
            "description": "Why not",
            "content": { "application/problem+json": { "schema": {
                "$ref": "#/components/schemas/ErrorBody",
            } } },
        });
    }
    Bytes::from(document.to_string())
}
