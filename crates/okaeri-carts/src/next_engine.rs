//! ネクストエンジン 受注CSV（汎用）: what most Japanese carts can write.
//!
//! One row a line, order columns repeated; 38, 39 or 61 columns (the last is the インボイス form),
//! known by name. aiship's half-width 住所1 and 発送先住所1 are the same names after NFKC. One
//! slip has one destination in Next Engine, but rows of one slip that name several are kept apart.
//! The form has no cancellation. Only the totals that the model knows are read; the splits by tax
//! rate are not.

use std::borrow::Cow;

use okaeri_protocol::facts::{Buyer, Line, Order, OrderStatus, Shipment};

use crate::detect::Signature;
use crate::error::ReadError;
use crate::flat::Flat;
use crate::headers::Headers;
use crate::layout::{Layout, ship_to, shipment_key, tax_included};
use crate::money::{self, Currency};
use crate::prefecture;
use crate::refusal::Refusal;
use crate::row::{Column, Row, joined};

pub(crate) const SIGNATURE: Signature = Signature {
    name: "next_engine",
    needed: &[
        "店舗伝票番号",
        "受注日",
        "商品名",
        "商品コード",
        "商品価格",
        "受注数量",
    ],
    known: &[
        "店舗伝票番号",
        "受注日",
        "受注郵便番号",
        "受注住所1",
        "受注住所2",
        "受注名",
        "受注名カナ",
        "受注電話番号",
        "受注メールアドレス",
        "発送郵便番号",
        "発送先住所1",
        "発送先住所2",
        "発送先名",
        "発送先カナ",
        "発送電話番号",
        "支払方法",
        "発送方法",
        "商品計",
        "税金",
        "発送料",
        "手数料",
        "ポイント",
        "その他費用",
        "クーポン割引額",
        "合計金額",
        "ギフトフラグ",
        "備考",
        "商品名",
        "商品コード",
        "商品価格",
        "受注数量",
        "商品オプション",
        "出荷済フラグ",
        "顧客コード",
        "消費税率(%)",
        "のし",
        "ラッピング",
    ],
    layout,
};

struct NextEngine {
    currency: Currency,
    order_id: Column,
    ordered_at: Column,
    customer_id: Column,
    buyer: Contact,
    recipient: Contact,
    email: Column,
    payment: Column,
    goods: Column,
    tax: Column,
    shipping: Column,
    fee: Column,
    points: Column,
    other: Column,
    coupon: Column,
    total: Column,
    gift: Column,
    noshi: Column,
    wrapping: Column,
    note: Column,
    shipped: Column,
    product: Column,
    product_name: Column,
    price: Column,
    quantity: Column,
    tax_rate: Column,
}

/// The columns of a name and an address.
struct Contact {
    name: Column,
    kana: Column,
    phone: Column,
    postal: Column,
    address1: Column,
    address2: Column,
}

fn layout(headers: &Headers, currency: &str) -> Result<Box<dyn Layout>, ReadError> {
    let find = |name| headers.find(name);
    let contact = |name, kana, phone, postal, address1, address2| Contact {
        name: find(name),
        kana: find(kana),
        phone: find(phone),
        postal: find(postal),
        address1: find(address1),
        address2: find(address2),
    };
    Ok(Box::new(NextEngine {
        currency: Currency::new(currency)
            .ok_or_else(|| ReadError::BadCurrency(currency.to_owned()))?,
        order_id: find("店舗伝票番号"),
        ordered_at: find("受注日"),
        customer_id: find("顧客コード"),
        buyer: contact(
            "受注名",
            "受注名カナ",
            "受注電話番号",
            "受注郵便番号",
            "受注住所1",
            "受注住所2",
        ),
        recipient: contact(
            "発送先名",
            "発送先カナ",
            "発送電話番号",
            "発送郵便番号",
            "発送先住所1",
            "発送先住所2",
        ),
        email: find("受注メールアドレス"),
        payment: find("支払方法"),
        goods: find("商品計"),
        tax: find("税金"),
        shipping: find("発送料"),
        fee: find("手数料"),
        points: find("ポイント"),
        other: find("その他費用"),
        coupon: find("クーポン割引額"),
        total: find("合計金額"),
        gift: find("ギフトフラグ"),
        noshi: find("のし"),
        wrapping: find("ラッピング"),
        note: find("備考"),
        shipped: find("出荷済フラグ"),
        product: find("商品コード"),
        product_name: find("商品名"),
        price: find("商品価格"),
        quantity: find("受注数量"),
        tax_rate: find("消費税率(%)"),
    }))
}

impl Contact {
    /// 都道府県, and the rest of both address columns.
    fn address(&self, row: &Row<'_>) -> (Option<String>, Option<String>) {
        let (prefecture, rest) = prefecture::split(row.text(self.address1).unwrap_or_default());
        let rest = Some(rest).filter(|rest| !rest.is_empty());
        let address = joined([rest, row.text(self.address2)], " ").map(Cow::into_owned);
        (prefecture.map(str::to_owned), address)
    }
}

impl NextEngine {
    fn shipment(&self, row: &Row<'_>) -> Result<Shipment, Refusal> {
        let (prefecture, address) = self.recipient.address(row);
        Ok(Shipment {
            shipment_id: None,
            name: row.owned(self.recipient.name),
            name_kana: row.owned(self.recipient.kana),
            phone: row.owned(self.recipient.phone),
            postal: row.owned(self.recipient.postal),
            prefecture,
            address,
            is_gift: row.flag(self.gift)?,
            noshi: row.owned(self.noshi),
            wrapping: row.owned(self.wrapping),
            message: None,
            shipped_at: None,
        })
    }

    fn shipment_id(&self, row: &Row<'_>) -> Option<String> {
        let to = &self.recipient;
        let words = [
            to.name,
            to.kana,
            to.phone,
            to.postal,
            to.address1,
            to.address2,
        ];
        words
            .iter()
            .any(|word| row.text(*word).is_some())
            .then_some(())?;
        let all = words
            .into_iter()
            .chain([self.gift, self.noshi, self.wrapping]);
        shipment_key(all.map(|word| row.text(word)))
    }
}

impl Layout for NextEngine {
    fn name(&self) -> &str {
        SIGNATURE.name
    }

    fn order_id<'r>(&self, row: &Row<'r>) -> Result<Cow<'r, str>, Refusal> {
        row.required(self.order_id).map(Cow::Borrowed)
    }

    fn order(&self, row: &Row<'_>, order_id: &str) -> Result<Order, Refusal> {
        let money = |column| row.money(column, &self.currency);
        let (goods, tax, shipping) = (money(self.goods)?, money(self.tax)?, money(self.shipping)?);
        let (fee, other, total) = (money(self.fee)?, money(self.other)?, money(self.total)?);
        // Carts write what is taken off with either sign.
        let points = money(self.points)?.map(i64::abs);
        let coupon = money(self.coupon)?.map(i64::abs);
        let sum = |parts: &[Option<i64>]| parts.iter().flatten().sum::<i64>();
        let before_tax = sum(&[goods, shipping, fee, other]) - sum(&[points, coupon]);
        let rebate = other.filter(|other| *other < 0).map(i64::abs);
        let surcharge = other.filter(|other| *other > 0);
        let total_of =
            |parts: [Option<i64>; 2]| parts.iter().any(Option::is_some).then(|| sum(&parts));
        let (prefecture, address) = self.buyer.address(row);
        Ok(Order {
            order_id: order_id.to_owned(),
            ordered_at: row.ordered_at(self.ordered_at)?,
            status: match row.flag(self.shipped)? {
                Some(true) => OrderStatus::Shipped,
                _ => OrderStatus::Open,
            },
            // 税金 is 0 where prices include the tax.
            tax_included: match tax {
                Some(0) => Some(true),
                _ => tax_included(total, before_tax, tax),
            },
            tax_total: tax.filter(|tax| *tax != 0),
            shipping_total: shipping,
            fee_total: total_of([fee, surcharge]),
            discount_total: total_of([coupon, rebate]),
            points_used: points,
            billed_total: total,
            payment_method: row.owned(self.payment),
            buyer: Buyer {
                customer_id: row.owned(self.customer_id),
                email: row.owned(self.email),
                phone: row.owned(self.buyer.phone),
                name: row.owned(self.buyer.name),
                name_kana: row.owned(self.buyer.kana),
                postal: row.owned(self.buyer.postal),
                prefecture,
                address,
                ..Buyer::default()
            },
            note: row.owned(self.note),
            ..Order::default()
        })
    }

    fn add(&self, row: &Row<'_>, order: &mut Order) -> Result<(), Refusal> {
        row.required(self.price)?;
        row.required(self.quantity)?;
        let name = row.owned(self.product_name);
        let product = match row.owned(self.product) {
            Some(code) => code,
            None => row.required(self.product_name)?.to_owned(),
        };
        let quantity = row
            .read(self.quantity, money::quantity)?
            .unwrap_or_default();
        let unit_price = row.money(self.price, &self.currency)?.unwrap_or_default();
        money::line_amount(quantity, unit_price).map_err(|fault| fault.at(self.price))?;
        let line = Line {
            product,
            name,
            quantity,
            unit_price,
            tax_rate: row.read(self.tax_rate, money::percent)?,
            ..Line::default()
        };
        let shipment_id = match self.shipment_id(row) {
            Some(id) => ship_to(order, id, || self.shipment(row))?,
            None => None,
        };
        order.lines.push(Line {
            shipment_id,
            ..line
        });
        Ok(())
    }

    fn last_needed(&self) -> usize {
        let needed = [
            self.order_id,
            self.ordered_at,
            self.product,
            self.price,
            self.quantity,
        ];
        needed.into_iter().flatten().max().unwrap_or(0)
    }

    fn place(&self, column: Flat) -> Column {
        match column {
            Flat::OrderId => self.order_id,
            Flat::OrderedAt => self.ordered_at,
            Flat::Status => self.shipped,
            Flat::DiscountTotal => self.coupon,
            Flat::Product => self.product,
            Flat::Quantity => self.quantity,
            Flat::UnitPrice | Flat::Amount => self.price,
            _ => None,
        }
    }
}
