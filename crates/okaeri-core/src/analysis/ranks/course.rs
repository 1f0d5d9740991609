//! A customer's rank from day to day.
//!
//! It changes only on days on which an order comes in or falls out of the window, a year begins, or
//! grace ends, or at the end of their month, so the nights between are passed over.

use chrono::{Datelike, NaiveDate};

use super::{Fall, Held, Judged, Ladder, Window};
use crate::book::BookOrder;
use crate::zone::{date_of, day_of, first_day_of, month_of};

/// Never.
const NEVER: i32 = i32::MAX;

/// How a customer's rank has come about.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    ladder: &'a Ladder,
    orders: &'a [BookOrder],
    entered: usize,
    left: usize,
    /// The rank, 0 is the lowest.
    pub rank: u8,
    /// Amount and orders within the window.
    pub sums: [i64; 2],
    /// The day on which the rank is lost, and what there was when it was no longer kept.
    due: Option<(i32, [i64; 2])>,
    /// Years without the rank being kept.
    missed: u32,
    /// The day on which the next year begins.
    turn: i32,
    /// What the year before has earned.
    before: u8,
}

impl<'a> Course<'a> {
    /// Before the first order.
    pub fn new(ladder: &'a Ladder, orders: &'a [BookOrder]) -> Self {
        Course {
            ladder,
            orders,
            entered: 0,
            left: 0,
            rank: 0,
            sums: [0; 2],
            due: None,
            missed: 0,
            turn: NEVER,
            before: 0,
        }
    }

    /// Goes on to the evening of a day.
    pub fn go(&mut self, day: i32) {
        loop {
            let on = self.next();
            if on > day || on == NEVER {
                break;
            }
            self.step(on);
        }
    }

    /// Why the rank is held.
    pub fn held(&self) -> Held {
        if self.ladder.earned(&self.sums) >= self.rank {
            Held::Earned
        } else if self.ladder.keeps(self.rank, &self.sums) {
            Held::Kept
        } else if self.due.is_some() {
            Held::Grace
        } else if self.ladder.fall == Fall::Never {
            Held::ForGood
        } else {
            Held::CarriedOver
        }
    }

    /// The day on which the rank is lost if nothing is bought after a day, and what there was when
    /// it was no longer kept.
    pub fn lost(mut self, day: i32) -> Option<(i32, [i64; 2])> {
        let rank = self.rank;
        if rank == 0 || self.ladder.fall == Fall::Never {
            return None;
        }
        let bought = self.orders.partition_point(|order| order.day <= day);
        self.orders = self.orders.get(..bought).unwrap_or_default();
        loop {
            let on = self.next();
            if on == NEVER {
                return None;
            }
            let sums = self.due.map(|due| due.1);
            let left = self.step(on);
            if self.rank < rank {
                return Some((on, sums.unwrap_or(left)));
            }
        }
    }

    /// The next day on which something may change.
    fn next(&self) -> i32 {
        let comes = self.orders.get(self.entered).map_or(NEVER, |one| one.day);
        let goes = self
            .orders
            .get(self.left)
            .filter(|_| self.left < self.entered);
        let goes = goes.map_or(NEVER, |one| self.out_on(one));
        let turns = self.turn_of_next().unwrap_or(self.turn);
        let due = self.due.map_or(NEVER, |due| due.0);
        let on = comes.min(goes).min(due);
        let on = match self.ladder.judged {
            Judged::MonthEnds if on != NEVER => first_day_of(month_of(on) + 1) - 1,
            _ => on,
        };
        on.min(turns)
    }

    /// Takes in the orders up to a day, and out those that count no longer on it.
    pub fn enter(&mut self, day: i32) {
        while let Some(order) = self.orders.get(self.entered).filter(|one| one.day <= day) {
            self.sums = [self.sums[0].wrapping_add(order.amount), self.sums[1] + 1];
            self.entered += 1;
        }
        while self.left < self.entered
            && let Some(order) = self.orders.get(self.left)
            && self.out_on(order) <= day
        {
            self.sums = [self.sums[0].wrapping_sub(order.amount), self.sums[1] - 1];
            self.left += 1;
        }
    }

    /// Who has no rank and no orders in the window is in no year: that of the next order is the
    /// next one, whose end this is.
    fn turn_of_next(&self) -> Option<i32> {
        let is_idle = self.rank == 0 && self.sums == [0; 2];
        let next = || self.orders.get(self.entered);
        is_idle.then(|| next().map_or(NEVER, |order| self.turn_after(order.day)))
    }

    fn out_on(&self, order: &BookOrder) -> i32 {
        match self.ladder.window {
            Window::Days(days) if days > 0 => order.day.saturating_add(days),
            _ => NEVER,
        }
    }

    /// The first day of the year of the plan that begins after a day.
    fn turn_after(&self, day: i32) -> i32 {
        let Window::Year([month, of_month]) = self.ladder.window else {
            return NEVER;
        };
        let year = date_of(day).year();
        let starts = [year, year + 1].map(|year| NaiveDate::from_ymd_opt(year, month, of_month));
        let mut starts = starts.into_iter().flatten().map(day_of);
        starts.find(|start| *start > day).unwrap_or(NEVER)
    }

    /// What happens on a day; what there was before a year that begins on it, or else is then.
    fn step(&mut self, on: i32) -> [i64; 2] {
        let ladder = self.ladder;
        let mut judged = None;
        self.turn = self.turn_of_next().unwrap_or(self.turn);
        let by_years = ladder.judged == Judged::YearEnds;
        if on >= self.turn {
            self.enter(self.turn - 1);
            if self.rank > 0 || by_years {
                self.judge(on);
            }
            if by_years {
                self.rank = self.rank.max(self.before);
            }
            judged = Some(self.sums);
            self.sums = [0; 2];
        }
        if on >= self.turn || self.turn == NEVER {
            self.turn = self.turn_after(on);
        }
        self.enter(on);
        let sums = judged.unwrap_or(self.sums);
        let earned = ladder.earned(&self.sums);
        if earned >= self.rank || ladder.keeps(self.rank, &self.sums) {
            if !by_years {
                self.rank = self.rank.max(earned);
            }
            (self.due, self.missed) = (None, 0);
            return sums;
        }
        let by_days = matches!(ladder.window, Window::Days(_));
        if by_days && ladder.fall != Fall::Never && self.due.is_none() {
            self.due = Some((on.saturating_add(ladder.grace_days), self.sums));
        }
        if self.due.is_some_and(|due| due.0 <= on) {
            self.rank = match ladder.fall {
                Fall::OneStep => (self.rank - 1).max(earned),
                _ => earned.max(self.before),
            };
            (self.due, self.missed) = (None, 0);
            // One step at a time, each after its own grace.
            if by_days && !ladder.keeps(self.rank, &self.sums) {
                self.due = Some((on.saturating_add(ladder.grace_days.max(1)), self.sums));
            }
        }
        sums
    }

    /// Judges the rank by the year that is over.
    fn judge(&mut self, on: i32) {
        let ladder = self.ladder;
        self.before = ladder.earned(&self.sums);
        if ladder.keeps(self.rank, &self.sums) {
            self.missed = 0;
            return;
        }
        self.missed += 1;
        if self.missed > ladder.carry_over && ladder.fall != Fall::Never && self.due.is_none() {
            self.due = Some((on.saturating_add(ladder.grace_days), self.sums));
        }
    }
}
