//! What can be asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices::{
    Attribution, BasketUnit, CohortPeriod, ContractUnit, CountMode, CurvesBy, CustomerSort,
    FlowMode, ForecastModel, ForecastPeriod, LtvBy, NewLine, OrderSubject, RfmAmount, RfmMode,
    RfmPreset,
};
use crate::filter::Filter;
use crate::settings::{BundleStep, CpmPreset};
use crate::table::Cell;

/// A question. `top` keeps the tables with a row for each combination short: their first rows by
/// count, and for pairs the metrics; without it they are whole, in canonical order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// Every table below, in one pass. Answer: `Tables`.
    Dashboard {
        /// See [`Question`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Lines, orders, customers, revenue, first and last day.
    #[default]
    Summary,
    /// Customers by number of orders, ten and more together.
    Counts,
    /// Customers by the number of shops that they bought at.
    Shops,
    /// Customers and amount by RFM score.
    Rfm {
        /// Quantiles, or the bounds of the settings.
        #[serde(default)]
        mode: RfmMode,
    },
    /// The lifecycle matrix.
    Cells,
    /// Months: orders and revenue of new, repeat and guest.
    Months,
    /// Products: orders of new and repeat, quantity, revenue, customers, repeaters.
    Products,
    /// Retention and cumulative revenue by month of the first order.
    Cohort,
    /// First to second order within 30 to 365 days, by month of the first order.
    F2,
    /// Days from the first to the second order.
    F2hist,
    /// First to second order by the product of the first.
    F2prod,
    /// Primary products of the first three orders.
    Flow {
        /// See [`Question`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Primary products of the first two orders.
    Flow12 {
        /// See [`Question`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Products bought in the same order.
    PairsOrder {
        /// See [`Question`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Products bought by the same customer.
    PairsCustomer {
        /// See [`Question`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Tenths of the customers by amount.
    Decile,
    /// 定期フロー: contracts by the cycles that they completed, and what became of them. Tables
    /// `statuses`, `cycles`, `cycles_by_month`, `reasons`, `skips`, `cycle_changes`.
    ContractFlow {
        /// What is counted.
        #[serde(default)]
        unit: ContractUnit,
        /// Only contracts whose first delivery is of this product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// Only contracts that began in the last so many months; all when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        months: Option<u32>,
        /// The last cycle that has a row; 24 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cycles: Option<u32>,
    },
    /// 定期継続: how long contracts last, so far and by sBG or BdW, and what is to come of them.
    /// Tables `cycles`, `days`, `models`, `holdout`, `forecast`, `ages`, `by_product`; `decided` of
    /// `cycles` opens by the table `decisions`.
    ContractRetention {
        /// Only contracts whose first delivery is of this product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// Only contracts that began in the last so many months; all when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        months: Option<u32>,
        /// Cycles that are forecast beyond those seen; 24 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ahead: Option<u32>,
        /// The last cycle that the models of the holdout know; half of those seen when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cutoff: Option<u32>,
        /// Yearly interest in basis points; that of `settings.forecast` when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount_rate: Option<u32>,
        /// Products that have a row; 5 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        products: Option<u32>,
    },
    /// Contracts by month (定期の解約率): active at its start, new, resumed, cancelled, paused,
    /// completed, active at its end, in contracts and in amount a month. Table `months`.
    ContractChurn {
        /// Only contracts whose first delivery is of this product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// Months up to that of the day; 24 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        months: Option<u32>,
    },
    /// 解約見込み: contracts that may be cancelled within 30 days, by rules and a fitted model.
    /// Tables `bands`, `signals`, `top`, `quality`, `calibration`, `weights`.
    ChurnRisk {
        /// Contracts that `top` lists; 100 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// Customers by LTV rank (高LTV, 潜在LTV, 一般), by the settings. Tables `ltv_ranks`, `ltv_reasons`.
    LtvRanks {
        /// Whether the rules on forecasts are tried; true when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        forecast: Option<bool>,
    },
    /// What became of the customers who reached their n-th purchase (継続・離脱): gone on to the
    /// next, still waiting, or lapsed; and the rate of those who went on within `lapse_days`, of
    /// those whose days are over. Tables `steps`, `steps_by_cohort`.
    Steps {
        /// Days without an order after which a customer has lapsed; 60 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lapse_days: Option<u32>,
        /// The last step; 10 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u32>,
        /// Only customers whose first purchase has this primary product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// What is one purchase.
        #[serde(default)]
        count: CountMode,
        /// Which orders are looked at: the n-th purchase is the n-th of these.
        #[serde(default)]
        subject: OrderSubject,
    },
    /// From the n-th purchase to the next within a number of days (F2転換率, Fn). Table
    /// `conversion` has for each n and window who reached n, whose window is over, who of these
    /// went on within it, and the rate. Table `conversion_by_cohort` has the second purchase by
    /// month of the first order; its rate is null until every member's window is over (`is_closed` 1).
    Conversion {
        /// The last n; 10 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u32>,
        /// The windows in days; 30, 60, 90, 120, 180 and 360 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within_days: Option<Vec<u32>>,
        /// Only customers whose first purchase has this primary product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// What is one purchase.
        #[serde(default)]
        count: CountMode,
    },
    /// Days from the n-th purchase to the next (リードタイム), those still waiting counted as such.
    /// Tables `curve` (who has gone on by a day, with a 95 % band; a row has the events since the
    /// row before), `quantiles` (days by which 25, 50 and 75 % have gone on), `peak` (the day on
    /// which the next purchase is likeliest, and `send_day` before it), and `lead_time`: closed
    /// gaps alone, in bins of 30 days, which makes them look short.
    DaysToNext {
        /// The n from which days count, 0 for every purchase; 1 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_order: Option<u32>,
        /// Only from purchases with this primary product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// A curve for each of the six largest groups; one of all when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<CurvesBy>,
        /// What is one purchase.
        #[serde(default)]
        count: CountMode,
        /// How many days before the peak to send; 7 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead_days: Option<u32>,
        /// Only gaps of at least so many days, of those still waiting so far. With table `gaps` it
        /// opens a row of `curve`, which counts the days after the row before up to its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days_min: Option<u32>,
        /// Only gaps of at most so many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days_max: Option<u32>,
        /// `lead_time` has customers whose first order is on or after this day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(with = "crate::moment::days::optional")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
        from: Option<NaiveDate>,
        /// `lead_time` has next orders up to this day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(with = "crate::moment::days::optional")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
        to: Option<NaiveDate>,
    },
    /// Retention by month of the first order: who bought in the k-th period after it, and who
    /// bought in it or later (`still`). Rates are null until the period is over for every member
    /// (`is_closed` 1). Tables `cohorts`, and `cohorts_all` of who has had a period (`closed`).
    Cohorts {
        /// How long a period is.
        #[serde(default)]
        period: CohortPeriod,
        /// Days of a period by days; 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period_days: Option<u32>,
        /// The last k; 24 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        periods: Option<u32>,
    },
    /// Customers by level and whether they still buy (CPM分析). Tables `cpm` (the ten groups),
    /// `cpm_bounds` and `cpm_rules` (how they are cut, and by what), `cpm_history` (the groups at
    /// the last twelve month ends), `cpm_transitions` (group some months earlier x group now) and
    /// `cpm_rates` (from a level, active then, to any higher).
    Cpm {
        /// Where the bounds come from; as the settings say when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preset: Option<CpmPreset>,
    },
    /// Named groups of RFM scores. Tables `rfm_groups`, `rfm_segments` (the ten segments of the R
    /// package `rfm`), `rfm_bounds`; with `since` also `rfm_moves` and `rfm_axis_moves`.
    RfmGroups {
        /// Quantiles, or bounds.
        #[serde(default)]
        mode: RfmMode,
        /// For bounds: which; those of the settings when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preset: Option<RfmPreset>,
        /// For bounds: what M is cut by; absent: the average order with a preset, else settings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<RfmAmount>,
        /// An earlier day to compare with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[serde(with = "crate::moment::days::optional")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
        since: Option<NaiveDate>,
    },
    /// Tenths by amount of those who bought in a period. Tables `deciles`, and `large_single`: of
    /// how many in each tenth one order is half of their amount or more.
    DecilePeriod {
        /// Days of the period, its last included; 0: all orders. As in the settings when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// Customers by number of orders and days since the last (LifeCycle Grids). Table `grid`.
    LifecycleGrid {
        /// Least orders of each row but the first, up to 11; as in the settings when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        orders: Option<Vec<u32>>,
        /// Greatest days since the last order of each column but the last; likewise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<Vec<u32>>,
        /// In place of `days`: to where 75 % and 90 % of the gaps between purchases end.
        #[serde(default)]
        fit: bool,
    },
    /// Customers by member rank (会員ランク). Tables `member_ranks` and `member_rank_bounds`.
    MemberRanks,
    /// Who is expected to buy again, how often and for how much: a model of purchases and leaving,
    /// chosen by a holdout, and one of amounts. Tables `forecast` (totals with bounds of 95 %, and
    /// without end, given interest), `forecast_alive` (tenths of the chance to be still there),
    /// `forecast_parameters`, `forecast_models`, `forecast_weeks`, `forecast_classes` (the holdout)
    /// and `forecast_season`. What is absent is as in the settings.
    Forecast {
        /// Which model.
        #[serde(default)]
        model: ForecastModel,
        /// Count periods in which somebody bought, once they are over, in place of purchases;
        /// forecasts are of those that end within the horizon, and BG/BB takes part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<ForecastPeriod>,
        /// In place of `period`: a season of every year, with its early orders, by its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        season: Option<String>,
        /// Whether months may have factors, where these do better in the holdout; not by periods.
        #[serde(default)]
        seasonal: bool,
        /// How far ahead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        horizon_days: Option<u32>,
        /// Yearly interest in basis points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount_rate: Option<u32>,
        /// The part of an amount that is value, in basis points; all of it when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        margin: Option<u32>,
    },
    /// Products by new and repeat buyers (商品別 新規・リピート): buyers, orders, sales, 商品別リピート率,
    /// and what a buyer is worth within a year. Table `product_repeat`.
    ProductRepeat {
        /// When an order's line is new.
        #[serde(default)]
        new: NewLine,
        /// For `window_new`: days without an order before; 365 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        window_days: Option<u32>,
        /// Only purchases of so many days up to the day of the question; all when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
        /// Days from the first purchase of the product that LTV covers; 365 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ltv_days: Option<u32>,
    },
    /// Later purchases of one product by month of the first one (商品別LTV). Tables `product_ltv`,
    /// `product_ltv_by_cohort`.
    ProductLtv {
        /// Code of the product.
        product: Cell,
        /// Days from the first purchase in which later ones count (継続基準日数); 365 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
        /// The last purchase counted, 2 to 20; 6 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purchases: Option<u32>,
    },
    /// Products of the first order, by what their customers did next (入口商品). Tables
    /// `entry_products`, `entry_all`.
    EntryProducts {
        /// Products with fewer customers are left out; 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_customers: Option<u32>,
    },
    /// Which products follow which from order to order, and who stops (購入フロー). Tables
    /// `flow_nodes`, `flow_links`; the product -2 is all that are not among the first of their step.
    PurchaseFlow {
        /// How an order's products count.
        #[serde(default)]
        mode: FlowMode,
        /// Orders followed, 1 to 10; 3 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u32>,
        /// Products of a step that stand on their own; 10 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
        /// Days without an order after which a customer has lapsed; 60 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lapse_days: Option<u32>,
    },
    /// Days from one purchase of a product to the next (使用日数), and what is bought after it. Tables
    /// `product_cycle`, `product_next`.
    ProductCycle {
        /// Days before the median on which to write; 7 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead_days: Option<u32>,
        /// Closed gaps without which nothing is said of a product's days; 5 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_gaps: Option<u32>,
    },
    /// What sells together (クロスセル, 併売). Tables `rules`, `sets`, `baskets`.
    CrossSell {
        /// What a basket is.
        #[serde(default)]
        unit: BasketUnit,
        /// For `customer`: the days up to the day of the question; 180 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        window_days: Option<u32>,
        /// Baskets that must have all products of a set; 5 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_count: Option<u32>,
        /// The share of the baskets that must have them, 0 to 1; 0.001 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_support: Option<f64>,
        /// Rules of a lift of at least this; 1.2 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_lift: Option<f64>,
        /// Products on the left of a rule at most, 1 to 3; 2 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_items: Option<u32>,
        /// Codes of products to leave out: samples, postage.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        exclude: Vec<Cell>,
        /// Only rules with this product on the left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Cell>,
        /// Rules, and sets, at most; 100 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// What customers bring within so many days of their first order (経過日数LTV), in sales and in
    /// margin. Tables `ltv` (a window counts customers whose days are over: `closed`), `ltv_spread`
    /// (mean, median and what the top tenth brings, within the days of the setting `cpa`), and
    /// `costs` (what is known of costs).
    Ltv {
        /// What of the first order makes a group; all together when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<LtvBy>,
        /// Windows in days, 24 at most; those of the settings when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<Vec<u32>>,
        /// Products, media … that are shown each, the rest as one row; 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// By what the first order was like: by how much its customers buy more often and leave sooner
    /// than all others, with bounds (Pareto/NBD with a covariate). Table `effects`.
    Effects {
        /// What makes a group; the medium when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<LtvBy>,
        /// Products, media … that are shown each; 5 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
        /// Days for which a new customer's purchases are expected; as in the settings when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        horizon_days: Option<u32>,
    },
    /// What each medium brought and whether it paid (広告LTV, CPA, ROAS, 許容CPA, 回収), by the
    /// settings `media_costs` and `cpa`. Tables `media`, `media_curve` (LTV every 30 days up to
    /// 720), `costs`.
    Media {
        /// Whose the later orders of a customer are.
        #[serde(default)]
        attribution: Attribution,
        /// Media that are shown each; the rest is one row. 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Who gets coupons, who uses them, and who would have come anyway. Tables `coupons` (by code),
    /// `coupon_orders` (with a coupon and without), `coupon_dependence` (customers by the share of
    /// their orders with a discount), `costs`.
    Coupons {
        /// Days before an order without another, and after it for the next; 90 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        window_days: Option<u32>,
        /// Codes that are shown each; the rest is one row. 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Pieces of a product bought at once, and what a discount by pieces would change (まとめ買い).
    /// Tables `bundle_products`, `bundle_quantities` (six pieces and more together), `bundle_pairs`
    /// (what one customer buys, but seldom in one order), `costs`.
    Bundles {
        /// The discount by pieces; as the settings say when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ladder: Option<Vec<BundleStep>>,
        /// Percent of the orders of one piece that would take the first step; 10 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uplift_percent: Option<u32>,
        /// Products that are shown each, and pairs; 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        top: Option<u32>,
    },
    /// Orders around the amount from which there is no postage (送料無料), and what another would
    /// change. Tables `free_shipping`, `free_shipping_moves`, `free_shipping_bins`,
    /// `free_shipping_left_out`, `costs`.
    FreeShipping {
        /// Today's amount; as the settings say, or found from the orders, when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<i64>,
        /// Amounts to try; up to two bins around today's when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Vec<i64>>,
        /// Percent of the orders just below that fill up; 10 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uplift_percent: Option<u32>,
        /// Width of a bin in minor units; 500 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bin: Option<i64>,
        /// Boxes of contracts count too.
        #[serde(default)]
        contracts: bool,
    },
    /// Shipments by what they are (ギフト比率): gifts, uncertain ones and own use. Tables
    /// `gift_share` by month, `gift_evidence` by what speaks for it, `gift_senders` by kind of
    /// sender (ギフト専用, 併用, 自家需要), `gift_noshi` by what a のし is for, and `review`: the
    /// latest uncertain shipments.
    GiftShare {
        /// Rows of `review`; 100 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// Seasons of gifts by year. Table `gift_seasons`: senders, pairs (sender and recipient),
    /// shipments, and who and which pairs were there in the next year again (シーズン継続率,
    /// 届け先継続率: null until that season is over). Table `own_conversion`: the first order for
    /// own use after the first gift (自家需要転換), by month of the gift.
    GiftSeasons {
        /// Days within which an order for own use is a conversion; the settings' when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversion_days: Option<u32>,
    },
    /// Who sends in one season and in another of the same year (季節跨ぎ). Table `gift_cross`; a
    /// season with itself has all its senders.
    GiftCross,
    /// Pairs of last year's season that are not repeated although its peak has begun (送り忘れ).
    /// Tables `gift_lost`, and `lost_senders`: senders by the amount of their lost pairs, with
    /// recipients by prefecture and first letter alone.
    GiftLost {
        /// Rows of `lost_senders`; 100 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// Whether the first order was a gift or for own use, and the second. Table `gift_flow`.
    GiftFlow,
    /// Recipients of gifts who later ordered themselves, by name and place (受取人の顧客化).
    /// Measured alone: it opens nobody. Table `gift_recipients`.
    GiftRecipients,
    /// Who buys in bulk (ギフト大口・法人). Tables `corporate` by number of reasons,
    /// `corporate_reasons`, `corporate_status` (一般, 準大口, 大口, 特別: now and a year ago), and
    /// the lists `corporate_customers`, `corporate_potential` (who may grow large),
    /// `early_reservations` (whom to ask before a season that comes within 70 days).
    Corporate {
        /// The average order in minor units; the shop's when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        average_order: Option<i64>,
        /// Rows of each list; 100 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// Orders joined by shared e-mail and phone: components by their numbers of keys.
    IdCc,
    /// Possible duplicates for a person to judge (review list of 名寄せ). Answer: `Review`.
    Review {
        /// First pair to return.
        #[serde(default)]
        offset: u32,
        /// How many pairs.
        #[serde(default = "super::choices::hundred")]
        limit: u32,
    },
    /// A list of customers. Answer: `Customers`.
    Customers {
        /// All conditions must hold.
        #[serde(default)]
        filter: Filter,
        /// Column to sort by.
        #[serde(default)]
        sort: CustomerSort,
        /// Smallest first.
        #[serde(default)]
        ascending: bool,
        /// First customer to return.
        #[serde(default)]
        offset: u32,
        /// How many customers.
        #[serde(default = "super::choices::hundred")]
        limit: u32,
    },
    /// Which mail addresses must not be written to any more, because the latest word of somebody
    /// who ordered with them is a withdrawal or a complaint. Answer: `Withdrawn`.
    Withdrawn {
        /// The addresses in question.
        emails: Vec<String>,
    },
    /// Who is in a segment, and what is wrong with its text. Answer: `Segment`.
    Segment {
        /// The segment.
        text: String,
        /// How many customers to show.
        #[serde(default = "super::choices::ten")]
        limit: u32,
    },
    /// How segments overlap. Answer: `SegmentOverlap`.
    SegmentOverlap {
        /// Two to six segments.
        texts: Vec<String>,
    },
    /// What may be written at a place in a segment. Answer: `SegmentWords`.
    SegmentWords {
        /// The segment as far as it is written.
        text: String,
        /// The place, in UTF-16 code units; at the end when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cursor: Option<u32>,
    },
    /// Everything that a segment can ask for. Answer: `SegmentAttributes`.
    SegmentAttributes,
    /// One customer's whole history, with every score and why. Answer: `Customer`.
    Customer {
        /// The key that lists of customers give.
        key: String,
        /// Leaves out what is made of the whole shop: the forecast, the scores of its own bounds
        /// and recommendations. The page then comes sooner.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        brief: bool,
    },
}
