//! The module in a worker of a page in headless Chromium. A small server of this process serves
//! the page what `cargo xtask build` built, gives it frames and takes their answers.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tiny_http::{Header, Method, Request, Response, Server};

use super::{Calls, Failure, read_built};
use crate::process;

/// Longest time for the browser to start, and for one call.
const PATIENCE: Duration = Duration::from_secs(180);

/// Names that the browser goes by.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// It would call home at every start; a sandbox of its own is not to be had by root.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

const PAGE: &str = include_str!("../../chromium/index.html");
const JS_FACE: &str = include_str!("../../chromium/js-face.js");

/// By which face of the module the worker calls it.
#[derive(Clone, Copy, Debug)]
pub enum Face {
    /// The widget's own worker: the bytes face.
    Widget,
    /// The JS face, through the glue that goes with it.
    Js,
}

/// An instance of the module in a page. It runs until it is dropped.
pub struct Chromium {
    browser: Child,
    server: Server,
    profile: PathBuf,
    /// The page's request for its next frame.
    waiting: Option<Request>,
}

/// An answer's frame, and how long the page took to fetch its call and to carry it out.
type Answered = (Vec<u8>, Duration);

impl Chromium {
    /// Starts a browser with an instance.
    ///
    /// # Errors
    /// When the module or the widget is not built, or Chromium is missing or does not start.
    pub fn start(face: Face) -> Result<Self, Failure> {
        let program = program()?;
        let server = Server::http("127.0.0.1:0")?;
        let address = server.server_addr();
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile =
            std::env::temp_dir().join(format!("okaeri-chromium-{}-{number}", std::process::id()));
        fs::create_dir_all(&profile)?;
        let worker = match face {
            Face::Widget => "/okaeri-worker.js",
            Face::Js => "/js-face.js",
        };
        let browser = Command::new(&program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("http://{address}/?worker={worker}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(profile.join("said.txt"))?)
            .spawn()
            .map_err(|why| format!("cannot start {}: {why}", program.display()))?;
        let mut chromium = Chromium {
            browser,
            server,
            profile,
            waiting: None,
        };
        chromium.serve()?;
        Ok(chromium)
    }

    /// The browser's processes that show pages.
    pub fn pages(&self) -> Vec<u32> {
        process::pages(self.browser.id())
    }

    /// Gives the page a frame; its answer.
    fn exchange(&mut self, frame: &[u8]) -> Result<Answered, Failure> {
        let waiting = self.waiting.take().ok_or("the page failed before")?;
        // Whole, so that the page can tell how long the fetch took.
        waiting.respond(Response::from_data(frame).with_chunked_threshold(usize::MAX))?;
        self.serve()
    }

    /// Serves the page until it hands over an answer and asks for the next frame.
    fn serve(&mut self) -> Result<Answered, Failure> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.browser.try_wait()? {
                return Err(self.failed(&format!("Chromium ended ({status})")));
            }
            let Some(mut request) = self.server.recv_timeout(Duration::from_millis(100))? else {
                continue;
            };
            if *request.method() == Method::Get {
                serve_file(request)?;
                continue;
            }
            let mut body = Vec::new();
            request.as_reader().read_to_end(&mut body)?;
            if request.url() != "/next" {
                let said = String::from_utf8_lossy(&body).into_owned();
                return Err(self.failed(&format!("the page failed: {said}")));
            }
            let spent = spent(&request)?;
            self.waiting = Some(request);
            return Ok((body, spent));
        }
        Err(self.failed("the page did not answer in time"))
    }

    /// What went wrong, with the last that the browser said.
    fn failed(&self, what: &str) -> Failure {
        let said = fs::read_to_string(self.profile.join("said.txt")).unwrap_or_default();
        let from = said.len().saturating_sub(2000);
        format!("{what}\n{}", said.get(from..).unwrap_or(&said)).into()
    }
}

impl Calls for Chromium {
    fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        self.timed(frame).0
    }

    /// The page's own clock: what it fetches counts, what it sends back does not.
    #[expect(
        clippy::panic,
        reason = "a trap is the failure that these tests look for"
    )]
    fn timed(&mut self, frame: &[u8]) -> (Vec<u8>, Duration) {
        match self.exchange(frame) {
            Ok(answered) => answered,
            Err(why) => panic!("{why}"),
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may have ended, and its folder may be gone: nothing is lost by either.
        let _ = self.browser.kill();
        let _ = self.browser.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// Where Chromium is: the variable `CHROMIUM`, else on the search path.
fn program() -> Result<PathBuf, Failure> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            "Chromium is missing: `cargo xtask test` installs it where it can; \
             or install it, or name it in the variable CHROMIUM"
                .into()
        })
}

fn serve_file(request: Request) -> Result<(), Failure> {
    let path = request.url().split('?').next().unwrap_or_default();
    let name = path.trim_start_matches('/');
    let body = match name {
        "" => Ok(PAGE.into()),
        "js-face.js" => Ok(JS_FACE.into()),
        "okaeri.wasm" => read_built(name),
        _ if name.contains('/') => Err("no such file".into()),
        _ => read_built(&format!("web/{name}")),
    };
    let kind: &[u8] = match name.rsplit_once('.') {
        Some((_, "js")) => b"text/javascript",
        Some((_, "wasm")) => b"application/wasm",
        _ => b"text/html",
    };
    match body {
        Ok(body) => {
            let header =
                Header::from_bytes(b"content-type", kind).map_err(|()| "a header that is none")?;
            request.respond(Response::from_data(body).with_header(header))?;
        }
        Err(why) => {
            request.respond(Response::from_string(why.to_string()).with_status_code(404))?;
        }
    }
    Ok(())
}

/// The page's own time, in milliseconds.
fn spent(request: &Request) -> Result<Duration, Failure> {
    let header = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("x-spent"))
        .ok_or("the page tells no time")?;
    let millis: f64 = header.value.as_str().parse()?;
    Ok(Duration::from_secs_f64(millis / 1000.0))
}
