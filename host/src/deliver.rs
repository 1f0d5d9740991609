//! Deliveries on the wire: a message composed once, and the relay that takes it.
//!
//! A carrier hands over in two steps, so that the outbox can write down the point of no return
//! between them: [`smtp::Session::offer`] goes up to where the receiver has accepted sender and
//! recipient and can still be told no, [`smtp::Session::hand_over`] makes it act. It lacks DKIM:
//! the relay signs.

pub mod footer;
pub mod message;
pub mod relay;
pub mod smtp;

use std::num::NonZeroU32;

/// How mails leave.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Mail")]
pub struct MailArgs {
    /// The relay, as `smtp://user:password@host:587?tls=required` (`required`, `opportunistic`
    /// or `none`) or `smtps://user:password@host`.
    #[arg(
        long,
        env = "OKAERI_SMTP_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub smtp: Option<relay::Relay>,
    /// Where customers reach this server, such as `https://crm.example.jp`: links to unsubscribe
    /// lead there.
    #[arg(long, env = "OKAERI_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Mails that are handed over at the same time, each on its own connection.
    #[arg(
        long,
        env = "OKAERI_IN_FLIGHT",
        default_value = "8",
        value_name = "COUNT"
    )]
    pub in_flight: NonZeroU32,
}

/// An address as suppressions and campaigns compare it.
pub fn normalised(address: &str) -> String {
    address.trim().to_lowercase()
}
