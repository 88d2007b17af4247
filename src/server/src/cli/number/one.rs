//! One number for one agent.

use super::{Failure, Form, Outcome, Run, desk, output, value};
use desk::agents::NewAgent;
use desk::numbers::NumberError;
use desk::numbers::provision::More;
use desk::providers::Providers;
use desk::{Office, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use domain::tenant::AgentKind;
use serde_json::json;
use std::sync::Arc;
use store::numbers::NumberRow;
use uuid::Uuid;

/// A number that somebody wants.
pub(super) struct Wish {
    pub(super) tenant: TenantId,
    pub(super) agent: Option<String>,
    pub(super) area_code: Option<String>,
    pub(super) country: Option<String>,
}

/// Gets one number and tells which.
pub(super) async fn get_one(
    office: &Arc<Office>,
    providers: &Providers,
    wish: &Wish,
    run: Run,
    form: Form,
) -> Outcome {
    let place = place(office, wish).await?;
    if run == Run::Dry {
        let value = json!({ "tenant_id": wish.tenant, "country": place.country,
            "area_code": place.area, "dry_run": true });
        output::say(form, &value, || format!("would get a number in {}", place.country));
        return Ok(());
    }
    let fresh = office.world.ids.uuid(office.world.clock.now());
    let row = get(office, providers, wish, (&place, fresh)).await?;
    output::say(form, &value(wish.tenant, &row), || {
        format!("{} reaches tenant {}", row.phone_number, wish.tenant)
    });
    Ok(())
}

/// Where it is wanted, when that can be.
pub(super) async fn place(office: &Office, wish: &Wish) -> Result<Place, Failure> {
    if tenants::show(office, wish.tenant).await?.is_none() {
        return Err(Failure::Refused(format!("there is no tenant {}", wish.tenant)));
    }
    let profile = office.profile(wish.tenant).await?;
    let (country, area) = (wish.country.as_deref(), wish.area_code.as_deref());
    let place = Place::read(country, area, &profile.country);
    place.map_err(|error| Failure::Refused(error.to_string()))
}

/// Gets it for the agent, the tenant's first, or a new one; `id` names the wish.
pub(super) async fn get(
    office: &Arc<Office>,
    providers: &Providers,
    wish: &Wish,
    (place, id): (&Place, Uuid),
) -> Result<NumberRow, NumberError> {
    let desk = desk(office, wish.tenant);
    desk.may_provision(providers).await?;
    let agent = match &wish.agent {
        Some(agent) => agent.clone(),
        None => first_agent(office, providers, wish.tenant, id).await?,
    };
    desk.provision(providers, &agent, (place, More::First), id).await
}

/// The tenant's first agent; `id` names the one that is made when it has none.
pub(super) async fn first_agent(
    office: &Arc<Office>,
    providers: &Providers,
    tenant: TenantId,
    id: Uuid,
) -> Result<String, NumberError> {
    let desk = desk(office, tenant);
    if let Some(first) = desk.agents().await?.pop() {
        return Ok(first.agent_id);
    }
    let new = NewAgent {
        name: office.profile(tenant).await?.name.clone(),
        language: "fr".to_owned(),
        kind: AgentKind::Appointment,
        voice: None,
    };
    Ok(desk.create_agent(providers, &new, id).await?.agent_id)
}
