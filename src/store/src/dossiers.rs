//! Who holds a tenant's numbers, and how far the provider knows it.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// A dossier as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DossierRow {
    /// ISO 3166 alpha-2.
    pub country_code: String,
    /// For which kind of numbers: `local`, `national`, …
    pub kind: String,
    /// `written` (being handed in), `incomplete` (the provider misses
    /// something) or `submitted`.
    pub state: String,
    /// JSON of `domain::dossier::Draft`.
    pub draft: String,
    /// A scan in base64, until the provider has it.
    pub scan: Option<String>,
    /// The scan's file name.
    pub scan_name: Option<String>,
    /// The provider's name of the address.
    pub address_sid: Option<String>,
    /// The provider's name of the holder.
    pub end_user_sid: Option<String>,
    /// The provider's name of the proof.
    pub document_sid: Option<String>,
    /// The provider's name of all of it.
    pub bundle_sid: Option<String>,
    /// What the provider says is missing, or why handing in failed.
    pub problem: Option<String>,
    /// Until when somebody works on it.
    pub claimed_until: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT country_code, kind, state, draft, scan, scan_name, address_sid, end_user_sid,
  document_sid, bundle_sid, problem, claimed_until FROM dossiers WHERE tenant_id = $1 ",
            $rest
        )
    };
}

const GET: &str = select!("AND country_code = $2 AND kind = $3");
const ALL: &str = select!("ORDER BY country_code, kind LIMIT 100");
const DUE: &str = select!(
    "AND state = 'written' AND (claimed_until IS NULL OR claimed_until <= $2)
  ORDER BY country_code, kind LIMIT 100"
);
const PUT: &str = "INSERT INTO dossiers (tenant_id, country_code, kind, state, draft, scan,
  scan_name, address_sid, end_user_sid, document_sid, bundle_sid, problem, claimed_until,
  created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
  ON CONFLICT (tenant_id, country_code, kind) DO UPDATE SET state = excluded.state,
  draft = excluded.draft, scan = excluded.scan, scan_name = excluded.scan_name,
  address_sid = excluded.address_sid, end_user_sid = excluded.end_user_sid,
  document_sid = excluded.document_sid, bundle_sid = excluded.bundle_sid,
  problem = excluded.problem, claimed_until = excluded.claimed_until,
  updated_at = excluded.updated_at";
const CLAIM: &str = "UPDATE dossiers SET claimed_until = $5 WHERE tenant_id = $1
  AND country_code = $2 AND kind = $3 AND (claimed_until IS NULL OR claimed_until <= $4)";

/// The dossier for a kind of numbers.
pub async fn get(
    reader: &mut Reader,
    country: &str,
    kind: &str,
) -> Result<Option<DossierRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => DossierRow, tenant, country, kind)
}

/// Every dossier of the tenant.
pub async fn all(reader: &mut Reader) -> Result<Vec<DossierRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, ALL => DossierRow, tenant)
}

/// Dossiers that are written, not handed in, and that nobody works on.
pub async fn due(reader: &mut Reader, now: Timestamp) -> Result<Vec<DossierRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, DUE => DossierRow, tenant, now.as_millisecond())
}

/// Writes a dossier as it is now.
pub async fn put(tx: &mut Tx, row: &DossierRow, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        PUT,
        tenant,
        &row.country_code,
        &row.kind,
        &row.state,
        &row.draft,
        row.scan.as_deref(),
        row.scan_name.as_deref(),
        row.address_sid.as_deref(),
        row.end_user_sid.as_deref(),
        row.document_sid.as_deref(),
        row.bundle_sid.as_deref(),
        row.problem.as_deref(),
        row.claimed_until,
        now.as_millisecond(),
    )?;
    Ok(())
}

/// Takes a dossier until an instant; false when somebody else has it.
pub async fn claim(
    tx: &mut Tx,
    (country, kind): (&str, &str),
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let (now, until) = (now.as_millisecond(), until.as_millisecond());
    Ok(execute!(tx, CLAIM, tenant, country, kind, now, until)? == 1)
}

/// Forgets a dossier.
pub async fn forget(tx: &mut Tx, country: &str, kind: &str) -> Result<(), StoreError> {
    const SQL: &str =
        "DELETE FROM dossiers WHERE tenant_id = $1 AND country_code = $2 AND kind = $3";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, country, kind)?;
    Ok(())
}
