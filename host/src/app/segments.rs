//! Saved segments. The module knows texts alone: what is saved is kept here, and stands for its
//! text in filters.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Reply};
use okaeri_protocol::filter::{Condition, Filter};
use okaeri_protocol::plan::PlanRequest;
use okaeri_protocol::request::Question;
use okaeri_protocol::segment::Segment;
use rand::Rng;

use super::{App, unexpected};
use crate::failure::Failure;
use crate::store::{SavedSegment, SegmentDay, SegmentDraft, SegmentSaved, Shop};

/// Longest name, in letters.
const NAME_MAX: usize = 100;
/// Days from 0001-01-01 to 1970-01-01.
const EPOCH: i64 = 719_163;

/// Versions of segments by shop and id, and the day on which they could not be read.
pub type Passed = BTreeMap<(String, String), (i64, NaiveDate)>;

/// What somebody wants saved.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its text, as written.
    pub text: &'a str,
    /// Who wants it.
    pub author: &'a str,
}

/// The number of a day, from 1970-01-01.
pub fn number_of(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - EPOCH
}

/// The day of a number.
pub fn day_of(number: i64) -> NaiveDate {
    let days = i32::try_from(number + EPOCH).ok();
    days.and_then(NaiveDate::from_num_days_from_ce_opt)
        .unwrap_or_default()
}

fn refused(code: ErrorCode, at: &str, message: impl Into<String>) -> Failure {
    Failure::Refused(CallError {
        code,
        message: message.into(),
        at: Some(at.to_owned()),
        ..CallError::default()
    })
}

/// There is no saved segment of this id; `at` is its place in the request.
pub fn no_segment(id: &str, at: &str) -> Failure {
    let message = format!("there is no saved segment `{id}`");
    refused(ErrorCode::NotFound, at, message)
}

impl App {
    /// Who is in the segment that a text is. A text that is wrong is answered too, by its errors.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn segment(
        &self,
        shop: &str,
        as_of: NaiveDate,
        text: &str,
        limit: u32,
    ) -> Result<Segment, Failure> {
        let text = text.to_owned();
        let question = Question::Segment { text, limit };
        match self.ask(shop, as_of, question).await?.reply()? {
            Reply::Answer {
                answer: Answer::Segment(segment),
                ..
            } => Ok(*segment),
            other => Err(unexpected(&other)),
        }
    }

    /// Saves a new segment.
    ///
    /// # Errors
    /// When the name or the text is wrong, and as [`Failure`] says.
    pub async fn add_segment(&self, shop: &Shop, wish: Wish<'_>) -> Result<SegmentSaved, Failure> {
        let id = format!("{:016x}", rand::rng().random::<u64>());
        let draft = self.draft(shop, id, wish).await?;
        Ok(self.store.add_segment(&draft).await?)
    }

    /// Changes a saved segment; `from` is the version that the change began with.
    ///
    /// # Errors
    /// As [`App::add_segment`].
    pub async fn set_segment(
        &self,
        shop: &Shop,
        id: &str,
        wish: Wish<'_>,
        from: Option<i64>,
    ) -> Result<SegmentSaved, Failure> {
        let draft = self.draft(shop, id.to_owned(), wish).await?;
        Ok(self.store.set_segment(&draft, from).await?)
    }

    async fn draft(
        &self,
        shop: &Shop,
        id: String,
        wish: Wish<'_>,
    ) -> Result<SegmentDraft, Failure> {
        let name = wish.name.trim();
        if name.is_empty() || name.chars().count() > NAME_MAX || name.contains(char::is_control) {
            let message = format!("a name has 1 to {NAME_MAX} letters");
            return Err(refused(ErrorCode::BadCall, "name", message));
        }
        let segment = self.segment(&shop.id, self.day(shop), wish.text, 0).await?;
        if let Some(error) = segment.errors.into_iter().next() {
            return Err(Failure::Refused(CallError {
                code: ErrorCode::BadCall,
                message: error.message,
                at: Some("text".to_owned()),
                span: Some(error.span),
                suggestion: error.suggestion,
            }));
        }
        Ok(SegmentDraft {
            shop: shop.id.clone(),
            id,
            name: name.to_owned(),
            text: segment.text,
            author: wish.author.to_owned(),
            at: self.clock.millis(),
        })
    }

    /// Who is in a saved segment. The count of today, or of a day before, is noted.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn count_segment(
        &self,
        shop: &Shop,
        saved: &SavedSegment,
        as_of: NaiveDate,
        limit: u32,
    ) -> Result<Segment, Failure> {
        let segment = self.segment(&shop.id, as_of, &saved.text, limit).await?;
        if as_of <= self.day(shop) && segment.errors.is_empty() {
            let size = SegmentDay {
                version: saved.version,
                day: number_of(as_of),
                customers: segment.customers.cast_signed(),
                amount: segment.amount,
            };
            self.store.record_segment(&shop.id, &saved.id, size).await?;
        }
        Ok(segment)
    }

    /// Counts each shop's saved segments that were not counted on the shop's day; `passed` are
    /// those that could not be read on a day, which are not tried again on it. Answers how many
    /// were counted.
    ///
    /// # Errors
    /// As [`Failure`] says: the first, when all shops were gone through.
    pub async fn count_segments(&self, passed: &mut Passed) -> Result<u64, Failure> {
        let mut counted = 0;
        let mut failed = None;
        for id in self.store.segment_shops().await? {
            match self.count_segments_of(&id, passed).await {
                Ok(more) => counted += more,
                Err(failure) => failed = failed.or(Some(failure)),
            }
        }
        failed.map_or(Ok(counted), Err)
    }

    async fn count_segments_of(&self, id: &str, passed: &mut Passed) -> Result<u64, Failure> {
        let shop = self.shop(id).await?;
        let as_of = self.day(&shop);
        let mut counted = 0;
        for saved in self.store.uncounted_segments(id, number_of(as_of)).await? {
            let key = (shop.id.clone(), saved.id.clone());
            if passed.get(&key) == Some(&(saved.version, as_of)) {
                continue;
            }
            let found = self.count_segment(&shop, &saved, as_of, 0).await?;
            if found.errors.is_empty() {
                counted += 1;
            } else {
                // Such as a member rank that the plan has no more.
                passed.insert(key, (saved.version, as_of));
            }
        }
        Ok(counted)
    }

    /// How large a segment was by day, today included.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn segment_history(
        &self,
        shop: &Shop,
        saved: &SavedSegment,
    ) -> Result<Vec<SegmentDay>, Failure> {
        self.count_segment(shop, saved, self.day(shop), 0).await?;
        Ok(self.store.segment_days(&shop.id, &saved.id).await?)
    }

    /// Puts the texts of saved segments into a filter, so that the module can read it.
    ///
    /// # Errors
    /// When there is no such segment, and as [`Failure`] says.
    pub async fn put_texts(&self, shop: &str, filter: &mut Filter) -> Result<(), Failure> {
        for (index, condition) in filter.0.iter_mut().enumerate() {
            if let Condition::Segment {
                text: text @ None,
                id: Some(id),
            } = condition
            {
                let saved = self.store.segment(shop, id).await?;
                let saved = saved.ok_or_else(|| no_segment(id, &format!("filter[{index}].id")))?;
                *text = Some(saved.text);
            }
        }
        Ok(())
    }

    /// A plan whose filter the module can read.
    ///
    /// # Errors
    /// As [`App::put_texts`].
    pub async fn filled(&self, shop: &str, request: &PlanRequest) -> Result<PlanRequest, Failure> {
        let mut request = request.clone();
        self.put_texts(shop, &mut request.filter).await?;
        Ok(request)
    }
}
