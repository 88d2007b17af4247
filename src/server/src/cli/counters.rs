//! `uwi rebuild-counters`: the dashboard's figures, made again from the events.

use super::{Form, Outcome, output};
use desk::{Office, counters};
use serde_json::json;

/// Rebuilds every tenant's; says whether they were right.
pub async fn run(office: &Office, form: Form) -> Outcome {
    for found in counters::rebuild(office).await? {
        let value = json!({ "tenant_id": found.tenant, "days": found.days, "equal": found.equal });
        output::say(form, &value, || {
            let word = if found.equal { "were right" } else { "were wrong and are right now" };
            format!("tenant {}: {} days, the counters {word}", found.tenant, found.days)
        });
    }
    Ok(())
}
