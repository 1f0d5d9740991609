//! Days of seasons and words of のし.

use chrono::NaiveDate;

use super::noshi::{Class, classify, is_refusal};
use super::regions::{NO_PREFECTURE, Region, prefecture_name, prefecture_of, region_of};
use super::seasons::{self, Calendar, NAMES, OwnRule, OwnSeason, lunar_bon};
use crate::zone::{date_of, day_of};

fn day(text: &str) -> i32 {
    text.parse().map_or(0, |date: NaiveDate| day_of(date))
}

fn shown(day: i32) -> String {
    date_of(day).to_string()
}

fn calendar() -> Calendar {
    Calendar::new(Vec::new(), Some((day("2024-01-01"), day("2028-12-31"))))
}

#[test]
fn days_that_move_are_computed() {
    let moving = [
        (
            seasons::MOTHERS_DAY,
            ["2026-05-10", "2027-05-09", "2028-05-14"],
        ),
        (
            seasons::FATHERS_DAY,
            ["2026-06-21", "2027-06-20", "2028-06-18"],
        ),
        (
            seasons::RESPECT_FOR_THE_AGED,
            ["2026-09-21", "2027-09-20", "2028-09-18"],
        ),
    ];
    for (season, days) in moving {
        for (year, day) in (2026..).zip(days) {
            let window = calendar().window(season, year, Region::Kanto);
            assert_eq!(shown(window.end), day);
            assert_eq!(window.last_call, window.end - 3);
        }
    }
}

#[test]
fn the_lunar_bon_is_as_published() {
    // 2020 and 2021 by a published list, the others by the lunar calendar of Japan.
    let days = [
        (2020, "2020-09-02"),
        (2021, "2021-08-22"),
        (2025, "2025-09-06"),
        (2026, "2026-08-27"),
        (2027, "2027-08-16"),
        (2028, "2028-09-03"),
    ];
    for (year, day) in days {
        assert_eq!(shown(lunar_bon(year)), day);
        let window = calendar().window(seasons::OCHUGEN, year, Region::Okinawa);
        assert_eq!(shown(window.end), day);
    }
    // Twelve or thirteen lunar months lie between two of them.
    for year in 1990..2100 {
        let months = lunar_bon(year + 1) - lunar_bon(year);
        assert!(matches!(months, 353..=356 | 382..=386), "{year}: {months}");
    }
}

#[test]
fn ochugen_goes_by_the_region_of_the_recipient() {
    let ends = [
        (Region::Kanto, "2026-07-15"),
        (Region::Tohoku, "2026-07-15"),
        (Region::HokurikuCity, "2026-07-15"),
        (Region::Hokuriku, "2026-08-15"),
        (Region::Hokkaido, "2026-08-15"),
        (Region::West, "2026-08-15"),
        (Region::Kyushu, "2026-08-15"),
        (Region::Okinawa, "2026-08-27"),
    ];
    for (region, end) in ends {
        let window = calendar().window(seasons::OCHUGEN, 2026, region);
        assert_eq!(shown(window.end), end, "{region:?}");
        assert_eq!(window.last_call, window.end - 5);
    }
    let at = |text: &str, region| calendar().by_date(day(text), region);
    assert_eq!(at("2026-07-20", Region::Kanto), None);
    assert_eq!(
        at("2026-07-20", Region::West),
        Some((seasons::OCHUGEN, 2026))
    );
    assert_eq!(
        at("2026-08-22", Region::Okinawa),
        Some((seasons::OCHUGEN, 2026))
    );
    assert_eq!(
        at("2026-08-22", Region::West),
        Some((seasons::RESPECT_FOR_THE_AGED, 2026))
    );
    let widest = calendar().widest(seasons::OCHUGEN, 2026);
    assert_eq!(
        [shown(widest.peak), shown(widest.end)],
        ["2026-06-15", "2026-08-27"]
    );
}

#[test]
fn a_day_belongs_to_the_season_that_is_over_first() {
    let at = |text: &str| calendar().by_date(day(text), Region::Kanto);
    let days = [
        ("2026-01-24", None),
        ("2026-01-25", Some((seasons::VALENTINE, 2026))),
        ("2026-02-11", Some((seasons::VALENTINE, 2026))),
        ("2026-02-12", None),
        ("2026-03-11", Some((seasons::WHITE_DAY, 2026))),
        ("2026-03-12", Some((seasons::ENTRANCE, 2026))),
        // 母の日 comes ten days after the end of 入学.
        ("2026-04-10", Some((seasons::ENTRANCE, 2026))),
        ("2026-04-16", Some((seasons::MOTHERS_DAY, 2026))),
        ("2026-06-15", Some((seasons::FATHERS_DAY, 2026))),
        ("2026-06-19", Some((seasons::OCHUGEN, 2026))),
        ("2026-12-10", Some((seasons::OSEIBO, 2026))),
        ("2026-12-21", Some((seasons::NEW_YEAR, 2027))),
        ("2026-12-29", None),
    ];
    for (text, season) in days {
        assert_eq!(at(text), season, "{text}");
    }
}

#[test]
fn a_named_season_is_of_the_nearest_year() {
    let year = |season, text: &str| calendar().nearest(season, day(text), Region::West);
    assert_eq!(year(seasons::OSEIBO, "2026-01-06"), 2025);
    assert_eq!(year(seasons::OSEIBO, "2026-10-01"), 2026);
    assert_eq!(year(seasons::NEW_YEAR, "2026-12-01"), 2027);
    assert_eq!(year(seasons::NEW_YEAR, "2026-01-10"), 2026);
}

#[test]
fn seasons_of_the_shop_come_before_the_common_ones() {
    let season = |name: &str, rule| OwnSeason {
        name: name.to_owned(),
        rule,
    };
    let own = vec![
        season("冬", OwnRule::Days([12, 20], [1, 10])),
        season("第4木曜", OwnRule::Weekday([11, 4, 4])),
    ];
    let calendar = Calendar::new(own, Some((day("2025-01-01"), day("2026-12-31"))));
    let winter = calendar.find("冬");
    assert_eq!(winter, Some(NAMES.len() as u8));
    let at = |text: &str| {
        let found = calendar.by_date(day(text), Region::Kanto);
        found.map(|(season, year)| (calendar.name(season).to_owned(), year))
    };
    let is = |name: &str, year| Some((name.to_owned(), year));
    assert_eq!(at("2025-12-19"), is("oseibo", 2025));
    assert_eq!(at("2025-12-20"), is("冬", 2026));
    assert_eq!(at("2026-01-10"), is("冬", 2026));
    assert_eq!(at("2026-01-11"), None);
    // The 26th of November 2026 is the fourth Thursday.
    assert_eq!(at("2026-10-26"), is("halloween", 2026));
    assert_eq!(at("2026-10-27"), is("第4木曜", 2026));
    assert_eq!(at("2026-11-23"), is("第4木曜", 2026));
    assert_eq!(at("2026-11-24"), is("oseibo", 2026));
}

#[test]
fn every_window_is_in_order() {
    let calendar = calendar();
    for season in 0..calendar.len() as u8 {
        for year in 1995..2099 {
            for region in Region::ALL {
                let window = calendar.window(season, year, region);
                let days = [window.early, window.peak, window.last_call, window.end];
                assert!(
                    days.is_sorted(),
                    "{} {year} {region:?}",
                    calendar.name(season)
                );
            }
        }
    }
}

#[test]
fn noshi_has_a_class() {
    let texts = [
        ("御中元", Class::Seasonal, Some(seasons::OCHUGEN)),
        ("お歳暮", Class::Seasonal, Some(seasons::OSEIBO)),
        (
            "暑中御見舞",
            Class::Seasonal,
            Some(seasons::SUMMER_GREETING),
        ),
        ("御見舞", Class::Recovery, None),
        ("快気内祝", Class::Recovery, None),
        ("内祝", Class::Thanks, None),
        ("出産内祝", Class::Thanks, None),
        ("結婚内祝", Class::Wedding, None),
        ("寿", Class::Wedding, None),
        ("祝御入学", Class::Celebration, Some(seasons::ENTRANCE)),
        ("御祝", Class::Celebration, None),
        ("志", Class::Condolence, None),
        ("粗供養", Class::Condolence, None),
        ("満中陰志", Class::Condolence, None),
        ("御供", Class::Condolence, None),
        ("御仏前", Class::Condolence, None),
        ("粗品", Class::Business, None),
        ("御礼", Class::Business, None),
        ("無地のし", Class::Other, None),
        ("寿司太郎", Class::Other, None),
        ("のし不要", Class::None, None),
        ("ﾅｼ", Class::None, None),
        ("なし", Class::None, None),
        ("御歳暮 名入れなし", Class::Seasonal, Some(seasons::OSEIBO)),
    ];
    for (text, class, season) in texts {
        let found = classify(text);
        assert_eq!((found.class, found.season), (class, season), "{text}");
    }
    assert!(classify("御歳暮 ㈱山田商店").is_company);
    assert!(!classify("御歳暮 山田").is_company);
    assert!(is_refusal(" 無 ") && is_refusal("ラッピング不要") && !is_refusal("無地"));
}

#[test]
fn each_prefecture_has_a_region() {
    assert_eq!(prefecture_of("東京都千代田区"), prefecture_of("東京"));
    assert_eq!(prefecture_of("千代田区"), NO_PREFECTURE);
    assert_eq!(prefecture_name(prefecture_of("神奈川県")), Some("神奈"));
    let region = |prefecture: &str, address: &str| region_of(prefecture_of(prefecture), address);
    assert_eq!(region("京都府", ""), Region::West);
    assert_eq!(region("石川県", "金沢市本町1-1"), Region::HokurikuCity);
    assert_eq!(region("石川県", "小松市本町1-1"), Region::Hokuriku);
    assert_eq!(region("", "新潟市中央区1-1"), Region::Unknown);
}
