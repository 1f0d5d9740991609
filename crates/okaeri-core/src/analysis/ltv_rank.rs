//! 高LTV, 潜在LTV, 一般: what a customer is worth or may become, by ordered rules.
//!
//! LTV-Lab ranks by purchases, subscriptions, intervals and cancellations; its bounds are not
//! public, so these are ours, and settings. The first rule that holds gives the rank and is the
//! reason, with the figure that it looked at and the bound that this reached.

use crate::rules::{Rule, group};

/// Names of the ranks, best first.
pub const RANKS: &[&str] = &["high", "potential", "general"];

/// Names of the rules in their order, then of nothing.
pub const REASONS: &[&str] = &[
    "amount",
    "forecast",
    "subscription_cycles",
    "subscription",
    "cancelled",
    "forecast_potential",
    "interval",
    "none",
];

/// The rank that each of [`REASONS`] gives.
const RANK_OF: [usize; 8] = [0, 0, 0, 1, 2, 1, 1, 2];

/// What a customer is ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LtvFigures {
    /// Amount of the orders of the last 365 days, in minor units.
    pub amount: i64,
    /// What is forecast of the customer, in minor units, if it is.
    pub forecast: Option<f64>,
    /// Cycles of the contract that goes on and has most; `None` without one.
    pub cycles: Option<u32>,
    /// Mean days between orders; `None` of one order.
    pub interval_days: Option<i32>,
    /// Days since the last order.
    pub recency_days: i32,
    /// Contracts that were cancelled.
    pub cancelled: u32,
}

/// Bounds of the rules; each is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LtvBounds {
    /// 高LTV from this amount on.
    pub high_amount: i64,
    /// 高LTV from this forecast on.
    pub high_forecast: i64,
    /// 高LTV from this many cycles of a contract that goes on, ...
    pub high_cycles: u32,
    /// ... with at least this amount.
    pub high_cycles_amount: i64,
    /// 潜在LTV from this forecast on.
    pub potential_forecast: i64,
    /// 潜在LTV up to this many days between orders, ...
    pub potential_interval_days: u32,
    /// ... with at most this many days since the last.
    pub potential_recency_days: u32,
}

/// A customer's rank, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LtvRank {
    /// Place in [`RANKS`].
    pub rank: usize,
    /// Place in [`REASONS`].
    pub reason: usize,
    /// The figure that the rule looked at; 0 where none held.
    pub figure: i64,
    /// The bound that it met; likewise.
    pub bound: i64,
}

/// Measures of a customer, in the order of the rules' ranges.
fn measures(figures: &LtvFigures) -> [i64; 6] {
    [
        figures.amount,
        // Saturates; a forecast is never NaN.
        figures.forecast.map_or(i64::MIN, |value| value as i64),
        figures.cycles.map_or(-1, i64::from),
        figures.interval_days.map_or(i64::MAX, i64::from),
        figures.recency_days.into(),
        // A contract that goes on outweighs one that was cancelled.
        match figures.cycles {
            Some(_) => 0,
            None => figures.cancelled.into(),
        },
    ]
}

/// The rules of [`REASONS`] by their bounds.
#[derive(Clone, Copy, Debug)]
pub struct LtvRules {
    rules: [Rule<6>; 7],
    /// The measure that each is told by, and its bound.
    told: [(usize, i64); 7],
}

impl LtvRules {
    /// The rules with these bounds.
    pub fn of(bounds: &LtvBounds) -> Self {
        let interval = i64::from(bounds.potential_interval_days);
        let recency = i64::from(bounds.potential_recency_days);
        let told = [
            (0, bounds.high_amount),
            (1, bounds.high_forecast),
            (2, i64::from(bounds.high_cycles)),
            (2, 0),
            (5, 1),
            (1, bounds.potential_forecast),
            (3, interval),
        ];
        let mut rules = [Rule::any(0); 7];
        for ((rule, place), (measure, bound)) in rules.iter_mut().zip(0u8..).zip(told) {
            *rule = Rule::any(place).at_least(measure, bound);
        }
        let [_, _, cycles, .., last] = &mut rules;
        *cycles = cycles.at_least(0, bounds.high_cycles_amount);
        let all = (i64::MIN, i64::MAX);
        last.ranges = [
            all,
            all,
            all,
            (i64::MIN, interval),
            (i64::MIN, recency),
            all,
        ];
        LtvRules { rules, told }
    }

    /// The rank of a customer.
    pub fn rank(&self, figures: &LtvFigures) -> LtvRank {
        let values = measures(figures);
        let reason = usize::from(group(&self.rules, 7, &values));
        let (figure, bound) = match self.told.get(reason) {
            Some((measure, bound)) => (values.get(*measure).copied().unwrap_or(0), *bound),
            None => (0, 0),
        };
        LtvRank {
            rank: RANK_OF.get(reason).copied().unwrap_or(2),
            reason,
            figure,
            bound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: LtvBounds = LtvBounds {
        high_amount: 50_000,
        high_forecast: 60_000,
        high_cycles: 3,
        high_cycles_amount: 10_000,
        potential_forecast: 20_000,
        potential_interval_days: 60,
        potential_recency_days: 90,
    };

    fn ranked(figures: LtvFigures) -> (&'static str, &'static str, i64, i64) {
        let of = LtvRules::of(&BOUNDS).rank(&figures);
        (RANKS[of.rank], REASONS[of.reason], of.figure, of.bound)
    }

    #[test]
    fn each_rule_below_and_on_its_bound() {
        let none = LtvFigures {
            recency_days: 400,
            ..LtvFigures::default()
        };
        let general = ("general", "none", 0, 0);
        assert_eq!(ranked(none), general);
        let amount = |amount| ranked(LtvFigures { amount, ..none });
        assert_eq!(amount(49_999), general);
        assert_eq!(amount(50_000), ("high", "amount", 50_000, 50_000));
        let forecast = |value| {
            let forecast = Some(value);
            ranked(LtvFigures { forecast, ..none })
        };
        assert_eq!(forecast(19_999.9), general);
        let potential = ("potential", "forecast_potential", 20_000, 20_000);
        assert_eq!(forecast(20_000.0), potential);
        assert_eq!(forecast(60_000.0), ("high", "forecast", 60_000, 60_000));
        let contract = |cycles, amount| {
            let cycles = Some(cycles);
            ranked(LtvFigures {
                cycles,
                amount,
                ..none
            })
        };
        assert_eq!(contract(3, 10_000), ("high", "subscription_cycles", 3, 3));
        assert_eq!(contract(3, 9_999), ("potential", "subscription", 3, 0));
        assert_eq!(contract(2, 10_000), ("potential", "subscription", 2, 0));
        let often = |interval, recency_days| {
            let interval_days = Some(interval);
            ranked(LtvFigures {
                interval_days,
                recency_days,
                ..none
            })
        };
        assert_eq!(often(60, 90), ("potential", "interval", 60, 60));
        assert_eq!(often(61, 90), general);
        assert_eq!(often(60, 91), general);
    }

    #[test]
    fn who_cancelled_and_has_no_contract_is_general() {
        let figures = LtvFigures {
            interval_days: Some(10),
            cancelled: 2,
            ..LtvFigures::default()
        };
        assert_eq!(ranked(figures), ("general", "cancelled", 2, 1));
        let restarted = LtvFigures {
            cycles: Some(0),
            ..figures
        };
        assert_eq!(ranked(restarted), ("potential", "subscription", 0, 0));
    }
}
