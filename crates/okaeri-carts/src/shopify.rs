//! Shopify's order export (CSV).
//!
//! One row a line; order columns are filled on the first row of an order only, `Name` (`#1001`)
//! links the rest. `Name` is the order's id here: it is in every generation of the export, `Id` is
//! not. There is no customer number and one destination. Line prices are before the order's
//! discount; `Discount Amount` is the order's whole discount.

use std::borrow::Cow;

use okaeri_protocol::facts::{Buyer, Line, Order, OrderStatus, Shipment};

use crate::detect::Signature;
use crate::error::ReadError;
use crate::flat::Flat;
use crate::headers::Headers;
use crate::layout::{Layout, ship_to, shipment_key, tax_included};
use crate::money::{self, Currency};
use crate::prefecture;
use crate::refusal::{Fault, Refusal, quoted};
use crate::row::{Column, Row, joined};

pub(crate) const SIGNATURE: Signature = Signature {
    name: "shopify",
    needed: &[
        "Name",
        "Created at",
        "Total",
        "Lineitem quantity",
        "Lineitem price",
    ],
    known: &[
        "Name",
        "Email",
        "Financial Status",
        "Paid at",
        "Fulfillment Status",
        "Fulfilled at",
        "Accepts Marketing",
        "Currency",
        "Subtotal",
        "Shipping",
        "Taxes",
        "Total",
        "Discount Code",
        "Discount Amount",
        "Created at",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
        "Lineitem sku",
        "Lineitem discount",
        "Billing Name",
        "Billing Address1",
        "Billing Zip",
        "Billing Phone",
        "Shipping Name",
        "Shipping Address1",
        "Shipping Zip",
        "Shipping Phone",
        "Notes",
        "Cancelled at",
        "Payment Method",
        "Refunded Amount",
        "Tags",
        "Source",
    ],
    layout,
};

struct Shopify {
    /// Of orders that name none.
    currency: Currency,
    name: Column,
    email: Column,
    financial: Column,
    fulfillment: Column,
    fulfilled_at: Column,
    accepts_marketing: Column,
    currency_code: Column,
    subtotal: Column,
    shipping: Column,
    taxes: Column,
    total: Column,
    discount_code: Column,
    discount: Column,
    created_at: Column,
    cancelled_at: Column,
    payment: Column,
    refunded: Column,
    notes: Column,
    tags: Column,
    source: Column,
    phone: Column,
    billing: Contact,
    recipient: Contact,
    quantity: Column,
    product_name: Column,
    price: Column,
    sku: Column,
    line_discount: Column,
}

/// The columns of a name and an address.
struct Contact {
    name: Column,
    company: Column,
    zip: Column,
    province: [Column; 2],
    address: [Column; 3],
    phone: Column,
}

impl Contact {
    fn new(headers: &Headers, kind: &str) -> Self {
        let find = |name: &str| headers.find(&format!("{kind} {name}"));
        Contact {
            name: find("Name"),
            company: find("Company"),
            zip: find("Zip"),
            province: [find("Province"), find("Province Name")],
            address: [find("City"), find("Address1"), find("Address2")],
            phone: find("Phone"),
        }
    }

    /// Without the apostrophe that keeps a spreadsheet from reading it as a number.
    fn zip(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.zip)
            .map(|zip| zip.trim_start_matches('\'').to_owned())
    }

    fn prefecture(&self, row: &Row<'_>) -> Option<String> {
        let written = self.province.map(|column| row.text(column));
        let known = written
            .iter()
            .flatten()
            .find_map(|text| prefecture::name(text));
        known
            .or(written.into_iter().flatten().last())
            .map(str::to_owned)
    }

    fn address(&self, row: &Row<'_>) -> Option<String> {
        joined(self.address.map(|column| row.text(column)), " ").map(Cow::into_owned)
    }
}

fn layout(headers: &Headers, currency: &str) -> Result<Box<dyn Layout>, ReadError> {
    let find = |name| headers.find(name);
    Ok(Box::new(Shopify {
        currency: Currency::new(currency)
            .ok_or_else(|| ReadError::BadCurrency(currency.to_owned()))?,
        name: find("Name"),
        email: find("Email"),
        financial: find("Financial Status"),
        fulfillment: find("Fulfillment Status"),
        fulfilled_at: find("Fulfilled at"),
        accepts_marketing: find("Accepts Marketing"),
        currency_code: find("Currency"),
        subtotal: find("Subtotal"),
        shipping: find("Shipping"),
        taxes: find("Taxes"),
        total: find("Total"),
        discount_code: find("Discount Code"),
        discount: find("Discount Amount"),
        created_at: find("Created at"),
        cancelled_at: find("Cancelled at"),
        payment: find("Payment Method"),
        refunded: find("Refunded Amount"),
        notes: find("Notes"),
        tags: find("Tags"),
        source: find("Source"),
        phone: find("Phone"),
        billing: Contact::new(headers, "Billing"),
        recipient: Contact::new(headers, "Shipping"),
        quantity: find("Lineitem quantity"),
        product_name: find("Lineitem name"),
        price: find("Lineitem price"),
        sku: find("Lineitem sku"),
        line_discount: find("Lineitem discount"),
    }))
}

impl Shopify {
    fn currency(&self, code: Option<&str>) -> Result<Currency, Refusal> {
        let Some(code) = code else {
            return Ok(self.currency);
        };
        Currency::new(code).ok_or_else(|| {
            let reason = format!("{} is no ISO 4217 code", quoted(code));
            Fault::new("bad_currency", reason).at(self.currency_code)
        })
    }

    fn status(&self, row: &Row<'_>) -> OrderStatus {
        let paid = row.text(self.financial).unwrap_or_default();
        let sent = row.text(self.fulfillment).unwrap_or_default();
        if row.text(self.cancelled_at).is_some() || paid == "voided" {
            OrderStatus::Cancelled
        } else if paid == "refunded" {
            OrderStatus::Returned
        } else if sent == "fulfilled" {
            OrderStatus::Shipped
        } else {
            OrderStatus::Open
        }
    }

    fn buyer(&self, row: &Row<'_>) -> Result<Buyer, Refusal> {
        // Orders taken at the till or by telephone may have a recipient only.
        let contact = if row.text(self.billing.name).is_some() {
            &self.billing
        } else {
            &self.recipient
        };
        Ok(Buyer {
            customer_id: None,
            email: row.owned(self.email),
            phone: row.owned(contact.phone).or_else(|| row.owned(self.phone)),
            name: row.owned(contact.name),
            name_kana: None,
            company: row.owned(contact.company),
            postal: contact.zip(row),
            prefecture: contact.prefecture(row),
            address: contact.address(row),
            birth: None,
            mail_consent: row.flag(self.accepts_marketing)?,
        })
    }

    /// The destination, on the first row of an order.
    fn shipment(&self, row: &Row<'_>) -> Result<Shipment, Refusal> {
        Ok(Shipment {
            name: row.owned(self.recipient.name),
            phone: row.owned(self.recipient.phone),
            postal: self.recipient.zip(row),
            prefecture: self.recipient.prefecture(row),
            address: self.recipient.address(row),
            shipped_at: row.moment(self.fulfilled_at)?,
            ..Shipment::default()
        })
    }
}

impl Layout for Shopify {
    fn name(&self) -> &str {
        SIGNATURE.name
    }

    fn order_id<'r>(&self, row: &Row<'r>) -> Result<Cow<'r, str>, Refusal> {
        row.required(self.name).map(Cow::Borrowed)
    }

    fn order(&self, row: &Row<'_>, order_id: &str) -> Result<Order, Refusal> {
        if row.text(self.total).is_none() {
            let reason = format!(
                "the row continues order {}, whose first row is missing or was refused",
                quoted(order_id)
            );
            return Err(Fault::new("no_order_row", reason).at(self.name));
        }
        let code = row.text(self.currency_code).map(str::to_ascii_uppercase);
        let currency = self.currency(code.as_deref())?;
        let money = |column| row.money(column, &currency);
        let (shipping, taxes, total) = (
            money(self.shipping)?,
            money(self.taxes)?,
            money(self.total)?,
        );
        let before_tax = money(self.subtotal)?.unwrap_or(0) + shipping.unwrap_or(0);
        let tags = row
            .text(self.tags)
            .unwrap_or_default()
            .split(',')
            .map(str::trim);
        let mut order = Order {
            order_id: order_id.to_owned(),
            shop: row.owned(self.source),
            ordered_at: row.ordered_at(self.created_at)?,
            status: self.status(row),
            currency: code,
            tax_included: tax_included(total, before_tax, taxes),
            tax_total: taxes,
            shipping_total: shipping,
            discount_total: money(self.discount)?,
            billed_total: total,
            refunded_total: money(self.refunded)?,
            coupons: row.owned(self.discount_code).into_iter().collect(),
            payment_method: row.owned(self.payment),
            buyer: self.buyer(row)?,
            note: row.owned(self.notes),
            tags: tags
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            ..Order::default()
        };
        let to = &self.recipient;
        let [city, address1, address2] = to.address;
        let words = [to.name, to.phone, to.zip, city, address1, address2];
        let key = shipment_key(words.into_iter().map(|word| row.text(word)));
        // Nothing but when it left tells a box too.
        let shipped = || shipment_key([row.text(self.fulfilled_at)].into_iter());
        if let Some(id) = key.or_else(shipped) {
            ship_to(&mut order, id, || self.shipment(row))?;
        }
        Ok(order)
    }

    fn add(&self, row: &Row<'_>, order: &mut Order) -> Result<(), Refusal> {
        // The code of the product; shops without codes have names alone.
        let Some(product) = row.text(self.sku).or_else(|| row.text(self.product_name)) else {
            return match row.text(self.quantity).or_else(|| row.text(self.price)) {
                None => Ok(()),
                Some(_) => row.required(self.product_name).map(|_| ()),
            };
        };
        row.required(self.price)?;
        row.required(self.quantity)?;
        let currency = self.currency(order.currency.as_deref())?;
        let quantity = row
            .read(self.quantity, money::quantity)?
            .unwrap_or_default();
        let unit_price = row.money(self.price, &currency)?.unwrap_or_default();
        let whole =
            money::line_amount(quantity, unit_price).map_err(|fault| fault.at(self.price))?;
        let discount = row
            .money(self.line_discount, &currency)?
            .filter(|amount| *amount != 0);
        order.lines.push(Line {
            product: product.to_owned(),
            name: row.owned(self.product_name),
            quantity,
            unit_price,
            amount: discount.map(|discount| whole - discount),
            shipment_id: order
                .shipments
                .first()
                .and_then(|to| to.shipment_id.clone()),
            ..Line::default()
        });
        Ok(())
    }

    fn last_needed(&self) -> usize {
        let needed = [
            self.name,
            self.created_at,
            self.total,
            self.quantity,
            self.price,
        ];
        needed.into_iter().flatten().max().unwrap_or(0)
    }

    fn place(&self, column: Flat) -> Column {
        match column {
            Flat::OrderId => self.name,
            Flat::OrderedAt => self.created_at,
            Flat::Status => self.financial,
            Flat::Currency => self.currency_code,
            Flat::DiscountTotal => self.discount,
            Flat::Product => self.sku.or(self.product_name),
            Flat::Quantity => self.quantity,
            Flat::UnitPrice | Flat::Amount => self.price,
            _ => None,
        }
    }
}
