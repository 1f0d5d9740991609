//! What the host tells its operator about each request: one log line, two metrics, an id.
//!
//! Personal data never gets here: the route's template stands for the path, the shop is a hash,
//! and neither queries, bodies, tokens nor addresses are looked at.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{Label, counter, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::{Face, shop_of};

/// Carries the id of a request, both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Upper bounds of the duration histogram, in seconds: a panel's question is to take a few
/// milliseconds, a large import minutes.
const BUCKETS_SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 120.0,
];

/// The process's metrics. The first call installs the recorder behind the macros of `metrics`.
pub fn metrics_handle() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        // The bounds are a constant and never empty, which is all that can be refused.
        let builder = builder.set_buckets(&BUCKETS_SECONDS).unwrap_or_default();
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder is installed: /metrics will stay empty");
        }
        handle
    })
}

/// Counts and durations of requests, in Prometheus' text format.
#[utoipa::path(
    get, path = "/metrics", tag = "house", operation_id = "metrics", security(()),
    responses((status = 200, description = "The metrics", body = String)),
)]
pub async fn metrics(State(face): State<Arc<Face>>) -> Response {
    let handle = metrics_handle();
    // A gauge is a float; below 8 PiB it is exact.
    gauge!("okaeri_warm_bytes").set(face.app.warm_bytes() as f64);
    handle.run_upkeep();
    let text = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, text)], handle.render()).into_response()
}

/// Gives each request an id, and logs and counts it when it has been answered.
pub async fn observe(
    params: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = method_label(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str);
    let route = route.to_owned();
    let shop = shop_of(params.as_ref().ok()).map(shop_hash);
    let id = request_id(request.headers());
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());

    let mut response = next.run(request).instrument(span.clone()).await;

    let (status, took) = (response.status(), started.elapsed());
    count(method, &route, status, took);
    span.in_scope(|| {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let status = status.as_u16();
        tracing::info!(method, route, shop, status, micros, "answered");
    });
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

fn count(method: &'static str, route: &str, status: StatusCode, took: Duration) {
    let class = match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    let labels = vec![
        Label::new("method", method),
        Label::new("route", route.to_owned()),
        Label::new("status", class),
    ];
    counter!("okaeri_http_requests_total", labels.clone()).increment(1);
    histogram!("okaeri_http_request_seconds", labels).record(took.as_secs_f64());
}

/// The method as a label: made-up methods share one.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Tells the lines of one shop from those of others without naming it.
fn shop_hash(shop: &str) -> String {
    Sha256::digest(shop)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The caller's own id if it is harmless in a log, else a fresh one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let harmless = |id: &&HeaderValue| {
        let id = id.as_bytes();
        (1..=64).contains(&id.len()) && id.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    headers
        .get(REQUEST_ID)
        .filter(harmless)
        .cloned()
        .unwrap_or_else(|| {
            let id = format!("{:016x}", rand::random::<u64>());
            HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("none"))
        })
}
