//! The canonical model: what every cart's format is read into.
//!
//! A missing value means that the cart does not say; it is never zero or empty text. Money is in
//! whole minor units of the order's currency (JPY: yen). A fact with a known id replaces the
//! earlier one; nothing is edited in place.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// One purchase act by one buyer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Unique within the shop's book. An order that is sent again under this id replaces itself.
    pub order_id: String,
    /// The number that the buyer sees, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_no: Option<String>,
    /// Sales channel or store front, such as `rakuten`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// When the buyer ordered. An order without it is rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_at: Option<Moment>,
    /// When the cart last changed the order; an older version never replaces a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Moment>,
    /// Where the order stands.
    #[serde(default)]
    pub status: OrderStatus,
    /// The order of which this is a part or a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
    /// ISO 4217; the shop's currency when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether unit prices and amounts include consumption tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_included: Option<bool>,
    /// Consumption tax of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_total: Option<i64>,
    /// Postage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_total: Option<i64>,
    /// Payment and cash-on-delivery fees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_total: Option<i64>,
    /// Discounts on the whole order, as a positive number; line discounts are not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_total: Option<i64>,
    /// Points paid with, in currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points_used: Option<i64>,
    /// What the buyer paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed_total: Option<i64>,
    /// What was paid back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded_total: Option<i64>,
    /// Coupon codes used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<String>,
    /// As the cart names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// Advertising code or medium that brought the order (広告コード, utm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Who ordered.
    #[serde(default)]
    pub buyer: Buyer,
    /// Destinations. Empty when the cart does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shipments: Vec<Shipment>,
    /// What was ordered.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Free words of the buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The shop's own labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Not yet an order (a cart being filled, payment under way). Never counted.
    Draft,
    /// Ordered and not cancelled, whatever its shipping state.
    #[default]
    Open,
    /// Shipped in full.
    Shipped,
    /// Done.
    Completed,
    /// Cancelled by the shop, the buyer or the system. Not counted.
    Cancelled,
    /// Wholly returned. Not counted.
    Returned,
    /// Taken up into another order (同梱). Not counted, and not a cancellation.
    Merged,
}

/// Who ordered, as the order itself says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    /// The cart's own customer number (会員ID).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// As typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// As typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Family and given name with a space between, where known apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in kana, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    /// Company, for 法人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Postcode as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal: Option<String>,
    /// 都道府県.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefecture: Option<String>,
    /// The rest of the address, building included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<String>,
    /// Consent to advertising mail (特定電子メール法), where the cart says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_consent: Option<bool>,
}

/// One destination of one order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shipment {
    /// Unique within the order; lines point to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment_id: Option<String>,
    /// Recipient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Recipient in kana.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    /// Recipient's phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Recipient's postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal: Option<String>,
    /// 都道府県.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefecture: Option<String>,
    /// The rest of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether the cart marks it as a gift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_gift: Option<bool>,
    /// のし, as the cart names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noshi: Option<String>,
    /// Wrapping, as the cart names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrapping: Option<String>,
    /// Words on a message card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Moment>,
}

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Product code: what the analyses group by.
    pub product: String,
    /// Product name as shown on the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Variant (SKU), where products have them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Only goods count; other kinds are kept and left out of the analyses.
    #[serde(default)]
    pub kind: LineKind,
    /// Pieces.
    pub quantity: i64,
    /// Price of one piece.
    pub unit_price: i64,
    /// Line total after line discounts; `quantity x unit_price` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// Cost of one piece, for margin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<i64>,
    /// Consumption tax in basis points: 10 % = 1000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<u32>,
    /// `shipment_id` of its destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment_id: Option<String>,
    /// 定期 contract that made this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<String>,
    /// 定期回数: 1 for the contract's first delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_count: Option<u32>,
    /// The line alone was cancelled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something sold.
    #[default]
    Goods,
    /// Postage.
    Shipping,
    /// Payment fee, wrapping charge and the like.
    Fee,
    /// Discount, with a negative amount.
    Discount,
    /// Tax.
    Tax,
    /// Points, with a negative amount.
    Points,
    /// Put in for nothing (同梱物).
    Enclosed,
}

/// What a shop knows of a customer beside the orders: one row of a customer file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Keys and contact, as in an order.
    pub contact: Buyer,
    /// The shop whose customer number it is, as orders name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// When the customer was registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_at: Option<Moment>,
    /// The shop's own labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// A subscription contract (定期).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Unique within the shop.
    pub contract_id: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub buyer: Buyer,
    /// The shop whose customer number it is, as orders name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: ContractStatus,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Moment>,
    /// When it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Moment>,
    /// Why, in the shop's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel_reason: Option<String>,
    /// Days between deliveries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle_days: Option<u32>,
    /// The next planned delivery, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_ship_date: Option<String>,
}

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContractStatus {
    /// Deliveries go on.
    #[default]
    Active,
    /// Resting, to be resumed.
    Paused,
    /// Payment failed.
    Failed,
    /// Ended by the customer or the shop.
    Cancelled,
    /// Ended as agreed.
    Completed,
}

/// Something that happened to a customer outside an order. Appended, never replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique within the shop: the same event sent twice counts once.
    pub event_id: String,
    /// When.
    pub at: Moment,
    /// Kinds in use: `consent_given`, `consent_withdrawn`, `mail_sent`, `mail_opened`,
    /// `mail_clicked`, `mail_bounced`, `mail_complained`; of contracts `contract_skipped`,
    /// `contract_paused`, `contract_resumed`, `cycle_changed` (`detail`: the new days),
    /// `payment_failed`, `payment_recovered`, `card_expires` (`detail`: `YYYY-MM`),
    /// `cancel_page_viewed`; of customers `complaint`, `coupon_issued` (`detail`: its code),
    /// `line_blocked`, `returned`, `page_viewed`. Others are kept.
    pub kind: String,
    /// The cart's customer number, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The shop whose customer number it is, as orders name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// The address concerned, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The delivery that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_key: Option<String>,
    /// The contract that it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<String>,
    /// More of it, by kind: a coupon's code, a reason, a medium. No personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A person's word on whether two contacts are one customer. It outweighs all other evidence; of
/// several words about the same pair, the latest counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// One contact, as answers show it. Meant are all contacts with the same keys.
    pub a: Buyer,
    /// The other.
    pub b: Buyer,
    /// The shop whose customer number `a` has, if answers show one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_shop: Option<String>,
    /// Likewise of `b`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b_shop: Option<String>,
    /// The word.
    pub verdict: Verdict,
    /// When it was said.
    pub at: Moment,
}

/// What a person says of two contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one person.
    Same,
    /// They are two people.
    Different,
    /// Nothing any more: evidence decides again.
    #[default]
    Open,
}

/// Any fact: one line of an NDJSON file, told apart by `"fact"`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// See [`Order`].
    Order(Order),
    /// See [`Customer`].
    Customer(Customer),
    /// See [`Contract`].
    Contract(Contract),
    /// See [`Event`].
    Event(Event),
    /// See [`Judgement`].
    Judgement(Judgement),
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
