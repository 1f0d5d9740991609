//! One shop over several instances: who belongs together, shares of answers, and their merging.

use okaeri_core::analysis::partial::{self, Content, Head, Unmergeable};
use okaeri_core::analysis::tables::Finish;
use okaeri_core::identity::{NO_PERSON, Rule};
use okaeri_core::list::List;
use okaeri_core::people::inseparable;
use okaeri_core::report::expected::share::Share;
use okaeri_core::report::partial as report_partial;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Shards};
use okaeri_protocol::request::{Question, RfmMode, Scope};
use okaeri_protocol::settings::IdentityRule;
use okaeri_protocol::table::Cell;

use crate::frame::HEADER_ROOM;
use crate::instance::{Answered, Instance, error, notes};
use crate::tables::{code_cell, compared, finished, wanted};
use crate::{forecasts, reports, settings};

/// A shard out of `count` for a number that has nothing to do with the others.
fn scattered(number: u64, count: u8) -> u8 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    (mixed % u64::from(count.max(1))) as u8
}

/// What the answer to a question is made of.
fn content(question: &Question) -> Option<Content> {
    wanted(question).map(|wanted| Content::of(&wanted.tables))
}

pub(crate) fn not_in_parts() -> CallError {
    let message = "this question needs the whole shop in one instance";
    error(ErrorCode::BadCall, Some("question.kind"), message)
}

/// Appends a place: what lists of several shards are merged by, in the order of its bytes.
pub(crate) fn push_place(places: &mut Vec<u8>, place: &[u8]) {
    places.extend_from_slice(&(place.len() as u32).to_le_bytes());
    places.extend_from_slice(place);
}

/// Pieces of so many bytes from the front of `payload`, and what is left of it.
fn cut<'p>(
    at: &str,
    lengths: &[u64],
    payload: &'p [u8],
) -> Result<(Vec<&'p [u8]>, &'p [u8]), CallError> {
    let mut parts = Vec::with_capacity(lengths.len());
    let mut rest = payload;
    for (index, length) in lengths.iter().enumerate() {
        let split = usize::try_from(*length).ok();
        let split = split.and_then(|length| rest.split_at_checked(length));
        let (part, after) = split.ok_or_else(|| {
            let message = "the payload ends before this partial does";
            error(ErrorCode::BadData, Some(&format!("{at}[{index}]")), message)
        })?;
        parts.push(part);
        rest = after;
    }
    Ok((parts, rest))
}

/// Why the partials at `at` in the call do not merge.
pub(crate) fn unmergeable(at: &str, why: Unmergeable) -> CallError {
    let bad = |at: &str, message: &str| error(ErrorCode::BadData, Some(at), message);
    match why {
        Unmergeable::Malformed(index) => bad(
            &format!("{at}[{index}]"),
            "this is no partial of this module's version",
        ),
        Unmergeable::Other(index) => bad(
            &format!("{at}[{index}]"),
            "this partial is of another day or question than the first",
        ),
        Unmergeable::Nothing => bad(at, "there must be at least one partial"),
    }
}

impl Instance {
    /// Tells each order's shard; `before` is an earlier answer to go by, or empty.
    pub(crate) fn shards(&mut self, count: u8, before: &[u8]) -> Result<Answered, CallError> {
        if count == 0 {
            let message = "must be at least 1";
            return Err(error(ErrorCode::BadCall, Some("count"), message));
        }
        self.resolve();
        let ledger = &self.ledger;
        let (people, keys) = self.resolved.get_or_insert_default();
        let person_of = |record: u32| {
            let person = people.person.get(record as usize).copied();
            person.filter(|person| *person != NO_PERSON)
        };
        let buyer = |id: u32| {
            let row = ledger.latest.get(id);
            person_of(ledger.orders.rows.get(row as usize)?.record)
        };
        // All versions of an order are in one shard, and whoever they name with it.
        let mut pairs = Vec::new();
        let count_named = ledger.came_under.iter().map(|(id, _)| *id as usize + 1);
        let mut named = vec![NO_PERSON; count_named.max().unwrap_or_default()];
        for (id, record) in &ledger.came_under {
            let (Some(person), Some(named)) = (person_of(*record), named.get_mut(*id as usize))
            else {
                continue;
            };
            let earlier = || Some(std::mem::replace(named, person));
            let other = buyer(*id)
                .or_else(earlier)
                .filter(|other| *other != NO_PERSON);
            pairs.extend(other.map(|other| (other, person)));
        }
        let first_of = inseparable(&ledger.contacts, people, keys, &pairs);
        let first = |id: u32| {
            let person = buyer(id).or_else(|| named.get(id as usize).copied())?;
            first_of.get(person as usize).copied()
        };
        let mut of_first: Vec<Option<u8>> = vec![None; people.count as usize];
        for (id, shard) in (0u32..).zip(before).filter(|(_, shard)| **shard < count) {
            let place = first(id).and_then(|first| of_first.get_mut(first as usize));
            if let Some(place) = place {
                place.get_or_insert(*shard);
            }
        }
        let payload: Vec<u8> = (0..ledger.order_ids.len() as u32)
            .map(|id| match first(id) {
                Some(first) => of_first
                    .get(first as usize)
                    .copied()
                    .flatten()
                    .unwrap_or_else(|| scattered(keys.tie(&ledger.contacts, first).2, count)),
                // A guest's order goes by its own id.
                None => {
                    let known = before
                        .get(id as usize)
                        .copied()
                        .filter(|shard| *shard < count);
                    let key = ledger.order_ids.get(id);
                    known.unwrap_or_else(|| scattered(key.map_or(0, |key| key.tie().1), count))
                }
            })
            .into_list();
        let identity = match settings::rule(&self.settings, &ledger.contacts) {
            Rule::CustomerId => IdentityRule::CustomerId,
            Rule::Email => IdentityRule::Email,
            Rule::EmailElsePhone => IdentityRule::EmailElsePhone,
            Rule::EmailAndPhone => IdentityRule::EmailAndPhone,
            Rule::Tiers => IdentityRule::Tiers,
        };
        let shards = Shards {
            orders: payload.len() as u64,
            people: people.count.into(),
            identity,
        };
        Ok(Answered {
            answer: Answer::Shards(shards),
            notes: Vec::new(),
            payload,
        })
    }

    /// This instance's share of the answer to a question.
    pub(crate) fn partial(
        &mut self,
        as_of_day: i32,
        scope: Scope,
        question: &Question,
        payload: &[u8],
    ) -> Result<Answered, CallError> {
        self.holds_orders()?;
        if forecasts::of(question, &self.settings)?.is_some() {
            let share = Share::of(self.read(as_of_day, scope, false).book);
            return Ok(Answered {
                payload: share.encode(),
                ..Answer::Done.into()
            });
        }
        if let Some(report) = reports::of(question, &self.settings)? {
            self.tell((as_of_day, scope), payload, question, true)?;
            self.forecast(as_of_day, scope, report.forecast())?;
            return Ok(self.read(as_of_day, scope, false).partial(report.as_ref()));
        }
        let content = content(question).ok_or_else(not_in_parts)?;
        let pairs = wanted(question).is_some_and(|wanted| wanted.has_pairs());
        let read = self.read(as_of_day, scope, pairs);
        let (products, product_names) = match content.names_products() {
            true => read.products(),
            false => Default::default(),
        };
        let head = Head {
            as_of_day,
            content,
            left_out: read.book.left_out,
            products,
            product_names,
        };
        let tie = |person| read.keys.tie(&read.ledger.contacts, person);
        Ok(Answered {
            answer: Answer::Done,
            notes: read.notes(),
            payload: partial::encode(&head, read.totals, tie, HEADER_ROOM),
        })
    }

    /// The answer, or a standing for one, out of the partials in `payload`.
    pub(crate) fn finish(
        &self,
        (lengths, compare): (&[u64], &[u64]),
        question: &Question,
        standing: Option<&str>,
        payload: &[u8],
    ) -> Result<Answered, CallError> {
        let (parts, rest) = cut("parts", lengths, payload)?;
        let (earlier, rest) = cut("compare", compare, rest)?;
        if !rest.is_empty() {
            let message = "the payload goes on behind the last partial";
            return Err(error(ErrorCode::BadData, Some("parts"), message));
        }
        if let Some(name) = standing {
            return self.stand(&parts, question, name);
        }
        let now = self.merge("parts", &parts, question)?;
        if earlier.is_empty() {
            return Ok(now);
        }
        compared(now, self.merge("compare", &earlier, question)?)
    }

    /// The answer out of the partials that stand at `at` in the call.
    fn merge(&self, at: &str, parts: &[&[u8]], question: &Question) -> Result<Answered, CallError> {
        let unmergeable = |why| unmergeable(at, why);
        if let Some(report) = forecasts::of(question, &self.settings)? {
            let share = Share::merged(parts).map_err(unmergeable)?;
            return Ok(forecasts::finished(report, &share, &self.settings));
        }
        if let Some(report) = reports::of(question, &self.settings)? {
            let merged = report_partial::merge(parts, report.specs()).map_err(unmergeable)?;
            return Ok(reports::merged(report.as_ref(), &merged));
        }
        let content = content(question).ok_or_else(not_in_parts)?;
        let merged = partial::merge(parts).map_err(unmergeable)?;
        if !merged.head.content.holds(content) {
            let message = "the partials were made for a question that asks for less";
            return Err(error(ErrorCode::BadData, Some("question"), message));
        }
        let tie = |person: u32| {
            let tie = merged.ties.get(person as usize);
            tie.copied().unwrap_or_default()
        };
        let notes = notes(&merged.head.left_out, &merged.totals.summary);
        let as_of_day = merged.head.as_of_day;
        let wanted = wanted(question).ok_or_else(not_in_parts)?;
        let rfm = match wanted.rfm {
            RfmMode::Quantile => None,
            RfmMode::Threshold => Some(settings::rfm_thresholds(&self.settings)),
        };
        let finish = Finish {
            totals: &merged.totals,
            tie: &tie,
            as_of_day,
            rfm,
            top: wanted.top,
        };
        let codes: Vec<Cell> = merged
            .head
            .products
            .iter()
            .map(|c| code_cell(c))
            .into_list();
        let name = |rank: usize| merged.head.product_names.get(rank).cloned();
        Ok(Answered {
            answer: Answer::Tables(finished(&finish, &wanted, &codes, name)),
            notes,
            payload: Vec::new(),
        })
    }
}
