use super::*;
use crate::analysis::cpm::{Bounds, LTV_LAB};
use crate::analysis::typical::{OrderValue, Typical, gaps, median_doubled};
use crate::book::{Book, BookOrder};
use crate::identity::People;
use crate::ledger::Ledger;
use crate::people::PersonKeys;
use crate::rules::Rule;
use crate::zone::{Zone, day_of};
use chrono::NaiveDate;

fn ltv_lab() -> Cpm {
    Cpm::of(&Preset::LtvLab, Typical::default())
}

/// A book of people's days and amounts.
pub(crate) fn book(as_of_day: i32, people: &[&[(i32, i64)]]) -> Book {
    let mut starts = vec![0];
    let mut orders = Vec::new();
    for person in people {
        orders.extend(person.iter().map(|(day, amount)| BookOrder {
            day: *day,
            amount: *amount,
            ..BookOrder::default()
        }));
        starts.push(orders.len() as u32);
    }
    Book {
        as_of_day,
        orders,
        starts,
        guests: Vec::new(),
        rank_of_product: Vec::new(),
        product_of_rank: Vec::new(),
        sold: Vec::new(),
        days: None,
        left_out: Default::default(),
        gifts: Default::default(),
    }
}

/// What `read` makes of a book, without a ledger.
pub(crate) fn of_shop<T>(book: &Book, read: impl FnOnce(&Shop<'_>) -> T) -> T {
    let ledger = Ledger::new(Zone::of_utc(), "JPY");
    let (people, keys) = (People::default(), PersonKeys::default());
    let shop = Shop {
        ledger: &ledger,
        people: &people,
        keys: &keys,
        book,
        figures: &crate::analysis::people::figures(book),
        forecast: None,
        told: None,
    };
    read(&shop)
}

/// What a report counts in a book, without a ledger.
pub(crate) fn counted(report: &dyn Report, book: &Book) -> Counted {
    let mut tally = Tally::new(report.specs());
    of_shop(book, |shop| report.collect(shop, &mut tally));
    tally.counted()
}

fn typical(preset: &Preset, book: &Book) -> Typical {
    of_shop(book, |shop| shop.typical(preset))
}

/// Orders of many people, made by multiplication.
pub(crate) fn many(people: u64) -> Vec<Vec<(i32, i64)>> {
    let dice = |seed: u64, sides: u64| (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % sides;
    let person = |person: u64| {
        let mut day = 18_000 + dice(person, 1_500) as i32;
        let order = |place: u64| {
            let seed = person * 31 + place;
            day += dice(seed, 90) as i32 * i32::from(place > 0);
            (day, 500 + dice(seed + 7, 30_000) as i64)
        };
        (0..1 + dice(person + 3, 8)).map(order).collect()
    };
    (0..people).map(person).collect()
}

fn day(text: &str) -> i32 {
    text.parse::<NaiveDate>().map_or(0, day_of)
}

#[test]
fn the_vectors_of_the_ten_groups() {
    let cpm = ltv_lab();
    // Orders, tenure, recency, amount, and the group from 1.
    let vectors = [
        (1, 0, 239, 5_000, 1),
        (1, 0, 240, 5_000, 6),
        (2, 0, 10, 90_000, 2),
        (2, 89, 10, 90_000, 2),
        (2, 90, 10, 69_999, 3),
        (2, 90, 10, 70_000, 4),
        (9, 209, 239, 70_000, 4),
        (9, 210, 239, 70_000, 5),
        (9, 210, 240, 70_000, 10),
        (3, 400, 500, 69_999, 8),
    ];
    for (orders, tenure, recency, amount, expected) in vectors {
        let group = cpm.group(cpm.level(orders, tenure, amount), recency);
        assert_eq!(group + 1, expected, "{orders} {tenure} {recency} {amount}");
    }
}

#[test]
fn rules_say_what_the_procedure_says() {
    let cpm = ltv_lab();
    let level = |n: i64, tenure: i64, amount: i64| match () {
        () if n == 1 => 0,
        () if tenure < 90 => 1,
        () if amount < 70_000 => 2,
        () if tenure < 210 => 3,
        () => 4,
    };
    for orders in 1..4 {
        for tenure in [0, 1, 89, 90, 91, 209, 210, 211, 5_000] {
            for amount in [0, 69_999, 70_000, 70_001, i64::MAX] {
                let tenure = if orders == 1 { 0 } else { tenure };
                assert_eq!(
                    cpm.level(orders, tenure, amount),
                    level(orders, tenure, amount)
                );
            }
        }
    }
}

#[test]
fn bounds_fit_the_shop() {
    // Gaps of 30, 30 and 31 days; the two orders of one day are one purchase.
    let people: [&[(i32, i64)]; 3] = [
        &[(100, 8_000), (130, 12_000)],
        &[(100, 10_000), (100, 10_000), (130, 10_000), (161, 10_000)],
        &[(200, 9_000)],
    ];
    let shop = book(300, &people);
    assert_eq!(median_doubled(&gaps(&shop)), Some(60));
    let value = OrderValue::of(&shop);
    assert_eq!((value.amount, value.orders), (69_000, 7));
    // 7 x 69,000 / 7, to whole thousands.
    let values = |preset| {
        Cpm::of(&preset, typical(&preset, &shop))
            .bounds
            .map(|b| b.map(|b| (b.value, b.source)))
    };
    let seven = [
        Some((90, 0)),
        Some((210, 0)),
        Some((240, 0)),
        Some((69_000, 1)),
    ];
    assert_eq!(values(Preset::SevenAov), seven);
    let fitted = [
        Some((90, 2)),
        Some((210, 2)),
        Some((240, 2)),
        Some((69_000, 1)),
    ];
    assert_eq!(values(Preset::Fit), fitted);
    let own = Bounds {
        lapse_days: 99,
        ..LTV_LAB
    };
    let expected = [
        Some((90, 3)),
        Some((210, 3)),
        Some((99, 3)),
        Some((70_000, 3)),
    ];
    assert_eq!(values(Preset::Own(own)), expected);
    let fallback = Cpm::of(&Preset::Fit, Typical::default());
    assert_eq!(fallback.bounds.map(|b| b.map(|b| b.source)), [Some(0); 4]);
}

#[test]
fn averages_round_as_they_say() {
    let of = |amount, orders| OrderValue { amount, orders };
    assert_eq!(of(100, 1).rounded(7, 1_000), Some(1_000));
    assert_eq!(of(1_499, 1).rounded(1, 1_000), Some(1_000));
    assert_eq!(of(1_500, 1).rounded(1, 1_000), Some(2_000));
    assert_eq!(of(0, 0).rounded(7, 1_000), None);
    assert_eq!((of(10, 3).least(1), of(9, 3).least(2)), (Some(4), Some(6)));
    assert_eq!(of(0, 0).least(1), None);
    // The median of 10 and 11 days is 10.5.
    let days: [&[(i32, i64)]; 1] = [&[(0, 1), (10, 1), (21, 1)]];
    assert_eq!(median_doubled(&gaps(&book(30, &days))), Some(21));
}

#[test]
fn own_rules_name_the_first_that_holds() {
    let rules = vec![
        Rule::any(4).at_least(ORDERS, 10),
        Rule::any(2).at_least(ORDERS, 3),
    ];
    let preset = Preset::Rules {
        rules,
        lapse_days: 30,
    };
    let cpm = Cpm::of(&preset, Typical::default());
    let groups = [1, 2, 3, 10].map(|orders| cpm.group(cpm.level(orders, 0, 0), 30));
    assert_eq!(groups, [5, 5, 7, 9]);
}

#[test]
fn months_before_keep_the_end_of_the_month() {
    let before = |text, months| months_before(day(text), months);
    assert_eq!(before("2025-02-28", 6), day("2024-08-31"));
    assert_eq!(before("2025-08-31", 6), day("2025-02-28"));
    assert_eq!(before("2025-08-30", 6), day("2025-02-28"));
    assert_eq!(before("2025-08-15", 6), day("2025-02-15"));
    assert_eq!(before("2025-01-01", 12), day("2024-01-01"));
    let ends = |text| {
        month_ends(day(text), 2)
            .map(|(_, day)| day)
            .collect::<Vec<_>>()
    };
    assert_eq!(ends("2025-03-31"), [day("2025-02-28"), day("2025-03-31")]);
    assert_eq!(ends("2025-03-30"), [day("2025-01-31"), day("2025-02-28")]);
}

fn portfolio_of(preset: Preset) -> CpmPortfolio {
    CpmPortfolio {
        preset,
        months_back: 6,
        targets: [50, 80, 50],
    }
}

/// By counting each customer and month anew.
#[test]
fn history_is_what_each_month_end_would_say() {
    let people = many(400);
    let people: Vec<&[(i32, i64)]> = people.iter().map(Vec::as_slice).collect();
    let as_of = day("2022-11-15");
    let known = people.iter().map(|p| {
        let end = p.partition_point(|(day, _)| *day <= as_of);
        p.get(..end).unwrap_or_default()
    });
    let known: Vec<&[(i32, i64)]> = known.collect();
    let book = book(as_of, &known);
    let counted = counted(&portfolio_of(Preset::Fit), &book);
    let cpm = Cpm::of(&Preset::Fit, typical(&Preset::Fit, &book));
    let group = |orders: &[(i32, i64)], day: i32| {
        let taken: Vec<_> = orders.iter().filter(|(on, _)| *on <= day).collect();
        let ((first, _), (last, _)) = (taken.first()?, taken.last()?);
        let amount = taken.iter().map(|(_, amount)| amount).sum();
        let level = cpm.level(taken.len() as i64, i64::from(last - first), amount);
        Some(i64::from(cpm.group(level, i64::from(day - last))))
    };
    for (month, day) in month_ends(as_of, 12) {
        let before = first_day_of(month) - 1;
        let mut seen = 0;
        for wanted in 0..10 {
            let mut expected = [0i64; 7];
            for orders in known.iter().filter(|o| group(o, day) == Some(wanted)) {
                let was = group(orders, before);
                let counts = [
                    true,
                    was != Some(wanted),
                    was.is_none(),
                    was.is_some_and(|was| was % 5 < wanted % 5),
                    was.is_some_and(|was| was < 5) && wanted >= 5,
                    was.is_some_and(|was| was >= 5) && wanted < 5,
                    wanted >= 5,
                ];
                for (sum, counts) in expected.iter_mut().zip(counts) {
                    *sum += i64::from(counts);
                }
            }
            let key = [i64::from(month), wanted];
            let row = counted
                .rows("cpm_history")
                .find(|row| row.starts_with(&key));
            let row = row.and_then(|row| row.get(2..)).unwrap_or(&[0; 7]);
            assert_eq!(row, expected, "{month} {wanted}");
            seen += expected[0];
        }
        let by_then = known
            .iter()
            .filter(|o| o.first().is_some_and(|(on, _)| *on <= day));
        assert_eq!(seen, by_then.count() as i64);
    }
}

#[test]
fn groups_sum_to_the_customers() {
    let people = many(300);
    let people: Vec<&[(i32, i64)]> = people.iter().map(Vec::as_slice).collect();
    let book = book(20_100, &people);
    for preset in [Preset::LtvLab, Preset::SevenAov, Preset::Fit] {
        let counted = counted(&portfolio_of(preset), &book);
        assert_eq!(counted.rows("cpm").count(), 10);
        for (table, column) in [("cpm", 1), ("cpm_transitions", 2)] {
            let customers = counted.rows(table).filter_map(|row| row.get(column));
            assert_eq!(customers.sum::<i64>(), 300, "{table}");
        }
        let amount = counted
            .rows("cpm")
            .filter_map(|row| row.get(3))
            .sum::<i64>();
        assert_eq!(amount, OrderValue::of(&book).amount);
    }
}
