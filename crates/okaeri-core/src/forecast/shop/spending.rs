//! What a purchase of each customer is worth.

use super::super::counts::Counts;
use super::super::gamma_gamma::{GammaGamma, Spend, Spends};
use super::super::optimum::Fit;
use super::super::purchases::{Known, Purchases};
use super::super::worth::Worth;
use super::Note;

/// The model of amounts, or what stands for it.
pub struct Spending {
    pub fit: Option<Fit<GammaGamma, 3>>,
    /// What one without a repeat spends, and all without a model.
    pub mean: f64,
    /// Of repeats with amounts.
    pub correlation: Option<f64>,
}

impl Spending {
    /// By the repeat purchases until a day.
    pub fn of(purchases: &Purchases, until: i32, notes: &mut Vec<Note>) -> Self {
        let mut spends = Vec::new();
        let (mut first, mut bought) = (0.0, 0.0);
        let mut sums = Moments::default();
        for days in purchases.customers() {
            let Some(known) = Known::of(days, until) else {
                continue;
            };
            if let Some(day) = days.first().filter(|day| day.amount > 0.0) {
                first += day.amount;
                bought += 1.0;
            }
            if known.x > 0 && known.mean > 0.0 {
                sums.add(f64::from(known.x), known.mean);
                spends.push(Spend {
                    x: known.x,
                    mean: known.mean,
                    customers: 1.0,
                });
            }
        }
        let fit = GammaGamma::fit(&Spends::new(spends));
        let mean = match &fit {
            Some(fit) => fit.model.mean().unwrap_or_else(|| {
                notes.push(Note::InfiniteSpend);
                sums.mean()
            }),
            None => {
                notes.push(Note::NoSpend);
                if bought > 0.0 { first / bought } else { 0.0 }
            }
        };
        notes.extend(fit.and_then(|fit| fit.limit).map(Note::SpendLimit));
        Spending {
            fit,
            mean,
            correlation: sums.correlation(),
        }
    }

    /// As it was found with all customers.
    pub fn told(model: Option<GammaGamma>, mean: f64) -> Self {
        Spending {
            fit: model.map(super::told),
            mean,
            correlation: None,
        }
    }

    /// p, q, γ.
    pub fn parameters(&self) -> Option<[f64; 3]> {
        let GammaGamma { p, q, gamma } = self.fit?.model;
        Some([p, q, gamma])
    }

    /// The model, for a customer of whom it knows a mean.
    fn model(&self, x: u32) -> Option<&GammaGamma> {
        let model = &self.fit.as_ref()?.model;
        (model.p * f64::from(x) + model.q > 1.0).then_some(model)
    }

    /// What a purchase of the customer is expected to be worth.
    pub fn amount(&self, known: &Known) -> f64 {
        let amount = self
            .model(known.x)
            .and_then(|m| m.amount(known.x, spent(known)));
        amount.unwrap_or(self.mean)
    }

    /// The unit of [`Spending::worth`].
    pub fn scale(&self, known: &Known) -> f64 {
        match self.model(known.x) {
            Some(model) => model.gamma + f64::from(known.x) * spent(known),
            None => self.mean,
        }
    }

    /// How what is bought is distributed, in units of the scale; `None` without a model: then the
    /// scale is the worth of a purchase.
    pub fn worth(&self, x: u32, counts: &Counts) -> Option<Worth> {
        Some(self.model(x)?.worth(x, counts))
    }

    /// The variance of what is bought, of a number with this mean and variance.
    pub fn variance(&self, known: &Known, purchases: f64, variance: f64) -> f64 {
        match self.model(known.x) {
            Some(model) => model.variance_of_worth(known.x, spent(known), purchases, variance),
            None => variance * self.mean * self.mean,
        }
    }

    /// The derivatives of the expected amount by ln p, ln q, ln γ.
    pub fn slopes(&self, known: &Known, amount: f64) -> [f64; 3] {
        let Some(GammaGamma { p, q, gamma }) = self.model(known.x) else {
            return [0.0; 3];
        };
        let px = p * f64::from(known.x);
        let shape = px + q - 1.0;
        let scale = gamma + f64::from(known.x) * spent(known);
        [
            amount * (1.0 - px / shape),
            -amount * q / shape,
            amount * gamma / scale,
        ]
    }
}

/// The mean amount; nothing below 0.
fn spent(known: &Known) -> f64 {
    known.mean.max(0.0)
}

/// Sums of pairs.
#[derive(Default)]
struct Moments {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Moments {
    /// By Welford's way, which does not cancel.
    fn add(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        let (off_x, off_y) = (x - self.x, y - self.y);
        self.x += off_x / self.n;
        self.y += off_y / self.n;
        self.xx += off_x * (x - self.x);
        self.yy += off_y * (y - self.y);
        self.xy += off_x * (y - self.y);
    }

    fn mean(&self) -> f64 {
        self.y
    }

    fn correlation(&self) -> Option<f64> {
        let scale = (self.xx * self.yy).sqrt();
        (scale > 0.0 && scale.is_finite()).then(|| (self.xy / scale).clamp(-1.0, 1.0))
    }
}
