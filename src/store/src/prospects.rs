//! Those who may become customers.

use crate::{StoreError, Tx};
use domain::id::{CallId, ProspectId};
use domain::phone::E164;
use domain::qualification::{Columns, Score, Status};
use jiff::Timestamp;

/// The proof that somebody agreed to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The words that were shown.
    pub text: String,
    /// Where.
    pub source: String,
    /// When.
    pub at: Timestamp,
}

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
    /// What they agreed to when they wrote.
    pub consent: Option<&'a Consent>,
    /// What the practice should know.
    pub notes: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

const INSERT: &str = "INSERT INTO prospects (tenant_id, id, name, phone, email, source,
  interest_type, budget_min, budget_max, location_preference, property_type, answers,
  qualification_score, qualification_status, call_id, created_by, last_contact_at, created_at,
  updated_at, consent_text, consent_source, consent_at, notes)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $17,
    $18, $19, $20, $21)";

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
        new.consent.map(|consent| consent.text.as_str()),
        new.consent.map(|consent| consent.source.as_str()),
        new.consent.map(|consent| consent.at.as_millisecond()),
        new.notes,
    )
}

/// What may be changed of a prospect, as it shall be.
#[derive(Debug, Clone)]
pub struct ProspectData<'a> {
    /// Who.
    pub name: Option<&'a str>,
    /// How to reach them, E.164.
    pub phone: Option<&'a str>,
    /// Written address.
    pub email: Option<&'a str>,
    /// What is thought of them.
    pub status: Status,
    /// What the practice wrote about them.
    pub notes: Option<&'a str>,
    /// Why they are judged so.
    pub qualification_notes: Option<&'a str>,
    /// When to call them back, milliseconds.
    pub next_follow_up_at: Option<i64>,
    /// When they were last spoken to, milliseconds.
    pub last_contact_at: Option<i64>,
}

const UPDATE: &str = "UPDATE prospects SET name = $4, phone = $5, email = $6,
  qualification_status = $7, notes = $8, qualification_notes = $9, next_follow_up_at = $10,
  last_contact_at = $11,
  converted_to_client = CASE WHEN $7 = 'converted' THEN 1 ELSE 0 END,
  converted_at = CASE WHEN $7 = 'converted' THEN COALESCE(converted_at, $12) ELSE NULL END,
  updated_at = $12, version = version + 1
  WHERE tenant_id = $1 AND id = $2 AND version = $3";

/// Changes a prospect that is still at this version; false when it is not.
pub async fn update(
    tx: &mut Tx,
    (id, version): (&str, i64),
    data: &ProspectData<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let touched = execute!(
        tx,
        UPDATE,
        tenant,
        id,
        version,
        data.name,
        data.phone,
        data.email,
        data.status.as_str(),
        data.notes,
        data.qualification_notes,
        data.next_follow_up_at,
        data.last_contact_at,
        now.as_millisecond(),
    )?;
    Ok(touched == 1)
}
