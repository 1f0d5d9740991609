//! The listening socket: connections in, and an orderly end.
//!
//! A connection that does not send its headers in time is closed, the number of connections is
//! bounded, and when the host is told to stop, requests that run are finished first.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// Connections at once; a proxy keeps a few dozen.
const CONNECTIONS_MAX: usize = 1024;

/// A client that has not sent its headers by then is too slow or hostile.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);

/// Answers requests until `stop`; then takes no more, and gives those that run `patience`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
    patience: Duration,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let permit = room.clone().acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        let connection = graceful.watch(connection(stream, peer, router.clone()));
        tokio::spawn(async move {
            // A broken connection is the client's business.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    tracing::info!("stopping: finishing the requests that run");
    if tokio::time::timeout(patience, graceful.shutdown())
        .await
        .is_err()
    {
        let seconds = patience.as_secs();
        tracing::warn!(seconds, "some requests were still running and are given up");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Output = Result<(), hyper::Error>> + Send
{
    let answer = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .serve_connection(TokioIo::new(stream), answer)
}

/// A full table of open files needs a pause; a connection that was given up does not.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "what is not as expected fails the test")]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::{Notify, oneshot};

    use super::serve;

    /// A server with one route that answers when it is told to.
    struct Slow {
        begun: Arc<Notify>,
        go_on: Arc<Notify>,
        stop: oneshot::Sender<()>,
        client: TcpStream,
        server: tokio::task::JoinHandle<()>,
        at: std::net::SocketAddr,
    }

    async fn slow(patience: Duration) -> Slow {
        let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (tell, wait) = (begun.clone(), go_on.clone());
        let router = Router::new().route(
            "/",
            get(async move || {
                tell.notify_one();
                wait.notified().await;
                "done"
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            let _ = stopped.await;
        };
        let server = tokio::spawn(serve(listener, router, stopped, patience));
        let mut client = TcpStream::connect(at).await.expect("a connection");
        let request = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
        client.write_all(request).await.expect("a request");
        begun.notified().await;
        Slow {
            begun,
            go_on,
            stop,
            client,
            server,
            at,
        }
    }

    #[tokio::test]
    async fn a_request_that_runs_is_finished_and_no_new_one_is_taken() {
        let mut slow = slow(Duration::from_secs(60)).await;
        slow.stop.send(()).expect("the server waits for it");
        while TcpStream::connect(slow.at).await.is_ok() {
            tokio::task::yield_now().await;
        }
        slow.go_on.notify_one();
        let mut answer = String::new();
        slow.client
            .read_to_string(&mut answer)
            .await
            .expect("the whole answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\ndone"), "{answer}");
        slow.server.await.expect("the server has ended");
    }

    #[tokio::test]
    async fn patience_ends() {
        let slow = slow(Duration::from_millis(10)).await;
        slow.stop.send(()).expect("the server waits for it");
        slow.server.await.expect("the server has ended");
        drop(slow.begun);
    }
}
