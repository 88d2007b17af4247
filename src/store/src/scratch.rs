//! A database for a rehearsal, beside the one that an address names: a file in
//! memory or in the temporary folder, or a database of its own on the server.

use crate::{Db, StoreError};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::path::{Path, PathBuf};

/// A database that is thrown away afterwards.
pub struct Scratch {
    /// Its address, to open it more than once.
    pub url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { server: String, name: String },
}

impl Scratch {
    /// Makes an empty one for the engine of `url`; `name` keeps it apart from
    /// others (letters, digits and underscores).
    pub async fn make(url: &str, name: &str) -> Result<Self, StoreError> {
        if !url.starts_with("postgres") {
            // In memory where there is such a folder: nothing of it is to last.
            let memory = Path::new("/dev/shm");
            let folder = if memory.is_dir() { memory.into() } else { std::env::temp_dir() };
            let folder = folder.join(name);
            let url = format!("sqlite://{}", folder.join("uwi.db").display());
            return Ok(Self { url, place: Place::Folder(folder) });
        }
        let name = name.to_ascii_lowercase();
        let mut conn = PgConnection::connect(url).await?;
        conn.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
        let (base, query) = url.split_once('?').map_or((url, ""), |(base, query)| (base, query));
        let scheme = base.find("://").map_or(0, |at| at + 3);
        let host = base[scheme..].find('/').map_or(base.len(), |at| scheme + at);
        let mark = if query.is_empty() { "" } else { "?" };
        let own = format!("{}/{name}{mark}{query}", &base[..host]);
        Ok(Self { url: own, place: Place::Server { server: url.to_owned(), name } })
    }

    /// Opens it.
    pub async fn open(&self) -> Result<Db, StoreError> {
        Db::open(&self.url).await
    }

    /// Throws it away.
    pub async fn remove(self) -> Result<(), StoreError> {
        match self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder)
                .map_err(|error| StoreError::Unavailable(error.to_string())),
            Place::Server { server, name } => {
                let mut conn = PgConnection::connect(&server).await?;
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                conn.execute(AssertSqlSafe(drop)).await?;
                Ok(())
            }
        }
    }
}
