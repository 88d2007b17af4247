//! A copy of our own file, which is a database itself.

use super::BackupError;
use crate::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use std::path::Path;

/// Writes a copy without gaps and without a log beside it.
pub(super) async fn save(conn: &mut SqliteConnection, file: &Path) -> Result<(), BackupError> {
    let name = file.to_str().ok_or_else(|| BackupError::unreadable(file, "its name is no text"))?;
    sqlx::query("VACUUM INTO $1").bind(name).execute(&mut *conn).await?;
    Ok(())
}

/// Opens a copy beside the database, as `saved`, when it is whole.
pub(crate) async fn attach(conn: &mut SqliteConnection, file: &Path) -> Result<(), BackupError> {
    let unreadable = |why: String| BackupError::unreadable(file, why);
    if !file.is_file() {
        return Err(unreadable("there is no such file".to_owned()));
    }
    let name = file.to_str().ok_or_else(|| unreadable("its name is no text".to_owned()))?;
    let attached = sqlx::query("ATTACH $1 AS saved").bind(name).execute(&mut *conn).await;
    attached.map_err(|error| unreadable(error.to_string()))?;
    let whole = sqlx::query_as("PRAGMA saved.integrity_check").fetch_all(&mut *conn).await;
    let whole: Vec<(String,)> = whole.map_err(|error| unreadable(error.to_string()))?;
    match whole.as_slice() {
        [(word,)] if word == "ok" => Ok(()),
        _ => Err(unreadable("its pages are damaged".to_owned())),
    }
}

/// True when the copy holds every row of these tables.
pub(crate) async fn holds(
    conn: &mut SqliteConnection,
    tables: &[String],
) -> Result<(), BackupError> {
    for table in tables {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT * FROM main.{table} EXCEPT SELECT * FROM saved.{table})"
        );
        let missing = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *conn).await;
        // A table that is not there, or has other columns, holds nothing of it.
        let missing: Result<(i64,), sqlx::Error> = missing;
        if !missing.is_ok_and(|(count,)| count == 0) {
            return Err(BackupError::NotCurrent(table.clone()));
        }
    }
    Ok(())
}

/// Puts a copy where the database is to be.
pub(super) async fn restore(path: &Path, file: &Path) -> Result<(), BackupError> {
    check(file).await?;
    if path.exists() && !is_empty(path).await? {
        return Err(BackupError::NotEmpty);
    }
    let failed =
        |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", path.display()));
    for beside in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error).into());
            }
            _ => {}
        }
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::copy(file, path).map_err(failed)?;
    Ok(())
}

/// A copy is a database with our journal in it.
async fn check(file: &Path) -> Result<(), BackupError> {
    if !file.is_file() {
        return Err(BackupError::unreadable(file, "there is no such file"));
    }
    match applied(file).await {
        Ok(versions) => {
            let known = |version: &i64| {
                crate::migrate::MIGRATIONS.iter().any(|migration| migration.version == *version)
            };
            match versions.iter().find(|version| !known(version)) {
                Some(version) => Err(BackupError::Unknown(*version)),
                None if versions.is_empty() => {
                    Err(BackupError::unreadable(file, "nothing is in it"))
                }
                None => Ok(()),
            }
        }
        Err(error) => Err(BackupError::unreadable(file, error)),
    }
}

async fn applied(file: &Path) -> Result<Vec<i64>, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut conn = options.connect().await?;
    let found: Result<Vec<(i64,)>, sqlx::Error> =
        sqlx::query_as(crate::migrate::DONE).fetch_all(&mut conn).await;
    conn.close().await?;
    Ok(found?.into_iter().map(|(version,)| version).collect())
}

/// True for a file in which no migration was applied.
async fn is_empty(path: &Path) -> Result<bool, BackupError> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut conn = options.connect().await?;
    conn.execute(crate::migrate::JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(crate::migrate::DONE).fetch_all(&mut conn).await?;
    conn.close().await?;
    Ok(done.is_empty())
}
