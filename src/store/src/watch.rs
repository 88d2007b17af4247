//! Noticing what others change: other instances, commands, an SQL prompt.
//!
//! On Postgres the schema's triggers notify; on SQLite they number the changed
//! topics, and the numbers are polled.

use crate::{Db, StoreError};
use domain::id::TenantId;
use sqlx::postgres::PgListener;
use std::time::Duration;

/// How often SQLite is asked.
const POLL: Duration = Duration::from_millis(200);
/// How long to wait before a lost database is asked again.
const AGAIN: Duration = Duration::from_secs(1);
/// The channel of the schema's notifications.
const CHANNEL: &str = "uwi";

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    /// Nobody knows what: the connection was lost for a while.
    Everything,
    /// A route.
    Routes,
    /// A tenant's settings.
    Tenant(TenantId),
    /// A call of a tenant.
    Calls(TenantId),
    /// An appointment of a tenant.
    Appointments(TenantId),
    /// A message for a tenant.
    Tickets(TenantId),
    /// A prospect of a tenant.
    Prospects(TenantId),
}

impl Noticed {
    fn parse(topic: &str) -> Option<Self> {
        if topic == "routes" {
            return Some(Self::Routes);
        }
        let (kind, tenant) = topic.split_once(':')?;
        let tenant = TenantId(tenant.parse().ok()?);
        match kind {
            "tenant" => Some(Self::Tenant(tenant)),
            "calls" => Some(Self::Calls(tenant)),
            "appointments" => Some(Self::Appointments(tenant)),
            "tickets" => Some(Self::Tickets(tenant)),
            "prospects" => Some(Self::Prospects(tenant)),
            _ => None,
        }
    }
}

/// Tells `notice` of every change until it is dropped. It never ends: a
/// database that goes away is waited for.
pub async fn watch(db: &Db, mut notice: impl FnMut(Noticed) + Send) {
    loop {
        let ended = match db {
            Db::Sqlite(_) => poll(db, &mut notice).await,
            Db::Postgres(server) => listen(&server.pool, &mut notice).await,
        };
        if let Err(error) = ended {
            tracing::warn!(%error, "changes of others are not noticed for the moment");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn poll(db: &Db, notice: &mut (impl FnMut(Noticed) + Send)) -> Result<(), StoreError> {
    const NEWER: &str = "SELECT topic, version FROM changes WHERE version > $1 ORDER BY version";
    const LAST: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM changes";
    let mut reader = db.read_directory().await?;
    let last = fetch_optional!(reader, LAST => (i64,))?;
    drop(reader);
    let mut last = last.map_or(0, |(last,)| last);
    // What was read before this moment may be old.
    notice(Noticed::Everything);
    loop {
        tokio::time::sleep(POLL).await;
        let mut reader = db.read_directory().await?;
        for (topic, version) in fetch_all!(reader, NEWER => (String, i64), last)? {
            last = last.max(version);
            Noticed::parse(&topic).map(&mut *notice);
        }
    }
}

async fn listen(
    pool: &sqlx::PgPool,
    notice: &mut (impl FnMut(Noticed) + Send),
) -> Result<(), StoreError> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    notice(Noticed::Everything);
    // `None`: the connection was lost and what was sent meanwhile with it.
    while let Some(told) = listener.try_recv().await? {
        Noticed::parse(told.payload()).map(&mut *notice);
    }
    Ok(())
}

/// Tells other instances that calls of these tenants went on. Not part of a
/// turn's transaction: on Postgres a notification would hold up every commit.
pub async fn tell_calls(db: &Db, tenants: &[TenantId]) -> Result<(), StoreError> {
    let Db::Postgres(_) = db else { return Ok(()) };
    let mut tx = db.begin_directory().await?;
    for tenant in tenants {
        execute!(tx, "SELECT pg_notify('uwi', $1)", format!("calls:{tenant}"))?;
    }
    tx.commit().await
}
