//! The shape of every type that is read: its fields, those that must be there, its words.
//!
//! A field that is left out of a list, or a variant, does not compile.

use super::{Fields, Read, Reader};
use crate::facts::{
    Buyer, Contract, ContractStatus, Customer, Event, Fact, Judgement, Line, LineKind, Order,
    OrderStatus, Shipment, Verdict,
};
use crate::filter::{Condition, Filter};
use crate::plan::{Channel, PlanRequest, Template};
use crate::request::{
    Ask, Attribution, BasketUnit, Call, CohortPeriod, ContractUnit, CountMode, CurvesBy,
    CustomerSort, FlowMode, ForecastModel, ForecastPeriod, Format, Load, LtvBy, NewLine,
    OrderSubject, Question, RfmAmount, RfmMode, RfmPreset, Scope, ShardRows,
};
use crate::settings::{
    BundleStep, CorporateSettings, CpaSettings, CpmLevel, CpmPreset, CpmRule, CpmSettings,
    CustomerNumbers, Demotion, ForecastSettings, GiftSeason, GiftSettings, GiftWeights,
    IdentityRule, LifecycleBounds, LtvSettings, MarginSettings, MediaCost, MemberRank, PinnedRank,
    RankBasis, RankEvaluation, RankPeriod, RankPlan, RfmBounds, RiskSettings, Settings,
};
use crate::table::Cell;

/// A struct: what is absent is as in its default.
macro_rules! object {
    ($type:ident { $($field:ident),* } $(needs $($needed:ident),+)?) => {
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                const FIELDS: Fields = Fields {
                    names: &[$(stringify!($field)),*],
                    needed: &[$($(stringify!($needed)),+)?],
                };
                let mut value = $type::default();
                let $type { $($field),* } = &mut value;
                reader.object(&FIELDS, &mut [$($field),*])?;
                Some(value)
            }
        }
    };
}

/// An enum of words.
macro_rules! words {
    ($type:ident { $($word:literal => $variant:ident),* }) => {
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                const _: fn($type) = |all| match all { $($type::$variant => ()),* };
                let index = reader.word(&[$($word),*])?;
                [$($type::$variant),*].get(index).copied()
            }
        }
    };
}

/// An enum whose kind is told by a member.
macro_rules! tagged {
    ($type:ident by $tag:literal { $($word:literal => $variant:ident $shape:tt $(needs $($needed:ident),+)?;)* }) => {
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                const _: fn(&$type) = |all| match all { $($type::$variant { .. } => ()),* };
                const WORDS: &[&str] = &[$($word),*];
                let word = reader.tag($tag, WORDS).and_then(|index| WORDS.get(index).copied())?;
                match word {
                    $($word => variant!(reader, $type, $variant, $shape, [$($($needed),+)?]),)*
                    _ => None,
                }
            }
        }
    };
}

/// One kind: a type of its own, or fields with what stands for them when they are absent.
macro_rules! variant {
    ($reader:ident, $type:ident, $variant:ident, ($inner:ty), []) => {
        <$inner>::read($reader).map($type::$variant)
    };
    ($reader:ident, $type:ident, $variant:ident, { $($field:ident $(= $absent:expr)?),* }, [$($needed:ident),*]) => {{
        const FIELDS: Fields = Fields {
            names: &[$(stringify!($field)),*],
            needed: &[$(stringify!($needed)),*],
        };
        #[allow(unused_mut, reason = "a variant without fields")]
        let mut value = $type::$variant { $($field: absent!($($absent)?)),* };
        if let $type::$variant { $($field),* } = &mut value {
            $reader.object(&FIELDS, &mut [$($field),*])?;
        }
        Some(value)
    }};
}

macro_rules! absent {
    () => {
        Default::default()
    };
    ($absent:expr) => {
        $absent
    };
}

object! { Order {
    order_id, order_no, shop, ordered_at, updated_at, status, parent_id, currency, tax_included,
    tax_total, shipping_total, fee_total, discount_total, points_used, billed_total,
    refunded_total, coupons, payment_method, media, buyer, shipments, lines, note, tags
} needs order_id }
object! { Buyer {
    customer_id, email, phone, name, name_kana, company, postal, prefecture, address, birth,
    mail_consent
} }
object! { Shipment {
    shipment_id, name, name_kana, phone, postal, prefecture, address, is_gift, noshi, wrapping,
    message, shipped_at
} }
object! { Line {
    product, name, sku, kind, quantity, unit_price, amount, unit_cost, tax_rate, shipment_id,
    contract_id, contract_count, cancelled
} needs product, quantity, unit_price }
object! { Customer { contact, shop, registered_at, tags } needs contact }
object! { Contract {
    contract_id, buyer, shop, status, started_at, cancelled_at, cancel_reason, cycle_days, next_ship_date
} needs contract_id }
object! { Event {
    event_id, at, kind, customer_id, shop, email, delivery_key, contract_id, detail
} needs event_id, at, kind }
object! { Judgement { a, b, a_shop, b_shop, verdict, at } needs a, b, verdict, at }
object! { Load { format, columns, mapping, more, lines_hint, keys, shard } needs format }
object! { ShardRows { index, rows } needs index, rows }
object! { Ask { as_of, compare, scope, question } needs as_of, question }
object! { PlanRequest { as_of, campaign, filter, channel, template, offset, limit }
needs as_of, campaign, template }
object! { Template { subject, text, html } needs subject, text }
object! { Settings {
    time_zone, currency, identity, customer_numbers, identity_blocklist, count_zero_amount, lifecycle, rfm,
    cpm, member_ranks, decile_days, forecast, churn_risk, ltv_ranks, margin, ltv_days, cpa, media_costs, bundle_ladder, free_shipping,
    gift, basket_products_max
} }
object! { GiftSettings {
    gift_score, uncertain_score, weights, own_orders, sender_months, only_percent, both_percent,
    conversion_days, products, seasons, corporate
} }
object! { GiftWeights { explicit, address, surname, several, product, season, word, own } }
object! { GiftSeason { name, from, to, weekday } needs name }
object! { CorporateSettings {
    order_times, order_pieces, order_destinations, year_destinations, reasons, year_times, ladder,
    special_amount, potential_destinations, growth_percent, invoice_words, private_domains
} }
object! { LifecycleBounds { promising_orders, constant_orders, active_days, drowsy_days } }
object! { ForecastSettings { horizon_days, discount_rate, margin } }
object! { MarginSettings { gross_margin, points_by_shop } }
object! { CpaSettings { horizon_days, target_profit_share, service_cost } }
object! { MediaCost { media, from, to, cost } needs media, from, to, cost }
object! { BundleStep { pieces, percent } needs pieces, percent }
object! { RiskSettings {
    cancel_page, payment_failed, skips, cycle_longer, peak_cycle, complaint, card_expires, silent,
    blocked, restarted, returned, high, medium, page_days, recent_days, change_days, silent_days,
    peak_percent, peak_contracts, min_events, min_auc_percent
} }
object! { LtvSettings {
    high_amount, high_forecast, high_cycles, high_cycles_amount, potential_forecast,
    potential_interval_days, potential_recency_days
} }
object! { RfmBounds { recency_days, orders, amount } }
object! { CpmSettings {
    preset, steady_days, loyal_days, lapse_days, amount, rules, transition_months, targets
} }
object! { CpmRule { level, orders, tenure_days, amount } needs level }
object! { RankPlan {
    basis, period, window_days, year_from, evaluate, lowest, ranks, keep_percent, demote, grace_days,
    carry_over_years, include_shipping, pinned, outlook_days
} }
object! { MemberRank { name, amount, average_orders, orders, keep_amount, keep_orders } needs name }
object! { PinnedRank { customer, rank } needs customer, rank }

words! { OrderStatus {
    "draft" => Draft, "open" => Open, "shipped" => Shipped, "completed" => Completed,
    "cancelled" => Cancelled, "returned" => Returned, "merged" => Merged
} }
words! { LineKind {
    "goods" => Goods, "shipping" => Shipping, "fee" => Fee, "discount" => Discount, "tax" => Tax,
    "points" => Points, "enclosed" => Enclosed
} }
words! { ContractStatus {
    "active" => Active, "paused" => Paused, "failed" => Failed, "cancelled" => Cancelled,
    "completed" => Completed
} }
words! { Verdict { "same" => Same, "different" => Different, "open" => Open } }
words! { Format {
    "arrow_lines" => ArrowLines, "arrow_customers" => ArrowCustomers, "json" => Json,
    "ndjson" => Ndjson, "csv" => Csv
} }
words! { CpmPreset {
    "ltv_lab" => LtvLab, "seven_aov" => SevenAov, "fit" => Fit, "own" => Own
} }
words! { CpmLevel {
    "first" => First, "toddler" => Toddler, "steady" => Steady, "trend" => Trend, "loyal" => Loyal
} }
words! { RankBasis {
    "amount" => Amount, "orders" => Orders, "either" => Either, "both" => Both
} }
words! { RankEvaluation {
    "nightly" => Nightly, "month_ends" => MonthEnds, "year_ends" => YearEnds
} }
words! { Demotion { "never" => Never, "one_step" => OneStep, "to_earned" => ToEarned } }
words! { RankPeriod { "rolling" => Rolling, "year" => Year } }
words! { RfmPreset { "general" => General, "consumable" => Consumable } }
words! { RfmAmount { "aov" => Aov, "settings" => Settings } }
words! { RfmMode { "quantile" => Quantile, "threshold" => Threshold } }
words! { NewLine {
    "store_first" => StoreFirst, "product_first" => ProductFirst, "window_new" => WindowNew,
    "media_first" => MediaFirst
} }
words! { FlowMode { "primary" => Primary, "sets" => Sets } }
words! { BasketUnit { "customer" => Customer, "order" => Order } }
words! { ContractUnit { "contract" => Contract, "customer" => Customer } }
words! { Scope { "all" => All, "own" => Own, "gift" => Gift } }
words! { CountMode { "days" => Days, "orders" => Orders } }
words! {
    OrderSubject { "all" => All, "one_time" => OneTime, "subscription" => Subscription }
}
words! { CurvesBy { "product" => Product, "month" => Month, "shop" => Shop } }
words! { LtvBy {
    "month" => Month, "product" => Product, "media" => Media, "coupon" => Coupon, "gift" => Gift,
    "prefecture" => Prefecture, "subscription" => Subscription
} }
words! { Attribution { "first" => First, "order" => Order } }
words! { CohortPeriod { "days" => Days, "months" => Months } }
words! { ForecastModel {
    "best" => Best, "bg_nbd" => BgNbd, "mbg_nbd" => MbgNbd, "pareto_nbd" => ParetoNbd,
    "bg_bb" => BgBb
} }
words! { ForecastPeriod { "month" => Month, "quarter" => Quarter, "year" => Year } }
words! { CustomerSort {
    "amount" => Amount, "orders" => Orders, "first_day" => FirstDay, "last_day" => LastDay,
    "forecast" => Forecast, "alive" => Alive, "key" => Key
} }
words! { CustomerNumbers { "shop" => Shop, "book" => Book } }
words! { Channel { "mail" => Mail } }
words! { IdentityRule {
    "auto" => Auto, "customer_id" => CustomerId, "email" => Email,
    "email_else_phone" => EmailElsePhone, "email_and_phone" => EmailAndPhone, "tiers" => Tiers
} }

impl Read for Filter {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Vec::read(reader).map(Filter)
    }
}

tagged! { Fact by "fact" {
    "order" => Order(Order);
    "customer" => Customer(Customer);
    "contract" => Contract(Contract);
    "event" => Event(Event);
    "judgement" => Judgement(Judgement);
} }

tagged! { Call by "call" {
    "about" => About {};
    "configure" => Configure { settings } needs settings;
    "load" => Load(Load);
    "cancel" => Cancel {};
    "ask" => Ask(Box<Ask>);
    "plan" => Plan(Box<PlanRequest>);
    "shards" => Shards { count } needs count;
    "standings" => Standings { question = Question::Summary } needs question;
    "partial" => Partial { as_of, scope, question = Question::Dashboard { top: None }, standing } needs as_of;
    "finish" => Finish { parts, compare, question = Question::Summary, standing } needs parts, question;
    "reset" => Reset {};
} }

tagged! { Question by "kind" {
    "dashboard" => Dashboard { top };
    "summary" => Summary {};
    "counts" => Counts {};
    "shops" => Shops {};
    "rfm" => Rfm { mode };
    "cells" => Cells {};
    "months" => Months {};
    "products" => Products {};
    "cohort" => Cohort {};
    "f2" => F2 {};
    "f2hist" => F2hist {};
    "f2prod" => F2prod {};
    "flow" => Flow { top };
    "flow12" => Flow12 { top };
    "pairs_order" => PairsOrder { top };
    "pairs_customer" => PairsCustomer { top };
    "decile" => Decile {};
    "steps" => Steps { lapse_days, steps, product, count, subject };
    "conversion" => Conversion { steps, within_days, product, count };
    "days_to_next" => DaysToNext { from_order, product, by, count, lead_days, days_min, days_max, from, to };
    "cohorts" => Cohorts { period, period_days, periods };
    "cpm" => Cpm { preset };
    "rfm_groups" => RfmGroups { mode, preset, amount, since };
    "decile_period" => DecilePeriod { days };
    "lifecycle_grid" => LifecycleGrid { orders, days, fit };
    "member_ranks" => MemberRanks {};
    "contract_flow" => ContractFlow { unit, product, months, cycles };
    "contract_retention" => ContractRetention {
        product, months, ahead, cutoff, discount_rate, products
    };
    "contract_churn" => ContractChurn { product, months };
    "churn_risk" => ChurnRisk { limit };
    "ltv_ranks" => LtvRanks { forecast };
    "forecast" => Forecast { model, period, season, seasonal, horizon_days, discount_rate, margin };
    "product_repeat" => ProductRepeat { new, window_days, days, ltv_days };
    "product_ltv" => ProductLtv { product = Cell::None, days, purchases } needs product;
    "entry_products" => EntryProducts { min_customers };
    "purchase_flow" => PurchaseFlow { mode, steps, top, lapse_days };
    "product_cycle" => ProductCycle { lead_days, min_gaps };
    "cross_sell" => CrossSell {
        unit, window_days, min_count, min_support, min_lift, max_items, exclude, product, limit
    };
    "ltv" => Ltv { by, days, top };
    "effects" => Effects { by, top, horizon_days };
    "media" => Media { attribution, top };
    "coupons" => Coupons { window_days, top };
    "bundles" => Bundles { ladder, uplift_percent, top };
    "free_shipping" => FreeShipping { threshold, to, uplift_percent, bin, contracts };
    "gift_share" => GiftShare { limit };
    "gift_seasons" => GiftSeasons { conversion_days };
    "gift_cross" => GiftCross {};
    "gift_lost" => GiftLost { limit };
    "gift_flow" => GiftFlow {};
    "gift_recipients" => GiftRecipients {};
    "corporate" => Corporate { average_order, limit };
    "id_cc" => IdCc {};
    "review" => Review { offset, limit = 100 };
    "customers" => Customers { filter, sort, ascending, offset, limit = 100 };
    "withdrawn" => Withdrawn { emails } needs emails;
    "segment" => Segment { text, limit = 10 } needs text;
    "segment_overlap" => SegmentOverlap { texts } needs texts;
    "segment_words" => SegmentWords { text, cursor } needs text;
    "segment_attributes" => SegmentAttributes {};
    "customer" => Customer { key, brief } needs key;
} }

tagged! { Condition by "in" {
    "cells" => Cells { freq, rec };
    "rfm" => Rfm { mode, r, f, m };
    "decile" => Decile { decile } needs decile;
    "orders" => Orders { min, max };
    "amount" => Amount { min, max };
    "shops" => Shops { n_shops } needs n_shops;
    "months" => Months { month, is_new } needs month;
    "cohort" => Cohort { cohort, k } needs cohort;
    "last_day" => LastDay { from, to };
    "f2" => F2 { converted, days_min, days_max } needs converted;
    "products" => Products { product = Cell::None, repeated } needs product;
    "flow" => Flow { p1, p2, p3 };
    "pairs_customer" => PairsCustomer { a = Cell::None, b = Cell::None } needs a, b;
    "mailable" => Mailable {};
    "text" => Text { contains } needs contains;
    "report" => Report { question, table, key, measure } needs question, table;
    "segment" => Segment { text, id };
    "keys" => Keys { keys } needs keys;
} }
