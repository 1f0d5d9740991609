//! Member ranks (会員ランク): what a customer's orders within a window earn and keep.
//!
//! A rank is earned by an amount, a number of orders, or both, and kept by somewhat less. The orders
//! that count are those of a rolling window, whose ranks are judged every night, or of a year,
//! whose ranks are judged when it is over (ebisumart, サブスクストア and STACK agree in these parts).
//! A customer rises at once. One who can no longer keep a rank falls to what is earned, or one
//! step, or never, after days of grace; and a person may set a customer's rank.

mod course;

use super::typical::OrderValue;
use crate::book::BookOrder;
use crate::ledger::Ledger;
use crate::ledger::contacts::Contacts;
use crate::people::PersonKeys;
use crate::rules::{self, Rule};
use course::Course;

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

/// What it takes to rise to a rank, and to keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Amount within the window.
    pub amount: Wanted,
    /// Orders within the window.
    pub orders: i64,
    /// Amount and orders that keep it; as the plan's percent says where `None`.
    pub keep: [Option<i64>; 2],
}

/// Which orders count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Those of so many days, a day's own included; 0: of all.
    Days(i32),
    /// Those since this month and day of the year came last, which is at most the 28th. Ranks rise
    /// at once and are judged when the year is over.
    Year([u32; 2]),
}

/// When ranks are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Judged {
    /// Every night.
    #[default]
    Nightly,
    /// On the last night of each month, and when a year is over.
    MonthEnds,
    /// When a year is over: nobody rises within it.
    YearEnds,
}

/// What becomes of a rank that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fall {
    /// It is kept all the same.
    Never,
    /// The rank below.
    OneStep,
    /// The rank that is earned.
    ToEarned,
}

/// A plan of ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The ranks above the lowest, which everybody has; each asks for more than the one before.
    pub ranks: Vec<Rank>,
    /// What earns a rank.
    pub basis: Basis,
    /// Which orders count.
    pub window: Window,
    /// When ranks are judged.
    pub judged: Judged,
    /// Percent of a rank's conditions that keep it.
    pub keep_percent: i64,
    /// What becomes of a rank that is not kept.
    pub fall: Fall,
    /// Days that it is held all the same.
    pub grace_days: i32,
    /// Years of a plan by years that a rank is held without being kept.
    pub carry_over: u32,
    /// Whether the postage of an order is a part of its amount.
    pub postage: bool,
    /// Customers, by key, whose rank a person has set.
    pub pinned: Vec<(String, u8)>,
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
    window: Window,
    judged: Judged,
    fall: Fall,
    grace_days: i32,
    carry_over: u32,
    postage: bool,
    up_rules: Vec<Rule<2>>,
    keep_rules: Vec<Rule<2>>,
}

/// Why a customer has a rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// The orders of the window earn it.
    #[default]
    Earned,
    /// They keep it.
    Kept,
    /// Those of an earlier year did.
    CarriedOver,
    /// They no longer do, and the days of grace are not over.
    Grace,
    /// They no longer do, but nobody falls.
    ForGood,
    /// A person has set it.
    Pinned,
}

/// Names of [`Held`], in its order.
pub const HELD: [&str; 6] = [
    "earned",
    "kept",
    "carried_over",
    "grace",
    "for_good",
    "pinned",
];

/// Where a customer stands on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The rank, 0 is the lowest.
    pub rank: u8,
    /// Why it is held.
    pub held: Held,
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
    /// The day on which the rank is lost if nothing is bought.
    pub falls_on: Option<i32>,
    /// Amount missing to keep it beyond, and orders, as for the next.
    pub amount_to_keep: Option<i64>,
    /// See [`Standing::amount_to_keep`].
    pub orders_to_keep: Option<i64>,
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
        let kept = plan.ranks.iter().zip(&up).map(|(rank, bar)| {
            let [amount, orders] = bar.map(part);
            let [own_amount, own_orders] = rank.keep;
            [own_amount.unwrap_or(amount), own_orders.unwrap_or(orders)]
        });
        let keep: Vec<Bar> = kept.collect();
        Ladder {
            up_rules: ladder(&up, plan.basis),
            keep_rules: ladder(&keep, plan.basis),
            up,
            keep,
            basis: plan.basis,
            window: plan.window,
            judged: plan.judged,
            fall: plan.fall,
            grace_days: plan.grace_days,
            carry_over: plan.carry_over,
            postage: plan.postage,
        }
    }

    /// Whether the amount, and whether the number of orders, plays a part.
    pub fn counts(&self) -> [bool; 2] {
        [self.basis != Basis::Orders, self.basis != Basis::Amount]
    }

    fn earned(&self, sums: &[i64; 2]) -> u8 {
        rules::group(&self.up_rules, 0, sums)
    }

    fn keeps(&self, rank: u8, sums: &[i64; 2]) -> bool {
        rules::group(&self.keep_rules, 0, sums) >= rank || self.earned(sums) >= rank
    }

    /// Where a customer stands on the evening of a day, from all orders up to it.
    pub fn standing(&self, orders: &[BookOrder], day: i32) -> Standing {
        let mut course = Course::new(self, orders);
        course.go(day);
        let (held, lost) = (course.held(), course.lost(day));
        // What has come since the last night on which ranks were judged.
        course.enter(day);
        let Course { rank, sums, .. } = course;
        let missing = |bars: &[Bar], place: Option<usize>, sums: [i64; 2]| {
            let bar = place.and_then(|place| bars.get(place));
            let of = |measure: usize| {
                let bar = bar.filter(|_| self.counts().get(measure) == Some(&true))?;
                Some(bar.get(measure)?.saturating_sub(*sums.get(measure)?).max(0))
            };
            [of(0), of(1)]
        };
        let next = usize::from(rank);
        let [amount_to_next, orders_to_next] = missing(&self.up, Some(next), sums);
        let place = lost.and(next.checked_sub(1));
        let left = lost.map_or(sums, |(_, left)| left);
        let [amount_to_keep, orders_to_keep] = missing(&self.keep, place, left);
        Standing {
            rank,
            held,
            next_rank: self.up.get(next).map(|_| rank + 1),
            amount_to_next,
            orders_to_next,
            window_amount: sums[0],
            window_orders: sums[1],
            falls_on: lost.map(|(day, _)| day),
            amount_to_keep,
            orders_to_keep,
        }
    }
}

/// Customers whose rank a person has set.
#[derive(Clone, Debug, Default)]
pub struct Pins(Vec<(u32, u8)>);

impl Pins {
    /// Those of a plan who are here.
    pub fn of(plan: &Plan, keys: &PersonKeys, contacts: &Contacts) -> Self {
        let pinned = plan.pinned.iter();
        let found = pinned.filter_map(|(key, rank)| Some((keys.find(contacts, key)?, *rank)));
        Pins(found.collect())
    }

    /// Where a customer stands, pinned or by the plan.
    pub fn standing(
        &self,
        person: u32,
        ladder: &Ladder,
        (ledger, orders): (&Ledger, &[BookOrder]),
        day: i32,
    ) -> Standing {
        let standing = if ladder.postage {
            let with_postage = |order: &BookOrder| BookOrder {
                amount: order
                    .amount
                    .saturating_add(ledger.postage(order.row).unwrap_or_default()),
                ..*order
            };
            let orders: Vec<BookOrder> = orders.iter().map(with_postage).collect();
            ladder.standing(&orders, day)
        } else {
            ladder.standing(orders, day)
        };
        match self.0.iter().find(|(pinned, _)| *pinned == person) {
            None => standing,
            Some((_, rank)) => Standing {
                rank: *rank,
                held: Held::Pinned,
                window_amount: standing.window_amount,
                window_orders: standing.window_orders,
                ..Standing::default()
            },
        }
    }
}

#[cfg(test)]
mod tests;
