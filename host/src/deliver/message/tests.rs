use super::*;

fn sender() -> Sender {
    Sender {
        name: "おかえり茶舗".to_owned(),
        address: "news@shop.example".to_owned(),
        reply_to: Some("help@shop.example".to_owned()),
        postal_address: "東京都港区1-1".to_owned(),
        contact: "03-0000-0000".to_owned(),
    }
}

fn raw(sender: &Sender, to: &str, subject: &str, text: &str, html: Option<&str>) -> String {
    let content = Content {
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: html.map(str::to_owned),
    };
    let letter = Letter {
        id: "0123456789abcdef0123456789abcdef",
        sender,
        to,
        content: &content,
        unsubscribe_url: "https://crm.example/u/0123456789-0123456789_0123456789012345678901234567890",
        at: 1_700_000_000_000,
    };
    String::from_utf8(compose(&letter).unwrap().payload).unwrap()
}

/// The unfolded header lines.
fn headers(raw: &str) -> Vec<String> {
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

/// Text of the encoded words of one header, as any reader decodes it.
fn decoded(header: &str) -> String {
    use base64::Engine as _;
    let mut bytes = Vec::new();
    for word in header.split(' ').filter(|word| word.starts_with("=?")) {
        let text = word.trim_start_matches("=?utf-8?b?").trim_end_matches("?=");
        bytes.extend(
            base64::engine::general_purpose::STANDARD
                .decode(text)
                .unwrap(),
        );
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_japanese_mail_has_all_its_headers_and_is_ascii_on_the_wire() {
    let subject =
        "【春の新茶】山田様へ、おかえりなさい。𠮷野家の髙﨑①さんも喜んだ香りをお届けします🍵";
    let raw = raw(
        &sender(),
        "yamada@example.jp",
        subject,
        "こんにちは\n",
        Some("<p>こんにちは"),
    );
    assert!(raw.is_ascii());
    assert!(
        raw.split("\r\n")
            .all(|line| line.len() <= 998 && !line.contains(['\r', '\n']))
    );
    let headers = headers(&raw);
    let header = |name: &str| {
        let mut found = headers
            .iter()
            .filter(|line| line.starts_with(&format!("{name}: ")));
        let line = found
            .next()
            .unwrap_or_else(|| panic!("no {name} in {headers:?}"));
        assert_eq!(found.next(), None, "{name} twice");
        line.split_once(": ").unwrap().1.to_owned()
    };
    assert_eq!(decoded(&header("Subject")), subject);
    assert!(header("From").ends_with("<news@shop.example>"));
    assert_eq!(decoded(&header("From")), "おかえり茶舗");
    assert_eq!(header("Reply-To"), "help@shop.example");
    assert_eq!(header("To"), "yamada@example.jp");
    assert_eq!(
        header("Message-ID"),
        "<0123456789abcdef0123456789abcdef@shop.example>"
    );
    assert_eq!(header("Date"), "Tue, 14 Nov 2023 22:13:20 +0000");
    assert_eq!(
        header("List-Unsubscribe"),
        "<https://crm.example/u/0123456789-0123456789_0123456789012345678901234567890>"
    );
    assert_eq!(
        header("List-Unsubscribe-Post"),
        "List-Unsubscribe=One-Click"
    );
    assert!(header("Content-Type").starts_with("multipart/alternative;"));
    assert_eq!(
        raw.matches("Content-Type: text/plain; charset=utf-8")
            .count(),
        1
    );
    assert_eq!(
        raw.matches("Content-Type: text/html; charset=utf-8")
            .count(),
        1
    );
}

#[test]
fn nothing_that_a_customer_brings_becomes_a_header() {
    let breaks = [
        "\r\n", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{b}", "\r\n\r\n", "\n\t",
    ];
    for line_break in breaks {
        for tail in [
            "Bcc: evil@example.com",
            "X: y",
            "=?utf-8?q?=0ABcc:_x@y?=",
            "",
        ] {
            let evil = format!("春{line_break}{tail}");
            let plain = format!("spring{line_break}{tail}");
            let named = |name: &str| Sender {
                name: name.to_owned(),
                ..sender()
            };
            for raw in [
                raw(&sender(), "a@example.jp", &evil, "x", None),
                raw(&sender(), "a@example.jp", &plain, "x", None),
                raw(&named(&evil), "a@example.jp", "s", "x", None),
                raw(&named(&plain), "a@example.jp", "s", "x", None),
            ] {
                assert!(!raw.contains('\0'), "{evil:?}");
                for line in headers(&raw) {
                    let name = line.split_once(": ").map_or("", |(name, _)| name);
                    let known = [
                        "From",
                        "To",
                        "Reply-To",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Transfer-Encoding",
                    ];
                    assert!(known.contains(&name), "{line:?} of {evil:?}");
                }
            }
        }
    }
}

#[test]
fn an_address_with_a_line_break_is_no_address() {
    let content = Content::default();
    let sender = sender();
    for to in [
        "a@b.jp\r\nBcc: c@d.jp",
        "a\r\n@b.jp",
        "a@b.jp\0",
        "a@b.jp> x",
        "",
        "@",
        "a b@c.jp",
    ] {
        let letter = Letter {
            id: "0",
            sender: &sender,
            to,
            content: &content,
            unsubscribe_url: "x",
            at: 0,
        };
        assert_eq!(compose(&letter).unwrap_err().code, "bad_address", "{to:?}");
    }
}

#[test]
fn a_long_name_is_folded_and_a_dot_alone_does_not_end_the_text() {
    let named = Sender {
        name: "長い名前".repeat(800),
        ..sender()
    };
    let raw = raw(
        &named,
        "a@example.jp",
        &"s ".repeat(5000),
        "a\n.\nb\r.\rc\n",
        None,
    );
    assert!(raw.split("\r\n").all(|line| line.len() <= 998));
    let (_, body) = raw.split_once("\r\n\r\n").unwrap();
    assert!(body.starts_with("a\r\n.\r\nb\r\n.\r\nc"), "{body:?}");
}
