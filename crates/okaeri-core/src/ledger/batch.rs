//! Columns as they arrive: one row an order line, order columns repeated on each.
//!
//! Every format ends here, whether it came as Arrow, JSON or a cart's CSV, so that there is one
//! way into the ledger. An absent column holds no values at all.

/// Present or not, per row; empty means that every row is present.
pub type Validity = Vec<bool>;

/// Texts, one after the other in `bytes`.
#[derive(Clone, Debug, Default)]
pub struct TextColumn<'a> {
    /// All texts, end to end.
    pub bytes: std::borrow::Cow<'a, [u8]>,
    /// `rows + 1` positions in `bytes` (of the dictionary's entries, if there is one).
    pub offsets: Vec<u32>,
    /// For a dictionary: the entry of each row. Empty: row i is entry i.
    pub entries: Vec<u32>,
    /// Rows that have a text.
    pub valid: Validity,
}

impl TextColumn<'_> {
    /// Whether the column is there.
    pub(super) fn is_there(&self) -> bool {
        !self.offsets.is_empty()
    }

    /// The text of `row`. Bytes that are not UTF-8 count as absent: readers refuse them before.
    pub fn get(&self, row: usize) -> Option<&str> {
        if self.valid.get(row) == Some(&false) {
            return None;
        }
        self.entry(if self.entries.is_empty() {
            row
        } else {
            *self.entries.get(row)? as usize
        })
    }

    /// The text of an entry of the dictionary.
    pub fn entry(&self, entry: usize) -> Option<&str> {
        let start = *self.offsets.get(entry)? as usize;
        let end = *self.offsets.get(entry + 1)? as usize;
        std::str::from_utf8(self.bytes.get(start..end)?).ok()
    }
}

/// Identifiers: whole numbers, or texts.
#[derive(Clone, Debug, Default)]
pub enum KeyColumn<'a> {
    /// The column is not there.
    #[default]
    Absent,
    /// Whole numbers; a negative identifier travels as text.
    Int(Vec<u64>, Validity),
    /// Texts. A text that is a whole number without leading zeros is the same key as the number.
    Text(TextColumn<'a>),
}

/// Whole numbers: money in minor units, pieces, seconds.
#[derive(Clone, Debug, Default)]
pub struct IntColumn {
    /// A value for each row, or none at all.
    pub values: Vec<i64>,
    /// Rows that have a value.
    pub valid: Validity,
}

impl IntColumn {
    /// Whether the column is there.
    pub(super) fn is_there(&self) -> bool {
        !self.values.is_empty()
    }

    /// The value of `row`.
    pub fn get(&self, row: usize) -> Option<i64> {
        if self.valid.get(row) == Some(&false) {
            None
        } else {
            self.values.get(row).copied()
        }
    }
}

/// Times.
#[derive(Clone, Debug, Default)]
pub enum TimeColumn {
    /// The column is not there.
    #[default]
    Absent,
    /// Seconds since 1970-01-01T00:00:00Z.
    Utc(IntColumn),
    /// Seconds since 1970-01-01T00:00:00 of the shop's wall clock.
    Local(IntColumn),
    /// Row by row: `true` where the value is UTC.
    Mixed(IntColumn, Vec<bool>),
}

/// Order lines. Required: `order_id`, `ordered_at`. A row without `product` is an order alone.
#[derive(Clone, Debug, Default)]
pub struct LineBatch<'a> {
    /// How many rows; every present column has as many.
    pub rows: usize,
    /// Order id.
    pub order_id: KeyColumn<'a>,
    /// When the buyer ordered.
    pub ordered_at: TimeColumn,
    /// When the cart last changed the order.
    pub updated_at: TimeColumn,
    /// [`Status`](super::columns::Status) as a number; absent means that every order counts.
    pub status: IntColumn,
    /// Sales channel.
    pub shop: KeyColumn<'a>,
    /// ISO 4217.
    pub currency: TextColumn<'a>,
    /// Discount on the whole order, positive.
    pub discount_total: IntColumn,
    /// Postage.
    pub shipping_total: IntColumn,
    /// Fees of payment and cash on delivery.
    pub fee_total: IntColumn,
    /// Points paid with, in currency.
    pub points_used: IntColumn,
    /// What was paid back.
    pub refunded_total: IntColumn,
    /// Coupon codes, joined by `|`.
    pub coupons: KeyColumn<'a>,
    /// How the buyer paid.
    pub payment_method: KeyColumn<'a>,
    /// Advertising code or medium.
    pub media: KeyColumn<'a>,
    /// Free words of the buyer.
    pub note: TextColumn<'a>,
    /// The shop's own labels, joined by `|`.
    pub tags: KeyColumn<'a>,
    /// The cart's customer number.
    pub customer_id: KeyColumn<'a>,
    /// E-mail address: as typed, or a number that stands for it.
    pub email: KeyColumn<'a>,
    /// Phone: as typed, or a number that stands for it.
    pub phone: KeyColumn<'a>,
    /// Buyer's name.
    pub name: TextColumn<'a>,
    /// Buyer's name in kana.
    pub name_kana: TextColumn<'a>,
    /// Buyer's company.
    pub company: TextColumn<'a>,
    /// Buyer's postcode.
    pub postal: TextColumn<'a>,
    /// Buyer's 都道府県.
    pub prefecture: TextColumn<'a>,
    /// Buyer's address after the prefecture.
    pub address: TextColumn<'a>,
    /// Buyer's birth date, `YYYY-MM-DD`.
    pub birth: TextColumn<'a>,
    /// Consent to advertising mail: 0 or 1.
    pub mail_consent: IntColumn,
    /// Destination of the line, unique within the order.
    pub shipment_id: KeyColumn<'a>,
    /// Whether the destination is marked as a gift: 0 or 1.
    pub is_gift: IntColumn,
    /// Recipient.
    pub ship_name: TextColumn<'a>,
    /// Recipient in kana.
    pub ship_name_kana: TextColumn<'a>,
    /// Recipient's phone.
    pub ship_phone: KeyColumn<'a>,
    /// Recipient's postcode.
    pub ship_postal: TextColumn<'a>,
    /// Recipient's 都道府県.
    pub ship_prefecture: TextColumn<'a>,
    /// Recipient's address after the prefecture.
    pub ship_address: TextColumn<'a>,
    /// のし, as the cart names it.
    pub noshi: TextColumn<'a>,
    /// Wrapping, as the cart names it.
    pub wrapping: TextColumn<'a>,
    /// Words on a message card.
    pub message: TextColumn<'a>,
    /// When the destination's goods left.
    pub shipped_at: TimeColumn,
    /// Product code.
    pub product: KeyColumn<'a>,
    /// Product name.
    pub product_name: TextColumn<'a>,
    /// 0 for goods; other kinds do not count.
    pub line_kind: IntColumn,
    /// Pieces; 1 when absent.
    pub quantity: IntColumn,
    /// Price of one piece.
    pub unit_price: IntColumn,
    /// Line total; `quantity x unit_price` when absent.
    pub amount: IntColumn,
    /// Cost of one piece.
    pub unit_cost: IntColumn,
    /// 定期 contract that made the line.
    pub contract_id: KeyColumn<'a>,
    /// 1 for the contract's first delivery.
    pub contract_count: IntColumn,
    /// The line alone was cancelled: 0 or 1.
    pub line_cancelled: IntColumn,
    /// Row of the source for messages: row i of the batch is row `first_row + i`, unless
    /// `source_rows` says otherwise.
    pub first_row: u64,
    /// Row of the source of each row, where they do not count up by one.
    pub source_rows: Vec<u64>,
}

/// The values of some rows, in their order.
fn taken<T: Copy>(values: &[T], rows: &[u32]) -> Vec<T> {
    let value = |row: &u32| values.get(*row as usize).copied();
    rows.iter().filter_map(value).collect()
}

impl TextColumn<'_> {
    fn take(&self, rows: &[u32]) -> TextColumn<'_> {
        let is_there = !self.offsets.is_empty();
        TextColumn {
            bytes: std::borrow::Cow::Borrowed(&self.bytes),
            offsets: self.offsets.clone(),
            entries: match self.entries.as_slice() {
                [] if is_there => rows.to_vec(),
                entries => taken(entries, rows),
            },
            valid: taken(&self.valid, rows),
        }
    }
}

impl KeyColumn<'_> {
    /// Whether the column is there.
    pub(super) fn is_there(&self) -> bool {
        !matches!(self, KeyColumn::Absent)
    }

    fn take(&self, rows: &[u32]) -> KeyColumn<'_> {
        match self {
            KeyColumn::Absent => KeyColumn::Absent,
            KeyColumn::Int(values, valid) => {
                KeyColumn::Int(taken(values, rows), taken(valid, rows))
            }
            KeyColumn::Text(texts) => KeyColumn::Text(texts.take(rows)),
        }
    }
}

impl IntColumn {
    fn take(&self, rows: &[u32]) -> IntColumn {
        IntColumn {
            values: taken(&self.values, rows),
            valid: taken(&self.valid, rows),
        }
    }
}

impl TimeColumn {
    /// Whether the column is there.
    pub(super) fn is_there(&self) -> bool {
        match self {
            TimeColumn::Absent => false,
            TimeColumn::Utc(values) | TimeColumn::Local(values) | TimeColumn::Mixed(values, _) => {
                values.is_there()
            }
        }
    }

    fn take(&self, rows: &[u32]) -> TimeColumn {
        match self {
            TimeColumn::Absent => TimeColumn::Absent,
            TimeColumn::Utc(values) => TimeColumn::Utc(values.take(rows)),
            TimeColumn::Local(values) => TimeColumn::Local(values.take(rows)),
            TimeColumn::Mixed(values, is_utc) => {
                TimeColumn::Mixed(values.take(rows), taken(is_utc, rows))
            }
        }
    }
}

impl LineBatch<'_> {
    /// Sums of an order beside its discount.
    pub(super) fn totals(&self) -> [(&'static str, &IntColumn); 4] {
        [
            ("shipping_total", &self.shipping_total),
            ("fee_total", &self.fee_total),
            ("points_used", &self.points_used),
            ("refunded_total", &self.refunded_total),
        ]
    }

    /// Whether there is any column of an order's details.
    pub(super) fn has_order_details(&self) -> bool {
        let words = [&self.coupons, &self.payment_method, &self.media, &self.tags];
        self.totals().into_iter().any(|(_, sums)| sums.is_there())
            || words.into_iter().any(KeyColumn::is_there)
            || self.note.is_there()
    }

    /// Whether there is any column of a line's details.
    pub(super) fn has_line_details(&self) -> bool {
        self.unit_cost.is_there() || self.contract_id.is_there() || self.contract_count.is_there()
    }

    /// Whether there is any column of destinations.
    pub(super) fn has_destinations(&self) -> bool {
        let texts = [
            &self.ship_name,
            &self.ship_name_kana,
            &self.ship_postal,
            &self.ship_prefecture,
            &self.ship_address,
            &self.noshi,
            &self.wrapping,
            &self.message,
        ];
        let keys = [&self.shipment_id, &self.ship_phone];
        keys.into_iter().any(KeyColumn::is_there)
            || self.is_gift.is_there()
            || texts.into_iter().any(TextColumn::is_there)
            || self.shipped_at.is_there()
    }

    /// Some of the rows, in their order.
    pub fn take(&self, rows: &[u32]) -> LineBatch<'_> {
        let source = |row: &u32| {
            let listed = self.source_rows.get(*row as usize).copied();
            listed.unwrap_or_else(|| self.first_row.wrapping_add(u64::from(*row)))
        };
        LineBatch {
            rows: rows.len(),
            order_id: self.order_id.take(rows),
            ordered_at: self.ordered_at.take(rows),
            updated_at: self.updated_at.take(rows),
            status: self.status.take(rows),
            shop: self.shop.take(rows),
            currency: self.currency.take(rows),
            discount_total: self.discount_total.take(rows),
            shipping_total: self.shipping_total.take(rows),
            fee_total: self.fee_total.take(rows),
            points_used: self.points_used.take(rows),
            refunded_total: self.refunded_total.take(rows),
            coupons: self.coupons.take(rows),
            payment_method: self.payment_method.take(rows),
            media: self.media.take(rows),
            note: self.note.take(rows),
            tags: self.tags.take(rows),
            customer_id: self.customer_id.take(rows),
            email: self.email.take(rows),
            phone: self.phone.take(rows),
            name: self.name.take(rows),
            name_kana: self.name_kana.take(rows),
            company: self.company.take(rows),
            postal: self.postal.take(rows),
            prefecture: self.prefecture.take(rows),
            address: self.address.take(rows),
            birth: self.birth.take(rows),
            mail_consent: self.mail_consent.take(rows),
            shipment_id: self.shipment_id.take(rows),
            is_gift: self.is_gift.take(rows),
            ship_name: self.ship_name.take(rows),
            ship_name_kana: self.ship_name_kana.take(rows),
            ship_phone: self.ship_phone.take(rows),
            ship_postal: self.ship_postal.take(rows),
            ship_prefecture: self.ship_prefecture.take(rows),
            ship_address: self.ship_address.take(rows),
            noshi: self.noshi.take(rows),
            wrapping: self.wrapping.take(rows),
            message: self.message.take(rows),
            shipped_at: self.shipped_at.take(rows),
            product: self.product.take(rows),
            product_name: self.product_name.take(rows),
            line_kind: self.line_kind.take(rows),
            quantity: self.quantity.take(rows),
            unit_price: self.unit_price.take(rows),
            amount: self.amount.take(rows),
            unit_cost: self.unit_cost.take(rows),
            contract_id: self.contract_id.take(rows),
            contract_count: self.contract_count.take(rows),
            line_cancelled: self.line_cancelled.take(rows),
            first_row: 0,
            source_rows: rows.iter().map(source).collect(),
        }
    }
}
