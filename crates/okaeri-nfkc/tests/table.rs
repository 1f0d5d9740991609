//! The table is what `unicode-normalization` says. `UPDATE=1` writes it anew, for a newer Unicode.
#![expect(
    clippy::disallowed_methods,
    reason = "the generator of a committed file"
)]
#![expect(clippy::expect_used, reason = "a failed conversion fails the test")]

use okaeri_nfkc::nfkc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};

fn all() -> impl Iterator<Item = char> {
    ('\0'..=char::MAX).filter(|c| !('\u{ac00}'..='\u{d7a3}').contains(c))
}

#[derive(Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn number(&mut self, number: usize) {
        let mut number = number;
        while number > 127 {
            self.0.push((number & 127) as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// The characters as differences, each from the one before; without sign for ascending ones.
    fn letters(&mut self, letters: impl Iterator<Item = char>, is_signed: bool) {
        let mut last = 0;
        for letter in letters {
            self.letter(letter, &mut last, is_signed);
        }
    }

    fn letter(&mut self, letter: char, last: &mut i64, is_signed: bool) {
        let step = i64::from(u32::from(letter)) - *last;
        *last += step;
        let number = match (is_signed, step < 0) {
            (false, _) => step,
            (true, false) => step << 1,
            (true, true) => (-step << 1) - 1,
        };
        self.number(usize::try_from(number).expect("characters ascend"));
    }
}

/// First character, length and class of each run of equal classes.
fn classes() -> Vec<(char, usize, u8)> {
    let mut runs: Vec<(char, usize, u8)> = Vec::new();
    for letter in all() {
        let class = canonical_combining_class(letter);
        match runs.last_mut() {
            _ if class == 0 => {}
            Some((first, length, last))
                if *last == class && *first as usize + *length == letter as usize =>
            {
                *length += 1;
            }
            _ => runs.push((letter, 1, class)),
        }
    }
    runs
}

/// The characters that NFKC replaces, and by what.
fn folds() -> Vec<(char, Vec<char>)> {
    all()
        .map(|letter| (letter, letter.nfkc().collect::<Vec<char>>()))
        .filter(|(letter, text)| *text != [*letter])
        .collect()
}

/// The characters that NFKC composes, and of which two.
fn pairs() -> Vec<(char, char, char)> {
    let mut pairs = Vec::new();
    for letter in all().filter(|letter| letter.nfkc().eq([*letter])) {
        let mut parts: Vec<char> = letter.nfd().collect();
        if parts == [letter] {
            continue;
        }
        let second = parts.pop().expect("a character has parts");
        let first = parts
            .into_iter()
            .reduce(|a, b| compose(a, b).expect("a pair"));
        let first = first.expect("a character that is composed has two parts");
        assert_eq!(compose(first, second), Some(letter));
        pairs.push((letter, first, second));
    }
    pairs.sort_unstable_by_key(|(_, first, second)| (*first, *second));
    pairs
}

/// Every character that is in the table.
fn letters() -> Vec<char> {
    let mut letters: Vec<char> = folds().into_iter().map(|fold| fold.0).collect();
    letters.extend(
        pairs()
            .into_iter()
            .flat_map(|pair| [pair.0, pair.1, pair.2]),
    );
    letters.extend(all().filter(|letter| canonical_combining_class(*letter) != 0));
    letters
}

fn table() -> Vec<u8> {
    let mut packed = Packed::default();
    let classes = classes();
    packed.number(classes.len());
    packed.letters(classes.iter().map(|run| run.0), false);
    classes.iter().for_each(|run| packed.number(run.1));
    classes.iter().for_each(|run| packed.number(run.2.into()));
    let folds = folds();
    packed.number(folds.len());
    packed.letters(folds.iter().map(|fold| fold.0), false);
    folds.iter().for_each(|fold| packed.number(fold.1.len()));
    let mut last = [0; 18];
    for (_, text) in &folds {
        for (letter, last) in text.iter().zip(&mut last) {
            packed.letter(*letter, last, true);
        }
    }
    let pairs = pairs();
    packed.number(pairs.len());
    packed.letters(pairs.iter().map(|pair| pair.1), false);
    packed.letters(pairs.iter().map(|pair| pair.2), true);
    packed.letters(pairs.iter().map(|pair| pair.0), true);
    packed.0
}

#[test]
fn holds_what_unicode_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/nfkc.bin");
    let table = table();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file, &table).expect("the table can be written");
    }
    let held = std::fs::read(file).expect("the table is there");
    assert!(
        held == table,
        "src/nfkc.bin differs from Unicode: run with UPDATE=1"
    );
}

fn assert_same(text: &str) {
    assert!(
        nfkc(text).eq(text.nfkc()),
        "{text:?}: {:?}, and not {:?}",
        text.nfkc().collect::<String>(),
        nfkc(text).collect::<String>()
    );
}

#[test]
fn every_character_alone_and_those_in_the_table_beside_others() {
    for letter in '\0'..=char::MAX {
        assert_same(letter.encode_utf8(&mut [0; 4]));
    }
    // A base that composes, marks above and below, a voicing mark, parts of a syllable.
    let around = ["a", "か", "\u{323}", "\u{301}", "\u{3099}", "ᄀ", "가", "ᆨ"];
    for letter in letters() {
        for around in around {
            assert_same(&format!("{letter}{around}"));
            assert_same(&format!("{around}{letter}"));
        }
    }
}

#[test]
fn every_pair_apart_and_with_a_mark_between() {
    for (letter, first, second) in pairs() {
        assert_same(&format!("{first}{second}"));
        for mark in ["\u{323}", "\u{301}", "\u{334}", "\u{3099}", "x"] {
            assert_same(&format!("{first}{mark}{second}"));
            assert_same(&format!("{letter}{mark}{second}"));
        }
    }
}

/// Texts drawn from the characters that matter, so that marks pile up.
#[test]
fn texts_by_chance() {
    let mut letters = letters();
    let marks: Vec<char> = all()
        .filter(|letter| canonical_combining_class(*letter) != 0)
        .collect();
    letters.extend("aAeoか゛ハﾊﾞﾟ゙１－ｶ가각각漢字 ".chars().cycle().take(2000));
    let mut state = 1_u64;
    let mut chance = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % below
    };
    for _ in 0..200_000 {
        let length = 1 + chance(12);
        let text = (0..length).map(|_| {
            let among = if chance(3) == 0 { &letters } else { &marks };
            among.get(chance(among.len())).copied().unwrap_or(' ')
        });
        assert_same(&text.collect::<String>());
    }
    // So many marks that ordering them must not take the square of the time.
    assert_same(&format!("a{}", "\u{301}\u{323}".repeat(100_000)));
}

#[test]
fn empty_and_ascii_texts_stay() {
    for text in ["", "a", "~\u{7f}"] {
        assert_eq!(nfkc(text).collect::<String>(), text);
    }
}
