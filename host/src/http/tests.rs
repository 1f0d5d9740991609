//! The routes as clients see them, over a real store and the real module.

mod customers;
mod deliveries;
mod doors;
mod limits;
mod orders;
mod pages;
mod segments;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use okaeri_carts::Mapping;
use okaeri_protocol::settings::Settings;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{Allowed, Assets, Demo, Face, Limits, Origins, router};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::outbox::enqueue::Outbox;
use crate::store::{Scope, Shop, Token};

/// 2025-01-14 in Tokyo.
const NOON: i64 = 1_736_823_600_000;

/// Two shops, `sato` and `suzuki`, and all routes.
struct Host {
    app: App,
    router: Router,
    _folder: TempDir,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a readable header"))
    }

    fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

fn limits() -> Limits {
    let many = NonZeroU32::new(10_000).expect("not zero");
    Limits {
        orders_bytes: 1 << 20,
        body_bytes: 1 << 16,
        uploads: 2,
        upload_within: Duration::from_secs(60),
        answer_within: Duration::from_secs(60),
        calls_per_second: many,
        calls_burst: many,
    }
}

impl Host {
    async fn start() -> Host {
        Host::with(limits()).await
    }

    async fn with(limits: Limits) -> Host {
        let folder = TempDir::new().expect("a temporary folder");
        let config = config(folder.path());
        let app = App::open(&config, Clock::Fixed(NOON))
            .await
            .expect("the app opens");
        for id in ["sato", "suzuki"] {
            let settings = Settings::default();
            let shop = Shop {
                id: id.to_owned(),
                name: id.to_owned(),
                settings,
                created_at: NOON,
            };
            assert!(app.store.add_shop(&shop).await.expect("the store answers"));
        }
        let module = config.module_path().expect("the module");
        let packed = std::fs::read(module.with_extension("wasm.gz")).expect("the module");
        let module = std::fs::read(module).expect("the module");
        let assets = Assets::new(module.into(), Some(packed.into()), "'none'");
        let mut assets = assets.expect("a source list");
        assets.read(&web(folder.path())).expect("the files");
        let allowed: Allowed = "sato=https://cart.example".parse().expect("an origin");
        let origins: Origins = [allowed].into_iter().collect();
        let demo = Demo {
            shop: "sato".to_owned(),
            token: "okaeri_demo".to_owned(),
            as_of: "2025-01-14".to_owned(),
        };
        let outbox = Outbox::open(&app, "http://localhost")
            .await
            .expect("the outbox");
        let face = Face::new(app.clone(), outbox, assets, limits)
            .with_mappings(mappings())
            .with_demo(demo);
        let router = router(face, origins, Router::new());
        Host {
            app,
            router,
            _folder: folder,
        }
    }

    /// A token of a shop.
    async fn token(&self, shop: &str, scope: Scope) -> String {
        self.token_until(shop, scope, None).await
    }

    /// A token that expires.
    async fn token_until(&self, shop: &str, scope: Scope, expires_at: Option<i64>) -> String {
        let text = format!("okaeri_{shop}-{}-{expires_at:?}", scope.text());
        let token = Token {
            shop: shop.to_owned(),
            scope,
            prefix: text.clone(),
            label: String::new(),
            created_at: NOON,
            expires_at,
        };
        self.app
            .store
            .add_token(&token, &Sha256::digest(&text))
            .await
            .expect("a new token");
        text
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        self.send(
            with_token("GET", path, token)
                .body(Body::empty())
                .expect("a request"),
        )
        .await
    }

    async fn post(&self, path: &str, token: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = with_token("POST", path, token).header(header::CONTENT_TYPE, kind);
        self.send(request.body(body.into()).expect("a request"))
            .await
    }

    async fn post_json(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.post(path, token, "application/json", body.to_string())
            .await
    }
}

fn with_token(method: &str, path: &str, token: &str) -> axum::http::request::Builder {
    let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000)));
    let request = Request::builder().method(method).uri(path).extension(peer);
    match token {
        "" => request,
        token => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
    }
}

fn mappings() -> BTreeMap<String, Mapping> {
    let text = r#"
        name = "plain"
        [columns]
        order_id = "no"
        ordered_at = "at"
        email = "mail"
        product = "what"
        quantity = "n"
        unit_price = "yen"
    "#;
    let mapping = Mapping::from_toml(text).expect("a mapping");
    BTreeMap::from([("plain".to_owned(), mapping)])
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn config(folder: &Path) -> Config {
    Config {
        db: folder.join("okaeri.db").display().to_string(),
        module: Some(workspace().join("dist/okaeri.wasm")),
        cache: Some(workspace().join("target/module-cache")),
        shop_memory: 256,
        warm_memory: 512,
        shard_rows: 0,
        shard_instances: None,
        ask_seconds: 20,
        load_seconds: 20,
    }
}

/// A widget of five files.
fn web(folder: &Path) -> PathBuf {
    let web = folder.join("web");
    std::fs::create_dir(&web).expect("a new folder");
    for (name, text) in [
        ("index.html", "<!doctype html><title>Okaeri</title>"),
        (
            "okaeri-widget.js",
            "export const widget = 'widget widget widget widget widget';",
        ),
        ("okaeri-worker.js", "self.onmessage = () => {};"),
        ("okaeri-chart-B7dK_x2q.js", "export const chart = 1;"),
        (".secret", "not to be served"),
    ] {
        std::fs::write(web.join(name), text).expect("a new file");
    }
    web
}
