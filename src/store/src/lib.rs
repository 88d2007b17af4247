//! The database: one set of functions, two engines.
//!
//! Start with [`Db`]. Reads take a [`Reader`], writes a [`Tx`]; both know for
//! which tenant they work, and on Postgres row-level security knows it too.
//! One SQL text serves both engines (`$1` parameters, the common dialect);
//! [`on!`] runs it on whichever is open. Tables that are read before a tenant
//! is known are listed in [`directory`].

#[macro_use]
mod macros;

mod db;
pub mod directory;
mod error;
mod migrate;
mod postgres;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use db::{Conn, Db, Reader, Sql, Tx};
pub use error::StoreError;
pub use migrate::Migrated;
pub use sqlx;
