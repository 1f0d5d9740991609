//! Answers about segments: how large one is, how several overlap, and what may be written.
//!
//! The language is described in ARCHITECTURE.md. Places in a text are UTF-16 code units, as
//! editors in a browser count them.

use serde::{Deserialize, Serialize};

use crate::answer::CustomerRow;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bilingual {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A segment and who is in it. When there are `errors`, nobody was counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Segment {
    /// The day of the question.
    pub as_of: String,
    /// The text in its canonical form; as it was asked when it cannot be read.
    pub text: String,
    /// The text as a sentence; none when it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Bilingual>,
    /// What is wrong with the text, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<SegmentError>,
    /// All customers of the shop on that day.
    pub of: u64,
    /// Customers in the segment.
    pub customers: u64,
    /// Their share of all, 0 to 1; none of no customers.
    pub share: Option<f64>,
    /// Sum of their amounts.
    pub amount: i64,
    /// Those of them who can be sent advertising mail.
    pub mailable: u64,
    /// The members of the outermost AND or OR, each alone, in their order; a text without either
    /// has one.
    pub conditions: Vec<SegmentSize>,
    /// Those who spent most, as lists of customers have them.
    pub sample: Vec<CustomerRow>,
}

/// A segment and its size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentSize {
    /// The text in its canonical form.
    pub text: String,
    /// The text as a sentence.
    pub sentence: Bilingual,
    /// Customers in it.
    pub customers: u64,
}

/// What is wrong with the text of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentError {
    /// What a program branches on.
    pub code: SegmentErrorCode,
    /// What a person reads.
    pub message: String,
    /// Where in the text as it was asked: the first UTF-16 code unit, and one past the last.
    pub span: [u32; 2],
    /// What could stand there instead, or what there is to choose from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// Kinds of errors in the text of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentErrorCode {
    /// Too long, too deep, or too many conditions.
    TooLarge,
    /// Not a sentence of the language.
    #[default]
    Syntax,
    /// No attribute has this name.
    Attribute,
    /// A function's arguments are not what it takes.
    Argument,
    /// The operator does not fit the attribute.
    Operator,
    /// The value does not fit the attribute.
    Value,
}

/// How segments overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentOverlap {
    /// The day of the question.
    pub as_of: String,
    /// All customers of the shop on that day.
    pub of: u64,
    /// Each segment, in the order of the question.
    pub segments: Vec<SegmentSize>,
    /// Each two of them.
    pub pairs: Vec<SegmentPair>,
    /// Of at most four segments: every cell of the Venn diagram. Each customer of the shop is in
    /// one, so they sum to `of`.
    pub cells: Vec<SegmentCell>,
}

/// Two segments, by their places in the question from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentPair {
    /// One.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Customers in both.
    pub customers: u64,
}

/// Who is in these segments and in none of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentCell {
    /// Places of the segments in the question, ascending from 0.
    pub inside: Vec<u32>,
    /// Customers in just these.
    pub customers: u64,
}

/// What may stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentWords {
    /// What a chosen word replaces: the first UTF-16 code unit, and one past the last.
    pub span: [u32; 2],
    /// The words, those first that fit best; at most fifty values among them.
    pub words: Vec<SegmentWord>,
    /// Of what type a value is expected; none when none is, or when it is a choice that `words`
    /// lists whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<SegmentType>,
}

/// One word that may be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentWord {
    /// As it is written, values with their quotes.
    pub text: String,
    /// What it is.
    pub kind: SegmentWordKind,
    /// What a person reads beside it.
    pub label: Bilingual,
    /// Of an attribute or a parameter: of what type its values are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<SegmentType>,
    /// Of a value that the shop has: of how many customers, or in how many orders for products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// What a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentWordKind {
    /// The name of an attribute.
    #[default]
    Attribute,
    /// The name of a function's parameter.
    Parameter,
    /// An operator.
    Operator,
    /// AND, OR, NOT, a parenthesis or a comma.
    Keyword,
    /// A value.
    Value,
}

/// Of what type values are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentType {
    /// A whole number.
    Number,
    /// Money in the shop's currency, with a point before its minor units.
    Money,
    /// A part of a whole: from 0 to 1, with a point before its digits.
    Share,
    /// A day: `2025-01-31`, `-4w`, `30_days_ago`, `today`.
    Day,
    /// A day that comes round every year, written as a day.
    Yearly,
    /// A text in single quotes.
    #[default]
    Text,
    /// One of the choices, in single quotes.
    Choice,
    /// A year: a number, or one of the choices without quotes.
    Year,
    /// `true` or `false`.
    Flag,
    /// Several texts, one of which is asked for.
    List,
}

/// All that a segment can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentAttributes {
    /// In the order of display.
    pub attributes: Vec<SegmentAttribute>,
    /// All operators.
    pub operators: Vec<SegmentOperator>,
}

/// One attribute of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentAttribute {
    /// As it is written.
    pub name: String,
    /// Its names.
    pub label: Bilingual,
    /// Its values.
    pub values: SegmentValues,
    /// The operators that fit, as they are written.
    pub operators: Vec<String>,
    /// Whether it is written with parentheses.
    pub is_function: bool,
    /// What goes between them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<SegmentParameter>,
}

/// One parameter of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentParameter {
    /// As it is written, before a colon.
    pub name: String,
    /// What a person reads before its value.
    pub before: Bilingual,
    /// What a person reads behind its value.
    pub after: Bilingual,
    /// Its values.
    pub values: SegmentValues,
    /// Whether it must be given.
    pub is_required: bool,
}

/// What values there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentValues {
    /// Of what type they are.
    pub of: SegmentType,
    /// What numbers count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<SegmentChoice>,
    /// The least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greatest: Option<i64>,
    /// All values of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<SegmentChoice>,
    /// The shop knows values: `segment_words` lists them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_listed: bool,
}

/// One value of a choice, or a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentChoice {
    /// As it is written; choices go between single quotes.
    pub name: String,
    /// Its names.
    pub label: Bilingual,
}

/// One operator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentOperator {
    /// As it is written.
    pub text: String,
    /// Its names.
    pub label: Bilingual,
    /// What follows it.
    pub takes: SegmentTakes,
}

/// What follows an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentTakes {
    /// One value.
    #[default]
    One,
    /// Two values with AND between them.
    Two,
    /// Values between parentheses, with commas.
    Many,
    /// Nothing.
    Nothing,
}
