//! Reads that a caller waits for, of a few microseconds each. They run where they are
//! asked for: to hand one to a thread and back costs several times as much.

use super::CACHE_KIB;
use super::queue::{Value, bind};
use crate::StoreError;
use rusqlite::{Connection, OpenFlags, Row};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Connections that only read, as many as there were readers at once.
#[derive(Debug)]
pub(crate) struct Glances {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// A reader of the file, which takes a connection of the pool when it first needs one.
#[derive(Debug)]
pub(crate) struct Reading {
    readers: SqlitePool,
    glances: Arc<Glances>,
    conn: Option<PoolConnection<sqlx::Sqlite>>,
}

impl Reading {
    /// Takes nothing yet.
    pub(super) fn new(readers: SqlitePool, glances: Arc<Glances>) -> Self {
        Self { readers, glances, conn: None }
    }

    /// Takes a connection, unless it has one.
    pub(crate) async fn open(&mut self) -> Result<(), StoreError> {
        if self.conn.is_none() {
            self.conn = Some(self.readers.acquire().await?);
        }
        Ok(())
    }

    /// The connection, once [`Reading::open`] has taken it.
    pub(crate) fn connection(&mut self) -> Option<&mut SqliteConnection> {
        self.conn.as_deref_mut()
    }

    /// As [`Glances::rows`].
    pub(crate) fn glance<T>(
        &self,
        sql: &'static str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Option<Vec<T>> {
        self.glances.rows(sql, values, read)
    }
}

impl Glances {
    /// Opens nothing yet.
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::default() }
    }

    /// The rows that a query gives. `None`: it has to be asked the ordinary way,
    /// which waits where something is in the way, and says what is wrong.
    fn rows<T>(
        &self,
        sql: &'static str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Option<Vec<T>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = idle.map_or_else(|| self.open(), Ok).ok()?;
        let rows = fetch(&conn, sql, values, read).ok()?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        Some(rows)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.execute_batch(&format!(
            "PRAGMA cache_size = -{CACHE_KIB}; PRAGMA temp_store = MEMORY;"
        ))?;
        Ok(conn)
    }
}

fn fetch<T>(
    conn: &Connection,
    sql: &'static str,
    values: &[Value],
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut prepared = conn.prepare_cached(sql)?;
    bind(&mut prepared, values)?;
    let mut rows = prepared.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_at_a_glance_is_left_to_the_ordinary_way() {
        let folder = std::env::temp_dir().join(format!("uwi-glance-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("uwi.db");
        let glances = Glances::new(&path);
        let words = || {
            let values = [Value::Text(" !".to_owned())];
            glances.rows("SELECT words || $1 FROM notes", &values, |row| row.get::<_, String>(0))
        };
        assert_eq!(words(), None, "no file");
        let writer = Connection::open(&path).unwrap();
        assert_eq!(words(), None, "no table");
        writer.execute_batch("CREATE TABLE notes (words TEXT)").unwrap();
        assert_eq!(words(), Some(Vec::new()));
        writer.execute_batch("INSERT INTO notes VALUES ('bonjour'), ('salut')").unwrap();
        assert_eq!(words().unwrap(), ["bonjour !", "salut !"]);
        writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
        assert_eq!(words(), None, "locked");
        writer.execute_batch("COMMIT").unwrap();
        assert_eq!(words().unwrap(), ["bonjour !", "salut !"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
