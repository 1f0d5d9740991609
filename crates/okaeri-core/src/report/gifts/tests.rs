//! Groups and pairs of sent gifts against the plainest way of counting them.

use std::collections::BTreeSet;

use super::*;

fn random(seed: u64, count: usize) -> Vec<Sent> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % bound
    };
    let sent = (0..count).map(|_| Sent {
        season: below(3) as u8,
        year: 2020 + below(3) as i32,
        recipient: match below(5) {
            4 => NONE,
            recipient => recipient as u32,
        },
        record: 0,
        row: below(6) as u32,
        day: 0,
        amount: below(100) as i64,
    });
    let by_pair = |a: &Sent, b: &Sent| key(a).cmp(&key(b)).then(a.recipient.cmp(&b.recipient));
    sorted(sent.collect(), by_pair)
}

#[test]
fn groups_and_pairs_are_those_of_sets() {
    for seed in 0..200 {
        let sent = random(seed, seed as usize % 20);
        let mut total = 0;
        for season in 0..3u8 {
            for year in 2020..2023 {
                let here = |one: &&Sent| one.season == season && one.year == year;
                let found = group(&sent, season, year);
                total += found.len();
                assert_eq!(found.len(), sent.iter().filter(here).count());
                let known = sent.iter().filter(here).map(|one| one.recipient);
                let known: BTreeSet<u32> = known.filter(|one| *one != NONE).collect();
                assert_eq!(pairs(found).count(), known.len());
                for recipient in 0..4 {
                    assert_eq!(has(found, recipient), known.contains(&recipient));
                }
                let rows: BTreeSet<u32> = sent.iter().filter(here).map(|one| one.row).collect();
                assert_eq!(order_count(found), rows.len() as i64);
                let sum: i64 = sent.iter().filter(here).map(|one| one.amount).sum();
                assert_eq!(amount(found), sum);
            }
        }
        assert_eq!(total, sent.len());
        assert_eq!(groups(&sent).map(<[Sent]>::len).sum::<usize>(), sent.len());
    }
}

#[test]
fn a_season_has_begun_with_its_first_peak() {
    let calendar = Calendar::default();
    let day = |year, month, day| {
        let date = chrono::NaiveDate::from_ymd_opt(year, month, day);
        date.map_or(0, crate::zone::day_of)
    };
    let oseibo = crate::gifts::seasons::OSEIBO;
    assert_eq!(begun(&calendar, oseibo, day(2025, 11, 19)), 2024);
    assert_eq!(begun(&calendar, oseibo, day(2025, 11, 20)), 2025);
    let new_year = crate::gifts::seasons::NEW_YEAR;
    assert_eq!(begun(&calendar, new_year, day(2025, 12, 10)), 2026);
}
