//! CPM: customers by level and by whether they still buy (CPM分析, 顧客ポートフォリオマネジメント).
//!
//! Five levels times active or lapsed (西野博道, やずや; the thresholds and names are LTV-Lab's). A
//! level is what ordered rules over orders, tenure and amount say; a customer has lapsed when the
//! last order is at least so many days ago, unless it is one who sends gifts alone. An amount of exactly the bound belongs to the higher
//! level, where LTV-Lab's text has it in both (ours).

use super::typical::Typical;
use crate::book::BookOrder;
use crate::gifts::shipments::Senders;
use crate::rules::{self, Rule};

/// Measures of a rule: the number of orders.
pub const ORDERS: usize = 0;
/// Days from the first order to the last (在籍期間).
pub const TENURE_DAYS: usize = 1;
/// Sum of all orders, in minor units.
pub const AMOUNT: usize = 2;

/// The levels: 初回, よちよち, コツコツ, 流行, 優良.
pub const LEVELS: [&str; 5] = ["first", "toddler", "steady", "trend", "loyal"];

/// The groups: the levels active (現役), then lapsed (離脱).
pub const GROUPS: [&str; 10] = [
    "first_active",
    "toddler_active",
    "steady_active",
    "trend_active",
    "loyal_active",
    "first_lapsed",
    "toddler_lapsed",
    "steady_lapsed",
    "trend_lapsed",
    "loyal_lapsed",
];

/// Where a bound comes from.
pub const SOURCES: [&str; 4] = ["ltv_lab", "average_order_value", "purchase_cycle", "own"];

/// The bounds of the usual procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Tenure in days from which a repeater is no よちよち any more.
    pub steady_days: i64,
    /// Tenure from which one above the amount is 優良 and no 流行 any more.
    pub loyal_days: i64,
    /// Days since the last order from which a customer has lapsed.
    pub lapse_days: i64,
    /// Amount from which one is more than コツコツ, in minor units.
    pub amount: i64,
}

/// LTV-Lab's own numbers.
pub const LTV_LAB: Bounds = Bounds {
    steady_days: 90,
    loyal_days: 210,
    lapse_days: 240,
    amount: 70_000,
};

/// How the bounds are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// [`LTV_LAB`].
    LtvLab,
    /// As LTV-Lab, but the amount is seven average orders (MakeRepeater), in whole 1,000.
    SevenAov,
    /// Days by the purchase cycle, so that 30 days give LTV-Lab's (ours); the amount as `SevenAov`.
    Fit,
    /// The shop's own bounds.
    Own(Bounds),
    /// The shop's own rules, best level first; whoever holds none is 初回.
    Rules {
        /// The rules; groups are places in [`LEVELS`].
        rules: Vec<Rule<3>>,
        /// Days since the last order from which a customer has lapsed.
        lapse_days: i64,
    },
}

/// One bound, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The bound.
    pub value: i64,
    /// Place in [`SOURCES`].
    pub source: usize,
    /// What it was fitted by, as a fraction: the average order, the cycle in days.
    pub fitted_by: (i64, i64),
}

impl Origin {
    fn given(value: i64, source: usize) -> Self {
        Origin {
            value,
            source,
            fitted_by: (0, 0),
        }
    }
}

/// The groups in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cpm {
    /// Best level first.
    pub rules: Vec<Rule<3>>,
    /// Tenure bounds, lapse bound and amount bound; with own rules the lapse bound alone is there.
    pub bounds: [Option<Origin>; 4],
    lapse_days: i64,
}

/// The rules of the usual procedure.
fn usual(bounds: &Bounds) -> Vec<Rule<3>> {
    let again = |level| Rule::any(level).at_least(ORDERS, 2);
    let steady = |level| again(level).at_least(TENURE_DAYS, bounds.steady_days);
    let rich = |level| steady(level).at_least(AMOUNT, bounds.amount);
    vec![
        rich(4).at_least(TENURE_DAYS, bounds.loyal_days.max(bounds.steady_days)),
        rich(3),
        steady(2),
        again(1),
    ]
}

impl Cpm {
    /// The groups that a preset means in a shop; `typical` has what it is fitted by, and no more.
    /// Where there is nothing to fit by, a bound is LTV-Lab's.
    pub fn of(preset: &Preset, typical: Typical) -> Self {
        let Typical {
            value,
            cycle_doubled: cycle,
        } = typical;
        let amount = |fallback: i64| match value.rounded(7, 1_000) {
            Some(amount) => Origin {
                value: amount,
                source: 1,
                fitted_by: (value.amount, value.orders),
            },
            None => Origin::given(fallback, 0),
        };
        let days = |factor: i64, fallback: i64| match cycle {
            // Half a day upwards.
            Some(doubled) => Origin {
                value: doubled.saturating_mul(factor).saturating_add(1) / 2,
                source: 2,
                fitted_by: (doubled, 2),
            },
            None => Origin::given(fallback, 0),
        };
        let origins = match preset {
            Preset::Rules { rules, lapse_days } => {
                let lapse = Some(Origin::given(*lapse_days, 3));
                return Cpm {
                    rules: rules.clone(),
                    bounds: [None, None, lapse, None],
                    lapse_days: *lapse_days,
                };
            }
            Preset::Own(own) => [own.steady_days, own.loyal_days, own.lapse_days, own.amount]
                .map(|value| Origin::given(value, 3)),
            Preset::LtvLab | Preset::SevenAov | Preset::Fit => [
                days(3, LTV_LAB.steady_days),
                days(7, LTV_LAB.loyal_days),
                days(8, LTV_LAB.lapse_days),
                amount(LTV_LAB.amount),
            ],
        };
        let [steady_days, loyal_days, lapse_days, amount] = origins.map(|origin| origin.value);
        Cpm {
            rules: usual(&Bounds {
                steady_days,
                loyal_days,
                lapse_days,
                amount,
            }),
            bounds: origins.map(Some),
            lapse_days,
        }
    }

    /// Place in [`LEVELS`] of a customer with so many orders, at least one.
    #[inline]
    pub fn level(&self, orders: i64, tenure_days: i64, amount: i64) -> u8 {
        rules::group(&self.rules, 0, &[orders, tenure_days, amount])
    }

    /// Place in [`GROUPS`] of a customer of a level whose last order is so many days ago.
    #[inline]
    pub fn group(&self, level: u8, recency_days: i64) -> u8 {
        let lapsed = if recency_days >= self.lapse_days {
            5
        } else {
            0
        };
        level + lapsed
    }
}

/// A customer on one day after another: the days that are asked for ascend.
pub struct Path<'a> {
    cpm: &'a Cpm,
    senders: Option<&'a Senders<'a>>,
    orders: &'a [BookOrder],
    taken: usize,
    amount: i64,
    level: u8,
    days: (i32, i32),
}

impl<'a> Path<'a> {
    /// Before the first order.
    pub fn new(cpm: &'a Cpm, orders: &'a [BookOrder]) -> Self {
        Path {
            cpm,
            senders: None,
            orders,
            taken: 0,
            amount: 0,
            level: 0,
            days: (0, 0),
        }
    }

    /// The same, where who sends gifts alone does not lapse by days.
    pub fn of_sender(self, senders: Option<&'a Senders<'a>>) -> Self {
        Path { senders, ..self }
    }

    /// Whether the customer would have lapsed by a day, up to which the path was asked, but sends
    /// gifts alone.
    pub fn is_gift_only(&self, day: i32) -> bool {
        let orders = self.orders.get(..self.taken).unwrap_or_default();
        let is_over = i64::from(day) - i64::from(self.days.1) >= self.cpm.lapse_days;
        is_over
            && self
                .senders
                .is_some_and(|senders| senders.is_gift_only(orders, day))
    }

    /// The last day, from the one on that the path was asked for last, on which the group is sure
    /// to be the same.
    pub fn until(&self, day: i32) -> i32 {
        let next = self.orders.get(self.taken);
        let comes = next.map_or(i32::MAX, |order| order.day.saturating_sub(1));
        let lapses = i64::from(self.days.1) + self.cpm.lapse_days;
        let stays = match i64::from(day) < lapses {
            true => i32::try_from(lapses - 1).unwrap_or(i32::MAX),
            false if self.senders.is_some() => day,
            false => i32::MAX,
        };
        comes.min(stays)
    }

    /// The group on the evening of a day; `None` before the first order.
    pub fn on(&mut self, day: i32) -> Option<u8> {
        let before = self.taken;
        while let Some(order) = self.orders.get(self.taken).filter(|o| o.day <= day) {
            let first = if self.taken == 0 {
                order.day
            } else {
                self.days.0
            };
            self.days = (first, order.day);
            self.amount = self.amount.wrapping_add(order.amount);
            self.taken += 1;
        }
        if self.taken == 0 {
            return None;
        }
        let (first, last) = self.days;
        if self.taken != before {
            let tenure = i64::from(last) - i64::from(first);
            self.level = self.cpm.level(self.taken as i64, tenure, self.amount);
        }
        if self.is_gift_only(day) {
            return Some(self.level);
        }
        let recency = i64::from(day) - i64::from(last);
        Some(self.cpm.group(self.level, recency))
    }
}
