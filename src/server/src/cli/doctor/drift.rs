//! Whether assistants and numbers were as configured when the hourly round
//! last looked.

use super::Check;
use desk::{Desk, Office, Who, tenants};
use domain::id::TenantId;
use std::sync::Arc;
use store::StoreError;

/// The most tenants that are looked at.
const TENANTS: i64 = 100_000;
/// The most that are told one by one.
const TOLD: usize = 20;

/// What a provider has otherwise.
pub(super) async fn checks(office: &Arc<Office>) -> Result<Vec<Check>, StoreError> {
    let mut checks = Vec::new();
    for tenant in tenants::list(office, TENANTS).await? {
        let tenant = TenantId(tenant.tenant_id);
        for drift in Desk::new(Arc::clone(office), tenant, Who::Operator).drifts().await? {
            let subject = drift.phone_number.as_ref().unwrap_or(&drift.agent_id);
            let paths: Vec<_> = drift.settings.iter().map(|setting| &*setting.path).collect();
            let what = match paths[..] {
                [""] => "is gone at its provider".to_owned(),
                _ => format!("is otherwise at its provider: {}", paths.join(", ")),
            };
            checks.push(Check::wrong(
                "drift",
                format!("tenant {tenant}: {subject} {what}"),
                "run `uwi number reconcile --repair`, unless somebody wants it so",
            ));
        }
    }
    if checks.len() > TOLD {
        let more = checks.len() - TOLD;
        checks.truncate(TOLD);
        checks.push(Check::wrong("drift", format!("and {more} more"), "see `uwi number list`"));
    }
    if checks.is_empty() {
        checks.push(Check::ok("drift", "assistants and numbers are as configured"));
    }
    Ok(checks)
}
