//! What buyers typed, made comparable.
//!
//! Each function writes a matching key into a reused buffer and says whether there is one; the
//! buffer is empty when there is none. A key is for matching alone: what is shown, printed and
//! mailed stays as typed. Every text is first brought to NFKC, which unifies full and half width.
//! Lacks: romaji to kana, reading of kanji, and a gazetteer of town names.

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
