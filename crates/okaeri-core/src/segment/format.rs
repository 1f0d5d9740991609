//! A tree as text, in its one form: keywords in capitals, names in lower case, one space, and
//! parentheses only where they are needed.

use std::fmt::{Display, Formatter, Result};

use chrono::Datelike;

use super::tree::{Argument, Condition, Day, Literal, Subject, Test, Tree, Unit, Value};
use crate::zone::date_of;

/// Members with a word between them.
fn joined<T: Display>(f: &mut Formatter<'_>, members: &[T], between: &str) -> Result {
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        write!(f, "{member}")?;
    }
    Ok(())
}

/// A member of AND: OR binds less.
struct Tight<'a>(&'a Tree);

impl Display for Tight<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Tree::Any(_) => write!(f, "({})", self.0),
            _ => write!(f, "{}", self.0),
        }
    }
}

impl Display for Tree {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Tree::Any(members) => joined(f, members, " OR "),
            Tree::All(members) => {
                let members: Vec<Tight<'_>> = members.iter().map(Tight).collect();
                joined(f, &members, " AND ")
            }
            Tree::Not(inner) => match **inner {
                Tree::Any(_) | Tree::All(_) => write!(f, "NOT ({inner})"),
                Tree::Not(_) | Tree::Condition(_) => write!(f, "NOT {inner}"),
            },
            Tree::Condition(condition) => write!(f, "{condition}"),
        }
    }
}

fn word(not: bool, written: &str) -> String {
    format!(" {}{written} ", if not { "NOT " } else { "" })
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.subject)?;
        match &self.test {
            Test::Compare(comparison, value) => write!(f, " {} {value}", comparison.sign()),
            Test::Between { not, low, high } => {
                write!(f, "{}{low} AND {high}", word(*not, "BETWEEN"))
            }
            Test::In { not, values } => {
                write!(f, "{}(", word(*not, "IN"))?;
                joined(f, values, ", ")?;
                f.write_str(")")
            }
            Test::Contains { not, value } => write!(f, "{}{value}", word(*not, "CONTAINS")),
            Test::Null { not: false } => f.write_str(" IS NULL"),
            Test::Null { not: true } => f.write_str(" IS NOT NULL"),
        }
    }
}

impl Display for Subject {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.name)?;
        if let Some(arguments) = &self.arguments {
            f.write_str("(")?;
            joined(f, arguments, ", ")?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(name) = &self.name {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}", self.value)
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.literal {
            Literal::Number(number) => write!(f, "{number}"),
            Literal::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Literal::Flag(flag) => write!(f, "{flag}"),
            Literal::Day(day) => write!(f, "{day}"),
            Literal::Word(word) => f.write_str(word),
        }
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Day::On(day) => {
                let date = date_of(*day);
                let (year, month) = (date.year(), date.month());
                write!(f, "{year:04}-{month:02}-{:02}", date.day())
            }
            Day::From(0, _) => f.write_str("today"),
            Day::From(-1, Unit::Day) => f.write_str("yesterday"),
            Day::From(count, unit) => write!(f, "{count:+}{}", unit.letter()),
        }
    }
}
