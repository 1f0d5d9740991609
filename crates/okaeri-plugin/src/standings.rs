//! What shards are told of the whole shop: which standings a question needs, a shard's part of one,
//! and the parts as one.

use okaeri_core::analysis::partial::{self, Content, Head, Unmergeable};
use okaeri_core::analysis::pass::Totals;
use okaeri_core::analysis::rankings::Rankings;
use okaeri_core::analysis::sums::Sums;
use okaeri_core::analysis::wire::{begun, opened};
use okaeri_core::report::expected::share::Share;
use okaeri_core::report::products::cross_sell::{CrossSell, Known};
use okaeri_core::report::products::due::{DaysOfUse, Gaps};
use okaeri_core::report::standing::{self, Need, Span};
use okaeri_core::report::{Report, partial as report_partial};
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Standings};
use okaeri_protocol::request::{Question, Scope};
use okaeri_protocol::settings::Settings;

use crate::frame::HEADER_ROOM;
use crate::instance::{Answered, Instance, Read, error, notes};
use crate::{forecasts, reports, settings};

/// The most that an instance remembers, so that questions with ever other parameters fill no
/// memory.
const TOLD_MAX: usize = 64;

/// What a shard must be told before it answers a question or makes its share of it.
///
/// # Errors
/// When a parameter is out of its range.
pub fn needs(question: &Question, settings: &Settings) -> Result<Vec<Need>, CallError> {
    let mut all = Vec::new();
    match question {
        Question::Customer { brief, .. } => {
            all.push(Need::Rankings(Span::default()));
            if !brief {
                all.extend(settings::cpm(&settings.cpm, settings.cpm.preset).needs());
                all.extend([Need::OrderValue, Need::Decided, Need::Rules, Need::Uses]);
            }
        }
        Question::Customers { .. }
        | Question::Segment { .. }
        | Question::SegmentOverlap { .. }
        | Question::SegmentWords { .. } => {
            all.push(Need::Rankings(Span::default()));
            let reports = forecasts::reports_of(&forecasts::conditions(question), settings)?;
            all.extend(reports.iter().flat_map(|(_, report)| report.needs()));
        }
        // A shard's share of it is what it is made of.
        Question::Forecast { .. } => return Ok(all),
        _ => {
            let report = reports::of(question, settings)?;
            all.extend(report.iter().flat_map(|report| report.needs()));
        }
    }
    let forecast = forecasts::needed(question, settings)?;
    all.extend(forecast.map(Need::Forecast));
    Ok(once(all))
}

/// Each of them once.
fn once(all: Vec<Need>) -> Vec<Need> {
    let mut once: Vec<Need> = Vec::with_capacity(all.len());
    for need in all {
        if !once.contains(&need) {
            once.push(need);
        }
    }
    once
}

/// The standing of this name among those that a question needs.
fn named(question: &Question, settings: &Settings, name: &str) -> Result<Need, CallError> {
    let mut all = needs(question, settings)?.into_iter();
    all.find(|need| need.name() == name).ok_or_else(|| {
        let message = format!("the question needs no standing `{name}`; ask for `standings`");
        error(ErrorCode::BadCall, Some("standing"), message)
    })
}

impl Instance {
    /// The names of what a question needs.
    pub(crate) fn standings(&self, question: &Question) -> Result<Answered, CallError> {
        let needs = needs(question, &self.settings)?;
        let names = needs.iter().map(Need::name).collect();
        Ok(Answer::Standings(Standings { names }).into())
    }

    /// Takes in what a shard is told in `payload`, and refuses the question when it lacks
    /// something. Without a payload all customers are at hand, unless the question is for a
    /// `share`.
    pub(crate) fn tell(
        &mut self,
        (as_of_day, scope): (i32, Scope),
        payload: &[u8],
        question: &Question,
        is_share: bool,
    ) -> Result<(), CallError> {
        self.turn_to(as_of_day, scope);
        self.is_told = !payload.is_empty();
        if self.told.len() > TOLD_MAX {
            self.told = Default::default();
        }
        let is_changed = self.told.take_in(payload, as_of_day).map_err(|_| {
            let message = "the payload is no standings of this day and this module's version";
            error(ErrorCode::BadData, None, message)
        })?;
        if is_changed {
            self.ranked = None;
        }
        if !self.is_told && !is_share {
            return Ok(());
        }
        for need in needs(question, &self.settings)? {
            let found = self.told.find(&need).filter(|(day, _)| *day == as_of_day);
            if found.is_none() {
                let message = format!(
                    "a shard must be told the standing `{}` of the whole shop; see `standings`",
                    need.name()
                );
                return Err(error(ErrorCode::BadCall, Some("question"), message));
            }
        }
        Ok(())
    }

    /// This instance's part of a standing.
    pub(crate) fn part(
        &mut self,
        as_of_day: i32,
        scope: Scope,
        question: &Question,
        name: &str,
    ) -> Result<Answered, CallError> {
        let need = named(question, &self.settings, name)?;
        self.is_told = false;
        let read = self.read(as_of_day, scope, false);
        let payload = match need {
            Need::Rankings(span) => read.people(span),
            Need::Rules => read.partial(&CrossSell::default()).payload,
            Need::Uses => read.partial(&Gaps).payload,
            Need::Forecast(_) => Share::of(read.book).encode(),
            _ => {
                let sums = need.sums(&read.shop());
                standing::encode(&sums.unwrap_or_default(), as_of_day)
            }
        };
        Ok(Answered {
            answer: Answer::Done,
            notes: read.notes(),
            payload,
        })
    }

    /// The parts of a standing as one, to be told.
    pub(crate) fn stand(
        &self,
        parts: &[&[u8]],
        question: &Question,
        name: &str,
    ) -> Result<Answered, CallError> {
        let need = named(question, &self.settings, name)?;
        let (value, notes) = match need {
            Need::Rankings(span) => {
                let merged = partial::merge(parts).map_err(unmergeable)?;
                let tie = |person: u32| {
                    let tie = merged.ties.get(person as usize);
                    tie.copied().unwrap_or_default()
                };
                let day = merged.head.as_of_day;
                let rankings = Rankings {
                    as_of_day: day,
                    ..Rankings::of(&merged.totals.people, span.last_day(day), tie)
                };
                let notes = notes(&merged.head.left_out, &merged.totals.summary);
                (rankings.encode(), notes)
            }
            Need::Rules => (rules(parts)?, Vec::new()),
            Need::Uses => {
                let all = report_partial::merge(parts, Gaps.specs()).map_err(unmergeable)?;
                let uses = DaysOfUse::of(&all.counted, &all.products);
                (uses.encode(all.as_of_day), Vec::new())
            }
            Need::Forecast(options) => {
                let share = Share::merged(parts).map_err(unmergeable)?;
                let mut options = options;
                options.as_of_day = share.as_of_day;
                let shop = forecasts::of_all(&share.purchases, options, &self.settings);
                let mut out = begun(share.as_of_day);
                shop.fitted.encode(&mut out);
                (out.bytes, Vec::new())
            }
            _ => (summed(need, parts)?, Vec::new()),
        };
        Ok(Answered {
            answer: Answer::Done,
            notes,
            payload: standing::told(name, &value),
        })
    }
}

/// Parts that are sums, as one.
fn summed(need: Need, parts: &[&[u8]]) -> Result<Vec<u8>, CallError> {
    let mut all: Option<(i32, Sums)> = None;
    for (place, part) in parts.iter().enumerate() {
        let read = opened(part).and_then(|(day, input)| Ok((day, need.decode(input)?)));
        let (day, sums) = read.map_err(|_| unmergeable(Unmergeable::Malformed(place)))?;
        all = Some(match all {
            None => (day, sums),
            Some((first, known)) if first == day => (day, known.merge(&sums)),
            Some(_) => return Err(unmergeable(Unmergeable::Other(place))),
        });
    }
    let (day, sums) = all.ok_or_else(|| unmergeable(Unmergeable::Nothing))?;
    Ok(standing::encode(&sums, day))
}

/// Parts that are baskets, as the rules that follow from all of them.
fn rules(parts: &[&[u8]]) -> Result<Vec<u8>, CallError> {
    let cross_sell = CrossSell::default();
    let all = report_partial::merge(parts, cross_sell.specs()).map_err(unmergeable)?;
    let found = cross_sell.search(&all.counted);
    let known = Known::of(found, &all.products, &all.product_names);
    Ok(known.encode(all.as_of_day))
}

fn unmergeable(why: Unmergeable) -> CallError {
    crate::shards::unmergeable("parts", why)
}

impl Read<'_> {
    /// What ranks the customers at hand by their orders over a span.
    fn people(&self, span: Span) -> Vec<u8> {
        let head = Head {
            as_of_day: self.book.as_of_day,
            content: Content::people(),
            left_out: self.book.left_out,
            ..Head::default()
        };
        let shop = self.shop();
        let tie = |person| shop.tie(person);
        if span == Span::default() {
            return partial::encode(&head, self.totals, tie, HEADER_ROOM);
        }
        let totals = Totals {
            people: span.figures(self.book),
            ..Totals::default()
        };
        partial::encode(&head, &totals, tie, HEADER_ROOM)
    }
}
