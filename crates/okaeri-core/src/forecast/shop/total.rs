//! Sums over customers, and how sure they are.
//!
//! Customers are independent given the parameters: their variances add up. To this comes the
//! variance of the expected sum by the uncertainty of the parameters, to first order (the delta
//! method), from the covariance of their logarithms.

use super::super::histories::History;
use super::super::matrix::{dot, times};
use super::super::model::Model;
use super::super::optimum::Fit;
use super::super::purchases::Known;
use super::super::worth::Bounds;
use super::spending::Spending;
use super::{Options, Row, Shared, Total};

/// Sums while customers pass by.
pub struct Totals {
    purchases: f64,
    value: f64,
    variance: f64,
    value_variance: f64,
    /// What a purchase of all customers of each history is worth together, discounted as theirs.
    weights: Vec<f64>,
    spend: [f64; 3],
}

/// The step of the differences.
const DIFFERENCE: f64 = 1e-3;
/// Slopes are taken over about so many histories; of more, every so many-th counts for all.
const HISTORIES: usize = 8192;

impl Totals {
    pub fn of(shared: &[Shared]) -> Self {
        Totals {
            purchases: 0.0,
            value: 0.0,
            variance: 0.0,
            value_variance: 0.0,
            weights: vec![0.0; shared.len()],
            spend: [0.0; 3],
        }
    }

    /// Adds a customer with the history at `place`.
    pub fn add(
        &mut self,
        place: usize,
        shared: &Shared,
        known: &Known,
        row: &Row,
        spending: &Spending,
    ) {
        self.purchases += row.purchases;
        self.variance += shared.variance;
        self.value += row.discounted * row.amount;
        let part = if row.purchases > 0.0 {
            row.discounted / row.purchases
        } else {
            0.0
        };
        let variance = spending.variance(known, row.purchases, shared.variance);
        self.value_variance += part * part * variance;
        if let Some(weight) = self.weights.get_mut(place) {
            *weight += part * row.amount;
        }
        for (sum, slope) in self
            .spend
            .iter_mut()
            .zip(spending.slopes(known, row.amount))
        {
            *sum += row.discounted * slope;
        }
    }

    /// The sums of purchases and of value.
    pub fn sums(
        &self,
        fit: &Fit<Model, 4>,
        histories: &[History],
        spending: &Spending,
        time: f64,
        options: &Options,
    ) -> (Total, Total) {
        let (mut of_purchases, mut of_value) = (0.0, 0.0);
        if let Some(covariance) = &fit.log_covariance {
            let (purchases, value) = self.slopes(&fit.model, histories, time);
            of_purchases = dot(&purchases, &times(covariance, &purchases));
            of_value = dot(&value, &times(covariance, &value));
        }
        if let Some(covariance) = spending.fit.and_then(|fit| fit.log_covariance) {
            of_value += dot(&self.spend, &times(&covariance, &self.spend));
        }
        let margin = options.margin;
        let purchases = total(self.purchases, self.variance, of_purchases, options.level);
        let value = total(
            margin * self.value,
            margin * margin * self.value_variance,
            margin * margin * of_value,
            options.level,
        );
        (purchases, value)
    }

    /// The derivatives of the two sums by the logarithms of the parameters.
    fn slopes(&self, model: &Model, histories: &[History], time: f64) -> ([f64; 4], [f64; 4]) {
        let stride = histories.len().div_ceil(HISTORIES).max(1);
        let all: f64 = histories.iter().map(|row| row.customers).sum();
        // The few that many share are all taken.
        let many = all / HISTORIES as f64;
        let mut taken = Vec::new();
        for (place, (row, weight)) in histories.iter().zip(&self.weights).enumerate() {
            if row.customers > many {
                taken.push((row, row.customers, *weight));
            } else if place % stride == 0 {
                let stride = stride as f64;
                taken.push((row, stride * row.customers, stride * weight));
            }
        }
        let (mut purchases, mut value) = ([0.0; 4], [0.0; 4]);
        for i in 0..4 {
            for step in [DIFFERENCE, -DIFFERENCE] {
                let mut parameters = model.parameters();
                parameters[i] *= libm::exp(step);
                let moved = model.with(parameters);
                for (row, customers, weight) in &taken {
                    let slope = moved.purchases(row, time) / (2.0 * step);
                    purchases[i] += customers * slope;
                    value[i] += weight * slope;
                }
            }
        }
        (purchases, value)
    }
}

fn total(expected: f64, chance_variance: f64, parameter_variance: f64, level: f64) -> Total {
    let sound = |value: f64| {
        if value.is_finite() {
            value.max(0.0)
        } else {
            0.0
        }
    };
    let (chance_variance, parameter_variance) = (sound(chance_variance), sound(parameter_variance));
    let variance = chance_variance + parameter_variance;
    Total {
        expected,
        bounds: Bounds::of_sum(expected, variance, level),
        chance_variance,
        parameter_variance,
    }
}
