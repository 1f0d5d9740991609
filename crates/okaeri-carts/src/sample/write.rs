//! The sample as files, each in a cart's own layout.

mod rows;

use std::fmt::Write;

use okaeri_protocol::facts::{Fact, Order};

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
            write_fact(&Fact::Order(order.clone()), out);
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
                Layout::NextEngine => rows::next_engine(&mut sheet, order, line),
                Layout::Shopify => rows::shopify(&mut sheet, order, line, index == 0),
                Layout::EcCube => rows::ec_cube(&mut sheet, order, line),
                Layout::Okaeri | Layout::Ndjson => rows::okaeri(&mut sheet, order, line),
            }
            sheet.end(out);
        }
        if layout == Layout::EcCube {
            for line in rows::ec_cube_sums(order) {
                rows::ec_cube(&mut sheet, order, &line);
                sheet.end(out);
            }
        }
    }
}

/// Writes facts of any kind as NDJSON, one a line, piece by piece.
pub fn write_facts(facts: &[Fact], out: &mut dyn FnMut(&str)) {
    for fact in facts {
        write_fact(fact, out);
    }
}

fn write_fact(fact: &Fact, out: &mut dyn FnMut(&str)) {
    if let Ok(line) = serde_json::to_string(fact) {
        out(&line);
        out("\n");
    }
}
