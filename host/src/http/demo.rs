//! What the demo page needs to reach the demo shop by itself.
//!
//! It hands out a token, so it is there in demo mode alone, and only for this machine: the
//! connection must come from it and the page must have been opened under its name, because
//! another site's name can be made to point here.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header, uri::Authority};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use okaeri_carts::sample::{SampleOptions, sample_facts, write_facts};
use serde::Serialize;

use super::Face;
use super::problem::Problem;

/// The demo shop and the key to it.
#[derive(Clone, Debug, Serialize)]
pub struct Demo {
    /// Id of the shop.
    pub shop: String,
    /// A token of it.
    pub token: String,
    /// The day on which the sample is to be looked at.
    pub as_of: String,
}

/// `GET /demo/config.json`.
pub async fn config(
    State(face): State<Arc<Face>>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let is_here =
        peer.is_some_and(|Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
    match &face.demo {
        Some(demo) if is_here && names_this_machine(&headers) => Json(demo).into_response(),
        _ => Problem::not_found().into_response(),
    }
}

/// `GET /demo/sample.ndjson`: what the demo shop is filled with, one fact a line, so that the demo
/// page can load it into the browser's module too.
pub async fn sample(State(face): State<Arc<Face>>) -> Response {
    if face.demo.is_none() {
        return Problem::not_found().into_response();
    }
    let writing = tokio::task::spawn_blocking(|| {
        let mut lines = String::new();
        let facts = sample_facts(&SampleOptions::default());
        write_facts(&facts, &mut |piece| lines.push_str(piece));
        lines
    });
    match writing.await {
        Ok(lines) => ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response(),
        Err(_) => Problem::internal().into_response(),
    }
}

fn names_this_machine(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let authority = host.and_then(|host| host.parse::<Authority>().ok());
    authority.is_some_and(|at| matches!(at.host(), "localhost" | "127.0.0.1" | "[::1]"))
}
