//! What is wrong with a segment's text, where, and what may have been meant.

/// A part of the text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub start: usize,
    /// One past its last.
    pub end: usize,
}

/// Of what kind an error is, for callers who say it in words of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Too long, too deep, or too many conditions.
    TooLarge,
    /// Not a sentence of the language.
    Syntax,
    /// No attribute has this name.
    Attribute,
    /// A function's arguments are not what it takes.
    Argument,
    /// The operator does not fit the attribute.
    Operator,
    /// The value does not fit the attribute.
    Value,
}

/// An error in a text, or in a tree that came from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Of what kind it is.
    pub kind: Kind,
    /// Where.
    pub span: Span,
    /// What is wrong, as a plain sentence.
    pub message: String,
    /// What could stand there instead, or what there is to choose from.
    pub suggestion: Option<String>,
}

impl Error {
    /// An error without a suggestion.
    pub fn new(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Error {
            kind,
            span,
            message: message.into(),
            suggestion: None,
        }
    }

    /// The same with a suggestion, if there is one.
    #[must_use]
    pub fn with(self, suggestion: impl Into<Option<String>>) -> Self {
        Error {
            suggestion: suggestion.into(),
            ..self
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Span { start, end } = self.span;
        write!(f, "{start}..{end}: {}", self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " (try {suggestion})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
