//! What buyers typed, made comparable.
//!
//! Each function writes a matching key into a reused buffer and says whether there is one; the
//! buffer is empty when there is none. A key is for matching alone: what is shown, printed and
//! mailed stays as typed. Every text is first brought to NFKC, which unifies full and half width.
//! Lacks: romaji to kana, reading of kanji, and a gazetteer of town names.

use okaeri_nfkc::nfkc;

mod address;
mod birth;
mod company;
mod email;
mod names;
mod phone;

pub use address::{address_key, postal_address_key, postal_key, room_key};
pub use birth::birth_key;
pub use company::company_key;
pub use email::{email_key, is_masked_address};
pub use names::{given_kana_key, kana_key, name_key, surname_key};
pub use phone::phone_key;

/// The text in NFKC, but for wide spaces, which every reader here takes for spaces.
///
/// Most texts are made of characters that NFKC leaves alone wherever they stand; those are passed
/// through, which is several times faster.
fn unified(typed: &str) -> impl Iterator<Item = char> + '_ {
    let is_stable = typed.chars().all(|c| {
        matches!(c, '\0'..='\u{7f}' | '\u{3000}' | '々' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿿')
    });
    let stable = is_stable.then(|| typed.chars());
    let folded = (!is_stable).then(|| nfkc(typed));
    stable
        .into_iter()
        .flatten()
        .chain(folded.into_iter().flatten())
}

/// Whether `c` is there to change how its neighbour looks, or cannot be seen at all.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Ends a normalisation: empties the buffer when it holds no key.
fn keep(is_key: bool, key: &mut String) -> bool {
    if !is_key {
        key.clear();
    }
    is_key
}

#[cfg(test)]
mod tests;
