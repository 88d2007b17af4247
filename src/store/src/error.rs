//! What can go wrong between the product and its database, in few words with
//! a stable meaning.

use sqlx::error::ErrorKind;

/// Why the database did not do what was asked. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else holds the database for longer than we wait.
    #[error("the database is busy")]
    Busy,
    /// No room left where the database writes.
    #[error("the disk of the database is full")]
    Full,
    /// The database cannot be reached or read.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Somebody else changed it meanwhile, or such a row exists already.
    #[error("changed meanwhile by somebody else")]
    Conflict,
    /// The test number was to leave the test tenant; the schema refuses it.
    #[error("the test number always routes to the test tenant")]
    TestNumberImmutable,
    /// A constraint of the schema refuses the row.
    #[error("refused by the schema: {0}")]
    Refused(String),
    /// A stored row cannot be read back.
    #[error("unreadable row in {table}: {what}")]
    Inconsistent {
        /// Where.
        table: &'static str,
        /// What is wrong with it.
        what: String,
    },
    /// The address of the database is not one that we know.
    #[error("DATABASE_URL must begin with sqlite:// or postgres://")]
    UnknownUrl,
}

impl StoreError {
    /// True when trying again later can help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::Full | Self::Unavailable(_))
    }

    /// A row that cannot be read back.
    pub fn inconsistent(table: &'static str, what: impl ToString) -> Self {
        Self::Inconsistent { table, what: what.to_string() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(refusal) => from_refusal(refusal.as_ref()),
            sqlx::Error::PoolTimedOut => Self::Unavailable("no free connection".to_owned()),
            sqlx::Error::ColumnDecode { index, source } => {
                Self::inconsistent("a query", format!("column {index}: {source}"))
            }
            sqlx::Error::RowNotFound => Self::inconsistent("a query", "a row is missing"),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = error else {
            return Self::Unavailable(error.to_string());
        };
        let message = message.unwrap_or_else(|| failure.to_string());
        if message.contains("TEST_NUMBER_IMMUTABLE") {
            return Self::TestNumberImmutable;
        }
        // 2067 and 1555: a key that exists already.
        match (from_sqlite(failure.extended_code, &message), failure.extended_code) {
            (Some(known), _) => known,
            (None, 2067 | 1555) => Self::Conflict,
            (None, _) => Self::Refused(message),
        }
    }
}

fn from_refusal(refusal: &dyn sqlx::error::DatabaseError) -> StoreError {
    if refusal.message().contains("TEST_NUMBER_IMMUTABLE") {
        return StoreError::TestNumberImmutable;
    }
    let code = refusal.code().unwrap_or_default();
    // SQLite gives numbers (the low byte is the primary code), Postgres five characters.
    let known = match code.len() {
        5 => from_sqlstate(&code, refusal.message()),
        _ => code.parse::<i32>().ok().and_then(|code| from_sqlite(code, refusal.message())),
    };
    known.unwrap_or_else(|| match refusal.kind() {
        ErrorKind::UniqueViolation => StoreError::Conflict,
        _ => StoreError::Refused(refusal.message().to_owned()),
    })
}

fn from_sqlite(code: i32, message: &str) -> Option<StoreError> {
    match code & 0xff {
        5 | 6 => Some(StoreError::Busy),
        13 => Some(StoreError::Full),
        7..=10 | 14 | 23 => Some(StoreError::Unavailable(message.to_owned())),
        11 | 26 => Some(StoreError::inconsistent("the database file", message)),
        _ => None,
    }
}

fn from_sqlstate(state: &str, message: &str) -> Option<StoreError> {
    match state {
        "40001" | "40P01" => Some(StoreError::Conflict),
        "55P03" | "57014" => Some(StoreError::Busy),
        "53100" => Some(StoreError::Full),
        _ if ["08", "53", "57", "58"].iter().any(|class| state.starts_with(class)) => {
            Some(StoreError::Unavailable(message.to_owned()))
        }
        _ => None,
    }
}
