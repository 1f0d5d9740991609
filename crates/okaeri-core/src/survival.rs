//! How long until the next purchase, when many are still waiting: the curve of Kaplan and Meier.
//!
//! Counts come in grouped: on which day after the start how many bought ([`Observed::events`]),
//! and how many were last seen then, still waiting ([`Observed::censored`]). Who waits still is
//! neither left out, which would make the gaps look short, nor taken for lost.
//!
//! The curve (Kaplan & Meier 1958) has Greenwood's variance (1926) and the 95 % band on the scale
//! of ln(−ln S), which stays between 0 and 1 (Kalbfleisch & Prentice 2002, 1.4); quantiles have
//! the band of Brookmeyer & Crowley (1982) read off the same scale. Who is censored on a day was
//! at risk on that day. Beyond the last day seen nothing is known unless everybody bought, and
//! then nothing is said.
//!
//! [`hazard`] has the chance of each day or week, and the day on which it peaks; [`gaps`] counts
//! the days from one order to the next.

pub mod gaps;
pub mod hazard;

#[cfg(test)]
mod tests;

use crate::interval::{Band, Z95};
use crate::order::sort_numbers;

/// What was seen on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Days since the start.
    pub day: u32,
    /// To whom it happened on this day.
    pub events: u32,
    /// Who was last seen on this day, and to whom it had not happened.
    pub censored: u32,
}

/// The curve from a day on which something was seen to before the next one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Days since the start.
    pub day: u32,
    /// Who was still waiting as the day began.
    pub at_risk: u64,
    /// To whom it happened on this day.
    pub events: u64,
    /// Who was last seen on this day, still waiting.
    pub censored: u64,
    /// S, the share still waiting after this day.
    pub survival: f64,
    /// Greenwood's variance of S; 0 where S is 0 or 1.
    pub variance: f64,
    /// ln S, summed so that nothing is lost near S = 1.
    log: f64,
    /// Greenwood's sum of d / (n (n − d)): the variance of ln S.
    sum: f64,
}

impl Point {
    /// The 95 % band of S. `None` where S is 0 or 1: the formula says nothing there.
    pub fn band(&self) -> Option<Band> {
        if self.survival == 0.0 || self.sum == 0.0 {
            return None;
        }
        let stretch = libm::exp(Z95 * self.sum.sqrt() / -self.log);
        Some(Band {
            low: libm::exp(self.log * stretch),
            high: libm::exp(self.log / stretch),
        })
    }

    /// The standard error of S.
    pub fn error(&self) -> f64 {
        self.variance.sqrt()
    }
}

/// What kind of data there was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody was seen: there is no curve.
    Nobody,
    /// It happened to nobody: the curve stays at 1.
    NoEvent,
    /// It happened on day 0 or was never seen: nothing is known of later days but that.
    OnlyDayZero,
    /// There is a curve.
    Estimated,
}

/// What is known beyond the last day seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tail {
    /// Nobody was seen.
    Nobody,
    /// It happened to everybody who was still seen on `day`: S is 0 from there on.
    Closed {
        /// The last day.
        day: u32,
    },
    /// Some were still waiting on the last day, and how they go on is not known.
    Open {
        /// The last day.
        day: u32,
        /// S on that day, where the curve ends.
        survival: f64,
        /// Who was last seen on that day, still waiting.
        waiting: u64,
    },
}

/// The day by which it has happened to a given share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The share to whom it has happened.
    pub share: f64,
    /// The first such day. `None`: the curve ends before.
    pub day: Option<u32>,
    /// Lower end of the 95 % band. `None`: the data set no bound below.
    pub low: Option<u32>,
    /// Upper end of the 95 % band. `None`: the data set no bound above.
    pub high: Option<u32>,
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Days on which something was seen, ascending.
    pub points: Vec<Point>,
    /// Everybody: [`Self::events`] and [`Self::censored`] together.
    pub customers: u64,
    /// To whom it happened.
    pub events: u64,
    /// To whom it had not happened when last seen.
    pub censored: u64,
    /// What kind of data there was.
    pub outcome: Outcome,
}

/// Rounding in a product of thousands of factors; shares of customers lie further apart.
const ROUNDING: f64 = 1e-12;

impl Curve {
    /// The curve of `observed`, in any order; days may occur more than once, so that parts of a shop
    /// are put together by putting their rows one after the other.
    pub fn of(observed: &[Observed]) -> Self {
        let mut rows = observed.to_vec();
        sort_numbers(&mut rows, |row| row.day.into());
        let sum = |rows: &[Observed]| {
            rows.iter().fold((0u64, 0u64), |(events, censored), row| {
                let more = (u64::from(row.events), u64::from(row.censored));
                (events + more.0, censored + more.1)
            })
        };
        let (all_events, all_censored) = sum(&rows);
        let customers = all_events + all_censored;
        let mut curve = Curve {
            points: Vec::new(),
            customers,
            events: all_events,
            censored: all_censored,
            outcome: Outcome::Nobody,
        };
        let mut running = Running::default();
        let mut at_risk = customers;
        for day in rows.chunk_by(|a, b| a.day == b.day) {
            let (events, censored) = sum(day);
            let Some(first) = day.first().filter(|_| events + censored > 0) else {
                continue;
            };
            running.step(events, at_risk);
            curve.points.push(Point {
                day: first.day,
                at_risk,
                events,
                censored,
                survival: running.survival,
                variance: running.survival * running.survival * running.sum,
                log: running.log,
                sum: running.sum,
            });
            at_risk -= events + censored;
        }
        let later = |point: &Point| point.day > 0 && point.events > 0;
        curve.outcome = match (customers, all_events) {
            (0, _) => Outcome::Nobody,
            (_, 0) => Outcome::NoEvent,
            _ if curve.points.iter().any(later) => Outcome::Estimated,
            _ => Outcome::OnlyDayZero,
        };
        curve
    }

    /// The point that holds on `day`; `None` before the first one.
    pub fn point(&self, day: u32) -> Option<&Point> {
        let after = self.points.partition_point(|point| point.day <= day);
        self.points.get(after.checked_sub(1)?)
    }

    /// S(day), the share still waiting after `day`. `None` beyond the last day seen, unless it
    /// has happened to everybody, and `None` if nobody was seen.
    pub fn survival(&self, day: u32) -> Option<f64> {
        let last = self.points.last()?;
        match self.point(day) {
            None => Some(1.0),
            Some(point) if day <= last.day || point.survival == 0.0 => Some(point.survival),
            Some(_) => None,
        }
    }

    /// What is known beyond the last day seen.
    pub fn tail(&self) -> Tail {
        match self.points.last() {
            None => Tail::Nobody,
            Some(last) if last.survival == 0.0 => Tail::Closed { day: last.day },
            Some(last) => Tail::Open {
                day: last.day,
                survival: last.survival,
                waiting: last.censored,
            },
        }
    }

    /// The first day by which it has happened to `share`, 0 < share < 1; no other share has a
    /// day.
    pub fn quantile(&self, share: f64) -> Quantile {
        let is_share = share > 0.0 && share < 1.0;
        let left = 1.0 - share + ROUNDING;
        let first = |has_fallen: &dyn Fn(&Point) -> bool| {
            let mut points = self.points.iter().filter(|_| is_share);
            points.find(|point| has_fallen(point)).map(|p| p.day)
        };
        Quantile {
            share,
            day: first(&|point| point.survival <= left),
            low: first(&|point| point.band().is_some_and(|band| band.low <= left)),
            // S lies within its band, which costs more to ask for.
            high: first(&|point| {
                point.survival <= left && point.band().is_some_and(|band| band.high <= left)
            }),
        }
    }

    /// The first quartile, the median and the third quartile.
    pub fn quartiles(&self) -> [Quantile; 3] {
        [0.25, 0.5, 0.75].map(|share| self.quantile(share))
    }
}

/// The curve under way.
struct Running {
    survival: f64,
    log: f64,
    sum: f64,
}

impl Default for Running {
    fn default() -> Self {
        Running {
            survival: 1.0,
            log: 0.0,
            sum: 0.0,
        }
    }
}

impl Running {
    /// It happens to `events` of `at_risk`.
    fn step(&mut self, events: u64, at_risk: u64) {
        if events == 0 {
            return;
        }
        if events == at_risk {
            self.survival = 0.0;
            return;
        }
        let (d, n) = (events as f64, at_risk as f64);
        self.survival *= (n - d) / n;
        self.log += libm::log1p(-d / n);
        self.sum += d / (n * (n - d));
    }
}
