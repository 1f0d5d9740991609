//! Words of a buyer's note that tell of a gift.
//!
//! From the remarks and the 表書き that Japanese shops meet: のし and ラッピング, seasonal gifts,
//! 内祝, celebrations and condolences. The list is ours. A note itself is not kept.

use okaeri_nfkc::nfkc;

/// The words. Where two begin at one place, the longer one is meant.
pub const GIFT_WORDS: [&str; 49] = [
    "のし",
    "熨斗",
    "ラッピング",
    "ギフト",
    "プレゼント",
    "贈り物",
    "贈答",
    "メッセージカード",
    "内祝",
    "出産内祝",
    "結婚内祝",
    "快気内祝",
    "快気祝",
    "寿",
    "御祝",
    "お祝い",
    "出産祝",
    "結婚祝",
    "入学祝",
    "卒業祝",
    "就職祝",
    "新築祝",
    "御中元",
    "お中元",
    "御歳暮",
    "お歳暮",
    "御年賀",
    "お年賀",
    "暑中見舞",
    "暑中御見舞",
    "残暑見舞",
    "残暑御見舞",
    "寒中見舞",
    "寒中御見舞",
    "誕生日",
    "お誕生日",
    "母の日",
    "父の日",
    "敬老",
    "クリスマス",
    "バレンタイン",
    "ホワイトデー",
    "御礼",
    "粗品",
    "志",
    "粗供養",
    "満中陰志",
    "御供",
    "御仏前",
];

/// The first gift word of a note, full and half width taken as one (NFKC). A word of one
/// character stands alone: 志 is one, the 志 of a name is not.
pub fn gift_word(note: &str) -> Option<&'static str> {
    if note.is_ascii() {
        return None;
    }
    let note: String = nfkc(note).collect();
    let mut before = None;
    for (at, letter) in note.char_indices() {
        let rest = note.get(at..).unwrap_or_default();
        let begins = |word: &&&str| {
            let after = rest.strip_prefix(**word).map(|rest| rest.chars().next());
            after.is_some_and(|after| {
                word.chars().nth(1).is_some() || !(is_han(before) || is_han(after))
            })
        };
        if begins_a_word(letter) {
            let found = GIFT_WORDS.iter().filter(begins);
            if let Some(word) = found.max_by_key(|word| word.len()) {
                return Some(word);
            }
        }
        before = Some(letter);
    }
    None
}

/// Whether any word begins with this character: most do not, which is soon told.
fn begins_a_word(letter: char) -> bool {
    matches!(
        letter,
        'の' | '熨'
            | 'ラ'
            | 'ギ'
            | 'プ'
            | '贈'
            | 'メ'
            | '内'
            | '出'
            | '結'
            | '快'
            | '寿'
            | '御'
            | 'お'
    ) || matches!(
        letter,
        '入' | '卒'
            | '就'
            | '新'
            | '暑'
            | '残'
            | '寒'
            | '誕'
            | '母'
            | '父'
            | '敬'
            | 'ク'
            | 'バ'
            | 'ホ'
    ) || matches!(letter, '粗' | '志' | '満')
}

/// Whether a character is one of those that names and compounds are written with.
fn is_han(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '々'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_a_note_counts() {
        let words = [
            ("のし希望、内祝でお願いします", Some("のし")),
            ("表書きは出産内祝", Some("出産内祝")),
            ("ﾗｯﾋﾟﾝｸﾞしてください", Some("ラッピング")),
            ("ｷﾞﾌﾄ用", Some("ギフト")),
            ("お誕生日に届くように", Some("お誕生日")),
            ("6/21 父の日", Some("父の日")),
            ("表書きは「志」で", Some("志")),
            ("志", Some("志")),
            ("満中陰志", Some("満中陰志")),
            ("志村様方、有志一同", None),
            ("寿司と一緒に", None),
            ("午前中に届けてください", None),
            ("noshi", None),
            ("", None),
        ];
        for (note, word) in words {
            assert_eq!(gift_word(note), word, "{note}");
        }
    }

    #[test]
    fn each_word_finds_itself() {
        for word in GIFT_WORDS {
            assert_eq!(gift_word(word), Some(word));
        }
    }
}
