//! Whether a tree makes sense by the table of attributes, and the query that it then is.

use chrono::Datelike;

use super::attributes::{
    ATTRIBUTES, Attribute, Named, Parameter, SHARE_DIGITS, SHARES, Source, Type, YEAR_BOUNDS,
    YEARS, find,
};
use super::days::resolve;
use super::error::{Error, Kind, Span};
use super::query::{
    ABSENT, Happened, LEAST, Leaf, Number, Purchased, Query, SUBSCRIBED, Season, TextTest, What,
    Yearly,
};
use super::suggest::nearest;
use super::tree::{Argument, Comparison, Condition, Day, Literal, Test, Tree, Value};
use super::yearly;
use crate::analysis::customers::search_form;
use crate::list::List;
use crate::order::{sort_numbers, sorted};
use crate::zone::date_of;

/// What values are read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    /// The day of the question, from which relative days count.
    pub as_of_day: i32,
    /// Digits of the currency's minor unit: 0 for yen, 2 for dollars.
    pub currency_digits: u8,
    /// The shop's own names.
    pub names: &'a Names,
}

/// Names that the shop's settings give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of its member ranks, the lowest first.
    pub member_ranks: Vec<String>,
    /// Of its seasons of gifts, by their numbers.
    pub seasons: Vec<String>,
}

impl Names {
    /// Those of one sort.
    pub fn of(&self, named: Named) -> &[String] {
        match named {
            Named::MemberRanks => &self.member_ranks,
            Named::Seasons => &self.seasons,
        }
    }
}

/// The query that a tree is.
///
/// # Errors
/// Everything in the tree that is wrong, in the order of the text.
pub fn check(tree: &Tree, terms: Terms<'_>) -> Result<Query, Vec<Error>> {
    let mut errors = Vec::new();
    match query(tree, terms, &mut errors) {
        Some(query) if errors.is_empty() => Ok(query),
        _ => Err(errors),
    }
}

/// `None` when something was wrong.
fn query(tree: &Tree, terms: Terms<'_>, errors: &mut Vec<Error>) -> Option<Query> {
    let mut queries = |members: &[Tree]| -> Vec<Query> {
        let members = members.iter();
        members
            .filter_map(|member| query(member, terms, errors))
            .into_list()
    };
    match tree {
        Tree::All(members) => Some(Query::All(queries(members))),
        Tree::Any(members) => Some(Query::Any(queries(members))),
        Tree::Not(inner) => query(inner, terms, errors).map(|inner| Query::Not(Box::new(inner))),
        Tree::Condition(condition) => match check_condition(condition, terms) {
            Ok(query) => Some(query),
            Err(error) => {
                errors.push(error);
                None
            }
        },
    }
}

fn check_condition(condition: &Condition, terms: Terms<'_>) -> Result<Query, Error> {
    let attribute = attribute(condition)?;
    let test = &condition.test;
    let is_bare = |value: &Value| value.place.0 == condition.subject.place.0;
    if let Test::Compare(_, value) = test
        && value.literal == Literal::Flag(true)
        && is_bare(value)
        && !matches!(attribute.of, Type::Flag)
    {
        let message = format!("`{}` lacks an operator and a value", attribute.name);
        let error = Error::new(Kind::Operator, condition.subject.place.0, message);
        return Err(error.with(attribute.of.operators().to_owned()));
    }
    if !attribute.of.takes(test) {
        let message = format!("`{}` does not take this operator", attribute.name);
        let error = Error::new(Kind::Operator, condition.place.0, message);
        return Err(error.with(attribute.of.operators().to_owned()));
    }
    let leaf = match attribute.source {
        Source::Number(column) => Leaf::Number(column, ranges(attribute, test, terms)?),
        Source::Text(column) => Leaf::Text(column, text_test(test)?),
        Source::Shops => Leaf::Shop(member(test)?),
        Source::Listed(listed) => Leaf::Listed(listed, member(test)?),
        Source::GiftSender => Leaf::Number(Number::GiftSender, vec![(1, 1)]),
        Source::Happened(what) => {
            let given = condition.subject.arguments.as_deref().unwrap_or_default();
            Leaf::Happened(happened(what, purchased(attribute, given, terms)?))
        }
        Source::Subscription => {
            let given = condition.subject.arguments.as_deref().unwrap_or_default();
            subscribed(attribute, given, terms)?
        }
        Source::Season => {
            let given = condition.subject.arguments.as_deref().unwrap_or_default();
            Leaf::Season(season(attribute, given, terms)?)
        }
        Source::Yearly => {
            let given = condition.subject.arguments.as_deref().unwrap_or_default();
            yearly(attribute, given, test, terms)?
        }
        Source::Mailable => Leaf::Number(Number::MailStatus, vec![(SUBSCRIBED, SUBSCRIBED)]),
        Source::Purchases => {
            let given = condition.subject.arguments.as_deref().unwrap_or_default();
            Leaf::Purchased(purchased(attribute, given, terms)?)
        }
    };
    let not = match (test, attribute.of) {
        (Test::Compare(comparison, value), Type::Flag) => {
            flag(value)? != (*comparison == Comparison::Equal)
        }
        (Test::Compare(comparison, _), _) => *comparison == Comparison::NotEqual,
        // The leaf of a list says that there is a member.
        (Test::Null { not }, Type::List) => !not,
        (
            Test::Between { not, .. }
            | Test::In { not, .. }
            | Test::Contains { not, .. }
            | Test::Null { not },
            _,
        ) => *not,
    };
    let leaf = Query::Leaf(leaf);
    Ok(if not {
        Query::Not(Box::new(leaf))
    } else {
        leaf
    })
}

fn attribute(condition: &Condition) -> Result<&'static Attribute, Error> {
    let subject = &condition.subject;
    let name = &subject.name;
    let Some(attribute) = find(name) else {
        let names = ATTRIBUTES.iter().map(|attribute| attribute.name);
        let message = format!("there is no attribute `{name}`");
        let error = Error::new(Kind::Attribute, subject.place.0, message);
        return Err(error.with(nearest(name, names).map(str::to_owned)));
    };
    let given = subject.arguments.as_deref().unwrap_or_default();
    let parameters = attribute.parameters.unwrap_or_default();
    let found = match attribute.parameters {
        Some(parameters) => matched(parameters, given)?,
        None => Vec::new(),
    };
    let is_missing = |wanted: &&Parameter| {
        let is_it = |(known, _): &(&Parameter, &Value)| known.name == wanted.name;
        wanted.is_required && !found.iter().any(is_it)
    };
    let missing = parameters.iter().find(is_missing);
    match (attribute.parameters, &subject.arguments) {
        (Some(_), None) => {
            let message = format!("`{name}` is written with parentheses");
            let error = Error::new(Kind::Argument, subject.place.0, message);
            let inside = missing.map(|parameter| format!("{}: …", parameter.name));
            Err(error.with(format!("{name}({})", inside.unwrap_or_default())))
        }
        (Some(_), Some(_)) if missing.is_some() => {
            let missing = missing.map_or("", |parameter| parameter.name);
            let message = format!("`{name}` lacks its argument `{missing}`");
            let error = Error::new(Kind::Argument, subject.place.0, message);
            Err(error.with(format!("{name}({missing}: …)")))
        }
        (None, Some(_)) => {
            let message = format!("`{name}` is written without parentheses");
            let error = Error::new(Kind::Argument, subject.place.0, message);
            Err(error.with(name.clone()))
        }
        _ => Ok(attribute),
    }
}

/// The ranges of numbers for which a test holds, or for which it does not when it is turned round.
fn ranges(attribute: &Attribute, test: &Test, terms: Terms<'_>) -> Result<Vec<(i64, i64)>, Error> {
    let read = |value: &Value| value_of(attribute.name, attribute.of, value, terms);
    Ok(match test {
        Test::Compare(comparison, value) => {
            let value = read(value)?;
            let range = match comparison {
                Comparison::Equal | Comparison::NotEqual => Some((value, value)),
                Comparison::AtLeast => Some((value, i64::MAX)),
                Comparison::AtMost => Some((LEAST, value)),
                Comparison::Greater => value.checked_add(1).map(|least| (least, i64::MAX)),
                Comparison::Less => value.checked_sub(1).map(|most| (LEAST, most)),
            };
            range.into_iter().into_list()
        }
        Test::Between { low, high, .. } => {
            let range = (read(low)?, read(high)?);
            // Days said from the day of the question may pass each other as it moves on.
            if range.0 > range.1 && !matches!(attribute.of, Type::Day) {
                let message = format!("nothing lies between {low} and {high}");
                let span = Span {
                    start: low.place.0.start,
                    end: high.place.0.end,
                };
                let error = Error::new(Kind::Value, span, message);
                return Err(error.with(format!("BETWEEN {high} AND {low}")));
            }
            vec![range]
        }
        Test::In { values, .. } => {
            let mut numbers = values.iter().map(read).collect::<Result<Vec<i64>, _>>()?;
            sort_numbers(&mut numbers, |number| number.wrapping_sub(i64::MIN) as u64);
            numbers.dedup();
            numbers
                .into_iter()
                .map(|number| (number, number))
                .into_list()
        }
        Test::Null { .. } | Test::Contains { .. } => vec![(ABSENT, ABSENT)],
    })
}

fn wrong(value: &Value, message: impl Into<String>) -> Error {
    Error::new(Kind::Value, value.place.0, message)
}

/// A value as the number that its column holds.
fn value_of(name: &str, of: Type, value: &Value, terms: Terms<'_>) -> Result<i64, Error> {
    match (of, &value.literal) {
        (Type::Choice(choices), _) => {
            let names = choices.iter().map(|choice| choice.name);
            choose(name, &names.collect::<Vec<_>>(), value)
        }
        (Type::Named(named), _) => {
            let names = terms.names.of(named).iter().map(String::as_str);
            choose(name, &names.collect::<Vec<_>>(), value)
        }
        (Type::Day | Type::Yearly, Literal::Day(day)) => Ok(resolve(*day, terms.as_of_day).into()),
        (Type::Day | Type::Yearly, _) => {
            let message = format!("`{name}` is compared with a day, without quotes");
            let days = "2025-01-31, -4w, 30_days_ago or today";
            Err(wrong(value, message).with(days.to_owned()))
        }
        (Type::Year, _) => year(name, value, terms),
        (Type::Money, Literal::Number(number)) => {
            let digits = terms.currency_digits;
            let amount = number.scaled(digits).map(|amount| amount.max(LEAST));
            amount.ok_or_else(|| {
                let message = format!(
                    "the amount is too large, or has over {digits} digits behind the point"
                );
                wrong(value, message)
            })
        }
        (Type::Share, Literal::Number(number)) => {
            let share = number.scaled(SHARE_DIGITS);
            let share = share.filter(|share| (0..=SHARES).contains(share));
            share.ok_or_else(|| {
                let digits = SHARE_DIGITS;
                let message = format!(
                    "`{name}` lies between 0 and 1, with at most {digits} digits behind the point"
                );
                wrong(value, message)
            })
        }
        (Type::Number(bounds), Literal::Number(number)) => {
            // The number below all others stands for none.
            let Some(whole) = number.scaled(0).map(|whole| whole.max(LEAST)) else {
                let message = format!("`{name}` is compared with a whole number");
                return Err(wrong(value, message));
            };
            match bounds {
                Some((least, most)) if !(least..=most).contains(&whole) => {
                    let message = format!("`{name}` lies between {least} and {most}");
                    Err(wrong(value, message))
                }
                _ => Ok(whole),
            }
        }
        _ => {
            let message = format!("`{name}` is compared with a number");
            Err(wrong(value, message))
        }
    }
}

/// A text as it is written.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn choose(name: &str, choices: &[&str], value: &Value) -> Result<i64, Error> {
    let written = match &value.literal {
        Literal::Text(text) | Literal::Word(text) => text.as_str(),
        _ => "",
    };
    let form = search_form(written);
    let place = |is_meant: &dyn Fn(&str) -> bool| choices.iter().position(|one| is_meant(one));
    let found = place(&|one| one == written).or_else(|| place(&|one| search_form(one) == form));
    match (found, &value.literal) {
        (Some(place), Literal::Text(_)) => Ok(place as i64),
        (Some(_), _) => {
            let message = "a text stands between single quotes";
            Err(wrong(value, message).with(quoted(written)))
        }
        (None, _) => {
            let names: Vec<String> = choices.iter().map(|choice| quoted(choice)).collect();
            let near = nearest(written, choices.iter().copied());
            let message = format!("{value} is no value of `{name}`: {}", names.join(", "));
            Err(wrong(value, message).with(near.map(quoted)))
        }
    }
}

fn text(value: &Value) -> Result<&str, Error> {
    match &value.literal {
        Literal::Text(text) => Ok(text),
        _ => {
            let message = "a text between single quotes is expected";
            Err(wrong(value, message).with(format!("'{value}'")))
        }
    }
}

/// The member that a list is asked for; none when it is asked for any.
fn member(test: &Test) -> Result<Option<String>, Error> {
    Ok(match test {
        Test::Contains { value, .. } => Some(text(value)?.to_owned()),
        _ => None,
    })
}

fn happened(what: What, asked: Purchased) -> Happened {
    Happened {
        what,
        word: asked.product,
        since: asked.since,
        until: asked.until,
        count: asked.count,
    }
}

fn subscribed(attribute: &Attribute, given: &[Argument], terms: Terms<'_>) -> Result<Leaf, Error> {
    let (mut status, mut cycle) = (None, None);
    for (parameter, value) in matched(attribute.parameters.unwrap_or_default(), given)? {
        let number = value_of(parameter.name, parameter.of, value, terms)?;
        match parameter.name {
            "status" => status = Some(number as u8),
            _ => cycle = Some(number as u32),
        }
    }
    Ok(Leaf::Subscribed(status, cycle))
}

fn season(attribute: &Attribute, given: &[Argument], terms: Terms<'_>) -> Result<Season, Error> {
    let mut asked = Season {
        season: 0,
        year: None,
        gifts_only: true,
    };
    for (parameter, value) in matched(attribute.parameters.unwrap_or_default(), given)? {
        let number = value_of(parameter.name, parameter.of, value, terms)?;
        match parameter.name {
            "name" => asked.season = number as u8,
            "year" => asked.year = Some(number as i32),
            _ => asked.gifts_only = number == 0,
        }
    }
    Ok(asked)
}

/// A year as a number.
fn year(name: &str, value: &Value, terms: Terms<'_>) -> Result<i64, Error> {
    let (least, greatest) = YEAR_BOUNDS;
    let this_year = i64::from(date_of(terms.as_of_day).year());
    let year = match &value.literal {
        Literal::Number(number) => number.scaled(0),
        Literal::Word(word) => {
            let ago = YEARS.iter().zip(0..).find(|(year, _)| year.name == word);
            ago.map(|(_, ago)| this_year - ago)
        }
        _ => None,
    };
    let is_told = matches!(value.literal, Literal::Number(_));
    let in_bounds = |year: &i64| !is_told || (least..=greatest).contains(year);
    year.filter(in_bounds).ok_or_else(|| {
        let message = format!("`{name}` is a year from {least} to {greatest}, without quotes");
        let words = || YEARS.iter().map(|year| year.name);
        let near = match &value.literal {
            Literal::Text(text) | Literal::Word(text) => nearest(text, words()),
            _ => None,
        };
        let all = || format!("2025, {}", words().collect::<Vec<_>>().join(" or "));
        wrong(value, message).with(near.map_or_else(all, str::to_owned))
    })
}

fn flag(value: &Value) -> Result<bool, Error> {
    match value.literal {
        Literal::Flag(flag) => Ok(flag),
        _ => {
            let message = "this is compared with true or false";
            Err(wrong(value, message).with("true or false".to_owned()))
        }
    }
}

fn text_test(test: &Test) -> Result<TextTest, Error> {
    let form = |value: &Value| text(value).map(search_form);
    Ok(match test {
        Test::Compare(_, value) => TextTest::OneOf(vec![form(value)?]),
        Test::In { values, .. } => {
            let forms = values.iter().map(form).collect::<Result<_, _>>()?;
            TextTest::OneOf(sorted(forms, Ord::cmp))
        }
        Test::Contains { value, .. } => TextTest::Contains(form(value)?),
        Test::Null { .. } | Test::Between { .. } => TextTest::Absent,
    })
}

fn yearly(
    attribute: &Attribute,
    arguments: &[Argument],
    test: &Test,
    terms: Terms<'_>,
) -> Result<Leaf, Error> {
    let mut of = Yearly::Birth;
    for (parameter, value) in matched(attribute.parameters.unwrap_or_default(), arguments)? {
        let number = value_of(parameter.name, parameter.of, value, terms)?;
        of = Yearly::ALL
            .get(number as usize)
            .copied()
            .unwrap_or(Yearly::Birth);
    }
    let day = |value| value_of(attribute.name, attribute.of, value, terms).map(|day| day as i32);
    let is_dated = |value: &Value| matches!(value.literal, Literal::Day(Day::On(_)));
    let days = match test {
        Test::Compare(_, value) => yearly::between(day(value)?, day(value)?, false),
        Test::Between { low, high, .. } => {
            // Of two dates the years say nothing.
            let whole_years = !(is_dated(low) && is_dated(high));
            yearly::between(day(low)?, day(high)?, whole_years)
        }
        _ => yearly::none(),
    };
    Ok(Leaf::Yearly(of, days))
}

/// The parameter of each argument: by its name, or by its place before all that have a name.
///
/// # Errors
/// When it is not known, given twice, or stands without a name where it needs one.
pub(super) fn matched<'a>(
    parameters: &'static [Parameter],
    arguments: &'a [Argument],
) -> Result<Vec<(&'static Parameter, &'a Value)>, Error> {
    let mut found: Vec<(&'static Parameter, &Value)> = Vec::new();
    let mut named = false;
    for (place, argument) in arguments.iter().enumerate() {
        let wrong = |message| Error::new(Kind::Argument, argument.place.0, message);
        let parameter = match &argument.name {
            Some(name) => parameters.iter().find(|parameter| parameter.name == name),
            None if named => None,
            None => parameters.get(place),
        };
        let names = || parameters.iter().map(|parameter| parameter.name);
        let all = || names().into_list().join(", ");
        let Some(parameter) = parameter else {
            let Some(name) = &argument.name else {
                let message = "the name of this argument is missing";
                return Err(wrong(message.to_owned()).with(format!("one of {}", all())));
            };
            let near =
                nearest(name, names()).map_or_else(|| format!("one of {}", all()), str::to_owned);
            return Err(wrong(format!("there is no parameter `{name}`")).with(near));
        };
        if found.iter().any(|(known, _)| known.name == parameter.name) {
            return Err(wrong(format!("`{}` is given twice", parameter.name)));
        }
        named |= argument.name.is_some();
        found.push((parameter, &argument.value));
    }
    Ok(found)
}

fn purchased(
    attribute: &Attribute,
    arguments: &[Argument],
    terms: Terms<'_>,
) -> Result<Purchased, Error> {
    let mut purchased = Purchased {
        product: None,
        since: i32::MIN,
        until: i32::MAX,
        count: 1,
    };
    let parameters = attribute.parameters.unwrap_or_default();
    for (parameter, value) in matched(parameters, arguments)? {
        if let Type::Text = parameter.of {
            purchased.product = Some(text(value)?.to_owned());
            continue;
        }
        let number = value_of(parameter.name, parameter.of, value, terms)?;
        match parameter.name {
            "since" => purchased.since = number as i32,
            "until" => purchased.until = number as i32,
            _ => purchased.count = number as u32,
        }
    }
    Ok(purchased)
}
