//! Requests that wait for the practice, those it has dealt with, and what was
//! done with each.

use crate::{Reader, StoreError};

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TicketRow {
    /// Its id.
    pub id: String,
    /// Who left it.
    pub customer_name: Option<String>,
    /// How to reach them, E.164.
    pub customer_phone: Option<String>,
    /// Written address.
    pub customer_email: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// Their words.
    pub description: String,
    /// `message`, `callback`, … or a category of the tenant's support.
    pub category: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// What the caller was told to quote.
    pub reference: Option<String>,
    /// The event that left it (`transfer_failed`, `emergency`); empty: the caller.
    pub cause: String,
    /// `open`, `resolved`, …
    pub status: String,
    /// The member who sees to it.
    pub assigned_to: Option<String>,
    /// What came of it.
    pub resolution_notes: Option<String>,
    /// Until when somebody should have answered.
    pub due_at: Option<i64>,
    /// The provider's name of the call that left it.
    pub call_id: Option<String>,
    /// The call's own id, when a call left it.
    pub call_row: Option<String>,
    /// `sara`, `manual` or `web`.
    pub created_by: String,
    /// Grows with every change.
    pub version: i64,
    /// When it was left.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
    /// When it was dealt with.
    pub resolved_at: Option<i64>,
}

impl TicketRow {
    /// True when somebody should have answered before `now`.
    pub fn is_overdue(&self, now: i64) -> bool {
        let waits = domain::ticket::Status::parse(&self.status).is_some_and(|s| s.waits());
        waits && self.due_at.is_some_and(|due| due < now)
    }
}

/// The columns of [`TicketRow`].
macro_rules! tickets_where {
    ($($rest:literal),+) => {
        concat!(
            "SELECT t.id, t.customer_name, t.customer_phone, t.customer_email, t.subject,
    t.description, t.category, t.priority, t.reference, t.cause, t.status, t.assigned_to,
    t.resolution_notes, t.due_at, t.call_id, c.id AS call_row, t.created_by, t.version,
    t.created_at, t.updated_at, t.resolved_at
  FROM tickets t LEFT JOIN call_logs c ON c.call_sid = t.call_id AND c.tenant_id = t.tenant_id
  WHERE t.tenant_id = $1 AND ", $($rest),+
        )
    };
}

const WAITING: &str = tickets_where!(
    "t.status IN ('open', 'in_progress')
  ORDER BY CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END,
    t.created_at DESC, t.id DESC LIMIT $2"
);

/// Requests that wait: the urgent ones first, then the newest.
pub async fn waiting(reader: &mut Reader, limit: i64) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, WAITING => TicketRow, tenant, limit)
}

/// How many wait.
pub async fn count_waiting(reader: &mut Reader) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets \
        WHERE tenant_id = $1 AND status IN ('open', 'in_progress')";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (i64,), tenant)?.map_or(0, |(count,)| count))
}

const DONE: &str =
    tickets_where!("t.status = 'resolved' ORDER BY t.resolved_at DESC, t.id DESC LIMIT $2");

/// Requests that were dealt with, the last one first.
pub async fn done(reader: &mut Reader, limit: i64) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, DONE => TicketRow, tenant, limit)
}

const OF_CALL: &str = tickets_where!("t.call_id = $2 ORDER BY t.created_at, t.id LIMIT 20");

/// What a call left, in order; at most 20.
pub async fn of_call(reader: &mut Reader, call_sid: &str) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => TicketRow, tenant, call_sid)
}

const ONE: &str = tickets_where!("t.id = $2");

/// One request.
pub async fn one(reader: &mut Reader, id: &str) -> Result<Option<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, ONE => TicketRow, tenant, id)
}

/// Which requests are wanted. Empty texts mean "any".
#[derive(Debug, Clone, Default)]
pub struct TicketFilter {
    /// A status, `waiting` (for the practice) or `done`.
    pub status: String,
    /// A category.
    pub category: String,
    /// A priority.
    pub priority: String,
    /// A member's address; `-`: nobody's.
    pub assigned_to: String,
    /// A pattern of a name or a subject, lower case; and the text itself.
    pub words: (String, String),
    /// A pattern of the end of a number.
    pub number: String,
    /// The provider's name of a call.
    pub call: String,
    /// Only those that somebody should have answered before this instant.
    pub overdue_at: Option<i64>,
    /// Only those before this one (instant and id).
    pub before: Option<(i64, String)>,
}

const PAGE: &str = tickets_where!(
    "($2 = '' OR t.status = $2 OR ($2 = 'waiting' AND t.status IN ('open', 'in_progress'))
      OR ($2 = 'done' AND t.status IN ('resolved', 'closed')))
    AND ($3 = '' OR t.category = $3) AND ($4 = '' OR t.priority = $4)
    AND ($5 = '' OR t.assigned_to = $5 OR ($5 = '-' AND t.assigned_to IS NULL))
    AND ($6 = '' OR LOWER(t.customer_name) LIKE $6 OR LOWER(t.subject) LIKE $6
      OR LOWER(t.reference) = $7 OR t.customer_phone LIKE $8)
    AND ($9 = '' OR t.call_id = $9)
    AND ($10 < 0 OR (t.due_at < $10 AND t.status IN ('open', 'in_progress')))
    AND (t.created_at < $11 OR (t.created_at = $11 AND t.id < $12))
  ORDER BY t.created_at DESC, t.id DESC LIMIT $13"
);

/// A page of requests, newest first.
pub async fn page(
    reader: &mut Reader,
    filter: &TicketFilter,
    limit: i64,
) -> Result<Vec<TicketRow>, StoreError> {
    let (at, id) = filter.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let tenant = reader.tenant().0;
    fetch_all!(
        reader,
        PAGE => TicketRow,
        tenant,
        &filter.status,
        &filter.category,
        &filter.priority,
        &filter.assigned_to,
        &filter.words.0,
        &filter.words.1,
        &filter.number,
        &filter.call,
        filter.overdue_at.unwrap_or(-1),
        at,
        id,
        limit
    )
}

/// Something that was done with a request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// Its id.
    pub id: String,
    /// `created`, `changed`, `comment` or `answer`.
    pub kind: String,
    /// Who: an address, `token:PREFIX`, `operator`.
    pub author: String,
    /// The words.
    pub body: String,
    /// What changed, JSON: `{"status":["open","resolved"]}`.
    pub detail: String,
    /// What became of the message that carries an answer: `pending`, `sent`, …
    pub message_status: Option<String>,
    /// Why it was not sent or delivered.
    pub message_error: Option<String>,
    /// When.
    pub created_at: i64,
}

/// What was done with a request, in order; the last 500.
pub async fn history(reader: &mut Reader, ticket: &str) -> Result<Vec<EntryRow>, StoreError> {
    const SQL: &str = "SELECT h.id, h.kind, h.author, h.body, h.detail, \
        m.status AS message_status, m.error_code AS message_error, h.created_at \
        FROM ticket_history h LEFT JOIN channel_messages_log m \
          ON m.tenant_id = h.tenant_id AND m.id = h.message_id \
        WHERE h.tenant_id = $1 AND h.ticket_id = $2 \
        ORDER BY h.position DESC, h.id DESC LIMIT 500";
    let tenant = reader.tenant().0;
    let mut rows = fetch_all!(reader, SQL => EntryRow, tenant, ticket)?;
    rows.reverse();
    Ok(rows)
}
