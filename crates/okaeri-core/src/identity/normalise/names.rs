//! Names in kana and in kanji.

use super::{is_invisible, keep, unified};

/// The key of a name in kana: katakana without spaces, ・ and long-vowel marks; small letters
/// large; ヴ as バ行, ヂ as ジ, ヅ as ズ, ヲ as オ. A text with anything but kana is no key, nor is
/// a single letter.
pub fn kana_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let is_kana = push_kana(typed, key);
    keep(is_kana && key.chars().nth(1).is_some(), key)
}

/// The key of the given name within a name in kana, where a space sets it apart.
pub fn given_kana_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let given = typed
        .trim()
        .split_once(char::is_whitespace)
        .map(|(_, given)| given);
    let is_kana = given.is_some_and(|given| push_kana(given, key));
    keep(is_kana && !key.is_empty(), key)
}

/// The key of the family name within a name in kana or kanji, where a space sets it apart.
pub fn surname_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let Some((surname, given)) = typed.trim().split_once(char::is_whitespace) else {
        return false;
    };
    if given.trim().is_empty() {
        return false;
    }
    if push_kana(surname, key) && !key.is_empty() {
        return true;
    }
    key.clear();
    push_name(surname, key);
    !key.is_empty()
}

/// The key of a name as written: without spaces and 様, lower case, variants of a kanji folded
/// (髙 as 高). Families do keep the variants apart, so this key is only ever a hint for review.
pub fn name_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    push_name(typed, key);
    for title in ["様", "さま", "殿", "御中"] {
        if key.ends_with(title) {
            key.truncate(key.len() - title.len());
            break;
        }
    }
    keep(key.chars().nth(1).is_some(), key)
}

/// Appends the kana of `typed`; `false` at the first character that is none.
fn push_kana(typed: &str, key: &mut String) -> bool {
    let mut letters = unified(typed).peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() || is_invisible(letter) || is_mark(letter) {
            continue;
        }
        let letter = katakana(letter);
        if !('ァ'..='ヶ').contains(&letter) {
            return false;
        }
        if letter != 'ヴ' {
            key.push(plain(letter));
            continue;
        }
        let voiced = match letters.peek().map(|next| katakana(*next)) {
            Some('ァ') => Some('バ'),
            Some('ィ') => Some('ビ'),
            Some('ェ') => Some('ベ'),
            Some('ォ') => Some('ボ'),
            _ => None,
        };
        if voiced.is_some() {
            letters.next();
        }
        key.push(voiced.unwrap_or('ブ'));
    }
    true
}

/// Long vowels, hyphens and dots, which some buyers type and others do not.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        'ー' | '・' | '·' | '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '='
    )
}

fn katakana(letter: char) -> char {
    match letter {
        'ぁ'..='ゖ' => char::from_u32(letter as u32 + 0x60).unwrap_or(letter),
        other => other,
    }
}

fn plain(letter: char) -> char {
    match letter {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ヂ' => 'ジ',
        'ヅ' => 'ズ',
        'ヲ' => 'オ',
        'ヰ' => 'イ',
        'ヱ' => 'エ',
        other => other,
    }
}

fn push_name(typed: &str, key: &mut String) {
    for c in unified(typed) {
        if !c.is_whitespace() && !is_invisible(c) && c != '・' {
            key.extend(variant(c).to_lowercase());
        }
    }
}

/// The common form of a kanji that names write in several ways.
fn variant(c: char) -> char {
    match c {
        '髙' => '高',
        '﨑' | '嵜' | '㟢' => '崎',
        '邊' | '邉' => '辺',
        '齋' => '斎',
        '齊' => '斉',
        '澤' => '沢',
        '濱' | '濵' => '浜',
        '廣' => '広',
        '眞' => '真',
        '櫻' => '桜',
        '國' => '国',
        '圓' => '円',
        '惠' => '恵',
        '德' => '徳',
        '瀧' => '滝',
        '龍' => '竜',
        '嶋' | '嶌' => '島',
        '冨' => '富',
        '𠮷' => '吉',
        '藏' => '蔵',
        '榮' => '栄',
        '條' => '条',
        '瀨' => '瀬',
        '渕' | '渊' => '淵',
        '豐' => '豊',
        '萬' => '万',
        '壽' => '寿',
        '會' => '会',
        '與' => '与',
        '彌' => '弥',
        other => other,
    }
}
