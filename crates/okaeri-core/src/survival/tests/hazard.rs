//! The hazard, its smoothing and its peak.

use super::{close, placebo, row, treated};
use crate::survival::hazard::{End, Hazard, NoPeak, Peak, Place, STEPS_MAX, Settings, Width};
use crate::survival::{Curve, Observed};

fn settings(width: Width, first_day: u32, reach: u32, least_at_risk: u64) -> Settings {
    Settings {
        width,
        first_day,
        reach,
        least_at_risk,
    }
}

/// The hazard of `customers` whose chance of buying on day t is `chance(t)`, as many as expected,
/// those left censored on the last day.
fn expected(customers: u32, days: u32, chance: impl Fn(f64) -> f64) -> Vec<Observed> {
    let mut left = customers;
    let mut rows: Vec<Observed> = (1..=days)
        .map(|day| {
            let events = (f64::from(left) * chance(f64::from(day))).round() as u32;
            left -= events;
            row(day, events, 0)
        })
        .collect();
    rows.push(row(days, 0, left));
    rows
}

#[test]
fn unsmoothed_steps_are_the_table() {
    let curve = Curve::of(&treated());
    let days = Hazard::of(&curve, &settings(Width::Day, 0, 0, 1));
    assert_eq!(days.end, End::Everything);
    assert_eq!(days.steps.len(), 36);
    let mut survival = 1.0;
    for step in &days.steps {
        survival *= 1.0 - step.hazard;
        close(curve.survival(step.day).unwrap(), survival, 1e-14);
    }
    // Weeks 7 to 13 of the trial: 17 at risk, 3 censored before the last, 3 events.
    let weeks = Hazard::of(&curve, &settings(Width::Week, 0, 0, 1));
    let second = weeks.steps.get(1).unwrap();
    assert_eq!((second.day, second.events), (7, 3));
    assert_eq!((second.exposed, second.hazard), (15.5, 3.0 / 15.5));
    let events: u64 = weeks.steps.iter().map(|step| step.events).sum();
    assert_eq!(events, curve.events);
}

#[test]
fn smoothing_weighs_by_the_kernel() {
    let curve = Curve::of(&placebo());
    let hazard = Hazard::of(&curve, &settings(Width::Day, 1, 1, 1));
    // Weights 0.75, 1, 0.75; 21, 19 and 17 at risk and 2, 2 and 1 events on days 1 to 3.
    let [first, second] = *hazard.steps.first_chunk().unwrap();
    close(first.hazard, 3.5 / 35.25, 1e-15);
    close(second.hazard, 4.25 / 47.5, 1e-15);
    close(second.trials, 47.5 * 47.5 / (0.5625 * 38.0 + 19.0), 1e-12);
    let band = second.band.unwrap();
    assert!(band.low < second.hazard && second.hazard < band.high);
}

#[test]
fn a_peak_is_found_and_its_surroundings_are_named() {
    // A tenth of a percent a day, and about day 30 three percent more.
    let hump = |day: f64, at: f64| 0.03 * libm::exp(-(day - at) * (day - at) / 18.0);
    let rows = expected(200_000, 120, |day| 0.001 + hump(day, 30.0));
    let hazard = Hazard::of(&Curve::of(&rows), &Settings::default());
    let peak = hazard.peak().unwrap();
    assert_eq!(
        (peak.day, peak.place, peak.rival),
        (30, Place::Inside, None)
    );
    assert!(peak.sure > 0.999_999 && peak.from >= 28 && peak.to <= 32);
    assert!(peak.band.is_some_and(|band| band.low > peak.flat));
    assert_eq!((peak.send_day(2), peak.send_day(31)), (28, 0));
    // Few customers know less well.
    let few = expected(1_000, 120, |day| 0.001 + hump(day, 30.0));
    let few = Hazard::of(&Curve::of(&few), &Settings::default());
    let wide = few.peak().unwrap();
    assert!(wide.from < peak.from && wide.to > peak.to && wide.sure > 0.99);
    // Two humps alike: the other one is named.
    let rows = expected(5_000, 120, |day| {
        0.001 + hump(day, 30.0) + 0.99 * hump(day, 60.0)
    });
    let two = Hazard::of(&Curve::of(&rows), &Settings::default());
    let peak = two.peak().unwrap();
    let (high, low) = if peak.day < 45 { (30, 60) } else { (60, 30) };
    assert!(peak.day.abs_diff(high) <= 1);
    assert!(peak.rival.is_some_and(|rival| rival.abs_diff(low) <= 1));
    // The same by the week, days 29 to 35.
    let weeks = settings(Width::Week, 1, 0, 30);
    let rows = expected(200_000, 120, |day| 0.001 + hump(day, 32.0));
    let peak = Hazard::of(&Curve::of(&rows), &weeks).peak().unwrap();
    assert_eq!((peak.day, peak.from, peak.to), (29, 29, 35));
}

#[test]
fn falling_and_rising_hazards_peak_at_an_end() {
    let falling = expected(100_000, 60, |day| 0.1 / day);
    let peak = Hazard::of(&Curve::of(&falling), &settings(Width::Day, 1, 0, 30)).peak();
    assert_eq!(
        peak.map(|peak| (peak.day, peak.place)),
        Ok((1, Place::First))
    );
    let rising = expected(100_000, 60, |day| 0.0002 * day);
    let peak = Hazard::of(&Curve::of(&rising), &settings(Width::Day, 1, 0, 30)).peak();
    assert_eq!(
        peak.map(|peak| (peak.day, peak.place)),
        Ok((60, Place::Last))
    );
}

/// Numbers below 1 that look like chance, the same on all hosts (Steele & Vigna 2021).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The peak of the hazard of `customers` over 90 days whose chance on day t is `hazard(t)`.
    fn peak(&mut self, customers: u32, hazard: impl Fn(f64) -> f64) -> Result<Peak, NoPeak> {
        let mut rows = Vec::new();
        for _ in 0..customers {
            let bought = (1u32..=90).find(|day| self.next() < hazard(f64::from(*day)));
            rows.push(bought.map_or(row(90, 0, 1), |day| row(day, 1, 0)));
        }
        Hazard::of(&Curve::of(&rows), &Settings::default()).peak()
    }
}

#[test]
fn a_flat_hazard_seldom_seems_to_peak() {
    let mut chance = Chance(1);
    let peaks = (0..200).map(|_| chance.peak(600, |_| 0.02));
    let sure = peaks.filter(|peak| peak.is_ok_and(|peak| peak.sure > 0.95));
    let sure = sure.count();
    assert!(sure <= 10, "{sure} of 200 flat hazards have a sure peak");
}

#[test]
fn the_true_peak_is_mostly_among_those_named() {
    let mut chance = Chance(2);
    let hump = |day: f64| 0.005 + 0.03 * libm::exp(-(day - 30.0) * (day - 30.0) / 50.0);
    let peaks = (0..200).map(|_| chance.peak(600, hump));
    let peaks: Vec<Peak> = peaks.filter_map(Result::ok).collect();
    let sure = peaks.iter().filter(|peak| peak.sure > 0.95).count();
    let named = peaks.iter().filter(|peak| peak.from <= 30 && 30 <= peak.to);
    let (named, wide) = (
        named.count(),
        peaks.iter().map(|p| p.to - p.from + 1).sum::<u32>(),
    );
    assert_eq!((peaks.len(), sure), (200, 200));
    assert!(named >= 190, "day 30 is named in {named} of 200");
    assert!(wide <= 200 * 10, "{wide} days are named in all");
}

#[test]
fn degenerate_data_have_no_peak_and_say_why() {
    let all = Settings::default();
    for (rows, settings, end, why) in [
        (vec![], all, End::Everything, NoPeak::NoSteps),
        (vec![row(0, 9, 0)], all, End::Everything, NoPeak::NoSteps),
        (
            vec![row(5, 9, 0)],
            all,
            End::FewAtRisk { day: 1 },
            NoPeak::NoSteps,
        ),
        (
            vec![row(0, 50, 0), row(9, 0, 40)],
            all,
            End::Everything,
            NoPeak::NoEvent,
        ),
        (
            vec![row(5, 3, 0), row(9, 0, 37)],
            all,
            End::Everything,
            NoPeak::FewEvents,
        ),
        (
            vec![row(u32::MAX, 0, 40)],
            all,
            End::Long {
                day: STEPS_MAX as u32 + 1,
            },
            NoPeak::NoEvent,
        ),
        (
            vec![row(u32::MAX, 0, 40)],
            settings(Width::Week, u32::MAX - 3, u32::MAX, 0),
            End::Long { day: u32::MAX - 3 },
            NoPeak::NoSteps,
        ),
        (
            vec![row(u32::MAX, 0, 40)],
            settings(Width::Day, u32::MAX, u32::MAX, 0),
            End::Long { day: u32::MAX },
            NoPeak::NoEvent,
        ),
    ] {
        let hazard = Hazard::of(&Curve::of(&rows), &settings);
        assert_eq!((hazard.end, hazard.peak()), (end, Err(why)), "{rows:?}");
    }
    // Everybody on one later day: the hazard is 1 there.
    let one_day = Curve::of(&[row(5, 100, 0)]);
    let peak = Hazard::of(&one_day, &settings(Width::Day, 1, 0, 1)).peak();
    let peak = peak.unwrap();
    assert_eq!((peak.day, peak.hazard, peak.place), (5, 1.0, Place::Last));
    assert_eq!((peak.from, peak.to, peak.rival), (5, 5, None));
    assert!(peak.sure > 0.99);
    // And on every day seen.
    let only = Hazard::of(&one_day, &settings(Width::Day, 5, 3, 1)).peak();
    assert_eq!(only.map(|peak| (peak.hazard, peak.sure)), Ok((1.0, 0.0)));
}
