//! Keys by example: what is typed on the left, what it is compared by on the right.

use super::*;

type Make = fn(&str, &mut String) -> bool;

#[track_caller]
fn check(make: Make, cases: &[(&str, Option<&str>)]) {
    // A buffer with something in it: what was there before must never show.
    let mut key = "left over".to_owned();
    for (typed, expected) in cases {
        let made = make(typed, &mut key).then_some(key.as_str());
        assert_eq!(made, *expected, "key of `{typed}`");
        assert!(
            made.is_some() || key.is_empty(),
            "`{typed}` left `{key}` behind"
        );
    }
}

#[test]
fn emails() {
    check(
        email_key,
        &[
            ("taro@example.jp", Some("taro@example.jp")),
            (" Taro.Yamada@Example.JP ", Some("taro.yamada@example.jp")),
            ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", Some("taro@example.jp")),
            ("\u{3000}taro@example.jp\u{200b}", Some("taro@example.jp")),
            ("taro @ example.jp", Some("taro@example.jp")),
            ("\"a..b\"@docomo.ne.jp", Some("a..b@docomo.ne.jp")),
            ("a..b.@docomo.ne.jp", Some("a..b.@docomo.ne.jp")),
            ("taro+shop@example.jp", Some("taro+shop@example.jp")),
            ("<taro@example.jp>", Some("taro@example.jp")),
            ("mailto:taro@example.jp", Some("taro@example.jp")),
            ("o'brien@example.ie", Some("o'brien@example.ie")),
            ("taro@example.jp.", Some("taro@example.jp")),
            ("", None),
            ("   ", None),
            ("taro", None),
            ("@example.jp", None),
            ("taro@", None),
            ("taro@localhost", None),
            ("taro@.jp", None),
            ("なし", None),
            ("a@example.jp,b@example.jp", None),
        ],
    );
    let long = format!("{}@example.jp", "a".repeat(243));
    check(
        email_key,
        &[(&long, Some(&long)), (&format!("a{long}"), None)],
    );
    check(email_key, &[(&"Ａ".repeat(100_000), None)]);
}

#[test]
fn masked_addresses() {
    for address in [
        "815db15ff6ee7c02@pc.fw.rakuten.ne.jp",
        "x@DM.fw.rakuten.ne.jp ",
        "x@fw.rakuten.ne.jp",
        "x@marketplace.amazon.co.jp",
        "x@m.marketplace.amazon.com",
    ] {
        assert!(is_masked_address(address), "{address}");
    }
    for address in [
        "x@rakuten.ne.jp",
        "x@notfw.rakuten.ne.jp",
        "x@fw.rakuten.ne.jp.example",
        "x@marketplace.amazon",
        "x@mymarketplace.amazon.co.jp",
        "pc.fw.rakuten.ne.jp",
        "",
    ] {
        assert!(!is_masked_address(address), "{address}");
    }
}

#[test]
fn phones() {
    check(
        phone_key,
        &[
            ("090-1122-3344", Some("+819011223344")),
            ("０９０（１１２２）３３４４", Some("+819011223344")),
            ("090ー1122ー3344", Some("+819011223344")),
            ("09011223344", Some("+819011223344")),
            ("+81 90-1122-3344", Some("+819011223344")),
            ("+81(0)90 1122 3344", Some("+819011223344")),
            ("0081-90-1122-3344", Some("+819011223344")),
            ("819011223344", Some("+819011223344")),
            ("TEL: 03-5511-2233", Some("+81355112233")),
            ("050-3511-2233", Some("+815035112233")),
            ("+1 (415) 555-2671", Some("+14155552671")),
            // Nobody's own.
            ("0120-345-681", None),
            ("0800-123-9876", None),
            ("0570-064-776", None),
            // Not a number of Japan.
            ("03-5511-223", None),
            ("03-5511-22334", None),
            ("090-1122-334", None),
            ("090-1122-33445", None),
            ("9011223344", None),
            ("00-1122-3344", None),
            ("03-5511-2233 内線12", None),
            ("090-1122-3344 / 03-5511-2233", None),
            ("+1234567", None),
            ("+1234567890123456", None),
            // Typed to fill the field.
            ("0000000000", None),
            ("99999999999", None),
            ("090-0000-0000", None),
            ("090-1234-5678", None),
            ("0123456789", None),
            ("09876543210", None),
            ("", None),
            ("なし", None),
        ],
    );
    check(phone_key, &[(&"1".repeat(1_000_000), None)]);
}

#[test]
fn kana() {
    check(
        kana_key,
        &[
            ("ヤマダ ハナコ", Some("ヤマダハナコ")),
            ("ﾔﾏﾀﾞ　ﾊﾅｺ", Some("ヤマダハナコ")),
            ("やまだ・はなこ", Some("ヤマダハナコ")),
            ("ショウジ リョウ", Some("シヨウジリヨウ")),
            ("シヨウジ　リヨウ", Some("シヨウジリヨウ")),
            ("オオノ ユーコ", Some("オオノユコ")),
            ("ヴァイオラ", Some("バイオラ")),
            ("ｳﾞｨﾄﾝ", Some("ビトン")),
            ("ルヴ", Some("ルブ")),
            ("ミヅキ チヂワ ヲサム", Some("ミズキチジワオサム")),
            ("", None),
            ("ー", None),
            ("ヤ", None),
            ("山田 花子", None),
            ("Yamada", None),
            ("ヤマダ1", None),
        ],
    );
    check(
        given_kana_key,
        &[
            ("ヤマダ ハナコ", Some("ハナコ")),
            (" ﾔﾏﾀﾞ　ﾊﾅｺ ", Some("ハナコ")),
            ("スミス ジョン ロバート", Some("ジヨンロバト")),
            ("ヤマダハナコ", None),
            ("ヤマダ ", None),
            ("山田 花子", None),
        ],
    );
    check(
        surname_key,
        &[
            ("やまだ はなこ", Some("ヤマダ")),
            ("髙橋　花子", Some("高橋")),
            ("髙橋花子", None),
            ("髙橋 ", None),
            ("", None),
        ],
    );
}

#[test]
fn names() {
    check(
        name_key,
        &[
            ("髙橋　花子", Some("高橋花子")),
            ("高橋花子 様", Some("高橋花子")),
            ("山﨑 惠子", Some("山崎恵子")),
            ("渡邉 眞", Some("渡辺真")),
            ("葛\u{e0100}西 太郎", Some("葛西太郎")),
            ("ＳＭＩＴＨ John", Some("smithjohn")),
            ("様", None),
            ("林", None),
            ("", None),
        ],
    );
}

#[test]
fn companies() {
    check(
        company_key,
        &[
            ("株式会社おかえり商店", Some("おかえり商店")),
            ("おかえり商店㈱", Some("おかえり商店")),
            ("（株）おかえり 商店", Some("おかえり商店")),
            ("Okaeri Co., Ltd.", Some("okaeri")),
            ("ＯＫＡＥＲＩ Inc.", Some("okaeri")),
            ("株式会社", None),
            ("個人", None),
            ("なし", None),
            ("-", None),
            ("", None),
        ],
    );
}

#[test]
fn births() {
    check(
        birth_key,
        &[
            ("1980-01-02", Some("1980-01-02")),
            ("1980/1/2", Some("1980-01-02")),
            ("１９８０年１月２日", Some("1980-01-02")),
            ("19800102", Some("1980-01-02")),
            ("1980-01-02T00:00:00", Some("1980-01-02")),
            ("1980-01-02 00:00:00", Some("1980-01-02")),
            ("1900-01-02", Some("1900-01-02")),
            ("2100-12-31", Some("2100-12-31")),
            ("1899-12-31", None),
            ("2101-01-01", None),
            ("1900-01-01", None),
            ("1970-01-01", None),
            ("1980-02-30", None),
            ("1980-13-01", None),
            ("1980-01", None),
            ("198001021", None),
            ("0000-00-00", None),
            ("S55.1.2", None),
            ("", None),
        ],
    );
}

#[test]
fn postcodes() {
    check(
        postal_key,
        &[
            ("150-0001", Some("1500001")),
            ("〒１５０ー０００１", Some("1500001")),
            ("1500001", Some("1500001")),
            ("150-001", None),
            ("150-00011", None),
            ("000-0000", None),
            ("150-0001 渋谷", None),
            ("94103-1234", None),
            ("", None),
        ],
    );
}

#[test]
fn addresses_up_to_the_house_number() {
    check(
        address_key,
        &[
            ("渋谷区神宮前1-2-3", Some("渋谷区神宮前1-2-3")),
            (
                "東京都渋谷区神宮前１丁目２番３号",
                Some("渋谷区神宮前1-2-3"),
            ),
            ("渋谷区神宮前一丁目2-3", Some("渋谷区神宮前1-2-3")),
            ("渋谷区 神宮前 1丁目2番地の3", Some("渋谷区神宮前1-2-3")),
            ("渋谷区神宮前1の2の3", Some("渋谷区神宮前1-2-3")),
            ("渋谷区神宮前1−2ー3", Some("渋谷区神宮前1-2-3")),
            ("渋谷区神宮前1丁目-2-03", Some("渋谷区神宮前1-2-3")),
            ("渋谷区神宮前1-2-3-405", Some("渋谷区神宮前1-2-3")),
            ("渋谷区神宮前1-2-3 ハイツ405", Some("渋谷区神宮前1-2-3")),
            (
                "渋谷区神宮前十二丁目二十三番四号",
                Some("渋谷区神宮前12-23-4"),
            ),
            // Conversions that run past the house number spoil buildings.
            ("港区芝浦4-5-6芝浦タワー36階", Some("港区芝浦4-5-6")),
            ("大田区下丸子4番地二引ビル", Some("大田区下丸子4")),
            ("大田区下丸子4-2号室", Some("大田区下丸子4")),
            ("港区芝浦タワー36階", None),
            ("港区芝浦ハイツ101号室", None),
            // Kanji numerals within names.
            ("中央区八重洲一丁目5番3号", Some("中央区八重洲1-5-3")),
            ("港区三田2-15-45", Some("港区三田2-15-45")),
            ("仙台市青葉区一番町3-4-5", Some("仙台市青葉区1番町3-4-5")),
            (
                "仙台市青葉区1番町三丁目4番5号",
                Some("仙台市青葉区1番町3-4-5"),
            ),
            ("港区麻布十番1-2-3", Some("港区麻布10番1-2-3")),
            ("水戸市三の丸1-5-38", Some("水戸市三の丸1-5-38")),
            ("水戸市三之丸1丁目5-38", Some("水戸市三の丸1-5-38")),
            (
                "札幌市中央区北一条西二丁目3",
                Some("札幌市中央区北1条西2-3"),
            ),
            (
                "札幌市中央区北1条西2丁目3番地",
                Some("札幌市中央区北1条西2-3"),
            ),
            ("札幌市中央区北1条西2丁目", Some("札幌市中央区北1条西2")),
            // ヶ, の, 大字.
            ("鎌ヶ谷市東道野辺1-1", Some("鎌ケ谷市東道野辺1-1")),
            ("鎌が谷市東道野辺1-1", Some("鎌ケ谷市東道野辺1-1")),
            ("西宮市甲子園ノ町1-1", Some("西宮市甲子園の町1-1")),
            (
                "入間郡三芳町大字藤久保字西1100番地1",
                Some("入間郡三芳町藤久保西1100-1"),
            ),
            (
                "入間郡三芳町藤久保西1100-1",
                Some("入間郡三芳町藤久保西1100-1"),
            ),
            // Kyoto: the streets lead to a town.
            (
                "京都府京都市中京区寺町通御池上る上本能寺前町488番地",
                Some("京都市中京区上本能寺前町488"),
            ),
            (
                "京都市中京区上本能寺前町488",
                Some("京都市中京区上本能寺前町488"),
            ),
            (
                "京都市下京区烏丸通塩小路下ル東塩小路町901",
                Some("京都市下京区東塩小路町901"),
            ),
            // Nothing to go by.
            ("1-2-3", None),
            ("渋谷区神宮前", None),
            ("渋谷区神宮前 0311112222", None),
            ("", None),
        ],
    );
    check(address_key, &[(&"渋谷区".repeat(1000), None)]);
}

#[test]
fn rooms_behind_the_house_number() {
    check(
        room_key,
        &[
            ("渋谷区神宮前1-2-3-405", Some("405")),
            ("渋谷区神宮前1-2-3　ハイツ神宮４０５号室", Some("405")),
            ("渋谷区神宮前1丁目2番3号 3号棟201", Some("3-201")),
            ("港区芝浦4-5-6 芝浦タワー36階 3601", Some("3601")),
            ("港区芝浦4-5-6 芝浦タワー36F", None),
            ("渋谷区神宮前1-2-3", None),
            ("渋谷区神宮前", None),
        ],
    );
}

#[test]
fn a_postcode_and_an_address_are_one_key() {
    let mut key = String::new();
    assert!(postal_address_key(
        "〒150-0001",
        "東京都",
        "東京都渋谷区神宮前1-2-3 A棟",
        &mut key
    ));
    assert_eq!(key, "1500001 渋谷区神宮前1-2-3");
    assert!(postal_address_key(
        "1500001",
        "",
        "東京都渋谷区神宮前1丁目2番3号",
        &mut key
    ));
    assert_eq!(key, "1500001 渋谷区神宮前1-2-3");
    assert!(!postal_address_key(
        "",
        "東京都",
        "渋谷区神宮前1-2-3",
        &mut key
    ));
    assert!(!postal_address_key(
        "1500001",
        "東京都",
        "渋谷区神宮前",
        &mut key
    ));
    assert!(key.is_empty());
}

#[test]
fn a_key_is_its_own_key() {
    let cases: [(Make, &str); 6] = [
        (email_key, " Taro@Example.JP"),
        (phone_key, "090-1122-3344"),
        (kana_key, "ｼｮｳｼﾞ ﾕｰｺ"),
        (name_key, "髙橋 花子"),
        (company_key, "㈱おかえり"),
        (address_key, "渋谷区神宮前一丁目2番3号"),
    ];
    for (make, typed) in cases {
        let (mut once, mut twice) = (String::new(), String::new());
        assert!(make(typed, &mut once));
        assert!(make(&once, &mut twice));
        assert_eq!(once, twice);
    }
}

#[test]
fn nothing_typed_ends_a_call() {
    let parts: Vec<char> = "0189+-(）ー−〒@.<\"' 　ｱﾞヴァャｶ゛二十百番地丁目のの号室階F京都市区上る西入町東京都大字麻布十番株式会社㈱様㍿\u{301}\u{3099}\u{e0100}\u{200b}\0🏠"
        .chars()
        .collect();
    let all: [Make; 10] = [
        email_key,
        phone_key,
        kana_key,
        given_kana_key,
        surname_key,
        name_key,
        company_key,
        birth_key,
        address_key,
        room_key,
    ];
    let mut seed = 1u64;
    let mut key = String::new();
    for _ in 0..20_000 {
        let mut typed = String::new();
        for _ in 0..seed % 19 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            typed.extend(parts.get((seed >> 33) as usize % parts.len()));
        }
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(99);
        for make in all {
            let is_key = make(&typed, &mut key);
            assert_eq!(is_key, !key.is_empty(), "`{typed}`");
        }
        let is_key = postal_address_key("1500001", &typed, &typed, &mut key);
        assert_eq!(is_key, !key.is_empty(), "`{typed}`");
        is_masked_address(&typed);
    }
}
