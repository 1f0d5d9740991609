//! The rows of each layout.

use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Line, LineKind, Order, OrderStatus, Shipment};

use super::Sheet;

fn time(at: Option<Moment>, format: &str) -> String {
    match at {
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

/// A row of Okaeri's own CSV: one line with its order.
pub fn okaeri(sheet: &mut Sheet, order: &Order, line: &Line) {
    let buyer = &order.buyer;
    let status = match order.status {
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Returned => "returned",
        _ => "completed",
    };
    sheet.set("order_id", &order.order_id);
    sheet.set_text("shop", order.shop.as_ref());
    sheet.set("ordered_at", time(order.ordered_at, "%Y-%m-%dT%H:%M:%S"));
    sheet.set("status", status);
    sheet.set("tax_included", "true");
    for (column, value) in [
        ("shipping_total", order.shipping_total),
        ("fee_total", order.fee_total),
        ("discount_total", order.discount_total),
        ("points_used", order.points_used),
        ("refunded_total", order.refunded_total),
        ("billed_total", order.billed_total),
        ("unit_cost", line.unit_cost),
    ] {
        sheet.set(column, value.map(|v| v.to_string()).unwrap_or_default());
    }
    sheet.set("coupons", order.coupons.join("|"));
    for (column, value) in [
        ("payment_method", order.payment_method.as_ref()),
        ("media", order.media.as_ref()),
        ("note", order.note.as_ref()),
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
        if let Some(is_gift) = shipment.is_gift {
            sheet.set("is_gift", is_gift);
        }
        sheet.set("shipped_at", time(shipment.shipped_at, "%Y-%m-%dT%H:%M:%S"));
    }
    sheet.set("product", &line.product);
    sheet.set("quantity", line.quantity);
    sheet.set("unit_price", line.unit_price);
    sheet.set("tax_rate", line.tax_rate.unwrap_or_default());
    if let Some(count) = line.contract_count {
        sheet.set("contract_count", count);
    }
}

/// A row of ネクストエンジン. It has no column for media, cost, contracts or cancelled orders.
pub fn next_engine(sheet: &mut Sheet, order: &Order, line: &Line) {
    let buyer = &order.buyer;
    sheet.set("店舗伝票番号", &order.order_id);
    sheet.set("受注日", time(order.ordered_at, "%Y/%m/%d %H:%M:%S"));
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
    let is_gift = shipment.and_then(|shipment| shipment.is_gift);
    sheet.set("ギフトフラグ", i32::from(is_gift == Some(true)));
    sheet.set_text("備考", order.note.as_ref());
    sheet.set("手数料", order.fee_total.unwrap_or_default());
    sheet.set("ポイント", order.points_used.unwrap_or_default());
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

/// A row of Shopify. The order stands on its first row alone, with one destination at most.
pub fn shopify(sheet: &mut Sheet, order: &Order, line: &Line, is_first: bool) {
    let buyer = &order.buyer;
    sheet.set("Name", format!("#{}", order.order_id));
    sheet.set_text("Email", buyer.email.as_ref());
    sheet.set("Lineitem quantity", line.quantity);
    sheet.set_text("Lineitem name", line.name.as_ref());
    sheet.set("Lineitem price", line.unit_price);
    sheet.set("Lineitem sku", &line.product);
    sheet.set(
        "Created at",
        time(order.ordered_at, "%Y-%m-%d %H:%M:%S +0900"),
    );
    if !is_first {
        return;
    }
    let is_cancelled = order.status == OrderStatus::Cancelled;
    let financial = match order.status {
        OrderStatus::Cancelled => "voided",
        OrderStatus::Returned => "refunded",
        _ => "paid",
    };
    sheet.set("Financial Status", financial);
    sheet.set("Refunded Amount", order.refunded_total.unwrap_or_default());
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
        ("Billing Province", &buyer.prefecture),
        ("Billing Address1", &buyer.address),
        ("Billing Phone", &buyer.phone),
        ("Billing Company", &buyer.company),
        ("Payment Method", &order.payment_method),
        ("Source", &order.shop),
        ("Notes", &order.note),
    ] {
        sheet.set_text(column, value.as_ref());
    }
    if let [shipment] = order.shipments.as_slice() {
        let at = time(shipment.shipped_at, "%Y-%m-%d %H:%M:%S +0900");
        sheet.set("Fulfilled at", at);
        for (column, value) in [
            ("Shipping Name", &shipment.name),
            ("Shipping Zip", &shipment.postal),
            ("Shipping Province", &shipment.prefecture),
            ("Shipping Address1", &shipment.address),
            ("Shipping Phone", &shipment.phone),
        ] {
            sheet.set_text(column, value.as_ref());
        }
    }
    if is_cancelled {
        sheet.set(
            "Cancelled at",
            time(order.ordered_at, "%Y-%m-%d %H:%M:%S +0900"),
        );
    }
}

/// The rows of an order in EC-CUBE that stand for no goods: the fee and the points paid with.
pub fn ec_cube_sums(order: &Order) -> Vec<Line> {
    let fee = order.fee_total.map(|fee| (LineKind::Fee, "手数料", fee));
    let points = order
        .points_used
        .map(|points| (LineKind::Points, "ポイント", -points));
    let sums = fee.into_iter().chain(points);
    sums.filter(|(_, _, amount)| *amount != 0)
        .map(|(kind, name, unit_price)| Line {
            product: name.to_owned(),
            name: Some(name.to_owned()),
            kind,
            quantity: 1,
            unit_price,
            ..Line::default()
        })
        .collect()
}

/// A row of EC-CUBE. It has no column for coupons, media, cost, contracts or gifts.
pub fn ec_cube(sheet: &mut Sheet, order: &Order, line: &Line) {
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
        OrderStatus::Returned => (9, "返品"),
        _ => (5, "発送済み"),
    };
    sheet.set("対応状況(ID)", status);
    sheet.set("対応状況(名称)", name);
    sheet.set("小計", goods(order));
    sheet.set("値引き", order.discount_total.unwrap_or_default());
    sheet.set("送料", order.shipping_total.unwrap_or_default());
    sheet.set("支払合計", order.billed_total.unwrap_or_default());
    sheet.set("受注日", time(order.ordered_at, "%Y-%m-%d %H:%M:%S"));
    sheet.set("商品コード", &line.product);
    sheet.set("価格", line.unit_price);
    sheet.set("個数", line.quantity);
    sheet.set("税率", line.tax_rate.unwrap_or_default() / 100);
    let (kind, name) = match line.kind {
        LineKind::Fee => (3, "手数料"),
        LineKind::Points => (6, "ポイント"),
        _ => (1, "商品"),
    };
    sheet.set("明細区分(ID)", kind);
    sheet.set("明細区分(名称)", name);
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
        sheet.set("発送日", time(shipment.shipped_at, "%Y-%m-%d %H:%M:%S"));
    } else {
        sheet.set("出荷ID", "1");
    }
}
