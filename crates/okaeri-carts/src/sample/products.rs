//! What the sample sells: tea, what goes with it, boxes to give, and what comes by contract.

use super::Dice;

/// A product of the shop.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Price with tax, yen.
    pub price: i64,
    /// Cost, yen; the shop has not filled in all of them.
    pub cost: Option<i64>,
    /// How often it is chosen, against the others of its kind.
    pub weight: u32,
    /// How often it is the first thing a customer buys.
    pub entry: u32,
    /// Points of a hundred by which it makes the second order likelier as a first purchase.
    pub draw: i32,
    /// Eaten or drunk: taxed at 8 %, and bought in larger numbers.
    pub is_food: bool,
}

const fn tea(
    code: &'static str,
    name: &'static str,
    (price, cost): (i64, i64),
    weight: u32,
    entry: u32,
    draw: i32,
) -> Product {
    Product {
        code,
        name,
        price,
        cost: Some(cost),
        weight,
        entry,
        draw,
        is_food: true,
    }
}

const fn ware(product: Product, is_cost_known: bool) -> Product {
    Product {
        cost: if is_cost_known { product.cost } else { None },
        is_food: false,
        ..product
    }
}

const fn gift(code: &'static str, name: &'static str, money: (i64, i64), weight: u32) -> Product {
    tea(code, name, money, weight, 0, 0)
}

/// What people buy for themselves. The trial set comes first and only once.
pub const GOODS: [Product; 17] = [
    tea(
        "TRIAL-01",
        "はじめての深蒸し茶 お試しセット",
        (980, 430),
        0,
        38,
        14,
    ),
    tea("TEA-100", "深蒸し煎茶 100g", (1_296, 480), 24, 16, 4),
    tea("TEA-300", "深蒸し煎茶 100g×3袋", (3_564, 1_380), 12, 5, 18),
    tea("GYO-050", "玉露 50g", (2_160, 890), 6, 3, 6),
    tea("HOJ-150", "ほうじ茶 150g", (864, 290), 14, 7, 0),
    tea("GEN-200", "玄米茶 200g", (918, 310), 10, 4, -2),
    tea("MAT-030", "抹茶 30g缶", (1_944, 760), 8, 6, 6),
    tea("TB-050", "煎茶ティーバッグ 50個", (1_620, 560), 15, 8, 10),
    tea(
        "TB-HOJ50",
        "ほうじ茶ティーバッグ 50個",
        (1_404, 470),
        9,
        4,
        4,
    ),
    tea("KURO-20", "黒豆茶 20包", (1_080, 380), 6, 3, -6),
    tea("YUZU-10", "ゆず緑茶 10包", (756, 260), 6, 4, -12),
    tea("SENBEI-12", "茶葉せんべい 12枚", (1_188, 520), 7, 4, -20),
    tea("YOKAN-05", "抹茶ようかん 5個", (1_350, 590), 6, 6, -22),
    ware(
        tea("KYUSU-R", "常滑急須 朱泥", (5_940, 2_500), 2, 4, -26),
        true,
    ),
    ware(tea("YUNOMI-2", "湯のみ ペア", (4_320, 0), 2, 2, -30), false),
    ware(
        tea("SHAKER-1", "水出しボトル 750ml", (2_420, 0), 3, 3, -16),
        false,
    ),
    ware(
        tea("CHASEN-1", "茶筅 百本立", (2_750, 1_100), 1, 1, -8),
        true,
    ),
];

/// If the first is in the basket, the second joins it in so many of a hundred.
pub const PAIRS: [(&str, &str, u32); 7] = [
    ("MAT-030", "CHASEN-1", 22),
    ("KYUSU-R", "TEA-100", 55),
    ("KYUSU-R", "YUNOMI-2", 30),
    ("YOKAN-05", "MAT-030", 40),
    ("SENBEI-12", "HOJ-150", 45),
    ("SHAKER-1", "TB-050", 60),
    ("YUZU-10", "KURO-20", 35),
];

/// What people send to others at any time.
pub const GIFTS: [Product; 3] = [
    gift("GIFT-30", "銘茶詰合せ 結", (3_240, 1_300), 10),
    gift("GIFT-50", "銘茶詰合せ 雅", (5_400, 2_200), 6),
    gift("GIFT-SW", "抹茶スイーツ詰合せ", (4_104, 1_700), 5),
];

/// For Mother's Day.
pub const FOR_MOTHERS: Product = gift("GIFT-MOM", "母の日 和紅茶と花のカード", (3_780, 1_600), 1);

/// For Father's Day.
pub const FOR_FATHERS: Product = gift("GIFT-DAD", "父の日 冷茶とおつまみ", (3_456, 1_450), 1);

/// For St Valentine's.
pub const FOR_VALENTINE: Product = gift("GIFT-CHO", "抹茶ショコラ 8粒", (1_980, 800), 1);

/// What comes by contract (定期), with the days between deliveries.
pub const SUBSCRIPTIONS: [(Product, u32); 3] = [
    (
        gift("SUB-TEA", "【定期】深蒸し煎茶 毎月便", (2_916, 1_180), 1),
        30,
    ),
    (
        gift("SUB-TB", "【定期】ティーバッグ 毎月便", (2_376, 900), 1),
        30,
    ),
    (
        gift("SUB-MAT", "【定期】抹茶と煎茶 隔月便", (3_888, 1_560), 1),
        60,
    ),
];

/// One of them, each as often as `weight` says.
pub fn weighted<'a>(
    products: &'a [Product],
    weight: impl Fn(&Product) -> u32,
    dice: &mut Dice,
) -> Option<&'a Product> {
    let all = products.iter().map(&weight).sum();
    let mut left = dice.below(all);
    products
        .iter()
        .find(|product| match left.checked_sub(weight(product)) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        })
}

/// A product of [`GOODS`] by its code.
pub fn goods(code: &str) -> Option<&'static Product> {
    GOODS.iter().find(|product| product.code == code)
}
