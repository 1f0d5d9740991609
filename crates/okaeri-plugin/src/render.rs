//! Templates → messages, with minijinja: no loops without end, no files, no clock, no chance.

use minijinja::{AutoEscape, Environment, Value, context};
use okaeri_core::list::List;
use okaeri_protocol::answer::{CallError, CustomerRow, ErrorCode};
use okaeri_protocol::plan::{Content, Template, UNSUBSCRIBE_URL_MARK};

use crate::instance::error;

/// Steps that one rendering may take.
const FUEL: u64 = 200_000;
/// Bytes that one rendered part may have.
const RENDERED_MAX: usize = 1 << 20;
/// Parts of a template, by the names that errors use.
const PARTS: [&str; 3] = ["subject", "text", "html"];

/// A template, checked and ready.
pub struct Renderer<'t> {
    environment: Environment<'t>,
    has_html: bool,
}

fn bad(why: &minijinja::Error) -> CallError {
    let part = why.name().unwrap_or_default();
    let line = why
        .line()
        .map(|line| format!(", line {line}"))
        .unwrap_or_default();
    let message = match why.detail() {
        Some(detail) => format!("{}: {detail}", why.kind()),
        None => why.kind().to_string(),
    };
    error(
        ErrorCode::BadTemplate,
        Some(&format!("template.{part}{line}")),
        message,
    )
}

/// `1234567` as `1,234,567`: how Japanese shops write yen.
fn yen(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl<'t> Renderer<'t> {
    /// Compiles a template.
    ///
    /// # Errors
    /// When it is not well-formed: which part, which line.
    pub fn new(template: &'t Template) -> Result<Self, CallError> {
        let mut environment = Environment::empty();
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(50);
        environment.set_auto_escape_callback(|name| {
            if name == "html" {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        environment.add_filter("yen", yen);
        environment.add_filter(
            "default",
            |value: Value, other: Value| {
                if value.is_true() { value } else { other }
            },
        );
        let parts = [
            Some(&template.subject),
            Some(&template.text),
            template.html.as_ref(),
        ];
        for (name, part) in PARTS.into_iter().zip(parts) {
            if let Some(part) = part {
                environment
                    .add_template(name, part)
                    .map_err(|why| bad(&why))?;
            }
        }
        Ok(Renderer {
            environment,
            has_html: template.html.is_some(),
        })
    }

    /// The message to one customer.
    ///
    /// # Errors
    /// When the template fails on this customer, or comes out too long.
    pub fn render(&self, customer: &CustomerRow, as_of: &str) -> Result<Content, CallError> {
        let known = context! {
            customer => context! {
                key => customer.key.as_str(),
                name => customer.name.as_deref().unwrap_or_default(),
                email => customer.email.as_deref().unwrap_or_default(),
                prefecture => customer.prefecture.as_deref().unwrap_or_default(),
                orders => customer.orders,
                amount => customer.amount,
                first_day => customer.first_day.as_str(),
                last_day => customer.last_day.as_str(),
                recency_days => customer.recency_days,
            },
            as_of => as_of,
            unsubscribe_url => UNSUBSCRIBE_URL_MARK,
        };
        let subject = self.part("subject", &known)?;
        Ok(Content {
            // A line break in a subject would begin a header of the buyer's own making.
            subject: subject.split(['\r', '\n', '\0']).into_list().join(" "),
            text: self.part("text", &known)?,
            html: if self.has_html {
                Some(self.part("html", &known)?)
            } else {
                None
            },
        })
    }

    fn part(&self, name: &str, known: &Value) -> Result<String, CallError> {
        let rendered = self
            .environment
            .get_template(name)
            .and_then(|template| template.render(known))
            .map_err(|why| bad(&why))?;
        if rendered.len() > RENDERED_MAX {
            let at = format!("template.{name}");
            let message = format!("comes out longer than {RENDERED_MAX} bytes");
            return Err(error(ErrorCode::BadTemplate, Some(&at), message));
        }
        Ok(rendered)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use super::*;

    fn template(subject: &str, text: &str, html: Option<&str>) -> Template {
        Template {
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: html.map(str::to_owned),
        }
    }

    fn taro(name: &str) -> CustomerRow {
        CustomerRow {
            name: Some(name.to_owned()),
            amount: 1_234_567,
            ..CustomerRow::default()
        }
    }

    #[test]
    fn values_are_escaped_in_html_alone() {
        let template = template(
            "{{ customer.name }}様",
            "{{ customer.amount|yen }}円",
            Some("<b>{{ customer.name }}</b>"),
        );
        let content = Renderer::new(&template)
            .unwrap()
            .render(&taro("<山田>"), "2025-01-01")
            .unwrap();
        assert_eq!(content.subject, "<山田>様");
        assert_eq!(content.text, "1,234,567円");
        assert_eq!(content.html.as_deref(), Some("<b>&lt;山田&gt;</b>"));
    }

    #[test]
    fn a_subject_has_no_line_breaks() {
        let template = template("{{ customer.name }}", "", None);
        let renderer = Renderer::new(&template).unwrap();
        let content = renderer
            .render(&taro("a\r\nBcc: x@example.jp"), "2025-01-01")
            .unwrap();
        assert_eq!(content.subject, "a  Bcc: x@example.jp");
    }

    #[test]
    fn what_cannot_be_rendered_says_where() {
        let broken = template("", "one\n{{ customer.name", None);
        let why = Renderer::new(&broken).err().unwrap();
        assert_eq!(
            (why.code, why.at.as_deref()),
            (ErrorCode::BadTemplate, Some("template.text, line 2"))
        );
        for hostile in [
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "{% include 'etc/passwd' %}",
            "{{ customer.name.no.such }}",
        ] {
            let template = template("", hostile, None);
            let failed = Renderer::new(&template)
                .and_then(|renderer| renderer.render(&taro("a"), "2025-01-01"));
            assert_eq!(
                failed.err().map(|why| why.code),
                Some(ErrorCode::BadTemplate),
                "{hostile}"
            );
        }
    }

    #[test]
    fn yen_are_grouped_by_three() {
        assert_eq!(
            [0, 999, 1000, -1234].map(yen),
            ["0", "999", "1,000", "-1,234"]
        );
    }
}
