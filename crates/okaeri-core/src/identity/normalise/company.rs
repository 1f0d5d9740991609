//! Company names.

use super::{is_invisible, keep, unified};

/// Forms of incorporation, in NFKC and lower case, without spaces. Whether one stands before or
/// after the name (前株, 後株) does not tell companies apart for matching.
const FORMS: [&str; 27] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "特定非営利活動法人",
    "npo法人",
    "医療法人社団",
    "医療法人",
    "社会福祉法人",
    "学校法人",
    "宗教法人",
    "(株)",
    "(有)",
    "(同)",
    "(資)",
    "(名)",
    "(医)",
    "co.,ltd.",
    "co.,ltd",
    "corporation",
    "inc.",
    "llc",
];

/// What people write when they have no company.
const NOBODY: [&str; 8] = [
    "個人",
    "個人事業主",
    "自営業",
    "自営",
    "なし",
    "無し",
    "none",
    "無",
];

/// The key of a company's name: lower case, without spaces, punctuation and legal form. No key
/// when nothing else is there, or when the field says that there is no company.
pub fn company_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    for c in unified(typed) {
        if !c.is_whitespace() && !is_invisible(c) {
            key.extend(c.to_lowercase());
        }
    }
    for form in FORMS {
        if let Some(start) = key.find(form) {
            key.drain(start..start + form.len());
        }
    }
    key.retain(char::is_alphanumeric);
    keep(!key.is_empty() && !NOBODY.contains(&key.as_str()), key)
}
