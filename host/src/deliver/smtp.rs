//! SMTP (RFC 5321): one connection a session, used for many mails.
//!
//! What is known after each step decides what becomes of a delivery. Until the receiver was asked
//! to take the text nothing has happened, so a failure there is for later. After it only a reply
//! tells: 2xx taken, 4xx later, 5xx never; without one nobody knows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use rand::Rng;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until, timeout};

use super::message::address;
use super::relay::{Relay, Tls};
use crate::store::Stopped;

/// For a connection or a command (RFC 5321 section 4.5.3.2 allows the receiver more, but a relay
/// that is this slow is better tried later).
const COMMAND_WITHIN: Duration = Duration::from_secs(60);
/// For the reply to the whole text: giving up sooner only makes more deliveries unknown.
const REPLY_WITHIN: Duration = Duration::from_secs(600);
/// Longest pause between two attempts to connect while none succeeds.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// Mails on one connection; many relays allow a hundred.
const MAILS_PER_CONNECTION: u32 = 100;

/// Why a message did not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It never will.
    Never(Stopped),
    /// Not now.
    Later(Stopped),
    /// It may have gone.
    Unknown(Stopped),
}

/// A relay and how it has been answering. Clones share it.
#[derive(Clone, Debug)]
pub struct Smtp(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    relay: Relay,
    hello: ClientId,
    /// One connects at a time; while none succeeds, not before this moment.
    gate: Mutex<Instant>,
    failures: AtomicU32,
}

impl Smtp {
    /// For this relay. Nothing is connected yet.
    pub fn new(relay: Relay) -> Self {
        Smtp(Arc::new(Shared {
            relay,
            hello: ClientId::default(),
            gate: Mutex::new(Instant::now()),
            failures: AtomicU32::new(0),
        }))
    }

    /// How many attempts to connect have failed since the last that did not.
    pub fn failures(&self) -> u32 {
        self.0.failures.load(Ordering::Relaxed)
    }

    /// A session without a connection.
    pub fn session(&self) -> Session {
        Session {
            smtp: self.clone(),
            connection: None,
            mails: 0,
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Stopped> {
        let mut not_before = self.0.gate.lock().await;
        sleep_until(*not_before).await;
        match within(COMMAND_WITHIN, self.connected()).await {
            Ok(connection) => {
                self.0.failures.store(0, Ordering::Relaxed);
                Ok(connection)
            }
            Err(failed) => {
                let failures = self.0.failures.fetch_add(1, Ordering::Relaxed);
                let pause = Duration::from_secs(1 << failures.min(6)).min(PAUSE_MAX);
                let pause = pause
                    .max(Duration::from_secs(1))
                    .mul_f64(rand::rng().random_range(1.0..1.5));
                *not_before = Instant::now() + pause;
                Err(Stopped::new(
                    "no_relay",
                    format!("the relay cannot be reached: {}", failed.text()),
                ))
            }
        }
    }

    async fn connected(&self) -> Result<AsyncSmtpConnection, Error> {
        let Relay {
            host,
            port,
            tls,
            login,
        } = &self.0.relay;
        let hello = &self.0.hello;
        let parameters = || TlsParameters::new(host.clone());
        let wrapped = if *tls == Tls::Wrapped {
            Some(parameters()?)
        } else {
            None
        };
        let at = (host.as_str(), *port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(at, Some(COMMAND_WITHIN), hello, wrapped, None)
                .await?;
        let upgrade = *tls == Tls::Required
            || (*tls == Tls::Opportunistic
                && connection
                    .server_info()
                    .supports_feature(Extension::StartTls));
        if upgrade {
            connection.starttls(parameters()?, hello).await?;
        }
        if let Some(login) = login {
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], login)
                .await?;
        }
        Ok(connection)
    }
}

/// One conversation with the relay.
pub struct Session {
    smtp: Smtp,
    connection: Option<AsyncSmtpConnection>,
    mails: u32,
}

impl Session {
    /// Goes up to where the relay has accepted sender and recipient. It may still be withdrawn.
    ///
    /// # Errors
    /// Never [`Refusal::Unknown`].
    pub async fn offer(&mut self, from: &str, to: &str) -> Result<(), Refusal> {
        let from = address(from).map_err(Refusal::Never)?;
        let to = address(to).map_err(Refusal::Never)?;
        if self.mails >= MAILS_PER_CONNECTION {
            self.close().await;
        }
        let was_open = self.connection.is_some();
        match self.offer_once(&from, &to).await {
            // A relay closes idle connections and says so only when it is spoken to.
            Err(failed) if was_open && failed.is_about_the_connection() => {
                self.connection = None;
                self.offer_once(&from, &to).await.map_err(Failed::refusal)
            }
            other => other.map_err(Failed::refusal),
        }
    }

    async fn offer_once(&mut self, from: &Address, to: &Address) -> Result<(), Failed> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.mails = 0;
                self.smtp.connect().await.map_err(Failed::NoRelay)?
            }
        };
        let offered = within(COMMAND_WITHIN, offer_on(&mut connection, from, to)).await;
        let keep = match &offered {
            Ok(()) => true,
            Err(failed) if failed.is_about_the_connection() => false,
            // The relay refused this one; the conversation goes on with the next.
            Err(_) => within(COMMAND_WITHIN, connection.command(Rset))
                .await
                .is_ok(),
        };
        if keep {
            self.connection = Some(connection);
        }
        offered
    }

    /// Takes an offer back.
    pub async fn withdraw(&mut self) {
        if let Some(mut connection) = self.connection.take()
            && within(COMMAND_WITHIN, connection.command(Rset))
                .await
                .is_ok()
        {
            self.connection = Some(connection);
        }
    }

    /// Hands over the text of what was offered. Answers the relay's words.
    ///
    /// # Errors
    /// See the head of this file.
    pub async fn hand_over(&mut self, payload: &[u8]) -> Result<String, Refusal> {
        let Some(mut connection) = self.connection.take() else {
            return Err(Refusal::Later(Stopped::new(
                "connection_lost",
                "there is no connection",
            )));
        };
        if let Err(failed) = within(COMMAND_WITHIN, connection.command(Data)).await {
            if !failed.is_about_the_connection()
                && within(COMMAND_WITHIN, connection.command(Rset))
                    .await
                    .is_ok()
            {
                self.connection = Some(connection);
            }
            return Err(failed.refusal());
        }
        match within(REPLY_WITHIN, connection.message(payload)).await {
            Ok(reply) => {
                self.mails += 1;
                self.connection = Some(connection);
                let words = reply.message().collect::<Vec<_>>().join(" ");
                Ok(format!("{} {}", reply.code(), short(&words)))
            }
            Err(failed) if failed.code().is_some() => {
                if !failed.is_about_the_connection() {
                    self.connection = Some(connection);
                }
                Err(failed.refusal())
            }
            Err(failed) => {
                let text = format!("no reply after the text was handed over: {}", failed.text());
                Err(Refusal::Unknown(Stopped::new("no_reply", text)))
            }
        }
    }

    /// Says goodbye.
    pub async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // A relay that does not answer to it has nothing of ours.
            let _ = within(Duration::from_secs(2), connection.quit()).await;
        }
    }
}

async fn offer_on(
    connection: &mut AsyncSmtpConnection,
    from: &Address,
    to: &Address,
) -> Result<(), Error> {
    let is_ascii = AsRef::<str>::as_ref(from).is_ascii() && AsRef::<str>::as_ref(to).is_ascii();
    let options = if is_ascii {
        Vec::new()
    } else {
        vec![MailParameter::SmtpUtfEight]
    };
    connection
        .command(Mail::new(Some(from.clone()), options))
        .await?;
    connection
        .command(Rcpt::new(to.clone(), Vec::new()))
        .await?;
    Ok(())
}

async fn within<T>(
    limit: Duration,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failed> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(Failed::Smtp),
        Err(_) => Err(Failed::Timeout),
    }
}

/// A step that failed.
#[derive(Debug)]
enum Failed {
    NoRelay(Stopped),
    Timeout,
    Smtp(Error),
}

impl Failed {
    fn code(&self) -> Option<u16> {
        match self {
            Failed::Smtp(error) => error.status().map(u16::from),
            Failed::NoRelay(_) | Failed::Timeout => None,
        }
    }

    /// Whether the conversation is over: no reply, or 421 (the relay is closing).
    fn is_about_the_connection(&self) -> bool {
        matches!(self.code(), None | Some(421))
    }

    fn text(&self) -> String {
        match self {
            Failed::NoRelay(stopped) => stopped.text.clone(),
            Failed::Timeout => "the relay did not answer in time".to_owned(),
            Failed::Smtp(error) => {
                let words = std::error::Error::source(error).map(ToString::to_string);
                match (self.code(), words) {
                    (Some(code), Some(words)) => format!("{code} {}", short(&words)),
                    (Some(code), None) => code.to_string(),
                    (None, _) => short(&error.to_string()),
                }
            }
        }
    }

    fn refusal(self) -> Refusal {
        let text = self.text();
        match (self.code(), self) {
            (_, Failed::NoRelay(stopped)) => Refusal::Later(stopped),
            (Some(code @ 500..), _) => {
                // RFC 3463: 5.1.x is about the address itself, other codes may be about us.
                let enhanced = text.split_whitespace().nth(1).unwrap_or_default();
                let is_gone = enhanced.starts_with("5.1.1") || enhanced.starts_with("5.1.10");
                let name = if is_gone {
                    Stopped::NO_MAILBOX.to_owned()
                } else {
                    format!("smtp_{code}")
                };
                Refusal::Never(Stopped { code: name, text })
            }
            (Some(code), _) => Refusal::Later(Stopped {
                code: format!("smtp_{code}"),
                text,
            }),
            (None, _) => Refusal::Later(Stopped::new("connection_lost", text)),
        }
    }
}

/// The words of a relay, bounded, on one line.
fn short(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(500)
        .collect()
}
