//! Numbers that look like chance and are the same each time.

/// Lehmer's generator.
pub struct Dice(pub u64);

impl Dice {
    /// SplitMix64 (Steele, Lea, Flood 2014): a plain linear generator's neighbours are so related that
    /// normal values drawn from pairs of them come out skewed.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ value >> 31
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn pick(&mut self, from: &[f64]) -> f64 {
        from[self.below(from.len() as u64) as usize]
    }

    /// Between 0 and 1, neither of them.
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// An exponential value of rate 1.
    pub fn wait(&mut self) -> f64 {
        -libm::log(self.unit())
    }

    /// A gamma value of rate 1 (Marsaglia & Tsang 2000).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let more = self.gamma(shape + 1.0);
            return more * libm::pow(self.unit(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let normal =
                (2.0 * self.wait()).sqrt() * libm::cos(std::f64::consts::TAU * self.unit());
            let root = 1.0 + normal / (9.0 * d).sqrt();
            let cube = root * root * root;
            if root > 0.0
                && libm::log(self.unit())
                    < 0.5 * normal * normal + d * (1.0 - cube + libm::log(cube))
            {
                return d * cube;
            }
        }
    }
}
