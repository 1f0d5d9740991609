//! Postcodes and addresses.
//!
//! An address is rewritten only up to its house number: beyond it stand building names, which
//! the same rewriting would spoil (タワー36階, 番地二引ビル). What follows the house number gives
//! the room. Written without a gazetteer: two spellings of a town that differ by more than the
//! rules here stay two keys, which can only leave a pair unmerged.

use super::{is_invisible, keep, unified};

/// Longer texts are no addresses.
const TYPED_MAX: usize = 1000;
/// 丁目, 番, 号: a fourth number is a room.
const NUMBERS_MAX: usize = 3;
/// No house number has more digits; a longer number is a phone or a postcode.
const DIGITS_MAX: usize = 6;

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// Where a street of Kyoto is left or entered: the address goes on with the town.
const KYOTO_TURNS: [&str; 13] = [
    "上がる",
    "下がる",
    "上る",
    "上ル",
    "下る",
    "下ル",
    "西入る",
    "西入ル",
    "東入る",
    "東入ル",
    "西入",
    "東入",
    "入ル",
];

/// The key of a postcode: its seven digits, from `〒150-0001` or `1500001`.
pub fn postal_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let mut is_postal = true;
    for c in unified(typed).take(TYPED_MAX) {
        if c.is_ascii_digit() {
            key.push(c);
        } else {
            is_postal &= c == '〒' || c.is_whitespace() || is_hyphen(c) || c == 'ー';
        }
    }
    keep(
        is_postal && key.len() == 7 && key.bytes().any(|digit| digit != b'0'),
        key,
    )
}

/// The key of an address: town and house number, such as `渋谷区神宮前1-2-3`. No key without
/// either. The prefecture is left off: the postcode says it, and many carts keep it apart.
pub fn address_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let folded = fold(typed);
    let found = house(&folded, key).is_some();
    keep(found, key)
}

/// The key by which addresses are compared: postcode and [`address_key`]. The prefecture is for
/// addresses that repeat it.
pub fn postal_address_key(postal: &str, prefecture: &str, address: &str, key: &mut String) -> bool {
    let address = address.trim_start();
    let address = address.strip_prefix(prefecture).unwrap_or(address);
    let mut postal_digits = String::new();
    if !postal_key(postal, &mut postal_digits) || !address_key(address, key) {
        key.clear();
        return false;
    }
    key.insert(0, ' ');
    key.insert_str(0, &postal_digits);
    true
}

/// The key of what stands behind the house number: the numbers of wing and room, such as `3-201`
/// for 3号棟201号室; storeys (36階, 5F) are not rooms. Two keys that differ are two households.
pub fn room_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let folded = fold(typed);
    let mut town = String::new();
    let Some(rest) = house(&folded, &mut town) else {
        return false;
    };
    let mut rest = rest;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (number, after) = split_number(rest.get(start..).unwrap_or_default());
        rest = after;
        if !is_storey(after) {
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(number);
        }
    }
    !key.is_empty()
}

/// NFKC, with one kind of space and nothing unseen.
fn fold(typed: &str) -> String {
    if typed.len() > TYPED_MAX {
        return String::new();
    }
    let seen = unified(typed.trim()).filter(|c| !is_invisible(*c));
    seen.map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// Writes town and house number; answers what follows them.
fn house<'a>(folded: &'a str, key: &mut String) -> Option<&'a str> {
    let without = PREFECTURES
        .iter()
        .find_map(|prefecture| folded.strip_prefix(prefecture));
    let mut rest = without.unwrap_or(folded);
    let has_turns = rest.starts_with("京都市");
    loop {
        if let Some((value, after)) = numeral(rest) {
            if let Some(behind) = house_number(value, after, key) {
                return Some(behind);
            }
            key.push_str(&value.to_string());
            rest = after;
            continue;
        }
        if has_turns && let Some(after) = turn(rest, key) {
            rest = after;
        } else {
            rest = town_step(rest, key)?;
        }
    }
}

/// What follows the last turn on the way through Kyoto's streets, if a town follows; forgets the
/// way.
fn turn<'a>(rest: &'a str, key: &mut String) -> Option<&'a str> {
    let after = KYOTO_TURNS
        .iter()
        .find_map(|turn| rest.strip_prefix(turn))?;
    let town = after.split(|c: char| c.is_ascii_digit()).next()?;
    let ward = key.find('区').filter(|_| town.contains('町'))?;
    key.truncate(ward + '区'.len_utf8());
    Some(after)
}

/// One step within the town's name; `None` at the end of the text.
fn town_step<'a>(rest: &'a str, key: &mut String) -> Option<&'a str> {
    if let Some(after) = rest
        .strip_prefix("大字")
        .or_else(|| rest.strip_prefix('字'))
    {
        return Some(after);
    }
    // The one town that is called by a number with 番 (港区麻布十番).
    if let Some(after) = rest
        .strip_prefix("麻布十番")
        .or_else(|| rest.strip_prefix("麻布10番"))
    {
        key.push_str("麻布10番");
        return Some(after);
    }
    let c = rest.chars().next()?;
    if c.is_ascii_digit() {
        let (digits, after) = split_number(rest);
        key.push_str(digits);
        return Some(after);
    }
    match c {
        ' ' => {}
        'ヶ' | 'ケ' | 'が' | 'ガ' => key.push('ケ'),
        'の' | 'ノ' | '之' => key.push('の'),
        other => key.push(other),
    }
    rest.get(c.len_utf8()..)
}

/// Writes the house number that begins with `first` behind the town in `key`, and answers what
/// follows it; `None` when the number belongs to the town's name (北1条, 1番町) or to a building.
fn house_number<'a>(first: u32, after: &'a str, key: &mut String) -> Option<&'a str> {
    let has_town = key.contains(|c: char| !c.is_ascii_digit() && c != '-');
    if !has_town || is_storey(after) || is_room(after) || begins_town(after) {
        return None;
    }
    key.push_str(&first.to_string());
    let mut rest = after;
    for _ in 1..NUMBERS_MAX {
        let Some(next) = joint(rest) else { break };
        let Some((value, after)) = numeral(next) else {
            break;
        };
        if is_room(after) || is_storey(after) {
            break;
        }
        key.push('-');
        key.push_str(&value.to_string());
        rest = after;
    }
    Some(rest)
}

/// What follows the word or hyphen that joins two numbers of a house number.
fn joint(rest: &str) -> Option<&str> {
    for word in [
        "丁目",
        "番地の",
        "番地",
        "番の",
        "番",
        "号の",
        "の",
        "ノ",
        "之",
        "丁",
    ] {
        if let Some(after) = rest.strip_prefix(word) {
            let after = after.trim_start();
            let c = after.chars().next();
            // 1丁目-2 is written too.
            let hyphen = c.filter(|c| is_hyphen(*c) || *c == 'ー');
            return Some(hyphen.map_or(after, |c| after.get(c.len_utf8()..).unwrap_or_default()));
        }
    }
    let spaceless = rest.trim_start();
    let c = spaceless
        .chars()
        .next()
        .filter(|c| is_hyphen(*c) || *c == 'ー')?;
    spaceless.get(c.len_utf8()..).map(str::trim_start)
}

/// A number at the start of `rest`: digits, or kanji that stand before 丁目, 番, 号, 番地, の or
/// 条 (of Sapporo); elsewhere kanji numerals are part of a name (八重洲, 三田).
fn numeral(rest: &str) -> Option<(u32, &str)> {
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, after) = split_number(rest);
        if digits.len() > DIGITS_MAX {
            return None;
        }
        return digits.parse().ok().map(|value| (value, after));
    }
    let end = rest.find(|c: char| kanji_digit(c).is_none())?;
    let (kanji, after) = rest.split_at_checked(end)?;
    let counts = ["丁目", "番", "号", "条"]
        .iter()
        .any(|word| after.starts_with(word));
    if kanji.is_empty() || !(counts || joins_numbers(after)) {
        return None;
    }
    let (mut sum, mut last) = (0u32, None);
    for c in kanji.chars() {
        match kanji_digit(c)? {
            unit @ (10 | 100) => {
                sum = sum.checked_add(last.take().unwrap_or(1u32).checked_mul(unit)?)?;
            }
            digit => last = Some(last.unwrap_or(0).checked_mul(10)?.checked_add(digit)?),
        }
    }
    let value = sum.checked_add(last.unwrap_or(0))?;
    (value > 0 && value <= 999_999).then_some((value, after))
}

fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// The digits at the start, and what follows them.
fn split_number(rest: &str) -> (&str, &str) {
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.split_at_checked(end).unwrap_or((rest, ""))
}

/// Whether the number before `after` belongs to a town's name.
fn begins_town(after: &str) -> bool {
    let words = [
        "条", "線", "区", "町", "地割", "番町", "番丁", "号線", "部", "組", "本木", "日市", "ツ",
        "つ", "ケ", "ヶ",
    ];
    let is_of = after.starts_with(['の', 'ノ', '之']) && !joins_numbers(after);
    is_of || words.iter().any(|word| after.starts_with(word))
}

/// Whether の stands between two numbers (2の3) and not in a name (三の丸).
fn joins_numbers(after: &str) -> bool {
    let behind = after.strip_prefix(['の', 'ノ', '之']);
    behind.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit() || kanji_digit(c).is_some())
    })
}

fn is_room(after: &str) -> bool {
    ["号室", "号棟", "号館", "室", "棟"]
        .iter()
        .any(|word| after.starts_with(word))
}

fn is_storey(after: &str) -> bool {
    let after = after.trim_start();
    let floor = after.strip_prefix(['F', 'f']);
    after.starts_with('階')
        || floor.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━')
}
