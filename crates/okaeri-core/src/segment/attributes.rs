//! The attributes of customers, as a table: what a segment can ask for.
//!
//! Names are Shopify's where Shopify has the attribute. A further attribute is one row here, and
//! one arm where its column is read ([`super::evaluate`]).

use super::query::{self, Number, Text};
use super::tree::{Comparison, Test};

/// One attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// As it is written.
    pub name: &'static str,
    /// Of what type its values are.
    pub of: Type,
    /// Where they come from.
    pub source: Source,
    /// What a function takes; `None` for what is written without parentheses.
    pub parameters: Option<&'static [Parameter]>,
    /// Its Japanese name.
    pub ja: &'static str,
    /// Its English name.
    pub en: &'static str,
}

/// Of what type values are.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A whole number; with bounds, one between them.
    Number(Option<(i64, i64)>),
    /// Money in the shop's currency, written with a point before its minor units.
    Money,
    /// A day of the shop's calendar.
    Day,
    /// A day that comes round every year.
    Yearly,
    /// A text.
    Text,
    /// One of these.
    Choice(&'static [Choice]),
    /// Yes or no.
    Flag,
    /// Several texts.
    List,
}

/// One value of a choice; its number is its place.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// As it is written.
    pub name: &'static str,
    /// Its Japanese name.
    pub ja: &'static str,
    /// Its English name.
    pub en: &'static str,
}

/// One parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// As it is written.
    pub name: &'static str,
    /// Of what type its value is.
    pub of: Type,
    /// Whether it must be given.
    pub is_required: bool,
    /// How its value reads in Japanese: before and after it.
    pub ja: (&'static str, &'static str),
    /// How its value reads in English: before and after it.
    pub en: (&'static str, &'static str),
}

/// Where values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A column of numbers.
    Number(Number),
    /// A column of texts.
    Text(Text),
    /// Whether advertising mail can be sent.
    Mailable,
    /// The shops of the orders.
    Shops,
    /// The orders and their lines.
    Purchases,
    /// Days that come round every year.
    Yearly,
}

impl Type {
    /// The operators that fit, for people.
    pub fn operators(self) -> &'static str {
        match self {
            Type::Number(_) | Type::Money | Type::Day => {
                "=, !=, >, >=, <, <=, BETWEEN, IN or IS NULL"
            }
            Type::Text => "=, !=, IN, CONTAINS or IS NULL",
            Type::Choice(_) => "=, !=, IN or IS NULL",
            Type::Yearly => "=, !=, BETWEEN or IS NULL",
            Type::Flag => "= or !=",
            Type::List => "CONTAINS or IS NULL",
        }
    }

    /// Whether an operator fits.
    pub fn takes(self, test: &Test) -> bool {
        let is_ordered = matches!(self, Type::Number(_) | Type::Money | Type::Day);
        match test {
            Test::Compare(Comparison::Equal | Comparison::NotEqual, _) => {
                !matches!(self, Type::List)
            }
            Test::Between { .. } => is_ordered || matches!(self, Type::Yearly),
            Test::Compare(..) => is_ordered,
            Test::In { .. } => !matches!(self, Type::Flag | Type::List | Type::Yearly),
            Test::Contains { .. } => matches!(self, Type::Text | Type::List),
            Test::Null { .. } => !matches!(self, Type::Flag),
        }
    }
}

/// The attribute with this name.
pub fn find(name: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name)
}

const fn plain(
    name: &'static str,
    of: Type,
    source: Source,
    ja: &'static str,
    en: &'static str,
) -> Attribute {
    Attribute {
        name,
        of,
        source,
        parameters: None,
        ja,
        en,
    }
}

const fn number(
    name: &'static str,
    of: Type,
    column: Number,
    ja: &'static str,
    en: &'static str,
) -> Attribute {
    plain(name, of, Source::Number(column), ja, en)
}

const fn choice(name: &'static str, ja: &'static str, en: &'static str) -> Choice {
    Choice { name, ja, en }
}

const SCORE: Type = Type::Number(Some((1, 5)));

/// Cells of the lifecycle matrix, row by row.
const LIFECYCLE: [Choice; 9] = [
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
const MAIL_STATUS: [Choice; 4] = [
    choice("SUBSCRIBED", "同意あり", "subscribed"),
    choice("UNSUBSCRIBED", "配信停止", "unsubscribed"),
    choice("NOT_SUBSCRIBED", "同意なし", "not subscribed"),
    choice("INVALID", "無効なアドレス", "invalid address"),
];
const _: () = assert!(query::SUBSCRIBED == 0 && query::INVALID + 1 == MAIL_STATUS.len() as i64);

const RFM_GROUPS: [Choice; 8] = [
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

/// In the order of [`query::Yearly::ALL`].
const YEARLY: [Choice; 3] = [
    choice("birth_date", "生年月日", "birth date"),
    choice("first_order_date", "初回注文日", "first order date"),
    choice("last_order_date", "最終注文日", "last order date"),
];
const _: () = assert!(YEARLY.len() == query::Yearly::ALL.len());

const ANNIVERSARY: [Parameter; 1] = [Parameter {
    name: "date",
    of: Type::Choice(&YEARLY),
    is_required: true,
    ja: ("", ""),
    en: ("", ""),
}];

const PURCHASE: [Parameter; 4] = [
    Parameter {
        name: "id",
        of: Type::Text,
        is_required: false,
        ja: ("商品", ""),
        en: ("product ", ""),
    },
    Parameter {
        name: "since",
        of: Type::Day,
        is_required: false,
        ja: ("", "以降"),
        en: ("on or after ", ""),
    },
    Parameter {
        name: "until",
        of: Type::Day,
        is_required: false,
        ja: ("", "以前"),
        en: ("on or before ", ""),
    },
    Parameter {
        name: "count",
        of: Type::Number(Some((1, u32::MAX as i64))),
        is_required: false,
        ja: ("", "回以上"),
        en: ("in ", " orders or more"),
    },
];

/// All attributes, in the order of display.
pub const ATTRIBUTES: &[Attribute] = &[
    number(
        "number_of_orders",
        Type::Number(None),
        Number::Orders,
        "注文回数",
        "number of orders",
    ),
    number(
        "amount_spent",
        Type::Money,
        Number::Amount,
        "累計購入金額",
        "amount spent",
    ),
    number(
        "first_order_date",
        Type::Day,
        Number::FirstDay,
        "初回注文日",
        "first order date",
    ),
    number(
        "last_order_date",
        Type::Day,
        Number::LastDay,
        "最終注文日",
        "last order date",
    ),
    number(
        "days_since_first_order",
        Type::Number(None),
        Number::DaysSinceFirst,
        "初回注文からの日数",
        "days since the first order",
    ),
    number(
        "days_since_last_order",
        Type::Number(None),
        Number::DaysSinceLast,
        "最終注文からの日数",
        "days since the last order",
    ),
    number(
        "days_to_second_order",
        Type::Number(None),
        Number::DaysToSecond,
        "2回目の注文までの日数",
        "days to the second order",
    ),
    number(
        "lifecycle",
        Type::Choice(&LIFECYCLE),
        Number::Lifecycle,
        "ライフサイクル",
        "lifecycle",
    ),
    number(
        "decile",
        Type::Number(Some((1, 10))),
        Number::Decile,
        "デシル",
        "decile",
    ),
    number(
        "rfm_recency",
        SCORE,
        Number::Recency,
        "RFMのR",
        "RFM score R",
    ),
    number(
        "rfm_frequency",
        SCORE,
        Number::Frequency,
        "RFMのF",
        "RFM score F",
    ),
    number(
        "rfm_monetary",
        SCORE,
        Number::Monetary,
        "RFMのM",
        "RFM score M",
    ),
    number(
        "rfm_group",
        Type::Choice(&RFM_GROUPS),
        Number::RfmGroup,
        "RFMグループ",
        "RFM group",
    ),
    Attribute {
        name: "products_purchased",
        of: Type::Flag,
        source: Source::Purchases,
        parameters: Some(&PURCHASE),
        ja: "購入",
        en: "purchase",
    },
    plain("shops", Type::List, Source::Shops, "購入店舗", "shops"),
    number(
        "number_of_shops",
        Type::Number(None),
        Number::Shops,
        "購入店舗の数",
        "number of shops",
    ),
    number(
        "email_subscription_status",
        Type::Choice(&MAIL_STATUS),
        Number::MailStatus,
        "メール配信の状態",
        "e-mail subscription",
    ),
    plain(
        "mailable",
        Type::Flag,
        Source::Mailable,
        "広告メールの宛先",
        "address for advertising mail",
    ),
    plain(
        "customer_email_domain",
        Type::Text,
        Source::Text(Text::EmailDomain),
        "メールのドメイン",
        "e-mail domain",
    ),
    plain(
        "prefecture",
        Type::Text,
        Source::Text(Text::Prefecture),
        "都道府県",
        "prefecture",
    ),
    plain(
        "company",
        Type::Text,
        Source::Text(Text::Company),
        "会社名",
        "company",
    ),
    Attribute {
        name: "anniversary",
        of: Type::Yearly,
        source: Source::Yearly,
        parameters: Some(&ANNIVERSARY),
        ja: "記念日",
        en: "anniversary",
    },
];
