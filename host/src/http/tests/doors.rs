//! Who is let in: tokens, shops, scopes, origins, the demo's key.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use super::{Host, NOON, with_token};
use crate::store::Scope;

/// Every route of a shop: method, path under the shop, body, least scope.
const ROUTES: &[(&str, &str, &str, Scope)] = &[
    (
        "POST",
        "ask",
        r#"{"question":{"kind":"summary"}}"#,
        Scope::Read,
    ),
    ("GET", "ask/summary", "", Scope::Read),
    ("GET", "customers", "", Scope::Read),
    ("POST", "customers", "{}", Scope::Read),
    ("GET", "customers/k1", "", Scope::Read),
    ("GET", "settings", "", Scope::Read),
    ("PUT", "settings", "{}", Scope::Admin),
    ("POST", "orders", "[]", Scope::Write),
    ("POST", "judgements", JUDGEMENT, Scope::Write),
    ("POST", "plan", PLAN, Scope::Read),
    ("GET", "deliveries", "", Scope::Read),
    ("POST", "deliveries", SEND, Scope::Admin),
    ("GET", "segments", "", Scope::Read),
    ("POST", "segments", SEGMENT, Scope::Write),
    (
        "POST",
        "segments/check",
        r#"{"text":"decile = 1"}"#,
        Scope::Read,
    ),
    ("GET", "segments/s1", "", Scope::Read),
    ("PUT", "segments/s1", SEGMENT, Scope::Write),
    ("DELETE", "segments/s1", "", Scope::Write),
    ("GET", "segments/s1/versions", "", Scope::Read),
    ("GET", "segments/s1/history", "", Scope::Read),
];

const SEGMENT: &str = r#"{"name":"best","text":"decile = 1"}"#;

const JUDGEMENT: &str =
    r#"{"a":{"email":"a@example.jp"},"b":{"email":"b@example.jp"},"verdict":"same"}"#;

const PLAN: &str = r#"{"as_of":"2025-01-14","campaign":"c","template":{"subject":"s","text":"t"}}"#;

const SEND: &str = r#"{"dry_run":false,"plan":{"as_of":"2025-01-14","campaign":"c",
    "template":{"subject":"s","text":"t"}}}"#;

fn request(method: &str, shop: &str, path: &str, body: &str, token: &str) -> Request<Body> {
    with_token(method, &format!("/v1/shops/{shop}/{path}"), token)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .expect("a request")
}

#[tokio::test]
async fn the_table_of_this_test_has_every_route_of_a_shop() {
    let host = Host::start().await;
    let document = host.get("/openapi.json", "").await.json();
    let mut described = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let Some(path) = path.strip_prefix("/v1/shops/{shop}/") else {
            continue;
        };
        let path = path.replace("{kind}", "summary");
        let path = path.replace("{key}", "k1").replace("{id}", "s1");
        for method in item.as_object().expect("an item").keys() {
            described.push((method.to_uppercase(), path.clone()));
        }
    }
    let mut tested: Vec<_> = ROUTES
        .iter()
        .map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    described.sort();
    tested.sort();
    assert_eq!(described, tested);
}

#[tokio::test]
async fn no_token_and_an_unknown_token_are_asked_for_one_whether_the_shop_exists_or_not() {
    let host = Host::start().await;
    for (method, path, body, _) in ROUTES {
        for shop in ["sato", "nobody"] {
            for token in ["", "okaeri_unknown", "x"] {
                let answer = host.send(request(method, shop, path, body, token)).await;
                assert_eq!(
                    answer.status,
                    StatusCode::UNAUTHORIZED,
                    "{method} {path} `{token}`"
                );
                assert_eq!(
                    answer.header("www-authenticate"),
                    r#"Bearer realm="okaeri""#
                );
                assert_eq!(answer.code(), "unauthorized");
            }
        }
    }
}

#[tokio::test]
async fn a_token_whose_time_is_over_opens_nothing() {
    let host = Host::start().await;
    for (expires_at, status) in [(NOON, 401), (NOON - 1, 401), (NOON + 1, 200)] {
        let token = host
            .token_until("sato", Scope::Read, Some(expires_at))
            .await;
        let answer = host.get("/v1/shops/sato/settings", &token).await;
        assert_eq!(answer.status, status, "{expires_at}");
    }
}

#[tokio::test]
async fn an_error_is_a_problem_whoever_makes_it() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Admin).await;
    for (method, path, status, allow) in [
        ("GET", "/nowhere", 404, ""),
        ("DELETE", "/v1/shops/sato/settings", 405, "GET,HEAD,PUT"),
        ("POST", "/healthz", 405, "GET,HEAD"),
        ("PUT", "/okaeri.wasm", 405, "GET, HEAD"),
        ("GET", "/v1/shops/sato/ask/weather", 400, ""),
        ("GET", "/v1/shops/sato/customers/%ff", 404, ""),
    ] {
        let request = with_token(method, path, &token).body(Body::empty());
        let answer = host.send(request.expect("a request")).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
        let body = answer.json();
        assert_eq!(body["status"], status, "{method} {path}");
        assert_eq!(body["detail"], body["error"]["message"]);
        assert_eq!(
            body["title"],
            answer.status.canonical_reason().unwrap_or_default()
        );
    }
}

#[tokio::test]
async fn another_shops_token_finds_nothing_whether_the_shop_exists_or_not() {
    let host = Host::start().await;
    let token = host.token("suzuki", Scope::Admin).await;
    for (method, path, body, _) in ROUTES {
        let there = host.send(request(method, "sato", path, body, &token)).await;
        let nowhere = host
            .send(request(method, "nobody", path, body, &token))
            .await;
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert_eq!(there.body, nowhere.body);
    }
}

#[tokio::test]
async fn a_token_does_what_its_scope_allows_and_no_more() {
    let host = Host::start().await;
    for scope in [Scope::Read, Scope::Write, Scope::Admin] {
        let token = host.token("sato", scope).await;
        for (method, path, body, least) in ROUTES {
            let status = host
                .send(request(method, "sato", path, body, &token))
                .await
                .status;
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                scope < *least,
                "{method} {path} with {scope:?} gave {status}"
            );
            assert_ne!(status, StatusCode::UNAUTHORIZED);
            assert!(!status.is_server_error(), "{method} {path} gave {status}");
        }
    }
}

#[tokio::test]
async fn a_revoked_token_is_unknown() {
    let host = Host::start().await;
    let token = host.token("sato", Scope::Read).await;
    assert_eq!(
        host.get("/v1/shops/sato/settings", &token).await.status,
        StatusCode::OK
    );
    assert!(
        host.app
            .store
            .revoke_token("sato", &token)
            .await
            .expect("the store answers")
    );
    let answer = host.get("/v1/shops/sato/settings", &token).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

fn preflight(shop: &str, origin: &str) -> Request<Body> {
    Request::builder()
        .method("OPTIONS")
        .uri(format!("/v1/shops/{shop}/ask"))
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization")
        .body(Body::empty())
        .expect("a request")
}

#[tokio::test]
async fn only_listed_pages_may_call_from_a_browser() {
    let host = Host::start().await;
    let allowed = host.send(preflight("sato", "https://cart.example")).await;
    assert_eq!(allowed.status, StatusCode::NO_CONTENT);
    assert_eq!(
        allowed.header("access-control-allow-origin"),
        "https://cart.example"
    );
    assert!(
        allowed
            .header("access-control-allow-headers")
            .contains("authorization")
    );
    assert_eq!(allowed.header("vary"), "origin");

    for (shop, origin) in [
        ("suzuki", "https://cart.example"),
        ("nobody", "https://cart.example"),
        ("sato", "https://cart.example.evil.example"),
        ("sato", "https://evil.example"),
        ("sato", "http://cart.example"),
        ("sato", "https://cart.example:8443"),
        ("sato", "null"),
    ] {
        let refused = host.send(preflight(shop, origin)).await;
        assert_eq!(refused.status, StatusCode::NO_CONTENT);
        assert_eq!(
            refused.header("access-control-allow-origin"),
            "",
            "{shop} {origin}"
        );
        assert_eq!(
            refused.header("access-control-allow-headers"),
            "",
            "{shop} {origin}"
        );
    }
}

#[tokio::test]
async fn a_listed_page_can_read_answers_and_errors() {
    let host = Host::start().await;
    for (token, status) in [
        (host.token("sato", Scope::Read).await, StatusCode::OK),
        (String::new(), StatusCode::UNAUTHORIZED),
    ] {
        let request = with_token("GET", "/v1/shops/sato/settings", &token)
            .header("origin", "https://cart.example")
            .body(Body::empty())
            .expect("a request");
        let answer = host.send(request).await;
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "https://cart.example"
        );
    }
}

#[test]
fn an_origin_is_a_scheme_and_a_host() {
    use crate::http::Allowed;
    for good in [
        "a=https://cart.example",
        "a=http://localhost:3000",
        "a=https://[::1]:1",
    ] {
        assert!(good.parse::<Allowed>().is_ok(), "{good}");
    }
    for bad in [
        "",
        "a",
        "a=*",
        "a=https://*.example",
        "a=https://x/",
        "=https://x",
        "a=ftp://x",
    ] {
        assert!(bad.parse::<Allowed>().is_err(), "{bad}");
    }
}

#[tokio::test]
async fn the_demos_key_is_for_this_machine_alone() {
    let host = Host::start().await;
    let at = |peer: [u8; 4], name: &str| {
        let peer = axum::extract::ConnectInfo(std::net::SocketAddr::from((peer, 50_000)));
        Request::builder()
            .uri("/demo/config.json")
            .extension(peer)
            .header("host", name)
            .body(Body::empty())
            .expect("a request")
    };
    let here = host.send(at([127, 0, 0, 1], "localhost:8787")).await;
    assert_eq!(here.status, StatusCode::OK);
    let told = json!({"shop": "sato", "token": "okaeri_demo", "as_of": "2025-01-14"});
    assert_eq!(here.json(), told);
    for (peer, name) in [
        ([10, 0, 0, 1], "localhost"),
        ([127, 0, 0, 1], "evil.example"),
        ([127, 0, 0, 1], ""),
    ] {
        let answer = host.send(at(peer, name)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{peer:?} {name}");
    }
}
