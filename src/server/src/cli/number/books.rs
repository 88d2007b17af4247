//! What is paid for, and whether the provider says the same.

use super::{Failure, Form, Outcome, TENANTS, desk, output, value};
use desk::numbers::drift::Drift;
use desk::numbers::reconcile::{self, Repair, Report};
use desk::providers::Providers;
use desk::{Office, tenants};
use domain::id::TenantId;
use serde_json::json;
use std::sync::Arc;
use store::numbers::NumberRow;

/// Numbers, and wishes for numbers.
pub(super) async fn list(office: &Arc<Office>, tenant: Option<i64>, form: Form) -> Outcome {
    let all = match tenant {
        Some(tenant) => vec![tenant],
        None => tenants::list(office, TENANTS).await?.iter().map(|row| row.tenant_id).collect(),
    };
    let mut lines = Vec::new();
    for tenant in all.into_iter().map(TenantId) {
        let desk = desk(office, tenant);
        let drifts = desk.drifts().await?;
        for row in desk.numbers().await? {
            let drift = drifted(&drifts, &row);
            if form == Form::Json {
                let mut value = value(tenant, &row);
                value["drift"] = json!(drift);
                output::json(&value);
            }
            let drift = drift.join(", ");
            let NumberRow { phone_number, status, agent_id, .. } = row;
            lines.push([tenant.to_string(), phone_number, status, agent_id, drift].to_vec());
        }
        for wish in desk.wishes().await?.into_iter().filter(|wish| wish.phone_number.is_none()) {
            if form == Form::Json {
                output::json(&json!({ "tenant_id": tenant, "phone_number": null,
                    "agent_id": wish.agent_id, "status": wish.state, "problem": wish.error }));
            }
            let none = "—".to_owned();
            let wish = [tenant.to_string(), none, wish.state, wish.agent_id, String::new()];
            lines.push(wish.to_vec());
        }
    }
    if form == Form::Text {
        output::table(&["tenant", "number", "status", "agent", "drift"], &lines);
    }
    Ok(())
}

/// What a provider has otherwise of a number, or of who answers it.
fn drifted(drifts: &[Drift], row: &NumberRow) -> Vec<String> {
    let own = drifts.iter().filter(|drift| drift.agent_id == row.agent_id);
    let own = own.filter(|drift| {
        drift.phone_number.as_ref().is_none_or(|number| *number == row.phone_number)
    });
    own.flat_map(|drift| drift.settings.iter().map(|setting| setting.path.clone())).collect()
}

/// Does what is due and tells what was found.
pub(super) async fn balance(
    office: &Arc<Office>,
    providers: &Providers,
    repair: Repair,
    form: Form,
) -> Outcome {
    let report = reconcile::reconcile_and(office, providers, repair).await?;
    match form {
        Form::Json => output::json(&report),
        Form::Text => tell(&report),
    }
    if report.is_clean() { Ok(()) } else { Err(Failure::Unmet) }
}

fn tell(report: &Report) {
    let lines = [
        ("works now", &report.finished),
        ("waits", &report.waiting),
        ("given up", &report.failed),
        ("given back", &report.released),
        ("paid for nobody, given back", &report.orphans),
        ("not at the provider", &report.missing),
        ("otherwise at the provider (--repair)", &report.drifted),
        ("could not be looked at", &report.problems),
    ];
    for (what, entries) in lines {
        entries.iter().for_each(|entry| println!("{what}: {entry}"));
    }
    if report.strangers > 0 {
        println!("numbers of the account that are not from here: {}", report.strangers);
    }
    if report.repaired > 0 {
        println!("agents that were set right: {}", report.repaired);
    }
    if report.is_clean() {
        println!("The books balance.");
    }
}
