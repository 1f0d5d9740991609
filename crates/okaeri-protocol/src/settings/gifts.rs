//! How a shop tells gifts and those who buy in bulk.

use serde::{Deserialize, Serialize};

/// How gifts are told (ギフト判定): a shipment's score is the sum of what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GiftSettings {
    /// Score from which a shipment is a gift.
    pub gift_score: u32,
    /// Score from which it is uncertain and listed for review.
    pub uncertain_score: u32,
    /// What evidence adds to the score.
    pub weights: GiftWeights,
    /// Orders without any mark of a gift after which a destination is the orderer's own; 0: never.
    pub own_orders: u32,
    /// Months up to the day of the question whose shipments tell what kind of sender a customer is.
    pub sender_months: u32,
    /// Percent of gifts among a customer's shipments from which it is ギフト専用.
    pub only_percent: u32,
    /// Percent from which it is 併用; below, 自家需要.
    pub both_percent: u32,
    /// Days after the first gift within which an order for own use is a conversion (自家需要転換).
    pub conversion_days: u32,
    /// Codes of products for gifts, beside those whose names have a gift word.
    pub products: Vec<String>,
    /// Seasons of the shop's own, beside the common ones.
    pub seasons: Vec<GiftSeason>,
    /// Who buys in bulk (法人・大口).
    pub corporate: CorporateSettings,
}

impl Default for GiftSettings {
    fn default() -> Self {
        GiftSettings {
            gift_score: 60,
            uncertain_score: 40,
            weights: GiftWeights::default(),
            own_orders: 3,
            sender_months: 24,
            only_percent: 80,
            both_percent: 20,
            conversion_days: 180,
            products: Vec::new(),
            seasons: Vec::new(),
            corporate: CorporateSettings::default(),
        }
    }
}

/// What evidence adds to the score of a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GiftWeights {
    /// The cart's mark, のし, wrapping or a message card; counts once.
    pub explicit: u32,
    /// It goes to another place than the orderer's.
    pub address: u32,
    /// The recipient has another family name.
    pub surname: u32,
    /// The order has several destinations.
    pub several: u32,
    /// A product for gifts.
    pub product: u32,
    /// Ordered in the peak of a season.
    pub season: u32,
    /// A gift word in the buyer's note.
    pub word: u32,
    /// Taken off where the destination is as good as the orderer's own.
    pub own: u32,
}

impl Default for GiftWeights {
    fn default() -> Self {
        GiftWeights {
            explicit: 100,
            address: 40,
            surname: 20,
            several: 20,
            product: 15,
            season: 10,
            word: 20,
            own: 40,
        }
    }
}

/// A season of the shop's own: either the days of orders, or a weekday that gifts are for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GiftSeason {
    /// Its name.
    pub name: String,
    /// First day of orders as `[month, day]`.
    pub from: Option<[u32; 2]>,
    /// Last day of orders; before `from` it is in the next year.
    pub to: Option<[u32; 2]>,
    /// `[month, n, weekday]`: the n-th weekday of a month, 0 for Sunday. Orders count from 30 to
    /// 3 days before it.
    pub weekday: Option<[u32; 3]>,
}

/// Who buys in bulk (ギフト大口・法人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CorporateSettings {
    /// With a company's name: average orders that make an order large.
    pub order_times: u32,
    /// With a company's name: pieces that make an order large.
    pub order_pieces: u32,
    /// Destinations of one order.
    pub order_destinations: u32,
    /// Destinations of 12 months.
    pub year_destinations: u32,
    /// Reasons that make a corporate customer.
    pub reasons: u32,
    /// Average orders in 12 months that make one without reasons.
    pub year_times: u32,
    /// Destinations of 12 months from which a customer is 準大口, 大口 and 特別.
    pub ladder: [u32; 3],
    /// Amount of 12 months from which a customer is 特別, in minor units.
    pub special_amount: i64,
    /// Destinations in a first season, or after growth, that promise a large customer.
    pub potential_destinations: u32,
    /// Destinations in percent of the same season of the year before that promise one.
    pub growth_percent: u32,
    /// Words of payment methods that mean an invoice.
    pub invoice_words: Vec<String>,
    /// Mail domains of free mail and carriers, with all below them.
    pub private_domains: Vec<String>,
}

/// Free mail and carriers that Japanese shops meet; the list is ours.
const PRIVATE_DOMAINS: [&str; 29] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.co.jp",
    "yahoo.ne.jp",
    "ymail.ne.jp",
    "yahoo.com",
    "ymail.com",
    "hotmail.com",
    "hotmail.co.jp",
    "outlook.com",
    "outlook.jp",
    "live.jp",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "au.com",
    "softbank.ne.jp",
    "i.softbank.jp",
    "vodafone.ne.jp",
    "rakuten.jp",
    "nifty.com",
    "biglobe.ne.jp",
    "ocn.ne.jp",
    "so-net.ne.jp",
    "plala.or.jp",
];

impl Default for CorporateSettings {
    fn default() -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        CorporateSettings {
            order_times: 5,
            order_pieces: 20,
            order_destinations: 5,
            year_destinations: 10,
            reasons: 3,
            year_times: 20,
            ladder: [10, 30, 100],
            special_amount: 1_000_000,
            potential_destinations: 3,
            growth_percent: 200,
            invoice_words: texts(&["請求書", "掛け払い", "掛払い", "掛売", "invoice"]),
            private_domains: texts(&PRIVATE_DOMAINS),
        }
    }
}
