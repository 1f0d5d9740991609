//! The forecast of the shop as a report: the model and how it did on a holdout, totals with
//! bounds, and the customers by how likely they are to be still with the shop.
//!
//! A fit needs everybody at once: the share of a shard is what its customers bought, and the
//! report is made of all of it together ([`share`]).

pub mod share;

use super::sheet::{Sheet, rounded};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Table, Values};
use crate::forecast::holdout::{Candidate, Comparison};
use crate::forecast::model;
use crate::forecast::optimum::Limit;
use crate::forecast::shop::{self, Note, Options};
use crate::list::List;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// What is asked; the day is that of the book.
    pub options: Options,
    /// The part of the value that is earned.
    pub gross_margin: f64,
}

static SPECS: [Spec; 1] = [Spec {
    name: "forecast_alive",
    // Tenths of the chance to be still with the shop: 0 is below 10 %, 9 from 90 % on.
    keys: &[("alive_tenth", Kind::Int)],
    sums: &[
        "customers",
        "amount",
        "value",
        "residual_value",
        "purchases_thousandth",
    ],
}];

impl Report for Forecast {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn forecast(&self) -> Option<Options> {
        Some(self.options)
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let Some(forecast) = shop.forecast else {
            return;
        };
        let people = shop.figures.iter();
        let people = people.map(|figures| (figures.amount, figures.person));
        self.count(people, forecast, tally);
    }

    fn finish_whole(&self, shop: &Shop<'_>, counted: &Counted, sheet: &mut Sheet) {
        if let Some(forecast) = shop.forecast {
            self.tables(forecast, counted, sheet);
        }
    }
}

impl Forecast {
    /// Counts customers, by amount and number, whose rows these are.
    pub fn count(
        &self,
        people: impl Iterator<Item = (i64, u32)>,
        forecast: &shop::Shop,
        tally: &mut Tally,
    ) {
        for ((amount, person), row) in people.zip(&forecast.rows) {
            let tenth = ((row.alive * 10.0) as i64).clamp(0, 9);
            let sums = [
                1,
                amount,
                rounded(row.value),
                rounded(self.options.margin * row.residual * row.amount),
                rounded(row.purchases * 1000.0),
            ];
            tally.add(0, person, &[tenth], &sums);
        }
    }

    /// The tables of everybody's forecast.
    pub fn tables(&self, forecast: &shop::Shop, counted: &Counted, sheet: &mut Sheet) {
        sheet.push("forecast", self.totals(forecast));
        let is_discounted = self.options.yearly_discount_rate > 0.0;
        sheet.push("forecast_alive", alive(counted, is_discounted));
        sheet.push("forecast_parameters", parameters(forecast));
        if let Some(season) = &forecast.season {
            let months = (1..).zip(season.months).unzip::<i64, f64, Vec<_>, Vec<_>>();
            let columns = vec![
                ("month_of_year", Values::Int(months.0)),
                ("index", Values::Real(months.1)),
            ];
            sheet.push("forecast_season", Table { columns });
        }
        if let Some(comparison) = &forecast.comparison {
            sheet.push("forecast_models", models(comparison));
            sheet.push("forecast_weeks", weeks(comparison));
            sheet.push("forecast_classes", classes(comparison));
        }
        for note in &forecast.notes {
            let (code, count) = noted(note);
            sheet.notes.push((code, count));
        }
    }

    /// One row: everybody.
    fn totals(&self, forecast: &shop::Shop) -> Table {
        let options = &self.options;
        let whole = |value: f64| Values::Int(vec![rounded(value)]);
        let real = |value: f64| Values::Real(vec![value]);
        let (purchases, value) = (&forecast.purchases, &forecast.value);
        // Without interest there need be no end.
        let is_discounted = options.yearly_discount_rate > 0.0;
        let residual = is_discounted.then_some(forecast.residual);
        let residual_value = is_discounted.then(|| rounded(forecast.residual_value));
        let earned = self.gross_margin * forecast.residual_value;
        let residual_gross_margin = is_discounted.then(|| rounded(earned));
        Table {
            columns: vec![
                ("model", Values::Name(vec![kind(forecast.fit.model.kind())])),
                (
                    "horizon_days",
                    Values::Int(vec![options.horizon_days.into()]),
                ),
                ("customers", Values::Int(vec![forecast.rows.len() as i64])),
                ("alive", real(forecast.alive)),
                ("purchases", real(purchases.expected)),
                ("purchases_low", real(purchases.bounds.low)),
                ("purchases_high", real(purchases.bounds.high)),
                ("value", whole(value.expected)),
                ("value_low", whole(value.bounds.low)),
                ("value_high", whole(value.bounds.high)),
                ("discounted_purchases", real(forecast.discounted)),
                ("residual_purchases", Values::MaybeReal(vec![residual])),
                ("residual_value", Values::MaybeInt(vec![residual_value])),
                ("gross_margin", whole(self.gross_margin * value.expected)),
                (
                    "residual_gross_margin",
                    Values::MaybeInt(vec![residual_gross_margin]),
                ),
                ("correlation", Values::MaybeReal(vec![forecast.correlation])),
            ],
        }
    }
}

fn alive(counted: &Counted, is_discounted: bool) -> Table {
    let mut table = counted.table("forecast_alive");
    for (name, values) in &mut table.columns {
        if *name == "residual_value"
            && !is_discounted
            && let Values::Int(found) = values
        {
            *values = Values::MaybeInt(vec![None; found.len()]);
        }
    }
    let thousandths = table.columns.pop();
    if let Some((_, Values::Int(thousandths))) = thousandths {
        let purchases = thousandths.into_iter().map(|n| n as f64 / 1000.0);
        let purchases = Values::Real(purchases.collect());
        table.columns.push(("purchases", purchases));
    }
    table
}

fn parameters(forecast: &shop::Shop) -> Table {
    let names: &[&'static str] = match forecast.fit.model.kind() {
        model::Kind::BgNbd | model::Kind::MbgNbd => &["r", "alpha", "a", "b"],
        model::Kind::ParetoNbd => &["r", "alpha", "s", "beta"],
        model::Kind::BgBb => &["alpha", "beta", "leaving_gamma", "leaving_delta"],
    };
    let spend = forecast.spend.iter().flatten();
    let spend = ["p", "q", "gamma"].into_iter().zip(spend.copied());
    let all = names.iter().copied().zip(forecast.fit.model.parameters());
    let (names, values) = all.chain(spend).unzip::<_, _, Vec<_>, Vec<_>>();
    Table {
        columns: vec![
            ("parameter", Values::Name(names)),
            ("value", Values::Real(values)),
        ],
    }
}

fn models(comparison: &Comparison) -> Table {
    let all = &comparison.candidates;
    let reals = |of: fn(&Candidate) -> f64| Values::Real(all.iter().map(of).into_list());
    let names = all.iter().map(|c| kind(c.choice.kind)).into_list();
    let seasonal = all.iter().map(|c| i64::from(c.choice.seasonal)).into_list();
    let chosen = (0..all.len()).map(|place| i64::from(place == comparison.best));
    let limits = all
        .iter()
        .map(|c| c.limit.map_or("none", limit))
        .into_list();
    let same = |value: i64| Values::Int(vec![value; all.len()]);
    Table {
        columns: vec![
            ("model", Values::Name(names)),
            ("seasonal", Values::Int(seasonal)),
            ("chosen", Values::Int(chosen.into_list())),
            ("cutoff_day", same(comparison.cutoff_day.into())),
            ("end_day", same(comparison.end_day.into())),
            ("customers", same(comparison.customers as i64)),
            ("predicted", reals(|c| c.predicted)),
            ("actual", Values::Real(vec![comparison.actual; all.len()])),
            ("score", reals(|c| c.score)),
            ("mean_error", reals(|c| c.mean_error)),
            ("bias", reals(|c| c.bias)),
            ("log_likelihood", reals(|c| c.log_likelihood)),
            ("aic", reals(|c| c.aic)),
            ("bic", reals(|c| c.bic)),
            ("limit", Values::Name(limits)),
        ],
    }
}

/// Cumulative purchases of the holdout by weeks or periods, as predicted by the chosen model and as they came.
fn weeks(comparison: &Comparison) -> Table {
    let chosen = comparison.candidates.get(comparison.best);
    let predicted = chosen
        .map(|chosen| chosen.weekly.clone())
        .unwrap_or_default();
    let ends = comparison.ends.iter().map(|day| i64::from(*day));
    Table {
        columns: vec![
            ("day", Values::Int(ends.into_list())),
            ("predicted", Values::Real(predicted)),
            ("actual", Values::Real(comparison.weekly_actual.clone())),
        ],
    }
}

/// By the number of repeat purchases before the holdout; 7 are 7 and more.
fn classes(comparison: &Comparison) -> Table {
    let classes = comparison
        .candidates
        .get(comparison.best)
        .map(|chosen| chosen.classes);
    let classes = classes.unwrap_or_default();
    let reals = |of: fn(&crate::forecast::holdout::Class) -> f64| {
        Values::Real(classes.iter().map(of).into_list())
    };
    Table {
        columns: vec![
            (
                "repeats",
                Values::Int((0..classes.len() as i64).into_list()),
            ),
            ("customers", reals(|class| class.customers)),
            ("predicted", reals(|class| class.predicted)),
            ("actual", reals(|class| class.actual)),
        ],
    }
}

fn kind(kind: model::Kind) -> &'static str {
    match kind {
        model::Kind::BgNbd => "bg_nbd",
        model::Kind::MbgNbd => "mbg_nbd",
        model::Kind::ParetoNbd => "pareto_nbd",
        model::Kind::BgBb => "bg_bb",
    }
}

fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::NoRepeat => "no_repeat",
        Limit::NoDropout => "no_dropout",
        Limit::SameDropout => "same_dropout",
        Limit::SplitDropout => "split_dropout",
        Limit::SameRate => "same_rate",
        Limit::SplitRate => "split_rate",
        Limit::SameSpend => "same_spend",
        Limit::OwnSpend => "own_spend",
        Limit::Undetermined => "undetermined",
    }
}

/// Code and count of a note; a count of 0 stands for the whole forecast.
fn noted(note: &Note) -> (&'static str, u64) {
    match note {
        Note::Limit(found) => match found {
            Limit::NoRepeat => ("forecast_no_repeat", 0),
            Limit::NoDropout => ("forecast_no_dropout", 0),
            Limit::SameDropout | Limit::SplitDropout => ("forecast_limit_dropout", 0),
            Limit::SameRate | Limit::SplitRate => ("forecast_limit_rate", 0),
            _ => ("forecast_limit", 0),
        },
        Note::SpendLimit(_) => ("forecast_limit_spend", 0),
        Note::NoHoldout => ("forecast_no_holdout", 0),
        Note::NoSeason => ("forecast_no_season", 0),
        Note::NoSpend => ("forecast_no_spend", 0),
        Note::InfiniteSpend => ("forecast_infinite_spend", 0),
        Note::NotYet(count) => ("forecast_not_yet", u64::from(*count)),
        Note::NotInPeriod(count) => ("forecast_not_in_period", u64::from(*count)),
        Note::NoOccasion => ("forecast_no_occasion", 0),
        Note::Compared(every) => ("forecast_compared", u64::from(*every)),
    }
}
