//! Answers about segments. Each customer is on one shard, so sizes add up.

use std::collections::BTreeMap;
use std::time::Duration;

use okaeri_protocol::answer::{Answer, Reply};
use okaeri_protocol::request::{Ask, Call, Question};
use okaeri_protocol::segment::{Segment, SegmentOverlap, SegmentSize, SegmentWord, SegmentWords};

use super::{Frame, Shards, page, turns, unexpected};
use crate::failure::Failure;

/// Values of the shop that the module lists.
const VALUES_MAX: usize = 50;

impl Shards {
    /// The answer to a question about segments.
    pub(super) fn segments(&mut self, ask: &Ask, deadline: Duration) -> Result<Frame, Failure> {
        let (told, mut notes) = self.standings((ask.as_of, ask.scope), &ask.question, deadline)?;
        let call = Call::Ask(Box::new(ask.clone()));
        let frames = self.each(|_, instance| instance.call(&call, &told, deadline))?;
        let mut parts = Vec::with_capacity(frames.len());
        for frame in frames {
            match frame.reply()? {
                Reply::Answer { answer, .. } => parts.push((answer, frame)),
                other => return Err(unexpected(&other)),
            }
        }
        let limit = match &ask.question {
            Question::Segment { limit, .. } => *limit,
            _ => 0,
        };
        let turns = turns(&parts, page(0, limit))?;
        let mut samples = Vec::new();
        let mut whole: Option<Answer> = None;
        for (mut part, _) in parts {
            if let Answer::Segment(segment) = &mut part {
                samples.push(std::mem::take(&mut segment.sample));
            }
            match &mut whole {
                None => whole = Some(part),
                Some(whole) => add(whole, part),
            }
        }
        let mut answer = whole.unwrap_or(Answer::Done);
        match &mut answer {
            Answer::Segment(segment) if segment.errors.is_empty() => {
                segment.sample = turns.merge(samples)?;
                let of = segment.of as f64;
                segment.share = (segment.of > 0).then(|| segment.customers as f64 / of);
            }
            Answer::SegmentOverlap(_) => {}
            Answer::SegmentWords(words) => {
                let fixed = words.words.iter().filter(|word| word.count.is_none());
                let shown = fixed.count() + VALUES_MAX;
                words.words.truncate(shown);
                notes.clear();
            }
            _ => notes.clear(),
        }
        Frame::of(&Reply::Answer { answer, notes })
    }
}

/// Adds another shard's part. All say the same of the text.
fn add(whole: &mut Answer, part: Answer) {
    match (whole, part) {
        (Answer::Segment(whole), Answer::Segment(part)) => add_segment(whole, &part),
        (Answer::SegmentOverlap(whole), Answer::SegmentOverlap(part)) => add_overlap(whole, &part),
        (Answer::SegmentWords(whole), Answer::SegmentWords(part)) => add_words(whole, part),
        _ => {}
    }
}

fn add_segment(whole: &mut Segment, part: &Segment) {
    whole.of += part.of;
    whole.customers += part.customers;
    whole.amount += part.amount;
    whole.mailable += part.mailable;
    add_sizes(&mut whole.conditions, &part.conditions);
}

fn add_sizes(whole: &mut [SegmentSize], part: &[SegmentSize]) {
    for (whole, part) in whole.iter_mut().zip(part) {
        whole.customers += part.customers;
    }
}

fn add_overlap(whole: &mut SegmentOverlap, part: &SegmentOverlap) {
    whole.of += part.of;
    add_sizes(&mut whole.segments, &part.segments);
    for (whole, part) in whole.pairs.iter_mut().zip(&part.pairs) {
        whole.customers += part.customers;
    }
    for (whole, part) in whole.cells.iter_mut().zip(&part.cells) {
        whole.customers += part.customers;
    }
}

/// A value as it is compared: without its quotes.
fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''));
    inner.unwrap_or(text).replace("''", "'")
}

/// Values that the shop knows come last, commonest first. A shard lists all of its own.
fn add_words(whole: &mut SegmentWords, part: SegmentWords) {
    let is_known = |word: &SegmentWord| word.count.is_some();
    let mut known: BTreeMap<String, SegmentWord> = BTreeMap::new();
    let all = std::mem::take(&mut whole.words);
    let (values, fixed): (Vec<_>, Vec<_>) = all.into_iter().partition(is_known);
    let more = part.words.into_iter().filter(is_known);
    for word in values.into_iter().chain(more) {
        match known.get_mut(&unquoted(&word.text)) {
            Some(known) => known.count = known.count.zip(word.count).map(|(a, b)| a + b),
            None => {
                known.insert(unquoted(&word.text), word);
            }
        }
    }
    let mut values: Vec<SegmentWord> = known.into_values().collect();
    values.sort_by_key(|word| std::cmp::Reverse(word.count));
    whole.words = fixed;
    whole.words.extend(values);
}
