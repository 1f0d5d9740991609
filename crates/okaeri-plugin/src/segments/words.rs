//! What may be written at a place in a segment, as words with their names.

use okaeri_core::list::List;
use okaeri_core::segment::attributes::{ATTRIBUTES, Attribute, Dictionary, Type};
use okaeri_core::segment::complete::{Next, complete};
use okaeri_core::segment::operators::{Operator, operators};
use okaeri_core::segment::{Customers, Names, tree::Literal, tree::Place, tree::Value};
use okaeri_protocol::answer::Answer;
use okaeri_protocol::segment::{
    SegmentChoice, SegmentType, SegmentWord, SegmentWordKind, SegmentWords,
};

use super::attributes::{bilingual, choices, type_of};
use super::units;
use crate::instance::{Answered, Ranked, Read};
use crate::settings::names;

/// Values of the shop in one answer.
const VALUES_MAX: usize = 50;

/// Days that are offered where a day is expected: as they are written, and their names.
const DAYS: [(&str, &str, &str); 6] = [
    ("today", "今日", "today"),
    ("yesterday", "昨日", "yesterday"),
    ("-7d", "7日前", "7 days ago"),
    ("-4w", "4週間前", "4 weeks ago"),
    ("-3m", "3か月前", "3 months ago"),
    ("-1y", "1年前", "1 year ago"),
];

const KEYWORDS: [(&str, &str, &str); 6] = [
    ("AND", "かつ", "and"),
    ("OR", "または", "or"),
    ("NOT", "ではない", "not"),
    ("(", "まとめる", "group"),
    (")", "閉じる", "close"),
    (",", "次の値", "next value"),
];

/// Words that begin with what is written come before those that have it inside.
struct Offer<'a> {
    names: &'a Names,
    written: String,
    first: Vec<SegmentWord>,
    second: Vec<SegmentWord>,
}

impl Offer<'_> {
    fn add(&mut self, word: SegmentWord) {
        let text = word.text.trim_start_matches('\'').to_lowercase();
        let label = &word.label;
        let is_inside = |text: &str| text.to_lowercase().contains(&self.written);
        if text.starts_with(&self.written) {
            self.first.push(word);
        } else if is_inside(&text) || is_inside(&label.ja) || is_inside(&label.en) {
            self.second.push(word);
        }
    }

    fn word(&mut self, text: &str, kind: SegmentWordKind, ja: &str, en: &str) {
        self.add(SegmentWord {
            text: text.to_owned(),
            kind,
            label: bilingual(ja, en),
            ..SegmentWord::default()
        });
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.add(SegmentWord {
            text: attribute.name.to_owned(),
            kind: SegmentWordKind::Attribute,
            label: bilingual(attribute.ja, attribute.en),
            of: Some(type_of(attribute.of)),
            count: None,
        });
    }

    fn operator(&mut self, operator: &Operator, text: &str) {
        self.word(text, SegmentWordKind::Operator, operator.ja, operator.en);
    }

    /// Values that are the same for every shop; of what type one is expected that is not.
    fn values(&mut self, of: Type) -> Option<SegmentType> {
        let kind = SegmentWordKind::Value;
        match of {
            Type::Choice(_) | Type::Named(_) => {
                for SegmentChoice { name, label } in choices(of, self.names) {
                    self.word(&quoted(&name), kind, &label.ja, &label.en);
                }
                return None;
            }
            Type::Year => {
                for SegmentChoice { name, label } in choices(of, self.names) {
                    self.word(&name, kind, &label.ja, &label.en);
                }
            }
            Type::Flag => {
                self.word("true", kind, "はい", "yes");
                self.word("false", kind, "いいえ", "no");
                return None;
            }
            Type::Day | Type::Yearly => {
                for (text, ja, en) in DAYS {
                    self.word(text, kind, ja, en);
                }
            }
            Type::Number(_) | Type::Money | Type::Share | Type::Text | Type::List => {}
        }
        Some(type_of(of))
    }
}

/// A text as it is written.
fn quoted(text: &str) -> String {
    let literal = Literal::Text(text.to_owned());
    let place = Place::default();
    Value { literal, place }.to_string()
}

/// The byte of a place in UTF-16 code units.
fn byte_of(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += letter.len_utf16() as u32;
    }
    text.len()
}

impl Read<'_> {
    /// What may be written at `cursor`, in UTF-16 code units; at the end when it is none.
    pub fn segment_words(&self, ranked: &Ranked, text: &str, cursor: Option<u32>) -> Answered {
        let cursor = cursor.map_or(text.len(), |cursor| byte_of(text, cursor));
        let completion = complete(text, cursor);
        let names = names(self.settings);
        let mut offer = Offer {
            names: &names,
            written: completion.written.to_lowercase(),
            first: Vec::new(),
            second: Vec::new(),
        };
        let mut expects = None;
        let mut known = Vec::new();
        for next in &completion.next {
            match *next {
                Next::Attribute => ATTRIBUTES.iter().for_each(|known| offer.attribute(known)),
                Next::Operator(of) => {
                    operators(of).for_each(|operator| offer.operator(operator, operator.name));
                }
                Next::Rest(operator, rest) => offer.operator(operator, rest),
                Next::Parameter(parameter) => offer.add(SegmentWord {
                    text: format!("{}:", parameter.name),
                    kind: SegmentWordKind::Parameter,
                    label: bilingual(
                        &format!("{}…{}", parameter.ja.0, parameter.ja.1),
                        &format!("{}…{}", parameter.en.0, parameter.en.1),
                    ),
                    of: Some(type_of(parameter.of)),
                    count: None,
                }),
                Next::Value(of, dictionary) => {
                    expects = offer.values(of);
                    if let Some(dictionary) = dictionary {
                        known = self.known(ranked, dictionary, &completion.written);
                    }
                }
                Next::Word(word) => {
                    let mut keywords = KEYWORDS.iter();
                    let known = keywords.find(|(text, _, _)| *text == word);
                    let (_, ja, en) = known.copied().unwrap_or((word, "", ""));
                    offer.word(word, SegmentWordKind::Keyword, ja, en);
                }
            }
        }
        let words = offer.first.into_iter().chain(offer.second).chain(known);
        Answer::SegmentWords(SegmentWords {
            span: units(text, completion.span),
            words: words.into_list(),
            expects,
        })
        .into()
    }

    /// Values that the shop knows.
    fn known(&self, ranked: &Ranked, dictionary: Dictionary, written: &str) -> Vec<SegmentWord> {
        let view = self.view(&ranked.rankings);
        let customers = Customers {
            view: &view,
            columns: &ranked.columns,
        };
        // Which are the commonest of a shard's is known when those of all are added up.
        let count_max = match self.told {
            Some(_) => usize::MAX,
            None => VALUES_MAX,
        };
        let known = customers.known(dictionary, written, count_max);
        let word = |known: okaeri_core::segment::values::Known| {
            let name = known.name.as_deref().unwrap_or(&known.text);
            SegmentWord {
                text: quoted(&known.text),
                kind: SegmentWordKind::Value,
                label: bilingual(name, name),
                of: None,
                count: Some(known.count as u64),
            }
        };
        known.into_iter().map(word).into_list()
    }
}
