//! Made-up trees: any that can be written, and any that make sense.

use super::dice::Dice;
use super::shop::terms;
use crate::segment::attributes::{ATTRIBUTES, Attribute, Source, Type};
use crate::segment::query::Text;
use crate::segment::tree::*;

pub fn value(literal: Literal) -> Value {
    Value {
        literal,
        place: Place::default(),
    }
}

pub fn number(digits: i64, scale: u8) -> Value {
    value(Literal::Number(Decimal::new(digits, scale)))
}

pub fn text(text: &str) -> Value {
    value(Literal::Text(text.to_owned()))
}

/// A tree of conditions that `leaf` makes.
pub fn tree(dice: &mut Dice, depth: usize, leaf: &dyn Fn(&mut Dice) -> Condition) -> Tree {
    let many = |dice: &mut Dice| {
        let count = 2 + dice.below(3);
        (0..count).map(|_| tree(dice, depth - 1, leaf)).collect()
    };
    match if depth == 0 { 0 } else { dice.below(5) } {
        1 | 2 => Tree::all(many(dice)).unwrap(),
        3 => Tree::any(many(dice)).unwrap(),
        4 => Tree::Not(Box::new(tree(dice, depth - 1, leaf))),
        _ => Tree::Condition(leaf(dice)),
    }
}

fn comparison(dice: &mut Dice) -> Comparison {
    dice.pick(&[
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Greater,
        Comparison::AtLeast,
        Comparison::Less,
        Comparison::AtMost,
    ])
}

fn any_day(dice: &mut Dice) -> Day {
    if dice.chance(50) {
        return Day::On(dice.below(60_000) as i32 - 10_000);
    }
    let count = dice.pick(&[0, 1, -1, 4, -30, 365, -99_999, i32::MAX]);
    Day::from(count, dice.pick(&Unit::ALL))
}

fn any_literal(dice: &mut Dice) -> Literal {
    match dice.below(5) {
        0 => {
            let digits = dice.pick(&[0, 1, -1, 10, 12_345, -120, i64::MAX, -i64::MAX]);
            Literal::Number(Decimal::new(digits, dice.below(10) as u8))
        }
        1 => {
            let texts = ["", "tea", "it's", "''", "東京都", "a\nb", "AND", "(", "😀'"];
            Literal::Text(dice.pick(&texts).to_owned())
        }
        2 => Literal::Flag(dice.chance(50)),
        3 => Literal::Day(any_day(dice)),
        _ => Literal::Word(
            dice.pick(&["last_year", "x", "order", "_1", "nullable"])
                .to_owned(),
        ),
    }
}

fn any_value(dice: &mut Dice) -> Value {
    value(any_literal(dice))
}

/// Any condition that can be written.
pub fn any_condition(dice: &mut Dice) -> Condition {
    let names = [
        "a",
        "season",
        "in_stock",
        "android",
        "x9",
        "decile",
        "amount_spent",
        "last_order_date",
        "lifecycle",
        "prefecture",
        "shops",
        "mailable",
        "anniversary",
        "products_purchased",
        "since",
        "date",
    ];
    let argument = |dice: &mut Dice| Argument {
        name: dice.chance(60).then(|| dice.pick(&names).to_owned()),
        value: any_value(dice),
        place: Place::default(),
    };
    let arguments = |dice: &mut Dice| {
        let count = dice.below(4);
        (0..count).map(|_| argument(dice)).collect()
    };
    let subject = Subject {
        name: dice.pick(&names).to_owned(),
        arguments: dice.chance(30).then(|| arguments(dice)),
        place: Place::default(),
    };
    let not = dice.chance(40);
    let test = match dice.below(5) {
        0 => Test::Between {
            not,
            low: any_value(dice),
            high: any_value(dice),
        },
        1 => {
            let count = 1 + dice.below(3);
            let values = (0..count).map(|_| any_value(dice)).collect();
            Test::In { not, values }
        }
        2 => Test::Contains {
            not,
            value: any_value(dice),
        },
        3 => Test::Null { not },
        _ => Test::Compare(comparison(dice), any_value(dice)),
    };
    Condition {
        subject,
        test,
        place: Place::default(),
    }
}

/// A value of the size that the attribute's are in the made-up shop.
fn fitting(dice: &mut Dice, attribute: &Attribute, as_of_day: i32) -> Value {
    match (attribute.of, attribute.source) {
        (Type::Number(Some((least, most))), _) => {
            number(least + dice.below((most - least + 1) as usize) as i64, 0)
        }
        (Type::Number(None), _) if attribute.name.starts_with("days") => {
            number(dice.below(900) as i64, 0)
        }
        (Type::Number(None), _) => number(dice.below(8) as i64, 0),
        (Type::Money, _) => number(dice.below(20_000) as i64, 0),
        (Type::Day | Type::Yearly, _) => value(Literal::Day(match dice.chance(50) {
            true => Day::On(as_of_day - dice.below(900) as i32),
            false => Day::from(
                -(dice.below(120) as i32),
                dice.pick(&[Unit::Day, Unit::Week]),
            ),
        })),
        (Type::Share, _) => number(dice.below(11) as i64, 1),
        (Type::Choice(choices), _) => text(dice.pick(choices).name),
        (Type::Named(named), _) => {
            let names = terms().names.of(named);
            text(names.get(dice.below(names.len())).unwrap())
        }
        (Type::Year, _) => number(2024, 0),
        (Type::Flag, _) => value(Literal::Flag(dice.chance(50))),
        (Type::List, Source::Listed(_)) => text(dice.pick(&["google", "ad-1", "9", "none"])),
        (Type::List, _) => text(dice.pick(&["honten", "mall", "7", "closed"])),
        (Type::Text, Source::Text(Text::EmailDomain)) => {
            text(dice.pick(&["example.jp", "Example.com", "example", "ne.jp"]))
        }
        (Type::Text, Source::Text(Text::FirstMedia)) => {
            text(dice.pick(&["google", "Google", "ad", "9"]))
        }
        (Type::Text, Source::Text(Text::Company)) => text(dice.pick(&["株式会社茶", "㈱茶", "茶"])),
        (Type::Text, _) => text(dice.pick(&["東京都", "大阪府", "東", "京都府", "府"])),
    }
}

/// A condition that makes sense of the made-up shop.
pub fn sound_condition(dice: &mut Dice, as_of_day: i32) -> Condition {
    let attribute = ATTRIBUTES.get(dice.below(ATTRIBUTES.len())).unwrap();
    let not = dice.chance(40);
    let test = loop {
        let some = fitting(dice, attribute, as_of_day);
        let other = fitting(dice, attribute, as_of_day);
        let test = match dice.below(5) {
            0 => Test::Compare(comparison(dice), some),
            1 => {
                let key = |value: &Value| value.to_string();
                let is_risen = match (&some.literal, &other.literal) {
                    (Literal::Number(a), Literal::Number(b)) => a.scaled(9) <= b.scaled(9),
                    _ => key(&some) <= key(&other),
                };
                let (low, high) = if is_risen {
                    (some, other)
                } else {
                    (other, some)
                };
                Test::Between { not, low, high }
            }
            2 => Test::In {
                not,
                values: vec![some, other, fitting(dice, attribute, as_of_day)],
            },
            3 => Test::Contains { not, value: some },
            _ => Test::Null { not },
        };
        if attribute.of.takes(&test) {
            break test;
        }
    };
    let argument = |name: &str, value| Argument {
        name: Some(name.to_owned()),
        value,
        place: Place::default(),
    };
    let day = |dice: &mut Dice| value(Literal::Day(Day::On(as_of_day - dice.below(900) as i32)));
    let arguments = |dice: &mut Dice| {
        let mut arguments = Vec::new();
        if let Type::Yearly = attribute.of {
            let dates = ["birth_date", "first_order_date", "last_order_date"];
            return vec![argument("date", text(dice.pick(&dates)))];
        }
        if attribute.name == "season" {
            let seasons = ["mothers_day", "ochugen", "oseibo", "new_year", "halloween"];
            let mut arguments = vec![argument("name", text(dice.pick(&seasons)))];
            let years = [
                Literal::Word("this_year".to_owned()),
                Literal::Word("last_year".to_owned()),
                Literal::Number(Decimal::new(2023, 0)),
            ];
            if dice.chance(60) {
                let year = years.get(dice.below(3)).unwrap().clone();
                arguments.push(argument("year", value(year)));
            }
            if dice.chance(40) {
                let orders = text(dice.pick(&["gifts", "all"]));
                arguments.push(argument("orders", orders));
            }
            return arguments;
        }
        if attribute.name == "subscription" {
            return vec![argument(
                "status",
                text(dice.pick(&["active", "cancelled"])),
            )];
        }
        let (name, words) = match attribute.name {
            "coupon" => ("code", ["SPRING", "10", "none", "SPRING"]),
            "event" => ("kind", ["mail_opened", "call", "none", "call"]),
            _ => ("id", ["tea", "cup", "12", "none"]),
        };
        if dice.chance(70) {
            arguments.push(argument(name, text(dice.pick(&words))));
        }
        if dice.chance(50) {
            arguments.push(argument("until", day(dice)));
        }
        if dice.chance(50) {
            arguments.push(argument("since", day(dice)));
        }
        if dice.chance(50) {
            arguments.push(argument("count", number(1 + dice.below(3) as i64, 0)));
        }
        arguments
    };
    Condition {
        subject: Subject {
            name: attribute.name.to_owned(),
            arguments: attribute.parameters.map(|_| arguments(dice)),
            place: Place::default(),
        },
        test,
        place: Place::default(),
    }
}
