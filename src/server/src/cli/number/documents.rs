//! The documents that France wants before it lets a number go.

use super::{Failure, Form, Outcome, desk, output};
use desk::Office;
use desk::numbers::dossier::{DossierError, Filed};
use desk::providers::Providers;
use domain::dossier::Draft;
use domain::id::TenantId;
use domain::numbers::Place;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vendors::twilio::regulatory::Scan;

/// What is handed in, if something is.
pub(super) struct Handed {
    pub(super) file: Option<PathBuf>,
    pub(super) kbis: Option<PathBuf>,
}

/// Shows how a dossier stands, or hands one in.
pub(super) async fn run(
    office: &Arc<Office>,
    providers: &Providers,
    (tenant, area_code): (TenantId, Option<String>),
    handed: Handed,
    form: Form,
) -> Outcome {
    let desk = desk(office, tenant);
    let place = Place::read(Some("FR"), area_code.as_deref(), "FR");
    let place = place.map_err(|error| Failure::Refused(error.to_string()))?;
    let filed = match &handed.file {
        None => desk.dossier(providers, &place).await,
        Some(file) => {
            let draft = draft(file)?;
            let scan = handed.kbis.as_deref().map(scan).transpose()?;
            desk.hand_in(providers, &place, (&draft, scan)).await
        }
    };
    let filed = filed.map_err(refused)?;
    let value = json!({ "tenant_id": tenant, "country": filed.place.country,
        "kind": filed.place.kind(), "status": filed.standing.as_str(), "reason": filed.reason,
        "dossier": filed.draft });
    output::say(form, &value, || told(tenant, &filed));
    Ok(())
}

fn told(tenant: TenantId, filed: &Filed) -> String {
    let reason = filed.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let (kind, standing) = (filed.place.kind(), filed.standing.as_str());
    format!("tenant {tenant}, {kind} numbers in {}: {standing}{reason}", filed.place.country)
}

fn draft(file: &Path) -> Result<Draft, Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
    serde_json::from_str(&text).map_err(|error| Failure::Refused(format!("{name}: {error}")))
}

fn scan(file: &Path) -> Result<Scan, Failure> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
    let title = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let scan = Scan::read(&title.unwrap_or_default(), bytes);
    scan.ok_or_else(|| Failure::Refused(format!("{name}: a PDF, JPEG or PNG of at most 5 MB")))
}

fn refused(error: DossierError) -> Failure {
    match error {
        DossierError::Number(error) => error.into(),
        DossierError::Faults(faults) => {
            let told =
                faults.iter().map(|fault| format!("{} {}", fault.field, fault.wrong.as_str()));
            Failure::Refused(told.collect::<Vec<_>>().join("; "))
        }
        other => Failure::Refused(other.to_string()),
    }
}
