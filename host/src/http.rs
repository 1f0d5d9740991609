//! The host's HTTP face: `/v1` for programs and the widget, and the widget's own files.
//!
//! Handlers parse, ask the module and write down what it says; no rule lives here. Every route of
//! a shop takes a [`auth::Caller`] first, so nothing is read, not even a body, before the token is
//! known to be the shop's.

mod ask;
mod assets;
mod auth;
mod body;
mod customer_csv;
mod customers;
mod deliveries;
mod demo;
mod guard;
mod health;
mod judgements;
mod listen;
mod observe;
mod openapi;
mod orders;
mod origin;
mod params;
mod problem;
mod rate;
mod schema;
mod segments;
mod settings;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "what is not as expected fails the test")]
mod tests;
pub mod unsubscribe;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use okaeri_carts::Mapping;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use assets::Assets;
pub use demo::Demo;
pub use listen::serve;
pub use origin::{Allowed, Origins};

use crate::app::App;
use crate::outbox::enqueue::Outbox;
use rate::Rate;

/// How much is too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one upload of facts.
    pub orders_bytes: usize,
    /// Bytes of any other body.
    pub body_bytes: usize,
    /// Uploads that are held in memory at once.
    pub uploads: usize,
    /// Time for an upload.
    pub upload_within: Duration,
    /// Time for anything else.
    pub answer_within: Duration,
    /// Calls a second of one token, in the long run.
    pub calls_per_second: NonZeroU32,
    /// Calls of one token at once.
    pub calls_burst: NonZeroU32,
}

/// What the routes share.
pub struct Face {
    app: App,
    outbox: Outbox,
    assets: Assets,
    limits: Limits,
    rate: Rate,
    uploads: Semaphore,
    mappings: BTreeMap<String, Mapping>,
    demo: Option<Demo>,
    document: Bytes,
}

impl Face {
    /// The face of `app`.
    pub fn new(app: App, outbox: Outbox, assets: Assets, limits: Limits) -> Self {
        let rate = Rate::new(limits.calls_per_second, limits.calls_burst);
        let uploads = Semaphore::new(limits.uploads);
        let (mappings, demo, document) = (BTreeMap::new(), None, Bytes::new());
        Face {
            app,
            outbox,
            assets,
            limits,
            rate,
            uploads,
            mappings,
            demo,
            document,
        }
    }

    /// The same, with column mappings by name for uploads of CSV.
    pub fn with_mappings(self, mappings: BTreeMap<String, Mapping>) -> Self {
        Face { mappings, ..self }
    }

    /// The same, with a demo shop that the demo page opens by itself.
    pub fn with_demo(self, demo: Demo) -> Self {
        Face {
            demo: Some(demo),
            ..self
        }
    }
}

/// All routes. `unsubscribe` is the page behind the links in mails.
pub fn router(mut face: Face, origins: Origins, unsubscribe: Router) -> Router {
    // Counting begins with the first request, not with the first look at the counts.
    observe::metrics_handle();
    let limits = face.limits;
    let asking = OpenApiRouter::new()
        .routes(routes!(ask::ask))
        .routes(routes!(ask::ask_kind))
        .routes(routes!(customers::list, customers::search))
        .routes(routes!(customers::one))
        .routes(routes!(judgements::judge))
        .routes(routes!(deliveries::plan))
        .routes(routes!(deliveries::list, deliveries::send))
        .routes(routes!(settings::read, settings::write))
        .routes(routes!(segments::list, segments::add))
        .routes(routes!(segments::check))
        .routes(routes!(segments::one, segments::change, segments::delete))
        .routes(routes!(segments::versions))
        .routes(routes!(segments::history))
        .layer(from_fn_with_state(limits.answer_within, guard::deadline));
    let loading = OpenApiRouter::new()
        .routes(routes!(orders::load))
        .layer(from_fn_with_state(limits.upload_within, guard::deadline));
    let shops = asking
        .merge(loading)
        .layer(from_fn_with_state(origins, origin::cross_origin));
    let house = OpenApiRouter::new()
        .routes(routes!(health::about))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(observe::metrics))
        .routes(routes!(openapi::document));
    let (routes, api) = OpenApiRouter::new()
        .merge(shops)
        .merge(house)
        .split_for_parts();
    face.document = openapi::complete(&api);
    routes
        .route("/demo/config.json", axum::routing::get(demo::config))
        .route("/demo/sample.ndjson", axum::routing::get(demo::sample))
        .fallback(file)
        .with_state(Arc::new(face))
        .merge(unsubscribe)
        .layer(from_fn(guard::wrong_method))
        .layer(CompressionLayer::new().gzip(true))
        .layer(from_fn(guard::headers))
        .layer(from_fn(guard::catch_panic))
        .layer(from_fn(observe::observe))
}

/// Whatever is no route: a file of the widget, or nothing.
async fn file(State(face): State<Arc<Face>>, request: Request) -> Response {
    face.assets
        .answer(request.method(), request.uri().path(), request.headers())
}

/// The shop that a request's path names.
fn shop_of(params: Option<&RawPathParams>) -> Option<&str> {
    params?
        .iter()
        .find(|(name, _)| *name == "shop")
        .map(|(_, shop)| shop)
}
