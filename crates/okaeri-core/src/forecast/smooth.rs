//! A smooth function, taken at few points and interpolated between.

/// Points less one.
const LAST: u32 = 12;

/// How many points a function is taken at; of no more values nothing is gained.
pub const POINTS: usize = LAST as usize + 1;

/// A function on an interval, by Chebyshev's points (Berrut & Trefethen 2004, SIAM Review 46(3)).
pub struct Smooth {
    /// Where, with what weight, and the value there.
    points: Vec<(f64, f64, f64)>,
}

impl Smooth {
    /// The `function` from `from` to `to`.
    pub fn of(from: f64, to: f64, function: &dyn Fn(f64) -> f64) -> Self {
        let point = |i| {
            let angle = core::f64::consts::PI * f64::from(i) / f64::from(LAST);
            let at = if i == LAST {
                to
            } else {
                from + 0.5 * (to - from) * (1.0 - libm::cos(angle))
            };
            let half = if i == 0 || i == LAST { 0.5 } else { 1.0 };
            let weight = if i % 2 == 0 { half } else { -half };
            (at, weight, function(at))
        };
        Smooth {
            points: (0..=LAST).map(point).collect(),
        }
    }

    /// The value at a place of the interval.
    pub fn at(&self, place: f64) -> f64 {
        let (mut top, mut bottom) = (0.0, 0.0);
        for (point, weight, value) in &self.points {
            let off = place - point;
            if off.abs() < 1e-14 {
                return *value;
            }
            top += weight / off * value;
            bottom += weight / off;
        }
        top / bottom
    }
}
