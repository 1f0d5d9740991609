//! What questions choose between.

use serde::{Deserialize, Serialize};

/// When a line of a customer's order is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NewLine {
    /// It is in the customer's first order.
    #[default]
    StoreFirst,
    /// It is the customer's first purchase of the product (指定商品初回).
    ProductFirst,
    /// The customer placed no order for a while before.
    WindowNew,
    /// It is in the customer's first order through that advertising medium.
    MediaFirst,
}

/// How the products of an order count in a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FlowMode {
    /// The primary product alone: all customers of a step add up.
    #[default]
    Primary,
    /// Each product of the order.
    Sets,
}

/// What a basket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BasketUnit {
    /// All that a customer bought within a window (期間併買).
    #[default]
    Customer,
    /// An order.
    Order,
}

/// How RFM scores are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RfmMode {
    /// R and M in fifths of the customers, F by number of orders.
    #[default]
    Quantile,
    /// The bounds of the settings.
    Threshold,
}

/// What the flow of contracts counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContractUnit {
    /// Each contract by itself (定期推移表).
    #[default]
    Contract,
    /// All contracts of a customer as one (フロー離脱率).
    Customer,
}

/// What is one purchase of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountMode {
    /// All orders of a day together; the first of them stands for it.
    #[default]
    Days,
    /// Every order.
    Orders,
}

/// Which orders a repeat analysis looks at, by how they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderSubject {
    /// All of them (全て).
    #[default]
    All,
    /// Those of which no contract made a line (通常).
    OneTime,
    /// Those of which a contract made a line (定期).
    Subscription,
}

/// What each of several curves is of: a trait of the purchase from which days count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CurvesBy {
    /// Its primary product.
    #[default]
    Product,
    /// Its month.
    Month,
    /// Its shop.
    Shop,
}

/// How long a period of a cohort is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CohortPeriod {
    /// A number of days from each customer's own first order.
    #[default]
    Days,
    /// A month of the calendar.
    Months,
}

/// Bounds of RFM's R and F by what a shop sells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RfmPreset {
    /// General goods: R 30, 90, 180, 730 days; F 5, 4, 3, 2 orders.
    #[default]
    General,
    /// What is used up and bought again: R 30, 60, 120, 365 days; F 12, 6, 3, 2 orders.
    Consumable,
}

/// What RFM's M is cut by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RfmAmount {
    /// 4, 3, 2 and 1 average orders of the shop.
    #[default]
    Aov,
    /// The amounts of the settings.
    Settings,
}

/// Which model of purchases and leaving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForecastModel {
    /// The one that does best in the holdout.
    #[default]
    Best,
    /// BG/NBD: one leaves after repeat purchases only.
    BgNbd,
    /// MBG/NBD: one may leave after the first purchase too.
    MbgNbd,
    /// Pareto/NBD: one leaves at any time.
    ParetoNbd,
    /// BG/BB: one buys or not in each period, by months unless told otherwise.
    BgBb,
}

/// By what periods purchases are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForecastPeriod {
    /// Calendar months.
    #[default]
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
}

/// What a list of customers is sorted by; ties by key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// Sum of the order amounts.
    #[default]
    Amount,
    /// Number of orders.
    Orders,
    /// Day of the first order.
    FirstDay,
    /// Day of the last order.
    LastDay,
    /// What the customer is expected to be worth within the horizon of the settings.
    Forecast,
    /// The chance that the customer is still with the shop.
    Alive,
    /// The key itself.
    Key,
}

/// What of a customer's first order makes a group of LTV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LtvBy {
    /// Its month.
    #[default]
    Month,
    /// Its primary product.
    Product,
    /// The medium that brought it.
    Media,
    /// The first coupon code used.
    Coupon,
    /// For own use, or a gift.
    Gift,
    /// Where the buyer lived.
    Prefecture,
    /// 通常, or made by a contract (定期).
    Subscription,
}

/// Whose the later orders of a customer are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attribution {
    /// The medium's that brought the first order.
    #[default]
    First,
    /// Each order's own medium's.
    Order,
}

pub(super) fn ten() -> u32 {
    10
}

pub(super) fn hundred() -> u32 {
    100
}
