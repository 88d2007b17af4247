//! The database in use, and transactions on it.

use crate::postgres::Postgres;
use crate::sqlite::glance::Reading;
use crate::sqlite::queue::{Queue, Value};
use crate::sqlite::writer::Turn;
use crate::sqlite::{self, Sqlite};
use crate::{Migrated, StoreError, migrate};
use domain::id::TenantId;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

/// The database in use: a file of our own, or a Postgres server.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file of our own.
    Sqlite(Sqlite),
    /// A Postgres server.
    Postgres(Postgres),
}

/// Something to read with: a snapshot of one tenant's rows and the directory.
pub struct Reader {
    handle: Handle,
    tenant: Option<TenantId>,
}

/// A write transaction. Dropped without [`Tx::commit`], it leaves no trace.
pub struct Tx {
    reader: Reader,
}

enum Handle {
    Reading(Reading),
    Writing(Box<Turn>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// The open connection, for [`on!`](crate::on).
pub enum Conn<'a> {
    /// To our own file.
    Sqlite(&'a mut SqliteConnection),
    /// To a server.
    Postgres(&'a mut PgConnection),
}

/// A statement that the two engines need in different words.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// For our own file.
    pub sqlite: &'static str,
    /// For a server.
    pub postgres: &'static str,
}

impl Db {
    /// Opens the database that the address names (`sqlite://path` or
    /// `postgres://…`); makes a missing SQLite file and its folder.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = sqlite::path_of(url) {
            return Ok(Self::Sqlite(Sqlite::open(&path).await?));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(Postgres::open(url).await?));
        }
        Err(StoreError::UnknownUrl)
    }

    /// Brings the schema up to date, under a lock; running it again does nothing.
    pub async fn migrate(&self) -> Result<Migrated, StoreError> {
        migrate::migrate(self).await
    }

    /// Opens a write transaction for one tenant.
    pub async fn begin(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        self.begin_as(Some(tenant)).await
    }

    /// Opens a write transaction that touches only the [`directory`](crate::directory).
    pub async fn begin_directory(&self) -> Result<Tx, StoreError> {
        self.begin_as(None).await
    }

    /// Opens a reader for one tenant.
    pub async fn read(&self, tenant: TenantId) -> Result<Reader, StoreError> {
        self.read_as(Some(tenant)).await
    }

    /// Opens a reader that sees only the [`directory`](crate::directory).
    pub async fn read_directory(&self) -> Result<Reader, StoreError> {
        self.read_as(None).await
    }

    async fn begin_as(&self, tenant: Option<TenantId>) -> Result<Tx, StoreError> {
        let handle = match self {
            Self::Sqlite(file) => Handle::Writing(Box::new(file.writer.begin())),
            Self::Postgres(server) => Handle::Postgres(server.begin(tenant).await?),
        };
        Ok(Tx { reader: Reader { handle, tenant } })
    }

    async fn read_as(&self, tenant: Option<TenantId>) -> Result<Reader, StoreError> {
        let handle = match self {
            Self::Sqlite(file) => Handle::Reading(file.reading()),
            Self::Postgres(server) => Handle::Postgres(server.read(tenant).await?),
        };
        Ok(Reader { handle, tenant })
    }

    /// True when the database answers.
    pub async fn is_up(&self) -> bool {
        let Ok(mut reader) = self.read_directory().await else { return false };
        fetch_optional!(reader, "SELECT CAST(1 AS BIGINT)" => (i64,)).is_ok()
    }

    /// `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Where it is, without secrets: the file, or server and database.
    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(file) => file.path().display().to_string(),
            Self::Postgres(server) => server.place(),
        }
    }
}

impl Reader {
    /// The open connection.
    ///
    /// # Panics
    /// When a connection to our own file has not been taken by [`Reader::send`], as
    /// the macros do.
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.handle {
            Handle::Reading(reading) => {
                Conn::Sqlite(reading.connection().expect("`send` comes before `conn`"))
            }
            Handle::Writing(turn) => {
                Conn::Sqlite(turn.connection().expect("`send` comes before `conn`"))
            }
            Handle::Postgres(tx) => Conn::Postgres(tx),
        }
    }

    /// Where the statements of a write transaction on our own file wait to be
    /// sent together; `None`: they are sent at once.
    pub fn queue(&mut self) -> Option<&mut Queue> {
        match &mut self.handle {
            Handle::Writing(turn) => Some(turn.queue()),
            _ => None,
        }
    }

    /// Sends what waits; gives the rows that its last statement touched. From
    /// then on a write transaction on our own file keeps others waiting.
    pub async fn send(&mut self) -> Result<u64, StoreError> {
        match &mut self.handle {
            Handle::Writing(turn) => turn.send().await,
            Handle::Reading(reading) => reading.open().await.map(|()| 0),
            Handle::Postgres(_) => Ok(0),
        }
    }

    /// The rows that a query of our own file gives, read here and now; `None`: ask the
    /// ordinary way.
    pub(crate) fn glance<T>(
        &self,
        sql: &'static str,
        values: &[Value],
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Option<Vec<T>> {
        match &self.handle {
            Handle::Reading(reading) => reading.glance(sql, values, read),
            _ => None,
        }
    }

    /// The tenant it works for.
    ///
    /// # Panics
    /// When it was opened for the directory only, which is a fault of the
    /// calling code: no function on a tenant's rows is given such a reader.
    pub fn tenant(&self) -> TenantId {
        self.tenant.expect("a tenant's rows are only touched by a transaction opened for a tenant")
    }

    /// The words for this engine.
    pub fn pick(&self, sql: Sql) -> &'static str {
        match self.handle {
            Handle::Postgres(_) => sql.postgres,
            _ => sql.sqlite,
        }
    }
}

impl Tx {
    /// Makes the changes permanent. On an error none of them happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.reader.handle {
            Handle::Writing(turn) => turn.commit().await,
            Handle::Postgres(tx) => Ok(tx.commit().await?),
            Handle::Reading(_) => Ok(()),
        }
    }
}

impl std::ops::Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
