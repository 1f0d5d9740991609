//! The widget, the demo page and the module's own file.
//!
//! Everything is read once at start and answered from memory, so a path can name nothing but a
//! file that was there. Carts embed the widget from other origins: its files are open to all,
//! pages are not.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// Where the module's file is served.
pub const MODULE_PATH: &str = "/okaeri.wasm";

/// What a page may do: run and style itself from this origin only. Wasm runs in the worker alone.
const PAGE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'self'; \
    require-trusted-types-for 'script'; trusted-types okaeri lit-html";

/// What the worker may do: a worker's own file carries its own policy, so wasm runs in it under a
/// page that forbids it.
const WORKER_CSP: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// The files, by the path that serves them.
pub struct Assets {
    files: HashMap<String, File>,
    page_csp: HeaderValue,
}

struct File {
    body: Bytes,
    gzip: Option<Bytes>,
    sha256: String,
    mime: &'static str,
    hashed_name: bool,
    policy: Policy,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Policy {
    Page,
    Worker,
    Open,
}

impl Assets {
    /// The module alone; `packed` is what the build made of it by gzip, and is passed over where it
    /// is of another module. `frame_ancestors` are the sources that may frame the pages, as in CSP:
    /// `'none'`, or origins with spaces between.
    pub fn new(
        module: Bytes,
        packed: Option<Bytes>,
        frame_ancestors: &str,
    ) -> Result<Self, String> {
        let csp = format!("{PAGE_CSP}; frame-ancestors {frame_ancestors}");
        let page_csp = match HeaderValue::try_from(csp) {
            Ok(csp) if !frame_ancestors.contains([';', ',']) => csp,
            _ => return Err(format!("`{frame_ancestors}` is no list of origins")),
        };
        let mut file = File::new("okaeri.wasm", module);
        if let Some(packed) = packed.filter(|packed| unpacks_to(packed, &file.body)) {
            file.gzip = Some(packed);
        }
        Ok(Assets {
            files: HashMap::from([(MODULE_PATH.to_owned(), file)]),
            page_csp,
        })
    }

    /// Adds every file under `folder`; an `index.html` also answers for its folder.
    pub fn read(&mut self, folder: &Path) -> io::Result<()> {
        self.read_under(folder, "/")
    }

    fn read_under(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                self.read_under(&entry.path(), &format!("{prefix}{name}/"))?;
                continue;
            }
            let body = Bytes::from(std::fs::read(entry.path())?);
            if name == "index.html" {
                self.files
                    .insert(prefix.to_owned(), File::new(&name, body.clone()));
            }
            self.files
                .insert(format!("{prefix}{name}"), File::new(&name, body));
        }
        Ok(())
    }

    /// Answers `GET` and `HEAD` for a path.
    pub fn answer(&self, method: &Method, path: &str, asked: &HeaderMap) -> Response {
        let Some(file) = self.files.get(path) else {
            return Problem::not_found().into_response();
        };
        if method != Method::GET && method != Method::HEAD {
            let allow = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
            return (allow, Problem::method_not_allowed()).into_response();
        }
        let gzip = file.gzip.as_ref().filter(|_| accepts_gzip(asked));
        let etag = format!(
            "\"{}{}\"",
            file.sha256,
            if gzip.is_some() { ".gz" } else { "" }
        );
        let mut response = if has_already(asked, &file.sha256) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Body::from(gzip.unwrap_or(&file.body).clone()).into_response();
            if gzip.is_some() {
                let gzip = HeaderValue::from_static("gzip");
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, gzip);
            }
            response
        };
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(header::ETAG, etag);
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.mime));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(file.cache_control()),
        );
        self.protect(file.policy, headers);
        response
    }

    fn protect(&self, policy: Policy, headers: &mut HeaderMap) {
        match policy {
            Policy::Page => {
                headers.insert(header::CONTENT_SECURITY_POLICY, self.page_csp.clone());
                let opener = HeaderValue::from_static("same-origin");
                headers.insert("cross-origin-opener-policy", opener);
            }
            Policy::Worker => {
                let csp = HeaderValue::from_static(WORKER_CSP);
                headers.insert(header::CONTENT_SECURITY_POLICY, csp);
            }
            Policy::Open => {}
        }
        if policy != Policy::Page {
            let anyone = HeaderValue::from_static("*");
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, anyone);
            let cross = HeaderValue::from_static("cross-origin");
            headers.insert("cross-origin-resource-policy", cross);
        }
    }
}

impl File {
    fn new(name: &str, body: Bytes) -> Self {
        let mime = mime(name);
        let policy = match mime {
            _ if mime.starts_with("text/html") => Policy::Page,
            _ if mime.starts_with("text/javascript") && name.contains("worker") => Policy::Worker,
            _ => Policy::Open,
        };
        let gzip = Some(&body)
            .filter(|_| !mime.starts_with("image/p"))
            .and_then(gzip);
        let sha256 = Sha256::digest(&body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        File {
            gzip,
            sha256,
            mime,
            hashed_name: has_hashed_name(name),
            policy,
            body,
        }
    }

    fn cache_control(&self) -> &'static str {
        match self.hashed_name {
            true => "public, max-age=31536000, immutable",
            false => "no-cache",
        }
    }
}

fn unpacks_to(packed: &[u8], body: &[u8]) -> bool {
    let mut found = Vec::new();
    // One byte more than expected is enough to tell.
    let mut decoder = GzDecoder::new(packed).take(body.len() as u64 + 1);
    decoder.read_to_end(&mut found).is_ok() && found == body
}

/// The bytes compressed, where that makes them shorter.
fn gzip(body: &Bytes) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).ok()?;
    let short = encoder.finish().ok()?;
    (short.len() < body.len()).then(|| Bytes::from(short))
}

/// Whether the name carries a hash of the content, as bundlers write it: `chart-B7dK_x2q.js`.
fn has_hashed_name(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let Some(at) = stem.len().checked_sub(9) else {
        return false;
    };
    let (Some(b'-'), Some(hash)) = (stem.as_bytes().get(at), stem.get(at + 1..)) else {
        return false;
    };
    // Words of eight letters, such as `-cohort00`, are no hashes: a hash mixes cases or digits.
    let mixed = hash
        .bytes()
        .any(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'_');
    mixed
        && hash
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let listed = asked
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    listed.unwrap_or_default().split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = matches!(weight.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00");
        matches!(name.trim(), "gzip" | "*") && !refused
    })
}

/// Whether the client holds this file, in either encoding.
fn has_already(asked: &HeaderMap, sha256: &str) -> bool {
    let held = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    held.unwrap_or_default().split(',').any(|tag| {
        let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
        tag == "*" || tag.strip_suffix(".gz").unwrap_or(tag) == sha256
    })
}
