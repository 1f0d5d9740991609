//! Too much, too often, too deep, and too slow.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use futures_util::stream;
use serde_json::json;

use super::{Host, limits, with_token};
use crate::http::Limits;
use crate::store::Scope;

#[tokio::test]
async fn a_body_up_to_the_limit_is_read_and_one_over_it_is_not() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Admin).await;
    let settings = |length: usize| {
        let short = r#"{"time_zone":"UTC"}"#;
        format!("{short}{}", " ".repeat(length - short.len()))
    };
    let put = |body: Body, length: Option<usize>| {
        let request = with_token("PUT", "/v1/shops/sato/settings", &token)
            .header(header::CONTENT_TYPE, "application/json");
        let request = match length {
            Some(length) => request.header(header::CONTENT_LENGTH, length),
            None => request,
        };
        host.send(request.body(body).expect("a request"))
    };
    let limit = limits().body_bytes;
    assert_eq!(
        put(settings(limit).into(), Some(limit)).await.status,
        StatusCode::OK
    );
    let over = put(settings(limit + 1).into(), Some(limit + 1)).await;
    assert_eq!(over.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(over.code(), "too_large");
    // Chunked, without a length to believe.
    let chunk = Ok::<_, std::io::Error>(settings(limit + 1));
    let streamed = put(Body::from_stream(stream::iter([chunk])), None).await;
    assert_eq!(streamed.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_deep_broken_or_unknown_body_is_a_bad_call_with_its_place() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Admin).await;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for body in [
        deep.as_str(),
        "",
        "{",
        r#"{"question":{"kind":"no_such_question"}}"#,
        r#"{"question":{"kind":"summary"},"unknown":1}"#,
        r#"{"question":{"kind":"summary"},"as_of":"2025-02-31"}"#,
        "\u{0}",
    ] {
        let answer = host.post(
            "/v1/shops/sato/ask",
            &token,
            "application/json",
            body.to_owned(),
        );
        let answer = answer.await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body:.40}");
        assert_eq!(answer.code(), "bad_call", "{body:.40}");
        assert!(
            answer.json()["error"]["at"]
                .as_str()
                .expect("a place")
                .starts_with("line ")
        );
    }
    let as_form = host
        .post("/v1/shops/sato/ask", &token, "text/plain", "{}")
        .await;
    assert_eq!(as_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for query in [
        "?as_of=tomorrow",
        "?limit=-1",
        "?limt=5",
        "?filter=%5B",
        "?format=xlsx",
    ] {
        let answer = host
            .get(&format!("/v1/shops/sato/customers{query}"), &token)
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.code(), "bad_call", "{query}");
    }
}

#[tokio::test]
async fn a_token_that_calls_too_often_waits_and_others_do_not() {
    let one = NonZeroU32::new(1).expect("not zero");
    let three = NonZeroU32::new(3).expect("not zero");
    let host = Host::with(Limits {
        calls_per_second: one,
        calls_burst: three,
        ..limits()
    })
    .await;
    let (busy, calm) = (
        host.token("sato", Scope::Read).await,
        host.token("suzuki", Scope::Read).await,
    );
    for _ in 0..3 {
        assert_eq!(
            host.get("/v1/shops/sato/settings", &busy).await.status,
            StatusCode::OK
        );
    }
    let refused = host.get("/v1/shops/sato/settings", &busy).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.code(), "too_many_requests");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(
        host.get("/v1/shops/suzuki/settings", &calm).await.status,
        StatusCode::OK
    );
    assert_eq!(host.get("/healthz", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let host = Host::with(Limits {
        answer_within: Duration::from_millis(20),
        ..limits()
    })
    .await;
    let token = host.token("sato", Scope::Read).await;
    let request = with_token("POST", "/v1/shops/sato/ask", &token)
        .header(header::CONTENT_TYPE, "application/json");
    let never = Body::from_stream(stream::pending::<Result<String, std::io::Error>>());
    let answer = host.send(request.body(never).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(answer.code(), "timeout");
}

#[tokio::test]
async fn settings_that_the_module_refuses_are_not_kept() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Admin).await;
    let put = |body: serde_json::Value| {
        let request = with_token("PUT", "/v1/shops/sato/settings", &token)
            .header(header::CONTENT_TYPE, "application/json");
        host.send(
            request
                .body(Body::from(body.to_string()))
                .expect("a request"),
        )
    };
    let kept = put(json!({"time_zone": "Europe/Paris"})).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    let refused = put(json!({"time_zone": "Mars/Olympus"})).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text()
    );
    assert_eq!(refused.code(), "bad_setting");
    let now = host.get("/v1/shops/sato/settings", &token).await.json();
    assert_eq!(now["time_zone"], "Europe/Paris");
}
