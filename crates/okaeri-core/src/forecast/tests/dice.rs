//! Numbers that look like chance and are the same each time.

/// Lehmer's generator.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % n
    }

    pub fn pick(&mut self, from: &[f64]) -> f64 {
        from[self.below(from.len() as u64) as usize]
    }

    /// Between 0 and 1, neither of them.
    pub fn unit(&mut self) -> f64 {
        self.below(u64::MAX);
        self.0 as f64 / 2_147_483_647.0
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
