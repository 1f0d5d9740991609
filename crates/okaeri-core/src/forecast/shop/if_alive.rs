//! What customers share who have as many repeats and are as old: whatever they do while they are
//! with the shop. They differ in the chance of being so.

use super::super::counts::Counts;
use super::super::histories::History;
use super::super::model::{Model, rate_per_day};
use super::super::next::FOREVER;
use super::super::purchases::Distinct;
use super::super::season::Clock;
use super::super::smooth::Smooth;
use super::super::worth::{Bounds, Worth};
use super::fitted::Ages;
use super::spending::Spending;
use super::{FARTHEST_DAYS, Options, Row, Shared};

/// What is forecast with.
pub struct With<'a> {
    pub model: &'a Model,
    pub spending: &'a Spending,
    pub clock: &'a Clock,
    /// The horizon by the clock.
    pub time: f64,
    /// Ages by repeats, where there are many.
    pub ages: &'a [Ages],
    pub options: &'a Options,
}

/// The forecast of one who is with the shop for sure.
struct IfAlive {
    counts: Counts,
    purchases: f64,
    discounted: f64,
    residual: f64,
    buys: f64,
    next_day: [Option<i32>; 3],
    worth: Option<Worth>,
}

impl With<'_> {
    /// The forecast of each history; `order` has them by repeats and age.
    pub fn shared(&self, distinct: &Distinct, order: &[(u64, u32)]) -> Vec<Shared> {
        let mut all = vec![Shared::default(); distinct.rows.len()];
        for repeats in order.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
            let same = |a: &(u64, u32), b: &(u64, u32)| a.0 == b.0;
            let x = repeats.first().map_or(0, |(key, _)| (key >> 32) as u32);
            let residual = self.residual(x);
            for same in repeats.chunk_by(same) {
                let mut known: Option<IfAlive> = None;
                for (_, place) in same {
                    let place = *place as usize;
                    let (row, shared) = (distinct.rows.get(place), all.get_mut(place));
                    if let (Some(row), Some(shared)) = (row, shared) {
                        let known = known.get_or_insert_with(|| self.if_alive(row, &residual));
                        *shared = known.of(self.model.alive(row), self.options);
                    }
                }
            }
        }
        all
    }

    /// The rate by which later purchases are worth less, by the clock.
    fn discount(&self) -> f64 {
        rate_per_day(self.options.yearly_discount_rate) * self.clock.unit_days()
    }

    /// By how much more purchases are worth because the first occasion is not a whole period ahead,
    /// where there are occasions.
    fn early(&self) -> f64 {
        let Model::BgBb(_) = self.model else {
            return 1.0;
        };
        let ahead = self.clock.days_until(self.options.as_of_day, 1.0);
        let rate = rate_per_day(self.options.yearly_discount_rate);
        libm::exp(rate * (self.clock.unit_days() - ahead))
    }

    /// DERT of those with as many repeats who are with the shop, by the logarithm of α + age: it
    /// is dear, and smooth. `None` of few ages, which are taken one by one.
    fn residual(&self, x: u32) -> Option<Smooth> {
        let discount = self.discount();
        let is_dear = matches!(self.model, Model::BgNbd(_));
        if !is_dear || discount <= 0.0 {
            return None;
        }
        let ages = self.ages.iter().find(|ages| ages.x == x)?;
        let [_, alpha, ..] = self.model.parameters();
        let end = self.clock.at(self.options.as_of_day);
        let log = |first: i32| libm::log(alpha + (end - self.clock.at(first)));
        let of = |at: f64| {
            let row = History {
                x,
                recency: 0.0,
                age: libm::exp(at) - alpha,
                customers: 1.0,
            };
            self.model.residual_if_alive(&row, discount)
        };
        Some(Smooth::of(log(ages.last_day), log(ages.first_day), &of))
    }

    fn if_alive(&self, history: &History, residual: &Option<Smooth>) -> IfAlive {
        let Self { model, time, .. } = *self;
        let tail = (1.0 - self.options.level) / 2.0;
        let discount = self.discount();
        let mut counts = Counts::default();
        model.counts_if_alive(history, time, 0.1 * tail, &mut counts);
        let next = model.next_if_alive(history, [tail, 0.5, 1.0 - tail]);
        let purchases = model.purchases_if_alive(history, time);
        let (mut discounted, mut all) = (purchases, 0.0);
        if discount > 0.0 {
            let early = self.early();
            discounted = early * model.discounted_if_alive(history, time, discount);
            let at = libm::log(model.parameters()[1] + history.age);
            all = early
                * match residual {
                    Some(residual) => residual.at(at),
                    None => model.residual_if_alive(history, discount),
                };
        }
        IfAlive {
            purchases,
            discounted,
            residual: all,
            buys: 1.0 - next.never,
            next_day: next.times.map(|time| self.day(time)),
            worth: self.spending.worth(history.x, &counts),
            counts,
        }
    }

    fn day(&self, time: f64) -> Option<i32> {
        let as_of = self.options.as_of_day;
        let ahead = if time < FOREVER {
            self.clock.days_until(as_of, time)
        } else {
            time
        };
        (ahead <= f64::from(FARTHEST_DAYS)).then(|| as_of.saturating_add(libm::round(ahead) as i32))
    }
}

impl IfAlive {
    /// The forecast of one who is with the shop with the chance `alive`.
    fn of(&mut self, alive: f64, options: &Options) -> Shared {
        let tail = (1.0 - options.level) / 2.0;
        let quantile = |share: f64| f64::from(self.counts.quantile_of(alive, share));
        let purchases_bounds = Bounds {
            low: quantile(tail),
            high: quantile(1.0 - tail),
        };
        let worth = match &mut self.worth {
            // What is exceeded with a chance is so with a greater one by those who are there.
            Some(worth) => Bounds {
                low: worth.exceeded((1.0 - tail) / alive),
                high: worth.exceeded(tail / alive),
            },
            None => purchases_bounds,
        };
        Shared {
            row: Row {
                alive,
                purchases: alive * self.purchases,
                purchases_bounds,
                discounted: alive * self.discounted,
                residual: alive * self.residual,
                never: 1.0 - alive * self.buys,
                next_day: self.next_day,
                ..Row::default()
            },
            variance: self.counts.variance_of(alive),
            worth,
        }
    }
}
