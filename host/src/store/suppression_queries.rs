//! Who must not be written to, who writes, and the key of the links: compiled once for each
//! database.

use sqlx::{query, query_as, query_scalar};

use super::Db;
use crate::store::{Sender, Suppression};

type Tx = sqlx::Transaction<'static, super::Engine>;

/// Why a delivery ended whose receiver withdrew consent after it was planned.
const WITHDRAWN: &str = "withdrawn";

impl Db {
    /// See [`crate::store::Store::suppress`].
    pub async fn suppress(&self, suppression: &Suppression) -> sqlx::Result<bool> {
        let mut tx = self.begin().await?;
        let is_new = suppress_in(&mut tx, suppression).await?;
        tx.commit().await?;
        Ok(is_new)
    }

    /// See [`crate::store::Store::waiting_shops`].
    pub async fn waiting_shops(&self) -> sqlx::Result<Vec<(String, i64)>> {
        query_as(
            "SELECT id, last_seq FROM shop WHERE EXISTS (SELECT 1 FROM delivery
             WHERE delivery.shop = shop.id AND state IN ('queued', 'claimed')) ORDER BY id",
        )
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::waiting_addresses`].
    pub async fn waiting_addresses(&self, shop: &str) -> sqlx::Result<Vec<String>> {
        query_scalar(
            "SELECT DISTINCT address FROM delivery WHERE shop = $1 AND channel = 'mail'
             AND state IN ('queued', 'claimed') ORDER BY address",
        )
        .bind(shop)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::withhold`].
    pub async fn withhold(&self, shop: &str, addresses: &[String], now: i64) -> sqlx::Result<u64> {
        let mut tx = self.begin().await?;
        let mut ended = 0;
        for address in addresses {
            ended += end_waiting(&mut tx, shop, "mail", address, now, WITHDRAWN).await?;
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// See [`crate::store::Store::untold_suppressions`].
    pub async fn untold_suppressions(&self, limit: i64) -> sqlx::Result<Vec<Suppression>> {
        query_as(
            "SELECT shop, channel, address, at, source, delivery_key FROM suppression
             WHERE told = 0 ORDER BY shop, at LIMIT $1",
        )
        .bind(limit)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::told_suppressions`].
    pub async fn told_suppressions(&self, told: &[Suppression]) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        for one in told {
            query(
                "UPDATE suppression SET told = 1
                 WHERE shop = $1 AND channel = $2 AND address = $3",
            )
            .bind(&one.shop)
            .bind(&one.channel)
            .bind(&one.address)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    /// See [`crate::store::Store::sender`].
    pub async fn sender(&self, shop: &str) -> sqlx::Result<Option<Sender>> {
        query_as(
            "SELECT name, address, reply_to, postal_address, contact FROM mail_sender
             WHERE shop = $1",
        )
        .bind(shop)
        .fetch_optional(self.reader())
        .await
    }

    /// See [`crate::store::Store::set_sender`].
    pub async fn set_sender(&self, shop: &str, sender: &Sender) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "INSERT INTO mail_sender (shop, name, address, reply_to, postal_address, contact)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop) DO UPDATE SET name = $2,
             address = $3, reply_to = $4, postal_address = $5, contact = $6",
        )
        .bind(shop)
        .bind(&sender.name)
        .bind(&sender.address)
        .bind(&sender.reply_to)
        .bind(&sender.postal_address)
        .bind(&sender.contact)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::outbox_key`].
    pub async fn outbox_key(&self, fresh: &[u8]) -> sqlx::Result<Vec<u8>> {
        let mut tx = self.begin().await?;
        query(
            "INSERT INTO outbox_key (name, value) VALUES ('unsubscribe', $1)
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(fresh)
        .execute(&mut *tx)
        .await?;
        let key = query_scalar("SELECT value FROM outbox_key WHERE name = 'unsubscribe'")
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(key)
    }
}

/// A new suppression ends what waits for its address.
pub(super) async fn suppress_in(tx: &mut Tx, suppression: &Suppression) -> sqlx::Result<bool> {
    let done = query(
        "INSERT INTO suppression (shop, channel, address, at, source, delivery_key, told)
         VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (shop, channel, address) DO NOTHING",
    )
    .bind(&suppression.shop)
    .bind(&suppression.channel)
    .bind(&suppression.address)
    .bind(suppression.at)
    .bind(&suppression.source)
    .bind(&suppression.delivery_key)
    .execute(&mut **tx)
    .await?;
    end_waiting(
        tx,
        &suppression.shop,
        &suppression.channel,
        &suppression.address,
        suppression.at,
        &suppression.source,
    )
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deliveries that wait are ended here and now. On PostgreSQL their rows' locks also put this
/// before or after a wiring under way, so that none is wired once this is committed.
async fn end_waiting(
    tx: &mut Tx,
    shop: &str,
    channel: &str,
    address: &str,
    now: i64,
    code: &str,
) -> sqlx::Result<u64> {
    let done = query(
        "UPDATE delivery SET state = 'failed', ended_at = $4, error_code = $5,
         error_text = 'the address must not be written to any more',
         owner = NULL, lease_until = NULL
         WHERE shop = $1 AND channel = $2 AND address = $3 AND state IN ('queued', 'claimed')",
    )
    .bind(shop)
    .bind(channel)
    .bind(address)
    .bind(now)
    .bind(code)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
