//! How far a counted share can be trusted.

/// The 0.975 quantile of the normal distribution: two-sided bands of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Bounds of a share or a chance, 0 ≤ `low` ≤ `high` ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The 95 % interval of a share of which `hits` out of `trials` were counted (Wilson 1927,
/// without correction for continuity). Neither need be whole, so that weighted counts do too.
///
/// `None` unless 0 ≤ hits ≤ trials and 0 < trials < ∞.
pub fn wilson(hits: f64, trials: f64) -> Option<Band> {
    if !(trials > 0.0 && trials.is_finite() && (0.0..=trials).contains(&hits)) {
        return None;
    }
    let share = hits / trials;
    let shrink = Z95 * Z95 / trials;
    let middle = share + shrink / 2.0;
    let reach = (shrink * (share * (1.0 - share) + shrink / 4.0)).sqrt();
    // Of nothing and of everything one bound is known, whatever the rounding.
    let low = if hits > 0.0 { middle - reach } else { 0.0 };
    let high = if hits < trials {
        (middle + reach) / (1.0 + shrink)
    } else {
        1.0
    };
    Some(Band {
        low: low.max(0.0) / (1.0 + shrink),
        high: high.min(1.0),
    })
}

/// Φ(z), the chance that a standard normal value is at most `z`.
pub fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// The z below which a standard normal value is with chance `share`: the inverse of
/// [`normal_below`] by Newton's method, which from the middle outwards never oversteps. Shares
/// closer to 0 or 1 than 10⁻¹⁵ count as that close.
pub fn normal_quantile(share: f64) -> f64 {
    let share = share.clamp(1e-15, 1.0 - 1e-15);
    let mut z = 0.0;
    for _ in 0..100 {
        let density = 0.398_942_280_401_432_7 * libm::exp(-0.5 * z * z);
        let step = (share - normal_below(z)) / density;
        z += step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(actual: f64, expected: f64) {
        assert!(
            (actual - expected).abs() < 5e-10,
            "{actual} is not {expected}"
        );
    }

    /// Hits, trials, lower and upper bound.
    const WILSON: [(f64, f64, f64, f64); 7] = [
        (0.0, 10.0, 0.0000000000, 0.2775327999),
        (1.0, 1.0, 0.2065493144, 1.0000000000),
        (3.0, 3.0, 0.4385029682, 1.0000000000),
        (12.0, 19.0, 0.4103953316, 0.8085048725),
        (50.0, 100.0, 0.4038315304, 0.5961684696),
        (7.0, 1000.0, 0.0033948684, 0.0143783155),
        (999999.0, 1000000.0, 0.9999943351, 0.9999998235),
    ];

    #[test]
    fn bounds_of_shares() {
        // By another program, from the formula as it is printed.
        for (hits, trials, low, high) in WILSON {
            let band = wilson(hits, trials).unwrap_or(Band {
                low: -1.0,
                high: -1.0,
            });
            close(band.low, low);
            close(band.high, high);
        }
        for (hits, trials) in [
            (0.0, 0.0),
            (2.0, 1.0),
            (-1.0, 5.0),
            (f64::NAN, 5.0),
            (1.0, f64::NAN),
            (1.0, f64::INFINITY),
        ] {
            assert_eq!(wilson(hits, trials), None);
        }
    }

    #[test]
    fn bounds_stay_in_order() {
        for trials in [1u32, 2, 3, 10, 1000, 1_000_003] {
            for hits in [0, 1, trials / 3, trials / 2, trials - 1, trials] {
                let (hits, trials) = (f64::from(hits), f64::from(trials));
                let inside = wilson(hits, trials).is_some_and(|band| {
                    let share = hits / trials;
                    0.0 <= band.low && band.low <= share && share <= band.high && band.high <= 1.0
                });
                assert!(inside, "{hits} of {trials}");
            }
        }
    }

    #[test]
    fn the_normal_distribution() {
        close(normal_below(Z95), 0.975);
        close(normal_below(0.0), 0.5);
        assert_eq!(normal_below(f64::NEG_INFINITY), 0.0);
        assert_eq!(normal_below(f64::INFINITY), 1.0);
    }

    #[test]
    fn quantiles_turn_chances_back() {
        close(normal_quantile(0.975), Z95);
        close(normal_quantile(0.5), 0.0);
        close(normal_quantile(0.001), -3.090232306);
        for z in [-5.0, -1.0, 0.3, 2.0] {
            close(normal_quantile(normal_below(z)), z);
        }
        assert!(normal_quantile(0.0).is_finite() && normal_quantile(1.0).is_finite());
    }
}
