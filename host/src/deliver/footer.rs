//! What the law wants in each advertising mail: who sends it, where they are, whom to complain
//! to, and how to get no more (特定電子メール法, 特定商取引法).
//!
//! A template that shows the sender's name and postal address and uses `unsubscribe_url` is sent
//! as it is. Any other gets this footer, in Japanese and English, in each of its bodies.

use okaeri_protocol::plan::{Content, UNSUBSCRIBE_URL_MARK};

use crate::store::Sender;

/// The rendered content with the delivery's own address to unsubscribe, and the footer where it
/// is wanting.
pub fn finished(content: &Content, sender: &Sender, url: &str) -> Content {
    Content {
        subject: content.subject.clone(),
        text: finish(&content.text, sender, url, Clone::clone, |body, footer| {
            format!("{}\n\n{footer}", body.trim_end())
        }),
        html: content.html.as_ref().map(|html| {
            finish(html, sender, url, |text| escaped(text), |body, footer| {
                let lines = footer.replace('\n', "<br>\n");
                let footer = format!(
                    "<div style=\"margin-top:2em;font-size:12px;line-height:1.6\">{lines}</div>\n"
                );
                let end = body.to_ascii_lowercase().rfind("</body>").unwrap_or(body.len());
                let (before, after) = body.split_at(end);
                format!("{before}{footer}{after}")
            })
        }),
    }
}

fn finish(
    body: &str,
    sender: &Sender,
    url: &str,
    written: impl Fn(&String) -> String,
    append: impl Fn(&str, &str) -> String,
) -> String {
    let has_mark = body.contains(UNSUBSCRIBE_URL_MARK) || body.contains(&escaped_mark());
    let shows = |text: &String| body.contains(&written(text));
    let filled = body
        .replace(UNSUBSCRIBE_URL_MARK, url)
        .replace(&escaped_mark(), url);
    if has_mark && shows(&sender.name) && shows(&sender.postal_address) {
        return filled;
    }
    let line = "-".repeat(40);
    let footer = format!(
        "{line}\n{}\n{}\nお問い合わせ / Contact: {}\n配信停止 / Unsubscribe: {url}",
        written(&sender.name),
        written(&sender.postal_address),
        written(&sender.contact),
    );
    append(&filled, &footer)
}

/// The mark as a template that escapes slashes writes it.
fn escaped_mark() -> String {
    UNSUBSCRIBE_URL_MARK.replace('/', "&#x2f;")
}

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    fn sender() -> Sender {
        Sender {
            name: "茶<舗>".to_owned(),
            address: "shop@example.jp".to_owned(),
            reply_to: None,
            postal_address: "東京都港区1-1".to_owned(),
            contact: "03-0000-0000".to_owned(),
        }
    }

    fn finished_of(text: &str, html: &str) -> Content {
        let html = Some(html.to_owned());
        let content = Content {
            subject: "s".to_owned(),
            text: text.to_owned(),
            html,
        };
        finished(&content, &sender(), "https://h/u/t")
    }

    #[test]
    fn a_complete_body_is_sent_as_it_is() {
        let text = format!("茶<舗>\n東京都港区1-1\n{UNSUBSCRIBE_URL_MARK}");
        let html = format!(
            "<p>茶&lt;舗&gt; 東京都港区1-1 <a href=\"{}\">x</a>",
            escaped_mark()
        );
        let done = finished_of(&text, &html);
        assert_eq!(done.text, "茶<舗>\n東京都港区1-1\nhttps://h/u/t");
        let html = "<p>茶&lt;舗&gt; 東京都港区1-1 <a href=\"https://h/u/t\">x</a>";
        assert_eq!(done.html.as_deref(), Some(html));
    }

    #[test]
    fn what_the_law_wants_is_added_inside_the_page() {
        let done = finished_of("こんにちは\n", "<body><p>hi</p></BODY>");
        assert!(done.text.starts_with("こんにちは\n\n----"), "{}", done.text);
        for part in ["茶<舗>", "東京都港区1-1", "03-0000-0000", "https://h/u/t"] {
            assert!(done.text.contains(part), "{part}");
        }
        let html = done.html.unwrap();
        assert!(
            html.contains("茶&lt;舗&gt;") && !html.contains("茶<舗>"),
            "{html}"
        );
        assert!(html.ends_with("</div>\n</BODY>"), "{html}");
        let half = finished_of(UNSUBSCRIBE_URL_MARK, "<p>");
        assert_eq!(
            half.text.matches("https://h/u/t").count(),
            2,
            "the link and the footer"
        );
    }
}
