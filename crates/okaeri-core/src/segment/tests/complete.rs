//! What is offered at a place is what the parser would take there.

use super::dice::Dice;
use super::shop::terms;
use super::trees::{sound_condition, tree};
use crate::segment::attributes::{ATTRIBUTES, Type};
use crate::segment::complete::{Next, complete};
use crate::segment::operators::{OPERATORS, operators};
use crate::segment::token::{Token, Tokens};
use crate::segment::{check, parse};

/// What is offered at the end of a text, in short.
fn offered(text: &str) -> String {
    let next = complete(text, text.len()).next;
    let short = |next: &Next| match next {
        Next::Attribute => "attribute".to_owned(),
        Next::Operator(of) => format!("operator:{}", operators(*of).count()),
        Next::Rest(_, rest) => format!("rest:{rest}"),
        Next::Parameter(parameter) => parameter.name.to_owned(),
        Next::Value(_, None) => "value".to_owned(),
        Next::Value(_, Some(dictionary)) => format!("{dictionary:?}"),
        Next::Word(word) => (*word).to_owned(),
    };
    next.iter().map(short).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_place_of_a_sentence_has_its_words() {
    for (text, expected) in [
        ("", "attribute NOT ("),
        ("numb", "attribute NOT ("),
        ("number_of_orders ", "operator:12"),
        ("number_of_orders >", "operator:12"),
        ("number_of_orders >= ", "value"),
        ("number_of_orders >= 3 ", "AND OR"),
        ("(decile = 1 ", "AND OR )"),
        ("(decile = 1) ", "AND OR"),
        ("(decile = 1) AND ", "attribute NOT ("),
        ("decile BETWEEN 1 ", "AND"),
        ("decile BETWEEN 1 AND ", "value"),
        ("decile BETWEEN 1 AND 2 ", "AND OR"),
        ("decile NOT ", "rest:BETWEEN rest:IN"),
        ("decile IS ", "rest:NULL rest:NOT NULL"),
        ("decile IS NOT ", "rest:NULL"),
        ("prefecture IN ", "("),
        ("prefecture IN (", "Text(Prefecture)"),
        ("prefecture IN ('東京都'", ", )"),
        ("prefecture IN ('東", "Text(Prefecture)"),
        ("shops CONTAINS ", "Shops"),
        ("mailable ", "operator:2 AND OR"),
        ("products_purchased", "attribute NOT ("),
        ("products_purchased ", "("),
        ("products_purchased(", "id since until count )"),
        ("products_purchased(id: ", "Products"),
        ("products_purchased(id: 'tea'", ", )"),
        ("products_purchased(id: 'tea', ", "since until count )"),
        ("products_purchased('tea', ", "since until count )"),
        ("products_purchased(id: 'tea') ", "operator:2 AND OR"),
        ("anniversary(date: ", "value"),
        ("anniversary(", "date value )"),
        ("season('ose", "name year orders value )"),
        ("season('oseibo', ", "year orders )"),
        ("season('oseibo', last_year, orders: ", "value"),
        ("colour = 'red' ", ""),
        ("decile = )", ""),
    ] {
        assert_eq!(offered(text), expected, "{text}");
    }
}

#[test]
fn what_is_written_of_a_word_is_replaced() {
    let replaced = |text: &str, cursor: usize| {
        let found = complete(text, cursor);
        let whole = text.get(found.span.start..found.span.end).unwrap();
        (found.written, whole.to_owned())
    };
    let both = |written: &str, whole: &str| (written.to_owned(), whole.to_owned());
    assert_eq!(replaced("numb", 4), both("numb", "numb"));
    assert_eq!(
        replaced("number_of_orders = 3", 3),
        both("num", "number_of_orders")
    );
    assert_eq!(replaced("decile = 1", 7), both("", ""));
    assert_eq!(replaced("prefecture = '東", 17), both("東", "'東"));
    assert_eq!(replaced("company = 'a''b", 15), both("a'b", "'a''b"));
    // In the middle of a letter is before it, and behind the end is at the end.
    assert_eq!(replaced("company = '東", 12), both("", "'"));
    assert_eq!(replaced("dec", 99), both("dec", "dec"));
}

/// A word that stands for what is offered, as a token.
fn is_offered(next: &[Next], token: &Token, written: &str) -> bool {
    let written = written.to_lowercase();
    next.iter().any(|next| match next {
        Next::Attribute => ATTRIBUTES.iter().any(|known| known.name == written),
        Next::Operator(of) => operators(*of).any(|operator| {
            let name = operator.name.to_lowercase();
            name.split(' ').next() == Some(&*written)
        }),
        Next::Rest(_, rest) => rest.to_lowercase().split(' ').next() == Some(&*written),
        Next::Parameter(parameter) => parameter.name == written,
        Next::Value(of, _) => match token {
            Token::Text(_) => {
                matches!(
                    of,
                    Type::Text | Type::List | Type::Choice(_) | Type::Named(_)
                )
            }
            Token::Number(_) => matches!(of, Type::Number(_) | Type::Money | Type::Share),
            Token::Day(_) => matches!(of, Type::Day | Type::Yearly),
            Token::Keyword(_) => matches!(of, Type::Flag),
            _ => false,
        },
        Next::Word(word) => word.to_lowercase() == written,
    })
}

#[test]
fn every_word_of_a_sound_sentence_was_offered() {
    let mut dice = Dice(71);
    let terms = terms();
    let (mut tokens_seen, mut sentences) = (0, 0);
    while sentences < 300 {
        let text = tree(&mut dice, 2, &|dice| sound_condition(dice, terms.as_of_day)).to_string();
        if !parse(&text).is_ok_and(|tree| check(&tree, terms).is_ok()) {
            continue;
        }
        sentences += 1;
        let mut tokens = Tokens::new(&text);
        loop {
            let (token, span) = tokens.advance().unwrap();
            if token == Token::End {
                break;
            }
            let written = text.get(span.start..span.end).unwrap();
            let head = text.get(..span.start).unwrap();
            // Arguments without a name, and the colon behind one, are offered by their names.
            let is_in_call = head.rsplit_once('(').is_some_and(|(before, inside)| {
                [
                    "purchased",
                    "anniversary",
                    "coupon",
                    "event",
                    "subscription",
                    "season",
                ]
                .iter()
                .any(|name| before.ends_with(name))
                    && !inside.contains(')')
            });
            if !is_in_call {
                let head = format!("{head} ");
                let next = complete(&head, head.len()).next;
                assert!(
                    is_offered(&next, &token, written),
                    "{head}|{written}: {next:?}"
                );
                tokens_seen += 1;
            }
        }
    }
    assert!(tokens_seen > 1_500);
}

#[test]
fn any_text_and_place_has_an_answer() {
    let pieces = [
        "decile",
        " = ",
        "'",
        "(",
        ")",
        "AND ",
        "NOT ",
        "IS ",
        "東",
        "-4w",
        ",",
        ":",
        "products_purchased",
        "IN ",
        "\"",
        "1.",
    ];
    let mut dice = Dice(5);
    for _ in 0..3_000 {
        let text: String = (0..dice.below(9)).map(|_| dice.pick(&pieces)).collect();
        let cursor = dice.below(text.len() + 2);
        let found = complete(&text, cursor);
        assert!(found.span.start <= found.span.end && found.span.end <= text.len());
        assert!(text.get(found.span.start..found.span.end).is_some());
    }
}

#[test]
fn operators_are_those_that_the_checker_takes() {
    let terms = terms();
    for attribute in ATTRIBUTES {
        let subject = match attribute.name {
            "anniversary" => "anniversary(date: 'birth_date')".to_owned(),
            "season" => "season('oseibo', last_year)".to_owned(),
            name if attribute.parameters.is_some() => format!("{name}()"),
            name => name.to_owned(),
        };
        let value = match attribute.of {
            Type::Number(_) | Type::Money | Type::Share => "1".to_owned(),
            Type::Day | Type::Yearly => "today".to_owned(),
            Type::Text | Type::List => "'a'".to_owned(),
            Type::Choice(choices) => format!("'{}'", choices.first().unwrap().name),
            Type::Named(named) => format!("'{}'", terms.names.of(named).first().unwrap()),
            Type::Year => "2024".to_owned(),
            Type::Flag => "true".to_owned(),
        };
        for operator in OPERATORS {
            let rest = match operator.name {
                "BETWEEN" | "NOT BETWEEN" => format!("{value} AND {value}"),
                "IN" | "NOT IN" => format!("({value})"),
                "IS NULL" | "IS NOT NULL" => String::new(),
                _ => value.clone(),
            };
            let text = format!("{subject} {} {rest}", operator.name);
            let is_taken = check(&parse(&text).unwrap(), terms).is_ok();
            let is_listed = operators(attribute.of).any(|known| known.name == operator.name);
            assert_eq!(is_taken, is_listed, "{text}");
        }
    }
}
