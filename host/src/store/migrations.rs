//! The tables, step by step. A step that has been released is never changed.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

/// Every step in order; it is numbered by its place, from 1.
const STEPS: [(&str, &str); 4] = [
    ("facts", include_str!("../../migrations/0001_facts.sql")),
    ("outbox", include_str!("../../migrations/0002_outbox.sql")),
    (
        "token expiry",
        include_str!("../../migrations/0003_token_expiry.sql"),
    ),
    (
        "segments",
        include_str!("../../migrations/0004_segments.sql"),
    ),
];

/// Brings a database up to date whose type for bytes is called `bytes`; all else that the steps
/// say means the same on both databases.
pub(super) fn migrator(bytes: &str) -> Migrator {
    let step = |(version, (name, sql)): (i64, (&'static str, &str))| {
        let sql = AssertSqlSafe(sql.replace("BLOB", bytes)).into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations((1..).zip(STEPS).map(step).collect())
}

/// Why a database could not be brought up to date, and what to do.
pub(super) fn refused(error: MigrateError) -> anyhow::Error {
    match error {
        MigrateError::VersionMissing(version) => anyhow::anyhow!(
            "it was made by a newer Okaeri (step {version}; this one knows {}): use that version",
            STEPS.len()
        ),
        other => other.into(),
    }
}
