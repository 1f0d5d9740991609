//! Segments: who is in one, how several overlap, and what is wrong with their texts.

mod attributes;
pub(crate) mod given;
mod words;

use okaeri_carts::exponent;
use okaeri_core::list::List;
use okaeri_core::segment::words::{Language, sentence};
use okaeri_core::segment::{
    Bits, Customers, Error, Kind, Names, Query, Span, Terms, Tree, check, parse,
};
use okaeri_core::zone::date_of;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode};
use okaeri_protocol::request::CustomerSort;
use okaeri_protocol::segment::{
    Bilingual, Segment, SegmentCell, SegmentError, SegmentErrorCode, SegmentOverlap, SegmentPair,
    SegmentSize,
};

pub(crate) use attributes::attributes;

use crate::instance::{Answered, Ranked, Read, error};
use crate::lists::Page;
use crate::settings::names;

/// Segments whose overlap is asked for, at least and at most.
const OVERLAP: std::ops::RangeInclusive<usize> = 2..=6;
/// Segments whose every cell is told, at most.
const CELLS_MAX: usize = 4;

/// A text that is a segment.
struct Sound {
    tree: Tree,
    query: Query,
}

/// What is wrong with a text that is none.
struct Unsound {
    /// There when it is a sentence.
    tree: Option<Box<Tree>>,
    errors: Vec<Error>,
}

impl Sound {
    fn size(&self, customers: usize) -> SegmentSize {
        sized(&self.tree, customers)
    }

    /// The members of the outermost AND or OR, or the whole.
    fn parts(&self) -> Vec<(&Tree, &Query)> {
        match (&self.tree, &self.query) {
            (Tree::All(trees), Query::All(queries)) | (Tree::Any(trees), Query::Any(queries)) => {
                trees.iter().zip(queries).into_list()
            }
            whole => vec![whole],
        }
    }
}

fn sized(tree: &Tree, customers: usize) -> SegmentSize {
    SegmentSize {
        text: tree.to_string(),
        sentence: said(tree),
        customers: customers as u64,
    }
}

fn said(tree: &Tree) -> Bilingual {
    Bilingual {
        ja: sentence(tree, Language::Ja),
        en: sentence(tree, Language::En),
    }
}

impl Read<'_> {
    fn terms<'n>(&self, names: &'n Names) -> Terms<'n> {
        let digits = exponent(&self.ledger.currency).unwrap_or_default();
        Terms {
            as_of_day: self.book.as_of_day,
            currency_digits: digits as u8,
            names,
        }
    }

    /// The segment that a text is, whose columns are then there, or its tree if it has one and
    /// everything that is wrong.
    fn sound(&self, text: &str) -> Result<Sound, Unsound> {
        let tree = parse(text).map_err(|error| Unsound {
            tree: None,
            errors: vec![error],
        })?;
        match check(&tree, self.terms(&names(self.settings))) {
            Ok(query) => {
                self.give(&tree);
                Ok(Sound { tree, query })
            }
            Err(errors) => Err(Unsound {
                tree: Some(Box::new(tree)),
                errors,
            }),
        }
    }

    /// The segment at a place of the call.
    fn sound_at(&self, at: &str, text: &str) -> Result<Sound, CallError> {
        self.sound(text).map_err(|Unsound { errors, .. }| {
            let first = errors.into_iter().next();
            let SegmentError {
                message,
                span,
                suggestion,
                ..
            } = first.map(|error| told(text, error)).unwrap_or_default();
            CallError {
                span: Some(span),
                suggestion,
                ..error(ErrorCode::BadCall, Some(at), message)
            }
        })
    }

    /// Who is in a segment, by person number; `at` is the text's place in the call.
    ///
    /// # Errors
    /// When the text is wrong.
    pub fn segment_members(&self, at: &str, text: &str) -> Result<Bits, CallError> {
        let sound = self.sound_at(at, text)?;
        let mut members = Bits::none(self.book.person_count() as usize);
        if let Some(ranked) = self.ranked {
            let view = self.view(&ranked.rankings);
            let customers = Customers {
                view: &view,
                columns: &ranked.columns,
            };
            for index in customers.matching(&sound.query).indexes() {
                if let Some(figures) = view.figures.get(index) {
                    members.insert(figures.person as usize);
                }
            }
        }
        Ok(members)
    }

    /// Who is in a segment, and what is wrong with its text.
    pub fn segment(&self, ranked: &Ranked, text: &str, limit: u32, of_shard: bool) -> Answered {
        let view = self.view(&ranked.rankings);
        let customers = Customers {
            view: &view,
            columns: &ranked.columns,
        };
        let of = view.figures.len();
        let mut segment = Segment {
            as_of: date_of(self.book.as_of_day).to_string(),
            of: of as u64,
            ..Segment::default()
        };
        let sound = match self.sound(text) {
            Ok(sound) => sound,
            Err(Unsound { tree, errors }) => {
                let tree = tree.as_deref();
                segment.text = tree.map_or_else(|| text.to_owned(), Tree::to_string);
                segment.sentence = tree.map(said);
                let errors = errors.into_iter().map(|error| told(text, error));
                segment.errors = errors.into_list();
                return Answer::Segment(Box::new(segment)).into();
            }
        };
        let parts = sound.parts();
        let found: Vec<Bits> = parts
            .iter()
            .map(|part| customers.matching(part.1))
            .into_list();
        let inside = merged(&sound.query, &found, of);
        let count = inside.count();
        let parts = parts.iter().zip(&found);
        segment.conditions = parts
            .map(|(part, bits)| sized(part.0, bits.count()))
            .into_list();
        segment.text = sound.tree.to_string();
        segment.sentence = Some(said(&sound.tree));
        segment.customers = count as u64;
        segment.share = (of > 0).then(|| count as f64 / of as f64);
        segment.amount = customers.amount(&inside);
        segment.mailable = customers.mailable().count_with(&inside) as u64;
        let matching: Vec<usize> = inside.indexes().into_list();
        let page = Page {
            sort: CustomerSort::Amount,
            ascending: false,
            offset: 0,
            limit,
        };
        let (sample, places) = self.page(&view, &matching, &page, of_shard);
        segment.sample = sample;
        Answered {
            answer: Answer::Segment(Box::new(segment)),
            notes: self.notes(),
            payload: places,
        }
    }

    /// How segments overlap.
    ///
    /// # Errors
    /// When they are too few or too many, or one of their texts is wrong.
    pub fn segment_overlap(
        &self,
        ranked: &Ranked,
        texts: &[String],
    ) -> Result<Answered, CallError> {
        if !OVERLAP.contains(&texts.len()) {
            let (least, greatest) = (OVERLAP.start(), OVERLAP.end());
            let message = format!("{} texts; use {least} to {greatest}", texts.len());
            return Err(error(ErrorCode::BadCall, Some("question.texts"), message));
        }
        let sound = |(index, text): (usize, &String)| {
            self.sound_at(&format!("question.texts[{index}]"), text)
        };
        let sounds = texts.iter().enumerate().map(sound);
        let sounds = sounds.collect::<Result<Vec<Sound>, CallError>>()?;
        let view = self.view(&ranked.rankings);
        let customers = Customers {
            view: &view,
            columns: &ranked.columns,
        };
        let of = view.figures.len();
        let found: Vec<Bits> = sounds
            .iter()
            .map(|sound| customers.matching(&sound.query))
            .into_list();
        let segments = sounds.iter().zip(&found);
        let overlap = SegmentOverlap {
            as_of: date_of(self.book.as_of_day).to_string(),
            of: of as u64,
            segments: segments
                .map(|(sound, bits)| sound.size(bits.count()))
                .into_list(),
            pairs: pairs(&found),
            cells: match found.len() {
                0..=CELLS_MAX => cells(&found, of),
                _ => Vec::new(),
            },
        };
        Ok(Answered {
            answer: Answer::SegmentOverlap(overlap),
            notes: self.notes(),
            payload: Vec::new(),
        })
    }
}

/// The whole out of its parts.
fn merged(query: &Query, found: &[Bits], of: usize) -> Bits {
    let merge = match query {
        Query::Any(_) => Bits::join,
        _ => Bits::keep,
    };
    let mut all = found.iter();
    let mut bits = all.next().cloned().unwrap_or_else(|| Bits::none(of));
    for more in all {
        merge(&mut bits, more);
    }
    bits
}

/// Each two, the first ones first.
fn pairs(found: &[Bits]) -> Vec<SegmentPair> {
    let mut pairs = Vec::new();
    for (a, one) in (0u32..).zip(found) {
        for (b, other) in (0u32..).zip(found).skip(a as usize + 1) {
            let customers = one.count_with(other) as u64;
            pairs.push(SegmentPair { a, b, customers });
        }
    }
    pairs
}

/// Every cell: of each segment, inside or outside. The first is outside all, and in the binary
/// number of a cell the first segment is the lowest digit.
fn cells(found: &[Bits], of: usize) -> Vec<SegmentCell> {
    let cell = |number: u32| {
        let mut bits = Bits::all(of);
        let mut inside = Vec::new();
        for (place, segment) in (0u32..).zip(found) {
            if number >> place & 1 == 1 {
                inside.push(place);
                bits.keep(segment);
            } else {
                bits.leave_out(segment);
            }
        }
        SegmentCell {
            inside,
            customers: bits.count() as u64,
        }
    };
    (0..1u32 << found.len()).map(cell).into_list()
}

/// A place of the text in UTF-16 code units.
fn unit(text: &str, byte: usize) -> u32 {
    let before = text.char_indices().take_while(|(at, _)| *at < byte);
    before.map(|(_, letter)| letter.len_utf16() as u32).sum()
}

fn units(text: &str, span: Span) -> [u32; 2] {
    [unit(text, span.start), unit(text, span.end)]
}

fn told(text: &str, error: Error) -> SegmentError {
    SegmentError {
        code: match error.kind {
            Kind::TooLarge => SegmentErrorCode::TooLarge,
            Kind::Syntax => SegmentErrorCode::Syntax,
            Kind::Attribute => SegmentErrorCode::Attribute,
            Kind::Argument => SegmentErrorCode::Argument,
            Kind::Operator => SegmentErrorCode::Operator,
            Kind::Value => SegmentErrorCode::Value,
        },
        message: error.message,
        span: units(text, error.span),
        suggestion: error.suggestion,
    }
}
