//! Facts one by one → the columns of a batch, the only way into the ledger.

#[cfg(test)]
mod tests;

use okaeri_core::ledger::batch::{IntColumn, KeyColumn, LineBatch, TextColumn, TimeColumn};
use okaeri_core::ledger::columns::Status;
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Line, LineKind, Order, OrderStatus, Shipment};

/// Texts under construction.
#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    offsets: Vec<u32>,
    valid: Vec<bool>,
}

impl Texts {
    fn push(&mut self, text: Option<&str>) {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        self.bytes
            .extend_from_slice(text.unwrap_or_default().as_bytes());
        self.offsets.push(self.bytes.len() as u32);
        self.valid.push(text.is_some());
    }

    fn column(self) -> TextColumn<'static> {
        if !self.valid.contains(&true) {
            return TextColumn::default();
        }
        TextColumn {
            bytes: self.bytes.into(),
            offsets: self.offsets,
            entries: Vec::new(),
            valid: self.valid,
        }
    }

    fn keys(self) -> KeyColumn<'static> {
        if self.valid.contains(&true) {
            KeyColumn::Text(self.column())
        } else {
            KeyColumn::Absent
        }
    }
}

#[derive(Default)]
struct Numbers {
    values: Vec<i64>,
    valid: Vec<bool>,
}

impl Numbers {
    fn push(&mut self, value: Option<i64>) {
        self.values.push(value.unwrap_or_default());
        self.valid.push(value.is_some());
    }

    fn column(self) -> IntColumn {
        if !self.valid.contains(&true) {
            return IntColumn::default();
        }
        IntColumn {
            values: self.values,
            valid: self.valid,
        }
    }
}

#[derive(Default)]
struct Times {
    seconds: Numbers,
    is_utc: Vec<bool>,
}

impl Times {
    fn push(&mut self, moment: Option<Moment>) {
        let (seconds, is_utc) = match moment {
            None => (None, false),
            Some(Moment::Utc(seconds)) => (Some(seconds), true),
            Some(Moment::Local(at)) => (Some(at.and_utc().timestamp()), false),
        };
        self.seconds.push(seconds);
        self.is_utc.push(is_utc);
    }

    fn column(self) -> TimeColumn {
        TimeColumn::Mixed(self.seconds.column(), self.is_utc)
    }
}

/// Number of a status in a batch.
pub fn status_number(status: OrderStatus) -> i64 {
    let status = match status {
        OrderStatus::Open | OrderStatus::Shipped | OrderStatus::Completed => Status::Counted,
        OrderStatus::Cancelled => Status::Cancelled,
        OrderStatus::Returned => Status::Returned,
        OrderStatus::Draft => Status::Draft,
        OrderStatus::Merged => Status::Merged,
    };
    status as i64
}

/// Orders under construction as a batch.
#[derive(Default)]
pub struct Batch {
    source_rows: Vec<u64>,
    order_id: Texts,
    ordered_at: Times,
    updated_at: Times,
    status: Numbers,
    shop: Texts,
    currency: Texts,
    discount_total: Numbers,
    /// Postage, fee, points and what was paid back.
    totals: [Numbers; 4],
    /// Media, payment, coupons, tags and the note.
    words: [Texts; 5],
    buyer: [Texts; 10],
    mail_consent: Numbers,
    shipment_id: Texts,
    is_gift: Numbers,
    /// Name, kana, phone, postcode, prefecture and address of the recipient; のし, wrapping
    /// and message.
    ship: [Texts; 9],
    shipped_at: Times,
    product: Texts,
    product_name: Texts,
    line_kind: Numbers,
    quantity: Numbers,
    unit_price: Numbers,
    amount: Numbers,
    unit_cost: Numbers,
    contract_id: Texts,
    contract_count: Numbers,
    line_cancelled: Numbers,
}

impl Batch {
    /// Rows so far.
    pub fn len(&self) -> usize {
        self.source_rows.len()
    }

    /// Adds an order: a row a line, and a row for each destination without lines. `row` is the
    /// order's row of the source, `line_rows` those of its lines where they differ.
    pub fn push(&mut self, order: &Order, row: u64, line_rows: &[u64]) {
        let first = self.len();
        let mut unused: Vec<&Shipment> = order.shipments.iter().collect();
        for (index, line) in order.lines.iter().enumerate() {
            let source_row = line_rows.get(index).copied().unwrap_or(row);
            let shipment = match &line.shipment_id {
                Some(id) => order
                    .shipments
                    .iter()
                    .find(|s| s.shipment_id.as_ref() == Some(id)),
                // Where there is only one destination, what names none goes there too.
                None => order
                    .shipments
                    .first()
                    .filter(|_| order.shipments.len() == 1),
            };
            unused.retain(|s| !shipment.is_some_and(|used| std::ptr::eq(*s, used)));
            self.row(
                order,
                shipment,
                Some(line),
                (source_row, self.len() == first),
            );
        }
        for shipment in &unused {
            self.row(order, Some(shipment), None, (row, self.len() == first));
        }
        if order.lines.is_empty() && order.shipments.is_empty() {
            self.row(order, None, None, (row, true));
        }
    }

    fn row(
        &mut self,
        order: &Order,
        shipment: Option<&Shipment>,
        line: Option<&Line>,
        (source_row, is_first): (u64, bool),
    ) {
        self.source_rows.push(source_row);
        self.order_id.push(Some(&order.order_id));
        self.ordered_at.push(order.ordered_at);
        self.updated_at.push(order.updated_at);
        self.status.push(Some(status_number(order.status)));
        self.shop.push(order.shop.as_deref());
        self.currency.push(order.currency.as_deref());
        self.discount_total.push(order.discount_total);
        self.order_details(order, is_first);
        let buyer = &order.buyer;
        let parts = [
            &buyer.customer_id,
            &buyer.email,
            &buyer.phone,
            &buyer.name,
            &buyer.name_kana,
            &buyer.company,
            &buyer.postal,
            &buyer.prefecture,
            &buyer.address,
            &buyer.birth,
        ];
        for (column, part) in self.buyer.iter_mut().zip(parts) {
            column.push(part.as_deref());
        }
        self.mail_consent.push(buyer.mail_consent.map(i64::from));
        // Destinations without a name are told apart by their place in the order.
        let place = shipment.and_then(|s| order.shipments.iter().position(|o| std::ptr::eq(o, s)));
        let id = shipment.and_then(|s| s.shipment_id.clone());
        let id = id.or_else(|| place.map(|place| format!("\u{1f}{place}")));
        self.shipment_id.push(id.as_deref());
        self.shipment(shipment.unwrap_or(&Shipment::default()));
        self.product.push(line.map(|line| line.product.as_str()));
        self.product_name
            .push(line.and_then(|line| line.name.as_deref()));
        let kind = line.map(|line| i64::from(line.kind != LineKind::Goods));
        self.line_kind.push(kind);
        self.quantity.push(line.map(|line| line.quantity));
        self.unit_price.push(line.map(|line| line.unit_price));
        self.amount.push(line.and_then(|line| line.amount));
        self.unit_cost.push(line.and_then(|line| line.unit_cost));
        let contract = line.and_then(|line| line.contract_id.as_deref());
        self.contract_id.push(contract);
        let count = line.and_then(|line| line.contract_count);
        self.contract_count.push(count.map(i64::from));
        self.line_cancelled
            .push(line.map(|line| i64::from(line.cancelled)));
    }

    /// What an order tells beside the rest. The first row's counts, so that the others may go
    /// without the texts.
    fn order_details(&mut self, order: &Order, is_first: bool) {
        let totals = [
            order.shipping_total,
            order.fee_total,
            order.points_used,
            order.refunded_total,
        ];
        for (column, total) in self.totals.iter_mut().zip(totals) {
            column.push(total);
        }
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join("|"));
        let (coupons, tags) = (joined(&order.coupons), joined(&order.tags));
        let words = [
            &order.media,
            &order.payment_method,
            &coupons,
            &tags,
            &order.note,
        ];
        for (column, word) in self.words.iter_mut().zip(words) {
            column.push(word.as_deref().filter(|_| is_first));
        }
    }

    fn shipment(&mut self, shipment: &Shipment) {
        self.is_gift.push(shipment.is_gift.map(i64::from));
        let texts = [
            &shipment.name,
            &shipment.name_kana,
            &shipment.phone,
            &shipment.postal,
            &shipment.prefecture,
            &shipment.address,
            &shipment.noshi,
            &shipment.wrapping,
            &shipment.message,
        ];
        for (column, text) in self.ship.iter_mut().zip(texts) {
            column.push(text.as_deref());
        }
        self.shipped_at.push(shipment.shipped_at);
    }

    /// The batch.
    pub fn finish(self) -> LineBatch<'static> {
        let [
            customer_id,
            email,
            phone,
            name,
            name_kana,
            company,
            postal,
            prefecture,
            address,
            birth,
        ] = self.buyer;
        let [shipping_total, fee_total, points_used, refunded_total] = self.totals;
        let [media, payment_method, coupons, tags, note] = self.words;
        let [
            ship_name,
            ship_name_kana,
            ship_phone,
            ship_postal,
            ship_prefecture,
            ship_address,
            noshi,
            wrapping,
            message,
        ] = self.ship;
        LineBatch {
            rows: self.source_rows.len(),
            order_id: self.order_id.keys(),
            ordered_at: self.ordered_at.column(),
            updated_at: self.updated_at.column(),
            status: self.status.column(),
            shop: self.shop.keys(),
            currency: self.currency.column(),
            discount_total: self.discount_total.column(),
            shipping_total: shipping_total.column(),
            fee_total: fee_total.column(),
            points_used: points_used.column(),
            refunded_total: refunded_total.column(),
            coupons: coupons.keys(),
            payment_method: payment_method.keys(),
            media: media.keys(),
            note: note.column(),
            tags: tags.keys(),
            customer_id: customer_id.keys(),
            email: email.keys(),
            phone: phone.keys(),
            name: name.column(),
            name_kana: name_kana.column(),
            company: company.column(),
            postal: postal.column(),
            prefecture: prefecture.column(),
            address: address.column(),
            birth: birth.column(),
            mail_consent: self.mail_consent.column(),
            shipment_id: self.shipment_id.keys(),
            is_gift: self.is_gift.column(),
            ship_name: ship_name.column(),
            ship_name_kana: ship_name_kana.column(),
            ship_phone: ship_phone.keys(),
            ship_postal: ship_postal.column(),
            ship_prefecture: ship_prefecture.column(),
            ship_address: ship_address.column(),
            noshi: noshi.column(),
            wrapping: wrapping.column(),
            message: message.column(),
            shipped_at: self.shipped_at.column(),
            product: self.product.keys(),
            product_name: self.product_name.column(),
            line_kind: self.line_kind.column(),
            quantity: self.quantity.column(),
            unit_price: self.unit_price.column(),
            amount: self.amount.column(),
            unit_cost: self.unit_cost.column(),
            contract_id: self.contract_id.keys(),
            contract_count: self.contract_count.column(),
            line_cancelled: self.line_cancelled.column(),
            first_row: 0,
            source_rows: self.source_rows,
        }
    }
}
