//! One expression, run on whichever engine is open.

/// Runs an expression on the open connection: `on!(reader, |conn| …)`.
#[macro_export]
macro_rules! on {
    ($reader:expr, |$conn:ident| $body:expr) => {
        match $reader.conn() {
            $crate::Conn::Sqlite($conn) => $body,
            $crate::Conn::Postgres($conn) => $body,
        }
    };
}

/// Runs a statement and gives the number of rows it touched.
#[macro_export]
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        if let Some(queue) = $tx.queue() {
            $(queue.bind($crate::bound::Bindable::value($value));)*
            queue.push($sql, None);
            $tx.send().await
        } else {
            match $tx.send().await {
                Ok(_) => $crate::on!($tx, |conn| $crate::sqlx::query($sql)
                    $(.bind($crate::bound::Bindable::bindable($value)))*
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected()))
                .map_err($crate::StoreError::from),
                Err(error) => Err(error),
            }
        }
    };
}

/// Runs a statement that must touch so many rows (or, `None`, any number),
/// with the transaction's next one or at its commit: nothing may depend on
/// when. A transaction of such statements alone is committed together with others. Another number of rows is a [`StoreError::Conflict`](crate::StoreError).
#[macro_export]
macro_rules! execute_later {
    ($tx:expr, $expected:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        if let Some(queue) = $tx.queue() {
            $(queue.bind($crate::bound::Bindable::value($value));)*
            queue.push($sql, $expected);
            Ok(())
        } else {
            $crate::execute!($tx, $sql $(, $value)*).and_then(|touched| {
                let expected: Option<u64> = $expected;
                match expected.is_none_or(|expected| expected == touched) {
                    true => Ok(()),
                    false => Err($crate::StoreError::Conflict),
                }
            })
        }
    };
}

/// Reads every row of a query: `fetch_all!(reader, SQL => Row, values…)`.
#[macro_export]
macro_rules! fetch_all {
    ($reader:expr, $sql:expr => $row:ty $(, $value:expr)* $(,)?) => {
        match $reader.send().await {
            Ok(_) => $crate::on!($reader, |conn| $crate::sqlx::query_as::<_, $row>($sql)
                $(.bind($crate::bound::Bindable::bindable($value)))*
                .fetch_all(conn)
                .await)
            .map_err($crate::StoreError::from),
            Err(error) => Err(error),
        }
    };
}

/// Reads the first row of a query, if there is one.
#[macro_export]
macro_rules! fetch_optional {
    ($reader:expr, $sql:expr => $row:ty $(, $value:expr)* $(,)?) => {
        match $reader.send().await {
            Ok(_) => $crate::on!($reader, |conn| $crate::sqlx::query_as::<_, $row>($sql)
                $(.bind($crate::bound::Bindable::bindable($value)))*
                .fetch_optional(conn)
                .await)
            .map_err($crate::StoreError::from),
            Err(error) => Err(error),
        }
    };
}

/// The columns of a [`VisitRow`](crate::dashboard::agenda::VisitRow).
macro_rules! visit_columns {
    () => {
        "id, calendar_id, service_id, customer_name, customer_phone, customer_email, rdv_date,
         rdv_time, starts_at, ends_at, rdv_duration_minutes, status, motive, notes,
         internal_notes, call_id, created_by, version, created_at, updated_at"
    };
}
