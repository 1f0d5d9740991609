//! The sample as files, each in a cart's own layout.

use std::fmt::Write;

use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Fact, Line, Order, OrderStatus, Shipment};

use crate::flat::FLAT_COLUMNS;

/// Whose layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Okaeri's own CSV.
    Okaeri,
    /// One fact a line.
    Ndjson,
    /// ネクストエンジン 受注CSV（汎用）, 61 columns.
    NextEngine,
    /// Shopify's order export.
    Shopify,
    /// EC-CUBE 4 受注CSV.
    EcCube,
}

/// Columns of the インボイス form, in its order.
const NEXT_ENGINE: &str = "店舗伝票番号,受注日,受注郵便番号,受注住所１,受注住所２,受注名,受注名カナ,\
受注電話番号,受注メールアドレス,発送郵便番号,発送先住所１,発送先住所２,発送先名,発送先カナ,\
発送電話番号,支払方法,発送方法,商品計,税金,発送料,手数料,手数料(0%対象),手数料(8%対象),\
手数料(10%対象),ポイント,ポイント(0%対象),ポイント(8%対象),ポイント(10%対象),ポイント(按分),\
ポイント(支払い),その他費用,その他費用(0%対象),その他費用(8%対象),その他費用(10%対象),\
クーポン割引額,クーポン割引額(0%対象),クーポン割引額(8%対象),クーポン割引額(10%対象),\
クーポン割引額(按分),請求金額(0%対象),請求金額(8%対象),請求額に対する税額(8%対象),\
請求金額(10%対象),請求額に対する税額(10%対象),合計金額,ギフトフラグ,時間帯指定,日付指定,作業者欄,\
備考,商品名,商品コード,商品価格,受注数量,商品オプション,出荷済フラグ,顧客区分,顧客コード,\
消費税率（%）,のし,ラッピング";

/// Columns of the export as of 2025, up to those that the sample fills.
const SHOPIFY: &str = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,\
Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,\
Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,\
Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,\
Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,\
Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,\
Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,\
Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,\
Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,\
Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,\
Tax 1 Name,Tax 1 Value,Phone";

/// Default columns of 4.3, in their order; the second 送料 is the shipment's.
const EC_CUBE: &str = "注文ID,注文番号,会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,\
郵便番号,都道府県(ID),都道府県(名称),住所1,住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),\
職業(名称),誕生日,ショップ用メモ欄,小計,値引き,送料,税金,合計,支払合計,対応状況(ID),対応状況(名称),\
支払方法(ID),支払方法(名称),受注日,入金日,注文詳細ID,商品ID,商品規格ID,商品名,商品コード,規格名1,\
規格名2,規格分類名1,規格分類名2,価格,個数,税率,税率ルール(ID),明細区分(ID),明細区分(名称),出荷ID,\
配送先_お名前(姓),配送先_お名前(名),配送先_お名前(セイ),配送先_お名前(メイ),配送先_会社名,\
配送先_郵便番号,配送先_都道府県(ID),配送先_都道府県(名称),配送先_住所1,配送先_住所2,配送先_TEL,\
配送業者(ID),配送業者(名称),お届け時間ID,お届け時間(名称),お届け希望日,送料,発送日,出荷伝票番号,\
配達用メモ,出荷メール送信日";

/// A row under construction: cells by the name of their column.
struct Sheet {
    columns: Vec<&'static str>,
    cells: Vec<String>,
}

impl Sheet {
    fn new(columns: Vec<&'static str>) -> Self {
        let cells = vec![String::new(); columns.len()];
        Sheet { columns, cells }
    }

    /// Sets the first column of this name.
    fn set(&mut self, column: &str, value: impl std::fmt::Display) {
        let place = self.columns.iter().position(|name| *name == column);
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
            cell.clear();
            // Writing to a String cannot fail.
            let _ = write!(cell, "{value}");
        }
    }

    fn set_text(&mut self, column: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.set(column, value);
        }
    }

    /// Writes the row and begins the next.
    fn end(&mut self, out: &mut dyn FnMut(&str)) {
        let row: Vec<String> = self.cells.iter_mut().map(|cell| quoted(cell)).collect();
        out(&row.join(","));
        out("\n");
        self.cells.iter_mut().for_each(String::clear);
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Writes orders in a layout, in UTF-8, piece by piece.
pub fn write(orders: &[Order], layout: Layout, out: &mut dyn FnMut(&str)) {
    if layout == Layout::Ndjson {
        for order in orders {
            if let Ok(line) = serde_json::to_string(&Fact::Order(order.clone())) {
                out(&line);
                out("\n");
            }
        }
        return;
    }
    let columns: Vec<&'static str> = match layout {
        Layout::NextEngine => NEXT_ENGINE.split(',').collect(),
        Layout::Shopify => SHOPIFY.split(',').collect(),
        Layout::EcCube => EC_CUBE.split(',').collect(),
        Layout::Okaeri | Layout::Ndjson => FLAT_COLUMNS.to_vec(),
    };
    out(&columns.join(","));
    out("\n");
    let mut sheet = Sheet::new(columns);
    for order in orders {
        for (index, line) in order.lines.iter().enumerate() {
            match layout {
                Layout::NextEngine => next_engine(&mut sheet, order, line),
                Layout::Shopify => shopify(&mut sheet, order, line, index == 0),
                Layout::EcCube => ec_cube(&mut sheet, order, line),
                Layout::Okaeri | Layout::Ndjson => okaeri(&mut sheet, order, line),
            }
            sheet.end(out);
        }
    }
}

fn time(order: &Order, format: &str) -> String {
    match order.ordered_at {
        Some(Moment::Local(at)) => at.format(format).to_string(),
        _ => String::new(),
    }
}

fn goods(order: &Order) -> i64 {
    order
        .lines
        .iter()
        .map(|line| line.quantity * line.unit_price)
        .sum()
}

fn shipment_of<'a>(order: &'a Order, line: &Line) -> Option<&'a Shipment> {
    order
        .shipments
        .iter()
        .find(|shipment| shipment.shipment_id == line.shipment_id)
}

fn names(full: Option<&String>) -> [String; 2] {
    let (family, given) = full
        .and_then(|name| name.split_once(' '))
        .unwrap_or_else(|| (full.map_or("", String::as_str), ""));
    [family.to_owned(), given.to_owned()]
}

fn okaeri(sheet: &mut Sheet, order: &Order, line: &Line) {
    let buyer = &order.buyer;
    let status = if order.status == OrderStatus::Cancelled {
        "cancelled"
    } else {
        "completed"
    };
    sheet.set("order_id", &order.order_id);
    sheet.set_text("shop", order.shop.as_ref());
    sheet.set("ordered_at", time(order, "%Y-%m-%dT%H:%M:%S"));
    sheet.set("status", status);
    sheet.set("tax_included", "true");
    for (column, value) in [
        ("shipping_total", order.shipping_total),
        ("discount_total", order.discount_total),
        ("billed_total", order.billed_total),
        ("unit_cost", line.unit_cost),
    ] {
        sheet.set(column, value.map(|v| v.to_string()).unwrap_or_default());
    }
    sheet.set("coupons", order.coupons.join("|"));
    for (column, value) in [
        ("payment_method", order.payment_method.as_ref()),
        ("email", buyer.email.as_ref()),
        ("phone", buyer.phone.as_ref()),
        ("name", buyer.name.as_ref()),
        ("name_kana", buyer.name_kana.as_ref()),
        ("company", buyer.company.as_ref()),
        ("postal", buyer.postal.as_ref()),
        ("prefecture", buyer.prefecture.as_ref()),
        ("address", buyer.address.as_ref()),
        ("product_name", line.name.as_ref()),
        ("contract_id", line.contract_id.as_ref()),
    ] {
        sheet.set_text(column, value);
    }
    if let Some(consent) = buyer.mail_consent {
        sheet.set("mail_consent", consent);
    }
    if let Some(shipment) = shipment_of(order, line) {
        for (column, value) in [
            ("shipment_id", &shipment.shipment_id),
            ("ship_name", &shipment.name),
            ("ship_name_kana", &shipment.name_kana),
            ("ship_phone", &shipment.phone),
            ("ship_postal", &shipment.postal),
            ("ship_prefecture", &shipment.prefecture),
            ("ship_address", &shipment.address),
            ("noshi", &shipment.noshi),
            ("wrapping", &shipment.wrapping),
            ("message", &shipment.message),
        ] {
            sheet.set_text(column, value.as_ref());
        }
        sheet.set("is_gift", shipment.is_gift.unwrap_or_default());
    }
    sheet.set("product", &line.product);
    sheet.set("quantity", line.quantity);
    sheet.set("unit_price", line.unit_price);
    sheet.set("tax_rate", line.tax_rate.unwrap_or_default());
    if let Some(count) = line.contract_count {
        sheet.set("contract_count", count);
    }
}

fn next_engine(sheet: &mut Sheet, order: &Order, line: &Line) {
    let buyer = &order.buyer;
    sheet.set("店舗伝票番号", &order.order_id);
    sheet.set("受注日", time(order, "%Y/%m/%d %H:%M:%S"));
    sheet.set_text("受注郵便番号", buyer.postal.as_ref());
    sheet.set_text("受注メールアドレス", buyer.email.as_ref());
    sheet.set_text("受注電話番号", buyer.phone.as_ref());
    sheet.set_text("受注名", buyer.name.as_ref());
    sheet.set_text("受注名カナ", buyer.name_kana.as_ref());
    let address = |prefecture: &Option<String>, rest: &Option<String>| {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        format!("{}{}", part(prefecture), part(rest))
    };
    sheet.set("受注住所１", address(&buyer.prefecture, &buyer.address));
    let shipment = shipment_of(order, line);
    if let Some(shipment) = shipment {
        sheet.set_text("発送郵便番号", shipment.postal.as_ref());
        sheet.set(
            "発送先住所１",
            address(&shipment.prefecture, &shipment.address),
        );
        sheet.set_text("発送先名", shipment.name.as_ref());
        sheet.set_text("発送先カナ", shipment.name_kana.as_ref());
        sheet.set_text("発送電話番号", shipment.phone.as_ref());
        sheet.set_text("のし", shipment.noshi.as_ref());
        sheet.set_text("ラッピング", shipment.wrapping.as_ref());
    }
    sheet.set("ギフトフラグ", i32::from(shipment.is_some()));
    sheet.set_text("支払方法", order.payment_method.as_ref());
    sheet.set("商品計", goods(order));
    sheet.set("発送料", order.shipping_total.unwrap_or_default());
    sheet.set("クーポン割引額", order.discount_total.unwrap_or_default());
    sheet.set("合計金額", order.billed_total.unwrap_or_default());
    sheet.set_text("商品名", line.name.as_ref());
    sheet.set("商品コード", &line.product);
    sheet.set("商品価格", line.unit_price);
    sheet.set("受注数量", line.quantity);
    sheet.set("消費税率（%）", line.tax_rate.unwrap_or_default() / 100);
}

fn shopify(sheet: &mut Sheet, order: &Order, line: &Line, is_first: bool) {
    let buyer = &order.buyer;
    sheet.set("Name", format!("#{}", order.order_id));
    sheet.set_text("Email", buyer.email.as_ref());
    sheet.set("Lineitem quantity", line.quantity);
    sheet.set_text("Lineitem name", line.name.as_ref());
    sheet.set("Lineitem price", line.unit_price);
    sheet.set("Lineitem sku", &line.product);
    sheet.set("Created at", time(order, "%Y-%m-%d %H:%M:%S +0900"));
    if !is_first {
        return;
    }
    let is_cancelled = order.status == OrderStatus::Cancelled;
    sheet.set(
        "Financial Status",
        if is_cancelled { "voided" } else { "paid" },
    );
    sheet.set(
        "Accepts Marketing",
        if buyer.mail_consent == Some(true) {
            "yes"
        } else {
            "no"
        },
    );
    sheet.set("Currency", "JPY");
    sheet.set(
        "Subtotal",
        goods(order) - order.discount_total.unwrap_or_default(),
    );
    sheet.set("Shipping", order.shipping_total.unwrap_or_default());
    sheet.set("Total", order.billed_total.unwrap_or_default());
    sheet.set("Discount Code", order.coupons.join(","));
    sheet.set("Discount Amount", order.discount_total.unwrap_or_default());
    for (column, value) in [
        ("Billing Name", &buyer.name),
        ("Billing Zip", &buyer.postal),
        ("Billing Province Name", &buyer.prefecture),
        ("Billing Address1", &buyer.address),
        ("Billing Phone", &buyer.phone),
        ("Billing Company", &buyer.company),
        ("Payment Method", &order.payment_method),
        ("Source", &order.shop),
    ] {
        sheet.set_text(column, value.as_ref());
    }
    if is_cancelled {
        sheet.set("Cancelled at", time(order, "%Y-%m-%d %H:%M:%S +0900"));
    }
}

fn ec_cube(sheet: &mut Sheet, order: &Order, line: &Line) {
    let buyer = &order.buyer;
    sheet.set("注文ID", order.order_id.trim_start_matches(['S', '0']));
    sheet.set("注文番号", &order.order_id);
    let [family, given] = names(buyer.name.as_ref());
    let [family_kana, given_kana] = names(buyer.name_kana.as_ref());
    for (column, value) in [
        ("お名前(姓)", family),
        ("お名前(名)", given),
        ("お名前(セイ)", family_kana),
        ("お名前(メイ)", given_kana),
    ] {
        sheet.set(column, value);
    }
    for (column, value) in [
        ("会社名", &buyer.company),
        ("郵便番号", &buyer.postal),
        ("都道府県(名称)", &buyer.prefecture),
        ("住所1", &buyer.address),
        ("メールアドレス", &buyer.email),
        ("TEL", &buyer.phone),
        ("支払方法(名称)", &order.payment_method),
        ("商品名", &line.name),
    ] {
        sheet.set_text(column, value.as_ref());
    }
    let (status, name) = match order.status {
        OrderStatus::Cancelled => (3, "注文取消し"),
        _ => (5, "発送済み"),
    };
    sheet.set("対応状況(ID)", status);
    sheet.set("対応状況(名称)", name);
    sheet.set("小計", goods(order));
    sheet.set("値引き", order.discount_total.unwrap_or_default());
    sheet.set("送料", order.shipping_total.unwrap_or_default());
    sheet.set("支払合計", order.billed_total.unwrap_or_default());
    sheet.set("受注日", time(order, "%Y-%m-%d %H:%M:%S"));
    sheet.set("商品コード", &line.product);
    sheet.set("価格", line.unit_price);
    sheet.set("個数", line.quantity);
    sheet.set("税率", line.tax_rate.unwrap_or_default() / 100);
    sheet.set("明細区分(ID)", 1);
    sheet.set("明細区分(名称)", "商品");
    if let Some(shipment) = shipment_of(order, line) {
        let [family, given] = names(shipment.name.as_ref());
        sheet.set("配送先_お名前(姓)", family);
        sheet.set("配送先_お名前(名)", given);
        for (column, value) in [
            ("出荷ID", &shipment.shipment_id),
            ("配送先_郵便番号", &shipment.postal),
            ("配送先_都道府県(名称)", &shipment.prefecture),
            ("配送先_住所1", &shipment.address),
            ("配送先_TEL", &shipment.phone),
        ] {
            sheet.set_text(column, value.as_ref());
        }
    } else {
        sheet.set("出荷ID", "1");
    }
}
