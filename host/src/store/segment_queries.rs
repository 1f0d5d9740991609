//! Saved segments: compiled once for each database.

use sqlx::{query, query_as, query_scalar};

use super::Db;
use crate::store::{SavedSegment, SegmentDay, SegmentDraft, SegmentSaved, SegmentVersion};

type Tx = sqlx::Transaction<'static, super::Engine>;

impl Db {
    /// See [`crate::store::Store::add_segment`].
    pub async fn add_segment(&self, draft: &SegmentDraft) -> sqlx::Result<SegmentSaved> {
        let mut tx = self.begin().await?;
        let done = query(
            "INSERT INTO segment (shop, id, name, version, created_at)
             VALUES ($1, $2, $3, 1, $4) ON CONFLICT (shop, name) DO NOTHING",
        )
        .bind(&draft.shop)
        .bind(&draft.id)
        .bind(&draft.name)
        .bind(draft.at)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(SegmentSaved::NameTaken);
        }
        add_version(&mut tx, draft, 1).await?;
        tx.commit().await?;
        self.saved(draft).await
    }

    /// See [`crate::store::Store::set_segment`].
    pub async fn set_segment(
        &self,
        draft: &SegmentDraft,
        from: Option<i64>,
    ) -> sqlx::Result<SegmentSaved> {
        let mut tx = self.begin().await?;
        // First of all, so that two changes of one segment come one after the other.
        let version: Option<i64> = query_scalar(
            "UPDATE segment SET version = version + 1 WHERE shop = $1 AND id = $2
             RETURNING version",
        )
        .bind(&draft.shop)
        .bind(&draft.id)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(version) = version else {
            return Ok(SegmentSaved::Missing);
        };
        if from.is_some_and(|from| from.saturating_add(1) != version) {
            return Ok(SegmentSaved::Newer(version - 1));
        }
        let (name, text): (String, String) = query_as(
            "SELECT name, text FROM segment_version
             WHERE shop = $1 AND id = $2 AND version = $3",
        )
        .bind(&draft.shop)
        .bind(&draft.id)
        .bind(version - 1)
        .fetch_one(&mut *tx)
        .await?;
        if (&name, &text) == (&draft.name, &draft.text) {
            drop(tx);
            return self.saved(draft).await;
        }
        let named = query("UPDATE segment SET name = $3 WHERE shop = $1 AND id = $2")
            .bind(&draft.shop)
            .bind(&draft.id)
            .bind(&draft.name)
            .execute(&mut *tx)
            .await;
        match named {
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                return Ok(SegmentSaved::NameTaken);
            }
            other => other?,
        };
        add_version(&mut tx, draft, version).await?;
        tx.commit().await?;
        self.saved(draft).await
    }

    /// See [`crate::store::Store::segments`].
    pub async fn segments(&self, shop: &str) -> sqlx::Result<Vec<SavedSegment>> {
        query_as(
            "SELECT segment.id, segment.name, text, segment.version, author, created_at,
                 at AS updated_at
             FROM segment JOIN segment_version ON segment_version.shop = segment.shop
                 AND segment_version.id = segment.id
                 AND segment_version.version = segment.version
             WHERE segment.shop = $1 ORDER BY segment.name",
        )
        .bind(shop)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::segment_shops`].
    pub async fn segment_shops(&self) -> sqlx::Result<Vec<String>> {
        query_scalar("SELECT DISTINCT shop FROM segment ORDER BY shop")
            .fetch_all(self.reader())
            .await
    }

    /// See [`crate::store::Store::uncounted_segments`].
    pub async fn uncounted_segments(
        &self,
        shop: &str,
        day: i64,
    ) -> sqlx::Result<Vec<SavedSegment>> {
        query_as(
            "SELECT segment.id, segment.name, text, segment.version, author, created_at,
                 at AS updated_at
             FROM segment JOIN segment_version ON segment_version.shop = segment.shop
                 AND segment_version.id = segment.id
                 AND segment_version.version = segment.version
             WHERE segment.shop = $1 AND NOT EXISTS (SELECT 1 FROM segment_size
                 WHERE segment_size.shop = segment.shop AND segment_size.id = segment.id
                 AND segment_size.version = segment.version AND day = $2)
             ORDER BY segment.name",
        )
        .bind(shop)
        .bind(day)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::segment`].
    pub async fn segment(&self, shop: &str, id: &str) -> sqlx::Result<Option<SavedSegment>> {
        query_as(
            "SELECT segment.id, segment.name, text, segment.version, author, created_at,
                 at AS updated_at
             FROM segment JOIN segment_version ON segment_version.shop = segment.shop
                 AND segment_version.id = segment.id
                 AND segment_version.version = segment.version
             WHERE segment.shop = $1 AND segment.id = $2",
        )
        .bind(shop)
        .bind(id)
        .fetch_optional(self.reader())
        .await
    }

    /// See [`crate::store::Store::delete_segment`].
    pub async fn delete_segment(&self, shop: &str, id: &str) -> sqlx::Result<bool> {
        let mut tx = self.begin().await?;
        let done = query("DELETE FROM segment WHERE shop = $1 AND id = $2")
            .bind(shop)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// See [`crate::store::Store::segment_versions`].
    pub async fn segment_versions(
        &self,
        shop: &str,
        id: &str,
    ) -> sqlx::Result<Vec<SegmentVersion>> {
        query_as(
            "SELECT version, name, text, author, at FROM segment_version
             WHERE shop = $1 AND id = $2 ORDER BY version DESC",
        )
        .bind(shop)
        .bind(id)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::record_segment`].
    pub async fn record_segment(&self, shop: &str, id: &str, size: SegmentDay) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "INSERT INTO segment_size (shop, id, version, day, customers, amount)
             SELECT shop, id, version, $4, $5, $6 FROM segment_version
             WHERE shop = $1 AND id = $2 AND version = $3
             ON CONFLICT (shop, id, version, day)
             DO UPDATE SET customers = excluded.customers, amount = excluded.amount",
        )
        .bind(shop)
        .bind(id)
        .bind(size.version)
        .bind(size.day)
        .bind(size.customers)
        .bind(size.amount)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::segment_days`].
    pub async fn segment_days(&self, shop: &str, id: &str) -> sqlx::Result<Vec<SegmentDay>> {
        query_as(
            "SELECT version, day, customers, amount FROM segment_size
             WHERE shop = $1 AND id = $2 ORDER BY day, version",
        )
        .bind(shop)
        .bind(id)
        .fetch_all(self.reader())
        .await
    }

    async fn saved(&self, draft: &SegmentDraft) -> sqlx::Result<SegmentSaved> {
        let saved = self.segment(&draft.shop, &draft.id).await?;
        Ok(saved.map_or(SegmentSaved::Missing, SegmentSaved::Saved))
    }
}

async fn add_version(tx: &mut Tx, draft: &SegmentDraft, version: i64) -> sqlx::Result<()> {
    query(
        "INSERT INTO segment_version (shop, id, version, name, text, author, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&draft.shop)
    .bind(&draft.id)
    .bind(version)
    .bind(&draft.name)
    .bind(&draft.text)
    .bind(&draft.author)
    .bind(draft.at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
