//! One message as bytes: composed once, stored, and sent by every attempt.
//!
//! Bodies travel as base64 or quoted-printable UTF-8, so any relay takes them. Nothing that a
//! customer or a template brings can become a header: control characters in names, subjects and
//! addresses are spaces or an error.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use okaeri_protocol::plan::Content;

use crate::store::{Sender, Stopped};

/// All that a message is made of.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The delivery's id: the Message-ID is derived from it.
    pub id: &'a str,
    /// Who writes.
    pub sender: &'a Sender,
    /// To whom.
    pub to: &'a str,
    /// Finished by [`super::footer::finished`].
    pub content: &'a Content,
    /// Where the receiver can unsubscribe by one POST (RFC 8058).
    pub unsubscribe_url: &'a str,
    /// Milliseconds UTC.
    pub at: i64,
}

/// A message and its envelope.
#[derive(Clone, Debug)]
pub struct Composed {
    /// Where bounces go.
    pub envelope_from: String,
    /// To whom.
    pub envelope_to: String,
    /// Header and body, with CRLF.
    pub payload: Vec<u8>,
}

/// The Message-ID of a delivery, without brackets.
pub fn message_id(id: &str, sender: &Sender) -> String {
    let domain = sender
        .address
        .rsplit_once('@')
        .map_or("okaeri.invalid", |(_, domain)| domain);
    format!("{id}@{domain}")
}

/// Composes a message.
///
/// # Errors
/// When an address is none.
pub fn compose(letter: &Letter<'_>) -> Result<Composed, Stopped> {
    let sender = letter.sender;
    let from = address(&sender.address)?;
    let to = address(letter.to)?;
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]);
    let envelope = envelope.map_err(|error| Stopped::new("bad_address", error.to_string()))?;
    let at = u64::try_from(letter.at).unwrap_or_default();
    let mut message = Message::builder()
        .envelope(envelope)
        .from(Mailbox::new(Some(one_line(&sender.name)), from))
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.content.subject))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(at))
        .message_id(Some(format!("<{}>", message_id(letter.id, sender))))
        .header(ListUnsubscribe(letter.unsubscribe_url.to_owned()))
        .header(ListUnsubscribePost);
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let text = body(&letter.content.text);
    let message = match &letter.content.html {
        Some(html) => message.multipart(MultiPart::alternative_plain_html(text, body(html))),
        None => message.singlepart(SinglePart::plain(text)),
    };
    let message = message.map_err(|error| Stopped::new("bad_message", error.to_string()))?;
    Ok(Composed {
        envelope_from: sender.address.clone(),
        envelope_to: letter.to.trim().to_owned(),
        payload: message.formatted(),
    })
}

/// Reads an address.
///
/// # Errors
/// When it is none.
pub fn address(text: &str) -> Result<Address, Stopped> {
    text.trim().parse().map_err(|error| {
        Stopped::new(
            "bad_address",
            format!("`{}` is no mail address: {error}", one_line(text)),
        )
    })
}

/// Text without anything that could end a line, in any reader's eyes.
fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.split(is_break)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A body without control characters other than line breaks and tabs.
fn body(text: &str) -> String {
    let breaks = text.replace("\r\n", "\n").replace('\r', "\n");
    breaks
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

#[derive(Clone, Debug)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ListUnsubscribe(text.trim_matches(['<', '>']).to_owned()))
    }

    /// As it is: an address is one word, however long, and must never be encoded.
    fn display(&self) -> HeaderValue {
        let text = format!("<{}>", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), text.clone(), text)
    }
}

#[derive(Clone, Debug)]
struct ListUnsubscribePost;

impl ListUnsubscribePost {
    const TEXT: &'static str = "List-Unsubscribe=One-Click";
}

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ListUnsubscribePost)
    }

    fn display(&self) -> HeaderValue {
        let text = Self::TEXT.to_owned();
        HeaderValue::dangerous_new_pre_encoded(Self::name(), text.clone(), text)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#[expect(clippy::panic, reason = "what fails here fails the test")]
mod tests;
