//! Which web pages may call a shop's API from a browser.
//!
//! Exact origins, named for each shop when the host starts; there is no wildcard, and nothing is
//! said of shops or origins that are not listed. Tokens travel in a header of our own, so a page
//! that is not listed cannot even send one.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::shop_of;

/// One permission: `shop=https://cart.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    shop: String,
    origin: String,
}

impl FromStr for Allowed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not of the form `shop=https://cart.example`");
        let (shop, origin) = text.split_once('=').ok_or_else(wrong)?;
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        let is_host = |host: &str| {
            let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
            !host.is_empty() && host.bytes().all(allowed)
        };
        if shop.is_empty() || !host.is_some_and(is_host) {
            return Err(wrong());
        }
        Ok(Allowed {
            shop: shop.to_owned(),
            origin: origin.to_ascii_lowercase(),
        })
    }
}

/// The allow-lists of all shops.
#[derive(Clone, Debug, Default)]
pub struct Origins(Arc<BTreeMap<String, Vec<String>>>);

impl FromIterator<Allowed> for Origins {
    fn from_iter<I: IntoIterator<Item = Allowed>>(allowed: I) -> Self {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for Allowed { shop, origin } in allowed {
            lists.entry(shop).or_default().push(origin);
        }
        Origins(Arc::new(lists))
    }
}

impl Origins {
    fn allows(&self, shop: &str, origin: &HeaderValue) -> bool {
        let list = self.0.get(shop).map(Vec::as_slice).unwrap_or_default();
        list.iter()
            .any(|allowed| allowed.as_bytes() == origin.as_bytes())
    }
}

/// Answers preflights, and lets listed pages read the answers.
pub async fn cross_origin(
    State(origins): State<Origins>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    let shop = shop_of(params.as_ref().ok());
    let origin = request.headers().get(header::ORIGIN).cloned();
    let origin = origin.filter(|origin| shop.is_some_and(|shop| origins.allows(shop, origin)));
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if is_preflight {
            allow_call(headers);
        } else {
            expose(headers);
        }
    }
    response
}

fn allow_call(headers: &mut HeaderMap) {
    let methods = HeaderValue::from_static("GET, POST, PUT, DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let names = HeaderValue::from_static("authorization, content-type, accept, x-request-id");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    // Ten minutes: a page that is taken off the list stops soon.
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("600"),
    );
}

fn expose(headers: &mut HeaderMap) {
    let names = HeaderValue::from_static("content-disposition, retry-after, x-request-id");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, names);
}
