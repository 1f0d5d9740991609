//! A list of customers as the file that a shop opens in Excel.
//!
//! A name can be a formula; every cell goes through `okaeri_carts::csv_safe`, unless
//! the reader asks for raw cells because a program will read them.

use okaeri_carts::csv_safe;
use okaeri_protocol::answer::CustomerRow;
use schemars::JsonSchema;
use serde::Deserialize;
use std::borrow::Cow;

/// The byte order mark without which Excel takes UTF-8 for Shift_JIS.
pub const BOM: &str = "\u{feff}";

/// In whose words the columns and groups are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// The names of the API.
    #[default]
    En,
    /// Japanese.
    Ja,
}

/// Column names: of the API, and in Japanese.
const COLUMNS: [(&str, &str); 15] = [
    ("key", "顧客キー"),
    ("name", "氏名"),
    ("email", "メールアドレス"),
    ("phone", "電話番号"),
    ("prefecture", "都道府県"),
    ("orders", "購入回数"),
    ("amount", "購入金額"),
    ("first_day", "初回購入日"),
    ("last_day", "最終購入日"),
    ("recency_days", "経過日数"),
    ("frequency_group", "回数グループ"),
    ("recency_group", "稼働グループ"),
    ("rfm", "RFM"),
    ("decile", "デシル"),
    ("mailable", "メール配信"),
];

/// Rows of the lifecycle matrix, from 1.
const FREQUENCY: [(&str, &str); 3] = [("new", "新規"), ("promising", "有望"), ("constant", "常連")];

/// Columns of the lifecycle matrix, from 1.
const RECENCY: [(&str, &str); 3] = [
    ("active", "稼働"),
    ("drowsy", "うとうと"),
    ("dormant", "休眠"),
];

/// Whether advertising mail may be sent: it may, it may not.
const MAILABLE: [(&str, &str); 2] = [("yes", "可"), ("no", "不可")];

/// Writes rows of the file.
pub struct CustomerCsv {
    lang: Lang,
    raw: bool,
}

impl CustomerCsv {
    /// With `raw`, cells are written as they are.
    pub fn new(lang: Lang, raw: bool) -> Self {
        CustomerCsv { lang, raw }
    }

    /// The row of column names.
    pub fn header(&self) -> String {
        self.line(&COLUMNS.map(|name| Cow::Borrowed(self.word(&name))))
    }

    /// One customer's row.
    pub fn row(&self, customer: &CustomerRow) -> String {
        let [frequency, recency] = customer.cell;
        let rfm: String = customer.rfm.iter().map(u8::to_string).collect();
        let mailable = MAILABLE[usize::from(!customer.mailable)];
        let text = |cell: &'_ Option<String>| Cow::Owned(cell.clone().unwrap_or_default());
        self.line(&[
            customer.key.as_str().into(),
            text(&customer.name),
            text(&customer.email),
            text(&customer.phone),
            text(&customer.prefecture),
            customer.orders.to_string().into(),
            customer.amount.to_string().into(),
            customer.first_day.as_str().into(),
            customer.last_day.as_str().into(),
            customer.recency_days.to_string().into(),
            self.group(&FREQUENCY, frequency),
            self.group(&RECENCY, recency),
            rfm.into(),
            customer.decile.to_string().into(),
            self.word(&mailable).into(),
        ])
    }

    fn group(&self, names: &[(&'static str, &'static str); 3], at: u8) -> Cow<'static, str> {
        let name = usize::from(at).checked_sub(1).and_then(|at| names.get(at));
        name.map_or(Cow::Borrowed(""), |name| Cow::Borrowed(self.word(name)))
    }

    fn word(&self, (english, japanese): &(&'static str, &'static str)) -> &'static str {
        match self.lang {
            Lang::En => english,
            Lang::Ja => japanese,
        }
    }

    fn line(&self, cells: &[Cow<'_, str>; COLUMNS.len()]) -> String {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                line.push(',');
            }
            match self.raw {
                true => push_raw(&mut line, cell),
                false => csv_safe::push_cell(&mut line, cell),
            }
        }
        line.push_str("\r\n");
        line
    }
}

/// A cell as it is, in quotes where RFC 4180 needs them.
fn push_raw(line: &mut String, cell: &str) {
    if cell.contains(['"', ',', '\r', '\n']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}
