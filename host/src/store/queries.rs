//! Shops, facts and tokens: compiled once for each database.

use okaeri_protocol::settings::Settings;
use sqlx::{query, query_as, query_scalar};

use super::Db;
use crate::store::{Head, LoadNote, LoadRow, Packed, Shop, Token};

/// A day. What a load left behind that was killed is swept up by the first load after it.
const STALE_MILLIS: i64 = 86_400_000;

/// Kind, rows, orders, body and its sum.
type BatchRow = (String, i64, i64, Vec<u8>, Vec<u8>);

impl Db {
    /// See [`crate::store::Store::ping`].
    pub async fn ping(&self) -> sqlx::Result<()> {
        query("SELECT 1").execute(self.reader()).await.map(|_| ())
    }

    /// See [`crate::store::Store::add_shop`].
    pub async fn add_shop(&self, shop: &Shop) -> sqlx::Result<bool> {
        let mut tx = self.begin().await?;
        let done = query(
            "INSERT INTO shop (id, name, settings, version, last_seq, created_at)
             VALUES ($1, $2, $3, 1, 0, $4) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&shop.id)
        .bind(&shop.name)
        .bind(settings_text(shop)?)
        .bind(shop.created_at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// See [`crate::store::Store::shop`].
    pub async fn shop(&self, id: &str) -> sqlx::Result<Option<Shop>> {
        query_as("SELECT id, name, settings, created_at FROM shop WHERE id = $1")
            .bind(id)
            .fetch_optional(self.reader())
            .await?
            .map(to_shop)
            .transpose()
    }

    /// See [`crate::store::Store::shops`].
    pub async fn shops(&self) -> sqlx::Result<Vec<Shop>> {
        query_as("SELECT id, name, settings, created_at FROM shop ORDER BY id")
            .fetch_all(self.reader())
            .await?
            .into_iter()
            .map(to_shop)
            .collect()
    }

    /// See [`crate::store::Store::set_shop`].
    pub async fn set_shop(&self, shop: &Shop) -> sqlx::Result<bool> {
        let mut tx = self.begin().await?;
        let done =
            query("UPDATE shop SET name = $2, settings = $3, version = version + 1 WHERE id = $1")
                .bind(&shop.id)
                .bind(&shop.name)
                .bind(settings_text(shop)?)
                .execute(&mut *tx)
                .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// See [`crate::store::Store::head`].
    pub async fn head(&self, shop: &str) -> sqlx::Result<Option<Head>> {
        let row: Option<(i64, i64)> = query_as("SELECT version, last_seq FROM shop WHERE id = $1")
            .bind(shop)
            .fetch_optional(self.reader())
            .await?;
        Ok(row.map(|(version, last_seq)| Head { version, last_seq }))
    }

    /// See [`crate::store::Store::stage`].
    pub async fn stage(&self, load: &LoadNote, part: i64, batch: &Packed) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        insert_batch(&mut tx, load, part, batch).await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::commit`].
    pub async fn commit(&self, load: &LoadNote, part: i64, last: &Packed) -> sqlx::Result<i64> {
        let mut tx = self.begin().await?;
        // First of all, so that two loads of one shop take their places one after the other.
        let seq: i64 = query_scalar(
            "UPDATE shop SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq",
        )
        .bind(&load.shop)
        .fetch_one(&mut *tx)
        .await?;
        insert_batch(&mut tx, load, part, last).await?;
        query(
            "INSERT INTO fact_load (shop, seq, id, source, row_count, order_count, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&load.shop)
        .bind(seq)
        .bind(&load.id)
        .bind(&load.source)
        .bind(load.rows.cast_signed())
        .bind(load.orders.cast_signed())
        .bind(load.received_at)
        .execute(&mut *tx)
        .await?;
        query(
            "DELETE FROM fact_batch WHERE shop = $1 AND received_at < $2
             AND NOT EXISTS (SELECT 1 FROM fact_load WHERE fact_load.id = fact_batch.load_id)",
        )
        .bind(&load.shop)
        .bind(load.received_at - STALE_MILLIS)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(seq)
    }

    /// See [`crate::store::Store::loads_after`].
    pub async fn loads_after(&self, shop: &str, seq: i64) -> sqlx::Result<Vec<LoadRow>> {
        let rows: Vec<(i64, String, String, i64, i64, i64)> = query_as(
            "SELECT seq, id, source, row_count, order_count, received_at FROM fact_load
             WHERE shop = $1 AND seq > $2 ORDER BY seq",
        )
        .bind(shop)
        .bind(seq)
        .fetch_all(self.reader())
        .await?;
        let load = |(seq, id, source, rows, orders, received_at): (_, _, _, i64, i64, _)| LoadRow {
            seq,
            id,
            source,
            rows: rows.cast_unsigned(),
            orders: orders.cast_unsigned(),
            received_at,
        };
        Ok(rows.into_iter().map(load).collect())
    }

    /// See [`crate::store::Store::batch`].
    pub async fn batch(&self, load_id: &str, part: i64) -> sqlx::Result<Option<Packed>> {
        let row: Option<BatchRow> = query_as(
            "SELECT kind, row_count, order_count, body, sha256 FROM fact_batch
             WHERE load_id = $1 AND part = $2",
        )
        .bind(load_id)
        .bind(part)
        .fetch_optional(self.reader())
        .await?;
        let Some((kind, rows, orders, body, sha256)) = row else {
            return Ok(None);
        };
        Ok(Some(Packed {
            kind: kind.parse()?,
            rows: rows.cast_unsigned(),
            orders: orders.cast_unsigned(),
            body,
            sha256,
        }))
    }

    /// See [`crate::store::Store::add_token`].
    pub async fn add_token(&self, token: &Token, hash: &[u8]) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "INSERT INTO token (hash, shop, scope, prefix, label, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(hash)
        .bind(&token.shop)
        .bind(token.scope.text())
        .bind(&token.prefix)
        .bind(&token.label)
        .bind(token.created_at)
        .bind(token.expires_at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::token`].
    pub async fn token(&self, hash: &[u8]) -> sqlx::Result<Option<Token>> {
        query_as(
            "SELECT shop, scope, prefix, label, created_at, expires_at FROM token
             WHERE hash = $1",
        )
        .bind(hash)
        .fetch_optional(self.reader())
        .await?
        .map(to_token)
        .transpose()
    }

    /// See [`crate::store::Store::tokens`].
    pub async fn tokens(&self, shop: &str) -> sqlx::Result<Vec<Token>> {
        query_as(
            "SELECT shop, scope, prefix, label, created_at, expires_at FROM token
             WHERE shop = $1 ORDER BY created_at, prefix",
        )
        .bind(shop)
        .fetch_all(self.reader())
        .await?
        .into_iter()
        .map(to_token)
        .collect()
    }

    /// See [`crate::store::Store::revoke_token`].
    pub async fn revoke_token(&self, shop: &str, prefix: &str) -> sqlx::Result<bool> {
        let mut tx = self.begin().await?;
        let done = query("DELETE FROM token WHERE shop = $1 AND prefix = $2")
            .bind(shop)
            .bind(prefix)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}

async fn insert_batch(
    tx: &mut sqlx::Transaction<'static, super::Engine>,
    load: &LoadNote,
    part: i64,
    batch: &Packed,
) -> sqlx::Result<()> {
    query(
        "INSERT INTO fact_batch
         (load_id, part, shop, kind, row_count, order_count, sha256, received_at, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&load.id)
    .bind(part)
    .bind(&load.shop)
    .bind(batch.kind.text())
    .bind(batch.rows.cast_signed())
    .bind(batch.orders.cast_signed())
    .bind(&batch.sha256)
    .bind(load.received_at)
    .bind(&batch.body)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn settings_text(shop: &Shop) -> sqlx::Result<String> {
    serde_json::to_string(&shop.settings).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn to_shop((id, name, settings, created_at): (String, String, String, i64)) -> sqlx::Result<Shop> {
    let mut settings: Settings =
        serde_json::from_str(&settings).map_err(|error| sqlx::Error::Decode(error.into()))?;
    // Versions before the margin was one setting stored this with every shop.
    settings.forecast.margin = None;
    Ok(Shop {
        id,
        name,
        settings,
        created_at,
    })
}

/// Shop, scope, prefix, label, and when it was made and expires.
type TokenRow = (String, String, String, String, i64, Option<i64>);

fn to_token((shop, scope, prefix, label, created_at, expires_at): TokenRow) -> sqlx::Result<Token> {
    Ok(Token {
        shop,
        scope: scope.parse()?,
        prefix,
        label,
        created_at,
        expires_at,
    })
}
