//! How a shop puts its customers into groups.

use serde::{Deserialize, Serialize};

/// How CPM groups are cut (CPM分析).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CpmSettings {
    /// Where the bounds come from.
    pub preset: CpmPreset,
    /// For `own`: tenure in days (first order to last) from which a repeater is no よちよち any
    /// more.
    pub steady_days: u32,
    /// For `own`: tenure from which one above the amount is 優良 and no 流行 any more.
    pub loyal_days: u32,
    /// For `own`: days since the last order from which a customer has lapsed (離脱).
    pub lapse_days: u32,
    /// For `own`: amount from which one is more than コツコツ, in minor units; exactly so much is.
    pub amount: i64,
    /// For `own`: rules in place of the two tenures and the amount. The first that holds wins;
    /// whoever holds none is 初回.
    pub rules: Vec<CpmRule>,
    /// How many months earlier the transitions begin (推移率).
    pub transition_months: u32,
    /// Percent of 新規→入門以上, 入門→安定以上 and 安定→流行・優良 that the shop aims at.
    pub targets: [u32; 3],
}

impl Default for CpmSettings {
    /// LTV-Lab's numbers, MakeRepeater's targets.
    fn default() -> Self {
        CpmSettings {
            preset: CpmPreset::LtvLab,
            steady_days: 90,
            loyal_days: 210,
            lapse_days: 240,
            amount: 70_000,
            rules: Vec::new(),
            transition_months: 6,
            targets: [50, 80, 50],
        }
    }
}

/// Where the bounds of CPM come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CpmPreset {
    /// LTV-Lab: 90, 210 and 240 days, 70,000 yen.
    #[default]
    LtvLab,
    /// The same days; the amount is seven average orders of the shop (MakeRepeater), in whole
    /// thousands.
    SevenAov,
    /// Days of 3, 7 and 8 purchase cycles of the shop; the amount as `seven_aov`.
    Fit,
    /// The settings' own bounds or rules.
    Own,
}

/// A rule of CPM; all of it must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CpmRule {
    /// The level that it gives.
    pub level: CpmLevel,
    /// Least number of orders.
    pub orders: u32,
    /// Least days from the first order to the last.
    pub tenure_days: u32,
    /// Least amount of all orders, in minor units.
    pub amount: i64,
}

/// A level of CPM, the lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CpmLevel {
    /// 初回.
    First,
    /// よちよち.
    #[default]
    Toddler,
    /// コツコツ.
    Steady,
    /// 流行.
    Trend,
    /// 優良.
    Loyal,
}

/// The plan of member ranks (会員ランク).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RankPlan {
    /// What earns a rank.
    pub basis: RankBasis,
    /// Which orders count.
    pub period: RankPeriod,
    /// For `rolling`: days that an order counts, its own day included; 0: for life.
    pub window_days: u32,
    /// For `year`: the month and day on which a year begins; at most the 28th.
    pub year_from: [u32; 2],
    /// When ranks are judged.
    pub evaluate: RankEvaluation,
    /// Name of the lowest rank, which everybody has.
    pub lowest: String,
    /// The ranks above it; each asks for more than the one before.
    pub ranks: Vec<MemberRank>,
    /// Percent of a rank's conditions that keep it.
    pub keep_percent: u32,
    /// What becomes of a rank that is not kept.
    pub demote: Demotion,
    /// Days for which a rank that is not kept is held all the same.
    pub grace_days: u32,
    /// For `year`: years more for which a rank is held without being kept.
    pub carry_over_years: u32,
    /// Whether the postage of orders counts towards a rank's amount.
    pub include_shipping: bool,
    /// Customers whose rank is set by hand; it neither rises nor falls.
    pub pinned: Vec<PinnedRank>,
    /// Days ahead in which a customer counts as about to lose the rank.
    pub outlook_days: u32,
}

impl Default for RankPlan {
    /// Three, six and twelve average orders, or as many orders, in 365 days.
    fn default() -> Self {
        let rank = |name: &str, count: u32| MemberRank {
            name: name.to_owned(),
            amount: None,
            average_orders: count,
            orders: count,
            ..MemberRank::default()
        };
        RankPlan {
            basis: RankBasis::Either,
            period: RankPeriod::Rolling,
            window_days: 365,
            year_from: [1, 1],
            evaluate: RankEvaluation::Nightly,
            lowest: "regular".to_owned(),
            ranks: vec![rank("silver", 3), rank("gold", 6), rank("platinum", 12)],
            keep_percent: 80,
            demote: Demotion::ToEarned,
            grace_days: 0,
            carry_over_years: 0,
            include_shipping: false,
            pinned: Vec::new(),
            outlook_days: 30,
        }
    }
}

/// One rank, and what it takes to rise to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MemberRank {
    /// Its name.
    pub name: String,
    /// Amount within the window, in minor units; absent: as `average_orders` says.
    pub amount: Option<i64>,
    /// Amount within the window as so many average orders of the shop.
    pub average_orders: u32,
    /// Orders within the window.
    pub orders: u32,
    /// Amount that keeps it; by `keep_percent` when absent.
    pub keep_amount: Option<i64>,
    /// Orders that keep it; by `keep_percent` when absent.
    pub keep_orders: Option<u32>,
}

/// A customer whose rank a person has set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PinnedRank {
    /// The customer's key, as lists have it.
    pub customer: String,
    /// The rank's name.
    pub rank: String,
}

/// Which orders count for a rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RankPeriod {
    /// Those of the last `window_days`.
    #[default]
    Rolling,
    /// Those of the year that goes on. A customer keeps a rank through the next year, and falls
    /// when that is over.
    Year,
}

/// When ranks are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RankEvaluation {
    /// Every night: a customer rises at once.
    #[default]
    Nightly,
    /// On the last night of each month.
    MonthEnds,
    /// For `year`: when a year is over, for the next one; nobody rises within it.
    YearEnds,
}

/// What earns a rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RankBasis {
    /// The amount.
    Amount,
    /// The number of orders.
    Orders,
    /// Either of them.
    #[default]
    Either,
    /// Both.
    Both,
}

/// What becomes of a rank that is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Demotion {
    /// It is kept all the same.
    Never,
    /// The customer falls to the rank below, but not below what is earned.
    OneStep,
    /// The customer falls to the rank that the orders within the window earn.
    #[default]
    ToEarned,
}
