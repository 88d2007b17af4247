//! Every test of the store, and most of those above it, runs on both engines.
//!
//! Postgres is the server that `TEST_POSTGRES_URL` names; each test gets a
//! database of its own there. Without the variable the Postgres half says that
//! it is skipped, unless `UWI_REQUIRE_POSTGRES=1` makes that a failure.

use crate::Db;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// Declares tests that run on both engines: each `async fn name(bench: Bench)`
/// becomes `on_sqlite::name` and `on_postgres::name`.
#[macro_export]
macro_rules! on_both_backends {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::testing::Bench::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(bench) = $crate::testing::Bench::postgres().await {
                    super::$name(bench).await;
                }
            })+
        }
    };
}

/// A database made for one test.
pub struct Bench {
    /// Opened and migrated.
    pub db: Db,
    /// Its address, to open it once more.
    pub url: String,
    folder: Option<PathBuf>,
}

static MADE: AtomicU64 = AtomicU64::new(0);

fn fresh_name() -> String {
    format!("uwi_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

impl Bench {
    /// A new SQLite file.
    pub async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(fresh_name());
        let url = format!("sqlite://{}", folder.join("uwi.db").display());
        Self::open(url, Some(folder)).await
    }

    /// A new Postgres database, when there is a server to make it on.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            let required = std::env::var("UWI_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
            assert!(!required, "UWI_REQUIRE_POSTGRES=1 and no TEST_POSTGRES_URL");
            eprintln!("skipped: TEST_POSTGRES_URL names no server");
            return None;
        };
        let name = fresh_name();
        let mut conn =
            PgConnection::connect(&server).await.expect("TEST_POSTGRES_URL is reachable");
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        conn.execute(AssertSqlSafe(drop)).await.expect("an old test database goes");
        conn.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a new one");
        Some(Self::open(with_database(&server, &name), None).await)
    }

    async fn open(url: String, folder: Option<PathBuf>) -> Self {
        let db = Db::open(&url).await.expect("the test database opens");
        db.migrate().await.expect("the test database migrates");
        Self { db, url, folder }
    }

    /// What somebody with an SQL prompt does, outside of everything here.
    pub async fn prompt(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        match &self.db {
            Db::Sqlite(file) => {
                let options = SqliteConnectOptions::new().filename(file.path());
                let mut conn = SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql(sql).execute(&mut conn).await?;
                conn.close().await
            }
            Db::Postgres(_) => {
                let mut conn = PgConnection::connect(&self.url).await?;
                sqlx::raw_sql(sql).execute(&mut conn).await?;
                conn.close().await
            }
        }
    }

    /// The same database, opened by another instance.
    pub async fn another(&self) -> Db {
        Db::open(&self.url).await.expect("the test database opens twice")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// The address of another database on the same server.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, ""), |(base, query)| (base, query));
    let scheme_end = base.find("://").map_or(0, |at| at + 3);
    let host_end = base[scheme_end..].find('/').map_or(base.len(), |at| scheme_end + at);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}/{name}{mark}{query}", &base[..host_end])
}
