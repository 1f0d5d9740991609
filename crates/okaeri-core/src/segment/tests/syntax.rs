//! Texts, trees, and back.

use super::dice::Dice;
use super::shop::terms;
use super::trees::{any_condition, sound_condition, tree};
use crate::segment::attributes::{ATTRIBUTES, Attribute};
use crate::segment::parse::{CONDITIONS_MAX, DEPTH_MAX, LENGTH_MAX};
use crate::segment::words::{Language, sentence};
use crate::segment::{Kind, Span, Terms, check, parse};

#[test]
fn what_is_written_is_read_back() {
    let mut dice = Dice(1);
    for round in 0..1_500 {
        let tree = match round % 2 {
            0 => tree(&mut dice, 4, &any_condition),
            _ => tree(&mut dice, 4, &|dice: &mut Dice| {
                sound_condition(dice, 20_000)
            }),
        };
        let written = tree.to_string();
        let read = parse(&written);
        if matches!(&read, Err(error) if error.kind == Kind::TooLarge) {
            continue;
        }
        assert_eq!(read.as_ref(), Ok(&tree), "{written}");
        assert_eq!(read.unwrap().to_string(), written);
        // Whatever can be written is said in words, and checked.
        let words = [Language::Ja, Language::En].map(|language| sentence(&tree, language));
        assert!(words.iter().all(|words| !words.is_empty()));
        for as_of_day in [i32::MIN, -800_000, 20_000, i32::MAX] {
            let terms = Terms {
                as_of_day,
                currency_digits: (round % 4) as u8,
                ..terms()
            };
            let checked = check(&tree, terms);
            assert!(checked.is_ok() || !checked.unwrap_err().is_empty());
        }
    }
}

#[test]
fn every_attribute_can_be_written_and_has_names() {
    for (index, attribute) in ATTRIBUTES.iter().enumerate() {
        let same = |other: &Attribute| other.name == attribute.name;
        assert_eq!(ATTRIBUTES.iter().position(same), Some(index));
        let tree = parse(attribute.name).unwrap();
        assert_eq!(tree.to_string(), format!("{} = true", attribute.name));
        assert!(!attribute.ja.is_empty() && !attribute.en.is_empty());
        for parameter in attribute.parameters.unwrap_or_default() {
            let call = format!("{}({}: 1) = true", attribute.name, parameter.name);
            assert_eq!(parse(&call).unwrap().to_string(), call);
        }
    }
}

/// Text as typed, and its canonical form.
const FORMS: [(&str, &str); 16] = [
    ("number_of_orders>=3", "number_of_orders >= 3"),
    (
        "  A=1 and\nb <> 2  or C < 3.50 ",
        "a = 1 AND b != 2 OR c < 3.5",
    ),
    ("a = 1 AND (b = 2 OR c = 3)", "a = 1 AND (b = 2 OR c = 3)"),
    (
        "((a = 1 AND ((b = 2) AND c = 3)))",
        "a = 1 AND b = 2 AND c = 3",
    ),
    ("not a = 1 and b = 2", "NOT a = 1 AND b = 2"),
    ("NOT (a = 1 AND b = 2)", "NOT (a = 1 AND b = 2)"),
    (
        "a = '2025-01-31' OR NOT NOT a = 2025-01-31",
        "a = '2025-01-31' OR NOT NOT a = 2025-01-31",
    ),
    (
        "d BETWEEN -4W and +30d AND e not between 1 and 2",
        "d BETWEEN -4w AND +30d AND e NOT BETWEEN 1 AND 2",
    ),
    (
        "d > 30_days_ago OR d > 1_year_ago OR d = 0_weeks_ago",
        "d > -30d OR d > -1y OR d = today",
    ),
    (
        "d IN (today, Yesterday, tomorrow, -0m)",
        "d IN (today, yesterday, +1d, today)",
    ),
    ("t not in ('it''s','')", "t NOT IN ('it''s', '')"),
    (
        "t contains 'x' or t NOT CONTAINS 'y'",
        "t CONTAINS 'x' OR t NOT CONTAINS 'y'",
    ),
    ("t is null and t Is Not Null", "t IS NULL AND t IS NOT NULL"),
    (
        "products_purchased(ID:'tea',since:-1y,count:2)",
        "products_purchased(id: 'tea', since: -1y, count: 2) = true",
    ),
    (
        "season('mothers_day', last_year) AND f() = FALSE",
        "season('mothers_day', last_year) = true AND f() = false",
    ),
    (
        "n = -5 AND n = +5 AND n = -0 AND n = 007.10",
        "n = -5 AND n = 5 AND n = 0 AND n = 7.1",
    ),
];

#[test]
fn a_sentence_has_one_form() {
    for (typed, form) in FORMS {
        assert_eq!(parse(typed).unwrap().to_string(), form);
        assert_eq!(parse(form).unwrap().to_string(), form);
    }
}

#[test]
fn hostile_texts_are_refused() {
    let refused = |text: String| {
        let error = parse(&text).unwrap_err();
        assert!(error.span.start <= error.span.end && error.span.end <= text.len());
        error.kind
    };
    for text in [
        "(",
        "NOT ",
        "NOT (",
        "a(",
        "a = 1 AND (",
        "'",
        "''",
        "-",
        "1",
        "a IN (1,",
    ] {
        refused(text.repeat(100_000));
        // Below the greatest length too.
        refused(text.repeat(LENGTH_MAX / text.len()));
    }
    assert_eq!(refused("x".repeat(5_000_000)), Kind::TooLarge);
    let nested = |depth: usize| format!("{}a = 1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(DEPTH_MAX)).is_ok());
    assert_eq!(refused(nested(DEPTH_MAX + 1)), Kind::TooLarge);
    let many = |count: usize| vec!["a = 1"; count].join(" OR ");
    assert!(parse(&many(CONDITIONS_MAX)).is_ok());
    assert_eq!(refused(many(CONDITIONS_MAX + 1)), Kind::TooLarge);
}

#[test]
fn whatever_is_typed_gives_a_tree_or_an_error_within_the_text() {
    let mut dice = Dice(2);
    let pieces = [
        "(",
        ")",
        "'",
        ",",
        ":",
        "AND ",
        "not",
        " ",
        "=",
        "<",
        "-",
        "+",
        "4w",
        "1.",
        "2025-01-3",
        "9999-99-99",
        "東",
        "’",
        "１",
        "\0",
        "in",
        "_ago",
        "1_days_ago",
        "99999999999999999999",
    ];
    for _ in 0..20_000 {
        let mut text = match dice.chance(50) {
            true => dice.pick(&FORMS).0.to_owned(),
            false => String::new(),
        };
        for _ in 0..1 + dice.below(6) {
            let mut at = dice.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, dice.pick(&pieces));
        }
        match parse(&text) {
            Ok(tree) => assert_eq!(parse(&tree.to_string()).unwrap(), tree, "{text}"),
            Err(error) => {
                let Span { start, end } = error.span;
                assert!(text.get(start..end).is_some(), "{text}: {error}");
            }
        }
    }
}
