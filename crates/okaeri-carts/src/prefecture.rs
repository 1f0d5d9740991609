//! 都道府県 in every way carts write it → its full name.

/// Full name and romanised name, in the order of JIS X 0401 (01 北海道 … 47 沖縄県).
const NAMES: [(&str, &str); 47] = [
    ("北海道", "hokkaido"),
    ("青森県", "aomori"),
    ("岩手県", "iwate"),
    ("宮城県", "miyagi"),
    ("秋田県", "akita"),
    ("山形県", "yamagata"),
    ("福島県", "fukushima"),
    ("茨城県", "ibaraki"),
    ("栃木県", "tochigi"),
    ("群馬県", "gunma"),
    ("埼玉県", "saitama"),
    ("千葉県", "chiba"),
    ("東京都", "tokyo"),
    ("神奈川県", "kanagawa"),
    ("新潟県", "niigata"),
    ("富山県", "toyama"),
    ("石川県", "ishikawa"),
    ("福井県", "fukui"),
    ("山梨県", "yamanashi"),
    ("長野県", "nagano"),
    ("岐阜県", "gifu"),
    ("静岡県", "shizuoka"),
    ("愛知県", "aichi"),
    ("三重県", "mie"),
    ("滋賀県", "shiga"),
    ("京都府", "kyoto"),
    ("大阪府", "osaka"),
    ("兵庫県", "hyogo"),
    ("奈良県", "nara"),
    ("和歌山県", "wakayama"),
    ("鳥取県", "tottori"),
    ("島根県", "shimane"),
    ("岡山県", "okayama"),
    ("広島県", "hiroshima"),
    ("山口県", "yamaguchi"),
    ("徳島県", "tokushima"),
    ("香川県", "kagawa"),
    ("愛媛県", "ehime"),
    ("高知県", "kochi"),
    ("福岡県", "fukuoka"),
    ("佐賀県", "saga"),
    ("長崎県", "nagasaki"),
    ("熊本県", "kumamoto"),
    ("大分県", "oita"),
    ("宮崎県", "miyazaki"),
    ("鹿児島県", "kagoshima"),
    ("沖縄県", "okinawa"),
];

/// The full name for `東京都`, `東京`, `東京(23区内)`, `13`, `JP13`, `JP-13`, `TOKYO`, `Tōkyō`.
pub(crate) fn name(text: &str) -> Option<&'static str> {
    let bare = text.split(['(', '（']).next().unwrap_or(text).trim();
    let code = bare
        .strip_prefix("JP")
        .map_or(bare, |code| code.trim_start_matches('-'));
    if let (1..=2, Ok(code)) = (code.len(), code.parse::<usize>()) {
        return NAMES.get(code.checked_sub(1)?).map(|(name, _)| *name);
    }
    let plain = |c: char| match c {
        'ō' | 'Ō' => 'o',
        'ū' | 'Ū' => 'u',
        other => other.to_ascii_lowercase(),
    };
    let roman: String = bare.chars().map(plain).collect();
    let same = |(name, romanised): &&(&str, &str)| {
        *name == bare || name.strip_suffix(['都', '府', '県']) == Some(bare) || *romanised == roman
    };
    NAMES.iter().find(same).map(|(name, _)| *name)
}

/// An address that begins with a prefecture, in two.
pub(crate) fn split(address: &str) -> (Option<&'static str>, &str) {
    for (name, _) in NAMES {
        if let Some(rest) = address.strip_prefix(name) {
            return (Some(name), rest.trim_start());
        }
    }
    (None, address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form() {
        let forms = [
            "東京都",
            "東京",
            "東京(23区内)",
            "東京（23区外）",
            "13",
            "JP13",
            "JP-13",
        ];
        for text in forms.into_iter().chain(["TOKYO", "Tokyo", "Tōkyō"]) {
            assert_eq!(name(text), Some("東京都"), "{text}");
        }
        assert_eq!(name("1"), Some("北海道"));
        assert_eq!(name("01"), Some("北海道"));
        assert_eq!(name("47"), Some("沖縄県"));
        assert_eq!(name("京都"), Some("京都府"));
        for text in ["0", "48", "", "JP", "California", "東"] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_cut_after_the_prefecture() {
        assert_eq!(
            split("京都府京都市中京区1-2"),
            (Some("京都府"), "京都市中京区1-2")
        );
        assert_eq!(split("神奈川県 横浜市"), (Some("神奈川県"), "横浜市"));
        assert_eq!(split("横浜市"), (None, "横浜市"));
        assert_eq!(split(""), (None, ""));
    }
}
