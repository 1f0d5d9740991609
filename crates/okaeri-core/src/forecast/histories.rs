//! Purchase histories, compressed: what the models of purchase and dropout are fitted on.

use super::optimum::{Optimum, Point};
use super::search::maximise_by_parts;

/// How many histories a search begins with, where there are several times more.
pub(super) const PART: usize = 4096;
/// Of no more histories the Hessian is taken of all.
pub(super) const HESSIAN: usize = 65_536;

/// No time, amount or number of customers is greater: beyond, sums would lose single customers.
pub(super) const MOST: f64 = 1e15;

/// What a customer did: `x` days with a purchase after the first, the last of them at `recency`,
/// seen until `age`. Times count from the first purchase. `customers` have this same history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// Repeat purchases; those of one day are one.
    pub x: u32,
    /// Time of the last purchase; 0 without a repeat.
    pub recency: f64,
    /// Time until which the customer was seen.
    pub age: f64,
    /// How many customers; a whole number, or a weight.
    pub customers: f64,
}

impl History {
    /// Whether a customer can have this history. Forecasts are for such customers only.
    pub fn is_possible(&self) -> bool {
        let last = if self.x == 0 {
            self.recency == 0.0 && self.age >= 0.0
        } else {
            self.recency > 0.0 && self.recency <= self.age
        };
        last && self.age <= MOST && self.customers >= 0.0 && self.customers <= MOST
    }
}

/// Rows that no customer can have: the place of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible(pub usize);

/// Distinct histories in columns, with the distinct values of each column beside, so that a
/// likelihood takes its logarithms once a value and not once a row.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    pub(super) rows: Vec<Row>,
    /// Distinct numbers of repeats, ascending, with the customers that have them.
    pub(super) repeats: Vec<(u32, f64)>,
    /// Distinct times, ascending: recencies and ages.
    pub(super) times: Vec<f64>,
    pub(super) customers: f64,
}

/// A distinct history: places in the lists of distinct values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub repeats: u32,
    pub recency: u32,
    pub age: u32,
    pub customers: f64,
}

impl Histories {
    /// Compresses histories, in any order and with repetition; those without customers fall away.
    ///
    /// # Errors
    ///
    /// The place of the first row that no customer can have: a last purchase after the end, or
    /// at 0 with repeats, or elsewhere without; something negative, not a number, or above 10¹⁵.
    pub fn new(mut histories: Vec<History>) -> Result<Self, Impossible> {
        if let Some(place) = histories.iter().position(|row| !row.is_possible()) {
            return Err(Impossible(place));
        }
        histories.retain(|row| row.customers > 0.0);
        histories.sort_unstable_by(|a, b| {
            (a.x.cmp(&b.x))
                .then(a.recency.total_cmp(&b.recency))
                .then(a.age.total_cmp(&b.age))
        });
        histories.dedup_by(|next, row| {
            let same = (next.x, next.recency, next.age) == (row.x, row.recency, row.age);
            if same {
                row.customers += next.customers;
            }
            same
        });
        let mut times: Vec<f64> = (histories.iter())
            .flat_map(|row| [row.recency, row.age])
            .collect();
        times.sort_unstable_by(f64::total_cmp);
        times.dedup();
        let place = |time: f64| times.partition_point(|t| *t < time) as u32;
        let mut repeats: Vec<(u32, f64)> = Vec::new();
        let mut rows = Vec::with_capacity(histories.len());
        for row in &histories {
            match repeats.last_mut() {
                Some((x, customers)) if *x == row.x => *customers += row.customers,
                _ => repeats.push((row.x, row.customers)),
            }
            rows.push(Row {
                repeats: repeats.len() as u32 - 1,
                recency: place(row.recency),
                age: place(row.age),
                customers: row.customers,
            });
        }
        let customers = repeats.iter().map(|(_, customers)| customers).sum();
        Ok(Histories {
            rows,
            repeats,
            times,
            customers,
        })
    }

    /// The distinct histories.
    pub(super) fn histories(&self) -> impl Iterator<Item = History> {
        self.rows.iter().map(|row| History {
            x: (self.repeats.get(row.repeats as usize)).map_or(0, |(x, _)| *x),
            recency: self.time(row.recency),
            age: self.time(row.age),
            customers: row.customers,
        })
    }

    /// The number of customers.
    pub fn customers(&self) -> f64 {
        self.customers
    }

    /// The number of distinct histories.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// About `rows` of the distinct histories, each for those that are left out beside it. The few
    /// that many customers share are all kept.
    pub(super) fn part(&self, rows: usize) -> Self {
        let stride = self.rows.len().div_ceil(rows.max(1)).max(1);
        let many = self.customers / rows.max(1) as f64;
        let mut part = Histories {
            rows: Vec::new(),
            repeats: self.repeats.iter().map(|(x, _)| (*x, 0.0)).collect(),
            times: self.times.clone(),
            customers: 0.0,
        };
        for (place, row) in self.rows.iter().enumerate() {
            let mut row = *row;
            if row.customers <= many {
                if place % stride != 0 {
                    continue;
                }
                row.customers *= stride as f64;
            }
            if let Some((_, customers)) = part.repeats.get_mut(row.repeats as usize) {
                *customers += row.customers;
            }
            part.customers += row.customers;
            part.rows.push(row);
        }
        part
    }

    /// Maximises the likelihood `function` of logarithms of parameters from `start`: of many
    /// histories, by way of parts of them. Of more than [`HESSIAN`], standard errors are by a part
    /// of half as many.
    pub(super) fn maximise<const N: usize>(
        &self,
        start: [f64; N],
        function: impl Fn(&Histories, &[f64; N]) -> Point<N>,
    ) -> Optimum<N> {
        let mut parts = Vec::new();
        if self.rows.len() > 4 * PART {
            parts.push(self.part(PART));
        }
        if self.rows.len() > HESSIAN {
            parts.push(self.part(HESSIAN / 2));
        }
        let of = |place: usize| parts.get(place).unwrap_or(self);
        let weights: Vec<f64> = (0..=parts.len()).map(|p| of(p).customers).collect();
        maximise_by_parts(start, &weights, &|place, at| function(of(place), at))
    }

    /// All repeat purchases.
    pub(super) fn purchases(&self) -> f64 {
        (self.repeats.iter())
            .map(|(x, customers)| f64::from(*x) * customers)
            .sum()
    }

    /// The mean age; 0 of nobody.
    pub(super) fn mean_age(&self) -> f64 {
        let sum: f64 = (self.rows.iter())
            .map(|row| self.time(row.age) * row.customers)
            .sum();
        if self.customers > 0.0 {
            sum / self.customers
        } else {
            0.0
        }
    }

    pub(super) fn time(&self, place: u32) -> f64 {
        self.times.get(place as usize).copied().unwrap_or(0.0)
    }
}
