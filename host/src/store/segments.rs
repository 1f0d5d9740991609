//! Saved segments: their texts by version, and how large they were by day.

use schemars::JsonSchema;
use serde::Serialize;
use sqlx::FromRow;

use super::{Store, on};

/// A saved segment, as its newest version says.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct SavedSegment {
    /// 16 hex digits.
    pub id: String,
    /// There is one segment of a name in a shop.
    pub name: String,
    /// Its text in canonical form.
    pub text: String,
    /// Counts from 1; each change is a new one.
    pub version: i64,
    /// Who wrote this version.
    pub author: String,
    /// When the segment was first saved, in milliseconds UTC.
    pub created_at: i64,
    /// When this version was written, in milliseconds UTC.
    pub updated_at: i64,
}

/// One version of a segment.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct SegmentVersion {
    /// Counts from 1.
    pub version: i64,
    /// Its name then.
    pub name: String,
    /// Its text then.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When, in milliseconds UTC.
    pub at: i64,
}

/// How large a version of a segment was on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SegmentDay {
    /// Which version.
    pub version: i64,
    /// Days since 1970-01-01.
    pub day: i64,
    /// Customers in it.
    pub customers: i64,
    /// Sum of their amounts.
    pub amount: i64,
}

/// What somebody wants a segment to say.
#[derive(Clone, Debug)]
pub struct SegmentDraft {
    /// Whose.
    pub shop: String,
    /// Of which segment.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text in canonical form.
    pub text: String,
    /// Who says it.
    pub author: String,
    /// Milliseconds UTC.
    pub at: i64,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentSaved {
    /// This is what the segment says now.
    Saved(SavedSegment),
    /// Another segment of the shop has the name.
    NameTaken,
    /// Somebody else has changed the segment: this is its newest version.
    Newer(i64),
    /// There is no such segment.
    Missing,
}

impl Store {
    /// Saves a new segment.
    pub async fn add_segment(&self, draft: &SegmentDraft) -> sqlx::Result<SegmentSaved> {
        on!(self, db => db.add_segment(draft).await)
    }

    /// Changes a segment: what differs from its newest version is a new one. `from` is the version
    /// that the change began with, if that matters.
    pub async fn set_segment(
        &self,
        draft: &SegmentDraft,
        from: Option<i64>,
    ) -> sqlx::Result<SegmentSaved> {
        on!(self, db => db.set_segment(draft, from).await)
    }

    /// All segments of a shop, by name.
    pub async fn segments(&self, shop: &str) -> sqlx::Result<Vec<SavedSegment>> {
        on!(self, db => db.segments(shop).await)
    }

    /// Shops that have segments, ascending.
    pub async fn segment_shops(&self) -> sqlx::Result<Vec<String>> {
        on!(self, db => db.segment_shops().await)
    }

    /// The segments of a shop whose newest version was not counted on a day, by name.
    pub async fn uncounted_segments(
        &self,
        shop: &str,
        day: i64,
    ) -> sqlx::Result<Vec<SavedSegment>> {
        on!(self, db => db.uncounted_segments(shop, day).await)
    }

    /// The segment of this id.
    pub async fn segment(&self, shop: &str, id: &str) -> sqlx::Result<Option<SavedSegment>> {
        on!(self, db => db.segment(shop, id).await)
    }

    /// Deletes a segment with all versions. False when there is none.
    pub async fn delete_segment(&self, shop: &str, id: &str) -> sqlx::Result<bool> {
        on!(self, db => db.delete_segment(shop, id).await)
    }

    /// All versions of a segment, newest first.
    pub async fn segment_versions(
        &self,
        shop: &str,
        id: &str,
    ) -> sqlx::Result<Vec<SegmentVersion>> {
        on!(self, db => db.segment_versions(shop, id).await)
    }

    /// Notes how large a segment is on a day; the last count of a day stays. One that was deleted
    /// meanwhile has no sizes.
    pub async fn record_segment(&self, shop: &str, id: &str, size: SegmentDay) -> sqlx::Result<()> {
        on!(self, db => db.record_segment(shop, id, size).await)
    }

    /// How large a segment was, by day and version.
    pub async fn segment_days(&self, shop: &str, id: &str) -> sqlx::Result<Vec<SegmentDay>> {
        on!(self, db => db.segment_days(shop, id).await)
    }
}
