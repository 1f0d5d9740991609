//! What a text says, before it is known whether its attributes exist.
//!
//! Trees are kept in one shape, so that the same sentence is the same tree: a list of AND or OR
//! has at least two members and none of its own kind, numbers have no zeros behind the point, and
//! a condition without an operator is one with `= true`.

use super::error::Span;

/// Where a part stands in its text. Trees that say the same are equal wherever it stood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place(pub Span);

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// All of them hold.
    All(Vec<Tree>),
    /// At least one of them holds.
    Any(Vec<Tree>),
    /// It does not hold.
    Not(Box<Tree>),
    /// One condition.
    Condition(Condition),
}

impl Tree {
    /// All of `members`, in the one shape that trees have; `None` of none.
    pub fn all(members: Vec<Tree>) -> Option<Tree> {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Tree::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop(),
            _ => Some(Tree::All(flat)),
        }
    }

    /// Any of `members`, in the one shape that trees have; `None` of none.
    pub fn any(members: Vec<Tree>) -> Option<Tree> {
        let mut flat = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Tree::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop(),
            _ => Some(Tree::Any(flat)),
        }
    }
}

/// An attribute, and what is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Of what.
    pub subject: Subject,
    /// What is asked.
    pub test: Test,
    /// Where the test stands.
    pub place: Place,
}

/// An attribute's name, and the arguments of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// In lower case.
    pub name: String,
    /// `None` without parentheses.
    pub arguments: Option<Vec<Argument>>,
    /// Where the name stands.
    pub place: Place,
}

/// One argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// In lower case; `None` goes by its position.
    pub name: Option<String>,
    /// What is given.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

/// What is asked of an attribute. `not` turns it round.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A comparison with one value.
    Compare(Comparison, Value),
    /// BETWEEN, both ends included.
    Between {
        /// NOT BETWEEN.
        not: bool,
        /// The least value.
        low: Value,
        /// The greatest value.
        high: Value,
    },
    /// One of some values.
    In {
        /// NOT IN.
        not: bool,
        /// At least one.
        values: Vec<Value>,
    },
    /// A text has a part, or a list a member.
    Contains {
        /// NOT CONTAINS.
        not: bool,
        /// The part or member.
        value: Value,
    },
    /// There is no value.
    Null {
        /// IS NOT NULL.
        not: bool,
    },
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
}

impl Comparison {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
        }
    }
}

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub literal: Literal,
    /// Where it stands.
    pub place: Place,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A number.
    Number(Decimal),
    /// A text in quotes.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A day.
    Day(Day),
    /// A bare word in lower case, such as `last_year`.
    Word(String),
}

/// A decimal number, exactly: `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

/// Most digits behind the point.
pub const SCALE_MAX: u8 = 9;

impl Decimal {
    /// Without zeros behind the point. A scale over [`SCALE_MAX`] counts as that.
    pub fn new(digits: i64, scale: u8) -> Self {
        let (mut digits, mut scale) = (digits, scale.min(SCALE_MAX));
        while scale > 0 && digits % 10 == 0 {
            (digits, scale) = (digits / 10, scale - 1);
        }
        Decimal { digits, scale }
    }

    /// The number times ten to the power of `scale`; `None` when that is not whole, or too large.
    pub fn scaled(self, scale: u8) -> Option<i64> {
        let more = scale.checked_sub(self.scale)?;
        self.digits.checked_mul(10i64.checked_pow(u32::from(more))?)
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let one = 10u64.pow(u32::from(self.scale));
        let (whole, rest) = (
            self.digits.unsigned_abs() / one,
            self.digits.unsigned_abs() % one,
        );
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{rest:0width$}", width = self.scale.into())
    }
}

/// A day, said absolutely or from the day of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Days since 1970-01-01.
    On(i32),
    /// So many units after the day of the question; before it when negative.
    From(i32, Unit),
}

impl Day {
    /// So many units from the day of the question; nothing of any unit is `today`.
    pub fn from(count: i32, unit: Unit) -> Self {
        Day::From(count, if count == 0 { Unit::Day } else { unit })
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `d`
    Day,
    /// `w`
    Week,
    /// `m`, of the calendar
    Month,
    /// `y`, of the calendar
    Year,
}

impl Unit {
    /// All of them.
    pub const ALL: [Unit; 4] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];

    /// The letter of an offset.
    pub fn letter(self) -> char {
        match self {
            Unit::Day => 'd',
            Unit::Week => 'w',
            Unit::Month => 'm',
            Unit::Year => 'y',
        }
    }

    /// Its English name, for one.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }
}
