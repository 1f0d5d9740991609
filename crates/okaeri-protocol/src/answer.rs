//! Answers.

use serde::{Deserialize, Serialize};

use crate::named::Named;
use crate::plan::Plan;
use crate::segment::{Segment, SegmentAttributes, SegmentOverlap, SegmentWords};
use crate::settings::IdentityRule;
use crate::table::Table;

/// What every call answers: an answer with notes, or an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", untagged)]
pub enum Reply {
    /// It worked.
    Answer {
        /// The answer.
        answer: Answer,
        /// What was left out or assumed.
        notes: Vec<Note>,
    },
    /// It did not; nothing was changed.
    Error {
        /// Why.
        error: CallError,
    },
}

/// Why a call failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallError {
    /// What a program branches on.
    pub code: ErrorCode,
    /// What a person reads: lowercase, says what to do.
    pub message: String,
    /// Where in the call, as a path such as `question.top` or `row 12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Where in the text that `at` names: the first UTF-16 code unit, and one past the last. Texts
    /// of segments have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
    /// What could stand there instead, or what there is to choose from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// Kinds of errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The frame or its JSON is malformed, or names something unknown.
    #[default]
    BadCall,
    /// The payload is not what `format` says, or cannot be read at all.
    BadData,
    /// The file's columns are of no known cart; a mapping is needed.
    UnknownFormat,
    /// A setting is out of its range.
    BadSetting,
    /// A template cannot be rendered.
    BadTemplate,
    /// There is no such customer.
    NotFound,
    /// More than this instance can hold.
    TooLarge,
}

/// Something that a reader of the answer should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// For programs and translations, such as `left_out_cancelled`.
    pub code: String,
    /// How many orders, customers or rows it concerns.
    pub count: u64,
    /// In English.
    pub message: String,
}

/// An answer, told by `"is"`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Answer {
    /// Nothing to say beyond success.
    Done,
    /// See [`About`].
    About(About),
    /// See [`Loaded`].
    Loaded(Loaded),
    /// See [`Tables`].
    Tables(Tables),
    /// See [`Customers`].
    Customers(Customers),
    /// See [`CustomerPage`].
    Customer(Box<CustomerPage>),
    /// See [`Review`].
    Review(Review),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
    /// See [`Plan`].
    Plan(Plan),
    /// See [`Shards`].
    Shards(Shards),
    /// See [`Standings`].
    Standings(Standings),
    /// See [`Segment`].
    Segment(Box<Segment>),
    /// See [`SegmentOverlap`].
    SegmentOverlap(SegmentOverlap),
    /// See [`SegmentWords`].
    SegmentWords(SegmentWords),
    /// See [`SegmentAttributes`].
    SegmentAttributes(Box<SegmentAttributes>),
}

/// What a module is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// [`crate::ABI_VERSION`].
    pub abi: u32,
    /// Version of Okaeri.
    pub version: String,
    /// Facts held.
    pub orders: u64,
    /// Order lines held.
    pub lines: u64,
    /// Contracts held.
    pub contracts: u64,
    /// Events held.
    pub events: u64,
}

/// What became of a load, counted over all its calls so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Loaded {
    /// The format that was recognised, such as `next_engine`.
    pub format: String,
    /// Rows (or JSON items) read.
    pub rows: u64,
    /// Orders taken in, those that replaced an earlier version included.
    pub orders: u64,
    /// Lines taken in.
    pub lines: u64,
    /// Customers, contracts, events that were not known, and judgements taken in.
    pub others: u64,
    /// Contracts among them.
    pub contracts: u64,
    /// Events among them.
    pub events: u64,
    /// Orders that replaced an earlier version.
    pub replaced: u64,
    /// Orders passed over because a newer version was there.
    pub stale: u64,
    /// Rows refused. An order with a refused row is taken in without that row.
    pub rejected_count: u64,
    /// The first thousand of them.
    pub rejected: Vec<Rejected>,
    /// Columns of an Arrow stream or of Okaeri's own CSV whose names are none of ours, so that
    /// they were passed over: the first hundred. A misspelt name is here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

/// A refused row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rejected {
    /// 1 is the first row of data; 0 when the row cannot be told.
    pub row: u64,
    /// Column, as the file names it.
    pub column: String,
    /// What a program branches on, such as `not_a_number`.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

/// What a shard must be told of the whole shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Standings {
    /// Names. The same name on the same day and in the same scope is the same standing, whatever
    /// the question, until facts or settings change.
    pub names: Vec<String>,
}

/// Tables by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tables {
    /// The day of the question.
    pub as_of: String,
    /// The tables. Names and columns are listed in ARCHITECTURE.md.
    pub tables: Named<Table>,
    /// Names of products that occur in the tables, by their code, where known.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub product_names: Named<String>,
}

/// A page of a list of customers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Customers {
    /// The day of the question.
    pub as_of: String,
    /// Customers who match.
    pub total: u64,
    /// Sum of their amounts.
    pub amount: i64,
    /// Those of them who can be sent advertising mail.
    pub mailable: u64,
    /// This page.
    pub customers: Vec<CustomerRow>,
}

/// One customer in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomerRow {
    /// Names the customer in further questions.
    pub key: String,
    /// As on the latest order that has one.
    pub name: Option<String>,
    /// Likewise.
    pub email: Option<String>,
    /// Likewise.
    pub phone: Option<String>,
    /// Likewise.
    pub prefecture: Option<String>,
    /// Number of orders.
    pub orders: u32,
    /// Sum of their amounts.
    pub amount: i64,
    /// `YYYY-MM-DD`.
    pub first_day: String,
    /// `YYYY-MM-DD`.
    pub last_day: String,
    /// Days from the last order to `as_of`.
    pub recency_days: i32,
    /// Row and column of the lifecycle matrix.
    pub cell: [u8; 2],
    /// RFM scores by quantile.
    pub rfm: [u8; 3],
    /// 1 is the tenth that spent most.
    pub decile: u8,
    /// Can be sent advertising mail.
    pub mailable: bool,
    /// What is expected of the customer; on the customer's page, and in lists that are sorted by
    /// it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<CustomerForecast>,
}

/// What is expected of a customer. Bounds are of 95 %.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomerForecast {
    /// How far ahead, in days.
    pub horizon_days: u32,
    /// The chance that the customer is still with the shop.
    pub alive: f64,
    /// Purchases within the horizon.
    pub purchases: f64,
    /// At least so many.
    pub purchases_low: f64,
    /// At most so many.
    pub purchases_high: f64,
    /// Their worth.
    pub value: i64,
    /// At least so much.
    pub value_low: i64,
    /// At most so much.
    pub value_high: i64,
    /// Purchases within the horizon, later ones worth less (DET).
    pub discounted_purchases: f64,
    /// All later purchases without end, later ones worth less (DERT); absent without interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual_purchases: Option<f64>,
    /// Their worth: the residual lifetime value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual_value: Option<i64>,
    /// The chance that the customer never buys again.
    pub never: f64,
    /// If there is a next purchase: the day that it comes before as likely as after.
    pub next_day: Option<String>,
    /// It comes no sooner.
    pub next_low: Option<String>,
    /// It comes no later.
    pub next_high: Option<String>,
}

/// One customer's whole history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomerPage {
    /// The day of the question.
    pub as_of: String,
    /// As in the list.
    pub summary: CustomerRow,
    /// RFM scores by threshold.
    pub rfm_threshold: [u8; 3],
    /// Every score with its reason.
    pub why: Vec<Why>,
    /// Contacts under which the customer ordered, latest first.
    pub contacts: Vec<Contact>,
    /// Why these contacts are one person.
    pub links: Vec<Link>,
    /// Whom a person judged to be somebody else; side `a` is this customer.
    pub apart: Vec<Link>,
    /// Subscription contracts, those first that began last.
    pub contracts: Vec<crate::facts::Contract>,
    /// Events up to the day, latest first.
    pub events: Vec<crate::facts::Event>,
    /// Orders, latest first; those that do not count are marked.
    pub orders: Vec<OrderRow>,
    /// What the customer is due to buy again: its days of use are over, surest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<DueAgain>,
    /// What the customer may want next, surest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommended: Vec<Recommended>,
}

/// A product that a customer is due to buy again: it was last bought as long ago as it lasts, but
/// not three times as long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DueAgain {
    /// Product code.
    pub product: crate::table::Cell,
    /// Its name, if known.
    pub name: Option<String>,
    /// The day of the last purchase of it.
    pub last_day: String,
    /// Days since then.
    pub days: i64,
    /// Days that it lasts: the median of gaps between purchases of it.
    pub cycle_days: i64,
    /// How many gaps say so.
    pub gaps: u32,
    /// Whether they are the customer's own, of which there are two or more; else everybody's.
    pub own: bool,
}

/// A product that a customer may want next: of those who bought what this customer has, many
/// bought it within half a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recommended {
    /// Product code.
    pub product: crate::table::Cell,
    /// Its name, if known.
    pub name: Option<String>,
    /// Codes of the products that the customer has and that speak for it.
    pub because: Vec<crate::table::Cell>,
    /// Customers who bought those and it.
    pub customers: u32,
    /// Customers who bought those.
    pub of: u32,
    /// The one by the other (信頼度).
    pub confidence: f64,
    /// Lower bound of its 95 % interval.
    pub confidence_low: f64,
    /// How many times as often as among all customers.
    pub lift: f64,
}

/// Why a score is what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Why {
    /// Which score: `cell`, `rfm_quantile`, `rfm_threshold`, `decile`, `mailable`, `cpm`,
    /// `member_rank`, `ltv_rank`, `churn_risk`. A score with several reasons is there several times.
    pub score: String,
    /// Its value.
    pub value: String,
    /// The rule that fired, such as `recency_days`.
    pub rule: String,
    /// The customer's own figure.
    pub figure: i64,
    /// Least figure that gives this value, if bounded.
    pub from: Option<i64>,
    /// Greatest figure that gives this value, if bounded.
    pub to: Option<i64>,
}

/// A contact as it stood on orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// As typed.
    pub buyer: crate::facts::Buyer,
    /// Orders with exactly this contact.
    pub orders: u32,
}

/// Evidence that two contacts are one person, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// One contact.
    pub a: Side,
    /// The other.
    pub b: Side,
    /// 0 customer number or a person's judgement, 1 e-mail, 2 phone and kana, 3 kana and address, 4 for review.
    pub tier: u8,
    /// What agrees, such as `email`.
    pub evidence: String,
    /// What kept a review pair apart, such as `birth_differs`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_by: Option<String>,
}

/// One of two contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// The first order that came under it; none when it is known from other facts alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Key of the customer whose it is; none when it identifies nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// As typed; this is how a judgement names it.
    pub contact: crate::facts::Buyer,
    /// The shop whose customer number it has, where numbers are told apart by shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
}

/// One order of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderRow {
    /// Order id.
    pub order_id: String,
    /// Shop, if the cart says.
    pub shop: Option<String>,
    /// Local time, `YYYY-MM-DDThh:mm:ss`.
    pub ordered_at: String,
    /// Status.
    pub status: crate::facts::OrderStatus,
    /// 1 for the first counted order, 0 when it does not count.
    pub seq: u32,
    /// Amount of its goods.
    pub amount: i64,
    /// Whether any destination is marked as a gift.
    pub is_gift: bool,
    /// Destinations.
    pub shipments: u32,
    /// Lines.
    pub lines: Vec<LineRow>,
}

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineRow {
    /// Product code.
    pub product: String,
    /// Product name, if known.
    pub name: Option<String>,
    /// Pieces.
    pub quantity: i64,
    /// Line total.
    pub amount: i64,
}

/// Pairs that may be one person, for a person to judge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// All pairs.
    pub total: u64,
    /// This page.
    pub pairs: Vec<Link>,
}

/// Addresses that must not be written to any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Withdrawn {
    /// Those of the question, in its order and spelling.
    pub emails: Vec<String>,
}

/// Answer to `shards`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shards {
    /// Bytes in the payload.
    pub orders: u64,
    /// People.
    pub people: u64,
    /// The rule by which they were resolved: set it for every shard, for `auto` would look at the
    /// shard's own contacts alone.
    pub identity: IdentityRule,
}
