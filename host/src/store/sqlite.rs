//! SQLite: one writer, several readers, and every commit on the disk before it is answered.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::migrations;

/// Names the rows that a worker passes over because another holds them: here there is one writer,
/// so no row is ever held.
macro_rules! skip_locked {
    () => {
        ""
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
type Engine = sqlx::Sqlite;

/// An open file.
#[derive(Clone, Debug)]
pub struct Db {
    /// A single connection: SQLite has one writer at a time anyway, and so none waits in vain.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Db {
    /// Opens or makes the file.
    pub async fn open(path: &Path) -> anyhow::Result<Db> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone());
        let writer = writer.await?;
        migrations::migrator("BLOB")
            .run(&writer)
            .await
            .map_err(migrations::refused)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.read_only(true).create_if_missing(false));
        Ok(Db {
            writer,
            readers: readers.await?,
        })
    }

    /// For reading.
    fn reader(&self) -> &SqlitePool {
        &self.readers
    }

    /// A writing transaction. The lock is taken at once: a reader that turns into a writer would
    /// fail without waiting.
    async fn begin(&self) -> sqlx::Result<sqlx::Transaction<'static, Engine>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }
}
