//! The zone table is what `chrono-tz` says. `UPDATE=1` writes it anew, for a newer tz database.
#![expect(
    clippy::disallowed_methods,
    reason = "the generator of a committed file"
)]
#![expect(clippy::expect_used, reason = "a failed conversion fails the test")]

use std::collections::BTreeMap;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use okaeri_core::zone::Zone;

const DAY: i64 = 86_400;
/// 1990-01-01 and 2100-01-01.
const DAYS: std::ops::Range<i64> = 7_305..47_482;

fn offset(zone: Tz, utc: i64) -> i64 {
    let at = DateTime::from_timestamp(utc, 0)
        .expect("a time of our century")
        .naive_utc();
    i64::from(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
}

/// The first minute in `from..to` from which the offset is that of `to`.
fn change(zone: Tz, from: i64, to: i64) -> i64 {
    let (mut before, mut after) = (from / 60, to / 60);
    while after - before > 1 {
        let middle = i64::midpoint(before, after);
        if offset(zone, middle * 60) == offset(zone, from) {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

fn quarters(seconds: i64) -> u8 {
    assert_eq!(seconds % 900, 0, "offsets are whole quarters of an hour");
    i8::try_from(seconds / 900)
        .expect("a clock is less than a day ahead")
        .cast_unsigned()
}

fn history(zone: Tz) -> Vec<u8> {
    let first = DAYS.start * DAY;
    let (mut times, mut steps) = (Vec::new(), Vec::new());
    let (mut last, mut now) = (first / 60, offset(zone, first));
    for day in DAYS {
        let next = offset(zone, (day + 1) * DAY);
        if next == now {
            continue;
        }
        let at = change(zone, day * DAY, (day + 1) * DAY);
        let mut minutes = at - last;
        while minutes > 127 {
            times.push((minutes & 127) as u8 | 128);
            minutes >>= 7;
        }
        times.push(minutes as u8);
        steps.push(quarters(next - now));
        (last, now) = (at, next);
    }
    let count = u16::try_from(steps.len()).expect("two changes a year");
    let mut bytes = vec![quarters(offset(zone, first))];
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend(times);
    bytes.extend(steps);
    bytes
}

fn table() -> Vec<u8> {
    let mut names: Vec<(&str, Tz)> = TZ_VARIANTS
        .iter()
        .map(|zone| (zone.name(), *zone))
        .collect();
    names.sort_unstable_by_key(|(name, _)| *name);
    let histories: Vec<Vec<u8>> = names.iter().map(|(_, zone)| history(*zone)).collect();
    // Alike histories stand together, which packs better.
    let mut sorted: Vec<&Vec<u8>> = histories.iter().collect();
    sorted.sort_unstable_by_key(|bytes| (bytes.get(3..), bytes.first()));
    sorted.dedup();
    let numbers: BTreeMap<&Vec<u8>, u16> = sorted.iter().copied().zip(0..).collect();
    let mut bytes: Vec<u8> = names
        .iter()
        .flat_map(|(n, _)| n.bytes().chain([0]))
        .collect();
    bytes.push(1);
    bytes.extend(
        histories
            .iter()
            .flat_map(|history| numbers[history].to_le_bytes()),
    );
    bytes.extend(sorted.into_iter().flatten());
    bytes
}

#[test]
fn holds_what_chrono_tz_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/zone/zones.bin");
    let table = table();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file, &table).expect("the table can be written");
    }
    let held = std::fs::read(file).expect("the table is there");
    assert!(
        held == table,
        "src/zone/zones.bin differs from chrono-tz: run with UPDATE=1"
    );
}

#[test]
fn tells_the_offsets_that_chrono_tz_tells() {
    for zone in TZ_VARIANTS {
        let mut ours = Zone::named(zone.name()).expect("every name is in the table");
        // Every 333 hours: each hour of the day in each part of the year.
        for utc in (DAYS.start * DAY..DAYS.end * DAY).step_by(333 * 3_600) {
            assert_eq!(
                ours.offset(utc),
                offset(zone, utc),
                "{} at {utc}",
                zone.name()
            );
        }
    }
}

#[test]
fn knows_no_other_names() {
    for name in [
        "",
        "Asia",
        "asia/tokyo",
        "Asia/Tokyo ",
        "Mars/Olympus",
        "\u{1}",
        "Asia/Tokyo\0",
    ] {
        assert!(Zone::named(name).is_err(), "{name:?}");
    }
}
