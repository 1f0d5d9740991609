//! A tree as a sentence that a shop's owner reads.

use super::attributes::{Attribute, Choice, Type, YEARS, find};
use super::check::matched;
use super::tree::{Comparison, Condition, Day, Literal, Test, Tree, Unit, Value};
use crate::list::List;

/// In which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Language {
    fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Language::Ja => ja,
            Language::En => en,
        }
    }
}

/// The sentence. An attribute that is not known is called as it is written.
pub fn sentence(tree: &Tree, language: Language) -> String {
    let grouped = |member: &Tree| match member {
        Tree::All(_) | Tree::Any(_) => match language {
            Language::Ja => format!("（{}）", sentence(member, language)),
            Language::En => format!("({})", sentence(member, language)),
        },
        Tree::Not(_) | Tree::Condition(_) => sentence(member, language),
    };
    let joined = |members: &[Tree], between: &str| {
        let members: Vec<String> = members.iter().map(grouped).into_list();
        members.join(between)
    };
    match tree {
        Tree::All(members) => joined(members, language.pick(" かつ ", " and ")),
        Tree::Any(members) => joined(members, language.pick(" または ", " or ")),
        Tree::Not(inner) => match language {
            Language::Ja => format!("「{}」ではない", sentence(inner, language)),
            Language::En => format!("not {}", grouped(inner)),
        },
        Tree::Condition(condition) => condition_sentence(condition, language),
    }
}

fn condition_sentence(condition: &Condition, language: Language) -> String {
    let attribute = find(&condition.subject.name);
    let name = match attribute {
        Some(attribute) => subject(attribute, condition, language),
        None => condition.subject.to_string(),
    };
    let of = attribute.map(|attribute| attribute.of);
    if let (Some(Type::Flag), Test::Compare(comparison, value)) = (of, &condition.test)
        && let Literal::Flag(flag) = value.literal
    {
        let yes = flag == (*comparison == Comparison::Equal);
        return match (language, yes) {
            (Language::Ja, true) => format!("{name}あり"),
            (Language::Ja, false) => format!("{name}なし"),
            (Language::En, true) => format!("has {name}"),
            (Language::En, false) => format!("has no {name}"),
        };
    }
    match language {
        Language::Ja => japanese(&name, &condition.test, of),
        Language::En => english(&name, &condition.test, of),
    }
}

/// Days come before and after each other; other values are more and less.
fn is_day(of: Option<Type>) -> bool {
    matches!(of, Some(Type::Day | Type::Yearly))
}

fn japanese(name: &str, test: &Test, of: Option<Type>) -> String {
    let say = |value: &Value| said(of, value, Language::Ja);
    let is_day = is_day(of);
    match test {
        Test::Compare(comparison, value) => {
            let how = match comparison {
                Comparison::Equal => "",
                Comparison::NotEqual => "以外",
                Comparison::Greater if is_day => "より後",
                Comparison::Greater => "より大きい",
                Comparison::AtLeast if is_day => "以降",
                Comparison::AtLeast => "以上",
                Comparison::Less if is_day => "より前",
                Comparison::Less => "未満",
                Comparison::AtMost if is_day => "以前",
                Comparison::AtMost => "以下",
            };
            format!("{name}が{}{how}", say(value))
        }
        Test::Between { not, low, high } => {
            let not = if *not { "の範囲外" } else { "" };
            format!("{name}が{}から{}まで{not}", say(low), say(high))
        }
        Test::In { not, values } => {
            let values: Vec<String> = values.iter().map(say).into_list();
            let not = if *not { "以外" } else { "" };
            format!("{name}が{}のいずれか{not}", values.join("・"))
        }
        Test::Contains { not, value } => {
            let how = if *not { "含まない" } else { "含む" };
            format!("{name}が{}を{how}", say(value))
        }
        Test::Null { not: false } => format!("{name}がない"),
        Test::Null { not: true } => format!("{name}がある"),
    }
}

fn english(name: &str, test: &Test, of: Option<Type>) -> String {
    let say = |value: &Value| said(of, value, Language::En);
    let is_day = is_day(of);
    match test {
        Test::Compare(comparison, value) => {
            let how = match comparison {
                Comparison::Equal => "is",
                Comparison::NotEqual => "is not",
                Comparison::Greater if is_day => "is after",
                Comparison::Greater => "is over",
                Comparison::AtLeast if is_day => "is on or after",
                Comparison::AtLeast => "is at least",
                Comparison::Less if is_day => "is before",
                Comparison::Less => "is under",
                Comparison::AtMost if is_day => "is on or before",
                Comparison::AtMost => "is at most",
            };
            format!("{name} {how} {}", say(value))
        }
        Test::Between { not, low, high } => {
            let not = if *not { "not " } else { "" };
            format!("{name} is {not}between {} and {}", say(low), say(high))
        }
        Test::In { not, values } => {
            let values: Vec<String> = values.iter().map(say).into_list();
            let how = if *not { "none" } else { "one" };
            format!("{name} is {how} of {}", values.join(", "))
        }
        Test::Contains { not, value } => {
            let how = if *not { "does not contain" } else { "contains" };
            format!("{name} {how} {}", say(value))
        }
        Test::Null { not: false } => format!("{name} is not known"),
        Test::Null { not: true } => format!("{name} is known"),
    }
}

/// The attribute, with the arguments of a function.
fn subject(attribute: &Attribute, condition: &Condition, language: Language) -> String {
    let name = language.pick(attribute.ja, attribute.en);
    let given = condition.subject.arguments.as_deref().unwrap_or_default();
    let Ok(found) = matched(attribute.parameters.unwrap_or_default(), given) else {
        return condition.subject.to_string();
    };
    let parts: Vec<String> = found
        .into_iter()
        .map(|(parameter, value)| {
            let (before, after) = language.pick(parameter.ja, parameter.en);
            format!(
                "{before}{}{after}",
                said(Some(parameter.of), value, language)
            )
        })
        .into_list();
    match (language, parts.is_empty()) {
        (_, true) => name.to_owned(),
        (Language::Ja, _) => format!("{name}（{}）", parts.join("、")),
        (Language::En, _) => format!("{name} ({})", parts.join(", ")),
    }
}

fn said(of: Option<Type>, value: &Value, language: Language) -> String {
    match (&value.literal, of) {
        (Literal::Text(text), Some(Type::Choice(choices))) => called(choices, text, language),
        (Literal::Word(word), Some(Type::Year)) => called(&YEARS, word, language),
        (Literal::Number(year), Some(Type::Year)) => {
            format!("{year}{}", language.pick("年", ""))
        }
        (Literal::Text(text), Some(Type::Named(named))) => called(named.common(), text, language),
        (Literal::Text(text), _) => language.pick(format!("「{text}」"), format!("'{text}'")),
        (Literal::Day(Day::From(count, unit)), _) => relative(*count, *unit, language),
        _ => value.to_string(),
    }
}

/// What one of some choices is called; another is called as it is written.
fn called(choices: &[Choice], text: &str, language: Language) -> String {
    let mut choices = choices.iter();
    let found = choices.find(|choice| choice.name.eq_ignore_ascii_case(text));
    let name = found.map(|choice| language.pick(choice.ja, choice.en));
    name.unwrap_or(text).to_owned()
}

fn relative(count: i32, unit: Unit, language: Language) -> String {
    let many = count.unsigned_abs();
    let is_before = count < 0;
    match (language, count) {
        (Language::Ja, 0) => "今日".to_owned(),
        (Language::En, 0) => "today".to_owned(),
        (Language::Ja, _) => {
            let unit = match unit {
                Unit::Day => "日",
                Unit::Week => "週間",
                Unit::Month => "か月",
                Unit::Year => "年",
            };
            format!("{many}{unit}{}", if is_before { "前" } else { "後" })
        }
        (Language::En, _) => {
            let (unit, s) = (unit.name(), if many == 1 { "" } else { "s" });
            match is_before {
                true => format!("{many} {unit}{s} ago"),
                false => format!("{many} {unit}{s} from today"),
            }
        }
    }
}
