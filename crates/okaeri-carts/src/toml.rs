//! The part of TOML that a column mapping needs.
//!
//! Tables of one level, bare and quoted keys, one-line strings in either quotes, arrays and inline
//! tables of strings, comments. What is valid here is valid TOML and means the same; dotted keys,
//! numbers, dates and multi-line strings are not read. (The toml crate would be a fifth of the
//! module.)

use okaeri_protocol::Named;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    List(Vec<Value>),
    Table(Named<Value>),
}

/// `key = value`, and where it stood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Name of the table, empty at the top.
    pub table: String,
    pub key: String,
    pub value: Value,
    /// From 1.
    pub line: usize,
}

/// What is wrong, and in which line.
pub(crate) type Fault = (usize, String);

/// All entries in the order in which they stand.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut reader = Reader {
        rest: text,
        line: 1,
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut tables: Vec<String> = vec![String::new()];
    loop {
        reader.blank();
        let line = reader.line;
        if reader.rest.is_empty() {
            return Ok(entries);
        }
        if reader.take('[') {
            let name = reader.key()?;
            reader.expect(']')?;
            reader.end_of_line()?;
            if tables.contains(&name) {
                return Err((line, format!("the table `[{name}]` is there twice")));
            }
            tables.push(name);
            continue;
        }
        let table = tables.last().cloned().unwrap_or_default();
        let key = reader.key()?;
        reader.expect('=')?;
        let value = reader.value(0)?;
        reader.end_of_line()?;
        if entries
            .iter()
            .any(|entry| entry.table == table && entry.key == key)
        {
            return Err((line, format!("`{key}` is there twice")));
        }
        entries.push(Entry {
            table,
            key,
            value,
            line,
        });
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn fault<T>(&self, reason: impl Into<String>) -> Result<T, Fault> {
        Err((self.line, reason.into()))
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let first = characters.next()?;
        self.rest = characters.as_str();
        self.line += usize::from(first == '\n');
        Some(first)
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Passes over spaces, empty lines and comments.
    fn blank(&mut self) {
        loop {
            self.spaces();
            if self.rest.starts_with('#') {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.rest = self.rest.get(end..).unwrap_or_default();
            }
            if !self.rest.starts_with(['\n', '\r']) {
                return;
            }
            self.next();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.spaces();
        let found = self.rest.starts_with(wanted);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), Fault> {
        if self.take(wanted) {
            Ok(())
        } else {
            self.fault(format!("expected `{wanted}`"))
        }
    }

    fn end_of_line(&mut self) -> Result<(), Fault> {
        self.spaces();
        if self.rest.is_empty() || self.rest.starts_with(['\n', '\r', '#']) {
            return Ok(());
        }
        self.fault("expected the end of the line")
    }

    fn key(&mut self) -> Result<String, Fault> {
        self.spaces();
        if self.rest.starts_with(['"', '\'']) {
            return self.string();
        }
        let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let end = self.rest.find(|c| !bare(c)).unwrap_or(self.rest.len());
        let (key, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        if key.is_empty() {
            return self.fault("expected a name; put any but plain letters in quotes");
        }
        self.rest = rest;
        Ok(key.to_owned())
    }

    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        self.spaces();
        match self.rest.chars().next() {
            Some('"' | '\'') => self.string().map(Value::Text),
            Some('[') if depth == 0 => self.list().map(Value::List),
            Some('{') if depth == 0 => self.table().map(Value::Table),
            _ => self.fault("expected a text in quotes, a list of texts, or `{ … }`"),
        }
    }

    fn list(&mut self) -> Result<Vec<Value>, Fault> {
        self.expect('[')?;
        let mut values = Vec::new();
        loop {
            self.blank();
            if self.take(']') {
                return Ok(values);
            }
            values.push(self.value(1)?);
            self.blank();
            if !self.rest.starts_with(']') {
                self.expect(',')?;
            }
        }
    }

    fn table(&mut self) -> Result<Named<Value>, Fault> {
        self.expect('{')?;
        let mut entries = Named::default();
        while !self.take('}') {
            let key = self.key()?;
            self.expect('=')?;
            let value = if self.take_list() {
                Value::List(self.list()?)
            } else {
                self.value(1)?
            };
            if entries.get(&key).is_some() {
                return self.fault(format!("`{key}` is there twice"));
            }
            entries.insert(key, value);
            self.spaces();
            if !self.rest.starts_with('}') {
                self.expect(',')?;
            }
        }
        Ok(entries)
    }

    fn take_list(&mut self) -> bool {
        self.spaces();
        self.rest.starts_with('[')
    }

    fn string(&mut self) -> Result<String, Fault> {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None | Some('\n' | '\r') => return self.fault("a quote is not closed"),
                next if next == quote => return Ok(text),
                Some('\\') if quote == Some('"') => text.push(self.escape()?),
                Some(other) => text.push(other),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let length = match self.next() {
            Some('"') => return Ok('"'),
            Some('\\') => return Ok('\\'),
            Some('n') => return Ok('\n'),
            Some('r') => return Ok('\r'),
            Some('t') => return Ok('\t'),
            Some('u') => 4,
            Some('U') => 8,
            _ => return self.fault("unknown escape; write a backslash as `\\\\`"),
        };
        let (digits, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal);
        match code.and_then(char::from_u32) {
            Some(character) => {
                self.rest = rest;
                Ok(character)
            }
            None => self.fault("the escape names no character"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The same text read by the toml crate.
    fn by_toml_crate(text: &str) -> Option<BTreeMap<(String, String), Value>> {
        fn value(value: &toml::Value) -> Option<Value> {
            Some(match value {
                toml::Value::String(text) => Value::Text(text.clone()),
                toml::Value::Array(list) => {
                    Value::List(list.iter().map(value_of).collect::<Option<_>>()?)
                }
                toml::Value::Table(table) => Value::Table(
                    table
                        .iter()
                        .map(|(key, v)| Some((key.clone(), value_of(v)?)))
                        .collect::<Option<_>>()?,
                ),
                _ => return None,
            })
        }
        fn value_of(v: &toml::Value) -> Option<Value> {
            value(v)
        }
        let mut entries = BTreeMap::new();
        for (key, v) in toml::from_str::<toml::Table>(text).ok()? {
            match v {
                toml::Value::Table(table) if !text.contains(&format!("{key} =")) => {
                    for (name, v) in table {
                        entries.insert((key.clone(), name), value_of(&v)?);
                    }
                }
                v => {
                    entries.insert((String::new(), key), value_of(&v)?);
                }
            }
        }
        Some(entries)
    }

    #[test]
    fn what_is_read_means_what_toml_says() {
        let texts = [
            "",
            "# nothing\n\n",
            "a = \"x\" # why\nb='y\\n'\r\n\"c d\" = \"\\\"\\\\\\t\\u65e5\"",
            "[t]\na = [\"x\", 'y',]\nb = [\n  \"x\", # first\n  \"y\"\n]\nc = []\n",
            "top = \"1\"\n[columns]\nid = { column = \"注文\", null = [\"0\", \"\"] }\n[ status ]\n\
             \"*\" = \"open\"\n'完了' = \"completed\"",
        ];
        for text in texts {
            let ours = parse(text).map(|entries| {
                entries
                    .into_iter()
                    .map(|e| ((e.table, e.key), e.value))
                    .collect::<BTreeMap<_, _>>()
            });
            assert_eq!(ours.ok(), by_toml_crate(text), "{text}");
        }
    }

    #[test]
    fn faults_name_their_line() {
        let faults = [
            ("a", 1, "expected `=`"),
            (
                "\n\na = 5",
                3,
                "expected a text in quotes, a list of texts, or `{ … }`",
            ),
            ("a = \"x\ny\"", 2, "a quote is not closed"),
            ("a = \"x\" y", 1, "expected the end of the line"),
            ("a = \"x\"\na = \"y\"", 2, "`a` is there twice"),
            ("[t]\n[u]\n[t]", 3, "the table `[t]` is there twice"),
            ("a = [\"x\" \"y\"]", 1, "expected `,`"),
            (
                "a = [[\"x\"]]",
                1,
                "expected a text in quotes, a list of texts, or `{ … }`",
            ),
            (
                "日 = \"x\"",
                1,
                "expected a name; put any but plain letters in quotes",
            ),
            (
                "a = \"\\q\"",
                1,
                "unknown escape; write a backslash as `\\\\`",
            ),
            ("a = \"\\u12\"", 1, "the escape names no character"),
            (
                "a = [\"x\",",
                1,
                "expected a text in quotes, a list of texts, or `{ … }`",
            ),
        ];
        for (text, line, reason) in faults {
            assert_eq!(parse(text), Err((line, reason.to_owned())), "{text}");
        }
    }
}
