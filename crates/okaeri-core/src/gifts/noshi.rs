//! のし (表書き): what a gift is for.

use okaeri_nfkc::nfkc;

use super::seasons;
use crate::ledger::gift_words::gift_word;

/// What a 表書き says. The classes follow the dictionaries of 水引 (蝶結び, 結び切り, 黒白).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    /// Nothing.
    #[default]
    None,
    /// 御中元, 御歳暮, 御年賀, the greetings, 母の日 and the like.
    Seasonal,
    /// 内祝: thanks for what was received.
    Thanks,
    /// 寿, 結婚.
    Wedding,
    /// 快気, 見舞: of somebody's illness, so never a group of customers to write to.
    Recovery,
    /// 御祝.
    Celebration,
    /// 弔事: never in a gift campaign.
    Condolence,
    /// 御礼, 粗品, 寸志.
    Business,
    /// Something else: a name alone, 無地.
    Other,
}

/// Names of the classes.
pub const CLASSES: &[&str] = &[
    "none",
    "seasonal",
    "thanks",
    "wedding",
    "recovery",
    "celebration",
    "condolence",
    "business",
    "other",
];

/// What a word of のし or of a note tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noshi {
    /// What it is for.
    pub class: Class,
    /// The season that it names.
    pub season: Option<u8>,
    /// 株式会社 and the like stand on it.
    pub is_company: bool,
}

/// Words of classes; the first that occurs decides.
const WORDS: &[(&str, Class, Option<u8>)] = &[
    ("中元", Class::Seasonal, Some(seasons::OCHUGEN)),
    ("歳暮", Class::Seasonal, Some(seasons::OSEIBO)),
    ("年賀", Class::Seasonal, Some(seasons::NEW_YEAR)),
    ("暑中", Class::Seasonal, Some(seasons::SUMMER_GREETING)),
    ("残暑", Class::Seasonal, Some(seasons::LATE_SUMMER_GREETING)),
    ("寒中", Class::Seasonal, Some(seasons::WINTER_GREETING)),
    ("母の日", Class::Seasonal, Some(seasons::MOTHERS_DAY)),
    ("父の日", Class::Seasonal, Some(seasons::FATHERS_DAY)),
    ("敬老", Class::Seasonal, Some(seasons::RESPECT_FOR_THE_AGED)),
    ("クリスマス", Class::Seasonal, Some(seasons::CHRISTMAS)),
    ("バレンタイン", Class::Seasonal, Some(seasons::VALENTINE)),
    ("ホワイトデー", Class::Seasonal, Some(seasons::WHITE_DAY)),
    ("ハロウィン", Class::Seasonal, Some(seasons::HALLOWEEN)),
    ("中陰", Class::Condolence, None),
    ("供養", Class::Condolence, None),
    ("御供", Class::Condolence, None),
    ("お供", Class::Condolence, None),
    ("仏前", Class::Condolence, None),
    ("霊前", Class::Condolence, None),
    ("香典", Class::Condolence, None),
    ("香料", Class::Condolence, None),
    ("忌明", Class::Condolence, None),
    ("偲び草", Class::Condolence, None),
    ("弔", Class::Condolence, None),
    ("快気", Class::Recovery, None),
    ("見舞", Class::Recovery, None),
    ("結婚", Class::Wedding, None),
    ("御成婚", Class::Wedding, None),
    ("内祝", Class::Thanks, None),
    ("入学", Class::Celebration, Some(seasons::ENTRANCE)),
    ("就職", Class::Celebration, Some(seasons::ENTRANCE)),
    ("卒業", Class::Celebration, Some(seasons::ENTRANCE)),
    ("祝", Class::Celebration, None),
    ("誕生日", Class::Celebration, None),
    ("礼", Class::Business, None),
    ("粗品", Class::Business, None),
    ("寸志", Class::Business, None),
];

/// Words of a cart that say no (のし不要).
const REFUSALS: [&str; 7] = [
    "なし",
    "ナシ",
    "無し",
    "不要",
    "いらない",
    "要らない",
    "しない",
];

/// Texts that say no by themselves.
const REFUSAL_TEXTS: [&str; 8] = ["無", "0", "no", "none", "false", "-", "×", "未選択"];

/// Whether a text of のし or wrapping says that there is none.
pub fn is_refusal(text: &str) -> bool {
    let folded: String = nfkc(text.trim()).collect();
    folded.is_empty()
        || REFUSALS.iter().any(|word| folded.contains(word))
        || REFUSAL_TEXTS.contains(&folded.to_lowercase().as_str())
}

/// The class of a 表書き, [`Class::None`] for a refusal. Where a use is named a refusal beside it
/// means something else (御中元 名入れなし).
pub fn classify(text: &str) -> Noshi {
    let folded: String = nfkc(text.trim()).collect();
    let is_company = ["株式会社", "有限会社", "合同会社", "(株)", "(有)"]
        .iter()
        .any(|word| folded.contains(word));
    let found = WORDS.iter().find(|(word, _, _)| folded.contains(word));
    let (class, season) = match found {
        Some((_, class, season)) => (*class, *season),
        // Words of one character mean something only where they stand alone.
        None => match gift_word(&folded) {
            Some("志") => (Class::Condolence, None),
            Some("寿") => (Class::Wedding, None),
            _ if is_refusal(&folded) => (Class::None, None),
            _ => (Class::Other, None),
        },
    };
    Noshi {
        class,
        season,
        is_company,
    }
}
