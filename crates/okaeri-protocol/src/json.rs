//! JSON → facts and calls, in one pass.
//!
//! The types derive serde's readers too, for hosts; in the module those weigh 70 kB after gzip,
//! because each is made several times over. Here a type is a list of its fields
//! ([`shapes`](self)), read by one piece of code, and a fault knows its place. `tests/json.rs`
//! holds both readers to the same answers. What serde takes beyond the JSON Schema is refused: an
//! array in place of an object, `{"open": null}` in place of `"open"`.

use std::borrow::Cow;
use std::fmt;

mod shapes;
mod values;

/// Why a text is not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the value, such as `question.top`; empty for the whole.
    pub at: String,
    /// What a person reads, with line and column.
    pub message: String,
    /// The text is JSON, but of the wrong shape or out of range.
    pub is_data: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => f.write_str(&self.message),
            at => write!(f, "{at}: {}", self.message),
        }
    }
}

impl std::error::Error for Fault {}

/// Reads the one value that `json` holds.
///
/// # Errors
/// When it is no JSON, or not a value of this type.
pub fn read<T: Read>(json: &[u8]) -> Result<T, Fault> {
    let mut reader = Reader::new(json);
    let value = T::read(&mut reader).filter(|_| reader.end());
    value.ok_or_else(|| reader.fault())
}

/// A type that is read from JSON.
pub trait Read: Sized {
    /// Reads a value. `None` when it is none of this type; the reader then holds the fault.
    fn read(reader: &mut Reader<'_>) -> Option<Self>;
}

/// Where a value goes.
pub(crate) trait Place {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Option<()>;
}

impl<T: Read> Place for T {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        *self = T::read(reader)?;
        Some(())
    }
}

/// A step from a value into it.
#[derive(Clone, Copy)]
enum Step {
    Field(&'static str),
    Item(usize),
}

/// A JSON text, read from its beginning to its end.
pub struct Reader<'j> {
    json: &'j [u8],
    /// Bytes read.
    at: usize,
    /// From the whole to the value being read.
    path: Vec<Step>,
    /// The member of the next object that was read already: what tells its kind.
    tag: Option<&'static str>,
    fault: Option<(String, bool)>,
}

/// What an object may have. At most 64 fields.
pub(crate) struct Fields {
    pub names: &'static [&'static str],
    /// Those that must be there.
    pub needed: &'static [&'static str],
}

impl<'j> Reader<'j> {
    fn new(json: &'j [u8]) -> Self {
        Reader {
            json,
            at: 0,
            path: Vec::new(),
            tag: None,
            fault: None,
        }
    }

    /// The fault that reading ended with.
    fn fault(self) -> Fault {
        let (message, is_data) = self.fault.unwrap_or_default();
        let before = self.json.get(..self.at).unwrap_or(self.json);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').count();
        let mut at = String::new();
        for step in &self.path {
            at.push_str(&match step {
                Step::Field(name) if at.is_empty() => (*name).to_owned(),
                Step::Field(name) => format!(".{name}"),
                Step::Item(index) => format!("[{index}]"),
            });
        }
        Fault {
            at,
            message: format!("{message} at line {line} column {column}"),
            is_data,
        }
    }

    /// Notes that the text is no JSON.
    fn broken<T>(&mut self, message: &str) -> Option<T> {
        self.fault = Some((message.to_owned(), false));
        None
    }

    /// Notes that a value is of another type or out of range.
    pub(crate) fn wrong<T>(&mut self, message: impl Into<String>) -> Option<T> {
        self.fault = Some((message.into(), true));
        None
    }

    /// The next byte that is not white space, without taking it; 0 at the end.
    pub(crate) fn peek(&mut self) -> u8 {
        loop {
            match self.json.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// Whether nothing but white space is left.
    fn end(&mut self) -> bool {
        self.peek();
        self.at == self.json.len() || self.broken::<()>("trailing characters").is_some()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == byte && self.at < self.json.len();
        self.at += usize::from(is_there);
        is_there
    }

    /// A value that begins with none of the bytes that were looked for.
    pub(crate) fn unexpected<T>(&mut self, wanted: &str) -> Option<T> {
        match self.peek() {
            0 if self.at >= self.json.len() => self.broken("the text ends too early"),
            b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                self.wrong(format!("expected {wanted}"))
            }
            _ => self.broken("expected a value"),
        }
    }

    /// Takes a word such as `null`, if it is there.
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        self.peek();
        let rest = self.json.get(self.at..).unwrap_or_default();
        let is_there = rest.starts_with(word.as_bytes());
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    /// Takes what stands between members or items; whether another follows.
    fn another(&mut self, is_first: bool, close: u8) -> Option<bool> {
        if self.take(close) {
            return Some(false);
        }
        if is_first || self.take(b',') {
            return Some(true);
        }
        self.broken(if close == b'}' {
            "expected `,` or `}`"
        } else {
            "expected `,` or `]`"
        })
    }

    /// Reads an object into the places of its fields, which are in the order of the names.
    pub(crate) fn object(&mut self, fields: &Fields, places: &mut [&mut dyn Place]) -> Option<()> {
        let tag = self.tag.take();
        let mut seen = 0_u64;
        let mut next = 0;
        self.members(&mut |reader, name| {
            let count = fields.names.len();
            // Members mostly come in the order of the fields.
            let order = (next..count).chain(0..next);
            let found = order
                .filter_map(|index| Some((index, *fields.names.get(index)?)))
                .find(|(_, field)| *field == name);
            let Some((index, field)) = found else {
                if tag == Some(name) {
                    return reader.skip();
                }
                return reader.unknown("field", name, fields.names);
            };
            if seen & (1 << index) != 0 {
                return reader.wrong(format!("duplicate field `{field}`"));
            }
            seen |= 1 << index;
            next = index + 1;
            reader.path.push(Step::Field(field));
            places.get_mut(index)?.fill(reader)?;
            reader.path.pop();
            Some(())
        })?;
        for (index, name) in fields.names.iter().enumerate() {
            if seen & (1 << index) == 0 && fields.needed.contains(name) {
                return self.wrong(format!("missing field `{name}`"));
            }
        }
        Some(())
    }

    /// Reads an object member by member.
    pub(crate) fn members(
        &mut self,
        member: &mut dyn FnMut(&mut Self, &str) -> Option<()>,
    ) -> Option<()> {
        if !self.take(b'{') {
            return self.unexpected("an object");
        }
        let mut is_first = true;
        while self.another(is_first, b'}')? {
            is_first = false;
            if self.peek() != b'"' {
                return self.broken("expected the name of a member");
            }
            let name = self.text()?;
            if !self.take(b':') {
                return self.broken("expected `:`");
            }
            member(self, &name)?;
        }
        Some(())
    }

    /// Reads an array item by item.
    pub(crate) fn items(&mut self, item: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if !self.take(b'[') {
            return self.unexpected("an array");
        }
        let mut index = 0;
        while self.another(index == 0, b']')? {
            self.path.push(Step::Item(index));
            item(self)?;
            self.path.pop();
            index += 1;
        }
        Some(())
    }

    /// Which of `words` the member `tag` of the object that comes next is. The object is not
    /// taken; whoever reads it passes the member over.
    pub(crate) fn tag(
        &mut self,
        tag: &'static str,
        words: &'static [&'static str],
    ) -> Option<usize> {
        self.peek();
        let start = self.at;
        let mut found = None;
        self.members(&mut |reader, name| {
            if name != tag {
                return reader.skip();
            }
            if found.is_some() {
                return reader.wrong(format!("duplicate field `{tag}`"));
            }
            reader.path.push(Step::Field(tag));
            found = Some(reader.word(words)?);
            reader.path.pop();
            Some(())
        })?;
        if found.is_none() {
            return self.wrong(format!("missing field `{tag}`"));
        }
        self.at = start;
        self.tag = Some(tag);
        found
    }

    /// Which of `words` the text that comes next is.
    pub(crate) fn word(&mut self, words: &'static [&'static str]) -> Option<usize> {
        let text = self.text()?;
        match words.iter().position(|word| **word == *text) {
            Some(index) => Some(index),
            None => self.unknown("variant", &text, words),
        }
    }

    fn unknown<T>(&mut self, what: &str, name: &str, known: &[&str]) -> Option<T> {
        let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let expected = match known.as_slice() {
            [] => "there are none here".to_owned(),
            [one] => format!("expected {one}"),
            known => format!("expected one of {}", known.join(", ")),
        };
        self.wrong(format!("unknown {what} `{name}`, {expected}"))
    }

    /// Takes a value of any type. Its own form is looked at when it is read.
    fn skip(&mut self) -> Option<()> {
        let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
        self.peek();
        loop {
            let Some(byte) = self.json.get(self.at).copied() else {
                return self.broken("the text ends too early");
            };
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_text => is_escaped = true,
                b'"' => in_text = !in_text,
                _ if in_text => {}
                b'[' | b'{' => depth += 1,
                b',' | b']' | b'}' if depth == 0 => return Some(()),
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Reads a text; borrowed where it has no escapes.
    pub(crate) fn text(&mut self) -> Option<Cow<'j, str>> {
        if !self.take(b'"') {
            return self.unexpected("a text");
        }
        let mut unescaped = String::new();
        loop {
            let rest = self.json.get(self.at..).unwrap_or_default();
            let length = rest
                .iter()
                .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
                .count();
            let (plain, rest) = rest.split_at_checked(length)?;
            self.at += length;
            let Ok(plain) = std::str::from_utf8(plain) else {
                return self.broken("the text is not UTF-8");
            };
            match rest.first() {
                Some(b'"') => {
                    self.at += 1;
                    if unescaped.is_empty() {
                        return Some(plain.into());
                    }
                    unescaped.push_str(plain);
                    return Some(unescaped.into());
                }
                Some(b'\\') => {
                    unescaped.push_str(plain);
                    self.at += 1;
                    unescaped.push(self.escaped()?);
                }
                Some(_) => return self.broken("a control character stands in a text"),
                None => return self.broken("the text ends too early"),
            }
        }
    }

    /// The character of an escape, whose backslash was taken.
    fn escaped(&mut self) -> Option<char> {
        let byte = self.json.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        let plain = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let unit = self.unit()?;
                // Beyond the basic plane a character is written as two units.
                let rest = self.json.get(self.at..).unwrap_or_default();
                let mut low = None;
                if (0xd800..0xdc00).contains(&unit) && rest.starts_with(b"\\u") {
                    self.at += 2;
                    low = Some(self.unit()?);
                }
                let units = [Some(unit), low];
                let mut letters = char::decode_utf16(units.into_iter().flatten());
                return match (letters.next(), letters.next()) {
                    (Some(Ok(letter)), None) => Some(letter),
                    _ => self.broken("half of a surrogate pair stands alone"),
                };
            }
            _ => return self.broken("no such escape"),
        };
        Some(char::from(plain))
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.json.get(self.at..self.at + 4).unwrap_or_default();
        let unit = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| digits.len() == 4 && !digits.starts_with('+'))
            .and_then(|digits| u16::from_str_radix(digits, 16).ok());
        if unit.is_none() {
            return self.broken("`\\u` needs four hexadecimal digits");
        }
        self.at += 4;
        unit
    }

    /// The text of a number, and whether it is whole.
    pub(crate) fn number(&mut self) -> Option<(&'j str, bool)> {
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return self.unexpected("a number");
        }
        let rest = self.json.get(self.at..).unwrap_or_default();
        let mut length = usize::from(rest.first() == Some(&b'-'));
        let digits = |from: usize| {
            let rest = rest.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let whole = digits(length);
        let mut is_sound = whole == 1 || whole > 1 && rest.get(length) != Some(&b'0');
        length += whole;
        let mut is_whole = true;
        if rest.get(length) == Some(&b'.') {
            let count = digits(length + 1);
            is_sound &= count > 0;
            is_whole = false;
            length += 1 + count;
        }
        if matches!(rest.get(length), Some(b'e' | b'E')) {
            length += 1 + usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
            let count = digits(length);
            is_sound &= count > 0;
            is_whole = false;
            length += count;
        }
        if !is_sound {
            return self.broken("the number is malformed");
        }
        let text = rest.get(..length)?;
        self.at += length;
        Some((std::str::from_utf8(text).ok()?, is_whole))
    }
}
