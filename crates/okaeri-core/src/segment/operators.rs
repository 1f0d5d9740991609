//! The operators, as a table: what each fits, is followed by, and is called.

use super::attributes::Type;

/// Operators that fit the same types and are followed by the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// One value, equal or not.
    Equal,
    /// One value, more or less.
    Order,
    /// Two values.
    Between,
    /// Values between parentheses.
    In,
    /// One value.
    Contains,
    /// Nothing.
    Null,
}

/// One operator.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// As it is written.
    pub name: &'static str,
    /// What it fits and takes.
    pub family: Family,
    /// Its Japanese name.
    pub ja: &'static str,
    /// Its English name.
    pub en: &'static str,
}

const fn operator(
    name: &'static str,
    family: Family,
    ja: &'static str,
    en: &'static str,
) -> Operator {
    Operator {
        name,
        family,
        ja,
        en,
    }
}

/// All operators, in the order of display.
pub const OPERATORS: &[Operator] = &[
    operator("=", Family::Equal, "等しい", "is"),
    operator("!=", Family::Equal, "等しくない", "is not"),
    operator(">=", Family::Order, "以上・以降", "at least, on or after"),
    operator("<=", Family::Order, "以下・以前", "at most, on or before"),
    operator(">", Family::Order, "より大きい・より後", "over, after"),
    operator("<", Family::Order, "未満・より前", "under, before"),
    operator("BETWEEN", Family::Between, "範囲内", "between"),
    operator("NOT BETWEEN", Family::Between, "範囲外", "not between"),
    operator("IN", Family::In, "いずれか", "one of"),
    operator("NOT IN", Family::In, "いずれでもない", "none of"),
    operator("CONTAINS", Family::Contains, "含む", "contains"),
    operator(
        "NOT CONTAINS",
        Family::Contains,
        "含まない",
        "does not contain",
    ),
    operator("IS NULL", Family::Null, "ない", "not known"),
    operator("IS NOT NULL", Family::Null, "ある", "known"),
];

/// The operators that fit a type.
pub fn operators(of: Type) -> impl Iterator<Item = &'static Operator> {
    let all = OPERATORS.iter();
    all.filter(move |operator| of.fits(operator.family))
}
