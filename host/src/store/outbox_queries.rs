//! The outbox of deliveries: compiled once for each database.
//!
//! Each write names the attempt that it speaks of, so a worker that stalled and wakes up late
//! changes nothing that another has taken over.

use sqlx::{query, query_as, query_scalar};

use super::Db;
use super::suppression_queries::suppress_in;
use crate::store::outbox::{
    Change, Claimed, DeliveryRow, Draft, HELD, LOST_MAX, Lot, Outcome, Page, Pending, Stopped,
    Suppression, Tally, Verdict, Wired,
};

type Tx = sqlx::Transaction<'static, super::Engine>;

const COLUMNS: &str = "id, shop, campaign, customer, channel, dedupe_key, address, message_id,
    state, attempt, not_before, created_at, wire_at, ended_at, provider_id, error_code, error_text";

impl Db {
    /// See [`crate::store::Store::hold`].
    pub async fn hold(&self, drafts: &[Draft], now: i64) -> sqlx::Result<u64> {
        let mut tx = self.begin().await?;
        let mut added = 0;
        for draft in drafts {
            if insert(&mut tx, draft, now).await? {
                added += 1;
            }
        }
        tx.commit().await?;
        Ok(added)
    }

    /// See [`crate::store::Store::drop_held`].
    pub async fn drop_held(&self, lot: &Lot) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "DELETE FROM delivery WHERE shop = $1 AND campaign = $2 AND not_before = $3
             AND state IN ('queued', 'failed')",
        )
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(HELD)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::release`].
    pub async fn release(&self, lot: &Lot, now: i64, expires_at: i64) -> sqlx::Result<u64> {
        let mut tx = self.begin().await?;
        let done = query(
            "UPDATE delivery SET not_before = $4, expires_at = $5
             WHERE shop = $1 AND campaign = $2 AND not_before = $3",
        )
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(HELD)
        .bind(now)
        .bind(expires_at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    /// See [`crate::store::Store::claim`].
    pub async fn claim(
        &self,
        owner: &str,
        lot: &Lot,
        now: i64,
        lease_until: i64,
        limit: i64,
    ) -> sqlx::Result<Vec<Claimed>> {
        // An idle worker takes no lock.
        let is_due: bool = query_scalar(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 'queued' AND not_before <= $1)",
        )
        .bind(now)
        .fetch_one(self.reader())
        .await?;
        if !is_due {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        let ids: Vec<String> = query_scalar(concat!(
            "UPDATE delivery SET state = 'claimed', attempt = attempt + 1, owner = $1,
             lease_until = $2 WHERE id IN (
                SELECT id FROM delivery WHERE state = 'queued' AND not_before <= $3
                AND ($4 = '' OR shop = $4) AND ($5 = '' OR campaign = $5)
                ORDER BY not_before, id LIMIT $6",
            skip_locked!(),
            ") RETURNING id"
        ))
        .bind(owner)
        .bind(lease_until)
        .bind(now)
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        let mut claimed = Vec::with_capacity(ids.len());
        for id in ids {
            let row: Claimed = query_as(
                "SELECT d.id, d.attempt, d.tries, c.envelope_from, c.envelope_to, c.payload,
                 c.payload_hash
                 FROM delivery d JOIN delivery_content c ON c.id = d.id WHERE d.id = $1",
            )
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
            claimed.push(row);
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// See [`crate::store::Store::write_changes`].
    pub async fn write_changes(
        &self,
        owner: &str,
        changes: &[Change],
        now: i64,
        lease_until: i64,
    ) -> sqlx::Result<Vec<Wired>> {
        let mut tx = self.begin().await?;
        let mut answers = Vec::with_capacity(changes.len());
        for change in changes {
            answers.push(match &change.outcome {
                None => wire(&mut tx, owner, change, now, lease_until).await?,
                Some(outcome) => end(&mut tx, change, outcome, now).await?,
            });
        }
        tx.commit().await?;
        Ok(answers)
    }

    /// See [`crate::store::Store::renew`].
    pub async fn renew(&self, owner: &str, lease_until: i64) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "UPDATE delivery SET lease_until = $2
             WHERE owner = $1 AND state IN ('claimed', 'wired')",
        )
        .bind(owner)
        .bind(lease_until)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::give_back`].
    pub async fn give_back(&self, owner: &str) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        query(
            "UPDATE delivery SET state = 'queued', owner = NULL, lease_until = NULL
             WHERE owner = $1 AND state = 'claimed'",
        )
        .bind(owner)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::sweep`].
    pub async fn sweep(&self, now: i64) -> sqlx::Result<()> {
        let over: bool = query_scalar(
            "SELECT EXISTS (SELECT 1 FROM delivery
             WHERE state IN ('claimed', 'wired') AND lease_until <= $1)",
        )
        .bind(now)
        .fetch_one(self.reader())
        .await?;
        if !over {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        query(
            "UPDATE delivery SET state = 'unknown', owner = NULL, lease_until = NULL,
             error_code = 'lease_over',
             error_text = 'the sending program ended between handing over and the reply'
             WHERE state = 'wired' AND lease_until <= $1",
        )
        .bind(now)
        .execute(&mut *tx)
        .await?;
        query(
            "UPDATE delivery SET
             state = CASE WHEN lost + 1 >= $2 THEN 'dead' ELSE 'queued' END,
             error_code = CASE WHEN lost + 1 >= $2 THEN 'poison' ELSE error_code END,
             error_text = CASE WHEN lost + 1 >= $2
                THEN 'each program that took it ended before it could send' ELSE error_text END,
             ended_at = CASE WHEN lost + 1 >= $2 THEN $1 ELSE ended_at END,
             lost = lost + 1, owner = NULL, lease_until = NULL
             WHERE state = 'claimed' AND lease_until <= $1",
        )
        .bind(now)
        .bind(LOST_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// See [`crate::store::Store::pending`].
    pub async fn pending(&self, lot: &Lot) -> sqlx::Result<Pending> {
        query_as(
            "SELECT
             COUNT(CASE WHEN state = 'queued' THEN 1 END) AS queued,
             COUNT(CASE WHEN state IN ('claimed', 'wired') THEN 1 END) AS under_way,
             MIN(CASE WHEN state = 'queued' THEN not_before END) AS next_at,
             MIN(CASE WHEN state IN ('claimed', 'wired') THEN lease_until END) AS lease_until
             FROM delivery WHERE state IN ('queued', 'claimed', 'wired') AND not_before < $3
             AND ($1 = '' OR shop = $1) AND ($2 = '' OR campaign = $2)",
        )
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(HELD)
        .fetch_one(self.reader())
        .await
    }

    /// See [`crate::store::Store::tally`].
    pub async fn tally(&self, lot: &Lot) -> sqlx::Result<Vec<Tally>> {
        query_as(
            "SELECT campaign, state, COALESCE(error_code, '') AS code, COUNT(*) AS count
             FROM delivery WHERE shop = $1 AND ($2 = '' OR campaign = $2) AND not_before < $3
             GROUP BY campaign, state, COALESCE(error_code, '') ORDER BY 1, 2, 3",
        )
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(HELD)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::deliveries`].
    pub async fn deliveries(&self, lot: &Lot, page: &Page) -> sqlx::Result<Vec<DeliveryRow>> {
        query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM delivery
             WHERE shop = $1 AND ($2 = '' OR campaign = $2) AND ($3 = '' OR state = $3)
             AND not_before < $4 AND id > $5 ORDER BY id LIMIT $6"
        )))
        .bind(&lot.shop)
        .bind(&lot.campaign)
        .bind(page.state.as_deref().unwrap_or_default())
        .bind(HELD)
        .bind(&page.after)
        .bind(i64::from(page.limit))
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::delivery`].
    pub async fn delivery(&self, id: &str) -> sqlx::Result<Option<DeliveryRow>> {
        query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM delivery WHERE id = $1"
        )))
        .bind(id)
        .fetch_optional(self.reader())
        .await
    }

    /// See [`crate::store::Store::resolve`].
    pub async fn resolve(
        &self,
        shop: &str,
        ids: &[String],
        verdict: Verdict,
        now: i64,
        expires_at: i64,
    ) -> sqlx::Result<u64> {
        let mut tx = self.begin().await?;
        let mut changed = 0;
        for id in ids {
            let settle = match verdict {
                Verdict::Delivered => {
                    "UPDATE delivery SET state = 'done', ended_at = $3, error_code = NULL,
                     error_text = NULL, provider_id = 'reconciled'
                     WHERE shop = $1 AND id = $2 AND state = 'unknown'"
                }
                Verdict::NotDelivered => {
                    "UPDATE delivery SET state = 'queued', not_before = $3, expires_at = $4,
                     tries = 0, lost = 0, ended_at = NULL, error_code = NULL, error_text = NULL
                     WHERE shop = $1 AND id = $2 AND state IN ('unknown', 'dead')"
                }
                Verdict::Abandoned => {
                    "UPDATE delivery SET state = 'abandoned', ended_at = $3
                     WHERE shop = $1 AND id = $2 AND state = 'unknown'"
                }
            };
            let mut done = query(settle).bind(shop).bind(id).bind(now);
            if verdict == Verdict::NotDelivered {
                done = done.bind(expires_at);
            }
            changed += done.execute(&mut *tx).await?.rows_affected();
        }
        tx.commit().await?;
        Ok(changed)
    }

    /// See [`crate::store::Store::untold_deliveries`].
    pub async fn untold_deliveries(&self, limit: i64) -> sqlx::Result<Vec<DeliveryRow>> {
        query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM delivery WHERE told = 0 AND state = 'done'
             ORDER BY shop, ended_at LIMIT $1"
        )))
        .bind(limit)
        .fetch_all(self.reader())
        .await
    }

    /// See [`crate::store::Store::told_deliveries`].
    pub async fn told_deliveries(&self, told: &[DeliveryRow]) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        for one in told {
            query("UPDATE delivery SET told = 1 WHERE id = $1")
                .bind(&one.id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await
    }
}

async fn insert(tx: &mut Tx, draft: &Draft, now: i64) -> sqlx::Result<bool> {
    let (state, code, text) = match &draft.refused {
        None => ("queued", None, None),
        Some(stopped) => ("failed", Some(&stopped.code), Some(&stopped.text)),
    };
    let done = query(
        "INSERT INTO delivery (id, shop, campaign, customer, channel, dedupe_key, address,
            message_id, state, attempt, tries, lost, not_before, expires_at, created_at, told,
            ended_at, error_code, error_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10, $10, $11, 0,
            CASE WHEN $9 = 'failed' THEN $11 END, $12, $13)
         ON CONFLICT DO NOTHING",
    )
    .bind(&draft.id)
    .bind(&draft.shop)
    .bind(&draft.campaign)
    .bind(&draft.customer)
    .bind(&draft.channel)
    .bind(&draft.dedupe_key)
    .bind(&draft.address)
    .bind(&draft.message_id)
    .bind(state)
    .bind(HELD)
    .bind(now)
    .bind(code)
    .bind(text)
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    query(
        "INSERT INTO delivery_content (id, envelope_from, envelope_to, payload, payload_hash)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&draft.id)
    .bind(&draft.envelope_from)
    .bind(&draft.envelope_to)
    .bind(&draft.payload)
    .bind(&draft.payload_hash)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Marks a delivery as about to be handed over, unless something came between.
async fn wire(
    tx: &mut Tx,
    owner: &str,
    change: &Change,
    now: i64,
    lease_until: i64,
) -> sqlx::Result<Wired> {
    // Asked again after a commit whose answer was lost, it grants again: nobody else has this
    // attempt.
    let granted = query(
        "UPDATE delivery SET state = 'wired', wire_at = $4, lease_until = $5
         WHERE id = $1 AND attempt = $2 AND owner = $3 AND state IN ('claimed', 'wired')
         AND expires_at > $4 AND NOT EXISTS (SELECT 1 FROM suppression s
            WHERE s.shop = delivery.shop AND s.channel = delivery.channel
            AND s.address = delivery.address)",
    )
    .bind(&change.id)
    .bind(change.attempt)
    .bind(owner)
    .bind(now)
    .bind(lease_until)
    .execute(&mut **tx)
    .await?;
    if granted.rows_affected() == 1 {
        return Ok(Wired::Granted);
    }
    let withheld = query(
        "UPDATE delivery SET state = 'failed', ended_at = $4, owner = NULL, lease_until = NULL,
         error_code = (SELECT s.source FROM suppression s WHERE s.shop = delivery.shop
            AND s.channel = delivery.channel AND s.address = delivery.address),
         error_text = 'the address must not be written to any more'
         WHERE id = $1 AND attempt = $2 AND owner = $3 AND state = 'claimed'
         AND EXISTS (SELECT 1 FROM suppression s WHERE s.shop = delivery.shop
            AND s.channel = delivery.channel AND s.address = delivery.address)",
    )
    .bind(&change.id)
    .bind(change.attempt)
    .bind(owner)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    if withheld.rows_affected() == 1 {
        return Ok(Wired::Withheld);
    }
    let expired = query(
        "UPDATE delivery SET state = 'dead', ended_at = $4, owner = NULL, lease_until = NULL,
         error_code = 'expired', error_text = 'it could not be sent in time'
         WHERE id = $1 AND attempt = $2 AND owner = $3 AND state = 'claimed'
         AND expires_at <= $4",
    )
    .bind(&change.id)
    .bind(change.attempt)
    .bind(owner)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(if expired.rows_affected() == 1 {
        Wired::Withheld
    } else {
        Wired::Lost
    })
}

/// Writes down what became of an attempt. A reply that comes after the lease was over still
/// settles the delivery: `unknown` is what nobody knows.
async fn end(tx: &mut Tx, change: &Change, outcome: &Outcome, now: i64) -> sqlx::Result<Wired> {
    let (state, accepted, stopped, retry_at) = match outcome {
        Outcome::Done { reply } => ("done", Some(reply), None, None),
        Outcome::Failed(stopped) => ("failed", None, Some(stopped), None),
        Outcome::Dead(stopped) => ("dead", None, Some(stopped), None),
        Outcome::Unknown(stopped) => ("unknown", None, Some(stopped), None),
        Outcome::Later { why, at } => ("queued", None, Some(why), Some(*at)),
    };
    let done = query(
        "UPDATE delivery SET state = $3, owner = NULL, lease_until = NULL,
         ended_at = CASE WHEN $3 IN ('done', 'failed', 'dead') THEN $4 END,
         tries = tries + CASE WHEN $3 = 'queued' THEN 1 ELSE 0 END, lost = 0,
         not_before = COALESCE($5, not_before),
         provider_id = $6, error_code = $7, error_text = $8
         WHERE id = $1 AND attempt = $2 AND state IN ('claimed', 'wired', 'unknown')",
    )
    .bind(&change.id)
    .bind(change.attempt)
    .bind(state)
    .bind(now)
    .bind(retry_at)
    .bind(accepted)
    .bind(stopped.map(|stopped| &stopped.code))
    .bind(stopped.map(|stopped| &stopped.text))
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(Wired::Lost);
    }
    if let Outcome::Failed(Stopped { code, .. }) = outcome
        && code == Stopped::NO_MAILBOX
    {
        let row: DeliveryRow = query_as(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM delivery WHERE id = $1"
        )))
        .bind(&change.id)
        .fetch_one(&mut **tx)
        .await?;
        suppress_in(tx, &Suppression::of(&row, Suppression::BOUNCED, now)).await?;
    }
    Ok(Wired::Granted)
}
