//! A saved column mapping: how to read a CSV file whose columns are the shop's own.
//!
//! A small TOML text; `examples/online-retail/mapping.toml` is one. On the left stand the names of
//! the flat form ([`crate::FLAT_COLUMNS`]), on the right the file's:
//!
//! ```toml
//! name = "my_cart"
//! encoding = "cp932"            # "utf-8"; told from the bytes when absent
//! delimiter = ","               # "\t", ";" or "|"; told from the header when absent
//! currency = "JPY"              # amounts are decimal texts of this currency
//! fractions = "refuse"          # "round": half away from zero, for prices below a minor unit
//! date_format = "%d/%m/%Y %H:%M"  # letters of strftime; every usual Japanese form when absent
//! null = ["-", "NULL"]          # texts that mean nothing, in every column
//! cancelled_prefix = "C"        # orders whose id begins so are cancelled
//!
//! [columns]
//! order_id = "伝票番号"
//! ordered_at = ["受注日", "受注時刻"]              # joined by a space
//! customer_id = { column = "会員", null = ["0"] }   # 0 is a guest
//! shipping_total = "送料#2"                        # the second column of that name
//! shop = { value = "rakuten" }                     # the same on every row
//!
//! [status]                      # the file's word = ours; "*" is every other word
//! "キャンセル" = "cancelled"
//! "*" = "open"
//!
//! [line_kind]
//! "送料" = "shipping"
//!
//! [settings]                    # put on a shop whose first import this is
//! identity = "customer_id"
//! customer_numbers = "book"     # all shops in the file number their customers together
//! time_zone = "Europe/London"
//! ```

use std::fmt;

use okaeri_protocol::facts::{LineKind, OrderStatus};
use okaeri_protocol::settings::{CustomerNumbers, IdentityRule};

use crate::dates::Form;
use crate::error::ReadError;
use crate::flat::{self, Flat, FlatLayout, Origin};
use crate::headers::Headers;
use crate::money::{Currency, Fractions};
use crate::refusal::quoted;
use crate::text::Encoding;
use crate::toml::{self, Entry, Value};

/// How to read a CSV file whose columns are the shop's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The name that reports give as the format; `mapping` when the text names none.
    pub name: String,
    /// ISO 4217; the shop's currency when absent. Also the shop's, on a first import.
    pub currency: Option<String>,
    /// What a shop whose first import this is should be set to.
    pub settings: SettingsHint,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) delimiter: Option<u8>,
    fractions: Fractions,
    date_format: Option<Form>,
    null: Vec<String>,
    cancelled_prefix: Option<String>,
    columns: Vec<(Flat, Right)>,
    statuses: Vec<(String, OrderStatus)>,
    line_kinds: Vec<(String, LineKind)>,
}

/// Settings that go with a file; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsHint {
    /// How its orders are resolved to people.
    pub identity: Option<IdentityRule>,
    /// Where a customer number names one person.
    pub customer_numbers: Option<CustomerNumbers>,
    /// IANA name of the zone of its local times.
    pub time_zone: Option<String>,
}

/// The right-hand side of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Right {
    Columns {
        names: Vec<String>,
        null: Vec<String>,
    },
    Value(String),
}

/// Why a text is no mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingError {
    /// Line of the text, from 1; 0 when something is missing altogether.
    pub line: usize,
    /// What stands there, such as `columns.order_id`; empty when the text itself is broken.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.field.as_str()) {
            (0, field) => write!(f, "mapping: `{field}`: {}", self.reason),
            (line, "") => write!(f, "mapping, line {line}: {}", self.reason),
            (line, field) => write!(f, "mapping, line {line}, `{field}`: {}", self.reason),
        }
    }
}

impl std::error::Error for MappingError {}

impl Mapping {
    /// Reads the text of a mapping. Names that it does not know are errors.
    pub fn from_toml(text: &str) -> Result<Mapping, MappingError> {
        let entries = toml::parse(text).map_err(|(line, reason)| MappingError {
            line,
            field: String::new(),
            reason,
        })?;
        let mut mapping = Mapping {
            name: "mapping".to_owned(),
            currency: None,
            settings: SettingsHint::default(),
            encoding: None,
            delimiter: None,
            fractions: Fractions::Refuse,
            date_format: None,
            null: Vec::new(),
            cancelled_prefix: None,
            columns: Vec::new(),
            statuses: Vec::new(),
            line_kinds: Vec::new(),
        };
        for entry in &entries {
            mapping.set(entry).map_err(|reason| MappingError {
                line: entry.line,
                field: [entry.table.as_str(), &entry.key]
                    .join(".")
                    .trim_matches('.')
                    .to_owned(),
                reason,
            })?;
        }
        for needed in [Flat::OrderId, Flat::OrderedAt] {
            let named = mapping
                .columns
                .iter()
                .any(|(column, right)| *column == needed && matches!(right, Right::Columns { .. }));
            if !named {
                let field = format!("columns.{}", needed.name());
                let reason = "no order can be read without it".to_owned();
                return Err(MappingError {
                    line: 0,
                    field,
                    reason,
                });
            }
        }
        if mapping.delimiter == Some(b'|') && mapping.encoding != Some(Encoding::Utf8) {
            let reason =
                "`|` is half of many CP932 characters: set encoding = \"utf-8\"".to_owned();
            return Err(MappingError {
                line: 0,
                field: "delimiter".to_owned(),
                reason,
            });
        }
        Ok(mapping)
    }

    fn set(&mut self, entry: &Entry) -> Result<(), String> {
        let text = || text(&entry.value);
        match (entry.table.as_str(), entry.key.as_str()) {
            ("", "name") => self.name = text()?,
            ("", "encoding") => self.encoding = Some(encoding(&text()?)?),
            ("", "delimiter") => self.delimiter = Some(delimiter(&text()?)?),
            ("", "currency") => {
                let code = text()?;
                Currency::new(&code).ok_or("expected an ISO 4217 code such as `JPY`")?;
                self.currency = Some(code);
            }
            ("", "fractions") => {
                self.fractions = match text()?.as_str() {
                    "refuse" => Fractions::Refuse,
                    "round" => Fractions::Round,
                    _ => return Err("expected `refuse` or `round`".to_owned()),
                };
            }
            ("", "date_format") => self.date_format = Some(Form::of(&text()?)?),
            ("", "null") => self.null = texts(&entry.value)?,
            ("", "cancelled_prefix") => self.cancelled_prefix = Some(text()?),
            ("columns", name) => {
                let column = Flat::named(name).ok_or("Okaeri has no such column")?;
                self.columns.push((column, right(&entry.value)?));
            }
            ("status", word) => {
                let known = flat::status(&text()?).ok_or(
                    "expected `draft`, `open`, `shipped`, `completed`, `cancelled`, `returned` \
                     or `merged`",
                )?;
                self.statuses.push((word.to_owned(), known));
            }
            ("line_kind", word) => {
                let known = flat::line_kind(&text()?).ok_or(
                    "expected `goods`, `shipping`, `fee`, `discount`, `tax`, `points` or \
                     `enclosed`",
                )?;
                self.line_kinds.push((word.to_owned(), known));
            }
            ("settings", "identity") => self.settings.identity = Some(identity(&text()?)?),
            ("settings", "customer_numbers") => {
                self.settings.customer_numbers = Some(match text()?.as_str() {
                    "shop" => CustomerNumbers::Shop,
                    "book" => CustomerNumbers::Book,
                    _ => return Err("expected `shop` or `book`".to_owned()),
                });
            }
            ("settings", "time_zone") => self.settings.time_zone = Some(text()?),
            _ => return Err("a mapping has no such name".to_owned()),
        }
        Ok(())
    }

    /// The reader for a file with this header.
    pub(crate) fn layout(
        &self,
        headers: &Headers,
        shop_currency: &str,
    ) -> Result<FlatLayout, ReadError> {
        let code = self.currency.as_deref().unwrap_or(shop_currency);
        let currency =
            Currency::new(code).ok_or_else(|| ReadError::BadCurrency(code.to_owned()))?;
        let origin = |column: &Flat| {
            let right = self.columns.iter().find(|(named, _)| named == column);
            right
                .map(|(_, right)| self.origin(right, headers))
                .transpose()
        };
        Ok(FlatLayout {
            name: self.name.clone(),
            origins: Flat::ALL.iter().map(origin).collect::<Result<_, _>>()?,
            currency: Currency {
                fractions: self.fractions,
                ..currency
            },
            currency_code: self.currency.clone(),
            own_form: false,
            date_format: self.date_format.clone(),
            statuses: self.statuses.clone(),
            line_kinds: self.line_kinds.clone(),
            cancelled_prefix: self.cancelled_prefix.clone(),
        })
    }

    fn origin(&self, right: &Right, headers: &Headers) -> Result<Origin, ReadError> {
        let (names, null) = match right {
            Right::Value(value) => {
                return Ok(Origin {
                    constant: Some(value.clone()),
                    ..Origin::default()
                });
            }
            Right::Columns { names, null } => (names, null),
        };
        let find = |name: &String| {
            let numbered = || {
                let (name, nth) = name.rsplit_once('#')?;
                headers.nth(name, nth.parse().ok()?)
            };
            headers
                .find(name)
                .or_else(numbered)
                .ok_or_else(|| ReadError::MissingColumn {
                    format: format!("the mapping {}", quoted(&self.name)),
                    column: name.clone(),
                    seen: headers.names().to_vec(),
                })
        };
        Ok(Origin {
            columns: names.iter().map(find).collect::<Result<_, _>>()?,
            null: null.iter().chain(&self.null).cloned().collect(),
            constant: None,
        })
    }
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        _ => Err("expected a text in quotes".to_owned()),
    }
}

fn texts(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::Text(text) => Ok(vec![text.clone()]),
        Value::List(list) => list.iter().map(text).collect(),
        Value::Table(_) => Err("expected a list of texts".to_owned()),
    }
}

fn right(value: &Value) -> Result<Right, String> {
    let (names, null) = match value {
        Value::Table(table) => {
            if let Some(key) = table
                .names()
                .find(|key| !matches!(*key, "column" | "null" | "value"))
            {
                return Err(format!(
                    "`{key}` is unknown: expected `column`, `null` or `value`"
                ));
            }
            match (table.get("column"), table.get("value"), table.get("null")) {
                (None, Some(value), None) => return Ok(Right::Value(text(value)?)),
                (Some(column), None, null) => (
                    texts(column)?,
                    null.map(texts).transpose()?.unwrap_or_default(),
                ),
                _ => return Err("expected either `column` (and `null`) or `value`".to_owned()),
            }
        }
        other => (texts(other)?, Vec::new()),
    };
    if names.is_empty() {
        return Err("expected the name of a column".to_owned());
    }
    Ok(Right::Columns { names, null })
}

fn encoding(name: &str) -> Result<Encoding, String> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "cp932" | "shift_jis" | "shift-jis" | "sjis" | "windows-31j" => Ok(Encoding::Cp932),
        _ => Err("expected `utf-8` or `cp932`".to_owned()),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte @ (b',' | b'\t' | b';' | b'|')] => Ok(*byte),
        _ => Err("expected `,`, `;`, `|` or a tab (`\\t`)".to_owned()),
    }
}

fn identity(name: &str) -> Result<IdentityRule, String> {
    Ok(match name {
        "auto" => IdentityRule::Auto,
        "customer_id" => IdentityRule::CustomerId,
        "email" => IdentityRule::Email,
        "email_else_phone" => IdentityRule::EmailElsePhone,
        "email_and_phone" => IdentityRule::EmailAndPhone,
        "tiers" => IdentityRule::Tiers,
        _ => {
            return Err(
                "expected `auto`, `customer_id`, `email`, `email_else_phone`, \
                        `email_and_phone` or `tiers`"
                    .to_owned(),
            );
        }
    })
}
