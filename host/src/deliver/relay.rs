//! Which relay, and how to log in there: read from a URL.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// A mail relay.
#[derive(Clone)]
pub struct Relay {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Who we are there.
    pub login: Option<Credentials>,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (`smtps`).
    Wrapped,
    /// By STARTTLS, or not at all.
    Required,
    /// By STARTTLS if the relay offers it.
    Opportunistic,
    /// Not.
    None,
}

impl fmt::Debug for Relay {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.tls)
    }
}

impl FromStr for Relay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
        let host = url.host().ok_or("name the relay: `smtp://host:port`")?;
        let is_near = is_loopback(&host);
        let host = match host {
            Host::Ipv6(ip) => ip.to_string(),
            other => other.to_string(),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let login = (!url.username().is_empty()).then(|| {
            Credentials::new(
                decoded(url.username()),
                decoded(url.password().unwrap_or_default()),
            )
        });
        let wished = url
            .query_pairs()
            .find(|(name, _)| name == "tls")
            .map(|(_, how)| how);
        let tls = match (url.scheme(), wished.as_deref()) {
            ("smtps", None) => Tls::Wrapped,
            ("smtp", Some("required")) => Tls::Required,
            ("smtp", Some("opportunistic")) => Tls::Opportunistic,
            ("smtp", Some("none")) => Tls::None,
            ("smtp", None) if is_near => Tls::None,
            ("smtp", None) => Tls::Required,
            ("smtp", Some(_)) => {
                return Err("`tls` is `required`, `opportunistic` or `none`".into());
            }
            _ => return Err("begin with `smtp://` or `smtps://`".into()),
        };
        if login.is_some() && !is_near && !matches!(tls, Tls::Wrapped | Tls::Required) {
            return Err("a password may only travel encrypted: `tls=required`".into());
        }
        let usual = match tls {
            Tls::Wrapped => 465,
            _ if login.is_some() => 587,
            _ => 25,
        };
        Ok(Relay {
            host,
            port: url.port().unwrap_or(usual),
            tls,
            login,
        })
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            *name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_read_and_a_password_never_travels_in_the_clear() {
        let read = |text: &str| text.parse::<Relay>().map(|relay| format!("{relay:?}"));
        let relay = |text: &str| Ok(text.to_owned());
        assert_eq!(
            read("smtp://127.0.0.1:2525"),
            relay("127.0.0.1:2525 (None)")
        );
        assert_eq!(read("smtp://[::1]"), relay("::1:25 (None)"));
        assert_eq!(read("smtp://mx.example"), relay("mx.example:25 (Required)"));
        assert_eq!(
            read("smtp://u:p@mx.example"),
            relay("mx.example:587 (Required)")
        );
        assert_eq!(
            read("smtps://u:p@mx.example"),
            relay("mx.example:465 (Wrapped)")
        );
        let open = "smtp://mx.example?tls=opportunistic";
        assert_eq!(read(open), relay("mx.example:25 (Opportunistic)"));
        for refused in [
            "smtp://u:p@mx.example?tls=none",
            "smtp://u:p@mx.example?tls=opportunistic",
            "smtp://mx.example?tls=maybe",
            "http://mx.example",
            "mx.example",
            "smtp://",
            "",
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
        let relay: Relay = "smtp://a%40b:p%2Fw@mx.example".parse().unwrap();
        assert_eq!(
            relay.login,
            Some(Credentials::new("a@b".to_owned(), "p/w".to_owned()))
        );
    }
}
