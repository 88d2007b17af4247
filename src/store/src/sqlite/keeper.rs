//! Moving what was written from the log into the main file, beside the commits
//! instead of within one of them: but for floods of writes, a commit then costs
//! one `fsync`.

use super::writer::Writer;
use crate::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often it is done.
const ROUND: Duration = Duration::from_secs(1);
/// From so many pages (64 MB) on, writers are made to wait for it.
const LONG: i64 = 16_384;

/// Starts the keeper; it ends with the writer.
pub(super) fn start(writer: &Arc<Writer>, options: SqliteConnectOptions) {
    tokio::spawn(keep(Arc::downgrade(writer), options));
}

async fn keep(writer: Weak<Writer>, options: SqliteConnectOptions) {
    let mut open = None;
    loop {
        tokio::time::sleep(ROUND).await;
        let Some(writer) = writer.upgrade() else { break };
        if !writer.take_written() {
            continue;
        }
        drop(writer);
        if let Err(error) = round(&mut open, &options).await {
            tracing::warn!(%error, "the log of the database could not be moved into its file");
            open = None;
        }
    }
    if let Some(conn) = open {
        let _ = conn.close().await;
    }
}

async fn round(
    open: &mut Option<SqliteConnection>,
    options: &SqliteConnectOptions,
) -> Result<(), StoreError> {
    let conn = match open.take() {
        Some(conn) => open.insert(conn),
        None => open.insert(options.clone().create_if_missing(false).connect().await?),
    };
    if checkpoint(conn, "PRAGMA wal_checkpoint(PASSIVE)").await? > LONG {
        checkpoint(conn, "PRAGMA wal_checkpoint(RESTART)").await?;
    }
    Ok(())
}

/// Moves what can be moved; gives the length of the log in pages.
async fn checkpoint(conn: &mut SqliteConnection, sql: &'static str) -> Result<i64, StoreError> {
    let (_, log, _): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(conn).await?;
    Ok(log)
}
