//! The year of the shop.

use chrono::{Datelike, NaiveDate};

use super::super::gifts::Occasion;
use super::{is_counted, large, local};

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

#[test]
fn feasts_move_with_their_weekday() {
    // 2026: 10 May, 21 June, 21 September. Orders end four days before.
    for (occasion, month, last) in [
        (Occasion::MothersDay, 5, 6),
        (Occasion::FathersDay, 6, 17),
        (Occasion::RespectDay, 9, 17),
    ] {
        let (from, to) = occasion.window(2026);
        assert_eq!(Some(to), day(2026, month, last), "{occasion:?}");
        assert!(from < to);
    }
    // 2027: 9 May.
    assert_eq!(Some(Occasion::MothersDay.window(2027).1), day(2027, 5, 5));
}

#[test]
fn july_and_december_stand_out_and_the_shop_grows() {
    let orders = &large().orders;
    let revenue = |year: i32, months: [u32; 2]| -> i64 {
        let of = |at: chrono::NaiveDateTime| at.year() == year && months.contains(&at.month());
        let counted = orders.iter().filter(|order| is_counted(order));
        counted
            .filter(|order| of(local(order.ordered_at)))
            .filter_map(|order| order.billed_total)
            .sum()
    };
    for year in [2024, 2025] {
        assert!(
            revenue(year, [12, 12]) * 4 > revenue(year, [10, 11]) * 3,
            "{year}"
        );
    }
    for year in [2025, 2026] {
        assert!(revenue(year, [7, 7]) * 2 > revenue(year, [8, 9]), "{year}");
        assert!(revenue(year, [7, 8]) > revenue(year - 1, [7, 8]), "{year}");
    }
    // Until the end of October there is no December yet.
    assert_eq!(revenue(2026, [11, 12]), 0);
}
