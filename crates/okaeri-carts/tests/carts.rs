//! A believable file of every cart, read and looked at.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::{cp932, facts, mapped, orders, refused, sample};
use okaeri_carts::{Format, ReadOptions};
use okaeri_protocol::facts::{Fact, LineKind, OrderStatus};

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("-")
}

fn at(value: &Option<okaeri_protocol::Moment>) -> String {
    value.map(|at| at.to_string()).unwrap_or_default()
}

#[test]
fn next_engine_39_columns_in_cp932() {
    let (orders, report) = orders(cp932(&sample("next_engine_39.csv").replace('\n', "\r\n")));
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("next_engine", 3, 0)
    );
    let [first, second] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(first.order_id, "R-1001");
    assert_eq!(at(&first.ordered_at), "2025-01-05T10:20:30");
    assert_eq!(first.status, OrderStatus::Shipped);
    assert_eq!(text(&first.buyer.name), "髙橋 花子");
    assert_eq!(text(&first.buyer.name_kana), "タカハシ ハナコ");
    assert_eq!(text(&first.buyer.customer_id), "C77");
    assert_eq!(text(&first.buyer.prefecture), "東京都");
    assert_eq!(text(&first.buyer.address), "渋谷区 神宮前1-2-3 コーポ①101");
    assert_eq!(text(&first.note), "玄関先に\r\n置いてください");
    assert_eq!(first.tax_included, Some(true));
    assert_eq!(
        (first.shipping_total, first.fee_total),
        (Some(500), Some(330))
    );
    assert_eq!(
        (first.discount_total, first.points_used),
        (Some(200), Some(100))
    );
    assert_eq!(first.billed_total, Some(6490));
    let lines: Vec<_> = first
        .lines
        .iter()
        .map(|l| (l.product.as_str(), l.quantity, l.unit_price))
        .collect();
    assert_eq!(lines, [("SEN-01", 2, 1980), ("MON-02", 1, 2000)]);
    assert_eq!(first.shipments.len(), 1);
    assert!(
        first
            .lines
            .iter()
            .all(|l| l.shipment_id == first.shipments[0].shipment_id)
    );

    assert_eq!(at(&second.ordered_at), "2025-01-06T09:05:00");
    assert_eq!(second.status, OrderStatus::Open);
    assert_eq!(text(&second.buyer.name), "佐藤㈱");
    assert_eq!(
        (second.tax_included, second.tax_total),
        (Some(false), Some(200))
    );
    assert_eq!(second.shipments[0].is_gift, Some(true));
    assert_eq!(text(&second.shipments[0].prefecture), "宮城県");
    assert_eq!(second.lines[0].unit_price, 2000);
}

#[test]
fn next_engine_38_and_61_columns() {
    let (orders_38, _) = orders(sample("next_engine_38.csv"));
    assert_eq!(orders_38[0].lines[0].tax_rate, Some(800));
    assert_eq!(text(&orders_38[0].buyer.prefecture), "神奈川県");

    let (orders_61, report) = orders(cp932(&sample("next_engine_61.csv")));
    assert_eq!(
        (report.format.as_str(), orders_61.len()),
        ("next_engine", 1)
    );
    let order = &orders_61[0];
    assert_eq!(
        (order.discount_total, order.billed_total),
        (Some(500), Some(13_500))
    );
    let ships: Vec<_> = order
        .shipments
        .iter()
        .map(|s| (text(&s.name), text(&s.noshi), text(&s.wrapping)))
        .collect();
    assert_eq!(
        ships,
        [("山田 花", "御歳暮", "包装紙A"), ("比嘉 誠", "御歳暮", "-")]
    );
    assert_ne!(order.lines[0].shipment_id, order.lines[1].shipment_id);
    assert_eq!(order.lines[1].shipment_id, order.shipments[1].shipment_id);
    let rates: Vec<_> = order.lines.iter().map(|line| line.tax_rate).collect();
    assert_eq!(rates, [Some(800), Some(1000)]);
}

#[test]
fn next_engine_headers_in_any_width() {
    let half = sample("next_engine_39.csv")
        .replace("受注名カナ", "受注名ｶﾅ")
        .replace("住所１", "住所1");
    let (same, _) = orders(half);
    let (expected, _) = orders(sample("next_engine_39.csv"));
    assert_eq!(same, expected);
}

#[test]
fn shopify() {
    let (orders, report) = orders(sample("shopify.csv"));
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("shopify", 4, 0)
    );
    let [first, second, third] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(first.order_id, "#1001");
    assert_eq!(at(&first.ordered_at), "2025-10-02T08:09:33Z");
    assert_eq!(first.status, OrderStatus::Shipped);
    assert_eq!(
        (text(&first.currency), first.tax_included),
        ("JPY", Some(true))
    );
    assert_eq!(
        (first.billed_total, first.discount_total),
        (Some(6000), Some(600))
    );
    assert_eq!(first.coupons, ["AKI10"]);
    assert_eq!(first.tags, ["VIP", "ギフト"]);
    assert_eq!(text(&first.note), "領収書希望\n宛名は会社");
    let buyer = &first.buyer;
    assert_eq!(
        (text(&buyer.postal), text(&buyer.prefecture)),
        ("920-0853", "石川県")
    );
    assert_eq!(text(&buyer.address), "金沢市 本町1-2 ハイツ3");
    assert_eq!(
        (text(&buyer.email), buyer.mail_consent),
        ("Yu.Nakamura@example.com", Some(true))
    );
    let lines: Vec<_> = first
        .lines
        .iter()
        .map(|l| (l.product.as_str(), l.unit_price, l.amount))
        .collect();
    assert_eq!(lines, [("TEA-50", 1500, None), ("番茶", 3000, Some(2700))]);
    assert_eq!(first.shipments.len(), 1);
    assert_eq!(at(&first.shipments[0].shipped_at), "2025-10-03T00:00:00Z");

    assert_eq!(at(&second.ordered_at), "2025-10-02T20:09:33Z");
    assert_eq!(
        (text(&second.currency), second.status),
        ("USD", OrderStatus::Returned)
    );
    assert_eq!(
        (second.billed_total, second.lines[0].unit_price),
        (Some(2710), 2000)
    );
    assert_eq!(second.tax_included, Some(false));
    assert_eq!(
        (text(&second.buyer.name), text(&second.buyer.prefecture)),
        ("J. Doe", "TX")
    );
    assert_eq!(text(&second.buyer.phone), "+15125550100");
    assert_eq!(third.status, OrderStatus::Cancelled);
}

#[test]
fn ec_cube_70_columns_with_postage_twice() {
    let (orders, report) = orders(cp932(&sample("ec_cube.csv")));
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("ec_cube", 14, 0)
    );
    let first = &orders[0];
    assert_eq!(
        (first.order_id.as_str(), text(&first.order_no)),
        ("101", "N101")
    );
    assert_eq!(at(&first.ordered_at), "2025-02-10T21:15:00");
    // The order's own 送料, not the destination's.
    assert_eq!(first.shipping_total, Some(1200));
    assert_eq!((first.fee_total, first.points_used), (Some(330), Some(100)));
    assert_eq!(
        (first.tax_total, first.billed_total),
        (Some(410), Some(4400))
    );
    let buyer = &first.buyer;
    assert_eq!(
        (text(&buyer.name), text(&buyer.name_kana)),
        ("小林 さくら", "コバヤシ サクラ")
    );
    assert_eq!(
        (text(&buyer.customer_id), text(&buyer.birth)),
        ("12", "1985-04-01")
    );
    let ships: Vec<_> = first
        .shipments
        .iter()
        .map(|s| (text(&s.shipment_id), text(&s.prefecture)))
        .collect();
    assert_eq!(ships, [("31", "愛知県"), ("32", "福岡県")]);
    assert_eq!(at(&first.shipments[0].shipped_at), "2025-02-12T00:00:00");
    use LineKind::{Discount, Fee, Goods, Points, Shipping, Tax};
    let kinds: Vec<_> = first.lines.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [Goods, Goods, Shipping, Shipping, Fee, Discount, Tax, Points]
    );
    let products: Vec<_> = first
        .lines
        .iter()
        .take(3)
        .map(|l| l.product.as_str())
        .collect();
    assert_eq!(products, ["cube-01", "2", "送料"]);
    assert_eq!(first.lines[1].tax_rate, Some(800));
    assert_eq!(
        (text(&first.lines[4].shipment_id), first.lines[7].unit_price),
        ("-", -100)
    );
    use OrderStatus::{Cancelled, Draft, Open, Returned, Shipped};
    let statuses: Vec<_> = orders.iter().map(|order| order.status).collect();
    assert_eq!(
        statuses,
        [Shipped, Cancelled, Draft, Draft, Returned, Open, Open]
    );
    assert_eq!(orders[1].discount_total, Some(100));
}

#[test]
fn okaeri_s_own_csv() {
    let (orders, report) = orders(sample("okaeri.csv"));
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("okaeri", 3, 0)
    );
    let [first, second] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(at(&first.updated_at), "2025-01-06T00:00:00Z");
    assert_eq!(first.coupons, ["A", "B"]);
    assert_eq!(first.tags, ["VIP", "定期"]);
    // The guard against formulas is off again.
    assert_eq!(text(&first.buyer.phone), "+81 90-1234-5678");
    assert_eq!(text(&first.note), "=SUM(A1)");
    assert_eq!(
        (text(&first.buyer.prefecture), first.buyer.mail_consent),
        ("東京都", Some(true))
    );
    assert_eq!(text(&first.buyer.birth), "1990-01-02");
    let [one, two] = first.lines.as_slice() else {
        panic!("{first:?}")
    };
    assert_eq!(
        (one.amount, one.unit_cost, one.tax_rate),
        (Some(1800), Some(400), Some(800))
    );
    assert_eq!(
        (text(&one.contract_id), one.contract_count),
        ("K1", Some(3))
    );
    assert_eq!((two.kind, two.cancelled), (LineKind::Enclosed, true));
    assert_eq!(
        (text(&two.shipment_id), text(&first.shipments[1].noshi)),
        ("s2", "御中元")
    );
    assert_eq!(
        (second.status, second.shipments.len()),
        (OrderStatus::Open, 0)
    );
    assert_eq!(second.buyer, okaeri_protocol::facts::Buyer::default());
}

#[test]
fn when_it_left_is_kept_without_an_address() {
    let own = "order_id,ordered_at,product,quantity,unit_price,shipped_at\n\
        1,2025-01-01,T,1,100,2025-01-03\n1,2025-01-01,U,1,100,2025-01-05\n2,2025-01-01,T,1,100,\n";
    let (read, _) = orders(own);
    let [first, second] = read.as_slice() else {
        panic!("{read:?}")
    };
    let left: Vec<String> = first.shipments.iter().map(|s| at(&s.shipped_at)).collect();
    assert_eq!(left, ["2025-01-03T00:00:00", "2025-01-05T00:00:00"]);
    let of_line = |line: &okaeri_protocol::facts::Line| line.shipment_id.clone();
    let of_box = first.shipments.iter().map(|s| s.shipment_id.clone());
    assert!(first.lines.iter().map(of_line).eq(of_box));
    assert!(second.shipments.is_empty());
    let shopify = "Name,Email,Financial Status,Fulfilled at,Total,Created at,Lineitem quantity,\
        Lineitem name,Lineitem price\n\
        #1,a@example.jp,paid,2025-10-03 09:00:00 +0900,100,2025-10-02 09:00:00 +0900,1,Tea,100\n";
    let (read, _) = orders(shopify);
    let [only] = read.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(at(&only.shipments[0].shipped_at), "2025-10-03T00:00:00Z");
}

#[test]
fn json_and_ndjson() {
    let array = r#" [{"order_id":"1","ordered_at":"2025-01-05","lines":[{"product":"a","quantity":1,"unit_price":100}]},
        {"order_id":"2","ordered_at":"2025-01-05T00:00:00Z","note":"]}\"[{"} ]"#;
    let (from_array, report) = orders(array);
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("json", 2, 0)
    );
    assert_eq!(text(&from_array[1].note), "]}\"[{");
    assert_eq!(orders("[]").0, []);

    let lines = concat!(
        r#"{"fact":"order","order_id":"1","ordered_at":"2025-01-05"}"#,
        "\n\r\n",
        r#"{"fact":"customer","contact":{"email":"a@example.jp"},"tags":["VIP"]}"#,
        "\r\n",
        r#"{"fact":"contract","contract_id":"k","status":"paused"}"#,
        "\n",
        r#"{"fact":"event","event_id":"e","at":"2025-01-05T00:00:00Z","kind":"mail_opened"}"#,
    );
    let (facts, report) = facts(lines.as_bytes(), &ReadOptions::default());
    let report = report.unwrap();
    assert_eq!(
        (report.format.as_str(), report.rows, report.rejected_count),
        ("ndjson", 4, 0)
    );
    assert!(matches!(
        facts.as_slice(),
        [
            Fact::Order(_),
            Fact::Customer(_),
            Fact::Contract(_),
            Fact::Event(_)
        ]
    ));
}

#[test]
fn a_mapping_of_the_shop_s_own() {
    let mapping = r##"
        name = "mine"
        encoding = "cp932"
        date_format = "%d/%m/%Y %H%M%S"
        null = ["-"]
        [columns]
        order_id = "番号"
        ordered_at = ["日付", "時刻"]
        customer_id = { column = "会員", null = ["0"] }
        shipping_total = "送料#2"
        shop = { value = "rakuten" }
        status = "状態"
        line_kind = "種類"
        product = "商品"
        product_name = "品名"
        quantity = "数"
        amount = "小計"
        tax_rate = "税"
        [status]
        "取消" = "cancelled"
        "*" = "open"
        [line_kind]
        "品" = "goods"
        "送" = "shipping"
    "##;
    let csv = "番号,日付,時刻,会員,送料,送料,状態,種類,商品,品名,数,小計,税\n\
               1,5/1/2025,103309,7,1,660,取消,品,A,表,3,\"¥3,000\",8\n\
               1,5/1/2025,103309,7,1,660,取消,送,S,-,1,660,10\n\
               2,6/1/2025,000000,0,1,-,確認中,品,A,表,1,1000,8\n";
    let (orders, report) = common::orders_with(&cp932(csv), &mapped(mapping));
    assert_eq!((report.format.as_str(), refused(&report)), ("mine", vec![]));
    let [first, second] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(at(&first.ordered_at), "2025-01-05T10:33:09");
    assert_eq!(
        (first.status, second.status),
        (OrderStatus::Cancelled, OrderStatus::Open)
    );
    assert_eq!(
        (first.shipping_total, second.shipping_total),
        (Some(660), None)
    );
    assert_eq!(
        (
            text(&first.buyer.customer_id),
            text(&second.buyer.customer_id)
        ),
        ("7", "-")
    );
    assert_eq!(text(&first.shop), "rakuten");
    assert_eq!(
        (first.lines[0].unit_price, first.lines[0].amount),
        (1000, Some(3000))
    );
    assert_eq!(
        (first.lines[1].kind, text(&first.lines[1].name)),
        (LineKind::Shipping, "-")
    );
    assert_eq!(first.lines[0].tax_rate, Some(800));
}

#[test]
fn formats_have_names() {
    for (format, name) in Format::ALL {
        assert_eq!(name.replace('_', "-").parse(), Ok(format));
    }
    assert!("excel".parse::<Format>().is_err());
    // A named format does not guess: the file must be it.
    let options = ReadOptions {
        format: Format::Shopify,
        ..ReadOptions::default()
    };
    let (_, report) = facts(sample("ec_cube.csv").as_bytes(), &options);
    assert!(
        report
            .unwrap_err()
            .to_string()
            .contains("shopify needs the column `Name`")
    );
}
