//! The database: one set of functions, two engines.
//!
//! Start with [`Db`]. Reads take a [`Reader`], writes a [`Tx`]; both know for
//! which tenant they work, and on Postgres row-level security knows it too.
//! One SQL text serves both engines (`$1` parameters, the common dialect);
//! [`on!`] runs it on whichever is open. Tables that are read before a tenant
//! is known are listed in [`directory`].

#[macro_use]
mod macros;

pub mod agents;
pub mod appointments;
pub mod backup;
#[doc(hidden)]
pub mod bound;
pub mod calls;
pub mod channels;
pub mod conversations;
pub mod dashboard;
mod db;
pub mod directory;
pub mod dossiers;
pub mod drifts;
pub mod drill;
mod error;
pub mod events;
pub mod feeds;
pub mod hooks;
pub mod idempotency;
pub mod identity;
pub mod messages;
pub mod migrate;
pub mod notices;
pub mod numbers;
pub mod outbox;
mod postgres;
pub mod prospects;
pub mod provisionings;
pub mod reminders;
pub mod replay;
pub mod retention;
pub mod routes;
pub mod sandbox;
pub mod scratch;
pub mod simulators;
mod sqlite;
pub mod tenants;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tickets;
pub mod watch;

pub use db::{Conn, Db, Reader, Sql, Tx};
pub use error::StoreError;
pub use migrate::Migrated;
pub use sqlx;
