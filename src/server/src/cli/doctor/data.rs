//! What the database says.

use super::Check;
use crate::config::Config;
use desk::{Office, routes, tenants};
use domain::id::TenantId;
use domain::routing::Channel;
use domain::tenant::settings::Settings;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::hooks::{self, IncidentRow};
use store::{Db, StoreError};

/// How many days back cases count.
const DAYS: i64 = 7;
/// The most rows that are looked at.
const LIMIT: i64 = 100_000;

/// Every check of the database.
pub(super) async fn checks(config: &Config) -> Vec<Check> {
    let office = match open(config).await {
        Ok(office) => office,
        Err(check) => return vec![check],
    };
    let found = async {
        let mut checks = vec![Check::ok("database", office.db.engine())];
        checks.push(test_route(&office).await?);
        checks.extend(routed_tenants(&office).await?);
        checks.push(default_tenant(&office).await?);
        checks.extend(recordings(&office, config).await?);
        checks.extend(super::drift::checks(&office).await?);
        checks.extend(cases(&office).await?);
        Ok::<_, StoreError>(checks)
    };
    found.await.unwrap_or_else(|error| {
        vec![Check::wrong("database", error.to_string(), "see the log of the database")]
    })
}

pub(super) async fn open(config: &Config) -> Result<Arc<Office>, Check> {
    let remedy = "check DATABASE_URL, and that the server runs and lets us in";
    let db = Db::open(config.database.expose_secret()).await;
    let db = db.map_err(|error| Check::wrong("database", error.to_string(), remedy))?;
    let office = Office::open(db, super::super::world(config), config.rules.clone()).await;
    office.map_err(|error| {
        let remedy = "run `uwi migrate`, and set what the message names";
        Check::wrong("database", error.to_string(), remedy)
    })
}

/// Who records must be able to have a recording removed that is refused.
async fn recordings(office: &Office, config: &Config) -> Result<Option<Check>, StoreError> {
    let rows = tenants::list(office, LIMIT).await?;
    let records = |settings: &str| {
        Settings::from_json(settings).is_ok_and(|settings| settings.recording.enabled)
    };
    let recording = rows.iter().filter(|row| records(&row.settings)).count();
    if recording == 0 || config.vapi.api_key.is_some() {
        return Ok(None);
    }
    Ok(Some(Check::wrong(
        "recordings",
        format!("{recording} tenants record calls, and VAPI_API_KEY is not set"),
        "set VAPI_API_KEY: without it a recording that a caller refuses stays at Vapi",
    )))
}

async fn test_route(office: &Office) -> Result<Check, StoreError> {
    let test = &office.rules.test;
    let found = routes::list_routes(office, LIMIT).await?;
    let routed = found.iter().find(|route| {
        route.channel == Channel::Vocal.as_str() && route.key == test.number.as_str()
    });
    Ok(match routed {
        Some(route) if route.tenant_id == test.tenant.0 => Check::ok(
            "test-route",
            format!("{} reaches the test tenant {}", test.number.as_str(), test.tenant),
        ),
        _ => Check::wrong(
            "test-route",
            "the test number does not reach the test tenant",
            "run `uwi route ensure-test`",
        ),
    })
}

/// A tenant without a number gets no calls: they would go to the default tenant.
async fn routed_tenants(office: &Office) -> Result<Vec<Check>, StoreError> {
    let routes = routes::list_routes(office, LIMIT).await?;
    let vocal = routes.iter().filter(|route| route.channel == Channel::Vocal.as_str());
    let reached: BTreeSet<_> = vocal.map(|route| route.tenant_id).collect();
    let active: Vec<_> = tenants::list(office, LIMIT)
        .await?
        .into_iter()
        .filter(|tenant| tenant.status == "active")
        .collect();
    let mut checks: Vec<_> = active
        .iter()
        .filter(|tenant| !reached.contains(&tenant.tenant_id))
        .map(|tenant| {
            let id = tenant.tenant_id;
            Check::wrong(
                "routing",
                format!("tenant {id} has no telephone number: nobody can call it"),
                format!("run `uwi route set NUMBER --tenant {id}` with the number that Vapi has"),
            )
        })
        .collect();
    if checks.is_empty() {
        let found = format!("each of {} tenants is reached by a number", active.len());
        checks.push(Check::ok("routing", found));
    }
    Ok(checks)
}

async fn default_tenant(office: &Office) -> Result<Check, StoreError> {
    let TenantId(id) = office.rules.default_tenant;
    Ok(match tenants::show(office, TenantId(id)).await? {
        Some(_) => Check::ok("default-tenant", format!("tenant {id} keeps calls to other numbers")),
        None => Check::wrong(
            "default-tenant",
            format!("DEFAULT_TENANT_ID names tenant {id}, and there is none"),
            "set it to a tenant of `uwi tenant list`",
        ),
    })
}

/// What went wrong with calls lately.
async fn cases(office: &Office) -> Result<Vec<Check>, StoreError> {
    let now = office.world.clock.now();
    let since = now.saturating_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
    let since = since.strftime("%Y-%m-%d").to_string();
    let rows = hooks::incidents(&mut office.db.read_directory().await?, &since, LIMIT).await?;
    let mut checks = vec![unrouted(&rows), unnamed(&rows)];
    let known = ["unrouted_number", "missing_call_id"];
    let kinds: BTreeSet<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    checks.extend(kinds.into_iter().filter(|kind| !known.contains(kind)).map(|kind| {
        let (count, last) = counted(&rows, kind);
        let found = format!("{kind}: {count} in {DAYS} days, the last at {last}");
        Check::wrong("cases", found, "see the log of that time")
    }));
    Ok(checks)
}

fn unrouted(rows: &[IncidentRow]) -> Check {
    let (count, last) = counted(rows, "unrouted_number");
    if count == 0 {
        return Check::ok("unrouted-calls", format!("none in {DAYS} days"));
    }
    let numbers: BTreeSet<_> = rows
        .iter()
        .filter(|row| row.kind == "unrouted_number")
        .map(|row| row.detail.as_str())
        .take(10)
        .collect();
    let numbers: Vec<_> = numbers.into_iter().collect();
    Check::wrong(
        "unrouted-calls",
        format!("{count} in {DAYS} days to {}, the last at {last}", numbers.join(", ")),
        "run `uwi route set NUMBER --tenant N` for each number that is a tenant's: until then \
         its callers can only leave a message",
    )
}

fn unnamed(rows: &[IncidentRow]) -> Check {
    let (count, last) = counted(rows, "missing_call_id");
    if count == 0 {
        return Check::ok("call-id", format!("every call of the last {DAYS} days had its id"));
    }
    Check::wrong(
        "call-id",
        format!(
            "{count} requests in {DAYS} days did not say of which call they were, the last at {last}"
        ),
        "in Vapi, set the custom model's metadataSendMode to variable: with off it sends no call, \
         and nothing of such a call is stored",
    )
}

fn counted(rows: &[IncidentRow], kind: &str) -> (i64, String) {
    let of_kind = || rows.iter().filter(|row| row.kind == kind);
    let last = of_kind().map(|row| row.last_at).max().unwrap_or_default();
    let last =
        Timestamp::from_millisecond(last).map_or_else(|_| String::new(), |at| at.to_string());
    (of_kind().map(|row| row.count).sum(), last)
}
