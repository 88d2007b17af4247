//! A Postgres server: a pool whose connections cannot bypass row security.

use crate::StoreError;
use domain::id::TenantId;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Transaction};
use std::str::FromStr as _;
use std::time::Duration;

/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// How many connections one instance uses.
const CONNECTIONS: u32 = 16;

/// A connection unused for so long is tried before it is used.
const RESTED: Duration = Duration::from_secs(1);

/// Row security does not bind superusers and roles that bypass it: such a
/// login steps down to the role that `migrate` makes.
const STEP_DOWN: &str = "DO $$ BEGIN
  IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) THEN
    SET ROLE uwi_app;
  END IF;
END $$";

/// A Postgres server in use.
#[derive(Debug, Clone)]
pub struct Postgres {
    pub(crate) pool: PgPool,
    options: Box<PgConnectOptions>,
}

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::UnknownUrl)?
            .application_name("uwi")
            .statement_cache_capacity(256)
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(|conn, meta| {
                Box::pin(async move {
                    // One that has rested may have died; a busy one would tell.
                    if meta.idle_for >= RESTED {
                        conn.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(|conn, _| {
                Box::pin(async move {
                    sqlx::raw_sql(STEP_DOWN).execute(conn).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options.clone());
        let opened = Self { pool, options: Box::new(options) };
        opened.alone().await?.close().await?;
        Ok(opened)
    }

    /// A connection of its own as the login role, for the migrations.
    pub(crate) async fn alone(&self) -> Result<PgConnection, StoreError> {
        let connecting = PgConnection::connect_with(&self.options);
        match tokio::time::timeout(ACQUIRE_TIMEOUT, connecting).await {
            Ok(conn) => Ok(conn?),
            Err(_) => Err(StoreError::Unavailable("the server does not answer".to_owned())),
        }
    }

    pub(crate) async fn begin(
        &self,
        tenant: Option<TenantId>,
    ) -> Result<Transaction<'static, sqlx::Postgres>, StoreError> {
        self.open_transaction(opening("BEGIN", tenant)).await
    }

    pub(crate) async fn read(
        &self,
        tenant: Option<TenantId>,
    ) -> Result<Transaction<'static, sqlx::Postgres>, StoreError> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        self.open_transaction(opening(begin, tenant)).await
    }

    /// Opens a transaction on a connection that lives. After the server was
    /// restarted every pooled one is dead, and says so only when it is used;
    /// nothing has happened on it yet, so the next one is tried.
    async fn open_transaction(
        &self,
        opening: String,
    ) -> Result<Transaction<'static, sqlx::Postgres>, StoreError> {
        let pool = self.pool.clone();
        // In a task of its own: who gives up in the middle of this (a client that
        // hangs up) would leave the transaction open on a pooled connection, for
        // whoever is given it next.
        let opened = tokio::spawn(async move { on_a_living_one(&pool, opening).await }).await;
        match opened {
            Ok(opened) => Ok(opened?),
            Err(stopped) => Err(StoreError::Unavailable(stopped.to_string())),
        }
    }

    pub(crate) fn place(&self) -> String {
        let database = self.options.get_database().unwrap_or("?");
        format!("{}:{}/{database}", self.options.get_host(), self.options.get_port())
    }
}

async fn on_a_living_one(
    pool: &PgPool,
    opening: String,
) -> Result<Transaction<'static, sqlx::Postgres>, sqlx::Error> {
    for _ in 0..CONNECTIONS {
        match pool.begin_with(AssertSqlSafe(opening.clone())).await {
            Err(error) if died(&error) => {}
            other => return other,
        }
    }
    pool.begin_with(AssertSqlSafe(opening)).await
}

/// True when the connection was closed, by the server's word or without one.
fn died(error: &sqlx::Error) -> bool {
    const SHUTDOWN: [&str; 3] = ["57P01", "57P02", "57P05"];
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| SHUTDOWN.contains(&&*code)),
        _ => false,
    }
}

/// One round trip opens the transaction and says for whom it works. Nothing
/// but an integer goes into the text.
fn opening(begin: &str, tenant: Option<TenantId>) -> String {
    match tenant {
        Some(TenantId(tenant)) => format!("{begin}; SET LOCAL uwi.tenant_id = '{tenant}'"),
        None => begin.to_owned(),
    }
}
