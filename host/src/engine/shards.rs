//! One shop on several instances. Each holds some of its people and all answer at once.
//!
//! Tables are finished from partials on an instance of its own. Lists are merged by the places
//! that the shards tell, which compare as bytes; what a question must know of the whole shop is
//! worked out once a day and told to the shards. No rule lives here: answers are added up and put
//! in turn.

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

/// The instances of one shop, and what they were told of all of it.
pub struct Shards {
    engine: Engine,
    settings: Box<Settings>,
    instances: Vec<Instance>,
    told: Vec<Standing>,
}

/// What shards are told of the whole shop, under a name that the module gives.
struct Standing {
    day: Day,
    name: String,
    bytes: Vec<u8>,
    /// What the whole shop leaves out on that day.
    notes: Vec<Note>,
}

/// Which orders a question is about.
type Day = (NaiveDate, Scope);

/// Standings that are kept. The module says what a question needs; most need the same few.
const TOLD_MAX: usize = 32;

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
            told: Vec::new(),
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
        self.told.clear();
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
        let listed = request.listed();
        let (told, _) = self.standings((request.as_of, Scope::All), &listed, deadline)?;
        let ask = |instance: &mut Instance, offset, limit| {
            let part = Box::new(PlanRequest {
                offset,
                limit,
                ..request.clone()
            });
            let frame = instance.call(&Call::Plan(part), &told, deadline)?;
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
        let (told, notes) = self.standings((as_of, ask.scope), &ask.question, deadline)?;
        let ask = |instance: &mut Instance, from, count| {
            let mut ask = Box::new(ask.clone());
            if let Question::Customers { offset, limit, .. } = &mut ask.question {
                (*offset, *limit) = (from, count);
            }
            let call = Call::Ask(ask);
            let frame = instance.call(&call, &told, deadline)?;
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
            notes,
        })
    }

    /// The page of a customer, from whoever knows the key.
    fn customer(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        let (told, _) = self.standings((ask.as_of, ask.scope), &ask.question, deadline)?;
        let call = Call::Ask(Box::new(ask.clone()));
        let answers = self.each(|_, instance| match instance.call(&call, &told, deadline) {
            Err(Failure::Refused(error)) if error.code == ErrorCode::NotFound => Ok(Err(error)),
            other => other.map(Ok),
        })?;
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

    /// What the shards must be told before they answer a question, and what the whole shop leaves
    /// out.
    fn standings(
        &mut self,
        day: Day,
        question: &Question,
        deadline: Duration,
    ) -> Result<(Vec<u8>, Vec<Note>), Failure> {
        let names = self.needed(question, deadline)?;
        for name in &names {
            self.stand(day, question, name, deadline)?;
        }
        let found = |name: &String| {
            let mut all = self.told.iter();
            all.find(|known| known.day == day && known.name == *name)
        };
        let mut bytes = Vec::new();
        for known in names.iter().filter_map(found) {
            bytes.extend_from_slice(&known.bytes);
        }
        let first = names.first().and_then(found);
        let notes = first.map_or(Vec::new(), |first| first.notes.clone());
        Ok((bytes, notes))
    }

    /// The names of what a question needs.
    fn needed(&mut self, question: &Question, deadline: Duration) -> Result<Vec<String>, Failure> {
        let call = Call::Standings {
            question: question.clone(),
        };
        let shard = self.instances.first_mut();
        let shard = shard.ok_or_else(|| Failure::Broken(anyhow!("a shop has no shards")))?;
        match shard.call(&call, &[], deadline)?.reply()? {
            Reply::Answer {
                answer: Answer::Standings(standings),
                ..
            } => Ok(standings.names),
            other => Err(unexpected(&other)),
        }
    }

    /// Works a standing out, unless it is known.
    fn stand(
        &mut self,
        day: Day,
        question: &Question,
        name: &str,
        deadline: Duration,
    ) -> Result<(), Failure> {
        let is_known = |known: &Standing| known.day == day && known.name == name;
        if let Some(place) = self.told.iter().position(is_known) {
            // Those used last stand last.
            let known = self.told.remove(place);
            self.told.push(known);
            return Ok(());
        }
        let standing = Some(name.to_owned());
        let parts = self.partials(day, question, standing.clone(), &[], deadline)?;
        let call = Call::Finish {
            parts: lengths(&parts),
            compare: Vec::new(),
            question: question.clone(),
            standing,
        };
        let frame = self.finishing(&call, &parts, deadline)?;
        let Reply::Answer { notes, .. } = frame.reply()? else {
            return Err(Failure::Broken(anyhow!("the module told no standing")));
        };
        // What the question at hand needs is never so much.
        if self.told.len() >= TOLD_MAX {
            self.told.remove(0);
        }
        self.told.push(Standing {
            day,
            name: name.to_owned(),
            bytes: frame.payload().to_vec(),
            notes,
        });
        Ok(())
    }

    /// Asks all shards for their partials at once.
    fn partials(
        &mut self,
        (as_of, scope): Day,
        question: &Question,
        standing: Option<String>,
        told: &[u8],
        deadline: Duration,
    ) -> Result<Vec<Frame>, Failure> {
        let call = Call::Partial {
            as_of,
            scope,
            question: question.clone(),
            standing,
        };
        self.each(|_, instance| instance.call(&call, told, deadline))
    }

    /// Finishes partials on an instance of its own, whose memory is free again after it.
    fn finishing(
        &self,
        call: &Call,
        parts: &[Frame],
        deadline: Duration,
    ) -> Result<Frame, Failure> {
        let mut finishing = self.engine.configured(&self.settings, deadline)?;
        let pieces: Vec<&[u8]> = parts.iter().map(Frame::payload).collect();
        finishing.call_with(call, &pieces, deadline)
    }

    /// The answer of tables.
    fn finish(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        let mut partials = |as_of| {
            let day = (as_of, ask.scope);
            let (told, _) = self.standings(day, &ask.question, deadline)?;
            self.partials(day, &ask.question, None, &told, deadline)
        };
        let mut parts = partials(ask.as_of)?;
        let compare = ask.compare.map(partials).transpose()?.unwrap_or_default();
        let call = Call::Finish {
            parts: lengths(&parts),
            compare: lengths(&compare),
            question: ask.question.clone(),
            standing: None,
        };
        parts.extend(compare);
        self.finishing(&call, &parts, deadline)
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

fn lengths(frames: &[Frame]) -> Vec<u64> {
    let lengths = frames.iter().map(|frame| frame.payload().len() as u64);
    lengths.collect()
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
