//! What is paid for, and whether the provider says the same.

use super::{Failure, Form, Outcome, TENANTS, desk, output, value};
use desk::numbers::reconcile::{self, Report};
use desk::providers::Providers;
use desk::{Office, tenants};
use domain::id::TenantId;
use serde_json::json;
use std::sync::Arc;

/// Numbers, and wishes for numbers.
pub(super) async fn list(office: &Arc<Office>, tenant: Option<i64>, form: Form) -> Outcome {
    let all = match tenant {
        Some(tenant) => vec![tenant],
        None => tenants::list(office, TENANTS).await?.iter().map(|row| row.tenant_id).collect(),
    };
    let mut lines = Vec::new();
    for tenant in all.into_iter().map(TenantId) {
        let desk = desk(office, tenant);
        for row in desk.numbers().await? {
            if form == Form::Json {
                output::json(&value(tenant, &row));
            }
            lines.push([tenant.to_string(), row.phone_number, row.status, row.agent_id].to_vec());
        }
        for wish in desk.wishes().await?.into_iter().filter(|wish| wish.phone_number.is_none()) {
            if form == Form::Json {
                output::json(&json!({ "tenant_id": tenant, "phone_number": null,
                    "agent_id": wish.agent_id, "status": wish.state, "problem": wish.error }));
            }
            lines.push([tenant.to_string(), "—".to_owned(), wish.state, wish.agent_id].to_vec());
        }
    }
    if form == Form::Text {
        output::table(&["tenant", "number", "status", "agent"], &lines);
    }
    Ok(())
}

/// Does what is due and tells what was found.
pub(super) async fn balance(office: &Arc<Office>, providers: &Providers, form: Form) -> Outcome {
    let report = reconcile::reconcile(office, providers).await?;
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
        ("could not be looked at", &report.problems),
    ];
    for (what, entries) in lines {
        entries.iter().for_each(|entry| println!("{what}: {entry}"));
    }
    if report.strangers > 0 {
        println!("numbers of the account that are not from here: {}", report.strangers);
    }
    if report.is_clean() {
        println!("The books balance.");
    }
}
