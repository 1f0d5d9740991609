//! What may be written at a place in a text that is not finished.
//!
//! The tokens before the place are followed as the parser would, without building a tree. What
//! stands behind the place does not matter.

use super::attributes::{Attribute, Dictionary, Parameter, Type, find};
use super::error::Span;
use super::operators::{Operator, operators};
use super::token::{Keyword, Token, Tokens};

/// What may stand at a place.
#[derive(Clone, Debug)]
pub struct Completion {
    /// What is written of it already, and would be replaced.
    pub span: Span,
    /// The same as text, without an opening quote.
    pub written: String,
    /// What may stand there.
    pub next: Vec<Next>,
}

/// One kind of thing that may stand at a place.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// Any attribute.
    Attribute,
    /// An operator that fits this type.
    Operator(Type),
    /// What is left of an operator whose first word stands there, such as IN behind NOT.
    Rest(&'static Operator, &'static str),
    /// A parameter of a function.
    Parameter(&'static Parameter),
    /// A value of this type, perhaps one that the shop knows.
    Value(Type, Option<Dictionary>),
    /// A word or sign as it is written.
    Word(&'static str),
}

/// Of what something is asked: values of one type.
type Asked = (Type, Option<Dictionary>);

#[derive(Clone, Copy)]
enum State {
    /// A condition begins.
    Condition,
    /// Behind the name of an attribute, or behind its arguments.
    Subject(&'static Attribute, bool),
    /// Inside a function's parentheses, where an argument begins.
    Argument(&'static Attribute),
    /// Behind a parameter's name.
    Colon(&'static Attribute, &'static Parameter),
    /// Where a parameter's value stands.
    ArgumentValue(&'static Attribute, &'static Parameter),
    /// Behind a parameter's value.
    ArgumentEnd(&'static Attribute),
    /// Behind NOT, which begins an operator.
    Not(Asked),
    /// Behind IS, and whether NOT stands there too.
    Is(Asked, bool),
    /// Where the last value stands.
    Value(Asked),
    /// Where the first value of BETWEEN stands.
    Low(Asked),
    /// Behind it.
    Middle(Asked),
    /// Behind IN.
    Open(Asked),
    /// Where a value of IN stands.
    Item(Asked),
    /// Behind it.
    ItemEnd(Asked),
    /// Behind a condition.
    End,
    /// What stands there is no sentence.
    Lost,
}

/// Follows a text.
struct Path {
    state: State,
    /// Open parentheses.
    depth: usize,
    /// Names of parameters that are given.
    given: Vec<&'static str>,
}

/// What may stand at `cursor`, a byte of the text.
pub fn complete(text: &str, cursor: usize) -> Completion {
    let cursor = (0..=cursor.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    let (head, tail) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let mut tokens = Tokens::new(head);
    let mut found = Vec::new();
    let mut start = cursor;
    loop {
        match tokens.advance() {
            Ok((Token::End, _)) => break,
            Ok((token, span)) => found.push((token, span)),
            Err(error) => {
                start = error.span.start;
                break;
            }
        }
    }
    let is_open_ended = |token: &Token| {
        !matches!(
            token,
            Token::Text(_) | Token::Open | Token::Close | Token::Comma | Token::Colon
        )
    };
    let last = found
        .last()
        .filter(|(token, span)| span.end == cursor && start == cursor && is_open_ended(token));
    if let Some((_, span)) = last {
        start = span.start;
        found.pop();
    }
    let written = head.get(start..).unwrap_or_default();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let behind = match written.as_bytes().last() {
        // The rest of the same word goes too.
        Some(byte) if is_word(byte) && !written.starts_with('\'') => {
            tail.bytes().take_while(is_word).count()
        }
        _ => 0,
    };
    let mut path = Path {
        state: State::Condition,
        depth: 0,
        given: Vec::new(),
    };
    for (token, _) in &found {
        path.follow(token);
    }
    Completion {
        span: Span {
            start,
            end: cursor + behind,
        },
        written: written.trim_start_matches('\'').replace("''", "'"),
        next: path.next(),
    }
}

fn is_value(token: &Token) -> bool {
    matches!(
        token,
        Token::Number(_)
            | Token::Text(_)
            | Token::Day(_)
            | Token::Word(_)
            | Token::Keyword(Keyword::True | Keyword::False)
    )
}

fn asked(attribute: &Attribute) -> Asked {
    (attribute.of, attribute.dictionary())
}

impl Path {
    fn follow(&mut self, token: &Token) {
        self.state = match self.state {
            State::Condition => match token {
                Token::Keyword(Keyword::Not) => State::Condition,
                Token::Open => {
                    self.depth += 1;
                    State::Condition
                }
                Token::Word(name) => find(name).map_or(State::Lost, |attribute| {
                    self.given.clear();
                    State::Subject(attribute, false)
                }),
                _ => State::Lost,
            },
            State::Subject(attribute, false)
                if *token == Token::Open && attribute.parameters.is_some() =>
            {
                State::Argument(attribute)
            }
            State::Subject(attribute, _) => match token {
                Token::Compare(_) | Token::Keyword(Keyword::Contains) => {
                    State::Value(asked(attribute))
                }
                Token::Keyword(Keyword::Is) => State::Is(asked(attribute), false),
                Token::Keyword(Keyword::Not) => State::Not(asked(attribute)),
                Token::Keyword(Keyword::Between) => State::Low(asked(attribute)),
                Token::Keyword(Keyword::In) => State::Open(asked(attribute)),
                _ => self.end(token),
            },
            State::Argument(_)
            | State::Colon(..)
            | State::ArgumentValue(..)
            | State::ArgumentEnd(_) => self.argument(token),
            State::Not(asked) => match token {
                Token::Keyword(Keyword::Between) => State::Low(asked),
                Token::Keyword(Keyword::In) => State::Open(asked),
                Token::Keyword(Keyword::Contains) => State::Value(asked),
                _ => State::Lost,
            },
            State::Is(asked, not) => match token {
                Token::Keyword(Keyword::Null) => State::End,
                Token::Keyword(Keyword::Not) if !not => State::Is(asked, true),
                _ => State::Lost,
            },
            State::Value(_) if is_value(token) => State::End,
            State::Low(asked) if is_value(token) => State::Middle(asked),
            State::Middle(asked) if *token == Token::Keyword(Keyword::And) => State::Value(asked),
            State::Open(asked) if *token == Token::Open => State::Item(asked),
            State::Item(asked) if is_value(token) => State::ItemEnd(asked),
            State::ItemEnd(asked) if *token == Token::Comma => State::Item(asked),
            State::ItemEnd(_) if *token == Token::Close => State::End,
            State::End => self.end(token),
            _ => State::Lost,
        };
    }

    /// Behind a condition, or behind an attribute that may stand alone.
    fn end(&mut self, token: &Token) -> State {
        match token {
            Token::Keyword(Keyword::And | Keyword::Or) => State::Condition,
            Token::Close if self.depth > 0 => {
                self.depth -= 1;
                State::End
            }
            _ => State::Lost,
        }
    }

    fn argument(&mut self, token: &Token) -> State {
        match self.state {
            State::Argument(attribute) => {
                let parameters = attribute.parameters.unwrap_or_default();
                let named = match token {
                    Token::Close => return State::Subject(attribute, true),
                    Token::Word(name) => parameters.iter().find(|known| known.name == name),
                    _ => None,
                };
                match named {
                    Some(parameter) => {
                        self.given.push(parameter.name);
                        State::Colon(attribute, parameter)
                    }
                    None if is_value(token) => {
                        let place = parameters.get(self.given.len());
                        self.given.extend(place.map(|parameter| parameter.name));
                        State::ArgumentEnd(attribute)
                    }
                    None => State::Lost,
                }
            }
            State::Colon(attribute, parameter) if *token == Token::Colon => {
                State::ArgumentValue(attribute, parameter)
            }
            State::ArgumentValue(attribute, _) if is_value(token) => State::ArgumentEnd(attribute),
            State::ArgumentEnd(attribute) => match token {
                Token::Comma => State::Argument(attribute),
                Token::Close => State::Subject(attribute, true),
                _ => State::Lost,
            },
            _ => State::Lost,
        }
    }

    fn next(&self) -> Vec<Next> {
        let mut next = Vec::new();
        match self.state {
            State::Condition => {
                next.extend([Next::Attribute, Next::Word("NOT"), Next::Word("(")]);
            }
            State::Subject(attribute, is_closed) => {
                if attribute.parameters.is_some() && !is_closed {
                    next.push(Next::Word("("));
                    return next;
                }
                next.push(Next::Operator(attribute.of));
                if let Type::Flag = attribute.of {
                    next.extend(self.ends());
                }
            }
            State::Argument(attribute) => {
                let parameters = attribute.parameters.unwrap_or_default();
                let is_left = |parameter: &&Parameter| !self.given.contains(&parameter.name);
                next.extend(parameters.iter().filter(is_left).map(Next::Parameter));
                // What must be given may go by its place.
                let first = parameters.first().filter(|one| one.is_required);
                if let Some(first) = first.filter(|_| self.given.is_empty()) {
                    next.push(Next::Value(first.of, first.dictionary));
                }
                next.push(Next::Word(")"));
            }
            State::Colon(..) => next.push(Next::Word(":")),
            State::ArgumentValue(_, parameter) => {
                next.push(Next::Value(parameter.of, parameter.dictionary));
            }
            State::ArgumentEnd(_) | State::ItemEnd(_) => {
                next.extend([Next::Word(","), Next::Word(")")]);
            }
            State::Not((of, _)) => next.extend(rests(of, "NOT ")),
            State::Is((of, _), false) => next.extend(rests(of, "IS ")),
            State::Is((of, _), true) => next.extend(rests(of, "IS NOT ")),
            State::Value((of, dictionary))
            | State::Low((of, dictionary))
            | State::Item((of, dictionary)) => next.push(Next::Value(of, dictionary)),
            State::Middle(_) => next.push(Next::Word("AND")),
            State::Open(_) => next.push(Next::Word("(")),
            State::End => next.extend(self.ends()),
            State::Lost => {}
        }
        next
    }

    fn ends(&self) -> impl Iterator<Item = Next> {
        let words = ["AND", "OR", ")"].into_iter();
        words
            .take(if self.depth > 0 { 3 } else { 2 })
            .map(Next::Word)
    }
}

/// The operators of which `begun` is written already.
fn rests(of: Type, begun: &'static str) -> impl Iterator<Item = Next> {
    let fitting = operators(of);
    fitting.filter_map(move |operator| {
        let rest = operator.name.strip_prefix(begun)?;
        Some(Next::Rest(operator, rest))
    })
}
