//! What the regression knows of a contract, packed into a number so that equal rows count once.

use crate::subscription::risk::Signals;
use crate::subscription::{Contract, Happening, Move, What};

/// How many features there are.
pub const COUNT: usize = 25;

/// Their names, the constant first. Without a weight of their own: no cycle, no skip, a cycle of
/// at most 35 days or an unknown one.
pub const FEATURES: [&str; COUNT] = [
    "constant",
    "cycle_1",
    "cycle_2",
    "cycle_3",
    "cycle_4_5",
    "cycle_6_8",
    "cycle_9_12",
    "cycle_13",
    "skipped_once",
    "skipped_twice",
    "skipped_before",
    "payment_failed",
    "cancel_page",
    "cycle_days_36_65",
    "cycle_days_66",
    "tenure",
    "amount",
    "has_paused",
    "complaint",
    "card_expires",
    "silent",
    "blocked",
    "restarted",
    "returned",
    "cycle_longer",
];

/// Days in which a skip before the last delivery counts.
const SKIP_DAYS: i32 = 90;
/// Days of a step of tenure, and the last step.
const TENURE: (i32, i32) = (60, 15);

/// Bits of each part of a pattern from the lowest: cycle, skip, cycle's days, tenure, amount.
const PARTS: [(u32, i64); 5] = [(0, 7), (3, 3), (5, 3), (7, 15), (11, 63)];
/// The first bit of the flags.
const FLAGS: u32 = 17;
/// The flags' places among the features.
const FLAG_FEATURES: [usize; 10] = [11, 12, 17, 18, 19, 20, 21, 22, 23, 24];

/// What is known of a contract at the end of a day.
pub fn pattern(contract: &Contract, happenings: &[Happening], signals: &Signals, day: i32) -> i64 {
    let cycle = match contract.cycles(day) {
        cycles @ 0..=3 => i64::from(cycles),
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        _ => 7,
    };
    let length = match contract.cycle_days {
        0..=35 => 0,
        36..=65 => 1,
        _ => 2,
    };
    let tenure = day.saturating_sub(contract.start_day).max(0) / TENURE.0;
    let amount = contract.last(day).map_or(0, |last| last.amount.max(0));
    // Bits of the amount: its doublings.
    let amount = i64::from(64 - amount.leading_zeros());
    let parts = [
        cycle,
        skips(contract, happenings, day),
        length,
        i64::from(tenure.min(TENURE.1)),
        amount,
    ];
    let mut pattern = 0;
    for (part, (shift, _)) in parts.into_iter().zip(PARTS) {
        pattern |= part << shift;
    }
    let has_paused = contract
        .moves
        .iter()
        .any(|(at, change)| *at <= day && *change == Move::Pause);
    let flags = [
        signals.has(1),
        signals.has(0),
        has_paused,
        signals.has(5),
        signals.has(6),
        signals.has(7),
        signals.has(8),
        signals.has(9),
        signals.has(10),
        signals.has(3),
    ];
    for (place, flag) in (FLAGS..).zip(flags) {
        pattern |= i64::from(flag) << place;
    }
    pattern
}

/// 0: none lately, 1: one since the last delivery, 2: more, 3: before it.
fn skips(contract: &Contract, happenings: &[Happening], day: i32) -> i64 {
    let last = contract
        .last(day)
        .map_or(contract.start_day, |last| last.day);
    let (mut since, mut before) = (0, false);
    for happening in happenings.iter().take_while(|h| h.day <= day) {
        if happening.what == What::Skipped && happening.contract == contract.id {
            if happening.day > last {
                since += 1;
            } else if day.saturating_sub(happening.day) <= SKIP_DAYS {
                before = true;
            }
        }
    }
    match since {
        0 if before => 3,
        0 => 0,
        1 => 1,
        _ => 2,
    }
}

/// The features of a pattern.
pub fn features(pattern: i64) -> [f64; COUNT] {
    let part = |place: usize| {
        let (shift, mask) = PARTS.get(place).copied().unwrap_or_default();
        pattern >> shift & mask
    };
    let mut features = [0.0; COUNT];
    let mut set = |place: i64, value: f64| {
        let place = usize::try_from(place).ok();
        if let Some(feature) = place.and_then(|place| features.get_mut(place)) {
            *feature = value;
        }
    };
    set(0, 1.0);
    match part(0) {
        0 => {}
        cycle => set(cycle, 1.0),
    }
    match part(1) {
        0 => {}
        skip => set(7 + skip, 1.0),
    }
    match part(2) {
        0 => {}
        length => set(12 + length, 1.0),
    }
    set(15, part(3) as f64 / f64::from(TENURE.1));
    // Around 4,096 and in steps of 16: like the others about as large as 1.
    set(16, (part(4) - 13) as f64 / 4.0);
    for (flag, feature) in (FLAGS..).zip(FLAG_FEATURES) {
        set(feature as i64, (pattern >> flag & 1) as f64);
    }
    features
}
