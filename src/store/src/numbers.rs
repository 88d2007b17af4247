//! The telephone numbers that a tenant pays for.

use crate::agents::AgentRow;
use crate::{Reader, StoreError, Tx, agents};
use domain::phone::E164;
use jiff::Timestamp;

/// A number as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NumberRow {
    /// That of its provisioning.
    pub id: String,
    /// Which assistant answers.
    pub agent_id: String,
    /// E.164.
    pub phone_number: String,
    /// The provider's name of it.
    pub phone_number_sid: String,
    /// The voice provider's name of it.
    pub voice_number_id: Option<String>,
    /// `twilio` or `elevenlabs`.
    pub provider: String,
    /// `recorded`, `configured`, `linked`, `active`, `inactive` (given up, in
    /// its grace period) or `released`.
    pub status: String,
    /// JSON `{voice, sms, mms}`.
    pub capabilities: String,
    /// ISO 3166 alpha-2.
    pub country_code: String,
    /// As it is written for people.
    pub friendly_name: String,
    /// Cents; `None`: the provider did not say.
    pub monthly_cost: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// When it was bought.
    pub provisioned_at: i64,
    /// When its grace period ends.
    pub release_at: Option<i64>,
    /// When it was given back.
    pub released_at: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, agent_id, phone_number, phone_number_sid, voice_number_id, provider,
  status, capabilities, country_code, friendly_name, monthly_cost, currency, provisioned_at,
  release_at, released_at FROM phone_numbers WHERE tenant_id = $1 ",
            $rest
        )
    };
}

const INSERT: &str = "INSERT INTO phone_numbers (tenant_id, id, agent_id, phone_number,
  phone_number_sid, provider, status, capabilities, country_code, friendly_name, monthly_cost,
  currency, provisioned_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
  ON CONFLICT (tenant_id, id) DO NOTHING";
const GET: &str = select!("AND id = $2");
const OF_AGENT: &str =
    select!("AND agent_id = $2 AND status <> 'released' ORDER BY provisioned_at, id");
const OF_TENANT: &str =
    select!("AND status <> 'released' ORDER BY provisioned_at DESC, id DESC LIMIT $2");
const DIALLED: &str = select!("AND phone_number = $2 AND status = 'active'");
const OWNED: &str = select!("AND phone_number = $2 AND status <> 'released'");
const RELEASED: &str = select!(
    "AND phone_number = $2 AND agent_id = $3 AND status = 'released'
  ORDER BY released_at DESC LIMIT 1"
);
const LAST: &str =
    select!("AND agent_id = $2 AND status = 'released' ORDER BY released_at DESC, id DESC LIMIT 1");
const DUE: &str =
    select!("AND status = 'inactive' AND release_at <= $2 ORDER BY release_at LIMIT 1000");
const COUNT: &str =
    "SELECT COUNT(*) FROM phone_numbers WHERE tenant_id = $1 AND status <> 'released'";
const UPDATE: &str = "UPDATE phone_numbers SET status = $3, voice_number_id = $4, release_at = $5,
  released_at = $6, updated_at = $7 WHERE tenant_id = $1 AND id = $2";

/// Stores a bought number; again and again without harm.
/// [`StoreError::Conflict`]: somebody owns it already.
pub async fn insert(tx: &mut Tx, row: &NumberRow) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        INSERT,
        tenant,
        &row.id,
        &row.agent_id,
        &row.phone_number,
        &row.phone_number_sid,
        &row.provider,
        &row.status,
        &row.capabilities,
        &row.country_code,
        &row.friendly_name,
        row.monthly_cost,
        row.currency.as_deref(),
        row.provisioned_at,
    )?;
    Ok(())
}

/// Stores what may change of a number.
pub async fn update(tx: &mut Tx, row: &NumberRow, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        UPDATE,
        tenant,
        &row.id,
        &row.status,
        row.voice_number_id.as_deref(),
        row.release_at,
        row.released_at,
        now.as_millisecond(),
    )?;
    Ok(())
}

/// One number.
pub async fn get(reader: &mut Reader, id: &str) -> Result<Option<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => NumberRow, tenant, id)
}

/// The numbers of an assistant that are paid for, oldest first.
pub async fn of_agent(reader: &mut Reader, agent: &str) -> Result<Vec<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_AGENT => NumberRow, tenant, agent)
}

/// The tenant's numbers that are paid for, newest first.
pub async fn of_tenant(reader: &mut Reader, limit: i64) -> Result<Vec<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_TENANT => NumberRow, tenant, limit)
}

/// The tenant's number, while it is paid for.
pub async fn owned(reader: &mut Reader, number: &E164) -> Result<Option<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, OWNED => NumberRow, tenant, number.as_str())
}

/// A number that an assistant had and that was given back, the last time.
pub async fn given_back(
    reader: &mut Reader,
    number: &E164,
    agent: &str,
) -> Result<Option<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, RELEASED => NumberRow, tenant, number.as_str(), agent)
}

/// The number that an assistant has given back last.
pub async fn last_given_back(
    reader: &mut Reader,
    agent: &str,
) -> Result<Option<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, LAST => NumberRow, tenant, agent)
}

/// Whose a dialled number of the tenant is, while it is active: the number and
/// its assistant, also one that rests.
pub async fn answering(
    reader: &mut Reader,
    dialled: &E164,
) -> Result<Option<(NumberRow, AgentRow)>, StoreError> {
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, DIALLED => NumberRow, tenant, dialled.as_str())?;
    let Some(number) = found else { return Ok(None) };
    let agent = agents::get(reader, &number.agent_id).await?;
    Ok(agent.filter(|agent| agent.status != "deleted").map(|agent| (number, agent)))
}

/// Numbers whose grace period is over.
pub async fn due(reader: &mut Reader, now: Timestamp) -> Result<Vec<NumberRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, DUE => NumberRow, tenant, now.as_millisecond())
}

/// How many numbers the tenant pays for.
pub async fn count(reader: &mut Reader) -> Result<i64, StoreError> {
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, COUNT => (i64,), tenant)?.map_or(0, |(count,)| count))
}
