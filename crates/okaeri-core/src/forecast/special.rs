//! Special functions, in forms that neither overflow nor cancel.

/// Euler's constant.
const GAMMA: f64 = 0.577_215_664_901_532_9;
/// From here on Stirling's series is exact to the last digits.
const LARGE: f64 = 16.0;

/// eˣ for the inner loops, exact to 2 units in the last place: a power of 2 in the bits, and
/// Taylor's series of the rest, which is at most ln 2 / 2.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    // Beyond, the power does not fit; and what is not a number.
    if !(x > -700.0 && x < 700.0) {
        return libm::exp(x);
    }
    // Adding this rounds to a whole number, which stands in the lowest bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    // ln 2 in a part of few bits, whose multiples are exact, and what is left.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let shifted = x * core::f64::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    let y = (x - whole * LN_2.0) - whole * LN_2.1;
    // By fours, which shortens the chain.
    let square = y * y;
    let fourth = square * square;
    let low = 1.0 + y + square * (0.5 + y * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + y * (1.0 / 120.0)) + square * (1.0 / 720.0 + y * (1.0 / 5040.0));
    let high = (1.0 / 40_320.0 + y * (1.0 / 362_880.0))
        + square * (1.0 / 3_628_800.0 + y * (1.0 / 39_916_800.0));
    let last = 1.0 / 479_001_600.0 + y * (1.0 / 6_227_020_800.0);
    power * (low + fourth * (middle + fourth * (high + fourth * last)))
}

/// ln(eᵃ + eᵇ).
pub fn log_add_exp(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + libm::log1p(libm::exp(low - high))
    }
}

/// ln Σ eᵛ; −∞ of nothing.
pub fn log_sum_exp(values: &[f64]) -> f64 {
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high == f64::NEG_INFINITY {
        return high;
    }
    let sum: f64 = values.iter().map(|value| libm::exp(value - high)).sum();
    high + libm::log(sum)
}

/// ln Γ(z), z > 0.
pub fn ln_gamma(z: f64) -> f64 {
    libm::lgamma(z)
}

/// ψ(z), the derivative of ln Γ, z > 0: upward recurrence, then the asymptotic series
/// (Abramowitz & Stegun 6.3.5 and 6.3.18).
pub fn digamma(z: f64) -> f64 {
    let (mut z, mut sum) = (z, 0.0);
    while z < LARGE {
        sum -= 1.0 / z;
        z += 1.0;
    }
    sum + libm::log(z) - 0.5 / z - digamma_tail(z)
}

/// What is left of ln z − 1 / (2 z) − ψ(z), z large.
fn digamma_tail(z: f64) -> f64 {
    let w = 1.0 / (z * z);
    w * (1.0 / 12.0
        - w * (1.0 / 120.0
            - w * (1.0 / 252.0
                - w * (1.0 / 240.0 - w * (1.0 / 132.0 - w * (691.0 / 32760.0 - w / 12.0))))))
}

/// What Stirling's formula lacks of ln Γ(z), z large (Abramowitz & Stegun 6.1.41).
fn stirling(z: f64) -> f64 {
    let w = 1.0 / (z * z);
    (1.0 / 12.0
        - w * (1.0 / 360.0
            - w * (1.0 / 1260.0
                - w * (1.0 / 1680.0 - w * (1.0 / 1188.0 - w * (691.0 / 360_360.0 - w / 156.0))))))
        / z
}

/// ln Γ(z + d) − ln Γ(z), z > 0 and d ≥ 0, without the loss of digits that the difference of two
/// large values has.
pub fn ln_rising(z: f64, d: f64) -> f64 {
    if z < LARGE {
        return ln_gamma(z + d) - ln_gamma(z);
    }
    (z + d - 0.5) * libm::log1p(d / z) + d * (libm::log(z) - 1.0) + stirling(z + d) - stirling(z)
}

/// ψ(z + d) − ψ(z), z > 0 and d ≥ 0, in the same way: the derivative of [`ln_rising`] by z.
pub fn digamma_rising(z: f64, d: f64) -> f64 {
    if z < LARGE {
        return digamma(z + d) - digamma(z);
    }
    let end = z + d;
    libm::log1p(d / z) + 0.5 * d / (z * end) + digamma_tail(z) - digamma_tail(end)
}

/// ln Γ(z + n) − ln Γ(z) and its derivative by z, for ascending whole n.
pub(super) struct Rising {
    z: f64,
    n: f64,
    log: f64,
    slope: f64,
}

impl Rising {
    /// At n = 0.
    pub fn new(z: f64) -> Self {
        Rising {
            z,
            n: 0.0,
            log: 0.0,
            slope: 0.0,
        }
    }

    /// Goes on to `n`.
    pub fn to(&mut self, n: f64) -> (f64, f64) {
        if n - self.n > 16.0 {
            let at = self.z + self.n;
            self.log += ln_rising(at, n - self.n);
            self.slope += digamma_rising(at, n - self.n);
            self.n = n;
        }
        while self.n < n {
            let at = self.z + self.n;
            self.log += libm::log(at);
            self.slope += 1.0 / at;
            self.n += 1.0;
        }
        (self.log, self.slope)
    }
}

/// ln B(a, b), the logarithm of the beta function, a and b > 0.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    ln_gamma(low) - ln_rising(high, low)
}

/// ln (B(a, b + u) / B(a, b)), u ≥ 0: the chance in logarithms that something of chance
/// Beta(b, a) happens u times in a row.
pub fn ln_beta_ratio(a: f64, b: f64, u: f64) -> f64 {
    let (low, high) = if a < u { (a, u) } else { (u, a) };
    // Γ(b+u)/Γ(b) · Γ(a+b)/Γ(a+b+u), written with the shorter of the two steps.
    ln_rising(b, low) - ln_rising(b + high, low)
}

/// eᶻ E_s(z), the scaled exponential integral ∫₀^∞ e^(−zu) (1+u)^(−s) du; s > 0, z > 0.
///
/// Continued fraction for z ≥ 1 or large s (Abramowitz & Stegun 5.1.22), else the series about
/// zero for the order within one of s and the recurrence 5.1.14 upwards, which is stable there.
pub fn scaled_exp_integral(s: f64, z: f64) -> f64 {
    if z >= 1.0 || s >= 60.0 {
        return exp_integral_fraction(s, z);
    }
    // The series is taken at an order 1 + e with −1 < e < 0.5.
    let steps = if s <= 1.5 { 0 } else { (s - 0.5) as u32 };
    let mut order = s - f64::from(steps);
    let mut value = libm::exp(z) * exp_integral_series(order - 1.0, z);
    for _ in 0..steps {
        value = (1.0 - z * value) / order;
        order += 1.0;
    }
    value
}

/// eᶻ E_s(z) by Lentz's way with the continued fraction.
fn exp_integral_fraction(s: f64, z: f64) -> f64 {
    let mut b = z + s;
    let mut d = 1.0 / b;
    let mut c = f64::INFINITY;
    let mut value = d;
    for n in 1..500 {
        let n = f64::from(n);
        let a = -n * (s + n - 1.0);
        b += 2.0;
        d = 1.0 / (b + a * d);
        c = b + a / c;
        let step = c * d;
        value *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// E_(1+e)(z) about zero. The poles of the two parts at e = 0 are taken together beforehand.
fn exp_integral_series(e: f64, z: f64) -> f64 {
    let log = libm::log(z);
    let first = if e == 0.0 {
        -GAMMA - log
    } else {
        -libm::expm1(ln_gamma_one_minus(e) + e * log) / e
    };
    let mut sum = first;
    let mut power = 1.0;
    for n in 1..40 {
        let n = f64::from(n);
        power *= -z / n;
        let term = power / (n - e);
        sum -= term;
        if term.abs() < 1e-17 * sum.abs() {
            break;
        }
    }
    sum
}

/// ln Γ(1 − e), exact in relative terms also near e = 0 (Abramowitz & Stegun 6.1.33).
fn ln_gamma_one_minus(e: f64) -> f64 {
    if e.abs() > 0.02 {
        return ln_gamma(1.0 - e);
    }
    // ζ(9)/9 … ζ(2)/2.
    const ZETA: [f64; 8] = [
        1.002_008_392_826_082_2 / 9.0,
        1.004_077_356_197_944_3 / 8.0,
        1.008_349_277_381_922_8 / 7.0,
        1.017_343_061_984_449 / 6.0,
        1.036_927_755_143_37 / 5.0,
        1.082_323_233_711_138_2 / 4.0,
        1.202_056_903_159_594_3 / 3.0,
        1.644_934_066_848_226_4 / 2.0,
    ];
    let sum = ZETA.iter().fold(0.0, |sum, zeta| sum * e + zeta);
    e * (GAMMA + e * sum)
}

/// The mean of `function` over p ~ Beta(a, b), given what it tends to at 0 and at 1.
///
/// Over the logit of p the density has no ends: the trapezoidal rule converges faster than any
/// power there. The line between the two ends is taken out, whose mean is known, so that the rest
/// falls off quickly even where a or b is nearly nothing.
pub fn beta_average(
    a: f64,
    b: f64,
    at_zero: f64,
    at_one: f64,
    function: impl Fn(f64) -> f64,
) -> f64 {
    // The density of the logit is about as wide as this; it is steeper on one side, the more so
    // the larger a or b.
    let width = (1.0 / a + 1.0 / b).sqrt();
    let step = (0.6 * width).min(if a + b < 8.0 { 0.4 } else { 0.25 });
    let scale = ln_beta(a, b);
    let part = |y: f64| {
        let small = libm::exp(-y.abs());
        let (low, high) = (small / (1.0 + small), 1.0 / (1.0 + small));
        let (p, rest) = if y < 0.0 { (low, high) } else { (high, low) };
        // ln p and ln (1 − p).
        let side = -libm::log1p(small);
        let (log_p, log_rest) = if y < 0.0 {
            (y + side, side)
        } else {
            (side, side - y)
        };
        let weight = libm::exp(a * log_p + b * log_rest - scale);
        (weight * (function(p) - at_zero * rest - at_one * p), weight)
    };
    // From the middle outwards until nothing more comes.
    let middle = libm::log(a / b).clamp(-30.0, 30.0);
    let (mut sum, mut weights) = part(middle);
    for direction in [-step, step] {
        let (mut y, mut idle) = (middle + direction, 0);
        while idle < 6 && y.abs() < 60.0 {
            let (more, weight) = part(y);
            sum += more;
            weights += weight;
            idle = if more.abs() <= 1e-17 * sum.abs() {
                idle + 1
            } else {
                0
            };
            y += direction;
        }
    }
    // The weights are all there if they fall off too; their sum then makes good what the
    // logarithms of a steep density have lost.
    let unit = if a > 50.0 && b > 50.0 {
        1.0 / weights
    } else {
        step
    };
    (at_zero * b + at_one * a) / (a + b) + unit * sum
}
