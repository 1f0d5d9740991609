//! What a made-up shop is made of: names, places, goods.

/// Family names, in kanji and in kana.
pub const FAMILY: [(&str, &str); 24] = [
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("高橋", "タカハシ"),
    ("田中", "タナカ"),
    ("伊藤", "イトウ"),
    ("渡辺", "ワタナベ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山田", "ヤマダ"),
    ("佐々木", "ササキ"),
    ("山口", "ヤマグチ"),
    ("松本", "マツモト"),
    ("井上", "イノウエ"),
    ("木村", "キムラ"),
    ("林", "ハヤシ"),
    ("清水", "シミズ"),
    ("斎藤", "サイトウ"),
    ("髙田", "タカダ"),
    ("長谷川", "ハセガワ"),
    ("村上", "ムラカミ"),
    ("近藤", "コンドウ"),
];

/// Given names, in kanji, in kana and in Latin letters.
pub const GIVEN: [(&str, &str, &str); 20] = [
    ("陽子", "ヨウコ", "yoko"),
    ("健一", "ケンイチ", "kenichi"),
    ("美咲", "ミサキ", "misaki"),
    ("大輔", "ダイスケ", "daisuke"),
    ("恵子", "ケイコ", "keiko"),
    ("翔太", "ショウタ", "shota"),
    ("由美", "ユミ", "yumi"),
    ("誠", "マコト", "makoto"),
    ("久美子", "クミコ", "kumiko"),
    ("直樹", "ナオキ", "naoki"),
    ("真由美", "マユミ", "mayumi"),
    ("浩", "ヒロシ", "hiroshi"),
    ("智子", "トモコ", "tomoko"),
    ("拓也", "タクヤ", "takuya"),
    ("裕子", "ユウコ", "yuko"),
    ("和也", "カズヤ", "kazuya"),
    ("さくら", "サクラ", "sakura"),
    ("隆", "タカシ", "takashi"),
    ("愛", "アイ", "ai"),
    ("明美", "アケミ", "akemi"),
];

/// Prefecture, the rest up to the town, the town's postcode, the first digits of its phones.
pub const PLACES: [(&str, &str, &str, &str); 16] = [
    ("東京都", "世田谷区三軒茶屋", "1540024", "03"),
    ("東京都", "杉並区高円寺南", "1660003", "03"),
    ("神奈川県", "横浜市青葉区美しが丘", "2250002", "045"),
    ("大阪府", "豊中市新千里東町", "5600082", "06"),
    ("愛知県", "名古屋市千種区今池", "4640850", "052"),
    ("埼玉県", "さいたま市浦和区高砂", "3300063", "048"),
    ("千葉県", "船橋市本町", "2730005", "047"),
    ("兵庫県", "西宮市甲子園口", "6638113", "0798"),
    ("福岡県", "福岡市中央区大名", "8100041", "092"),
    ("北海道", "札幌市中央区大通西", "0600042", "011"),
    ("京都府", "京都市左京区下鴨松ノ木町", "6060816", "075"),
    ("広島県", "広島市中区幟町", "7300016", "082"),
    ("宮城県", "仙台市青葉区一番町", "9800811", "022"),
    ("静岡県", "静岡市葵区鷹匠", "4200839", "054"),
    ("新潟県", "新潟市中央区古町通", "9518063", "025"),
    ("沖縄県", "那覇市久茂地", "9000015", "098"),
];

/// A product of the shop.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Price with tax, yen.
    pub price: i64,
    /// Cost, yen.
    pub cost: i64,
    /// How often it is chosen, against the others of its kind.
    pub weight: u32,
}

const fn product(
    code: &'static str,
    name: &'static str,
    price: i64,
    cost: i64,
    weight: u32,
) -> Product {
    Product {
        code,
        name,
        price,
        cost,
        weight,
    }
}

/// What people buy for themselves.
pub const GOODS: [Product; 16] = [
    product("TRIAL-01", "はじめての深蒸し茶 お試しセット", 980, 620, 26),
    product("TEA-100", "深蒸し煎茶 100g", 1_296, 480, 24),
    product("TEA-300", "深蒸し煎茶 100g×3袋", 3_564, 1_380, 12),
    product("GYO-050", "玉露 50g", 2_160, 890, 6),
    product("HOJ-150", "ほうじ茶 150g", 864, 290, 14),
    product("GEN-200", "玄米茶 200g", 918, 310, 10),
    product("MAT-030", "抹茶 30g缶", 1_944, 760, 7),
    product("TB-050", "煎茶ティーバッグ 50個", 1_620, 560, 15),
    product("TB-HOJ50", "ほうじ茶ティーバッグ 50個", 1_404, 470, 9),
    product("KURO-20", "黒豆茶 20包", 1_080, 380, 6),
    product("YUZU-10", "ゆず緑茶 10包", 756, 260, 6),
    product("SENBEI-12", "茶葉せんべい 12枚", 1_188, 520, 8),
    product("YOKAN-05", "抹茶ようかん 5個", 1_350, 590, 6),
    product("KYUSU-R", "常滑急須 朱泥", 5_940, 2_900, 2),
    product("YUNOMI-2", "湯のみ ペア", 4_320, 2_050, 2),
    product("SHAKER-1", "水出しボトル 750ml", 2_420, 1_150, 3),
];

/// What people send to others.
pub const GIFTS: [Product; 4] = [
    product("GIFT-30", "銘茶詰合せ 結 (3,240円)", 3_240, 1_300, 10),
    product("GIFT-50", "銘茶詰合せ 雅 (5,400円)", 5_400, 2_200, 6),
    product("GIFT-MOM", "母の日 和紅茶と花のカード", 3_780, 1_600, 0),
    product("GIFT-SW", "抹茶スイーツ詰合せ", 4_104, 1_850, 5),
];

/// What comes every month (定期).
pub const SUBSCRIPTION: Product = product("SUB-TEA", "【定期】深蒸し煎茶 毎月便", 2_916, 1_180, 1);

/// Companies that order for their clients.
pub const COMPANIES: [&str; 6] = [
    "株式会社みどり商事",
    "有限会社青空工務店",
    "㈱サンライズ企画",
    "医療法人あおば会",
    "さくら税理士法人",
    "株式会社 北斗建設",
];
