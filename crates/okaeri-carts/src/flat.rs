//! The flat form of the canonical model: one row an order line, order columns repeated.
//!
//! The same column names serve Okaeri's own CSV, the Arrow schema and, as the left-hand sides,
//! every column mapping. Lists are joined by `|`.

use std::borrow::Cow;

use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Buyer, Line, LineKind, Order, OrderStatus, Shipment};

use crate::headers::Headers;
use crate::layout::{Layout, ship_to, shipment_key};
use crate::money::{self, Currency};
use crate::refusal::{Fault, Refusal, quoted};
use crate::row::{self, Column, Row, missing};
use crate::{csv_safe, dates, prefecture};

/// Columns that are listed as not read.
const UNREAD_LISTED: usize = 100;

macro_rules! columns {
    ($($column:ident $name:literal,)*) => {
        /// A column of the flat form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Flat { $($column,)* }

        impl Flat {
            pub const ALL: &[Flat] = &[$(Flat::$column,)*];
        }

        /// The columns of the flat form, in the order in which Okaeri writes them.
        pub const FLAT_COLUMNS: &[&str] = &[$($name,)*];
    };
}

columns! {
    OrderId "order_id", OrderNo "order_no", Shop "shop", OrderedAt "ordered_at",
    UpdatedAt "updated_at", Status "status", ParentId "parent_id", Currency "currency",
    TaxIncluded "tax_included", TaxTotal "tax_total", ShippingTotal "shipping_total",
    FeeTotal "fee_total", DiscountTotal "discount_total", PointsUsed "points_used",
    BilledTotal "billed_total", RefundedTotal "refunded_total", Coupons "coupons",
    PaymentMethod "payment_method", Media "media", CustomerId "customer_id", Email "email",
    Phone "phone", Name "name", NameKana "name_kana", Company "company", Postal "postal",
    Prefecture "prefecture", Address "address", Birth "birth", MailConsent "mail_consent",
    Note "note", Tags "tags",
    ShipmentId "shipment_id", ShipName "ship_name", ShipNameKana "ship_name_kana",
    ShipPhone "ship_phone", ShipPostal "ship_postal", ShipPrefecture "ship_prefecture",
    ShipAddress "ship_address", IsGift "is_gift", Noshi "noshi", Wrapping "wrapping",
    Message "message", ShippedAt "shipped_at",
    Product "product", ProductName "product_name", Sku "sku", LineKind "line_kind",
    Quantity "quantity", UnitPrice "unit_price", Amount "amount", UnitCost "unit_cost",
    TaxRate "tax_rate", ContractId "contract_id", ContractCount "contract_count",
    LineCancelled "line_cancelled",
}

impl Flat {
    pub fn name(self) -> &'static str {
        FLAT_COLUMNS.get(self as usize).copied().unwrap_or_default()
    }

    pub fn named(name: &str) -> Option<Flat> {
        Flat::ALL
            .iter()
            .copied()
            .find(|column| column.name() == name)
    }
}

/// Where the values of a flat column come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// Columns of the file; their texts are joined by a space.
    pub columns: Vec<usize>,
    /// Texts that mean that there is no value.
    pub null: Vec<String>,
    /// The value of every row, where the file has no column for it.
    pub constant: Option<String>,
}

impl Origin {
    fn text<'r>(&'r self, row: &Row<'r>) -> Option<Cow<'r, str>> {
        let text = match self.columns.as_slice() {
            [] => return self.constant.as_deref().map(Cow::Borrowed),
            [column] => row.text(Some(*column)).map(Cow::Borrowed),
            columns => row::joined(columns.iter().map(|column| row.text(Some(*column))), " "),
        };
        text.filter(|text| !self.null.iter().any(|null| null == text))
    }
}

/// How a file of one row an order line is read.
pub(crate) struct FlatLayout {
    pub name: String,
    /// By column; a column that the file lacks has none.
    pub origins: Vec<Option<Origin>>,
    /// For rows that name none.
    pub currency: Currency,
    /// Put on orders that name none.
    pub currency_code: Option<String>,
    /// Amounts are in minor units and tax rates in basis points, as Okaeri writes them; texts
    /// may carry the mark of `csv_safe`.
    pub own_form: bool,
    pub date_format: Option<dates::Form>,
    /// The file's words for a status; empty means that it uses Okaeri's.
    pub statuses: Vec<(String, OrderStatus)>,
    /// Likewise for line kinds.
    pub line_kinds: Vec<(String, LineKind)>,
    /// Orders whose id begins so are cancelled.
    pub cancelled_prefix: Option<String>,
}

impl FlatLayout {
    fn text<'r>(&'r self, row: &Row<'r>, column: Flat) -> Option<Cow<'r, str>> {
        self.origins.get(column as usize)?.as_ref()?.text(row)
    }

    fn owned(&self, row: &Row<'_>, column: Flat) -> Option<String> {
        let text = self.text(row, column)?;
        let text = if self.own_form {
            csv_safe::original(&text)
        } else {
            &text
        };
        Some(text.to_owned())
    }

    fn list(&self, row: &Row<'_>, column: Flat) -> Vec<String> {
        let text = self.owned(row, column).unwrap_or_default();
        let parts = text
            .split('|')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    fn prefecture(&self, row: &Row<'_>, column: Flat) -> Option<String> {
        let text = self.owned(row, column)?;
        Some(prefecture::name(&text).map_or(text, str::to_owned))
    }

    fn read<T>(
        &self,
        row: &Row<'_>,
        column: Flat,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Result<Option<T>, Refusal> {
        match self.text(row, column) {
            Some(text) => read(&text)
                .map(Some)
                .map_err(|fault| fault.at(self.place(column))),
            None => Ok(None),
        }
    }

    fn moment(&self, row: &Row<'_>, column: Flat) -> Result<Option<Moment>, Refusal> {
        let read = |text: &str| match &self.date_format {
            Some(form) => dates::moment_as(text, form),
            None => dates::moment(text),
        };
        self.read(row, column, read).map(Option::flatten)
    }

    fn flag(&self, row: &Row<'_>, column: Flat) -> Result<Option<bool>, Refusal> {
        self.read(row, column, row::flag)
    }

    fn currency(&self, row: &Row<'_>) -> Result<(Currency, Option<String>), Refusal> {
        let Some(code) = self
            .text(row, Flat::Currency)
            .map(|code| code.to_ascii_uppercase())
        else {
            return Ok((self.currency, self.currency_code.clone()));
        };
        let Some(currency) = Currency::new(&code) else {
            let reason = format!("{} is no ISO 4217 code", quoted(&code));
            return Err(Fault::new("bad_currency", reason).at(self.place(Flat::Currency)));
        };
        let exponent = if self.own_form { 0 } else { currency.exponent };
        Ok((
            Currency {
                exponent,
                ..self.currency
            },
            Some(code),
        ))
    }

    fn status(&self, row: &Row<'_>, order_id: &str) -> Result<OrderStatus, Refusal> {
        let status = self.read(row, Flat::Status, |text| {
            one_of(text, &self.statuses, status)
        })?;
        let cancelled = self
            .cancelled_prefix
            .as_ref()
            .is_some_and(|p| order_id.starts_with(p));
        Ok(if cancelled {
            OrderStatus::Cancelled
        } else {
            status.unwrap_or_default()
        })
    }

    fn buyer(&self, row: &Row<'_>) -> Result<Buyer, Refusal> {
        Ok(Buyer {
            customer_id: self.owned(row, Flat::CustomerId),
            email: self.owned(row, Flat::Email),
            phone: self.owned(row, Flat::Phone),
            name: self.owned(row, Flat::Name),
            name_kana: self.owned(row, Flat::NameKana),
            company: self.owned(row, Flat::Company),
            postal: self.owned(row, Flat::Postal),
            prefecture: self.prefecture(row, Flat::Prefecture),
            address: self.owned(row, Flat::Address),
            birth: self
                .text(row, Flat::Birth)
                .and_then(|text| dates::birth(&text)),
            mail_consent: self.flag(row, Flat::MailConsent)?,
        })
    }

    fn shipment(&self, row: &Row<'_>) -> Result<Shipment, Refusal> {
        Ok(Shipment {
            shipment_id: None,
            name: self.owned(row, Flat::ShipName),
            name_kana: self.owned(row, Flat::ShipNameKana),
            phone: self.owned(row, Flat::ShipPhone),
            postal: self.owned(row, Flat::ShipPostal),
            prefecture: self.prefecture(row, Flat::ShipPrefecture),
            address: self.owned(row, Flat::ShipAddress),
            is_gift: self.flag(row, Flat::IsGift)?,
            noshi: self.owned(row, Flat::Noshi),
            wrapping: self.owned(row, Flat::Wrapping),
            message: self.owned(row, Flat::Message),
            shipped_at: self.moment(row, Flat::ShippedAt)?,
        })
    }

    /// The id of the row's destination, its own or one made of its words.
    fn shipment_id(&self, row: &Row<'_>) -> Option<String> {
        const WORDS: [Flat; 10] = [
            Flat::ShipName,
            Flat::ShipNameKana,
            Flat::ShipPhone,
            Flat::ShipPostal,
            Flat::ShipPrefecture,
            Flat::ShipAddress,
            Flat::IsGift,
            Flat::Noshi,
            Flat::Wrapping,
            Flat::Message,
        ];
        self.owned(row, Flat::ShipmentId).or_else(|| {
            let words = WORDS.map(|column| self.text(row, column));
            let key = shipment_key(words.iter().map(|word| word.as_deref()));
            // Nothing but when it left tells a box too.
            key.or_else(|| {
                let shipped = self.text(row, Flat::ShippedAt);
                shipment_key([shipped.as_deref()].into_iter())
            })
        })
    }

    /// The row's line; `None` when the row is an order alone.
    fn line(&self, row: &Row<'_>) -> Result<Option<Line>, Refusal> {
        let (currency, _) = self.currency(row)?;
        let money = |column| self.read(row, column, |text| money::amount(text, &currency));
        let quantity = self.read(row, Flat::Quantity, money::quantity)?;
        let (unit_price, amount) = (money(Flat::UnitPrice)?, money(Flat::Amount)?);
        let Some(product) = self.owned(row, Flat::Product) else {
            if quantity.is_none() && unit_price.is_none() && amount.is_none() {
                return Ok(None);
            }
            return Err(missing().at(self.place(Flat::Product)));
        };
        let quantity = quantity.unwrap_or(1);
        // Without a unit price, the line total says what one piece cost.
        let per_piece = || Some(amount?.checked_div(quantity).unwrap_or(0));
        let unit_price = unit_price
            .or_else(per_piece)
            .ok_or_else(|| missing().at(self.place(Flat::UnitPrice)))?;
        money::line_amount(quantity, unit_price)
            .map_err(|fault| fault.at(self.place(Flat::UnitPrice)))?;
        let rate = if self.own_form {
            money::basis_points
        } else {
            money::percent
        };
        Ok(Some(Line {
            product,
            name: self.owned(row, Flat::ProductName),
            sku: self.owned(row, Flat::Sku),
            kind: self
                .read(row, Flat::LineKind, |text| {
                    one_of(text, &self.line_kinds, line_kind)
                })?
                .unwrap_or_default(),
            quantity,
            unit_price,
            amount,
            unit_cost: money(Flat::UnitCost)?,
            tax_rate: self.read(row, Flat::TaxRate, rate)?,
            shipment_id: None,
            contract_id: self.owned(row, Flat::ContractId),
            contract_count: self.read(row, Flat::ContractCount, money::count)?,
            cancelled: self.flag(row, Flat::LineCancelled)?.unwrap_or(false),
        }))
    }
}

impl Layout for FlatLayout {
    fn name(&self) -> &str {
        &self.name
    }

    fn unread(&self, headers: &Headers) -> Vec<String> {
        let is_read = |index: &usize| {
            let mut origins = self.origins.iter().flatten();
            origins.any(|origin| origin.columns.contains(index))
        };
        let names = headers.names().iter().enumerate();
        names
            .filter(|(index, name)| self.own_form && !name.trim().is_empty() && !is_read(index))
            .map(|(_, name)| name.clone())
            .take(UNREAD_LISTED)
            .collect()
    }

    fn order_id<'r>(&self, row: &Row<'r>) -> Result<Cow<'r, str>, Refusal> {
        let origin = self
            .origins
            .get(Flat::OrderId as usize)
            .and_then(Option::as_ref);
        let columns = origin
            .map(|origin| origin.columns.as_slice())
            .unwrap_or_default();
        match row::joined(columns.iter().map(|column| row.text(Some(*column))), " ") {
            Some(Cow::Borrowed(id)) if self.own_form => Ok(csv_safe::original(id).into()),
            Some(id) => Ok(id),
            None => Err(missing().at(self.place(Flat::OrderId))),
        }
    }

    fn order(&self, row: &Row<'_>, order_id: &str) -> Result<Order, Refusal> {
        let (currency, code) = self.currency(row)?;
        let money = |column| self.read(row, column, |text| money::amount(text, &currency));
        let Some(ordered_at) = self.moment(row, Flat::OrderedAt)? else {
            return Err(missing().at(self.place(Flat::OrderedAt)));
        };
        Ok(Order {
            order_id: order_id.to_owned(),
            order_no: self.owned(row, Flat::OrderNo),
            shop: self.owned(row, Flat::Shop),
            ordered_at: Some(ordered_at),
            updated_at: self.moment(row, Flat::UpdatedAt)?,
            status: self.status(row, order_id)?,
            parent_id: self.owned(row, Flat::ParentId),
            currency: code.or_else(|| self.currency_code.clone()),
            tax_included: self.flag(row, Flat::TaxIncluded)?,
            tax_total: money(Flat::TaxTotal)?,
            shipping_total: money(Flat::ShippingTotal)?,
            fee_total: money(Flat::FeeTotal)?,
            discount_total: money(Flat::DiscountTotal)?,
            points_used: money(Flat::PointsUsed)?,
            billed_total: money(Flat::BilledTotal)?,
            refunded_total: money(Flat::RefundedTotal)?,
            coupons: self.list(row, Flat::Coupons),
            payment_method: self.owned(row, Flat::PaymentMethod),
            media: self.owned(row, Flat::Media),
            buyer: self.buyer(row)?,
            shipments: Vec::new(),
            lines: Vec::new(),
            note: self.owned(row, Flat::Note),
            tags: self.list(row, Flat::Tags),
        })
    }

    fn add(&self, row: &Row<'_>, order: &mut Order) -> Result<(), Refusal> {
        let line = self.line(row)?;
        let shipment_id = match self.shipment_id(row) {
            Some(id) => ship_to(order, id, || self.shipment(row))?,
            None => None,
        };
        order.lines.extend(line.map(|line| Line {
            shipment_id,
            ..line
        }));
        Ok(())
    }

    fn last_needed(&self) -> usize {
        use Flat::{Amount, OrderId, OrderedAt, Product, Quantity, UnitPrice};
        let needed = [OrderId, OrderedAt, Product, Quantity, UnitPrice, Amount];
        needed
            .into_iter()
            .filter_map(|column| self.place(column))
            .max()
            .unwrap_or(0)
    }

    /// The first of several.
    fn place(&self, column: Flat) -> Column {
        let origin = self.origins.get(column as usize)?.as_ref()?;
        origin.columns.first().copied()
    }
}

/// The value for the file's word: by its own table if it has one (`*` stands for every other
/// word), else by Okaeri's words.
fn one_of<T: Copy>(
    text: &str,
    own: &[(String, T)],
    ours: impl Fn(&str) -> Option<T>,
) -> Result<T, Fault> {
    let found = if own.is_empty() {
        ours(&text.to_ascii_lowercase())
    } else {
        let known = |wanted: &str| own.iter().find(|(word, _)| word == wanted);
        known(text).or_else(|| known("*")).map(|(_, value)| *value)
    };
    found.ok_or_else(|| {
        Fault::new(
            "unknown_value",
            format!("{} is not known here", quoted(text)),
        )
    })
}

/// Okaeri's word for a status.
pub(crate) fn status(word: &str) -> Option<OrderStatus> {
    Some(match word {
        "draft" => OrderStatus::Draft,
        "open" => OrderStatus::Open,
        "shipped" => OrderStatus::Shipped,
        "completed" => OrderStatus::Completed,
        "cancelled" => OrderStatus::Cancelled,
        "returned" => OrderStatus::Returned,
        "merged" => OrderStatus::Merged,
        _ => return None,
    })
}

/// Okaeri's word for a line kind.
pub(crate) fn line_kind(word: &str) -> Option<LineKind> {
    Some(match word {
        "goods" => LineKind::Goods,
        "shipping" => LineKind::Shipping,
        "fee" => LineKind::Fee,
        "discount" => LineKind::Discount,
        "tax" => LineKind::Tax,
        "points" => LineKind::Points,
        "enclosed" => LineKind::Enclosed,
        _ => return None,
    })
}
