use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use tower::ServiceExt;

use super::*;
use crate::outbox::tests::{draft, file_store, lot, state};

async fn ask(
    router: &Router,
    method: Method,
    path: &str,
    body: &str,
) -> (StatusCode, String, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::from(body.to_owned()));
    let response = router.clone().oneshot(request.unwrap()).await.unwrap();
    let status = response.status();
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        !response.headers().contains_key(header::LOCATION),
        "leads nowhere else"
    );
    assert!(!response.headers().contains_key(header::SET_COOKIE));
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, policy, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn looking_does_not_act_and_one_post_does() {
    let (store, _folder) = file_store().await;
    let links = Links::open(&store, "https://crm.example.jp").await.unwrap();
    let draft = draft("spring", "yamada@example.jp");
    let url = links.url(&draft.id);
    let path = url.strip_prefix("https://crm.example.jp").unwrap();
    store.hold(&[draft], 0).await.unwrap();
    store
        .release(&lot("spring"), 0, i64::MAX - 1)
        .await
        .unwrap();
    let router = router(store.clone(), Clock::Fixed(5), links);

    for method in [Method::GET, Method::HEAD, Method::GET] {
        let (status, policy, _) = ask(&router, method, path, "").await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(state(&store, "spring", "yamada@example.jp").await, "queued");
    }
    let (_, _, page) = ask(&router, Method::GET, path, "").await;
    assert!(
        page.contains("佐藤&lt;茶&gt;") && page.contains("<form method=\"post\">"),
        "{page}"
    );
    assert!(!page.contains("yamada"), "nothing personal: {page}");
    assert!(
        !page.contains("<script") && !page.contains("href"),
        "{page}"
    );

    for body in ["List-Unsubscribe=One-Click", "", "x=y"] {
        let (status, _, page) = ask(&router, Method::POST, path, body).await;
        assert_eq!(status, StatusCode::OK, "again and again");
        assert!(page.contains("配信を停止しました"), "{page}");
        assert_eq!(
            state(&store, "spring", "yamada@example.jp").await,
            "failed unsubscribed"
        );
    }
    let suppressions = store.untold_suppressions(9).await.unwrap();
    assert_eq!(suppressions.len(), 1);
    assert_eq!(
        suppressions[0].delivery_key.as_deref(),
        Some("spring/yamada@example.jp")
    );
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_not_found_and_acts_on_nobody() {
    let (store, _folder) = file_store().await;
    let links = Links::open(&store, "https://crm.example.jp").await.unwrap();
    let nobody = links.url(&crate::outbox::new_id(7));
    let nobody = nobody.strip_prefix("https://crm.example.jp/u/").unwrap();
    let forged = format!(
        "{}{}",
        &nobody[..42],
        if nobody.ends_with('A') { 'Q' } else { 'A' }
    );
    let router = router(store.clone(), Clock::Fixed(5), links);
    for token in [
        nobody,
        &forged,
        "x",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "https:%2f%2fevil.example",
        "%ff",
    ] {
        for method in [Method::GET, Method::POST] {
            let request = Request::builder().method(method).uri(format!("/u/{token}"));
            let response = router
                .clone()
                .oneshot(request.body(Body::empty()).unwrap())
                .await
                .unwrap();
            assert!(
                response.status().is_client_error(),
                "{token}: {}",
                response.status()
            );
        }
    }
    assert!(store.untold_suppressions(9).await.unwrap().is_empty());
}
