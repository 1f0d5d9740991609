//! One shop on several instances. Each holds some of its people and all answer at once.
//!
//! Tables are finished from partials on an instance of its own. Lists are merged by the places
//! that the shards tell, which compare as bytes; what ranks a customer among all is worked out
//! once a day and told to the shards. No rule lives here: answers are added up and put in turn.

mod segments;

use std::collections::BTreeMap;
use std::ops::Range;
use std::thread;
use std::time::Duration;

use anyhow::anyhow;
use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, CallError, Customers, ErrorCode, Note, Reply};
use okaeri_protocol::plan::{LeftOut, LeftOutReason, Plan, PlanRequest};
use okaeri_protocol::request::{Ask, Call, Load, PAGE_MAX, Question, Scope, ShardRows};
use okaeri_protocol::settings::Settings;

use super::turns::{Turns, places};
use super::{Engine, Frame, Instance};
use crate::failure::Failure;

/// Customers that the module lists for each reason why they get nothing.
const LISTED_MAX: usize = 100;

/// The instances of one shop, and what ranks its customers.
pub struct Shards {
    engine: Engine,
    settings: Box<Settings>,
    instances: Vec<Instance>,
    rankings: Option<Rankings>,
}

#[derive(Clone)]
struct Rankings {
    as_of: NaiveDate,
    scope: Scope,
    bytes: Vec<u8>,
    /// What the whole shop leaves out on that day.
    notes: Vec<Note>,
}

/// A shard's part of an answer, and the frame that it came in.
type Part<T> = (T, Frame);

impl Shards {
    /// Instances without facts. The settings must name the rule of identity.
    ///
    /// # Errors
    /// When there are not so many slots.
    pub fn new(
        engine: &Engine,
        settings: Box<Settings>,
        count: u8,
        deadline: Duration,
    ) -> Result<Shards, Failure> {
        let instances = (0..count).map(|_| engine.configured(&settings, deadline));
        Ok(Shards {
            instances: instances.collect::<Result<_, _>>()?,
            engine: engine.clone(),
            settings,
            rankings: None,
        })
    }

    /// How many instances there are.
    pub fn count(&self) -> usize {
        self.instances.len()
    }

    /// Lets the next call of the first shard run out of time.
    #[cfg(test)]
    pub fn break_one(&mut self) {
        if let Some(instance) = self.instances.first_mut() {
            instance.break_next();
        }
    }

    /// Bytes of memory that all hold.
    pub fn memory_bytes(&self) -> usize {
        self.instances.iter().map(Instance::memory_bytes).sum()
    }

    /// Every shard takes in its rows of a batch. `shards` has a byte for each row, and `hints`
    /// says about how many rows of the whole load fall to each shard.
    ///
    /// # Errors
    /// The first failure of any; the shards must then be dropped.
    pub fn take_in(
        &mut self,
        load: &Load,
        (body, shards): (&[u8], &[u8]),
        hints: &[u64],
        deadline: Duration,
    ) -> Result<(), Failure> {
        self.rankings = None;
        self.each(|index, instance| {
            let mut load = load.clone();
            load.shard = Some(ShardRows {
                index: index as u8,
                rows: shards.len() as u64,
            });
            load.lines_hint = hints.get(index).copied();
            instance.call_with(&Call::Load(load), &[body, shards], deadline)
        })?;
        Ok(())
    }

    /// The answer to a question about orders; questions about contacts alone go elsewhere.
    ///
    /// # Errors
    /// A refusal leaves everything as it was; after any other failure the shards must be dropped.
    pub fn ask(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        match &ask.question {
            Question::Customers { offset, limit, .. } => {
                self.customers(ask, page(*offset, *limit), deadline)
            }
            Question::Customer { .. } => self.customer(ask, deadline),
            Question::Segment { .. }
            | Question::SegmentOverlap { .. }
            | Question::SegmentWords { .. }
            | Question::SegmentAttributes => self.segments(ask, deadline),
            _ => self.finish(ask, deadline),
        }
    }

    /// The plan of a campaign.
    ///
    /// # Errors
    /// As [`Shards::ask`].
    pub fn plan(&mut self, request: &PlanRequest, deadline: Duration) -> Result<Frame, Failure> {
        let rankings = self.rank(request.as_of, Scope::All, deadline)?;
        let ask = |instance: &mut Instance, offset, limit| {
            let part = Box::new(PlanRequest {
                offset,
                limit,
                ..request.clone()
            });
            let frame = instance.call(&Call::Plan(part), &rankings.bytes, deadline)?;
            match frame.reply()? {
                Reply::Answer {
                    answer: Answer::Plan(plan),
                    ..
                } => Ok((plan, frame)),
                other => Err(unexpected(&other)),
            }
        };
        let page = page(request.offset, request.limit);
        let parts = self.each(|_, instance| ask(instance, page.end, 0))?;
        let turns = turns(&parts, page)?;
        let mut plan = Plan::default();
        let mut left_out: BTreeMap<LeftOutReason, LeftOut> = BTreeMap::new();
        for (part, _) in parts {
            plan.matched += part.matched;
            plan.to_send += part.to_send;
            for more in part.left_out {
                let reason = more.reason;
                let all = left_out.entry(reason).or_insert_with(|| LeftOut {
                    reason,
                    count: 0,
                    customers: Vec::new(),
                });
                all.count += more.count;
                all.customers.extend(more.customers);
            }
        }
        for of_reason in left_out.values_mut() {
            of_reason.customers.sort_unstable();
            of_reason.customers.truncate(LISTED_MAX);
        }
        plan.left_out = left_out.into_values().collect();
        // Only what is in the page is rendered.
        let rows = self.each(|shard, instance| {
            let (start, count) = turns.of_shard(shard);
            match count {
                0 => Ok(Vec::new()),
                _ => Ok(ask(instance, start, count)?.0.deliveries),
            }
        })?;
        plan.deliveries = turns.merge(rows)?;
        Frame::of(&Reply::Answer {
            answer: Answer::Plan(plan),
            notes: Vec::new(),
        })
    }

    fn customers(
        &mut self,
        ask: &Ask,
        page: Range<u32>,
        deadline: Duration,
    ) -> Result<Frame, Failure> {
        let as_of = ask.as_of;
        let rankings = self.rank(as_of, ask.scope, deadline)?;
        let ask = |instance: &mut Instance, from, count| {
            let mut ask = Box::new(ask.clone());
            if let Question::Customers { offset, limit, .. } = &mut ask.question {
                (*offset, *limit) = (from, count);
            }
            let call = Call::Ask(ask);
            let frame = instance.call(&call, &rankings.bytes, deadline)?;
            match frame.reply()? {
                Reply::Answer {
                    answer: Answer::Customers(list),
                    ..
                } => Ok((list, frame)),
                other => Err(unexpected(&other)),
            }
        };
        // The first page's rows are the first ones of every shard; of later ones first only the
        // places are asked for.
        let is_first = page.start == 0;
        let asked = if is_first {
            0..page.end
        } else {
            page.end..page.end
        };
        let mut parts =
            self.each(|_, instance| ask(instance, asked.start, asked.end - asked.start))?;
        let turns = turns(&parts, page)?;
        let rows = if is_first {
            let rows = |part: &mut Part<Customers>| std::mem::take(&mut part.0.customers);
            parts.iter_mut().map(rows).collect()
        } else {
            self.each(|shard, instance| {
                let (start, count) = turns.of_shard(shard);
                match count {
                    0 => Ok(Vec::new()),
                    _ => Ok(ask(instance, start, count)?.0.customers),
                }
            })?
        };
        let mut list = Customers {
            as_of: as_of.to_string(),
            customers: turns.merge(rows)?,
            ..Customers::default()
        };
        for (part, _) in parts {
            list.total += part.total;
            list.amount += part.amount;
            list.mailable += part.mailable;
        }
        Frame::of(&Reply::Answer {
            answer: Answer::Customers(list),
            notes: rankings.notes,
        })
    }

    /// The page of a customer, from whoever knows the key.
    fn customer(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        let rankings = self.rank(ask.as_of, ask.scope, deadline)?;
        let call = Call::Ask(Box::new(ask.clone()));
        let answers =
            self.each(
                |_, instance| match instance.call(&call, &rankings.bytes, deadline) {
                    Err(Failure::Refused(error)) if error.code == ErrorCode::NotFound => {
                        Ok(Err(error))
                    }
                    other => other.map(Ok),
                },
            )?;
        let mut unknown: Option<CallError> = None;
        for answer in answers {
            match answer {
                Ok(frame) => return Ok(frame),
                Err(error) => unknown = Some(error),
            }
        }
        Err(unknown.map_or_else(
            || Failure::Broken(anyhow!("a shop has no shards")),
            Failure::Refused,
        ))
    }

    /// What ranks the customers on a day.
    fn rank(
        &mut self,
        as_of: NaiveDate,
        scope: Scope,
        deadline: Duration,
    ) -> Result<Rankings, Failure> {
        let known = self.rankings.as_ref();
        if let Some(known) = known.filter(|known| (known.as_of, known.scope) == (as_of, scope)) {
            return Ok(known.clone());
        }
        let question = Question::Customers {
            filter: okaeri_protocol::filter::Filter::default(),
            sort: okaeri_protocol::request::CustomerSort::default(),
            ascending: false,
            offset: 0,
            limit: 0,
        };
        let ask = Ask {
            scope,
            ..Ask::new(as_of, question)
        };
        let frame = self.finish(&ask, deadline)?;
        let Reply::Answer { notes, .. } = frame.reply()? else {
            return Err(Failure::Broken(anyhow!("the module ranked nobody")));
        };
        let rankings = Rankings {
            as_of,
            scope,
            bytes: frame.payload().to_vec(),
            notes,
        };
        self.rankings = Some(rankings.clone());
        Ok(rankings)
    }

    /// Asks all shards for their partials at once and finishes on an instance of its own, whose
    /// memory is free again after it.
    fn finish(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        let mut partials = |as_of| {
            let call = Call::Partial {
                as_of,
                scope: ask.scope,
                question: ask.question.clone(),
            };
            self.each(|_, instance| instance.call(&call, &[], deadline))
        };
        let now = partials(ask.as_of)?;
        let compare = ask.compare.map(partials).transpose()?.unwrap_or_default();
        let mut finishing = self.engine.configured(&self.settings, deadline)?;
        let pieces: Vec<&[u8]> = now.iter().chain(&compare).map(Frame::payload).collect();
        let lengths = |frames: &[Frame]| {
            let lengths = frames.iter().map(|frame| frame.payload().len() as u64);
            lengths.collect::<Vec<_>>()
        };
        let call = Call::Finish {
            parts: lengths(&now),
            compare: lengths(&compare),
            question: ask.question.clone(),
        };
        finishing.call_with(&call, &pieces, deadline)
    }

    /// Calls all instances at once. Of several failures it answers one that is no refusal, so
    /// that a broken shard is not taken for a refused question.
    fn each<T: Send>(
        &mut self,
        run: impl Fn(usize, &mut Instance) -> Result<T, Failure> + Sync,
    ) -> Result<Vec<T>, Failure> {
        let run = &run;
        let answers: Vec<Result<T, Failure>> = thread::scope(|scope| {
            let instances = self.instances.iter_mut().enumerate();
            let running: Vec<_> = instances
                .map(|(index, instance)| scope.spawn(move || run(index, instance)))
                .collect();
            let ended = |thread: thread::ScopedJoinHandle<'_, _>| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(Failure::Broken(anyhow!("a shard's thread failed"))))
            };
            running.into_iter().map(ended).collect()
        });
        let mut all = Vec::with_capacity(answers.len());
        let mut refused = None;
        for answer in answers {
            match answer {
                Ok(answer) => all.push(answer),
                Err(Failure::Refused(error)) => refused = refused.or(Some(error)),
                Err(other) => return Err(other),
            }
        }
        match refused {
            None => Ok(all),
            Some(error) => Err(Failure::Refused(error)),
        }
    }
}

/// The rows of a page, as the module cuts it.
fn page(offset: u32, limit: u32) -> Range<u32> {
    offset..offset.saturating_add(limit.min(PAGE_MAX))
}

fn turns<T>(parts: &[Part<T>], page: Range<u32>) -> Result<Turns, Failure> {
    let places = parts.iter().map(|(_, frame)| places(frame));
    Ok(Turns::of(&places.collect::<Result<Vec<_>, _>>()?, page))
}

fn unexpected(reply: &Reply) -> Failure {
    Failure::Broken(anyhow!(
        "the module answered another question than was asked: {reply:?}"
    ))
}
