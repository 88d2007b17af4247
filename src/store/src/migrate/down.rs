//! The way back: [`Db::migrate_down`] takes migrations back, the last one
//! first, all or none. What would lose rows is refused unless a backup is named
//! that holds every one of them.

use super::{DONE, JOURNAL, MIGRATIONS, Migration};
use crate::backup::{self, BackupError};
use crate::{Db, StoreError};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, SqliteConnection};
use std::fmt;
use std::path::Path;

/// What going back would lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The table.
    pub table: String,
    /// The column; `None`: the whole table.
    pub column: Option<String>,
    /// How many rows hold something there.
    pub rows: i64,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "{}.{column}: {} values", self.table, self.rows),
            None => write!(f, "{}: {} rows", self.table, self.rows),
        }
    }
}

/// What [`Db::migrate_down`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The migrations that were taken back, the last one first.
    pub versions: Vec<i64>,
    /// The number of the schema afterwards; 0: there is none.
    pub version: i64,
    /// What is lost here, and kept in the backup.
    pub lost: Vec<Loss>,
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum DownError {
    /// The schema was never there, or is already.
    #[error("the schema is at {0}: nothing to take back")]
    Nothing(i64),
    /// Rows would be lost, and no backup is named.
    #[error("this would lose {}; name a backup of now: uwi backup FILE", listed(.0))]
    WouldLose(Vec<Loss>),
    /// The backup does not hold them.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// This program does not know a migration that was applied.
    #[error("migration {0} is unknown to this program: use the program that applied it")]
    Unknown(i64),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for DownError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

fn listed(losses: &[Loss]) -> String {
    losses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Db {
    /// Takes back every migration above `to`; `None`: the last one. Nobody else
    /// may work on the database meanwhile.
    pub async fn migrate_down(
        &self,
        to: Option<i64>,
        saved: Option<&Path>,
    ) -> Result<Undone, DownError> {
        match self {
            Self::Sqlite(file) => {
                let mut conn = file.alone().await?;
                if let Some(saved) = saved {
                    backup::sqlite::attach(&mut conn, saved).await?;
                }
                conn.execute("BEGIN IMMEDIATE").await?;
                let undone = on_sqlite(&mut conn, to, saved).await;
                end(&mut conn, undone).await
            }
            Self::Postgres(server) => {
                let mut conn = server.alone().await?;
                conn.execute("BEGIN").await?;
                let undone = on_postgres(&mut conn, to, saved).await;
                end(&mut conn, undone).await
            }
        }
    }
}

async fn end<C>(conn: &mut C, undone: Result<Undone, DownError>) -> Result<Undone, DownError>
where
    for<'c> &'c mut C: sqlx::Executor<'c>,
{
    match undone {
        Ok(undone) => {
            conn.execute("COMMIT").await?;
            Ok(undone)
        }
        Err(error) => {
            let _ = conn.execute("ROLLBACK").await;
            Err(error)
        }
    }
}

/// What is to be taken back, the last one first.
fn plan(done: &[(i64,)], to: Option<i64>) -> Result<(Vec<&'static Migration>, i64), DownError> {
    let applied: Vec<i64> = done.iter().map(|(version,)| *version).collect();
    let last = applied.last().copied().unwrap_or(0);
    let before = applied.iter().rev().nth(1).copied().unwrap_or(0);
    let to = to.unwrap_or(before).max(0);
    let mut plan = Vec::new();
    for version in applied.iter().rev().filter(|version| **version > to) {
        let known = MIGRATIONS.iter().find(|migration| migration.version == *version);
        plan.push(known.ok_or(DownError::Unknown(*version))?);
    }
    let left = applied.iter().rev().find(|version| **version <= to).copied().unwrap_or(0);
    if plan.is_empty() { Err(DownError::Nothing(last)) } else { Ok((plan, left)) }
}

/// What a script takes away: tables and columns that hold something of their
/// own (those marked as derived do not).
fn taken(script: &str) -> Vec<(String, Option<String>)> {
    let of_line = |line: &str| {
        let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        match words[..] {
            _ if line.ends_with("-- derived") => None,
            ["DROP", "TABLE", table, ..] => Some((table.to_owned(), None)),
            ["ALTER", "TABLE", table, "DROP", "COLUMN", column, ..] => {
                Some((table.to_owned(), Some(column.to_owned())))
            }
            _ => None,
        }
    };
    script.lines().filter_map(of_line).collect()
}

/// How many rows hold something. Names come from our own scripts.
fn counting(table: &str, column: Option<&str>) -> AssertSqlSafe<String> {
    let with = column.map_or_else(String::new, |column| format!(" WHERE {column} IS NOT NULL"));
    AssertSqlSafe(format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}{with}"))
}

async fn on_sqlite(
    conn: &mut SqliteConnection,
    to: Option<i64>,
    saved: Option<&Path>,
) -> Result<Undone, DownError> {
    conn.execute(JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    let (plan, version) = plan(&done, to)?;
    let mut lost = Vec::new();
    for (table, column) in plan.iter().flat_map(|migration| taken(migration.down.sqlite)) {
        let sql = counting(&table, column.as_deref());
        let (rows,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await?;
        if rows > 0 {
            lost.push(Loss { table, column, rows });
        }
    }
    match saved {
        None if !lost.is_empty() => return Err(DownError::WouldLose(lost)),
        None => {}
        Some(_) => backup::sqlite::holds(conn, &tables(&lost)).await?,
    }
    for migration in &plan {
        sqlx::raw_sql(migration.down.sqlite).execute(&mut *conn).await?;
        let forget = sqlx::query("DELETE FROM schema_migrations WHERE version = $1");
        forget.bind(migration.version).execute(&mut *conn).await?;
    }
    Ok(Undone { versions: versions(&plan), version, lost })
}

async fn on_postgres(
    conn: &mut PgConnection,
    to: Option<i64>,
    saved: Option<&Path>,
) -> Result<Undone, DownError> {
    conn.execute(super::LOCK).await?;
    conn.execute(JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    let (plan, version) = plan(&done, to)?;
    let mut lost = Vec::new();
    for (table, column) in plan.iter().flat_map(|migration| taken(migration.down.postgres)) {
        // An owner that row security binds would count nothing.
        backup::postgres::open_to_owner(conn, &table).await?;
        let sql = counting(&table, column.as_deref());
        let (rows,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await?;
        backup::postgres::close_to_owner(conn, &table).await?;
        if rows > 0 {
            lost.push(Loss { table, column, rows });
        }
    }
    match saved {
        None if !lost.is_empty() => return Err(DownError::WouldLose(lost)),
        None => {}
        Some(saved) => backup::postgres::holds(conn, saved, &tables(&lost)).await?,
    }
    for migration in &plan {
        sqlx::raw_sql(migration.down.postgres).execute(&mut *conn).await?;
        let forget = sqlx::query("DELETE FROM schema_migrations WHERE version = $1");
        forget.bind(migration.version).execute(&mut *conn).await?;
    }
    Ok(Undone { versions: versions(&plan), version, lost })
}

fn versions(plan: &[&Migration]) -> Vec<i64> {
    plan.iter().map(|migration| migration.version).collect()
}

fn tables(lost: &[Loss]) -> Vec<String> {
    let mut tables: Vec<String> = lost.iter().map(|loss| loss.table.clone()).collect();
    tables.sort();
    tables.dedup();
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_says_what_it_takes_away() {
        let script = "DROP INDEX a;\nDROP TABLE b;\nALTER TABLE c DROP COLUMN d;\n\
            ALTER TABLE c DROP COLUMN e; -- derived\n";
        let expected = [("b".to_owned(), None), ("c".to_owned(), Some("d".to_owned()))];
        assert_eq!(taken(script), expected);
    }

    #[test]
    fn every_table_that_a_migration_makes_is_taken_back() {
        for migration in MIGRATIONS {
            for (up, down) in [
                (migration.up.sqlite, migration.down.sqlite),
                (migration.up.postgres, migration.down.postgres),
            ] {
                let made = up.lines().filter_map(|line| {
                    line.strip_prefix("CREATE TABLE ")?.split([' ', '(']).next()
                });
                for table in made {
                    let drop = format!("DROP TABLE {table};");
                    assert!(down.contains(&drop), "{}: {table}", migration.version);
                }
            }
        }
    }

    #[test]
    fn the_last_migration_is_taken_back_first() {
        let done = [(1,), (2,), (3,)];
        let versions = |to| plan(&done, to).map(|(plan, left)| (versions(&plan), left));
        assert_eq!(versions(None).unwrap(), (vec![3], 2));
        assert_eq!(versions(Some(0)).unwrap(), (vec![3, 2, 1], 0));
        assert!(matches!(versions(Some(3)), Err(DownError::Nothing(3))));
        assert!(matches!(plan(&[(9_999,)], None), Err(DownError::Unknown(9_999))));
    }
}
