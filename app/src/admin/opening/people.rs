//! The step of the people: who may sign in for the client.

use super::{client, page, path};
use crate::board::settings::role_name;
use crate::board::{Answer, failed};
use crate::parts::Icon;
use crate::session::Member;
use crate::table::{Table, get};
use crate::typo::french;
use crate::visitor::Visitor;
use crate::web::Web;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::Desk;
use desk::onboarding::{OpeningError, Step};
use desk::tenants::ApplyError;
use domain::email::EmailAddress;
use domain::role::Role;
use leptos::prelude::*;
use serde::Deserialize;

pub(super) fn routes() -> Table<Web> {
    Table::new().route("/admin/clients/{id}/personnes", get(show).post(invite))
}

#[derive(Deserialize, Default, Clone)]
struct Asked {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

async fn show(member: Member, Path(id): Path<String>) -> Answer {
    let desk = client(&member, &id).await?;
    content(&member, &desk, Asked::default(), None).await
}

async fn invite(
    member: Member,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Answer {
    let desk = client(&member, &id).await?;
    let (Ok(email), Some(role)) = (EmailAddress::parse(&asked.email), Role::parse(&asked.role))
    else {
        let why = "Cette adresse n’a pas la forme nom@domaine.fr.";
        return content(&member, &desk, asked, Some(why)).await;
    };
    match desk.invite(email, role, &visitor.network().to_string()).await {
        Ok(()) => Ok(Redirect::to(&path(&desk, Step::Members)).into_response()),
        Err(OpeningError::Store(error) | OpeningError::Apply(ApplyError::Store(error))) => {
            Err(failed(error))
        }
        Err(_) => {
            let why = "Cette personne ne peut pas être ajoutée.";
            content(&member, &desk, asked, Some(why)).await
        }
    }
}

async fn content(
    member: &Member,
    desk: &Desk,
    asked: Asked,
    refused: Option<&'static str>,
) -> Answer {
    let people = desk.members().await.map_err(failed)?;
    let end = (!people.is_empty()).then(|| {
        let href = format!("/admin/clients/{}", desk.tenant());
        view! { <p><a class="button" href=href>"Voir où en est l’ouverture"</a></p> }
    });
    let items = people
        .into_iter()
        .map(|(email, role)| view! { <li><Icon name="person"/>{email}", "{role_name(role).to_lowercase()}</li> })
        .collect_view();
    let roles = [Role::Owner, Role::Practitioner, Role::Secretary]
        .map(|role| view! { <option value=role.as_str() selected=role.as_str() == asked.role>{role_name(role)}</option> })
        .into_iter()
        .collect_view();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let invalid = refused.map(|_| "true");
    let error = refused.map(|why| {
        view! { <p class="error" id="email-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let content = view! {
        <ul class="lines people">{items}</ul>
        <form class="form" method="post" action=path(desk, Step::Members)>
            <div class="field"><label for="email">"Adresse de courriel"</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="off" value=asked.email aria-invalid=invalid aria-describedby="email-aide email-erreur"/>{error}<p class="hint" id="email-aide">{french("Cette personne reçoit un lien de connexion ; elle en redemande un quand elle veut.")}</p></div>
            <div class="field"><label for="role">"Rôle"</label><select id="role" name="role">{roles}</select></div>
            <button class="button primary" type="submit">"Inviter"</button>
        </form>
        {end}
    };
    page(member, desk, Some(Step::Members), (status, content.into_any())).await
}
