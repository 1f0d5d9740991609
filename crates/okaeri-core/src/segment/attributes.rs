//! The attributes of customers, as a table: what a segment can ask for.
//!
//! Names are Shopify's where Shopify has the attribute. A further attribute is one row here, and
//! one arm where its column is read ([`super::evaluate`]).

use super::given::Given;
use super::operators::Family;
use super::query::{Listed, Number, Text, What};
use super::tree::{Comparison, Test};

mod parts;

use parts::{
    ANNIVERSARY, CHURN_BANDS, COUPON, CPM_GROUPS, DAYS, EVENT, LIFECYCLE, LTV_RANKS, MAIL_STATUS,
    ORDERS, POINTS, PURCHASE, RFM_GROUPS, SCORE, SEASON, SEASONS, SHOPS, SUBSCRIPTION,
};

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
    /// What its numbers count.
    pub unit: Option<&'static Choice>,
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
    /// A chance or another part of a whole, from 0 to 1; its number is in [`SHARES`]ths.
    Share,
    /// A day of the shop's calendar.
    Day,
    /// A day that comes round every year.
    Yearly,
    /// A text.
    Text,
    /// One of these.
    Choice(&'static [Choice]),
    /// One of the shop's own names.
    Named(Named),
    /// A year: a number, or [`YEARS`] from the day of the question.
    Year,
    /// Yes or no.
    Flag,
    /// Several texts.
    List,
}

/// Years said from the day of the question.
pub const YEARS: [Choice; 2] = [
    parts::choice("this_year", "今年", "this year"),
    parts::choice("last_year", "昨年", "last year"),
];
/// The first and the last year that can be asked for.
pub const YEAR_BOUNDS: (i64, i64) = (1990, 2100);

/// Parts of a whole that are told apart: six digits behind the point.
pub const SHARES: i64 = 1_000_000;
/// Digits of [`SHARES`].
pub(super) const SHARE_DIGITS: u8 = 6;
const _: () = assert!(SHARES == 10i64.pow(SHARE_DIGITS as u32));

/// Names that a shop's settings give; a name's number is its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The member ranks of its plan, the lowest first.
    MemberRanks,
    /// The seasons of gifts, the shop's own behind those that every shop has.
    Seasons,
}

impl Named {
    /// Those that every shop has, and what they are called.
    pub fn common(self) -> &'static [Choice] {
        match self {
            Named::MemberRanks => &[],
            Named::Seasons => &SEASONS,
        }
    }
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
    /// Where its known values are.
    pub dictionary: Option<Dictionary>,
    /// What its numbers count.
    pub unit: Option<&'static Choice>,
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
    /// Whether an order is a gift.
    GiftSender,
    /// Words that customers have.
    Listed(Listed),
    /// What happened to customers.
    Happened(What),
    /// Subscription contracts.
    Subscription,
    /// Gifts and orders of seasons.
    Season,
}

/// Where the values that a shop knows of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dictionary {
    /// The values of a column of texts.
    Text(Text),
    /// The codes of its shops.
    Shops,
    /// The codes of its products.
    Products,
    /// Words that its customers have.
    Listed(Listed),
    /// Codes of coupons, or kinds of events.
    Happened(What),
}

impl Attribute {
    /// Where its known values are.
    pub fn dictionary(&self) -> Option<Dictionary> {
        match self.source {
            Source::Text(text) => Some(Dictionary::Text(text)),
            Source::Shops => Some(Dictionary::Shops),
            Source::Listed(listed) => Some(Dictionary::Listed(listed)),
            Source::Number(_)
            | Source::Mailable
            | Source::Purchases
            | Source::Yearly
            | Source::GiftSender
            | Source::Happened(_)
            | Source::Subscription
            | Source::Season => None,
        }
    }

    /// The same, with what its numbers count.
    const fn counting(self, unit: &'static Choice) -> Self {
        Attribute {
            unit: Some(unit),
            ..self
        }
    }
}

impl Type {
    /// The operators that fit, for people.
    pub fn operators(self) -> &'static str {
        match self {
            Type::Number(_) | Type::Money | Type::Share | Type::Day => {
                "=, !=, >, >=, <, <=, BETWEEN, IN or IS NULL"
            }
            Type::Text => "=, !=, IN, CONTAINS or IS NULL",
            Type::Choice(_) | Type::Named(_) | Type::Year => "=, !=, IN or IS NULL",
            Type::Yearly => "=, !=, BETWEEN or IS NULL",
            Type::Flag => "= or !=",
            Type::List => "CONTAINS or IS NULL",
        }
    }

    /// Whether an operator fits.
    pub fn takes(self, test: &Test) -> bool {
        self.fits(match test {
            Test::Compare(Comparison::Equal | Comparison::NotEqual, _) => Family::Equal,
            Test::Compare(..) => Family::Order,
            Test::Between { .. } => Family::Between,
            Test::In { .. } => Family::In,
            Test::Contains { .. } => Family::Contains,
            Test::Null { .. } => Family::Null,
        })
    }

    /// Whether the operators of a family fit.
    pub fn fits(self, family: Family) -> bool {
        let is_ordered = matches!(
            self,
            Type::Number(_) | Type::Money | Type::Share | Type::Day
        );
        match family {
            Family::Equal => !matches!(self, Type::List),
            Family::Between => is_ordered || matches!(self, Type::Yearly),
            Family::Order => is_ordered,
            Family::In => !matches!(self, Type::Flag | Type::List | Type::Yearly),
            Family::Contains => matches!(self, Type::Text | Type::List),
            Family::Null => !matches!(self, Type::Flag),
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
        unit: None,
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

const fn given(
    name: &'static str,
    of: Type,
    column: Given,
    ja: &'static str,
    en: &'static str,
) -> Attribute {
    number(name, of, Number::Given(column), ja, en)
}

const fn function(
    name: &'static str,
    source: Source,
    parameters: &'static [Parameter],
    ja: &'static str,
    en: &'static str,
) -> Attribute {
    Attribute {
        name,
        of: Type::Flag,
        source,
        parameters: Some(parameters),
        unit: None,
        ja,
        en,
    }
}

/// All attributes, in the order of display.
pub const ATTRIBUTES: &[Attribute] = &[
    number(
        "number_of_orders",
        Type::Number(None),
        Number::Orders,
        "注文回数",
        "number of orders",
    )
    .counting(&ORDERS),
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
    )
    .counting(&DAYS),
    number(
        "days_since_last_order",
        Type::Number(None),
        Number::DaysSinceLast,
        "最終注文からの日数",
        "days since the last order",
    )
    .counting(&DAYS),
    number(
        "days_to_second_order",
        Type::Number(None),
        Number::DaysToSecond,
        "2回目の注文までの日数",
        "days to the second order",
    )
    .counting(&DAYS),
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
    given(
        "cpm_group",
        Type::Choice(&CPM_GROUPS),
        Given::CpmGroup,
        "CPMグループ",
        "CPM group",
    ),
    given(
        "ltv_rank",
        Type::Choice(&LTV_RANKS),
        Given::LtvRank,
        "LTVランク",
        "LTV rank",
    ),
    given(
        "member_rank",
        Type::Named(Named::MemberRanks),
        Given::MemberRank,
        "会員ランク",
        "member rank",
    ),
    given(
        "churn_risk",
        Type::Number(Some((0, 100))),
        Given::ChurnRisk,
        "解約見込みの点数",
        "churn risk",
    )
    .counting(&POINTS),
    given(
        "churn_risk_band",
        Type::Choice(&CHURN_BANDS),
        Given::ChurnBand,
        "解約見込み",
        "churn risk band",
    ),
    given(
        "p_alive",
        Type::Share,
        Given::Alive,
        "継続の見込み",
        "chance to be still with the shop",
    ),
    given(
        "forecast_value",
        Type::Money,
        Given::Worth,
        "予測の金額",
        "forecast value",
    ),
    Attribute {
        name: "products_purchased",
        of: Type::Flag,
        source: Source::Purchases,
        parameters: Some(&PURCHASE),
        unit: None,
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
    )
    .counting(&SHOPS),
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
        unit: None,
        ja: "記念日",
        en: "anniversary",
    },
    plain(
        "customer_tags",
        Type::List,
        Source::Listed(Listed::Tags),
        "顧客タグ",
        "customer tags",
    ),
    plain(
        "media",
        Type::List,
        Source::Listed(Listed::Media),
        "広告媒体",
        "media",
    ),
    plain(
        "first_media",
        Type::Text,
        Source::Text(Text::FirstMedia),
        "初回の広告媒体",
        "medium of the first order",
    ),
    function(
        "coupon",
        Source::Happened(What::Coupon),
        &COUPON,
        "クーポン利用",
        "use of a coupon",
    ),
    function(
        "event",
        Source::Happened(What::Event),
        &EVENT,
        "イベント",
        "event",
    ),
    function(
        "subscription",
        Source::Subscription,
        &SUBSCRIPTION,
        "定期契約",
        "subscription",
    ),
    number(
        "days_since_delivery",
        Type::Number(None),
        Number::DaysSinceDelivery,
        "最終出荷からの日数",
        "days since the last delivery",
    )
    .counting(&DAYS),
    plain(
        "gift_sender",
        Type::Flag,
        Source::GiftSender,
        "ギフト注文",
        "gift order",
    ),
    function(
        "season",
        Source::Season,
        &SEASON,
        "シーズンの贈り物",
        "gifts in a season",
    ),
];
