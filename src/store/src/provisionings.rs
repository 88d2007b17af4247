//! How numbers are got: one row per wish, written before each step.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// A wish for a number and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProvisioningRow {
    /// Which.
    pub id: String,
    /// For which assistant.
    pub agent_id: String,
    /// A word of `domain::numbers::Stage`.
    pub state: String,
    /// 1 while something remains to be done.
    pub open: i64,
    /// `bought`, or `adopted`: the account had it before.
    pub origin: String,
    /// What marks the number at the provider.
    pub mark: String,
    /// ISO 3166 alpha-2.
    pub country_code: String,
    /// `local`, `mobile`, …
    pub kind: String,
    /// Three digits, where there are any.
    pub area_code: Option<String>,
    /// The number that is being bought, or is bought.
    pub phone_number: Option<String>,
    /// The provider's name of it, once it is bought.
    pub phone_number_sid: Option<String>,
    /// What went wrong last.
    pub error: Option<String>,
    /// How often the provider did not know the mark.
    pub absences: i64,
    /// How often it was worked on.
    pub attempts: i64,
    /// How often it had been when its number was bought.
    pub attempts_before: i64,
    /// When it is to be worked on again.
    pub next_at: i64,
    /// Until when somebody works on it.
    pub claimed_until: Option<i64>,
    /// When it was wished for.
    pub created_at: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, agent_id, state, open, origin, mark, country_code, kind, area_code, phone_number,
  phone_number_sid, error, absences, attempts, attempts_before, next_at, claimed_until, created_at
  FROM provisionings WHERE tenant_id = $1 ",
            $rest
        )
    };
}

const INSERT: &str = "INSERT INTO provisionings (tenant_id, id, agent_id, state, mark,
  country_code, kind, area_code, phone_number, next_at, claimed_until, attempts, created_at,
  updated_at, origin, phone_number_sid)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12, $13, $14)";
const GET: &str = select!("AND id = $2");
const OPEN: &str = select!("AND agent_id = $2 AND open = 1");
const DUE: &str = select!(
    "AND open = 1 AND next_at <= $2
  AND (claimed_until IS NULL OR claimed_until <= $2) ORDER BY next_at LIMIT 1000"
);
const ALL_OPEN: &str = select!("AND open = 1 ORDER BY created_at, id LIMIT 1000");
const CLAIM: &str = "UPDATE provisionings SET claimed_until = $4, attempts = attempts + 1
  WHERE tenant_id = $1 AND id = $2 AND open = 1
    AND (claimed_until IS NULL OR claimed_until <= $3)";
const SAVE: &str = "UPDATE provisionings SET state = $3, open = $4, phone_number = $5,
  phone_number_sid = $6, error = $7, absences = $8, next_at = $9, claimed_until = $10,
  updated_at = $11, attempts_before = $13 WHERE tenant_id = $1 AND id = $2 AND attempts = $12";

/// Writes a wish, claimed. [`StoreError::Conflict`]: the assistant has an open one.
pub async fn insert(tx: &mut Tx, row: &ProvisioningRow) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        INSERT,
        tenant,
        &row.id,
        &row.agent_id,
        &row.state,
        &row.mark,
        &row.country_code,
        &row.kind,
        row.area_code.as_deref(),
        row.phone_number.as_deref(),
        row.next_at,
        row.claimed_until,
        row.created_at,
        &row.origin,
        row.phone_number_sid.as_deref(),
    )?;
    Ok(())
}

/// One wish.
pub async fn get(reader: &mut Reader, id: &str) -> Result<Option<ProvisioningRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => ProvisioningRow, tenant, id)
}

/// The open wish of an assistant.
pub async fn open_of(
    reader: &mut Reader,
    agent: &str,
) -> Result<Option<ProvisioningRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, OPEN => ProvisioningRow, tenant, agent)
}

/// The open wishes of the tenant.
pub async fn open(reader: &mut Reader) -> Result<Vec<ProvisioningRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, ALL_OPEN => ProvisioningRow, tenant)
}

/// Open wishes that nobody works on and that are due.
pub async fn due(reader: &mut Reader, now: Timestamp) -> Result<Vec<ProvisioningRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, DUE => ProvisioningRow, tenant, now.as_millisecond())
}

/// Makes the wishes due that wait for documents.
pub async fn wake(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    const WAKE: &str = "UPDATE provisionings SET next_at = $2 WHERE tenant_id = $1 AND open = 1
      AND state IN ('documents_missing', 'in_review', 'rejected') AND next_at > $2";
    let tenant = tx.tenant().0;
    execute!(tx, WAKE, tenant, now.as_millisecond())?;
    Ok(())
}

/// Takes an open wish until an instant; false when somebody else has it.
pub async fn claim(
    tx: &mut Tx,
    id: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let (now, until) = (now.as_millisecond(), until.as_millisecond());
    Ok(execute!(tx, CLAIM, tenant, id, now, until)? == 1)
}

/// Writes how far a wish is. [`StoreError::Conflict`]: somebody else has taken
/// it since, and goes on with it.
pub async fn save(tx: &mut Tx, row: &ProvisioningRow, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    let saved = execute!(
        tx,
        SAVE,
        tenant,
        &row.id,
        &row.state,
        row.open,
        row.phone_number.as_deref(),
        row.phone_number_sid.as_deref(),
        row.error.as_deref(),
        row.absences,
        row.next_at,
        row.claimed_until,
        now.as_millisecond(),
        row.attempts,
        row.attempts_before,
    )?;
    if saved == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Lets the open wishes of the tenant be due now.
pub async fn hurry(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str =
        "UPDATE provisionings SET next_at = $2 WHERE tenant_id = $1 AND open = 1 AND next_at > $2";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, now.as_millisecond())
}

/// Another place for a wish for which nothing was bought.
pub async fn replace_place(
    tx: &mut Tx,
    id: &str,
    country: &str,
    kind: &str,
    area: Option<&str>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE provisionings SET country_code = $3, kind = $4, area_code = $5
      WHERE tenant_id = $1 AND id = $2 AND phone_number IS NULL";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, id, country, kind, area)?;
    Ok(())
}
