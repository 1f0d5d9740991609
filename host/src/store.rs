//! What must not be lost: shops, their facts as an append-only log, tokens, and the outbox.
//!
//! One source of queries is compiled for both databases (`queries.rs` under `sqlite.rs` and under
//! `postgres.rs`): numbers are BIGINT, times are milliseconds UTC, and both know `$1`, `RETURNING`
//! and `ON CONFLICT`. Every writing transaction begins with a write, so it never turns from a
//! reader into a writer half way.

mod migrations;
mod outbox;
mod postgres;
mod rows;
mod segments;
mod sqlite;
#[cfg(test)]
mod tests;

use anyhow::Context;
pub use outbox::{
    Change, Claimed, DeliveryRow, Draft, Lot, Outcome, Page, Pending, Sender, Stopped, Suppression,
    Tally, Verdict, Wired,
};
pub use rows::{Head, LoadNote, LoadRow, Packed, Scope, Shop, Token};
pub use segments::{SavedSegment, SegmentDay, SegmentDraft, SegmentSaved, SegmentVersion};

/// The database.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file.
    Sqlite(sqlite::Db),
    /// A server.
    Postgres(postgres::Db),
}

/// What went wrong in a database, said once and with what to do where that is known.
pub fn in_words(error: &sqlx::Error) -> String {
    let code = match error {
        sqlx::Error::Database(error) => error.code().unwrap_or_default(),
        sqlx::Error::PoolTimedOut => return "no connection was to be had in time".to_owned(),
        other => return other.to_string(),
    };
    // SQLite's result codes have up to four digits, of which the low byte is the kind;
    // PostgreSQL's always have five.
    let number = code.parse::<u32>().ok().filter(|_| code.len() < 5);
    let kind = number.map_or(0, |number| number & 0xff);
    match (kind, &*code) {
        (5 | 6, _) => "another program holds its lock for too long".to_owned(),
        (8, _) => "the file may only be read: check who may write it and its folder".to_owned(),
        (11, _) => "the file is damaged: restore a backup".to_owned(),
        (13, _) | (_, "53100") => "the disk is full: make room and try again".to_owned(),
        (14, _) => "the file cannot be opened: check that its folder is there".to_owned(),
        (26, _) => "the file is no SQLite database".to_owned(),
        _ => error.to_string(),
    }
}

fn opening(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<sqlx::Error>() {
        Ok(sqlx::Error::PoolTimedOut) => anyhow::anyhow!("no server answers there: is it running?"),
        Ok(error) => anyhow::anyhow!(in_words(&error)),
        Err(other) => other,
    }
}

/// Runs one expression on whichever database it is.
macro_rules! on {
    ($store:expr, $db:ident => $run:expr) => {
        match $store {
            $crate::store::Store::Sqlite($db) => $run,
            $crate::store::Store::Postgres($db) => $run,
        }
    };
}
pub(crate) use on;

impl Store {
    /// Opens the database that `url` names and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened, or is of a newer version of Okaeri.
    pub async fn open(url: &str) -> anyhow::Result<Store> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let db = postgres::Db::open(url).await.map_err(opening);
            return Ok(Store::Postgres(
                db.context("cannot open the PostgreSQL database")?,
            ));
        }
        let path = url.strip_prefix("sqlite://").unwrap_or(url);
        let db = sqlite::Db::open(path.as_ref()).await.map_err(opening);
        Ok(Store::Sqlite(db.with_context(|| {
            format!("cannot open the database file `{path}`")
        })?))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> sqlx::Result<()> {
        on!(self, db => db.ping().await)
    }

    /// Adds a shop. False when there is one of this id.
    pub async fn add_shop(&self, shop: &Shop) -> sqlx::Result<bool> {
        on!(self, db => db.add_shop(shop).await)
    }

    /// The shop of this id.
    pub async fn shop(&self, id: &str) -> sqlx::Result<Option<Shop>> {
        on!(self, db => db.shop(id).await)
    }

    /// All shops, by id.
    pub async fn shops(&self) -> sqlx::Result<Vec<Shop>> {
        on!(self, db => db.shops().await)
    }

    /// Writes a shop's name and settings. False when there is no such shop.
    pub async fn set_shop(&self, shop: &Shop) -> sqlx::Result<bool> {
        on!(self, db => db.set_shop(shop).await)
    }

    /// How far a shop's log and settings are.
    pub async fn head(&self, shop: &str) -> sqlx::Result<Option<Head>> {
        on!(self, db => db.head(shop).await)
    }

    /// Keeps one batch of a load that is not complete yet: nobody sees it.
    pub async fn stage(&self, load: &LoadNote, part: i64, batch: &Packed) -> sqlx::Result<()> {
        on!(self, db => db.stage(load, part, batch).await)
    }

    /// Completes a load with its last batch, in one transaction; from then on it is in the log.
    /// Answers its place there.
    pub async fn commit(&self, load: &LoadNote, part: i64, last: &Packed) -> sqlx::Result<i64> {
        on!(self, db => db.commit(load, part, last).await)
    }

    /// A shop's loads after `seq`, oldest first.
    pub async fn loads_after(&self, shop: &str, seq: i64) -> sqlx::Result<Vec<LoadRow>> {
        on!(self, db => db.loads_after(shop, seq).await)
    }

    /// One batch of a load, or nothing when it has no such part. Parts count from 0.
    pub async fn batch(&self, load_id: &str, part: i64) -> sqlx::Result<Option<Packed>> {
        on!(self, db => db.batch(load_id, part).await)
    }

    /// Adds a token.
    pub async fn add_token(&self, token: &Token, hash: &[u8]) -> sqlx::Result<()> {
        on!(self, db => db.add_token(token, hash).await)
    }

    /// The token of this hash.
    pub async fn token(&self, hash: &[u8]) -> sqlx::Result<Option<Token>> {
        on!(self, db => db.token(hash).await)
    }

    /// Tokens of a shop, oldest first.
    pub async fn tokens(&self, shop: &str) -> sqlx::Result<Vec<Token>> {
        on!(self, db => db.tokens(shop).await)
    }

    /// Takes a token back. False when there is none of this prefix.
    pub async fn revoke_token(&self, shop: &str, prefix: &str) -> sqlx::Result<bool> {
        on!(self, db => db.revoke_token(shop, prefix).await)
    }
}
