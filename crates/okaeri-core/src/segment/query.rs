//! A checked tree: what is left to look up in the columns.
//!
//! Days are resolved, money is in minor units, names are gone. A query holds for the day and the
//! currency that it was checked for.

use super::bits::Bits;
use super::given::Given;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// All of them hold.
    All(Vec<Query>),
    /// At least one of them holds.
    Any(Vec<Query>),
    /// It does not hold.
    Not(Box<Query>),
    /// One look at one column.
    Leaf(Leaf),
}

/// One look at one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// A number lies in one of these ranges, both ends included.
    Number(Number, Vec<(i64, i64)>),
    /// A text is, or has, what is said.
    Text(Text, TextTest),
    /// Bought in the shop with this code; `None`: in any shop that has a code.
    Shop(Option<String>),
    /// Bought.
    Purchased(Purchased),
    /// Has this word, or any at all.
    Listed(Listed, Option<String>),
    /// Something happened so often.
    Happened(Happened),
    /// Has a contract with this number of a status, and so many days between deliveries.
    Subscribed(Option<u8>, Option<u32>),
    /// Sent gifts in a season, or ordered anything in it.
    Season(Season),
    /// A day comes round on one of these [`super::yearly`] days.
    Yearly(Yearly, Bits),
}

/// Stands for no number: less than all of them, and in no range but its own.
pub const ABSENT: i64 = i64::MIN;
/// The least number.
pub const LEAST: i64 = i64::MIN + 1;

/// Columns of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Number of orders.
    Orders,
    /// Amount of all orders, in minor units.
    Amount,
    /// Day of the first order.
    FirstDay,
    /// Day of the last order.
    LastDay,
    /// Days from the first order to the day of the question.
    DaysSinceFirst,
    /// Days from the last order to the day of the question.
    DaysSinceLast,
    /// Days from the first order to the second.
    DaysToSecond,
    /// Place in the lifecycle matrix, row by row from 0.
    Lifecycle,
    /// Tenth by amount, 1 spent most.
    Decile,
    /// RFM score of recency, 1 to 5.
    Recency,
    /// RFM score of frequency, 1 to 5.
    Frequency,
    /// RFM score of amount, 1 to 5.
    Monetary,
    /// Group of the RFM scores: [`rfm_group`](crate::analysis::rfm::rfm_group).
    RfmGroup,
    /// Number of distinct shops with a code.
    Shops,
    /// How advertising mail stands: [`SUBSCRIBED`] and so on.
    MailStatus,
    /// Days from the last delivery to the day of the question.
    DaysSinceDelivery,
    /// 1 of who ever ordered a gift, else 0.
    GiftSender,
    /// What a report works out.
    Given(Given),
}

/// Advertising mail can be sent.
pub const SUBSCRIBED: i64 = 0;
/// Consent was withdrawn.
pub const UNSUBSCRIBED: i64 = 1;
/// No consent is on record.
pub const NOT_SUBSCRIBED: i64 = 2;
/// The address is malformed or a mall's masked one.
pub const INVALID: i64 = 3;

/// Days that come round every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yearly {
    /// The birth date, as on the latest order that has it.
    Birth,
    /// The first order.
    FirstOrder,
    /// The last order.
    LastOrder,
}

impl Yearly {
    /// In the order of the choice.
    pub const ALL: [Yearly; 3] = [Yearly::Birth, Yearly::FirstOrder, Yearly::LastOrder];
}

/// Columns of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// 都道府県, as on the latest order that has it.
    Prefecture,
    /// What stands behind the @ of the e-mail address.
    EmailDomain,
    /// Company, as on the latest order that has it.
    Company,
    /// Medium or advertising code of the first order.
    FirstMedia,
}

/// Words that customers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The shop's labels.
    Tags,
    /// Media or advertising codes of any of the orders.
    Media,
}

/// Sorts of things that happen to customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An order with a coupon.
    Coupon,
    /// An event.
    Event,
}

/// A season, and what counts in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// Its number in the shop's [`Calendar`](crate::gifts::seasons::Calendar).
    pub season: u8,
    /// Its year; `None` is any.
    pub year: Option<i32>,
    /// Whether gifts alone count.
    pub gifts_only: bool,
}

/// Something that happened so often within some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Of what sort.
    pub what: What,
    /// Code of the coupon, or kind of the event; `None` is any.
    pub word: Option<String>,
    /// First day that counts.
    pub since: i32,
    /// Last day that counts.
    pub until: i32,
    /// So many times at least.
    pub count: u32,
}

/// What is asked of a text. Texts are compared in the form in which customers are searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// It is one of these, which ascend.
    OneOf(Vec<String>),
    /// It has this part.
    Contains(String),
    /// There is none.
    Absent,
}

/// Orders in which something was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchased {
    /// Code of the product; `None` is any order.
    pub product: Option<String>,
    /// First day that counts.
    pub since: i32,
    /// Last day that counts.
    pub until: i32,
    /// So many orders at least.
    pub count: u32,
}
