//! Saving a whole database into one file, and bringing it back.
//!
//! SQLite: the file is a database itself. Postgres: one line per row, after a
//! first line that says what it is; `pg_dump` remains the tool for large ones.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::{Db, Migrated, StoreError};
use std::path::{Path, PathBuf};

/// Why a backup was not made, not believed or not brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file is there already; nothing is overwritten.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The file cannot be read, or is no backup.
    #[error("{} is no readable backup: {why}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        why: String,
    },
    /// The database has rows that the backup has not.
    #[error("the backup is not of this database as it is now: {0} differs; make a new one")]
    NotCurrent(String),
    /// The database has something already: a backup comes back into an empty one.
    #[error("the database is not empty: bring a backup back into a new one")]
    NotEmpty,
    /// The backup is of a newer program.
    #[error("migration {0} of the backup is unknown to this program")]
    Unknown(i64),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl BackupError {
    pub(crate) fn unreadable(file: &Path, why: impl ToString) -> Self {
        Self::Unreadable { file: file.to_owned(), why: why.to_string() }
    }
}

impl Db {
    /// Saves everything as it is now into a new file; others may go on working.
    pub async fn backup(&self, file: &Path) -> Result<(), BackupError> {
        if file.exists() {
            return Err(BackupError::Exists(file.to_owned()));
        }
        match self {
            Self::Sqlite(own) => sqlite::save(&mut own.alone().await?, file).await,
            Self::Postgres(server) => postgres::save(&mut server.alone().await?, file).await,
        }
    }
}

/// Brings a backup back into the database of an address, which has nothing in
/// it, and brings that up to date. Nobody else may work on it meanwhile.
pub async fn restore(url: &str, file: &Path) -> Result<Migrated, BackupError> {
    if let Some(path) = crate::sqlite::path_of(url) {
        sqlite::restore(&path, file).await?;
        return Ok(Db::open(url).await?.migrate().await?);
    }
    let db = Db::open(url).await?;
    if let Db::Postgres(server) = &db {
        postgres::restore(&mut server.alone().await?, file).await?;
    }
    Ok(db.migrate().await?)
}
