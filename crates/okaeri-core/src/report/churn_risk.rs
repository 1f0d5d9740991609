//! 解約見込み: which contracts may be cancelled soon, why, and what is at stake.
//!
//! Each contract that goes on has a score by rules ([`RiskRules`]). The same rules are applied to
//! the shop's own past, every 30 days back from the day of the question, and what was cancelled
//! within the 30 days after says how much each sign and band meant. On the same rows a
//! logistic regression is fitted, on the earlier ones, and judged on the later ones; it gives
//! the chance of a contract to be cancelled within 30 days where it proves itself, else the
//! band's past does. The value at risk is that chance times the residual value by the model of
//! retention.
//!
//! The rows are contracts by 30 days, not by cycle: a forecast is wanted on any day.

mod features;
mod model;

#[cfg(test)]
mod tests;

use self::features::pattern;
use self::model::{Judged, judge};
use super::sheet::{Rates, Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Spec, Table, Values};
use crate::keys::Key;
use crate::order::first_sorted;
use crate::subscription::lifetime::{Ends, Life, Models, per_cycle};
use crate::subscription::risk::{BANDS, CYCLES_MAX, RiskRules, SIGNALS, Signals, decided};
use crate::subscription::{Contract, PerPerson, SEEN, Status, Subscriptions, Unread};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChurnRisk {
    /// Weights and bounds of the score.
    pub rules: RiskRules,
    /// Fewest past cancellations with which the regression is used.
    pub min_events: u32,
    /// Least AUC on the later rows, in percent, with which it is used.
    pub min_auc_percent: u32,
    /// What a yen in a year is worth less, in basis points.
    pub discount_rate: u32,
    /// Contracts listed.
    pub limit: u32,
}

/// The days within which a cancellation is looked for.
pub const HORIZON_DAYS: i32 = 30;
/// How many times the past is looked at.
const LOOKS: i32 = 24;
/// Days of a cycle where no contract tells them.
const USUAL_DAYS: f64 = 30.4375;
/// The sign that is none.
const NO_SIGNAL: &str = "none";

static SPECS: [Spec; 7] = [
    Spec {
        name: "bands",
        keys: &[("band", Kind::Name(BANDS))],
        sums: &["customers", "contracts", "past", "past_cancelled"],
    },
    Spec {
        name: "signals",
        keys: &[("signal", Kind::Name(SIGNALS))],
        sums: &["customers", "contracts", "past", "past_cancelled"],
    },
    Spec {
        name: "looks",
        keys: &[("look", Kind::Int), ("pattern", Kind::Int)],
        sums: &["past", "past_cancelled"],
    },
    Spec {
        name: "alive",
        keys: &[
            ("band", Kind::Int),
            ("pattern", Kind::Int),
            ("cycle", Kind::Int),
        ],
        sums: &["contracts", "amount", "cycle_days", "with_cycle"],
    },
    Spec {
        name: "lifetimes",
        keys: &[("cycle", Kind::Int)],
        sums: &["cancelled", "kept"],
    },
    Spec {
        name: "top",
        keys: &[
            ("customer", Kind::Word),
            ("contract", Kind::Word),
            ("score", Kind::Int),
            ("pattern", Kind::Int),
            ("cycle", Kind::Int),
            ("next_day", Kind::Int),
            ("signal_1", Kind::Int),
            ("figure_1", Kind::Int),
            ("signal_2", Kind::Int),
            ("figure_2", Kind::Int),
            ("signal_3", Kind::Int),
            ("figure_3", Kind::Int),
        ],
        sums: &["customers", "amount"],
    },
    SEEN,
];

/// A contract that goes on, with its signs.
struct Watched<'a> {
    contract: &'a Contract,
    signals: Signals,
    score: u32,
    pattern: i64,
}

impl ChurnRisk {
    /// Counts contracts that were read.
    pub(super) fn count_all(
        &self,
        subscriptions: &Subscriptions,
        shop: Option<&Shop<'_>>,
        tally: &mut Tally,
    ) {
        subscriptions.unread.tally(tally, 6);
        let decided = match shop {
            Some(shop) => shop.decided(subscriptions),
            None => decided(subscriptions),
        };
        let peaks = self.rules.peaks(&decided);
        let as_of = subscriptions.as_of_day;
        let mut rows = PerPerson::new(tally);
        let mut watched = Vec::new();
        for theirs in subscriptions
            .contracts
            .chunk_by(|a, b| a.person == b.person)
        {
            let Some(first) = theirs.first() else {
                continue;
            };
            rows.person(first.person);
            let happenings = subscriptions.of_person(first.person);
            for contract in theirs {
                self.count_past(contract, theirs, subscriptions, &peaks, &mut rows);
                let status = contract.status(as_of).unwrap_or_default();
                let cycles = contract.cycles(as_of);
                let is_cancelled = i64::from(status == Status::Cancelled);
                let cycle = i64::from(cycles.min(CYCLES_MAX));
                let sums = [is_cancelled, 1 - is_cancelled];
                rows.tally()
                    .add(4, crate::identity::NO_PERSON, &[cycle], &sums);
                if !status.is_alive() {
                    continue;
                }
                let rules = &self.rules;
                let signals = rules.signals(&peaks, contract, theirs, happenings, as_of);
                let seen = Watched {
                    contract,
                    signals,
                    score: signals.score(rules),
                    pattern: pattern(contract, happenings, &signals, as_of),
                };
                self.count_now(&seen, cycle, &mut rows);
                if seen.score > 0 {
                    watched.push(seen);
                }
            }
        }
        if let Some(shop) = shop {
            self.list(&watched, shop, as_of, tally);
        }
    }

    fn count_now(&self, seen: &Watched<'_>, cycle: i64, rows: &mut PerPerson<'_>) {
        let band = self.rules.band(seen.score) as i64;
        rows.add(0, &[band], [0, 1, 0, 0]);
        for index in 0..SIGNALS.len() {
            if seen.signals.has(index) {
                rows.add(1, &[index as i64], [0, 1, 0, 0]);
            }
        }
        let cycle_days = i64::from(seen.contract.cycle_days);
        let sums = [
            1,
            seen.contract.amount(),
            cycle_days,
            (cycle_days > 0).into(),
        ];
        let key = [band, seen.pattern, cycle];
        let person = rows.person_now();
        rows.tally().add(3, person, &key, &sums);
    }

    /// The looks at the past on which the contract went on: its signs then, and whether it was
    /// cancelled within the horizon.
    fn count_past(
        &self,
        contract: &Contract,
        theirs: &[Contract],
        subscriptions: &Subscriptions,
        peaks: &[bool],
        rows: &mut PerPerson<'_>,
    ) {
        let ended = match contract.end {
            // Nobody knows when: no look can say whether it went on.
            Some((_, None)) => return,
            Some((status, Some(day))) => Some((status, day)),
            None => None,
        };
        // What the cart says of today is not known of the past.
        let then = contract.undated.map(|_| Contract {
            undated: None,
            ..contract.clone()
        });
        let contract = then.as_ref().unwrap_or(contract);
        let happenings = subscriptions.of_person(contract.person);
        let nobody = crate::identity::NO_PERSON;
        for look in 1..=LOOKS {
            let day = subscriptions.as_of_day.saturating_sub(look * HORIZON_DAYS);
            if day < contract.start_day {
                break;
            }
            if ended.is_some_and(|(_, end)| end <= day) {
                continue;
            }
            let within = |end: i32| end <= day.saturating_add(HORIZON_DAYS);
            let is_cancelled =
                ended.is_some_and(|(status, end)| status == Status::Cancelled && within(end));
            let sums = [1, is_cancelled.into()];
            let signals = self.rules.signals(peaks, contract, theirs, happenings, day);
            let pattern = pattern(contract, happenings, &signals, day);
            let tally = rows.tally();
            tally.add(2, nobody, &[look.into(), pattern], &sums);
            let past = [0, 0, 1, is_cancelled.into()];
            let band = self.rules.band(signals.score(&self.rules)) as i64;
            tally.add(0, contract.person, &[band], &past);
            for index in 0..SIGNALS.len() {
                if signals.has(index) {
                    tally.add(1, contract.person, &[index as i64], &past);
                }
            }
        }
    }

    /// The contracts of the highest scores, all of the last score included: which of them are
    /// listed depends on the value at risk.
    fn list(&self, watched: &[Watched<'_>], shop: &Shop<'_>, as_of: i32, tally: &mut Tally) {
        let mut of_score = [0u32; 101];
        for seen in watched {
            if let Some(count) = of_score.get_mut(seen.score as usize) {
                *count += 1;
            }
        }
        let (mut least, mut count) = (101, 0u32);
        while least > 1 && count < self.limit {
            least -= 1;
            count += of_score.get(least).copied().unwrap_or_default();
        }
        for seen in watched.iter().filter(|seen| seen.score as usize >= least) {
            let contract = seen.contract;
            let customer = shop.keys.text(&shop.ledger.contacts, contract.person);
            let id = shop.ledger.contracts.ids.get(contract.id);
            let id = id.map(|id: Key<'_>| id.to_string()).unwrap_or_default();
            let [one, two, three] = seen.signals.top(&self.rules);
            let next = contract.due(as_of).map_or(i64::MIN, i64::from);
            let key = [
                tally.word(&customer),
                tally.word(&id),
                seen.score.into(),
                seen.pattern,
                contract.cycles(as_of).min(CYCLES_MAX).into(),
                next.max(i64::from(i32::MIN)),
                one.0,
                one.1,
                two.0,
                two.1,
                three.0,
                three.1,
            ];
            tally.add(5, contract.person, &key, &[1, contract.amount()]);
        }
    }
}

impl Report for ChurnRisk {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let subscriptions = Subscriptions::of(shop);
        self.count_all(&subscriptions, Some(shop), tally);
    }

    /// A cycle that many leave after is one of the whole shop.
    fn needs(&self) -> Vec<Need> {
        vec![Need::Decided]
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let judged = judge(counted, self.min_events, self.min_auc_percent);
        let stakes = Stakes::of(counted, &judged, self.discount_rate);
        sheet.push("bands", self.bands(counted, &stakes));
        sheet.push("signals", past_rates(counted, "signals"));
        sheet.push("top", self.top(counted, &stakes));
        sheet.push("quality", judged.quality_table());
        sheet.push("calibration", judged.calibration_table());
        sheet.push("weights", judged.weights_table());
        sheet.note("rules_instead_of_model", (!judged.is_used).into());
        sheet.note("no_model", stakes.life.is_none().into());
        Unread::note(counted, sheet);
    }
}

/// What contracts are likely to do, and what that costs.
struct Stakes<'a> {
    judged: &'a Judged,
    /// Share cancelled of each band's past.
    past: [Option<f64>; 3],
    life: Option<Life>,
    discount: f64,
}

impl<'a> Stakes<'a> {
    fn of(counted: &Counted, judged: &'a Judged, discount_rate: u32) -> Self {
        let mut past = [None; 3];
        let (mut rows, mut cancelled) = (0, 0);
        for row in counted.rows("bands") {
            if let [band, _, _, of_band, cancelled_of_band] = row {
                rows += of_band;
                cancelled += cancelled_of_band;
                if let Some(past) = past.get_mut(*band as usize) {
                    *past = share(*cancelled_of_band, *of_band);
                }
            }
        }
        // A band without a past is taken to be like the shop.
        let all = share(cancelled, rows);
        let mut ends = Ends::default();
        for row in counted.rows("lifetimes") {
            if let [cycle, cancelled, kept] = row
                && let Ok(cycle) = usize::try_from(*cycle)
            {
                ends.add(cycle.min(CYCLES_MAX as usize), *cancelled, *kept);
            }
        }
        let (mut days, mut with_cycle) = (0i64, 0);
        for row in counted.rows("alive") {
            if let [_, _, _, _, _, more, count] = row {
                days = days.saturating_add(*more);
                with_cycle += count;
            }
        }
        let days = share(days, with_cycle).unwrap_or(USUAL_DAYS);
        Stakes {
            judged,
            past: past.map(|past| past.or(all)),
            life: Models::of(&ends, None).map(|models| models.life()),
            discount: per_cycle(discount_rate, days),
        }
    }

    /// The chance to be cancelled within the horizon.
    fn chance(&self, band: usize, pattern: i64) -> Option<f64> {
        let by_rules = self.past.get(band).copied().flatten();
        self.judged.chance(pattern).or(by_rules)
    }

    /// The value at risk per unit of amount, of a contract with so many cycles.
    fn factor(&self, band: usize, pattern: i64, cycle: i64) -> Option<f64> {
        let renewals = u32::try_from(cycle).ok()?.saturating_sub(1);
        let residual = self.life?.residual(renewals, self.discount)?;
        Some(self.chance(band, pattern)? * residual)
    }
}

/// A table with the share cancelled in the past.
fn past_rates(counted: &Counted, name: &str) -> Table {
    let mut table = counted.table(name);
    let mut rates = Rates::default();
    for row in counted.rows(name) {
        if let [_, _, _, past, cancelled] = row {
            rates.push(*cancelled, *past);
        }
    }
    rates.append(&mut table, ["past_rate", "past_rate_low", "past_rate_high"]);
    table
}

impl ChurnRisk {
    fn bands(&self, counted: &Counted, stakes: &Stakes<'_>) -> Table {
        let mut table = past_rates(counted, "bands");
        let (mut expected, mut at_risk) = (Vec::new(), Vec::new());
        for row in counted.rows("bands") {
            let band = row.first().copied().unwrap_or_default();
            let (mut sum, mut value) = (Some(0.0), Some(0.0));
            let rows = counted.rows("alive");
            for row in rows.filter(|row| row.first() == Some(&band)) {
                let [_, pattern, cycle, contracts, amount, ..] = row else {
                    continue;
                };
                let chance = stakes.chance(band as usize, *pattern);
                let factor = stakes.factor(band as usize, *pattern, *cycle);
                sum = sum.zip(chance).map(|(sum, p)| sum + p * *contracts as f64);
                value = value.zip(factor).map(|(sum, f)| sum + f * *amount as f64);
            }
            expected.push(sum);
            at_risk.push(value);
        }
        table.push_rates(["expected", "value_at_risk"], [expected, at_risk]);
        table
    }

    fn top(&self, counted: &Counted, stakes: &Stakes<'_>) -> Table {
        struct Listed<'a> {
            row: &'a [i64],
            band: usize,
            score: i64,
            chance: Option<f64>,
            at_risk: Option<f64>,
        }
        let at = |row: &[i64], place: usize| row.get(place).copied().unwrap_or_default();
        let listed = counted.rows("top").map(|row| {
            let score = at(row, 2);
            let band = self.rules.band(score as u32);
            let factor = stakes.factor(band, at(row, 3), at(row, 4));
            Listed {
                row,
                band,
                score,
                chance: stakes.chance(band, at(row, 3)),
                at_risk: factor.map(|factor| factor * at(row, 13) as f64),
            }
        });
        let value = |listed: &Listed<'_>| listed.at_risk.unwrap_or(0.0);
        let listed = first_sorted(listed.collect(), self.limit as usize, |a, b| {
            let by_value = || value(b).total_cmp(&value(a));
            // Equals stay as they were: by customer and contract.
            b.score.cmp(&a.score).then_with(by_value)
        });
        let column = |place: usize| listed.iter().map(move |one| at(one.row, place));
        let word = |place: usize| counted.values(Kind::Word, column(place).collect());
        let signal = |place: usize| {
            let names = column(place).map(|signal| {
                let known = usize::try_from(signal).ok().and_then(|at| SIGNALS.get(at));
                known.copied().unwrap_or(NO_SIGNAL)
            });
            Values::Name(names.collect())
        };
        let figure = |place: usize| {
            let signals = column(place - 1).zip(column(place));
            let figures = signals.map(|(signal, figure)| (signal >= 0).then_some(figure));
            Values::MaybeInt(figures.collect())
        };
        let next = column(5).map(|day| Some(day).filter(|day| *day > i64::from(i32::MIN)));
        let bands = listed.iter().map(|one| BANDS.get(one.band).copied());
        let mut table = Table {
            columns: vec![
                ("customer", word(0)),
                ("contract", word(1)),
                ("score", Values::Int(column(2).collect())),
                (
                    "band",
                    Values::Name(bands.map(Option::unwrap_or_default).collect()),
                ),
                ("cycle", Values::Int(column(4).collect())),
                ("next_day", Values::MaybeInt(next.collect())),
                ("signal_1", signal(6)),
                ("figure_1", figure(7)),
                ("signal_2", signal(8)),
                ("figure_2", figure(9)),
                ("signal_3", signal(10)),
                ("figure_3", figure(11)),
                ("amount", Values::Int(column(13).collect())),
            ],
        };
        let chances = listed.iter().map(|one| one.chance).collect();
        let at_risk = listed.iter().map(|one| one.at_risk).collect();
        table.push_rates(["chance", "value_at_risk"], [chances, at_risk]);
        table
    }
}
