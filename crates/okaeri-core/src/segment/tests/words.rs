//! Sentences.

use crate::segment::parse;
use crate::segment::words::{Language, sentence};

#[test]
fn sentences_read_well() {
    for (text, ja, en) in [
        (
            "number_of_orders >= 3 AND last_order_date < 2025-01-31",
            "注文回数が3以上 かつ 最終注文日が2025-01-31より前",
            "number of orders is at least 3 and last order date is before 2025-01-31",
        ),
        (
            "decile IN (1, 2) AND (prefecture != '東京都' OR mailable)",
            "デシルが1・2のいずれか かつ （都道府県が「東京都」以外 または 広告メールの宛先あり）",
            "decile is one of 1, 2 and (prefecture is not '東京都' or has address for advertising mail)",
        ),
        (
            "NOT products_purchased('tea', since: -1y, count: 2)",
            "「購入（商品「tea」、1年前以降、2回以上）あり」ではない",
            "not has purchase (product 'tea', on or after 1 year ago, in 2 orders or more)",
        ),
        (
            "lifecycle = 'constant_sleeping' AND last_order_date BETWEEN -8w AND today",
            "ライフサイクルが常連スリーパー かつ 最終注文日が8週間前から今日まで",
            "lifecycle is constant, sleeping and last order date is between 8 weeks ago and today",
        ),
        (
            "products_purchased() = false OR company IS NOT NULL",
            "購入なし または 会社名がある",
            "has no purchase or company is known",
        ),
        (
            "anniversary(date: 'birth_date') BETWEEN today AND +30d",
            "記念日（生年月日）が今日から30日後まで",
            "anniversary (birth date) is between today and 30 days from today",
        ),
        (
            "season('mothers_day', last_year) AND NOT season('oseibo', year: 2024, orders: 'all')",
            "シーズンの贈り物（母の日、昨年）あり かつ 「シーズンの贈り物（お歳暮、2024年、自家需要の注文も）あり」ではない",
            "has gifts in a season (Mother's Day, last year) and not has gifts in a season (year end (oseibo), 2024, any order)",
        ),
        (
            "p_alive < 0.25 AND member_rank IN ('gold', 'regular') AND churn_risk >= 60",
            "継続の見込みが0.25未満 かつ 会員ランクがgold・regularのいずれか かつ 解約見込みの点数が60以上",
            "chance to be still with the shop is under 0.25 and member rank is one of gold, regular and churn risk is at least 60",
        ),
        (
            "cpm_group = 'loyal_lapsed' OR churn_risk_band = 'high' OR ltv_rank != 'general'",
            "CPMグループが優良離脱 または 解約見込みが強い または LTVランクが一般以外",
            "CPM group is loyal (lapsed) or churn risk band is high or LTV rank is not general",
        ),
        ("colour = 'red'", "colourが「red」", "colour is 'red'"),
    ] {
        let tree = parse(text).unwrap();
        assert_eq!(sentence(&tree, Language::Ja), ja);
        assert_eq!(sentence(&tree, Language::En), en);
    }
}
