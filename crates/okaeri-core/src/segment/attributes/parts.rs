//! What attributes are made of: units, choices, and what functions take.

use super::{Choice, Dictionary, Named, Parameter, Type};
use crate::segment::query::{self, What};

pub(super) const fn choice(name: &'static str, ja: &'static str, en: &'static str) -> Choice {
    Choice { name, ja, en }
}

pub(super) const ORDERS: Choice = choice("orders", "回", "orders");
pub(super) const DAYS: Choice = choice("days", "日", "days");
pub(super) const TIME: Choice = choice("times", "回", "times");
pub(super) const POINTS: Choice = choice("points", "点", "points");
pub(super) const SHOPS: Choice = choice("shops", "店舗", "shops");

pub(super) const SCORE: Type = Type::Number(Some((1, 5)));

/// Cells of the lifecycle matrix, row by row.
pub(super) const LIFECYCLE: [Choice; 9] = [
    choice("new_active", "新規アクティブ", "new, active"),
    choice("new_drowsy", "新規うとうと", "new, falling asleep"),
    choice("new_sleeping", "新規スリーパー", "new, sleeping"),
    choice("promising_active", "有望アクティブ", "promising, active"),
    choice(
        "promising_drowsy",
        "有望うとうと",
        "promising, falling asleep",
    ),
    choice(
        "promising_sleeping",
        "有望スリーパー",
        "promising, sleeping",
    ),
    choice("constant_active", "常連アクティブ", "constant, active"),
    choice(
        "constant_drowsy",
        "常連うとうと",
        "constant, falling asleep",
    ),
    choice("constant_sleeping", "常連スリーパー", "constant, sleeping"),
];

/// In the order of their numbers in [`query`]; the names are Shopify's.
pub(super) const MAIL_STATUS: [Choice; 4] = [
    choice("SUBSCRIBED", "同意あり", "subscribed"),
    choice("UNSUBSCRIBED", "配信停止", "unsubscribed"),
    choice("NOT_SUBSCRIBED", "同意なし", "not subscribed"),
    choice("INVALID", "無効なアドレス", "invalid address"),
];
const _: () = assert!(query::SUBSCRIBED == 0 && query::INVALID + 1 == MAIL_STATUS.len() as i64);

pub(super) const RFM_GROUPS: [Choice; 8] = [
    choice("VIP", "最優良", "VIP"),
    choice("LOYAL", "優良", "loyal"),
    choice("PROMISING", "有望", "promising"),
    choice("NEW", "新規", "new"),
    choice("COOLING", "育成", "cooling"),
    choice(
        "AT_RISK_HIGH_VALUE",
        "離反予備軍（優良）",
        "at risk, high value",
    ),
    choice("AT_RISK", "離反予備軍", "at risk"),
    choice("LOST", "離反", "lost"),
];

/// In the order of [`GROUPS`](crate::analysis::cpm::GROUPS).
pub(super) const CPM_GROUPS: [Choice; 10] = [
    choice("first_active", "初回現役", "first (active)"),
    choice("toddler_active", "よちよち現役", "toddler (active)"),
    choice("steady_active", "コツコツ現役", "steady (active)"),
    choice("trend_active", "流行現役", "trend (active)"),
    choice("loyal_active", "優良現役", "loyal (active)"),
    choice("first_lapsed", "初回離脱", "first (lapsed)"),
    choice("toddler_lapsed", "よちよち離脱", "toddler (lapsed)"),
    choice("steady_lapsed", "コツコツ離脱", "steady (lapsed)"),
    choice("trend_lapsed", "流行離脱", "trend (lapsed)"),
    choice("loyal_lapsed", "優良離脱", "loyal (lapsed)"),
];

/// In the order of [`RANKS`](crate::analysis::ltv_rank::RANKS).
pub(super) const LTV_RANKS: [Choice; 3] = [
    choice("high", "高LTV", "high LTV"),
    choice("potential", "潜在LTV", "potential LTV"),
    choice("general", "一般", "general"),
];

/// In the order of [`BANDS`](crate::subscription::risk::BANDS).
pub(super) const CHURN_BANDS: [Choice; 3] = [
    choice("high", "強い", "high"),
    choice("medium", "中くらい", "medium"),
    choice("low", "弱い", "low"),
];

/// In the order of [`query::Yearly::ALL`].
pub(super) const YEARLY: [Choice; 3] = [
    choice("birth_date", "生年月日", "birth date"),
    choice("first_order_date", "初回注文日", "first order date"),
    choice("last_order_date", "最終注文日", "last order date"),
];
const _: () = assert!(YEARLY.len() == query::Yearly::ALL.len());

pub(super) const ANNIVERSARY: [Parameter; 1] = [Parameter {
    name: "date",
    of: Type::Choice(&YEARLY),
    is_required: true,
    dictionary: None,
    unit: None,
    ja: ("", ""),
    en: ("", ""),
}];

pub(super) const SINCE: Parameter = Parameter {
    name: "since",
    of: Type::Day,
    is_required: false,
    dictionary: None,
    unit: None,
    ja: ("", "以降"),
    en: ("on or after ", ""),
};

pub(super) const UNTIL: Parameter = Parameter {
    name: "until",
    of: Type::Day,
    is_required: false,
    dictionary: None,
    unit: None,
    ja: ("", "以前"),
    en: ("on or before ", ""),
};

pub(super) const IN_ORDERS: Parameter = Parameter {
    name: "count",
    of: Type::Number(Some((1, u32::MAX as i64))),
    is_required: false,
    dictionary: None,
    unit: Some(&ORDERS),
    ja: ("", "回以上"),
    en: ("in ", " orders or more"),
};

pub(super) const PURCHASE: [Parameter; 4] = [
    Parameter {
        name: "id",
        of: Type::Text,
        is_required: false,
        dictionary: Some(Dictionary::Products),
        unit: None,
        ja: ("商品", ""),
        en: ("product ", ""),
    },
    SINCE,
    UNTIL,
    IN_ORDERS,
];

/// What a function of happenings takes: its word, and when and how often.
pub(super) const fn happening(
    name: &'static str,
    what: What,
    ja: &'static str,
    en: &'static str,
) -> Parameter {
    Parameter {
        name,
        of: Type::Text,
        is_required: false,
        dictionary: Some(Dictionary::Happened(what)),
        unit: None,
        ja: (ja, ""),
        en: (en, ""),
    }
}

pub(super) const TIMES: Parameter = Parameter {
    name: "count",
    of: Type::Number(Some((1, u32::MAX as i64))),
    is_required: false,
    dictionary: None,
    unit: Some(&TIME),
    ja: ("", "回以上"),
    en: ("", " times or more"),
};

pub(super) const COUPON: [Parameter; 4] = [
    happening("code", What::Coupon, "コード", "code "),
    SINCE,
    UNTIL,
    IN_ORDERS,
];

pub(super) const EVENT: [Parameter; 4] = [
    happening("kind", What::Event, "種類", "kind "),
    SINCE,
    UNTIL,
    TIMES,
];

/// In the order of the numbers that contracts' statuses have.
pub(super) const CONTRACT_STATUS: [Choice; 5] = [
    choice("active", "継続中", "active"),
    choice("paused", "休止中", "paused"),
    choice("failed", "決済エラー", "failed"),
    choice("cancelled", "解約", "cancelled"),
    choice("completed", "満了", "completed"),
];

pub(super) const SUBSCRIPTION: [Parameter; 2] = [
    Parameter {
        name: "status",
        of: Type::Choice(&CONTRACT_STATUS),
        is_required: false,
        dictionary: None,
        unit: None,
        ja: ("", ""),
        en: ("", ""),
    },
    Parameter {
        name: "cycle",
        of: Type::Number(Some((1, u32::MAX as i64))),
        is_required: false,
        dictionary: None,
        unit: Some(&DAYS),
        ja: ("", "日ごと"),
        en: ("every ", " days"),
    },
];

/// In the order of [`NAMES`](crate::gifts::seasons::NAMES).
pub(super) const SEASONS: [Choice; 14] = [
    choice("new_year", "お年賀", "New Year"),
    choice("winter_greeting", "寒中見舞い", "winter greetings"),
    choice("valentine", "バレンタイン", "Valentine's Day"),
    choice("white_day", "ホワイトデー", "White Day"),
    choice("entrance", "入学・入社", "school and work begin"),
    choice("mothers_day", "母の日", "Mother's Day"),
    choice("fathers_day", "父の日", "Father's Day"),
    choice("ochugen", "お中元", "midyear (ochugen)"),
    choice("summer_greeting", "暑中見舞い", "summer greetings"),
    choice(
        "late_summer_greeting",
        "残暑見舞い",
        "late summer greetings",
    ),
    choice("respect_for_the_aged", "敬老の日", "Respect for the Aged"),
    choice("halloween", "ハロウィン", "Halloween"),
    choice("oseibo", "お歳暮", "year end (oseibo)"),
    choice("christmas", "クリスマス", "Christmas"),
];

/// What counts in a season: gifts alone, or every order.
const SEASON_ORDERS: [Choice; 2] = [
    choice("gifts", "ギフトのみ", "gifts alone"),
    choice("all", "自家需要の注文も", "any order"),
];

const fn of_season(name: &'static str, of: Type, is_required: bool) -> Parameter {
    Parameter {
        name,
        of,
        is_required,
        dictionary: None,
        unit: None,
        ja: ("", ""),
        en: ("", ""),
    }
}

pub(super) const SEASON: [Parameter; 3] = [
    of_season("name", Type::Named(Named::Seasons), true),
    of_season("year", Type::Year, false),
    of_season("orders", Type::Choice(&SEASON_ORDERS), false),
];
