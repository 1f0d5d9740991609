//! EC-CUBE 4 受注CSV and 配送CSV (the same 70 columns by default; shops may leave out and reorder).
//!
//! One row an order item, order columns repeated. 送料 stands twice: the order's first, the
//! destination's later. Postage, fees, discounts, tax and points are items too (明細区分 2 to 6).
//! 対応状況 7 and 8 are carts under way, not orders; a status that a shop added itself counts as
//! open. Whether 価格 includes tax is not in the file.

use std::borrow::Cow;

use okaeri_protocol::facts::{Buyer, Line, LineKind, Order, OrderStatus, Shipment};

use crate::dates;
use crate::detect::Signature;
use crate::error::ReadError;
use crate::flat::Flat;
use crate::headers::Headers;
use crate::layout::{Layout, ship_to};
use crate::money::{self, Currency};
use crate::prefecture;
use crate::refusal::{Fault, Refusal, quoted};
use crate::row::{Column, Row, joined};

pub(crate) const SIGNATURE: Signature = Signature {
    name: "ec_cube",
    needed: &[
        "注文ID",
        "受注日",
        "対応状況(ID)",
        "商品名",
        "価格",
        "個数",
        "明細区分(ID)",
    ],
    known: &[
        "注文ID",
        "注文番号",
        "会員ID",
        "お名前(姓)",
        "お名前(名)",
        "お名前(セイ)",
        "お名前(メイ)",
        "会社名",
        "郵便番号",
        "都道府県(名称)",
        "住所1",
        "住所2",
        "メールアドレス",
        "TEL",
        "誕生日",
        "小計",
        "値引き",
        "送料",
        "税金",
        "支払合計",
        "対応状況(ID)",
        "支払方法(名称)",
        "受注日",
        "商品ID",
        "商品規格ID",
        "商品名",
        "商品コード",
        "価格",
        "個数",
        "税率",
        "明細区分(ID)",
        "出荷ID",
        "配送先_お名前(姓)",
        "配送先_郵便番号",
        "配送先_都道府県(名称)",
        "配送先_住所1",
        "発送日",
    ],
    layout,
};

struct EcCube {
    currency: Currency,
    order_id: Column,
    order_no: Column,
    ordered_at: Column,
    updated_at: Column,
    status: Column,
    customer_id: Column,
    email: Column,
    birth: Column,
    buyer: Contact,
    recipient: Contact,
    discount: Column,
    shipping: Column,
    tax: Column,
    billed: Column,
    payment: Column,
    shipment_id: Column,
    shipped_at: Column,
    kind: Column,
    product: Column,
    product_id: Column,
    product_name: Column,
    variant: Column,
    price: Column,
    quantity: Column,
    tax_rate: Column,
}

/// The columns of a name and an address.
struct Contact {
    name: [Column; 2],
    kana: [Column; 2],
    company: Column,
    postal: Column,
    prefecture: [Column; 2],
    address: [Column; 2],
    phone: Column,
}

impl Contact {
    fn new(headers: &Headers, prefix: &str) -> Self {
        let find = |name: &str| headers.find(&format!("{prefix}{name}"));
        Contact {
            name: [find("お名前(姓)"), find("お名前(名)")],
            kana: [find("お名前(セイ)"), find("お名前(メイ)")],
            company: find("会社名"),
            postal: find("郵便番号"),
            prefecture: [find("都道府県(名称)"), find("都道府県(ID)")],
            address: [find("住所1"), find("住所2")],
            phone: find("TEL"),
        }
    }

    fn prefecture(&self, row: &Row<'_>) -> Option<String> {
        let [name, id] = self.prefecture.map(|column| row.text(column));
        let known = [name, id].into_iter().flatten().find_map(prefecture::name);
        known.or(name).map(str::to_owned)
    }
}

/// Both columns' texts with a space between.
fn both(row: &Row<'_>, columns: [Column; 2]) -> Option<String> {
    joined(columns.map(|column| row.text(column)), " ").map(Cow::into_owned)
}

fn layout(headers: &Headers, currency: &str) -> Result<Box<dyn Layout>, ReadError> {
    let find = |name| headers.find(name);
    Ok(Box::new(EcCube {
        currency: Currency::new(currency)
            .ok_or_else(|| ReadError::BadCurrency(currency.to_owned()))?,
        order_id: find("注文ID"),
        order_no: find("注文番号"),
        ordered_at: find("受注日"),
        updated_at: find("更新日"),
        status: find("対応状況(ID)"),
        customer_id: find("会員ID"),
        email: find("メールアドレス"),
        birth: find("誕生日"),
        buyer: Contact::new(headers, ""),
        recipient: Contact::new(headers, "配送先_"),
        discount: find("値引き"),
        shipping: headers.nth("送料", 1),
        tax: find("税金"),
        billed: find("支払合計"),
        payment: find("支払方法(名称)"),
        shipment_id: find("出荷ID"),
        shipped_at: find("発送日"),
        kind: find("明細区分(ID)"),
        product: find("商品コード"),
        product_id: find("商品ID"),
        product_name: find("商品名"),
        variant: find("商品規格ID"),
        price: find("価格"),
        quantity: find("個数"),
        tax_rate: find("税率"),
    }))
}

impl EcCube {
    fn shipment(&self, row: &Row<'_>) -> Result<Shipment, Refusal> {
        let to = &self.recipient;
        Ok(Shipment {
            name: both(row, to.name),
            name_kana: both(row, to.kana),
            phone: row.owned(to.phone),
            postal: row.owned(to.postal),
            prefecture: to.prefecture(row),
            address: both(row, to.address),
            shipped_at: row.moment(self.shipped_at)?,
            ..Shipment::default()
        })
    }
}

/// mtb_order_status.
fn status(id: &str) -> OrderStatus {
    match id {
        "3" => OrderStatus::Cancelled,
        "5" => OrderStatus::Shipped,
        "7" | "8" => OrderStatus::Draft,
        "9" => OrderStatus::Returned,
        _ => OrderStatus::Open,
    }
}

/// mtb_order_item_type.
fn kind(id: &str) -> Result<LineKind, Fault> {
    match id {
        "1" => Ok(LineKind::Goods),
        "2" => Ok(LineKind::Shipping),
        "3" => Ok(LineKind::Fee),
        "4" => Ok(LineKind::Discount),
        "5" => Ok(LineKind::Tax),
        "6" => Ok(LineKind::Points),
        other => {
            let reason = format!("{} is no 明細区分: it is 1 to 6", quoted(other));
            Err(Fault::new("unknown_value", reason))
        }
    }
}

impl Layout for EcCube {
    fn name(&self) -> &str {
        SIGNATURE.name
    }

    fn order_id<'r>(&self, row: &Row<'r>) -> Result<Cow<'r, str>, Refusal> {
        row.required(self.order_id).map(Cow::Borrowed)
    }

    fn order(&self, row: &Row<'_>, order_id: &str) -> Result<Order, Refusal> {
        let money = |column| row.money(column, &self.currency);
        let status = status(row.required(self.status)?);
        Ok(Order {
            order_id: order_id.to_owned(),
            order_no: row.owned(self.order_no).filter(|number| number != order_id),
            ordered_at: row.ordered_at(self.ordered_at)?,
            updated_at: row.moment(self.updated_at)?,
            status,
            tax_total: money(self.tax)?,
            shipping_total: money(self.shipping)?,
            discount_total: money(self.discount)?.map(i64::abs),
            billed_total: money(self.billed)?,
            payment_method: row.owned(self.payment),
            buyer: Buyer {
                customer_id: row.owned(self.customer_id),
                email: row.owned(self.email),
                phone: row.owned(self.buyer.phone),
                name: both(row, self.buyer.name),
                name_kana: both(row, self.buyer.kana),
                company: row.owned(self.buyer.company),
                postal: row.owned(self.buyer.postal),
                prefecture: self.buyer.prefecture(row),
                address: both(row, self.buyer.address),
                birth: row.text(self.birth).and_then(dates::birth),
                mail_consent: None,
            },
            ..Order::default()
        })
    }

    fn add(&self, row: &Row<'_>, order: &mut Order) -> Result<(), Refusal> {
        row.required(self.price)?;
        row.required(self.quantity)?;
        row.required(self.kind)?;
        let name = row.required(self.product_name)?;
        let kind = row.read(self.kind, kind)?.unwrap_or_default();
        let product = row
            .text(self.product)
            .or_else(|| row.text(self.product_id))
            .unwrap_or(name);
        let quantity = row
            .read(self.quantity, money::quantity)?
            .unwrap_or_default();
        let unit_price = row.money(self.price, &self.currency)?.unwrap_or_default();
        let amount =
            money::line_amount(quantity, unit_price).map_err(|fault| fault.at(self.price))?;
        let line = Line {
            product: product.to_owned(),
            name: Some(name.to_owned()),
            sku: row.owned(self.variant),
            kind,
            quantity,
            unit_price,
            tax_rate: row.read(self.tax_rate, money::percent)?,
            ..Line::default()
        };
        let shipment_id = match row.owned(self.shipment_id) {
            Some(id) => ship_to(order, id, || self.shipment(row))?,
            None => None,
        };
        let total = match kind {
            LineKind::Fee => Some((&mut order.fee_total, amount)),
            LineKind::Points => Some((&mut order.points_used, -amount)),
            _ => None,
        };
        if let Some((total, amount)) = total {
            *total = Some(total.unwrap_or(0).saturating_add(amount));
        }
        order.lines.push(Line {
            shipment_id,
            ..line
        });
        Ok(())
    }

    fn last_needed(&self) -> usize {
        let needed = [
            self.order_id,
            self.status,
            self.ordered_at,
            self.price,
            self.quantity,
            self.kind,
        ];
        needed.into_iter().flatten().max().unwrap_or(0)
    }

    fn place(&self, column: Flat) -> Column {
        match column {
            Flat::OrderId => self.order_id,
            Flat::OrderedAt => self.ordered_at,
            Flat::Status => self.status,
            Flat::DiscountTotal => self.discount,
            Flat::Product => self.product,
            Flat::Quantity => self.quantity,
            Flat::UnitPrice | Flat::Amount => self.price,
            _ => None,
        }
    }
}
