//! The forecast of a whole shop in one go: which model, what it says of each customer and of all,
//! and how sure it is.
//!
//! The model is chosen by [`holdout::compare`](super::holdout::compare) and fitted anew on all
//! that is known. Where data are too few for something, a [`Note`] says what was done instead.

mod fitted;
mod if_alive;
mod spending;
mod total;

use fitted::by_age;
use if_alive::With;
use spending::Spending;
use total::Totals;

use super::holdout::{Choice, Comparison, compare};
use super::model::{Kind, Model};
use super::optimum::{Fit, Limit, Outcome};
use super::periods::Periods;
use super::purchases::{Distinct, Known, Purchases};
use super::season::{Clock, PRIOR_PURCHASES, Season};
use super::worth::Bounds;

pub use fitted::{Ages, Fitted};

/// Which model is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The one that does best in the holdout.
    Best,
    /// This one.
    Only(Kind),
}

/// What purchases are counted by: on how many days somebody bought, or in how many periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Every {
    /// Days.
    #[default]
    Day,
    /// So many calendar months.
    Months(i32),
    /// This season of every year; orders out of season do not count.
    Season(u8),
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The day of the question.
    pub as_of_day: i32,
    /// How far to look.
    pub horizon_days: u32,
    /// Yearly interest by which later purchases are worth less; 0.15 is 15 %, 0 none.
    pub yearly_discount_rate: f64,
    /// The part of an amount that is earned.
    pub margin: f64,
    /// Which model.
    pub model: Wanted,
    /// What purchases are counted by.
    pub every: Every,
    /// Whether months may have factors, if these do better in the holdout.
    pub seasonal: bool,
    /// The chance with which bounds hold: 0.95 of 95 %.
    pub level: f64,
    /// The holdout is as long as the horizon, but at most this part of the time observed.
    pub holdout_share: f64,
    /// At most about so many customers are compared in the holdout; of more, every so many-th.
    pub compared_customers: u32,
}

impl Options {
    /// A year ahead at 15 % a year, all of an amount, the best model, bounds of 95 %.
    pub fn on(as_of_day: i32) -> Self {
        Options {
            as_of_day,
            horizon_days: 365,
            yearly_discount_rate: 0.15,
            margin: 1.0,
            model: Wanted::Best,
            every: Every::Day,
            seasonal: false,
            level: 0.95,
            holdout_share: 1.0 / 3.0,
            compared_customers: 50_000,
        }
    }

    /// With what is not possible replaced by what is nearest.
    fn possible(mut self, by_periods: bool) -> Self {
        self.seasonal &= !by_periods;
        let within = |value: f64, low: f64, high: f64, other: f64| {
            if value.is_finite() {
                value.clamp(low, high)
            } else {
                other
            }
        };
        self.horizon_days = self.horizon_days.min(LONGEST_HORIZON);
        self.yearly_discount_rate = within(self.yearly_discount_rate, 0.0, 10.0, 0.0);
        self.margin = within(self.margin, 0.0, 1e6, 1.0);
        self.level = within(self.level, 0.01, 0.999, 0.95);
        self.holdout_share = within(self.holdout_share, 0.0, 0.9, 0.3);
        self
    }
}

/// 20 years.
const LONGEST_HORIZON: u32 = 7305;
/// 100 years: no next purchase is told beyond.
const FARTHEST_DAYS: i32 = 36_525;
/// A holdout is at least this long, and of at least so many customers; ours.
const LEAST_HOLDOUT: (i32, f64) = (14, 30.0);

/// What a reader must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The model of purchases and leaving stands at a limit. Its parameters are those of a model
    /// near it, and the bounds of totals are without the uncertainty of parameters.
    Limit(Limit),
    /// The model of amounts stands at a limit.
    SpendLimit(Limit),
    /// The time observed or the customers are too few for a holdout: the likelihood decided.
    NoHoldout,
    /// The seasons did not help in the holdout, or there was none: the forecast is without.
    NoSeason,
    /// Nobody's repeat purchases have amounts: all are taken to spend as the mean first purchase.
    NoSpend,
    /// The model of amounts has an infinite mean: customers without a repeat are taken to spend
    /// the mean of the others.
    InfiniteSpend,
    /// So many customers had not bought by the day; their rows are empty.
    NotYet(u32),
    /// Only every so many-th customer was compared.
    Compared(u32),
    /// So many customers had not bought in a period that is over; their rows are empty.
    NotInPeriod(u32),
    /// No period ends within the horizon.
    NoOccasion,
}

/// What is forecast of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// The chance that the customer is still with the shop.
    pub alive: f64,
    /// Purchases expected within the horizon.
    pub purchases: f64,
    /// The same with later ones worth less: discounted expected transactions (DET).
    pub discounted: f64,
    /// All later purchases without end, later ones worth less: discounted expected residual
    /// transactions (DERT); 0 without interest, under which they need have no end.
    pub residual: f64,
    /// Their bounds: whole numbers, within which they lie with at least the chance asked for.
    pub purchases_bounds: Bounds,
    /// What a purchase of the customer is expected to be worth; the whole amount.
    pub amount: f64,
    /// Margin of the purchases within the horizon, discounted.
    pub value: f64,
    /// Its bounds.
    pub value_bounds: Bounds,
    /// The chance that the customer never buys again.
    pub never: f64,
    /// The day of the next purchase if there is one: lower bound, median, upper bound. `None` of
    /// a day more than 100 years ahead.
    pub next_day: [Option<i32>; 3],
}

/// A sum over customers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Total {
    /// The expected sum.
    pub expected: f64,
    /// Its bounds: by chance and by the uncertainty of the parameters.
    pub bounds: Bounds,
    /// Variance by chance: of the sum if the parameters were known.
    pub chance_variance: f64,
    /// Variance by the parameters, to first order.
    pub parameter_variance: f64,
}

/// The forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Shop {
    /// The model, with parameters in days; of operational time, if there are seasons.
    pub fit: Fit<Model, 4>,
    /// The seasons, if they are used.
    pub season: Option<Season>,
    /// p, q, γ of the model of amounts, if there is one.
    pub spend: Option<[f64; 3]>,
    /// The correlation of a repeat customer's number of repeats with their mean amount, which
    /// the forecast of value takes to be nothing; `None` of fewer than two.
    pub correlation: Option<f64>,
    /// What a reader must know.
    pub notes: Vec<Note>,
    /// By customer, in the order of the purchases.
    pub rows: Vec<Row>,
    /// Customers expected to be still with the shop.
    pub alive: f64,
    /// Purchases of all within the horizon.
    pub purchases: Total,
    /// Margin of all, discounted.
    pub value: Total,
    /// The sum of [`Row::discounted`].
    pub discounted: f64,
    /// The sum of [`Row::residual`].
    pub residual: f64,
    /// Margin of all later purchases, discounted: the residual lifetime value of the customers.
    pub residual_value: f64,
    /// The models in the holdout, if there was one.
    pub comparison: Option<Comparison>,
    /// What the rows follow from.
    pub fitted: Fitted,
}

/// What is the same for all customers of a history.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    row: Row,
    variance: f64,
    /// Bounds of what is bought, in units of the customer's scale of amounts.
    worth: Bounds,
}

/// Forecasts what every customer of `purchases` will do. Purchases after the day are not looked
/// at. Whatever the data, all numbers are finite.
///
/// With `periods`, purchases count by them, and so does the horizon: the periods that end within
/// it. Seasons are then left out.
pub fn forecast(purchases: &Purchases, options: Options, periods: Option<&Periods>) -> Shop {
    let options = options.possible(periods.is_some());
    let as_of = options.as_of_day;
    let mut notes = Vec::new();
    let first_day = purchases.span(as_of).map_or(as_of, |(first, _)| first);
    let by_periods = periods.map(|periods| periods.purchases(purchases));
    let purchases = by_periods.as_ref().unwrap_or(purchases);
    let comparison = comparison(purchases, &options, periods, &mut notes);
    let (origin, _) = purchases.span(as_of).unwrap_or((as_of, as_of));
    let days = match periods {
        None => Clock::days(origin),
        Some(periods) => Clock::of_periods(periods, origin, as_of.saturating_add(FARTHEST_DAYS)),
    };
    let mut distinct = Distinct::of(purchases, as_of, 1, &days);
    let best = (comparison.as_ref()).and_then(|c| c.candidates.get(c.best).map(|best| best.choice));
    let kind = match options.model {
        Wanted::Only(kind) => Some(kind),
        // Likelihoods of days and of periods are not of the same.
        Wanted::Best => (best.map(|best| best.kind)).or(periods.map(|_| Kind::BgBb)),
    };
    let mut fit = fit(&distinct, kind);
    let (mut clock, mut season) = (days, None);
    if best.is_some_and(|best| best.seasonal) {
        let found = Season::of(purchases, as_of, &fit.model, PRIOR_PURCHASES);
        let last = as_of.saturating_add(LONGEST_HORIZON as i32);
        clock = Clock::of(&found, origin, last);
        season = Some(found);
        distinct = Distinct::of(purchases, as_of, 1, &clock);
        fit = Model::fit(fit.model.kind(), &distinct.histories());
        fit.log_likelihood += found.log_speed(purchases, as_of, &distinct);
    } else if options.seasonal {
        notes.push(Note::NoSeason);
    }
    notes.extend(fit.limit.map(Note::Limit));
    let spending = Spending::of(purchases, as_of, &mut notes);
    let end = as_of.saturating_add(options.horizon_days as i32);
    let time = clock.at(end) - clock.at(as_of);
    if periods.is_some() && time < 1.0 {
        notes.push(Note::NoOccasion);
    }
    let order = by_age(&distinct);
    let fitted = Fitted {
        first_day,
        origin,
        model: fit.model,
        season,
        spend: spending.fit.map(|fit| fit.model),
        mean_spend: spending.mean,
        ages: Ages::of(&order),
    };
    let with = With {
        model: &fit.model,
        spending: &spending,
        clock: &clock,
        time,
        ages: &fitted.ages,
        options: &options,
    };
    let shared = with.shared(&distinct, &order);
    let mut totals = Totals::of(&shared);
    let rows = with.rows(
        purchases,
        &distinct,
        &shared,
        &mut |place, shared, known, row| {
            totals.add(place, shared, known, row, &spending);
        },
    );
    let missing = rows.len() as f64 - distinct.rows.iter().map(|row| row.customers).sum::<f64>();
    if missing > 0.0 {
        notes.push(match periods {
            None => Note::NotYet(missing as u32),
            Some(_) => Note::NotInPeriod(missing as u32),
        });
    }
    let sum = |of: fn(&Row) -> f64| rows.iter().map(of).sum::<f64>();
    let (purchases, value) = totals.sums(&fit, &distinct.rows, &spending, time, &options);
    Shop {
        season,
        spend: spending.parameters(),
        correlation: spending.correlation,
        notes,
        alive: sum(|row| row.alive),
        discounted: sum(|row| row.discounted),
        residual: sum(|row| row.residual),
        residual_value: options.margin * sum(|row| row.residual * row.amount),
        rows,
        purchases,
        value,
        comparison,
        fit,
        fitted,
    }
}

impl Shop {
    /// What a shard knows of the forecast: the rows of its customers, and no totals.
    pub fn of_rows(rows: Vec<Row>, fitted: Fitted) -> Self {
        Shop {
            fit: told(fitted.model),
            season: fitted.season,
            spend: None,
            correlation: None,
            notes: Vec::new(),
            rows,
            alive: 0.0,
            purchases: Total::default(),
            value: Total::default(),
            discounted: 0.0,
            residual: 0.0,
            residual_value: 0.0,
            comparison: None,
            fitted,
        }
    }
}

/// A model of which nothing is known but what it is.
fn told<M, const N: usize>(model: M) -> Fit<M, N> {
    Fit {
        model,
        log_likelihood: 0.0,
        standard_errors: None,
        log_covariance: None,
        outcome: Outcome::Converged,
        limit: None,
        evaluations: 0,
    }
}

/// The rows alone, of some of the shop's customers: as [`forecast`] has them that was made of all
/// and of which `fitted` is told.
pub fn rows(
    purchases: &Purchases,
    options: Options,
    periods: Option<&Periods>,
    fitted: &Fitted,
) -> Vec<Row> {
    let options = options.possible(periods.is_some());
    let as_of = options.as_of_day;
    let by_periods = periods.map(|periods| periods.purchases(purchases));
    let purchases = by_periods.as_ref().unwrap_or(purchases);
    let clock = fitted.clock(periods, as_of);
    let distinct = Distinct::of(purchases, as_of, 1, &clock);
    let end = as_of.saturating_add(options.horizon_days as i32);
    let with = With {
        model: &fitted.model,
        spending: &Spending::told(fitted.spend, fitted.mean_spend),
        clock: &clock,
        time: clock.at(end) - clock.at(as_of),
        ages: &fitted.ages,
        options: &options,
    };
    let shared = with.shared(&distinct, &by_age(&distinct));
    with.rows(purchases, &distinct, &shared, &mut |_, _, _, _| ())
}

impl With<'_> {
    /// The row of each customer, by the histories that they share; `each` is called for those who
    /// had bought, with the place of the history.
    fn rows(
        &self,
        purchases: &Purchases,
        distinct: &Distinct,
        shared: &[Shared],
        each: &mut dyn FnMut(usize, &Shared, &Known, &Row),
    ) -> Vec<Row> {
        let rows = (purchases.customers().zip(&distinct.of)).map(|(days, place)| {
            let known = Known::of(days, self.options.as_of_day);
            let place = *place as usize;
            match (known, shared.get(place)) {
                (Some(known), Some(shared)) => {
                    let row = row(shared, &known, self.spending, self.options.margin);
                    each(place, shared, &known, &row);
                    row
                }
                _ => Row::default(),
            }
        });
        rows.collect()
    }
}

/// The holdout, where there can be one and something to choose.
fn comparison(
    purchases: &Purchases,
    options: &Options,
    periods: Option<&Periods>,
    notes: &mut Vec<Note>,
) -> Option<Comparison> {
    let kinds: &[Kind] = match &options.model {
        Wanted::Best if periods.is_some() => &Kind::BY_PERIODS,
        Wanted::Best => &Kind::ALL,
        Wanted::Only(kind) => std::slice::from_ref(kind),
    };
    let mut choices = Vec::new();
    for kind in kinds {
        for seasonal in [false, true] {
            if options.seasonal || !seasonal {
                choices.push(Choice {
                    kind: *kind,
                    seasonal,
                });
            }
        }
    }
    let stride = purchases
        .len()
        .div_ceil(options.compared_customers.max(1) as usize);
    let found = purchases.span(options.as_of_day).and_then(|(first, _)| {
        let seen = f64::from(options.as_of_day.saturating_sub(first)) * options.holdout_share;
        let length = (seen as i32).min(options.horizon_days as i32);
        if length < LEAST_HOLDOUT.0 {
            return None;
        }
        let mut days = [options.as_of_day.saturating_sub(length), options.as_of_day];
        if let Some(periods) = periods {
            for day in &mut days {
                *day = periods.last_end(*day)?;
            }
        }
        let [cutoff, end] = days;
        compare(purchases, &choices, cutoff, end, stride, periods)
            .filter(|comparison| comparison.customers >= LEAST_HOLDOUT.1)
    });
    match &found {
        None => notes.push(Note::NoHoldout),
        Some(_) if stride > 1 => notes.push(Note::Compared(stride as u32)),
        Some(_) => {}
    }
    found
}

/// The model of this kind, or else the likeliest.
fn fit(distinct: &Distinct, kind: Option<Kind>) -> Fit<Model, 4> {
    let data = distinct.histories();
    if let Some(kind) = kind {
        return Model::fit(kind, &data);
    }
    let mut likeliest = Model::fit(Kind::BgNbd, &data);
    for kind in [Kind::MbgNbd, Kind::ParetoNbd] {
        let fit = Model::fit(kind, &data);
        if fit.log_likelihood > likeliest.log_likelihood {
            likeliest = fit;
        }
    }
    likeliest
}

fn row(shared: &Shared, known: &Known, spending: &Spending, margin: f64) -> Row {
    let amount = spending.amount(known);
    // Later purchases count less: the bounds shrink as the mean does.
    let part = if shared.row.purchases > 0.0 {
        shared.row.discounted / shared.row.purchases
    } else {
        1.0
    };
    let scale = margin * part * spending.scale(known);
    Row {
        amount,
        value: margin * shared.row.discounted * amount,
        value_bounds: Bounds {
            low: scale * shared.worth.low,
            high: scale * shared.worth.high,
        },
        ..shared.row
    }
}
