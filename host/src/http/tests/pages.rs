//! The widget's files, the module's file, and what describes and watches the host.

use std::collections::BTreeSet;
use std::io::Read;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Answer, Host, workspace};
use crate::http::assets::Assets;
use crate::store::Scope;

async fn get(host: &Host, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(Request::builder().uri(path), |r, (n, v)| r.header(*n, *v));
    host.send(request.body(Body::empty()).expect("a request"))
        .await
}

#[tokio::test]
async fn a_page_runs_only_what_is_ours_and_cannot_be_framed() {
    let host = Host::start().await;
    for path in ["/", "/index.html"] {
        let page = get(&host, path, &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let csp: BTreeSet<&str> = page.header("content-security-policy").split("; ").collect();
        let strict = [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ];
        for rule in strict {
            assert!(csp.contains(rule), "{rule} is not in {csp:?}");
        }
        assert!(!page.header("content-security-policy").contains("unsafe"));
        assert_eq!(page.header("access-control-allow-origin"), "");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(page.header("permissions-policy").contains("camera=()"));
        assert_eq!(page.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn the_workers_file_alone_may_run_wasm() {
    let host = Host::start().await;
    let worker = get(&host, "/okaeri-worker.js", &[]).await;
    let csp = worker.header("content-security-policy");
    assert!(
        csp.contains("script-src 'self' 'wasm-unsafe-eval'"),
        "{csp}"
    );
    let widget = get(&host, "/okaeri-widget.js", &[]).await;
    assert!(
        !widget
            .header("content-security-policy")
            .contains("wasm-unsafe-eval")
    );
}

#[tokio::test]
async fn other_sites_may_embed_the_widget_and_keep_what_is_named_by_its_hash() {
    let host = Host::start().await;
    for (path, mime, cache) in [
        (
            "/okaeri-widget.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        (
            "/okaeri-worker.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        (
            "/okaeri-chart-B7dK_x2q.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("/okaeri.wasm", "application/wasm", "no-cache"),
    ] {
        let file = get(&host, path, &[]).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        assert_eq!(file.header("content-type"), mime, "{path}");
        assert_eq!(file.header("cache-control"), cache, "{path}");
        assert_eq!(file.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            file.header("cross-origin-resource-policy"),
            "cross-origin",
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_module_is_served_as_the_server_runs_it() {
    let host = Host::start().await;
    let about = get(&host, "/v1/about", &[]).await.json();
    let sha256 = about["module_sha256"].as_str().expect("a hash").to_owned();
    let plain = get(&host, about["module"].as_str().expect("a path"), &[]).await;
    let of_body: String = Sha256::digest(&plain.body)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(of_body, sha256);
    assert_eq!(plain.header("etag"), format!("\"{sha256}\""));
    assert_eq!(about["abi"], 1);

    let packed = get(&host, "/okaeri.wasm", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let built = workspace().join("dist/okaeri.wasm.gz");
    let built = std::fs::read(built).expect("the module");
    assert_eq!(packed.body, built);
    let other = Assets::new(
        plain.body[1..].to_vec().into(),
        Some(built.into()),
        "'none'",
    );
    let other = other.expect("a source list");
    let asked = [(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"))];
    let other = other.answer(&Method::GET, "/okaeri.wasm", &asked.into_iter().collect());
    let other = to_bytes(other.into_body(), usize::MAX).await;
    let mut unpacked = Vec::new();
    let other = other.expect("a body");
    let read = GzDecoder::new(&other[..]).read_to_end(&mut unpacked);
    read.expect("gzip");
    assert_eq!(unpacked, plain.body[1..], "gzip of another module");

    for tag in [plain.header("etag"), packed.header("etag"), "W/\"x\", *"] {
        let again = get(&host, "/okaeri.wasm", &[("if-none-match", tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{tag}");
        assert!(again.body.is_empty());
    }
    let other = get(&host, "/okaeri.wasm", &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_but_the_widgets_files_is_served() {
    let host = Host::start().await;
    for path in [
        "/.secret",
        "/../okaeri.db",
        "/%2e%2e/okaeri.db",
        "/web/index.html",
        "//etc/passwd",
        "/okaeri.db",
        "/v1",
        "/v1/shops",
        "/v1/shops/sato",
        "/v1/shops/sato/nothing",
    ] {
        let answer = get(&host, path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.code(), "not_found", "{path}");
    }
    let written = Request::builder()
        .method("POST")
        .uri("/")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(
        host.send(written).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_document_describes_every_route_and_refers_to_what_it_holds() {
    let host = Host::start().await;
    let document = get(&host, "/openapi.json", &[]).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths: Vec<&String> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .collect();
    for path in [
        "/healthz",
        "/metrics",
        "/openapi.json",
        "/readyz",
        "/v1/about",
        "/v1/shops/{shop}/ask",
        "/v1/shops/{shop}/customers/{key}",
    ] {
        assert!(
            paths.iter().any(|described| *described == path),
            "{path} is not in {paths:?}"
        );
    }
    let mut ids = BTreeSet::new();
    for item in document["paths"].as_object().expect("paths").values() {
        for operation in item.as_object().expect("an item").values() {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id), "{id} is there twice");
            let is_described = |status: &&str| operation["responses"][*status].is_object();
            assert!(["200", "201", "204"].iter().any(is_described), "{id}");
            assert!(operation["responses"]["default"].is_object(), "{id}");
        }
    }
    let mut seen = 0;
    check_references(&document, &document, &mut seen);
    assert!(seen > 50, "only {seen} references");
}

fn check_references(document: &Value, at: &Value, seen: &mut usize) {
    match at {
        Value::Object(map) => {
            if let Some(Value::String(to)) = map.get("$ref") {
                *seen += 1;
                let pointer = to
                    .strip_prefix('#')
                    .expect("a reference within the document");
                assert!(document.pointer(pointer).is_some(), "{to} leads nowhere");
            }
            map.values()
                .for_each(|value| check_references(document, value, seen));
        }
        Value::Array(list) => list
            .iter()
            .for_each(|value| check_references(document, value, seen)),
        _ => {}
    }
}

#[tokio::test]
async fn health_and_metrics_tell_how_it_goes_without_naming_anybody() {
    let host = Host::start().await;
    assert_eq!(get(&host, "/healthz", &[]).await.text(), "ok\n");
    assert_eq!(get(&host, "/readyz", &[]).await.text(), "ok\n");
    let token = host.token("sato", Scope::Read).await;
    host.get("/v1/shops/sato/settings?x=yamada%40example.jp", &token)
        .await;
    host.get("/v1/shops/yamada/settings", "okaeri_none").await;
    host.get("/yamada-taro", "").await;

    let metrics = get(&host, "/metrics", &[]).await;
    let text = metrics.text();
    let line = r#"okaeri_http_requests_total{method="GET",route="/v1/shops/{shop}/settings",status="4xx"}"#;
    assert!(text.contains(line), "{text}");
    assert!(text.contains("okaeri_http_request_seconds_bucket"));
    for secret in ["yamada", "sato", "okaeri_none"] {
        assert!(!text.contains(secret), "{secret} is in the metrics");
    }
}

#[tokio::test]
async fn a_request_has_an_id_that_is_safe_to_log() {
    let host = Host::start().await;
    let own = get(&host, "/healthz", &[("x-request-id", "cart-42")]).await;
    assert_eq!(own.header("x-request-id"), "cart-42");
    for unsafe_id in ["", "a b", "x\u{e9}", &"x".repeat(65)] {
        let given = get(&host, "/healthz", &[("x-request-id", unsafe_id)]).await;
        assert_eq!(given.header("x-request-id").len(), 16, "{unsafe_id}");
    }
}
