//! Those who may become customers.

use crate::{StoreError, Tx};
use domain::id::{CallId, ProspectId};
use domain::phone::E164;
use domain::qualification::{Columns, Score};
use jiff::Timestamp;

/// A prospect to be written.
#[derive(Debug, Clone)]
pub struct NewProspect<'a> {
    /// Its id.
    pub id: ProspectId,
    /// Who.
    pub name: Option<&'a str>,
    /// How to reach them.
    pub phone: Option<&'a E164>,
    /// Written address.
    pub email: Option<&'a str>,
    /// `phone`, `web`, …
    pub source: &'a str,
    /// The answers that have a column of their own.
    pub columns: &'a Columns,
    /// Questions and answers, JSON.
    pub answers: &'a str,
    /// What they are worth.
    pub score: Score,
    /// The call that brought them.
    pub call: Option<&'a CallId>,
    /// `sara` or `web`.
    pub author: &'a str,
    /// When.
    pub now: Timestamp,
}

const INSERT: &str = "INSERT INTO prospects (tenant_id, id, name, phone, email, source,
  interest_type, budget_min, budget_max, location_preference, property_type, answers,
  qualification_score, qualification_status, call_id, created_by, last_contact_at, created_at,
  updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $17)";

/// Writes a prospect, with the transaction's next statement.
pub async fn insert(tx: &mut Tx, new: &NewProspect<'_>) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(
        tx,
        Some(1),
        INSERT,
        tenant,
        new.id.to_string(),
        new.name,
        new.phone.map(E164::as_str),
        new.email,
        new.source,
        new.columns.interest_type.as_deref(),
        new.columns.budget_min,
        new.columns.budget_max,
        new.columns.location_preference.as_deref(),
        new.columns.property_type.as_deref(),
        new.answers,
        i64::from(new.score.points),
        new.score.status.as_str(),
        new.call.map(CallId::as_str),
        new.author,
        new.now.as_millisecond(),
    )
}
