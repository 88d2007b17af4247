//! The built-in database: a file, several readers, one writer.

mod batches;
pub(crate) mod glance;
mod keeper;
pub(crate) mod queue;
pub(crate) mod writer;

use crate::StoreError;
use glance::{Glances, Reading};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// How long a statement waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How many reads run at once.
const READERS: u32 = 4;
/// What each connection keeps in memory of the file, in kibibytes. No more for the
/// one that writes: SQLite walks all of it in a commit after a page was split.
const CACHE_KIB: u32 = 8_000;

/// An opened database file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    readers: SqlitePool,
    glances: Arc<Glances>,
    pub(crate) writer: Arc<Writer>,
    path: PathBuf,
    created: bool,
}

impl Sqlite {
    /// Opens the file that a `sqlite://` address names; makes it, and its
    /// folder, when it is missing.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let created = !path.exists();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                StoreError::Unavailable(format!("{}: {error}", folder.display()))
            })?;
        }
        let options = options(path);
        // Makes the file, with the settings that stay in it.
        options.connect().await?.close().await?;
        let writer = Writer::start(path, options.clone())?;
        keeper::start(&writer, options.clone());
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_lazy_with(options.clone().create_if_missing(false).pragma("query_only", "on"));
        let glances = Arc::new(Glances::new(path));
        Ok(Self { readers, glances, writer, path: path.to_owned(), created })
    }

    /// Something to read with.
    pub(crate) fn reading(&self) -> Reading {
        Reading::new(self.readers.clone(), Arc::clone(&self.glances))
    }

    /// A connection of its own, for the migrations.
    pub(crate) async fn alone(&self) -> Result<SqliteConnection, StoreError> {
        Ok(SqliteConnection::connect_with(&options(&self.path)).await?)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True when opening made the file.
    pub fn created(&self) -> bool {
        self.created
    }
}

/// The file that an address names.
pub(crate) fn path_of(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let path = path.split('?').next().unwrap_or_default();
    (!path.is_empty() && !path.contains(":memory:")).then(|| PathBuf::from(path))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // What a savepoint can undo is kept in memory, not in a file of its own.
        .pragma("temp_store", "memory")
        .statement_cache_capacity(256)
        // Negative: kibibytes.
        .pragma("cache_size", format!("-{CACHE_KIB}"))
        // Not in the middle of somebody's commit: the keeper does it.
        .pragma("wal_autocheckpoint", "0")
        .disable_statement_logging()
}
