//! `/admin`: for our staff. Tenants, routes, and what an operator must see.

mod opening;

use crate::board::frame::{Frame, Section};
use crate::board::{Answer, JustDone, failed};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::{Office, incidents, onboarding, routes as routing};
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::Channel;
use leptos::prelude::*;
use serde::Deserialize;
use store::StoreError;
use store::tenants::TenantRow;

/// The most rows each list shows.
const LIMIT: i64 = 200;

/// The routes of this page.
pub fn routes() -> Table<Web> {
    Table::new()
        .route("/admin", get(show))
        .route("/admin/routes", post(add))
        .merge(opening::routes())
}

/// A route as it was typed.
#[derive(Deserialize, Default, Clone)]
struct NewRoute {
    #[serde(default)]
    number: String,
    #[serde(default)]
    tenant: String,
}

async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let notice = (asked.fait == "route").then_some("La route est enregistrée.");
    page(&member, NewRoute::default(), None, notice).await
}

async fn add(member: Member, Form(form): Form<NewRoute>) -> Answer {
    if !member.is_staff() {
        return Err(problem::forbidden());
    }
    match write(member.desk.office(), &form).await {
        Ok(()) => Ok(Redirect::to("/admin?fait=route").into_response()),
        Err(why) => page(&member, form, Some(why), None).await,
    }
}

async fn write(office: &Office, form: &NewRoute) -> Result<(), &'static str> {
    let number = E164::parse(&form.number, "FR").map_err(|_| "Ce numéro n’en est pas un.")?;
    let tenant = form.tenant.trim().parse().map(TenantId);
    let tenant = tenant.map_err(|_| "Indiquez le numéro du client.")?;
    match routing::add_route(office, Channel::Vocal, &number, tenant).await {
        Ok(_) => Ok(()),
        Err(StoreError::TestNumberImmutable) => {
            Err("Le numéro de démonstration ne peut mener qu’au cabinet d’essai.")
        }
        Err(StoreError::Refused(_)) => Err("Ce client n’existe pas."),
        Err(error) => {
            tracing::error!(%error, "a route could not be written");
            Err("La base ne répond pas. Rien n’a été enregistré.")
        }
    }
}

async fn page(
    member: &Member,
    form: NewRoute,
    refused: Option<&'static str>,
    notice: Option<&'static str>,
) -> Answer {
    if !member.is_staff() {
        return Err(problem::forbidden());
    }
    let frame = Frame::of(member, Section::Admin, "Exploitation").await?;
    let office = member.desk.office();
    let tenants = desk::tenants::list(office, LIMIT).await.map_err(failed)?;
    let routes = routing::list_routes(office, LIMIT).await.map_err(failed)?;
    let incidents = incidents::list(office, LIMIT).await.map_err(failed)?;
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let mut clients = Vec::new();
    for tenant in tenants {
        clients.push(client(member, tenant).await?);
    }
    let routes = routes.into_iter().map(|route| view! { <tr><td>{route.channel}</td><td class="lead n">{typo::phone_text(&route.key)}</td><td class="num">{route.tenant_id}</td></tr> }).collect_view();
    let calm = incidents
        .is_empty()
        .then(|| view! { <p class="calm"><Icon name="check"/>"Aucun incident."</p> });
    let incidents = incidents.into_iter().map(|row| view! { <tr><td class="soft n">{row.day}</td><td class="lead">{incident(&row.kind)}</td><td>{row.detail}</td><td class="num">{row.count}</td></tr> }).collect_view();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(frame.show_as(status, view! {
        <header class="page-head"><h1>"Exploitation"</h1><p class="soft">"Clients, numéros, incidents."</p></header>
        {notice}
        <section class="panel" id="clients"><header><h2>"Clients"</h2><a class="button primary" href="/admin/clients/nouveau">"Ouvrir un client"</a></header><table class="rows"><thead><tr><th scope="col" class="num">"N°"</th><th scope="col">"Nom"</th><th scope="col">"Ouverture"</th><th scope="col">"État"</th></tr></thead><tbody>{clients}</tbody></table></section>
        <section class="panel" id="incidents"><header><h2>"Incidents"</h2></header>{calm}<table class="rows"><tbody>{incidents}</tbody></table></section>
        <section class="panel"><header><h2>"Numéros"</h2></header>
            {route_form(form, refused).into_any()}
            <table class="rows"><thead><tr><th scope="col">"Canal"</th><th scope="col">"Numéro"</th><th scope="col" class="num">"Client"</th></tr></thead><tbody>{routes}</tbody></table>
        </section>
    }))
}

/// A client, and how far its opening is.
async fn client(member: &Member, tenant: TenantRow) -> Result<AnyView, Response> {
    let id = TenantId(tenant.tenant_id);
    let desk = onboarding::desk(member.desk.office(), &member.email, id).await.map_err(failed)?;
    let state = match tenant.status.as_str() {
        "active" => "En service",
        "suspended" => "Suspendu",
        _ => "Supprimé",
    };
    let (name, far) = match desk {
        None => (tenant.name.clone().into_any(), "–".into_any()),
        Some(desk) => {
            let progress = desk.opening().await.map_err(failed)?;
            let href = format!("/admin/clients/{id}");
            let name = view! { <a class="row" href=href>{tenant.name.clone()}</a> }.into_any();
            let far = match progress.next() {
                None => view! { <span class="chip good"><Icon name="check"/>"Terminée"</span> }
                    .into_any(),
                Some(_) => {
                    let (done, all) = (progress.count(), onboarding::Step::ALL.len());
                    view! { <span class="chip"><Icon name="clock"/>{format!("{done} sur {all}")}</span> }.into_any()
                }
            };
            (name, far)
        }
    };
    Ok(view! { <tr><td class="num soft">{tenant.tenant_id}</td><td class="lead">{name}</td><td>{far}</td><td class="soft">{state}</td></tr> }.into_any())
}

fn route_form(form: NewRoute, refused: Option<&'static str>) -> impl IntoView {
    let error = refused.map(|why| {
        view! { <p class="error" id="route-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    view! {
        <form class="filter field" method="post" action="/admin/routes">
            <label for="number">"Numéro"</label>
            <input id="number" name="number" type="tel" required maxlength="40" value=form.number aria-invalid=refused.map(|_| "true") aria-describedby=refused.map(|_| "route-erreur")/>
            <label for="tenant">"Client n°"</label>
            <input id="tenant" name="tenant" inputmode="numeric" required maxlength="12" value=form.tenant/>
            <button class="button" type="submit">"Ajouter la route"</button>
            {error}
        </form>
    }
}

/// What an incident is, in words.
fn incident(kind: &str) -> String {
    match kind {
        "missing_call_id" => {
            "Appel sans identifiant : répondu, mais rien n’a pu être enregistré".to_owned()
        }
        "unrouted_number" => "Appel à un numéro qui n’est à personne".to_owned(),
        "unreadable_hook" => "Message d’un opérateur illisible, mis de côté".to_owned(),
        other => other.to_owned(),
    }
}
