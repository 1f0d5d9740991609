//! How long contracts last (定期継続): the curve so far, models that carry it on, and what it is worth.
//!
//! By cycles and by days the curve is Kaplan and Meier's: who waits is neither left out nor lost.
//! sBG and BdW are fitted on cycles, judged by cycles that they did not see, and the nearer one
//! forecasts. A contract's residual value is the payments to come, each the last delivery's
//! amount, discounted by the year.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Table, Values};
use crate::list::List;
use crate::order::sorted;
use crate::subscription::lifetime::{
    Ends, Fitted, Life, MODELS, Models, REASONS, limit_name, per_cycle,
};
use crate::subscription::risk::CYCLES_MAX;
use crate::subscription::{Chosen, Contract, PerPerson, SEEN, Status, Subscriptions, Unread};
use crate::survival::{Curve, Observed};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractRetention {
    /// Which contracts.
    pub chosen: Chosen,
    /// Cycles beyond those seen that are forecast.
    pub ahead: u32,
    /// The last cycle that the models judged by later ones may know; half of them when absent.
    pub cutoff: Option<u32>,
    /// What a yen in a year is worth less, in basis points.
    pub discount_rate: u32,
    /// Products that have a row.
    pub top: u32,
}

static SPECS: [Spec; 7] = [
    Spec {
        name: "cycles",
        keys: &[("cycle", Kind::Int)],
        sums: &[
            "customers",
            "contracts",
            "cancelled",
            "waiting",
            "completed",
        ],
    },
    Spec {
        name: "days",
        keys: &[("day", Kind::Int)],
        sums: &["cancelled", "waiting"],
    },
    Spec {
        name: "ages",
        keys: &[("cycle", Kind::Int)],
        sums: &[
            "customers",
            "contracts",
            "amount",
            "cycle_days",
            "with_cycle",
        ],
    },
    Spec {
        name: "by_product",
        keys: &[("product", Kind::Product)],
        sums: &[
            "customers",
            "contracts",
            "cancelled",
            "waiting",
            "completed",
            "amount",
            "cycle_days",
            "with_cycle",
        ],
    },
    Spec {
        name: "lifetimes",
        keys: &[("product", Kind::Product), ("cycle", Kind::Int)],
        sums: &["cancelled", "kept"],
    },
    SEEN,
    Spec {
        name: "decisions",
        keys: &[("cycle", Kind::Int)],
        sums: &["decided"],
    },
];

/// Days between rows of the curve by days.
const STEP_DAYS: u32 = 30;
/// Days of a cycle where no contract tells them.
const USUAL_DAYS: f64 = 30.4375;

impl ContractRetention {
    /// Counts contracts that were read.
    pub(super) fn count_all(
        &self,
        subscriptions: &Subscriptions,
        takes: impl Fn(&Contract) -> bool,
        tally: &mut Tally,
    ) {
        subscriptions.unread.tally(tally, 5);
        let as_of = subscriptions.as_of_day;
        let mut rows = PerPerson::new(tally);
        for theirs in subscriptions
            .contracts
            .chunk_by(|a, b| a.person == b.person)
        {
            if let Some(contract) = theirs.first() {
                rows.person(contract.person);
            }
            for contract in theirs.iter().filter(|contract| takes(contract)) {
                count(contract, as_of, &mut rows);
            }
        }
    }
}

fn count(contract: &Contract, as_of: i32, rows: &mut PerPerson<'_>) {
    let status = contract.status(as_of).unwrap_or_default();
    let cycle = i64::from(contract.cycles(as_of).min(CYCLES_MAX));
    let cancelled = i64::from(status == Status::Cancelled);
    let completed = i64::from(status == Status::Completed);
    let alive = i64::from(status.is_alive());
    let product = contract.product;
    let with_cycle = i64::from(contract.cycle_days > 0);
    let cycle_days = i64::from(contract.cycle_days);
    let amount = contract.amount();
    rows.add(0, &[cycle], [0, 1, cancelled, alive, completed]);
    let key = [product, cycle];
    let person = rows.person_now();
    rows.tally()
        .add(4, person, &key, &[cancelled, alive + completed]);
    // Who cancelled before the first delivery did not decide on a renewal.
    for renewal in 1..cycle + cancelled {
        rows.tally().add(6, person, &[renewal], &[1]);
    }
    let sums = [
        0, 1, cancelled, alive, completed, amount, cycle_days, with_cycle,
    ];
    rows.add(3, &[product], sums);
    if alive == 1 {
        rows.add(2, &[cycle], [0, 1, amount, cycle_days, with_cycle]);
    }
    let until = match contract.end {
        None => Some(as_of),
        Some((_, day)) => day,
    };
    if let Some(until) = until {
        let days = i64::from(until.saturating_sub(contract.start_day).max(0));
        rows.tally()
            .add(1, person, &[days], &[cancelled, alive + completed]);
    }
}

impl Report for ContractRetention {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let subscriptions = Subscriptions::of(shop);
        let takes = self.chosen.takes(shop.ledger, shop.book);
        self.count_all(&subscriptions, takes, tally);
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let ends = ends(counted, None);
        let models = Models::of(&ends, self.cutoff);
        sheet.push("cycles", cycles(counted, &ends));
        sheet.push("days", days(counted));
        sheet.push("models", models_table(models.as_ref()));
        sheet.push("holdout", holdout(models.as_ref(), &ends));
        sheet.push("forecast", self.forecast(models.as_ref(), &ends));
        sheet.push("ages", self.ages(models.as_ref(), counted));
        sheet.push("by_product", self.by_product(counted));
        let early = ends.cancelled.first().copied().unwrap_or_default();
        sheet.note("cancelled_before_delivery", early.into());
        let is_limited = models.as_ref().is_some_and(|models| {
            let shown = models.fits.get(models.shown);
            shown.is_some_and(|fit| fit.limit.is_some())
        });
        sheet.note("model_at_limit", is_limited.into());
        sheet.note("no_model", models.is_none().into());
        Unread::note(counted, sheet);
    }
}

/// Contracts by cycles, of one product or of all.
fn ends(counted: &Counted, product: Option<i64>) -> Ends {
    let mut ends = Ends::default();
    for row in counted.rows("lifetimes") {
        if let [of, cycle, cancelled, kept] = row
            && product.is_none_or(|product| product == *of)
            && let Ok(cycle) = usize::try_from(*cycle)
        {
            ends.add(cycle.min(CYCLES_MAX as usize), *cancelled, *kept);
        }
    }
    ends
}

/// Columns of the curve after cycle or day: survival and its band.
fn push_curve(table: &mut Table, curve: &Curve, at: impl Iterator<Item = u32>) {
    let mut columns = [Vec::new(), Vec::new(), Vec::new()];
    for at in at {
        let survival = curve.survival(at);
        let band = survival.and_then(|_| curve.point(at)?.band());
        let values = [
            survival,
            band.map(|band| band.low),
            band.map(|band| band.high),
        ];
        for (column, value) in columns.iter_mut().zip(values) {
            column.push(value);
        }
    }
    table.push_rates(["survival", "survival_low", "survival_high"], columns);
}

fn cycles(counted: &Counted, ends: &Ends) -> Table {
    let mut table = counted.table("cycles");
    let keys: Vec<u32> = counted
        .rows("cycles")
        .map(|row| row.first().map_or(0, |cycle| *cycle as u32))
        .into_list();
    // Of these each cycle has a row, from the first to the last that somebody decided on.
    let decisions: Vec<i64> = counted
        .rows("decisions")
        .filter_map(|row| row.get(1).copied())
        .into_list();
    let decided = keys.iter().map(|cycle| {
        let place = (*cycle as usize).checked_sub(1);
        let found = place.and_then(|place| decisions.get(place));
        found.copied().unwrap_or_default()
    });
    table
        .columns
        .push(("decided", Values::Int(decided.into_list())));
    push_curve(&mut table, &ends.curve(), keys.into_iter());
    table
}

/// The curve by days, every so many of them.
fn days(counted: &Counted) -> Table {
    let observed: Vec<Observed> = counted
        .rows("days")
        .filter_map(|row| match row {
            [day, cancelled, waiting] => Some(Observed {
                day: u32::try_from(*day).ok()?,
                events: u32::try_from(*cancelled).ok()?,
                censored: u32::try_from(*waiting).ok()?,
            }),
            _ => None,
        })
        .into_list();
    let curve = Curve::of(&observed);
    let last = curve.points.last().map(|point| point.day);
    let days: Vec<u32> = (0..=last.unwrap_or(0))
        .step_by(STEP_DAYS as usize)
        .filter(|_| last.is_some())
        .into_list();
    let sums = |select: &dyn Fn(&crate::survival::Point) -> u64| -> Vec<i64> {
        let within = |day: &u32| {
            let points = curve.points.iter().filter(|point| {
                let from = day.saturating_sub(STEP_DAYS);
                point.day <= *day && (point.day > from || *day == 0)
            });
            points.map(select).sum::<u64>() as i64
        };
        days.iter().map(within).into_list()
    };
    let at_risk = days.iter().map(|day| {
        let next = curve.points.iter().find(|point| point.day >= *day);
        next.map_or(0, |point| point.at_risk as i64)
    });
    let mut table = Table {
        columns: vec![
            (
                "day",
                Values::Int(days.iter().map(|day| i64::from(*day)).into_list()),
            ),
            ("at_risk", Values::Int(at_risk.into_list())),
            ("cancelled", Values::Int(sums(&|point| point.events))),
            ("waiting", Values::Int(sums(&|point| point.censored))),
        ],
    };
    push_curve(&mut table, &curve, days.into_iter());
    table
}

fn models_table(models: Option<&Models>) -> Table {
    let fits: Vec<(usize, &Fitted)> = models
        .into_iter()
        .flat_map(|models| models.fits.iter().enumerate())
        .into_list();
    let name = |place: &usize| MODELS.get(*place).copied().unwrap_or_default();
    let shown = models.map(|models| models.shown);
    let is_shown = |place: &usize| Some(*place) == shown;
    let why = models.and_then(|models| REASONS.get(models.why)).copied();
    let mut table = Table {
        columns: vec![
            (
                "model",
                Values::Name(fits.iter().map(|(place, _)| name(place)).into_list()),
            ),
            (
                "is_shown",
                Values::Int(fits.iter().map(|(p, _)| is_shown(p).into()).into_list()),
            ),
            (
                "why",
                Values::Name(fits.iter().map(|_| why.unwrap_or_default()).into_list()),
            ),
            (
                "limit",
                Values::Name(fits.iter().map(|(_, f)| limit_name(f.limit)).into_list()),
            ),
        ],
    };
    let column = |value: &dyn Fn(&Fitted) -> Option<f64>| -> Vec<Option<f64>> {
        fits.iter().map(|(_, fit)| value(fit)).into_list()
    };
    let parameter =
        |place: usize| column(&|fit: &Fitted| fit.life.parameters().get(place).copied().flatten());
    table.push_rates(
        ["a", "b", "c", "log_likelihood", "aic", "holdout_error"],
        [
            parameter(0),
            parameter(1),
            parameter(2),
            column(&|fit| Some(fit.log_likelihood)),
            column(&|fit| Some(fit.aic)),
            column(&|fit| fit.error),
        ],
    );
    table
}

/// What the models that knew only the cycles up to the cutoff said of the later ones. The row of
/// a cycle has the chance to reach it.
fn holdout(models: Option<&Models>, ends: &Ends) -> Table {
    let before = models.and_then(|models| Some((models, models.before.as_ref()?)));
    let decisions: Vec<u32> = before
        .map(|(models, _)| (models.cutoff as u32 + 1..=models.until as u32).into_list())
        .unwrap_or_default();
    let curve = ends.curve();
    let mut table = Table {
        columns: vec![(
            "cycle",
            Values::Int(decisions.iter().map(|n| i64::from(*n) + 1).into_list()),
        )],
    };
    let of = |place: usize| -> Vec<Option<f64>> {
        let fit = before.and_then(|(_, fits)| fits.get(place));
        let value = |decision: &u32| fit.map(|fit| fit.life.survival(*decision));
        decisions.iter().map(value).into_list()
    };
    let actual = decisions.iter().map(|decision| curve.survival(*decision));
    table.push_rates(["actual", "sbg", "bdw"], [actual.into_list(), of(0), of(1)]);
    table
}

impl ContractRetention {
    /// The chance of a new contract to reach each cycle: so far, and by the models.
    fn forecast(&self, models: Option<&Models>, ends: &Ends) -> Table {
        let seen = ends.cancelled.len().max(ends.kept.len()).saturating_sub(1) as u32;
        let last = if models.is_some() {
            seen.saturating_add(self.ahead)
        } else {
            seen
        };
        let cycles = 1..=last;
        let mut table = Table {
            columns: vec![(
                "cycle",
                Values::Int(cycles.clone().map(i64::from).into_list()),
            )],
        };
        push_curve(
            &mut table,
            &ends.curve(),
            cycles.clone().map(|cycle| cycle - 1),
        );
        let of = |place: usize| -> Vec<Option<f64>> {
            let fit = models.and_then(|models| models.fits.get(place));
            let value = |cycle: u32| fit.map(|fit| fit.life.survival(cycle - 1));
            cycles.clone().map(value).into_list()
        };
        let shown = of(models.map_or(0, |models| models.shown));
        table.push_rates(["sbg", "bdw", "shown"], [of(0), of(1), shown]);
        table
    }

    /// A contract after so many renewals: cycles to come within those ahead, and their worth.
    fn worth(&self, life: Life, renewals: u32, amount: f64, days: f64) -> (f64, Option<f64>) {
        let discount = per_cycle(self.discount_rate, days);
        let residual = life
            .residual(renewals, discount)
            .map(|value| value * amount);
        (life.remaining(renewals, self.ahead), residual)
    }

    fn ages(&self, models: Option<&Models>, counted: &Counted) -> Table {
        let life = models.map(Models::life);
        let mut table = counted.table("ages");
        drop_columns(&mut table, &["cycle_days", "with_cycle"]);
        let mut columns = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for row in counted.rows("ages") {
            let [cycle, _, contracts, amount, cycle_days, with_cycle] = row else {
                continue;
            };
            let mean = share(*amount, *contracts).unwrap_or(0.0);
            let days = share(*cycle_days, *with_cycle).unwrap_or(USUAL_DAYS);
            let renewals = u32::try_from(*cycle)
                .ok()
                .and_then(|cycle| cycle.checked_sub(1));
            let worth = life.zip(renewals);
            let worth = worth.map(|(life, renewals)| self.worth(life, renewals, mean, days));
            let residual = worth.and_then(|(_, residual)| residual);
            let values = [
                Some(mean),
                worth.map(|(remaining, _)| remaining),
                residual,
                residual.map(|value| value * *contracts as f64),
            ];
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
        let names = [
            "mean_amount",
            "remaining_cycles",
            "residual_value",
            "residual_sum",
        ];
        table.push_rates(names, columns);
        table
    }

    /// The products with most contracts, each with its own model.
    fn by_product(&self, counted: &Counted) -> Table {
        let rows: Vec<&[i64]> = counted.rows("by_product").into_list();
        let contracts = |row: &[i64]| row.get(2).copied().unwrap_or_default();
        let mut rows = sorted(rows, |a, b| contracts(b).cmp(&contracts(a)));
        rows.truncate(self.top as usize);
        let names = counted.table("by_product");
        let mut table = Table::default();
        for (place, (name, _)) in names.columns.iter().enumerate().take(6) {
            let values = rows.iter().map(|row| row.get(place).copied().unwrap_or(-1));
            let values = values.into_list();
            table.columns.push((
                *name,
                if place == 0 {
                    Values::Product(values)
                } else {
                    Values::Int(values)
                },
            ));
        }
        let mut shown = Vec::new();
        let mut columns = [const { Vec::new() }; 6];
        for row in &rows {
            let Some(
                [
                    product,
                    _,
                    contracts,
                    _,
                    _,
                    _,
                    amount,
                    cycle_days,
                    with_cycle,
                ],
            ) = row.get(..9)
            else {
                continue;
            };
            let models = Models::of(&ends(counted, Some(*product)), self.cutoff);
            let place = models.as_ref().map(|models| models.shown);
            shown.push(
                place
                    .and_then(|at| MODELS.get(at))
                    .copied()
                    .unwrap_or("none"),
            );
            let life = models.map(|models| models.life());
            let mean = share(*amount, *contracts).unwrap_or(0.0);
            let days = share(*cycle_days, *with_cycle).unwrap_or(USUAL_DAYS);
            let worth = life.map(|life| self.worth(life, 0, mean, days));
            let reach = |cycle: u32| life.map(|life| life.survival(cycle - 1));
            let values = [
                reach(3),
                reach(6),
                reach(12),
                Some(mean),
                worth.map(|(remaining, _)| remaining),
                worth.and_then(|(_, residual)| residual),
            ];
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
        table.columns.push(("model", Values::Name(shown)));
        let names = [
            "reach_3",
            "reach_6",
            "reach_12",
            "mean_amount",
            "remaining_cycles",
            "residual_value",
        ];
        table.push_rates(names, columns);
        table
    }
}

fn drop_columns(table: &mut Table, names: &[&str]) {
    table.columns.retain(|(name, _)| !names.contains(name));
}
