//! What segments ask of reports: which report works an attribute out, and the columns of it.

use okaeri_core::analysis::people::Figures;
use okaeri_core::forecast::shop::Row;
use okaeri_core::gifts::shipments::Senders;
use okaeri_core::report::Report;
use okaeri_core::report::expected::Forecast;
use okaeri_core::report::sheet::rounded;
use okaeri_core::segment::Tree;
use okaeri_core::segment::attributes::SHARES;
use okaeri_core::segment::given::{Given, NO_VALUE, asked_by};
use okaeri_core::subscription::Subscriptions;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::request::Question;
use okaeri_protocol::settings::Settings;

use crate::instance::Read;
use crate::{forecasts, reports};

/// The report that works an attribute out: it says what forecast that takes, and whether a shard
/// can do it by itself.
///
/// # Errors
/// As [`reports::of`].
pub(crate) fn report_of(
    given: Given,
    settings: &Settings,
) -> Result<Option<Box<dyn Report>>, CallError> {
    let question = match given {
        Given::CpmGroup => Question::Cpm { preset: None },
        Given::LtvRank => Question::LtvRanks { forecast: None },
        Given::MemberRank => Question::MemberRanks,
        Given::ChurnRisk | Given::ChurnBand => Question::ChurnRisk { limit: None },
        Given::Alive | Given::Worth => {
            let options = forecasts::options(settings);
            return Ok(Some(Box::new(Forecast {
                options,
                gross_margin: 1.0,
            })));
        }
    };
    reports::of(&question, settings)
}

/// A number as a column has it.
fn narrow(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

impl Read<'_> {
    /// Has the columns made that a segment asks of reports.
    pub(super) fn give(&self, tree: &Tree) {
        let Some(ranked) = self.ranked else {
            return;
        };
        for given in asked_by(tree) {
            if !ranked.columns.has(given) {
                for (given, values) in self.worked_out(given) {
                    // Without the forecast that it takes, a column is not made.
                    if values.len() == self.totals.people.len() {
                        ranked.columns.give(given, values);
                    }
                }
            }
        }
    }

    /// A column, and others that come with it.
    fn worked_out(&self, given: Given) -> Vec<(Given, Vec<i32>)> {
        let figures = &self.totals.people;
        match given {
            Given::CpmGroup => {
                let cpm = self.cpm();
                let senders = Senders::of(self.ledger, self.book);
                let group = |person| cpm_value(self.cpm_group(&cpm, senders.as_ref(), person));
                let groups = figures.iter().map(|of| group(of.person)).collect();
                vec![(given, groups)]
            }
            Given::MemberRank => {
                let ranks = self.ranks();
                let rank = |person| i32::from(self.standing(&ranks, person).rank);
                let values = figures.iter().map(|of| rank(of.person)).collect();
                vec![(given, values)]
            }
            Given::LtvRank => {
                let subscriptions = Subscriptions::of(&self.shop());
                let rules = self.ltv_rules();
                let rows = self.forecast.map(|known| known.shop.rows.as_slice());
                let rows = figures.iter().zip(rows.unwrap_or_default());
                let rank = |(of, row): (&Figures, &Row)| {
                    let ranked = self.ltv(&rules, of.person, &subscriptions, Some(row.value));
                    ranked.rank as i32
                };
                vec![(given, rows.map(rank).collect())]
            }
            Given::ChurnRisk | Given::ChurnBand => {
                let subscriptions = Subscriptions::of(&self.shop());
                let risks = self.risks(&subscriptions);
                let (mut scores, mut bands) = (Vec::new(), Vec::new());
                for of in figures {
                    let highest = risks.highest(of.person);
                    let score = highest.map(|signals| signals.score(&risks.rules));
                    scores.push(score.map_or(NO_VALUE, |score| score as i32));
                    bands.push(score.map_or(NO_VALUE, |score| risks.rules.band(score) as i32));
                }
                vec![(Given::ChurnRisk, scores), (Given::ChurnBand, bands)]
            }
            Given::Alive | Given::Worth => {
                let rows = self.forecast.map(|known| known.shop.rows.as_slice());
                let rows = rows.unwrap_or_default();
                let alive = |alive: f64| narrow(rounded(alive * SHARES as f64));
                let chances = rows.iter().map(|row| alive(row.alive)).collect();
                let values = rows.iter().map(|row| narrow(rounded(row.value))).collect();
                vec![(Given::Alive, chances), (Given::Worth, values)]
            }
        }
    }
}

fn cpm_value(group: Option<u8>) -> i32 {
    group.map_or(NO_VALUE, i32::from)
}
