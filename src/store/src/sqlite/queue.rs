//! Statements that wait to be run together, with their values.

use crate::StoreError;
use rusqlite::ToSql;
use rusqlite::types::ToSqlOutput;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments as _, Sqlite};

/// Room for the values of most statements.
const VALUES: usize = 16;

/// A value of a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number or a flag.
    Integer(i64),
    /// Words.
    Text(String),
}

/// One statement.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// Its words; `$1` is the first of the values.
    pub sql: &'static str,
    /// Its values.
    pub values: Vec<Value>,
    /// How many rows it must touch.
    pub expected: Option<u64>,
}

/// Statements in order.
#[derive(Debug, Default)]
pub struct Queue {
    statements: Vec<Statement>,
    /// Values of the statement that comes next.
    values: Vec<Value>,
}

impl Queue {
    /// Adds the next value of the statement that [`Queue::push`] will add.
    pub fn bind(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Adds a statement whose values were bound before; `expected` is how many
    /// rows it must touch.
    pub fn push(&mut self, sql: &'static str, expected: Option<u64>) {
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(VALUES));
        self.statements.push(Statement { sql, values, expected });
    }

    /// The statements.
    pub(crate) fn into_statements(self) -> Vec<Statement> {
        self.statements
    }

    /// Sends everything on a connection of its own; gives the rows that the
    /// last statement touched. [`StoreError::Conflict`] when one touched
    /// another number than it must.
    pub(crate) async fn send(self, conn: &mut SqliteConnection) -> Result<u64, StoreError> {
        let mut last = 0;
        for statement in self.statements {
            let mut arguments = SqliteArguments::default();
            for value in statement.values {
                add(&mut arguments, value)?;
            }
            let query = sqlx::query_with::<Sqlite, _>(statement.sql, arguments);
            last = query.execute(&mut *conn).await?.rows_affected();
            if statement.expected.is_some_and(|expected| expected != last) {
                return Err(StoreError::Conflict);
            }
        }
        Ok(last)
    }
}

/// Gives a prepared statement its values. To SQLite `$7` is a name: places are given in
/// the order of appearance.
pub(super) fn bind(
    prepared: &mut rusqlite::Statement<'_>,
    values: &[Value],
) -> rusqlite::Result<()> {
    for place in 1..=prepared.parameter_count() {
        let name = prepared.parameter_name(place).unwrap_or_default();
        let number: usize = name.trim_start_matches('$').parse().unwrap_or_default();
        let value = number.checked_sub(1).and_then(|at| values.get(at));
        prepared.raw_bind_parameter(place, value.unwrap_or(&Value::Null))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::from(rusqlite::types::Null),
            Self::Integer(number) => ToSqlOutput::from(*number),
            Self::Text(text) => ToSqlOutput::from(text.as_str()),
        })
    }
}

fn add(arguments: &mut SqliteArguments, value: Value) -> Result<(), StoreError> {
    match value {
        Value::Null => arguments.add(None::<i64>),
        Value::Integer(number) => arguments.add(number),
        Value::Text(text) => arguments.add(text),
    }
    .map_err(|error| StoreError::Unavailable(format!("a value is not bound: {error}")))
}
