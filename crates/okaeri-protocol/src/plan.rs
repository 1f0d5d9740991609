//! Who is told what: deliveries as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::request::{CustomerSort, Question};

/// A group, a channel and a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// As in [`crate::request::Call::Ask`].
    #[serde(with = "crate::moment::days")]
    #[cfg_attr(feature = "schema", schemars(with = "NaiveDate"))]
    pub as_of: NaiveDate,
    /// Names the campaign; part of every delivery's key, so that a campaign reaches a customer
    /// once however often it is planned.
    pub campaign: String,
    /// Who.
    #[serde(default)]
    pub filter: Filter,
    /// How.
    #[serde(default)]
    pub channel: Channel,
    /// What.
    pub template: Template,
    /// First delivery to return; those before it are only counted.
    #[serde(default)]
    pub offset: u32,
    /// How many deliveries to render.
    #[serde(default = "thousand")]
    pub limit: u32,
}

impl Default for PlanRequest {
    /// What stands for fields that are absent.
    fn default() -> Self {
        PlanRequest {
            as_of: NaiveDate::default(),
            campaign: String::new(),
            filter: Filter::default(),
            channel: Channel::default(),
            template: Template::default(),
            offset: 0,
            limit: thousand(),
        }
    }
}

impl PlanRequest {
    /// The list of those whom it means, without any of them on it: what a plan needs to know of
    /// the shop, this needs too.
    pub fn listed(&self) -> Question {
        Question::Customers {
            filter: self.filter.clone(),
            sort: CustomerSort::default(),
            ascending: false,
            offset: 0,
            limit: 0,
        }
    }
}

fn thousand() -> u32 {
    1000
}

/// How a delivery travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    #[default]
    Mail,
}

/// Texts with placeholders in minijinja's syntax: `{{ customer.name }} 様`.
///
/// At hand: `customer` (`key`, `name`, `email`, `orders`, `amount`, `first_day`, `last_day`,
/// `recency_days`, `prefecture`), `as_of`, `shop.name`, and `unsubscribe_url`, which the host
/// fills in when it sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Subject line.
    pub subject: String,
    /// Plain text body.
    pub text: String,
    /// HTML body; values are escaped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// What the host replaces by the address of the unsubscribe page. A preview shows it as it is.
pub const UNSUBSCRIBE_URL_MARK: &str = "https://unsubscribe.invalid/";

/// The deliveries due, and for everyone left out, why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Customers who match the filter. Equals `to_send` and all counts of `left_out`.
    pub matched: u64,
    /// Deliveries in the whole plan.
    pub to_send: u64,
    /// This page of them, ascending by customer key.
    pub deliveries: Vec<Delivery>,
    /// Why the others get nothing.
    pub left_out: Vec<LeftOut>,
}

/// One message to one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delivery {
    /// `campaign/customer`: the same for every plan of the campaign.
    pub key: String,
    /// How.
    pub channel: Channel,
    /// Key of the customer.
    pub customer: String,
    /// Address.
    pub to: String,
    /// Rendered.
    pub content: Content,
    /// Why this customer is in: the conditions that held, in the words of the filter.
    pub because: Vec<String>,
}

/// A rendered message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Content {
    /// Subject line, without line breaks.
    pub subject: String,
    /// Plain text body.
    pub text: String,
    /// HTML body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// Customers who match and get nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// The reason.
    pub reason: LeftOutReason,
    /// How many.
    pub count: u64,
    /// Keys of the first hundred of them.
    pub customers: Vec<String>,
}

/// Why a customer gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// No address is known.
    NoAddress,
    /// The address cannot be mailed (malformed, or a mall's masked alias).
    BadAddress,
    /// No consent to advertising mail is on record.
    NoConsent,
    /// Consent was withdrawn.
    Withdrawn,
    /// Another customer of this plan has the same address.
    SameAddress,
}
