//! PostgreSQL: several hosts may share one database.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::migrations;

/// Names the rows that a worker passes over because another holds them.
macro_rules! skip_locked {
    () => {
        " FOR UPDATE SKIP LOCKED"
    };
}

#[expect(
    clippy::duplicate_mod,
    reason = "one source of queries, compiled for each database"
)]
#[path = "outbox_queries.rs"]
mod outbox_queries;
#[expect(
    clippy::duplicate_mod,
    reason = "one source of queries, compiled for each database"
)]
#[path = "queries.rs"]
mod queries;
#[expect(
    clippy::duplicate_mod,
    reason = "one source of queries, compiled for each database"
)]
#[path = "segment_queries.rs"]
mod segment_queries;
#[expect(
    clippy::duplicate_mod,
    reason = "one source of queries, compiled for each database"
)]
#[path = "suppression_queries.rs"]
mod suppression_queries;

/// What the queries call their database.
type Engine = sqlx::Postgres;

/// A pool of connections.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Connects.
    pub async fn open(url: &str) -> anyhow::Result<Db> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("okaeri")
            .options([("statement_timeout", "60s")]);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        migrations::migrator("BYTEA")
            .run(&pool)
            .await
            .map_err(migrations::refused)?;
        Ok(Db { pool })
    }

    /// For reading.
    fn reader(&self) -> &PgPool {
        &self.pool
    }

    /// A writing transaction.
    async fn begin(&self) -> sqlx::Result<sqlx::Transaction<'static, Engine>> {
        self.pool.begin().await
    }
}
