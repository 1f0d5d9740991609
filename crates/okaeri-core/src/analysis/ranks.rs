//! Member ranks (会員ランク): what a customer's orders within a window earn and keep.
//!
//! A rank is earned by an amount, a number of orders, or both, and kept by somewhat less; ranks
//! are judged every night (ebisumart, サブスクストア and STACK agree in these parts). A customer
//! rises at once. One who can no longer keep a rank falls to what is earned, or never falls.

use super::typical::OrderValue;
use crate::book::BookOrder;
use crate::rules::{self, Rule};

/// What earns a rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The amount.
    Amount,
    /// The number of orders.
    Orders,
    /// Either of them.
    #[default]
    Either,
    /// Both.
    Both,
}

/// An amount that a plan asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Minor units.
    Given(i64),
    /// So many average orders of the shop.
    AverageOrders(i64),
}

/// What it takes to rise to a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Amount within the window.
    pub amount: Wanted,
    /// Orders within the window.
    pub orders: i64,
}

/// A plan of ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The ranks above the lowest, which everybody has; each asks for more than the one before.
    pub ranks: Vec<Rank>,
    /// What earns a rank.
    pub basis: Basis,
    /// Days that an order counts, its own day included; 0: for life.
    pub window_days: i32,
    /// Percent of a rank's conditions that keep it.
    pub keep_percent: i64,
    /// Whether a rank that is not kept is lost.
    pub falls: bool,
}

/// What a rank asks for, as plain numbers: amount and orders.
pub type Bar = [i64; 2];

/// A plan in a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// What it takes to rise to each rank above the lowest.
    pub up: Vec<Bar>,
    /// What it takes to keep it.
    pub keep: Vec<Bar>,
    basis: Basis,
    window_days: i32,
    falls: bool,
    up_rules: Vec<Rule<2>>,
    keep_rules: Vec<Rule<2>>,
}

/// Where a customer stands on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The rank, 0 is the lowest.
    pub rank: u8,
    /// The next one; `None` on the highest.
    pub next_rank: Option<u8>,
    /// Amount still missing for it; `None` where the amount does not count.
    pub amount_to_next: Option<i64>,
    /// Orders still missing for it; `None` where their number does not count.
    pub orders_to_next: Option<i64>,
    /// Amount within the window.
    pub window_amount: i64,
    /// Orders within the window.
    pub window_orders: i64,
}

/// The highest rank first; of either, the amount and then the orders.
fn ladder(bars: &[Bar], basis: Basis) -> Vec<Rule<2>> {
    let mut rules = Vec::new();
    for (place, bar) in bars.iter().enumerate().rev() {
        let [amount, orders] = *bar;
        let any = Rule::any((place as u8).saturating_add(1));
        match basis {
            Basis::Amount => rules.push(any.at_least(0, amount)),
            Basis::Orders => rules.push(any.at_least(1, orders)),
            Basis::Both => rules.push(any.at_least(0, amount).at_least(1, orders)),
            Basis::Either => {
                rules.extend([any.at_least(0, amount), any.at_least(1, orders)]);
            }
        }
    }
    rules
}

impl Ladder {
    /// The plan where an average order is worth so much. A shop without orders has nobody to
    /// rank; its average is taken for 0.
    pub fn of(plan: &Plan, value: OrderValue) -> Self {
        let amount = |wanted| match wanted {
            Wanted::Given(amount) => amount,
            Wanted::AverageOrders(count) => value.least(count).unwrap_or_default(),
        };
        let ranks = plan.ranks.iter();
        let up: Vec<Bar> = ranks
            .map(|rank| [amount(rank.amount), rank.orders])
            .collect();
        let part = |whole: i64| whole.saturating_mul(plan.keep_percent).saturating_add(99) / 100;
        let keep: Vec<Bar> = up.iter().map(|bar| bar.map(part)).collect();
        Ladder {
            up_rules: ladder(&up, plan.basis),
            keep_rules: ladder(&keep, plan.basis),
            up,
            keep,
            basis: plan.basis,
            window_days: plan.window_days,
            falls: plan.falls,
        }
    }

    /// Whether the amount, and whether the number of orders, plays a part.
    pub fn counts(&self) -> [bool; 2] {
        [self.basis != Basis::Orders, self.basis != Basis::Amount]
    }

    /// The rank after a night, of one who had `rank` and has these sums.
    #[inline]
    fn after(&self, rank: u8, sums: &[i64; 2]) -> u8 {
        let earned = rules::group(&self.up_rules, 0, sums);
        if earned >= rank || !self.falls {
            return earned.max(rank);
        }
        if rules::group(&self.keep_rules, 0, sums) >= rank {
            rank
        } else {
            earned
        }
    }

    /// Where a customer stands on the evening of a day, from all orders up to it. A rank changes
    /// only on days on which an order comes in or falls out of the window, so the nights between
    /// are passed over.
    pub fn standing(&self, orders: &[BookOrder], day: i32) -> Standing {
        let out_on = |order: &BookOrder| match self.window_days {
            0 => i32::MAX,
            days => order.day.saturating_add(days),
        };
        let (mut entered, mut left) = (0, 0);
        let mut sums = [0i64; 2];
        let mut rank = 0;
        loop {
            let comes = orders.get(entered).map_or(i32::MAX, |order| order.day);
            let goes = orders
                .get(left)
                .filter(|_| left < entered)
                .map_or(i32::MAX, out_on);
            let on = comes.min(goes);
            if on > day || on == i32::MAX {
                break;
            }
            while let Some(order) = orders.get(entered).filter(|order| order.day <= on) {
                sums = [sums[0].wrapping_add(order.amount), sums[1] + 1];
                entered += 1;
            }
            while left < entered
                && let Some(order) = orders.get(left).filter(|order| out_on(order) <= on)
            {
                sums = [sums[0].wrapping_sub(order.amount), sums[1] - 1];
                left += 1;
            }
            rank = self.after(rank, &sums);
        }
        let next = self.up.get(usize::from(rank));
        let missing = |measure: usize| {
            let bar = next.filter(|_| self.counts().get(measure) == Some(&true))?;
            let (bar, sum) = (bar.get(measure)?, sums.get(measure)?);
            Some(bar.saturating_sub(*sum).max(0))
        };
        Standing {
            rank,
            next_rank: next.map(|_| rank + 1),
            amount_to_next: missing(0),
            orders_to_next: missing(1),
            window_amount: sums[0],
            window_orders: sums[1],
        }
    }
}

#[cfg(test)]
mod tests;
