//! A text as words, values and signs, one at a time.

use chrono::NaiveDate;

use super::error::{Error, Kind, Span};
use super::tree::{Comparison, Day, Decimal, SCALE_MAX, Unit};
use crate::zone::day_of;

/// What stands next.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A keyword.
    Keyword(Keyword),
    /// Any other word, in lower case.
    Word(String),
    /// A number.
    Number(Decimal),
    /// A text in quotes, without them.
    Text(String),
    /// A day.
    Day(Day),
    /// A comparison.
    Compare(Comparison),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// Nothing more.
    End,
}

/// A word that the language keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// AND
    And,
    /// OR
    Or,
    /// NOT
    Not,
    /// IN
    In,
    /// BETWEEN
    Between,
    /// CONTAINS
    Contains,
    /// IS
    Is,
    /// NULL
    Null,
    /// `true`
    True,
    /// `false`
    False,
}

/// Keywords as they are written in any case.
pub const KEYWORDS: [(&str, Keyword); 10] = [
    ("and", Keyword::And),
    ("or", Keyword::Or),
    ("not", Keyword::Not),
    ("in", Keyword::In),
    ("between", Keyword::Between),
    ("contains", Keyword::Contains),
    ("is", Keyword::Is),
    ("null", Keyword::Null),
    ("true", Keyword::True),
    ("false", Keyword::False),
];

/// Cuts a text into tokens.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl<'a> Tokens<'a> {
    /// From the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Tokens { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Takes the bytes for which `keep` holds.
    fn take(&mut self, keep: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| keep(*byte)).count();
        let taken = rest.get(..length).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn error(&self, start: usize, message: impl Into<String>) -> Error {
        let span = Span {
            start,
            end: self.at,
        };
        Error::new(Kind::Syntax, span, message)
    }

    /// The next token and where it stands.
    ///
    /// # Errors
    /// When no token begins there.
    pub fn advance(&mut self) -> Result<(Token, Span), Error> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let start = self.at;
        let token = self.token(start)?;
        let span = Span {
            start,
            end: self.at,
        };
        Ok((token, span))
    }

    fn token(&mut self, start: usize) -> Result<Token, Error> {
        let Some(byte) = self.byte(0) else {
            return Ok(Token::End);
        };
        let next = self.byte(1);
        let (length, token) = match (byte, next) {
            (b'(', _) => (1, Token::Open),
            (b')', _) => (1, Token::Close),
            (b',', _) => (1, Token::Comma),
            (b':', _) => (1, Token::Colon),
            (b'!', Some(b'=')) | (b'<', Some(b'>')) => (2, Token::Compare(Comparison::NotEqual)),
            (b'>', Some(b'=')) => (2, Token::Compare(Comparison::AtLeast)),
            (b'<', Some(b'=')) => (2, Token::Compare(Comparison::AtMost)),
            (b'=', _) => (1, Token::Compare(Comparison::Equal)),
            (b'>', _) => (1, Token::Compare(Comparison::Greater)),
            (b'<', _) => (1, Token::Compare(Comparison::Less)),
            (b'\'', _) => return self.quoted(start),
            (b'+' | b'-', Some(b'0'..=b'9')) | (b'0'..=b'9', _) => return self.number(start),
            (byte, _) if is_word(byte) => return Ok(self.word()),
            _ => return Err(self.stray(start)),
        };
        self.at += length;
        Ok(token)
    }

    fn word(&mut self) -> Token {
        let word = self.take(is_word).to_ascii_lowercase();
        let keyword = KEYWORDS.iter().find(|(name, _)| *name == word);
        match (keyword, named_day(&word)) {
            (Some((_, keyword)), _) => Token::Keyword(*keyword),
            (_, Some(day)) => Token::Day(day),
            _ => Token::Word(word),
        }
    }

    fn quoted(&mut self, start: usize) -> Result<Token, Error> {
        self.at += 1;
        let mut text = String::new();
        loop {
            text.push_str(self.take(|byte| byte != b'\''));
            if self.byte(0).is_none() {
                let error = self.error(start, "the text is not closed");
                return Err(error.with("a single quote at its end".to_owned()));
            }
            self.at += 1;
            if self.byte(0) != Some(b'\'') {
                return Ok(Token::Text(text));
            }
            self.at += 1;
            text.push('\'');
        }
    }

    /// A number, a date, an offset such as `-4w`, or a day such as `30_days_ago`.
    fn number(&mut self, start: usize) -> Result<Token, Error> {
        let sign = self.take(|byte| byte == b'+' || byte == b'-');
        let first = self.at;
        let whole = self.take(|byte| byte.is_ascii_digit());
        let is_digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        if sign.is_empty() && self.byte(0) == Some(b'-') && is_digit(self.byte(1)) {
            return self.date(start);
        }
        let mut behind = "";
        if self.byte(0) == Some(b'.') {
            self.at += 1;
            behind = self.take(|byte| byte.is_ascii_digit());
            if behind.is_empty() {
                return Err(self.error(start, "digits are missing behind the point"));
            }
        }
        if !self.byte(0).is_some_and(is_word) {
            let digits = format!("{sign}{whole}{behind}").parse::<i64>().ok();
            let scale = u8::try_from(behind.len()).ok();
            return match (digits, scale.filter(|scale| *scale <= SCALE_MAX)) {
                (Some(digits), Some(scale)) => Ok(Token::Number(Decimal::new(digits, scale))),
                _ => Err(self.error(start, "the number has too many digits")),
            };
        }
        self.take(is_word);
        let word = self.text.get(first..self.at).unwrap_or_default();
        let word = word.to_ascii_lowercase();
        if let Some(day) = named_day(&word).filter(|_| sign.is_empty()) {
            return Ok(Token::Day(day));
        }
        let unit = word.strip_prefix(whole).and_then(unit_of);
        match (unit, whole.parse::<i32>()) {
            (Some(unit), Ok(count)) if !sign.is_empty() && behind.is_empty() => Ok(Token::Day(
                Day::from(if sign == "-" { -count } else { count }, unit),
            )),
            (Some(unit), _) => {
                let error = self.error(start, "an offset is a sign, a whole number and a unit");
                Err(error.with(format!("-{whole}{0} or +{whole}{0}", unit.letter())))
            }
            _ => {
                let error = self.error(start, "this is neither a number nor a day");
                Err(error.with("2025-01-31, -4w, +30d or 30_days_ago".to_owned()))
            }
        }
    }

    fn date(&mut self, start: usize) -> Result<Token, Error> {
        self.take(|byte| is_word(byte) || byte == b'-');
        let written = self.text.get(start..self.at).unwrap_or_default();
        let mut parts = written.split('-');
        let mut part = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            part.parse::<u32>().ok()
        };
        let date = (|| NaiveDate::from_ymd_opt(part(4)? as i32, part(2)?, part(2)?))();
        match date.filter(|_| parts.next().is_none()) {
            Some(date) => Ok(Token::Day(Day::On(day_of(date)))),
            None => {
                let error = self.error(start, format!("there is no day `{written}`"));
                Err(error.with("a day as year-month-day: 2025-01-31".to_owned()))
            }
        }
    }

    /// Says what a sign that means nothing here may have been meant to be.
    fn stray(&mut self, start: usize) -> Error {
        let found = self.rest().chars().next().unwrap_or_default();
        self.at += found.len_utf8();
        let meant = match found {
            '"' | '`' | '‘' | '’' | '“' | '”' | '「' | '」' => Some("'".to_owned()),
            _ => Some(okaeri_nfkc::nfkc(found.encode_utf8(&mut [0; 4])).collect::<String>())
                .filter(|plain| plain.is_ascii() && !found.is_ascii()),
        };
        self.error(start, format!("`{found}` means nothing here"))
            .with(meant)
    }
}

fn unit_of(letter: &str) -> Option<Unit> {
    let mut units = Unit::ALL.into_iter();
    let mut letters = letter.chars();
    let first = letters.next().filter(|_| letters.next().is_none())?;
    units.find(|unit| unit.letter() == first)
}

/// `today`, `yesterday`, `tomorrow`, and days such as `30_days_ago`.
pub fn named_day(word: &str) -> Option<Day> {
    match word {
        "today" => return Some(Day::from(0, Unit::Day)),
        "yesterday" => return Some(Day::from(-1, Unit::Day)),
        "tomorrow" => return Some(Day::from(1, Unit::Day)),
        _ => {}
    }
    let (count, unit) = word.strip_suffix("_ago")?.split_once('_')?;
    let unit = unit.strip_suffix('s').unwrap_or(unit);
    let unit = Unit::ALL.into_iter().find(|known| known.name() == unit)?;
    let count = count
        .parse::<u32>()
        .ok()
        .filter(|_| !count.starts_with('+'))?;
    Some(Day::from(-i32::try_from(count).ok()?, unit))
}
