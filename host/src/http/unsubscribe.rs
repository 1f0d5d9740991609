//! The page behind the link in each mail.
//!
//! Looking never acts, because scanners follow every link; one POST acts at once, without a login
//! or a question (RFC 8058), and answers after the suppression is on the disk. Asked again it
//! answers the same. The page leads nowhere else and runs nothing.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::clock::Clock;
use crate::deliver::footer::escaped;
use crate::outbox::links::Links;
use crate::store::{DeliveryRow, Store, Suppression};

struct Page {
    store: Store,
    clock: Clock,
    links: Links,
}

/// `GET` and `POST /u/{token}`.
pub fn router(store: Store, clock: Clock, links: Links) -> Router {
    let page = Arc::new(Page {
        store,
        clock,
        links,
    });
    Router::new()
        .route("/u/{token}", get(show).post(act))
        .with_state(page)
}

impl Page {
    /// The delivery that a token names, and the name under which it was sent.
    async fn delivery(&self, token: &str) -> sqlx::Result<Option<(DeliveryRow, String)>> {
        let Some(id) = self.links.id(token) else {
            return Ok(None);
        };
        let Some(row) = self.store.delivery(&id).await? else {
            return Ok(None);
        };
        let sender = self.store.sender(&row.shop).await?;
        Ok(Some((
            row,
            sender.map(|sender| sender.name).unwrap_or_default(),
        )))
    }
}

async fn show(State(page): State<Arc<Page>>, Path(token): Path<String>) -> Response {
    match page.delivery(&token).await {
        Ok(Some((_, name))) => {
            let name = escaped(&name);
            answer(
                StatusCode::OK,
                &format!(
                    "<h1>配信停止 / Unsubscribe</h1>\n\
                     <p>{name} からのメールの配信を停止しますか。</p>\n\
                     <p lang=\"en\">Do you want to get no more mails from {name}?</p>\n\
                     <form method=\"post\"><button>配信を停止する / Unsubscribe</button></form>"
                ),
            )
        }
        Ok(None) => unknown(),
        Err(error) => unavailable(&error),
    }
}

async fn act(State(page): State<Arc<Page>>, Path(token): Path<String>) -> Response {
    let (row, name) = match page.delivery(&token).await {
        Ok(Some(found)) => found,
        Ok(None) => return unknown(),
        Err(error) => return unavailable(&error),
    };
    let suppression = Suppression::of(&row, Suppression::UNSUBSCRIBED, page.clock.millis());
    if let Err(error) = page.store.suppress(&suppression).await {
        return unavailable(&error);
    }
    let name = escaped(&name);
    answer(
        StatusCode::OK,
        &format!(
            "<h1>配信を停止しました / Unsubscribed</h1>\n\
             <p>{name} からのメールはもう届きません。</p>\n\
             <p lang=\"en\">You will get no more mails from {name}.</p>"
        ),
    )
}

fn unknown() -> Response {
    answer(
        StatusCode::NOT_FOUND,
        "<h1>ページが見つかりません / Not found</h1>\n\
         <p>メールのリンクの全体を開いてください。</p>\n\
         <p lang=\"en\">Please open the whole link of the mail.</p>",
    )
}

fn unavailable(error: &sqlx::Error) -> Response {
    tracing::error!(%error, "unsubscribing is not possible now");
    let mut response = answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "<h1>もう一度お試しください / Please try again</h1>\n\
         <p>まだ停止されていません。</p>\n\
         <p lang=\"en\">You are not unsubscribed yet.</p>",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    response
}

fn answer(status: StatusCode, body: &str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"ja\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>配信停止 / Unsubscribe</title>\n<main>\n{body}\n</main>\n</html>\n"
    );
    let headers: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    (status, headers, Html(page)).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#[path = "unsubscribe_tests.rs"]
mod tests;
