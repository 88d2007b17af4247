//! Prospects for lists, and one with its answers.

use crate::{Reader, StoreError};

/// One prospect.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProspectRow {
    /// Its id.
    pub id: String,
    /// Who.
    pub name: Option<String>,
    /// How to reach them, E.164.
    pub phone: Option<String>,
    /// Written address.
    pub email: Option<String>,
    /// `phone`, `web`, …
    pub source: String,
    /// What they are interested in.
    pub interest_type: Option<String>,
    /// What they would spend at least, whole units of money.
    pub budget_min: Option<i64>,
    /// What they would spend at most, whole units of money.
    pub budget_max: Option<i64>,
    /// Where.
    pub location_preference: Option<String>,
    /// What kind of property.
    pub property_type: Option<String>,
    /// Questions and answers, JSON of [`domain::qualification::Answered`].
    pub answers: String,
    /// 0 to 100.
    pub qualification_score: i64,
    /// `new`, `qualified`, …
    pub qualification_status: String,
    /// What the practice wrote about them.
    pub notes: Option<String>,
    /// Why they are judged so.
    pub qualification_notes: Option<String>,
    /// The provider's name of the call that brought them.
    pub call_id: Option<String>,
    /// The call's own id, when a call brought them.
    pub call_row: Option<String>,
    /// `sara` or `web`.
    pub created_by: String,
    /// When they were last spoken to.
    pub last_contact_at: Option<i64>,
    /// When to call them back.
    pub next_follow_up_at: Option<i64>,
    /// When they became a customer.
    pub converted_at: Option<i64>,
    /// The words that they agreed to.
    pub consent_text: Option<String>,
    /// Where these were shown.
    pub consent_source: Option<String>,
    /// When they agreed.
    pub consent_at: Option<i64>,
    /// Grows with every change.
    pub version: i64,
    /// When they were brought.
    pub created_at: i64,
    /// When they were last changed.
    pub updated_at: i64,
}

/// The columns of [`ProspectRow`].
macro_rules! prospects_where {
    ($($rest:literal),+) => {
        concat!(
            "SELECT p.id, p.name, p.phone, p.email, p.source, p.interest_type, p.budget_min,
    p.budget_max, p.location_preference, p.property_type, p.answers, p.qualification_score,
    p.qualification_status, p.notes, p.qualification_notes, p.call_id, c.id AS call_row,
    p.created_by, p.last_contact_at, p.next_follow_up_at, p.converted_at, p.consent_text,
    p.consent_source, p.consent_at, p.version, p.created_at, p.updated_at
  FROM prospects p LEFT JOIN call_logs c ON c.call_sid = p.call_id AND c.tenant_id = p.tenant_id
  WHERE p.tenant_id = $1 AND ", $($rest),+
        )
    };
}

/// Which prospects are wanted. Empty texts mean "any".
#[derive(Debug, Clone, Default)]
pub struct ProspectFilter {
    /// A status.
    pub status: String,
    /// Where they come from.
    pub source: String,
    /// A pattern of a name or an address, lower case.
    pub words: String,
    /// A pattern of the end of a number.
    pub number: String,
    /// Only those to be called back before this instant.
    pub follow_up_before: Option<i64>,
    /// Only those before this one (instant and id).
    pub before: Option<(i64, String)>,
}

const PAGE: &str = prospects_where!(
    "($2 = '' OR p.qualification_status = $2) AND ($3 = '' OR p.source = $3)
    AND ($4 = '' OR LOWER(p.name) LIKE $4 OR LOWER(p.email) LIKE $4 OR p.phone LIKE $5)
    AND ($6 < 0 OR (p.next_follow_up_at < $6
      AND p.qualification_status IN ('new', 'qualified', 'follow_up')))
    AND (p.created_at < $7 OR (p.created_at = $7 AND p.id < $8))
  ORDER BY p.created_at DESC, p.id DESC LIMIT $9"
);

/// A page of prospects, newest first.
pub async fn page(
    reader: &mut Reader,
    filter: &ProspectFilter,
    limit: i64,
) -> Result<Vec<ProspectRow>, StoreError> {
    let (at, id) = filter.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let tenant = reader.tenant().0;
    fetch_all!(
        reader,
        PAGE => ProspectRow,
        tenant,
        &filter.status,
        &filter.source,
        &filter.words,
        &filter.number,
        filter.follow_up_before.unwrap_or(-1),
        at,
        id,
        limit
    )
}

const ONE: &str = prospects_where!("p.id = $2");

/// One prospect.
pub async fn one(reader: &mut Reader, id: &str) -> Result<Option<ProspectRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, ONE => ProspectRow, tenant, id)
}

const OF_CALL: &str = prospects_where!("p.call_id = $2 ORDER BY p.created_at, p.id LIMIT 20");

/// Those a call brought, in order; at most 20.
pub async fn of_call(reader: &mut Reader, call: &str) -> Result<Vec<ProspectRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => ProspectRow, tenant, call)
}

/// How many are to be called back before an instant.
pub async fn count_follow_ups(reader: &mut Reader, before: i64) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM prospects \
        WHERE tenant_id = $1 AND next_follow_up_at < $2 \
          AND qualification_status IN ('new', 'qualified', 'follow_up')";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (i64,), tenant, before)?.map_or(0, |(count,)| count))
}
