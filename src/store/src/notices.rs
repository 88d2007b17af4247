//! What the members of a tenant want to be told by mail, and on which days
//! they were.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;
use jiff::civil::Date;

/// What a member wants.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NoticeRow {
    /// Who, lower case.
    pub email: String,
    /// 1: what is urgent, at once.
    pub urgent: i64,
    /// 1: what happened and what waits, in the morning.
    pub daily: i64,
}

/// What members have said; who is not here has said nothing.
pub async fn of_tenant(reader: &mut Reader) -> Result<Vec<NoticeRow>, StoreError> {
    const SQL: &str = "SELECT email, urgent, daily FROM member_notices \
        WHERE tenant_id = $1 ORDER BY email LIMIT 200";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => NoticeRow, tenant)
}

/// Keeps what a member wants.
pub async fn put(tx: &mut Tx, row: &NoticeRow, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO member_notices (tenant_id, email, urgent, daily, updated_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, email) DO UPDATE SET \
        urgent = excluded.urgent, daily = excluded.daily, updated_at = excluded.updated_at";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, &row.email, row.urgent, row.daily, now.as_millisecond())?;
    Ok(())
}

/// Forgets what people wanted who are no members any more.
pub async fn forget_strangers(tx: &mut Tx) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM member_notices WHERE tenant_id = $1 \
        AND email NOT IN (SELECT email FROM members WHERE tenant_id = $1)";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant)?;
    Ok(())
}

/// When the mail before the one of `day` was written.
pub async fn before(reader: &mut Reader, day: Date) -> Result<Option<Timestamp>, StoreError> {
    const SQL: &str = "SELECT written_at FROM daily_mails WHERE tenant_id = $1 AND day < $2 \
        ORDER BY day DESC LIMIT 1";
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SQL => (i64,), tenant, day.to_string())?;
    Ok(found.and_then(|(at,)| Timestamp::from_millisecond(at).ok()))
}

/// Notes that the mail of a day is being written; false when it was before,
/// by whomever.
pub async fn begin_day(tx: &mut Tx, day: Date, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO daily_mails (tenant_id, day, letters, written_at) \
        VALUES ($1, $2, 0, $3) ON CONFLICT (tenant_id, day) DO NOTHING";
    let tenant = tx.tenant().0;
    Ok(execute!(tx, SQL, tenant, day.to_string(), now.as_millisecond())? == 1)
}

/// Notes to how many people the mail of a day goes.
pub async fn end_day(tx: &mut Tx, day: Date, letters: usize) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE daily_mails SET letters = $3 WHERE tenant_id = $1 AND day = $2";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, day.to_string(), i64::try_from(letters).unwrap_or(i64::MAX))?;
    Ok(())
}

/// Forgets the mornings before an instant.
pub async fn forget_days(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM daily_mails WHERE tenant_id = $1 AND written_at < $2";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, before.as_millisecond())?;
    Ok(())
}

/// What happened since an instant, by event.
pub async fn events_since(
    reader: &mut Reader,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "SELECT event, CAST(COUNT(*) AS BIGINT) FROM ivr_events \
        WHERE client_id = $1 AND created_at >= $2 GROUP BY event ORDER BY event LIMIT 100";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => (String, i64), tenant, since.as_millisecond())
}

/// How many requests wait, and how many of these are urgent or late.
pub async fn waiting(reader: &mut Reader, now: Timestamp) -> Result<(i64, i64, i64), StoreError> {
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN priority = 'urgent' THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN due_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) \
        FROM tickets WHERE tenant_id = $1 AND status IN ('open', 'in_progress')";
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SQL => (i64, i64, i64), tenant, now.as_millisecond())?;
    Ok(found.unwrap_or_default())
}

/// Whether the tenant can send text messages.
pub async fn can_text(reader: &mut Reader) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM channel_configurations WHERE tenant_id = $1 \
        AND channel_type = 'sms' AND enabled = 1 AND configured = 1";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (String,), tenant)?.is_some())
}

/// Notes that the confirmation of an appointment was ordered.
pub async fn note_confirmation(tx: &mut Tx, appointment: &str) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE rendez_vous SET confirmation_sent = 1 WHERE tenant_id = $1 AND id = $2";
    let tenant = tx.tenant().0;
    execute_later!(tx, None, SQL, tenant, appointment)
}

/// How many appointments begin from an instant on and before another.
pub async fn visits_between(reader: &mut Reader, from: i64, to: i64) -> Result<i64, StoreError> {
    // By the column that an index begins with, and not by the written date.
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM rendez_vous \
        WHERE tenant_id = $1 AND starts_at >= $2 AND starts_at < $3 AND status = 'confirmed'";
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SQL => (i64,), tenant, from, to)?;
    Ok(found.map_or(0, |(count,)| count))
}
