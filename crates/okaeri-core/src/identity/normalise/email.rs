//! E-mail addresses.

use super::{is_invisible, keep, unified};

/// The longest address that mail can carry (RFC 5321, 4.5.3.1.3, less the brackets).
const LENGTH_MAX: usize = 254;

/// Domains, with everything below them, whose addresses a mall makes up for each buyer.
/// Rakuten: あんしんメルアド (`pc.`, `dm.`, `mb.`); Amazon: `marketplace.amazon.co.jp` and others.
const RAKUTEN_MASK: &str = "fw.rakuten.ne.jp";
const AMAZON_MASK: &str = "marketplace.amazon";

/// The key of an e-mail address: lower case, without spaces, quotes and angle brackets.
///
/// Addresses that break the RFC but that Japanese carriers gave out (`a..b@docomo.ne.jp`, a dot
/// before the `@`) are addresses, and `+tag` is part of the address.
pub fn email_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    if is_clean(typed.as_bytes()) {
        key.push_str(typed);
        return true;
    }
    // NFKC never shrinks an address to a fraction; this only bounds the work on nonsense.
    if typed.len() > 8 * LENGTH_MAX {
        return false;
    }
    for c in unified(typed) {
        if c.is_whitespace() || is_invisible(c) || c == '"' {
            continue;
        }
        key.extend(c.to_lowercase());
    }
    let start = key.len() - key.trim_start_matches(['<', '(', '\'']).len();
    key.drain(..start);
    if key.starts_with("mailto:") {
        key.drain(.."mailto:".len());
    }
    key.truncate(key.trim_end_matches(['>', ')', '\'', '.', ',', ';']).len());
    let is_address = key.len() <= LENGTH_MAX && !key.contains(char::is_control) && has_parts(key);
    keep(is_address, key)
}

fn has_parts(key: &str) -> bool {
    key.split_once('@').is_some_and(|(local, domain)| {
        let inner_dot = domain.trim_start_matches('.').contains('.');
        !local.is_empty() && inner_dot && !domain.starts_with('.') && !domain.contains('@')
    })
}

/// Whether the bytes are their own key, as most are: no copy is then examined twice.
fn is_clean(bytes: &[u8]) -> bool {
    let mut at = None;
    let mut last_dot = None;
    for (position, byte) in bytes.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'+' => {}
            b'.' => last_dot = Some(position),
            b'@' if at.is_none() => at = Some(position),
            _ => return false,
        }
    }
    let (Some(at), Some(dot)) = (at, last_dot) else {
        return false;
    };
    at > 0
        && dot > at + 1
        && dot + 1 < bytes.len()
        && bytes.get(at + 1) != Some(&b'.')
        && bytes.len() <= LENGTH_MAX
}

/// Whether a mall made up this address to hide the real one: it names somebody only within that
/// mall, and advertising to it is neither allowed nor delivered. Takes an address as typed, or
/// its key.
pub fn is_masked_address(address: &str) -> bool {
    let Some((_, domain)) = address.trim_end().rsplit_once('@') else {
        return false;
    };
    let mut labels = domain;
    loop {
        let amazon = labels.get(..AMAZON_MASK.len()).is_some_and(|head| {
            head.eq_ignore_ascii_case(AMAZON_MASK)
                && labels
                    .get(AMAZON_MASK.len()..)
                    .is_some_and(|rest| rest.starts_with('.'))
        });
        if amazon || labels.eq_ignore_ascii_case(RAKUTEN_MASK) {
            return true;
        }
        match labels.split_once('.') {
            Some((_, rest)) => labels = rest,
            None => return false,
        }
    }
}
