//! The curve against published data, and what degenerate data give.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod hazard;

use super::*;

fn row(day: u32, events: u32, censored: u32) -> Observed {
    Observed {
        day,
        events,
        censored,
    }
}

/// Weeks in remission of 21 patients under 6-mercaptopurine (Freireich and others 1963).
fn treated() -> Vec<Observed> {
    vec![
        row(6, 3, 1),
        row(7, 1, 0),
        row(9, 0, 1),
        row(10, 1, 1),
        row(11, 0, 1),
        row(13, 1, 0),
        row(16, 1, 0),
        row(17, 0, 1),
        row(19, 0, 1),
        row(20, 0, 1),
        row(22, 1, 0),
        row(23, 1, 0),
        row(25, 0, 1),
        row(32, 0, 2),
        row(34, 0, 1),
        row(35, 0, 1),
    ]
}

/// The 21 patients of the same trial who had a placebo; all were seen to the end.
fn placebo() -> Vec<Observed> {
    [
        (1, 2),
        (2, 2),
        (3, 1),
        (4, 2),
        (5, 2),
        (8, 4),
        (11, 2),
        (12, 2),
        (15, 1),
        (17, 1),
        (22, 1),
        (23, 1),
    ]
    .map(|(day, events)| row(day, events, 0))
    .to_vec()
}

#[track_caller]
fn close(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not {expected}"
    );
}

/// Counts sum, and everything is a number within its bounds.
#[track_caller]
fn is_sound(curve: &Curve) {
    assert_eq!(curve.events + curve.censored, curve.customers);
    let mut left = curve.customers;
    let mut survival = 1.0;
    for point in &curve.points {
        assert_eq!(point.at_risk, left);
        left -= point.events + point.censored;
        assert!((0.0..=survival).contains(&point.survival));
        survival = point.survival;
        assert!(point.variance >= 0.0 && point.variance.is_finite());
        if let Some(band) = point.band() {
            assert!(0.0 <= band.low && band.low <= survival);
            assert!(survival <= band.high && band.high <= 1.0);
        }
    }
    assert_eq!(left, 0);
}

#[test]
fn the_published_curve() {
    let curve = Curve::of(&treated());
    is_sound(&curve);
    assert_eq!((curve.customers, curve.events, curve.censored), (21, 9, 12));
    assert_eq!(curve.outcome, Outcome::Estimated);
    // Day, at risk, S and its standard error as printed; the band by another program.
    for (day, at_risk, survival, error, low, high) in [
        (6, 21, 0.857, 0.0764, 0.619717955266, 0.951551747647),
        (7, 17, 0.807, 0.0869, 0.563146564622, 0.922809019203),
        (10, 15, 0.753, 0.0963, 0.503199510800, 0.889361835169),
        (13, 12, 0.690, 0.1068, 0.431610222486, 0.849065963349),
        (16, 11, 0.627, 0.1141, 0.367510855988, 0.804912189472),
        (22, 7, 0.538, 0.1282, 0.267778936767, 0.746790717635),
        (23, 6, 0.448, 0.1346, 0.188052005959, 0.680142628495),
    ] {
        let point = curve.point(day).unwrap();
        assert_eq!((point.day, point.at_risk), (day, at_risk));
        close(point.survival, survival, 0.0005);
        close(point.error(), error, 0.00005);
        let band = point.band().unwrap();
        close(band.low, low, 1e-11);
        close(band.high, high, 1e-11);
    }
    let quartiles = curve.quartiles().map(|q| (q.day, q.low, q.high));
    let expected = [
        (Some(13), Some(6), Some(22)),
        (Some(23), Some(13), None),
        (None, Some(23), None),
    ];
    assert_eq!(quartiles, expected);
    assert_eq!(curve.survival(5), Some(1.0));
    assert_eq!(curve.survival(12), Some(curve.point(10).unwrap().survival));
    // The tail is open: nothing is said beyond the last patient seen.
    close(curve.survival(35).unwrap(), 0.448, 0.0005);
    assert_eq!(curve.survival(36), None);
    let tail = Tail::Open {
        day: 35,
        survival: curve.point(23).unwrap().survival,
        waiting: 1,
    };
    assert_eq!(curve.tail(), tail);
}

#[test]
fn the_published_curve_without_censoring() {
    let curve = Curve::of(&placebo());
    is_sound(&curve);
    for (day, survival, low, high) in [
        (1, 19.0 / 21.0, 0.670045882235, 0.975294149038),
        (8, 8.0 / 21.0, 0.183066548820, 0.577788677746),
        (22, 1.0 / 21.0, 0.003324463043, 0.197044905699),
    ] {
        let point = curve.point(day).unwrap();
        close(point.survival, survival, 1e-14);
        // Without censoring Greenwood's variance is that of a share.
        close(point.variance, survival * (1.0 - survival) / 21.0, 1e-15);
        close(point.band().unwrap().low, low, 1e-11);
        close(point.band().unwrap().high, high, 1e-11);
    }
    let quartiles = curve.quartiles().map(|q| (q.day, q.low, q.high));
    let expected = [
        (Some(4), Some(1), Some(5)),
        (Some(8), Some(4), Some(11)),
        (Some(12), Some(8), Some(22)),
    ];
    assert_eq!(quartiles, expected);
    assert_eq!(curve.tail(), Tail::Closed { day: 23 });
    let last = curve.points.last().unwrap();
    assert_eq!(
        (last.survival, last.variance, last.band()),
        (0.0, 0.0, None)
    );
    assert_eq!(curve.survival(1000), Some(0.0));
}

#[test]
fn rows_come_in_any_order_and_in_parts() {
    let mut rows = treated();
    rows.reverse();
    rows.extend(placebo());
    rows.push(row(100, 0, 0));
    let mut parts: Vec<Observed> = treated();
    parts.extend(placebo());
    let curve = Curve::of(&rows);
    is_sound(&curve);
    assert_eq!(curve, Curve::of(&parts));
    assert_eq!(curve.customers, 42);
    let days: Vec<u32> = curve.points.iter().map(|point| point.day).collect();
    assert!(days.windows(2).all(|pair| pair.first() < pair.last()));
    assert_eq!(days.last(), Some(&35));
}

#[test]
fn degenerate_data_have_names() {
    let nothing = |curve: &Curve| {
        is_sound(curve);
        let none = |q: Quantile| (q.day, q.low, q.high) == (None, None, None);
        curve.quartiles().into_iter().all(none)
    };
    for rows in [vec![], vec![row(3, 0, 0)]] {
        let nobody = Curve::of(&rows);
        assert!(nothing(&nobody));
        assert_eq!(
            (nobody.outcome, nobody.tail()),
            (Outcome::Nobody, Tail::Nobody)
        );
        assert_eq!(nobody.survival(0), None);
    }
    let waiting = Curve::of(&[row(0, 0, 5), row(9, 0, 2)]);
    assert!(nothing(&waiting));
    assert_eq!(waiting.outcome, Outcome::NoEvent);
    let tail = Tail::Open {
        day: 9,
        survival: 1.0,
        waiting: 2,
    };
    assert_eq!(waiting.tail(), tail);
    assert_eq!(
        (waiting.survival(9), waiting.survival(10)),
        (Some(1.0), None)
    );
    let at_once = Curve::of(&[row(0, 7, 0)]);
    is_sound(&at_once);
    assert_eq!(at_once.outcome, Outcome::OnlyDayZero);
    assert_eq!(at_once.tail(), Tail::Closed { day: 0 });
    assert_eq!(at_once.quantile(0.5).day, Some(0));
    let some_at_once = Curve::of(&[row(0, 7, 1), row(20, 0, 4)]);
    is_sound(&some_at_once);
    assert_eq!(some_at_once.outcome, Outcome::OnlyDayZero);
    let largest = Curve::of(&[row(u32::MAX, u32::MAX, u32::MAX), row(0, 0, u32::MAX)]);
    is_sound(&largest);
    for share in [0.0, 1.0, -1.0, 2.0, f64::NAN] {
        assert_eq!(largest.quantile(share).day, None);
    }
}
