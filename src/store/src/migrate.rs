//! Bringing the schema up to date: numbered files, each applied once, all
//! under one lock so that two instances can start together. Each has a file
//! beside it that takes it back (`NAME.down.sql`): see [`down`].

pub mod down;

use crate::{Db, Sql, StoreError};
use sqlx::Executor as _;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

pub(crate) struct Migration {
    pub version: i64,
    pub up: Sql,
    pub down: Sql,
}

macro_rules! migrations {
    ($($version:literal $name:literal),+ $(,)?) => {
        pub(crate) const MIGRATIONS: &[Migration] = &[$(Migration {
            version: $version,
            up: Sql {
                sqlite: include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
                postgres: include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
            },
            down: Sql {
                sqlite: include_str!(concat!("../../../migrations/sqlite/", $name, ".down.sql")),
                postgres: include_str!(concat!(
                    "../../../migrations/postgres/", $name, ".down.sql"
                )),
            },
        }),+];
    };
}

migrations! {
    1 "0001_foundation",
    2 "0002_identity",
    3 "0003_agents",
    4 "0004_numbers",
    5 "0005_channels",
    6 "0006_calendar",
    7 "0007_tickets",
    8 "0008_papers_and_drift",
}

/// What [`Db::migrate`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// How many migrations were applied now.
    pub applied: usize,
    /// The number of the schema afterwards.
    pub version: i64,
}

/// The number is ours; it only has to be the same in every instance.
pub(crate) const LOCK: &str = "SELECT pg_advisory_xact_lock(939240575)";
pub(crate) const JOURNAL: &str =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY)";
pub(crate) const DONE: &str = "SELECT version FROM schema_migrations ORDER BY version";
pub(crate) const NOTE: &str = "INSERT INTO schema_migrations (version) VALUES ($1)";

/// The role that row security binds; see [`crate::postgres`].
const APPLICATION_ROLE: &str = "DO $$ BEGIN
  IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) THEN
    BEGIN
      CREATE ROLE uwi_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO uwi_app', current_schema());
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO uwi_app',
                   current_schema());
  END IF;
END $$";

pub(crate) async fn migrate(db: &Db) -> Result<Migrated, StoreError> {
    match db {
        Db::Sqlite(file) => {
            let mut conn = file.alone().await?;
            conn.execute("BEGIN IMMEDIATE").await?;
            let migrated = on_sqlite(&mut conn).await;
            finish(&mut conn, migrated).await
        }
        Db::Postgres(server) => {
            let mut conn = server.alone().await?;
            conn.execute("BEGIN").await?;
            let migrated = on_postgres(&mut conn).await;
            finish(&mut conn, migrated).await
        }
    }
}

async fn finish<C>(
    conn: &mut C,
    migrated: Result<usize, StoreError>,
) -> Result<Migrated, StoreError>
where
    for<'c> &'c mut C: sqlx::Executor<'c>,
{
    let applied = match migrated {
        Ok(applied) => applied,
        Err(error) => {
            let _ = conn.execute("ROLLBACK").await;
            return Err(error);
        }
    };
    conn.execute("COMMIT").await?;
    Ok(Migrated { applied, version: MIGRATIONS.last().map_or(0, |last| last.version) })
}

async fn on_sqlite(conn: &mut SqliteConnection) -> Result<usize, StoreError> {
    conn.execute(JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    let missing = missing(&done);
    for migration in &missing {
        sqlx::raw_sql(migration.up.sqlite).execute(&mut *conn).await?;
        sqlx::query(NOTE).bind(migration.version).execute(&mut *conn).await?;
    }
    Ok(missing.len())
}

async fn on_postgres(conn: &mut PgConnection) -> Result<usize, StoreError> {
    conn.execute(LOCK).await?;
    conn.execute(JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    let missing = missing(&done);
    for migration in &missing {
        sqlx::raw_sql(migration.up.postgres).execute(&mut *conn).await?;
        sqlx::query(NOTE).bind(migration.version).execute(&mut *conn).await?;
    }
    conn.execute(APPLICATION_ROLE).await?;
    Ok(missing.len())
}

fn missing(done: &[(i64,)]) -> Vec<&'static Migration> {
    MIGRATIONS.iter().filter(|migration| !done.contains(&(migration.version,))).collect()
}
