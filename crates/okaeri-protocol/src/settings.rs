//! A shop's settings: every threshold that is a choice and not a fact.

mod customers;
mod gifts;
mod subscription;
mod value;

use serde::{Deserialize, Serialize};

pub use self::customers::{
    CpmLevel, CpmPreset, CpmRule, CpmSettings, Demotion, MemberRank, PinnedRank, RankBasis,
    RankEvaluation, RankPeriod, RankPlan,
};
pub use self::gifts::{CorporateSettings, GiftSeason, GiftSettings, GiftWeights};
pub use self::subscription::{LtvSettings, RiskSettings};
pub use self::value::{BundleStep, CpaSettings, MarginSettings, MediaCost};

/// How a shop wants its book read. Everything has a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// IANA name. Days are whole days of this zone.
    pub time_zone: String,
    /// ISO 4217. Orders in another currency are listed as rejected.
    pub currency: String,
    /// How orders are resolved to people (名寄せ).
    pub identity: IdentityRule,
    /// Where a customer number names one person: each cart counts its members from 1.
    pub customer_numbers: CustomerNumbers,
    /// E-mail addresses, phone numbers and customer numbers that never identify anybody:
    /// the shop's own phone, `noreply@` and the like.
    pub identity_blocklist: Vec<String>,
    /// Whether an order whose goods cost nothing counts (free samples).
    pub count_zero_amount: bool,
    /// Bounds of the lifecycle matrix.
    pub lifecycle: LifecycleBounds,
    /// Bounds of the threshold mode of RFM.
    pub rfm: RfmBounds,
    /// How CPM groups are cut.
    pub cpm: CpmSettings,
    /// The plan of member ranks.
    pub member_ranks: RankPlan,
    /// Days that the deciles of a period are of; 0: all orders.
    pub decile_days: u32,
    /// What forecasts look at.
    pub forecast: ForecastSettings,
    /// What a margin is.
    pub margin: MarginSettings,
    /// Windows of LTV in days, each once, ascending.
    pub ltv_days: Vec<u32>,
    /// What may be spent on a new customer.
    pub cpa: CpaSettings,
    /// What was spent on media.
    pub media_costs: Vec<MediaCost>,
    /// The discount by pieces that `bundles` tries, fewest pieces first.
    pub bundle_ladder: Vec<BundleStep>,
    /// Amount of goods from which the shop takes no postage, in minor units; found from the orders
    /// when absent.
    pub free_shipping: Option<i64>,
    /// How contracts that may be cancelled are found (解約見込み).
    pub churn_risk: RiskSettings,
    /// How customers are ranked by LTV.
    pub ltv_ranks: LtvSettings,
    /// How gifts are told, and who buys in bulk.
    pub gift: GiftSettings,
    /// Baskets of more distinct products than this are left out of the pair counts, with a note.
    pub basket_products_max: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            time_zone: "Asia/Tokyo".to_owned(),
            currency: "JPY".to_owned(),
            identity: IdentityRule::Auto,
            customer_numbers: CustomerNumbers::Shop,
            identity_blocklist: Vec::new(),
            count_zero_amount: false,
            lifecycle: LifecycleBounds::default(),
            rfm: RfmBounds::default(),
            cpm: CpmSettings::default(),
            member_ranks: RankPlan::default(),
            decile_days: 365,
            forecast: ForecastSettings::default(),
            margin: MarginSettings::default(),
            ltv_days: vec![0, 30, 60, 90, 120, 180, 270, 360, 720],
            cpa: CpaSettings::default(),
            media_costs: Vec::new(),
            bundle_ladder: vec![
                BundleStep {
                    pieces: 2,
                    percent: 10,
                },
                BundleStep {
                    pieces: 3,
                    percent: 15,
                },
            ],
            free_shipping: None,
            churn_risk: RiskSettings::default(),
            ltv_ranks: LtvSettings::default(),
            gift: GiftSettings::default(),
            basket_products_max: 1000,
        }
    }
}

/// What forecasts look at, unless a question says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ForecastSettings {
    /// How far ahead.
    pub horizon_days: u32,
    /// Yearly interest by which later purchases are worth less, in basis points.
    pub discount_rate: u32,
    /// Gone: what is earned of an amount is `margin.gross_margin`, as everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<u32>,
}

impl Default for ForecastSettings {
    /// A year, 15 % as in the literature's examples.
    fn default() -> Self {
        ForecastSettings {
            horizon_days: 365,
            discount_rate: 1_500,
            margin: None,
        }
    }
}

/// How orders are resolved to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdentityRule {
    /// `customer_id` when there are such numbers and no e-mail addresses, `tiers` when there are
    /// such numbers or names in kana, else `email_else_phone`.
    #[default]
    Auto,
    /// The cart's customer number alone.
    CustomerId,
    /// The normalised e-mail address alone.
    Email,
    /// Next Engine's rule: e-mail, or the phone where there is no e-mail.
    EmailElsePhone,
    /// Orders that share an e-mail or a phone, however many steps apart.
    EmailAndPhone,
    /// The evidence tiers of GLOSSARY.md, with blockers and a review list.
    Tiers,
}

/// Where a customer number names one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerNumbers {
    /// Within the `shop` that the order names; orders that name none share one space.
    #[default]
    Shop,
    /// Everywhere: all shops of the book number their customers together.
    Book,
}

/// Bounds of the lifecycle matrix (ライフサイクルの9つのセグメント): purchases x days since the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LifecycleBounds {
    /// Orders from which a customer is 有望 (the row below is 新規).
    pub promising_orders: u32,
    /// Orders from which a customer is 常連.
    pub constant_orders: u32,
    /// Last day since the last order on which a customer is still 稼働.
    pub active_days: u32,
    /// Last day on which a customer is うとうと; after it, 休眠.
    pub drowsy_days: u32,
}

impl Default for LifecycleBounds {
    /// The preset for apparel and general goods.
    fn default() -> Self {
        LifecycleBounds {
            promising_orders: 2,
            constant_orders: 4,
            active_days: 90,
            drowsy_days: 180,
        }
    }
}

/// Bounds of RFM scores in threshold mode; score 5 is best, the first bound that holds wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RfmBounds {
    /// Greatest days since the last order for R = 5, 4, 3, 2.
    pub recency_days: [u32; 4],
    /// Least orders for F = 5, 4, 3, 2.
    pub orders: [u32; 4],
    /// Least amount for M = 5, 4, 3, 2.
    pub amount: [i64; 4],
}

impl Default for RfmBounds {
    /// The preset for general goods.
    fn default() -> Self {
        RfmBounds {
            recency_days: [30, 90, 180, 730],
            orders: [5, 4, 3, 2],
            amount: [20_001, 15_001, 10_001, 5_001],
        }
    }
}
