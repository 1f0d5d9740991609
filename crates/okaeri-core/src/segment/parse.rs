//! A text to its tree.
//!
//! ```text
//! any       = all { OR all }
//! all       = one { AND one }
//! one       = NOT one | "(" any ")" | condition
//! condition = subject [ comparison value | [NOT] BETWEEN value AND value
//!                     | [NOT] IN "(" value { "," value } ")" | [NOT] CONTAINS value
//!                     | IS [NOT] NULL ]
//! subject   = word [ "(" [ argument { "," argument } ] ")" ]
//! argument  = [ word ":" ] value
//! ```

use super::error::{Error, Kind, Span};
use super::token::{Keyword, Token, Tokens};
use super::tree::{Argument, Comparison, Condition, Literal, Place, Subject, Test, Tree, Value};

/// Longest text, in bytes.
pub const LENGTH_MAX: usize = 1 << 16;
/// Deepest nesting of parentheses and NOT.
pub const DEPTH_MAX: usize = 50;
/// Most conditions.
pub const CONDITIONS_MAX: usize = 250;

/// The tree of a text.
///
/// # Errors
/// When the text is too long, too deep or has too many conditions, and where it is no sentence of
/// the language.
pub fn parse(text: &str) -> Result<Tree, Error> {
    if text.len() > LENGTH_MAX {
        let span = Span {
            start: LENGTH_MAX,
            end: text.len(),
        };
        let message = format!("a segment has {LENGTH_MAX} bytes at most");
        return Err(Error::new(Kind::TooLarge, span, message));
    }
    let mut tokens = Tokens::new(text);
    let (token, span) = tokens.advance()?;
    let mut parser = Parser {
        tokens,
        token,
        span,
        conditions: 0,
    };
    let tree = parser.any(0)?;
    match parser.token {
        Token::End => Ok(tree),
        _ => Err(parser.unexpected("AND, OR or the end")),
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    token: Token,
    span: Span,
    conditions: usize,
}

impl Parser<'_> {
    /// The token that stands here; the next one takes its place.
    fn advance(&mut self) -> Result<Token, Error> {
        let (token, span) = self.tokens.advance()?;
        self.span = span;
        Ok(std::mem::replace(&mut self.token, token))
    }

    /// Goes past `token`, if it stands here.
    fn skip(&mut self, token: &Token) -> Result<bool, Error> {
        let found = self.token == *token;
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn skip_word(&mut self, word: Keyword) -> Result<bool, Error> {
        self.skip(&Token::Keyword(word))
    }

    fn expect(&mut self, token: &Token, written: &str) -> Result<(), Error> {
        match self.skip(token)? {
            true => Ok(()),
            false => Err(self.unexpected(written)),
        }
    }

    fn unexpected(&self, expected: &str) -> Error {
        let message = match self.token {
            Token::End => format!("the text ends where {expected} is expected"),
            _ => format!("here {expected} is expected"),
        };
        Error::new(Kind::Syntax, self.span, message)
    }

    fn too_large(&self, message: String) -> Error {
        Error::new(Kind::TooLarge, self.span, message)
    }

    fn any(&mut self, depth: usize) -> Result<Tree, Error> {
        let mut members = vec![self.all(depth)?];
        while self.skip_word(Keyword::Or)? {
            members.push(self.all(depth)?);
        }
        Tree::any(members).ok_or_else(|| self.unexpected("a condition"))
    }

    fn all(&mut self, depth: usize) -> Result<Tree, Error> {
        let mut members = vec![self.one(depth)?];
        while self.skip_word(Keyword::And)? {
            members.push(self.one(depth)?);
        }
        Tree::all(members).ok_or_else(|| self.unexpected("a condition"))
    }

    fn one(&mut self, depth: usize) -> Result<Tree, Error> {
        if depth > DEPTH_MAX {
            return Err(self.too_large(format!("parentheses nest {DEPTH_MAX} deep at most")));
        }
        if self.skip_word(Keyword::Not)? {
            return Ok(Tree::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.skip(&Token::Open)? {
            let tree = self.any(depth + 1)?;
            self.expect(&Token::Close, "a closing parenthesis")?;
            return Ok(tree);
        }
        self.conditions += 1;
        if self.conditions > CONDITIONS_MAX {
            return Err(
                self.too_large(format!("a segment has {CONDITIONS_MAX} conditions at most"))
            );
        }
        self.condition().map(Tree::Condition)
    }

    fn condition(&mut self) -> Result<Condition, Error> {
        let subject = self.subject()?;
        let span = self.span;
        let test = self.test(&subject)?;
        Ok(Condition {
            subject,
            test,
            place: Place(span),
        })
    }

    fn subject(&mut self) -> Result<Subject, Error> {
        let place = Place(self.span);
        let Token::Word(name) = self.token.clone() else {
            return Err(self.unexpected("the name of an attribute"));
        };
        self.advance()?;
        let mut arguments = None;
        if self.skip(&Token::Open)? {
            arguments = Some(match self.skip(&Token::Close)? {
                true => Vec::new(),
                false => self.list(Self::argument)?,
            });
        }
        Ok(Subject {
            name,
            arguments,
            place,
        })
    }

    /// Members between commas, up to the closing parenthesis.
    fn list<T>(&mut self, member: fn(&mut Self) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let mut members = vec![member(self)?];
        while self.skip(&Token::Comma)? {
            members.push(member(self)?);
        }
        self.expect(&Token::Close, "a comma or a closing parenthesis")?;
        Ok(members)
    }

    fn argument(&mut self) -> Result<Argument, Error> {
        let place = Place(self.span);
        let mut value = self.value()?;
        let mut name = None;
        if let Literal::Word(word) = &value.literal
            && self.skip(&Token::Colon)?
        {
            name = Some(word.clone());
            value = self.value()?;
        }
        Ok(Argument { name, value, place })
    }

    fn value(&mut self) -> Result<Value, Error> {
        let place = Place(self.span);
        let literal = match self.token.clone() {
            Token::Number(number) => Literal::Number(number),
            Token::Text(text) => Literal::Text(text),
            Token::Day(day) => Literal::Day(day),
            Token::Word(word) => Literal::Word(word),
            Token::Keyword(Keyword::True) => Literal::Flag(true),
            Token::Keyword(Keyword::False) => Literal::Flag(false),
            Token::Keyword(Keyword::Null) => {
                let error = self.unexpected("a value");
                return Err(error.with("IS NULL or IS NOT NULL".to_owned()));
            }
            _ => return Err(self.unexpected("a value")),
        };
        self.advance()?;
        Ok(Value { literal, place })
    }

    fn test(&mut self, subject: &Subject) -> Result<Test, Error> {
        if let Token::Compare(comparison) = self.token {
            self.advance()?;
            return Ok(Test::Compare(comparison, self.value()?));
        }
        if self.skip_word(Keyword::Is)? {
            let not = self.skip_word(Keyword::Not)?;
            self.expect(&Token::Keyword(Keyword::Null), "NULL or NOT NULL")?;
            return Ok(Test::Null { not });
        }
        let not = self.skip_word(Keyword::Not)?;
        if self.skip_word(Keyword::Between)? {
            let low = self.value()?;
            self.expect(&Token::Keyword(Keyword::And), "AND and the greatest value")?;
            let high = self.value()?;
            return Ok(Test::Between { not, low, high });
        }
        if self.skip_word(Keyword::In)? {
            self.expect(&Token::Open, "an opening parenthesis")?;
            let values = self.list(Self::value)?;
            return Ok(Test::In { not, values });
        }
        if self.skip_word(Keyword::Contains)? {
            let value = self.value()?;
            return Ok(Test::Contains { not, value });
        }
        let ends = matches!(
            self.token,
            Token::End | Token::Close | Token::Keyword(Keyword::And | Keyword::Or)
        );
        if not || !ends {
            return Err(self
                .unexpected("an operator")
                .with("=, !=, >, >=, <, <=, BETWEEN, IN, CONTAINS or IS NULL".to_owned()));
        }
        Ok(Test::Compare(
            Comparison::Equal,
            Value {
                literal: Literal::Flag(true),
                place: subject.place,
            },
        ))
    }
}
