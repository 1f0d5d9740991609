//! Our columns: their names, what they mean, and where in a batch they go.

use okaeri_core::ledger::batch::{IntColumn, KeyColumn, LineBatch, TextColumn, TimeColumn};

use super::numbers::Meaning;
use super::schema::Kind;

/// Where a column goes in a batch; the variant says what it may hold.
pub(super) enum Slot<'b, 'p> {
    /// Whole numbers or texts that identify.
    Key(&'b mut KeyColumn<'p>),
    /// Texts.
    Text(&'b mut TextColumn<'p>),
    /// A day, as a text.
    Day(&'b mut TextColumn<'p>),
    /// Whole numbers of a meaning.
    Int(&'b mut IntColumn, Meaning),
    /// Times.
    Time(&'b mut TimeColumn),
}

/// The columns of order lines that the ledger takes, in the order in which a row's first
/// refusal is told.
/// Of customers, the time that the ledger takes is another one.
pub(super) fn slots<'b, 'p>(
    batch: &'b mut LineBatch<'p>,
    table: Table,
) -> [(&'static str, Slot<'b, 'p>); 49] {
    use Meaning::{Amount, Flag, LineKind, Status};
    use Slot::{Day, Int, Key, Text, Time};
    let updated_at = match table {
        Table::Lines => "updated_at",
        Table::Customers => "registered_at",
    };
    [
        ("order_id", Key(&mut batch.order_id)),
        ("ordered_at", Time(&mut batch.ordered_at)),
        (updated_at, Time(&mut batch.updated_at)),
        ("status", Int(&mut batch.status, Status)),
        ("shop", Key(&mut batch.shop)),
        ("currency", Text(&mut batch.currency)),
        ("discount_total", Int(&mut batch.discount_total, Amount)),
        ("shipping_total", Int(&mut batch.shipping_total, Amount)),
        ("fee_total", Int(&mut batch.fee_total, Amount)),
        ("points_used", Int(&mut batch.points_used, Amount)),
        ("refunded_total", Int(&mut batch.refunded_total, Amount)),
        ("coupons", Key(&mut batch.coupons)),
        ("payment_method", Key(&mut batch.payment_method)),
        ("media", Key(&mut batch.media)),
        ("note", Text(&mut batch.note)),
        ("tags", Key(&mut batch.tags)),
        ("customer_id", Key(&mut batch.customer_id)),
        ("email", Key(&mut batch.email)),
        ("phone", Key(&mut batch.phone)),
        ("name", Text(&mut batch.name)),
        ("name_kana", Text(&mut batch.name_kana)),
        ("company", Text(&mut batch.company)),
        ("postal", Text(&mut batch.postal)),
        ("prefecture", Text(&mut batch.prefecture)),
        ("address", Text(&mut batch.address)),
        ("birth", Day(&mut batch.birth)),
        ("mail_consent", Int(&mut batch.mail_consent, Flag)),
        ("shipment_id", Key(&mut batch.shipment_id)),
        ("is_gift", Int(&mut batch.is_gift, Flag)),
        ("ship_name", Text(&mut batch.ship_name)),
        ("ship_name_kana", Text(&mut batch.ship_name_kana)),
        ("ship_phone", Key(&mut batch.ship_phone)),
        ("ship_postal", Text(&mut batch.ship_postal)),
        ("ship_prefecture", Text(&mut batch.ship_prefecture)),
        ("ship_address", Text(&mut batch.ship_address)),
        ("noshi", Text(&mut batch.noshi)),
        ("wrapping", Text(&mut batch.wrapping)),
        ("message", Text(&mut batch.message)),
        ("shipped_at", Time(&mut batch.shipped_at)),
        ("product", Key(&mut batch.product)),
        ("product_name", Text(&mut batch.product_name)),
        ("line_kind", Int(&mut batch.line_kind, LineKind)),
        ("quantity", Int(&mut batch.quantity, Amount)),
        ("unit_price", Int(&mut batch.unit_price, Amount)),
        ("amount", Int(&mut batch.amount, Amount)),
        ("unit_cost", Int(&mut batch.unit_cost, Amount)),
        ("contract_id", Key(&mut batch.contract_id)),
        ("contract_count", Int(&mut batch.contract_count, Amount)),
        ("line_cancelled", Int(&mut batch.line_cancelled, Flag)),
    ]
}

/// Columns of the documented table that no analysis reads yet; a mapping may name them.
const UNREAD: &[&str] = &[
    "order_no",
    "parent_id",
    "tax_included",
    "tax_total",
    "billed_total",
    "sku",
    "tax_rate",
];

/// The columns of a customer table.
const CUSTOMER: &[&str] = &[
    "shop",
    "customer_id",
    "email",
    "phone",
    "name",
    "name_kana",
    "company",
    "postal",
    "prefecture",
    "address",
    "birth",
    "mail_consent",
    "registered_at",
    "tags",
];

/// Which table a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Order lines.
    Lines,
    /// Customers.
    Customers,
}

impl Table {
    /// Whether the table has a column of this name that is read.
    pub fn reads(self, name: &str) -> bool {
        self == Table::Lines || CUSTOMER.contains(&name)
    }

    /// Whether the table has a column of this name that is documented but not read.
    pub fn knows(self, name: &str) -> bool {
        self == Table::Lines && UNREAD.contains(&name)
    }

    /// Whether a table can do with this column alone to say whose its rows are.
    pub fn identifies(self, name: &str) -> bool {
        self == Table::Lines || matches!(name, "customer_id" | "email" | "phone")
    }

    /// Whether there is no row without a value in this column.
    pub fn requires(self, name: &str) -> bool {
        self == Table::Lines && matches!(name, "order_id" | "ordered_at")
    }
}

impl Slot<'_, '_> {
    /// Whether values of this type can go here.
    pub fn takes(&self, kind: Kind) -> bool {
        let text = matches!(kind, Kind::Utf8 { .. } | Kind::Utf8View);
        let int = matches!(kind, Kind::Int { .. });
        let fraction = matches!(kind, Kind::Float { .. } | Kind::Decimal { .. });
        let time = matches!(kind, Kind::Timestamp { .. } | Kind::Day | Kind::DayMillis);
        match self {
            Slot::Key(_) => int || text || fraction,
            Slot::Text(_) => text,
            Slot::Day(_) => text || matches!(kind, Kind::Day | Kind::DayMillis) || is_local(kind),
            Slot::Int(_, Meaning::Flag) => int || kind == Kind::Bool,
            Slot::Int(_, Meaning::Status | Meaning::LineKind) => int || text,
            Slot::Int(..) => int || fraction,
            Slot::Time(_) => int || text || time,
        }
    }

    /// Whether values of this type go here as texts, not as numbers.
    pub fn keeps_text(&self, kind: Kind) -> bool {
        match self {
            Slot::Key(_) => matches!(kind, Kind::Utf8 { .. } | Kind::Utf8View),
            Slot::Text(_) | Slot::Day(_) => true,
            Slot::Int(..) | Slot::Time(_) => false,
        }
    }

    /// What the numbers of this column mean.
    pub fn meaning(&self) -> Meaning {
        match self {
            Slot::Int(_, meaning) => *meaning,
            Slot::Time(_) => Meaning::Time,
            Slot::Key(_) | Slot::Text(_) | Slot::Day(_) => Meaning::Id,
        }
    }

    /// What may be sent instead of a type that does not fit.
    pub fn wanted(&self) -> &'static str {
        match self {
            Slot::Key(_) => "integers or Utf8",
            Slot::Text(_) => "Utf8",
            Slot::Day(_) => "Date32 or Utf8",
            Slot::Int(_, Meaning::Flag) => "Bool",
            Slot::Int(_, Meaning::Status | Meaning::LineKind) => "Utf8 or integers",
            Slot::Int(..) => "integers",
            Slot::Time(_) => "Timestamp, Date32 or Utf8",
        }
    }

    /// Keeps the rows `left` alone.
    pub fn keep(&mut self, left: &[u32]) {
        match self {
            Slot::Key(KeyColumn::Absent) | Slot::Time(TimeColumn::Absent) => {}
            Slot::Key(KeyColumn::Int(values, valid)) => {
                keep(values, left);
                keep(valid, left);
            }
            Slot::Key(KeyColumn::Text(text)) => keep_texts(text, left),
            Slot::Text(text) | Slot::Day(text) => keep_texts(text, left),
            Slot::Int(ints, _) => keep_ints(ints, left),
            Slot::Time(TimeColumn::Utc(ints) | TimeColumn::Local(ints)) => keep_ints(ints, left),
            Slot::Time(TimeColumn::Mixed(ints, utc)) => {
                keep_ints(ints, left);
                keep(utc, left);
            }
        }
    }
}

fn is_local(kind: Kind) -> bool {
    matches!(kind, Kind::Timestamp { zone: false, .. })
}

/// Keeps the values of some rows, if the column has any values.
pub(super) fn keep<T: Copy>(values: &mut Vec<T>, left: &[u32]) {
    if !values.is_empty() {
        *values = left
            .iter()
            .filter_map(|row| values.get(*row as usize).copied())
            .collect();
    }
}

fn keep_ints(ints: &mut IntColumn, left: &[u32]) {
    keep(&mut ints.values, left);
    keep(&mut ints.valid, left);
}

/// The texts stay; the rows point to theirs.
fn keep_texts(text: &mut TextColumn<'_>, left: &[u32]) {
    if text.offsets.is_empty() {
        return;
    }
    if text.entries.is_empty() {
        text.entries.extend_from_slice(left);
    } else {
        keep(&mut text.entries, left);
    }
    keep(&mut text.valid, left);
}
