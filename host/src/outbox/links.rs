//! The address in each mail at which its reader gets no more.
//!
//! A token is base64url(delivery id | HMAC-SHA256 of it, first 128 bits): it names one delivery,
//! says nothing about the person, and cannot be made without the key, which lies in the database.

use anyhow::{Context, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

use crate::store::Store;

const ID_BYTES: usize = 16;
const SEAL_BYTES: usize = 16;

/// Makes and reads the addresses. Clones are equal.
#[derive(Clone)]
pub struct Links {
    base: String,
    key: Vec<u8>,
}

impl Links {
    /// With the key of this store; makes one if there is none.
    ///
    /// # Errors
    /// When `public_url` is no https address (http is for this machine alone), or the database
    /// does not answer.
    pub async fn open(store: &Store, public_url: &str) -> anyhow::Result<Links> {
        let base = checked(public_url).with_context(|| format!("cannot use `{public_url}`"))?;
        let key = store.outbox_key(&rand::random::<[u8; 32]>()).await?;
        Ok(Links { base, key })
    }

    /// The address for a delivery. `id` is as [`super::new_id`] makes it.
    pub fn url(&self, id: &str) -> String {
        let id = u128::from_str_radix(id, 16)
            .unwrap_or_default()
            .to_be_bytes();
        let mut token = id.to_vec();
        token.extend_from_slice(&self.seal(&id));
        format!("{}/u/{}", self.base, URL_SAFE_NO_PAD.encode(token))
    }

    /// The delivery's id in a token that we made.
    pub fn id(&self, token: &str) -> Option<String> {
        let token = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, seal) = token.split_at_checked(ID_BYTES)?;
        if seal.len() != SEAL_BYTES {
            return None;
        }
        self.mac(id).verify_truncated_left(seal).ok()?;
        Some(format!("{:032x}", u128::from_be_bytes(id.try_into().ok()?)))
    }

    fn seal(&self, id: &[u8]) -> Vec<u8> {
        let mut seal = self.mac(id).finalize().into_bytes().to_vec();
        seal.truncate(SEAL_BYTES);
        seal
    }

    fn mac(&self, id: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&padded(&self.key));
        mac.update(b"unsubscribe");
        mac.update(id);
        mac
    }
}

/// The key as one block of the hash, which is what HMAC makes of it anyway.
fn padded(key: &[u8]) -> hmac::digest::Key<Hmac<Sha256>> {
    let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    block
}

fn checked(public_url: &str) -> anyhow::Result<String> {
    let url = Url::parse(public_url)?;
    let is_near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    ensure!(
        url.scheme() == "https" || (url.scheme() == "http" && is_near),
        "mail programs unsubscribe at https addresses only"
    );
    ensure!(
        url.query().is_none() && url.fragment().is_none(),
        "leave out `?` and `#`"
    );
    ensure!(
        url.username().is_empty() && url.password().is_none(),
        "leave out the user"
    );
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    fn links(key: u8) -> Links {
        Links {
            base: "https://h".to_owned(),
            key: vec![key; 32],
        }
    }

    #[test]
    fn only_our_own_tokens_are_read() {
        let id = crate::outbox::new_id(1_700_000_000_000);
        let url = links(1).url(&id);
        let token = url.strip_prefix("https://h/u/").unwrap();
        assert_eq!(links(1).id(token).as_deref(), Some(id.as_str()));
        assert_eq!(links(2).id(token), None, "another key");
        assert_eq!(links(1).id(""), None);
        assert_eq!(links(1).id(&token[..token.len() - 1]), None, "cut short");
        assert_eq!(links(1).id(&format!("{token}A")), None, "longer");
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert_eq!(
                links(1).id(&URL_SAFE_NO_PAD.encode(flipped)),
                None,
                "bit {at}"
            );
        }
    }

    #[test]
    fn a_public_url_is_https_or_this_machine() {
        let is_fine = |url: &str| checked(url).is_ok();
        assert!(is_fine("https://crm.example.jp") && is_fine("https://example.jp/crm/"));
        assert!(is_fine("http://127.0.0.1:8787") && is_fine("http://localhost"));
        for url in [
            "http://crm.example.jp",
            "crm.example.jp",
            "ftp://x",
            "https://h/?a",
            "",
        ] {
            assert!(!is_fine(url), "{url}");
        }
    }
}
