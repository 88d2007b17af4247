//! Fills a migrated SQLite database with years of calls and events, so that
//! what must not grow with them can be measured.

use clap::Args;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::str::FromStr;

/// What to write.
#[derive(Args)]
pub struct Seed {
    /// `sqlite://…`, already migrated.
    #[arg(long)]
    database: String,
    /// Calls to write.
    #[arg(long, default_value_t = 100_000)]
    calls: i64,
    /// Events to write.
    #[arg(long, default_value_t = 1_000_000)]
    events: i64,
    /// For which tenant.
    #[arg(long, default_value_t = 1)]
    tenant: i64,
    /// The newest call's start, Unix milliseconds.
    #[arg(long)]
    now: i64,
}

const CALLS: &str = "
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
INSERT INTO call_logs (tenant_id, id, call_sid, from_number, to_number, call_status, outcome,
                       duration_seconds, local_day, started_at, last_seen_at, ended_at, created_at)
SELECT $1, printf('seed-%08d', i), printf('seed-%08d', i), printf('+3363998%04d', i % 10000),
       '+33939240575', 'completed',
       CASE i % 5 WHEN 0 THEN 'booking_confirmed' WHEN 1 THEN 'transferred_human'
                  WHEN 2 THEN 'user_abandon' ELSE NULL END,
       30 + i % 200, strftime('%Y-%m-%d', ($3 - i * 600000) / 1000, 'unixepoch'),
       $3 - i * 600000, $3 - i * 600000 + 60000, $3 - i * 600000 + 60000, $3 - i * 600000
FROM n";

const EVENTS: &str = "
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
INSERT INTO ivr_events (id, client_id, call_id, event, subject, local_day, created_at)
SELECT printf('seed-%08d', i), $1, printf('seed-%08d', i / 10),
       CASE i % 10 WHEN 0 THEN 'call_started' WHEN 1 THEN 'booking_confirmed' ELSE 'recovery_step' END,
       CAST(i % 10 AS TEXT), strftime('%Y-%m-%d', ($3 - i * 60000) / 1000, 'unixepoch'), $3 - i * 60000
FROM n";

impl Seed {
    /// Writes it in one transaction.
    pub async fn run(self) {
        self.write().await.expect("the database can be filled");
    }

    async fn write(&self) -> Result<(), sqlx::Error> {
        let options = SqliteConnectOptions::from_str(&self.database)?;
        let mut connection: SqliteConnection = options.connect().await?;
        let mut transaction = connection.begin().await?;
        for (statement, rows) in [(CALLS, self.calls), (EVENTS, self.events)] {
            sqlx::query(statement)
                .bind(self.tenant)
                .bind(rows)
                .bind(self.now)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }
}
