//! Statements that wait to be sent together. Every statement sent alone costs
//! a journey to the connection's thread and back, which is dearer than the
//! statement; a turn of a call needs one journey instead of five.

use super::writer::Savepoint;
use crate::StoreError;
use futures::TryStreamExt as _;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments as _, AssertSqlSafe, Either, Encode, Executor as _, Sqlite, Type};
use std::fmt::Write as _;

/// Statements in order, with their values.
#[derive(Debug, Default)]
pub struct Queue {
    sql: String,
    arguments: SqliteArguments,
    /// Values of the statements before the one being bound.
    bound: usize,
    /// How many rows each statement must touch.
    expected: Vec<Option<u64>>,
    /// A value that could not be bound.
    failed: Option<StoreError>,
}

impl Queue {
    /// A queue that first ends `before` and opens `own`.
    pub(crate) fn opening(before: Savepoint, own: &'static str) -> Self {
        let mut queue = Self::default();
        if let Savepoint::Done(done) = before {
            queue.append("RELEASE ");
            queue.append_last(done);
        }
        queue.append("SAVEPOINT ");
        queue.append_last(own);
        queue
    }

    fn append(&mut self, words: &str) {
        self.sql.push_str(words);
    }

    fn append_last(&mut self, words: &str) {
        self.sql.push_str(words);
        self.sql.push_str(";\n");
        self.expected.push(None);
    }

    /// Adds the next value of the statement that [`Queue::push`] will add.
    pub fn bind<'t, T>(&mut self, value: T)
    where
        T: Encode<'t, Sqlite> + Type<Sqlite>,
    {
        if let Err(error) = self.arguments.add(value) {
            self.failed = Some(StoreError::Unavailable(format!("a value is not bound: {error}")));
        }
    }

    /// Adds a statement whose values were bound before; `expected` is how many
    /// rows it must touch.
    pub fn push(&mut self, sql: &'static str, expected: Option<u64>) {
        // Values are numbered through the whole queue.
        let mut pieces = sql.split('$');
        self.sql.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let number: usize = piece[..digits].parse().unwrap_or_default();
            let _ = write!(self.sql, "${}", number + self.bound);
            self.sql.push_str(&piece[digits..]);
        }
        self.sql.push_str(";\n");
        self.bound = self.arguments.len();
        self.expected.push(expected);
    }

    /// Sends everything; gives the rows that the last statement touched.
    /// [`StoreError::Conflict`] when one touched another number than it must.
    pub(crate) async fn send(self, conn: &mut SqliteConnection) -> Result<u64, StoreError> {
        if let Some(failed) = self.failed {
            return Err(failed);
        }
        // The text is made of constants only: see `push`.
        let query = sqlx::query_with(AssertSqlSafe(self.sql), self.arguments);
        let mut outcomes = conn.fetch_many(query);
        let mut expected = self.expected.into_iter();
        let mut last = 0;
        while let Some(outcome) = outcomes.try_next().await? {
            let Either::Left(done) = outcome else { continue };
            last = done.rows_affected();
            if expected.next().flatten().is_some_and(|expected| expected != last) {
                return Err(StoreError::Conflict);
            }
        }
        Ok(last)
    }
}
